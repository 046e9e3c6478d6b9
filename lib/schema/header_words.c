// Reading headers by the vocabulary.
#include "base/utf8.h"
#include "schema/status_words.h"

#include <string.h>

// What the vocabulary says of a text that is one of its words: bits, or 0.
static unsigned
header_look_up(struct rmk_str text)
{
	size_t low = 0, high = rmk_nheader_words;

	while (low < high) {
		size_t mid = (low + high) / 2;
		int order = rmk_str_cmp(rmk_str_of(rmk_header_words[mid].key), text);

		if (order == 0)
			return rmk_header_words[mid].says;
		if (order < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return 0;
}

// Whether a word may begin at a byte: where a letter of its script would not be expected
// before it. Chinese and Japanese words need no space.
static bool
header_word_begins(struct rmk_str text, size_t at)
{
	unsigned char before = at ? (unsigned char)text.s[at - 1] : ' ';

	return (unsigned char)text.s[at] >= 0xE0 ||
	       (before < 0x80 && !(before >= 'a' && before <= 'z'));
}

// What the word says that a text is, or ends in.
static unsigned
header_ends_in(struct rmk_str text)
{
	size_t from = text.n < 45 ? 0 : text.n - 45;
	unsigned says = 0;

	for (size_t i = from; i < text.n; i++)
		if (header_word_begins(text, i))
			says |= header_look_up(rmk_str_from(text, i));
	return says;
}

static bool
header_is_ascii(struct rmk_str word)
{
	for (size_t i = 0; i < word.n; i++)
		if ((unsigned char)word.s[i] >= 0x80)
			return false;
	return true;
}

static bool
noun_goes_on(struct rmk_str rest)
{
	static const char *const links[] = {
	    " of ", " de ", " du ", " des ", " da ", " do ", " di ", " del ", " der "};

	for (size_t i = 0; i < sizeof links / sizeof *links; i++)
		if (rmk_str_starts(rest, rmk_str_of(links[i])))
			return true;
	return false;
}

// "status of tests", "estado de la tarea", "trạng thái dự án": in languages that put the
// noun first the word begins the header. "Status code" is none of them.
static bool
begins_with_status(struct rmk_str text)
{
	for (size_t i = 1; i < text.n; i++) {
		struct rmk_str word = rmk_str_part(text, 0, i);

		if (text.s[i] == ' ' &&
		    (header_look_up(word) & 1u << RMK_HEADER_STATUS) &&
		    (!header_is_ascii(word) || noun_goes_on(rmk_str_from(text, i))))
			return true;
	}
	return false;
}

// Whether a word of properties is in the text: on its own, or anywhere in a script that
// needs no spaces.
static bool
holds_property(struct rmk_str text)
{
	const unsigned other = 1u << RMK_HEADER_OTHER;
	struct rmk_str piece, rest = text;

	while (rmk_str_split(&rest, ' ', &piece))
		if (header_look_up(piece) & other)
			return true;
	if (header_is_ascii(text))
		return false;
	for (size_t i = 0; i < text.n; i++)
		for (size_t n = 3;
		     (unsigned char)text.s[i] >= 0xD8 && n <= 15 && i + n <= text.n; n++)
			if (header_look_up(rmk_str_part(text, i, n)) & other)
				return true;
	return false;
}

// "done ✅" without the emoji.
static struct rmk_str
without_mark_at_end(struct rmk_str key)
{
	size_t space = rmk_str_rchr(key, ' ');
	int32_t c;

	if (space == RMK_NONE)
		return key;
	rmk_utf8_decode(key, space + 1, &c);
	return c >= 0x80 && !rmk_utf8_is_word(c) ? rmk_str_part(key, 0, space) : key;
}

// "supported (tests ok?)", "done?", "status:" without what is around the word.
static struct rmk_str
bare_header(struct rmk_str key)
{
	static const char *const ends[] = {"?", ":", ".", "!", "？", "："};
	size_t paren = rmk_str_find(key, RMK_STR(" ("));

	if (paren != RMK_NONE)
		key = rmk_str_part(key, 0, paren);
	for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
		if (rmk_str_ends(key, rmk_str_of(ends[i])))
			key = rmk_str_trim(rmk_str_part(key, 0, key.n - strlen(ends[i])));
	return rmk_words_behind_mark(without_mark_at_end(key));
}

// Whether the header is itself what a ticked cell holds.
static bool
is_tick(struct rmk_str key)
{
	size_t n;
	const struct rmk_word *words = rmk_words_of(key, &n);

	return n > 0 && words[0].rank == RMK_WORD_DONE &&
	       words[0].ladder <= RMK_LADDER_LAST_MARKS &&
	       words[0].ladder != RMK_LADDER_PLUS_MINUS;
}

enum rmk_header_says
rmk_words_header(struct rmk_str key)
{
	struct rmk_str bare = bare_header(key);
	unsigned says = header_ends_in(bare);

	// "Date completed" ends in a word of progress.
	if (header_look_up(bare) & 1u << RMK_HEADER_DATE)
		return RMK_HEADER_NOTHING;
	if (says & 1u << RMK_HEADER_STATUS || begins_with_status(bare))
		return RMK_HEADER_STATUS;
	if (holds_property(bare))
		return RMK_HEADER_OTHER;
	return is_tick(bare) || says & 1u << RMK_HEADER_MAYBE ? RMK_HEADER_MAYBE
	                                                      : RMK_HEADER_NOTHING;
}

// "Name / Link" says what its front says, too.
enum rmk_header_says
rmk_words_header_names(struct rmk_str key)
{
	struct rmk_str bare = bare_header(key);
	size_t slash = rmk_str_find(bare, RMK_STR(" / "));
	unsigned says = header_ends_in(bare) | header_look_up(key);

	if (slash != RMK_NONE)
		says |= header_ends_in(rmk_str_part(bare, 0, slash));
	for (enum rmk_header_says one = RMK_HEADER_NAME; one <= RMK_HEADER_DATE; one++)
		if (says & 1u << one)
			return one;
	return header_look_up(bare) & 1u << RMK_HEADER_OWNER ? RMK_HEADER_GROUP
	                                                     : RMK_HEADER_NOTHING;
}

bool
rmk_words_header_owns(struct rmk_str key)
{
	return header_look_up(bare_header(key)) & 1u << RMK_HEADER_OWNER;
}

bool
rmk_words_is_nobody(struct rmk_str key)
{
	return key.n == 0 || rmk_words_is_dash(key) ||
	       header_look_up(key) & 1u << RMK_HEADER_NOBODY;
}
