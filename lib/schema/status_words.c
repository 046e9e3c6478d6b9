// Reading cells by the vocabulary. Headers: header_words.c.
#include "schema/status_words.h"
#include "base/ascii.h"
#include "base/utf8.h"

#include <string.h>

// --- look-up --------------------------------------------------------------------

// Spaces, hyphens, underscores, apostrophes, the dot that folding leaves of a Turkish capital,
// and what Arabic writes over and between its letters or leaves out: vowel signs, tatweel.
static bool
is_separator(struct rmk_str key, size_t at, size_t *bytes)
{
	struct rmk_str rest = rmk_str_from(key, at);
	unsigned char c = (unsigned char)key.s[at];
	unsigned char next = rest.n > 1 ? (unsigned char)rest.s[1] : 0;
	bool arabic = c == 0xD9 && (next == 0x80 || (next >= 0x8B && next <= 0x92));

	*bytes = c == 0xE2 && rmk_str_starts(rest, RMK_STR("’")) ? 3
	         : c == 0xCC && next == 0x87                     ? 2
	         : arabic                                        ? 2
	                                                         : 1;
	return c == ' ' || c == '_' || c == '-' || c == '\'' || *bytes > 1;
}

// Letters that people write in two ways become one: ı, in capitals I; Russian ё, mostly
// written as е. Both are two bytes, the last of which is at n - 1; gives the new n.
static size_t
squeeze_letter(char *out, size_t n)
{
	if (out[n - 2] == '\xC4' && out[n - 1] == '\xB1') {
		out[n - 2] = 'i';
		return n - 1;
	}
	if (out[n - 2] == '\xD1' && out[n - 1] == '\x91') {
		out[n - 2] = '\xD0';
		out[n - 1] = '\xB5';
	}
	return n;
}

static bool
key_has_letter(struct rmk_str key)
{
	for (size_t i = 0; i < key.n; i++) {
		unsigned char c = (unsigned char)key.s[i];

		if (c >= 0x80 || rmk_is_letter(key.s[i]) || rmk_is_digit(key.s[i]))
			return true;
	}
	return false;
}

// How many bytes at the end of a key are the mark of a note, or of stress: "yes*", "no²",
// "done!".
static size_t
mark_at_end(struct rmk_str key)
{
	static const char *const marks[] = {
	    "!", ".", "*", "†", "‡", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"};
	unsigned char last = (unsigned char)key.s[key.n - 1];

	if ((last >= 'a' && last <= 'z') || last < 0x21) // nearly always
		return 0;
	for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
		if (rmk_str_ends(key, rmk_str_of(marks[i])))
			return strlen(marks[i]);
	return 0;
}

// "in progress", in_progress and In-Progress are one word, and "done!" is done. What is
// too long to be a word gives nothing.
static struct rmk_str
squeeze_word(struct rmk_str key, char out[RMK_WORD_BYTES])
{
	size_t n = 0, bytes;

	if (key.n >= 2 * RMK_WORD_BYTES || !key_has_letter(key))
		return key.n < RMK_WORD_BYTES ? key : (struct rmk_str){0};
	while (key.n > 1 && (bytes = mark_at_end(key)) > 0 && bytes < key.n)
		key.n -= bytes;
	for (size_t i = 0; i < key.n; i += bytes) {
		bytes = 1;
		if (!(key.s[i] >= 'a' && key.s[i] <= 'z') && is_separator(key, i, &bytes))
			continue;
		if (n + 1 == RMK_WORD_BYTES)
			return (struct rmk_str){0};
		out[n++] = key.s[i];
		if (n > 1)
			n = squeeze_letter(out, n);
	}
	return (struct rmk_str){out, n};
}

// How a word of the vocabulary compares with a key, as strcmp; nearly all differ in their
// first byte, so nothing is measured or called for that.
static int
compare_word(const char *word, struct rmk_str key)
{
	size_t i = 0;

	while (i < key.n && word[i] == key.s[i])
		i++;
	if (i == key.n)
		return word[i] != '\0';
	return (int)(unsigned char)word[i] - (int)(unsigned char)key.s[i];
}

const struct rmk_word *
rmk_words_of(struct rmk_str key, size_t *n)
{
	char buf[RMK_WORD_BYTES];
	size_t low, high;

	*n = 0;
	key = squeeze_word(key, buf);
	if (key.n == 0)
		return NULL;
	low = rmk_words_from[(unsigned char)key.s[0]];
	high = rmk_words_from[(unsigned char)key.s[0] + 1];
	while (low < high) {
		size_t mid = (low + high) / 2;

		if (compare_word(rmk_words[mid].key, key) < 0)
			low = mid + 1;
		else
			high = mid;
	}
	while (low + *n < rmk_nwords && compare_word(rmk_words[low + *n].key, key) == 0)
		++*n;
	return *n ? &rmk_words[low] : NULL;
}

bool
rmk_words_has(size_t ladder, struct rmk_str key)
{
	size_t n;
	const struct rmk_word *words = rmk_words_of(key, &n);

	for (size_t i = 0; i < n; i++)
		if (words[i].ladder == ladder)
			return true;
	return false;
}

bool
rmk_words_leads(size_t ladder, struct rmk_str key)
{
	size_t n;
	const struct rmk_word *words = rmk_words_of(key, &n);

	for (size_t i = 0; i < n; i++)
		if (words[i].ladder == ladder)
			return words[i].leads;
	return false;
}

size_t
rmk_words_ladder(const char *name)
{
	for (size_t i = 0; i < rmk_nladders; i++)
		if (strcmp(rmk_ladders[i].name, name) == 0)
			return i;
	return RMK_NONE;
}

struct rmk_str
rmk_words_offered(size_t ladder, enum rmk_word_rank rank)
{
	if (ladder >= rmk_nladders || rank > RMK_WORD_DONE)
		return (struct rmk_str){0};
	return rmk_str_of(rmk_ladders[ladder].offer[rank]);
}

// --- cells ----------------------------------------------------------------------

// The rank of a key that is one word.
static enum rmk_word_rank
rank_of_word(size_t ladder, struct rmk_str key)
{
	size_t n;
	const struct rmk_word *words = rmk_words_of(key, &n);

	for (size_t i = 0; i < n; i++)
		if (words[i].ladder == ladder)
			return words[i].rank;
	return n ? words[0].rank : RMK_WORD_NONE;
}

// How long the mark is that a key begins with: characters that are neither letters nor
// digits, with a space behind them, or an emoji right before text. A '[' is no mark, as
// "[1] text" is not.
static size_t
mark_length(struct rmk_str key)
{
	size_t at = 0;

	while (at < key.n && key.s[at] != ' ') {
		int32_t c;
		size_t n = rmk_utf8_decode(key, at, &c);

		if (rmk_utf8_is_word(c) ||
		    strchr("([{\"'`", (int)(unsigned char)key.s[at]))
			break;
		at += n;
	}
	if (at == 0 || at == key.n ||
	    (key.s[at] != ' ' && (unsigned char)key.s[0] < 0x80))
		return 0;
	return at;
}

struct rmk_str
rmk_words_mark(struct rmk_str key)
{
	return rmk_str_part(key, 0, mark_length(key));
}

struct rmk_str
rmk_words_behind_mark(struct rmk_str key)
{
	return rmk_str_trim(rmk_str_from(key, mark_length(key)));
}

// Whether a remark begins at byte i: "yes (since 3.1)", "partial: no triggers", "no, see
// below", "superseded by 92", "done — at last".
static bool
is_remark(struct rmk_str key, size_t i)
{
	static const char *const marks[] = {" (", " -", " [", " /", " +", " —", " –",
	    " §", " by ", " in ", " since ", " with ", " #", " @", " as of ", " on ",
	    " for ", "，", "（", "：", "、", "；"};

	if (key.s[i] == ',' || key.s[i] == ':' || key.s[i] == ';')
		return true;
	if (key.s[i] != ' ' && (unsigned char)key.s[i] < 0x80)
		return false;
	for (size_t m = 0; m < sizeof marks / sizeof *marks; m++)
		if (key.s[i] == marks[m][0] && i + 1 < key.n &&
		    key.s[i + 1] == marks[m][1] &&
		    rmk_str_starts(rmk_str_from(key, i), rmk_str_of(marks[m])))
			return true;
	return false;
}

struct rmk_str
rmk_words_without_remark(struct rmk_str text)
{
	for (size_t i = 1; i < text.n; i++)
		if (is_remark(text, i))
			return rmk_str_trim(rmk_str_part(text, 0, i));
	return text;
}

// The rank of the longest word that a remark follows.
static enum rmk_word_rank
rank_before_remark(size_t ladder, struct rmk_str key)
{
	enum rmk_word_rank rank = RMK_WORD_NONE;
	size_t end = key.n < RMK_WORD_BYTES ? key.n : RMK_WORD_BYTES;

	while (end-- > 1 && rank == RMK_WORD_NONE)
		if (key.s[end] && is_remark(key, end))
			rank = rank_of_word(
			    ladder, rmk_str_trim(rmk_str_part(key, 0, end)));
	return rank;
}

static bool
is_mark_at(struct rmk_str text, size_t at)
{
	int32_t c = ' ';

	if (at < text.n)
		rmk_utf8_decode(text, at, &c);
	return c >= 0x80 && !rmk_utf8_is_word(c);
}

// The word at the front of a text, or the text before a mark at its end.
static enum rmk_word_rank
rank_of_text(size_t ladder, struct rmk_str text)
{
	enum rmk_word_rank rank = rank_of_word(ladder, text);
	size_t space = rmk_str_rchr(text, ' ');

	if (rank == RMK_WORD_NONE)
		rank = rank_before_remark(ladder, text);
	if (rank == RMK_WORD_NONE && space != RMK_NONE && is_mark_at(text, space + 1) &&
	    rank_of_word(ladder, rmk_str_from(text, space + 1)) != RMK_WORD_NONE)
		rank = rank_of_word(ladder, rmk_str_part(text, 0, space));
	return rank;
}

// "- [x]" is the box of a list that cells cannot hold.
static struct rmk_str
without_bullet(struct rmk_str key)
{
	if (rmk_str_starts(key, RMK_STR("- [")) || rmk_str_starts(key, RMK_STR("* [")))
		return rmk_str_from(key, 2);
	return key;
}

enum rmk_word_rank
rmk_words_rank(size_t ladder, struct rmk_str key)
{
	enum rmk_word_rank rank;
	size_t mark;

	key = without_bullet(key);
	rank = rank_of_text(ladder, key);
	mark = rank == RMK_WORD_NONE ? mark_length(key) : 0;
	if (mark > 0)
		rank = rank_of_text(ladder, rmk_str_trim(rmk_str_from(key, mark)));
	// Only an emoji ranks text that is no word: "- see below" is a remark. So it does
	// where the word says nothing of how far: "❌ none".
	if ((rank == RMK_WORD_NONE || rank == RMK_WORD_NEUTRAL) && mark > 0 &&
	    (unsigned char)key.s[0] >= 0x80 &&
	    !rmk_words_is_dash(rmk_str_part(key, 0, mark)) &&
	    rank_of_word(ladder, rmk_str_part(key, 0, mark)) != RMK_WORD_NONE)
		rank = rank_of_word(ladder, rmk_str_part(key, 0, mark));
	return rank;
}

static enum rmk_word_rank
rank_of_share(uint32_t part, uint32_t whole)
{
	if (whole == 0 || part > whole)
		return RMK_WORD_NONE;
	return part == 0 ? RMK_WORD_TODO : part == whole ? RMK_WORD_DONE : RMK_WORD_DOING;
}

enum rmk_word_rank
rmk_words_share(struct rmk_str key)
{
	size_t slash = rmk_str_chr(key, '/'), of = rmk_str_find(key, RMK_STR(" of "));
	size_t at = slash != RMK_NONE ? slash : of, n = slash != RMK_NONE ? 1 : 4;
	uint32_t part, whole;

	if (rmk_str_ends(key, RMK_STR("%")))
		return rmk_str_to_u32(
			   rmk_str_trim(rmk_str_part(key, 0, key.n - 1)), &part)
		           ? rank_of_share(part, 100)
		           : RMK_WORD_NONE;
	if (at == RMK_NONE ||
	    !rmk_str_to_u32(rmk_str_trim(rmk_str_part(key, 0, at)), &part) ||
	    !rmk_str_to_u32(rmk_str_trim(rmk_str_from(key, at + n)), &whole))
		return RMK_WORD_NONE;
	return rank_of_share(part, whole);
}

bool
rmk_words_is_dash(struct rmk_str key)
{
	return rmk_str_eq(key, RMK_STR("-")) || rmk_str_eq(key, RMK_STR("–")) ||
	       rmk_str_eq(key, RMK_STR("—"));
}

// The mark decides only where the text behind it is no word: "⏳ in progress" is doing.
bool
rmk_words_is_hourglass(struct rmk_str key)
{
	struct rmk_str text = rmk_words_behind_mark(key);

	if (!rmk_str_starts(key, RMK_STR("⏳")) && !rmk_str_starts(key, RMK_STR("⌛")))
		return false;
	return text.n == key.n || rank_of_text(RMK_NONE, text) == RMK_WORD_NONE;
}
