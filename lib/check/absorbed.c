// Lines that became rows and were not meant to: text, a second table, marks of a merge.
//
// A table goes on until a blank line or the start of another block, so whatever is
// written directly under it becomes its last rows.
#include "base/ascii.h"
#include "base/marker.h"
#include "base/utf8.h"
#include "check/check_context.h"

#include <string.h>

#define MAX_LABEL 40

static struct rmk_str
row_text(const struct rmk_doc *doc, const struct rmk_row *row)
{
	return rmk_str_trim(
	    rmk_str_from(rmk_doc_str(doc, row->span), row->at - row->span.at));
}

static bool
has_pipe(struct rmk_str row)
{
	return row.n && memchr(row.s, '|', row.n);
}

// --- marks of a merge ---------------------------------------------------------

// As many of a kind as git writes, and no more: eight '=' underline a heading. The attribute
// conflict-marker-size asks for another number; then only all three of that size are a
// conflict, for nothing else looks like that.
#define USUAL_SIZE 7
#define LEAST_SIZE 4

static char
marker_of(struct rmk_str line, size_t size)
{
	size_t run;
	char c = rmk_marker_of(line, &run);

	return run == size ? c : '\0';
}

// The size of a marker that opens a conflict; 0: it is none.
static size_t
opening_size(struct rmk_str line)
{
	size_t run;

	return rmk_marker_of(line, &run) == '<' && run >= LEAST_SIZE ? run : 0;
}

// Whether a line belongs to a table's rows or at least has pipes.
static bool
is_row_like(const struct rmk_doc *doc, uint32_t line)
{
	return line >= 1 && line <= doc->nlines && has_pipe(rmk_doc_line(doc, line)) &&
	       marker_of(rmk_doc_line(doc, line), USUAL_SIZE) == '\0';
}

static bool
absorbed_in_code(const struct rmk_doc *doc, uint32_t line)
{
	const struct rmk_block *b = check_block_at(doc, line);

	return b && (b->kind == RMK_BLOCK_FENCE || b->kind == RMK_BLOCK_CODE);
}

static void
report_marker(struct rmk_checking *c, uint32_t line)
{
	struct rmk_finding *f = check_report(c, RMK_NONE, check_line_place(c->doc, line),
	    RMK_STR("a conflict marker stands in the table"));

	if (f) {
		f->found = rmk_doc_line(c->doc, line);
		f->hint = RMK_STR("choose one side and remove the markers");
	}
}

// What is known of the conflicts so far.
struct marked {
	uint8_t *lines; // [nlines + 1] a marker is here
	uint32_t told;  // up to this line all that follows on a conflict is told
};

// What follows directly on a conflict is cut off by the markers alone.
static void
tell_behind(struct rmk_checking *c, struct marked *m, uint32_t last)
{
	for (uint32_t line = last > m->told ? last + 1 : m->told + 1;
	     line <= c->doc->nlines && rmk_str_trim(rmk_doc_line(c->doc, line)).n; line++)
		c->told[m->told = line] = 1;
}

// From "<<<<<<<" to ">>>>>>>": its markers, when rows stand in or beside it. Gives the
// last line looked at.
static uint32_t
conflict_at(struct rmk_checking *c, struct marked *m, uint32_t first, size_t size)
{
	uint32_t last = first + 1, rows = is_row_like(c->doc, first - 1);
	bool parted = size == USUAL_SIZE;
	char mark = '\0';

	for (; last <= c->doc->nlines; last++) {
		mark = marker_of(rmk_doc_line(c->doc, last), size);
		if (mark == '>' || mark == '<')
			break;
		parted |= mark == '=';
		rows += is_row_like(c->doc, last);
	}
	if (size != USUAL_SIZE && (mark != '>' || !parted))
		return first;
	if (mark == '<' || last > c->doc->nlines)
		last = mark == '<' ? last - 1 : first;
	rows += is_row_like(c->doc, last + 1);
	if (!rows || absorbed_in_code(c->doc, first))
		return last;
	for (uint32_t line = first; line <= last; line++)
		if (marker_of(rmk_doc_line(c->doc, line), size)) {
			report_marker(c, line);
			m->lines[line] = 1;
		}
	tell_behind(c, m, last);
	return last;
}

// The rows that are markers are spoken of here alone.
static void
claim_markers(struct rmk_checking *c, const struct marked *m)
{
	for (size_t i = 0; i < c->doc->ntables; i++) {
		struct table_info *t = &c->tables[i];

		for (uint32_t r = 0; r < t->table->nrows; r++) {
			const struct rmk_row *row = &t->table->rows[r];

			if (m->lines[row->line] ||
			    marker_of(rmk_doc_str(c->doc, row->span), USUAL_SIZE))
				t->claimed[r] = 1;
		}
	}
}

// Cheaper than a search of the text: only lines that start so are looked at.
static bool
absorbed_has_markers(const struct rmk_doc *doc)
{
	if (rmk_str_chr(doc->text, '<') == RMK_NONE &&
	    rmk_str_chr(doc->text, '>') == RMK_NONE)
		return false;
	for (size_t i = doc->front; i < doc->nlines; i++) {
		const char *s = doc->text.s + doc->lines[i].at;
		struct rmk_str line = rmk_doc_str(doc, doc->lines[i]);

		if (line.n >= LEAST_SIZE && (*s == '<' || *s == '>') && s[1] == *s &&
		    (marker_of(line, USUAL_SIZE) || opening_size(line)))
			return true;
	}
	return false;
}

void
check_conflict_marker(struct rmk_checking *c)
{
	struct marked m = {0};

	if (!absorbed_has_markers(c->doc))
		return;
	m.lines = RMK_NEW_N(c->a, uint8_t, c->doc->nlines + 1);
	for (uint32_t line = c->doc->front + 1; line <= c->doc->nlines; line++) {
		struct rmk_str text = rmk_doc_line(c->doc, line);
		size_t size = opening_size(text);

		if (size)
			line = conflict_at(c, &m, line, size);
		else if (marker_of(text, USUAL_SIZE) == '>' &&
			 !absorbed_in_code(c->doc, line) &&
			 (is_row_like(c->doc, line - 1) || is_row_like(c->doc, line + 1)))
			report_marker(c, line);
	}
	claim_markers(c, &m);
}

// --- bytes that are no UTF-8 --------------------------------------------------

void
check_encoding_error(struct rmk_checking *c)
{
	size_t from = c->doc->front ? c->doc->lines[c->doc->front - 1].at : 0, at;

	if (c->doc->valid)
		return;
	while ((at = rmk_utf8_invalid(rmk_str_from(c->doc->text, from))) != RMK_NONE) {
		uint32_t line = rmk_doc_line_of(c->doc, (uint32_t)(at += from));
		struct rmk_span span = c->doc->lines[line - 1];

		if (has_pipe(rmk_doc_line(c->doc, line))) {
			struct rmk_finding *f = check_report(c, RMK_NONE,
			    check_span_place(c->doc, (struct rmk_span){(uint32_t)at, 1}),
			    check_printf(c,
				"byte %02X is not UTF-8: it is shown as something else",
				(unsigned char)c->doc->text.s[at]));

			if (f)
				f->hint = RMK_STR("save the file as UTF-8");
		}
		from = (size_t)span.at + span.len; // one finding a line
	}
}

// --- a second table -----------------------------------------------------------

static bool
is_delimiter_row(const struct rmk_checking *c, const struct rmk_row *row)
{
	struct rmk_str first = {0}, text;

	// Nearly every row is told by its first cell.
	if (row->ncells)
		first = rmk_str_at(c->doc->text, row->cells[0]);
	if (first.n == 0 || (first.s[0] != '-' && first.s[0] != ':'))
		return false;
	text = row_text(c->doc, row);
	return has_pipe(text) &&
	       check_delimiter(text, check_row_shape(text), NULL) == DELIM_VALID &&
	       rmk_str_find(text, RMK_STR("--")) != RMK_NONE;
}

// Whether a row may be a header: short words in every cell but the first. Dashes below any other
// row were meant to divide rows.
static bool
may_be_header(const struct rmk_checking *c, const struct table_info *t, uint32_t r)
{
	const struct rmk_row *row = &t->table->rows[r];

	for (uint32_t i = 0; i < row->ncells; i++) {
		struct rmk_str cell = rmk_doc_str(c->doc, row->cells[i]);

		if ((i > 0 && cell.n == 0) || cell.n > MAX_LABEL)
			return false;
		for (size_t k = 0; k < cell.n; k++)
			if (rmk_is_digit(cell.s[k]) || cell.s[k] == '`' ||
			    cell.s[k] == '[')
				return false;
	}
	return row->ncells > 0 && !t->claimed[r];
}

static void
report_second_table(struct rmk_checking *c, struct table_info *t, uint32_t r)
{
	uint32_t line = t->table->rows[r].line;
	struct rmk_finding *f = check_report_cell(c, t, r, RMK_NONE,
	    RMK_STR("a second table stands directly under the first: it is shown as "
		    "rows, its "
		    "dashes too"));

	check_also(c, f, check_line_place(c->doc, line - 1));
	if (f)
		f->hint = check_printf(c, "put a blank line before line %u", line - 1);
}

// Lines of dashes between rows, all of them in one finding.
static void
report_dashes(
    struct rmk_checking *c, struct table_info *t, const uint32_t *rows, size_t n)
{
	struct rmk_finding *f = check_report_cell(c, t, rows[0], RMK_NONE,
	    rows[0] == 0 ? RMK_STR("a second delimiter row: its dashes are shown as data")
			 : RMK_STR("a line of dashes between rows is shown as data: "
				   "nothing divides the "
				   "rows of a table"));

	for (size_t i = 1; i < n; i++)
		check_also(c, f, check_line_place(c->doc, t->table->rows[rows[i]].line));
	if (f)
		f->hint = rows[0] == 0 ? RMK_STR("remove the second line of dashes")
		                       : RMK_STR("remove the lines of dashes");
}

// A header over the dashes makes a second table; dashes that close the table are a habit, and
// hide nothing.
static void
check_dashes(struct rmk_checking *c, struct table_info *t)
{
	uint32_t *rows = NULL, last = t->table->nrows;
	size_t n = 0, cap = 0;

	for (uint32_t r = 0; r < last; r++) {
		if (t->claimed[r] || !is_delimiter_row(c, &t->table->rows[r]))
			continue;
		if (r > 0 && r + 1 < last && may_be_header(c, t, r - 1))
			report_second_table(c, t, r);
		else if (r + 1 < last)
			*RMK_PUSH(c->a, rows, n, cap) = r;
		t->claimed[r] = 1;
	}
	if (n)
		report_dashes(c, t, rows, n);
}

void
check_absorbed_table(struct rmk_checking *c)
{
	for (size_t i = 0; i < c->doc->ntables; i++)
		if (c->tables[i].ruled)
			check_dashes(c, &c->tables[i]);
}

// --- text ---------------------------------------------------------------------

// A line without a pipe, where rows have them.
static bool
is_text_row(const struct rmk_checking *c, const struct table_info *t, uint32_t r)
{
	struct rmk_str header = row_text(c->doc, &t->table->header);
	struct rmk_str delim = row_text(c->doc, &t->table->delim);

	if (t->claimed[r] || has_pipe(row_text(c->doc, &t->table->rows[r])))
		return false;
	return t->table->ncols > 1 || (has_pipe(header) && has_pipe(delim));
}

// Lines that mean something to another tool just where they stand: attributes of
// kramdown, tags of a template.
static bool
is_for_tools(struct rmk_str text)
{
	return text.n > 1 && text.s[0] == '{';
}

// The blank line that gives the text back to the page: what is before the row's
// content on its line, without a list's indent turning into white space at a line's end.
static void
fix_text(struct rmk_checking *c, struct rmk_finding *f, const struct rmk_row *row)
{
	struct rmk_str prefix = rmk_str_part(
	    c->doc->text, row->span.at, row->at - row->span.at);
	struct rmk_str end = rmk_doc_line_end(c->doc, row->line - 1);

	while (
	    prefix.n && (prefix.s[prefix.n - 1] == ' ' || prefix.s[prefix.n - 1] == '\t'))
		prefix.n--;
	check_fix_splice(c, f, (struct rmk_span){row->span.at, 0},
	    check_printf(c, "%.*s%.*s", RMK_FMT(prefix), RMK_FMT(end)));
}

void
check_absorbed_text(struct rmk_checking *c)
{
	for (size_t i = 0; i < c->doc->ntables; i++) {
		struct table_info *t = &c->tables[i];
		uint32_t n = t->uneven || t->table->ncols == 1 ? t->table->nrows : 0;

		for (uint32_t r = 0; r < n; r++) {
			const struct rmk_row *row = &t->table->rows[r];
			struct rmk_finding *f;
			struct rmk_str text;
			uint32_t first = r;

			if (row->ncells > 1) // there is a pipe between
				continue;
			text = row_text(c->doc, row);
			if (t->claimed[r] || memchr(text.s, '|', text.n) ||
			    !is_text_row(c, t, r))
				continue;
			while (r + 1 < n && is_text_row(c, t, r + 1))
				r++;
			for (uint32_t k = first; k <= r; k++)
				t->claimed[k] = 1;
			f = check_report_cell(c, t, first, RMK_NONE,
			    check_shows_nothing(text)
				? check_printf(c,
				      "%.*s, is shown as a row: the line is "
				      "not blank",
				      RMK_FMT(check_character_name(
					  c, (uint32_t)(text.s - c->doc->text.s))))
				: RMK_STR("text directly under the table is shown as a "
					  "row of it"));
			if (f == NULL)
				continue;
			f->found = text;
			f->hint = check_shows_nothing(text)
			              ? RMK_STR("take the line out, or make it blank")
			          : is_for_tools(text)
			              ? RMK_STR("GitHub does not know this line; it is "
						"for another tool")
			              : RMK_STR("put a blank line before it");
			if (r + 1 == n && !is_for_tools(text) &&
			    !check_shows_nothing(text))
				fix_text(c, f, row);
		}
	}
}
