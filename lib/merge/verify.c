// Nothing lost, nothing doubled, nothing mixed: asked of every merge before it is handed
// out, first of the plan, then of the bytes it became.
//
// It does not ask the code that made the plan: rows are counted, and cells compared, from
// the three versions themselves.
#include "merge/plan.h"

// --- the plan -----------------------------------------------------------------------

static bool
counts_once(const struct rmk_plan *p)
{
	struct rmk_arena_mark mark = rmk_arena_mark(p->a);
	size_t *times = RMK_NEW_N(p->a, size_t, p->nrows);
	bool ok = true;

	for (size_t i = 0; i < p->norder; i++)
		times[p->order[i]]++;
	for (size_t r = 0; r < p->nrows; r++)
		ok &= times[r] == (p->rows[r].fate == RMK_FATE_KEEP ||
				      p->rows[r].fate == RMK_FATE_CONFLICT);
	rmk_arena_reset(p->a, mark);
	return ok;
}

// Every row of a version belongs to one row of the plan, which knows it.
static bool
owns_all(const struct rmk_plan *p, enum rmk_version v)
{
	for (size_t r = 0; p->v[v].t && r < p->v[v].t->nrows; r++) {
		size_t owner = p->owner[v][r];

		if (owner >= p->nrows || p->rows[owner].at[v] != r)
			return false;
	}
	return true;
}

// Gone is only what a side deleted, and the other left as it was.
static bool
was_deleted(const struct rmk_plan *p, const struct rmk_merge_row *row)
{
	if (row->at[RMK_BASE] == RMK_NONE)
		return false;
	for (int v = RMK_OURS; v <= RMK_THEIRS; v++) {
		const struct rmk_pairs *cols = v == RMK_OURS ? &p->ours.cols
		                                             : &p->theirs.cols;
		const struct rmk_row *is = rmk_plan_line(p, row, (enum rmk_version)v);

		if (!is)
			continue;
		if (row->at[rmk_other_side((enum rmk_version)v)] != RMK_NONE)
			return false;
		for (size_t b = 0; b < cols->nold; b++) {
			struct rmk_str was = rmk_doc_cell(
			    p->v[RMK_BASE].doc, rmk_plan_line(p, row, RMK_BASE), b);

			if (cols->to_new[b] != RMK_NONE &&
			    !rmk_str_eq(
				was, rmk_doc_cell(p->v[v].doc, is, cols->to_new[b])))
				return false;
		}
	}
	return true;
}

// A kept cell is what a side has, and not what only base has.
static bool
cell_is_a_sides(const struct rmk_plan *p, const struct rmk_merge_row *row, size_t c)
{
	struct rmk_str value = rmk_plan_value(p, row, c);
	struct rmk_str base = rmk_plan_cell(p, row, RMK_BASE, c);
	bool in_base = p->cols[c].at[RMK_BASE] != RMK_NONE &&
	               rmk_plan_line(p, row, RMK_BASE);
	bool any = false, changed = false, is = false;

	for (int v = RMK_OURS; v <= RMK_THEIRS; v++) {
		struct rmk_str cell = rmk_plan_cell(p, row, (enum rmk_version)v, c);

		if (p->cols[c].at[v] == RMK_NONE ||
		    !rmk_plan_line(p, row, (enum rmk_version)v))
			continue;
		any = true;
		is |= rmk_str_eq(cell, value);
		changed |= in_base ? !rmk_str_eq(cell, base) : cell.n > 0;
	}
	if (!any)
		return value.n == 0;
	return is && !(changed && (in_base ? rmk_str_eq(value, base) : value.n == 0));
}

// Where neither side has fewer rows than base, the table has not either.
static bool
has_fewer_rows(const struct rmk_plan *p)
{
	const struct rmk_merge_table *v = p->v;
	size_t least;

	if (!v[RMK_BASE].t || !v[RMK_OURS].t || !v[RMK_THEIRS].t)
		return false;
	least = v[RMK_BASE].t->nrows;
	return v[RMK_OURS].t->nrows >= least && v[RMK_THEIRS].t->nrows >= least &&
	       p->norder < least;
}

const char *
rmk_plan_check(const struct rmk_plan *p)
{
	if (!counts_once(p))
		return "a row would be lost or doubled";
	if (has_fewer_rows(p))
		return "a row would be lost";
	for (int v = RMK_BASE; v <= RMK_THEIRS; v++) {
		if (!owns_all(p, (enum rmk_version)v))
			return "a row of a side has no place";
	}
	for (size_t r = 0; r < p->nrows; r++) {
		const struct rmk_merge_row *row = &p->rows[r];

		if (row->fate == RMK_FATE_GONE && !was_deleted(p, row))
			return "a row nobody deleted would be gone";
		for (size_t c = 0;
		     row->fate == RMK_FATE_KEEP && row->touched && c < p->ncols; c++) {
			if (!cell_is_a_sides(p, row, c))
				return "a cell would hold what no side wrote";
		}
	}
	if (!rmk_plan_keeps_groups(p))
		return "a row would come into another group";
	return NULL;
}

// --- the bytes ----------------------------------------------------------------------

// Whether a line of the result is, byte for byte, what the side wrote whose row this is.
static bool
verify_is_written(const struct rmk_plan *p, const struct rmk_merge_row *row,
    const struct rmk_doc *doc, const struct rmk_row *line)
{
	const struct rmk_row *want = row->cells ? NULL : rmk_plan_line(p, row, row->from);

	return want && p->same_shape[row->from] && line->ncells == want->ncells &&
	       rmk_str_eq(rmk_row_written(doc, line),
		   rmk_row_written(p->v[row->from].doc, want));
}

static bool
is_planned(const struct rmk_plan *p, const struct rmk_merge_row *row,
    const struct rmk_doc *doc, const struct rmk_row *line)
{
	bool written = verify_is_written(p, row, doc, line);

	for (size_t c = 0; c < p->ncols && !written; c++) {
		if (!rmk_str_eq(rmk_doc_cell(doc, line, c), rmk_plan_value(p, row, c)))
			return false;
	}
	return rmk_str_eq(
	    rmk_excess_of(doc, line, p->ncols), rmk_merge_row_more(row).excess);
}

// Whether a line says what a side's line says, in the columns of the result; what these have no
// place for stands behind them.
static bool
is_side(const struct rmk_plan *p, const struct rmk_merge_row *row, enum rmk_version v,
    const struct rmk_doc *doc, const struct rmk_row *line)
{
	const struct rmk_row *want = rmk_plan_line(p, row, v);
	size_t next = p->ncols;

	if (p->same_shape[v] && line->ncells != want->ncells)
		return false;
	for (size_t c = 0; c < p->ncols; c++) {
		if (!rmk_str_eq(rmk_doc_cell(doc, line, c), rmk_plan_cell(p, row, v, c)))
			return false;
	}
	for (size_t at = 0; at < want->ncells; at++) {
		struct rmk_str cell = rmk_doc_cell(p->v[v].doc, want, at);

		if (rmk_plan_has_column(p, v, at) || (cell.n == 0 && !p->same_shape[v]))
			continue;
		if (!rmk_str_eq(rmk_doc_cell(doc, line, next++), cell))
			return false;
	}
	return next >= line->ncells;
}

// False when the line is not the row; *next is left when the row has no line.
static bool
check_row(const struct rmk_plan *p, const struct rmk_merge_row *row,
    const struct rmk_doc *doc, const struct rmk_table *t, enum rmk_resolve resolve,
    size_t *next)
{
	enum rmk_version v = resolve == RMK_TAKE_THEIRS ? RMK_THEIRS : RMK_OURS;
	const struct rmk_row *want = rmk_plan_line(p, row, v);
	const struct rmk_row *line = &t->header;

	if (row->fate == RMK_FATE_CONFLICT && !want)
		return true;
	if (row != &p->header) {
		if (*next >= t->nrows)
			return false;
		line = &t->rows[(*next)++];
	}
	if (row->fate == RMK_FATE_CONFLICT)
		return is_side(p, row, v, doc, line);
	return is_planned(p, row, doc, line);
}

const char *
rmk_plan_check_result(const struct rmk_plan *p, const struct rmk_doc *doc,
    const struct rmk_table *t, enum rmk_resolve resolve)
{
	size_t next = 0;

	if (t->ncols != p->ncols)
		return "the result has other columns";
	if (!check_row(p, &p->header, doc, t, resolve, &next))
		return "the result has another header row";
	for (size_t i = 0; i < p->norder; i++) {
		if (!check_row(p, &p->rows[p->order[i]], doc, t, resolve, &next))
			return "the result has other rows";
	}
	return next == t->nrows ? NULL : "the result has more rows";
}
