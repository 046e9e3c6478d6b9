// Roles handed down: see status_columns.h.
#include "history/status_columns.h"

#include <string.h>

// Two versions that follow one another.
struct handing {
	struct rmk_scales *scales;
	struct rmk_texts *texts;
	const struct rmk_state *now;
	struct rmk_state *old;
	const struct rmk_step *step;
};

static bool
is_asked(const struct rmk_scales *s)
{
	return s->versions->opts->count.ncolumns > 0;
}

static struct rmk_role *
find_role(const struct rmk_roles *roles, uint32_t col)
{
	for (size_t i = 0; i < roles->n; i++) {
		if (roles->v[i].col == col)
			return &roles->v[i];
	}
	return NULL;
}

static struct rmk_role *
add_role(struct rmk_scales *s, struct rmk_roles *roles, size_t *cap, uint32_t col,
    struct rmk_scale *scale)
{
	struct rmk_role *role = RMK_PUSH(s->a, roles->v, roles->n, *cap);

	*role = (struct rmk_role){.col = col, .scale = scale, .held = is_asked(s)};
	return role;
}

// Count the columns that count as the version itself sees them, besides those that are held.
static enum rmk_code
own_roles(struct rmk_scales *s, struct rmk_state *state, uint32_t table,
    struct rmk_roles *roles)
{
	const struct rmk_fact_table *t = state->version.facts->tables[table];
	const struct rmk_own_memo *memo = &s->versions->own;
	enum rmk_code code;
	size_t n, cap = roles->n;
	uint32_t *cols;

	code = rmk_versions_columns(s->versions, &state->version, table, &cols, &n);
	for (size_t i = 0; i < roles->n; i++)
		roles->v[i].counted = roles->v[i].held && !rmk_own_is_declared(memo, t);
	for (size_t i = 0; i < n; i++) {
		struct rmk_role *role = find_role(roles, cols[i]);
		if (!role)
			role = add_role(s, roles, &cap, cols[i],
			    rmk_scale_of(s, t->cols[cols[i]]->label));
		role->counted = true;
	}
	return code;
}

// --- the newest -----------------------------------------------------------------

static enum rmk_code
first_table(struct rmk_scales *s, struct rmk_state *state, uint32_t table)
{
	struct rmk_roles *roles = &state->roles[table];
	enum rmk_code code = own_roles(s, state, table, roles);
	bool declared;

	for (size_t i = 0; !is_asked(s) && i < roles->n && !code; i++) {
		struct rmk_role *role = &roles->v[i];
		code = rmk_versions_declares(
		    s->versions, &state->version, table, role->col, &declared);
		role->held |= declared;
		if (!code)
			code = rmk_scale_enter(
			    s, role->scale, &state->version, table, role->col);
	}
	return code;
}

enum rmk_code
rmk_columns_first(struct rmk_scales *s, struct rmk_state *state)
{
	struct rmk_str name = s->versions->opts->table;
	uint32_t n = state->version.facts->n, only = RMK_NO_TEXT;
	enum rmk_code code = RMK_OK;

	if (name.n)
		code = rmk_versions_table(s->versions, &state->version, name, &only);
	state->roles = RMK_NEW_N(s->a, struct rmk_roles, n);
	for (uint32_t i = 0; i < n && !code; i++) {
		state->roles[i].in = name.n == 0 || only == i;
		code = first_table(s, state, i);
	}
	return code;
}

// --- older ones -----------------------------------------------------------------

static uint32_t
column_called(struct handing *w, const struct rmk_fact_table *t, rmk_text key)
{
	for (uint32_t i = 0; i < t->ncols; i++) {
		if (rmk_text_key(w->texts, t->cols[i]->label) == key)
			return i;
	}
	return RMK_NO_TEXT;
}

// Columns of one label are mostly renamed in all tables at once, but only in some do the
// values tell: what a column was called in one table, it was in another.
static uint32_t
column_by_others(struct handing *w, const struct rmk_fact_table *older, rmk_text key)
{
	for (uint32_t i = 0; i < w->old->version.facts->n; i++) {
		const struct rmk_fact_table *newer;
		uint32_t col;
		if (!w->step->old_col[i] ||
		    w->step->to_new[i] >= w->now->version.facts->n)
			continue;
		newer = w->now->version.facts->tables[w->step->to_new[i]];
		col = column_called(w, newer, key);
		if (col >= newer->ncols ||
		    w->step->old_col[i][col] >= w->old->version.facts->tables[i]->ncols)
			continue;
		col = w->step->old_col[i][col];
		return column_called(w, older,
		    rmk_text_key(
			w->texts, w->old->version.facts->tables[i]->cols[col]->label));
	}
	return RMK_NO_TEXT;
}

// Where all other labels are the same and in their places, a column that was filled and
// renamed at once is the same one too, though its values do not tell.
static bool
differs_only_in(
    const struct rmk_fact_table *a, const struct rmk_fact_table *b, uint32_t col)
{
	if (a->ncols != b->ncols || a->ncols < 2)
		return false;
	for (uint32_t i = 0; i < a->ncols; i++) {
		if (i != col && a->cols[i]->label != b->cols[i]->label)
			return false;
	}
	return true;
}

// The column of an older table that a role of the newer one is found in.
static uint32_t
older_column(struct handing *w, uint32_t table, uint32_t col)
{
	const struct rmk_fact_table *newer =
	    w->now->version.facts->tables[w->step->to_new[table]];
	const struct rmk_fact_table *older = w->old->version.facts->tables[table];
	rmk_text key = rmk_text_key(w->texts, newer->cols[col]->label);
	uint32_t found = column_called(w, older, key);

	if (found == RMK_NO_TEXT && w->step->old_col[table])
		found = w->step->old_col[table][col];
	if (found == RMK_NO_TEXT && differs_only_in(newer, older, col))
		return col;
	if (found == RMK_NO_TEXT)
		found = column_by_others(w, older, key);
	return found;
}

// Whether a column of the older table has no fellow in the newer one.
static bool
was_dropped(struct handing *w, const struct rmk_fact_table *newer,
    const struct rmk_fact_table *older, const struct rmk_roles *roles, uint32_t col)
{
	rmk_text key = rmk_text_key(w->texts, older->cols[col]->label);

	return !find_role(roles, col) && column_called(w, newer, key) == RMK_NO_TEXT;
}

// A column that was asked for, and dropped later, counted then.
static enum rmk_code
take_dropped(struct handing *w, uint32_t table, const struct rmk_fact_table *newer)
{
	const struct rmk_fact_table *older = w->old->version.facts->tables[table];
	struct rmk_roles *roles = &w->old->roles[table], own = {0};
	enum rmk_code code;
	size_t cap = roles->n;
	bool some = false;

	for (uint32_t c = 0; c < older->ncols; c++)
		some |= was_dropped(w, newer, older, roles, c);
	if (!some || (code = own_roles(w->scales, w->old, table, &own)))
		return some ? code : RMK_OK;
	for (size_t i = 0; i < own.n; i++) {
		if (was_dropped(w, newer, older, roles, own.v[i].col))
			*add_role(w->scales, roles, &cap, own.v[i].col, NULL) = own.v[i];
	}
	return RMK_OK;
}

// The columns of an older table that the newer one's are found in, each once.
static void
hand_columns(struct handing *w, uint32_t table, const struct rmk_roles *from,
    const struct rmk_fact_table *newer)
{
	const struct rmk_fact_table *older = w->old->version.facts->tables[table];
	struct rmk_roles *to = &w->old->roles[table];
	size_t cap = 0;

	for (size_t i = 0; i < from->n; i++) {
		uint32_t col = from->v[i].col;
		if (older->ident != newer->ident)
			col = older_column(w, table, col);
		if (col >= older->ncols || find_role(to, col))
			continue;
		*add_role(w->scales, to, &cap, col, NULL) = from->v[i];
		to->v[to->n - 1].col = col;
	}
}

static uint32_t
newer_table(const struct rmk_step *step, uint32_t table)
{
	return step->same ? table : step->to_new[table];
}

static enum rmk_code
hand_down(struct handing *w, uint32_t table)
{
	uint32_t from = newer_table(w->step, table);
	const struct rmk_facts *now = w->now->version.facts, *was = w->old->version.facts;
	const struct rmk_roles *roles = &w->now->roles[from];

	if (was->tables[table]->ident == now->tables[from]->ident &&
	    (is_asked(w->scales) || was->own[table] == now->own[from])) {
		w->old->roles[table] = *roles;
		return RMK_OK;
	}
	w->old->roles[table].in = roles->in;
	hand_columns(w, table, roles, now->tables[from]);
	return is_asked(w->scales)
	           ? take_dropped(w, table, now->tables[from])
	           : own_roles(w->scales, w->old, table, &w->old->roles[table]);
}

// Whether all tables are where they were, and each has the status columns it had.
static bool
counts_alike(const struct handing *w)
{
	const struct rmk_facts *now = w->now->version.facts, *was = w->old->version.facts;

	return w->step->same &&
	       (is_asked(w->scales) || was->n == 0 ||
		   memcmp(now->own, was->own, was->n * sizeof *was->own) == 0);
}

enum rmk_code
rmk_columns_older(struct rmk_scales *scales, const struct rmk_state *newer,
    struct rmk_state *old, const struct rmk_step *step)
{
	struct handing w = {
	    scales, rmk_versions_texts(scales->versions), newer, old, step};
	uint32_t n = old->version.facts->n;
	enum rmk_code code = RMK_OK;

	if (counts_alike(&w)) {
		old->roles = newer->roles;
		return RMK_OK;
	}
	old->roles = RMK_NEW_N(scales->a, struct rmk_roles, n);
	for (uint32_t i = 0; i < n && !code; i++) {
		if (newer_table(step, i) < newer->version.facts->n) {
			code = hand_down(&w, i);
		} else if (scales->versions->opts->table.n == 0) {
			old->roles[i].in = true;
			code = own_roles(scales, old, i, &old->roles[i]);
		}
	}
	return code;
}
