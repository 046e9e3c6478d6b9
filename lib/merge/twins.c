// Rows that became equal, though no side has two of them.
//
//	base    ours    theirs
//	a 1     a 2     a 2         ours changed it; theirs added what ours has now, and left
//	                a 1         the old one: once
//
// Rows are a set to the people who keep them: what both sides have is one row. Where a side
// has two equal rows it wants them so.
#include "merge/plan.h"

#include "base/map.h"

// All cells of a kept row, with their lengths.
static struct rmk_str
whole_row(struct rmk_plan *p, const struct rmk_merge_row *row)
{
	struct rmk_buf out = {.arena = p->a};

	for (size_t c = 0; c < p->ncols; c++) {
		struct rmk_str cell = rmk_plan_value(p, row, c);

		rmk_buf_printf(&out, "%zu ", cell.n);
		rmk_buf_add(&out, cell);
	}
	rmk_buf_add(&out, rmk_merge_row_more(row).excess);
	return rmk_buf_str(&out);
}

static bool
are_equal_in(const struct rmk_plan *p, const struct rmk_merge_row *x,
    const struct rmk_merge_row *y, enum rmk_version v)
{
	if (x->at[v] == RMK_NONE || y->at[v] == RMK_NONE)
		return false;
	for (size_t c = 0; c < p->ncols; c++) {
		if (!rmk_str_eq(rmk_plan_cell(p, x, v, c), rmk_plan_cell(p, y, v, c)))
			return false;
	}
	return true;
}

// The side that alone has a row, which base has not; or RMK_BASE.
static enum rmk_version
only_in(const struct rmk_merge_row *row)
{
	if (row->at[RMK_BASE] != RMK_NONE ||
	    (row->at[RMK_OURS] != RMK_NONE && row->at[RMK_THEIRS] != RMK_NONE))
		return RMK_BASE;
	return row->at[RMK_OURS] != RMK_NONE ? RMK_OURS : RMK_THEIRS;
}

// Row `new_` is version v's alone. The other side's line goes to it; what is left of `row` is
// gone, if v left it as it was.
static bool
join_twin(struct rmk_plan *p, struct rmk_merge_row *row, struct rmk_merge_row *new_)
{
	enum rmk_version v = only_in(new_), w = rmk_other_side(v);

	if (v == RMK_BASE || row->at[w] == RMK_NONE || !row->is[w] ||
	    (row->at[v] != RMK_NONE && rmk_plan_edited(p, row, v)))
		return false;
	new_->at[w] = row->at[w];
	new_->is[w] = true;
	p->owner[w][row->at[w]] = (size_t)(new_ - p->rows);
	row->at[w] = RMK_NONE;
	row->fate = row->at[RMK_BASE] == RMK_NONE ? RMK_FATE_JOINED : RMK_FATE_GONE;
	return true;
}

// A row that mixes what both sides wrote may have become another one, which nobody touched.
static void
question_mixed_rows(struct rmk_plan *p)
{
	struct rmk_map mixed = {.arena = p->a};

	for (size_t r = 0; r < p->nrows; r++) {
		if (p->rows[r].fate == RMK_FATE_KEEP && p->rows[r].cells)
			*rmk_map_put(&mixed, whole_row(p, &p->rows[r])) = r;
	}
	for (size_t r = 0; mixed.n && r < p->nrows; r++) {
		size_t equal = p->rows[r].fate == RMK_FATE_KEEP && !p->rows[r].touched
		                   ? rmk_map_get(&mixed, whole_row(p, &p->rows[r]))
		                   : RMK_NONE;

		if (equal != RMK_NONE)
			rmk_plan_conflict(
			    &p->rows[equal], RMK_STR("both sides made two rows equal"));
	}
}

void
rmk_plan_twins(struct rmk_plan *p)
{
	struct rmk_arena_mark mark = rmk_arena_mark(p->a);
	struct rmk_map seen = {.arena = p->a};

	for (size_t r = 0; r < p->nrows; r++) {
		struct rmk_merge_row *row = &p->rows[r], *twin;
		size_t *first;

		if (row->fate != RMK_FATE_KEEP || !row->touched)
			continue;
		first = rmk_map_put(&seen, whole_row(p, row));
		twin = *first == RMK_NONE ? NULL : &p->rows[*first];
		if (!twin || are_equal_in(p, row, twin, RMK_OURS) ||
		    are_equal_in(p, row, twin, RMK_THEIRS)) {
			*first = r;
			continue;
		}
		if (join_twin(p, twin, row))
			*first = r;
		else if (!join_twin(p, row, twin))
			rmk_plan_conflict(row, RMK_STR("both sides made two rows equal"));
	}
	question_mixed_rows(p);
	rmk_arena_reset(p->a, mark);
}
