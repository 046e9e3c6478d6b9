// Losses that were taken back, sums of several files, and what is left.
#include "history/history.h"

#include <stdio.h>
#include <string.h>

#define DAY 86400

// A fall is a loss when it takes so many rows, and such a part of what there was; it was
// taken back when, within so many versions and days, as much stands again as before but
// for a part of the fall.
#define LOST_LEAST 5
#define LOST_PART 10
#define BACK_VERSIONS 20
#define BACK_TIME (14 * DAY)
#define BACK_PART 10

// A forecast rests on this part of the history and time at least, and reaches so far.
#define PACE_PART 3
#define PACE_TIME (30 * DAY)
#define FORECAST_MOST ((int64_t)3650 * DAY)

static size_t
fall(size_t was, size_t is)
{
	size_t lost = was > is ? was - is : 0;

	return lost >= LOST_LEAST && lost * LOST_PART >= was ? lost : 0;
}

// The point at which what point i lost is back, or 0.
static size_t
find_back(const struct rmk_history *h, size_t i, size_t done, size_t total)
{
	const struct rmk_history_point *was = &h->points[i - 1];

	for (size_t j = i + 1; j < h->n && j <= i + BACK_VERSIONS; j++) {
		const struct rmk_history_point *p = &h->points[j];
		if (p->time - h->points[i].time > BACK_TIME)
			return 0;
		if (p->by[RMK_DONE] + done / BACK_PART >= was->by[RMK_DONE] &&
		    p->total + total / BACK_PART >= was->total)
			return j;
	}
	return 0;
}

// Marks stand in the order of their points.
static void
insert_mark(struct rmk_arena *a, struct rmk_history *h, struct rmk_history_mark mark)
{
	size_t i = h->nmarks++;
	struct rmk_history_mark *v = rmk_arena_alloc(a, h->nmarks * sizeof *v);

	if (i)
		memcpy(v, h->marks, i * sizeof *v);
	h->marks = v;
	for (; i && v[i - 1].point > mark.point; i--)
		v[i] = v[i - 1];
	v[i] = mark;
}

static size_t
hold(struct rmk_arena *a, struct rmk_history *h, size_t i)
{
	const struct rmk_history_point *was = &h->points[i - 1];
	size_t done = fall(was->by[RMK_DONE], h->points[i].by[RMK_DONE]);
	size_t total = fall(was->total, h->points[i].total);
	size_t back = done || total ? find_back(h, i, done, total) : 0;

	if (!back)
		return i;
	insert_mark(a, h,
	    (struct rmk_history_mark){
		.kind = RMK_MARK_LOST, .point = i, .n = done ? done : total});
	insert_mark(
	    a, h, (struct rmk_history_mark){.kind = RMK_MARK_BACK, .point = back});
	for (; i < back; i++) {
		struct rmk_history_point *p = &h->points[i];
		p->held = true;
		p->shown_done = was->by[RMK_DONE];
		p->shown_total = rmk_history_open(p) > rmk_history_open(was)
		                     ? rmk_history_open(p)
		                     : rmk_history_open(was);
	}
	return back - 1;
}

void
rmk_history_smooth(struct rmk_arena *a, struct rmk_history *h)
{
	int64_t latest = INT64_MIN;

	for (size_t i = 0; i < h->n; i++) {
		struct rmk_history_point *p = &h->points[i];
		latest = p->moment->time > latest ? p->moment->time : latest;
		p->time = latest;
		p->held = false;
		p->shown_done = p->by[RMK_DONE];
		p->shown_total = rmk_history_open(p);
	}
	for (size_t i = 1; i < h->n; i++)
		i = hold(a, h, i);
}

// --- several files --------------------------------------------------------------

// The history whose next point is the oldest, or RMK_NONE.
static size_t
oldest(const struct rmk_history *h, const size_t *at, size_t n)
{
	size_t best = RMK_NONE;

	for (size_t i = 0; i < n; i++) {
		if (at[i] < h[i].n &&
		    (best == RMK_NONE || h[i].points[at[i]].moment->order >
					     h[best].points[at[best]].moment->order))
			best = i;
	}
	return best;
}

static void
replace(struct rmk_history_point *sum, const struct rmk_history *h, size_t at)
{
	const struct rmk_history_point *p = &h->points[at];

	sum->moment = p->moment;
	sum->total += p->total - (at ? p[-1].total : 0);
	for (size_t i = 0; i < RMK_NPROGRESS; i++)
		sum->by[i] += p->by[i] - (at ? p[-1].by[i] : 0);
}

struct rmk_history
rmk_history_sum(struct rmk_arena *a, const struct rmk_history *h, size_t n)
{
	struct rmk_history out = {0};
	struct rmk_history_point sum = {0};
	size_t *at = RMK_NEW_N(a, size_t, n), cap = 0, marks_cap = 0, i;

	while ((i = oldest(h, at, n)) != RMK_NONE) {
		const struct rmk_moment *m = h[i].points[at[i]].moment;
		bool same = out.n && out.points[out.n - 1].moment->order == m->order;
		replace(&sum, &h[i], at[i]);
		if (!same)
			(void)RMK_PUSH(a, out.points, out.n, cap);
		out.points[out.n - 1] = sum;
		for (size_t k = 0; k < h[i].nmarks; k++) {
			struct rmk_history_mark mark = h[i].marks[k];
			if (mark.point != at[i] || mark.kind == RMK_MARK_LOST ||
			    mark.kind == RMK_MARK_BACK)
				continue;
			mark.point = out.n - 1;
			*RMK_PUSH(a, out.marks, out.nmarks, marks_cap) = mark;
		}
		out.parsed += at[i] == 0 ? h[i].parsed : 0;
		at[i]++;
	}
	rmk_history_smooth(a, &out);
	return out;
}

// --- what is left ---------------------------------------------------------------

struct rmk_forecast
rmk_history_forecast(const struct rmk_history *h)
{
	struct rmk_forecast f = {0};
	const struct rmk_history_point *last;
	int64_t span, from;
	size_t i, left;
	double days;

	if (h->n < 2)
		return f;
	last = &h->points[h->n - 1];
	span = last->time - h->points[0].time;
	from = span / PACE_PART > PACE_TIME ? span / PACE_PART : PACE_TIME;
	for (i = h->n - 1; i && h->points[i].time > last->time - from; i--)
		;
	left = last->shown_total - last->shown_done;
	days = (double)(last->time - h->points[i].time) / DAY;
	if (left == 0 || days < 1 || last->shown_done <= h->points[i].shown_done)
		return f;
	f.per_day = (double)(last->shown_done - h->points[i].shown_done) / days;
	f.since = h->points[i].time;
	if ((double)left / f.per_day * DAY > (double)FORECAST_MOST)
		return f;
	f.finish = last->time + (int64_t)((double)left / f.per_day * DAY);
	f.known = true;
	return f;
}

// Days of the civil calendar (Howard Hinnant's algorithm), without the C library's time
// zones.
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
