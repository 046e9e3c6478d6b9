// Roles and scales: what counts as a status, and how far its values are.
//
// The newest version decides; each older one takes over from its neighbour. What no newer
// version knows - a table that is gone, a value that nobody writes any more - is asked of
// the schema of the version it is met in, and then holds for all that are older still.
#include "history/history_internal.h"

#include "schema/address.h"
#include "schema/status_words.h"

#include <string.h>

static struct rmk_str
number_key(const rmk_text *text)
{
	return (struct rmk_str){(const char *)text, sizeof *text};
}

// --- scales ---------------------------------------------------------------------

static struct rmk_scale *
scale_of(struct rmk_history_walk *w, rmk_text label)
{
	rmk_text key = rmk_store_key(&w->store, label);
	struct rmk_scale *scale;

	for (size_t i = 0; i < w->nscales; i++) {
		if (w->scales[i]->label == key)
			return w->scales[i];
	}
	scale = RMK_NEW(w->a, struct rmk_scale);
	*scale = (struct rmk_scale){.label = key,
	    .shown = label,
	    .marks = {.arena = w->a},
	    .texts = {.arena = w->a}};
	*RMK_PUSH(w->a, w->scales, w->nscales, w->scales_cap) = scale;
	return scale;
}

struct rmk_scale_mark *
rmk_scale_mark_of(
    struct rmk_history_walk *w, struct rmk_scale *scale, rmk_text key, bool *is_new)
{
	size_t at = rmk_map_get(&scale->marks, number_key(&key));
	struct rmk_scale_mark *mark;

	*is_new = at == RMK_NONE;
	if (!*is_new)
		return scale->mark[at];
	mark = RMK_NEW(w->a, struct rmk_scale_mark);
	mark->key = key;
	*rmk_map_put(&scale->marks, number_key(&mark->key)) = scale->nmarks;
	*RMK_PUSH(w->a, scale->mark, scale->nmarks, scale->marks_cap) = mark;
	return mark;
}

static bool
status_scale_counts_as_done(const struct rmk_history_walk *w, struct rmk_str key)
{
	const struct rmk_summary_opts *o = &w->opts->count;

	for (size_t i = 0; i < o->ndone; i++) {
		if (rmk_str_eq(o->done[i], key))
			return true;
	}
	return false;
}

static enum rmk_progress
by_words(struct rmk_str key)
{
	switch (rmk_words_rank(RMK_NONE, key)) {
	case RMK_WORD_TODO:
		return RMK_TODO;
	case RMK_WORD_DOING:
	case RMK_WORD_WAITING:
		return RMK_DOING;
	case RMK_WORD_DONE:
		return RMK_DONE;
	case RMK_WORD_CLOSED:
		return RMK_CLOSED;
	default:
		return RMK_UNKNOWN;
	}
}

// How far a value is for the schema of the version it stands in; where that sees no
// status in the column, the word speaks for itself.
static enum rmk_progress
by_schema(const struct rmk_field *field, struct rmk_str key)
{
	return field->type == RMK_STATUS ? rmk_field_progress_of_key(field, key)
	                                 : by_words(key);
}

static enum rmk_code
ask_progress(struct rmk_history_walk *w, struct rmk_state *s, size_t table, uint32_t col,
    struct rmk_str key, enum rmk_progress *out)
{
	uint32_t at = s->facts->at[table];
	struct rmk_str kept,
	    name = rmk_str_printf(&w->scratch, "p%.*s.%u.%u.%.*s",
		RMK_FMT(w->moments[s->seen.moment].blob), at, col, RMK_FMT(key));
	char byte;
	enum rmk_code code;

	if (rmk_history_get(w, name, &kept) && kept.n == 1 && kept.s[0] < RMK_NPROGRESS) {
		*out = (enum rmk_progress)kept.s[0];
		return RMK_OK;
	}
	if ((code = rmk_history_need(w, s)))
		return code;
	*out = by_schema(&rmk_schema_of(&w->scratch, s->seen.doc, at)->fields[col], key);
	byte = (char)*out;
	rmk_history_put(w, name, (struct rmk_str){&byte, 1});
	return RMK_OK;
}

static enum rmk_code
fill_mark(struct rmk_history_walk *w, struct rmk_state *s, size_t table, uint32_t col,
    rmk_text text, struct rmk_scale_mark *mark)
{
	struct rmk_str key = rmk_store_get(&w->store, mark->key);

	mark->series = text;
	if (status_scale_counts_as_done(w, key))
		mark->progress = RMK_DONE;
	else if (key.n == 0)
		mark->progress = RMK_EMPTY;
	else
		return ask_progress(w, s, table, col, key, &mark->progress);
	return RMK_OK;
}

enum rmk_code
rmk_scale_put(struct rmk_history_walk *w, struct rmk_state *s, size_t table,
    const struct rmk_status_column *role, rmk_text text, struct rmk_scale_text **out)
{
	struct rmk_scale *scale = role->scale;
	size_t at = rmk_map_get(&scale->texts, number_key(&text));
	struct rmk_scale_text *t;
	enum rmk_code code = RMK_OK;
	bool is_new;

	if (at != RMK_NONE) {
		*out = w->values[at];
		return RMK_OK;
	}
	t = RMK_NEW(w->a, struct rmk_scale_text);
	t->text = text;
	t->scale = scale;
	t->mark = rmk_scale_mark_of(w, scale, rmk_store_key(&w->store, text), &is_new);
	if (is_new)
		code = fill_mark(w, s, table, role->col, text, t->mark);
	*rmk_map_put(&scale->texts, number_key(&t->text)) = w->nvalues;
	*RMK_PUSH(w->a, w->values, w->nvalues, w->values_cap) = t;
	*out = t;
	return code;
}

// --- roles ----------------------------------------------------------------------

static void
add_role(struct rmk_history_walk *w, struct rmk_status_scale *roles, size_t *cap,
    uint32_t col, struct rmk_scale *scale)
{
	*RMK_PUSH(w->a, roles->v, roles->n, *cap) = (struct rmk_status_column){
	    col, scale};
}

// The status columns as the version itself sees them, or those that were named.
static enum rmk_code
ask_columns(
    struct rmk_history_walk *w, struct rmk_state *s, uint32_t at, struct rmk_buf *packed)
{
	const struct rmk_summary_opts *o = &w->opts->count;
	const struct rmk_schema *schema;
	enum rmk_code code = rmk_history_need(w, s);
	size_t col;

	if (code)
		return code;
	schema = rmk_schema_of(&w->scratch, s->seen.doc, at);
	for (size_t i = 0; i < o->ncolumns; i++) {
		if (rmk_address_column(&w->scratch, s->seen.doc, at, schema,
			o->columns[i], &col, NULL) == RMK_OK)
			rmk_pack_number(packed, (uint32_t)col);
	}
	for (size_t i = 0; o->ncolumns == 0 && i < schema->nstatus; i++)
		rmk_pack_number(packed, (uint32_t)schema->status[i]);
	return RMK_OK;
}

// What was asked for names what is kept: other columns are other roles.
static struct rmk_str
columns_key(struct rmk_history_walk *w, const struct rmk_state *s, uint32_t at)
{
	struct rmk_buf key = {.arena = &w->scratch};

	rmk_buf_printf(&key, "r%.*s.%u", RMK_FMT(w->moments[s->seen.moment].blob), at);
	for (size_t i = 0; i < w->opts->count.ncolumns; i++) {
		rmk_buf_addc(&key, '\n');
		rmk_buf_add(&key, w->opts->count.columns[i]);
	}
	return rmk_buf_str(&key);
}

static enum rmk_code
own_roles(struct rmk_history_walk *w, struct rmk_state *s, size_t table,
    struct rmk_status_scale *roles)
{
	struct rmk_buf packed = {.arena = &w->scratch};
	struct rmk_str key = columns_key(w, s, s->facts->at[table]), bytes;
	const struct rmk_fact_table *t = s->facts->tables[table];
	enum rmk_code code;
	size_t cap = 0;
	uint32_t col;

	if (!rmk_history_get(w, key, &bytes)) {
		if ((code = ask_columns(w, s, s->facts->at[table], &packed)))
			return code;
		bytes = rmk_buf_str(&packed);
		rmk_history_put(w, key, bytes);
	}
	while (rmk_take_number(&bytes, &col)) {
		if (col < t->ncols)
			add_role(w, roles, &cap, col, scale_of(w, t->cols[col].label));
	}
	return RMK_OK;
}

// Every value that the newest schema knows has its place, though no cell may hold it.
static void
enter_terms(struct rmk_history_walk *w, const struct rmk_state *s, size_t table)
{
	const struct rmk_schema *schema = rmk_schema_of(
	    &w->scratch, s->seen.doc, s->facts->at[table]);

	for (size_t i = 0; i < s->roles[table].n; i++) {
		const struct rmk_status_column *role = &s->roles[table].v[i];
		const struct rmk_field *field = &schema->fields[role->col];
		for (size_t k = 0; k < field->nterms; k++) {
			const struct rmk_term *term = &field->terms[k];
			rmk_text key = rmk_store_put(&w->store, term->key);
			bool is_new;
			struct rmk_scale_mark *mark = rmk_scale_mark_of(
			    w, role->scale, key, &is_new);
			if (!is_new)
				continue;
			mark->series = rmk_store_put(&w->store, term->text);
			mark->progress = status_scale_counts_as_done(w, term->key)
			                     ? RMK_DONE
			                     : rmk_term_progress(field, term);
		}
	}
}

enum rmk_code
rmk_history_first_scale(struct rmk_history_walk *w, struct rmk_state *s)
{
	struct rmk_str name = w->opts->table;
	size_t only = RMK_NONE;
	enum rmk_code code = rmk_history_need(w, s);

	if (!code && name.n)
		code = rmk_address_table(&w->scratch, s->seen.doc, name, &only, w->err);
	s->roles = RMK_NEW_N(w->a, struct rmk_status_scale, s->facts->n);
	for (size_t i = 0; i < s->facts->n && !code; i++) {
		s->roles[i].in = only == RMK_NONE || only == s->facts->at[i];
		if ((code = own_roles(w, s, i, &s->roles[i])))
			return code;
		if (w->opts->count.ncolumns == 0)
			enter_terms(w, s, i);
	}
	return code;
}

static uint32_t
column_called(struct rmk_history_walk *w, const struct rmk_fact_table *t, rmk_text key)
{
	for (uint32_t i = 0; i < t->ncols; i++) {
		if (rmk_store_key(&w->store, t->cols[i].label) == key)
			return i;
	}
	return RMK_NO_TEXT;
}

// Columns of one label are mostly renamed in all tables at once, but only in some do the
// values tell: what a column was called in one table, it was in another.
static uint32_t
column_by_others(struct rmk_history_walk *w, const struct rmk_state *old,
    const struct rmk_step *step, const struct rmk_fact_table *older, rmk_text key)
{
	for (uint32_t i = 0; i < old->facts->n; i++) {
		const struct rmk_fact_table *newer;
		uint32_t col;
		if (!step->old_col[i] || step->to_new[i] >= w->now.facts->n)
			continue;
		newer = w->now.facts->tables[step->to_new[i]];
		col = column_called(w, newer, key);
		if (col >= newer->ncols ||
		    step->old_col[i][col] >= old->facts->tables[i]->ncols)
			continue;
		col = step->old_col[i][col];
		return column_called(w, older,
		    rmk_store_key(&w->store, old->facts->tables[i]->cols[col].label));
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
		if (i != col && a->cols[i].label != b->cols[i].label)
			return false;
	}
	return true;
}

// The column of an older table that a role of the newer one is found in.
static uint32_t
older_column(struct rmk_history_walk *w, const struct rmk_state *old, size_t table,
    const struct rmk_step *step, uint32_t col)
{
	const struct rmk_fact_table *newer = w->now.facts->tables[step->to_new[table]];
	const struct rmk_fact_table *older = old->facts->tables[table];
	rmk_text key = rmk_store_key(&w->store, newer->cols[col].label);
	uint32_t found = column_called(w, older, key);

	if (found == RMK_NO_TEXT && step->old_col[table])
		found = step->old_col[table][col];
	if (found == RMK_NO_TEXT && differs_only_in(newer, older, col))
		return col;
	if (found == RMK_NO_TEXT)
		found = column_by_others(w, old, step, older, key);
	return found;
}

static bool
has_role(const struct rmk_status_scale *roles, uint32_t col)
{
	for (size_t i = 0; i < roles->n; i++) {
		if (roles->v[i].col == col)
			return true;
	}
	return false;
}

// Whether a column of the older table has no fellow in the newer one.
static bool
was_dropped(struct rmk_history_walk *w, const struct rmk_fact_table *newer,
    const struct rmk_fact_table *older, const struct rmk_status_scale *roles,
    uint32_t col)
{
	rmk_text key = rmk_store_key(&w->store, older->cols[col].label);

	return !has_role(roles, col) && column_called(w, newer, key) == RMK_NO_TEXT;
}

// A status column that was dropped later was one then.
static enum rmk_code
take_dropped(struct rmk_history_walk *w, struct rmk_state *old, size_t table,
    const struct rmk_fact_table *newer)
{
	const struct rmk_fact_table *older = old->facts->tables[table];
	struct rmk_status_scale *roles = &old->roles[table], own = {0};
	enum rmk_code code;
	size_t cap = roles->n;
	bool some = false;

	for (uint32_t c = 0; c < older->ncols; c++)
		some |= was_dropped(w, newer, older, roles, c);
	if (!some || (code = own_roles(w, old, table, &own)))
		return some ? code : RMK_OK;
	for (size_t i = 0; i < own.n; i++) {
		if (was_dropped(w, newer, older, roles, own.v[i].col))
			add_role(w, roles, &cap, own.v[i].col, own.v[i].scale);
	}
	return RMK_OK;
}

static enum rmk_code
hand_down(struct rmk_history_walk *w, struct rmk_state *old, size_t table,
    const struct rmk_step *step)
{
	uint32_t from = step->to_new[table];
	const struct rmk_fact_table *older = old->facts->tables[table];
	const struct rmk_fact_table *newer = w->now.facts->tables[from];
	const struct rmk_status_scale *roles = &w->now.roles[from];
	size_t cap = 0;

	if (older->ident == newer->ident) {
		old->roles[table] = *roles;
		return RMK_OK;
	}
	old->roles[table].in = roles->in;
	for (size_t i = 0; i < roles->n; i++) {
		uint32_t col = older_column(w, old, table, step, roles->v[i].col);
		if (col < older->ncols && !has_role(&old->roles[table], col))
			add_role(w, &old->roles[table], &cap, col, roles->v[i].scale);
	}
	return take_dropped(w, old, table, newer);
}

enum rmk_code
rmk_history_scale(
    struct rmk_history_walk *w, struct rmk_state *old, const struct rmk_step *step)
{
	enum rmk_code code = RMK_OK;

	if (step->same) {
		old->roles = w->now.roles;
		return RMK_OK;
	}
	old->roles = RMK_NEW_N(w->a, struct rmk_status_scale, old->facts->n);
	for (size_t i = 0; i < old->facts->n && !code; i++) {
		if (step->to_new[i] < w->now.facts->n) {
			code = hand_down(w, old, i, step);
		} else if (w->opts->table.n == 0) {
			old->roles[i].in = true;
			code = own_roles(w, old, i, &old->roles[i]);
		}
	}
	return code;
}
