// Several histories as one.
#include "history/smoothing.h"

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
