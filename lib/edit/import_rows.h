// Which row of a table a record is.
//
//	Name,Role    | Name | Role |
//	N,B          | N    | A    |     two rows are called N: the record is the one
//	N,A          | N    | B    |     that shows all that it holds
//
// Rows are found by their key. Of several with one key a record is the row that shows all it holds;
// else, of those that are left, the one that shows the most of it, and of equal ones the first. So
// records may come in another order, and one that was changed is still its row.
#ifndef RMK_EDIT_IMPORT_ROWS_H
#define RMK_EDIT_IMPORT_ROWS_H

#include "base/map.h"
#include "base/records.h"
#include "table/doc.h"

struct rmk_import_rows {
	struct rmk_arena *arena;
	const struct rmk_doc *doc;
	size_t table, key;
	const struct rmk_records *records;
	const size_t *cols; // [records->ncols] or RMK_NONE
	const bool *urls;   // [columns of the table] shown by their addresses
	bool markdown;      // what the records hold
	// Set by rmk_import_rows_find.
	struct rmk_map firsts;  // the first row of a key that is left
	size_t *next;           // [rows] the next one with the same key
	bool *taken;            // [rows]
	struct rmk_str **shown; // [rows][columns] NULL: not asked yet
	size_t *row_of;         // [records] RMK_NONE: none of one key shows all of it
};

// What a cell shows, as it is compared; and a text of a record as a cell.
struct rmk_str rmk_import_shown(
    const struct rmk_import_rows *rows, struct rmk_str raw, size_t col);
struct rmk_str rmk_import_cell_of(
    const struct rmk_import_rows *rows, struct rmk_str text);

// Whether a cell shows what the record holds. Of Markdown with a link, where that leads is part
// of it.
bool rmk_import_is_same(const struct rmk_import_rows *rows, struct rmk_str raw,
    size_t col, struct rmk_str text);

// To be called once, before rows are taken.
void rmk_import_rows_find(struct rmk_import_rows *rows);

// The row that a record is, in the order of the records; RMK_NONE: it is new. alike: another row of
// its key shows as much of it.
size_t rmk_import_rows_take(struct rmk_import_rows *rows, size_t record, bool *alike);

#endif
