// Some rows and columns of a table, in an order: --columns, --where, --sort, -n.
//
//	table 13 x 5  ──▶  --where 'Read=No' --sort Year -n 3 --columns Paper  ──▶  rows 9 2 4, col 0
#ifndef TOOL_VIEW_H
#define TOOL_VIEW_H

#include "where.h"

struct view {
	struct picked from;
	size_t *rows; // [nrows] indices into the table
	size_t nrows;
	size_t *cols; // [ncols]
	size_t ncols;
};

// clang-format off
#define OPT_VIEW                                                                         \
	{0, "columns", "LIST", "only these columns, separated by commas", NULL},         \
	OPT_WHERE,                                                                       \
	OPT_STATUS,                                                                      \
	{0, "sort", "COLUMN", "order by COLUMN; -COLUMN turns it round", NULL}
// clang-format on

// What the options of OPT_VIEW and OPT_LIMIT leave of a table.
enum rmk_code view_make(
    struct call *c, const struct picked *from, struct view *out, struct rmk_err *err);

// Order rows by a column: statuses from to do to done, numbers by value, else as text.
void view_sort(struct rmk_arena *a, const struct rmk_doc *doc, size_t table,
    const struct rmk_field *field, size_t col, bool down, size_t *rows, size_t n);

#endif
