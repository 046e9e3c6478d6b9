// What all formats of a history say in the same words.
//
//	a mark            ──▶  "Status: Yes -> ✅ Yes in 390 rows"
//	a time, a step    ──▶  "2024-07"  "2024-07-13"  "2024-07-13 09:05"
//	2 of 13           ──▶  15 percent
#ifndef RMK_HISTORY_WORDS_H
#define RMK_HISTORY_WORDS_H

#include "history/history.h"

#define RMK_MONTH ((int64_t)31 * 86400) // the longest: steps of so much never stay in one

// A mark in words: "Status: Yes -> ✅ Yes in 390 rows".
struct rmk_str rmk_history_mark_text(
    struct rmk_arena *a, const struct rmk_history_mark *mark);

// The date of a time, as fine as steps of so many seconds need: "2024-07" for months,
// "2024-07-13", "2024-07-13 09:05", "2024-07-13 09:05:10".
struct rmk_str rmk_history_label(
    struct rmk_arena *a, int64_t time, int zone, int64_t step);

// How fine dates of a history are: days, or minutes when it all happened within a day.
int64_t rmk_history_step_of_dates(const struct rmk_history *h);

// The date of a point, and its percentage.
struct rmk_str rmk_history_date(
    struct rmk_arena *a, const struct rmk_history *h, const struct rmk_history_point *p);
unsigned rmk_history_percent(size_t done, size_t total);

// The last point at or before a time; the first when none is.
size_t rmk_history_at(const struct rmk_history *h, int64_t time);

#endif
