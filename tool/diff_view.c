// The difference of two documents, printed.
#include "diff_rows.h"
#include "out.h"

// Words of context left beside a changed part of a long cell, in bytes.
#define BESIDE 32

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
diff_view_put_cells(const struct diff_both *b, struct rmk_str name,
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
		out_shown(STYLE_DIM, diff_label_of(b, &cells[i]));
		out_str(RMK_STR(": "));
		if (both)
			put_change(cells[i].old, cells[i].new_);
		else
			out_shown(STYLE_PLAIN,
			    cells[i].new_col == RMK_NONE ? cells[i].old : cells[i].new_);
	}
}

static void
diff_view_put_row(const struct diff_both *table, const struct rmk_row_diff *in)
{
	static const char mark[] = {'+', '-', '~'};
	static const enum style styles[] = {STYLE_GREEN, STYLE_RED, STYLE_YELLOW};
	const struct diff_row shown = diff_row_of(table, in);
	const struct rmk_row_diff *r = &shown.row;
	bool only = shown.to.n || (r->kind == RMK_DIFF_CHANGED && r->ncells == 0);
	char sign = only ? '>' : mark[r->kind];
	struct rmk_cell_diff *cells = r->cells;
	size_t n = r->ncells;

	if (r->kind != RMK_DIFF_CHANGED && !only)
		n = diff_single_cells(&shown.both, r, &cells);
	out_str(RMK_STR("  "));
	out_styled(only ? STYLE_YELLOW : styles[r->kind], (struct rmk_str){&sign, 1});
	out_str(RMK_STR(" "));
	out_shown(STYLE_BOLD, r->name);
	if (shown.from.n || shown.to.n)
		out_shown(STYLE_DIM, rmk_str_printf(table->a, "  (moved %s %.*s)",
					 shown.from.n ? "from" : "to",
					 RMK_FMT(shown.from.n ? shown.from : shown.to)));
	else if (r->moved)
		out_styled(STYLE_DIM, RMK_STR("  (moved)"));
	diff_view_put_cells(&shown.both, r->name, cells, n);
	out_fill('\n', 1);
}

static void
put_col(const struct diff_both *b, const struct rmk_col_diff *c)
{
	struct rmk_str was = rmk_value_text(b->a, c->old),
		       is = rmk_value_text(b->a, c->new_);

	out_str(RMK_STR("  column "));
	out_shown(STYLE_BOLD, c->kind == RMK_DIFF_ADDED ? is : was);
	if (c->kind != RMK_DIFF_CHANGED)
		out_printf(" %s", diff_kind_name[c->kind]);
	if (c->kind == RMK_DIFF_CHANGED && !rmk_str_eq(c->old, c->new_)) {
		out_str(RMK_STR(" is now "));
		out_shown(STYLE_BOLD, rmk_str_eq(was, is) ? c->new_ : is);
	}
	if (c->moved)
		out_str(RMK_STR(" moved"));
	if (c->kind == RMK_DIFF_CHANGED && c->old_align != c->new_align)
		out_printf(" aligned %s, was %s", diff_align_name[c->new_align],
		    diff_align_name[c->old_align]);
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
put_cols(const struct diff_both *b)
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
		out_printf(" %s", diff_align_name[c->new_align]);
		out_str(--aligned ? RMK_STR(",") : RMK_STR("\n"));
	}
}

static void
diff_view_put_text(const struct diff_both *b, struct rmk_str path)
{
	out_shown(STYLE_BOLD, rmk_str_printf(b->a, "%.*s#%.*s", RMK_FMT(path),
				  RMK_FMT(diff_address_of(b))));
	if (b->t->kind != RMK_DIFF_CHANGED)
		out_printf("  table %s", diff_kind_name[b->t->kind]);
	out_fill('\n', 1);
	put_cols(b);
	for (size_t i = 0; i < b->t->nrows; i++)
		diff_view_put_row(b, &b->t->rows[i]);
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

static void
diff_view_table(struct diff_view *v, const struct diff_both *b, struct rmk_str path)
{
	if (v->format == DIFF_JSON)
		diff_put_json(&v->json, b, path);
	else if (v->format == DIFF_MD)
		diff_put_md(b, path);
	else if (v->format == DIFF_TEXT)
		diff_view_put_text(b, path);
	v->told++;
}

void
diff_view_files(struct diff_view *v, const struct diff_file *files, size_t n)
{
	const struct rmk_diff **diffs = RMK_NEW_N(
	    v->arena, const struct rmk_diff *, n + 1);
	struct diff_both b = {.a = v->arena, .files = files};
	struct rmk_moved_row *moves;

	for (size_t i = 0; i < n; i++)
		diffs[i] = &files[i].diff;
	b.nmoves = rmk_moved_rows(v->arena, diffs, n, &moves);
	b.moves = moves;
	for (b.file = 0; b.file < n; b.file++) {
		const struct diff_file *f = &files[b.file];

		b.d = &f->diff;
		for (size_t i = 0; i < f->diff.n && !f->hidden; i++) {
			b.t = &f->diff.tables[i];
			if (!f->narrowed || (b.t->new_table == f->new_table &&
						b.t->old_table == f->old_table))
				diff_view_table(v, &b, f->path);
		}
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

// --- a file -------------------------------------------------------------------------------

// Leave only the table called name, on the side that has it.
static enum rmk_code
diff_file_narrow(
    struct rmk_arena *a, struct diff_file *f, struct rmk_str name, struct rmk_err *err)
{
	size_t old = RMK_NONE, new_ = RMK_NONE;
	struct rmk_err none;

	if (rmk_address_table(a, f->diff.new_, name, &new_, err) &&
	    rmk_address_table(a, f->diff.old, name, &old, &none))
		return err->code;
	f->narrowed = true;
	f->old_table = f->new_table = RMK_NONE - 1; // of no table that differs
	for (size_t i = 0; i < f->diff.n; i++) {
		const struct rmk_table_diff *t = &f->diff.tables[i];

		if (new_ != RMK_NONE ? t->new_table == new_ : t->old_table == old) {
			f->old_table = t->old_table;
			f->new_table = t->new_table;
		}
	}
	return RMK_OK;
}

enum rmk_code
diff_file_of(struct rmk_arena *a, struct rmk_str path, struct rmk_str old_text,
    struct rmk_str new_text, struct rmk_str table, struct diff_file *out,
    struct rmk_err *err)
{
	struct rmk_doc *old, *new_;

	*out = (struct diff_file){.path = path};
	if (rmk_doc_parse(a, path, old_text, 0, &old, err) ||
	    rmk_doc_parse(a, path, new_text, 0, &new_, err))
		return err->code;
	out->diff = rmk_diff_docs(a, old, new_);
	return table.n ? diff_file_narrow(a, out, table, err) : RMK_OK;
}
