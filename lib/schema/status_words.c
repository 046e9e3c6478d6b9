// Reading cells and headers by the vocabulary.
#include "schema/status_words.h"
#include "base/utf8.h"

#include <string.h>

// The longest word has 26 bytes; longer keys need no search.
#define LONGEST 26

// How a word of the vocabulary compares with a key, as strcmp; nearly all differ in their
// first byte, so nothing is measured or called for that.
static int
status_words_compare(const char *word, struct rmk_str key)
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
	size_t low = 0, high = rmk_nwords;

	*n = 0;
	if (key.n == 0 || key.n > LONGEST)
		return NULL;
	while (low < high) {
		size_t mid = (low + high) / 2;

		if (status_words_compare(rmk_words[mid].key, key) < 0)
			low = mid + 1;
		else
			high = mid;
	}
	while (low + *n < rmk_nwords &&
	       status_words_compare(rmk_words[low + *n].key, key) == 0)
		++*n;
	return *n ? &rmk_words[low] : NULL;
}

const struct rmk_word *
rmk_words_offered(size_t family, enum rmk_word_rank rank)
{
	for (size_t i = 0; i < rmk_nwords; i++)
		if (rmk_words[i].offered && rmk_words[i].family == family &&
		    rmk_words[i].rank == rank)
			return &rmk_words[i];
	return NULL;
}

// The rank of a key that is one word.
static enum rmk_word_rank
rank_of_word(size_t family, struct rmk_str key)
{
	size_t n;
	const struct rmk_word *words = rmk_words_of(key, &n);

	for (size_t i = 0; i < n; i++)
		if (words[i].family == family)
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
rmk_words_behind_mark(struct rmk_str key)
{
	return rmk_str_trim(rmk_str_from(key, mark_length(key)));
}

// "yes (since 3.1)", "partial: no triggers", "no, see below": the front is the word.
static struct rmk_str
without_remark(struct rmk_str key)
{
	for (size_t i = 1; i < key.n; i++)
		if (strchr(",:;", key.s[i]) ||
		    (key.s[i] == ' ' && i + 1 < key.n && strchr("(-[", key.s[i + 1])))
			return rmk_str_trim(rmk_str_part(key, 0, i));
	return key;
}

// The word at the front of a text, or the text before a mark at its end.
static enum rmk_word_rank
rank_of_text(size_t family, struct rmk_str text)
{
	enum rmk_word_rank rank = rank_of_word(family, text);
	size_t space = rmk_str_rchr(text, ' ');

	if (rank == RMK_WORD_NONE)
		rank = rank_of_word(family, without_remark(text));
	if (rank == RMK_WORD_NONE && space != RMK_NONE &&
	    (unsigned char)text.s[space + 1] >= 0x80 &&
	    rank_of_word(family, rmk_str_from(text, space + 1)) != RMK_WORD_NONE)
		rank = rank_of_word(family, rmk_str_part(text, 0, space));
	return rank;
}

enum rmk_word_rank
rmk_words_rank(size_t family, struct rmk_str key)
{
	enum rmk_word_rank rank = rank_of_text(family, key);
	size_t mark = rank == RMK_WORD_NONE ? mark_length(key) : 0;

	if (mark > 0)
		rank = rank_of_text(family, rmk_str_trim(rmk_str_from(key, mark)));
	// Only an emoji speaks for text that is no word: "- see below" is a remark.
	if (rank == RMK_WORD_NONE && mark > 0 && (unsigned char)key.s[0] >= 0x80)
		rank = rank_of_word(family, rmk_str_part(key, 0, mark));
	return rank;
}

enum rmk_word_rank
rmk_words_percentage(struct rmk_str key)
{
	uint32_t n;

	if (!rmk_str_ends(key, RMK_STR("%")) ||
	    !rmk_str_to_u32(rmk_str_trim(rmk_str_part(key, 0, key.n - 1)), &n) || n > 100)
		return RMK_WORD_NONE;
	return n == 0 ? RMK_WORD_TODO : n == 100 ? RMK_WORD_DONE : RMK_WORD_DOING;
}

bool
rmk_words_is_dash(struct rmk_str key)
{
	return rmk_str_eq(key, RMK_STR("-")) || rmk_str_eq(key, RMK_STR("–")) ||
	       rmk_str_eq(key, RMK_STR("—"));
}

// --- headers --------------------------------------------------------------------

// A header that is, or ends in, one of these holds progress.
static const char *const status_words[] = {"status", "progress", "read or not",
    "read/unread", "done", "completed", "finished", "implemented", "checked", "watched",
    "estado", "estatus", "progreso", "statut", "état", "avancement", "stato",
    "fortschritt", "статус", "прогресс", "состояние", "durum", "stan", "状态", "狀態",
    "進捗", "进度", "進度", "ステータス", "状況", "상태", "진행", "진행 상황", "是否完成",
    "已完成", "完成情况", "完成状态", "已读", "已录制", "الحالة"};

// One of these may, and so may much else: a permission, a place, an outcome.
static const char *const maybe_words[] = {"state", "read", "supported", "support",
    "complete", "ready", "done by", "implementation", "available", "availability",
    "result", "phase", "stage", "tested", "reviewed", "merged", "fixed", "完成", "完了",
    "结果", "支持", "실행", "hecho", "fait", "erledigt"};

// Properties of a thing, which do not move from to do to done.
static const char *const other_words[] = {"priority", "severity", "rating", "importance",
    "difficulty", "level", "frequency", "required", "optional", "mandatory", "default",
    "nullable", "type", "value", "values", "option", "options", "favorite", "favourite",
    "tag", "tags", "kind", "category", "auth", "authentication", "license", "deprecated",
    "breaking", "risk", "impact", "effort", "permission", "permissions", "role", "array",
    "fixable", "unique", "key", "indexed", "readonly", "meaning", "description", "notes",
    "comment", "comments", "yes/no"};
static const char *const other_parts[] = {"需要", "是否需要", "可选", "难度", "优先级",
    "必填", "必须", "必須", "收藏", "默认", "يحتاج"};

// Whether text ends in the word, which begins where a letter of its script would not
// be expected before it. Chinese and Japanese words need no space.
static bool
ends_in(struct rmk_str text, struct rmk_str word)
{
	char before;

	if (!rmk_str_ends(text, word))
		return false;
	if (text.n == word.n)
		return true;
	before = text.s[text.n - word.n - 1];
	if ((unsigned char)word.s[0] >= 0xE0)
		return true;
	return before == ' ' || before == '/' || before == '-' || before == '_';
}

static bool
ends_in_any(struct rmk_str text, const char *const *words, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (ends_in(text, rmk_str_of(words[i])))
			return true;
	return false;
}

// Whether one of the words stands in text on its own.
static bool
holds_word(struct rmk_str text, const char *const *words, size_t n)
{
	struct rmk_str piece, rest = text;

	while (rmk_str_split(&rest, ' ', &piece))
		for (size_t i = 0; i < n; i++)
			if (status_words_compare(words[i], piece) == 0)
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

// "supported (tests ok?)", "done?", "status:" without what stands around the word.
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
	       words[0].family < RMK_FAMILY_PLUS_MINUS;
}

#define LIST(words) words, sizeof(words) / sizeof *(words)

enum rmk_header_says
rmk_words_header(struct rmk_str key)
{
	struct rmk_str bare = bare_header(key);

	if (ends_in_any(bare, LIST(status_words)))
		return RMK_HEADER_STATUS;
	if (holds_word(bare, LIST(other_words)))
		return RMK_HEADER_OTHER;
	for (size_t i = 0; i < sizeof other_parts / sizeof *other_parts; i++)
		if (rmk_str_find(bare, rmk_str_of(other_parts[i])) != RMK_NONE)
			return RMK_HEADER_OTHER;
	return is_tick(bare) || ends_in_any(bare, LIST(maybe_words)) ? RMK_HEADER_MAYBE
	                                                             : RMK_HEADER_NOTHING;
}
