// The lines of a merged table.
//
// A row that is what one side wrote is that side's line, byte for byte. Only a row that
// mixes both, or that comes into a table the other side laid out anew, is written: into
// the line of the side whose layout counts. What a person must decide is written as git
// writes it, both lines whole.
#include "merge/plan.h"

#include "edit/padding.h"
#include "edit/row_text.h"
#include "gfm/cells.h"

struct writer {
	struct rmk_buf *out;
	const struct rmk_plan *p;
	const struct rmk_merge_opts *opts;
	enum rmk_resolve resolve;
	struct rmk_str eol;     // of the table
	bool own_ends;          // all versions end their lines alike: each keeps its own
	bool own_prefix;        // lines of theirs begin as those of the result
	struct rmk_str gap;     // blank lines before the next line
	struct rmk_str pending; // the end of the line before; s NULL: there is none
};

// --- lines and their ends ---------------------------------------------------------

static struct rmk_str
table_eol(const struct rmk_plan *p, enum rmk_version v)
{
	return p->v[v].t ? rmk_doc_line_end(p->v[v].doc, p->v[v].t->header.line)
	                 : (struct rmk_str){0};
}

static void
choose_ends(struct writer *w)
{
	struct rmk_str base = table_eol(w->p, RMK_BASE), ours = table_eol(w->p, RMK_OURS);
	struct rmk_str theirs = table_eol(w->p, RMK_THEIRS);

	w->eol = rmk_str_eq(ours, base) ? theirs : ours;
	w->own_ends = rmk_str_eq(ours, theirs) && (!base.n || rmk_str_eq(ours, base));
}

// A line's end is written before the next line: the last of the table has none, it is
// part of the text around.
static void
start_line(struct writer *w, struct rmk_str end)
{
	if (w->pending.s)
		rmk_buf_add(w->out, w->pending);
	rmk_buf_add(w->out, w->gap);
	w->gap = (struct rmk_str){0};
	w->pending = w->own_ends && end.n ? end : w->eol;
}

static struct rmk_str
write_table_line_end(
    const struct rmk_plan *p, enum rmk_version v, const struct rmk_row *line)
{
	return rmk_doc_line_end(p->v[v].doc, line->line);
}

// What is before a row on its line: indent, '>' and the like.
static struct rmk_str
prefix(const struct rmk_plan *p, enum rmk_version v, bool header)
{
	const struct rmk_row *line = header ? &p->v[v].t->header : &p->v[v].t->delim;

	return rmk_doc_str(
	    p->v[v].doc, (struct rmk_span){line->span.at, line->at - line->span.at});
}

static struct rmk_str
write_table_content(
    const struct rmk_plan *p, enum rmk_version v, const struct rmk_row *line)
{
	uint32_t end = line->span.at + line->span.len;

	return rmk_doc_str(p->v[v].doc, (struct rmk_span){line->at, end - line->at});
}

static void
write_verbatim(struct writer *w, enum rmk_version v, const struct rmk_row *line)
{
	const struct rmk_plan *p = w->p;

	start_line(w, write_table_line_end(p, v, line));
	if (rmk_str_eq(prefix(p, v, false), prefix(p, p->style, false))) {
		rmk_buf_add(w->out, rmk_doc_str(p->v[v].doc, line->span));
	} else {
		rmk_buf_add(w->out, prefix(p, p->style, line == &p->v[v].t->header));
		rmk_buf_add(w->out, write_table_content(p, v, line));
	}
}

// --- rows that are no side's --------------------------------------------------------

static struct rmk_layout
layout(const struct rmk_plan *p, const struct rmk_merge_row *row, enum rmk_version v,
    size_t col)
{
	const struct rmk_table *t = p->v[v].t;
	bool there = row != &p->header && row->at[v] != RMK_NONE;

	return rmk_layout_of(p->v[v].doc, t, there ? row->at[v] : t->nrows, col,
	    there && t->rows[row->at[v]].ncells > 0);
}

static void
write_frame(struct rmk_buf *out, const struct rmk_frame *f)
{
	if (f->start && f->left.n == 0)
		rmk_buf_addc(out, ' ');
	rmk_buf_add(out, f->left);
	rmk_buf_add(out, f->text);
	rmk_buf_add(out, f->right);
	if (f->open && f->right.n == 0)
		rmk_buf_addc(out, ' ');
}

// A cell between two pipes: as a side that has this value wrote it, else fitted in.
static void
write_merged_cell(
    struct writer *w, const struct rmk_merge_row *row, enum rmk_version v, size_t c)
{
	const struct rmk_plan *p = w->p;
	struct rmk_str value = rmk_plan_value(p, row, c);
	const enum rmk_version turn[2] = {v, rmk_other_side(v)};
	struct rmk_layout l;

	for (size_t i = 0; i < 2; i++) {
		const struct rmk_row *line = rmk_plan_line(p, row, turn[i]);
		size_t at = p->cols[c].at[turn[i]];
		struct rmk_frame f;

		if (!line || at == RMK_NONE || at >= line->ncells)
			continue;
		f = rmk_frame_of(p->v[turn[i]].doc, line, at);
		if (rmk_str_eq(f.text, value)) {
			write_frame(w->out, &f);
			return;
		}
		if (i == 0 && !f.open && !f.start) {
			l = layout(p, row, v, at);
			rmk_pad_replace(w->out, &l, &f, value);
			return;
		}
	}
	if (p->cols[c].at[v] == RMK_NONE)
		v = rmk_other_side(v);
	l = layout(p, row, v, p->cols[c].at[v]);
	rmk_pad_fresh(w->out, &l, value, false, false);
}

// With both outer pipes, since a changed first or last cell may need them.
static void
write_cells(struct writer *w, const struct rmk_merge_row *row, enum rmk_version v)
{
	const struct rmk_plan *p = w->p;
	const struct rmk_row *line = rmk_plan_line(p, row, v);

	rmk_buf_add(w->out, prefix(p, p->style, row == &p->header));
	rmk_buf_addc(w->out, '|');
	for (size_t c = 0; c < p->ncols; c++) {
		write_merged_cell(w, row, line ? v : rmk_other_side(v), c);
		rmk_buf_addc(w->out, '|');
	}
	if (rmk_merge_row_more(row).excess.n)
		rmk_buf_printf(
		    w->out, " %.*s |", RMK_FMT(rmk_merge_row_more(row).excess));
}

// Into a line of version v, whose columns are those of the result.
static void
write_into(struct writer *w, const struct rmk_merge_row *row, enum rmk_version v)
{
	const struct rmk_plan *p = w->p;
	struct rmk_edit *edits = RMK_NEW_N(p->a, struct rmk_edit, p->ncols);
	const struct rmk_edit **list = RMK_NEW_N(p->a, const struct rmk_edit *, p->ncols);
	const struct rmk_row *line = rmk_plan_line(p, row, v);
	size_t n = 0;

	for (size_t c = 0; c < p->ncols; c++) {
		struct rmk_str value = rmk_plan_value(p, row, c);

		if (rmk_str_eq(value, rmk_plan_cell(p, row, v, c)))
			continue;
		edits[n] = (struct rmk_edit){.kind = RMK_EDIT_CELL,
		    .table = p->v[v].index,
		    .row = row->at[v],
		    .col = c,
		    .value = rmk_cell_content(p->a, value)};
		list[n] = &edits[n];
		n++;
	}
	rmk_buf_add(w->out, rmk_doc_str(p->v[v].doc, (struct rmk_span){line->span.at,
							 line->at - line->span.at}));
	rmk_buf_add(w->out, n ? rmk_row_set(p->a, p->v[v].doc, list, n)
			      : write_table_content(p, v, line));
}

// A new line in a table of version v, which has not the row.
static void
write_new(struct writer *w, const struct rmk_merge_row *row, enum rmk_version v)
{
	const struct rmk_plan *p = w->p;
	struct rmk_edit edit = {.kind = RMK_EDIT_INSERT,
	    .table = p->v[v].index,
	    .row = p->v[v].t->nrows,
	    .values = RMK_NEW_N(p->a, struct rmk_str, p->ncols)};

	for (size_t c = 0; c < p->ncols; c++)
		edit.values[c] = rmk_cell_content(p->a, rmk_plan_value(p, row, c));
	rmk_buf_add(w->out, rmk_row_new(p->a, p->v[v].doc, &edit));
}

static void
write_mixed(struct writer *w, const struct rmk_merge_row *row)
{
	const struct rmk_plan *p = w->p;
	enum rmk_version v = p->style;
	const struct rmk_row *line = rmk_plan_line(p, row, v);

	start_line(w, line ? write_table_line_end(p, v, line) : w->eol);
	if (row == &p->header || !p->same_shape[v] ||
	    !rmk_str_eq(rmk_merge_row_more(row).excess, rmk_plan_excess(p, row, v)))
		write_cells(w, row, v);
	else if (line)
		write_into(w, row, v);
	else
		write_new(w, row, v);
}

// --- one row ------------------------------------------------------------------------

static bool
same_line(const struct rmk_plan *p, const struct rmk_merge_row *row, enum rmk_version v)
{
	const struct rmk_row *is = rmk_plan_line(p, row, v);
	const struct rmk_row *was = rmk_plan_line(p, row, RMK_BASE);

	return is && was &&
	       rmk_str_eq(
		   write_table_content(p, v, is), write_table_content(p, RMK_BASE, was));
}

static bool
same_layout(const struct rmk_plan *p)
{
	return rmk_str_eq(write_table_content(p, RMK_OURS, &p->v[RMK_OURS].t->delim),
	    write_table_content(p, RMK_THEIRS, &p->v[RMK_THEIRS].t->delim));
}

static void
write_kept(struct writer *w, const struct rmk_merge_row *row)
{
	const struct rmk_plan *p = w->p;
	enum rmk_version v = row->from;

	if (row->is[RMK_OURS] && row->is[RMK_THEIRS])
		v = same_line(p, row, RMK_OURS)     ? RMK_THEIRS
		    : same_line(p, row, RMK_THEIRS) ? RMK_OURS
		                                    : p->style;
	else if (!row->is[v] || (!same_line(p, row, rmk_other_side(v)) &&
				    !same_layout(p) && v != p->style)) {
		write_mixed(w, row);
		return;
	}
	write_verbatim(w, v, rmk_plan_line(p, row, v));
}

static void
write_marker(struct writer *w, char c, struct rmk_str label)
{
	uint32_t size = w->opts->marker_size ? w->opts->marker_size : 7;

	start_line(w, w->eol);
	rmk_buf_fill(w->out, c, size);
	if (label.n)
		rmk_buf_printf(w->out, " %.*s", RMK_FMT(label));
}

// A side's line whose columns are not those of the result, in those of the result: whoever
// takes the line away from the markers has each cell below its label. What the result has no
// column for stands behind the last one.
static void
write_side_cells(struct writer *w, const struct rmk_merge_row *row, enum rmk_version v)
{
	const struct rmk_plan *p = w->p;
	const struct rmk_row *line = rmk_plan_line(p, row, v);
	struct rmk_frame f;

	rmk_buf_add(w->out, prefix(p, p->style, false));
	rmk_buf_addc(w->out, '|');
	for (size_t c = 0; c < p->ncols; c++) {
		size_t at = p->cols[c].at[v];

		if (at < line->ncells) {
			f = rmk_frame_of(p->v[v].doc, line, at);
			write_frame(w->out, &f);
		} else {
			rmk_buf_addc(w->out, ' ');
		}
		rmk_buf_addc(w->out, '|');
	}
	for (size_t at = 0; at < line->ncells; at++) {
		f = rmk_frame_of(p->v[v].doc, line, at);
		if (f.text.n == 0 || rmk_plan_has_column(p, v, at))
			continue;
		write_frame(w->out, &f);
		rmk_buf_addc(w->out, '|');
	}
}

static void
write_side(struct writer *w, const struct rmk_merge_row *row, enum rmk_version v)
{
	const struct rmk_row *line = rmk_plan_line(w->p, row, v);

	if (!line)
		return;
	start_line(w, write_table_line_end(w->p, v, line));
	if (w->p->same_shape[v])
		rmk_buf_add(w->out, rmk_doc_str(w->p->v[v].doc, line->span));
	else
		write_side_cells(w, row, v);
}

static void
write_conflict(struct writer *w, const struct rmk_merge_row *row)
{
	const struct rmk_merge_opts *o = w->opts;

	if (w->resolve != RMK_WRITE_MARKERS) {
		write_side(w, row, w->resolve == RMK_TAKE_OURS ? RMK_OURS : RMK_THEIRS);
		return;
	}
	write_marker(w, '<', o->labels[RMK_OURS]);
	write_side(w, row, RMK_OURS);
	if (o->style != RMK_STYLE_MERGE) {
		write_marker(w, '|', o->labels[RMK_BASE]);
		write_side(w, row, RMK_BASE);
	}
	write_marker(w, '=', RMK_STR(""));
	write_side(w, row, RMK_THEIRS);
	write_marker(w, '>', o->labels[RMK_THEIRS]);
}

// The blank lines are written last of all, since behind them a parser sees no rows: what is
// held against the plan (verify.c) has none.
static void
write_table_write_row(struct writer *w, const struct rmk_merge_row *row)
{
	if (w->resolve == RMK_WRITE_MARKERS)
		w->gap = rmk_merge_row_more(row).gap;
	if (row->fate == RMK_FATE_CONFLICT)
		write_conflict(w, row);
	else
		write_kept(w, row);
}

// --- rows that nobody changed ---------------------------------------------------------

// Whether theirs has a row as it is written, behind row `last` of theirs.
static bool
continues_run(const struct writer *w, const struct rmk_merge_row *row, size_t last)
{
	const struct rmk_plan *p = w->p;

	return row->at[RMK_THEIRS] == last + 1 && row->fate == RMK_FATE_KEEP &&
	       row->is[RMK_OURS] && row->is[RMK_THEIRS] && !row->more &&
	       rmk_plan_is_line(p, row, RMK_OURS) && rmk_plan_is_line(p, row, RMK_THEIRS);
}

// How many rows from the i-th on are what all versions have, and stand in theirs one behind the other;
// 0: less than two, or theirs does not end or begin its lines as the result does.
static size_t
length_of_run(const struct writer *w, size_t i)
{
	const struct rmk_plan *p = w->p;
	size_t last = p->rows[p->order[i]].at[RMK_THEIRS] - 1, n = 0;

	if (!w->own_ends || !w->own_prefix)
		return 0;
	while (i + n < p->norder && continues_run(w, &p->rows[p->order[i + n]], last + n))
		n++;
	return n > 1 ? n : 0;
}

static void
write_run(struct writer *w, size_t i, size_t n)
{
	const struct rmk_merge_table *theirs = &w->p->v[RMK_THEIRS];
	const struct rmk_row *first =
	    &theirs->t->rows[w->p->rows[w->p->order[i]].at[RMK_THEIRS]];
	const struct rmk_row *last = first + n - 1;

	start_line(w, write_table_line_end(w->p, RMK_THEIRS, last));
	rmk_buf_add(w->out, rmk_doc_str(theirs->doc,
				(struct rmk_span){first->span.at,
				    last->span.at + last->span.len - first->span.at}));
}

// --- the delimiter row --------------------------------------------------------------

static bool
fits_delim(const struct rmk_plan *p, enum rmk_version v)
{
	for (size_t c = 0; p->same_shape[v] && c < p->ncols; c++) {
		if (p->v[v].t->aligns[c] != p->cols[c].align)
			return false;
	}
	return p->same_shape[v];
}

static void
write_delim_cell(struct writer *w, enum rmk_version v, size_t c)
{
	static const char *const dashes[] = {" --- ", " :-- ", " :-: ", " --: "};
	const struct rmk_merge_col *col = &w->p->cols[c];
	const enum rmk_version turn[2] = {v, rmk_other_side(v)};

	for (size_t i = 0; i < 2; i++) {
		const struct rmk_merge_table *t = &w->p->v[turn[i]];
		size_t at = col->at[turn[i]];

		if (at != RMK_NONE && t->t->aligns[at] == col->align) {
			struct rmk_frame f = rmk_frame_of(t->doc, &t->t->delim, at);

			write_frame(w->out, &f);
			return;
		}
	}
	rmk_buf_adds(w->out, dashes[col->align]);
}

static void
write_delim(struct writer *w)
{
	const struct rmk_plan *p = w->p;
	enum rmk_version v = p->style;

	if (!fits_delim(p, v) && fits_delim(p, rmk_other_side(v)))
		v = rmk_other_side(v);
	if (fits_delim(p, v)) {
		write_verbatim(w, v, &p->v[v].t->delim);
		return;
	}
	start_line(w, write_table_line_end(p, v, &p->v[v].t->delim));
	rmk_buf_add(w->out, prefix(p, v, false));
	rmk_buf_addc(w->out, '|');
	for (size_t c = 0; c < p->ncols; c++) {
		write_delim_cell(w, v, c);
		rmk_buf_addc(w->out, '|');
	}
}

void
rmk_plan_write(struct rmk_buf *out, const struct rmk_plan *p,
    const struct rmk_merge_opts *opts, enum rmk_resolve resolve)
{
	struct writer w = {.out = out, .p = p, .opts = opts, .resolve = resolve};

	choose_ends(&w);
	w.own_prefix = rmk_str_eq(
	    prefix(p, RMK_THEIRS, false), prefix(p, p->style, false));
	write_table_write_row(&w, &p->header);
	write_delim(&w);
	for (size_t i = 0; i < p->norder;) {
		size_t n = length_of_run(&w, i);

		if (n)
			write_run(&w, i, n);
		else
			write_table_write_row(&w, &p->rows[p->order[i]]);
		i += n ? n : 1;
	}
}
