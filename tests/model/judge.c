// What came out of a merge, held against what may be expected.
#include "model.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// --- rows -----------------------------------------------------------------------------------------

static struct model_seen seen, seen_too;
static int seen_id[MODEL_IDS * 2]; // of each row seen; -1: it is no row that is expected

static const char *
judge_rows(const struct model_case *c, const struct model_expect *e)
{
	bool lost = false, more = false;
	static bool used[MODEL_IDS];

	memset(used, 0, sizeof used);
	for (int r = 0; r < seen.nrows; r++) {
		seen_id[r] = -1;
		for (int id = 0; id < c->next_row && seen_id[r] < 0; id++) {
			if (e->fate[id] == FATE_KEPT && !used[id] &&
			    strcmp(e->facts[id], seen.rows[r].facts) == 0) {
				seen_id[r] = id;
				used[id] = true;
			}
		}
		more |= seen_id[r] < 0;
	}
	for (int id = 0; id < c->next_row; id++)
		lost |= e->fate[id] == FATE_KEPT && !used[id];
	if (seen.unknown)
		return "rows stand under a header that is not theirs";
	return lost && more ? "mixed: a row is not what the sides made it"
	       : lost       ? "lost: a row that should be there"
	       : more       ? "doubled or revived: a row that should not be there"
	                    : NULL;
}

static int
place_in(const struct model_table *t, int id)
{
	for (int r = 0; r < t->nrows; r++) {
		if (t->rows[r].id == id)
			return r;
	}
	return -1;
}

static const char *
judge_order(const struct model_expect *e)
{
	for (int v = 1; v < 3; v++) {
		for (int r = 0; r + 1 < seen.nrows; r++) {
			const struct model_table *t = e->table[v][seen_id[r]];

			for (int s = r + 1; t && s < seen.nrows; s++) {
				if (e->table[v][seen_id[s]] == t &&
				    place_in(t, seen_id[s]) < place_in(t, seen_id[r]))
					return "rows changed places that no side moved";
			}
		}
	}
	return NULL;
}

// The table of each row, by its heading.
static const char *
judge_tables(const struct model_expect *e)
{
	for (int r = 0; r < seen.nrows; r++) {
		int id = seen_id[r], is[3];

		for (int v = 0; v < 3; v++)
			is[v] = e->table[v][id] ? e->table[v][id]->id : -1;
		if (e->row[1][id] == NULL)
			is[1] = is[0];
		if (e->row[2][id] == NULL)
			is[2] = is[0];
		if (is[1] == is[0] ? seen.rows[r].table != is[2]
				   : is[2] != is[0] && is[1] != is[2])
			return "a row stands in another table";
		if (is[2] == is[0] && seen.rows[r].table != is[1])
			return "a row stands in another table";
	}
	return NULL;
}

// The row that names the group of a row.
static int
leader_in(const struct model_table *t, int at)
{
	while (at > 0 && t->rows[at].cell[0][0] == '\0')
		at--;
	return at < 0 ? -1 : t->rows[at].id;
}

static int
leader_seen(int at)
{
	int table = seen.rows[at].table;

	while (at > 0 && seen.rows[at - 1].table == table &&
	       strncmp(seen.rows[at].facts, "0:", 2) != 0)
		at--;
	return seen_id[at];
}

static const char *
judge_groups(const struct model_expect *e)
{
	for (int r = 0; r < seen.nrows; r++) {
		int id = seen_id[r], is[3], want;

		for (int v = 0; v < 3; v++)
			is[v] = e->row[v][id] ? leader_in(e->table[v][id],
						    place_in(e->table[v][id], id))
			                      : -1;
		want = e->row[1][id] == NULL   ? is[2]
		       : e->row[2][id] == NULL ? is[1]
		       : is[1] == is[0]        ? is[2]
		       : is[2] == is[0]        ? is[1]
		       : is[1] == is[2]        ? is[1]
		                               : -1;
		if ((e->row[1][id] ? e->table[1][id] : e->table[2][id])->keys ==
			KEYS_GROUPED &&
		    want >= 0 && e->fate[want] == FATE_KEPT && leader_seen(r) != want)
			return "a row stands in another group";
	}
	return NULL;
}

// --- columns ---------------------------------------------------------------------------------------

static const char *
label_in(const struct model_version *v, int table, int kind)
{
	for (int t = 0; t < v->ntables; t++) {
		for (int i = 0; v->tables[t].id == table && i < v->tables[t].ncols; i++) {
			if (v->tables[t].cols[i] == kind)
				return v->tables[t].label[kind];
		}
	}
	return "";
}

static const char *
judge_header(const struct model_case *c, const struct model_seen_header *h)
{
	for (int k = 0; k < MODEL_KINDS; k++) {
		const char *b = label_in(&c->base, h->table, k),
			   *o = label_in(&c->ours, h->table, k),
			   *t = label_in(&c->theirs, h->table, k), *is = "";
		int n = 0;

		for (int i = 0; i < h->ncols; i++) {
			if (h->cols[i] == k) {
				is = h->label[i];
				n++;
			}
		}
		if (n > 1)
			return "a column stands twice";
		if (strcmp(o, b) != 0 && strcmp(t, b) != 0 && strcmp(o, t) != 0)
			return "clean, though a column was renamed to two names, or "
			       "renamed and removed";
		if (strcmp(is, strcmp(o, b) == 0 ? t : o) != 0)
			return "a column is lost, revived or has another name";
	}
	return NULL;
}

static bool
table_is_in(const struct model_version *v, int id)
{
	for (int t = 0; t < v->ntables; t++) {
		if (v->tables[t].id == id)
			return true;
	}
	return false;
}

static const char *
judge_headers(const struct model_case *c)
{
	const char *why = NULL;

	for (int i = 0; i < seen.nheaders && why == NULL; i++) {
		const struct model_seen_header *h = &seen.headers[i];

		if (table_is_in(&c->ours, h->table) && table_is_in(&c->theirs, h->table))
			why = judge_header(c, h);
		for (int j = 0; j < i; j++) {
			if (seen.headers[j].table == h->table)
				return "a table stands twice";
		}
	}
	return why;
}

// --- results ----------------------------------------------------------------------------------------

static const char *
judge_reading(
    const struct model_case *c, const struct model_expect *e, const char *text, size_t n)
{
	const char *why;

	if (e->nconflicts)
		return e->first_why;
	model_read(c, text, n, 'o', &seen);
	if ((why = judge_rows(c, e)) != NULL ||
	    (why = model_judge_tokens(c, text, n)) != NULL)
		return why;
	if (!c->reshaped &&
	    ((why = judge_tables(e)) != NULL || (why = judge_headers(c)) != NULL))
		return why;
	if (!c->reshaped && !c->moved && ((why = judge_order(e)) != NULL))
		return why;
	return c->reshaped ? NULL : judge_groups(e);
}

// Whether a column holds the same text in row x of one table and row y of another, and in no
// other row of them.
static bool
share_alone(const struct model_table *t, int x, const struct model_table *u, int y)
{
	for (int k = 0; k < MODEL_KINDS; k++) {
		const char *cell = t->rows[x].cell[k];
		int n = 0;

		for (int r = 0; r < t->nrows; r++)
			n += strcmp(t->rows[r].cell[k], cell) == 0;
		for (int r = 0; r < u->nrows; r++)
			n += strcmp(u->rows[r].cell[k], cell) == 0;
		if (cell[0] && n == 2 && strcmp(u->rows[y].cell[k], cell) == 0)
			return true;
	}
	return false;
}

static struct model_version *
side_of(struct model_case *c, int v)
{
	return v == 1 ? &c->ours : &c->theirs;
}

static void
give_id(struct model_version *v, int was, int is)
{
	for (int t = 0; t < v->ntables; t++) {
		for (int r = 0; r < v->tables[t].nrows; r++) {
			if (v->tables[t].rows[r].id == was)
				v->tables[t].rows[r].id = is;
		}
	}
}

// The case as it is where row `id` of base is what side v has as row `new_`, which base has not.
// What was taken for it is new then; a row that both sides put in is it in both.
static void
read_as_one(const struct model_case *c, const struct model_expect *e, int v, int id,
    int new_, struct model_case *out)
{
	*out = *c;
	if (e->row[v][id]) {
		give_id(side_of(out, v), id, out->next_row);
		out->next_row++;
	} else {
		out->moved = true;
	}
	give_id(side_of(out, v), new_, id);
	if (e->row[3 - v][new_] && !e->row[3 - v][id])
		give_id(side_of(out, 3 - v), new_, id);
}

// Readings in which a row that a side put in is one of base, edited, that it took out or that
// another row was taken for: where some column says so, a person may read it so.
static bool
judge_other_readings(
    const struct model_case *c, const struct model_expect *e, const char *text, size_t n)
{
	static struct model_case other;
	static struct model_expect expect;

	for (int at = 0; at < 2 * c->next_row * c->next_row; at++) {
		int v = 1 + at % 2, id = at / 2 % c->next_row,
		    new_ = at / 2 / c->next_row;
		const struct model_table *b = e->table[0][id], *t = e->table[v][new_];

		if (!b || !t || e->row[0][new_] || t->id != b->id ||
		    (e->row[v][id] && c->next_row == MODEL_IDS) ||
		    !share_alone(b, place_in(b, id), t, place_in(t, new_)))
			continue;
		read_as_one(c, e, v, id, new_, &other);
		model_expect(&other, &expect);
		if (judge_reading(&other, &expect, text, n) == NULL)
			return true;
	}
	return false;
}

const char *
model_judge_clean(
    const struct model_case *c, const struct model_expect *e, const char *text, size_t n)
{
	const char *why;

	if (c->weak)
		return model_judge_weak(c, text, n);
	why = judge_reading(c, e, text, n);
	return why && judge_other_readings(c, e, text, n) ? NULL : why;
}

// One side of every conflict taken: each row is what is expected of it, or that side's, and stands
// once; no row of that side is missing unless it is gone.
static const char *
judge_side(const struct model_case *c, const struct model_expect *e, const char *text,
    size_t n, int v)
{
	char own[MODEL_LINE];
	static int times[MODEL_IDS];

	memset(times, 0, sizeof times);
	model_read(c, text, n, v == 1 ? 'o' : 't', &seen);
	for (int r = 0; r < seen.nrows; r++) {
		int is = -1;

		for (int id = 0; id < c->next_row && is < 0; id++) {
			if (e->row[v][id])
				model_facts(e->table[v][id], e->row[v][id], own);
			if ((e->fate[id] == FATE_KEPT &&
				strcmp(e->facts[id], seen.rows[r].facts) == 0) ||
			    (e->row[v][id] && strcmp(own, seen.rows[r].facts) == 0))
				is = id;
		}
		if (is < 0)
			return "(counted) conflict: a row outside of it is nobody's";
		if (times[is]++)
			return "(counted) conflict: a row stands twice on one side of it";
	}
	for (int id = 0; id < c->next_row; id++) {
		if (e->row[v][id] && e->fate[id] >= FATE_KEPT && times[id] == 0)
			return "(counted) conflict: a row of a side is lost";
	}
	return NULL;
}

const char *
model_judge_conflict(
    const struct model_case *c, const struct model_expect *e, const char *text, size_t n)
{
	const char *why = NULL;

	if (!c->weak && !c->columns) {
		why = judge_side(c, e, text, n, 1);
		if (why == NULL)
			why = judge_side(c, e, text, n, 2);
	}
	return why;
}

// --- the other way round ----------------------------------------------------------------------------

static int
by_facts(const void *x, const void *y)
{
	const struct model_seen_row *a = x, *b = y;
	int by = strcmp(a->facts, b->facts);

	return by ? by : (a->table > b->table) - (a->table < b->table);
}

const char *
model_judge_mirror(const struct model_case *c, const struct model_expect *e,
    const char *there, size_t nthere, const char *back, size_t nback, bool clean)
{
	(void)e;
	if (!clean && c->columns)
		return NULL;
	model_read(c, there, nthere, 'o', &seen);
	model_read(c, back, nback, clean ? 'o' : 't', &seen_too);
	qsort(seen.rows, (size_t)seen.nrows, sizeof seen.rows[0], by_facts);
	qsort(seen_too.rows, (size_t)seen_too.nrows, sizeof seen_too.rows[0], by_facts);
	if (seen.nrows != seen_too.nrows)
		return clean ? "mirror: the number of rows depends on the side"
		             : "(counted) mirror: the number of rows in conflicts "
		               "depends on the side";
	for (int r = 0; r < seen.nrows; r++) {
		if (by_facts(&seen.rows[r], &seen_too.rows[r]) != 0)
			return clean ? "mirror: the rows depend on the side"
			             : "(counted) mirror: the rows in conflicts depend "
			               "on the side";
	}
	return NULL;
}
