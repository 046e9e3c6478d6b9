// What a person does to columns and to whole tables.
#include "changes.h"

#include <stdio.h>
#include <string.h>

static bool
table_is_known(const struct model_case *c, const struct model_table *t)
{
	for (int r = 0; r < t->nrows; r++) {
		if (!model_row_is_known(c, t, &t->rows[r]))
			return false;
	}
	return true;
}

// --- columns ----------------------------------------------------------------------------------

static void
add_column(struct model_case *c, struct model_table *t)
{
	int k = c->next_kind, at = 1 + model_pick(c, t->ncols);

	if (k == MODEL_KINDS)
		return;
	c->next_kind++;
	memmove(
	    &t->cols[at + 1], &t->cols[at], (size_t)(t->ncols - at) * sizeof t->cols[0]);
	t->cols[at] = k;
	t->ncols++;
	snprintf(t->label[k], MODEL_VALUE, "New%d", k);
	for (int r = 0; r < t->nrows; r++) {
		t->rows[r].cell[k][0] = '\0';
		if (model_pick(c, 3))
			model_word(c, k, t->rows[r].cell[k]);
	}
	c->columns = true;
}

static void
remove_column(struct model_case *c, struct model_table *t)
{
	struct model_table was = *t;
	int at = 1 + model_pick(c, t->ncols), k;

	if (at >= t->ncols)
		return;
	k = t->cols[at];
	t->ncols--;
	memmove(
	    &t->cols[at], &t->cols[at + 1], (size_t)(t->ncols - at) * sizeof t->cols[0]);
	for (int r = 0; r < t->nrows; r++)
		t->rows[r].cell[k][0] = '\0';
	if (!table_is_known(c, t))
		*t = was;
	else
		c->columns = true;
}

static void
rename_column(struct model_case *c, struct model_table *t)
{
	int k = t->cols[model_pick(c, t->ncols)];

	if (k >= 6) // one that is new: whether it is the other side's nobody could say
		return;
	snprintf(t->label[k], MODEL_VALUE, "Col%d%c%d", k, c->side, model_pick(c, 3));
	c->columns = true;
}

static void
move_column(struct model_case *c, struct model_table *t)
{
	int from = 1 + model_pick(c, t->ncols), to, k;

	if (from >= t->ncols)
		return;
	k = t->cols[from];
	memmove(&t->cols[from], &t->cols[from + 1],
	    (size_t)(t->ncols - 1 - from) * sizeof t->cols[0]);
	to = 1 + model_pick(c, t->ncols - 1);
	memmove(&t->cols[to + 1], &t->cols[to],
	    (size_t)(t->ncols - 1 - to) * sizeof t->cols[0]);
	t->cols[to] = k;
	c->columns = true;
}

void
model_change_columns(struct model_case *c, struct model_table *t)
{
	switch (model_pick(c, 5)) {
	case 0:
		remove_column(c, t);
		break;
	case 1:
		rename_column(c, t);
		break;
	case 2:
		move_column(c, t);
		break;
	default:
		add_column(c, t);
		break;
	}
}

// --- tables -----------------------------------------------------------------------------------

static void
table_cut(struct model_version *v, int at)
{
	v->ntables--;
	memmove(&v->tables[at], &v->tables[at + 1],
	    (size_t)(v->ntables - at) * sizeof v->tables[0]);
}

static void
table_insert(struct model_version *v, int at, const struct model_table *t)
{
	memmove(&v->tables[at + 1], &v->tables[at],
	    (size_t)(v->ntables - at) * sizeof v->tables[0]);
	v->tables[at] = *t;
	v->ntables++;
}

static bool
tables_alike(const struct model_table *a, const struct model_table *b)
{
	if (a->ncols != b->ncols || a->keys != b->keys)
		return false;
	for (int i = 0; i < a->ncols; i++) {
		if (a->cols[i] != b->cols[i] ||
		    strcmp(a->label[a->cols[i]], b->label[b->cols[i]]) != 0)
			return false;
	}
	return true;
}

// A row goes to another table that looks alike.
static void
transfer_row(struct model_case *c, struct model_version *v, int from)
{
	int to = model_pick(c, v->ntables);
	struct model_table *a = &v->tables[from], *b = &v->tables[to];
	struct model_row row;

	if (a == b || !tables_alike(a, b) || a->keys == KEYS_GROUPED || a->nrows == 0 ||
	    b->nrows >= MODEL_ROWS - 2)
		return;
	row = model_row_cut(a, model_pick(c, a->nrows));
	row.after_blank = false;
	model_row_insert(b, model_pick(c, b->nrows + 1), &row);
	c->moved = true;
}

static void
split_table(struct model_case *c, struct model_version *v, int at)
{
	struct model_table *t = &v->tables[at], rest = *t;
	int k;

	if (t->nrows < 2 || v->ntables == MODEL_TABLES)
		return;
	k = 1 + model_pick(c, t->nrows - 1);
	if (t->keys == KEYS_GROUPED && t->rows[k].cell[0][0] == '\0')
		return;
	memmove(
	    &rest.rows[0], &rest.rows[k], (size_t)(t->nrows - k) * sizeof rest.rows[0]);
	rest.nrows = t->nrows - k;
	rest.rows[0].after_blank = false;
	t->nrows = k;
	rest.id = c->next_table++;
	snprintf(rest.heading, MODEL_VALUE, "Part %d", rest.id);
	snprintf(rest.intro, MODEL_VALUE, "intro %d", rest.id);
	table_insert(v, at + 1, &rest);
	c->reshaped = true;
}

static void
join_tables(struct model_case *c, struct model_version *v, int at)
{
	struct model_table *t = &v->tables[at];

	if (at + 1 >= v->ntables || !tables_alike(t, t + 1) ||
	    t[0].nrows + t[1].nrows > MODEL_ROWS - 3)
		return;
	memcpy(
	    &t[0].rows[t[0].nrows], t[1].rows, (size_t)t[1].nrows * sizeof t[1].rows[0]);
	t[0].nrows += t[1].nrows;
	table_cut(v, at + 1);
	c->reshaped = true;
}

static void
move_table(struct model_case *c, struct model_version *v, int at)
{
	static struct model_table t;

	t = v->tables[at];
	table_cut(v, at);
	table_insert(v, model_pick(c, v->ntables + 1), &t);
	c->moved = true;
}

static void
new_table(struct model_case *c, struct model_version *v)
{
	static struct model_table t;

	if (v->ntables == MODEL_TABLES || c->next_row > MODEL_IDS - 20)
		return;
	model_table_new(c, &t, model_pick(c, 4));
	table_insert(v, model_pick(c, v->ntables + 1), &t);
}

void
model_change_tables(struct model_case *c, struct model_version *v, int at)
{
	switch (model_pick(c, 8)) {
	case 0:
		split_table(c, v, at);
		break;
	case 1:
		join_tables(c, v, at);
		break;
	case 2:
		move_table(c, v, at);
		break;
	case 3:
		if (model_pick(c, 3) == 0)
			table_cut(v, at);
		break;
	case 4:
		new_table(c, v);
		break;
	case 5:
		snprintf(v->tables[at].heading, MODEL_VALUE, "Named %d%c%d",
		    v->tables[at].id, c->side, model_pick(c, 2));
		break;
	default:
		transfer_row(c, v, at);
		break;
	}
}
