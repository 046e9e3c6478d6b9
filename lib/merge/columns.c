// The columns of a merged table, and the few looks at a row that all steps share.
//
// A column that one side added is in the result, one that a side removed is not; where
// only one side touched the columns, they stand as that side has them.
#include "merge/unique_cells.h"

#include "table/value.h"

#include <string.h>

// --- looks ----------------------------------------------------------------------

const struct rmk_row *
rmk_plan_line(
    const struct rmk_plan *p, const struct rmk_merge_row *row, enum rmk_version v)
{
	const struct rmk_table *t = p->v[v].t;

	if (!t)
		return NULL;
	if (row == &p->header)
		return &t->header;
	return row->at[v] == RMK_NONE ? NULL : &t->rows[row->at[v]];
}

struct rmk_merge_more *
rmk_plan_more(const struct rmk_plan *p, struct rmk_merge_row *row)
{
	if (!row->more)
		row->more = RMK_NEW(p->a, struct rmk_merge_more);
	return row->more;
}

struct rmk_str
rmk_plan_cell(const struct rmk_plan *p, const struct rmk_merge_row *row,
    enum rmk_version v, size_t col)
{
	const struct rmk_row *line = rmk_plan_line(p, row, v);
	size_t at = p->cols[col].at[v];

	if (!line || at == RMK_NONE)
		return (struct rmk_str){0};
	return rmk_doc_cell(p->v[v].doc, line, at);
}

struct rmk_str
rmk_excess_of(const struct rmk_doc *doc, const struct rmk_row *line, size_t ncols)
{
	struct rmk_span first, last;

	if (!line || line->ncells <= ncols)
		return (struct rmk_str){0};
	first = line->cells[ncols];
	last = line->cells[line->ncells - 1];
	return rmk_doc_str(
	    doc, (struct rmk_span){first.at, last.at + last.len - first.at});
}

struct rmk_str
rmk_plan_excess(
    const struct rmk_plan *p, const struct rmk_merge_row *row, enum rmk_version v)
{
	const struct rmk_row *line = rmk_plan_line(p, row, v);

	return rmk_excess_of(p->v[v].doc, line, line ? p->v[v].t->ncols : 0);
}

struct rmk_str
rmk_plan_value(const struct rmk_plan *p, const struct rmk_merge_row *row, size_t col)
{
	return row->cells ? row->cells[col] : rmk_plan_cell(p, row, row->from, col);
}

struct rmk_str
rmk_plan_name(const struct rmk_plan *p, const struct rmk_merge_row *row,
    struct rmk_row_names names[3])
{
	static const enum rmk_version turn[] = {RMK_OURS, RMK_THEIRS, RMK_BASE};

	for (size_t i = 0; i < 3; i++) {
		const struct rmk_row *line = rmk_plan_line(p, row, turn[i]);
		const struct rmk_merge_table *v = &p->v[turn[i]];
		size_t key = p->key[turn[i]];

		if (!line || key == RMK_NONE ||
		    rmk_value_text(p->a, rmk_doc_cell(v->doc, line, key)).n == 0)
			continue;
		if (!names[turn[i]].doc)
			names[turn[i]] = rmk_row_names_of(p->a, v->doc, v->index, key);
		return rmk_row_name(&names[turn[i]], (size_t)(line - v->t->rows));
	}
	return RMK_STR("a row without a name");
}

// --- columns --------------------------------------------------------------------

static bool
untouched(const struct rmk_pairs *cols)
{
	if (cols->nold != cols->nnew)
		return false;
	for (size_t c = 0; c < cols->nold; c++) {
		if (cols->to_new[c] != c)
			return false;
	}
	return true;
}

// Two columns that are new on both sides are one by their label alone: what two new columns
// hold (nothing yet, yes and no) is often the same.
static bool
same_label(const struct rmk_plan *p, size_t ours, size_t theirs)
{
	const struct rmk_merge_table *o = &p->v[RMK_OURS], *t = &p->v[RMK_THEIRS];

	return rmk_str_eq(rmk_value_key(p->a, rmk_doc_cell(o->doc, &o->t->header, ours)),
	    rmk_value_key(p->a, rmk_doc_cell(t->doc, &t->t->header, theirs)));
}

// Where a column of ours is in base and theirs, and the other way round.
static struct rmk_merge_col
from_ours(const struct rmk_plan *p, size_t col)
{
	struct rmk_merge_col c = {{RMK_NONE, col, RMK_NONE}, 0};
	size_t t;

	if (p->v[RMK_BASE].t)
		c.at[RMK_BASE] = p->ours.cols.to_old[col];
	if (c.at[RMK_BASE] != RMK_NONE) {
		c.at[RMK_THEIRS] = p->theirs.cols.to_new[c.at[RMK_BASE]];
		return c;
	}
	// The sides are held against each other only where both have something new.
	t = p->sides.cols.nold ? p->sides.cols.to_new[col] : RMK_NONE;
	if (t != RMK_NONE &&
	    (!p->v[RMK_BASE].t ||
		(p->theirs.cols.to_old[t] == RMK_NONE && same_label(p, col, t))))
		c.at[RMK_THEIRS] = t;
	return c;
}

static struct rmk_merge_col
from_theirs(const struct rmk_plan *p, size_t col)
{
	struct rmk_merge_col c = {{RMK_NONE, RMK_NONE, col}, 0};

	if (p->v[RMK_BASE].t)
		c.at[RMK_BASE] = p->theirs.cols.to_old[col];
	if (c.at[RMK_BASE] != RMK_NONE)
		c.at[RMK_OURS] = p->ours.cols.to_new[c.at[RMK_BASE]];
	return c;
}

// A column that base has and the other side has not was removed there.
static bool
removed(const struct rmk_merge_col *c)
{
	return c->at[RMK_BASE] != RMK_NONE &&
	       (c->at[RMK_OURS] == RMK_NONE || c->at[RMK_THEIRS] == RMK_NONE);
}

static void
insert_col(struct rmk_plan *p, size_t at, struct rmk_merge_col col)
{
	memmove(&p->cols[at + 1], &p->cols[at], (p->ncols - at) * sizeof *p->cols);
	p->cols[at] = col;
	p->ncols++;
}

static void
take_ours(struct rmk_plan *p)
{
	for (size_t i = 0; i < p->v[RMK_OURS].t->ncols; i++) {
		struct rmk_merge_col c = from_ours(p, i);

		if (!removed(&c))
			p->cols[p->ncols++] = c;
	}
}

// Columns of theirs alone stand behind the column that is before them there, and behind
// those that ours added at the same place.
static void
add_theirs(struct rmk_plan *p)
{
	size_t at = 0;

	for (size_t i = 0; i < p->v[RMK_THEIRS].t->ncols; i++) {
		struct rmk_merge_col c = from_theirs(p, i);
		size_t there = 0;

		while (there < p->ncols && p->cols[there].at[RMK_THEIRS] != i)
			there++;
		if (there < p->ncols) {
			at = there + 1;
		} else if (!removed(&c)) {
			while (at < p->ncols && p->cols[at].at[RMK_BASE] == RMK_NONE)
				at++;
			insert_col(p, at++, c);
		}
	}
}

static uint8_t
columns_align_of(const struct rmk_plan *p, const struct rmk_merge_col *c)
{
	uint8_t is[3] = {0};

	for (int v = RMK_BASE; v <= RMK_THEIRS; v++) {
		if (c->at[v] != RMK_NONE)
			is[v] = p->v[v].t->aligns[c->at[v]];
	}
	if (c->at[RMK_OURS] == RMK_NONE)
		return is[RMK_THEIRS];
	if (c->at[RMK_THEIRS] == RMK_NONE || c->at[RMK_BASE] == RMK_NONE)
		return is[RMK_OURS];
	return is[RMK_OURS] == is[RMK_BASE] ? is[RMK_THEIRS] : is[RMK_OURS];
}

static bool
has_shape(const struct rmk_plan *p, enum rmk_version v)
{
	if (!p->v[v].t || p->v[v].t->ncols != p->ncols)
		return false;
	for (size_t c = 0; c < p->ncols; c++) {
		if (p->cols[c].at[v] != c)
			return false;
	}
	return true;
}

bool
rmk_plan_has_column(const struct rmk_plan *p, enum rmk_version v, size_t at)
{
	for (size_t c = 0; c < p->ncols; c++) {
		if (p->cols[c].at[v] == at)
			return true;
	}
	return false;
}

void
rmk_plan_cols(struct rmk_plan *p)
{
	size_t most = p->v[RMK_OURS].t->ncols + (size_t)p->v[RMK_THEIRS].t->ncols;

	p->cols = RMK_NEW_N(p->a, struct rmk_merge_col, most + 1);
	if (p->v[RMK_BASE].t && untouched(&p->ours.cols)) {
		for (size_t i = 0; i < p->v[RMK_THEIRS].t->ncols; i++)
			p->cols[p->ncols++] = from_theirs(p, i);
	} else {
		take_ours(p);
		if (!p->v[RMK_BASE].t || !untouched(&p->theirs.cols))
			add_theirs(p);
	}
	for (size_t b = 0; p->v[RMK_BASE].t && b < p->v[RMK_BASE].t->ncols; b++)
		p->gone_from_both |= p->ours.cols.to_new[b] == RMK_NONE &&
		                     p->theirs.cols.to_new[b] == RMK_NONE;
	for (size_t c = 0; c < p->ncols; c++)
		p->cols[c].align = columns_align_of(p, &p->cols[c]);
	for (int v = RMK_BASE; v <= RMK_THEIRS; v++)
		p->same_shape[v] = has_shape(p, (enum rmk_version)v);
}
