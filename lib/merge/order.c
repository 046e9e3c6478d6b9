// In which order the rows of a merged table stand.
//
//	ours      a  x  b  c         x added
//	theirs    a  y  c  b         y added, b moved
//	result    a  x  y  c  b      ours, with what theirs added and moved behind the row
//	                             that is before it there (or theirs, with what ours did)
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
	enum rmk_version first, second; // whose order counts, and who is fitted into it
	size_t *next;                   // [nrows + 1]; the last is the head
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

// By the key, else by the first column of numbers or dates that is in order.
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

// Whether row x is before row y. Equal, or without an order: it does.
static bool
stands_before(struct order *o, size_t x, size_t y)
{
	const struct rmk_plan *p = o->p;

	if (!o->looked)
		find_order(o);
	if (o->sort_col == RMK_NONE)
		return true;
	return rmk_order_compare(p->a, &o->sort,
		   rmk_plan_cell(p, &p->rows[x], o->first, o->sort_col),
		   rmk_plan_cell(p, &p->rows[y], o->second, o->sort_col)) <= 0;
}

// --- groups -------------------------------------------------------------------------------

// A row without a name goes with the row above it, where rows stand in groups.
static bool
goes_with_above(const struct rmk_plan *p, size_t row, enum rmk_version v)
{
	const struct rmk_row *line = rmk_plan_line(p, &p->rows[row], v);

	return rmk_doc_cell(p->v[v].doc, line, 0).n == 0;
}

// Whether a row that the second side added comes behind one that the first added at the same
// place: a group keeps its rows.
static bool
comes_after(struct order *o, size_t second, size_t first)
{
	bool tail_of_second = goes_with_above(o->p, second, o->second);
	bool tail_of_first = goes_with_above(o->p, first, o->first);

	if (tail_of_second != tail_of_first)
		return tail_of_first;
	return stands_before(o, first, second);
}

// --- the list ---------------------------------------------------------------------------

static void
list_first(struct order *o)
{
	struct rmk_plan *p = o->p;
	size_t last = p->nrows;

	for (size_t r = 0; r < p->v[o->first].t->nrows; r++) {
		size_t row = p->owner[o->first][r];

		o->next[last] = row;
		o->listed[row] = true;
		last = row;
	}
	o->next[last] = RMK_NONE;
}

// Which rows of a version stand elsewhere than in base, as the plan has them.
static bool *
moved_rows(const struct rmk_plan *p, enum rmk_version v)
{
	size_t n = p->v[v].t->nrows;
	struct rmk_pairs rows = {.to_old = RMK_NEW_N(p->a, size_t, n), .nnew = n};

	for (size_t r = 0; r < n; r++)
		rows.to_old[r] = p->rows[p->owner[v][r]].at[RMK_BASE];
	return rmk_match_moved(p->a, &rows);
}

// Take out the rows that the second side moved and the first left where they were.
static void
unlist_moved(struct order *o)
{
	struct rmk_plan *p = o->p;
	bool *moved[3];

	if (!p->v[RMK_BASE].t)
		return;
	moved[RMK_OURS] = moved_rows(p, RMK_OURS);
	moved[RMK_THEIRS] = moved_rows(p, RMK_THEIRS);
	for (size_t r = 0; r < p->v[o->second].t->nrows; r++) {
		const struct rmk_merge_row *row = &p->rows[p->owner[o->second][r]];

		if (moved[o->second][r] && row->at[o->first] != RMK_NONE &&
		    !moved[o->first][row->at[o->first]])
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
list_second(struct order *o)
{
	struct rmk_plan *p = o->p;
	size_t before = p->nrows;

	for (size_t r = 0; r < p->v[o->second].t->nrows; r++) {
		size_t row = p->owner[o->second][r];

		if (!o->listed[row]) {
			while (of_one_side(&p->rows[row], o->second) &&
			       o->next[before] != RMK_NONE &&
			       of_one_side(&p->rows[o->next[before]], o->first) &&
			       comes_after(o, row, o->next[before]))
				before = o->next[before];
			o->next[row] = o->next[before];
			o->next[before] = row;
			o->listed[row] = true;
		}
		before = row;
	}
}

static void
order_from(struct rmk_plan *p, enum rmk_version first)
{
	struct order o = {.p = p,
	    .first = first,
	    .second = rmk_other_side(first),
	    .next = RMK_NEW_N(p->a, size_t, p->nrows + 1),
	    .listed = RMK_NEW_N(p->a, bool, p->nrows)};

	list_first(&o);
	unlist_moved(&o);
	list_second(&o);
	p->norder = 0;
	for (size_t r = o.next[p->nrows]; r != RMK_NONE; r = o.next[r]) {
		if (p->rows[r].fate != RMK_FATE_GONE)
			p->order[p->norder++] = r;
	}
}

// Where rows would come into another group, theirs is asked whether it has an order in which
// they do not: so the answer is the same whichever side is ours.
void
rmk_plan_order(struct rmk_plan *p)
{
	p->order = RMK_NEW_N(p->a, size_t, p->nrows);
	order_from(p, RMK_OURS);
	if (!rmk_plan_keeps_groups(p))
		order_from(p, RMK_THEIRS);
}
