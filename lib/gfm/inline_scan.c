// The rules of CommonMark 0.31 and GFM, one function a construct. Characters beyond
// ASCII count as letters, but for the spaces U+00A0 and U+3000.
#include "gfm/inline_scan.h"
#include "base/ascii.h"
#include "base/utf8.h"
#include "gfm/entity.h"
#include "gfm/inline.h"

#include <string.h>

// CommonMark wants at least as many levels of parentheses in a URL as anybody writes.
#define MOST_PARENS 32
// The longest label of a reference, by CommonMark.
#define MOST_REFERENCE 999

bool
rmk_inline_is_punct(char c)
{
	return c > ' ' && c < 0x7F && !rmk_is_letter(c) && !rmk_is_digit(c);
}

bool
rmk_inline_is_word(char c)
{
	return rmk_is_letter(c) || rmk_is_digit(c) || c == '_' ||
	       (unsigned char)c >= 0x80;
}

static size_t
inline_scan_skip_space(struct rmk_str s, size_t at)
{
	while (at < s.n && rmk_is_space(s.s[at]))
		at++;
	return at;
}

// --- entities and shortcodes ----------------------------------------------------

static int32_t
inline_scan_digits(struct rmk_str s, size_t at, int base, size_t *end)
{
	int32_t code = 0;
	size_t i = at;

	for (; i < s.n && i - at < 8; i++) {
		char c = (char)(s.s[i] | 32);
		int d = rmk_is_digit(s.s[i])                 ? s.s[i] - '0'
		        : base == 16 && c >= 'a' && c <= 'f' ? c - 'a' + 10
		                                             : -1;
		if (d < 0)
			break;
		if (code <= 0x10FFFF)
			code = code * base + d;
	}
	*end = i > at ? i : s.n;
	return code == 0 || code > 0x10FFFF || (code >= 0xD800 && code < 0xE000) ? 0xFFFD
	                                                                         : code;
}

size_t
rmk_inline_entity(struct rmk_str s, size_t at, size_t *len, char out[RMK_ENTITY_BYTES])
{
	size_t end = at + 1, n;

	*len = 0;
	if (s.s[at] != '&' || end >= s.n)
		return 0;
	if (s.s[end] == '#') {
		bool hex = end + 1 < s.n && (s.s[end + 1] | 32) == 'x';

		n = rmk_utf8_encode(
		    inline_scan_digits(s, end + 1 + hex, hex ? 16 : 10, &end), out);
	} else {
		struct rmk_str text;

		while (end < s.n && end - at <= RMK_ENTITY_MAX &&
		       (rmk_is_letter(s.s[end]) || rmk_is_digit(s.s[end])))
			end++;
		text = rmk_entity_find(rmk_str_part(s, at + 1, end - at - 1));
		n = text.n;
		memcpy(out, text.s ? text.s : "", n);
	}
	if (n == 0 || end >= s.n || s.s[end] != ';')
		return 0;
	*len = end + 1 - at;
	return n;
}

const char *
rmk_inline_emoji(struct rmk_str s, size_t at, size_t *len)
{
	// GitHub's names of the emoji that people mark progress with. An emoji is not
	// longer than its name.
	static const struct {
		const char *name, *emoji;
	} emoji[] = {{":heavy_check_mark:", "✔"}, {":white_check_mark:", "✅"},
	    {":ballot_box_with_check:", "☑"}, {":heavy_multiplication_x:", "✖"},
	    {":x:", "❌"}, {":negative_squared_cross_mark:", "❎"}, {":no_entry:", "⛔"},
	    {":no_entry_sign:", "🚫"}, {":construction:", "🚧"}, {":warning:", "⚠"},
	    {":hourglass:", "⌛"}, {":hourglass_flowing_sand:", "⏳"}, {":soon:", "🔜"},
	    {":red_circle:", "🔴"}, {":yellow_circle:", "🟡"},
	    {":orange_circle:", "🟠"}, {":green_circle:", "🟢"},
	    {":large_orange_diamond:", "🔶"}, {":white_large_square:", "⬜"},
	    {":black_square_button:", "🔲"}, {":heavy_minus_sign:", "➖"},
	    {":heavy_plus_sign:", "➕"}, {":question:", "❓"}, {":grey_question:", "❔"},
	    {":lock:", "🔒"}, {":star:", "⭐"}, {":rocket:", "🚀"}, {":tada:", "🎉"},
	    {":memo:", "📝"}, {":bug:", "🐛"}, {":+1:", "👍"}, {":-1:", "👎"},
	    {":heart:", "❤"}, {":green_heart:", "💚"}, {":yellow_heart:", "💛"},
	    {":broken_heart:", "💔"}, {":new_moon:", "🌑"}, {":waxing_crescent_moon:", "🌒"},
	    {":first_quarter_moon:", "🌓"}, {":waxing_gibbous_moon:", "🌔"},
	    {":moon:", "🌔"}, {":full_moon:", "🌕"}, {":large_blue_circle:", "🔵"},
	    {":blue_circle:", "🔵"}, {":white_circle:", "⚪"},
	    {":black_large_square:", "⬛"}, {":green_square:", "🟩"},
	    {":yellow_square:", "🟨"}, {":orange_square:", "🟧"},
	    {":red_square:", "🟥"}, {":arrows_counterclockwise:", "🔄"},
	    {":repeat:", "🔁"}, {":hammer:", "🔨"}, {":wrench:", "🔧"},
	    {":hammer_and_wrench:", "🛠"}, {":building_construction:", "🏗"},
	    {":gear:", "⚙"}, {":construction_worker:", "👷"}, {":pause_button:", "⏸"},
	    {":zzz:", "💤"}, {":wastebasket:", "🗑"}, {":skull:", "💀"},
	    {":stop_sign:", "🛑"}, {":octagonal_sign:", "🛑"}, {":bulb:", "💡"},
	    {":date:", "📅"}, {":calendar:", "📆"}, {":clipboard:", "📋"},
	    {":checkered_flag:", "🏁"}, {":100:", "💯"}, {":ok:", "🆗"}};
	struct rmk_str rest = rmk_str_from(s, at);

	*len = 0;
	for (size_t i = 0; i < sizeof emoji / sizeof *emoji; i++) {
		struct rmk_str name = rmk_str_of(emoji[i].name);

		if (!rmk_str_starts(rest, name))
			continue;
		*len = name.n;
		return emoji[i].emoji;
	}
	return NULL;
}

// --- links ----------------------------------------------------------------------

// The end of a destination without <>: no white space, parentheses in pairs.
static size_t
plain_url(struct rmk_str s, size_t at)
{
	unsigned depth = 0;
	size_t i = at;

	for (; i < s.n && (unsigned char)s.s[i] > ' '; i++) {
		if (s.s[i] == '\\' && i + 1 < s.n && rmk_inline_is_punct(s.s[i + 1]))
			i++;
		else if (s.s[i] == '(' && ++depth > MOST_PARENS)
			break;
		else if (s.s[i] == ')' && depth-- == 0)
			break;
	}
	return i;
}

static size_t
angle_url(struct rmk_str s, size_t at)
{
	size_t i = at;

	for (; i < s.n && s.s[i] != '>' && s.s[i] != '<'; i++)
		if (s.s[i] == '\\' && i + 1 < s.n)
			i++;
	return i;
}

// The byte behind a title in "", '' or (), or s.n where it has no end.
static size_t
inline_scan_title(struct rmk_str s, size_t at)
{
	char close = s.s[at] == '(' ? ')' : s.s[at];
	size_t i = at + 1;

	for (; i < s.n && s.s[i] != close; i++)
		if (s.s[i] == '\\' && i + 1 < s.n)
			i++;
	return i < s.n ? i + 1 : s.n;
}

size_t
rmk_inline_target(struct rmk_str s, size_t at, struct rmk_span *url, size_t *cost)
{
	size_t from = inline_scan_skip_space(s, at + 1), i;
	bool angles = from < s.n && s.s[from] == '<';

	if (angles)
		from++;
	i = angles ? angle_url(s, from) : plain_url(s, from);
	*url = (struct rmk_span){(uint32_t)from, (uint32_t)(i - from)};
	if (angles && i < s.n && s.s[i] == '>')
		i++;
	else if (angles)
		from = s.n;
	if (i < s.n && rmk_is_space(s.s[i])) {
		i = inline_scan_skip_space(s, i);
		if (i < s.n && strchr("\"'(", s.s[i]) && s.s[i])
			i = inline_scan_skip_space(s, inline_scan_title(s, i));
	}
	*cost = i - at + 1;
	return from < s.n && i < s.n && s.s[i] == ')' ? i + 1 : at;
}

size_t
rmk_inline_reference(struct rmk_str s, size_t at, struct rmk_span *ref, size_t *cost)
{
	size_t i = at + 1;

	while (i < s.n && i - at <= MOST_REFERENCE && s.s[i] != ']' && s.s[i] != '[')
		i += s.s[i] == '\\' && i + 1 < s.n ? 2 : 1;
	*cost = i - at + 1;
	if (i >= s.n || s.s[i] != ']')
		return at;
	*ref = (struct rmk_span){(uint32_t)at + 1, (uint32_t)(i - at - 1)};
	return i + 1;
}

static size_t
mail_address(struct rmk_str s, size_t at)
{
	size_t i = at + 1, from;

	while (
	    i < s.n && (rmk_inline_is_word(s.s[i]) || strchr(".+-%", s.s[i])) && s.s[i])
		i++;
	if (i >= s.n || s.s[i] != '@')
		return i;
	from = ++i;
	while (i < s.n && (rmk_is_letter(s.s[i]) || rmk_is_digit(s.s[i]) ||
			      s.s[i] == '.' || s.s[i] == '-'))
		i++;
	return i > from ? i : at;
}

size_t
rmk_inline_autolink(struct rmk_str s, size_t at, size_t *cost)
{
	size_t i = at + 1;

	if (i >= s.n || !(rmk_is_letter(s.s[i]) || rmk_is_digit(s.s[i])))
		return at;
	while (i < s.n &&
	       (rmk_is_letter(s.s[i]) || rmk_is_digit(s.s[i]) || strchr("+.-", s.s[i])) &&
	       s.s[i])
		i++;
	if (i < s.n && s.s[i] == ':' && rmk_is_letter(s.s[at + 1]) && i - at > 2 &&
	    i - at <= 33) {
		while (i < s.n && (unsigned char)s.s[i] > ' ' && s.s[i] != '<' &&
		       s.s[i] != '>')
			i++;
	} else {
		i = mail_address(s, at);
		if (!memchr(s.s + at, '@', i - at))
			i = at;
	}
	*cost = i - at + 1;
	return i > at && i < s.n && s.s[i] == '>' ? i + 1 : at;
}

// What punctuation at its end does not belong to a URL in running text.
static size_t
trim_url(struct rmk_str s, size_t at, size_t end)
{
	size_t open = 0, close = 0;

	for (size_t i = at; i < end; i++) {
		open += s.s[i] == '(';
		close += s.s[i] == ')';
	}
	while (end > at) {
		char c = s.s[end - 1];

		if (c == ')' && close > open)
			close--;
		else if (!c || !strchr("?!.,:;*_~'\"", c))
			break;
		end--;
	}
	return end;
}

size_t
rmk_inline_url(struct rmk_str s, size_t at)
{
	static const char *const starts[] = {"https://", "http://", "ftp://", "www."};
	struct rmk_str rest = rmk_str_from(s, at);
	size_t n = 0, end;

	if (at > 0 && rmk_inline_is_word(s.s[at - 1]) &&
	    (unsigned char)s.s[at - 1] < 0x80)
		return at;
	for (size_t i = 0; i < sizeof starts / sizeof *starts && n == 0; i++) {
		struct rmk_str start = rmk_str_of(starts[i]);

		if (rmk_str_eq_nocase(rmk_str_part(rest, 0, start.n), start))
			n = start.n;
	}
	if (n == 0 || at + n >= s.n || !rmk_inline_is_word(s.s[at + n]))
		return at;
	end = at + n;
	while (end < s.n && (unsigned char)s.s[end] > ' ' && s.s[end] != '<')
		end++;
	return trim_url(s, at + n, end);
}

// --- tags -----------------------------------------------------------------------

static size_t
comment(struct rmk_str s, size_t at, size_t *cost)
{
	size_t n = rmk_str_find(rmk_str_from(s, at + 4), RMK_STR("-->"));

	*cost = s.n - at;
	return n == RMK_NONE ? at : at + 4 + n + 3;
}

size_t
rmk_inline_tag(struct rmk_str s, size_t at, struct rmk_str *name, size_t *cost)
{
	size_t i = at + 1, from = i;
	char quote = 0;

	*name = (struct rmk_str){0};
	if (rmk_str_starts(rmk_str_from(s, at), RMK_STR("<!--")))
		return comment(s, at, cost);
	if (i < s.n && s.s[i] == '/')
		i++;
	if (i >= s.n || !rmk_is_letter(s.s[i]))
		return at;
	while (
	    i < s.n && (rmk_is_letter(s.s[i]) || rmk_is_digit(s.s[i]) || s.s[i] == '-'))
		i++;
	*name = rmk_str_part(s, from, i - from);
	if (i < s.n && !rmk_is_space(s.s[i]) && s.s[i] != '/' && s.s[i] != '>')
		return at;
	for (; i < s.n && (quote || s.s[i] != '>'); i++) {
		if (quote ? s.s[i] == quote : s.s[i] == '"' || s.s[i] == '\'')
			quote = quote ? 0 : s.s[i];
		else if (!quote && s.s[i] == '<')
			break;
	}
	*cost = i - at + 1;
	return i < s.n && s.s[i] == '>' ? i + 1 : at;
}

// One attribute from byte i on: its name, and its value if it has one.
static size_t
attribute(struct rmk_str s, size_t i, size_t end, struct rmk_str *name, size_t *value)
{
	size_t from = i, close;

	while (i < end && !rmk_is_space(s.s[i]) && s.s[i] != '=')
		i++;
	*name = rmk_str_part(s, from, i - from);
	close = inline_scan_skip_space(s, i);
	*value = close;
	if (close >= end || s.s[close] != '=')
		return i > from ? i : i + 1;
	i = inline_scan_skip_space(s, close + 1);
	*value = i;
	if (i < end && (s.s[i] == '"' || s.s[i] == '\'')) {
		const char *q = memchr(s.s + i + 1, s.s[i], end - i - 1);

		*value = i + 1;
		return q ? (size_t)(q - s.s) : end;
	}
	while (i < end && !rmk_is_space(s.s[i]))
		i++;
	return i;
}

struct rmk_span
rmk_inline_attribute(struct rmk_str s, size_t at, size_t end, const char *want)
{
	size_t i = at + 1;

	end--; // the '>'
	while (i < end && !rmk_is_space(s.s[i]))
		i++;
	while ((i = inline_scan_skip_space(s, i)) < end) {
		struct rmk_str name;
		size_t value, stop = attribute(s, i, end, &name, &value);

		if (stop > end)
			stop = end;
		if (value < stop && rmk_str_eq_nocase(name, rmk_str_of(want)))
			return (struct rmk_span){
			    (uint32_t)value, (uint32_t)(stop - value)};
		i = stop < end && (s.s[stop] == '"' || s.s[stop] == '\'') ? stop + 1
		                                                          : stop;
	}
	return (struct rmk_span){0};
}

// --- emphasis -------------------------------------------------------------------

static bool
space_before(struct rmk_str s, size_t at)
{
	return at == 0 || rmk_is_space(s.s[at - 1]) ||
	       (at >= 2 && memcmp(s.s + at - 2, "\xC2\xA0", 2) == 0) ||
	       (at >= 3 && memcmp(s.s + at - 3, "\xE3\x80\x80", 3) == 0);
}

static bool
space_after(struct rmk_str s, size_t at)
{
	return at == s.n || rmk_is_space(s.s[at]) ||
	       (at + 2 <= s.n && memcmp(s.s + at, "\xC2\xA0", 2) == 0) ||
	       (at + 3 <= s.n && memcmp(s.s + at, "\xE3\x80\x80", 3) == 0);
}

unsigned
rmk_inline_flanks(struct rmk_str s, size_t at, size_t end)
{
	bool blank_before = space_before(s, at), blank_after = space_after(s, end);
	bool punct_before = at > 0 && rmk_inline_is_punct(s.s[at - 1]);
	bool punct_after = end < s.n && rmk_inline_is_punct(s.s[end]);
	bool left = !blank_after && (!punct_after || blank_before || punct_before);
	bool right = !blank_before && (!punct_before || blank_after || punct_after);

	if (s.s[at] == '_')
		return (left && (!right || punct_before) ? INLINE_OPENS : 0u) |
		       (right && (!left || punct_after) ? INLINE_CLOSES : 0u);
	return (left ? INLINE_OPENS : 0u) | (right ? INLINE_CLOSES : 0u);
}
