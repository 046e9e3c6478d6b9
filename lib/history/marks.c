// Renamed and re-spelled values: see marks.h.
#include "history/marks.h"

#include "diff/same_word.h"

// A value of fewer rows than this is renamed only into a word that is alike.
#define ROWS_LEAST 3
// So many cells must have changed their spelling alone for it to be noted, and that part
// of ten of those that lost the old one.
#define CELLS_LEAST 5
#define MOST_OF_TEN 8

static void
mark_add(struct rmk_marks *m, struct rmk_history_mark mark)
{
	*RMK_PUSH(m->a, m->v, m->n, m->cap) = mark;
}

// --- renames --------------------------------------------------------------------

// A value that was renamed in all columns of a scale together.
struct renamed {
	struct rmk_scale *scale;
	rmk_text old, new;
	uint32_t n;
};

static const struct rmk_role *
role_of(const struct rmk_state *newer, const struct rmk_step_value *v)
{
	const struct rmk_roles *roles = &newer->roles[v->new_table];

	for (size_t i = 0; roles->in && i < roles->n; i++) {
		if (roles->v[i].col == v->new_col && roles->v[i].counted)
			return &roles->v[i];
	}
	return NULL;
}

static size_t
gather(struct rmk_arena *a, const struct rmk_state *newer, const struct rmk_step *step,
    struct renamed **out)
{
	size_t n = 0, cap = 0, k;

	*out = NULL;
	for (size_t i = 0; i < step->nvalues; i++) {
		const struct rmk_step_value *v = &step->values[i];
		const struct rmk_role *role = role_of(newer, v);
		if (!role)
			continue;
		for (k = 0; k < n; k++) {
			if ((*out)[k].scale == role->scale && (*out)[k].old == v->old &&
			    (*out)[k].new == v->new)
				break;
		}
		if (k == n)
			*RMK_PUSH(a, *out, n, cap) = (struct renamed){
			    role->scale, v->old, v->new, 0};
		(*out)[k].n += v->n;
	}
	return n;
}

static bool
is_step(enum rmk_progress p)
{
	return p == RMK_TODO || p == RMK_DOING || p == RMK_DONE;
}

static bool
has_value(const struct rmk_fact_column *c, rmk_text text)
{
	for (uint32_t i = 0; i < c->nvalues; i++) {
		if (c->values[i].text == text)
			return true;
	}
	return false;
}

// Where the old value is in the older version: a table and column to ask about it.
static bool
find_old(
    const struct rmk_state *old, const struct renamed *r, uint32_t *table, uint32_t *col)
{
	const struct rmk_facts *f = old->version.facts;

	for (uint32_t i = 0; i < f->n; i++) {
		const struct rmk_roles *roles = &old->roles[i];
		for (size_t k = 0; roles->in && k < roles->n; k++) {
			*table = i;
			*col = roles->v[k].col;
			if (roles->v[k].counted && roles->v[k].scale == r->scale &&
			    has_value(f->tables[i]->cols[*col], r->old))
				return true;
		}
	}
	return false;
}

// Whether so few rows are too few: then the words must be alike.
static bool
is_too_few(struct rmk_versions *v, const struct renamed *r)
{
	const struct rmk_texts *t = rmk_versions_texts(v);

	return r->n < ROWS_LEAST && !rmk_same_word(v->scratch, rmk_text_get(t, r->old),
					rmk_text_get(t, r->new));
}

static enum rmk_code
rename_value(struct rmk_marks *m, struct rmk_scales *s, size_t moment,
    struct rmk_state *old, const struct renamed *r)
{
	struct rmk_texts *texts = rmk_versions_texts(s->versions);
	struct rmk_scale_mark *new;
	struct rmk_scale_text *was;
	enum rmk_code code;
	uint32_t table, col;
	bool is_new;

	if (rmk_scale_stands(s, r->scale, rmk_text_key(texts, r->old)) ||
	    !find_old(old, r, &table, &col) || is_too_few(s->versions, r))
		return RMK_OK;
	new = rmk_scale_mark_of(s, r->scale, rmk_text_key(texts, r->new), &is_new);
	code = rmk_scale_put(s, r->scale, &old->version, table, col, r->old, &was);
	if (code)
		return code;
	if (is_new || (is_step(new->progress) && is_step(was->mark->progress) &&
			  new->progress != was->mark->progress))
		return RMK_OK;
	was->mark->progress = new->progress;
	was->mark->series = new->series;
	mark_add(m, (struct rmk_history_mark){.kind = RMK_MARK_RENAMED,
			.point = moment,
			.label = rmk_text_get(texts, r->scale->shown),
			.old = rmk_text_get(texts, r->old),
			.new_ = rmk_text_get(texts, r->new),
			.n = r->n});
	return RMK_OK;
}

enum rmk_code
rmk_marks_renames(struct rmk_marks *m, struct rmk_scales *s,
    const struct rmk_state *newer, struct rmk_state *old, const struct rmk_step *step)
{
	struct renamed *v;
	size_t n = gather(s->versions->scratch, newer, step, &v);
	enum rmk_code code = RMK_OK;

	for (size_t i = 0; i < n && !code; i++)
		code = rename_value(m, s, newer->version.seen.moment, old, &v[i]);
	return code;
}

// --- spellings ------------------------------------------------------------------

// Counts stand in the order of their values.
static uint32_t
count_at(const struct rmk_history_point *p, uint32_t value)
{
	size_t low = 0, high = p->ncounts;

	while (low < high) {
		size_t mid = (low + high) / 2;
		if (p->counts[mid].value < value)
			low = mid + 1;
		else
			high = mid;
	}
	return low < p->ncounts && p->counts[low].value == value ? p->counts[low].n : 0;
}

// Whether what one spelling lost from the older point to the newer one, another gained.
static void
note_spelling(struct rmk_marks *m, const struct rmk_scales *s,
    const struct rmk_history_point *newer, const struct rmk_history_point *older,
    uint32_t value, uint32_t lost, size_t moment)
{
	const struct rmk_scale_text *from = s->texts[value], *to;
	const struct rmk_texts *texts = rmk_versions_texts(s->versions);

	for (uint32_t i = 0; i < s->ntexts; i++) {
		uint32_t had, has;
		to = s->texts[i];
		if (to == from || to->mark != from->mark)
			continue;
		had = count_at(older, i);
		has = count_at(newer, i);
		if (has < had || (has - had) * 10 < lost * MOST_OF_TEN)
			continue;
		mark_add(m, (struct rmk_history_mark){.kind = RMK_MARK_SPELLED,
				.point = moment,
				.label = rmk_text_get(texts, from->scale->shown),
				.old = rmk_text_get(texts, from->text),
				.new_ = rmk_text_get(texts, to->text),
				.n = has - had < lost ? has - had : lost});
	}
}

void
rmk_marks_spellings(struct rmk_marks *m, const struct rmk_scales *s,
    const struct rmk_history_point *newer, const struct rmk_history_point *older,
    size_t moment)
{
	size_t k = 0;

	for (size_t i = 0; i < older->ncounts; i++) {
		uint32_t value = older->counts[i].value, was = older->counts[i].n, is = 0;
		while (k < newer->ncounts && newer->counts[k].value < value)
			k++;
		if (k < newer->ncounts && newer->counts[k].value == value)
			is = newer->counts[k].n;
		if (was >= is + CELLS_LEAST)
			note_spelling(m, s, newer, older, value, was - is, moment);
	}
}
