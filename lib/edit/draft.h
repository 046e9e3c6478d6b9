// A table that is being changed: rows over a document, edits in the end.
//
//	document           draft                       edits
//	| LoRA | Read  |   0  as written               CELL 1,1 "Read"
//	| LIMA | Not … |   1  changed: col 1 = Read    DELETE 2
//	| RLHF | Not … |   2  deleted                  INSERT "QLoRA", "Not read"
//	                   3  new: QLoRA, Not read
//
// What was changed can be taken back to a mark, so that statements and savepoints of SQL
// can fail. The document itself never changes.
//
// Units: a row of a draft is numbered from 0, keeps its number for life, and is never
// used again. Cells are content: '\|' is '|'.
//
// Ownership: everything lives in the arena given to rmk_draft_open; text handed in is
// copied.
#ifndef RMK_EDIT_DRAFT_H
#define RMK_EDIT_DRAFT_H

#include "edit/edit.h"

struct rmk_draft_row {
	struct rmk_str *cells; // [ncols] s == NULL: as the document has it; NULL: all are
	bool deleted;
};

struct rmk_draft_undo;

struct rmk_draft {
	struct rmk_arena *arena;
	const struct rmk_doc *doc;
	size_t table;
	struct rmk_draft_row *rows; // [nrows] the document's first, then the new ones
	size_t nrows, cap;
	size_t nold; // how many of them the document has
	struct rmk_draft_undo *undo;
	size_t nundo, undo_cap;
	// For those who keep indexes: the clock grows with every change; when cells of a
	// column last changed, and when rows last came (or were taken back). Rows that are
	// deleted keep their cells, so that they change neither. taken_at: when anything was
	// last rolled back.
	uint64_t clock, rows_at, taken_at;
	uint64_t *column_at; // [ncols]
};

struct rmk_draft *rmk_draft_open(
    struct rmk_arena *a, const struct rmk_doc *doc, size_t table);

// A cell's content; empty where the row is short. Lives in the draft, the document's text
// or in scratch.
struct rmk_str rmk_draft_cell(
    const struct rmk_draft *d, struct rmk_arena *scratch, size_t row, size_t col);

// Changes. A value that cannot stand in a cell fails and changes nothing. Setting what is
// there already changes nothing and succeeds.
enum rmk_code rmk_draft_set(struct rmk_draft *d, size_t row, size_t col,
    struct rmk_str content, struct rmk_err *err);
enum rmk_code rmk_draft_insert(struct rmk_draft *d, const struct rmk_str *contents,
    size_t *row, struct rmk_err *err);
enum rmk_code rmk_draft_delete(struct rmk_draft *d, size_t row, struct rmk_err *err);

// A mark is a number: everything changed after it can be taken back.
size_t rmk_draft_mark(const struct rmk_draft *d);
void rmk_draft_rollback(struct rmk_draft *d, size_t mark);

// The edits that make the document into the draft; none when they are the same.
size_t rmk_draft_edits(struct rmk_draft *d, struct rmk_arena *a, struct rmk_edit **out);

#endif
