// Rows that were over when they went to another table: what was done stays done.
//
//	papers   5 rows, 3 done  ──archive 2──▶  3 rows, 1 done     counted: 5 and 3
//
// Rows that come back are counted where they are. Of tables with one status column.
#ifndef RMK_HISTORY_ARCHIVED_H
#define RMK_HISTORY_ARCHIVED_H

#include "history/history.h"

// Add to the points of a history, oldest first, what went before them to tables and files that
// are not counted. moments: those it was made from.
enum rmk_code rmk_history_archived(struct rmk_arena *a, const struct rmk_moment *moments,
    const struct rmk_history_opts *opts, struct rmk_history *h, struct rmk_err *err);

#endif
