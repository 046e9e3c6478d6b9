// Characters that are not what they look like: invisible ones, and those that look like a pipe
// or a dash. Messages name them, since nobody can see the difference.
#include "base/utf8.h"
#include "check/check_context.h"

#include <string.h>

struct odd_character {
	int32_t code;
	enum character_kind kind;
	const char *name;
};

static const struct odd_character characters[] = {
    {0x0000, CHARACTER_INVISIBLE, "NUL"},
    {0x000B, CHARACTER_INVISIBLE, "vertical tab"},
    {0x000C, CHARACTER_INVISIBLE, "form feed"},
    {0x00A0, CHARACTER_INVISIBLE, "no-break space"},
    {0x00AD, CHARACTER_INVISIBLE, "soft hyphen"},
    {0x2002, CHARACTER_INVISIBLE, "en space"},
    {0x2003, CHARACTER_INVISIBLE, "em space"},
    {0x2007, CHARACTER_INVISIBLE, "figure space"},
    {0x2009, CHARACTER_INVISIBLE, "thin space"},
    {0x200A, CHARACTER_INVISIBLE, "hair space"},
    {0x200B, CHARACTER_INVISIBLE, "zero-width space"},
    {0x200C, CHARACTER_INVISIBLE, "zero-width non-joiner"},
    {0x200D, CHARACTER_INVISIBLE, "zero-width joiner"},
    {0x200E, CHARACTER_INVISIBLE, "left-to-right mark"},
    {0x200F, CHARACTER_INVISIBLE, "right-to-left mark"},
    {0x2028, CHARACTER_INVISIBLE, "line separator"},
    {0x202F, CHARACTER_INVISIBLE, "narrow no-break space"},
    {0x2060, CHARACTER_INVISIBLE, "word joiner"},
    {0x3000, CHARACTER_INVISIBLE, "ideographic space"},
    {0xFEFF, CHARACTER_INVISIBLE, "zero-width no-break space"},

    {0x00A6, CHARACTER_PIPE, "broken bar"},
    {0x01C0, CHARACTER_PIPE, "letter dental click"},
    {0x2223, CHARACTER_PIPE, "divides"},
    {0x2502, CHARACTER_PIPE, "box drawing light vertical"},
    {0x2503, CHARACTER_PIPE, "box drawing heavy vertical"},
    {0x2758, CHARACTER_PIPE, "light vertical bar"},
    {0xFF5C, CHARACTER_PIPE, "full-width vertical line"},
    {0xFFE8, CHARACTER_PIPE, "half-width light vertical"},

    {0x2010, CHARACTER_DASH, "hyphen"},
    {0x2011, CHARACTER_DASH, "no-break hyphen"},
    {0x2012, CHARACTER_DASH, "figure dash"},
    {0x2013, CHARACTER_DASH, "en dash"},
    {0x2014, CHARACTER_DASH, "em dash"},
    {0x2015, CHARACTER_DASH, "horizontal bar"},
    {0x2212, CHARACTER_DASH, "minus sign"},
    {0x2500, CHARACTER_DASH, "box drawing light horizontal"},
    {0x2501, CHARACTER_DASH, "box drawing heavy horizontal"},
    {0x30FC, CHARACTER_DASH, "prolonged sound mark"},
    {0xFE58, CHARACTER_DASH, "small em dash"},
    {0xFE63, CHARACTER_DASH, "small hyphen-minus"},
    {0xFF0D, CHARACTER_DASH, "full-width hyphen-minus"},
    {0xFF1A, CHARACTER_DASH, "full-width colon"},
};

// Letters of most scripts, Chinese and Korean among them, are told at once.
static const struct odd_character *
find_character(int32_t code)
{
	if ((code > 0x01C0 && code < 0x2002) ||
	    (code > 0x3000 && code < 0xFE58 && code != 0x30FC))
		return NULL;
	for (size_t i = 0; i < sizeof characters / sizeof *characters; i++)
		if (characters[i].code == code)
			return &characters[i];
	return NULL;
}

unsigned
check_character(int32_t code)
{
	const struct odd_character *odd;

	if (code >= 0x20 && code < 0x80)
		return 0;
	odd = find_character(code);
	return odd ? odd->kind : 0;
}

// How many bytes at the front are printable ASCII, eight by eight: nearly all text is.
static size_t
plain_front(struct rmk_str text)
{
	const uint64_t each = UINT64_C(0x0101010101010101), high = each << 7;
	size_t n = 0;
	uint64_t w;

	for (; n + sizeof w <= text.n; n += sizeof w) {
		memcpy(&w, text.s + n, sizeof w);
		if ((w | (w - each * ' ') | (w + each)) & high)
			break;
	}
	return n;
}

size_t
check_find_character(struct rmk_str text, unsigned kinds)
{
	int32_t code;

	for (size_t i = plain_front(text), n; i < text.n; i += n) {
		n = 1;
		if (text.s[i] ==
		    ' ') { // words are looked at, what is between them leads on
			n += plain_front(rmk_str_from(text, i + 1));
			continue;
		}
		if (text.s[i] > ' ' && text.s[i] < 0x7F)
			continue;
		n = rmk_utf8_decode(text, i, &code);
		if (check_character(code) & kinds)
			return i;
	}
	return RMK_NONE;
}

// Whether one of them stands in a text that begins with this byte.
static bool
holds_led_by(struct rmk_str text, char lead)
{
	size_t at;
	int32_t code;

	while ((at = rmk_str_chr(text, lead)) != RMK_NONE) {
		rmk_utf8_decode(text, at, &code);
		if (check_character(code) == CHARACTER_PIPE)
			return true;
		text = rmk_str_from(text, at + 1);
	}
	return false;
}

bool
check_holds_fakes(struct rmk_str text)
{
	char lead, before = '\0', bytes[4];

	for (size_t i = 0; i < sizeof characters / sizeof *characters; i++) {
		if (characters[i].kind != CHARACTER_PIPE)
			continue;
		rmk_utf8_encode(characters[i].code, bytes);
		lead = bytes[0];
		if (lead != before && holds_led_by(text, lead))
			return true;
		before = lead;
	}
	return false;
}

struct rmk_str
check_character_name(struct rmk_checking *c, uint32_t at)
{
	const struct odd_character *odd;
	int32_t code;

	rmk_utf8_decode(c->doc->text, at, &code);
	odd = find_character(code);
	return check_printf(c, "U+%04X %s, column %u", (unsigned)code,
	    odd ? odd->name : "", rmk_doc_col_of(c->doc, at));
}

// Only white space, seen or not, and comments: what shows nothing.
bool
check_shows_nothing(struct rmk_str text)
{
	while (text.n) {
		int32_t code;
		size_t n = rmk_utf8_decode(text, 0, &code);

		if (rmk_str_starts(text, RMK_STR("<!--"))) {
			n = rmk_str_find(text, RMK_STR("-->"));
			if (n == RMK_NONE)
				return false;
			n += 3;
		} else if (code != ' ' && code != '\t' &&
			   check_character(code) != CHARACTER_INVISIBLE) {
			return false;
		}
		text = rmk_str_from(text, n);
	}
	return true;
}
