// Rows that go to another table, in one commit over all files.
//
//	| LIMA | Read | of README.md#papers   ──▶   | Read | LIMA | of done.md#1
//	  cells go by label, and keep their bytes; the table says the rest
//
// A target that is not there yet is made at the end of the file, with the columns of the table
// that the rows come from.
#ifndef TOOL_MOVE_ROWS_H
#define TOOL_MOVE_ROWS_H

#include "where.h"
#include "write.h"

struct move {
	struct picked_row from;
	struct picked to;
	struct rmk_str
	    heading;         // not empty: the target is made under it where it is missing
	struct picked like;  // then: with the columns of this table
	struct rmk_str name; // and this name, where that table is declared
};

// The options of mv and archive for cells for which the target has no column; without them that is
// refused.
#define OPT_MOVE                                                                         \
	{0, "keep", NULL, "make columns for cells that have none there", NULL},          \
	{                                                                                \
		0, "drop", NULL, "leave cells behind for which there is no column", NULL \
	}

// Move them all, or none.
enum exit_status move_rows(
    struct call *c, struct move *moves, size_t n, struct rmk_str message);

#endif
