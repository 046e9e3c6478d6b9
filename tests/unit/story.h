// Versions of one file, from a table: what tests of histories, logs and blames read.
//
//	static struct story story = {.texts = {HEAD ROW("a", "todo"), HEAD ROW("a", "done")}};
//	told(&a, &history_of(...))      "0/1 1/1": done of total, version by version
#ifndef RMK_TESTS_STORY_H
#define RMK_TESTS_STORY_H

#include "unit.h"

#include "history/history.h"

#define HEAD "# A\n\n| Name | Status |\n|---|---|\n"
#define ROW(name, status) "| " name " | " status " |\n"
#define MOST 12

// Versions of one file, oldest first, as they are easier to read.
struct story {
	const char *texts[MOST]; // NULL after the last; "": the file is gone
	size_t n;
	struct rmk_moment moments[MOST];
	size_t reads;
};

static inline enum rmk_code
read_text(void *ctx, struct rmk_arena *a, size_t moment, struct rmk_str *text,
    struct rmk_err *err)
{
	struct story *s = ctx;

	(void)err;
	s->reads++;
	*text = rmk_str_copy(a, rmk_str_of(s->texts[s->n - 1 - moment]));
	return RMK_OK;
}

// A version a day, from 2024-01-01 on.
static inline void
prepare(struct story *s, struct rmk_arena *a)
{
	for (s->n = 0; s->n < MOST && s->texts[s->n]; s->n++)
		;
	for (size_t i = 0; i < s->n; i++) {
		const char *text = s->texts[s->n - 1 - i];
		s->moments[i] = (struct rmk_moment){
		    .id = rmk_str_printf(a, "c%zu", s->n - 1 - i),
		    .blob = rmk_str_printf(
			a, "%016llx", (unsigned long long)rmk_str_hash(rmk_str_of(text))),
		    .gone = text[0] == '\0',
		    .joined = true,
		    .time = 1704067200 + (int64_t)(s->n - 1 - i) * 86400,
		    .order = i,
		    .author = S("Ada"),
		};
	}
}

static inline struct rmk_history
history_of(struct rmk_arena *a, struct story *s, struct rmk_history_opts opts)
{
	struct rmk_history h;
	struct rmk_err err = {0};

	prepare(s, a);
	opts.path = S("l.md");
	opts.read = read_text;
	opts.ctx = s;
	if (rmk_history_of(a, s->moments, s->n, &opts, &h, &err))
		fail_msg("%s", err.msg);
	return h;
}

// "1/3 2/3": done of total, point by point; then the marks.
static inline struct rmk_str
told(struct rmk_arena *a, const struct rmk_history *h)
{
	static const char *const kinds[] = {"renamed", "spelled", "lost", "back"};
	struct rmk_buf b = {.arena = a};

	for (size_t i = 0; i < h->n; i++) {
		const struct rmk_history_point *p = &h->points[i];
		rmk_buf_printf(&b, "%s%zu/%zu", i ? " " : "", p->by[RMK_DONE], p->total);
		if (p->held)
			rmk_buf_printf(&b, "(%zu/%zu)", p->shown_done, p->shown_total);
	}
	for (size_t i = 0; i < h->nmarks; i++) {
		const struct rmk_history_mark *m = &h->marks[i];
		rmk_buf_printf(&b, "; %zu %s", m->point, kinds[m->kind]);
		if (m->old.s)
			rmk_buf_printf(
			    &b, " %.*s>%.*s", RMK_FMT(m->old), RMK_FMT(m->new_));
		rmk_buf_printf(&b, " %zu", m->n);
	}
	return rmk_buf_str(&b);
}

#endif
