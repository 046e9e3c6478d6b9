// Counting the values of columns.
//
// Most versions differ from their neighbour in a row or two, so the values of these are
// taken from its counts and added again. A column with too many values has no counts: there it
// is enough to know that it still has too many, and it is counted anew only when the rows that
// differed since could have changed that.
#include "history/value_counts.h"

#include <stdlib.h>
#include <string.h>

// A column with more different values than this, and than half its rows, is no status.
#define VALUES_MANY 48
// And with more than this in any case: each is compared with all others now and then.
#define VALUES_MOST 250

// How many different values a column of so many rows may have.
static size_t
count_most(size_t nrows)
{
	size_t most = nrows / 2;

	most = most < VALUES_MANY ? VALUES_MANY : most;
	return most > VALUES_MOST ? VALUES_MOST : most;
}

static struct rmk_str
count_cell(const struct rmk_cells *c, size_t row, size_t col)
{
	const struct rmk_row *r = &c->rows[row];

	return col < r->ncells ? rmk_str_at(c->text, r->cells[col])
	                       : (struct rmk_str){NULL, 0};
}

static bool
count_is_link(struct rmk_str raw, struct rmk_str text)
{
	return raw.n && raw.s[0] == '[' && raw.s[raw.n - 1] == ')' &&
	       !rmk_str_eq(raw, text);
}

static const struct rmk_fact_column *
count_many(struct rmk_texts *t, rmk_text label)
{
	struct rmk_fact_column *c = RMK_NEW(t->arena, struct rmk_fact_column);

	c->label = label;
	c->many = true;
	return c;
}

// --- whole ----------------------------------------------------------------------

static int
by_text(const void *a, const void *b)
{
	return rmk_str_cmp(((const struct rmk_map_entry *)a)->key,
	    ((const struct rmk_map_entry *)b)->key);
}

// Each value once, with how often it is there; it stops at twice what makes a column too
// varied: enough to be sure of for long.
static struct rmk_map
count_every(struct rmk_texts *t, struct rmk_arena *a, const struct rmk_cells *all,
    size_t col, size_t most, uint32_t *nlinks)
{
	struct rmk_map counts = {.arena = a};

	for (size_t i = 0; i < all->n && counts.n < 2 * most; i++) {
		struct rmk_str raw = count_cell(all, i, col);
		struct rmk_str text = rmk_text_of_cell(t, raw);
		size_t *n = rmk_map_put(&counts, text);

		*n = *n == RMK_NONE ? 1 : *n + 1;
		*nlinks += count_is_link(raw, text);
	}
	return counts;
}

const struct rmk_fact_column *
rmk_count_whole(struct rmk_texts *t, struct rmk_arena *scratch,
    const struct rmk_cells *all, rmk_text label, size_t col, uint32_t *least)
{
	struct rmk_arena_mark mark = rmk_arena_mark(scratch);
	size_t most = count_most(all->n);
	uint32_t nlinks = 0;
	struct rmk_map counts = count_every(t, scratch, all, col, most, &nlinks);
	struct rmk_map_entry *v = counts.entries;
	struct rmk_fact_column *c;
	size_t n = counts.n;

	*least = n > most ? (uint32_t)n : 0;
	if (n > most) {
		rmk_arena_reset(scratch, mark);
		return count_many(t, label);
	}
	// In the order of their text, so that a moved row makes no other counts.
	if (n)
		qsort(v, n, sizeof *v, by_text);
	c = RMK_NEW(t->arena, struct rmk_fact_column);
	c->label = label;
	c->nlinks = nlinks;
	c->values = rmk_arena_alloc(t->arena, n * sizeof *c->values);
	for (size_t i = 0; i < n; i++)
		c->values[c->nvalues++] = (struct rmk_fact_value){
		    rmk_text_put(t, v[i].key), (uint32_t)v[i].value};
	rmk_arena_reset(scratch, mark);
	return c;
}

// --- beside ---------------------------------------------------------------------

static bool
count_is_same(const struct rmk_cells *a, const struct rmk_cells *b, size_t col)
{
	if (a->n != b->n)
		return false;
	for (size_t i = 0; i < a->n; i++) {
		if (!rmk_str_eq(count_cell(a, i, col), count_cell(b, i, col)))
			return false;
	}
	return true;
}

// The place of a value in the order of texts, or where it would be.
static size_t
count_place(const struct rmk_texts *t, const struct rmk_fact_value *v, size_t n,
    struct rmk_str text, bool *there)
{
	size_t low = 0, high = n;

	while (low < high) {
		size_t mid = (low + high) / 2;
		if (rmk_str_cmp(rmk_text_get(t, v[mid].text), text) < 0)
			low = mid + 1;
		else
			high = mid;
	}
	*there = low < n && rmk_str_eq(rmk_text_get(t, v[low].text), text);
	return low;
}

// Add the cells of a column to what is counted, or take them away. v has room for all. How many
// of them are links.
static uint32_t
count_gap(struct rmk_texts *t, struct rmk_fact_value *v, size_t *n,
    const struct rmk_cells *cells, size_t col, bool add)
{
	uint32_t nlinks = 0;

	for (size_t i = 0; i < cells->n; i++) {
		struct rmk_str raw = count_cell(cells, i, col);
		struct rmk_str text = rmk_text_of_cell(t, raw);
		bool there;

		size_t at = count_place(t, v, *n, text, &there);
		if (!there) {
			memmove(v + at + 1, v + at, (*n - at) * sizeof *v);
			v[at] = (struct rmk_fact_value){rmk_text_put(t, text), 0};
			++*n;
		}
		v[at].n += add ? 1 : UINT32_MAX;
		nlinks += count_is_link(raw, text);
	}
	return nlinks;
}

static size_t
count_drop_none(struct rmk_fact_value *v, size_t n)
{
	size_t kept = 0;

	for (size_t i = 0; i < n; i++) {
		if (v[i].n)
			v[kept++] = v[i];
	}
	return kept;
}

static const struct rmk_fact_column *
count_changed(struct rmk_texts *t, struct rmk_arena *scratch,
    const struct rmk_fact_column *near, const struct rmk_cells *gone,
    const struct rmk_cells *come, size_t col, size_t most, uint32_t *least)
{
	size_t n = near->nvalues, room = n + gone->n + come->n;
	struct rmk_fact_value *v = rmk_arena_alloc(scratch, room * sizeof *v);
	struct rmk_fact_column *c;
	uint32_t nlinks = near->nlinks;

	if (n)
		memcpy(v, near->values, n * sizeof *v);
	nlinks += count_gap(t, v, &n, come, col, true);
	nlinks -= count_gap(t, v, &n, gone, col, false);
	n = count_drop_none(v, n);
	*least = n > most ? (uint32_t)n : 0;
	if (n > most)
		return count_many(t, near->label);
	if (n == near->nvalues && nlinks == near->nlinks &&
	    (n == 0 || memcmp(v, near->values, n * sizeof *v) == 0))
		return near;
	c = RMK_NEW(t->arena, struct rmk_fact_column);
	*c = (struct rmk_fact_column){.label = near->label,
	    .values = rmk_arena_alloc(t->arena, n * sizeof *v),
	    .nvalues = (uint32_t)n,
	    .nlinks = nlinks};
	memcpy(c->values, v, n * sizeof *v);
	return c;
}

const struct rmk_fact_column *
rmk_count_beside(struct rmk_texts *t, struct rmk_arena *scratch,
    const struct rmk_fact_column *near, const struct rmk_cells *gone,
    const struct rmk_cells *come, size_t nrows, size_t col, uint32_t *least)
{
	struct rmk_arena_mark mark = rmk_arena_mark(scratch);
	size_t most = count_most(nrows);
	const struct rmk_fact_column *c;

	if (count_is_same(gone, come, col))
		return near;
	if (near->many && *least > most + gone->n) {
		*least -= (uint32_t)gone->n;
		return near;
	}
	if (near->many || gone->n + come->n > nrows / 2)
		return NULL;
	c = count_changed(t, scratch, near, gone, come, col, most, least);
	rmk_arena_reset(scratch, mark);
	return c;
}
