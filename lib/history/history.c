// The loop: from the newest version down to the oldest.
//
//	read a version ──▶ step from the newer one ──▶ columns ──▶ renames ──▶ count ──▶ point
#include "history/archived.h"
#include "history/marks.h"
#include "history/smoothing.h"

#include <string.h>

struct walk {
	struct rmk_versions versions;
	struct rmk_scales scales;
	struct rmk_marks marks;
	struct rmk_arena scratch; // emptied after each version
	struct rmk_state
	    now; // the newer of the two versions at hand; facts NULL: none yet
	size_t total, by[RMK_NPROGRESS]; // of the version counted last
	bool recount;                    // it was none: count the next one whole
	struct rmk_history *out;
	size_t points_cap;
};

// --- counting -------------------------------------------------------------------

// Add a column's cells to what is counted, or take them away again.
static enum rmk_code
count_status(struct walk *w, struct rmk_state *s, uint32_t table,
    const struct rmk_role *role, bool add)
{
	const struct rmk_fact_table *t = s->version.facts->tables[table];
	const struct rmk_fact_column *c = t->cols[role->col];
	size_t nrows = add ? t->nrows : 0 - (size_t)t->nrows;
	struct rmk_scale_text *text;
	enum rmk_code code;

	w->total += nrows;
	if (c->many)
		w->by[RMK_UNKNOWN] += nrows;
	for (uint32_t i = 0; i < c->nvalues; i++) {
		uint32_t n = c->values[i].n;
		code = rmk_scale_put(&w->scales, role->scale, &s->version, table,
		    role->col, c->values[i].text, &text);
		if (code)
			return code;
		text->n += add ? n : 0 - n;
		w->by[text->mark->progress] += add ? n : 0 - (size_t)n;
	}
	return RMK_OK;
}

static enum rmk_code
count_table(struct walk *w, struct rmk_state *s, uint32_t table)
{
	const struct rmk_roles *roles = &s->roles[table];
	enum rmk_code code = RMK_OK;

	for (size_t i = 0; roles->in && i < roles->n && !code; i++) {
		if (roles->v[i].counted)
			code = count_status(w, s, table, &roles->v[i], true);
	}
	return code;
}

// The same table with the same roles, from its counts in the newer version.
static enum rmk_code
recount_table(struct walk *w, struct rmk_state *s, uint32_t table)
{
	const struct rmk_fact_table *new = w->now.version.facts->tables[table];
	const struct rmk_fact_table *old = s->version.facts->tables[table];
	const struct rmk_roles *roles = &s->roles[table];
	enum rmk_code code = RMK_OK;

	for (size_t i = 0; roles->in && i < roles->n && !code; i++) {
		const struct rmk_role *role = &roles->v[i];
		if (!role->counted || (new->nrows == old->nrows &&new->cols[role->col] ==
					  old->cols[role->col]))
			continue;
		code = count_status(w, &w->now, table, role, false);
		if (!code)
			code = count_status(w, s, table, role, true);
	}
	return code;
}

static void
count_none(struct walk *w)
{
	w->total = 0;
	memset(w->by, 0, sizeof w->by);
	for (size_t i = 0; i < w->scales.ntexts; i++)
		w->scales.texts[i]->n = 0;
}

// Whether the versions have the same tables with the same roles, so that only columns
// that differ need be counted.
static bool
same_shape(const struct rmk_state *a, const struct rmk_state *b)
{
	if (!a->version.facts || a->version.facts->n != b->version.facts->n)
		return false;
	for (uint32_t i = 0; a->roles != b->roles && i < b->version.facts->n; i++) {
		if (a->roles[i].v != b->roles[i].v || a->roles[i].in != b->roles[i].in)
			return false;
	}
	return true;
}

static enum rmk_code
count_state(struct walk *w, struct rmk_state *s)
{
	const struct rmk_facts *f = s->version.facts;
	enum rmk_code code = RMK_OK;
	bool differs_only = !w->recount && same_shape(&w->now, s);

	w->recount = false;
	if (!differs_only)
		count_none(w);
	for (uint32_t i = 0; i < f->n && !code; i++) {
		if (!differs_only)
			code = count_table(w, s, i);
		else if (f->tables[i] != w->now.version.facts->tables[i])
			code = recount_table(w, s, i);
	}
	return code;
}

static void
add_point(struct walk *w, size_t moment)
{
	struct rmk_arena *a = w->scales.a;
	struct rmk_history *h = w->out;
	struct rmk_history_point *p = RMK_PUSH(a, h->points, h->n, w->points_cap);
	size_t n = 0;

	*p = (struct rmk_history_point){
	    .moment = &w->versions.moments[moment], .total = w->total};
	memcpy(p->by, w->by, sizeof p->by);
	for (size_t i = 0; i < w->scales.ntexts; i++)
		n += w->scales.texts[i]->n > 0;
	p->counts = rmk_arena_alloc(a, n * sizeof *p->counts);
	for (size_t i = 0; i < w->scales.ntexts; i++) {
		if (w->scales.texts[i]->n)
			p->counts[p->ncounts++] = (struct rmk_history_count){
			    (uint32_t)i, w->scales.texts[i]->n};
	}
}

// --- the loop -------------------------------------------------------------------

static enum rmk_code
older_state(struct walk *w, struct rmk_state *s)
{
	struct rmk_version *now = &w->now.version;
	struct rmk_step step = {0};
	enum rmk_code code = rmk_history_step(&w->versions, now, &s->version, &step);

	if (!code)
		code = rmk_columns_older(&w->scales, &w->now, s, &step);
	if (!code && w->versions.moments[now->seen.moment].joined)
		code = rmk_marks_renames(&w->marks, &w->scales, &w->now, s, &step);
	return code;
}

static enum rmk_code
visit(struct walk *w, size_t moment)
{
	struct rmk_version *now = &w->now.version;
	struct rmk_state s = {
	    .version.seen = {.moment = moment, .side = !now->seen.side}};
	struct rmk_history *h = w->out;
	enum rmk_code code;

	if (w->versions.moments[moment].gone) {
		count_none(w);
		add_point(w, moment);
		w->recount = true;
		return RMK_OK;
	}
	code = rmk_versions_read(&w->versions, now->facts ? now : NULL, &s.version);
	if (!code)
		code = now->facts ? older_state(w, &s)
		                  : rmk_columns_first(&w->scales, &s);
	if (!code)
		code = count_state(w, &s);
	if (code)
		return code;
	add_point(w, moment);
	if (h->n > 1)
		rmk_marks_spellings(&w->marks, &w->scales, &h->points[h->n - 2],
		    &h->points[h->n - 1], moment - 1);
	w->now = s;
	return RMK_OK;
}

static enum rmk_code
visit_all(struct walk *w, size_t n)
{
	const struct rmk_history_opts *o = w->versions.opts;
	enum rmk_code code = RMK_OK;

	for (size_t i = 0; i < n && !code; i++) {
		struct rmk_arena_mark mark = rmk_arena_mark(&w->scratch);
		code = visit(w, i);
		rmk_arena_reset(&w->scratch, mark);
		if (!code && o->tick && !o->tick(o->ctx, i + 1, n))
			code = rmk_fail(w->versions.err, RMK_REFUSED, "stopped");
	}
	return code;
}

// --- the result -----------------------------------------------------------------

// From newest first to oldest first; marks of one point stay in their order.
static void
reverse(struct walk *w)
{
	struct rmk_history *h = w->out;
	const struct rmk_marks *marks = &w->marks;

	for (size_t i = 0; i < h->n / 2; i++) {
		struct rmk_history_point p = h->points[i];
		h->points[i] = h->points[h->n - 1 - i];
		h->points[h->n - 1 - i] = p;
	}
	h->marks = RMK_NEW_N(marks->a, struct rmk_history_mark, marks->n);
	for (size_t end = marks->n, i; end > 0; end = i) {
		for (i = end - 1; i && marks->v[i - 1].point == marks->v[i].point; i--)
			;
		for (size_t k = i; k < end; k++, h->nmarks++) {
			h->marks[h->nmarks] = marks->v[k];
			h->marks[h->nmarks].point = h->n - 1 - marks->v[k].point;
		}
	}
}

static void
list_values(struct walk *w)
{
	const struct rmk_texts *texts = rmk_versions_texts(&w->versions);
	const struct rmk_scales *s = &w->scales;
	struct rmk_history *h = w->out;

	h->nvalues = s->ntexts;
	h->values = RMK_NEW_N(s->a, struct rmk_history_value, s->ntexts);
	for (size_t i = 0; i < s->ntexts; i++) {
		const struct rmk_scale_text *t = s->texts[i];
		h->values[i] = (struct rmk_history_value){
		    rmk_text_get(texts, t->scale->shown), rmk_text_get(texts, t->text),
		    rmk_text_get(texts, t->mark->series), t->mark->progress};
	}
}

enum rmk_code
rmk_history_of(struct rmk_arena *a, const struct rmk_moment *moments, size_t n,
    const struct rmk_history_opts *opts, struct rmk_history *out, struct rmk_err *err)
{
	struct rmk_history h = {0};
	struct walk w = {
	    .scales = {.a = a, .versions = &w.versions, .labels = {.arena = a}},
	    .marks = {.a = a},
	    .scratch = {.oom = a->oom, .ctx = a->ctx},
	    .out = &h};
	enum rmk_code code;

	rmk_versions_open(&w.versions, a, &w.scratch, moments, opts, err);
	code = visit_all(&w, n);
	rmk_versions_keep(&w.versions);
	if (!code) {
		list_values(&w);
		h.parsed = w.versions.cursor.nread;
		reverse(&w);
		code = rmk_history_archived(a, moments, opts, &h, err);
	}
	if (!code) {
		rmk_history_smooth(a, &h);
		*out = h;
	}
	rmk_versions_free(&w.versions);
	rmk_arena_free(&w.scratch);
	return code;
}
