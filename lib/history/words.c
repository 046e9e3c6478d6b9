// Dates, parts and marks in words: see words.h.
#include "history/words.h"

#define DAY 86400

struct rmk_str
rmk_history_label(struct rmk_arena *a, int64_t time, int zone, int64_t step)
{
	struct rmk_str date = rmk_date(a, time, zone);
	int second = (int)(((time + zone * 60) % DAY + DAY) % DAY);

	if (step >= RMK_MONTH)
		return rmk_str_part(date, 0, 7);
	if (step >= DAY)
		return date;
	date = rmk_str_printf(a, "%.*s %02d:%02d:%02d", RMK_FMT(date), second / 3600,
	    second / 60 % 60, second % 60);
	return rmk_str_part(date, 0, step >= 60 ? 16 : date.n);
}

int64_t
rmk_history_step_of_dates(const struct rmk_history *h)
{
	int64_t span = h->n ? h->points[h->n - 1].time - h->points[0].time : 0;

	return span > 0 && span < DAY ? 60 : DAY;
}

struct rmk_str
rmk_history_date(
    struct rmk_arena *a, const struct rmk_history *h, const struct rmk_history_point *p)
{
	return rmk_history_label(
	    a, p->time, p->moment->zone, rmk_history_step_of_dates(h));
}

unsigned
rmk_history_percent(size_t done, size_t total)
{
	return total ? (unsigned)(done * 100 / total) : 0;
}

size_t
rmk_history_at(const struct rmk_history *h, int64_t time)
{
	size_t low = 0, high = h->n;

	while (low < high) {
		size_t mid = (low + high) / 2;
		if (h->points[mid].time <= time)
			low = mid + 1;
		else
			high = mid;
	}
	return low ? low - 1 : 0;
}

// What distinguishes "⚠" from "⚠️" shows as nothing, so it is named.
static struct rmk_str
spelled(struct rmk_arena *a, struct rmk_str text)
{
	bool emoji = rmk_str_find(text, RMK_STR("\xEF\xB8\x8F")) != RMK_NONE;

	return emoji ? rmk_str_printf(a, "%.*s (with U+FE0F)", RMK_FMT(text)) : text;
}

struct rmk_str
rmk_history_mark_text(struct rmk_arena *a, const struct rmk_history_mark *m)
{
	struct rmk_str old = m->old, new = m->new_;

	switch (m->kind) {
	case RMK_MARK_RENAMED:
	case RMK_MARK_SPELLED:
		if (m->kind == RMK_MARK_SPELLED) {
			old = spelled(a, old);
			new = spelled(a, new);
		}
		return rmk_str_printf(a, "%.*s: %.*s -> %.*s in %zu row%s",
		    RMK_FMT(m->label), RMK_FMT(old), RMK_FMT(new), m->n,
		    m->n == 1 ? "" : "s");
	case RMK_MARK_LOST:
		return rmk_str_printf(a, "%zu rows lost, and back later", m->n);
	default:
		return RMK_STR("what was lost is back");
	}
}
