// Comparing rows: see gate_rows.h.
#include "edit/gate_rows.h"

#include "base/marker.h"
#include "gfm/cells.h"

enum rmk_code
rmk_gate_refuse(const struct rmk_gate_walk *w, const struct rmk_row *row, const char *why)
{
	rmk_fail(w->err, RMK_REFUSED, "%.*s:%u: cannot be written so: %s",
	    RMK_FMT(w->gate->old->path), row->line, why);
	return rmk_hint(w->err,
	    "nothing was written; outer pipes around every row of the "
	    "table make it safe to change");
}

static struct rmk_str
gate_rows_content(const struct rmk_gate_walk *w, const struct rmk_doc *doc,
    const struct rmk_row *row, size_t col)
{
	return rmk_cell_content(w->arena, rmk_doc_cell(doc, row, col));
}

bool
rmk_gate_same_line(
    const struct rmk_gate_walk *w, const struct rmk_row *old, const struct rmk_row *now)
{
	return old->ncells == now->ncells &&
	       old->at - old->span.at == now->at - now->span.at &&
	       rmk_str_eq(
		   rmk_doc_str(w->gate->old, old->span), rmk_doc_str(w->now, now->span));
}

// Whether the cells [from, to) are the same to a reader: a missing cell is an empty one.
static bool
is_same_range(const struct rmk_gate_walk *w, const struct rmk_row *old,
    const struct rmk_row *now, size_t from, size_t to)
{
	for (size_t col = from; col < to; col++) {
		if (!rmk_str_eq(rmk_doc_cell(w->gate->old, old, col),
			rmk_doc_cell(w->now, now, col)))
			return false;
	}
	return true;
}

bool
rmk_gate_same_cells(
    const struct rmk_gate_walk *w, const struct rmk_row *old, const struct rmk_row *now)
{
	return is_same_range(
	    w, old, now, 0, old->ncells > now->ncells ? old->ncells : now->ncells);
}

// --- rows ---------------------------------------------------------------------

static const struct rmk_edit *
next_edit(const struct rmk_gate_walk *w, size_t table, size_t row)
{
	const struct rmk_edit *edit;

	if (w->edit == w->gate->nedits)
		return NULL;
	edit = w->gate->edits[w->edit];
	return edit->table == table && edit->row == row ? edit : NULL;
}

static enum rmk_code
check_inserted(
    struct rmk_gate_walk *w, const struct rmk_edit *edit, const struct rmk_row *row)
{
	const struct rmk_table *table = &w->gate->old->tables[edit->table];

	// A line that is written as it was may be short, as it was.
	if (edit->line.s ? row->ncells > table->ncols : row->ncells != table->ncols)
		return rmk_gate_refuse(
		    w, &table->header, "the new row would have other cells");
	for (size_t col = 0; col < table->ncols; col++) {
		if (!rmk_str_eq(
			gate_rows_content(w, w->now, row, col), edit->values[col]))
			return rmk_gate_refuse(
			    w, &table->header, "the new row would have other cells");
	}
	return RMK_OK;
}

// A row with cells set: those hold their values, the others are the same, and there are
// as many as before or as the last one set needs.
static enum rmk_code
check_set(struct rmk_gate_walk *w, size_t table, size_t r, const struct rmk_row *now)
{
	const struct rmk_row *old = &w->gate->old->tables[table].rows[r];
	static const char other[] = "another cell of the row would change";
	const struct rmk_edit *edit;
	size_t col = 0; // the cells before it are as they should be

	while ((edit = next_edit(w, table, r))) {
		if (!is_same_range(w, old, now, col, edit->col))
			return rmk_gate_refuse(w, old, other);
		if (!rmk_str_eq(
			gate_rows_content(w, w->now, now, edit->col), edit->value))
			return rmk_gate_refuse(
			    w, old, "the cell would not hold the value");
		col = edit->col + 1;
		w->edit++;
	}
	if (!is_same_range(w, old, now, col, old->ncells))
		return rmk_gate_refuse(w, old, other);
	if (now->ncells != (old->ncells > col ? old->ncells : col))
		return rmk_gate_refuse(
		    w, old, "the row would have another number of cells");
	return RMK_OK;
}

// The next row; NULL behind the last one, and where a line need not be a row or is a conflict's
// marker.
static const struct rmk_row *
take_row(const struct rmk_gate_walk *w, struct rmk_new_rows *rows)
{
	if (rows->table)
		return rows->n < rows->table->nrows ? &rows->table->rows[rows->n++]
		                                    : NULL;
	if (rows->at >= rows->end || rows->unsure)
		return NULL;
	rmk_arena_reset(&rows->cells, (struct rmk_arena_mark){0});
	rows->unsure = !rmk_bodies_row(&rows->cells, w->now->text, &rows->at, rows->end,
			   rows->prefix, &rows->row) ||
	               rmk_marker_is_row(rmk_doc_str(w->now, rows->row.span));
	return rows->unsure ? NULL : &rows->row;
}

// What goes in front of an old row.
static enum rmk_code
check_inserts(struct rmk_gate_walk *w, struct rmk_row_range *range, size_t r)
{
	const struct rmk_table *old = &w->gate->old->tables[range->table];
	const struct rmk_edit *edit;
	enum rmk_code code = RMK_OK;

	while (!code && (edit = next_edit(w, range->table, r)) &&
	       edit->kind == RMK_EDIT_INSERT) {
		const struct rmk_row *now = take_row(w, &range->rows);

		if (!now)
			return rmk_gate_refuse(
			    w, &old->header, "the new row would be no row");
		code = check_inserted(w, edit, now);
		w->edit++;
	}
	return code;
}

// What became of an old row.
static enum rmk_code
gate_check_row(struct rmk_gate_walk *w, struct rmk_row_range *range, size_t r)
{
	const struct rmk_row *old = &w->gate->old->tables[range->table].rows[r], *now;
	const struct rmk_edit *edit = next_edit(w, range->table, r);

	if (edit && edit->kind == RMK_EDIT_DELETE) {
		w->edit++;
		return RMK_OK;
	}
	now = take_row(w, &range->rows);
	if (!now)
		return rmk_gate_refuse(w, old, "the table would end before this row");
	if (edit)
		return check_set(w, range->table, r, now);
	if (rmk_gate_same_line(w, old, now) ||
	    (range->layout && rmk_gate_same_cells(w, old, now)))
		return RMK_OK;
	return rmk_gate_refuse(w, old, "another row would change");
}

// Body rows: those of the old table in order, less the deleted, and the inserted ones.
enum rmk_code
rmk_gate_rows(struct rmk_gate_walk *w, struct rmk_row_range *range)
{
	const struct rmk_table *old = &w->gate->old->tables[range->table];
	enum rmk_code code = RMK_OK;

	for (size_t r = range->first; r < range->last && !code; r++) {
		code = check_inserts(w, range, r);
		if (!code)
			code = gate_check_row(w, range, r);
	}
	if (!code)
		code = check_inserts(w, range, range->last);
	if (!code && take_row(w, &range->rows))
		return rmk_gate_refuse(w, &old->header, "the table would have more rows");
	return code;
}
