// A history for other programs and pages: csv, json, mermaid.
#include "history/history_formats.h"

#include "base/json.h"

// Samples of a Mermaid chart, where their names are months, and where they are longer.
#define MERMAID_MONTHS 16
#define MERMAID_DAYS 8
#define DAY 86400
#define MONTH (31 * DAY) // the longest: steps of so much never stay in one

static const struct {
	const char *name;
	enum rmk_history_format format;
} formats[] = {
    {"text", RMK_HISTORY_TEXT},
    {"csv", RMK_HISTORY_CSV},
    {"json", RMK_HISTORY_JSON},
    {"svg", RMK_HISTORY_SVG},
    {"mermaid", RMK_HISTORY_MERMAID},
};

bool
rmk_history_format_of(struct rmk_str name, enum rmk_history_format *out)
{
	for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
		if (rmk_str_eq(name, rmk_str_of(formats[i].name))) {
			*out = formats[i].format;
			return true;
		}
	}
	return false;
}

static const char *const mark_names[] = {
    [RMK_MARK_RENAMED] = "renamed",
    [RMK_MARK_SPELLED] = "spelled",
    [RMK_MARK_LOST] = "lost",
    [RMK_MARK_BACK] = "back",
};

// --- words ----------------------------------------------------------------------

struct rmk_str
rmk_history_label(struct rmk_arena *a, int64_t time, int zone, int64_t step)
{
	struct rmk_str date = rmk_date(a, time, zone);
	int second = (int)(((time + zone * 60) % DAY + DAY) % DAY);

	if (step >= MONTH)
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

size_t
rmk_history_open(const struct rmk_history_point *p)
{
	return p->total - p->by[RMK_CLOSED];
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

// What tells "⚠" from "⚠️" shows as nothing, so it is named.
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

struct rmk_str
rmk_history_forecast_text(struct rmk_arena *a, const struct rmk_history *h)
{
	struct rmk_forecast f = rmk_history_forecast(h);
	bool slow = f.per_day < 1;

	if (!f.known)
		return (struct rmk_str){"", 0};
	return rmk_str_printf(a, "at the mean pace since %.*s (%.1f a %s): all done %.*s",
	    RMK_FMT(rmk_date(a, f.since, 0)), slow ? f.per_day * 30 : f.per_day,
	    slow ? "month" : "day", 7, rmk_date(a, f.finish, 0).s);
}

// --- csv and json ---------------------------------------------------------------

static void
csv_marks(struct rmk_buf *out, struct rmk_arena *a, const struct rmk_history *h,
    size_t point, size_t *mark)
{
	struct rmk_buf text = {.arena = a};

	for (; *mark < h->nmarks && h->marks[*mark].point == point; ++*mark) {
		const struct rmk_history_mark *m = &h->marks[*mark];
		rmk_buf_printf(&text, "%s%s: %.*s", text.n ? "; " : "",
		    mark_names[m->kind], RMK_FMT(rmk_history_mark_text(a, m)));
	}
	rmk_buf_csv(out, rmk_buf_str(&text));
}

static void
history_formats_write_csv(
    struct rmk_arena *a, const struct rmk_history *h, struct rmk_buf *out)
{
	size_t mark = 0;

	rmk_buf_adds(out, "date,commit,total,todo,doing,done,unknown,empty,percent,"
			  "shown_total,shown_done,marks,closed\r\n");
	for (size_t i = 0; i < h->n; i++) {
		const struct rmk_history_point *p = &h->points[i];
		rmk_buf_add(out, rmk_date(a, p->moment->time, p->moment->zone));
		rmk_buf_printf(out, ",%.*s,%zu,%zu,%zu,%zu,%zu,%zu,%u,%zu,%zu,",
		    RMK_FMT(p->moment->id), p->total, p->by[RMK_TODO], p->by[RMK_DOING],
		    p->by[RMK_DONE], p->by[RMK_UNKNOWN], p->by[RMK_EMPTY],
		    rmk_history_percent(p->by[RMK_DONE], rmk_history_open(p)),
		    p->shown_total, p->shown_done);
		csv_marks(out, a, h, i, &mark);
		rmk_buf_printf(out, ",%zu\r\n", p->by[RMK_CLOSED]);
	}
}

static void
json_point(struct rmk_json *j, struct rmk_arena *a, const struct rmk_history_point *p)
{
	rmk_json_object(j, NULL);
	rmk_json_text(j, "date", rmk_date(a, p->moment->time, p->moment->zone));
	rmk_json_number(j, "time", p->moment->time);
	rmk_json_text(j, "commit", p->moment->id);
	rmk_json_text(j, "author", p->moment->author);
	rmk_json_number(j, "total", (long long)p->total);
	for (size_t i = 0; i < RMK_NPROGRESS; i++)
		rmk_json_number(
		    j, rmk_progress_name((enum rmk_progress)i), (long long)p->by[i]);
	rmk_json_number(
	    j, "percent", rmk_history_percent(p->by[RMK_DONE], rmk_history_open(p)));
	if (p->held) {
		rmk_json_bool(j, "held", true);
		rmk_json_number(j, "shown_total", (long long)p->shown_total);
		rmk_json_number(j, "shown_done", (long long)p->shown_done);
	}
	rmk_json_array(j, "counts");
	for (size_t i = 0; i < p->ncounts; i++) {
		rmk_json_array(j, NULL);
		rmk_json_number(j, NULL, p->counts[i].value);
		rmk_json_number(j, NULL, p->counts[i].n);
		rmk_json_end(j);
	}
	rmk_json_end(j);
	rmk_json_end(j);
}

static void
json_values(struct rmk_json *j, const struct rmk_history *h)
{
	rmk_json_array(j, "values");
	for (size_t i = 0; i < h->nvalues; i++) {
		rmk_json_object(j, NULL);
		rmk_json_text(j, "column", h->values[i].label);
		rmk_json_text(j, "text", h->values[i].text);
		rmk_json_text(j, "series", h->values[i].series);
		rmk_json_cstr(j, "progress", rmk_progress_name(h->values[i].progress));
		rmk_json_end(j);
	}
	rmk_json_end(j);
}

static void
json_marks(struct rmk_json *j, const struct rmk_history *h)
{
	rmk_json_array(j, "marks");
	for (size_t i = 0; i < h->nmarks; i++) {
		const struct rmk_history_mark *m = &h->marks[i];
		rmk_json_object(j, NULL);
		rmk_json_cstr(j, "kind", mark_names[m->kind]);
		rmk_json_text(j, "commit", h->points[m->point].moment->id);
		if (m->old.s) {
			rmk_json_text(j, "column", m->label);
			rmk_json_text(j, "old", m->old);
			rmk_json_text(j, "new", m->new_);
		}
		rmk_json_number(j, "rows", (long long)m->n);
		rmk_json_end(j);
	}
	rmk_json_end(j);
}

static void
json_forecast(struct rmk_json *j, struct rmk_arena *a, const struct rmk_history *h)
{
	struct rmk_forecast f = rmk_history_forecast(h);

	if (!f.known) {
		rmk_json_null(j, "forecast");
		return;
	}
	rmk_json_object(j, "forecast");
	rmk_json_cstr(j, "method", "mean pace of the last third, 30 days at least");
	rmk_json_text(j, "since", rmk_date(a, f.since, 0));
	rmk_json_real(j, "per_day", f.per_day);
	rmk_json_text(j, "finish", rmk_date(a, f.finish, 0));
	rmk_json_end(j);
}

static void
history_formats_write_json(struct rmk_arena *a, const struct rmk_history *h,
    const struct rmk_history_style *style, struct rmk_buf *out)
{
	struct rmk_json j = {.out = out};

	rmk_json_object(&j, NULL);
	rmk_json_number(&j, "version", 1);
	if (style->cut.n)
		rmk_json_text(&j, "cut", style->cut);
	json_values(&j, h);
	rmk_json_array(&j, "points");
	for (size_t i = 0; i < h->n; i++)
		json_point(&j, a, &h->points[i]);
	rmk_json_end(&j);
	json_marks(&j, h);
	json_forecast(&j, a, h);
	rmk_json_end(&j);
	rmk_buf_addc(out, '\n');
}

// --- mermaid --------------------------------------------------------------------

// The samples of a chart, at equal distances in time.
struct samples {
	size_t n;
	int64_t first, span;
};

static int64_t
sample_time(const struct samples *s, size_t i)
{
	return s->first + s->span * (int64_t)i / (s->n > 1 ? (int64_t)s->n - 1 : 1);
}

// As many as have room for their names, which are short where they are months.
static struct samples
samples_of(const struct rmk_history *h)
{
	struct samples s = {h->n, 0, 0};

	if (h->n == 0)
		return s;
	s.first = h->points[0].time;
	s.span = h->points[h->n - 1].time - s.first;
	if (s.n > MERMAID_MONTHS)
		s.n = MERMAID_MONTHS;
	if (s.n > MERMAID_DAYS && s.span / (int64_t)s.n < MONTH)
		s.n = MERMAID_DAYS;
	if (s.span < (int64_t)s.n)
		s.n = 1;
	return s;
}

// Mermaid draws samples with the same name as one, so names are as fine as the samples.
static struct rmk_str
sample_name(
    struct rmk_arena *a, const struct rmk_history *h, const struct samples *s, size_t i)
{
	int64_t step = s->n > 1 ? s->span / ((int64_t)s->n - 1) : DAY;
	struct rmk_str name = rmk_history_label(
	    a, sample_time(s, i), h->points[h->n - 1].moment->zone, step);

	return rmk_str_from(name, step >= DAY ? 0 : s->span < DAY ? 11 : 5);
}

static void
history_formats_write_mermaid(struct rmk_arena *a, const struct rmk_history *h,
    const struct rmk_history_style *style, struct rmk_buf *out)
{
	struct samples s = samples_of(h);
	size_t at[MERMAID_MONTHS], most = 1;

	for (size_t i = 0; i < s.n; i++) {
		at[i] = i + 1 == s.n ? h->n - 1 : rmk_history_at(h, sample_time(&s, i));
		if (h->points[at[i]].shown_total > most)
			most = h->points[at[i]].shown_total;
	}
	rmk_buf_adds(out, "xychart-beta\n    title \"");
	rmk_buf_mermaid(out, style->label);
	rmk_buf_adds(out, "\"\n    x-axis [");
	for (size_t i = 0; i < s.n; i++)
		rmk_buf_printf(
		    out, "%s\"%.*s\"", i ? ", " : "", RMK_FMT(sample_name(a, h, &s, i)));
	rmk_buf_printf(out, "]\n    y-axis \"rows\" 0 --> %zu\n    line [", most);
	for (size_t i = 0; i < s.n; i++)
		rmk_buf_printf(out, "%s%zu", i ? ", " : "", h->points[at[i]].shown_total);
	rmk_buf_adds(out, "]\n    line [");
	for (size_t i = 0; i < s.n; i++)
		rmk_buf_printf(out, "%s%zu", i ? ", " : "", h->points[at[i]].shown_done);
	rmk_buf_adds(out, "]\n");
}

void
rmk_history_write(struct rmk_arena *a, const struct rmk_history *h,
    const struct rmk_history_style *style, struct rmk_buf *out)
{
	switch (style->format) {
	case RMK_HISTORY_TEXT:
		rmk_history_write_text(a, h, style, out);
		break;
	case RMK_HISTORY_CSV:
		history_formats_write_csv(a, h, out);
		break;
	case RMK_HISTORY_JSON:
		history_formats_write_json(a, h, style, out);
		break;
	case RMK_HISTORY_SVG:
		rmk_history_write_svg(a, h, style, out);
		break;
	case RMK_HISTORY_MERMAID:
		history_formats_write_mermaid(a, h, style, out);
		break;
	}
}
