// The values of a column.
//
// Cells are told apart by their bytes first, so that text and key are made once a
// spelling and not once a cell: a status column has few spellings and many rows.
#include "base/map.h"
#include "base/utf8.h"
#include "schema/schema_internal.h"
#include "table/value.h"

void
rmk_cell_spelling_weigh(struct rmk_cell_spelling *s)
{
	s->rank = RMK_WORD_NONE;
	if (s->key.n > 0)
		s->rank = (uint8_t)rmk_words_rank(RMK_NONE, s->key);
	s->mark = s->rank == RMK_WORD_NONE && s->key.n && !rmk_utf8_has_word(s->key);
}

static bool
is_link(const struct rmk_cell_spelling *s)
{
	return s->raw.s[0] == '[' && s->raw.s[s->raw.n - 1] == ')' &&
	       !rmk_str_eq(s->raw, s->text);
}

// The spelling of a cell that was not met before.
static void
terms_add_spelling(struct rmk_arena *a, struct rmk_column *c, struct rmk_str raw)
{
	struct rmk_cell_spelling *s = RMK_PUSH(a, c->spellings, c->n, c->cap);

	*s = (struct rmk_cell_spelling){.raw = raw};
	s->text = rmk_value_text(a, raw);
	s->key = rmk_utf8_fold(a, s->text);
	rmk_cell_spelling_weigh(s);
}

// So many cells that are no words of progress are enough to give up where most were none so far:
// of a column of links, which all read the same, each would have to be looked at. Fewer say nothing
// of the rows below them: remarks may come first in a column of progress.
#define MOST_UNKNOWN 200

// So many spellings are looked through as quickly as one is hashed.
#define FEW_SPELLINGS 4

static size_t
among_first(const struct rmk_column *c, struct rmk_str raw)
{
	for (size_t i = 0; i < c->n && i < FEW_SPELLINGS; i++)
		if (c->spellings[i].raw.n == raw.n &&
		    c->spellings[i].raw.s[0] == raw.s[0] &&
		    rmk_str_eq(c->spellings[i].raw, raw))
			return i;
	return RMK_NONE;
}

static struct rmk_cell_spelling *
met_spelling(
    struct rmk_arena *a, struct rmk_column *c, struct rmk_map *seen, struct rmk_str raw)
{
	size_t at = among_first(c, raw), *slot;

	if (at == RMK_NONE) {
		slot = rmk_map_put(seen, raw);
		if (*slot == RMK_NONE) {
			*slot = c->n;
			terms_add_spelling(a, c, raw);
		}
		at = *slot;
	}
	return &c->spellings[at];
}

struct rmk_column
rmk_column_read(struct rmk_arena *a, const struct rmk_doc *doc,
    const struct rmk_table *table, size_t col, size_t most)
{
	struct rmk_map seen = {.arena = a}, kinds = {.arena = a};
	struct rmk_column c = {0};
	size_t unknown = 0, rest;

	for (size_t i = 0; i < table->nrows && !c.over; i++) {
		struct rmk_str raw = rmk_doc_cell(doc, &table->rows[i], col);
		struct rmk_cell_spelling *s;

		if (raw.n == 0)
			continue;
		s = met_spelling(a, &c, &seen, raw);
		s->count++;
		if (s->key.n == 0)
			continue;
		c.nfilled++;
		c.nlinks += is_link(s);
		if (s->rank != RMK_WORD_NONE || s->mark)
			continue;
		unknown++;
		if (s->count == 1 && kinds.n <= most)
			*rmk_map_put(&kinds, s->key) = 0;
		rest = unknown < MOST_UNKNOWN ? table->nrows - i - 1 : 0;
		c.over = (kinds.n > most && unknown * 2 > c.nfilled + rest) ||
		         (most < SIZE_MAX && unknown >= MOST_UNKNOWN &&
			     unknown == c.nfilled);
	}
	c.over |= kinds.n > most && unknown * 2 > c.nfilled;
	return c;
}

// The words of a spelling; where it is none itself, of the mark in front: "✅ since 3.1".
static const struct rmk_word *
words_of_spelling(const struct rmk_cell_spelling *s, size_t *n)
{
	const struct rmk_word *words;

	*n = 0;
	if (s->rank == RMK_WORD_NONE)
		return NULL;
	words = rmk_words_of(s->key, n);
	if (*n == 0 && (unsigned char)s->key.s[0] >= 0x80)
		words = rmk_words_of(rmk_words_mark(s->key), n);
	return words;
}

size_t
rmk_column_ladder(const struct rmk_column *column)
{
	size_t cells[RMK_LADDERS_MOST] = {0}, best = 0;

	for (size_t i = 0; i < column->n; i++) {
		size_t n;
		const struct rmk_word *words = words_of_spelling(
		    &column->spellings[i], &n);

		for (size_t k = 0; k < n; k++)
			if (words[k].rank < RMK_WORD_NEUTRAL &&
			    words[k].ladder != RMK_LADDER_NONE)
				cells[words[k].ladder] += column->spellings[i].count;
	}
	for (size_t i = 1; i < rmk_nladders; i++)
		if (cells[i] > cells[best])
			best = i;
	return cells[best] ? best : RMK_NONE;
}
