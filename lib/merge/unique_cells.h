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

// Visit those of rows that are gone or new in version v; of the rows of base in `contested`
// [base rows] where it is not NULL.
void rmk_merge_unique_cells(struct rmk_plan *p, enum rmk_version v, const bool *contested,
    rmk_unique_visit *visit, const void *ctx);

// The columns of base in version v; whether a row of v is new there.
const struct rmk_pairs *rmk_plan_cols_of(const struct rmk_plan *p, enum rmk_version v);
bool rmk_plan_is_new(const struct rmk_plan *p, enum rmk_version v, size_t n);

#endif
