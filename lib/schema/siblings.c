// Matrices of tables that are alike: see siblings.h.
#include "schema/siblings.h"

#include "base/map.h"

// So many columns make a matrix, and tables alike.
#define MATRIX_LEAST 2

const char rmk_siblings_why[] = "the columns of that name in other tables";

// A column that some matrix has, in all tables.
struct shared_column {
	size_t ladder;
	size_t fits;   // tables alike in which it is a status by itself
	size_t others; // in which it holds something else
};

struct shared_columns {
	struct rmk_map keys; // to index
	struct shared_column *v;
	size_t n, cap;
};

static bool
in_matrix(const struct rmk_evidence *e)
{
	return e->accepted && e->says == RMK_HEADER_NOTHING && e->ladder != RMK_NONE &&
	       e->key.n > 0;
}

// Whether what a column holds does not say otherwise: nothing, or some words of progress.
static bool
could_be(const struct rmk_evidence *e)
{
	return !e->accepted && e->key.n > 0 && rmk_evidence_is_open(e) &&
	       (e->cells == 0 || e->known > 0) && e->numbers * 2 <= e->cells;
}

static bool
holds_else(const struct rmk_evidence *e)
{
	return !e->accepted && (e->column.over || e->known * 2 < e->cells);
}

bool
rmk_siblings_wanted(const struct rmk_evidence *e, size_t ncols)
{
	size_t n = 0;

	for (size_t i = 0; i < ncols; i++)
		n += in_matrix(&e[i]) || could_be(&e[i]);
	return n >= MATRIX_LEAST;
}

static bool
may_share(const struct rmk_evidence *e)
{
	return e->says == RMK_HEADER_NOTHING && !e->beside;
}

uint32_t
rmk_sibling_seen(const struct rmk_evidence *e)
{
	return (uint32_t)in_matrix(e) << 5 | (uint32_t)could_be(e) << 4 |
	       (uint32_t)holds_else(e) << 3 | (uint32_t)may_share(e) << 2 |
	       (uint32_t)e->plain << 1 | e->accepted;
}

static struct shared_column *
sibling_shared(const struct shared_columns *s, const struct rmk_evidence *e)
{
	size_t at = may_share(e) ? rmk_map_get(&s->keys, e->key) : RMK_NONE;

	return at == RMK_NONE ? NULL : &s->v[at];
}

// The columns of each matrix. Dashes alone may be no values in another table.
static void
gather_shared(struct rmk_arena *a, struct shared_columns *s, const struct rmk_sibling *t)
{
	size_t n = 0;

	for (size_t i = 0; t->cols && i < t->ncols; i++)
		n += in_matrix(&t->cols[i]);
	for (size_t i = 0; n >= MATRIX_LEAST && i < t->ncols; i++) {
		const struct rmk_evidence *e = &t->cols[i];
		size_t *at = in_matrix(e) && e->plain ? rmk_map_put(&s->keys, e->key)
		                                      : NULL;
		if (!at || *at != RMK_NONE)
			continue;
		*at = s->n;
		*RMK_PUSH(a, s->v, s->n, s->cap) = (struct shared_column){
		    .ladder = e->ladder};
	}
}

static bool
is_alike(const struct shared_columns *s, const struct rmk_sibling *t)
{
	size_t n = 0;

	for (size_t i = 0; t->cols && i < t->ncols; i++)
		n += sibling_shared(s, &t->cols[i]) != NULL;
	return n >= MATRIX_LEAST;
}

static void
count_shared(const struct shared_columns *s, const struct rmk_sibling *t)
{
	bool alike = is_alike(s, t);

	for (size_t i = 0; alike && i < t->ncols; i++) {
		struct shared_column *c = sibling_shared(s, &t->cols[i]);
		if (!c)
			continue;
		c->fits += t->cols[i].accepted;
		c->others += holds_else(&t->cols[i]);
	}
}

void
rmk_siblings_leave(struct rmk_evidence *e)
{
	e->accepted = false;
	e->why = "most columns of that name in other tables hold something else";
}

// A table that is no matrix in part gains nothing and loses nothing.
static void
apply_shared(const struct shared_columns *s, struct rmk_sibling *t)
{
	bool alike = is_alike(s, t) && rmk_siblings_wanted(t->cols, t->ncols);

	for (size_t i = 0; alike && i < t->ncols; i++) {
		struct rmk_evidence *e = &t->cols[i];
		const struct shared_column *c = sibling_shared(s, e);

		if (c && c->fits > c->others && could_be(e))
			rmk_evidence_accept(e, c->ladder, rmk_siblings_why);
		else if (c && c->fits < c->others)
			rmk_siblings_leave(e);
	}
}

void
rmk_siblings_join(struct rmk_arena *scratch, struct rmk_sibling *tables, size_t n)
{
	struct shared_columns s = {.keys = {.arena = scratch}};

	for (size_t i = 0; i < n; i++)
		gather_shared(scratch, &s, &tables[i]);
	for (size_t i = 0; s.n && i < n; i++)
		count_shared(&s, &tables[i]);
	for (size_t i = 0; s.n && i < n; i++)
		apply_shared(&s, &tables[i]);
}
