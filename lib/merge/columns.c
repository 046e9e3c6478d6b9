// The columns of a merged table, and the few looks at a row that all steps share.
//
// A column that one side added is in the result, one that a side removed is not; where
// only one side touched the columns, or put them into another order, they stand as that side has them.
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

// Whether columns that a side kept stand there in another order.
static bool
are_rearranged(const struct rmk_pairs *cols)
{
	size_t last = 0;

	for (size_t c = 0; c < cols->nold; c++) {
		if (cols->to_new[c] == RMK_NONE)
			continue;
		if (cols->to_new[c] < last)
			return true;
		last = cols->to_new[c];
	}
	return false;
}

// Where a column of a side is in base and in the other one.
static struct rmk_merge_col
columns_find(const struct rmk_plan *p, enum rmk_version v, size_t col)
{
	const struct rmk_pairs *other = rmk_plan_cols_of(p, rmk_other_side(v));
	struct rmk_merge_col c = {{RMK_NONE, RMK_NONE, RMK_NONE}, 0};
	size_t *there = &c.at[rmk_other_side(v)];

	c.at[v] = col;
	if (p->v[RMK_BASE].t)
		c.at[RMK_BASE] = rmk_plan_cols_of(p, v)->to_old[col];
	if (c.at[RMK_BASE] != RMK_NONE) {
		*there = other->to_new[c.at[RMK_BASE]];
		return c;
	}
	// The sides are held against each other only where both have something new.
	if (p->sides.cols.nold)
		*there = (v == RMK_OURS ? p->sides.cols.to_new
					: p->sides.cols.to_old)[col];
	if (*there != RMK_NONE && p->v[RMK_BASE].t &&
	    (other->to_old[*there] != RMK_NONE ||
		!same_label(p, c.at[RMK_OURS], c.at[RMK_THEIRS])))
		*there = RMK_NONE;
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
take_columns(struct rmk_plan *p, enum rmk_version v)
{
	for (size_t i = 0; i < p->v[v].t->ncols; i++) {
		struct rmk_merge_col c = columns_find(p, v, i);

		if (!removed(&c))
			p->cols[p->ncols++] = c;
	}
}

// The first of the new columns that are the last of a side.
static size_t
first_last_new(const struct rmk_plan *p, enum rmk_version v)
{
	size_t i = p->v[v].t->ncols;

	while (i > 0 && columns_find(p, v, i - 1).at[RMK_BASE] == RMK_NONE)
		i--;
	return i;
}

static size_t
before_last_new(const struct rmk_plan *p)
{
	size_t at = p->ncols;

	while (at > 0 && p->cols[at - 1].at[RMK_BASE] == RMK_NONE)
		at--;
	return at;
}

// Columns of a side alone stand behind the column that is before them there, or are the last here
// too. Where both sides added some at the same place, those of ours are the first.
static void
add_columns(struct rmk_plan *p, enum rmk_version v)
{
	size_t at = 0, last = first_last_new(p, v);

	for (size_t i = 0; i < p->v[v].t->ncols; i++) {
		struct rmk_merge_col c = columns_find(p, v, i);
		size_t there = 0;

		while (there < p->ncols && p->cols[there].at[v] != i)
			there++;
		if (there < p->ncols) {
			at = there + 1;
		} else if (!removed(&c)) {
			if (i == last)
				at = before_last_new(p);
			while (v == RMK_THEIRS && at < p->ncols &&
			       p->cols[at].at[RMK_BASE] == RMK_NONE)
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
	enum rmk_version frame = RMK_OURS; // whose columns the others are put between

	p->cols = RMK_NEW_N(p->a, struct rmk_merge_col, most + 1);
	if (p->v[RMK_BASE].t &&
	    (untouched(&p->ours.cols) ||
		(are_rearranged(&p->theirs.cols) && !are_rearranged(&p->ours.cols))))
		frame = RMK_THEIRS;
	take_columns(p, frame);
	frame = rmk_other_side(frame);
	if (!p->v[RMK_BASE].t || !untouched(rmk_plan_cols_of(p, frame)))
		add_columns(p, frame);
	for (size_t b = 0; p->v[RMK_BASE].t && b < p->v[RMK_BASE].t->ncols; b++)
		p->gone_from_both |= p->ours.cols.to_new[b] == RMK_NONE &&
		                     p->theirs.cols.to_new[b] == RMK_NONE;
	for (size_t c = 0; c < p->ncols; c++)
		p->cols[c].align = columns_align_of(p, &p->cols[c]);
	for (int v = RMK_BASE; v <= RMK_THEIRS; v++)
		p->same_shape[v] = has_shape(p, (enum rmk_version)v);
}
