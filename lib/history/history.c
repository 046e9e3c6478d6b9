// The loop: from the newest version down to the oldest.
//
//	read ──▶ patch or parse ──▶ facts ──▶ step from the newer one ──▶ roles ──▶ count
//	   `──────── kept ───────────▲           ▲── kept
#include "history/history_internal.h"

#include <string.h>

// More tables than this are not looked for in what was kept.
#define NUMBERS_MOST ((uint32_t)1 << 24)

// --- keeping --------------------------------------------------------------------

bool
rmk_history_get(struct rmk_history_walk *w, struct rmk_str key, struct rmk_str *out)
{
	const struct rmk_keep *k = &w->opts->keep;

	return k->get && k->get(k->ctx, key, out);
}

void
rmk_history_put(struct rmk_history_walk *w, struct rmk_str key, struct rmk_str bytes)
{
	const struct rmk_keep *k = &w->opts->keep;

	if (k->put)
		k->put(k->ctx, key, bytes);
}

// Tables are kept once, under numbers; a version is kept as the numbers of its tables.
static struct rmk_fact_table *
kept_table(struct rmk_history_walk *w, uint32_t number)
{
	struct rmk_str bytes;

	if (number >= w->nkept)
		return NULL;
	if (!w->kept[number] &&
	    rmk_history_get(w, rmk_str_printf(&w->scratch, "t%u", number), &bytes)) {
		w->kept[number] = rmk_fact_unpack(&w->store, bytes);
		if (w->kept[number])
			w->kept[number]->number = number;
	}
	return w->kept[number];
}

static struct rmk_str
facts_key(struct rmk_history_walk *w, size_t moment)
{
	struct rmk_buf key = {.arena = &w->scratch};

	rmk_buf_addc(&key, 'f');
	rmk_buf_add(&key, w->moments[moment].blob);
	return rmk_buf_str(&key);
}

static struct rmk_facts *
kept_facts(struct rmk_history_walk *w, size_t moment)
{
	struct rmk_arena *a = rmk_version_cursor_arena(&w->cursor);
	struct rmk_str bytes;
	struct rmk_facts *f;
	uint32_t number;

	if (!rmk_history_get(w, facts_key(w, moment), &bytes))
		return NULL;
	f = RMK_NEW(a, struct rmk_facts);
	f->n = (uint32_t)(bytes.n / 8);
	f->at = RMK_NEW_N(a, uint32_t, f->n);
	f->tables = rmk_arena_zero(a, f->n, sizeof(*f->tables));
	f->least = rmk_arena_zero(a, f->n, sizeof(*f->least));
	for (uint32_t i = 0; i < f->n; i++) {
		if (!rmk_take_number(&bytes, &f->at[i]) ||
		    !rmk_take_number(&bytes, &number) ||
		    !(f->tables[i] = kept_table(w, number)))
			return NULL;
	}
	return f;
}

static void
keep_facts(struct rmk_history_walk *w, size_t moment, const struct rmk_facts *f)
{
	struct rmk_buf b = {.arena = &w->scratch};

	if (!w->opts->keep.put)
		return;
	for (uint32_t i = 0; i < f->n; i++) {
		struct rmk_fact_table *t = f->tables[i];
		if (t->number == RMK_NO_TEXT) {
			t->number = w->nnumbers++;
			rmk_history_put(
			    w, rmk_str_printf(&w->scratch, "t%u", t->number), t->packed);
		}
		rmk_pack_number(&b, f->at[i]);
		rmk_pack_number(&b, t->number);
	}
	rmk_history_put(w, facts_key(w, moment), rmk_buf_str(&b));
}

static void
open_kept(struct rmk_history_walk *w)
{
	struct rmk_str bytes;

	if (rmk_history_get(w, RMK_STR("n"), &bytes) &&
	    rmk_take_number(&bytes, &w->nkept) && w->nkept <= NUMBERS_MOST) {
		w->kept = rmk_arena_zero(w->a, w->nkept, sizeof(*w->kept));
		w->nnumbers = w->nkept;
	} else {
		w->nkept = 0;
	}
}

static void
close_kept(struct rmk_history_walk *w)
{
	struct rmk_buf b = {.arena = &w->scratch};

	if (w->nnumbers == w->nkept)
		return;
	rmk_pack_number(&b, w->nnumbers);
	rmk_history_put(w, RMK_STR("n"), rmk_buf_str(&b));
}

// --- reading --------------------------------------------------------------------

enum rmk_code
rmk_history_need(struct rmk_history_walk *w, struct rmk_state *s)
{
	return rmk_version_cursor_need(&w->cursor, &s->seen, w->err);
}

// The facts of a version that are kept, else those of its text. A text that is too
// complex to parse says what its neighbour says.
static enum rmk_code
read_state(struct rmk_history_walk *w, struct rmk_state *s)
{
	struct rmk_beside near = {w->now.seen.doc, w->now.facts, NULL};
	enum rmk_code code;

	s->facts = kept_facts(w, s->seen.moment);
	if (s->facts)
		return RMK_OK;
	code = rmk_version_cursor_next(&w->cursor, &w->now.seen, &s->seen, w->err);
	if (code == RMK_TOO_COMPLEX && w->now.facts) {
		s->facts = w->now.facts;
		return RMK_OK;
	}
	if (code)
		return code;
	if (s->seen.patched)
		near.patch = &s->seen.patch;
	s->facts = rmk_facts_of(&w->store, rmk_version_cursor_arena(&w->cursor),
	    &w->scratch, s->seen.doc, near.doc && near.facts ? &near : NULL);
	keep_facts(w, s->seen.moment, s->facts);
	return RMK_OK;
}

// --- counting -------------------------------------------------------------------

// Add a table's cells to what is counted, or take them away again.
static enum rmk_code
history_count_table(
    struct rmk_history_walk *w, struct rmk_state *s, uint32_t table, bool add)
{
	const struct rmk_fact_table *t = s->facts->tables[table];
	const struct rmk_status_scale *roles = &s->roles[table];
	struct rmk_scale_text *text;
	enum rmk_code code;

	for (size_t i = 0; roles->in && i < roles->n; i++) {
		const struct rmk_fact_column *col = &t->cols[roles->v[i].col];
		w->total += add ? t->nrows : 0 - (size_t)t->nrows;
		if (col->many)
			w->by[RMK_UNKNOWN] += add ? t->nrows : 0 - (size_t)t->nrows;
		for (uint32_t v = 0; v < col->nvalues; v++) {
			uint32_t n = col->values[v].n;
			code = rmk_scale_put(
			    w, s, table, &roles->v[i], col->values[v].text, &text);
			if (code)
				return code;
			text->n += add ? n : 0 - n;
			w->by[text->mark->progress] += add ? n : 0 - (size_t)n;
		}
	}
	return RMK_OK;
}

static void
count_none(struct rmk_history_walk *w)
{
	w->total = 0;
	memset(w->by, 0, sizeof w->by);
	for (size_t i = 0; i < w->nvalues; i++)
		w->values[i]->n = 0;
}

// Whether the versions have the same tables with the same roles, so that only tables
// whose facts differ need be counted.
static bool
same_shape(const struct rmk_state *a, const struct rmk_state *b)
{
	if (!a->facts || a->facts->n != b->facts->n)
		return false;
	for (uint32_t i = 0; i < b->facts->n; i++) {
		if (a->roles[i].v != b->roles[i].v || a->roles[i].in != b->roles[i].in)
			return false;
	}
	return true;
}

static enum rmk_code
count_state(struct rmk_history_walk *w, struct rmk_state *s)
{
	enum rmk_code code = RMK_OK;
	bool differs_only = !w->recount && same_shape(&w->now, s);

	w->recount = false;
	if (!differs_only)
		count_none(w);
	for (uint32_t i = 0; i < s->facts->n && !code; i++) {
		if (differs_only && s->facts->tables[i] == w->now.facts->tables[i])
			continue;
		if (differs_only)
			code = history_count_table(w, &w->now, i, false);
		if (!code)
			code = history_count_table(w, s, i, true);
	}
	return code;
}

static void
add_point(struct rmk_history_walk *w, size_t moment)
{
	struct rmk_history *h = w->out;
	struct rmk_history_point *p = RMK_PUSH(w->a, h->points, h->n, w->points_cap);
	size_t n = 0;

	*p = (struct rmk_history_point){.moment = &w->moments[moment], .total = w->total};
	memcpy(p->by, w->by, sizeof p->by);
	for (size_t i = 0; i < w->nvalues; i++)
		n += w->values[i]->n > 0;
	p->counts = rmk_arena_alloc(w->a, n * sizeof *p->counts);
	for (size_t i = 0; i < w->nvalues; i++) {
		if (w->values[i]->n)
			p->counts[p->ncounts++] = (struct rmk_history_count){
			    (uint32_t)i, w->values[i]->n};
	}
}

// --- the loop -------------------------------------------------------------------

static enum rmk_code
older_state(struct rmk_history_walk *w, struct rmk_state *s)
{
	struct rmk_step step = {0};
	enum rmk_code code = rmk_history_step(w, s, &step);

	if (!code)
		code = rmk_history_scale(w, s, &step);
	if (!code && w->moments[w->now.seen.moment].joined)
		code = rmk_history_renames(w, s, &step);
	return code;
}

static enum rmk_code
history_visit(struct rmk_history_walk *w, size_t moment)
{
	struct rmk_state s = {.seen = {.moment = moment, .side = !w->now.seen.side}};
	enum rmk_code code;

	if (w->moments[moment].gone) {
		count_none(w);
		add_point(w, moment);
		w->recount = true;
		return RMK_OK;
	}
	if ((code = read_state(w, &s)))
		return code;
	code = w->now.facts ? older_state(w, &s) : rmk_history_first_scale(w, &s);
	if (!code)
		code = count_state(w, &s);
	if (code)
		return code;
	add_point(w, moment);
	rmk_history_spellings(w, moment);
	w->now = s;
	return RMK_OK;
}

// From newest first to oldest first; marks of one point stay in their order.
static void
reverse(struct rmk_history_walk *w)
{
	struct rmk_history *h = w->out;
	struct rmk_history_mark *marks = RMK_NEW_N(
	    w->a, struct rmk_history_mark, h->nmarks);
	size_t n = 0;

	for (size_t i = 0; i < h->n / 2; i++) {
		struct rmk_history_point p = h->points[i];
		h->points[i] = h->points[h->n - 1 - i];
		h->points[h->n - 1 - i] = p;
	}
	for (size_t end = h->nmarks, i; end > 0; end = i) {
		for (i = end - 1; i && h->marks[i - 1].point == h->marks[i].point; i--)
			;
		for (size_t k = i; k < end; k++, n++) {
			marks[n] = h->marks[k];
			marks[n].point = h->n - 1 - marks[n].point;
		}
	}
	h->marks = marks;
}

static void
list_values(struct rmk_history_walk *w)
{
	struct rmk_history *h = w->out;

	h->nvalues = w->nvalues;
	h->values = RMK_NEW_N(w->a, struct rmk_history_value, w->nvalues);
	for (size_t i = 0; i < w->nvalues; i++) {
		const struct rmk_scale_text *t = w->values[i];
		h->values[i] = (struct rmk_history_value){
		    rmk_store_get(&w->store, t->scale->shown),
		    rmk_store_get(&w->store, t->text),
		    rmk_store_get(&w->store, t->mark->series), t->mark->progress};
	}
}

static enum rmk_code
visit_all(struct rmk_history_walk *w)
{
	const struct rmk_history_opts *o = w->opts;
	enum rmk_code code = RMK_OK;

	for (size_t i = 0; i < w->nmoments && !code; i++) {
		struct rmk_arena_mark mark = rmk_arena_mark(&w->scratch);
		code = history_visit(w, i);
		rmk_arena_reset(&w->scratch, mark);
		if (!code && o->tick && !o->tick(o->ctx, i + 1, w->nmoments))
			code = rmk_fail(w->err, RMK_REFUSED, "stopped");
	}
	return code;
}

enum rmk_code
rmk_history_of(struct rmk_arena *a, const struct rmk_moment *moments, size_t n,
    const struct rmk_history_opts *opts, struct rmk_history *out, struct rmk_err *err)
{
	struct rmk_history h = {0};
	struct rmk_history_walk w = {.a = a,
	    .moments = moments,
	    .nmoments = n,
	    .opts = opts,
	    .store = rmk_store_new(a),
	    .out = &h,
	    .err = err};
	enum rmk_code code;

	w.cursor = rmk_version_cursor_new(a, opts->path, opts->read, opts->ctx);
	w.scratch.oom = a->oom;
	w.scratch.ctx = a->ctx;
	open_kept(&w);
	code = visit_all(&w);
	close_kept(&w);
	if (!code) {
		list_values(&w);
		h.parsed = w.cursor.nread;
		reverse(&w);
		rmk_history_smooth(a, &h);
		*out = h;
	}
	rmk_store_free(&w.store);
	rmk_version_cursor_free(&w.cursor);
	rmk_arena_free(&w.scratch);
	return code;
}
