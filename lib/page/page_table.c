// One table of the page, and the findings of all.
//
//	findings of the file, in order of line    ··6 ·8 ·8 ··14
//	rows of the table                           5  7  8  9      one cursor goes along both
//
// A finding on a line of the table is marked in the cell it is in; one that is
// beside all cells (a missing cell, a blank row) in the nearest cell before it.
#include "page/page_internal.h"

#include "base/utf8.h"
#include "table/inline_references.h"
#include "table/value.h"

// A column of so many bytes a cell is prose: it keeps a width in which it can be read. So do
// names of so many, however many columns stand beside them.
#define WIDE 28
#define NAME 10

struct table_writer {
	struct page_writer *w;
	const struct rmk_page_table *shown;
	const struct rmk_page_file *file;
	const struct rmk_table *table;
	size_t ncells;   // of the row that has most, at least ncols
	size_t next;     // finding of the file
	bool *is_status; // [ncols]
};

struct rmk_str
page_table_title(struct page_writer *w, const struct rmk_page_table *t)
{
	const struct rmk_doc *doc = w->page->files[t->file].doc;
	size_t heading = doc->tables[t->table].heading;
	struct rmk_str text;

	if (heading == RMK_NONE)
		return t->address;
	text = rmk_str_trim(rmk_value_text(w->out->arena, doc->headings[heading].text));
	return text.n ? text : t->address;
}

const char *
page_level_class(const struct rmk_finding *f)
{
	return f->level == RMK_ERROR ? "error" : "warning";
}

// --- marks ------------------------------------------------------------------------------

// The last cell that begins at the finding or before it.
static size_t
page_table_cell_of(const struct rmk_row *row, const struct rmk_finding *f)
{
	size_t col = 0;

	while (col + 1 < row->ncells &&
	       row->cells[col + 1].at - row->span.at + 1 <= f->at.from)
		col++;
	return col;
}

static void
put_mark(struct table_writer *t, size_t i)
{
	const struct rmk_finding *f = &t->file->findings[i];
	size_t number = t->w->first[t->shown->file] + i + 1;

	rmk_buf_printf(t->w->out,
	    "&nbsp;<a class=\"mark %s\" id=\"at-%zu\" href=\"#finding-%zu\" title=\"",
	    page_level_class(f), number, number);
	page_text(t->w, f->message);
	rmk_buf_printf(t->w->out,
	    "\"><span aria-hidden=\"true\">⚠</span><span class=\"sr\">finding "
	    "%zu</span></a>",
	    number);
	t->w->marked[number - 1] = true;
}

// The findings of this row, [from, to), begin where those of the rows before it end.
static size_t
findings_of(struct table_writer *t, const struct rmk_row *row, size_t *from)
{
	const struct rmk_page_file *f = t->file;

	while (t->next < f->nfindings && f->findings[t->next].at.line < row->line)
		t->next++;
	*from = t->next;
	while (t->next < f->nfindings && f->findings[t->next].at.line == row->line)
		t->next++;
	return t->next;
}

static void
put_marks(
    struct table_writer *t, const struct rmk_row *row, size_t col, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++) {
		if (page_table_cell_of(row, &t->file->findings[i]) == col)
			put_mark(t, i);
	}
}

// --- rows -------------------------------------------------------------------------------

static const char *
align_class(const struct rmk_table *t, size_t col)
{
	switch (t->aligns[col]) {
	case RMK_ALIGN_RIGHT:
		return " n";
	case RMK_ALIGN_CENTER:
		return " c";
	default:
		return "";
	}
}

// What a status cell shows, and what it is worth when sorted: its place in the column's
// order, from 1; 0: none.
struct status {
	const char *class;
	size_t rank;
};

static struct status
status_of(struct table_writer *t, size_t col, struct rmk_str raw)
{
	struct status s = {"", 0};

	if (col >= t->table->ncols) {
		s.class = "excess";
	} else if (t->is_status[col]) {
		const struct rmk_field *field = &t->shown->schema->fields[col];
		const struct rmk_term *term = rmk_field_term(
		    t->w->out->arena, field, raw);

		if (!term || term->rank == RMK_TERM_UNRANKED)
			return s;
		s.class = rmk_progress_name(rmk_term_progress(field, term));
		s.rank = (size_t)(term - field->terms) + 1;
	}
	return s;
}

static void
page_table_put_cell(
    struct table_writer *t, const struct rmk_row *row, size_t col, size_t from, size_t to)
{
	bool is_key = col == t->shown->schema->key;
	struct rmk_str raw = rmk_doc_cell(t->file->doc, row, col);
	const char *align = col < t->table->ncols ? align_class(t->table, col) : "";
	struct status status = status_of(t, col, raw);

	page_put(t->w, is_key ? "<th scope=\"row\"" : "<td");
	if (*status.class || *align)
		rmk_buf_printf(t->w->out, " class=\"%s%s\"", status.class,
		    *status.class ? align : align + 1);
	if (status.rank)
		rmk_buf_printf(t->w->out, " data-r=\"%zu\"", status.rank);
	page_put(t->w, ">");
	rmk_page_cell(t->w->out,
	    rmk_references_inline(t->w->out->arena, t->file->doc, raw), &t->file->base);
	put_marks(t, row, col, from, to);
	page_put(t->w, is_key ? "</th>" : "</td>");
}

// Empty cells behind the last one, so that each row has its line and its ground.
static void
put_fill(struct table_writer *t, size_t ncells)
{
	for (size_t c = ncells > t->table->ncols ? ncells : t->table->ncols;
	     c < t->ncells; c++)
		page_put(t->w, "<td></td>");
}

static void
page_table_put_row(struct table_writer *t, const struct rmk_row *row)
{
	size_t from, to = findings_of(t, row, &from);

	rmk_buf_adds(t->w->out, "<tr>");
	for (size_t c = 0; c < row->ncells || c < t->table->ncols; c++)
		page_table_put_cell(t, row, c, from, to);
	put_fill(t, row->ncells);
	rmk_buf_adds(t->w->out, "</tr>\n");
}

static const char *
width_class(struct table_writer *t, size_t col)
{
	struct rmk_arena *a = t->w->out->arena;
	struct rmk_arena_mark mark = rmk_arena_mark(a);
	size_t bytes = 0;

	for (size_t r = 0; r < t->table->nrows; r++) {
		struct rmk_str raw = rmk_doc_cell(t->file->doc, &t->table->rows[r], col);

		bytes += rmk_value_text(a, rmk_references_inline(a, t->file->doc, raw)).n;
		rmk_arena_reset(a, mark);
	}
	if (bytes > WIDE * (size_t)t->table->nrows)
		return " wide";
	return bytes > NAME * (size_t)t->table->nrows ? " some" : "";
}

static void
put_header(struct table_writer *t)
{
	const struct rmk_row *row = &t->table->header;
	size_t from, to = findings_of(t, row, &from);

	page_put(t->w, "<thead><tr>");
	for (size_t c = 0; c < t->table->ncols; c++) {
		const char *align = align_class(t->table, c);
		const char *wide = width_class(t, c);
		const char *key = c == t->shown->schema->key ? " key" : "";

		page_put(t->w, "<th scope=\"col\"");
		if (*align || *wide || *key)
			rmk_buf_printf(t->w->out, " class=\"%.*s\"",
			    RMK_FMT(rmk_str_trim(rmk_str_printf(
				t->w->out->arena, "%s%s%s", align, wide, key))));
		page_put(t->w, t->is_status[c] ? " data-status>" : ">");
		rmk_page_cell(t->w->out,
		    rmk_doc_cell_linked(t->w->out->arena, t->file->doc, row, c),
		    &t->file->base);
		put_marks(t, row, c, from, to);
		page_put(t->w, "</th>");
	}
	put_fill(t, 0);
	page_put(t->w, "</tr></thead>\n<tbody>\n");
}

static size_t
page_table_width(const struct rmk_table *table)
{
	size_t most = table->ncols;

	for (size_t r = 0; r < table->nrows; r++)
		if (table->rows[r].ncells > most)
			most = table->rows[r].ncells;
	return most;
}

void
page_table(struct page_writer *w, size_t i)
{
	struct table_writer t = {.w = w, .shown = &w->page->tables[i]};

	t.file = &w->page->files[t.shown->file];
	t.table = &t.file->doc->tables[t.shown->table];
	t.ncells = page_table_width(t.table);
	t.is_status = RMK_NEW_N(w->out->arena, bool, t.table->ncols + 1);
	for (size_t s = 0; s < t.shown->schema->nstatus; s++)
		t.is_status[t.shown->schema->status[s]] = true;
	rmk_buf_printf(w->out, "<section class=\"table\"%s>\n<h2 id=\"table-%zu\">",
	    rmk_utf8_is_rtl(rmk_str_at(t.file->doc->text, t.table->header.span))
		? " dir=\"rtl\""
		: "",
	    i + 1);
	page_text(w, page_table_title(w, t.shown));
	page_put(w, "</h2>\n<p class=\"dim\"><code>");
	page_text(w, t.shown->address);
	page_put(w, "</code></p>\n<div class=\"tools\"><output>");
	page_many(w, t.table->nrows, "row");
	page_put(
	    w, "</output></div>\n<div class=\"scroll\" role=\"region\" aria-label=\"");
	page_text(w, t.shown->address);
	page_put(w, "\" tabindex=\"0\">\n<table>\n");
	put_header(&t);
	for (size_t r = 0; r < t.table->nrows; r++) {
		struct rmk_arena_mark mark = rmk_arena_mark(w->out->arena);
		size_t room = w->out->cap;

		// What a row's text is made with is not wanted behind it.
		page_table_put_row(&t, &t.table->rows[r]);
		if (w->out->cap == room)
			rmk_arena_reset(w->out->arena, mark);
	}
	page_put(w, "</tbody>\n</table>\n</div>\n</section>\n");
}

// --- findings ---------------------------------------------------------------------------

static void
put_finding(struct page_writer *w, const struct rmk_finding *f, size_t number)
{
	bool marked = w->marked[number - 1];

	rmk_buf_printf(w->out, "<li id=\"finding-%zu\"><b class=\"%s\">%s</b> ", number,
	    page_level_class(f), rmk_level_name(f->level));
	if (marked)
		rmk_buf_printf(w->out, "<a href=\"#at-%zu\">", number);
	page_text(w, f->path);
	rmk_buf_printf(w->out, ":%u%s ", f->at.line, marked ? "</a>" : "");
	page_text(w, f->message);
	rmk_buf_printf(w->out, " <code>%s</code></li>\n", f->rule->name);
}

void
page_findings(struct page_writer *w)
{
	if (w->nfindings == 0)
		return;
	page_put(w, "<h2 id=\"findings\">Findings</h2>\n<ol class=\"findings\">\n");
	for (size_t i = 0; i < w->page->nfiles; i++) {
		const struct rmk_page_file *f = &w->page->files[i];

		for (size_t k = 0; k < f->nfindings; k++)
			put_finding(w, &f->findings[k], w->first[i] + k + 1);
	}
	page_put(w, "</ol>\n");
}
