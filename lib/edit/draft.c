// Rows over a document, with an undo log.
//
// Every change pushes what the row was. Rolling back pops, newest first, so the order of
// changes needs no thought. A new row that is rolled back is dropped from the end, where
// it must stand, since rows are only ever added there.
#include "edit/draft.h"
#include "gfm/cells.h"

#include <string.h>

struct rmk_draft_undo {
	size_t row, col; // RMK_NONE: no one cell
	struct rmk_draft_row was;
	bool added; // the row did not exist
};

static const struct rmk_table *
draft_table_of(const struct rmk_draft *d)
{
	return &d->doc->tables[d->table];
}

struct rmk_draft *
rmk_draft_open(struct rmk_arena *a, const struct rmk_doc *doc, size_t table)
{
	struct rmk_draft *d = RMK_NEW(a, struct rmk_draft);

	d->arena = a;
	d->doc = doc;
	d->table = table;
	d->nold = d->nrows = d->cap = doc->tables[table].nrows;
	d->rows = RMK_NEW_N(a, struct rmk_draft_row, d->nrows);
	d->column_at = RMK_NEW_N(a, uint64_t, doc->tables[table].ncols);
	return d;
}

struct rmk_str
rmk_draft_cell(
    const struct rmk_draft *d, struct rmk_arena *scratch, size_t row, size_t col)
{
	const struct rmk_draft_row *r = &d->rows[row];

	if (r->cells && r->cells[col].s)
		return r->cells[col];
	if (row >= d->nold)
		return RMK_STR("");
	return rmk_cell_content(
	    scratch, rmk_doc_cell(d->doc, &draft_table_of(d)->rows[row], col));
}

static void
draft_tick(struct rmk_draft *d, const struct rmk_draft_undo *u)
{
	d->clock++;
	if (u->added)
		d->rows_at = d->clock;
	if (u->col != RMK_NONE)
		d->column_at[u->col] = d->clock;
}

static void
remember(struct rmk_draft *d, size_t row, size_t col, bool added)
{
	struct rmk_draft_undo *u = RMK_PUSH(d->arena, d->undo, d->nundo, d->undo_cap);

	*u = (struct rmk_draft_undo){.row = row, .col = col, .added = added};
	if (!added)
		u->was = d->rows[row];
	draft_tick(d, u);
}

static enum rmk_code
check_writable(const struct rmk_draft *d, struct rmk_err *err)
{
	const struct rmk_table *t = draft_table_of(d);

	if (!t->read_only)
		return RMK_OK;
	return rmk_fail(err, RMK_READ_ONLY, "%.*s:%u: this table cannot be written: %s",
	    RMK_FMT(d->doc->path), t->header.line, t->read_only);
}

enum rmk_code
rmk_draft_set(struct rmk_draft *d, size_t row, size_t col, struct rmk_str content,
    struct rmk_err *err)
{
	struct rmk_arena_mark mark = rmk_arena_mark(d->arena);
	bool same = rmk_str_eq(rmk_draft_cell(d, d->arena, row, col), content);
	struct rmk_str *cells;
	enum rmk_code code;

	rmk_arena_reset(d->arena, mark);
	if (same)
		return RMK_OK;
	if ((code = check_writable(d, err)) || (code = rmk_edit_value_ok(content, err)))
		return code;
	remember(d, row, col, false);
	cells = RMK_NEW_N(d->arena, struct rmk_str, draft_table_of(d)->ncols);
	if (d->rows[row].cells)
		memcpy(
		    cells, d->rows[row].cells, draft_table_of(d)->ncols * sizeof *cells);
	cells[col] = rmk_str_copy(d->arena, content);
	d->rows[row].cells = cells;
	return RMK_OK;
}

enum rmk_code
rmk_draft_insert(
    struct rmk_draft *d, const struct rmk_str *contents, size_t *row, struct rmk_err *err)
{
	size_t ncols = draft_table_of(d)->ncols;
	enum rmk_code code = check_writable(d, err);
	struct rmk_str *cells;

	for (size_t c = 0; c < ncols && !code; c++)
		code = rmk_edit_value_ok(contents[c], err);
	if (code)
		return code;
	cells = RMK_NEW_N(d->arena, struct rmk_str, ncols);
	for (size_t c = 0; c < ncols; c++)
		cells[c] = rmk_str_copy(d->arena, contents[c]);
	*row = d->nrows;
	remember(d, *row, RMK_NONE, true);
	*RMK_PUSH(d->arena, d->rows, d->nrows, d->cap) = (struct rmk_draft_row){
	    .cells = cells};
	return RMK_OK;
}

enum rmk_code
rmk_draft_delete(struct rmk_draft *d, size_t row, struct rmk_err *err)
{
	enum rmk_code code = check_writable(d, err);

	if (code)
		return code;
	remember(d, row, RMK_NONE, false);
	d->rows[row].deleted = true;
	return RMK_OK;
}

size_t
rmk_draft_mark(const struct rmk_draft *d)
{
	return d->nundo;
}

void
rmk_draft_rollback(struct rmk_draft *d, size_t mark)
{
	while (d->nundo > mark) {
		const struct rmk_draft_undo *u = &d->undo[--d->nundo];

		if (u->added)
			d->nrows--;
		else
			d->rows[u->row] = u->was;
		draft_tick(d, u);
		d->taken_at = d->clock;
	}
}

// The cells of one old row that differ from the document's.
static void
row_edits(struct rmk_draft *d, struct rmk_arena *a, size_t row, struct rmk_edit **v,
    size_t *n, size_t *cap)
{
	const struct rmk_draft_row *r = &d->rows[row];
	const struct rmk_row *old = &draft_table_of(d)->rows[row];

	for (size_t c = 0; r->cells && c < draft_table_of(d)->ncols; c++) {
		struct rmk_str was = rmk_cell_content(a, rmk_doc_cell(d->doc, old, c));

		if (!r->cells[c].s || rmk_str_eq(r->cells[c], was))
			continue;
		*RMK_PUSH(a, *v, *n, *cap) = (struct rmk_edit){.kind = RMK_EDIT_CELL,
		    .table = d->table,
		    .row = row,
		    .col = c,
		    .value = r->cells[c]};
	}
}

size_t
rmk_draft_edits(struct rmk_draft *d, struct rmk_arena *a, struct rmk_edit **out)
{
	struct rmk_edit *v = NULL;
	size_t n = 0, cap = 0;

	for (size_t r = 0; r < d->nrows; r++) {
		struct rmk_edit edit = {
		    .kind = RMK_EDIT_DELETE, .table = d->table, .row = r};

		if (r >= d->nold)
			edit = (struct rmk_edit){.kind = RMK_EDIT_INSERT,
			    .table = d->table,
			    .row = d->nold,
			    .values = d->rows[r].cells};
		if (r < d->nold && !d->rows[r].deleted)
			row_edits(d, a, r, &v, &n, &cap);
		else if (r < d->nold || !d->rows[r].deleted)
			*RMK_PUSH(a, v, n, cap) = edit;
	}
	*out = v;
	return n;
}
