// The lines of a table with other columns, and the gate: see columns.h.
#include "edit/columns.h"

#include "base/buf.h"
#include "base/utf8.h"
#include "edit/padding.h"
#include "gfm/cells.h"

#include <string.h>

struct arranging {
	struct rmk_arena *arena;
	const struct rmk_doc *doc;
	const struct rmk_table *table;
	const struct rmk_columns *to;
	struct rmk_layout near;    // of the column beside the new one
	struct rmk_str near_delim; // what is between the pipes of its delimiter cell
	bool edge;    // that column has no pipe on one side, and so no room there
	size_t width; // of the new column where that is aligned
};

// A line of the table in pieces.
struct arranged_line {
	const struct rmk_row *row;
	struct rmk_span *cells; // [n]
	size_t n;
	bool lead, closed;   // a pipe before the first, behind the last
	struct rmk_str tail; // behind that
};

// --- a line in pieces ------------------------------------------------------------------

static struct rmk_span
columns_between(const struct arranging *x, const struct arranged_line *l, size_t i)
{
	return rmk_cell_between(
	    x->doc->text, l->row->at, l->row->span.at + l->row->span.len, l->cells[i]);
}

static struct arranged_line
columns_line(const struct arranging *x, const struct rmk_row *row)
{
	struct arranged_line l = {.row = row};
	uint32_t end = row->span.at + row->span.len;
	struct rmk_span last;

	l.n = rmk_cells_scan(x->doc->text, row->at, end, NULL, 0);
	l.cells = RMK_NEW_N(x->arena, struct rmk_span, l.n + 1);
	rmk_cells_scan(x->doc->text, row->at, end, l.cells, l.n);
	l.lead = row->at < end && x->doc->text.s[row->at] == '|';
	if (l.n == 0)
		return l;
	last = columns_between(x, &l, l.n - 1);
	l.closed = last.at + last.len < end;
	if (l.closed)
		l.tail = rmk_str_part(
		    x->doc->text, last.at + last.len + 1, end - last.at - last.len - 1);
	return l;
}

// How many cells the line has then: a short row ends behind its last cell, and what is too much
// stays behind all.
static size_t
columns_count(const struct arranging *x, const struct arranged_line *l)
{
	size_t n = 0;

	if (l->n >= x->table->ncols)
		return x->to->n + l->n - x->table->ncols;
	for (size_t i = 0; i < x->to->n; i++)
		if (x->to->from[i] != RMK_NONE && x->to->from[i] < l->n)
			n = i + 1;
	return n ? n : 1;
}

// The old cell at a new place, or RMK_NONE.
static size_t
columns_old(const struct arranging *x, const struct arranged_line *l, size_t i)
{
	size_t old = i < x->to->n ? x->to->from[i] : x->table->ncols + i - x->to->n;

	return old < l->n ? old : RMK_NONE;
}

// --- a new column ----------------------------------------------------------------------

static void
columns_new_header(const struct arranging *x, struct rmk_buf *out)
{
	struct rmk_str raw = rmk_cell_raw(x->arena, x->to->label);
	size_t before = out->n;

	rmk_buf_adds(out, x->near.before ? " " : "");
	rmk_buf_add(out, raw);
	rmk_buf_adds(out, x->near.after ? " " : "");
	for (size_t n = rmk_utf8_width(rmk_str_from(rmk_buf_str(out), before));
	     x->near.aligned && n < x->width; n++)
		rmk_buf_addc(out, ' ');
}

// White space and dashes as its neighbour's delimiter cell has them, without its colons.
static void
columns_new_delimiter(const struct arranging *x, struct rmk_buf *out)
{
	struct rmk_str trimmed = rmk_str_trim(x->near_delim);
	size_t left = trimmed.n ? (size_t)(trimmed.s - x->near_delim.s) : 0;
	size_t right = x->near_delim.n - trimmed.n - left, n = 3;

	if (x->edge)
		left = right = left > right ? left : right;
	if (x->near.aligned)
		n = x->width > left + right ? x->width - left - right : 3;
	else if (trimmed.n < 3)
		n = trimmed.n;
	for (size_t i = 0; i < left; i++)
		rmk_buf_addc(out, ' ');
	for (size_t i = 0; i < n; i++)
		rmk_buf_addc(out, '-');
	for (size_t i = 0; i < right; i++)
		rmk_buf_addc(out, ' ');
}

static void
columns_new_cell(
    const struct arranging *x, const struct arranged_line *l, struct rmk_buf *out)
{
	struct rmk_layout layout = x->near;

	if (l->row == &x->table->header) {
		columns_new_header(x, out);
	} else if (l->row == &x->table->delim) {
		columns_new_delimiter(x, out);
	} else {
		layout.width = x->width;
		rmk_pad_fresh(out, &layout, RMK_STR(""), false, false);
	}
}

static struct rmk_layout
columns_near(struct arranging *x)
{
	size_t at = 0, near;
	struct arranged_line delim = columns_line(x, &x->table->delim);
	struct rmk_layout layout;

	while (at < x->to->n && x->to->from[at] != RMK_NONE)
		at++;
	near = at == x->to->n ? 0 : at > 0 ? x->to->from[at - 1] : x->to->from[1];
	layout = rmk_layout_of(x->doc, x->table, 0, near, false);
	if (near < delim.n) {
		struct rmk_span all = columns_between(x, &delim, near);

		x->near_delim = rmk_doc_str(x->doc, all);
		x->edge = (near == 0 && !delim.lead) ||
		          (near == delim.n - 1 && !delim.closed);
	}
	if (x->edge)
		layout.before = layout.after = layout.before || layout.after;
	x->width = rmk_utf8_width(rmk_cell_raw(x->arena, x->to->label)) + layout.before +
	           layout.after;
	x->width = x->width < 3 + layout.before + layout.after
	               ? 3 + layout.before + layout.after
	               : x->width;
	return layout;
}

// --- a line ----------------------------------------------------------------------------

// A cell that had no pipe on one side may have one now, and some room before it.
static void
columns_old_cell(const struct arranging *x, const struct arranged_line *l, size_t old,
    struct rmk_buf *out)
{
	struct rmk_str all = rmk_doc_str(x->doc, columns_between(x, l, old));
	bool first = old == 0 && !l->lead, last = old == l->n - 1 && !l->closed;

	if (first && !rmk_str_starts(all, RMK_STR(" ")))
		rmk_buf_addc(out, ' ');
	rmk_buf_add(out, all);
	if (last && !rmk_str_ends(all, RMK_STR(" ")))
		rmk_buf_addc(out, ' ');
}

// A line without a pipe before it starts with its text; an empty cell needs the pipe.
static void
columns_open_start(struct rmk_buf *out, size_t start)
{
	struct rmk_str line = rmk_str_from(rmk_buf_str(out), start);
	bool empty = rmk_str_starts(rmk_str_trim(line), RMK_STR("|")) || line.n == 0;

	if (!empty) // what stands before the pipe at the end stays
		line = rmk_str_from(line, (size_t)(rmk_str_trim(line).s - line.s));
	line = rmk_str_copy(out->arena, line);
	out->n = start;
	rmk_buf_adds(out, empty ? "|" : "");
	rmk_buf_add(out, line);
}

// A row that no pipe closes ends behind its last cell also where empty ones come behind it; so it
// has its bytes again when they go.
static bool
columns_keeps_line(const struct arranging *x, const struct arranged_line *l)
{
	size_t n = columns_count(x, l);

	if (l->closed || l->row == &x->table->header || l->row == &x->table->delim)
		return false;
	while (n > 1 && columns_old(x, l, n - 1) == RMK_NONE)
		n--;
	for (size_t i = 0; i < n; i++)
		if (columns_old(x, l, i) != i)
			return false;
	return n == l->n;
}

// Under a header without one, the pipe before an empty first cell goes with that cell.
static bool
columns_drops_lead(const struct arranging *x, const struct arranged_line *l)
{
	uint32_t at = x->table->header.at;

	return l->lead && l->n > 0 && l->cells[0].len == 0 && columns_old(x, l, 0) != 0 &&
	       at < x->doc->text.n && x->doc->text.s[at] != '|';
}

static struct rmk_str
columns_new_line(const struct arranging *x, const struct rmk_row *row)
{
	struct arranged_line l = columns_line(x, row);
	struct rmk_buf out = {.arena = x->arena};
	size_t n = columns_count(x, &l), start;

	if (columns_keeps_line(x, &l))
		return rmk_doc_str(x->doc, row->span);
	l.lead = l.lead && !columns_drops_lead(x, &l);
	rmk_buf_add(
	    &out, rmk_str_part(x->doc->text, row->span.at, row->at - row->span.at));
	rmk_buf_adds(&out, l.lead ? "|" : "");
	start = out.n;
	for (size_t i = 0; i < n; i++) {
		size_t old = columns_old(x, &l, i);

		rmk_buf_adds(&out, i ? "|" : "");
		if (old == RMK_NONE)
			columns_new_cell(x, &l, &out);
		else
			columns_old_cell(x, &l, old, &out);
	}
	if (!l.lead)
		columns_open_start(&out, start);
	while (!l.closed && out.n > start && out.s[out.n - 1] == ' ')
		out.n--;
	rmk_buf_adds(&out, l.closed ? "|" : "");
	rmk_buf_add(&out, l.tail);
	return rmk_buf_str(&out);
}

// --- the gate --------------------------------------------------------------------------

static bool
columns_same_row(const struct arranging *x, const struct rmk_row *old,
    const struct rmk_doc *new_doc, const struct rmk_row *now, bool header)
{
	size_t extra = old->ncells > x->table->ncols ? old->ncells - x->table->ncols : 0;

	for (size_t i = 0; i < x->to->n + extra; i++) {
		size_t from = i < x->to->n ? x->to->from[i]
		                           : x->table->ncols + i - x->to->n;
		struct rmk_str want = {0};

		if (from != RMK_NONE)
			want = rmk_doc_cell(x->doc, old, from);
		else if (header)
			want = rmk_cell_raw(x->arena, x->to->label);
		if (!rmk_str_eq(want, rmk_doc_cell(new_doc, now, i)))
			return false;
	}
	return now->ncells <= x->to->n + extra;
}

static bool
columns_same_table(const struct rmk_doc *old, const struct rmk_table *one,
    const struct rmk_doc *now, const struct rmk_table *two)
{
	if (one->nrows != two->nrows || one->ncols != two->ncols ||
	    one->header.line != two->header.line || one->containers != two->containers)
		return false;
	for (size_t r = 0; r < one->nrows; r++) {
		if (!rmk_str_eq(rmk_doc_str(old, one->rows[r].span),
			rmk_doc_str(now, two->rows[r].span)))
			return false;
	}
	return true;
}

static bool
columns_arranged(
    const struct arranging *x, const struct rmk_doc *now, const struct rmk_table *table)
{
	if (table->ncols != x->to->n || table->nrows != x->table->nrows ||
	    table->containers != x->table->containers || table->read_only ||
	    table->header.line != x->table->header.line)
		return false;
	for (size_t i = 0; i < x->to->n; i++) {
		size_t from = x->to->from[i];

		if (table->aligns[i] !=
		    (from == RMK_NONE ? RMK_ALIGN_NONE : x->table->aligns[from]))
			return false;
	}
	if (!columns_same_row(x, &x->table->header, now, &table->header, true))
		return false;
	for (size_t r = 0; r < table->nrows; r++) {
		if (!columns_same_row(x, &x->table->rows[r], now, &table->rows[r], false))
			return false;
	}
	return true;
}

static enum rmk_code
columns_gate(
    const struct arranging *x, size_t table, struct rmk_str text, struct rmk_err *err)
{
	struct rmk_doc *now;
	bool same;

	if (rmk_doc_parse(x->arena, x->doc->path, text, RMK_PARSE_ALL, &now, err))
		return err->code;
	same = now->ntables == x->doc->ntables && now->nblocks == x->doc->nblocks;
	for (size_t t = 0; t < x->doc->ntables && same; t++)
		same = t == table ? columns_arranged(x, now, &now->tables[t])
		                  : columns_same_table(
					x->doc, &x->doc->tables[t], now, &now->tables[t]);
	if (same)
		return RMK_OK;
	rmk_fail(err, RMK_REFUSED,
	    "%.*s:%u: it would not be the same table with these columns",
	    RMK_FMT(x->doc->path), x->table->header.line);
	return rmk_hint(err, "outer pipes around every row make it safe to change");
}

// --- all of it -------------------------------------------------------------------------

enum rmk_code
rmk_columns_arrange(struct rmk_arena *a, const struct rmk_doc *doc, size_t table,
    const struct rmk_columns *columns, struct rmk_str *out, struct rmk_err *err)
{
	const struct rmk_table *t = &doc->tables[table];
	struct arranging x = {.arena = a, .doc = doc, .table = t, .to = columns};
	struct rmk_buf b = {.arena = a};
	size_t at = 0;

	if (t->read_only)
		return rmk_fail(err, RMK_READ_ONLY, "%.*s:%u: cannot be written: %s",
		    RMK_FMT(doc->path), t->header.line, t->read_only);
	x.near = columns_near(&x);
	for (size_t i = 0; i < t->nrows + 2; i++) {
		const struct rmk_row *row = i == 0   ? &t->header
		                            : i == 1 ? &t->delim
		                                     : &t->rows[i - 2];

		rmk_buf_add(&b, rmk_str_part(doc->text, at, row->span.at - at));
		rmk_buf_add(&b, columns_new_line(&x, row));
		at = row->span.at + row->span.len;
	}
	rmk_buf_add(&b, rmk_str_from(doc->text, at));
	if (columns_gate(&x, table, rmk_buf_str(&b), err))
		return err->code;
	*out = rmk_buf_str(&b);
	return RMK_OK;
}
