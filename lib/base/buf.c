// Bytes that grow, and how they are escaped for where they go.
#include "base/buf.h"
#include "base/utf8.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

// As much as is handed on at once.
#define SINK_AT ((size_t)64 << 10)

void
rmk_buf_flush(struct rmk_buf *b)
{
	if (b->sink && b->n) {
		b->sink(b->ctx, rmk_buf_str(b));
		b->n = 0;
	}
}

static char *
buf_make_room(struct rmk_buf *b, size_t more)
{
	size_t want = b->n + more;

	if (want > SINK_AT && b->sink) {
		rmk_buf_flush(b);
		want = more;
	}
	if (want > b->cap) {
		size_t cap = b->cap * 2 > want ? b->cap * 2 : want + 64;

		b->s = rmk_arena_grow(b->arena, b->s, b->cap, cap);
		b->cap = cap;
	}
	return b->s + b->n;
}

// Where so many bytes go; most of the time there is room.
static inline char *
reserve(struct rmk_buf *b, size_t more)
{
	if (more > b->cap - b->n || (b->sink && b->n + more > SINK_AT))
		return buf_make_room(b, more);
	return b->s + b->n;
}

void
rmk_buf_add(struct rmk_buf *b, struct rmk_str text)
{
	if (text.n == 0)
		return;
	memcpy(reserve(b, text.n), text.s, text.n);
	b->n += text.n;
}

void
rmk_buf_adds(struct rmk_buf *b, const char *cstring)
{
	rmk_buf_add(b, rmk_str_of(cstring));
}

void
rmk_buf_addc(struct rmk_buf *b, char c)
{
	*reserve(b, 1) = c;
	b->n++;
}

void
rmk_buf_fill(struct rmk_buf *b, char c, size_t times)
{
	if (times == 0)
		return;
	memset(reserve(b, times), c, times);
	b->n += times;
}

void
rmk_buf_number(struct rmk_buf *b, long long n)
{
	char digits[24], *s = digits + sizeof digits;
	unsigned long long left = n < 0 ? 0 - (unsigned long long)n
	                                : (unsigned long long)n;

	do
		*--s = (char)('0' + left % 10);
	while (left /= 10);
	if (n < 0)
		*--s = '-';
	rmk_buf_add(b, (struct rmk_str){s, (size_t)(digits + sizeof digits - s)});
}

void
rmk_buf_printf(struct rmk_buf *b, const char *fmt, ...)
{
	va_list args;
	int n;

	char *to = reserve(b, 64); // most fits there, and is formatted once
	va_start(args, fmt);
	n = vsnprintf(to, b->cap - b->n, fmt, args);
	va_end(args);
	if (n < 0)
		return;
	if ((size_t)n >= b->cap - b->n) {
		va_start(args, fmt);
		vsnprintf(reserve(b, (size_t)n + 1), (size_t)n + 1, fmt, args);
		va_end(args);
	}
	b->n += (size_t)n;
}

struct rmk_str
rmk_buf_str(const struct rmk_buf *b)
{
	return (struct rmk_str){b->n ? b->s : "", b->n};
}

static void
json_char(struct rmk_buf *b, struct rmk_str bytes, int32_t c)
{
	static const char *const shorts[] = {['\b'] = "\\b",
	    ['\f'] = "\\f",
	    ['\n'] = "\\n",
	    ['\r'] = "\\r",
	    ['\t'] = "\\t"};

	if (c == '"' || c == '\\')
		rmk_buf_printf(b, "\\%c", (char)c);
	else if (c < 0x20 && c <= '\r' && shorts[c])
		rmk_buf_adds(b, shorts[c]);
	else if (c < 0x20 || (c >= 0x7F && c < 0xA0) || (c >= 0x202A && c <= 0x202E) ||
		 (c >= 0x2066 && c <= 0x2069)) // what a terminal would obey
		rmk_buf_printf(b, "\\u%04x", (unsigned)c);
	else if (c == 0xFFFD)
		rmk_buf_adds(b, "\xEF\xBF\xBD");
	else
		rmk_buf_add(b, bytes);
}

// How many bytes at the front need no escaping in JSON.
static size_t
json_plain(struct rmk_str text)
{
	size_t n = 0;

	while (n < text.n && (unsigned char)text.s[n] >= 0x20 &&
	       (unsigned char)text.s[n] < 0x7F && text.s[n] != '"' && text.s[n] != '\\')
		n++;
	return n;
}

void
rmk_buf_json(struct rmk_buf *b, struct rmk_str text)
{
	rmk_buf_addc(b, '"');
	for (size_t i = 0; i < text.n;) {
		size_t plain = json_plain(rmk_str_from(text, i));
		int32_t c;

		rmk_buf_add(b, rmk_str_part(text, i, plain));
		i += plain;
		if (i == text.n)
			break;
		size_t n = rmk_utf8_decode(text, i, &c);
		json_char(b, rmk_str_part(text, i, n), c);
		i += n;
	}
	rmk_buf_addc(b, '"');
}

static bool
xml_forbids(int32_t c)
{
	return (c < 0x20 && c != '\t' && c != '\n' && c != '\r') || c == 0xFFFE ||
	       c == 0xFFFF;
}

static const char *
xml_entity(int32_t c)
{
	switch (c) {
	case '&':
		return "&amp;";
	case '<':
		return "&lt;";
	case '>':
		return "&gt;";
	case '"':
		return "&quot;";
	case '\'':
		return "&#39;";
	default:
		return xml_forbids(c) || c == 0xFFFD ? "\xEF\xBF\xBD" : NULL;
	}
}

void
rmk_buf_xml(struct rmk_buf *b, struct rmk_str text)
{
	size_t from = 0;

	for (size_t i = 0; i < text.n;) {
		int32_t c;
		size_t n = rmk_utf8_decode(text, i, &c);
		const char *entity = xml_entity(c);

		if (entity) {
			rmk_buf_add(b, rmk_str_part(text, from, i - from));
			rmk_buf_adds(b, entity);
			from = i + n;
		}
		i += n;
	}
	rmk_buf_add(b, rmk_str_from(text, from));
}

void
rmk_buf_csv(struct rmk_buf *b, struct rmk_str text)
{
	bool quoted = false;

	for (size_t i = 0; i < text.n && !quoted; i++)
		quoted = strchr(",\"\r\n", text.s[i]) && text.s[i];
	if (!quoted && !(text.n && (text.s[0] == ' ' || text.s[text.n - 1] == ' '))) {
		rmk_buf_add(b, text);
		return;
	}
	rmk_buf_addc(b, '"');
	for (size_t i = 0; i < text.n; i++) {
		if (text.s[i] == '"')
			rmk_buf_addc(b, '"');
		rmk_buf_addc(b, text.s[i]);
	}
	rmk_buf_addc(b, '"');
}

// A quote ends a string and has no escape, so it becomes an apostrophe; a backslash is one in
// some diagrams; two '%' begin a comment; a line ends at a line end.
void
rmk_buf_mermaid(struct rmk_buf *b, struct rmk_str text)
{
	for (size_t i = 0; i < text.n; i++) {
		char c = text.s[i];

		if (c == '\\')
			rmk_buf_adds(b, "#92;");
		else if (c == '%' && i + 1 < text.n && text.s[i + 1] == '%')
			rmk_buf_adds(b, "#37;");
		else
			rmk_buf_addc(b, c == '"'                 ? '\''
					: (unsigned char)c < ' ' ? ' '
								 : c);
	}
}

// How many bytes at the front are printed as they are without being looked at one by one.
static size_t
shown_plain(struct rmk_str text)
{
	const uint64_t ones = 0x0101010101010101u, tops = 0x8080808080808080u;
	uint64_t word;
	size_t n = 0;

	for (; n + sizeof word <= text.n; n += sizeof word) {
		memcpy(&word, text.s + n, sizeof word);
		// A byte from 0x80 on; 0x7F; one below 0x20.
		if ((word | (word + ones) | (word - ones * 0x20)) & tops)
			break;
	}
	while (n < text.n && text.s[n] >= 0x20 && text.s[n] < 0x7F)
		n++;
	return n;
}

void
rmk_buf_shown(struct rmk_buf *b, struct rmk_str text)
{
	char one[RMK_SHOWN_MAX];
	size_t plain, len;

	for (size_t i = 0; i < text.n; i += len) {
		plain = shown_plain(rmk_str_from(text, i));
		rmk_buf_add(b, rmk_str_part(text, i, plain));
		i += plain;
		if (i == text.n)
			return;
		rmk_buf_add(b, (struct rmk_str){one, rmk_utf8_shown(text, i, one, &len)});
	}
}

struct rmk_str
rmk_shown(struct rmk_arena *a, struct rmk_str text)
{
	struct rmk_buf b = {.arena = a};

	if (shown_plain(text) == text.n)
		return text;
	rmk_buf_shown(&b, text);
	return rmk_buf_str(&b);
}
