// Body rows of a table before and after: is each as was wished?
//
//	old rows [first, last) ─┐
//	edits ──────────────────┼──▶ RMK_OK, or which row would be another
//	new rows ───────────────┘    of a table that was parsed, or read from their lines
//
// A part of the gate (edit/edit_gate.c), and included by no one else.
#ifndef RMK_EDIT_GATE_ROWS_H
#define RMK_EDIT_GATE_ROWS_H

#include "edit/edit_gate.h"
#include "table/patch.h"

struct rmk_gate_walk {
	struct rmk_arena *arena;
	const struct rmk_gate *gate;
	const struct rmk_doc *now;
	size_t edit; // the next one
	size_t
	    old_text; // the next TEXT edit that a table of the old document may stand in
	size_t new_text;
	bool heads;  // `now` has no body rows: they are read from their lines
	bool unsure; // a line was met that need not be a row
	struct rmk_err *err;
};

// Rows of the new text in their order: of a table that was parsed, or read from its lines.
struct rmk_new_rows {
	const struct rmk_table *table; // NULL: the lines [at, end)
	size_t n;                      // taken of it
	size_t at, end;
	struct rmk_str prefix;
	struct rmk_arena cells; // of the row that was read
	struct rmk_row row;
	bool unsure; // a line need not be a row
};

// Old rows [first, last) of a table, and the new ones in their place.
struct rmk_row_range {
	size_t table, first, last;
	struct rmk_new_rows rows;
	bool layout; // their lines may be written otherwise
};

enum rmk_code rmk_gate_rows(struct rmk_gate_walk *w, struct rmk_row_range *range);

// RMK_REFUSED, on the line of an old row.
enum rmk_code rmk_gate_refuse(
    const struct rmk_gate_walk *w, const struct rmk_row *row, const char *why);

// Whether a line is the same bytes; or its cells are, to a reader.
bool rmk_gate_same_line(
    const struct rmk_gate_walk *w, const struct rmk_row *old, const struct rmk_row *now);
bool rmk_gate_same_cells(
    const struct rmk_gate_walk *w, const struct rmk_row *old, const struct rmk_row *now);

#endif
