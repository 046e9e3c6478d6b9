// Each row to the version that last changed its status.
//
// All rows of the newest version are followed at once, a table at a time; a row whose
// change is found is followed no further, and when none is left the walk ends.
#include "history/log_internal.h"

#include "diff/same_word.h"
#include "schema/address.h"
#include "schema/row_names.h"
#include "table/value.h"

// A value of fewer rows than this is renamed only into a word that is alike.
#define ROWS_LEAST 3
// Of ten rows that had the old value, so many must have the new one.
#define MOST_OF_TEN 9

// A table of the newest version, and what it was in the version at hand.
struct tracked {
	size_t table; // there; RMK_NONE: nothing is left to follow
	size_t *cols; // [ncols] its status columns there; RMK_NONE: not yet there
	size_t ncols;
	size_t first, end; // its rows in the result
	size_t left;       // of those, not decided
	size_t key; // a column of names that are all different; RMK_NONE: none is known
};

struct blame {
	struct rmk_blame *out;
	size_t cap;
	size_t *row; // [out->n] in the version at hand; RMK_NONE: decided
	struct tracked *tables;
	size_t ntables, tables_cap;
	struct rmk_log_moves moves; // of the pair at hand
	size_t moves_at;            // its moment; RMK_NONE: they were not asked for
	const struct rmk_log_place *places; // [nplaces] the rows to follow; NULL: all
	size_t nplaces;
};

// --- what is to be followed -----------------------------------------------------

static enum rmk_code
track(struct rmk_log_walk *w, struct blame *b, size_t table, struct rmk_str column)
{
	const struct rmk_doc *doc = w->now.doc;
	const struct rmk_table *t = &doc->tables[table];
	const struct rmk_schema *schema = rmk_schema_of(&w->scratch, doc, table);
	struct tracked tr = {.table = table, .first = b->out->n, .key = RMK_NONE};
	enum rmk_code code;

	struct rmk_row_names names = rmk_row_names_of(
	    &w->scratch, doc, table, schema->key);

	tr.ncols = column.n ? 1 : schema->nstatus;
	if (tr.ncols == 0)
		return RMK_OK;
	tr.cols = RMK_NEW_N(w->a, size_t, tr.ncols);
	for (size_t i = 0; i < tr.ncols && !column.n; i++)
		tr.cols[i] = schema->status[i];
	if (column.n && (code = rmk_address_column(&w->scratch, doc, table, schema,
			     column, &tr.cols[0], w->err)))
		return code;
	for (size_t i = 0; i < (b->places ? b->nplaces : t->nrows); i++) {
		size_t r = b->places ? b->places[i].row : i;
		struct rmk_blame_row *row;

		if (b->places && b->places[i].table != table)
			continue;
		row = RMK_PUSH(w->a, b->out->v, b->out->n, b->cap);
		*row = (struct rmk_blame_row){
		    .table = table, .line = t->rows[r].line, .moment = RMK_NONE};
		row->address = rmk_str_copy(
		    w->a, rmk_address_of(&w->scratch, doc, table));
		row->name = rmk_str_copy(w->a, rmk_row_name(&names, r));
		row->namesake = rmk_row_namesake(&names, r);
		row->namesake.text = rmk_str_copy(w->a, row->namesake.text);
		row->status = rmk_log_text(w, rmk_doc_cell(doc, &t->rows[r], tr.cols[0]));
		row->column = rmk_log_text(w, rmk_doc_cell(doc, &t->header, tr.cols[0]));
	}
	tr.end = b->out->n;
	tr.left = tr.end - tr.first;
	*RMK_PUSH(w->a, b->tables, b->ntables, b->tables_cap) = tr;
	return RMK_OK;
}

static enum rmk_code
track_all(struct rmk_log_walk *w, struct blame *b, struct rmk_str column)
{
	const struct rmk_doc *doc = w->now.doc;
	enum rmk_code code = RMK_OK, last = RMK_OK;

	for (size_t i = 0; i < doc->ntables; i++) {
		if (w->table != RMK_NONE && w->table != i)
			continue;
		code = track(w, b, i, column);
		last = code ? code : last;
	}
	if (b->out->n == 0 && last)
		return last;
	if (b->out->n == 0) {
		rmk_fail(w->err, RMK_NOT_FOUND, "%.*s: no table with a status column",
		    RMK_FMT(w->opts->path));
		return rmk_hint(w->err, "-c COLUMN names another column");
	}
	b->row = RMK_NEW_N(w->a, size_t, b->out->n);
	for (size_t t = 0; t < b->ntables; t++) {
		for (size_t i = b->tables[t].first; i < b->tables[t].end; i++)
			b->row[i] = b->places ? b->places[i].row : i - b->tables[t].first;
	}
	return RMK_OK;
}

// --- one pair of tables ---------------------------------------------------------

struct pair {
	const struct rmk_doc *old, *new;
	const struct rmk_table *told, *tnew;
	const struct rmk_table_match *m;
	const struct rmk_patch *only; // the rows that may differ; NULL: any may
};

static struct rmk_str
key_at(struct rmk_arena *a, const struct rmk_doc *doc, const struct rmk_table *t,
    size_t row, size_t col)
{
	return rmk_value_key(a, rmk_doc_cell(doc, &t->rows[row], col));
}

static bool
history_blame_has(struct rmk_arena *a, const struct rmk_doc *doc,
    const struct rmk_table *t, size_t col, struct rmk_str key)
{
	for (size_t r = 0; r < t->nrows; r++) {
		if (rmk_str_eq(key_at(a, doc, t, r, col), key))
			return true;
	}
	return false;
}

// Whether the rows that had the old value now have the new one, nearly all of them, and
// none had it before.
static bool
history_blame_is_renamed(struct rmk_arena *a, const struct pair *p, size_t old_col,
    size_t new_col, struct rmk_str was, struct rmk_str is)
{
	size_t n = 0, of = 0;

	if (was.n == 0 || is.n == 0 ||
	    history_blame_has(a, p->new, p->tnew, new_col, was) ||
	    history_blame_has(a, p->old, p->told, old_col, is))
		return false;
	for (size_t r = 0; r < p->told->nrows; r++) {
		size_t to = p->m->rows.to_new[r];
		if (to == RMK_NONE ||
		    !rmk_str_eq(key_at(a, p->old, p->told, r, old_col), was))
			continue;
		n += rmk_str_eq(key_at(a, p->new, p->tnew, to, new_col), is);
		of++;
	}
	return n * 10 >= of * MOST_OF_TEN &&
	       (n >= ROWS_LEAST || rmk_same_word(a, was, is));
}

// Renames that were decided in this pair: a table has few values and many rows.
struct decided {
	struct rmk_map seen; // "column, old, new" to whether
};

static bool
history_blame_is_change(struct rmk_log_walk *w, const struct pair *p, struct decided *d,
    size_t old_row, size_t new_row, size_t old_col, size_t new_col)
{
	struct rmk_arena *a = &w->scratch;
	struct rmk_str is = key_at(a, p->new, p->tnew, new_row, new_col), was = {0};
	size_t *known;

	if (old_col != RMK_NONE)
		was = key_at(a, p->old, p->told, old_row, old_col);
	if (rmk_str_eq(was, is))
		return false;
	known = rmk_map_put(&d->seen,
	    rmk_str_printf(a, "%zu\n%.*s\n%.*s", new_col, RMK_FMT(was), RMK_FMT(is)));
	if (*known == RMK_NONE)
		*known = history_blame_is_renamed(a, p, old_col, new_col, was, is);
	return !*known;
}

static void
history_blame_decide(
    struct rmk_log_walk *w, struct blame *b, struct tracked *t, size_t i, bool born)
{
	b->out->v[i].moment = w->now.moment;
	b->out->v[i].when = &w->moments[w->now.moment];
	b->out->v[i].born = born;
	b->row[i] = RMK_NONE;
	t->left--;
}

// The column of a matrix that changed last is the one that is shown.
static void
show_column(struct rmk_log_walk *w, struct rmk_blame_row *row, const struct pair *p,
    size_t col, size_t at)
{
	row->column = rmk_log_text(w, rmk_doc_cell(p->new, &p->tnew->header, col));
	row->status = rmk_log_text(w, rmk_doc_cell(p->new, &p->tnew->rows[at], col));
}

// Whether a row says in its status columns what it said in the table that it came from.
static bool
blame_same_status(struct rmk_log_walk *w, const struct blame *b, const struct tracked *t,
    const struct rmk_moved_row *m)
{
	const struct rmk_doc *old = b->moves.files[m->old_file]->old, *new_ = w->now.doc;
	const struct rmk_table *to = &old->tables[m->old_table],
			       *tn = &new_->tables[m->new_table];

	for (size_t c = 0; c < t->ncols; c++) {
		size_t col = t->cols[c],
		       was = col == RMK_NONE ? col : m->cols->to_old[col];
		struct rmk_str before = {0};

		if (col == RMK_NONE)
			continue;
		if (was != RMK_NONE)
			before = key_at(&w->scratch, old, to, m->old_row, was);
		if (!rmk_str_eq(before, key_at(&w->scratch, new_, tn, m->new_row, col)))
			return false;
	}
	return true;
}

// A row that the older table does not have: it may have come from another one.
static enum rmk_code
blame_arrived(struct rmk_log_walk *w, struct blame *b, struct tracked *t, size_t i,
    const struct rmk_seen *old)
{
	struct rmk_blame_row *row = &b->out->v[i];
	const struct rmk_moved_row *m;
	size_t at = b->row[i];

	if (b->moves_at != w->now.moment && rmk_log_moves_into(w, old, &b->moves))
		return w->err->code;
	b->moves_at = w->now.moment;
	m = rmk_moved_to(b->moves.v, b->moves.n, 0, t->table, at);
	history_blame_decide(w, b, t, i, m == NULL);
	row->came = m && blame_same_status(w, b, t, m);
	if (!row->came)
		return RMK_OK;
	row->from = (struct rmk_log_place){
	    .moment = w->now.moment, .table = m->old_table, .row = m->old_row};
	if (m->old_file)
		row->from.path = rmk_str_copy(
		    w->a, b->moves.besides[m->old_file - 1].path);
	return RMK_OK;
}

static enum rmk_code
blame_rows(struct rmk_log_walk *w, struct blame *b, struct tracked *t,
    const struct pair *p, const size_t *old_cols, const struct rmk_seen *old)
{
	struct decided d = {.seen = {.arena = &w->scratch}};

	for (size_t i = t->first; i < t->end; i++) {
		size_t at = b->row[i], from;
		bool changed = false;
		if (at == RMK_NONE)
			continue;
		from = p->m->rows.to_old[at];
		if (p->only && (at < p->only->row || at - p->only->row >= p->only->nnew))
			continue;
		for (size_t c = 0; c < t->ncols && from != RMK_NONE && !changed; c++) {
			changed = t->cols[c] != RMK_NONE &&
			          history_blame_is_change(
				      w, p, &d, from, at, old_cols[c], t->cols[c]);
			if (changed && t->ncols > 1)
				show_column(w, &b->out->v[i], p, t->cols[c], at);
		}
		if (changed)
			history_blame_decide(w, b, t, i, false);
		else if (from != RMK_NONE)
			b->row[i] = from;
		else if (blame_arrived(w, b, t, i, old))
			return w->err->code;
	}
	return RMK_OK;
}

// Nothing of the table is older.
static enum rmk_code
blame_born(struct rmk_log_walk *w, struct blame *b, struct tracked *t,
    const struct rmk_seen *old)
{
	for (size_t i = t->first; i < t->end; i++) {
		if (b->row[i] != RMK_NONE && blame_arrived(w, b, t, i, old))
			return w->err->code;
	}
	return RMK_OK;
}

// Whether the version kept every row in its place: as many rows came as went, with the same
// cells up to the one that names them, and all names are different. Any way to match the rows
// then matches each with the one in its place.
static bool
blame_keeps_rows(
    const struct tracked *t, const struct rmk_seen *old, const struct rmk_doc *new)
{
	const struct rmk_patch *p = &old->patch;

	if (t->key == RMK_NONE || !old->patched || p->nold != p->nnew)
		return false;
	for (size_t r = p->row; r < p->row + p->nnew; r++) {
		const struct rmk_row *was = &old->doc->tables[p->table].rows[r];
		const struct rmk_row *is = &new->tables[p->table].rows[r];
		for (size_t c = 0; c <= t->key; c++) {
			if (!rmk_str_eq(
				rmk_doc_cell(old->doc, was, c), rmk_doc_cell(new, is, c)))
				return false;
		}
	}
	return true;
}

static struct rmk_pairs
blame_in_place(struct rmk_arena *a, size_t n)
{
	struct rmk_pairs p = {rmk_arena_alloc(a, n * sizeof *p.to_new), NULL, n, n};

	for (size_t i = 0; i < n; i++)
		p.to_new[i] = i;
	p.to_old = p.to_new;
	return p;
}

// The column by which the rows of the older table were matched, where all its values are
// different and they do not just count up: another may be preferred to numbers that do.
static size_t
blame_key(const struct rmk_doc *old, size_t table, const struct rmk_table_match *m)
{
	const struct rmk_table *t = &old->tables[table];
	uint32_t first, second;

	if (!m->key_sound || t->nrows < 2)
		return RMK_NONE;
	if (rmk_str_to_u32(rmk_doc_cell(old, &t->rows[0], m->old_key), &first) &&
	    rmk_str_to_u32(rmk_doc_cell(old, &t->rows[1], m->old_key), &second))
		return RMK_NONE;
	return m->old_key;
}

static enum rmk_code
blame_table(struct rmk_log_walk *w, struct blame *b, struct tracked *t,
    const struct rmk_seen *old, size_t told)
{
	bool kept = blame_keeps_rows(t, old, w->now.doc);
	size_t *old_cols = RMK_NEW_N(w->a, size_t, t->ncols);
	struct pair p = {old->doc, w->now.doc, &old->doc->tables[told],
	    &w->now.doc->tables[t->table], NULL, kept ? &old->patch : NULL};
	struct rmk_table_match m;

	if (kept)
		m = (struct rmk_table_match){
		    .cols = blame_in_place(&w->scratch, p.tnew->ncols),
		    .rows = blame_in_place(&w->scratch, p.tnew->nrows)};
	else
		m = rmk_match_table(&w->scratch, old->doc, told, w->now.doc, t->table);
	p.m = &m;
	for (size_t c = 0; c < t->ncols; c++)
		old_cols[c] = t->cols[c] == RMK_NONE ? RMK_NONE
		                                     : m.cols.to_old[t->cols[c]];
	if (blame_rows(w, b, t, &p, old_cols, old))
		return w->err->code;
	if (!kept)
		t->key = blame_key(old->doc, told, &m);
	t->cols = old_cols;
	t->table = told;
	return RMK_OK;
}

static enum rmk_code
blame_pair(struct rmk_log_walk *w, struct rmk_seen *old, void *ctx)
{
	struct blame *b = ctx;
	struct rmk_pairs tables = {0};
	size_t left = 0;

	if (old->doc == w->now.doc)
		return RMK_OK;
	if (!old->patched)
		tables = rmk_match_tables(&w->scratch, old->doc, w->now.doc);
	for (size_t i = 0; i < b->ntables; i++) {
		struct tracked *t = &b->tables[i];
		size_t told;
		if (t->left == 0)
			continue;
		told = old->patched ? t->table : tables.to_old[t->table];
		enum rmk_code code = RMK_OK;
		if (told == RMK_NONE)
			code = blame_born(w, b, t, old);
		else if (!old->patched || old->patch.table == told)
			code = blame_table(w, b, t, old, told);
		if (code)
			return code;
		left += t->left;
	}
	w->over = left == 0;
	return RMK_OK;
}

enum rmk_code
rmk_blame_of(struct rmk_arena *a, const struct rmk_moment *moments, size_t n,
    const struct rmk_log_opts *opts, struct rmk_str column,
    const struct rmk_log_place *places, size_t nplaces, struct rmk_blame *out,
    struct rmk_err *err)
{
	struct rmk_log_walk w;
	struct rmk_blame rows = {0};
	struct blame b = {
	    .out = &rows, .moves_at = RMK_NONE, .places = places, .nplaces = nplaces};
	enum rmk_code code = rmk_log_begin(&w, a, moments, n, opts, err);

	if (!code)
		code = track_all(&w, &b, column);
	if (!code)
		code = rmk_log_pairs(&w, blame_pair, &b);
	if (!code)
		*out = rows;
	rmk_log_end(&w);
	return code;
}
