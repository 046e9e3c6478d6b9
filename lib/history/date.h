// Days and months of the civil calendar, without the C library's time zones.
//
//	1720828800, +120  ──▶  "2024-07-13"           a time in its zone
//	24294             ──▶  2024-07-01T00:00:00Z   a month, counted from January of year 0
//
// Units: times are seconds since 1970, zones minutes east of UTC.
#ifndef RMK_HISTORY_DATE_H
#define RMK_HISTORY_DATE_H

#include "base/str.h"

// "2024-07-13" of a time in its zone.
struct rmk_str rmk_date(struct rmk_arena *a, int64_t time, int zone);

// "2024-07-13T01:40:00+02:00": the same with the time of the day.
struct rmk_str rmk_date_time(struct rmk_arena *a, int64_t time, int zone);

// The time of the first of a month, counted from January of year 0.
int64_t rmk_date_month(int64_t month);

#endif
