// Marks: what must not be taken for progress.
//
// A value that all its rows exchanged for a new one is the same value under another name,
// unless both words are known and one is further than the other: that all open rows were
// done on one day is progress, and may be true.
#include "diff/same_word.h"
#include "history/history_internal.h"

#include <string.h>

// A value of fewer rows than this is renamed only into a word that is alike.
#define ROWS_LEAST 3
// So many cells must have changed their spelling alone for it to be told, and that part
// of ten of those that lost the old one.
#define CELLS_LEAST 5
#define MOST_OF_TEN 8

void
rmk_history_note(struct rmk_history_walk *w, struct rmk_history_mark mark)
{
	*RMK_PUSH(w->a, w->out->marks, w->out->nmarks, w->marks_cap) = mark;
}

// A value that was renamed in all columns of a scale together.
struct renamed {
	struct rmk_scale *scale;
	rmk_text old, new;
	uint32_t n;
	uint32_t table, col; // where it was seen, in the newer version
};

static const struct rmk_status_column *
role_of(const struct rmk_history_walk *w, const struct rmk_step_value *v)
{
	const struct rmk_status_scale *roles = &w->now.roles[v->new_table];

	for (size_t i = 0; roles->in && i < roles->n; i++) {
		if (roles->v[i].col == v->new_col)
			return &roles->v[i];
	}
	return NULL;
}

static void
marks_gather(struct rmk_history_walk *w, const struct rmk_step *step,
    struct renamed **out, size_t *n)
{
	size_t cap = 0, k;

	for (size_t i = 0; i < step->nvalues; i++) {
		const struct rmk_step_value *v = &step->values[i];
		const struct rmk_status_column *role = role_of(w, v);
		if (!role)
			continue;
		for (k = 0; k < *n; k++) {
			if ((*out)[k].scale == role->scale && (*out)[k].old == v->old &&
			    (*out)[k].new == v->new)
				break;
		}
		if (k == *n)
			*RMK_PUSH(&w->scratch, *out, *n, cap) = (struct renamed){
			    role->scale, v->old, v->new, 0, v->new_table, v->new_col};
		(*out)[k].n += v->n;
	}
}

// Whether a value still stands in the newer version, in any column of the scale.
static bool
marks_stands(
    const struct rmk_history_walk *w, const struct rmk_scale *scale, rmk_text key)
{
	for (size_t i = 0; i < w->nvalues; i++) {
		const struct rmk_scale_text *t = w->values[i];
		if (t->scale == scale && t->mark->key == key && t->n)
			return true;
	}
	return false;
}

static bool
is_step(enum rmk_progress p)
{
	return p == RMK_TODO || p == RMK_DOING || p == RMK_DONE;
}

// Where the old value stands in the older version: a table and column to ask about it.
static bool
find_old(const struct rmk_state *old, const struct renamed *r, size_t *table,
    const struct rmk_status_column **role)
{
	for (uint32_t i = 0; i < old->facts->n; i++) {
		const struct rmk_status_scale *roles = &old->roles[i];
		for (size_t k = 0; roles->in && k < roles->n; k++) {
			const struct rmk_fact_column *c =
			    &old->facts->tables[i]->cols[roles->v[k].col];
			if (roles->v[k].scale != r->scale)
				continue;
			for (uint32_t v = 0; v < c->nvalues; v++) {
				if (c->values[v].text != r->old)
					continue;
				*table = i;
				*role = &roles->v[k];
				return true;
			}
		}
	}
	return false;
}

static enum rmk_code
rename_value(struct rmk_history_walk *w, struct rmk_state *old, const struct renamed *r)
{
	rmk_text new_key = rmk_store_key(&w->store, r->new);
	rmk_text old_key = rmk_store_key(&w->store, r->old);
	struct rmk_scale_mark *new;
	struct rmk_scale_text *was;
	const struct rmk_status_column *role;
	enum rmk_code code;
	size_t table;
	bool is_new;

	if (marks_stands(w, r->scale, old_key) || !find_old(old, r, &table, &role) ||
	    (r->n < ROWS_LEAST &&
		!rmk_same_word(&w->scratch, rmk_store_get(&w->store, r->old),
		    rmk_store_get(&w->store, r->new))))
		return RMK_OK;
	new = rmk_scale_mark_of(w, r->scale, new_key, &is_new);
	if ((code = rmk_scale_put(w, old, table, role, r->old, &was)))
		return code;
	if (is_new || (is_step(new->progress) && is_step(was->mark->progress) &&
			  new->progress != was->mark->progress))
		return RMK_OK;
	was->mark->progress = new->progress;
	was->mark->series = new->series;
	rmk_history_note(w, (struct rmk_history_mark){.kind = RMK_MARK_RENAMED,
				.point = w->now.seen.moment,
				.label = rmk_store_get(&w->store, r->scale->shown),
				.old = rmk_store_get(&w->store, r->old),
				.new_ = rmk_store_get(&w->store, r->new),
				.n = r->n});
	return RMK_OK;
}

enum rmk_code
rmk_history_renames(
    struct rmk_history_walk *w, struct rmk_state *old, const struct rmk_step *step)
{
	struct renamed *v = NULL;
	size_t n = 0;
	enum rmk_code code = RMK_OK;

	marks_gather(w, step, &v, &n);
	for (size_t i = 0; i < n && !code; i++)
		code = rename_value(w, old, &v[i]);
	return code;
}

// --- spellings ------------------------------------------------------------------

static uint32_t
count_at(const struct rmk_history_point *p, uint32_t value)
{
	for (size_t i = 0; i < p->ncounts; i++) {
		if (p->counts[i].value == value)
			return p->counts[i].n;
	}
	return 0;
}

// Whether what one spelling lost from the older point to the newer one, another gained.
static void
note_spelling(struct rmk_history_walk *w, const struct rmk_history_point *newer,
    const struct rmk_history_point *older, uint32_t value, size_t moment)
{
	const struct rmk_scale_text *from = w->values[value], *to;
	uint32_t was = count_at(older, value), is = count_at(newer, value), lost;

	if (was < is + CELLS_LEAST)
		return;
	lost = was - is;
	for (uint32_t i = 0; i < w->nvalues; i++) {
		uint32_t had = count_at(older, i), has = count_at(newer, i);
		to = w->values[i];
		if (to == from || to->mark != from->mark || has < had ||
		    (has - had) * 10 < lost * MOST_OF_TEN)
			continue;
		rmk_history_note(
		    w, (struct rmk_history_mark){.kind = RMK_MARK_SPELLED,
			   .point = moment,
			   .label = rmk_store_get(&w->store, from->scale->shown),
			   .old = rmk_store_get(&w->store, from->text),
			   .new_ = rmk_store_get(&w->store, to->text),
			   .n = has - had < lost ? has - had : lost});
	}
}

void
rmk_history_spellings(struct rmk_history_walk *w, size_t moment)
{
	const struct rmk_history *h = w->out;
	const struct rmk_history_point *older, *newer;

	if (h->n < 2 || moment == 0)
		return;
	older = &h->points[h->n - 1];
	newer = &h->points[h->n - 2];
	for (size_t i = 0; i < older->ncounts; i++)
		note_spelling(w, newer, older, older->counts[i].value, moment - 1);
}
