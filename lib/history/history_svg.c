// A history as a burn-up chart: what there is, and what of it is done.
//
//	┌──────────────────────────────────────────────┐
//	│ COMPAT.md                   542 of 787 · 68 % │
//	│ 800                            ┌────── 787    │  scope: gray steps
//	│ 400       ┌───────┐ ┌──────────┘ ▁▂▃▅ 542     │  done: blue steps over an area
//	│   0 ──────┘       ◆                           │  ◆ a mark, told below
//	│     2024     2025         2026                │
//	└──────────────────────────────────────────────┘
//
// Both lines are steps, because a count holds until the next commit. The base is zero, so
// that a slope is never steeper than it was.
#include "history/history_formats.h"
#include "history/words.h"
#include "summary/chart_svg.h"

#include "base/utf8.h"

#define WIDTH 720
#define LEFT 56
#define RIGHT 96
#define TOP 56
#define PLOT 240
#define NOTE_LINE 18
#define NOTES_MOST 5
#define NOTE_COLUMNS 100
#define DOT_GAP 6.0 // pixels between commit marks
#define DAY 86400
#define SHORT (90 * DAY) // less than this is told by days or hours, not by months
#define DATE_WIDTH 58    // pixels that the date in front takes

struct plot {
	struct rmk_arena *a;
	const struct rmk_history *h;
	struct rmk_buf *out;
	int64_t first, last; // of the axis
	size_t top;          // of the other axis, a round number
};

static double
x_of(const struct plot *p, int64_t time)
{
	double span = p->last > p->first ? (double)(p->last - p->first) : 1;

	return LEFT + (WIDTH - LEFT - RIGHT) * (double)(time - p->first) / span;
}

static double
y_of(const struct plot *p, double value)
{
	return TOP + PLOT - PLOT * value / (double)p->top;
}

// --- axes -----------------------------------------------------------------------

// 1, 2 or 5 times a power of ten, so that about four of it make most.
static size_t
round_step(size_t most)
{
	static const size_t factors[] = {1, 2, 5, 10};
	size_t power = 1;

	while (power * 10 * 4 <= most)
		power *= 10;
	for (size_t i = 0; i < sizeof factors / sizeof *factors; i++) {
		if (power * factors[i] * 5 >= most)
			return power * factors[i];
	}
	return power * 10;
}

static void
add_values(struct plot *p)
{
	size_t most = 1, step;

	for (size_t i = 0; i < p->h->n; i++) {
		if (p->h->points[i].shown_total > most)
			most = p->h->points[i].shown_total;
	}
	step = round_step(most);
	p->top = (most + step - 1) / step * step;
	for (size_t v = 0; v <= p->top; v += step)
		rmk_buf_printf(p->out,
		    "<path class=\"grid\" d=\"M%d %.1fH%d\"/>"
		    "<text class=\"n\" x=\"%d\" y=\"%.1f\" "
		    "text-anchor=\"end\">%zu</text>\n",
		    LEFT, y_of(p, (double)v), WIDTH - RIGHT, LEFT - 8,
		    y_of(p, (double)v) + 4, v);
}

static void
add_tick(struct plot *p, int64_t time, struct rmk_str label)
{
	double x = x_of(p, time);

	rmk_buf_printf(p->out,
	    "<path class=\"grid\" d=\"M%.1f %dv5\"/><text class=\"n\" x=\"%.1f\" "
	    "y=\"%d\" text-anchor=\"middle\">%.*s</text>\n",
	    x, TOP + PLOT, x, TOP + PLOT + 18, RMK_FMT(label));
}

// Minutes, hours or days, on the clock of the newest commit; the date is in front.
static void
add_short_dates(struct plot *p)
{
	static const int64_t steps[] = {60, 120, 300, 600, 1800, 3600, 7200, 10800, 21600,
	    43200, DAY, 2 * DAY, 7 * DAY, 14 * DAY};
	int zone = p->h->points[p->h->n - 1].moment->zone;
	int64_t step = 0, time;

	for (size_t i = 0; i < sizeof steps / sizeof *steps &&
			   (step == 0 || (p->last - p->first) / step > 8);
	     i++)
		step = steps[i];
	time = (p->first + zone * 60) / step * step - zone * 60;
	for (; time <= p->last; time += step) {
		struct rmk_str label = rmk_history_label(p->a, time, zone, 60);
		bool day = (time + zone * 60) % DAY == 0;
		if (x_of(p, time) >= LEFT + DATE_WIDTH)
			add_tick(p, time, rmk_str_part(label, day ? 5 : 11, 5));
	}
	add_tick(p, p->first, rmk_date(p->a, p->first, zone));
}

// Years or months, so many apart that at most eight stand there.
static void
add_long_dates(struct plot *p)
{
	static const int64_t steps[] = {1, 2, 3, 6, 12, 24, 60, 120, 240, 1200};
	int64_t months = (p->last - p->first) / (30 * DAY) + 1, step = 0, month;

	for (size_t i = 0; i < sizeof steps / sizeof *steps && months / 8 >= step; i++)
		step = steps[i];
	if (months / 8 > step)
		step *= months / 8 / step + 1;
	month = (p->first / (30 * DAY) + 1970 * 12 - 24) / step * step;
	for (; rmk_date_month(month) <= p->last; month += step) {
		struct rmk_str date = rmk_date(p->a, rmk_date_month(month), 0);
		if (rmk_date_month(month) < p->first)
			continue;
		add_tick(
		    p, rmk_date_month(month), rmk_str_part(date, 0, step < 12 ? 7 : 4));
	}
}

static void
add_dates(struct plot *p)
{
	if (p->last - p->first < SHORT)
		add_short_dates(p);
	else
		add_long_dates(p);
}

// --- lines ----------------------------------------------------------------------

static size_t
value_of(const struct rmk_history_point *p, bool done)
{
	return done ? p->shown_done : p->shown_total;
}

// A step line: what a pixel does not show is left out.
static void
add_steps(struct plot *p, bool done)
{
	const struct rmk_history_point *points = p->h->points;
	double x = x_of(p, points[0].time);

	rmk_buf_printf(
	    p->out, "M%.1f %.1f", x, y_of(p, (double)value_of(&points[0], done)));
	for (size_t i = 1; i < p->h->n; i++) {
		bool last = i + 1 == p->h->n;
		if (!last && value_of(&points[i], done) == value_of(&points[i - 1], done))
			continue;
		rmk_buf_printf(p->out, "H%.1fV%.1f", x_of(p, points[i].time),
		    y_of(p, (double)value_of(&points[i], done)));
	}
}

static void
add_lines(struct plot *p)
{
	rmk_buf_adds(p->out, "<path class=\"area\" d=\"");
	add_steps(p, true);
	rmk_buf_printf(p->out, "V%dH%.1fZ\"/>\n<path class=\"scope\" d=\"", TOP + PLOT,
	    x_of(p, p->first));
	add_steps(p, false);
	rmk_buf_adds(p->out, "\"/>\n<path class=\"line\" d=\"");
	add_steps(p, true);
	rmk_buf_adds(p->out, "\"/>\n");
}

// A dot at commits that changed what is done, as far as there is room; its title says what.
static void
add_dots(struct plot *p)
{
	double before = -DOT_GAP;

	for (size_t i = 0; i < p->h->n; i++) {
		const struct rmk_history_point *at = &p->h->points[i];
		double x = x_of(p, at->time);
		if (x - before < DOT_GAP || (i && at->shown_done == at[-1].shown_done &&
						at->shown_total == at[-1].shown_total))
			continue;
		before = x;
		rmk_buf_printf(p->out,
		    "<circle class=\"blue\" cx=\"%.1f\" cy=\"%.1f\" r=\"2\"><title>", x,
		    y_of(p, (double)at->shown_done));
		rmk_buf_printf(p->out, "%.*s %.7s: %zu of %zu",
		    RMK_FMT(rmk_history_date(p->a, p->h, at)), at->moment->id.s,
		    at->by[RMK_DONE], rmk_history_open(at));
		rmk_buf_adds(p->out, "</title></circle>\n");
	}
}

// Both lines are named at their end; the names keep apart.
static void
add_labels(struct plot *p)
{
	const struct rmk_history_point *last = &p->h->points[p->h->n - 1];
	double total = y_of(p, (double)last->shown_total) + 4;
	double done = y_of(p, (double)last->shown_done) + 4;

	if (done - total < 16)
		done = total + 16;
	if (done > TOP + PLOT + 4) {
		done = TOP + PLOT + 4;
		total = done - total < 16 ? done - 16 : total;
	}
	rmk_buf_printf(p->out,
	    "<text class=\"n\" x=\"%d\" y=\"%.1f\">total %zu</text>\n"
	    "<text class=\"blue\" x=\"%d\" y=\"%.1f\" font-weight=\"600\">"
	    "done %zu</text>\n",
	    WIDTH - RIGHT + 8, total, last->shown_total, WIDTH - RIGHT + 8, done,
	    last->shown_done);
}

// --- notes ----------------------------------------------------------------------

static size_t
note_count(const struct rmk_history *h)
{
	size_t notes = 0;

	for (size_t i = 0; i < h->nmarks; i++)
		notes += h->marks[i].kind != RMK_MARK_BACK;
	return notes < NOTES_MOST ? notes : NOTES_MOST;
}

static void
add_note(struct plot *p, size_t *y, struct rmk_str text)
{
	struct rmk_str front = rmk_utf8_clip(text, NOTE_COLUMNS);

	rmk_buf_printf(p->out, "<path class=\"mark\" d=\"M%d %zul4 4l-4 4l-4-4z\"/>",
	    LEFT - 4, *y - 8);
	rmk_buf_printf(p->out, "<text class=\"n\" x=\"%d\" y=\"%zu\">", LEFT + 6, *y);
	rmk_buf_xml(p->out, front);
	rmk_buf_printf(p->out, "%s</text>\n", front.n < text.n ? "…" : "");
	*y += NOTE_LINE;
}

// A diamond on the base line for each mark, and the latest of them in words.
static void
add_marks(struct plot *p, size_t y)
{
	size_t notes = 0;

	for (size_t i = p->h->nmarks; i-- > 0;) {
		const struct rmk_history_mark *m = &p->h->marks[i];
		const struct rmk_history_point *at = &p->h->points[m->point];
		struct rmk_str text;
		if (m->kind == RMK_MARK_BACK)
			continue;
		text = rmk_str_printf(p->a, "%.*s  %.*s",
		    RMK_FMT(rmk_history_date(p->a, p->h, at)),
		    RMK_FMT(rmk_history_mark_text(p->a, m)));
		rmk_buf_printf(p->out,
		    "<path class=\"mark\" d=\"M%.1f %dl4 4l-4 4l-4-4z\"><title>",
		    x_of(p, at->time), TOP + PLOT - 4);
		rmk_buf_xml(p->out, text);
		rmk_buf_adds(p->out, "</title></path>\n");
		if (notes++ < NOTES_MOST)
			add_note(p, &y, text);
	}
}

void
rmk_history_write_svg(struct rmk_arena *a, const struct rmk_history *h,
    const struct rmk_history_style *style, struct rmk_buf *out)
{
	const struct rmk_history_point *first, *last;
	struct rmk_str title = style->label.n ? style->label : RMK_STR("Progress");
	struct plot p = {.a = a, .h = h, .out = out};
	size_t notes = note_count(h);

	if (h->n == 0)
		return;
	first = &h->points[0];
	last = &h->points[h->n - 1];
	p.first = first->time;
	p.last = last->time;
	rmk_svg_begin(out, !style->bare, WIDTH,
	    (unsigned)(TOP + PLOT + 36 + (notes ? notes * NOTE_LINE + 6 : 0)), title,
	    rmk_str_printf(a, "Done %zu of %zu on %.*s; %zu of %zu on %.*s.",
		first->shown_done, first->shown_total,
		RMK_FMT(rmk_history_date(a, h, first)), last->shown_done,
		last->shown_total, RMK_FMT(rmk_history_date(a, h, last))));
	rmk_svg_headline(out, WIDTH, 32, title,
	    rmk_str_printf(a, "%zu of %zu · %u %%", last->shown_done, last->shown_total,
		rmk_history_percent(last->shown_done, last->shown_total)));
	add_values(&p);
	add_dates(&p);
	add_lines(&p);
	add_dots(&p);
	add_labels(&p);
	add_marks(&p, TOP + PLOT + 44);
	rmk_svg_end(out);
}
