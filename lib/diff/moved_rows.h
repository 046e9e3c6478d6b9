// Rows that left one table for another, in the files of one change.
//
//	README.md   - | LIMA | Read |                       a row that went ...
//	old.md                          + | Read | LIMA |   ... and came: it moved
//
// A row is the same by its bytes, else by its name, where no other row that went or came is
// called so; a name that is a number, or of a table in which several rows have one name, needs
// another cell that is the same. One that says what a row says that went from its own table is that
// one, under another name.
#ifndef RMK_DIFF_MOVED_ROWS_H
#define RMK_DIFF_MOVED_ROWS_H

#include "diff/diff.h"

struct rmk_moved_row {
	size_t old_file, old_table, old_row; // file: index of the difference
	size_t new_file, new_table, new_row;
	const struct rmk_pairs *cols; // of the two tables
};

// The rows that are removed in one of the n differences and added in the same or another one.
size_t rmk_moved_rows(struct rmk_arena *a, const struct rmk_diff *const *files, size_t n,
    struct rmk_moved_row **out);

// The move to a row, or from one; NULL: it only came, or went.
const struct rmk_moved_row *rmk_moved_to(
    const struct rmk_moved_row *v, size_t n, size_t file, size_t table, size_t row);
const struct rmk_moved_row *rmk_moved_from(
    const struct rmk_moved_row *v, size_t n, size_t file, size_t table, size_t row);

// The cells in which the two differ, in the order of the new columns; what is empty in the one
// table and no column of the other is none.
size_t rmk_moved_cells(struct rmk_arena *a, const struct rmk_diff *const *files,
    const struct rmk_moved_row *move, struct rmk_cell_diff **out);

#endif
