// A value written as it is spelled elsewhere, where that changes nothing that it means.
//
//	NOT READ  Not  read  Not read    case of words, blanks: mended
//	⚠  ⚠️                            U+FE0F: mended
//	0xc 0xC   a-b a_b   NotRead      may be another thing: never
#include "base/buf.h"
#include "base/utf8.h"
#include "check/check_context.h"
#include "schema/status_words.h"
#include "table/value.h"

#include <string.h>

#define SHORT_WORD 3

static bool
has_letters_only(struct rmk_str word)
{
	for (size_t i = 0; i < word.n;) {
		int32_t c;

		i += rmk_utf8_decode(word, i, &c);
		if (!rmk_utf8_is_word(c) || (c >= '0' && c <= '9') || c == '_')
			return false;
	}
	return true;
}

// A word of a language, in which case is style: letters alone, none of them large but the
// first or all. 'camelCase', 'v1', '0xc' and 'a_b' are names.
static bool
is_plain_word(struct rmk_str word)
{
	size_t large = 0, small = 0;
	bool first = word.n && word.s[0] >= 'A' && word.s[0] <= 'Z';

	while (word.n && memchr(".,;:!?)", word.s[word.n - 1], 7))
		word.n--;
	if (!has_letters_only(word))
		return false;
	for (size_t i = 0; i < word.n; i++) {
		large += word.s[i] >= 'A' && word.s[i] <= 'Z';
		small += word.s[i] >= 'a' && word.s[i] <= 'z';
	}
	return large == 0 || small == 0 || (large == 1 && first);
}

// Short capitals may be a unit or a name, as 'MB' is not 'Mb', unless they are a status.
static bool
may_be_name(struct rmk_arena *a, struct rmk_str word)
{
	for (size_t i = 0; i < word.n; i++)
		if (word.s[i] < 'A' || word.s[i] > 'Z')
			return false;
	return word.n > 1 && word.n <= SHORT_WORD &&
	       rmk_words_rank(RMK_NONE, rmk_utf8_fold(a, word)) == RMK_WORD_NONE;
}

// The next word, U+FE0F left out; blanks of any number divide them.
static struct rmk_str
word_after(struct rmk_arena *a, struct rmk_str *text)
{
	struct rmk_buf out = {.arena = a};
	size_t i = 0;

	while (i < text->n && (text->s[i] == ' ' || text->s[i] == '\t'))
		i++;
	for (; i < text->n && text->s[i] != ' ' && text->s[i] != '\t'; i++) {
		if (rmk_str_starts(rmk_str_from(*text, i), RMK_STR("\xEF\xB8\x8F")))
			i += 2;
		else
			rmk_buf_addc(&out, text->s[i]);
	}
	*text = rmk_str_from(*text, i);
	return rmk_buf_str(&out);
}

// Whether two spellings mean the same for certain: word for word they differ in the case of
// plain words, in U+FE0F and in how many blanks stand between. That alone is mended.
static bool
means_same(struct rmk_arena *a, struct rmk_str x, struct rmk_str y)
{
	if (may_be_name(a, x) || may_be_name(a, y))
		return rmk_str_eq(x, y);
	while (x.n || y.n) {
		struct rmk_str v = word_after(a, &x), w = word_after(a, &y);

		if (rmk_str_eq(v, w))
			continue;
		if (!is_plain_word(v) || !is_plain_word(w) ||
		    !rmk_str_eq(rmk_utf8_fold(a, v), rmk_utf8_fold(a, w)))
			return false;
	}
	return true;
}

bool
check_respell(struct rmk_checking *c, struct rmk_str raw, struct rmk_str from,
    struct rmk_str to, struct rmk_str *out)
{
	size_t at = rmk_str_find(raw, from);

	if (at == RMK_NONE || memchr(to.s, '|', to.n) || memchr(raw.s, '|', raw.n) ||
	    memchr(raw.s, '`', raw.n) || !means_same(c->a, from, to))
		return false;
	*out = check_printf(c, "%.*s%.*s%.*s", RMK_FMT(rmk_str_part(raw, 0, at)),
	    RMK_FMT(to), RMK_FMT(rmk_str_from(raw, at + from.n)));
	return rmk_str_eq(rmk_value_text(c->a, *out), to);
}
