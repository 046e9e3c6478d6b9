// What became what between two versions.
//
// Most steps change a few rows of one table and need no look at the documents: the same
// tables stand in the same order, and no value vanished. Only where tables or labels
// differ are they matched (diff/match.h), and only where a value vanished while another
// appeared are rows matched, to see whether all rows with the one now have the other.
#include "history/history_internal.h"

#include "diff/match.h"
#include "diff/same_word.h"
#include "table/value.h"

// Of ten rows that had the vanished value, so many must have the new one.
#define MOST_OF_TEN 9
// A value of fewer rows than this is renamed only into a word that is alike.
#define ROWS_LEAST 3

// --- what is kept ---------------------------------------------------------------

static struct rmk_str
step_key(struct rmk_history_walk *w, const struct rmk_state *old)
{
	struct rmk_buf key = {.arena = &w->scratch};

	rmk_buf_addc(&key, 's');
	rmk_buf_add(&key, w->moments[w->now.seen.moment].blob);
	rmk_buf_add(&key, w->moments[old->seen.moment].blob);
	return rmk_buf_str(&key);
}

static struct rmk_str
pack_step(
    struct rmk_history_walk *w, const struct rmk_state *old, const struct rmk_step *s)
{
	struct rmk_buf b = {.arena = &w->scratch};

	for (uint32_t i = 0; i < old->facts->n; i++) {
		uint32_t to = s->to_new[i];
		uint32_t n = to < w->now.facts->n && s->old_col[i]
		                 ? w->now.facts->tables[to]->ncols
		                 : 0;
		rmk_pack_number(&b, to);
		rmk_pack_number(&b, n);
		for (uint32_t c = 0; c < n; c++)
			rmk_pack_number(&b, s->old_col[i][c]);
	}
	for (size_t i = 0; i < s->nvalues; i++) {
		const struct rmk_step_value *v = &s->values[i];
		rmk_pack_number(&b, v->new_table);
		rmk_pack_number(&b, v->new_col);
		rmk_pack_text(&b, rmk_store_get(&w->store, v->old));
		rmk_pack_text(&b, rmk_store_get(&w->store, v->new));
		rmk_pack_number(&b, v->n);
		rmk_pack_number(&b, v->of);
	}
	return rmk_buf_str(&b);
}

static bool
unpack_values(struct rmk_history_walk *w, struct rmk_str bytes, struct rmk_step *s)
{
	const struct rmk_facts *now = w->now.facts;

	while (bytes.n) {
		struct rmk_step_value v;
		struct rmk_str old, new;
		if (!rmk_take_number(&bytes, &v.new_table) ||
		    !rmk_take_number(&bytes, &v.new_col) ||
		    !rmk_take_text(&bytes, &old) || !rmk_take_text(&bytes, &new) ||
		    !rmk_take_number(&bytes, &v.n) || !rmk_take_number(&bytes, &v.of) ||
		    v.new_table >= now->n || v.new_col >= now->tables[v.new_table]->ncols)
			return false;
		v.old = rmk_store_put(&w->store, old);
		v.new = rmk_store_put(&w->store, new);
		*RMK_PUSH(&w->scratch, s->values, s->nvalues, s->cap) = v;
	}
	return true;
}

static bool
unpack_step(struct rmk_history_walk *w, const struct rmk_state *old, struct rmk_str bytes,
    struct rmk_step *s)
{
	struct rmk_arena *a = &w->scratch;
	uint32_t n;

	for (uint32_t i = 0; i < old->facts->n; i++) {
		if (!rmk_take_number(&bytes, &s->to_new[i]) ||
		    !rmk_take_number(&bytes, &n) || n > bytes.n / 4)
			return false;
		if (n && (s->to_new[i] >= w->now.facts->n ||
			     n != w->now.facts->tables[s->to_new[i]]->ncols))
			return false;
		if (n)
			s->old_col[i] = RMK_NEW_N(a, uint32_t, n);
		for (uint32_t c = 0; c < n; c++) {
			if (!rmk_take_number(&bytes, &s->old_col[i][c]))
				return false;
		}
	}
	return unpack_values(w, bytes, s);
}

// --- tables and columns ---------------------------------------------------------

static bool
same_tables(const struct rmk_facts *a, const struct rmk_facts *b)
{
	if (a->n != b->n)
		return false;
	for (uint32_t i = 0; i < a->n; i++) {
		if (a->tables[i]->ident != b->tables[i]->ident)
			return false;
	}
	return true;
}

static bool
same_labels(const struct rmk_fact_table *a, const struct rmk_fact_table *b)
{
	if (a->ncols != b->ncols)
		return false;
	for (uint32_t i = 0; i < a->ncols; i++) {
		if (a->cols[i].label != b->cols[i].label)
			return false;
	}
	return true;
}

// The index among the facts of a table of the document; regions have none.
static uint32_t
fact_index(const struct rmk_facts *f, size_t table)
{
	uint32_t low = 0, high = f->n;

	while (low < high) {
		uint32_t mid = (low + high) / 2;
		if (f->at[mid] < table)
			low = mid + 1;
		else
			high = mid;
	}
	return low < f->n && f->at[low] == table ? low : RMK_NO_TEXT;
}

static enum rmk_code
match_tables(struct rmk_history_walk *w, struct rmk_state *old, struct rmk_step *s)
{
	struct rmk_pairs pairs;
	enum rmk_code code = rmk_history_need(w, old);

	if (code || (code = rmk_history_need(w, &w->now)))
		return code;
	pairs = rmk_match_tables(&w->scratch, old->seen.doc, w->now.seen.doc);
	for (uint32_t i = 0; i < old->facts->n; i++) {
		size_t to = pairs.to_new[old->facts->at[i]];
		s->to_new[i] = to == RMK_NONE ? RMK_NO_TEXT
		                              : fact_index(w->now.facts, to);
	}
	return RMK_OK;
}

static enum rmk_code
match_columns(struct rmk_history_walk *w, struct rmk_state *old, struct rmk_step *s)
{
	for (uint32_t i = 0; i < old->facts->n; i++) {
		uint32_t to = s->to_new[i], ncols;
		struct rmk_table_match m;
		if (to >= w->now.facts->n ||
		    same_labels(old->facts->tables[i], w->now.facts->tables[to]))
			continue;
		m = rmk_match_table(&w->scratch, old->seen.doc, old->facts->at[i],
		    w->now.seen.doc, w->now.facts->at[to]);
		ncols = w->now.facts->tables[to]->ncols;
		s->old_col[i] = RMK_NEW_N(&w->scratch, uint32_t, ncols);
		for (uint32_t c = 0; c < ncols; c++)
			s->old_col[i][c] = m.cols.to_old[c] == RMK_NONE
			                       ? RMK_NO_TEXT
			                       : (uint32_t)m.cols.to_old[c];
	}
	return RMK_OK;
}

// --- values ---------------------------------------------------------------------

static bool
alike(struct rmk_history_walk *w, rmk_text a, rmk_text b)
{
	return rmk_same_word(
	    &w->scratch, rmk_store_get(&w->store, a), rmk_store_get(&w->store, b));
}

static bool
has_key(struct rmk_history_walk *w, const struct rmk_fact_column *col, rmk_text key)
{
	for (uint32_t i = 0; i < col->nvalues; i++) {
		if (rmk_store_key(&w->store, col->values[i].text) == key)
			return true;
	}
	return false;
}

// One column of a table in both versions.
struct column_pair {
	const struct rmk_fact_column *old, *new;
	uint32_t new_table, new_col, old_col;
	size_t old_doc_table, new_doc_table;
};

// Whether another column has a value, about where this one has it: values stand in the
// order of their text, and most of two versions are the same.
static bool
stands_near(const struct rmk_fact_column *col, rmk_text text, uint32_t at)
{
	for (uint32_t i = at ? at - 1 : 0; i < col->nvalues && i <= at + 1; i++) {
		if (col->values[i].text == text)
			return true;
	}
	return false;
}

static bool
transitions_is_gone(
    struct rmk_history_walk *w, const struct column_pair *p, uint32_t value)
{
	rmk_text text = p->old->values[value].text, key;

	if (stands_near(p->new, text, value))
		return false;
	key = rmk_store_key(&w->store, text);
	return rmk_store_get(&w->store, key).n && !has_key(w, p->new, key);
}

static bool
is_born(struct rmk_history_walk *w, const struct column_pair *p, rmk_text text)
{
	rmk_text key = rmk_store_key(&w->store, text);

	return rmk_store_get(&w->store, key).n && !has_key(w, p->old, key);
}

// Whether some value vanished that another one may have taken the place of.
static bool
is_suspect(struct rmk_history_walk *w, const struct column_pair *p)
{
	if (p->old->many || p->new->many)
		return false;
	for (uint32_t i = 0; i < p->old->nvalues; i++) {
		if (!transitions_is_gone(w, p, i))
			continue;
		for (uint32_t k = 0; k < p->new->nvalues; k++) {
			rmk_text new = p->new->values[k].text;
			if (is_born(w, p, new) &&
			    (p->old->values[i].n >= ROWS_LEAST ||
				alike(w, p->old->values[i].text, new)))
				return true;
		}
	}
	return false;
}

// Where the rows with one vanished value went.
static void
follow_value(struct rmk_history_walk *w, struct rmk_state *old,
    const struct column_pair *p, const struct rmk_table_match *m, uint32_t value,
    struct rmk_step *s)
{
	const struct rmk_table *to = &old->seen.doc->tables[p->old_doc_table];
	const struct rmk_table *tn = &w->now.seen.doc->tables[p->new_doc_table];
	struct rmk_str gone = rmk_store_get(&w->store, p->old->values[value].text);
	uint32_t *went = RMK_NEW_N(&w->scratch, uint32_t, p->new->nvalues), of = 0;

	for (size_t r = 0; r < to->nrows; r++) {
		struct rmk_str raw = rmk_doc_cell(
		    old->seen.doc, &to->rows[r], p->old_col);
		struct rmk_str text;
		if (m->rows.to_new[r] == RMK_NONE ||
		    !rmk_str_eq(rmk_value_text(&w->scratch, raw), gone))
			continue;
		of++;
		text = rmk_value_text(
		    &w->scratch, rmk_doc_cell(w->now.seen.doc,
				     &tn->rows[m->rows.to_new[r]], p->new_col));
		for (uint32_t i = 0; i < p->new->nvalues; i++)
			went[i] += rmk_str_eq(
			    text, rmk_store_get(&w->store, p->new->values[i].text));
	}
	for (uint32_t i = 0; i < p->new->nvalues; i++) {
		if (of == 0 || went[i] * 10 < of * MOST_OF_TEN ||
		    !is_born(w, p, p->new->values[i].text))
			continue;
		*RMK_PUSH(&w->scratch, s->values, s->nvalues,
		    s->cap) = (struct rmk_step_value){p->new_table, p->new_col,
		    p->old->values[value].text, p->new->values[i].text, went[i], of};
	}
}

static enum rmk_code
follow_column(struct rmk_history_walk *w, struct rmk_state *old,
    const struct column_pair *p, struct rmk_step *s)
{
	struct rmk_table_match m;
	enum rmk_code code;

	if ((code = rmk_history_need(w, old)) || (code = rmk_history_need(w, &w->now)))
		return code;
	m = rmk_match_table(&w->scratch, old->seen.doc, p->old_doc_table, w->now.seen.doc,
	    p->new_doc_table);
	for (uint32_t i = 0; i < p->old->nvalues; i++) {
		if (transitions_is_gone(w, p, i))
			follow_value(w, old, p, &m, i, s);
	}
	return RMK_OK;
}

// Follow the columns of a table that are suspect; with s NULL only say whether any is.
static enum rmk_code
follow_table(struct rmk_history_walk *w, struct rmk_state *old, uint32_t table,
    uint32_t to, uint32_t *old_col, struct rmk_step *s, bool *suspect)
{
	const struct rmk_fact_table *older = old->facts->tables[table];
	const struct rmk_fact_table *newer = w->now.facts->tables[to];
	enum rmk_code code = RMK_OK;

	for (uint32_t c = 0; c < newer->ncols && !code; c++) {
		uint32_t o = old_col ? old_col[c] : c;
		struct column_pair p = {NULL, &newer->cols[c], to, c, o,
		    old->facts->at[table], w->now.facts->at[to]};
		if (o >= older->ncols)
			continue;
		p.old = &older->cols[o];
		if (!is_suspect(w, &p))
			continue;
		*suspect = true;
		if (!s)
			return RMK_OK;
		code = follow_column(w, old, &p, s);
	}
	return code;
}

// Whether the documents have to be looked at at all.
static bool
transitions_is_plain(struct rmk_history_walk *w, struct rmk_state *old)
{
	bool suspect = false;

	if (!same_tables(old->facts, w->now.facts))
		return false;
	for (uint32_t i = 0; i < old->facts->n && !suspect; i++) {
		if (old->facts->tables[i] != w->now.facts->tables[i])
			follow_table(w, old, i, i, NULL, NULL, &suspect);
	}
	return !suspect;
}

static enum rmk_code
look(struct rmk_history_walk *w, struct rmk_state *old, struct rmk_step *s)
{
	enum rmk_code code = RMK_OK;
	bool suspect;

	if (!s->same && !(code = match_tables(w, old, s)))
		code = match_columns(w, old, s);
	for (uint32_t i = 0; i < old->facts->n && !code; i++) {
		uint32_t to = s->to_new[i];
		if (to < w->now.facts->n &&
		    old->facts->tables[i] != w->now.facts->tables[to])
			code = follow_table(w, old, i, to, s->old_col[i], s, &suspect);
	}
	return code;
}

enum rmk_code
rmk_history_step(struct rmk_history_walk *w, struct rmk_state *old, struct rmk_step *out)
{
	uint32_t n = old->facts->n;
	struct rmk_str bytes;
	enum rmk_code code;

	*out = (struct rmk_step){.same = transitions_is_plain(w, old)};
	if (out->same)
		return RMK_OK;
	out->same = same_tables(old->facts, w->now.facts);
	out->to_new = RMK_NEW_N(&w->scratch, uint32_t, n);
	out->old_col = rmk_arena_zero(&w->scratch, n, sizeof *out->old_col);
	for (uint32_t i = 0; i < n; i++)
		out->to_new[i] = i;
	if (rmk_history_get(w, step_key(w, old), &bytes) &&
	    unpack_step(w, old, bytes, out))
		return RMK_OK;
	if ((code = look(w, old, out)))
		return code;
	rmk_history_put(w, step_key(w, old), pack_step(w, old, out));
	return RMK_OK;
}
