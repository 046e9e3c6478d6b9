// Edits that follow their rows: see follow.h.
#include "merge/follow.h"

#include "base/map.h"
#include "diff/moved_rows.h"
#include "edit/edit.h"
#include "edit/rebase.h"
#include "gfm/cells.h"
#include "merge/unique_cells.h"
#include "table/inline_references.h"
#include "table/value.h"

struct follow_edits {
	struct rmk_edit *v;
	size_t n, cap;
};

// A table of base in the version of the side that left its rows there.
struct follow_table {
	size_t table; // RMK_NONE: it is gone
	struct rmk_table_match m;
	const struct rmk_schema *schema; // of base; NULL: not asked yet
	struct rmk_map
	    rows_of[2]; // of base and that side: the row of each text; RMK_SEVERAL
};

struct follow {
	struct rmk_arena *a;
	struct rmk_follow_file *files;
	size_t n;
	struct rmk_doc *(*docs)[3];
	struct follow_edits (*edits)[3];
	struct rmk_map known; // "side, file, table" to its place in tables
	struct follow_table *tables;
	size_t ntables, tables_cap;
	struct rmk_left_row *left;
	size_t nleft, left_cap;
};

// One row on its way.
struct follow_row {
	const struct rmk_moved_row *move;
	enum rmk_version moved, stays;
	struct follow_table *at;
	size_t row; // where it stayed
};

static struct rmk_map
rows_of_texts(struct rmk_arena *a, const struct rmk_doc *doc, size_t table)
{
	const struct rmk_table *t = &doc->tables[table];
	struct rmk_map out = {.arena = a};

	for (size_t r = 0; r < t->nrows; r++) {
		for (size_t i = 0; i < t->rows[r].ncells; i++) {
			size_t *at = rmk_map_put(
			    &out, rmk_doc_str(doc, t->rows[r].cells[i]));

			*at = *at == RMK_NONE || *at == r ? r : RMK_SEVERAL;
		}
	}
	return out;
}

static struct follow_table *
follow_table_of(struct follow *f, enum rmk_version stays, size_t file, size_t table)
{
	size_t *at = rmk_map_put(
	    &f->known, rmk_str_printf(f->a, "%d %zu %zu", stays, file, table));
	struct rmk_doc *base = f->docs[file][RMK_BASE], *now = f->docs[file][stays];
	struct follow_table found = {0};

	if (*at != RMK_NONE)
		return &f->tables[*at];
	*at = f->ntables;
	found.table = rmk_match_tables(f->a, base, now).to_new[table];
	if (found.table != RMK_NONE)
		found.m = rmk_match_for_merge(
		    f->a, base, table, now, found.table, RMK_NONE, true, NULL);
	*RMK_PUSH(f->a, f->tables, f->ntables, f->tables_cap) = found;
	return &f->tables[f->ntables - 1];
}

// A cell of a version of the row's old file as it is written in its new one. False: it cannot be.
static bool
follow_along(struct follow *f, const struct rmk_moved_row *m, enum rmk_version v,
    struct rmk_str raw, struct rmk_str *out)
{
	struct rmk_str unused;

	*out = raw;
	if (m->old_file == m->new_file)
		return true;
	return rmk_links_rebase(f->a,
	    rmk_references_inline(f->a, f->docs[m->old_file][v], raw),
	    f->files[m->old_file].path, f->files[m->new_file].path, out, &unused);
}

static void
follow_edit(struct follow *f, size_t file, enum rmk_version side, size_t table,
    size_t row, size_t col, struct rmk_str raw)
{
	struct follow_edits *e = &f->edits[file][side];

	*RMK_PUSH(f->a, e->v, e->n, e->cap) = (struct rmk_edit){.kind = RMK_EDIT_CELL,
	    .table = table,
	    .row = row,
	    .col = col,
	    .value = rmk_cell_content(f->a, raw)};
}

static struct rmk_str
follow_cell_at(const struct rmk_doc *doc, size_t table, size_t row, size_t col)
{
	return rmk_doc_cell(doc, &doc->tables[table].rows[row], col);
}

// One cell of base: edited where the row stayed, it is edited where the row is now. False: it
// cannot be.
static bool
follow_cell(struct follow *f, const struct follow_row *r, size_t col)
{
	const struct rmk_moved_row *m = r->move;
	size_t there = r->at->m.cols.to_new[col], here = m->cols->to_new[col];
	struct rmk_str was, edited, now, was_here, edited_here;

	was = follow_cell_at(
	    f->docs[m->old_file][RMK_BASE], m->old_table, m->old_row, col);
	if (there == RMK_NONE)
		return was.n == 0;
	edited = follow_cell_at(
	    f->docs[m->old_file][r->stays], r->at->table, r->row, there);
	if (rmk_str_eq(was, edited))
		return true;
	if (here == RMK_NONE || !follow_along(f, m, RMK_BASE, was, &was_here) ||
	    !follow_along(f, m, r->stays, edited, &edited_here))
		return false;
	now = follow_cell_at(
	    f->docs[m->new_file][r->moved], m->new_table, m->new_row, here);
	if (!rmk_str_eq(now, was_here) && !rmk_str_eq(now, edited_here))
		return false;
	follow_edit(
	    f, m->new_file, r->moved, m->new_table, m->new_row, here, edited_here);
	follow_edit(f, m->old_file, r->stays, r->at->table, r->row, there, was);
	return true;
}

static bool
follow_keeps_cell(struct follow *f, const struct rmk_moved_row *m, enum rmk_version moved,
    struct rmk_str was, size_t col)
{
	size_t here = m->cols->to_new[col];

	return here != RMK_NONE &&
	       rmk_str_eq(was, follow_cell_at(f->docs[m->new_file][moved], m->new_table,
				   m->new_row, here));
}

static void
follow_know_texts(struct follow *f, const struct follow_row *r)
{
	const struct rmk_moved_row *m = r->move;
	const struct rmk_doc *base = f->docs[m->old_file][RMK_BASE];
	struct follow_table *at = r->at;

	if (at->schema)
		return;
	at->schema = rmk_schema_of(f->a, base, m->old_table);
	at->rows_of[0] = rows_of_texts(f->a, base, m->old_table);
	at->rows_of[1] = rows_of_texts(f->a, f->docs[m->old_file][r->stays], at->table);
}

// Whether a text says which row it is: no other has it, in base and where it stayed.
static bool
follow_is_own(const struct follow_row *r, struct rmk_str text, size_t col)
{
	const struct follow_table *at = r->at;

	return rmk_merge_identifies(text) && at->schema->fields[col].type != RMK_STATUS &&
	       rmk_map_get(&at->rows_of[0], text) == r->move->old_row &&
	       rmk_map_get(&at->rows_of[1], text) == r->row;
}

// Whether the row that came there is the one that is gone here: as it was, or with more of its own
// texts than it lost.
static bool
follow_is_certain(struct follow *f, const struct follow_row *r)
{
	const struct rmk_moved_row *m = r->move;
	const struct rmk_doc *base = f->docs[m->old_file][RMK_BASE];
	int kept = 0, lost = 0;
	bool changed = false;

	for (size_t col = 0; col < m->cols->nold; col++) {
		struct rmk_str was = follow_cell_at(base, m->old_table, m->old_row, col);

		changed |= was.n && !follow_keeps_cell(f, m, r->moved, was, col);
	}
	if (!changed)
		return true;
	follow_know_texts(f, r);
	for (size_t col = 0; col < m->cols->nold; col++) {
		struct rmk_str was = follow_cell_at(base, m->old_table, m->old_row, col);

		*(follow_keeps_cell(f, m, r->moved, was, col) ? &kept : &lost) +=
		    follow_is_own(r, was, col);
	}
	return kept > lost;
}

// All cells of a row, or none.
static bool
follow_cells(struct follow *f, const struct follow_row *r)
{
	struct follow_edits *here = &f->edits[r->move->new_file][r->moved];
	struct follow_edits *there = &f->edits[r->move->old_file][r->stays];
	size_t before[] = {here->n, there->n};
	const struct rmk_pairs *cols = &r->at->m.cols;
	bool ok = true;

	for (size_t col = 0; col < cols->nold && ok; col++)
		ok = follow_cell(f, r, col);
	for (size_t col = 0; col < cols->nnew && ok; col++)
		ok = cols->to_old[col] != RMK_NONE ||
		     follow_cell_at(
			 f->docs[r->move->old_file][r->stays], r->at->table, r->row, col)
		             .n == 0;
	if (ok && (here->n == before[0] || follow_is_certain(f, r)))
		return true;
	here->n = before[0];
	there->n = before[1];
	return false;
}

static void
follow_leave(struct follow *f, const struct rmk_moved_row *m, enum rmk_version moved)
{
	const struct rmk_doc *base = f->docs[m->old_file][RMK_BASE];
	const struct rmk_doc *now = f->docs[m->new_file][moved];
	size_t key = rmk_schema_of(f->a, base, m->old_table)->key;

	*RMK_PUSH(f->a, f->left, f->nleft, f->left_cap) = (struct rmk_left_row){moved,
	    m->old_file, m->new_file,
	    rmk_value_key(f->a, follow_cell_at(base, m->old_table, m->old_row, key)),
	    now->tables[m->new_table].rows[m->new_row].line};
}

static void
follow_side(struct follow *f, enum rmk_version moved, enum rmk_version stays)
{
	struct rmk_diff *d = RMK_NEW_N(f->a, struct rmk_diff, f->n);
	const struct rmk_diff **files = RMK_NEW_N(f->a, const struct rmk_diff *, f->n);
	struct rmk_moved_row *v;
	size_t n;

	for (size_t i = 0; i < f->n; i++) {
		d[i] = rmk_diff_docs(f->a, f->docs[i][RMK_BASE], f->docs[i][moved]);
		files[i] = &d[i];
	}
	n = rmk_moved_rows(f->a, files, f->n, &v);
	for (size_t i = 0; i < n; i++) {
		struct follow_row r = {&v[i], moved, stays,
		    follow_table_of(f, stays, v[i].old_file, v[i].old_table), RMK_NONE};

		if (r.at->table != RMK_NONE)
			r.row = r.at->m.rows.to_new[v[i].old_row];
		if (r.row != RMK_NONE && !follow_cells(f, &r))
			follow_leave(f, &v[i], moved);
	}
}

static bool
follow_apply(struct follow *f)
{
	struct rmk_str(*made)[3] = rmk_arena_zero(f->a, f->n, sizeof *made);
	struct rmk_err unused;
	bool any = false;

	for (size_t i = 0; i < f->n; i++)
		for (int v = RMK_OURS; v <= RMK_THEIRS; v++) {
			const struct follow_edits *e = &f->edits[i][v];

			if (e->n && rmk_edits_apply(f->a, f->docs[i][v], e->v, e->n,
					&made[i][v], &unused))
				return false;
		}
	for (size_t i = 0; i < f->n; i++)
		for (int v = RMK_OURS; v <= RMK_THEIRS; v++) {
			if (f->edits[i][v].n == 0)
				continue;
			f->files[i].texts[v] = made[i][v];
			f->files[i].changed[v] = any = true;
		}
	return any;
}

bool
rmk_merge_follow(struct rmk_arena *a, struct rmk_follow_file *files, size_t n,
    struct rmk_left_row **left, size_t *nleft)
{
	struct follow f = {.a = a, .files = files, .n = n, .known = {.arena = a}};
	struct rmk_err unused;

	*left = NULL;
	*nleft = 0;
	f.docs = rmk_arena_zero(a, n, sizeof *f.docs);
	f.edits = rmk_arena_zero(a, n, sizeof *f.edits);
	for (size_t i = 0; i < n; i++)
		for (int v = RMK_BASE; v <= RMK_THEIRS; v++)
			if (rmk_doc_parse(a, files[i].path, files[i].texts[v], 0,
				&f.docs[i][v], &unused))
				return false;
	follow_side(&f, RMK_OURS, RMK_THEIRS);
	follow_side(&f, RMK_THEIRS, RMK_OURS);
	*left = f.left;
	*nleft = f.nleft;
	return follow_apply(&f);
}
