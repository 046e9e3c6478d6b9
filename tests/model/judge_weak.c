// Rows that may be equal: what holds of every reading, and that none is lost.
#include "model.h"

#include <string.h>

static struct model_seen seen;

static int
times_in(const struct model_version *v, int table, const char *facts)
{
	char own[MODEL_LINE];
	int n = 0;

	for (int t = 0; t < v->ntables; t++) {
		for (int r = 0; v->tables[t].id == table && r < v->tables[t].nrows; r++) {
			model_facts(&v->tables[t], &v->tables[t].rows[r], own);
			n += strcmp(own, facts) == 0;
		}
	}
	return n;
}

static int
times_seen(int table, const char *facts)
{
	int n = 0;

	for (int r = 0; r < seen.nrows; r++)
		n += seen.rows[r].table == table &&
		     strcmp(seen.rows[r].facts, facts) == 0;
	return n;
}

static const struct model_table *
weak_table(const struct model_version *v, int id)
{
	for (int t = 0; t < v->ntables; t++) {
		if (v->tables[t].id == id)
			return &v->tables[t];
	}
	return NULL;
}

static bool
has_row(const struct model_table *t, int id)
{
	for (int r = 0; r < t->nrows; r++) {
		if (t->rows[r].id == id)
			return true;
	}
	return false;
}

// Whether a table of base has fewer rows now, though no side took one of them away.
static bool
has_fewer_rows(const struct model_case *c, const struct model_table *b)
{
	const struct model_table *o = weak_table(&c->ours, b->id),
				 *t = weak_table(&c->theirs, b->id);
	int n = 0;

	if (!o || !t)
		return false;
	for (int r = 0; r < b->nrows; r++) {
		if (!has_row(o, b->rows[r].id) || !has_row(t, b->rows[r].id))
			return false;
	}
	for (int r = 0; r < seen.nrows; r++)
		n += seen.rows[r].table == b->id;
	return n < b->nrows;
}

// How often a row may stand. In groups a row that each side added may be of two of them.
static int
most_of(const struct model_version *base, int table, int o, int t)
{
	const struct model_table *b = weak_table(base, table);

	if (b && b->keys == KEYS_GROUPED)
		return o + t;
	return o > t ? o : t;
}

const char *
model_judge_weak(const struct model_case *c, const char *text, size_t n)
{
	const char *why = model_judge_tokens(c, text, n);

	model_read(c, text, n, 'o', &seen);
	for (int r = 0;
	     r < seen.nrows && why == NULL && !c->reshaped && !c->moved && !c->columns;
	     r++) {
		int table = seen.rows[r].table,
		    is = times_seen(table, seen.rows[r].facts),
		    b = times_in(&c->base, table, seen.rows[r].facts),
		    o = times_in(&c->ours, table, seen.rows[r].facts),
		    t = times_in(&c->theirs, table, seen.rows[r].facts);

		if (is > most_of(&c->base, table, o, t) && (o || t))
			why = "weak: a row stands more often than on any side";
		if (b == o && b == t && b && is != b)
			why = "weak: equal rows that nobody touched are fewer or more";
	}
	for (int t = 0; t < c->base.ntables && why == NULL && !c->reshaped && !c->moved;
	     t++) {
		if (has_fewer_rows(c, &c->base.tables[t]))
			why = "weak: fewer rows, though no side took one away";
	}
	return why;
}
