// Rows whose cells do not fit the table: too many, too few, none at all.
//
// GitHub fills short rows up and drops what is too much, both silently. A row is claimed by
// the rule that knows best what happened to it; the vaguer ones then leave it alone.
#include "base/utf8.h"
#include "ops/check/checking.h"
#include "table/cells.h"

#include <string.h>

#define FULLWIDTH_PIPE RMK_STR("｜")

// When more than half of a table's rows are off by the same count (and at least this
// many), that is one finding about the table, not one a row.
#define MANY_ROWS 3

static struct rmk_str
row_text(const struct rmk_doc *doc, const struct rmk_row *row)
{
	struct rmk_str line = rmk_doc_str(doc, row->span);

	return rmk_str_from(line, row->at - row->span.at);
}

static bool
is_closed(struct rmk_str row)
{
	row = rmk_str_trim(row);
	return row.n > 1 && row.s[row.n - 1] == '|' && row.s[row.n - 2] != '\\';
}

static bool
is_led(struct rmk_str row)
{
	return row.n && row.s[0] == '|';
}

// The first cell beyond the table that holds something, or RMK_NONE.
static size_t
first_lost(const struct rmk_row *row, uint32_t ncols)
{
	for (size_t i = ncols; i < row->ncells; i++)
		if (row->cells[i].len)
			return i;
	return RMK_NONE;
}

// --- a row cut in two by a line end -------------------------------------------

// Whether rows r and r+1 are one row that was wrapped: the first is not closed and the
// second not led, where the table's rows are both, and together they have its cells.
static bool
is_wrapped(const struct rmk_checking *c, const struct table_info *t, uint32_t r)
{
	const struct rmk_row *a = &t->table->rows[r], *b = &t->table->rows[r + 1];
	struct rmk_str header = row_text(c->doc, &t->table->header);
	struct rmk_str first = row_text(c->doc, a), second = row_text(c->doc, b);

	return t->table->ncols > 1 && a->ncells < t->table->ncols && is_led(header) &&
	       is_closed(header) && is_led(first) && !is_closed(first) &&
	       !is_led(second) && is_closed(second) &&
	       a->ncells + b->ncells == t->table->ncols + 1;
}

void
check_wrapped_row(struct rmk_checking *c)
{
	for (size_t i = 0; i < c->doc->ntables; i++) {
		struct table_info *t = &c->tables[i];

		for (uint32_t r = 0; t->uneven && r + 1 < t->table->nrows; r++) {
			struct rmk_finding *f;

			if (t->table->rows[r].ncells >= t->table->ncols ||
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
			n = code_pipes(row_text(c->doc, row), pipes, MAX_CODE_PIPES);
			if (n == 0)
				continue;
			t->claimed[r] = 1;
			report_code_pipes(c, t, r, pipes, n);
		}
	}
}

// --- a full-width pipe --------------------------------------------------------

// It was meant as a pipe where it ends the row, or where the row lacks cells.
static bool
has_fullwidth_pipe(
    const struct rmk_checking *c, const struct table_info *t, uint32_t r, size_t *at)
{
	const struct rmk_row *row = &t->table->rows[r];
	struct rmk_str text = rmk_str_trim(row_text(c->doc, row));

	if (text.n < 3 || row->ncells > t->table->ncols)
		return false;
	*at = text.n - 3;
	if (rmk_str_ends(text, FULLWIDTH_PIPE))
		return true;
	if (row->ncells == t->table->ncols)
		return false;
	*at = rmk_str_find(text, FULLWIDTH_PIPE);
	return *at != RMK_NONE;
}

void
check_fullwidth_pipe(struct rmk_checking *c)
{
	for (size_t i = 0; i < c->doc->ntables; i++) {
		struct table_info *t = &c->tables[i];

		for (uint32_t r = 0; r < t->table->nrows; r++) {
			struct rmk_finding *f;
			size_t at;

			if (t->claimed[r] || !has_fullwidth_pipe(c, t, r, &at))
				continue;
			t->claimed[r] = 1;
			f = check_report(c, i,
			    check_span_place(c->doc,
				(struct rmk_span){
				    t->table->rows[r].at + (uint32_t)at, 3}),
			    RMK_STR("a full-width pipe '｜' divides no cells: it is "
				    "shown as text"));
			if (f) {
				f->found = FULLWIDTH_PIPE;
				f->wanted = RMK_STR("|");
			}
		}
	}
}

// --- too many cells -----------------------------------------------------------

void
check_extra_cell(struct rmk_checking *c)
{
	for (size_t i = 0; i < c->doc->ntables; i++) {
		struct table_info *t = &c->tables[i];
		uint32_t ncols = t->table->ncols;

		for (uint32_t r = 0; t->uneven && r < t->table->nrows; r++) {
			const struct rmk_row *row = &t->table->rows[r];
			size_t lost;
			struct rmk_str text;
			struct rmk_finding *f;

			if (row->ncells <= ncols || t->claimed[r])
				continue;
			lost = first_lost(row, ncols);
			if (lost == RMK_NONE)
				continue;
			t->claimed[r] = 1;
			text = rmk_str_at(c->doc->text, row->cells[lost]);
			f = check_report_cell(c, t, r, lost,
			    check_printf(c,
				"%u cells, the table has %u: '%.*s' is not shown",
				row->ncells, ncols, RMK_FMT(check_short(c, text))));
			if (f) {
				f->found = text;
				f->hint = RMK_STR("a pipe that is text is written \\|; "
						  "else the header lacks a column");
			}
		}
	}
}

// --- rows that are wrong in the same direction --------------------------------

static bool
is_long(const struct table_info *t, uint32_t r)
{
	return t->table->rows[r].ncells > t->table->ncols && !t->claimed[r];
}

static bool
is_short(const struct table_info *t, uint32_t r)
{
	return t->table->rows[r].ncells < t->table->ncols && !t->claimed[r];
}

static uint32_t
count_rows(const struct table_info *t, bool (*wrong)(const struct table_info *, uint32_t))
{
	uint32_t n = 0;

	for (uint32_t r = 0; t->uneven && r < t->table->nrows; r++)
		n += wrong(t, r);
	return n;
}

// Say once of a table what is so in most of its rows, and claim them.
static struct rmk_finding *
report_most(struct rmk_checking *c, struct table_info *t, uint32_t n, const char *what,
    bool (*wrong)(const struct table_info *, uint32_t))
{
	struct rmk_finding *f = NULL;
	bool first = true;

	for (uint32_t r = 0; r < t->table->nrows; r++) {
		if (!wrong(t, r))
			continue;
		t->claimed[r] = 1;
		if (first)
			f = check_report_cell(c, t, r, RMK_NONE,
			    check_printf(c,
				"%u of %u rows have %s cells than the table's %u", n,
				t->table->nrows, what, t->table->ncols));
		else
			check_also(
			    c, f, check_line_place(c->doc, t->table->rows[r].line));
		first = false;
	}
	return f;
}

static bool
is_most(const struct table_info *t, uint32_t n)
{
	return n >= MANY_ROWS && n * 2 > t->table->nrows;
}

void
check_empty_extra_cell(struct rmk_checking *c)
{
	for (size_t i = 0; i < c->doc->ntables; i++) {
		struct table_info *t = &c->tables[i];
		uint32_t n = count_rows(t, is_long);
		struct rmk_finding *f;

		if (is_most(t, n)) {
			f = report_most(c, t, n, "more", is_long);
			if (f)
				f->hint = RMK_STR(
				    "take the last pipes away, or add the column to "
				    "the header");
			continue;
		}
		for (uint32_t r = 0; n && r < t->table->nrows; r++) {
			if (!is_long(t, r))
				continue;
			f = check_report_cell(c, t, r, t->table->ncols,
			    check_printf(c,
				"%u cells, the table has %u: an empty one too many",
				t->table->rows[r].ncells, t->table->ncols));
			if (f)
				f->hint = RMK_STR("take the last pipe away");
		}
	}
}

// --- nothing in a row ---------------------------------------------------------

// Blank rows between others, two or more of them, are spacers that people mean.
static uint32_t
count_spacers(const struct table_info *t)
{
	uint32_t n = 0;

	for (uint32_t r = 1; r + 1 < t->table->nrows; r++)
		n += t->blank[r] && !t->blank[r - 1] && !t->blank[r + 1];
	return n;
}

void
check_blank_row(struct rmk_checking *c)
{
	for (size_t i = 0; i < c->doc->ntables; i++) {
		struct table_info *t = &c->tables[i];
		uint32_t spacers = count_spacers(t), n = t->table->nrows;

		for (uint32_t r = 0; r < n; r++) {
			uint32_t first = r;
			struct rmk_finding *f;

			if (!t->blank[r] || t->claimed[r])
				continue;
			while (r < n && t->blank[r])
				t->claimed[r++] = 1;
			// A form to fill in has nothing but blank rows.
			if ((first == 0 && r == n) ||
			    (spacers > 1 && first > 0 && r < n && r - first == 1))
				continue;
			f = check_report_cell(c, t, first, RMK_NONE,
			    r - first == 1
				? RMK_STR("an empty row is shown")
				: check_printf(c, "%u empty rows are shown", r - first));
			if (f)
				f->hint = RMK_STR("remove the row, or fill it in");
		}
	}
}

// --- too few cells ------------------------------------------------------------

// A single cell where the table has three or more, in several rows or in its only one: the
// heading of a section, or a word that stands for all rows.
static bool
has_sections(const struct table_info *t)
{
	uint32_t n = 0;

	if (t->table->ncols < 3)
		return false;
	for (uint32_t r = 0; r < t->table->nrows; r++)
		n += t->table->rows[r].ncells == 1 && !t->blank[r] && !t->claimed[r];
	return n > 1 || t->table->nrows == 1;
}

// Empty cells at the end of a row: a pipe for each, and one before them where the row is
// not closed.
static void
fix_short(
    struct rmk_checking *c, struct rmk_finding *f, const struct table_info *t, uint32_t r)
{
	const struct rmk_row *row = &t->table->rows[r];
	struct rmk_str text = row_text(c->doc, row);
	uint32_t pipes = t->table->ncols - row->ncells + !is_closed(text);
	char *added = rmk_arena_alloc(c->a, pipes * 2);

	while (text.n && (text.s[text.n - 1] == ' ' || text.s[text.n - 1] == '\t'))
		text.n--;
	for (uint32_t i = 0; i < pipes; i++)
		memcpy(added + i * 2, " |", 2);
	if (!t->table->read_only)
		check_fix_splice(c, f, (struct rmk_span){row->at + (uint32_t)text.n, 0},
		    (struct rmk_str){added, pipes * 2});
}

static void
report_short(struct rmk_checking *c, const struct table_info *t, uint32_t r)
{
	uint32_t n = t->table->rows[r].ncells, ncols = t->table->ncols;
	struct rmk_finding *f = check_report_cell(c, t, r, n,
	    check_printf(c, "%u cell%s, the table has %u: '%.*s' is left blank", n,
		n == 1 ? "" : "s", ncols,
		RMK_FMT(check_short(c, t->schema->fields[n].label))));

	if (f == NULL)
		return;
	f->hint = RMK_STR("add the cell, or '|' if it is meant to be empty");
	fix_short(c, f, t, r);
}

void
check_missing_cell(struct rmk_checking *c)
{
	for (size_t i = 0; i < c->doc->ntables; i++) {
		struct table_info *t = &c->tables[i];
		uint32_t n = count_rows(t, is_short);
		bool sections = n && has_sections(t);

		for (uint32_t r = 0; sections && r < t->table->nrows; r++)
			t->claimed[r] |= t->table->rows[r].ncells == 1;
		n = sections ? count_rows(t, is_short) : n;
		if (is_most(t, n)) {
			report_most(c, t, n, "fewer", is_short);
			continue;
		}
		for (uint32_t r = 0; n && r < t->table->nrows; r++)
			if (is_short(t, r))
				report_short(c, t, r);
	}
}
