// In which order the rows of a merged table stand.
//
//	ours      a  x  b  c         x added
//	theirs    a  y  c  b         y added, b moved
//	result    a  x  y  c  b      ours, with what theirs added and moved behind the row
//	                             that is before it there
//
// Where both sides added at one place, the table's own order decides when it has one
// (by key, by date, by number), else ours come first.
#include "ops/merge_plan.h"

#include "table/value.h"

#include <stdlib.h>

// A table shows an order when it has so many rows, and at most one neighbour in TOLERATED
// stands wrong: hand-kept lists are seldom perfect.
#define ROWS_TELLING 4
#define TOLERATED 10

struct order {
	struct rmk_plan *p;
	size_t *next; // [nrows + 1]; the last is the head
	bool *listed;
	size_t sort_col; // RMK_NONE: no order
	int direction;   // 1 or -1
	bool numeric;
	bool looked;
};

// --- the table's own order ------------------------------------------------------------

// A number, with grouping commas and a leading # allowed. False for anything else.
static bool
number_of(struct rmk_arena *a, struct rmk_str raw, double *out)
{
	struct rmk_str text = rmk_value_text(a, raw);
	char digits[40];
	size_t n = 0;
	char *end;

	for (size_t i = 0; i < text.n; i++) {
		if (text.s[i] == ',' || (i == 0 && text.s[i] == '#'))
			continue;
		if (n + 1 >= sizeof digits ||
		    !((text.s[i] >= '0' && text.s[i] <= '9') || text.s[i] == '.' ||
			(text.s[i] == '-' && n == 0)))
			return false;
		digits[n++] = text.s[i];
	}
	digits[n] = '\0';
	*out = strtod(digits, &end);
	return n > 0 && *end == '\0';
}

// 2021-03, 2021-03-04: they sort as text.
static bool
is_date(struct rmk_str raw)
{
	if (raw.n != 7 && raw.n != 10)
		return false;
	for (size_t i = 0; i < raw.n; i++) {
		bool dash = i == 4 || i == 7;

		if (dash ? raw.s[i] != '-' && raw.s[i] != '/'
			 : raw.s[i] < '0' || raw.s[i] > '9')
			return false;
	}
	return true;
}

static int
compare(struct rmk_arena *a, struct rmk_str x, struct rmk_str y, bool numeric)
{
	double nx, ny;

	if (numeric && number_of(a, x, &nx) && number_of(a, y, &ny))
		return (nx > ny) - (nx < ny);
	return rmk_str_cmp(rmk_value_key(a, x), rmk_value_key(a, y));
}

// Every cell of the column is a number; or a date.
static bool
column_is(struct order *o, const struct rmk_merge_table *v, size_t col, bool numeric)
{
	double number;

	for (size_t r = 0; r < v->t->nrows; r++) {
		struct rmk_str cell = rmk_doc_cell(v->doc, &v->t->rows[r], col);

		if (numeric ? !number_of(o->p->a, cell, &number) : !is_date(cell))
			return false;
	}
	return true;
}

// 1 rising, -1 falling, 0 neither.
static int
sorted(struct order *o, const struct rmk_merge_table *v, size_t col, bool numeric)
{
	size_t up = 0, down = 0, n = v->t->nrows;

	if (n < ROWS_TELLING)
		return 0;
	for (size_t r = 1; r < n; r++) {
		struct rmk_arena_mark mark = rmk_arena_mark(o->p->a);
		int c = compare(o->p->a, rmk_doc_cell(v->doc, &v->t->rows[r - 1], col),
		    rmk_doc_cell(v->doc, &v->t->rows[r], col), numeric);

		up += c < 0;
		down += c > 0;
		rmk_arena_reset(o->p->a, mark);
	}
	if (up > down && down * TOLERATED <= n)
		return 1;
	return down > up && up * TOLERATED <= n ? -1 : 0;
}

static bool
sort_by(struct order *o, size_t col, bool numeric)
{
	const struct rmk_plan *p = o->p;
	const size_t *at = p->cols[col].at;

	if (at[RMK_OURS] == RMK_NONE || at[RMK_THEIRS] == RMK_NONE)
		return false;
	o->direction = sorted(o, &p->v[RMK_OURS], at[RMK_OURS], numeric);
	if (o->direction == 0 ||
	    o->direction != sorted(o, &p->v[RMK_THEIRS], at[RMK_THEIRS], numeric))
		return false;
	o->sort_col = col;
	o->numeric = numeric;
	return true;
}

// By the key, else by the first column of numbers or dates that stands in order.
static void
find_order(struct order *o)
{
	const struct rmk_plan *p = o->p;
	const struct rmk_merge_table *v = &p->v[RMK_OURS];

	o->looked = true;
	o->sort_col = RMK_NONE;
	for (size_t c = 0; c < p->ncols; c++) {
		size_t at = p->cols[c].at[RMK_OURS];

		if (at != RMK_NONE && at == p->key[RMK_OURS]) {
			if (sort_by(o, c, column_is(o, v, at, true)))
				return;
			break;
		}
	}
	for (size_t c = 0; c < p->ncols; c++) {
		size_t at = p->cols[c].at[RMK_OURS];

		if (at == RMK_NONE)
			continue;
		if ((column_is(o, v, at, true) && sort_by(o, c, true)) ||
		    (column_is(o, v, at, false) && sort_by(o, c, false)))
			return;
	}
}

// Whether row x stands before row y. Equal, or without an order: it does.
static bool
stands_before(struct order *o, size_t x, size_t y)
{
	const struct rmk_plan *p = o->p;

	if (!o->looked)
		find_order(o);
	if (o->sort_col == RMK_NONE)
		return true;
	return compare(p->a, rmk_plan_cell(p, &p->rows[x], RMK_OURS, o->sort_col),
		   rmk_plan_cell(p, &p->rows[y], RMK_THEIRS, o->sort_col), o->numeric) *
	           o->direction <=
	       0;
}

// --- the list ---------------------------------------------------------------------------

static void
list_ours(struct order *o)
{
	struct rmk_plan *p = o->p;
	size_t last = p->nrows;

	for (size_t r = 0; r < p->v[RMK_OURS].t->nrows; r++) {
		size_t row = p->owner[RMK_OURS][r];

		if (p->rows[row].fate == RMK_FATE_GONE)
			continue;
		o->next[last] = row;
		o->listed[row] = true;
		last = row;
	}
	o->next[last] = RMK_NONE;
}

// Take out the rows that theirs moved and ours left where they were.
static void
unlist_moved(struct order *o)
{
	struct rmk_plan *p = o->p;
	bool *moved, *ours;

	if (!p->v[RMK_BASE].t)
		return;
	moved = rmk_match_moved(p->a, &p->theirs.rows);
	ours = rmk_match_moved(p->a, &p->ours.rows);
	for (size_t r = 0; r < p->v[RMK_THEIRS].t->nrows; r++) {
		const struct rmk_merge_row *row = &p->rows[p->owner[RMK_THEIRS][r]];

		if (moved[r] && row->at[RMK_OURS] != RMK_NONE && !ours[row->at[RMK_OURS]])
			o->listed[row - p->rows] = false;
	}
	for (size_t at = p->nrows; o->next[at] != RMK_NONE;) {
		if (o->listed[o->next[at]])
			at = o->next[at];
		else
			o->next[at] = o->next[o->next[at]];
	}
}

static bool
of_one_side(const struct rmk_merge_row *row, enum rmk_version v)
{
	return row->at[RMK_BASE] == RMK_NONE && row->at[rmk_other_side(v)] == RMK_NONE;
}

static void
list_theirs(struct order *o)
{
	struct rmk_plan *p = o->p;
	size_t before = p->nrows;

	for (size_t r = 0; r < p->v[RMK_THEIRS].t->nrows; r++) {
		size_t row = p->owner[RMK_THEIRS][r];

		if (!o->listed[row]) {
			if (p->rows[row].fate == RMK_FATE_GONE)
				continue;
			while (of_one_side(&p->rows[row], RMK_THEIRS) &&
			       o->next[before] != RMK_NONE &&
			       of_one_side(&p->rows[o->next[before]], RMK_OURS) &&
			       stands_before(o, o->next[before], row))
				before = o->next[before];
			o->next[row] = o->next[before];
			o->next[before] = row;
			o->listed[row] = true;
		}
		before = row;
	}
}

void
rmk_plan_order(struct rmk_plan *p)
{
	struct order o = {.p = p,
	    .next = RMK_NEW_N(p->a, size_t, p->nrows + 1),
	    .listed = RMK_NEW_N(p->a, bool, p->nrows)};

	list_ours(&o);
	unlist_moved(&o);
	list_theirs(&o);
	p->order = RMK_NEW_N(p->a, size_t, p->nrows);
	for (size_t r = o.next[p->nrows]; r != RMK_NONE; r = o.next[r])
		p->order[p->norder++] = r;
}
