// What both sides of a difference call things: see diff_rows.h.
#include "diff_rows.h"

const char *const diff_kind_name[] = {"added", "removed", "changed"};
const char *const diff_align_name[] = {"none", "left", "center", "right"};

const struct rmk_doc *
diff_doc_of(const struct diff_both *b, bool old)
{
	return old ? b->d->old : b->d->new_;
}

const struct rmk_table *
diff_view_table_of(const struct diff_both *b, bool old)
{
	return &diff_doc_of(b, old)->tables[old ? b->t->old_table : b->t->new_table];
}

const struct rmk_row *
diff_view_row_of(const struct diff_both *b, const struct rmk_row_diff *r, bool old)
{
	return &diff_view_table_of(b, old)->rows[old ? r->old_row : r->new_row];
}

struct rmk_str
diff_address_of(const struct diff_both *b)
{
	bool old = b->t->new_table == RMK_NONE;

	return rmk_address_name(
	    b->a, diff_doc_of(b, old), old ? b->t->old_table : b->t->new_table);
}

struct rmk_str
diff_label_of(const struct diff_both *b, const struct rmk_cell_diff *c)
{
	bool old = c->new_col == RMK_NONE;
	const struct rmk_table *t = diff_view_table_of(b, old);
	size_t col = old ? c->old_col : c->new_col;

	if (col >= t->ncols)
		return RMK_STR("behind the last column");
	return rmk_value_text(b->a, rmk_doc_cell(diff_doc_of(b, old), &t->header, col));
}

size_t
diff_single_cells(
    const struct diff_both *b, const struct rmk_row_diff *r, struct rmk_cell_diff **out)
{
	bool old = r->kind == RMK_DIFF_REMOVED;
	const struct rmk_row *row = diff_view_row_of(b, r, old);
	size_t n = 0;

	*out = RMK_NEW_N(b->a, struct rmk_cell_diff, row->ncells);
	for (size_t c = 0; c < row->ncells; c++) {
		struct rmk_str cell = rmk_doc_cell(diff_doc_of(b, old), row, c);
		struct rmk_cell_diff *to = &(*out)[n];

		if (cell.n == 0)
			continue;
		*to = (struct rmk_cell_diff){RMK_NONE, RMK_NONE, {0}, {0}};
		*(old ? &to->old_col : &to->new_col) = c;
		*(old ? &to->old : &to->new_) = cell;
		n++;
	}
	return n;
}

// --- rows that moved --------------------------------------------------------------------

static struct rmk_str
diff_other_table(const struct diff_both *b, size_t file, size_t table, bool old)
{
	const struct diff_file *f = &b->files[file];

	return rmk_str_printf(b->a, "%.*s#%.*s", RMK_FMT(f->path),
	    RMK_FMT(rmk_address_name(b->a, old ? f->diff.old : f->diff.new_, table)));
}

// The two tables of a move, as if they were two versions of one.
static struct diff_both
diff_both_ends(const struct diff_both *b, const struct rmk_moved_row *m)
{
	struct rmk_diff *d = RMK_NEW(b->a, struct rmk_diff);
	struct rmk_table_diff *t = RMK_NEW(b->a, struct rmk_table_diff);
	struct diff_both both = *b;

	d->old = b->files[m->old_file].diff.old;
	d->new_ = b->files[m->new_file].diff.new_;
	*t = (struct rmk_table_diff){.kind = RMK_DIFF_CHANGED,
	    .old_table = m->old_table,
	    .new_table = m->new_table};
	both.d = d;
	both.t = t;
	return both;
}

static struct rmk_row_diff
diff_moved_row(const struct diff_both *b, const struct rmk_row_diff *r,
    const struct rmk_moved_row *m)
{
	struct rmk_row_diff row = {.kind = RMK_DIFF_CHANGED,
	    .old_row = m->old_row,
	    .new_row = m->new_row,
	    .moved = true,
	    .name = r->name};
	const struct rmk_diff *files[2] = {
	    &b->files[m->old_file].diff, &b->files[m->new_file].diff};
	struct rmk_moved_row ends = *m;

	ends.old_file = 0;
	ends.new_file = 1;
	row.ncells = rmk_moved_cells(b->a, files, &ends, &row.cells);
	return row;
}

struct diff_row
diff_row_of(const struct diff_both *b, const struct rmk_row_diff *r)
{
	struct diff_row out = {.both = *b, .row = *r};
	const struct rmk_moved_row *m;

	if (r->kind == RMK_DIFF_ADDED && (m = rmk_moved_to(b->moves, b->nmoves, b->file,
					      b->t->new_table, r->new_row))) {
		out.both = diff_both_ends(b, m);
		out.row = diff_moved_row(b, r, m);
		out.from = diff_other_table(b, m->old_file, m->old_table, true);
	} else if (r->kind == RMK_DIFF_REMOVED &&
		   (m = rmk_moved_from(
			b->moves, b->nmoves, b->file, b->t->old_table, r->old_row))) {
		const struct rmk_doc *doc = b->files[m->new_file].diff.new_;

		out.to = diff_other_table(b, m->new_file, m->new_table, false);
		out.there = &doc->tables[m->new_table].rows[m->new_row];
	}
	return out;
}
