// A history for other programs: csv, json.
#include "history/history_formats.h"
#include "history/words.h"

#include "base/json.h"

static const char *const mark_names[] = {
    [RMK_MARK_RENAMED] = "renamed",
    [RMK_MARK_SPELLED] = "spelled",
    [RMK_MARK_LOST] = "lost",
    [RMK_MARK_BACK] = "back",
};

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

void
rmk_history_write_csv(
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

void
rmk_history_write_json(struct rmk_arena *a, const struct rmk_history *h,
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
	rmk_json_end(&j);
	rmk_buf_addc(out, '\n');
}
