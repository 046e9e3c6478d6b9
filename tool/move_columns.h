// Columns that a table gets for cells of rows that come to it.
//
//	| LIMA | Read | ada |   with an Owner   ──▶   | Paper | Status |   gets | Owner |
#ifndef TOOL_MOVE_COLUMNS_H
#define TOOL_MOVE_COLUMNS_H

#include "edit/change.h"
#include "move_rows.h"

// A table, and the columns that it gets behind its last one.
struct move_columns {
	struct picked table;    // as it was read
	struct picked wide;     // with the columns
	struct rmk_table_id id; // without them
	struct rmk_str *labels; // [n]
	size_t n;
};

// Plan columns for all that the rows hold and their targets have no column for; the moves then go
// to the tables with these columns. n moves in, *nout tables out.
enum rmk_code move_columns_plan(struct call *c, struct move *moves, size_t n,
    struct move_columns **out, size_t *nout, struct rmk_err *err);

// Make a table's columns in a version of its file; those that it has already stay.
enum rmk_code move_columns_make(struct rmk_arena *a, const char *version,
    struct rmk_str path, const struct move_columns *columns, struct rmk_str *text,
    struct rmk_err *err);

#endif
