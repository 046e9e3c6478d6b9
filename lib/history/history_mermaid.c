// A history as a Mermaid chart, which GitHub draws from a code block.
#include "history/history_formats.h"
#include "history/words.h"

// Samples of a chart, where their names are months, and where they are longer.
#define MERMAID_MONTHS 16
#define MERMAID_DAYS 8
#define DAY 86400

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
	if (s.n > MERMAID_DAYS && s.span / (int64_t)s.n < RMK_MONTH)
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

void
rmk_history_write_mermaid(struct rmk_arena *a, const struct rmk_history *h,
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
