// Columns that may have been renamed, and what was edited in them.
//
//	base       ours       theirs
//	| k | v |  | k | w |  | k | v |     v is gone and w is new: renamed, or another one?
//	| a | 1 |  | a | 2 |                if it was renamed, ours edited a, which theirs deleted
//
// Columns are one by their label, or by most of what they hold (match.h). Where neither says so,
// and a side lost a column and has a new one, both readings must give the same result.
#include "merge/plan.h"

#include "diff/match_pairs.h"
#include "merge/unique_cells.h"

// A column that is new on both sides, while one of base is in neither: if both renamed it, base
// had a cell there too.
bool
rmk_plan_may_be_renamed(const struct rmk_plan *p, const struct rmk_merge_col *col)
{
	return p->gone_from_both && col->at[RMK_BASE] == RMK_NONE;
}

// Whether a cell of a line, in one of the columns that have no partner, is empty or is in the
// other line too, in such a column.
static bool
went_along(const struct rmk_merge_table *of, const struct rmk_row *line,
    const size_t *partner, const struct rmk_merge_table *to, const struct rmk_row *other,
    const size_t *its_partner)
{
	for (size_t c = 0; c < of->t->ncols; c++) {
		struct rmk_str cell = rmk_doc_cell(of->doc, line, c);
		bool found = partner[c] != RMK_NONE || cell.n == 0;

		for (size_t i = 0; i < to->t->ncols && !found; i++)
			found = its_partner[i] == RMK_NONE &&
			        rmk_str_eq(rmk_doc_cell(to->doc, other, i), cell);
		if (!found)
			return false;
	}
	return true;
}

static bool
lost_and_gained(const struct rmk_pairs *cols)
{
	return rmk_pairs_some_left(cols->to_new, cols->nold) &&
	       rmk_pairs_some_left(cols->to_old, cols->nnew);
}

// Where version v has a new column and one of base is gone from it, it may have been renamed:
// then a row whose cells there differ was edited.
static bool
edited_renamed(const struct rmk_plan *p, const struct rmk_pairs *cols,
    const struct rmk_row *was, const struct rmk_row *is, enum rmk_version v)
{
	const struct rmk_merge_table *b = &p->v[RMK_BASE], *s = &p->v[v];

	if (!lost_and_gained(cols))
		return false;
	return !went_along(b, was, cols->to_new, s, is, cols->to_old) ||
	       !went_along(s, is, cols->to_old, b, was, cols->to_new);
}

bool
rmk_plan_edited(
    const struct rmk_plan *p, const struct rmk_merge_row *row, enum rmk_version v)
{
	const struct rmk_pairs *cols = v == RMK_OURS ? &p->ours.cols : &p->theirs.cols;
	const struct rmk_row *was = rmk_plan_line(p, row, RMK_BASE);
	const struct rmk_row *is = rmk_plan_line(p, row, v);

	for (size_t b = 0; b < cols->nold; b++) {
		if (cols->to_new[b] == RMK_NONE)
			continue;
		if (!rmk_str_eq(rmk_doc_cell(p->v[RMK_BASE].doc, was, b),
			rmk_doc_cell(p->v[v].doc, is, cols->to_new[b])))
			return true;
	}
	return edited_renamed(p, cols, was, is, v) ||
	       !rmk_str_eq(rmk_plan_excess(p, row, RMK_BASE), rmk_plan_excess(p, row, v));
}

// Whether version v wrote in a column that it alone has.
static bool
wrote_in_own(
    const struct rmk_plan *p, const struct rmk_merge_row *row, enum rmk_version v)
{
	for (size_t c = 0; c < p->ncols; c++) {
		if (p->cols[c].at[RMK_BASE] == RMK_NONE &&
		    p->cols[c].at[rmk_other_side(v)] == RMK_NONE &&
		    rmk_plan_cell(p, row, v, c).n)
			return true;
	}
	return false;
}

bool
rmk_plan_may_be_new(
    const struct rmk_plan *p, const struct rmk_merge_row *row, enum rmk_version v)
{
	enum rmk_version w = rmk_other_side(v);

	if (!lost_and_gained(rmk_plan_cols_of(p, w)) || !wrote_in_own(p, row, v))
		return false;
	for (size_t n = 0; n < p->v[w].t->nrows; n++) {
		if (rmk_plan_is_new(p, w, n))
			return true;
	}
	return false;
}

// A row that no key names and that is the same only in the columns that are left may be another.
void
rmk_plan_doubt_renamed(struct rmk_plan *p)
{
	for (int v = RMK_OURS; v <= RMK_THEIRS && p->v[RMK_BASE].t; v++) {
		const struct rmk_table_match *m = v == RMK_OURS ? &p->ours : &p->theirs;

		if (m->key_sound || !lost_and_gained(&m->cols))
			continue;
		for (size_t r = 0; r < p->nrows; r++) {
			struct rmk_merge_row *row = &p->rows[r];
			const struct rmk_row *is = rmk_plan_line(
			    p, row, (enum rmk_version)v);

			if (is)
				row->guessed[v] = edited_renamed(p, &m->cols,
				    rmk_plan_line(p, row, RMK_BASE), is,
				    (enum rmk_version)v);
		}
	}
}

// A column of base that version v may have renamed, row by row: whether at least half of the rows kept
// what they said there, and one did; and whether the other side wrote in it.
static void
look_at_renamed(
    const struct rmk_plan *p, enum rmk_version v, size_t col, bool *kept, bool *wrote)
{
	enum rmk_version w = rmk_other_side(v);
	size_t said = 0, same = 0;

	for (size_t r = 0; r < p->nrows; r++) {
		const struct rmk_merge_row *row = &p->rows[r];
		struct rmk_str was = rmk_plan_cell(p, row, RMK_BASE, col);

		if (row->fate == RMK_FATE_JOINED)
			continue;
		if (was.n && rmk_plan_line(p, row, v)) {
			said++;
			same += rmk_str_eq(was, rmk_plan_cell(p, row, v, col));
		}
		*wrote |= rmk_plan_line(p, row, w) &&
		          !rmk_str_eq(was, rmk_plan_cell(p, row, w, col));
	}
	*kept = same > 0 && same * 2 >= said;
}

static bool
has_other_label(const struct rmk_plan *p, enum rmk_version v, size_t col)
{
	return p->cols[col].at[RMK_BASE] != RMK_NONE && p->cols[col].at[v] != RMK_NONE &&
	       !rmk_str_eq(rmk_plan_cell(p, &p->header, RMK_BASE, col),
		   rmk_plan_cell(p, &p->header, v, col));
}

bool
rmk_plan_doubt_columns(const struct rmk_plan *p)
{
	for (size_t c = 0; p->v[RMK_BASE].t && c < p->ncols; c++) {
		for (int v = RMK_OURS; v <= RMK_THEIRS; v++) {
			bool kept = false, wrote = false;

			if (!has_other_label(p, (enum rmk_version)v, c))
				continue;
			look_at_renamed(p, (enum rmk_version)v, c, &kept, &wrote);
			if (!kept && wrote)
				return true;
		}
	}
	return false;
}
