// Taking a status cell apart into its word and the rest, and putting another word in.
#include "schema/cell_word.h"
#include "base/utf8.h"
#include "gfm/cells.h"
#include "schema/status_words.h"
#include "table/value.h"

static void
keep_urls(struct rmk_arena *a, struct rmk_str raw, struct rmk_cell_word *out)
{
	struct rmk_link *links;
	size_t n = rmk_value_links(a, raw, &links);

	out->urls = RMK_NEW_N(a, struct rmk_str, n);
	for (size_t i = 0; i < n; i++)
		if (!links[i].image && links[i].url.n)
			out->urls[out->nurls++] = links[i].url;
}

struct rmk_cell_word
rmk_cell_word_of(struct rmk_arena *a, struct rmk_str raw)
{
	struct rmk_str text = rmk_value_text(a, raw);
	struct rmk_cell_word out = {.word = rmk_words_without_remark(text)};

	out.note = rmk_str_trim(rmk_str_from(text, out.word.n));
	keep_urls(a, raw, &out);
	return out;
}

bool
rmk_cell_word_is(struct rmk_arena *a, struct rmk_str raw, struct rmk_str typed)
{
	struct rmk_cell_word cell = rmk_cell_word_of(a, raw);
	struct rmk_str word = rmk_utf8_fold(a, cell.word), key = rmk_utf8_fold(a, typed);
	bool bare = rmk_str_eq(cell.word, raw);

	return !bare && rmk_str_eq(rmk_value_text(a, typed), rmk_str_trim(typed)) &&
	       (rmk_str_eq(word, key) || rmk_str_eq(rmk_words_behind_mark(word), key));
}

static bool
same_urls(const struct rmk_cell_word *x, const struct rmk_cell_word *y)
{
	for (size_t i = 0; i < x->nurls; i++)
		if (i >= y->nurls || !rmk_str_eq(x->urls[i], y->urls[i]))
			return false;
	return true;
}

bool
rmk_cell_word_replace(
    struct rmk_arena *a, struct rmk_str raw, struct rmk_str content, struct rmk_str *out)
{
	struct rmk_str old = rmk_cell_content(a, raw), made, note;
	struct rmk_cell_word before = rmk_cell_word_of(a, raw), after;
	size_t at = before.word.n ? rmk_str_find(old, before.word) : RMK_NONE;

	if (at == RMK_NONE)
		return false;
	made = rmk_str_printf(a, "%.*s%.*s%.*s", (int)at, old.s, RMK_FMT(content),
	    RMK_FMT(rmk_str_from(old, at + before.word.n)));
	after = rmk_cell_word_of(a, rmk_cell_raw(a, made));
	note = before.note;
	if (!same_urls(&before, &after) ||
	    !rmk_str_ends(rmk_value_text(a, rmk_cell_raw(a, made)), note) ||
	    !rmk_str_starts(rmk_value_text(a, rmk_cell_raw(a, made)),
		rmk_value_text(a, rmk_cell_raw(a, content))))
		return false;
	*out = made;
	return true;
}
