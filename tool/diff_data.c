// The difference of two documents in Markdown and as JSON.
#include "diff_rows.h"
#include "out.h"

// --- Markdown ---------------------------------------------------------------------------

static void
diff_view_md_line(
    struct rmk_str row, struct rmk_str what, struct rmk_str old, struct rmk_str new_)
{
	out_printf("| %.*s | %.*s | %.*s | %.*s |\n", RMK_FMT(row), RMK_FMT(what),
	    RMK_FMT(old), RMK_FMT(new_));
}

static struct rmk_str
md_cells(const struct diff_both *b, const struct rmk_cell_diff *cells, size_t n, bool old)
{
	struct rmk_buf out = {.arena = b->a};

	for (size_t i = 0; i < n; i++)
		rmk_buf_printf(&out, "%s%.*s: %.*s", i ? "<br>" : "",
		    RMK_FMT(rmk_cell_raw(b->a, diff_label_of(b, &cells[i]))),
		    RMK_FMT(old ? cells[i].old : cells[i].new_));
	return rmk_buf_str(&out);
}

static void
md_row(const struct diff_both *table, const struct rmk_row_diff *in)
{
	const struct diff_row shown = diff_row_of(table, in);
	const struct diff_both *b = &shown.both;
	const struct rmk_row_diff *r = &shown.row;
	struct rmk_str name = rmk_cell_raw(b->a, r->name), none = {0};
	struct rmk_cell_diff *cells;

	if (shown.to.n) {
		diff_view_md_line(
		    name, RMK_STR("**moved**"), none, rmk_cell_raw(b->a, shown.to));
		return;
	}
	if (r->kind != RMK_DIFF_CHANGED) {
		size_t n = diff_single_cells(b, r, &cells);
		struct rmk_str all = md_cells(b, cells, n, r->kind == RMK_DIFF_REMOVED);

		if (r->kind == RMK_DIFF_ADDED)
			diff_view_md_line(name, RMK_STR("**added**"), none, all);
		else
			diff_view_md_line(name, RMK_STR("**removed**"), all, none);
		return;
	}
	if (r->moved)
		diff_view_md_line(
		    name, RMK_STR("**moved**"), rmk_cell_raw(b->a, shown.from), none);
	for (size_t i = 0; i < r->ncells; i++)
		diff_view_md_line(name,
		    rmk_cell_raw(b->a, diff_label_of(b, &r->cells[i])), r->cells[i].old,
		    r->cells[i].new_);
}

static void
md_col(const struct diff_both *b, const struct rmk_col_diff *c)
{
	struct rmk_str what = rmk_str_printf(b->a, "**column %s**",
	    c->kind != RMK_DIFF_CHANGED    ? diff_kind_name[c->kind]
	    : !rmk_str_eq(c->old, c->new_) ? "renamed"
	    : c->moved                     ? "moved"
					   : "aligned");

	diff_view_md_line((struct rmk_str){0}, what, c->old, c->new_);
}

void
diff_put_md(const struct diff_both *b, struct rmk_str path)
{
	out_printf("#### %.*s#%.*s\n\n", RMK_FMT(path), RMK_FMT(diff_address_of(b)));
	if (b->t->kind != RMK_DIFF_CHANGED)
		out_printf("Table %s.\n\n", diff_kind_name[b->t->kind]);
	out_str(RMK_STR("| Row | What | Before | After |\n|---|---|---|---|\n"));
	for (size_t i = 0; i < b->t->ncols; i++)
		md_col(b, &b->t->cols[i]);
	for (size_t i = 0; i < b->t->nrows; i++)
		md_row(b, &b->t->rows[i]);
	out_fill('\n', 1);
}

// --- JSON -------------------------------------------------------------------------------

static void
json_cells(struct rmk_json *j, const struct diff_both *b,
    const struct rmk_cell_diff *cells, size_t n)
{
	rmk_json_array(j, "cells");
	for (size_t i = 0; i < n; i++) {
		rmk_json_object(j, NULL);
		rmk_json_text(j, "column", diff_label_of(b, &cells[i]));
		if (cells[i].old_col == RMK_NONE)
			rmk_json_null(j, "old");
		else
			rmk_json_text(j, "old", cells[i].old);
		if (cells[i].new_col == RMK_NONE)
			rmk_json_null(j, "new");
		else
			rmk_json_text(j, "new", cells[i].new_);
		rmk_json_end(j);
	}
	rmk_json_end(j);
}

static void
json_line(
    struct rmk_json *j, const struct diff_both *b, const struct rmk_row_diff *r, bool old)
{
	const char *name = old ? "old_line" : "new_line";

	if ((old ? r->old_row : r->new_row) == RMK_NONE)
		rmk_json_null(j, name);
	else
		rmk_json_number(j, name, diff_view_row_of(b, r, old)->line);
}

static void
diff_view_json_row(
    struct rmk_json *j, const struct diff_both *table, const struct rmk_row_diff *in)
{
	const struct diff_row shown = diff_row_of(table, in);
	const struct rmk_row_diff *r = &shown.row;
	struct rmk_cell_diff *cells = r->cells;
	size_t n = r->ncells;

	if (r->kind != RMK_DIFF_CHANGED && !shown.to.n)
		n = diff_single_cells(&shown.both, r, &cells);
	rmk_json_object(j, NULL);
	rmk_json_text(j, "row", r->name);
	rmk_json_cstr(j, "change",
	    shown.to.n || (r->kind == RMK_DIFF_CHANGED && n == 0)
		? "moved"
		: diff_kind_name[r->kind]);
	rmk_json_bool(j, "moved", r->moved || shown.to.n);
	if (shown.from.n)
		rmk_json_text(j, "from", shown.from);
	if (shown.to.n)
		rmk_json_text(j, "to", shown.to);
	json_line(j, &shown.both, r, true);
	if (shown.to.n)
		rmk_json_number(j, "new_line", shown.there->line);
	else
		json_line(j, &shown.both, r, false);
	json_cells(j, &shown.both, cells, n);
	rmk_json_end(j);
}

static void
json_col(struct rmk_json *j, const struct rmk_col_diff *c)
{
	rmk_json_object(j, NULL);
	rmk_json_cstr(j, "change", diff_kind_name[c->kind]);
	if (c->old_col == RMK_NONE)
		rmk_json_null(j, "old");
	else
		rmk_json_text(j, "old", c->old);
	if (c->new_col == RMK_NONE)
		rmk_json_null(j, "new");
	else
		rmk_json_text(j, "new", c->new_);
	rmk_json_bool(j, "moved", c->moved);
	rmk_json_cstr(j, "old_align", diff_align_name[c->old_align]);
	rmk_json_cstr(j, "new_align", diff_align_name[c->new_align]);
	rmk_json_end(j);
}

void
diff_put_json(struct rmk_json *j, const struct diff_both *b, struct rmk_str path)
{
	rmk_json_object(j, NULL);
	rmk_json_text(j, "file", path);
	rmk_json_text(j, "table", diff_address_of(b));
	rmk_json_cstr(j, "change", diff_kind_name[b->t->kind]);
	rmk_json_array(j, "columns");
	for (size_t i = 0; i < b->t->ncols; i++)
		json_col(j, &b->t->cols[i]);
	rmk_json_end(j);
	rmk_json_array(j, "rows");
	for (size_t i = 0; i < b->t->nrows; i++)
		diff_view_json_row(j, b, &b->t->rows[i]);
	rmk_json_end(j);
	rmk_json_end(j);
}
