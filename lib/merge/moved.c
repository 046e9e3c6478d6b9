// Rows that one side took from one table to another.
//
//	base           ours           theirs
//	## To read     ## To read     ## To read
//	| a | 1 |      | a | 2 |      ## Read
//	## Read        ## Read        | a | 1 |
//
// Tables are merged one by one, so theirs seems to have deleted what ours edited; and who
// took ours there would keep the row in the other table as well. Where that is so, lines are
// merged instead.
#include "merge/merge_internal.h"

#include "base/map.h"

// The table in which each text is a cell; RMK_SEVERAL: it is one in more than one row.
struct cells {
	struct rmk_map at;
	bool found;
};

struct search {
	struct rmk_merge_file *m;
	struct cells cells[3];
	size_t *partners; // NULL: not asked yet
};

static const struct rmk_map *
cells_of(struct search *s, enum rmk_version v)
{
	const struct rmk_doc *doc = s->m->docs[v];
	struct cells *c = &s->cells[v];

	if (c->found)
		return &c->at;
	*c = (struct cells){{.arena = s->m->a}, true};
	for (size_t t = 0; t < doc->ntables; t++) {
		for (size_t r = 0; r < doc->tables[t].nrows; r++) {
			const struct rmk_row *row = &doc->tables[t].rows[r];

			for (size_t i = 0; i < row->ncells; i++) {
				size_t *at = rmk_map_put(
				    &c->at, rmk_doc_str(doc, row->cells[i]));

				*at = *at == RMK_NONE ? t : RMK_SEVERAL;
			}
		}
	}
	return &c->at;
}

// The table other than `table` in which version v has a cell that this row of base had alone; or
// RMK_NONE.
static size_t
other_table_of(
    struct search *s, enum rmk_version v, const struct rmk_row *row, size_t table)
{
	const struct rmk_doc *base = s->m->docs[RMK_BASE];

	if (table == 0 && s->m->docs[v]->ntables == 1)
		return RMK_NONE;
	for (size_t i = 0; i < row->ncells; i++) {
		struct rmk_str cell = rmk_doc_str(base, row->cells[i]);
		size_t to;

		if (!rmk_merge_identifies(cell) ||
		    rmk_map_get(cells_of(s, RMK_BASE), cell) == RMK_SEVERAL)
			continue;
		to = rmk_map_get(cells_of(s, v), cell);
		if (to < RMK_SEVERAL && to != table)
			return to;
	}
	return RMK_NONE;
}

// The table of theirs that each table of ours is held against, or RMK_NONE. [tables of ours]
static const size_t *
partners_of(struct search *s)
{
	size_t n = s->m->docs[RMK_OURS]->ntables;

	if (s->partners)
		return s->partners;
	s->partners = RMK_NEW_N(s->m->a, size_t, n + 1);
	for (size_t i = 0; i <= n; i++)
		s->partners[i] = RMK_NONE;
	for (size_t i = 0; i < s->m->nextracted; i++) {
		const struct rmk_plan *p = s->m->extracted[i].plan;

		if (p && p->v[RMK_OURS].t && p->v[RMK_THEIRS].t)
			s->partners[p->v[RMK_OURS].index] = p->v[RMK_THEIRS].index;
	}
	return s->partners;
}

// Whether both sides took a row of base to one table.
static bool
go_to_one_table(
    struct search *s, const struct rmk_plan *p, const struct rmk_merge_row *row)
{
	const struct rmk_row *line = rmk_plan_line(p, row, RMK_BASE);
	size_t to[3];

	if (row->at[RMK_OURS] != RMK_NONE || row->at[RMK_THEIRS] != RMK_NONE)
		return false;
	for (int v = RMK_OURS; v <= RMK_THEIRS; v++)
		to[v] = other_table_of(s, (enum rmk_version)v, line, p->v[v].index);
	return to[RMK_OURS] != RMK_NONE && to[RMK_THEIRS] != RMK_NONE &&
	       partners_of(s)[to[RMK_OURS]] == to[RMK_THEIRS];
}

// Whether the other side removed a column in which the row says something.
static bool
lost_a_cell(const struct rmk_plan *p, const struct rmk_merge_row *row, enum rmk_version v)
{
	const struct rmk_pairs *cols = v == RMK_OURS ? &p->theirs.cols : &p->ours.cols;
	const struct rmk_row *line = rmk_plan_line(p, row, RMK_BASE);

	for (size_t c = 0; c < cols->nold; c++) {
		if (cols->to_new[c] == RMK_NONE &&
		    rmk_doc_cell(p->v[RMK_BASE].doc, line, c).n)
			return true;
	}
	return false;
}

// Whether both sides added a row, not alike, that base has in another table: both took it from
// there, and one edited it.
static bool
both_took(struct search *s, const struct rmk_plan *p, const struct rmk_merge_row *row)
{
	if (row->at[RMK_OURS] == RMK_NONE || row->at[RMK_THEIRS] == RMK_NONE ||
	    row->fate != RMK_FATE_KEEP || (row->is[RMK_OURS] && row->is[RMK_THEIRS]))
		return false;
	for (size_t c = 0; c < p->ncols; c++) {
		struct rmk_str cell = rmk_plan_value(p, row, c);

		if (rmk_merge_identifies(cell) &&
		    rmk_map_get(cells_of(s, RMK_BASE), cell) < RMK_SEVERAL)
			return true;
	}
	return false;
}

// Rows that one side has not, and about which the sides disagree; or, where the text around
// conflicts, any: the other table may stand between its markers.
static bool
moved_from_plan(struct search *s, const struct rmk_plan *p, bool any)
{
	for (size_t r = 0; r < p->nrows; r++) {
		const struct rmk_merge_row *row = &p->rows[r];

		if (row->at[RMK_BASE] == RMK_NONE) {
			if (both_took(s, p, row))
				return true;
			continue;
		}
		for (int v = RMK_OURS; v <= RMK_THEIRS; v++) {
			enum rmk_version side = (enum rmk_version)v;

			if (row->at[v] == RMK_NONE &&
			    (any || rmk_plan_disputed(p, row, side) ||
				lost_a_cell(p, row, side)) &&
			    other_table_of(s, side, rmk_plan_line(p, row, RMK_BASE),
				p->v[v].index) != RMK_NONE &&
			    (any || !go_to_one_table(s, p, row)))
				return true;
		}
	}
	return false;
}

// A table that one side deleted and the other edited.
static bool
moved_from_deleted(struct search *s, size_t base, enum rmk_version v)
{
	const struct rmk_table *t = &s->m->docs[RMK_BASE]->tables[base];

	for (size_t r = 0; r < t->nrows; r++) {
		if (other_table_of(s, v, &t->rows[r], RMK_NONE) != RMK_NONE)
			return true;
	}
	return false;
}

bool
rmk_merge_rows_moved(struct rmk_merge_file *m, bool text_conflicts)
{
	struct search s = {.m = m};

	for (size_t i = 0; i < m->nextracted; i++) {
		const struct rmk_extracted *l = &m->extracted[i];

		if (l->plan ? moved_from_plan(&s, l->plan, text_conflicts)
			    : l->deleted_by != RMK_BASE &&
				  moved_from_deleted(&s, l->only.index, l->deleted_by))
			return true;
	}
	return false;
}
