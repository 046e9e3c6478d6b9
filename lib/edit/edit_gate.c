// The gate: parse the new bytes and hold every table, row and cell against what was wished.
//
// What no edit names was copied byte for byte, so a line that is the same line is the same
// row: cells are a function of the line's bytes and of where its content starts. Only lines
// that were written are compared cell by cell. The cost is the parse and one pass.
//
// The rules of `check` are in a folder above and are not asked here: check/constraint_gate.h
// runs them over old and new. What this gate compares covers the structural ones: after it no
// table, row or cell is more or less than was wished.
#include "edit/edit_gate.h"

#include "base/marker.h"
#include "gfm/cells.h"

#include <string.h>

struct walk {
	struct rmk_arena *arena;
	const struct rmk_gate *gate;
	const struct rmk_doc *now;
	size_t edit; // the next one
	size_t
	    old_text; // the next TEXT edit that a table of the old document may stand in
	size_t new_text;
	struct rmk_err *err;
};

static enum rmk_code
edit_gate_refuse(const struct walk *w, const struct rmk_row *row, const char *why)
{
	rmk_fail(w->err, RMK_REFUSED, "%.*s:%u: cannot be written so: %s",
	    RMK_FMT(w->gate->old->path), row->line, why);
	return rmk_hint(w->err,
	    "nothing was written; outer pipes around every row of the "
	    "table make it safe to change");
}

static struct rmk_str
edit_gate_content(const struct walk *w, const struct rmk_doc *doc,
    const struct rmk_row *row, size_t col)
{
	return rmk_cell_content(w->arena, rmk_doc_cell(doc, row, col));
}

static bool
is_same_line(const struct walk *w, const struct rmk_row *old, const struct rmk_row *now)
{
	return old->ncells == now->ncells &&
	       old->at - old->span.at == now->at - now->span.at &&
	       rmk_str_eq(
		   rmk_doc_str(w->gate->old, old->span), rmk_doc_str(w->now, now->span));
}

// Whether the cells [from, to) are the same to a reader: a missing cell is an empty one.
static bool
is_same_range(const struct walk *w, const struct rmk_row *old, const struct rmk_row *now,
    size_t from, size_t to)
{
	for (size_t col = from; col < to; col++) {
		if (!rmk_str_eq(rmk_doc_cell(w->gate->old, old, col),
			rmk_doc_cell(w->now, now, col)))
			return false;
	}
	return true;
}

static bool
is_same_cells(const struct walk *w, const struct rmk_row *old, const struct rmk_row *now)
{
	return is_same_range(
	    w, old, now, 0, old->ncells > now->ncells ? old->ncells : now->ncells);
}

// --- conflict markers ---------------------------------------------------------

static enum rmk_code
check_markers(const struct walk *w, const struct rmk_table *table)
{
	for (size_t r = 0; r < table->nrows; r++) {
		if (!rmk_marker_is_row(rmk_doc_str(w->now, table->rows[r].span)))
			continue;
		rmk_fail(w->err, RMK_REFUSED,
		    "%.*s:%u: a conflict marker stands in the table",
		    RMK_FMT(w->gate->old->path), table->rows[r].line);
		return rmk_hint(w->err,
		    "resolve the conflict first: 'rowmark merge --resolve %.*s' does it "
		    "cell by cell",
		    RMK_FMT(w->gate->old->path));
	}
	return RMK_OK;
}

// --- rows ---------------------------------------------------------------------

static const struct rmk_edit *
next_edit(const struct walk *w, size_t table, size_t row)
{
	const struct rmk_edit *edit;

	if (w->edit == w->gate->nedits)
		return NULL;
	edit = w->gate->edits[w->edit];
	return edit->table == table && edit->row == row ? edit : NULL;
}

static enum rmk_code
check_inserted(struct walk *w, const struct rmk_edit *edit, const struct rmk_row *row)
{
	const struct rmk_table *table = &w->gate->old->tables[edit->table];

	if (row->ncells != table->ncols)
		return edit_gate_refuse(
		    w, &table->header, "the new row would have other cells");
	for (size_t col = 0; col < table->ncols; col++) {
		if (!rmk_str_eq(
			edit_gate_content(w, w->now, row, col), edit->values[col]))
			return edit_gate_refuse(
			    w, &table->header, "the new row would have other cells");
	}
	return RMK_OK;
}

// A row with cells set: those hold their values, the others are the same, and there are
// as many as before or as the last one set needs.
static enum rmk_code
check_set(struct walk *w, size_t table, size_t r, const struct rmk_row *now)
{
	const struct rmk_row *old = &w->gate->old->tables[table].rows[r];
	static const char other[] = "another cell of the row would change";
	const struct rmk_edit *edit;
	size_t col = 0; // the cells before it are as they should be

	while ((edit = next_edit(w, table, r))) {
		if (!is_same_range(w, old, now, col, edit->col))
			return edit_gate_refuse(w, old, other);
		if (!rmk_str_eq(
			edit_gate_content(w, w->now, now, edit->col), edit->value))
			return edit_gate_refuse(
			    w, old, "the cell would not hold the value");
		col = edit->col + 1;
		w->edit++;
	}
	if (!is_same_range(w, old, now, col, old->ncells))
		return edit_gate_refuse(w, old, other);
	if (now->ncells != (old->ncells > col ? old->ncells : col))
		return edit_gate_refuse(
		    w, old, "the row would have another number of cells");
	return RMK_OK;
}

// Body rows: those of the old table in order, less the deleted, and the inserted ones.
static enum rmk_code
check_rows(struct walk *w, size_t t, const struct rmk_table *now, bool layout)
{
	const struct rmk_table *old = &w->gate->old->tables[t];
	const struct rmk_edit *edit;
	enum rmk_code code = RMK_OK;
	size_t n = 0;

	for (size_t r = 0; r <= old->nrows && !code; r++) {
		while ((edit = next_edit(w, t, r)) && edit->kind == RMK_EDIT_INSERT &&
		       !code) {
			if (n == now->nrows)
				return edit_gate_refuse(
				    w, &old->header, "the new row would be no row");
			code = check_inserted(w, edit, &now->rows[n++]);
			w->edit++;
		}
		if (code || r == old->nrows)
			break;
		if (edit && edit->kind == RMK_EDIT_DELETE) {
			w->edit++;
			continue;
		}
		if (n == now->nrows)
			return edit_gate_refuse(
			    w, &old->rows[r], "the table would end before this row");
		if (edit)
			code = check_set(w, t, r, &now->rows[n]);
		else if (!is_same_line(w, &old->rows[r], &now->rows[n]) &&
			 !(layout && is_same_cells(w, &old->rows[r], &now->rows[n])))
			return edit_gate_refuse(
			    w, &old->rows[r], "another row would change");
		n++;
	}
	if (!code && n != now->nrows)
		return edit_gate_refuse(
		    w, &old->header, "the table would have more rows");
	return code;
}

static enum rmk_code
edit_gate_check_table(struct walk *w, size_t t, const struct rmk_table *now)
{
	const struct rmk_table *old = &w->gate->old->tables[t];
	bool edited = w->edit < w->gate->nedits && w->gate->edits[w->edit]->table == t;
	bool layout = false;
	enum rmk_code code;

	if (edited && (code = check_markers(w, now)))
		return code;
	while (w->edit < w->gate->nedits && w->gate->edits[w->edit]->table == t &&
	       w->gate->edits[w->edit]->kind == RMK_EDIT_LAYOUT) {
		layout = true;
		w->edit++;
	}
	if (old->ncols != now->ncols ||
	    memcmp(old->aligns, now->aligns, old->ncols) != 0 ||
	    old->containers != now->containers)
		return edit_gate_refuse(
		    w, &old->header, "the table would be another one");
	if (now->read_only && !old->read_only)
		return edit_gate_refuse(w, &old->header, now->read_only);
	if (!is_same_line(w, &old->header, &now->header) &&
	    !(layout && is_same_cells(w, &old->header, &now->header)))
		return edit_gate_refuse(w, &old->header, "the header would change");
	return check_rows(w, t, now, layout);
}

// --- tables inside TEXT edits -------------------------------------------------

static bool
is_within(const struct rmk_table *table, struct rmk_span span)
{
	const struct rmk_row *last = table->nrows ? &table->rows[table->nrows - 1]
	                                          : &table->delim;

	return table->header.span.at >= span.at &&
	       last->span.at + last->span.len <= span.at + span.len;
}

// Whether a table is the business of a TEXT edit: it was replaced, or is part of the new
// text. Tables and edits are both in the order of the file.
static bool
is_in_text(
    const struct rmk_gate *gate, const struct rmk_table *table, bool now, size_t *next)
{
	for (; *next < gate->ntexts; (*next)++) {
		struct rmk_span span = now ? gate->texts[*next].now
		                           : gate->texts[*next].old;

		if (span.at + span.len > table->header.span.at)
			return is_within(table, span);
	}
	return false;
}

static enum rmk_code
edit_gate_check_tables(struct walk *w)
{
	const struct rmk_doc *old = w->gate->old, *now = w->now;
	enum rmk_code code = RMK_OK;
	size_t o = 0, n = 0;

	while (!code) {
		while (o < old->ntables &&
		       is_in_text(w->gate, &old->tables[o], false, &w->old_text))
			o++;
		while (n < now->ntables &&
		       is_in_text(w->gate, &now->tables[n], true, &w->new_text))
			n++;
		if (o == old->ntables && n == now->ntables)
			return RMK_OK;
		if (o == old->ntables)
			return edit_gate_refuse(
			    w, &now->tables[n].header, "there would be a table more");
		if (n == now->ntables)
			return edit_gate_refuse(
			    w, &old->tables[o].header, "the table would be none");
		code = edit_gate_check_table(w, o++, &now->tables[n++]);
	}
	return code;
}

static enum rmk_code
refuse_around(const struct walk *w, uint32_t line)
{
	return rmk_fail(w->err, RMK_REFUSED,
	    "%.*s:%u: cannot be written so: the text here would be read otherwise",
	    RMK_FMT(w->gate->old->path), line);
}

// Rows inserted less rows deleted.
static size_t
lines_more(const struct rmk_gate *gate)
{
	size_t n = 0;

	for (size_t i = 0; i < gate->nedits; i++) {
		n += gate->edits[i]->kind == RMK_EDIT_INSERT;
		n -= gate->edits[i]->kind == RMK_EDIT_DELETE;
	}
	return n;
}

// What is around the tables must be read as before, unless it was itself edited. (A CR
// that is left before the LF of a blank line would take it for its own.)
static enum rmk_code
check_around(const struct walk *w)
{
	const struct rmk_doc *old = w->gate->old, *now = w->now;
	uint32_t last = (uint32_t)old->nlines;

	if (w->gate->ntexts)
		return RMK_OK;
	if (now->nlines != old->nlines + lines_more(w->gate))
		return refuse_around(w, last);
	for (size_t i = 0; i < old->nblocks; i++) {
		const struct rmk_block *b = &old->blocks[i];

		if (i >= now->nblocks || b->kind != now->blocks[i].kind ||
		    b->containers != now->blocks[i].containers)
			return refuse_around(w, b->line);
	}
	return now->nblocks == old->nblocks ? RMK_OK : refuse_around(w, last);
}

enum rmk_code
rmk_gate_pass(struct rmk_arena *a, const struct rmk_gate *gate, struct rmk_str text,
    struct rmk_err *err)
{
	struct walk w = {.arena = a, .gate = gate, .err = err};
	enum rmk_code code;
	struct rmk_doc *now;

	if ((code = rmk_doc_parse(a, gate->old->path, text, 0, &now, err)))
		return code;
	w.now = now;
	code = edit_gate_check_tables(&w);
	return code ? code : check_around(&w);
}
