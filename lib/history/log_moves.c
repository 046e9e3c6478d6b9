// Rows of a pair of versions that left one table for another, in this file or another one.
#include "history/log_internal.h"

#include "schema/address.h"

// Whether rows came or went that have not moved within the file.
static bool
log_some_left(const struct rmk_diff *d, const struct rmk_log_moves *moves)
{
	size_t gone = 0, came = 0;

	for (size_t i = 0; i < d->n; i++) {
		gone += d->tables[i].removed;
		came += d->tables[i].added;
	}
	return gone > moves->n || came > moves->n;
}

static enum rmk_code
log_list_besides(struct rmk_log_walk *w, struct rmk_beside **out, size_t *n)
{
	*n = 0;
	return w->opts->beside && w->now.moment < w->nmoments
	           ? w->opts->beside(
			 w->opts->ctx, &w->scratch, w->now.moment, out, n, w->err)
	           : RMK_OK;
}

// The differences of the files beside; what cannot be read shows none.
static void
log_read_besides(
    struct rmk_log_walk *w, struct rmk_log_moves *moves, struct rmk_beside *v, size_t n)
{
	struct rmk_arena *a = &w->scratch;
	const struct rmk_diff *first = moves->files[0];

	moves->besides = v;
	moves->files = RMK_NEW_N(a, const struct rmk_diff *, n + 1);
	moves->files[0] = first;
	for (size_t i = 0; i < n; i++) {
		struct rmk_diff *d = RMK_NEW(a, struct rmk_diff);
		struct rmk_doc *old, *new_;
		struct rmk_err unused;

		if (rmk_doc_parse(a, v[i].path, v[i].old, 0, &old, &unused) == RMK_OK &&
		    rmk_doc_parse(a, v[i].path, v[i].new_, 0, &new_, &unused) == RMK_OK)
			*d = rmk_diff_docs(a, old, new_);
		moves->files[moves->nfiles++] = d;
	}
}

enum rmk_code
rmk_log_moves_of(
    struct rmk_log_walk *w, const struct rmk_diff *d, struct rmk_log_moves *out)
{
	struct rmk_arena *a = &w->scratch;
	struct rmk_beside *besides;
	size_t n;

	*out = (struct rmk_log_moves){
	    .files = RMK_NEW_N(a, const struct rmk_diff *, 1), .nfiles = 1};
	out->files[0] = d;
	out->n = rmk_moved_rows(a, out->files, 1, &out->v);
	if (!log_some_left(d, out))
		return RMK_OK;
	if (log_list_besides(w, &besides, &n))
		return w->err->code;
	if (n == 0)
		return RMK_OK;
	log_read_besides(w, out, besides, n);
	out->n = rmk_moved_rows(a, out->files, out->nfiles, &out->v);
	return RMK_OK;
}

enum rmk_code
rmk_log_moves_into(
    struct rmk_log_walk *w, const struct rmk_seen *old, struct rmk_log_moves *out)
{
	struct rmk_diff *d = RMK_NEW(&w->scratch, struct rmk_diff);
	struct rmk_beside *besides;
	size_t n;

	*out = (struct rmk_log_moves){0};
	if (log_list_besides(w, &besides, &n))
		return w->err->code;
	if (n == 0 && old->patched)
		return RMK_OK;
	*d = rmk_diff_docs(&w->scratch, old->doc, w->now.doc);
	out->files = RMK_NEW_N(&w->scratch, const struct rmk_diff *, 1);
	out->files[0] = d;
	out->nfiles = 1;
	log_read_besides(w, out, besides, n);
	out->n = rmk_moved_rows(&w->scratch, out->files, out->nfiles, &out->v);
	return RMK_OK;
}

// --- their entries --------------------------------------------------------------------

// "papers", and where another file has part in it "README.md#papers".
static struct rmk_str
log_move_end(struct rmk_log_walk *w, const struct rmk_log_moves *moves,
    const struct rmk_moved_row *m, bool old)
{
	size_t file = old ? m->old_file : m->new_file;
	size_t table = old ? m->old_table : m->new_table;
	const struct rmk_doc *doc = old ? moves->files[file]->old
	                                : moves->files[file]->new_;
	struct rmk_str name = rmk_address_name(&w->scratch, doc, table);

	if (m->old_file == m->new_file)
		return rmk_str_copy(w->a, name);
	return rmk_str_printf(w->a, "%.*s#%.*s",
	    RMK_FMT(file ? moves->besides[file - 1].path : w->opts->path), RMK_FMT(name));
}

static struct rmk_log_entry *
log_put_move(struct rmk_log_walk *w, const struct rmk_log_moves *moves,
    const struct rmk_moved_row *m, struct rmk_str row, bool away)
{
	const struct rmk_diff *d = moves->files[0];
	size_t other = away ? m->new_file : m->old_file;
	struct rmk_log_entry *e = rmk_log_add(w, RMK_LOG_MOVED, away ? d->old : d->new_,
	    away ? m->old_table : m->new_table, row);

	if (!e)
		return NULL;
	e->old = log_move_end(w, moves, m, true);
	e->new_ = log_move_end(w, moves, m, false);
	e->away = away;
	if (other)
		e->other = rmk_str_copy(w->a, moves->besides[other - 1].path);
	return e;
}

void
rmk_log_add_move(struct rmk_log_walk *w, const struct rmk_log_moves *moves,
    const struct rmk_moved_row *m, struct rmk_str row)
{
	const struct rmk_doc *old = moves->files[m->old_file]->old,
			     *new_ = moves->files[m->new_file]->new_;
	struct rmk_cell_diff *cells;
	size_t n = rmk_moved_cells(&w->scratch, moves->files, m, &cells);

	for (size_t i = 0; i < n; i++) {
		struct rmk_log_entry *e = rmk_log_add(
		    w, RMK_LOG_SET, new_, m->new_table, row);

		if (!e)
			return;
		e->column = rmk_log_text(w,
		    cells[i].new_col != RMK_NONE
			? rmk_doc_cell(
			      new_, &new_->tables[m->new_table].header, cells[i].new_col)
			: rmk_doc_cell(
			      old, &old->tables[m->old_table].header, cells[i].old_col));
		rmk_log_change(w, e, cells[i].old, cells[i].new_);
	}
	log_put_move(w, moves, m, row, false);
}

void
rmk_log_add_leave(struct rmk_log_walk *w, const struct rmk_log_moves *moves,
    const struct rmk_moved_row *m, struct rmk_str row)
{
	log_put_move(w, moves, m, row, true);
}
