// Two rows of one name.
//
//	base    ours    theirs
//	a 1     b 1     a 1, b 2    ours gave a row the name that theirs gave to another
//	-       b 1     b 2         both added it: one row, and a person decides
//
// The key is what names rows in all versions (match.h); and so does the first column, where no
// text is twice in it in any version, though some cells may be empty: rows in groups have
// the group's name there.
#include "merge/merge_internal.h"

#include "base/map.h"
#include "table/value.h"

// --- additions --------------------------------------------------------------------------

static struct rmk_str
first_cell(const struct rmk_plan *p, enum rmk_version v, size_t row)
{
	return rmk_doc_cell(p->v[v].doc, &p->v[v].t->rows[row], 0);
}

// The rows of a version by their first cell: all of them, or those that no row of base is.
// False: a text is there twice.
static bool
index_first_cells(
    const struct rmk_plan *p, enum rmk_version v, bool additions, struct rmk_map *out)
{
	bool once = true;

	for (size_t r = 0; p->v[v].t && r < p->v[v].t->nrows; r++) {
		struct rmk_str cell = first_cell(p, v, r);
		size_t *at;

		if (!rmk_merge_identifies(cell) ||
		    (additions && p->owner[v][r] != RMK_NONE))
			continue;
		at = rmk_map_put(out, cell);
		once &= *at == RMK_NONE;
		*at = *at == RMK_NONE ? r : RMK_SEVERAL;
	}
	return once;
}

static bool
first_column_names_rows(struct rmk_plan *p)
{
	struct rmk_arena_mark mark = rmk_arena_mark(p->a);
	bool names = true;

	if (p->first_column_asked)
		return p->first_column_names;
	p->first_column_asked = true;

	for (int v = RMK_BASE; v <= RMK_THEIRS && names; v++) {
		struct rmk_map seen = {.arena = p->a};

		names = index_first_cells(p, (enum rmk_version)v, false, &seen);
	}
	rmk_arena_reset(p->a, mark);
	p->first_column_names = names;
	return names;
}

// The first cell, where the first column names rows, or a declared key says that two additions are one
// row: a key that was found is often a word that many rows could have.
static bool
have_one_name(struct rmk_plan *p, const struct rmk_merge_row *row)
{
	bool declared = p->schema[RMK_OURS] && p->schema[RMK_OURS]->key_declared;
	size_t key = declared ? p->key[RMK_OURS] : 0;

	for (size_t c = 0; c < p->ncols; c++) {
		struct rmk_str ours = rmk_plan_cell(p, row, RMK_OURS, c);

		if (p->cols[c].at[RMK_OURS] == key)
			return rmk_merge_identifies(ours) &&
			       rmk_str_eq(ours, rmk_plan_cell(p, row, RMK_THEIRS, c)) &&
			       (declared || first_column_names_rows(p));
	}
	return false;
}

static bool
has_all_cells(
    const struct rmk_plan *p, const struct rmk_merge_row *row, enum rmk_version v)
{
	for (size_t c = 0; c < p->ncols; c++) {
		if (!rmk_str_eq(rmk_plan_value(p, row, c), rmk_plan_cell(p, row, v, c)))
			return false;
	}
	return rmk_str_eq(rmk_merge_row_more(row).excess, rmk_plan_excess(p, row, v));
}

bool
rmk_plan_one_addition(struct rmk_plan *p, const struct rmk_merge_row *row)
{
	return has_all_cells(p, row, RMK_OURS) || has_all_cells(p, row, RMK_THEIRS) ||
	       have_one_name(p, row);
}

// Whether the first column of the result is the first one of both sides.
static bool
share_first_column(const struct rmk_plan *p)
{
	return p->ncols && p->cols[0].at[RMK_OURS] == 0 && p->cols[0].at[RMK_THEIRS] == 0;
}

void
rmk_plan_namesakes(struct rmk_plan *p)
{
	struct rmk_arena_mark mark = rmk_arena_mark(p->a);
	struct rmk_map theirs = {.arena = p->a};

	if (share_first_column(p) && p->sides.rows.nold)
		index_first_cells(p, RMK_THEIRS, true, &theirs);
	for (size_t o = 0; theirs.n && o < p->v[RMK_OURS].t->nrows; o++) {
		size_t t = p->owner[RMK_OURS][o] == RMK_NONE
		               ? rmk_map_get(&theirs, first_cell(p, RMK_OURS, o))
		               : RMK_NONE;

		if (t >= RMK_SEVERAL)
			continue;
		if (!first_column_names_rows(p))
			break;
		rmk_plan_add_row(p, RMK_NONE, o, t);
	}
	rmk_arena_reset(p->a, mark);
}

// --- renamed rows -----------------------------------------------------------------------

static bool
renamed(const struct rmk_plan *p, const struct rmk_merge_row *row, size_t col)
{
	return row->at[RMK_BASE] != RMK_NONE && row->at[RMK_OURS] != RMK_NONE &&
	       row->at[RMK_THEIRS] != RMK_NONE && row->fate == RMK_FATE_KEEP &&
	       !rmk_str_eq(
		   rmk_plan_cell(p, row, RMK_BASE, col), rmk_plan_value(p, row, col));
}

// Keys that name rows in both sides must still do so: a row renamed by one side to what
// the other side calls another row is for a person to decide. A row that is the same in all
// versions has a name that no other row has in any.
void
rmk_plan_doubled_keys(struct rmk_plan *p)
{
	struct rmk_map seen = {.arena = p->a};
	size_t col = 0;

	if (!p->ours.key_sound || !p->theirs.key_sound ||
	    p->ours.old_key != p->theirs.old_key)
		return;
	while (col < p->ncols && p->cols[col].at[RMK_BASE] != p->ours.old_key)
		col++;
	for (size_t r = 0; r < p->nrows && col < p->ncols; r++) {
		struct rmk_merge_row *row = &p->rows[r], *twin;
		size_t *first;

		if (row->fate != RMK_FATE_KEEP || !row->touched)
			continue;
		first = rmk_map_put(
		    &seen, rmk_value_key(p->a, rmk_plan_value(p, row, col)));
		if (*first == RMK_NONE) {
			*first = r;
			continue;
		}
		twin = renamed(p, row, col) ? row : &p->rows[*first];
		if (renamed(p, twin, col))
			rmk_plan_conflict(
			    twin, RMK_STR("one side gave it the name of another row"));
	}
}
