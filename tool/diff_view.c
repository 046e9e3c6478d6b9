// The difference of two documents, printed.
#include "diff_view.h"

#include "out.h"

#include <string.h>

static const char *const kind_name[] = {"added", "removed", "changed"};
static const char *const align_name[] = {"none", "left", "center", "right"};

// Words of context left beside a changed part of a long cell, in bytes.
#define BESIDE 32

// --- what both sides call things --------------------------------------------------------

struct both {
	struct rmk_arena *a;
	const struct rmk_diff *d;
	const struct rmk_table_diff *t;
};

static const struct rmk_doc *
doc_of(const struct both *b, bool old)
{
	return old ? b->d->old : b->d->new_;
}

static const struct rmk_table *
diff_view_table_of(const struct both *b, bool old)
{
	return &doc_of(b, old)->tables[old ? b->t->old_table : b->t->new_table];
}

static const struct rmk_row *
diff_view_row_of(const struct both *b, const struct rmk_row_diff *r, bool old)
{
	return &diff_view_table_of(b, old)->rows[old ? r->old_row : r->new_row];
}

static struct rmk_str
address_of(const struct both *b)
{
	bool old = b->t->new_table == RMK_NONE;

	return rmk_address_name(
	    b->a, doc_of(b, old), old ? b->t->old_table : b->t->new_table);
}

static struct rmk_str
label_of(const struct both *b, const struct rmk_cell_diff *c)
{
	bool old = c->new_col == RMK_NONE;
	const struct rmk_table *t = diff_view_table_of(b, old);
	size_t col = old ? c->old_col : c->new_col;

	if (col >= t->ncols)
		return RMK_STR("behind the last column");
	return rmk_value_text(b->a, rmk_doc_cell(doc_of(b, old), &t->header, col));
}

// The cells of a row that is on one side only, but for its name and empty ones.
static size_t
single_cells(
    const struct both *b, const struct rmk_row_diff *r, struct rmk_cell_diff **out)
{
	bool old = r->kind == RMK_DIFF_REMOVED;
	const struct rmk_row *row = diff_view_row_of(b, r, old);
	size_t n = 0;

	*out = RMK_NEW_N(b->a, struct rmk_cell_diff, row->ncells);
	for (size_t c = 0; c < row->ncells; c++) {
		struct rmk_str cell = rmk_doc_cell(doc_of(b, old), row, c);
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

// --- text -------------------------------------------------------------------------------

// The unchanged text beside a change, cut where it is long.
static void
put_beside(struct rmk_str text, bool before)
{
	if (text.n <= BESIDE + 3) {
		out_shown(STYLE_PLAIN, text);
		return;
	}
	if (before) {
		size_t at = text.n - BESIDE, space;

		while (at < text.n && ((unsigned char)text.s[at] & 0xC0) == 0x80)
			at++;
		space = rmk_str_chr(rmk_str_from(text, at), ' ');
		at += space == RMK_NONE ? 0 : space;
		out_str(RMK_STR("..."));
		out_shown(STYLE_PLAIN, rmk_str_from(text, at));
	} else {
		size_t n = BESIDE, space;

		while (n > 0 && ((unsigned char)text.s[n] & 0xC0) == 0x80)
			n--;
		space = rmk_str_rchr(rmk_str_part(text, 0, n), ' ');
		n = space == RMK_NONE ? n : space + 1;
		out_shown(STYLE_PLAIN, rmk_str_part(text, 0, n));
		out_str(RMK_STR("..."));
	}
}

// Without colours the changed words stand in the brackets of `git diff --word-diff`.
static void
diff_view_put_word(
    enum style style, const char *open, struct rmk_str text, const char *close)
{
	if (text.n == 0)
		return;
	if (!out_colored())
		out_str(rmk_str_of(open));
	out_shown(style, text);
	if (!out_colored())
		out_str(rmk_str_of(close));
}

static void
put_whole(enum style style, struct rmk_str text)
{
	if (text.n)
		out_shown(style, text);
	else
		out_styled(STYLE_DIM, RMK_STR("(empty)"));
}

// A cell that is replaced as a whole is shown old and new; one that is edited, once, with
// the changed words marked.
static void
put_change(struct rmk_str old, struct rmk_str new_)
{
	struct rmk_word_diff w = rmk_diff_words(old, new_);
	size_t same = old.n - w.old.len;

	if (same * 3 < old.n || same == 0 || old.n == 0) {
		put_whole(STYLE_RED, old);
		out_str(RMK_STR(" -> "));
		put_whole(STYLE_GREEN, new_);
		return;
	}
	put_beside(rmk_str_part(old, 0, w.old.at), true);
	diff_view_put_word(STYLE_RED, "[-", rmk_str_at(old, w.old), "-]");
	diff_view_put_word(STYLE_GREEN, "{+", rmk_str_at(new_, w.new_), "+}");
	put_beside(rmk_str_from(old, w.old.at + w.old.len), false);
}

// The row's name is not said again.
static void
diff_view_put_cells(const struct both *b, struct rmk_str name,
    const struct rmk_cell_diff *cells, size_t n)
{
	bool first = true;

	for (size_t i = 0; i < n; i++) {
		bool both = cells[i].old_col != RMK_NONE && cells[i].new_col != RMK_NONE;

		if (!both &&
		    rmk_str_eq(cells[i].old.n ? cells[i].old : cells[i].new_, name))
			continue;
		out_str(first ? RMK_STR("  ") : RMK_STR("; "));
		first = false;
		out_shown(STYLE_DIM, label_of(b, &cells[i]));
		out_str(RMK_STR(": "));
		if (both)
			put_change(cells[i].old, cells[i].new_);
		else
			out_shown(STYLE_PLAIN,
			    cells[i].new_col == RMK_NONE ? cells[i].old : cells[i].new_);
	}
}

static void
diff_view_put_row(const struct both *b, const struct rmk_row_diff *r)
{
	static const char mark[] = {'+', '-', '~'};
	static const enum style styles[] = {STYLE_GREEN, STYLE_RED, STYLE_YELLOW};
	char sign = r->kind == RMK_DIFF_CHANGED && r->ncells == 0 ? '>' : mark[r->kind];
	struct rmk_cell_diff *cells = r->cells;
	size_t n = r->ncells;

	if (r->kind != RMK_DIFF_CHANGED)
		n = single_cells(b, r, &cells);
	out_str(RMK_STR("  "));
	out_styled(styles[r->kind], (struct rmk_str){&sign, 1});
	out_str(RMK_STR(" "));
	out_shown(STYLE_BOLD, r->name);
	if (r->moved)
		out_styled(STYLE_DIM, RMK_STR("  (moved)"));
	diff_view_put_cells(b, r->name, cells, n);
	out_fill('\n', 1);
}

static void
put_col(const struct both *b, const struct rmk_col_diff *c)
{
	struct rmk_str was = rmk_value_text(b->a, c->old),
		       is = rmk_value_text(b->a, c->new_);

	out_str(RMK_STR("  column "));
	out_shown(STYLE_BOLD, c->kind == RMK_DIFF_ADDED ? is : was);
	if (c->kind != RMK_DIFF_CHANGED)
		out_printf(" %s", kind_name[c->kind]);
	if (c->kind == RMK_DIFF_CHANGED && !rmk_str_eq(c->old, c->new_)) {
		out_str(RMK_STR(" is now "));
		out_shown(STYLE_BOLD, rmk_str_eq(was, is) ? c->new_ : is);
	}
	if (c->moved)
		out_str(RMK_STR(" moved"));
	if (c->kind == RMK_DIFF_CHANGED && c->old_align != c->new_align)
		out_printf(" aligned %s, was %s", align_name[c->new_align],
		    align_name[c->old_align]);
	out_fill('\n', 1);
}

// Nothing about the column is new but its alignment.
static bool
only_aligned(const struct rmk_col_diff *c)
{
	return c->kind == RMK_DIFF_CHANGED && !c->moved && rmk_str_eq(c->old, c->new_);
}

// A formatter that aligned every column says one thing, not one a column.
static void
put_cols(const struct both *b)
{
	size_t aligned = 0;

	for (size_t i = 0; i < b->t->ncols; i++) {
		if (only_aligned(&b->t->cols[i]))
			aligned++;
		else
			put_col(b, &b->t->cols[i]);
	}
	if (aligned)
		out_str(aligned == 1 ? RMK_STR("  column aligned anew:")
				     : RMK_STR("  columns aligned anew:"));
	for (size_t i = 0; aligned && i < b->t->ncols; i++) {
		const struct rmk_col_diff *c = &b->t->cols[i];

		if (!only_aligned(c))
			continue;
		out_fill(' ', 1);
		out_shown(STYLE_BOLD, rmk_value_text(b->a, c->new_));
		out_printf(" %s", align_name[c->new_align]);
		out_str(--aligned ? RMK_STR(",") : RMK_STR("\n"));
	}
}

static void
diff_view_put_text(const struct both *b, struct rmk_str path)
{
	out_shown(STYLE_BOLD,
	    rmk_str_printf(b->a, "%.*s#%.*s", RMK_FMT(path), RMK_FMT(address_of(b))));
	if (b->t->kind != RMK_DIFF_CHANGED)
		out_printf("  table %s", kind_name[b->t->kind]);
	out_fill('\n', 1);
	put_cols(b);
	for (size_t i = 0; i < b->t->nrows; i++)
		diff_view_put_row(b, &b->t->rows[i]);
}

// --- Markdown ---------------------------------------------------------------------------

static void
diff_view_md_line(
    struct rmk_str row, struct rmk_str what, struct rmk_str old, struct rmk_str new_)
{
	out_printf("| %.*s | %.*s | %.*s | %.*s |\n", RMK_FMT(row), RMK_FMT(what),
	    RMK_FMT(old), RMK_FMT(new_));
}

static struct rmk_str
md_cells(const struct both *b, const struct rmk_cell_diff *cells, size_t n, bool old)
{
	struct rmk_buf out = {.arena = b->a};

	for (size_t i = 0; i < n; i++)
		rmk_buf_printf(&out, "%s%.*s: %.*s", i ? "<br>" : "",
		    RMK_FMT(rmk_cell_raw(b->a, label_of(b, &cells[i]))),
		    RMK_FMT(old ? cells[i].old : cells[i].new_));
	return rmk_buf_str(&out);
}

static void
md_row(const struct both *b, const struct rmk_row_diff *r)
{
	struct rmk_str name = rmk_cell_raw(b->a, r->name), none = {0};
	struct rmk_cell_diff *cells;

	if (r->kind != RMK_DIFF_CHANGED) {
		size_t n = single_cells(b, r, &cells);
		struct rmk_str all = md_cells(b, cells, n, r->kind == RMK_DIFF_REMOVED);

		if (r->kind == RMK_DIFF_ADDED)
			diff_view_md_line(name, RMK_STR("**added**"), none, all);
		else
			diff_view_md_line(name, RMK_STR("**removed**"), all, none);
		return;
	}
	if (r->moved)
		diff_view_md_line(name, RMK_STR("**moved**"), none, none);
	for (size_t i = 0; i < r->ncells; i++)
		diff_view_md_line(name, rmk_cell_raw(b->a, label_of(b, &r->cells[i])),
		    r->cells[i].old, r->cells[i].new_);
}

static void
md_col(const struct both *b, const struct rmk_col_diff *c)
{
	struct rmk_str what = rmk_str_printf(b->a, "**column %s**",
	    c->kind != RMK_DIFF_CHANGED    ? kind_name[c->kind]
	    : !rmk_str_eq(c->old, c->new_) ? "renamed"
	    : c->moved                     ? "moved"
					   : "aligned");

	diff_view_md_line((struct rmk_str){0}, what, c->old, c->new_);
}

static void
put_md(const struct both *b, struct rmk_str path)
{
	out_printf("#### %.*s#%.*s\n\n", RMK_FMT(path), RMK_FMT(address_of(b)));
	if (b->t->kind != RMK_DIFF_CHANGED)
		out_printf("Table %s.\n\n", kind_name[b->t->kind]);
	out_str(RMK_STR("| Row | What | Before | After |\n|---|---|---|---|\n"));
	for (size_t i = 0; i < b->t->ncols; i++)
		md_col(b, &b->t->cols[i]);
	for (size_t i = 0; i < b->t->nrows; i++)
		md_row(b, &b->t->rows[i]);
	out_fill('\n', 1);
}

// --- JSON -------------------------------------------------------------------------------

static void
json_cells(
    struct rmk_json *j, const struct both *b, const struct rmk_cell_diff *cells, size_t n)
{
	rmk_json_array(j, "cells");
	for (size_t i = 0; i < n; i++) {
		rmk_json_object(j, NULL);
		rmk_json_text(j, "column", label_of(b, &cells[i]));
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
    struct rmk_json *j, const struct both *b, const struct rmk_row_diff *r, bool old)
{
	const char *name = old ? "old_line" : "new_line";

	if ((old ? r->old_row : r->new_row) == RMK_NONE)
		rmk_json_null(j, name);
	else
		rmk_json_number(j, name, diff_view_row_of(b, r, old)->line);
}

static void
diff_view_json_row(struct rmk_json *j, const struct both *b, const struct rmk_row_diff *r)
{
	struct rmk_cell_diff *cells = r->cells;
	size_t n = r->ncells;

	if (r->kind != RMK_DIFF_CHANGED)
		n = single_cells(b, r, &cells);
	rmk_json_object(j, NULL);
	rmk_json_text(j, "row", r->name);
	rmk_json_cstr(j, "change",
	    r->kind == RMK_DIFF_CHANGED && n == 0 ? "moved" : kind_name[r->kind]);
	rmk_json_bool(j, "moved", r->moved);
	json_line(j, b, r, true);
	json_line(j, b, r, false);
	json_cells(j, b, cells, n);
	rmk_json_end(j);
}

static void
json_col(struct rmk_json *j, const struct rmk_col_diff *c)
{
	rmk_json_object(j, NULL);
	rmk_json_cstr(j, "change", kind_name[c->kind]);
	if (c->old_col == RMK_NONE)
		rmk_json_null(j, "old");
	else
		rmk_json_text(j, "old", c->old);
	if (c->new_col == RMK_NONE)
		rmk_json_null(j, "new");
	else
		rmk_json_text(j, "new", c->new_);
	rmk_json_bool(j, "moved", c->moved);
	rmk_json_cstr(j, "old_align", align_name[c->old_align]);
	rmk_json_cstr(j, "new_align", align_name[c->new_align]);
	rmk_json_end(j);
}

static void
put_json(struct rmk_json *j, const struct both *b, struct rmk_str path)
{
	rmk_json_object(j, NULL);
	rmk_json_text(j, "file", path);
	rmk_json_text(j, "table", address_of(b));
	rmk_json_cstr(j, "change", kind_name[b->t->kind]);
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

// --- all of it ----------------------------------------------------------------------------

void
diff_view_open(struct diff_view *v, struct rmk_arena *a, enum diff_format format)
{
	*v = (struct diff_view){.arena = a, .format = format, .json_text = {.arena = a}};
	if (format != DIFF_JSON)
		return;
	v->json.out = &v->json_text;
	rmk_json_object(&v->json, NULL);
	rmk_json_number(&v->json, "version", 1);
	rmk_json_array(&v->json, "tables");
}

void
diff_view_file(struct diff_view *v, struct rmk_str path, const struct rmk_diff *d)
{
	for (size_t i = 0; i < d->n; i++) {
		struct both b = {v->arena, d, &d->tables[i]};

		if (v->format == DIFF_JSON)
			put_json(&v->json, &b, path);
		else if (v->format == DIFF_MD)
			put_md(&b, path);
		else if (v->format == DIFF_TEXT)
			diff_view_put_text(&b, path);
		v->told++;
	}
}

void
diff_view_close(struct diff_view *v)
{
	if (v->format == DIFF_JSON) {
		rmk_json_end(&v->json);
		rmk_json_end(&v->json);
		out_str(rmk_buf_str(&v->json_text));
		out_fill('\n', 1);
	} else if (v->format == DIFF_MD && v->told == 0) {
		out_str(RMK_STR("No row changed.\n"));
	}
}
