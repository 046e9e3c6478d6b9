// One row through its versions.
//
// In a pair that was patched a row is found by its place: the rows in front of the patch
// stay, those behind it shift. Elsewhere its table is matched. (The older document was
// patched from the newer one: what the patch calls old rows are the newer ones.)
#include "history/log_internal.h"

#include "base/utf8.h"
#include "schema/address.h"
#include "schema/row_names.h"
#include "table/value.h"

struct follow {
	bool found;
	size_t table, row; // in the newer document
};

// --- finding it -----------------------------------------------------------------

static enum rmk_code
several(struct rmk_log_walk *w, const struct rmk_doc *doc, struct rmk_str typed,
    const size_t *tables, const struct rmk_hits *hits, size_t n)
{
	struct rmk_buf list = {.arena = &w->scratch};
	size_t total = 0;

	for (size_t i = 0; i < n; i++) {
		const struct rmk_schema *schema = rmk_schema_of(
		    &w->scratch, doc, tables[i]);
		for (size_t k = 0; k < hits[i].n; k++, total++) {
			struct rmk_str name = rmk_address_row_apart(
			    &w->scratch, doc, tables[i], schema, hits[i].rows[k]);
			if (total < 8)
				rmk_buf_printf(&list, "%s%.*s %.*s", total ? ", " : "",
				    RMK_FMT(rmk_address_of(&w->scratch, doc, tables[i])),
				    RMK_FMT(name));
		}
	}
	rmk_fail(w->err, RMK_AMBIGUOUS, "'%.*s' fits %zu rows: %.*s%s", RMK_FMT(typed),
	    total, RMK_FMT(rmk_buf_str(&list)), total > 8 ? " ..." : "");
	return rmk_hint(w->err, "name more of it, or the table: FILE#TABLE");
}

// The row in a version, at the best level that any table has. Nothing found is no error.
static enum rmk_code
find_row(struct rmk_log_walk *w, const struct rmk_doc *doc, size_t only, struct follow *f)
{
	struct rmk_hits *hits = RMK_NEW_N(&w->scratch, struct rmk_hits, doc->ntables);
	size_t *tables = RMK_NEW_N(&w->scratch, size_t, doc->ntables), n = 0, rows = 0;
	enum rmk_match best = RMK_MATCH_NONE;

	for (size_t i = 0; i < doc->ntables; i++) {
		struct rmk_hits h;
		if (only != RMK_NONE && only != i)
			continue;
		h = rmk_address_rows(&w->scratch, doc, i,
		    rmk_schema_of(&w->scratch, doc, i), w->opts->row);
		if (h.level == RMK_MATCH_NONE || (best && h.level > best))
			continue;
		if (h.level != best)
			n = rows = 0;
		best = h.level;
		tables[n] = i;
		hits[n++] = h;
		rows += h.n;
	}
	if (rows > 1)
		return several(w, doc, w->opts->row, tables, hits, n);
	if (rows == 1)
		*f = (struct follow){true, tables[0], hits[0].rows[0]};
	return RMK_OK;
}

// --- following it ---------------------------------------------------------------

static struct rmk_str
row_log_name_of(
    struct rmk_log_walk *w, const struct rmk_doc *doc, size_t table, size_t row)
{
	struct rmk_row_names names = rmk_row_names_of(
	    &w->scratch, doc, table, rmk_schema_of(&w->scratch, doc, table)->key);

	return rmk_row_name(&names, row);
}

// The row's cells that differ, in the order of the newer columns.
static void
row_log_cells(struct rmk_log_walk *w, const struct rmk_seen *old, const struct follow *f,
    size_t told, size_t row, const struct rmk_pairs *cols)
{
	const struct rmk_doc *newer = w->now.doc;
	const struct rmk_table *tn = &newer->tables[f->table];
	const struct rmk_table *to = &old->doc->tables[told];

	for (size_t c = 0; c < tn->ncols; c++) {
		size_t from = cols->to_old[c];
		struct rmk_str is = rmk_doc_cell(newer, &tn->rows[f->row], c), was = {0};
		struct rmk_log_entry *e;
		if (from != RMK_NONE)
			was = rmk_doc_cell(old->doc, &to->rows[row], from);
		if (rmk_str_eq(is, was))
			continue;
		e = rmk_log_add(w, RMK_LOG_SET, newer, f->table,
		    row_log_name_of(w, newer, f->table, f->row));
		if (!e)
			return;
		e->column = rmk_log_text(w, rmk_doc_cell(newer, &tn->header, c));
		rmk_log_change(w, e, was, is);
	}
}

// A row that is in no older table at its place may have come from another one.
static enum rmk_code
row_log_came(struct rmk_log_walk *w, const struct rmk_seen *old, struct follow *f)
{
	struct rmk_str name = row_log_name_of(w, w->now.doc, f->table, f->row);
	struct rmk_diff d = rmk_diff_docs(&w->scratch, old->doc, w->now.doc);
	const struct rmk_moved_row *m;
	struct rmk_log_moves moves;

	if (rmk_log_moves_of(w, &d, &moves))
		return w->err->code;
	m = rmk_moved_to(moves.v, moves.n, 0, f->table, f->row);
	if (!m) {
		rmk_log_add(w, RMK_LOG_ADDED, w->now.doc, f->table, name);
		w->over = true;
		return RMK_OK;
	}
	rmk_log_add_move(w, &moves, m, name);
	f->table = m->old_table;
	f->row = m->old_row;
	if (!m->old_file)
		return RMK_OK;
	w->out.from = (struct rmk_log_place){
	    rmk_str_copy(w->a, moves.besides[m->old_file - 1].path), w->now.moment,
	    m->old_table, m->old_row};
	w->over = true;
	return RMK_OK;
}

// A row that the newer version does not have may have gone to another file.
static enum rmk_code
row_log_went(struct rmk_log_walk *w, const struct rmk_seen *old, const struct follow *f)
{
	struct rmk_str name = row_log_name_of(w, old->doc, f->table, f->row);
	struct rmk_diff d = rmk_diff_docs(&w->scratch, old->doc, w->now.doc);
	const struct rmk_moved_row *m;
	struct rmk_log_moves moves;

	if (rmk_log_moves_of(w, &d, &moves))
		return w->err->code;
	m = rmk_moved_from(moves.v, moves.n, 0, f->table, f->row);
	if (!m) {
		rmk_log_add(w, RMK_LOG_REMOVED, old->doc, f->table, name);
		return RMK_OK;
	}
	rmk_log_add_leave(w, &moves, m, name);
	if (m->new_file)
		w->out.gone_to = rmk_str_copy(w->a, moves.besides[m->new_file - 1].path);
	return RMK_OK;
}

static enum rmk_code
row_log_step(struct rmk_log_walk *w, const struct rmk_seen *old, struct follow *f)
{
	const struct rmk_patch *p = &old->patch;
	size_t told, row = RMK_NONE;

	if (old->doc == w->now.doc || (old->patched && f->table != p->table) ||
	    (old->patched && f->row < p->row))
		return RMK_OK;
	if (old->patched && f->row >= p->row + p->nold) {
		f->row = f->row - p->nold + p->nnew;
		return RMK_OK;
	}
	told = rmk_log_old_table(w, old, f->table);
	if (told != RMK_NONE) {
		struct rmk_table_match m = rmk_match_table(
		    &w->scratch, old->doc, told, w->now.doc, f->table);
		row = m.rows.to_old[f->row];
		if (row != RMK_NONE)
			row_log_cells(w, old, f, told, row, &m.cols);
	}
	if (row == RMK_NONE)
		return row_log_came(w, old, f);
	f->table = told;
	f->row = row;
	return RMK_OK;
}

static enum rmk_code
follow_pair(struct rmk_log_walk *w, struct rmk_seen *old, void *ctx)
{
	struct follow *f = ctx;
	enum rmk_code code;
	size_t only = w->table;

	if (f->found)
		return row_log_step(w, old, f);
	if (only != RMK_NONE)
		w->table = rmk_log_old_table(w, old, only);
	if (only != RMK_NONE && w->table == RMK_NONE) {
		w->over = true;
		return RMK_OK;
	}
	code = find_row(w, old->doc, w->table, f);
	return !code && f->found ? row_log_went(w, old, f) : code;
}

enum rmk_code
rmk_log_row(struct rmk_log_walk *w)
{
	struct follow f = {0};
	enum rmk_code code = RMK_OK;

	if (w->opts->at)
		f = (struct follow){true, w->opts->at->table, w->opts->at->row};
	else
		code = find_row(w, w->now.doc, w->table, &f);

	if (!code)
		code = rmk_log_pairs(w, follow_pair, &f);
	if (!code && !f.found)
		return rmk_fail(w->err, RMK_NOT_FOUND,
		    "%.*s: no version has a row '%.*s'", RMK_FMT(w->opts->path),
		    RMK_FMT(w->opts->row));
	return code;
}
