// Groups: rows whose first cell is empty belong to the nearest row above them whose is not.
//
//	| Team A | Ada |
//	|        | Ben |     led by Team A: where it stands is what it says
//	| Team B | Cem |
#include "merge/plan.h"

static struct rmk_str
name_in(const struct rmk_plan *p, const struct rmk_merge_row *row, enum rmk_version v)
{
	return rmk_doc_cell(p->v[v].doc, rmk_plan_line(p, row, v), 0);
}

// The row that leads each row of a version, as index into the plan's rows. [p->nrows]
static size_t *
leaders_in(const struct rmk_plan *p, enum rmk_version v)
{
	size_t *leader = RMK_NEW_N(p->a, size_t, p->nrows), last = RMK_NONE;

	for (size_t r = 0; r < p->nrows; r++)
		leader[r] = RMK_NONE;
	for (size_t r = 0; r < p->v[v].t->nrows; r++) {
		size_t row = p->owner[v][r];

		if (name_in(p, &p->rows[row], v).n)
			last = row;
		leader[row] = last;
	}
	return leader;
}

// Of a row that a person must decide about, or whose first columns are two, the name that either
// side has.
static struct rmk_str
merged_name(const struct rmk_plan *p, const struct rmk_merge_row *row)
{
	bool one = p->cols[0].at[RMK_OURS] == 0 && p->cols[0].at[RMK_THEIRS] == 0;
	struct rmk_str ours = {0};

	if (row->fate == RMK_FATE_KEEP && one)
		return rmk_plan_value(p, row, 0);
	if (row->at[RMK_OURS] != RMK_NONE)
		ours = name_in(p, row, RMK_OURS);
	if (ours.n || row->at[RMK_THEIRS] == RMK_NONE)
		return ours;
	return name_in(p, row, RMK_THEIRS);
}

// Whether a row that is led by row `now` of the plan is in the group in which version v has
// it: under the same row, or under another one of that name.
static bool
is_led_as_in(const struct rmk_plan *p, size_t row, enum rmk_version v,
    const size_t *leaders, size_t now)
{
	size_t was = leaders[row];

	if (p->rows[row].at[v] == RMK_NONE)
		return false;
	if (was == now || was == RMK_NONE || now == RMK_NONE)
		return was == now;
	return rmk_str_eq(name_in(p, &p->rows[was], v), merged_name(p, &p->rows[now]));
}

// Whether version v took a row of base to another group.
static bool
left_group(const struct rmk_plan *p, size_t row, enum rmk_version v, const size_t *base,
    const size_t *leaders)
{
	size_t was = base[row], is = leaders[row];

	if (p->rows[row].at[RMK_BASE] == RMK_NONE || p->rows[row].at[v] == RMK_NONE ||
	    was == is)
		return false;
	return was == RMK_NONE || is == RMK_NONE ||
	       !rmk_str_eq(
		   name_in(p, &p->rows[was], RMK_BASE), name_in(p, &p->rows[is], v));
}

// Whether any row is in a group.
static bool
has_groups(const struct rmk_plan *p)
{
	for (int v = RMK_BASE; v <= RMK_THEIRS; v++) {
		for (size_t r = 0; p->v[v].t && r < p->v[v].t->nrows; r++) {
			if (rmk_doc_cell(p->v[v].doc, &p->v[v].t->rows[r], 0).n == 0)
				return true;
		}
	}
	return false;
}

void
rmk_plan_regrouped(struct rmk_plan *p)
{
	size_t *base, *leaders;

	if (!has_groups(p))
		return;
	base = leaders_in(p, RMK_BASE);
	for (int v = RMK_OURS; v <= RMK_THEIRS; v++) {
		p->regrouped[v] = RMK_NEW_N(p->a, bool, p->v[RMK_BASE].t->nrows);
		leaders = leaders_in(p, (enum rmk_version)v);
		for (size_t r = 0; r < p->nrows; r++) {
			size_t b = p->rows[r].at[RMK_BASE];

			if (b != RMK_NONE && p->rows[r].at[v] != RMK_NONE &&
			    !name_in(p, &p->rows[r], (enum rmk_version)v).n)
				p->regrouped[v][b] = left_group(
				    p, r, (enum rmk_version)v, base, leaders);
		}
	}
}

// A side that took the row to another group has it there; one that both added has one group.
static bool
is_led_rightly(const struct rmk_plan *p, size_t row, size_t *const leaders[3], size_t now)
{
	const struct rmk_merge_row *r = &p->rows[row];
	bool as_in[3], any = false;

	for (int v = RMK_OURS; v <= RMK_THEIRS; v++) {
		as_in[v] = is_led_as_in(p, row, (enum rmk_version)v, leaders[v], now);
		any |= as_in[v];
		if (!as_in[v] && r->at[v] != RMK_NONE &&
		    (r->at[RMK_BASE] == RMK_NONE ||
			left_group(
			    p, row, (enum rmk_version)v, leaders[RMK_BASE], leaders[v])))
			return false;
	}
	return any;
}

bool
rmk_plan_keeps_groups(const struct rmk_plan *p)
{
	struct rmk_arena_mark mark = rmk_arena_mark(p->a);
	size_t *leaders[3] = {0}, now = RMK_NONE;
	bool ok = true;

	if (p->ncols == 0 || !has_groups(p))
		return true;
	for (int v = RMK_BASE; v <= RMK_THEIRS; v++) {
		if (p->v[v].t)
			leaders[v] = leaders_in(p, (enum rmk_version)v);
	}
	for (size_t i = 0; i < p->norder && ok; i++) {
		size_t r = p->order[i];

		if (merged_name(p, &p->rows[r]).n)
			now = r;
		else
			ok = is_led_rightly(p, r, leaders, now);
	}
	rmk_arena_reset(p->a, mark);
	return ok;
}
