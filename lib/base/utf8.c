// UTF-8, with utf8proc for what needs the Unicode tables.
#include "base/utf8.h"
#include "base/ascii.h"
#include "base/buf.h"

#include <stdio.h>
#include <string.h>
#include <utf8proc.h>
#if UTF8PROC_VERSION_MAJOR != 2 || UTF8PROC_VERSION_MINOR < 2
#error "utf8proc: another version is wanted, 2.2 or later, and before 3 (libutf8proc-dev)"
#endif

#define REPLACEMENT 0xFFFD
#define VS_TEXT 0xFE0E
#define VS_EMOJI 0xFE0F
#define ZERO_WIDTH_JOINER 0x200D

// How many bytes at the front are ASCII, 32 at a time.
static size_t
ascii_front(struct rmk_str text)
{
	size_t i = 0;
	uint64_t words[4];

	for (; i + sizeof words <= text.n; i += sizeof words) {
		memcpy(words, text.s + i, sizeof words);
		if ((words[0] | words[1] | words[2] | words[3]) & 0x8080808080808080u)
			break;
	}
	for (; i + sizeof *words <= text.n; i += sizeof *words) {
		memcpy(words, text.s + i, sizeof *words);
		if (words[0] & 0x8080808080808080u)
			break;
	}
	while (i < text.n && (unsigned char)text.s[i] < 0x80)
		i++;
	return i;
}

static bool
utf8_continues(struct rmk_str text, size_t at)
{
	return at < text.n && ((unsigned char)text.s[at] & 0xC0) == 0x80;
}

// The length a lead byte announces, 0 for a byte that leads nothing.
static size_t
lead_length(unsigned char c)
{
	if (c < 0x80)
		return 1;
	if (c >= 0xC2 && c < 0xE0)
		return 2;
	if ((c & 0xF0) == 0xE0)
		return 3;
	return c >= 0xF0 && c < 0xF5 ? 4 : 0;
}

size_t
rmk_utf8_decode(struct rmk_str text, size_t at, int32_t *codepoint)
{
	static const int32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
	unsigned char c = (unsigned char)text.s[at];
	size_t n;

	if (c < 0x80) {
		*codepoint = c;
		return 1;
	}
	n = lead_length(c);
	int32_t value = c & (0x7F >> n);

	*codepoint = REPLACEMENT;
	if (n == 0)
		return 1;
	for (size_t i = 1; i < n; i++) {
		if (!utf8_continues(text, at + i))
			return 1;
		value = value << 6 | ((unsigned char)text.s[at + i] & 0x3F);
	}
	if (value < least[n] || value > 0x10FFFF || (value >= 0xD800 && value < 0xE000))
		return 1;
	*codepoint = value;
	return n;
}

static bool
turns_text(int32_t c)
{
	return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

size_t
rmk_utf8_shown(struct rmk_str text, size_t at, char out[RMK_SHOWN_MAX], size_t *len)
{
	int32_t c;

	*len = rmk_utf8_decode(text, at, &c);
	if (*len == 1 && c == REPLACEMENT)
		c = (unsigned char)text.s[at];
	if (c == '\t')
		return (size_t)snprintf(out, RMK_SHOWN_MAX, " ");
	if (turns_text(c))
		return (size_t)snprintf(out, RMK_SHOWN_MAX, "\\u%04x", (unsigned)c);
	if (c < 0x20 || (c >= 0x7F && c < 0xA0) || (*len == 1 && c >= 0x80))
		return (size_t)snprintf(out, RMK_SHOWN_MAX, "\\x%02x", (unsigned)c);
	memcpy(out, text.s + at, *len);
	return *len;
}

size_t
rmk_utf8_encode(int32_t c, char out[4])
{
	return (size_t)utf8proc_encode_char(c, (utf8proc_uint8_t *)out);
}

// How many bytes at the front are sequences of three, by which Chinese, Japanese and Korean are
// written; those that could be overlong or a surrogate are left to the decoder.
static size_t
triples_front(struct rmk_str text)
{
	size_t i = 0;

#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
	for (uint64_t word; i + sizeof word <= text.n; i += 6) { // two at a time
		unsigned first, second;

		memcpy(&word, text.s + i, sizeof word);
		first = word & 0xFF;
		second = word >> 24 & 0xFF;
		if ((word & 0xC0C0F0C0C0F0u) != 0x8080E08080E0u || first == 0xE0 ||
		    first == 0xED || second == 0xE0 || second == 0xED)
			break;
	}
#endif
	for (; i + 3 <= text.n; i += 3) {
		const unsigned char *s = (const unsigned char *)text.s + i;

		if ((s[0] & 0xF0) != 0xE0 || s[0] == 0xE0 || s[0] == 0xED ||
		    ((s[1] ^ 0x80) | (s[2] ^ 0x80)) & 0xC0)
			break;
	}
	return i;
}

size_t
rmk_utf8_invalid(struct rmk_str text)
{
	for (size_t i = 0; i < text.n;) {
		int32_t c;
		size_t n = ascii_front(rmk_str_from(text, i));

		n += triples_front(rmk_str_from(text, i + n));
		if (n == 0) {
			n = rmk_utf8_decode(text, i, &c);
			if (n == 1 && c == REPLACEMENT)
				return i;
		}
		i += n;
	}
	return RMK_NONE;
}

size_t
rmk_utf8_grapheme(struct rmk_str text, size_t at)
{
	utf8proc_int32_t state = 0;
	int32_t c, next;
	size_t n = rmk_utf8_decode(text, at, &c);

	while (at + n < text.n) {
		size_t more = rmk_utf8_decode(text, at + n, &next);

		if (utf8proc_grapheme_break_stateful(c, next, &state))
			break;
		n += more;
		c = next;
	}
	return n;
}

// Columns of one grapheme: those of its widest character; a text character that VS16
// makes an emoji, and a flag's two letters, are two wide.
static size_t
grapheme_width(struct rmk_str g)
{
	size_t width = 0;

	for (size_t i = 0; i < g.n;) {
		int32_t c;
		size_t n = rmk_utf8_decode(g, i, &c);
		int w = utf8proc_charwidth(c);

		if (c == VS_EMOJI || (c >= 0x1F1E6 && c <= 0x1F1FF))
			w = 2;
		if (w > 0 && (size_t)w > width)
			width = (size_t)w;
		i += n;
	}
	return width;
}

// Printable ASCII is one column a byte; the rest goes by graphemes. The last ASCII
// byte before something else may begin a grapheme, so it is left to the slow way.
static size_t
ascii_width(struct rmk_str text, size_t at, size_t *bytes)
{
	struct rmk_str rest = rmk_str_from(text, at);
	size_t n = ascii_front(rest), width = 0;

	if (n && n < rest.n)
		n--;
	for (size_t i = 0; i < n; i++)
		width += rest.s[i] >= 0x20 && rest.s[i] != 0x7F;
	*bytes = n;
	return width;
}

size_t
rmk_utf8_width(struct rmk_str text)
{
	size_t width = 0, n;

	for (size_t i = 0; i < text.n; i += n) {
		width += ascii_width(text, i, &n);
		if (n)
			continue;
		n = rmk_utf8_grapheme(text, i);
		width += grapheme_width(rmk_str_part(text, i, n));
	}
	return width;
}

struct rmk_str
rmk_utf8_clip(struct rmk_str text, size_t width)
{
	size_t i = 0, used = 0, bytes;

	// Printable ASCII as far as it goes: a column is a byte.
	if (ascii_width(text, 0, &bytes) == bytes && (bytes >= width || bytes == text.n))
		return rmk_str_part(text, 0, width);
	while (i < text.n) {
		size_t n = rmk_utf8_grapheme(text, i);
		size_t w = grapheme_width(rmk_str_part(text, i, n));

		if (used + w > width)
			break;
		used += w;
		i += n;
	}
	return rmk_str_part(text, 0, i);
}

bool
rmk_utf8_is_rtl(struct rmk_str text)
{
	int32_t c;

	for (size_t at = 0; at < text.n;) {
		at += rmk_utf8_decode(text, at, &c);
		switch (utf8proc_get_property(c)->bidi_class) {
		case UTF8PROC_BIDI_CLASS_L:
			return false;
		case UTF8PROC_BIDI_CLASS_R:
		case UTF8PROC_BIDI_CLASS_AL:
			return true;
		default:
			break;
		}
	}
	return false;
}

size_t
rmk_utf8_utf16(struct rmk_str text)
{
	size_t units = 0;
	int32_t c;

	for (size_t i = 0; i<text.n; units += c> 0xFFFF ? 2 : 1)
		i += rmk_utf8_decode(text, i, &c);
	return units;
}

// Whether folding leaves ASCII text as it is: no capitals, single inner spaces.
static bool
is_folded(struct rmk_str text)
{
	for (size_t i = 0; i < text.n; i++) {
		unsigned char c = (unsigned char)text.s[i];
		bool edge = i == 0 || i + 1 == text.n || text.s[i - 1] == ' ';

		if (c >= 0x80 || (c >= 'A' && c <= 'Z') || c < 0x20 || (c == ' ' && edge))
			return false;
	}
	return true;
}

static bool
is_white(int32_t c)
{
	return c == ' ' || (c >= '\t' && c <= '\r') || c == 0x85 ||
	       utf8proc_category(c) == UTF8PROC_CATEGORY_ZS || c == 0x2028 || c == 0x2029;
}

static bool
is_selector(int32_t c)
{
	return c == VS_TEXT || c == VS_EMOJI;
}

static struct rmk_str
without_joiner_at_end(struct rmk_str text)
{
	static const struct rmk_str joiner = {"\xE2\x80\x8D", 3};

	while (rmk_str_ends(text, joiner))
		text = rmk_str_trim(rmk_str_part(text, 0, text.n - joiner.n));
	return text;
}

// White space to single spaces, selectors away, joiners at the edges away.
static struct rmk_str
utf8_squeeze(struct rmk_arena *a, struct rmk_str text)
{
	struct rmk_buf out = {.arena = a};
	bool space = false;

	for (size_t i = 0; i < text.n;) {
		int32_t c;
		size_t n = rmk_utf8_decode(text, i, &c);

		if (is_white(c)) {
			space = out.n > 0;
		} else if (!is_selector(c) && !(out.n == 0 && c == ZERO_WIDTH_JOINER)) {
			if (space)
				rmk_buf_addc(&out, ' ');
			space = false;
			rmk_buf_add(&out, rmk_str_part(text, i, n));
		}
		i += n;
	}
	return without_joiner_at_end(rmk_buf_str(&out));
}

// Text through utf8proc's mapping, into the arena; the text itself when it is invalid
// (then nothing can be said of its characters).
static struct rmk_str
map_text(struct rmk_arena *a, struct rmk_str text, utf8proc_option_t options)
{
	const utf8proc_uint8_t *in = (const utf8proc_uint8_t *)text.s;
	utf8proc_ssize_t room = (utf8proc_ssize_t)text.n * 4 + 64, n;
	utf8proc_int32_t *wide;

	if (text.n == 0 || text.n > RMK_NONE / 64)
		return text;
	for (;;) {
		wide = rmk_arena_alloc(a, ((size_t)room + 1) * sizeof *wide);
		n = utf8proc_decompose(in, (utf8proc_ssize_t)text.n, wide, room, options);
		if (n <= room)
			break;
		room = n;
	}
	if (n < 0)
		return text;
	n = utf8proc_reencode(wide, n, options);
	return n < 0 ? text : (struct rmk_str){(const char *)wide, (size_t)n};
}

// Whether eight bytes are printable ASCII without two spaces in a row. Where it is doubtful the answer
// is no.
static bool
is_plain_key_word(uint64_t word)
{
	const uint64_t ones = 0x0101010101010101u, tops = 0x8080808080808080u;
	uint64_t others = word ^ ones * ' ';
	uint64_t spaces = (others - ones) & ~others & tops;

	return !(word & tops) && !((word - ones * ' ') & tops) && !(spaces & spaces << 8);
}

// As most keys of some length are: printable ASCII, single inner spaces. Eight bytes at a time, the last
// of which may be taken twice. False: it is another text, or a shorter one.
static bool
fold_plain(struct rmk_arena *a, struct rmk_str text, struct rmk_str *folded)
{
	const size_t last = text.n - sizeof(uint64_t);
	uint64_t word, changed = 0;
	char *out;

	if (text.n < sizeof word || text.s[0] == ' ' || text.s[text.n - 1] == ' ')
		return false;
	for (size_t i = 0;; i = i + sizeof word < last ? i + sizeof word : last) {
		memcpy(&word, text.s + i, sizeof word);
		changed |= word ^ rmk_lower_word(word);
		if (!is_plain_key_word(word) ||
		    (i && text.s[i] == ' ' && text.s[i - 1] == ' '))
			return false;
		if (i == last)
			break;
	}
	*folded = text;
	if (!changed)
		return true;
	folded->s = out = rmk_arena_alloc(a, text.n);
	for (size_t i = 0;; i = i + sizeof word < last ? i + sizeof word : last) {
		memcpy(&word, text.s + i, sizeof word);
		word = rmk_lower_word(word);
		memcpy(out + i, &word, sizeof word);
		if (i == last)
			return true;
	}
}

// Most keys are ASCII: one pass, without asking for properties of characters. False: it is not.
static bool
fold_ascii(struct rmk_arena *a, struct rmk_str text, struct rmk_str *folded)
{
	char *out = rmk_arena_alloc(a, text.n);
	size_t n = 0;
	bool space = false;

	for (size_t i = 0; i < text.n; i++) {
		char c = text.s[i];

		if (c > ' ' && (unsigned char)c < 0x80 && !space) { // as most are
			out[n++] = rmk_lower(c);
			continue;
		}
		if ((unsigned char)c >= 0x80)
			return false;
		if (c == ' ' || (c >= '\t' && c <= '\r')) {
			space = n > 0;
			continue;
		}
		if (space)
			out[n++] = ' ';
		space = false;
		out[n++] = rmk_lower(c);
	}
	*folded = (struct rmk_str){out, n};
	return true;
}

struct rmk_str
rmk_utf8_fold(struct rmk_arena *a, struct rmk_str text)
{
	struct rmk_str folded;

	if (fold_plain(a, text, &folded))
		return folded;
	if (is_folded(text))
		return text;
	if (fold_ascii(a, text, &folded))
		return folded;
	text = map_text(a, text, UTF8PROC_COMPOSE | UTF8PROC_STABLE | UTF8PROC_CASEFOLD);
	return utf8_squeeze(a, text);
}

bool
rmk_utf8_is_word(int32_t c)
{
	switch (utf8proc_category(c)) {
	case UTF8PROC_CATEGORY_LU:
	case UTF8PROC_CATEGORY_LL:
	case UTF8PROC_CATEGORY_LT:
	case UTF8PROC_CATEGORY_LM:
	case UTF8PROC_CATEGORY_LO:
	case UTF8PROC_CATEGORY_MN:
	case UTF8PROC_CATEGORY_MC:
	case UTF8PROC_CATEGORY_ME:
	case UTF8PROC_CATEGORY_ND:
	case UTF8PROC_CATEGORY_NL:
	case UTF8PROC_CATEGORY_PC:
		return true;
	default:
		return false;
	}
}

bool
rmk_utf8_has_word(struct rmk_str text)
{
	int32_t c;

	for (size_t i = 0; i < text.n;) {
		i += rmk_utf8_decode(text, i, &c);
		if (rmk_utf8_is_word(c))
			return true;
	}
	return false;
}

int32_t
rmk_utf8_lower(int32_t c)
{
	return utf8proc_tolower(c);
}
