// Three versions of a case: a base, and what two people make of it.
//
// Some changes are made before the sides part, so that both have made them alike.
#include "model.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

unsigned
model_below(struct model_case *c, unsigned n)
{
	c->rng ^= c->rng << 13;
	c->rng ^= c->rng >> 7;
	c->rng ^= c->rng << 17;
	return (unsigned)(c->rng >> 32) % n;
}

static int
below(struct model_case *c, int n)
{
	return (int)model_below(c, (unsigned)n);
}

// --- what a change must leave ------------------------------------------------------------------

static const struct model_row *
row_of_base(const struct model_case *c, int id)
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
static bool
row_is_known(
    const struct model_case *c, const struct model_table *t, const struct model_row *r)
{
	const struct model_row *was = row_of_base(c, r->id);
	int n = 0;

	for (int i = 0; i < t->ncols; i++) {
		const char *cell = r->cell[t->cols[i]];

		n += model_is_token(cell) &&
		     !(t->keys == KEYS_GROUPED && t->cols[i] == 0) &&
		     (was == NULL || strcmp(was->cell[t->cols[i]], cell) == 0);
	}
	return c->weak || n > 0;
}

static bool
table_is_known(const struct model_case *c, const struct model_table *t)
{
	for (int r = 0; r < t->nrows; r++) {
		if (!row_is_known(c, t, &t->rows[r]))
			return false;
	}
	return true;
}

// --- arrays -----------------------------------------------------------------------------------

static void
row_insert(struct model_table *t, int at, const struct model_row *row)
{
	memmove(
	    &t->rows[at + 1], &t->rows[at], (size_t)(t->nrows - at) * sizeof t->rows[0]);
	t->rows[at] = *row;
	t->nrows++;
}

static struct model_row
row_cut(struct model_table *t, int at)
{
	struct model_row row = t->rows[at];

	t->nrows--;
	memmove(
	    &t->rows[at], &t->rows[at + 1], (size_t)(t->nrows - at) * sizeof t->rows[0]);
	return row;
}

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

static void
renumber(struct model_case *c, struct model_table *t)
{
	if (t->keys != KEYS_NUMBERED || below(c, 2))
		return;
	for (int r = 0; r < t->nrows; r++)
		snprintf(t->rows[r].cell[0], MODEL_VALUE, "%d", r + 1);
}

// --- rows -------------------------------------------------------------------------------------

static void
edit_cell(struct model_case *c, struct model_table *t)
{
	struct model_row *r, was;
	int k = t->cols[below(c, t->ncols)];

	if (t->nrows == 0)
		return;
	r = &t->rows[below(c, t->nrows)];
	was = *r;
	if (k == 0 &&
	    (t->keys == KEYS_NUMBERED || (t->keys == KEYS_GROUPED && !r->cell[0][0])))
		return;
	if (k == 0 && t->keys == KEYS_REPEATED)
		snprintf(r->cell[0], MODEL_VALUE, "K%d", below(c, 3));
	else if (k == 0 && t->keys == KEYS_BLANK)
		return;
	else if ((k < 2 || k == 3) && below(c, 10) < 7)
		model_token(c, r->cell[k]);
	else if (k)
		model_word(c, k, r->cell[k]);
	if (!row_is_known(c, t, r))
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
	int at = below(c, t->nrows + 1);

	if (t->nrows >= MODEL_ROWS - 2 || c->next_row >= MODEL_IDS - 2)
		return;
	model_row_fill(c, t, &row);
	if (t->keys == KEYS_UNIQUE && below(c, 8) == 0)
		snprintf(row.cell[0], MODEL_VALUE, "dup%d", below(c, 2));
	if (t->keys == KEYS_GROUPED &&
	    (at == 0 || ((at == t->nrows || leads_group(t, at)) && below(c, 2))))
		snprintf(row.cell[0], MODEL_VALUE, "G%d", c->next_token++);
	row_insert(t, at, &row);
	if (!row_is_known(c, t, &row))
		row_cut(t, at);
	renumber(c, t);
}

static void
delete_row(struct model_case *c, struct model_table *t)
{
	struct model_row row;
	int at;

	if (t->nrows == 0)
		return;
	at = below(c, t->nrows);
	row = row_cut(t, at);
	// The next row of a group takes its name.
	if (t->keys == KEYS_GROUPED && row.cell[0][0] && at < t->nrows &&
	    t->rows[at].cell[0][0] == '\0')
		memcpy(t->rows[at].cell[0], row.cell[0], MODEL_VALUE);
	renumber(c, t);
}

static void
move_row(struct model_case *c, struct model_table *t)
{
	struct model_row row;
	int from, to;

	if (t->nrows < 2)
		return;
	from = below(c, t->nrows);
	if (leads_group(t, from))
		return;
	row = row_cut(t, from);
	to = below(c, t->nrows + 1);
	if (t->keys == KEYS_GROUPED && to == 0)
		to = from;
	row_insert(t, to, &row);
	c->moved |= to != from;
	renumber(c, t);
}

// A row becomes two: one of its cells goes to a row of its own.
static void
split_row(struct model_case *c, struct model_table *t)
{
	struct model_row *r, row;
	int at, k = below(c, 2) ? 1 : 3;

	if (t->nrows == 0 || t->nrows >= MODEL_ROWS - 2 || c->next_row >= MODEL_IDS - 2)
		return;
	at = below(c, t->nrows);
	r = &t->rows[at];
	if (t->keys != KEYS_UNIQUE || !model_is_token(r->cell[k]) ||
	    !model_is_token(r->cell[0]))
		return;
	model_row_fill(c, t, &row);
	memcpy(row.cell[k], r->cell[k], MODEL_VALUE);
	r->cell[k][0] = '\0';
	if (!row_is_known(c, t, r))
		memcpy(r->cell[k], row.cell[k], MODEL_VALUE);
	else
		row_insert(t, at + 1, &row);
}

// Two rows become one: the second gives a cell to the first, and goes.
static void
join_rows(struct model_case *c, struct model_table *t)
{
	int at, k = below(c, 2) ? 1 : 3;

	if (t->nrows < 2 || t->keys != KEYS_UNIQUE)
		return;
	at = below(c, t->nrows - 1);
	if (t->rows[at].cell[k][0] || !model_is_token(t->rows[at].cell[0]))
		return;
	for (int i = 0; i < t->ncols; i++) {
		if (t->cols[i] == k)
			memcpy(t->rows[at].cell[k], t->rows[at + 1].cell[k], MODEL_VALUE);
	}
	row_cut(t, at + 1);
}

static void
blank_line(struct model_case *c, struct model_table *t)
{
	if (t->nrows > 1) {
		struct model_row *r = &t->rows[1 + below(c, t->nrows - 1)];

		r->after_blank = !r->after_blank;
		c->lines = true;
	}
}

// --- columns ----------------------------------------------------------------------------------

static void
add_column(struct model_case *c, struct model_table *t)
{
	int k = c->next_kind, at = 1 + below(c, t->ncols);

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
		if (below(c, 3))
			model_word(c, k, t->rows[r].cell[k]);
	}
	c->columns = true;
}

static void
remove_column(struct model_case *c, struct model_table *t)
{
	struct model_table was = *t;
	int at = 1 + below(c, t->ncols), k;

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
	int k = t->cols[below(c, t->ncols)];

	if (k >= 6) // one that is new: whether it is the other side's nobody could say
		return;
	snprintf(t->label[k], MODEL_VALUE, "Col%d%c%d", k, c->side, below(c, 3));
	c->columns = true;
}

static void
move_column(struct model_case *c, struct model_table *t)
{
	int from = 1 + below(c, t->ncols), to, k;

	if (from >= t->ncols)
		return;
	k = t->cols[from];
	memmove(&t->cols[from], &t->cols[from + 1],
	    (size_t)(t->ncols - 1 - from) * sizeof t->cols[0]);
	to = 1 + below(c, t->ncols - 1);
	memmove(&t->cols[to + 1], &t->cols[to],
	    (size_t)(t->ncols - 1 - to) * sizeof t->cols[0]);
	t->cols[to] = k;
	c->columns = true;
}

// --- tables -----------------------------------------------------------------------------------

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
	int to = below(c, v->ntables);
	struct model_table *a = &v->tables[from], *b = &v->tables[to];
	struct model_row row;

	if (a == b || !tables_alike(a, b) || a->keys == KEYS_GROUPED || a->nrows == 0 ||
	    b->nrows >= MODEL_ROWS - 2)
		return;
	row = row_cut(a, below(c, a->nrows));
	row.after_blank = false;
	row_insert(b, below(c, b->nrows + 1), &row);
	c->moved = true;
}

static void
split_table(struct model_case *c, struct model_version *v, int at)
{
	struct model_table *t = &v->tables[at], rest = *t;
	int k;

	if (t->nrows < 2 || v->ntables == MODEL_TABLES)
		return;
	k = 1 + below(c, t->nrows - 1);
	if (t->keys == KEYS_GROUPED && !leads_group(t, k))
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
	table_insert(v, below(c, v->ntables + 1), &t);
	c->moved = true;
}

static void
new_table(struct model_case *c, struct model_version *v)
{
	static struct model_table t;

	if (v->ntables == MODEL_TABLES || c->next_row > MODEL_IDS - 20)
		return;
	model_table_new(c, &t, below(c, 4));
	table_insert(v, below(c, v->ntables + 1), &t);
}

// --- a side -----------------------------------------------------------------------------------

static void
change_tables(struct model_case *c, struct model_version *v, int at)
{
	switch (below(c, 8)) {
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
		if (below(c, 3) == 0)
			table_cut(v, at);
		break;
	case 4:
		new_table(c, v);
		break;
	case 5:
		snprintf(v->tables[at].heading, MODEL_VALUE, "Named %d%c%d",
		    v->tables[at].id, c->side, below(c, 2));
		break;
	default:
		transfer_row(c, v, at);
		break;
	}
}

static void
change_columns(struct model_case *c, struct model_table *t)
{
	switch (below(c, 5)) {
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

static void
change_text(struct model_case *c, struct model_version *v, struct model_table *t)
{
	switch (below(c, 4)) {
	case 0:
		snprintf(v->front, MODEL_VALUE, "front %c%d", c->side, below(c, 9));
		break;
	case 1:
		snprintf(v->back, MODEL_VALUE, "back %c%d", c->side, below(c, 9));
		break;
	case 2:
		snprintf(t->intro, MODEL_VALUE, "intro %d%c", t->id, c->side);
		break;
	default:
		v->end_blanks = below(c, 4);
		break;
	}
}

static void
change_row(struct model_case *c, struct model_table *t)
{
	switch (below(c, 16)) {
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
		t->style = below(c, 4);
		break;
	default:
		edit_cell(c, t);
		break;
	}
}

static void
change(struct model_case *c, struct model_version *v, int n, unsigned also)
{
	for (int i = 0; i < n && v->ntables; i++) {
		int at = below(c, v->ntables);
		struct model_table *t = &v->tables[at];
		int what = below(c, 20);

		if (what == 0)
			change_text(c, v, t);
		else if (what < 4 && (also & 1))
			change_columns(c, t);
		else if (what < 7 && (also & 2))
			change_tables(c, v, at);
		else
			change_row(c, t);
	}
}

static struct model_row *
row_by_id(struct model_version *v, int id, struct model_table **of)
{
	for (int t = 0; t < v->ntables; t++) {
		for (int r = 0; r < v->tables[t].nrows; r++) {
			if (v->tables[t].rows[r].id == id) {
				*of = &v->tables[t];
				return &v->tables[t].rows[r];
			}
		}
	}
	return NULL;
}

static bool
same_key(
    const struct model_table *t, const struct model_row *x, const struct model_row *y)
{
	return t->keys == KEYS_UNIQUE && x->cell[0][0] &&
	       strcmp(x->cell[0], y->cell[0]) == 0;
}

static bool
contradict(const struct model_row *x, const struct model_row *y)
{
	for (int k = 0; k < MODEL_KINDS; k++) {
		if (x->cell[k][0] && y->cell[k][0] && strcmp(x->cell[k], y->cell[k]) != 0)
			return true;
	}
	return false;
}

// Half of what they say is the same, and their keys do not say that they are two.
static bool
are_one(const struct model_table *t, const struct model_row *x, const struct model_row *y)
{
	size_t common = 0, in_x = 0, in_y = 0;

	if (same_key(t, x, y) || !contradict(x, y))
		return true;
	if (x->cell[0][0] && y->cell[0][0] && strcmp(x->cell[0], y->cell[0]) != 0 &&
	    t->keys != KEYS_NUMBERED)
		return false;
	for (int k = 0; k < MODEL_KINDS; k++) {
		common += strcmp(x->cell[k], y->cell[k]) == 0 ? strlen(x->cell[k]) : 0;
		in_x += strlen(x->cell[k]);
		in_y += strlen(y->cell[k]);
	}
	return common * 2 >= (in_x > in_y ? in_x : in_y);
}

static void
share_tokens(struct model_case *c, const struct model_row *x)
{
	for (int k = 0; k < MODEL_KINDS; k++) {
		const char *q = strpbrk(x->cell[k], "qG");

		if (q && atoi(q + 1) < MODEL_TOKENS)
			c->shared[atoi(q + 1)] = true;
	}
}

// A row that both sides added and then made two of: nothing says that it was one.
static void
part_strangers(struct model_case *c)
{
	for (int id = 0, n = c->next_row; id < n && c->next_row < MODEL_IDS; id++) {
		struct model_table *of;
		struct model_row *o = row_by_id(&c->ours, id, &of), *t;

		if (row_of_base(c, id) || !o ||
		    (t = row_by_id(&c->theirs, id, &of)) == NULL ||
		    memcmp(o->cell, t->cell, sizeof o->cell) == 0)
			continue;
		share_tokens(c, o);
		share_tokens(c, t);
		if (!are_one(of, o, t))
			t->id = c->next_row++;
	}
}

// Two new rows of one key that do not contradict each other are one.
static void
join_twins(struct model_case *c)
{
	for (int i = 0; i < c->ours.ntables; i++) {
		struct model_table *t = &c->ours.tables[i], *of;

		for (int r = 0; r < t->nrows; r++) {
			for (int id = 0; id < c->next_row; id++) {
				struct model_row *x = row_by_id(&c->theirs, id, &of),
						 *y = &t->rows[r];
				struct model_table *no;

				if (x && id != y->id && of->id == t->id &&
				    !row_of_base(c, id) && !row_of_base(c, y->id) &&
				    !row_by_id(&c->theirs, y->id, &no) &&
				    !row_by_id(&c->ours, id, &no) && same_key(t, x, y) &&
				    !contradict(x, y))
					x->id = y->id;
			}
		}
	}
}

void
model_generate(struct model_case *c, uint64_t seed)
{
	unsigned also;

	memset(c, 0, sizeof *c);
	c->rng = (seed + 1) * UINT64_C(0x9e3779b97f4a7c15);
	for (int i = 0; i < 8; i++)
		model_below(c, 2);
	c->next_kind = 6;
	c->weak = below(c, 4) == 0;
	model_base(c, &c->base);
	also = below(c, 3) ? (unsigned)below(c, 4) : 0;
	c->side = 's';
	c->ours = c->base;
	if (below(c, 3) == 0)
		change(c, &c->ours, 1 + below(c, 2), also);
	c->theirs = c->ours;
	c->side = 'o';
	change(c, &c->ours, below(c, 5), also);
	c->side = 't';
	change(c, &c->theirs, below(c, 5), also);
	part_strangers(c);
	join_twins(c);
}
