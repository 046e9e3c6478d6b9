// Setting cells: what `set`, `start` and `done` have in common.
//
//	ROW VALUE ─▶ the row, its status column, the canonical spelling ─▶ write_changes
#ifndef TOOL_SET_H
#define TOOL_SET_H

#include "operands.h"
#include "where.h"
#include "write.h"

// Options of `start` and `done`.
#define OPT_PROGRESS                                                                     \
	{'c', "column", "COLUMN", "the column to write (default: the status column)",    \
	    SEVERAL},                                                                    \
	    OPT_WHERE,                                                                   \
	    {0, "keep-note", NULL, "keep a link or note around the old word", NULL},     \
	    OPT_WRITE

// What a cell is to become. Texts with s == NULL were not given.
struct assignment {
	struct rmk_str row;
	const struct picked_row *chosen; // the row, where --where chose it
	struct rmk_str value;            // what was typed
	enum rmk_progress progress;      // without a value: its first status
	struct rmk_str column;           // s NULL: the one status column
	struct rmk_str expect;           // s NULL: anything
	struct rmk_str table;            // FILE#TABLE of a batch's line
	size_t line;                     // of the batch, for messages; 0: none
	bool again;                      // the row of the assignment before this one
};

// Set all of them in one commit, or none. words as for open_tables.
enum exit_status set_cells(struct call *c, char *const *words, size_t nwords,
    const struct assignment *assignments, size_t n);

// The same wish of every row that is named, or that --where chooses, in each column of -c.
enum exit_status set_rows(struct call *c, struct operands *o, struct assignment all);

// `start` and `done`: rows to their column's first status of that kind.
enum exit_status set_progress(struct call *c, enum rmk_progress progress);

// The writes, and of each status among them the dates that are declared to come with it.
struct write *writes_with_dates(
    struct call *c, const struct write *writes, size_t n, size_t *nout);

// The same of a new row, in its values that are empty.
void new_row_dates(
    struct call *c, const struct rmk_schema *schema, struct rmk_str *values);

// A place found for an assignment.
struct target {
	struct picked table;
	size_t row, col;
};

// The content to write there: what was typed in the column's spelling, or its word for
// begun or done. The cell's own where it says so already, in whatever markup. With
// --keep-note a link or note around the old word stays; without, it is said that it goes.
enum rmk_code cell_value(struct call *c, const struct assignment *w,
    const struct target *t, struct rmk_str *out, struct rmk_err *err);

// What was typed for a cell of a column, in the column's spelling. A value that an inferred
// status column does not hold is written, and said; one that is a letter or two from a known
// one is refused as a slip of the keys. With --new it is taken as it is.
enum rmk_code spell_value(struct call *c, const struct picked *p,
    const struct rmk_field *field, struct rmk_str typed, struct rmk_str *out,
    struct rmk_err *err);

// Assignments from lines ROW<TAB>VALUE, or JSON objects with the members row, value, column,
// expect and table.
enum rmk_code batch_read(struct call *c, struct rmk_str text, struct assignment **out,
    size_t *n, struct rmk_err *err);

#endif
