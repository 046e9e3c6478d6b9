// Setting cells: what `set`, `start` and `done` have in common.
//
//	ROW VALUE ─▶ the row, its status column, the canonical spelling ─▶ write_changes
#ifndef TOOL_SET_H
#define TOOL_SET_H

#include "write.h"

// One wish. Texts with s == NULL were not given.
struct assignment {
	struct rmk_str row;
	struct rmk_str value;       // what was typed
	enum rmk_progress progress; // without a value: its first status
	struct rmk_str column;      // s NULL: the one status column
	struct rmk_str expect;      // s NULL: anything
	struct rmk_str table;       // FILE#TABLE of a batch's line
	size_t line;                // of the batch, for messages; 0: none
};

// Make them true, all in one commit or none. words as for open_tables.
enum exit_status set_cells(struct call *c, char *const *words, size_t nwords,
    const struct assignment *assignments, size_t n);

// `start` and `done`: one row to its column's first status of that kind.
enum exit_status set_progress(struct call *c, enum rmk_progress progress);

// A value that an inferred status column does not hold is written, and said: it may be
// new, or a slip of the keys.
void note_new(struct call *c, const struct rmk_field *field, struct rmk_str value);

// Wishes from lines ROW<TAB>VALUE, or JSON objects with the members row, value, column,
// expect and table.
enum rmk_code batch_read(struct call *c, struct rmk_str text, struct assignment **out,
    size_t *n, struct rmk_err *err);

#endif
