// What a person may expect of three versions, fact by fact.
#include "model.h"

#include <stdio.h>
#include <string.h>

static const struct model_version *
expect_version(const struct model_case *c, int v)
{
	return v == 0 ? &c->base : v == 1 ? &c->ours : &c->theirs;
}

static void
find_rows(const struct model_case *c, struct model_expect *e)
{
	for (int v = 0; v < 3; v++) {
		const struct model_version *x = expect_version(c, v);

		for (int t = 0; t < x->ntables; t++) {
			for (int r = 0; r < x->tables[t].nrows; r++) {
				e->row[v][x->tables[t].rows[r].id] =
				    &x->tables[t].rows[r];
				e->table[v][x->tables[t].rows[r].id] = &x->tables[t];
			}
		}
	}
}

static const struct model_table *
table_by_id(const struct model_version *v, int id)
{
	for (int t = 0; t < v->ntables; t++) {
		if (v->tables[t].id == id)
			return &v->tables[t];
	}
	return NULL;
}

static bool
has_column(const struct model_table *t, int kind)
{
	for (int i = 0; t && i < t->ncols; i++) {
		if (t->cols[i] == kind)
			return true;
	}
	return false;
}

static const char *
cell_of(const struct model_expect *e, int v, int id, int kind)
{
	return e->row[v][id] && has_column(e->table[v][id], kind)
	           ? e->row[v][id]->cell[kind]
	           : "";
}

static void
must_decide(struct model_expect *e, int id, const char *why)
{
	e->fate[id] = FATE_CONFLICT;
	e->why[id] = why;
}

// A row that one side deleted: whether the other edited it. New numbers are no edit, and cells
// of a column that came or went are none of the row's.
static bool
was_edited(const struct model_expect *e, int v, int id)
{
	const struct model_table *b = e->table[0][id], *x = e->table[v][id];

	for (int k = 0; k < MODEL_KINDS; k++) {
		if (has_column(b, k) && has_column(x, k) &&
		    !(k == 0 && b->keys == KEYS_NUMBERED) &&
		    strcmp(cell_of(e, 0, id, k), cell_of(e, v, id, k)) != 0)
			return true;
	}
	return false;
}

// Whether any row of a table was in base's: where all of them went to another one, that is the
// table which the other side edited, and the columns are those of another table.
static bool
keeps_a_row(const struct model_expect *e, const struct model_table *t)
{
	for (int r = 0; r < t->nrows; r++) {
		const struct model_table *b = e->table[0][t->rows[r].id];

		if (b && b->id == t->id)
			return true;
	}
	return false;
}

// Whether version v has a row of a table of base in another table.
static bool
takes_a_row(const struct model_expect *e, int v, const struct model_table *b)
{
	for (int r = 0; r < b->nrows; r++) {
		const struct model_table *is = e->table[v][b->rows[r].id];

		if (is && is->id != b->id)
			return true;
	}
	return false;
}

// Whether version v has rows of a table of base in another one that has the column: a new row may
// have gone there with those beside it.
static bool
went_with_rows(const struct model_expect *e, int v, const struct model_table *b, int kind)
{
	for (int r = 0; r < b->nrows; r++) {
		const struct model_table *is = e->table[v][b->rows[r].id];

		if (is && is->id != b->id && has_column(is, kind))
			return true;
	}
	return false;
}

// A row that one side added: whether the other removed a column in which it says something.
static bool
says_in_a_column_that_went(
    const struct model_case *c, const struct model_expect *e, int v, int id)
{
	int table = e->table[v][id]->id;
	const struct model_table *b = table_by_id(&c->base, table),
				 *other = table_by_id(expect_version(c, 3 - v), table);

	if (b && b->nrows && other &&
	    (!keeps_a_row(e, e->table[v][id]) ||
		(!keeps_a_row(e, other) && takes_a_row(e, 3 - v, b))))
		return false;
	for (int k = 0; other && k < MODEL_KINDS; k++) {
		if (has_column(b, k) && !has_column(other, k) &&
		    cell_of(e, v, id, k)[0] && !went_with_rows(e, 3 - v, b, k))
			return true;
	}
	return false;
}

static void
merge_cells(struct model_expect *e, int id)
{
	char *out = e->facts[id];
	size_t n = 0;

	out[0] = '\0';
	for (int k = 0; k < MODEL_KINDS; k++) {
		const char *b = cell_of(e, 0, id, k), *o = cell_of(e, 1, id, k),
			   *t = cell_of(e, 2, id, k), *is = o;

		if (e->row[1][id] == NULL)
			is = t;
		else if (e->row[2][id] == NULL)
			is = o;
		else if (strcmp(o, b) == 0)
			is = t;
		else if (strcmp(t, b) != 0 && strcmp(o, t) != 0)
			must_decide(e, id, "one cell changed to two texts");
		if (is[0])
			n += (size_t)snprintf(out + n, MODEL_LINE - n, "%d:%s;", k, is);
	}
}

static void
expect_row(const struct model_case *c, struct model_expect *e, int id)
{
	bool b = e->row[0][id], o = e->row[1][id], t = e->row[2][id];

	if (!b && !o && !t)
		return;
	e->fate[id] = FATE_GONE;
	if (!o && !t)
		return;
	if (b && !(o && t)) {
		if (was_edited(e, o ? 1 : 2, id))
			must_decide(e, id, "edited here, deleted there");
		return;
	}
	e->fate[id] = FATE_KEPT;
	merge_cells(e, id);
	if (!b && !(o && t) && says_in_a_column_that_went(c, e, o ? 1 : 2, id))
		must_decide(e, id, "a new row says something in a column that went");
}

static bool
same_new_key(const struct model_expect *e, int x, int y)
{
	return e->row[1][x] && !e->row[0][x] && !e->row[2][x] && e->row[2][y] &&
	       !e->row[0][y] && !e->row[1][y] &&
	       e->table[1][x]->id == e->table[2][y]->id &&
	       e->table[1][x]->keys == KEYS_UNIQUE && e->row[1][x]->cell[0][0] &&
	       strcmp(e->row[1][x]->cell[0], e->row[2][y]->cell[0]) == 0;
}

static bool
key_is_alone(const struct model_table *t, const char *key)
{
	int n = 0;

	for (int r = 0; r < t->nrows; r++)
		n += strcmp(t->rows[r].cell[0], key) == 0;
	return n == 1;
}

static void
expect_keys(struct model_expect *e)
{
	for (int x = 0; x < MODEL_IDS; x++) {
		for (int y = 0; e->row[1][x] && y < MODEL_IDS; y++) {
			if (same_new_key(e, x, y) &&
			    key_is_alone(e->table[1][x], e->row[1][x]->cell[0]) &&
			    key_is_alone(e->table[2][y], e->row[1][x]->cell[0])) {
				must_decide(e, x, "two new rows of one key");
				must_decide(e, y, "two new rows of one key");
			}
		}
	}
}

void
model_expect(const struct model_case *c, struct model_expect *e)
{
	memset(e, 0, sizeof *e);
	find_rows(c, e);
	for (int id = 0; id < c->next_row; id++)
		expect_row(c, e, id);
	expect_keys(e);
	for (int id = 0; id < c->next_row; id++) {
		if (e->fate[id] == FATE_CONFLICT) {
			e->nconflicts++;
			e->first_why = e->why[id];
		}
	}
}
