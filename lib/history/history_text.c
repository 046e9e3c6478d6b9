// A history for the terminal: a small chart, what changed last, what is marked.
//
//	COMPAT.md  542 of 787 (68 %), 2024-07-13 to 2026-08-18, 214 versions
//	done   ▁▁▂▂▃▃▄▅▅▅▆▇██  40 -> 542
//
//	787 ┤                ─────
//	    │ ─────────█████▇█████
//	  0 ┤▁▂▃▃▄█████
//	     2024-07        2026-08
#include "history/history_formats.h"
#include "history/words.h"
#include "summary/chart.h"

#define COLUMNS_DEFAULT 80
#define COLUMNS_MOST 100
#define CHART_ROWS 8
#define SPARK_COLUMNS 24
#define MARKS_MOST 12

struct text {
	struct rmk_arena *a;
	const struct rmk_history *h;
	const struct rmk_history_style *style;
	struct rmk_buf *out;
};

// The point at the end of column i of n.
static const struct rmk_history_point *
sample(const struct rmk_history *h, size_t i, size_t n)
{
	int64_t first = h->points[0].time, last = h->points[h->n - 1].time;

	if (i + 1 == n)
		return &h->points[h->n - 1];
	return &h->points[rmk_history_at(
	    h, first + (last - first) * (int64_t)(i + 1) / (int64_t)n)];
}

static void
write_head(struct text *t)
{
	const struct rmk_history_point *first = &t->h->points[0],
				       *last = &t->h->points[t->h->n - 1];
	size_t values[SPARK_COLUMNS];

	rmk_buf_printf(t->out, "%.*s  %zu of %zu (%u %%), ",
	    RMK_FMT(rmk_shown(t->a, t->style->label)), last->shown_done,
	    last->shown_total, rmk_history_percent(last->shown_done, last->shown_total));
	rmk_buf_printf(t->out, "%.*s to %.*s, %zu version%s\n",
	    RMK_FMT(rmk_history_date(t->a, t->h, first)),
	    RMK_FMT(rmk_history_date(t->a, t->h, last)), t->h->n,
	    t->h->n == 1 ? "" : "s");
	if (first->time == last->time)
		return;
	for (size_t i = 0; i < SPARK_COLUMNS; i++)
		values[i] = sample(t->h, i, SPARK_COLUMNS)->shown_done;
	rmk_buf_adds(t->out, "done  ");
	rmk_chart_spark(t->out, values, SPARK_COLUMNS, t->style->ascii);
	rmk_buf_printf(t->out, "  %zu -> %zu\n\n", first->shown_done, last->shown_done);
}

// --- the chart ------------------------------------------------------------------

static size_t
digits(size_t n)
{
	size_t d = 1;

	while (n >= 10) {
		n /= 10;
		d++;
	}
	return d;
}

// One row of the chart, from the top: what is done as a column, the total as a line.
static void
write_row(struct text *t, size_t row, size_t columns, size_t most)
{
	static const char *const blocks[] = {" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
	size_t base = CHART_ROWS - 1 - row; // rows below this one

	for (size_t i = 0; i < columns; i++) {
		const struct rmk_history_point *p = sample(t->h, i, columns);
		size_t done = p->shown_done * CHART_ROWS * 8 / most;
		size_t total = p->shown_total * CHART_ROWS * 8 / most;
		size_t here = done > base * 8 ? done - base * 8 : 0;
		bool line = total > base * 8 && total <= (base + 1) * 8;
		if (done == 0 && p->shown_done && base == 0)
			here = 1;
		here = here > 8 ? 8 : here;
		if (t->style->ascii)
			rmk_buf_addc(t->out, here >= 4 ? '#'
					     : line    ? '-'
					     : here    ? '.'
						       : ' ');
		else if (here)
			rmk_buf_adds(t->out, blocks[here]);
		else
			rmk_buf_adds(t->out, line ? "─" : " ");
	}
}

static void
write_chart(struct text *t)
{
	size_t width = t->style->width ? t->style->width : COLUMNS_DEFAULT;
	size_t most = 1, label, columns;
	bool ascii = t->style->ascii;
	struct rmk_str first;

	for (size_t i = 0; i < t->h->n; i++) {
		if (t->h->points[i].shown_total > most)
			most = t->h->points[i].shown_total;
	}
	label = digits(most);
	width = width > COLUMNS_MOST ? COLUMNS_MOST : width;
	columns = width > label + 12 ? width - label - 2 : 10;
	for (size_t row = 0; row < CHART_ROWS; row++) {
		bool tick = row == 0 || row == CHART_ROWS - 1;
		if (tick)
			rmk_buf_printf(t->out, "%*zu ", (int)label, row ? 0 : most);
		else
			rmk_buf_fill(t->out, ' ', label + 1);
		rmk_buf_adds(t->out, ascii ? "|" : tick ? "┤" : "│");
		write_row(t, row, columns, most);
		while (t->out->n && t->out->s[t->out->n - 1] == ' ')
			t->out->n--;
		rmk_buf_addc(t->out, '\n');
	}
	rmk_buf_fill(t->out, ' ', label + 2);
	first = rmk_history_date(t->a, t->h, &t->h->points[0]);
	rmk_buf_add(t->out, first);
	if (columns >= 2 * first.n + 2) {
		rmk_buf_fill(t->out, ' ', columns - 2 * first.n);
		rmk_buf_add(
		    t->out, rmk_history_date(t->a, t->h, &t->h->points[t->h->n - 1]));
	}
	rmk_buf_addc(t->out, '\n');
}

// --- what changed ---------------------------------------------------------------

static struct rmk_str
date_of(const struct text *t, const struct rmk_moment *m)
{
	return rmk_history_label(t->a, m->time, m->zone, rmk_history_step_of_dates(t->h));
}

static void
write_change(struct text *t, const struct rmk_history_point *p,
    const struct rmk_history_point *before)
{
	struct rmk_history_point none = {0};
	const struct rmk_history_point *b = before ? before : &none;

	rmk_buf_printf(t->out,
	    "%.*s  %.7s  %5zu of %-5zu %3u %%  done %+lld, total %+lld",
	    RMK_FMT(date_of(t, p->moment)), p->moment->id.s, p->by[RMK_DONE],
	    rmk_history_open(p),
	    rmk_history_percent(p->by[RMK_DONE], rmk_history_open(p)),
	    (long long)p->by[RMK_DONE] - (long long)b->by[RMK_DONE],
	    (long long)rmk_history_open(p) - (long long)rmk_history_open(b));
	if (p->held)
		rmk_buf_adds(t->out, "  (comes back)");
	rmk_buf_addc(t->out, '\n');
}

static void
history_text_changes(struct text *t)
{
	size_t left = t->style->limit, older = 0;

	rmk_buf_addc(t->out, '\n');
	for (size_t i = t->h->n; i-- > 0;) {
		const struct rmk_history_point *p = &t->h->points[i];
		const struct rmk_history_point *before = i ? p - 1 : NULL;
		if (before && rmk_history_open(before) == rmk_history_open(p) &&
		    before->by[RMK_DONE] == p->by[RMK_DONE])
			continue;
		if (left == 0) {
			older++;
			continue;
		}
		left--;
		write_change(t, p, before);
	}
	if (older)
		rmk_buf_printf(t->out, "... and %zu older changes (-n)\n", older);
}

static void
write_marks(struct text *t)
{
	size_t shown = t->h->nmarks < MARKS_MOST ? t->h->nmarks : MARKS_MOST;

	if (t->h->nmarks)
		rmk_buf_adds(t->out, "\nNot progress:\n");
	for (size_t i = 0; i < shown; i++) {
		const struct rmk_history_mark *m = &t->h->marks[t->h->nmarks - 1 - i];
		const struct rmk_history_point *p = &t->h->points[m->point];
		rmk_buf_printf(t->out, "%.*s  %.7s  %.*s\n",
		    RMK_FMT(date_of(t, p->moment)), p->moment->id.s,
		    RMK_FMT(rmk_shown(t->a, rmk_history_mark_text(t->a, m))));
	}
	if (shown < t->h->nmarks)
		rmk_buf_printf(t->out, "... and %zu more\n", t->h->nmarks - shown);
}

void
rmk_history_write_text(struct rmk_arena *a, const struct rmk_history *h,
    const struct rmk_history_style *style, struct rmk_buf *out)
{
	struct text t = {a, h, style, out};

	if (h->n == 0)
		return;
	write_head(&t);
	if (h->points[0].time != h->points[h->n - 1].time)
		write_chart(&t);
	history_text_changes(&t);
	write_marks(&t);
}
