// The rows of a merged table: which are the same, what becomes of each, cell by cell.
//
//	base    ours    theirs
//	x       x       y         the one that changed it            y
//	x       y       z         both, differently                  a person decides
//	x       -       x         deleted, untouched                 gone
//	x       -       y         deleted, edited                    a person decides
//	-       x       -         added                              x
//
// Cells are compared as their bytes without padding: a formatter that re-aligned a table
// has changed none.
#include "merge/plan.h"

#include "table/value.h"

// Cells of rows that mix both sides. A table has fewer cells than bytes, but a wide one
// of short rows has columns times rows of them.
#define MOST_MIXED ((size_t)4 << 20)

static const char *const side_name[3] = {"base", "ours", "theirs"};

// --- one cell -------------------------------------------------------------------

void
rmk_plan_conflict(struct rmk_merge_row *row, struct rmk_str why)
{
	row->fate = RMK_FATE_CONFLICT;
	row->why = why;
	row->cells = NULL;
	row->is[RMK_OURS] = row->is[RMK_THEIRS] = false;
}

static struct rmk_str
merge_rows_label(const struct rmk_plan *p, enum rmk_version v, size_t col)
{
	return rmk_value_text(p->a, rmk_doc_cell(p->v[v].doc, &p->v[v].t->header, col));
}

static bool
merge_cell(const struct rmk_plan *p, struct rmk_merge_row *row, size_t c)
{
	const struct rmk_merge_col *col = &p->cols[c];
	bool in_base = col->at[RMK_BASE] != RMK_NONE && rmk_plan_line(p, row, RMK_BASE);
	bool in_ours = col->at[RMK_OURS] != RMK_NONE && rmk_plan_line(p, row, RMK_OURS);
	bool in_theirs = col->at[RMK_THEIRS] != RMK_NONE &&
	                 rmk_plan_line(p, row, RMK_THEIRS);
	struct rmk_str ours = rmk_plan_cell(p, row, RMK_OURS, c);
	struct rmk_str theirs = rmk_plan_cell(p, row, RMK_THEIRS, c);
	enum rmk_version named = col->at[RMK_OURS] != RMK_NONE ? RMK_OURS : RMK_THEIRS;

	if (!in_ours || !in_theirs) {
		row->cells[c] = in_ours ? ours : theirs;
		return true;
	}
	if (!(rmk_plan_may_be_renamed(p, col) && rmk_plan_line(p, row, RMK_BASE) &&
		!rmk_str_eq(ours, theirs)) &&
	    rmk_policy_decide(p, row == &p->header ? RMK_NONE : c, in_base,
		rmk_plan_cell(p, row, RMK_BASE, c), ours, theirs, &row->cells[c]))
		return true;
	rmk_plan_conflict(
	    row, rmk_str_printf(p->a, "%.*s: ours has '%.*s', theirs has '%.*s'",
		     RMK_FMT(merge_rows_label(p, named, col->at[named])), RMK_FMT(ours),
		     RMK_FMT(theirs)));
	return false;
}

// --- what the columns of the result have no place for --------------------------------

// A cell that version v wrote in a column the other side removed.
static bool
wrote_in_removed(const struct rmk_plan *p, const struct rmk_merge_row *row,
    enum rmk_version v, size_t *where)
{
	const struct rmk_pairs *mine = v == RMK_OURS ? &p->ours.cols : &p->theirs.cols;
	const struct rmk_pairs *its = v == RMK_OURS ? &p->theirs.cols : &p->ours.cols;
	const struct rmk_row *line = rmk_plan_line(p, row, v);
	const struct rmk_row *base = rmk_plan_line(p, row, RMK_BASE);

	for (size_t b = 0; b < mine->nold; b++) {
		struct rmk_str was = {0}, is;

		if (mine->to_new[b] == RMK_NONE || its->to_new[b] != RMK_NONE)
			continue;
		if (base && !row->guessed[v])
			was = rmk_doc_cell(p->v[RMK_BASE].doc, base, b);
		is = rmk_doc_cell(p->v[v].doc, line, mine->to_new[b]);
		if (!rmk_str_eq(was, is)) {
			*where = b;
			return true;
		}
	}
	return false;
}

// What version v did with a column of base that it has not: where it has one of its own, under
// which nothing says that it is this one, it may have renamed it.
static struct rmk_str
removal(const struct rmk_plan *p, enum rmk_version v, size_t b)
{
	const struct rmk_pairs *cols = v == RMK_OURS ? &p->ours.cols : &p->theirs.cols;
	struct rmk_str label = merge_rows_label(p, RMK_BASE, b);

	for (size_t c = 0; c < cols->nnew; c++) {
		if (cols->to_old[c] == RMK_NONE)
			return rmk_str_printf(p->a,
			    "removed the column %.*s, or renamed it to %.*s",
			    RMK_FMT(label), RMK_FMT(merge_rows_label(p, v, c)));
	}
	return rmk_str_printf(p->a, "removed the column %.*s", RMK_FMT(label));
}

static bool
keep_removed(struct rmk_plan *p, struct rmk_merge_row *row)
{
	if (!p->v[RMK_BASE].t)
		return true;
	for (int v = RMK_OURS; v <= RMK_THEIRS; v++) {
		size_t b;

		if (p->same_shape[v] || !rmk_plan_line(p, row, (enum rmk_version)v))
			continue;
		if (wrote_in_removed(p, row, (enum rmk_version)v, &b)) {
			enum rmk_version w = rmk_other_side((enum rmk_version)v);
			struct rmk_str did = removal(p, w, b);

			rmk_plan_conflict(
			    row, rmk_str_printf(p->a, "%s %.*s, %s wrote in it",
				     side_name[w], RMK_FMT(did), side_name[v]));
			return false;
		}
	}
	return true;
}

static void
set_excess(const struct rmk_plan *p, struct rmk_merge_row *row, struct rmk_str excess)
{
	if (row->more || excess.n)
		rmk_plan_more(p, row)->excess = excess;
}

static bool
merge_excess(struct rmk_plan *p, struct rmk_merge_row *row)
{
	struct rmk_str ours = rmk_plan_excess(p, row, RMK_OURS);
	struct rmk_str theirs = rmk_plan_excess(p, row, RMK_THEIRS), merged;
	bool in_ours = rmk_plan_line(p, row, RMK_OURS);
	bool in_theirs = rmk_plan_line(p, row, RMK_THEIRS);

	if (!in_ours || !in_theirs) {
		set_excess(p, row, in_ours ? ours : theirs);
		return true;
	}
	if (rmk_policy_decide(p, RMK_NONE, rmk_plan_line(p, row, RMK_BASE),
		rmk_plan_excess(p, row, RMK_BASE), ours, theirs, &merged)) {
		set_excess(p, row, merged);
		return true;
	}
	rmk_plan_conflict(
	    row, RMK_STR("both changed what stands behind the last column"));
	return false;
}

// --- one row --------------------------------------------------------------------

static struct rmk_str
line_content(
    const struct rmk_plan *p, const struct rmk_merge_row *row, enum rmk_version v)
{
	const struct rmk_row *line = rmk_plan_line(p, row, v);
	uint32_t end = line->span.at + line->span.len;

	return rmk_doc_str(p->v[v].doc, (struct rmk_span){line->at, end - line->at});
}

// The same bytes in all versions that count: nothing to decide.
static bool
same_everywhere(const struct rmk_plan *p, const struct rmk_merge_row *row)
{
	if (rmk_plan_is_line(p, row, RMK_OURS) && rmk_plan_is_line(p, row, RMK_THEIRS))
		return true;
	for (int v = RMK_BASE; v <= RMK_THEIRS; v++) {
		if (!p->same_shape[v] || !rmk_plan_line(p, row, (enum rmk_version)v))
			return false;
	}
	return rmk_str_eq(
		   line_content(p, row, RMK_OURS), line_content(p, row, RMK_BASE)) &&
	       rmk_str_eq(
		   line_content(p, row, RMK_THEIRS), line_content(p, row, RMK_BASE));
}

// Whether the merged cells are those of version v and nothing else.
static bool
is_version(const struct rmk_plan *p, const struct rmk_merge_row *row, enum rmk_version v)
{
	if (!p->same_shape[v] || !rmk_plan_line(p, row, v) ||
	    !rmk_str_eq(rmk_merge_row_more(row).excess, rmk_plan_excess(p, row, v)))
		return false;
	for (size_t c = 0; c < p->ncols; c++) {
		if (!rmk_str_eq(row->cells[c], rmk_plan_cell(p, row, v, c)))
			return false;
	}
	return true;
}

static void
merge_row(struct rmk_plan *p, struct rmk_merge_row *row)
{
	struct rmk_arena_mark mark;

	row->fate = RMK_FATE_KEEP;
	row->from = RMK_OURS;
	row->is[RMK_OURS] = row->is[RMK_THEIRS] = true;
	set_excess(p, row, rmk_plan_excess(p, row, RMK_OURS));
	if (same_everywhere(p, row))
		return;
	row->touched = true;
	row->is[RMK_OURS] = row->is[RMK_THEIRS] = false;
	if (!keep_removed(p, row) || !merge_excess(p, row))
		return;
	mark = rmk_arena_mark(p->a);
	row->cells = RMK_NEW_N(p->a, struct rmk_str, p->ncols);
	for (size_t c = 0; c < p->ncols; c++) {
		if (!merge_cell(p, row, c))
			return;
	}
	for (int v = RMK_THEIRS; v >= RMK_OURS; v--) {
		row->is[v] = is_version(p, row, (enum rmk_version)v);
		if (row->is[v])
			row->from = (enum rmk_version)v;
	}
	if (row->is[RMK_OURS] || row->is[RMK_THEIRS]) {
		row->cells = NULL;
		rmk_arena_reset(p->a, mark);
	} else {
		p->mixed += p->ncols;
	}
}

static void
merge_rows_settle(struct rmk_plan *p, struct rmk_merge_row *row)
{
	bool in[3];
	enum rmk_version left;

	if (row->fate == RMK_FATE_JOINED)
		return;
	if (rmk_plan_is_line(p, row, RMK_OURS) && rmk_plan_is_line(p, row, RMK_THEIRS)) {
		merge_row(p, row); // as most are
		return;
	}
	for (int v = RMK_BASE; v <= RMK_THEIRS; v++)
		in[v] = row->at[v] != RMK_NONE;
	if (!in[RMK_BASE] || (in[RMK_OURS] && in[RMK_THEIRS])) {
		merge_row(p, row);
		if (!in[RMK_BASE] && in[RMK_OURS] && in[RMK_THEIRS] && row->cells &&
		    !rmk_plan_one_addition(p, row))
			rmk_plan_conflict(
			    row, RMK_STR("both sides added it, with different cells"));
		if (!(row->is[RMK_OURS] && row->is[RMK_THEIRS]) &&
		    rmk_plan_is_guess(p, row))
			rmk_plan_conflict(row, RMK_STR("one side renamed it or put "
						       "another row in its place, the "
						       "other changed it too"));
		return;
	}
	row->fate = RMK_FATE_GONE;
	if (!in[RMK_OURS] && !in[RMK_THEIRS])
		return;
	left = in[RMK_OURS] ? RMK_OURS : RMK_THEIRS;
	if (rmk_plan_edited(p, row, left) || rmk_plan_may_be_new(p, row, left))
		rmk_plan_conflict(
		    row, rmk_str_printf(p->a, "%s deleted it, %s edited it",
			     side_name[rmk_other_side(left)], side_name[left]));
}

// --- which rows are one ---------------------------------------------------------------

void
rmk_plan_add_row(struct rmk_plan *p, size_t base, size_t ours, size_t theirs)
{
	struct rmk_merge_row *row = &p->rows[p->nrows];
	const size_t at[3] = {base, ours, theirs};

	*row = (struct rmk_merge_row){.at = {base, ours, theirs}};
	for (int v = RMK_BASE; v <= RMK_THEIRS; v++) {
		if (at[v] != RMK_NONE)
			p->owner[v][at[v]] = p->nrows;
	}
	p->nrows++;
}

static void
base_rows(struct rmk_plan *p)
{
	for (size_t b = 0; p->v[RMK_BASE].t && b < p->v[RMK_BASE].t->nrows; b++)
		rmk_plan_add_row(p, b, p->ours.rows.to_new[b], p->theirs.rows.to_new[b]);
}

static bool
are_equal(struct rmk_plan *p, size_t ours, size_t theirs)
{
	struct rmk_merge_row row = {.at = {RMK_NONE, ours, theirs}};

	merge_row(p, &row);
	return row.is[RMK_OURS] && row.is[RMK_THEIRS];
}

// A row that one side seems to have added and that the other side's row comes from base
// while this side's is missing: both changed the same row beyond recognition, alike.
static bool
joins(struct rmk_plan *p, enum rmk_version v, size_t r, size_t partner)
{
	enum rmk_version w = rmk_other_side(v);
	struct rmk_merge_row *row;

	if (partner == RMK_NONE || p->owner[w][partner] == RMK_NONE)
		return false;
	row = &p->rows[p->owner[w][partner]];
	if (row->at[v] != RMK_NONE || row->at[RMK_BASE] == RMK_NONE ||
	    !are_equal(p, v == RMK_OURS ? r : partner, v == RMK_OURS ? partner : r))
		return false;
	row->at[v] = r;
	p->owner[v][r] = (size_t)(row - p->rows);
	return true;
}

static bool
same_key(const struct rmk_plan *p, size_t ours, size_t theirs)
{
	const struct rmk_merge_table *o = &p->v[RMK_OURS], *t = &p->v[RMK_THEIRS];

	return rmk_str_eq(rmk_value_key(p->a,
			      rmk_doc_cell(o->doc, &o->t->rows[ours], p->sides.old_key)),
	    rmk_value_key(
		p->a, rmk_doc_cell(t->doc, &t->t->rows[theirs], p->sides.new_key)));
}

// Both added a row: once when it is equal, one row to decide about when its key is.
static bool
same_addition(struct rmk_plan *p, size_t ours, size_t theirs)
{
	struct rmk_merge_row row = {.at = {RMK_NONE, ours, theirs}};

	merge_row(p, &row);
	if (row.fate == RMK_FATE_KEEP)
		return true;
	return p->sides.key_sound && same_key(p, ours, theirs);
}

static void
added_rows(struct rmk_plan *p)
{
	const struct rmk_pairs *sides = &p->sides.rows;

	rmk_plan_namesakes(p);
	for (size_t t = 0; t < p->v[RMK_THEIRS].t->nrows; t++) {
		if (p->owner[RMK_THEIRS][t] == RMK_NONE && sides->nnew)
			joins(p, RMK_THEIRS, t, sides->to_old[t]);
	}
	for (size_t o = 0; o < p->v[RMK_OURS].t->nrows; o++) {
		size_t t = sides->nold ? sides->to_new[o] : RMK_NONE;

		if (p->owner[RMK_OURS][o] != RMK_NONE || joins(p, RMK_OURS, o, t))
			continue;
		if (t != RMK_NONE && p->owner[RMK_THEIRS][t] == RMK_NONE &&
		    same_addition(p, o, t))
			rmk_plan_add_row(p, RMK_NONE, o, t);
		else
			rmk_plan_add_row(p, RMK_NONE, o, RMK_NONE);
	}
	for (size_t t = 0; t < p->v[RMK_THEIRS].t->nrows; t++) {
		if (p->owner[RMK_THEIRS][t] == RMK_NONE)
			rmk_plan_add_row(p, RMK_NONE, RMK_NONE, t);
	}
}

// --- all of them ------------------------------------------------------------------------

void
rmk_plan_rows(struct rmk_plan *p)
{
	size_t most = 0;
	bool any_new = false;

	for (int v = RMK_BASE; v <= RMK_THEIRS; v++) {
		size_t n = p->v[v].t ? p->v[v].t->nrows : 0;

		p->owner[v] = RMK_NEW_N(p->a, size_t, n);
		for (size_t r = 0; r < n; r++)
			p->owner[v][r] = RMK_NONE;
		most += n;
	}
	p->rows = rmk_arena_alloc(p->a, most * sizeof *p->rows); // few are there thrice
	base_rows(p);
	rmk_plan_doubt_renamed(p);
	added_rows(p);
	rmk_plan_guess(p);
	merge_row(p, &p->header);
	for (size_t r = 0; r < p->nrows; r++) {
		merge_rows_settle(p, &p->rows[r]);
		any_new |= p->rows[r].touched;
		if (p->mixed > MOST_MIXED) {
			p->undecided = "too many cells are mixed of both sides";
			return;
		}
	}
	if (any_new && p->v[RMK_BASE].t) {
		rmk_plan_twins(p);
		rmk_plan_doubled_keys(p);
	}
}
