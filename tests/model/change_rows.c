// What a person does to the rows of a table.
#include "changes.h"

#include <stdio.h>
#include <string.h>

const struct model_row *
model_row_of_base(const struct model_case *c, int id)
{
	for (int t = 0; t < c->base.ntables; t++) {
		for (int r = 0; r < c->base.tables[t].nrows; r++) {
			if (c->base.tables[t].rows[r].id == id)
				return &c->base.tables[t].rows[r];
		}
	}
	return NULL;
}

// Whether a row can still be told from others: a cell that no other row has, and had it in base.
bool
model_row_is_known(
    const struct model_case *c, const struct model_table *t, const struct model_row *r)
{
	const struct model_row *was = model_row_of_base(c, r->id);
	int n = 0;

	for (int i = 0; i < t->ncols; i++) {
		const char *cell = r->cell[t->cols[i]];

		n += model_is_token(cell) &&
		     !(t->keys == KEYS_GROUPED && t->cols[i] == 0) &&
		     (was == NULL || strcmp(was->cell[t->cols[i]], cell) == 0);
	}
	return c->weak || n > 0;
}

void
model_row_insert(struct model_table *t, int at, const struct model_row *row)
{
	memmove(
	    &t->rows[at + 1], &t->rows[at], (size_t)(t->nrows - at) * sizeof t->rows[0]);
	t->rows[at] = *row;
	t->nrows++;
}

struct model_row
model_row_cut(struct model_table *t, int at)
{
	struct model_row row = t->rows[at];

	t->nrows--;
	memmove(
	    &t->rows[at], &t->rows[at + 1], (size_t)(t->nrows - at) * sizeof t->rows[0]);
	return row;
}

static void
renumber(struct model_case *c, struct model_table *t)
{
	if (t->keys != KEYS_NUMBERED || model_pick(c, 2))
		return;
	for (int r = 0; r < t->nrows; r++)
		snprintf(t->rows[r].cell[0], MODEL_VALUE, "%d", r + 1);
}

static void
edit_cell(struct model_case *c, struct model_table *t)
{
	struct model_row *r, was;
	int k = t->cols[model_pick(c, t->ncols)];

	if (t->nrows == 0)
		return;
	r = &t->rows[model_pick(c, t->nrows)];
	was = *r;
	if (k == 0 &&
	    (t->keys == KEYS_NUMBERED || (t->keys == KEYS_GROUPED && !r->cell[0][0])))
		return;
	if (k == 0 && t->keys == KEYS_REPEATED)
		snprintf(r->cell[0], MODEL_VALUE, "K%d", model_pick(c, 3));
	else if (k == 0 && t->keys == KEYS_BLANK)
		return;
	else if ((k < 2 || k == 3) && model_pick(c, 10) < 7)
		model_token(c, r->cell[k]);
	else if (k)
		model_word(c, k, r->cell[k]);
	if (!model_row_is_known(c, t, r))
		*r = was;
}

static bool
leads_group(const struct model_table *t, int at)
{
	return t->keys == KEYS_GROUPED && t->rows[at].cell[0][0];
}

static void
add_row(struct model_case *c, struct model_table *t)
{
	struct model_row row;
	int at = model_pick(c, t->nrows + 1);

	if (t->nrows >= MODEL_ROWS - 2 || c->next_row >= MODEL_IDS - 2)
		return;
	model_row_fill(c, t, &row);
	if (t->keys == KEYS_UNIQUE && model_pick(c, 8) == 0)
		snprintf(row.cell[0], MODEL_VALUE, "dup%d", model_pick(c, 2));
	if (t->keys == KEYS_GROUPED &&
	    (at == 0 || ((at == t->nrows || leads_group(t, at)) && model_pick(c, 2))))
		snprintf(row.cell[0], MODEL_VALUE, "G%d", c->next_token++);
	model_row_insert(t, at, &row);
	if (!model_row_is_known(c, t, &row))
		model_row_cut(t, at);
	renumber(c, t);
}

static void
delete_row(struct model_case *c, struct model_table *t)
{
	struct model_row row;
	int at;

	if (t->nrows == 0)
		return;
	at = model_pick(c, t->nrows);
	row = model_row_cut(t, at);
	// The next row of a group takes its name.
	if (t->keys == KEYS_GROUPED && row.cell[0][0] && at < t->nrows &&
	    t->rows[at].cell[0][0] == '\0')
		memcpy(t->rows[at].cell[0], row.cell[0], MODEL_VALUE);
	renumber(c, t);
}

// Whether a row reads as another of the same number in which one cell was written anew: then
// nobody can see whether rows changed places or cells did.
static bool
differs_in_one_cell(
    const struct model_table *t, const struct model_row *is, const struct model_row *was)
{
	int differ = 0;

	for (int k = 1; k < t->ncols; k++)
		differ += strcmp(is->cell[t->cols[k]], was->cell[t->cols[k]]) != 0;
	return differ == 1 && is->id != was->id && strcmp(is->cell[0], was->cell[0]) == 0;
}

static bool
reads_as_cells_exchanged(const struct model_table *t, const struct model_table *was)
{
	int alike = 0;

	for (int r = 0; t->keys == KEYS_NUMBERED && r < t->nrows; r++)
		alike += differs_in_one_cell(t, &t->rows[r], &was->rows[r]);
	return alike > 1;
}

static void
move_row(struct model_case *c, struct model_table *t)
{
	struct model_table was = *t;
	struct model_row row;
	int from, to;

	if (t->nrows < 2)
		return;
	from = model_pick(c, t->nrows);
	if (leads_group(t, from))
		return;
	row = model_row_cut(t, from);
	to = model_pick(c, t->nrows + 1);
	if (t->keys == KEYS_GROUPED && to == 0)
		to = from;
	model_row_insert(t, to, &row);
	renumber(c, t);
	if (reads_as_cells_exchanged(t, &was))
		*t = was;
	else
		c->moved |= to != from;
}

// A row becomes two: one of its cells goes to a row of its own.
static void
split_row(struct model_case *c, struct model_table *t)
{
	struct model_row *r, row;
	int at, k = model_pick(c, 2) ? 1 : 3;

	if (t->nrows == 0 || t->nrows >= MODEL_ROWS - 2 || c->next_row >= MODEL_IDS - 2)
		return;
	at = model_pick(c, t->nrows);
	r = &t->rows[at];
	if (t->keys != KEYS_UNIQUE || !model_is_token(r->cell[k]) ||
	    !model_is_token(r->cell[0]))
		return;
	model_row_fill(c, t, &row);
	memcpy(row.cell[k], r->cell[k], MODEL_VALUE);
	r->cell[k][0] = '\0';
	if (!model_row_is_known(c, t, r))
		memcpy(r->cell[k], row.cell[k], MODEL_VALUE);
	else
		model_row_insert(t, at + 1, &row);
}

// Two rows become one: the second gives a cell to the first, and goes.
static void
join_rows(struct model_case *c, struct model_table *t)
{
	int at, k = model_pick(c, 2) ? 1 : 3;

	if (t->nrows < 2 || t->keys != KEYS_UNIQUE)
		return;
	at = model_pick(c, t->nrows - 1);
	if (t->rows[at].cell[k][0] || !model_is_token(t->rows[at].cell[0]))
		return;
	for (int i = 0; i < t->ncols; i++) {
		if (t->cols[i] == k)
			memcpy(t->rows[at].cell[k], t->rows[at + 1].cell[k], MODEL_VALUE);
	}
	model_row_cut(t, at + 1);
}

static void
blank_line(struct model_case *c, struct model_table *t)
{
	if (t->nrows > 1) {
		struct model_row *r = &t->rows[1 + model_pick(c, t->nrows - 1)];

		r->after_blank = !r->after_blank;
		c->lines = true;
	}
}

void
model_change_row(struct model_case *c, struct model_table *t)
{
	switch (model_pick(c, 16)) {
	case 0:
	case 1:
	case 2:
		add_row(c, t);
		break;
	case 3:
	case 4:
		delete_row(c, t);
		break;
	case 5:
		move_row(c, t);
		break;
	case 6:
		blank_line(c, t);
		break;
	case 7:
		split_row(c, t);
		break;
	case 8:
		join_rows(c, t);
		break;
	case 9:
		t->style = model_pick(c, 4);
		break;
	default:
		edit_cell(c, t);
		break;
	}
}
