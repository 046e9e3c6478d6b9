// Cells that one row of base has alone, and one row of a side has alone, in the same column.
//
//	base            ours
//	| a | x.org |   | b | x.org |    x.org: rows 0 and 0
//	| c | y.org |   | d | z.org |    neither: they differ
//	| e | -     |   | f | -     |    too short to tell
//
// Whatever the rows are called, such a cell says that they may be one.
#ifndef RMK_MERGE_UNIQUE_CELLS_H
#define RMK_MERGE_UNIQUE_CELLS_H

#include "merge/merge_internal.h"

// Row b of base and row n of the side.
typedef void rmk_unique_visit(const void *ctx, size_t b, size_t n);

struct rmk_unique_cell {
	size_t col; // of base
	size_t b, n;
};

struct rmk_unique_cells {
	struct rmk_unique_cell *v; // column by column
	size_t n, cap;
};

// Rows of base that are gone from version v, and rows of v that are new, in their order.
struct rmk_loose_rows {
	size_t *gone, ngone;
	size_t *fresh, nfresh;
};

struct rmk_loose_rows rmk_loose_rows_of(const struct rmk_plan *p, enum rmk_version v);

// The cells of these rows; gone need not be gone.
struct rmk_unique_cells rmk_unique_cells_of(
    struct rmk_plan *p, enum rmk_version v, const struct rmk_loose_rows *rows);

void rmk_unique_cells_visit(
    const struct rmk_unique_cells *cells, rmk_unique_visit *visit, const void *ctx);

// Visit those of rows that are still gone or new, when a column's turn comes: first the gone ones
// in the order of base, then the new ones in that of the side.
void rmk_unique_cells_visit_left(struct rmk_plan *p, enum rmk_version v,
    const struct rmk_unique_cells *cells, rmk_unique_visit *visit, const void *ctx);

// The columns of base in version v, and its lines; whether a row of base is gone from v, and whether
// one of v is new there.
const struct rmk_pairs *rmk_plan_cols_of(const struct rmk_plan *p, enum rmk_version v);
const struct rmk_pairs *rmk_plan_lines_of(const struct rmk_plan *p, enum rmk_version v);
bool rmk_plan_is_gone(const struct rmk_plan *p, enum rmk_version v, size_t b);
bool rmk_plan_is_new(const struct rmk_plan *p, enum rmk_version v, size_t n);

#endif
