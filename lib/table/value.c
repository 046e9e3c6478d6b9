// The text of a cell, and what is made of it.
//
// Most cells hold no mark at all: one look at their bytes shows it, and they are their own
// text. The rest is scanned once (inline.h), then written out without its marks.
#include "table/value.h"

#include "base/buf.h"
#include "base/utf8.h"
#include "gfm/inline.h"
#include "table/picture.h"

#include <string.h>

static bool
has_any(struct rmk_str raw, const bool wanted[256])
{
	for (size_t i = 0; i < raw.n; i++)
		if (wanted[(unsigned char)raw.s[i]])
			return true;
	return false;
}

static void
value_put(char *out, size_t *n, const char *s, size_t len)
{
	memcpy(out + *n, s, len);
	*n += len;
}

// What an entity shows. A no-break space is a space to a reader.
static void
put_entity(struct rmk_str raw, size_t at, char *out, size_t *n)
{
	char utf8[RMK_ENTITY_BYTES];
	size_t len;
	struct rmk_str shown = {utf8, rmk_inline_entity(raw, at, &len, utf8)};

	if (rmk_str_eq(shown, RMK_STR("\xC2\xA0")) || (unsigned char)utf8[0] < ' ')
		value_put(out, n, " ", 1);
	else
		value_put(out, n, shown.s, shown.n);
}

static void
put_byte(const struct inline_cell *cell, size_t at, char *out, size_t *n)
{
	size_t len;
	const char *emoji;

	switch (cell->what[at]) {
	case INLINE_TEXT:
		value_put(out, n, cell->raw.s + at, 1);
		break;
	case INLINE_SPACE: // two white spaces show as one
		if (*n > 0 && out[*n - 1] != ' ')
			value_put(out, n, " ", 1);
		break;
	case INLINE_ENTITY:
		put_entity(cell->raw, at, out, n);
		break;
	case INLINE_EMOJI:
		emoji = rmk_inline_emoji(cell->raw, at, &len);
		value_put(out, n, emoji, strlen(emoji));
		break;
	default:
		break;
	}
}

// The text of a part of the cell. Where marks stand only around it, it is a part of raw;
// else it is made, and is no longer than what it is made of, but for a byte more an entity.
static struct rmk_str
text_of(struct rmk_arena *a, const struct inline_cell *cell, struct rmk_span span)
{
	size_t from = span.at, to = (size_t)span.at + span.len, n = 0;
	char *out;

	while (from < to && cell->what[from] == INLINE_DROP)
		from++;
	while (to > from && cell->what[to - 1] == INLINE_DROP)
		to--;
	if (to == from)
		return (struct rmk_str){cell->raw.s + from, 0};
	// An entity's own bytes, but the first, are marked as dropped.
	if (!memchr(cell->what + from, INLINE_DROP, to - from) &&
	    cell->what[to - 1] == INLINE_TEXT &&
	    !memchr(cell->what + from, INLINE_SPACE, to - from))
		return rmk_str_trim(rmk_str_part(cell->raw, from, to - from));
	// The last character may be an entity, whose bytes but the first are beyond `to`.
	out = rmk_arena_alloc(a, ((size_t)span.at + span.len - from) * 6 / 5 + 1);
	for (size_t i = from; i < to; i++) {
		bool after_break = cell->what[i] == INLINE_TEXT &&
		                   cell->raw.s[i] == ' ' && i > from && n > 0 &&
		                   out[n - 1] == ' ' && cell->what[i - 1] != INLINE_TEXT;
		if (!after_break)
			put_byte(cell, i, out, &n);
	}
	return rmk_str_trim((struct rmk_str){out, n});
}

struct rmk_str
rmk_value_text(struct rmk_arena *a, struct rmk_str raw)
{
	static const bool marks[256] = {['\\'] = true,
	    ['`'] = true,
	    ['*'] = true,
	    ['_'] = true,
	    ['~'] = true,
	    ['['] = true,
	    ['<'] = true,
	    ['&'] = true,
	    [':'] = true};
	struct rmk_arena_mark before;
	struct inline_cell cell;
	struct rmk_str text;

	if (!has_any(raw, marks))
		return rmk_str_trim(raw);
	before = rmk_arena_mark(a);
	cell = rmk_inline_scan(a, raw);
	text = text_of(a, &cell, (struct rmk_span){0, (uint32_t)raw.n});
	if (text.n == 0)
		text = rmk_picture_name(a, raw);
	if (text.s >= raw.s && text.s <= raw.s + raw.n)
		rmk_arena_reset(a, before);
	return text;
}

bool
rmk_value_is_marked(struct rmk_str raw, struct rmk_str text)
{
	static const char first[] = "*_~`<", last[] = "*_~`>";
	size_t at = rmk_str_find(raw, text), end = at + text.n;

	return at != RMK_NONE && text.n && at > 0 && end < raw.n &&
	       memchr(first, raw.s[0], 5) && memchr(last, raw.s[at - 1], 5) &&
	       memchr(first, raw.s[end], 5) && memchr(last, raw.s[raw.n - 1], 5);
}

struct rmk_str
rmk_value_lines(struct rmk_arena *a, struct rmk_str raw)
{
	struct rmk_buf lines = {.arena = a};
	struct inline_cell cell;
	size_t from = 0;

	if (rmk_str_chr(raw, '<') == RMK_NONE)
		return rmk_value_text(a, raw);
	cell = rmk_inline_scan(a, raw);
	for (size_t i = 0; i < raw.n; i++) {
		if (cell.what[i] != INLINE_SPACE)
			continue;
		rmk_buf_add(
		    &lines, text_of(a, &cell,
				(struct rmk_span){(uint32_t)from, (uint32_t)(i - from)}));
		rmk_buf_addc(&lines, '\n');
		from = i + 1;
	}
	if (from == 0)
		return rmk_value_text(a, raw);
	rmk_buf_add(
	    &lines, text_of(a, &cell,
			(struct rmk_span){(uint32_t)from, (uint32_t)(raw.n - from)}));
	return rmk_str_trim(rmk_buf_str(&lines));
}

struct rmk_str
rmk_value_key(struct rmk_arena *a, struct rmk_str raw)
{
	return rmk_utf8_fold(a, rmk_value_text(a, raw));
}

// An address as it leads: the table takes the backslash of '\|' before links are read.
static struct rmk_str
address_of(struct rmk_arena *a, struct rmk_str written)
{
	struct rmk_buf b = {.arena = a};

	if (rmk_str_find(written, RMK_STR("\\|")) == RMK_NONE)
		return written;
	for (size_t i = 0; i < written.n; i++) {
		if (written.s[i] != '\\' || i + 1 == written.n || written.s[i + 1] != '|')
			rmk_buf_addc(&b, written.s[i]);
	}
	return rmk_buf_str(&b);
}

size_t
rmk_value_links(struct rmk_arena *a, struct rmk_str raw, struct rmk_link **out)
{
	static const bool marks[256] = {['['] = true, ['<'] = true, [':'] = true};
	struct inline_cell cell;

	*out = NULL;
	if (!has_any(raw, marks) && rmk_str_find(raw, RMK_STR("www.")) == RMK_NONE)
		return 0;
	cell = rmk_inline_scan(a, raw);
	*out = RMK_NEW_N(a, struct rmk_link, cell.nlinks);
	for (size_t i = 0; i < cell.nlinks; i++) {
		const struct inline_link *link = &cell.links[i];

		(*out)[i] = (struct rmk_link){.label = text_of(a, &cell, link->label),
		    .url = address_of(a, rmk_str_at(raw, link->url)),
		    .raw = rmk_str_at(raw, link->raw),
		    .image = link->image,
		    .bare = link->bare,
		    .reference = link->reference};
	}
	return cell.nlinks;
}

int
rmk_value_flag(struct rmk_arena *a, struct rmk_str raw)
{
	static const char *const yes[] = {
	    "[x]", "yes", "y", "true", "1", "✓", "✔", "✅", "☑"};
	static const char *const no[] = {
	    "[ ]", "no", "n", "false", "0", "✗", "✘", "❌", "☐", ""};
	struct rmk_str key = rmk_value_key(a, raw);

	for (size_t i = 0; i < sizeof yes / sizeof *yes; i++)
		if (rmk_str_eq(key, rmk_str_of(yes[i])))
			return 1;
	for (size_t i = 0; i < sizeof no / sizeof *no; i++)
		if (rmk_str_eq(key, rmk_str_of(no[i])))
			return 0;
	return -1;
}

static unsigned
two(struct rmk_str text, size_t at)
{
	return (unsigned)(text.s[at] - '0') * 10 + (unsigned)(text.s[at + 1] - '0');
}

bool
rmk_value_is_date(struct rmk_str t)
{
	static const unsigned char days[] = {
	    31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	unsigned year, month;

	if (!rmk_str_is_digits(t, 0, 4))
		return false;
	if (t.n == 4)
		return true;
	if (t.n < 7 || t.s[4] != '-' || !rmk_str_is_digits(t, 5, 2))
		return false;
	month = two(t, 5);
	if (month < 1 || month > 12)
		return false;
	if (t.n == 7)
		return true;
	if (t.n < 10 || t.s[7] != '-' || !rmk_str_is_digits(t, 8, 2) || two(t, 8) < 1 ||
	    two(t, 8) > days[month - 1])
		return false;
	year = two(t, 0) * 100 + two(t, 2);
	if (month == 2 && two(t, 8) == 29 &&
	    (year % 4 || (year % 100 == 0 && year % 400)))
		return false;
	return t.n == 10 ||
	       (t.n >= 16 && (t.s[10] == 'T' || t.s[10] == ' ') &&
		   rmk_str_is_digits(t, 11, 2) && t.s[13] == ':' &&
		   rmk_str_is_digits(t, 14, 2) && two(t, 11) < 25 && two(t, 14) < 60);
}
