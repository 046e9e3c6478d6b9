// How the terms of a column are written: as most of its cells have them.
//
//	Not Read 9, Not read 4        Not Read
//	Done 1, DONE 1                Done, which comes first
//	[Done](…/1), [Done](…/2)      Done: the links are each row's own
//	~~Done~~ 1, Todo 2            Done: so is what one row alone is marked with
//	**Done** 1, **Todo** 2        **Done**
#include "schema/schema_internal.h"
#include "table/value.h"

#include <string.h>

static const char marks[] = "*_~`<";

// What is known of the spellings of all terms.
struct term_spellings {
	struct rmk_arena *a;
	const struct rmk_column *column;
	const struct rmk_map *by_key; // a value's key to its term
	struct rmk_map texts;         // what cells show, to how many do
	size_t *best;                 // [nterms] into the column's spellings
	size_t *n;                    // [nterms] how many a term has
	size_t marked[5]; // cells whose text is marked, by the first byte of that
};

// How many cells are marked as this spelling is, which is.
static size_t *
marked_cells(struct term_spellings *t, const struct rmk_cell_spelling *s)
{
	return &t->marked[strchr(marks, s->raw.s[0]) - marks];
}

// A spelling that others can copy: not one that links to a row's own page, nor one that is struck
// out or emphasized where most cells are not. What is in several rows is nobody's own: a badge, a
// link to a legend.
static bool
spelling_is_plain(struct term_spellings *t, const struct rmk_cell_spelling *s)
{
	struct rmk_link *links;
	size_t n;

	if (rmk_str_eq(s->raw, s->text) || s->count > 1)
		return true;
	if (rmk_value_is_marked(s->raw, s->text))
		return *marked_cells(t, s) * 2 > t->column->nfilled;
	n = rmk_value_links(t->a, s->raw, &links);
	while (n && links[n - 1].image && rmk_str_eq(links[n - 1].raw, s->raw))
		n--;
	return n == 0;
}

void
rmk_terms_count_texts(struct rmk_term *terms, const struct rmk_map *by_key,
    const struct rmk_column *column, struct rmk_map *texts)
{
	for (size_t i = 0; i < column->n; i++) {
		const struct rmk_cell_spelling *s = &column->spellings[i];
		size_t term = rmk_map_get(by_key, s->key);
		size_t *cells;

		if (term == RMK_NONE)
			continue;
		cells = rmk_map_put(texts, s->text);
		if (*cells == RMK_NONE) {
			*cells = 0;
			terms[term].spellings++;
		}
		*cells += s->count;
	}
}

// Of two spellings of a term, of which the other came first: the text that more cells show;
// of one text the Markdown that others can copy, and that more have; the text itself where as many do.
static bool
is_preferred(struct term_spellings *t, const struct rmk_cell_spelling *s,
    const struct rmk_cell_spelling *first)
{
	bool plain;

	if (!rmk_str_eq(s->text, first->text))
		return rmk_map_get(&t->texts, s->text) >
		       rmk_map_get(&t->texts, first->text);
	plain = spelling_is_plain(t, s);
	if (plain != spelling_is_plain(t, first))
		return plain;
	return s->count > first->count ||
	       (s->count == first->count && rmk_str_eq(s->raw, s->text));
}

static void
count_marked(struct term_spellings *t)
{
	for (size_t i = 0; i < t->column->n; i++) {
		const struct rmk_cell_spelling *s = &t->column->spellings[i];

		if (s->raw.n > s->text.n && rmk_value_is_marked(s->raw, s->text))
			*marked_cells(t, s) += s->count;
	}
}

static void
choose_spellings(struct term_spellings *t)
{
	const struct rmk_cell_spelling *all = t->column->spellings;

	for (size_t i = 0; i < t->column->n; i++) {
		size_t term = rmk_map_get(t->by_key, all[i].key);

		if (term == RMK_NONE)
			continue;
		if (t->n[term]++ == 0 || is_preferred(t, &all[i], &all[t->best[term]]))
			t->best[term] = i;
	}
}

// All of them, where there is another one than that which is written by itself.
static void
keep_spellings(struct term_spellings *t, struct rmk_term *terms)
{
	for (size_t i = 0; i < t->column->n; i++) {
		const struct rmk_cell_spelling *s = &t->column->spellings[i];
		size_t at = rmk_map_get(t->by_key, s->key);
		struct rmk_term *term = at == RMK_NONE ? NULL : &terms[at];

		if (!term || (t->n[at] == 1 && rmk_str_eq(s->raw, term->raw)))
			continue;
		if (!term->written)
			term->written = RMK_NEW_N(t->a, struct rmk_spelling, t->n[at]);
		term->written[term->nwritten++] = (struct rmk_spelling){s->raw, s->text};
	}
}

void
rmk_terms_spell(struct rmk_arena *a, struct rmk_term *terms, size_t nterms,
    const struct rmk_map *by_key, const struct rmk_column *column)
{
	struct term_spellings t = {.a = a,
	    .column = column,
	    .by_key = by_key,
	    .texts = {.arena = a},
	    .best = RMK_NEW_N(a, size_t, nterms),
	    .n = RMK_NEW_N(a, size_t, nterms)};

	rmk_terms_count_texts(terms, by_key, column, &t.texts);
	count_marked(&t);
	choose_spellings(&t);
	for (size_t i = 0; i < nterms; i++) {
		const struct rmk_cell_spelling *s = &column->spellings[t.best[i]];

		terms[i].text = s->text;
		terms[i].raw = spelling_is_plain(&t, s) ? s->raw : s->text;
	}
	keep_spellings(&t, terms);
}
