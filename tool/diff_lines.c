// A document in lines for git's own diff (textconv): the text stays, a table becomes a
// line a row and a line a cell, each under the name of its row. So a changed cell is one
// line in `git log -p`, and it says whose it is:
//
//	-LIMA: Read or Not: Not read
//	+LIMA: Read or Not: Reading
//
// Padding and alignment are not in it: they are no difference. An undeclared table's rows
// are named by its first column whatever that holds: an inferred key may be another one
// in the next version, and then every line would differ.
#include "diff_view.h"

static void
put_row(struct rmk_buf *out, const struct rmk_doc *doc, const struct rmk_table *t,
    const struct rmk_row *row, size_t key)
{
	struct rmk_str name = rmk_value_text(out->arena, rmk_doc_cell(doc, row, key));

	if (name.n == 0)
		name = RMK_STR("(no name)");
	rmk_buf_printf(out, "%.*s\n", RMK_FMT(name));
	for (size_t c = 0; c < row->ncells; c++) {
		struct rmk_str cell = rmk_doc_cell(doc, row, c),
			       label = RMK_STR("(excess)");

		if (cell.n == 0 || (c == key && rmk_str_eq(cell, name)))
			continue;
		if (c < t->ncols)
			label = rmk_value_text(
			    out->arena, rmk_doc_cell(doc, &t->header, c));
		rmk_buf_printf(out, "%.*s: %.*s: %.*s\n", RMK_FMT(name), RMK_FMT(label),
		    RMK_FMT(cell));
	}
}

static void
put_table(struct rmk_buf *out, const struct rmk_doc *doc, size_t table)
{
	const struct rmk_table *t = &doc->tables[table];
	size_t key = t->decl.len ? rmk_schema_of(out->arena, doc, table)->key : 0;

	rmk_buf_adds(out, "columns:");
	for (size_t c = 0; c < t->ncols; c++) {
		struct rmk_str label = rmk_doc_cell(doc, &t->header, c);

		rmk_buf_printf(out, "%s %.*s", c ? " |" : "", RMK_FMT(label));
	}
	rmk_buf_addc(out, '\n');
	for (size_t r = 0; r < t->nrows; r++)
		put_row(out, doc, t, &t->rows[r], key);
}

struct rmk_str
diff_lines(struct rmk_arena *a, const struct rmk_doc *doc)
{
	struct rmk_buf out = {.arena = a};
	size_t at = 0;

	for (size_t i = 0; i < doc->ntables; i++) {
		const struct rmk_table *t = &doc->tables[i];
		const struct rmk_row *last = t->nrows ? &t->rows[t->nrows - 1]
		                                      : &t->delim;
		size_t end = last->span.at + last->span.len;

		rmk_buf_add(&out, rmk_str_part(doc->text, at, t->header.span.at - at));
		put_table(&out, doc, i);
		at = end + rmk_doc_line_end(doc, last->line).n;
	}
	rmk_buf_add(&out, rmk_str_from(doc->text, at));
	return rmk_buf_str(&out);
}
