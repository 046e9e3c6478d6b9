// In which order the rows of a merged table stand.
//
//	ours      a  x  b  c         x added
//	theirs    a  y  c  b         y added, b moved
//	result    a  x  y  c  b      ours, with what theirs added and moved behind the row
//	                             that is before it there
//
// Where both sides added at one place, the table's own order decides when it has one
// (by key, by date, by number), else ours come first. Rows that are gone keep their place until
// the end, so that what was put there stays there.
#include "merge/plan.h"

#include "edit/row_order.h"

// One row in so many may stand wrong: two rows that both sides added stand next to each other
// whatever is decided, so a doubtful order does no harm.
#define ONE_WRONG_IN 10

struct order {
	struct rmk_plan *p;
	size_t *next; // [nrows + 1]; the last is the head
	bool *listed;
	size_t sort_col;       // in the plan; RMK_NONE: no order
	struct rmk_order sort; // as it is in ours
	bool looked;
};

// --- the table's own order ------------------------------------------------------------

// Whether both sides stand sorted by a column of the plan, the same way.
static bool
sort_by(struct order *o, size_t col)
{
	const struct rmk_plan *p = o->p;
	const struct rmk_merge_table *ours = &p->v[RMK_OURS], *theirs = &p->v[RMK_THEIRS];
	const size_t *at = p->cols[col].at;
	struct rmk_order other;

	if (at[RMK_OURS] == RMK_NONE || at[RMK_THEIRS] == RMK_NONE)
		return false;
	if (!rmk_order_by(
		p->a, ours->doc, ours->t, at[RMK_OURS], ONE_WRONG_IN, &o->sort) ||
	    !rmk_order_by(
		p->a, theirs->doc, theirs->t, at[RMK_THEIRS], ONE_WRONG_IN, &other))
		return false;
	o->sort_col = col;
	return o->sort.kind == other.kind && o->sort.descending == other.descending;
}

// By the key, else by the first column of numbers or dates that stands in order.
static void
find_order(struct order *o)
{
	const struct rmk_plan *p = o->p;

	o->looked = true;
	for (size_t c = 0; c < p->ncols; c++) {
		size_t at = p->cols[c].at[RMK_OURS];

		if (at != RMK_NONE && at == p->key[RMK_OURS] && sort_by(o, c))
			return;
	}
	for (size_t c = 0; c < p->ncols; c++) {
		if (sort_by(o, c) && o->sort.kind != RMK_ORDER_TEXT)
			return;
	}
	o->sort_col = RMK_NONE;
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
	return rmk_order_compare(p->a, &o->sort,
		   rmk_plan_cell(p, &p->rows[x], RMK_OURS, o->sort_col),
		   rmk_plan_cell(p, &p->rows[y], RMK_THEIRS, o->sort_col)) <= 0;
}

// --- groups -------------------------------------------------------------------------------

// A row without a name goes with the row above it, where rows stand in groups.
static bool
goes_with_above(const struct rmk_plan *p, size_t row, enum rmk_version v)
{
	const struct rmk_row *line = rmk_plan_line(p, &p->rows[row], v);

	return rmk_doc_cell(p->v[v].doc, line, 0).n == 0;
}

// Whether a row that theirs added comes behind one that ours added at the same place: a group
// keeps its rows.
static bool
comes_after(struct order *o, size_t theirs, size_t ours)
{
	bool tail_of_theirs = goes_with_above(o->p, theirs, RMK_THEIRS);
	bool tail_of_ours = goes_with_above(o->p, ours, RMK_OURS);

	if (tail_of_theirs != tail_of_ours)
		return tail_of_ours;
	return stands_before(o, ours, theirs);
}

// --- the list ---------------------------------------------------------------------------

static void
list_ours(struct order *o)
{
	struct rmk_plan *p = o->p;
	size_t last = p->nrows;

	for (size_t r = 0; r < p->v[RMK_OURS].t->nrows; r++) {
		size_t row = p->owner[RMK_OURS][r];

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
			while (of_one_side(&p->rows[row], RMK_THEIRS) &&
			       o->next[before] != RMK_NONE &&
			       of_one_side(&p->rows[o->next[before]], RMK_OURS) &&
			       comes_after(o, row, o->next[before]))
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
	for (size_t r = o.next[p->nrows]; r != RMK_NONE; r = o.next[r]) {
		if (p->rows[r].fate != RMK_FATE_GONE)
			p->order[p->norder++] = r;
	}
}
