// What became what between two versions.
//
// Most steps change a few rows of one table and need no look at the documents: the same
// tables stand in the same order, and no value vanished. Only where tables or labels
// differ are they matched (ops/match.h), and only where a value vanished while another
// appeared are rows matched, to see whether all rows with the one now have the other.
#include "history/transitions.h"

#include "diff/match.h"
#include "diff/same_word.h"
#include "table/value.h"

// The two versions.
struct stepping {
	struct rmk_versions *v;
	struct rmk_arena *a; // scratch
	struct rmk_texts *texts;
	struct rmk_version *new, *old;
};

// Of ten rows that had the vanished value, so many must have the new one.
#define MOST_OF_TEN 9
// A value of fewer rows than this is renamed only into a word that is alike.
#define ROWS_LEAST 3

// --- what is kept ---------------------------------------------------------------

static struct rmk_str
step_key(struct stepping *w)
{
	struct rmk_buf key = {.arena = w->a};

	rmk_buf_addc(&key, 's');
	rmk_buf_add(&key, w->v->moments[w->new->seen.moment].blob);
	rmk_buf_add(&key, w->v->moments[w->old->seen.moment].blob);
	return rmk_buf_str(&key);
}

static struct rmk_str
pack_step(struct stepping *w, const struct rmk_step *s)
{
	struct rmk_buf b = {.arena = w->a};

	for (uint32_t i = 0; i < w->old->facts->n; i++) {
		uint32_t to = s->to_new[i];
		uint32_t n = to < w->new->facts->n && s->old_col[i]
		                 ? w->new->facts->tables[to]->ncols
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
		rmk_pack_text(&b, rmk_text_get(w->texts, v->old));
		rmk_pack_text(&b, rmk_text_get(w->texts, v->new));
		rmk_pack_number(&b, v->n);
		rmk_pack_number(&b, v->of);
	}
	return rmk_buf_str(&b);
}

static bool
unpack_values(struct stepping *w, struct rmk_str bytes, struct rmk_step *s)
{
	const struct rmk_facts *now = w->new->facts;

	while (bytes.n) {
		struct rmk_step_value v;
		struct rmk_str old, new;
		if (!rmk_take_number(&bytes, &v.new_table) ||
		    !rmk_take_number(&bytes, &v.new_col) ||
		    !rmk_take_text(&bytes, &old) || !rmk_take_text(&bytes, &new) ||
		    !rmk_take_number(&bytes, &v.n) || !rmk_take_number(&bytes, &v.of) ||
		    v.new_table >= now->n || v.new_col >= now->tables[v.new_table]->ncols)
			return false;
		v.old = rmk_text_put(w->texts, old);
		v.new = rmk_text_put(w->texts, new);
		*RMK_PUSH(w->a, s->values, s->nvalues, s->cap) = v;
	}
	return true;
}

static bool
unpack_step(struct stepping *w, struct rmk_str bytes, struct rmk_step *s)
{
	uint32_t n;

	for (uint32_t i = 0; i < w->old->facts->n; i++) {
		if (!rmk_take_number(&bytes, &s->to_new[i]) ||
		    !rmk_take_number(&bytes, &n) || n > bytes.n / 4)
			return false;
		if (n && (s->to_new[i] >= w->new->facts->n ||
			     n != w->new->facts->tables[s->to_new[i]]->ncols))
			return false;
		if (n)
			s->old_col[i] = RMK_NEW_N(w->a, uint32_t, n);
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
		if (a->cols[i]->label != b->cols[i]->label)
			return false;
	}
	return true;
}

static enum rmk_code
match_tables(struct stepping *w, struct rmk_step *s)
{
	struct rmk_pairs pairs;
	enum rmk_code code = rmk_versions_doc(w->v, w->old);

	if (code || (code = rmk_versions_doc(w->v, w->new)))
		return code;
	pairs = rmk_match_tables(w->a, w->old->seen.doc, w->new->seen.doc);
	for (uint32_t i = 0; i < w->old->facts->n; i++) {
		size_t to = pairs.to_new[w->old->facts->at[i]];
		s->to_new[i] = to == RMK_NONE ? RMK_NO_TEXT
		                              : rmk_facts_place(w->new->facts, to);
	}
	return RMK_OK;
}

static enum rmk_code
match_columns(struct stepping *w, struct rmk_step *s)
{
	for (uint32_t i = 0; i < w->old->facts->n; i++) {
		uint32_t to = s->to_new[i], ncols;
		struct rmk_table_match m;
		if (to >= w->new->facts->n ||
		    same_labels(w->old->facts->tables[i], w->new->facts->tables[to]))
			continue;
		m = rmk_match_table(w->a, w->old->seen.doc, w->old->facts->at[i],
		    w->new->seen.doc, w->new->facts->at[to]);
		ncols = w->new->facts->tables[to]->ncols;
		s->old_col[i] = RMK_NEW_N(w->a, uint32_t, ncols);
		for (uint32_t c = 0; c < ncols; c++)
			s->old_col[i][c] = m.cols.to_old[c] == RMK_NONE
			                       ? RMK_NO_TEXT
			                       : (uint32_t)m.cols.to_old[c];
	}
	return RMK_OK;
}

// --- values ---------------------------------------------------------------------

static bool
alike(struct stepping *w, rmk_text a, rmk_text b)
{
	return rmk_same_word(w->a, rmk_text_get(w->texts, a), rmk_text_get(w->texts, b));
}

static bool
has_key(struct stepping *w, const struct rmk_fact_column *col, rmk_text key)
{
	for (uint32_t i = 0; i < col->nvalues; i++) {
		if (rmk_text_key(w->texts, col->values[i].text) == key)
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
is_gone(struct stepping *w, const struct column_pair *p, uint32_t value)
{
	rmk_text text = p->old->values[value].text, key;

	if (stands_near(p->new, text, value))
		return false;
	key = rmk_text_key(w->texts, text);
	return rmk_text_get(w->texts, key).n && !has_key(w, p->new, key);
}

static bool
is_born(struct stepping *w, const struct column_pair *p, rmk_text text)
{
	rmk_text key = rmk_text_key(w->texts, text);

	return rmk_text_get(w->texts, key).n && !has_key(w, p->old, key);
}

// Whether some value vanished that another one may have taken the place of.
static bool
is_suspect(struct stepping *w, const struct column_pair *p)
{
	if (p->old->many || p->new->many)
		return false;
	for (uint32_t i = 0; i < p->old->nvalues; i++) {
		if (!is_gone(w, p, i))
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
follow_value(struct stepping *w, const struct column_pair *p,
    const struct rmk_table_match *m, uint32_t value, struct rmk_step *s)
{
	const struct rmk_table *to = &w->old->seen.doc->tables[p->old_doc_table];
	const struct rmk_table *tn = &w->new->seen.doc->tables[p->new_doc_table];
	struct rmk_str gone = rmk_text_get(w->texts, p->old->values[value].text);
	uint32_t *went = RMK_NEW_N(w->a, uint32_t, p->new->nvalues), of = 0;

	for (size_t r = 0; r < to->nrows; r++) {
		struct rmk_str raw = rmk_doc_cell(
		    w->old->seen.doc, &to->rows[r], p->old_col);
		struct rmk_str text;
		if (m->rows.to_new[r] == RMK_NONE ||
		    !rmk_str_eq(rmk_value_text(w->a, raw), gone))
			continue;
		of++;
		text = rmk_value_text(
		    w->a, rmk_doc_cell(w->new->seen.doc, &tn->rows[m->rows.to_new[r]],
			      p->new_col));
		for (uint32_t i = 0; i < p->new->nvalues; i++)
			went[i] += rmk_str_eq(
			    text, rmk_text_get(w->texts, p->new->values[i].text));
	}
	for (uint32_t i = 0; i < p->new->nvalues; i++) {
		if (of == 0 || went[i] * 10 < of * MOST_OF_TEN ||
		    !is_born(w, p, p->new->values[i].text))
			continue;
		*RMK_PUSH(w->a, s->values, s->nvalues, s->cap) = (struct rmk_step_value){
		    p->new_table, p->new_col, p->old->values[value].text,
		    p->new->values[i].text, went[i], of};
	}
}

static enum rmk_code
follow_column(struct stepping *w, const struct column_pair *p, struct rmk_step *s)
{
	struct rmk_table_match m;
	enum rmk_code code;

	if ((code = rmk_versions_doc(w->v, w->old)) ||
	    (code = rmk_versions_doc(w->v, w->new)))
		return code;
	m = rmk_match_table(
	    w->a, w->old->seen.doc, p->old_doc_table, w->new->seen.doc, p->new_doc_table);
	for (uint32_t i = 0; i < p->old->nvalues; i++) {
		if (is_gone(w, p, i))
			follow_value(w, p, &m, i, s);
	}
	return RMK_OK;
}

// Follow the columns of a table that are suspect; with s NULL only say whether any is.
static enum rmk_code
follow_table(struct stepping *w, uint32_t table, uint32_t to, uint32_t *old_col,
    struct rmk_step *s, bool *suspect)
{
	const struct rmk_fact_table *older = w->old->facts->tables[table];
	const struct rmk_fact_table *newer = w->new->facts->tables[to];
	enum rmk_code code = RMK_OK;

	for (uint32_t c = 0; c < newer->ncols && !code; c++) {
		uint32_t o = old_col ? old_col[c] : c;
		struct column_pair p = {NULL, newer->cols[c], to, c, o,
		    w->old->facts->at[table], w->new->facts->at[to]};
		if (o >= older->ncols)
			continue;
		p.old = older->cols[o];
		if (p.old == p.new || !is_suspect(w, &p))
			continue;
		*suspect = true;
		if (!s)
			return RMK_OK;
		code = follow_column(w, &p, s);
	}
	return code;
}

// Whether the documents have to be looked at at all.
static bool
is_plain(struct stepping *w)
{
	bool suspect = false;

	if (!same_tables(w->old->facts, w->new->facts))
		return false;
	for (uint32_t i = 0; i < w->old->facts->n && !suspect; i++) {
		if (w->old->facts->tables[i] != w->new->facts->tables[i])
			follow_table(w, i, i, NULL, NULL, &suspect);
	}
	return !suspect;
}

static enum rmk_code
look(struct stepping *w, struct rmk_step *s)
{
	enum rmk_code code = RMK_OK;
	bool suspect;

	if (!s->same && !(code = match_tables(w, s)))
		code = match_columns(w, s);
	for (uint32_t i = 0; i < w->old->facts->n && !code; i++) {
		uint32_t to = s->to_new[i];
		if (to < w->new->facts->n &&
		    w->old->facts->tables[i] != w->new->facts->tables[to])
			code = follow_table(w, i, to, s->old_col[i], s, &suspect);
	}
	return code;
}

enum rmk_code
rmk_history_step(struct rmk_versions *v, struct rmk_version *newer,
    struct rmk_version *old, struct rmk_step *out)
{
	struct stepping w = {v, v->scratch, rmk_versions_texts(v), newer, old};
	uint32_t n = old->facts->n;
	struct rmk_str bytes;
	enum rmk_code code;

	*out = (struct rmk_step){.same = is_plain(&w)};
	if (out->same)
		return RMK_OK;
	out->same = same_tables(old->facts, newer->facts);
	out->to_new = RMK_NEW_N(w.a, uint32_t, n);
	out->old_col = rmk_arena_zero(w.a, n, sizeof *out->old_col);
	for (uint32_t i = 0; i < n; i++)
		out->to_new[i] = i;
	if (rmk_versions_get(v, step_key(&w), &bytes) && unpack_step(&w, bytes, out))
		return RMK_OK;
	if ((code = look(&w, out)))
		return code;
	rmk_versions_put(v, step_key(&w), pack_step(&w, out));
	return RMK_OK;
}
