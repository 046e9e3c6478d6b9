// A row that was written on several lines.
//
//	| 1 | two        not closed, in a table whose rows are
//	lines | 3 |      goes on: together they have the table's cells
//
// GitHub knows no such rows. What goes on is a row of its own, or, where it begins like another
// block ('- y |'), ends the table and is shown as text. The break may be in any column, over
// several lines, and in the header, of which then only the last line is taken.
#include "check/check_context.h"

#include <string.h>

// A row on more lines is no row; blank lines in it are rare, and more of them end anything.
#define MAX_LINES 16
#define MAX_BLANK 2 // and what follows them must end the row

// How many cells a line adds to the row it goes on: its first one belongs to the last cell
// before, unless a pipe is between.
static size_t
cells_added(const struct row_line *line)
{
	if (line->shape.pipes == 0)
		return 0;
	return line->shape.cells - (line->shape.leads ? 0 : 1);
}

// The last line of a row of ncols cells that begins on line `number` and is not closed there,
// or 0: what follows adds up to something else, or is a row by itself.
static uint32_t
wrap_end(struct rmk_checking *c, uint32_t number, size_t ncols)
{
	struct row_line line = check_read_line(c, number);
	size_t cells = line.shape.cells;
	unsigned blank = 0;

	if (!line.shape.leads || line.shape.closes ||
	    (line.delim != DELIM_NONE && cells > 1))
		return 0;
	for (uint32_t k = number + 1; k <= c->doc->nlines && k < number + MAX_LINES;
	     k++) {
		line = check_read_line(c, k);
		if (rmk_str_trim(line.text).n == 0) {
			if (++blank > MAX_BLANK)
				return 0;
			continue;
		}
		if ((line.delim == DELIM_VALID && line.shape.cells > 1) ||
		    (line.shape.leads && line.shape.cells >= ncols))
			return 0;
		cells += cells_added(&line);
		if (cells > ncols)
			return 0;
		if (line.shape.closes || check_is_lone_pipe(&line))
			return cells == ncols ? k : 0;
		if (blank)
			return 0;
	}
	return 0;
}

// --- in a table ---------------------------------------------------------------

static uint32_t
last_row_line(const struct rmk_table *t)
{
	return t->nrows ? t->rows[t->nrows - 1].line : t->delim.line;
}

static void
report_wrap(struct rmk_checking *c, struct table_info *t, uint32_t r, uint32_t end)
{
	uint32_t line = t->table->rows[r].line, shown = last_row_line(t->table);
	struct rmk_finding *f;

	for (uint32_t k = r; k < t->table->nrows && t->table->rows[k].line <= end; k++)
		t->claimed[k] = 1;
	for (uint32_t k = shown + 1; k <= end; k++)
		c->told[k] = 1;
	if (end > shown)
		f = check_report_cell(c, t, r, RMK_NONE,
		    check_printf(c,
			"the row goes on up to line %u, but the table ends on line %u: "
			"the rest is shown as text",
			end, shown));
	else
		f = check_report_cell(c, t, r, RMK_NONE,
		    end == line + 1
			? RMK_STR("the row goes on in the next line: GitHub shows two "
				  "rows")
			: check_printf(c,
			      "the row goes on up to line %u: GitHub shows %u rows", end,
			      end - line + 1));
	if (f == NULL)
		return;
	if (end <= shown)
		f->level = RMK_WARN; // all of it is shown
	f->hint = RMK_STR("join the lines; a line break in a cell is <br>");
	check_also(c, f, check_line_place(c->doc, end));
}

static bool
is_led(struct rmk_str row)
{
	return row.n && row.s[0] == '|';
}

// Only a table whose header is closed shows that a row which is not goes on.
static void
check_table(struct rmk_checking *c, struct table_info *t)
{
	struct rmk_str header = check_row_text(c->doc, &t->table->header);

	if (!t->open || !is_led(header) || !check_is_closed(header))
		return;
	for (uint32_t r = 0; r < t->table->nrows; r++) {
		const struct rmk_row *row = &t->table->rows[r];
		struct rmk_str text = check_row_text(c->doc, row);
		uint32_t end;

		if (t->claimed[r] || row->ncells > t->table->ncols || !is_led(text) ||
		    check_is_closed(text))
			continue;
		end = wrap_end(c, row->line, t->table->ncols);
		if (end)
			report_wrap(c, t, r, end);
	}
}

// --- in a header --------------------------------------------------------------

// The line a header begins on that ends on line `last` and has ncols cells, or 0.
static uint32_t
header_start(
    struct rmk_checking *c, const struct rmk_block *b, uint32_t last, size_t ncols)
{
	for (uint32_t k = last; k-- > b->line;)
		if (last - k < MAX_LINES && wrap_end(c, k, ncols) == last)
			return k;
	return 0;
}

static void
check_header(struct rmk_checking *c, const struct rmk_block *b)
{
	for (uint32_t k = b->line + 2; k < b->line + b->nlines; k++) {
		struct row_line delim = check_read_line(c, k);
		uint32_t first;
		struct rmk_finding *f;

		if (delim.delim != DELIM_VALID || delim.shape.cells < 2 ||
		    check_is_literal(c, k))
			continue;
		first = header_start(c, b, k - 1, delim.shape.cells);
		if (first == 0)
			continue;
		for (uint32_t i = first; i < b->line + b->nlines; i++)
			c->told[i] = 1;
		f = check_report(c, RMK_NONE, check_line_place(c->doc, first),
		    check_printf(c,
			"no table: the header goes on up to line %u; all of it is shown "
			"as "
			"text",
			k - 1));
		if (f == NULL)
			return;
		f->hint = RMK_STR(
		    "join the header's lines; a line break in a cell is <br>");
		check_also(c, f, check_line_place(c->doc, k));
		return;
	}
}

// --- above a header ------------------------------------------------------------

// Rows directly above the header are text: it was meant to have more lines than one.
static void
check_above(struct rmk_checking *c, const struct table_info *t)
{
	const struct rmk_block *b = &c->doc->blocks[t->table->block];
	uint32_t first = t->table->header.line;
	struct row_line line;
	struct rmk_finding *f;

	if (b == c->doc->blocks || b[-1].kind != RMK_BLOCK_PARAGRAPH ||
	    b[-1].line + b[-1].nlines != first)
		return;
	while (first > b[-1].line) {
		line = check_read_line(c, first - 1);
		if (!line.shape.leads || !line.shape.closes || line.shape.cells < 2 ||
		    line.delim != DELIM_NONE)
			break;
		c->told[--first] = 1;
	}
	if (first == t->table->header.line)
		return;
	f = check_report(c, t->index, check_line_place(c->doc, first),
	    RMK_STR("a row above the header is shown as text: a header is one line"));
	if (f)
		f->hint = RMK_STR("join it with the header, or move it below the dashes");
	check_also(c, f, check_line_place(c->doc, t->table->header.line));
}

void
check_wrapped_row(struct rmk_checking *c)
{
	for (size_t i = 0; i < c->doc->nblocks; i++)
		if (c->doc->blocks[i].kind == RMK_BLOCK_PARAGRAPH &&
		    check_block_has_pipes(c, &c->doc->blocks[i]))
			check_header(c, &c->doc->blocks[i]);
	for (size_t i = 0; i < c->doc->ntables; i++) {
		check_above(c, &c->tables[i]);
		check_table(c, &c->tables[i]);
	}
}
