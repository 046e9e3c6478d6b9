// The civil calendar by Howard Hinnant's algorithms.
#include "history/date.h"

#define DAY 86400

struct rmk_str
rmk_date(struct rmk_arena *a, int64_t time, int zone)
{
	int64_t days, era, y, m, d, of_era, of_year;

	time += (int64_t)zone * 60;
	days = (time >= 0 ? time : time - (DAY - 1)) / DAY + 719468;
	era = (days >= 0 ? days : days - 146096) / 146097;
	of_era = days - era * 146097;
	y = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
	of_year = of_era - (365 * y + y / 4 - y / 100);
	m = (5 * of_year + 2) / 153;
	d = of_year - (153 * m + 2) / 5 + 1;
	m = m < 10 ? m + 3 : m - 9;
	y += era * 400 + (m <= 2);
	return rmk_str_printf(
	    a, "%04lld-%02lld-%02lld", (long long)y, (long long)m, (long long)d);
}

struct rmk_str
rmk_date_time(struct rmk_arena *a, int64_t time, int zone)
{
	int64_t of_day = (time + (int64_t)zone * 60) % DAY;
	struct rmk_str date = rmk_date(a, time, zone);
	int away = zone < 0 ? -zone : zone;

	of_day += of_day < 0 ? DAY : 0;
	return rmk_str_printf(a, "%.*sT%02d:%02d:%02d%c%02d:%02d", RMK_FMT(date),
	    (int)(of_day / 3600), (int)(of_day / 60 % 60), (int)(of_day % 60),
	    zone < 0 ? '-' : '+', away / 60, away % 60);
}

int64_t
rmk_date_month(int64_t month)
{
	int64_t y = month / 12, m = month % 12 + 1, era, of_era, of_year;

	y -= m <= 2;
	era = y / 400;
	of_era = y - era * 400;
	of_year = (153 * (m + (m > 2 ? -3 : 9)) + 2) / 5;
	return (era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year -
		   719468) *
	       DAY;
}
