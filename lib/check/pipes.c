// Rows whose pipes are not where they should be: in code, full-width, across lines.
//
// These know what happened to a row; rows.c counts what is left.
#include "check/check_context.h"

#include <string.h>

#define FULLWIDTH_PIPE RMK_STR("｜")

struct rmk_str
check_row_text(const struct rmk_doc *doc, const struct rmk_row *row)
{
	struct rmk_str line = rmk_doc_str(doc, row->span);

	return rmk_str_from(line, row->at - row->span.at);
}

bool
check_is_closed(struct rmk_str row)
{
	row = rmk_str_trim(row);
	return row.n > 1 && row.s[row.n - 1] == '|' && row.s[row.n - 2] != '\\';
}

static bool
is_led(struct rmk_str row)
{
	return row.n && row.s[0] == '|';
}

// --- a row cut in two by a line end -------------------------------------------

// Whether rows r and r+1 are one row that was wrapped: the first is not closed and the
// second not led, where the table's rows are both, and together they have its cells.
static bool
is_wrapped(const struct rmk_checking *c, const struct table_info *t, uint32_t r)
{
	const struct rmk_row *a = &t->table->rows[r], *b = &t->table->rows[r + 1];
	struct rmk_str header = check_row_text(c->doc, &t->table->header);
	struct rmk_str first = check_row_text(c->doc, a),
		       second = check_row_text(c->doc, b);

	return t->table->ncols > 1 && is_led(header) && check_is_closed(header) &&
	       is_led(first) && !check_is_closed(first) && !is_led(second) &&
	       check_is_closed(second) && a->ncells + b->ncells == t->table->ncols + 1;
}

void
check_wrapped_row(struct rmk_checking *c)
{
	for (size_t i = 0; i < c->doc->ntables; i++) {
		struct table_info *t = &c->tables[i];

		for (uint32_t r = 0; t->uneven && r + 1 < t->table->nrows; r++) {
			struct rmk_finding *f;

			if (t->table->rows[r].ncells > t->table->ncols ||
			    t->table->rows[r + 1].ncells >= t->table->ncols ||
			    !is_wrapped(c, t, r))
				continue;
			t->claimed[r] = t->claimed[r + 1] = 1;
			f = check_report_cell(c, t, r, RMK_NONE,
			    RMK_STR("the row goes on in the next line: GitHub shows two "
				    "rows"));
			if (f == NULL)
				continue;
			f->hint = RMK_STR(
			    "join the lines; a line break in a cell is <br>");
			check_also(
			    c, f, check_line_place(c->doc, t->table->rows[r + 1].line));
		}
	}
}

// --- rows joined on one line --------------------------------------------------

// How many rows stand on the line, each of ncols cells, with or without an empty cell
// between; 1 when it is not so.
static uint32_t
joined_rows(const struct rmk_row *row, uint32_t ncols)
{
	uint32_t gap, n = row->ncells, rows;

	for (gap = 0; gap < 2; gap++) {
		if ((n + gap) % (ncols + gap))
			continue;
		rows = (n + gap) / (ncols + gap);
		for (uint32_t k = 1; k < rows; k++) {
			uint32_t start = k * (ncols + gap);

			if (!row->cells[start].len || (gap && row->cells[start - 1].len))
				rows = 0;
		}
		if (rows > 1)
			return rows;
	}
	return 1;
}

void
check_rows_joined(struct rmk_checking *c)
{
	for (size_t i = 0; i < c->doc->ntables; i++) {
		struct table_info *t = &c->tables[i];

		for (uint32_t r = 0; t->uneven && r < t->table->nrows; r++) {
			const struct rmk_row *row = &t->table->rows[r];
			uint32_t rows;
			struct rmk_finding *f;

			if (row->ncells < 2 * t->table->ncols || t->table->ncols < 2 ||
			    t->claimed[r] || t->blank[r])
				continue;
			rows = joined_rows(row, t->table->ncols);
			if (rows < 2)
				continue;
			t->claimed[r] = 1;
			f = check_report_cell(c, t, r, t->table->ncols,
			    check_printf(
				c, "%u rows on one line: only the first is shown", rows));
			if (f)
				f->hint = RMK_STR(
				    "start a new line before the second row");
		}
	}
}

// --- a pipe inside a code span ------------------------------------------------

// The pipes that stand inside code spans of a row, [n], at most room of them. A span is
// a run of backticks up to the next run of the same length.
static size_t
code_pipes(struct rmk_str row, size_t *out, size_t room)
{
	size_t n = 0;

	for (size_t i = 0; i < row.n;) {
		size_t open = i, ticks, end;

		if (row.s[i] != '`') {
			i++;
			continue;
		}
		while (i < row.n && row.s[i] == '`')
			i++;
		ticks = i - open;
		for (end = i; end < row.n;) {
			size_t run = end;

			while (run < row.n && row.s[run] == '`')
				run++;
			if (run - end == ticks)
				break;
			end = run + (run == end);
		}
		if (end >= row.n)
			continue;
		for (size_t k = i; k < end; k++)
			if (row.s[k] == '|' && row.s[k - 1] != '\\' && n < room)
				out[n++] = k;
		i = end + ticks;
	}
	return n;
}

// Longer rows are not looked into for code: matching backticks takes more than linear time.
#define MAX_CODE_ROW 65536
#define MAX_CODE_PIPES 64

static void
report_code_pipes(struct rmk_checking *c, struct table_info *t, uint32_t r,
    const size_t *pipes, size_t n)
{
	const struct rmk_row *row = &t->table->rows[r];
	uint32_t at = row->at + (uint32_t)pipes[0];
	struct rmk_finding *f = check_report(c, t->index,
	    check_span_place(c->doc, (struct rmk_span){at, 1}),
	    check_printf(c,
		"a pipe in a code span splits the cell: %u cells, the table has %u",
		row->ncells, t->table->ncols));

	if (f == NULL)
		return;
	f->found = RMK_STR("|");
	f->wanted = RMK_STR("\\|");
	f->hint = RMK_STR("write \\| inside code too");
	if (row->ncells - n != t->table->ncols || t->table->read_only)
		return;
	for (size_t k = 0; k < n; k++)
		check_fix_splice(c, f, (struct rmk_span){row->at + (uint32_t)pipes[k], 0},
		    RMK_STR("\\"));
}

void
check_unescaped_pipe(struct rmk_checking *c)
{
	for (size_t i = 0; i < c->doc->ntables; i++) {
		struct table_info *t = &c->tables[i];

		for (uint32_t r = 0; t->uneven && r < t->table->nrows; r++) {
			const struct rmk_row *row = &t->table->rows[r];
			size_t pipes[MAX_CODE_PIPES], n;

			if (row->ncells <= t->table->ncols || t->claimed[r] ||
			    row->span.len > MAX_CODE_ROW)
				continue;
			n = code_pipes(
			    check_row_text(c->doc, row), pipes, MAX_CODE_PIPES);
			if (n == 0)
				continue;
			t->claimed[r] = 1;
			report_code_pipes(c, t, r, pipes, n);
		}
	}
}

// --- a full-width pipe --------------------------------------------------------

// The length of a character at the end of a row that looks like a pipe and is none:
// full-width, half-width, drawn, or broken.
static size_t
lookalike_at_end(struct rmk_str row)
{
	static const char *const all[] = {"｜", "￨", "│", "❘", "∣", "¦"};

	if (row.n == 0 || !(row.s[row.n - 1] & 0x80))
		return 0;
	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		if (rmk_str_ends(row, rmk_str_of(all[i])))
			return strlen(all[i]);
	return 0;
}

// One was meant as a pipe where it starts or ends the row, or where the row lacks cells.
static bool
has_fullwidth_pipe(const struct rmk_checking *c, const struct table_info *t, uint32_t r,
    struct rmk_str *out)
{
	const struct rmk_row *row = &t->table->rows[r];
	struct rmk_str text = rmk_str_trim(check_row_text(c->doc, row));
	size_t n = lookalike_at_end(text), at;

	if (row->ncells > t->table->ncols)
		return false;
	if (n) {
		*out = rmk_str_from(text, text.n - n);
		return true;
	}
	if (rmk_str_starts(text, FULLWIDTH_PIPE))
		at = 0;
	else if (row->ncells < t->table->ncols)
		at = rmk_str_find(text, FULLWIDTH_PIPE);
	else
		return false;
	*out = rmk_str_part(text, at, FULLWIDTH_PIPE.n);
	return at != RMK_NONE;
}

void
check_fullwidth_pipe(struct rmk_checking *c)
{
	for (size_t i = 0; i < c->doc->ntables; i++) {
		struct table_info *t = &c->tables[i];

		for (uint32_t r = 0; r < t->table->nrows; r++) {
			struct rmk_finding *f;
			struct rmk_str pipe;

			if (t->claimed[r] || !has_fullwidth_pipe(c, t, r, &pipe))
				continue;
			t->claimed[r] = 1;
			f = check_report(c, i,
			    check_span_place(c->doc,
				(struct rmk_span){(uint32_t)(pipe.s - c->doc->text.s),
				    (uint32_t)pipe.n}),
			    check_printf(c,
				"'%.*s' only looks like a pipe and divides no cells: it "
				"is shown as text",
				RMK_FMT(pipe)));
			if (f) {
				f->found = pipe;
				f->wanted = RMK_STR("|");
				f->hint = RMK_STR("type the plain '|' in its place");
			}
		}
	}
}
