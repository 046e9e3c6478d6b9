// Edits, and the gate they pass.
//
//	edits ──▶ splices into the old bytes ──▶ parse again ──▶ compare ──▶ new bytes
//	                                         the gate        or refuse
//
// The gate is the one way to new bytes: it refuses unless exactly the wished cells
// differ: same tables, same rows but those inserted or deleted, the same number of
// cells, every other cell the same, every byte outside the edits the same. It also
// refuses to edit a table with conflict markers inside, unless the edit takes them away.
//
// White space: in an aligned column a cell's padding takes up the difference where it
// can, else a cell keeps its own. To write a value and then the old one again gives the
// old bytes again, unless the cell was empty: an empty cell looks as its neighbours do.
//
// Units: table, row and col are indices into the document the edits are for. Values
// are content: pipes are escaped here. An edit list is made against one document, in
// any order, and all of it is applied, or nothing. Two edits of one place are
// RMK_INVALID; several rows inserted before one row stand in the order of the list.
#ifndef RMK_EDIT_EDIT_H
#define RMK_EDIT_EDIT_H

#include "table/doc.h"

enum rmk_edit_kind {
	RMK_EDIT_CELL,   // cell (row, col) holds value; a short row is filled up to col
	RMK_EDIT_INSERT, // a row of values[ncols] goes before row `row`; nrows: at the end
	RMK_EDIT_DELETE, // row `row` is gone
	RMK_EDIT_LAYOUT, // the bytes of span, inside the table, become value; no cell changes
	RMK_EDIT_TEXT // the bytes of span become value; the span cuts through no table
};

struct rmk_edit {
	enum rmk_edit_kind kind;
	size_t table, row, col;
	struct rmk_str value;   // CELL: content; LAYOUT, TEXT: bytes
	struct rmk_str *values; // INSERT: [ncols of the table]
	struct rmk_str line;  // INSERT: how the row is written; s NULL: as its neighbours
	struct rmk_span span; // LAYOUT, TEXT
};

// Whether a value can stand in a cell: no NUL, CR or LF, valid UTF-8. White space at
// its ends is refused too, since a cell cannot keep it.
enum rmk_code rmk_edit_value_ok(struct rmk_str value, struct rmk_err *err);

// New bytes for the edits. RMK_READ_ONLY and RMK_REFUSED say why not. No edit, or none
// that changes anything, gives the old bytes.
enum rmk_code rmk_edits_apply(struct rmk_arena *a, const struct rmk_doc *doc,
    const struct rmk_edit *edits, size_t n, struct rmk_str *out, struct rmk_err *err);

#endif
