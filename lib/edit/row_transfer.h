// A row that goes to another table, as two changes: it comes there, and goes here.
//
//	| LIMA | Read |  of README.md#papers   ──▶   | Read | LIMA |  of done.md#1
//
// Cells go by the names of their columns and keep their bytes; a status goes to the status
// column, spelled as the target declares it. In another file links lead where they led.
//
// Ownership: the changes point into the documents.
#ifndef RMK_EDIT_ROW_TRANSFER_H
#define RMK_EDIT_ROW_TRANSFER_H

#include "edit/change.h"

// A table of a document.
struct rmk_transfer_end {
	const struct rmk_doc *doc;
	size_t table;
	const struct rmk_schema *schema;
};

struct rmk_transfer {
	struct rmk_transfer_end from, to;
	size_t row;
	struct rmk_str name; // of the row, for messages
	bool drop;           // cells for which the target has no column are left behind
};

// The columns of the source for which the target has none, and in which the row has a cell: how
// many, and which [from.schema->ncols].
size_t rmk_transfer_missing(const struct rmk_transfer *t, size_t *cols);

// RMK_REFUSED: a cell has no column there, or leans on its file; RMK_FASTER: the target has a row
// of this key.
enum rmk_code rmk_transfer_plan(struct rmk_arena *a, const struct rmk_transfer *t,
    struct rmk_change *come, struct rmk_change *gone, struct rmk_err *err);

// Make such changes in a version of a file, and parse the result. RMK_REFUSED besides what
// rmk_changes_apply says: a row would be lost, or stand twice.
enum rmk_code rmk_transfer_make(struct rmk_arena *a, const char *version,
    const struct rmk_doc *doc, const struct rmk_change *changes, size_t n,
    struct rmk_doc **out, struct rmk_err *err);

#endif
