// Rows chosen by what they hold.
//
//	--where Status=Read     the cell says so
//	--where Status!=Read    it says something else
//	--where Paper~lo        it has this part; where no cell has it, a link of it
//
// Given more than once, all of them must hold. Values are compared without regard to case,
// spacing and emphasis; a word of a value is the value (Partial, "🟡 Partial"). "=Read" is of the
// column without a name.
#ifndef TOOL_WHERE_H
#define TOOL_WHERE_H

#include "open_table.h"

#define OPT_WHERE                                                                        \
	{                                                                                \
		0, "where", "TEST", "only rows with COLUMN=VALUE, !=VALUE or ~PART",     \
		    SEVERAL                                                              \
	}

// How far a row is, besides: of commands that look.
#define OPT_STATUS                                                                       \
	{0, "open", NULL, "only rows that are neither done nor closed", NULL},           \
	    {0, "status", "CLASS", "only rows that are so", "todo doing done closed"},   \
	{                                                                                \
		'c', "column", "COLUMN", "the status that --open and --status mean",     \
		    NULL                                                                 \
	}

struct where_test;
struct where {
	struct where_test *v;
	size_t n;
	unsigned classes; // bits of enum rmk_progress; 0: all
	size_t status;    // the column whose they are; RMK_NONE: the row's
};

// The row's class by its status columns: an empty status is to do. RMK_UNKNOWN without one.
enum rmk_progress picked_progress(
    struct rmk_arena *a, const struct picked *p, size_t row);

// What to type for each column: its label, with its number where others have the same.
struct rmk_str *picked_column_names(struct rmk_arena *a, const struct rmk_schema *schema);

// Note for programs the columns of which one could have been meant; typed empty: the status.
void picked_columns_meant(struct call *c, const struct picked *p, struct rmk_str typed,
    const struct rmk_err *err);

// The column that a person named, in whatever words: see rmk_address_column_typed.
enum rmk_code picked_column(struct call *c, const struct picked *p, struct rmk_str name,
    size_t *out, struct rmk_err *err);

// The tests as one table has them. RMK_NOT_FOUND: it lacks a column.
enum rmk_code where_read(
    struct call *c, const struct picked *p, struct where *out, struct rmk_err *err);
bool where_holds(
    struct rmk_arena *a, const struct where *w, const struct picked *p, size_t row);

// A row of a table.
struct picked_row {
	struct picked table;
	size_t row;
};

// The rows of these tables for which the tests hold; tables without the columns have none.
// RMK_NOT_FOUND: there is no such row.
enum rmk_code where_select(struct call *c, const struct picked *tables, size_t n,
    struct picked_row **out, size_t *nout, struct rmk_err *err);

#endif
