// The changes of cells, pair by pair.
//
// All rows: the tables of a pair are compared; where the older document was patched from
// the newer one, only the table that differs.
#include "history/log_internal.h"

#include "diff/diff.h"
#include "schema/address.h"
#include "table/value.h"

static struct rmk_doc no_doc;

// --- the walk -------------------------------------------------------------------

enum rmk_code
rmk_log_begin(struct rmk_log_walk *w, struct rmk_arena *a,
    const struct rmk_moment *moments, size_t n, const struct rmk_log_opts *opts,
    struct rmk_err *err)
{
	enum rmk_code code = RMK_OK;

	*w = (struct rmk_log_walk){.a = a,
	    .scratch = {.oom = a->oom, .ctx = a->ctx},
	    .opts = opts,
	    .moments = moments,
	    .nmoments = n,
	    .table = RMK_NONE,
	    .err = err};
	w->cursor = rmk_version_cursor_new(a, opts->path, opts->read, opts->ctx);
	w->now.doc = &no_doc;
	if (n && !moments[0].gone)
		w->now.doc = NULL;
	if (n && !w->now.doc &&
	    (code = rmk_version_cursor_next(&w->cursor, NULL, &w->now, err)))
		return code;
	if (opts->table.n)
		code = rmk_address_table(
		    &w->scratch, w->now.doc, opts->table, &w->table, err);
	return code;
}

void
rmk_log_end(struct rmk_log_walk *w)
{
	rmk_version_cursor_free(&w->cursor);
	rmk_arena_free(&w->scratch);
}

static enum rmk_code
read_older(struct rmk_log_walk *w, size_t moment, struct rmk_seen *old)
{
	enum rmk_code code;

	*old = (struct rmk_seen){.moment = moment, .side = !w->now.side, .doc = &no_doc};
	if (moment == w->nmoments || w->moments[moment].gone)
		return RMK_OK;
	old->doc = NULL;
	code = rmk_version_cursor_next(&w->cursor, &w->now, old, w->err);
	// What is too complex to read shows no change.
	if (code == RMK_TOO_COMPLEX) {
		*old = w->now;
		old->moment = moment;
		return RMK_OK;
	}
	return code;
}

enum rmk_code
rmk_log_pairs(struct rmk_log_walk *w,
    enum rmk_code (*visit)(struct rmk_log_walk *w, struct rmk_seen *old, void *ctx),
    void *ctx)
{
	const struct rmk_log_opts *o = w->opts;
	enum rmk_code code = RMK_OK;

	for (size_t i = 1; i <= w->nmoments && !code && !w->over; i++) {
		struct rmk_arena_mark mark = rmk_arena_mark(&w->scratch);
		struct rmk_seen old;
		code = read_older(w, i, &old);
		if (!code)
			code = visit(w, &old, ctx);
		rmk_arena_reset(&w->scratch, mark);
		w->now = old;
		if (!code && o->tick && !o->tick(o->ctx, i, w->nmoments))
			code = rmk_fail(w->err, RMK_REFUSED, "stopped");
	}
	return code;
}

struct rmk_str
rmk_log_text(struct rmk_log_walk *w, struct rmk_str raw)
{
	return rmk_str_copy(w->a, rmk_value_text(&w->scratch, raw));
}

void
rmk_log_change(struct rmk_log_walk *w, struct rmk_log_entry *e, struct rmk_str old,
    struct rmk_str new_)
{
	e->old = rmk_log_text(w, old);
	e->new_ = rmk_log_text(w, new_);
	e->markup = rmk_str_eq(e->old, e->new_);
	if (e->markup) {
		e->old = rmk_str_copy(w->a, old);
		e->new_ = rmk_str_copy(w->a, new_);
	}
}

struct rmk_log_entry *
rmk_log_add(struct rmk_log_walk *w, enum rmk_log_kind kind, const struct rmk_doc *doc,
    size_t table, struct rmk_str row)
{
	struct rmk_log_entry *e;

	if (w->opts->limit && w->out.n == w->opts->limit) {
		w->over = true;
		return NULL;
	}
	e = RMK_PUSH(w->a, w->out.v, w->out.n, w->cap);
	*e = (struct rmk_log_entry){.kind = kind, .moment = w->now.moment};
	e->table = rmk_str_copy(w->a, rmk_address_name(&w->scratch, doc, table));
	e->row = rmk_str_copy(w->a, row);
	return e;
}

size_t
rmk_log_old_table(struct rmk_log_walk *w, const struct rmk_seen *old, size_t table)
{
	if (old->patched || old->doc == w->now.doc)
		return table;
	return rmk_match_tables(&w->scratch, old->doc, w->now.doc).to_old[table];
}

// --- all rows -------------------------------------------------------------------

static void
history_log_cells(struct rmk_log_walk *w, const struct rmk_diff *d,
    const struct rmk_table_diff *t, const struct rmk_row_diff *row)
{
	const struct rmk_row *new = &d->new_->tables[t->new_table].header;
	const struct rmk_row *old = &d->old->tables[t->old_table].header;

	for (size_t i = 0; i < row->ncells; i++) {
		const struct rmk_cell_diff *c = &row->cells[i];
		struct rmk_log_entry *e = rmk_log_add(
		    w, RMK_LOG_SET, d->new_, t->new_table, row->name);
		if (!e)
			return;
		e->column = rmk_log_text(w, c->new_col != RMK_NONE
						? rmk_doc_cell(d->new_, new, c->new_col)
						: rmk_doc_cell(d->old, old, c->old_col));
		rmk_log_change(w, e, c->old, c->new_);
	}
}

static void
log_added(struct rmk_log_walk *w, const struct rmk_table_diff *t,
    const struct rmk_row_diff *row, const struct rmk_log_moves *moves)
{
	const struct rmk_moved_row *m = rmk_moved_to(
	    moves->v, moves->n, 0, t->new_table, row->new_row);

	if (m)
		rmk_log_add_move(w, moves, m, row->name);
	else
		rmk_log_add(
		    w, RMK_LOG_ADDED, moves->files[0]->new_, t->new_table, row->name);
}

static void
log_rows(struct rmk_log_walk *w, const struct rmk_table_diff *t,
    const struct rmk_log_moves *moves)
{
	for (size_t k = 0; k < t->nrows && !w->over; k++) {
		if (t->rows[k].kind == RMK_DIFF_CHANGED)
			history_log_cells(w, moves->files[0], t, &t->rows[k]);
		else if (t->rows[k].kind == RMK_DIFF_ADDED)
			log_added(w, t, &t->rows[k], moves);
	}
}

// Removed rows come last. One that moved within the file is said where it came to, where that
// is shown too.
static void
log_removed(struct rmk_log_walk *w, const struct rmk_table_diff *t,
    const struct rmk_log_moves *moves, bool alone)
{
	for (size_t k = 0; k < t->nrows && !w->over; k++) {
		const struct rmk_row_diff *row = &t->rows[k];
		const struct rmk_moved_row *m;

		if (row->kind != RMK_DIFF_REMOVED)
			continue;
		m = rmk_moved_from(moves->v, moves->n, 0, t->old_table, row->old_row);
		if (!m)
			rmk_log_add(w, RMK_LOG_REMOVED, moves->files[0]->old,
			    t->old_table, row->name);
		else if (alone || m->new_file)
			rmk_log_add_leave(w, moves, m, row->name);
	}
}

// The document with one of its tables alone.
static struct rmk_doc
only_table(const struct rmk_doc *doc, size_t table)
{
	struct rmk_doc one = *doc;

	one.tables += table;
	one.ntables = 1;
	return one;
}

// The older table of the one asked for is known when the pair is left.
static enum rmk_code
log_pair(struct rmk_log_walk *w, struct rmk_seen *old, void *ctx)
{
	struct rmk_doc older = *old->doc, newer = *w->now.doc;
	struct rmk_log_moves moves;
	struct rmk_diff d;
	size_t only = w->table;
	bool alone = only != RMK_NONE;

	(void)ctx;
	if (only != RMK_NONE)
		w->table = rmk_log_old_table(w, old, only);
	if (old->patched && only != RMK_NONE && only != old->patch.table)
		return RMK_OK;
	if (old->patched) {
		older = only_table(old->doc, old->patch.table);
		newer = only_table(w->now.doc, old->patch.table);
		only = RMK_NONE;
	}
	d = rmk_diff_docs(&w->scratch, &older, &newer);
	if (rmk_log_moves_of(w, &d, &moves))
		return w->err->code;
	for (size_t i = 0; i < d.n; i++) {
		if (only == RMK_NONE || d.tables[i].new_table == only)
			log_rows(w, &d.tables[i], &moves);
	}
	for (size_t i = 0; i < d.n; i++) {
		if (only == RMK_NONE || d.tables[i].new_table == only)
			log_removed(w, &d.tables[i], &moves, alone);
	}
	w->over |= w->table == RMK_NONE && only != RMK_NONE;
	return RMK_OK;
}

enum rmk_code
rmk_log_of(struct rmk_arena *a, const struct rmk_moment *moments, size_t n,
    const struct rmk_log_opts *opts, struct rmk_log *out, struct rmk_err *err)
{
	struct rmk_log_walk w;
	enum rmk_code code = rmk_log_begin(&w, a, moments, n, opts, err);

	if (!code && (opts->row.n || opts->at))
		code = rmk_log_row(&w);
	else if (!code)
		code = rmk_log_pairs(&w, log_pair, NULL);
	if (!code)
		*out = w.out;
	rmk_log_end(&w);
	return code;
}
