// How far a row is, by all of its status columns.
//
//	| Task | Go | Rust |
//	| a    | ✅ | ✅   |   done: all are
//	| b    | ✅ | ❌   |   doing: one is begun or done
//	| c    | ❌ | N/A  |   to do; what is closed does not count
//
// Rows are offered in turns: those begun, those to do, those that wait, those whose status
// is in no order, unless no row of the table says how far it is ("unpatched", "customized").
// What is done or closed is never offered.
#ifndef RMK_SCHEMA_ROW_PROGRESS_H
#define RMK_SCHEMA_ROW_PROGRESS_H

#include "schema/schema.h"

struct rmk_row_progress {
	enum rmk_progress progress; // RMK_DONE: nothing is left to do, closed or not
	bool waits;                 // begun, and blocked or paused
	bool vague;   // its status is in no order, nor is that of any row of the table
	size_t ndone; // columns that are done
};

// Whether a row repeats the header in all its status columns, and so heads the rows below it.
bool rmk_row_repeats_header(struct rmk_arena *a, const struct rmk_doc *doc, size_t table,
    const struct rmk_schema *schema, size_t row);

struct rmk_row_progress rmk_row_progress(struct rmk_arena *a, const struct rmk_doc *doc,
    size_t table, const struct rmk_schema *schema, size_t row);

// From 0, below RMK_ROW_TURNS; RMK_NONE where it is never offered.
#define RMK_ROW_TURNS 4
size_t rmk_row_turn(const struct rmk_row_progress *progress);

#endif
