// Finding losses that were taken back: see smoothing.h.
#include "history/smoothing.h"

#include <string.h>

#define DAY 86400

// A fall is a loss when it takes so many rows, and such a part of what there was; it was
// taken back when, within so many versions and days, as much is there again as before but
// for a part of the fall.
#define LOST_LEAST 5
#define LOST_PART 10
#define BACK_VERSIONS 20
#define BACK_TIME (14 * DAY)
#define BACK_PART 10

size_t
rmk_history_open(const struct rmk_history_point *p)
{
	return p->total - p->by[RMK_CLOSED];
}

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
smooth_loss(struct rmk_arena *a, struct rmk_history *h, size_t i)
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
		i = smooth_loss(a, h, i);
}
