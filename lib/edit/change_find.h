// Tables, rows and columns of another version, found by what names them.
//
//	README.md#papers, key "LoRA", column "Read"   of the version that was read
//	        │
//	        ▼
//	table 0, row 7, column 2                      of HEAD's, the index's, the worktree's
#ifndef RMK_EDIT_CHANGE_FIND_H
#define RMK_EDIT_CHANGE_FIND_H

#include "base/map.h"
#include "edit/change.h"

struct change_finder {
	struct rmk_arena *arena;
	const char *version;
	const struct rmk_doc *doc;
	struct rmk_err *err;
	bool many; // so many changes that an index of the rows pays

	// The table of the change before, which most often is that of the next too.
	const struct rmk_table_id *id; // NULL: none yet
	size_t table;
	size_t *cols; // [id->ncols] where a label is in this version, or RMK_NONE

	// Its rows by key: the first of a key, and the next one with the same.
	size_t key_col; // RMK_NONE: not made yet
	struct rmk_map firsts;
	size_t *next;
	size_t
	    schema_key; // the key column as this version has it; RMK_NONE: not asked yet
};

// What a version has for a name.
struct rmk_str rmk_change_anchor(
    const struct rmk_doc *doc, const struct rmk_table *table);
uint32_t rmk_change_siblings(const struct rmk_doc *doc, size_t heading);
struct rmk_str rmk_change_key(struct rmk_arena *a, const struct rmk_doc *doc,
    const struct rmk_row *row, size_t col);
bool rmk_change_has_key(struct rmk_arena *a, const struct rmk_doc *doc,
    const struct rmk_row *row, size_t col, struct rmk_str key);

// Go to a table: sets table and cols.
enum rmk_code rmk_change_enter(struct change_finder *f, const struct rmk_table_id *id);
struct rmk_str rmk_change_shown(const struct change_finder *f); // "README.md#papers"

// The row of an id. except: the label (an index) of the cell that is set, whose value may
// differ; RMK_NONE: none.
enum rmk_code rmk_change_row(
    struct change_finder *f, const struct rmk_row_id *id, size_t except, size_t *out);

// Whether a row with the key and the other cells of an id is there, and just one.
bool rmk_change_has_row(
    struct change_finder *f, const struct rmk_row_id *id, size_t except);

// The row with a key, in a table whose keys are all different; else RMK_NONE.
size_t rmk_change_unique(struct change_finder *f, size_t col, struct rmk_str key);
bool rmk_change_has_cells(const struct change_finder *f, const struct rmk_row_id *id,
    size_t row, size_t except);

// RMK_NOT_FOUND: `what` is what this version lacks, `kind` what to commit first.
enum rmk_code rmk_change_missing(
    const struct change_finder *f, const char *kind, struct rmk_str what);

#endif
