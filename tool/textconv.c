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
//
// The lines of a conflict that git left would end the table in which they stand, and all its
// rows would be text. So they are taken out, and put back where they stood.
#include "diff_view.h"

#include "base/marker.h"
#include "io/file.h"
#include "out.h"

#include <string.h>

struct marker {
	size_t at; // in the text without markers
	struct rmk_str line;
};

struct lines {
	struct rmk_buf out;
	const struct rmk_doc *doc;
	struct marker *markers; // [nmarkers] those from `next` on are not written yet
	size_t nmarkers, cap, next;
};

// --- markers ------------------------------------------------------------------------------

// Seven of a kind and a label, or more where git was asked for more.
static bool
textconv_is_marker(struct rmk_str line, bool *inside)
{
	size_t run;
	char c = rmk_marker_of(line, &run);

	if (!c || run < 7 || !strchr(*inside ? "|=>" : "<", c))
		return false;
	*inside = c != '>';
	return true;
}

static struct rmk_str
take_markers(struct lines *l, struct rmk_str text)
{
	struct rmk_buf rest = {.arena = l->out.arena};
	bool inside = false;

	while (text.n) {
		size_t nl = rmk_str_chr(text, '\n');
		size_t n = nl == RMK_NONE ? text.n : nl + 1;
		struct rmk_str line = rmk_str_part(text, 0, n);

		if (textconv_is_marker(line, &inside))
			*RMK_PUSH(l->out.arena, l->markers, l->nmarkers,
			    l->cap) = (struct marker){rest.n, line};
		else
			rmk_buf_add(&rest, line);
		text = rmk_str_from(text, n);
	}
	return rmk_buf_str(&rest);
}

static void
put_markers(struct lines *l, size_t up_to)
{
	for (; l->next < l->nmarkers && l->markers[l->next].at <= up_to; l->next++)
		rmk_buf_add(&l->out, l->markers[l->next].line);
}

// --- text and tables ----------------------------------------------------------------------

static void
textconv_put_text(struct lines *l, size_t at, size_t end)
{
	while (l->next < l->nmarkers && l->markers[l->next].at < end) {
		size_t stop = l->markers[l->next].at;

		rmk_buf_add(&l->out, rmk_str_part(l->doc->text, at, stop - at));
		at = stop;
		put_markers(l, stop);
	}
	rmk_buf_add(&l->out, rmk_str_part(l->doc->text, at, end - at));
}

static void
textconv_put_row(struct rmk_buf *out, const struct rmk_doc *doc,
    const struct rmk_table *t, const struct rmk_row *row, size_t key)
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
textconv_put_table(struct lines *l, size_t table)
{
	const struct rmk_table *t = &l->doc->tables[table];
	size_t key = t->decl.len ? rmk_schema_of(l->out.arena, l->doc, table)->key : 0;

	put_markers(l, t->header.span.at);
	rmk_buf_adds(&l->out, "columns:");
	for (size_t c = 0; c < t->ncols; c++) {
		struct rmk_str label = rmk_doc_cell(l->doc, &t->header, c);

		rmk_buf_printf(&l->out, "%s %.*s", c ? " |" : "", RMK_FMT(label));
	}
	rmk_buf_addc(&l->out, '\n');
	for (size_t r = 0; r < t->nrows; r++) {
		put_markers(l, t->rows[r].span.at);
		textconv_put_row(&l->out, l->doc, t, &t->rows[r], key);
	}
}

static const struct rmk_row *
last_row(const struct rmk_table *t)
{
	return t->nrows ? &t->rows[t->nrows - 1] : &t->delim;
}

enum rmk_code
diff_lines(struct rmk_arena *a, struct rmk_str path, struct rmk_str text,
    struct rmk_str *out, struct rmk_err *err)
{
	struct lines l = {.out = {.arena = a}};
	struct rmk_doc *doc;
	size_t at = 0;

	if (rmk_doc_parse(a, path, take_markers(&l, text), 0, &doc, err))
		return err->code;
	l.doc = doc;
	for (size_t i = 0; i < doc->ntables; i++) {
		const struct rmk_table *t = &doc->tables[i];
		const struct rmk_row *last = last_row(t);

		textconv_put_text(&l, at, t->header.span.at);
		textconv_put_table(&l, i);
		at = last->span.at + last->span.len + rmk_doc_line_end(doc, last->line).n;
	}
	textconv_put_text(&l, at, doc->text.n);
	put_markers(&l, doc->text.n);
	*out = rmk_buf_str(&l.out);
	return RMK_OK;
}

struct rmk_str
diff_around(struct rmk_arena *a, const struct rmk_doc *doc)
{
	struct rmk_buf out = {.arena = a};
	size_t at = 0;

	for (size_t i = 0; i < doc->ntables; i++) {
		const struct rmk_table *t = &doc->tables[i];
		const struct rmk_row *last = last_row(t);

		rmk_buf_add(&out, rmk_str_part(doc->text, at, t->header.span.at - at));
		rmk_buf_adds(&out, "(a table)");
		at = last->span.at + last->span.len;
	}
	rmk_buf_add(&out, rmk_str_from(doc->text, at));
	return rmk_buf_str(&out);
}

enum rmk_code
diff_print_lines(struct call *c, struct rmk_err *err)
{
	struct rmk_str path, text, lines;

	if (c->nargs != 1)
		return rmk_fail(err, RMK_INVALID, "--textconv: one file is wanted");
	path = rmk_str_of(c->args[0]);
	if (rmk_file_read(c->arena, path, &text, NULL, err))
		return err->code;
	// What cannot be understood is shown as it is.
	out_str(diff_lines(c->arena, path, text, &lines, err) ? text : lines);
	return RMK_OK;
}

enum rmk_code
diff_read_outside(struct rmk_arena *a, struct rmk_str path, const char *file,
    struct rmk_str *text, struct rmk_str *around, struct rmk_err *err)
{
	struct rmk_err unused;
	struct rmk_doc *doc;

	*text = (struct rmk_str){0};
	if (strcmp(file, "/dev/null") != 0 &&
	    rmk_file_read(a, rmk_str_of(file), text, NULL, err))
		return err->code;
	*around = rmk_doc_parse(a, path, *text, 0, &doc, &unused) ? *text
	                                                          : diff_around(a, doc);
	return RMK_OK;
}
