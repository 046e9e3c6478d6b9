// What was meant as a table, or as a part of one, and is none for GitHub.
//
//	paragraph, HTML    a delimiter row in it, or what was meant as one ── not-a-table
//	indented code      header and delimiter row                        ── indented-table
//	paragraph          rows under each other, no delimiter row         ── no-delimiter
//	after a table      rows behind a blank line, or cut off otherwise  ── split-table
//
// The parser says only that there is no table. The reasons given here are those of
// section 4.10 of GFM, in the order in which people meet them.
#include "check/check_context.h"
#include "gfm/cells.h"

#include <string.h>

#define FULLWIDTH_PIPE RMK_STR("｜")

struct line {
	struct rmk_str text;
	struct row_shape shape;
	enum delimiter_kind delim;
	size_t indent; // of the content, in columns of the line
	size_t strict; // cells of a delimiter row that are as they should be
	bool fullwidth;
};

// A line as its author saw it: full-width pipes are counted as pipes.
static struct line
read_line(struct rmk_checking *c, uint32_t number)
{
	struct line line = {.text = rmk_doc_line(c->doc, number)};
	struct rmk_str seen = line.text;

	if (rmk_str_find(seen, FULLWIDTH_PIPE) != RMK_NONE) {
		char *s = rmk_arena_alloc(c->a, seen.n);
		size_t n = 0;

		for (size_t i = 0; i < seen.n; i++) {
			bool pipe = rmk_str_starts(rmk_str_from(seen, i), FULLWIDTH_PIPE);

			s[n++] = pipe ? '|' : seen.s[i];
			i += pipe ? FULLWIDTH_PIPE.n - 1 : 0;
		}
		seen = (struct rmk_str){s, n};
		line.fullwidth = true;
	}
	line.shape = check_row_shape(seen);
	line.delim = check_delimiter(seen, line.shape, &line.strict);
	if (line.delim == DELIM_VALID && line.fullwidth)
		line.delim = DELIM_NEARLY;
	for (size_t i = 0; i < line.shape.at; i++)
		line.indent = seen.s[i] == '\t'  ? (line.indent / 4 + 1) * 4
		              : seen.s[i] == '>' ? 0
		                                 : line.indent + 1;
	return line;
}

// What ends the line `number`, for a line that is put before it.
static struct rmk_str
not_a_table_line_end(const struct rmk_doc *doc, uint32_t number)
{
	struct rmk_str end = rmk_doc_line_end(doc, number);

	return end.n ? end : RMK_STR("\n");
}

static void
fix_blank_before(struct rmk_checking *c, struct rmk_finding *f, uint32_t number)
{
	check_fix_splice(c, f, (struct rmk_span){c->doc->lines[number - 1].at, 0},
	    not_a_table_line_end(c->doc, number));
}

// How many cells a line would make in a delimiter row or a header: '+' divides too.
static size_t
count_cells(const struct line *line)
{
	size_t pluses = 0;

	for (size_t i = line->shape.at; i < line->text.n; i++)
		pluses += line->text.s[i] == '+';
	if (line->delim == DELIM_NEARLY && pluses)
		return pluses + line->shape.cells - (line->text.s[line->shape.at] == '+');
	return line->shape.cells ? line->shape.cells : 1;
}

// --- a delimiter row in text --------------------------------------------------

static const char *
container_reason(const struct rmk_block *b)
{
	if (b->containers & RMK_IN_QUOTE)
		return "the header belongs to the quote above it";
	if (b->containers & RMK_IN_LIST)
		return "the header belongs to the list item above it";
	return NULL;
}

// Why header and delimiter row make no table, though both are there.
static void
report_pair(struct rmk_checking *c, const struct rmk_block *b, uint32_t number,
    const struct line *header, const struct line *delim)
{
	size_t nheader = count_cells(header), ndelim = count_cells(delim);
	struct rmk_range at = check_line_place(c->doc, number);
	const char *why, *what = "all of it is shown as text";
	struct rmk_finding *f;

	if (header->fullwidth || delim->fullwidth)
		f = check_report(c, RMK_NONE, at,
		    check_printf(c, "no table: '｜' divides no cells; %s", what));
	else if (delim->delim == DELIM_NEARLY)
		f = check_report(c, RMK_NONE, at,
		    check_printf(
			c, "no table: the line below is no delimiter row; %s", what));
	else if (nheader != ndelim)
		f = check_report(c, RMK_NONE, at,
		    check_printf(c,
			"no table: the header has %zu, the delimiter row %zu "
			"cells; %s",
			nheader, ndelim, what));
	else if (b->kind == RMK_BLOCK_HTML)
		f = check_report(c, RMK_NONE, at,
		    check_printf(c,
			"no table: it stands inside HTML without a blank line; %s",
			what));
	else {
		why = delim->indent >= 4 || header->indent >= 4
		          ? "indented by four or more"
		          : container_reason(b);
		f = check_report(c, RMK_NONE, at,
		    check_printf(c, "no table: %s; %s",
			why ? why : "it goes on from the text above", what));
	}
	if (f == NULL)
		return;
	check_also(c, f, check_line_place(c->doc, number + 1));
	if (delim->delim == DELIM_NEARLY) {
		f->found = delim->text;
		f->hint = RMK_STR("write it as |---|---|: '-' for each column, with ':' "
				  "at an end to align it, and nothing else");
	} else if (nheader != ndelim) {
		f->hint = RMK_STR(
		    "the line of dashes wants as many cells as the header; a "
		    "pipe that is text is written \\|");
	} else {
		f->hint = RMK_STR("put a blank line before the header, and no indent");
		if (number > 1 && header->indent < 4 && delim->indent < 4 &&
		    rmk_str_trim(rmk_doc_line(c->doc, number - 1)).n)
			fix_blank_before(c, f, number);
	}
}

// A delimiter row with nothing above it in its block.
static void
report_headless(struct rmk_checking *c, uint32_t number)
{
	struct rmk_finding *f = check_report(c, RMK_NONE,
	    check_line_place(c->doc, number),
	    RMK_STR("no table: a delimiter row without a header row directly above it"));

	if (f)
		f->hint = RMK_STR(
		    "put the header on the line above, without a blank line");
}

static void
report_collapsed(struct rmk_checking *c, uint32_t number)
{
	struct rmk_finding *f = check_report(c, RMK_NONE,
	    check_line_place(c->doc, number),
	    RMK_STR("no table: header, dashes and rows stand on one line; all of it is "
		    "shown as text"));

	if (f)
		f->hint = RMK_STR("start a new line for the dashes and for each row");
}

// Text in which a table is no table but meant to be as it is: comments that end, and
// what shows its bytes as they are.
static bool
is_quiet_html(const struct rmk_doc *doc, const struct rmk_block *b)
{
	static const char *const tags[] = {
	    "<pre", "<script", "<style", "<textarea", "<svg"};
	uint32_t end = b->line + b->nlines - 1;
	struct rmk_str first = rmk_str_trim(rmk_doc_line(doc, b->line)), text;

	for (size_t i = 0; i < sizeof tags / sizeof *tags; i++)
		if (rmk_str_eq_nocase(
			rmk_str_part(first, 0, strlen(tags[i])), rmk_str_of(tags[i])))
			return true;
	if (!rmk_str_starts(first, RMK_STR("<!--")))
		return false;
	text = rmk_str_part(doc->text, doc->lines[b->line - 1].at,
	    (size_t)doc->lines[end - 1].at + doc->lines[end - 1].len -
		doc->lines[b->line - 1].at);
	return rmk_str_find(text, RMK_STR("-->")) != RMK_NONE;
}

// One column needs pipes to be meant as a table: 'Title' over '-----' is a heading.
static bool
is_meant(const struct line *header, const struct line *delim)
{
	if (delim->delim == DELIM_NONE)
		return false;
	if (delim->shape.pipes == 0 && delim->delim == DELIM_VALID)
		return false;
	// Near to one, with as many cells; or one spoiled by a cell too many.
	if (delim->delim == DELIM_NEARLY && count_cells(header) != count_cells(delim) &&
	    count_cells(header) != delim->strict)
		return false;
	return header->shape.pipes > 0 && header->delim == DELIM_NONE;
}

void
check_not_a_table(struct rmk_checking *c)
{
	for (size_t i = 0; i < c->doc->nblocks; i++) {
		const struct rmk_block *b = &c->doc->blocks[i];
		struct line above = {0};

		if ((b->kind != RMK_BLOCK_PARAGRAPH && b->kind != RMK_BLOCK_HTML) ||
		    (b->kind == RMK_BLOCK_HTML && is_quiet_html(c->doc, b)))
			continue;
		for (uint32_t k = b->line; k < b->line + b->nlines; k++) {
			struct line line = read_line(c, k);

			if (k > b->line && is_meant(&above, &line)) {
				report_pair(c, b, k - 1, &above, &line);
				break;
			}
			if (b->kind == RMK_BLOCK_PARAGRAPH &&
			    check_is_collapsed(line.text, line.shape)) {
				report_collapsed(c, k);
				break;
			}
			if (k == b->line && b->kind == RMK_BLOCK_PARAGRAPH &&
			    line.delim == DELIM_VALID && line.shape.pipes > 1 &&
			    count_cells(&line) > 1)
				report_headless(c, k);
			above = line;
		}
	}
}

// --- code that was meant as a table -------------------------------------------

void
check_indented_table(struct rmk_checking *c)
{
	for (size_t i = 0; i < c->doc->nblocks; i++) {
		const struct rmk_block *b = &c->doc->blocks[i];

		for (uint32_t k = b->line;
		     b->kind == RMK_BLOCK_CODE && k + 1 < b->line + b->nlines; k++) {
			struct line header = read_line(c, k), delim = read_line(c, k + 1);
			struct rmk_finding *f;

			if (delim.delim != DELIM_VALID || !is_meant(&header, &delim) ||
			    header.shape.cells != delim.shape.cells)
				continue;
			f = check_report(c, RMK_NONE, check_line_place(c->doc, k),
			    RMK_STR("no table: indented by four or more, it is shown as "
				    "code"));
			if (f)
				f->hint = RMK_STR(
				    "take the indent away, or fence it as code");
			break;
		}
	}
}

// --- rows behind a table ------------------------------------------------------

// Lines behind a table that look like its rows.
struct lost_rows {
	uint32_t line, n;
	bool sure; // not text that happens to have a pipe
};

// '|' alone, which ends a table whose rows it was meant to divide.
static bool
is_lone_pipe(const struct line *line)
{
	return line->shape.pipes == 1 && line->shape.cells == 0;
}

// From `number` on: as many cells as the table, and pipes where its rows have them. Sure is a
// row with a pipe at either end, or several in the style of the table and nothing else.
static struct lost_rows
not_a_table_find_rows(
    struct rmk_checking *c, const struct rmk_table *t, uint32_t number, uint32_t end)
{
	struct row_shape header = check_row_shape(rmk_doc_str(c->doc, t->header.span));
	struct lost_rows lost = {.line = number};

	for (; number + lost.n < end; lost.n++) {
		struct line line = read_line(c, number + lost.n);
		bool whole = line.shape.leads && line.shape.closes;

		if (lost.n == 0 && is_lone_pipe(&line))
			continue;
		if (lost.n == 1 && line.delim != DELIM_NONE)
			return (struct lost_rows){0}; // a table of its own
		// A row that is led and closed is one, however many cells it has.
		if (line.delim != DELIM_NONE || line.shape.pipes == 0 ||
		    (line.shape.leads != header.leads && line.shape.cells < 3) ||
		    (line.shape.cells != t->ncols && !(whole && line.shape.cells > 1)))
			break;
		lost.sure |= whole || (lost.n > 0 && line.shape.leads == header.leads &&
					  number + lost.n + 1 == end);
	}
	return lost;
}

static uint32_t
last_line(const struct rmk_table *t)
{
	return t->nrows ? t->rows[t->nrows - 1].line : t->delim.line;
}

static void
report_split(struct rmk_checking *c, size_t table, const struct rmk_block *b,
    const struct lost_rows *lost)
{
	const struct rmk_table *t = &c->doc->tables[table];
	uint32_t end = last_line(t);
	const char *by = "", *what = "move it up to the table, which";
	struct rmk_finding *f;

	if (b->line > end + 1 && rmk_str_trim(rmk_doc_line(c->doc, end + 1)).n == 0)
		by = " by a blank line", what = "take the blank line out: the table";
	else if (b->kind == RMK_BLOCK_CODE)
		by = " by an indent of four or more",
		what = "take the indent away: the table";
	f = check_report(c, table, check_line_place(c->doc, lost->line),
	    lost->sure
		? check_printf(c, "%u row%s cut off from the table%s: shown as text",
		      lost->n, lost->n == 1 ? "" : "s", by)
		: check_printf(c, "perhaps a row that is cut off from the table%s", by));
	if (f == NULL)
		return;
	if (!lost->sure)
		f->level = RMK_WARN;
	check_also(c, f, check_line_place(c->doc, end));
	f->hint = check_printf(c, "%s ends on line %u", what, end);
}

// Whether a block can hold rows that fell out of the table before it.
static bool
may_hold_rows(const struct rmk_table *t, const struct rmk_block *b)
{
	return b->kind == RMK_BLOCK_PARAGRAPH || b->kind == RMK_BLOCK_CODE ||
	       (b->kind == RMK_BLOCK_HTML && b->line == last_line(t) + 1) ||
	       (b->kind == RMK_BLOCK_HEADING && b->line == last_line(t) + 1);
}

// The block after a table, a comment or rule between the two left aside.
static size_t
next_block(const struct rmk_doc *doc, size_t i)
{
	if (i + 2 < doc->nblocks && doc->blocks[i + 1].nlines == 1 &&
	    (doc->blocks[i + 1].kind == RMK_BLOCK_BREAK ||
		doc->blocks[i + 1].kind == RMK_BLOCK_HTML))
		return i + 2;
	return i + 1;
}

// The rows in the blocks behind a table, none of which may be.
static struct lost_rows
rows_behind(
    struct rmk_checking *c, const struct rmk_table *t, const struct rmk_block **in)
{
	const struct rmk_block *blocks = c->doc->blocks, *b;
	size_t i = t->block + 1;
	struct lost_rows lost = {0};

	if (i < c->doc->nblocks && may_hold_rows(t, &blocks[i])) {
		*in = b = &blocks[i];
		lost = not_a_table_find_rows(c, t, b->line, b->line + b->nlines);
		// HTML in the line below the table takes the rows under it along.
		if (lost.n == 0 && b->kind == RMK_BLOCK_HTML)
			lost = not_a_table_find_rows(
			    c, t, b->line + 1, b->line + b->nlines);
	}
	// A block of code behind a blank line shows what it holds.
	if (lost.n && b->kind == RMK_BLOCK_CODE && b->line > last_line(t) + 1)
		lost.sure = false;
	i = next_block(c->doc, t->block);
	if (lost.n || i >= c->doc->nblocks || blocks[i].kind != RMK_BLOCK_PARAGRAPH)
		return lost;
	*in = b = &blocks[i];
	return not_a_table_find_rows(c, t, b->line, b->line + b->nlines);
}

// A quote or list item that begins behind the table is a place of its own.
static bool
is_elsewhere(
    const struct rmk_doc *doc, const struct rmk_table *t, const struct rmk_block *b)
{
	unsigned more = b->containers & ~(unsigned)doc->blocks[t->block].containers;

	return more && b->line > last_line(t) + 1;
}

void
check_split_table(struct rmk_checking *c)
{
	for (size_t i = 0; i < c->doc->ntables; i++) {
		const struct rmk_table *t = &c->doc->tables[i];
		const struct rmk_block *b = NULL;
		struct lost_rows lost = rows_behind(c, t, &b);

		if (lost.n && !is_elsewhere(c->doc, t, b))
			report_split(c, i, b, &lost);
	}
}

// --- rows without a delimiter row ---------------------------------------------

// Whether the paragraph follows a table whose rows it may be: split-table speaks of it.
static bool
follows_table(const struct rmk_doc *doc, size_t i)
{
	return i > 0 && (doc->blocks[i - 1].kind == RMK_BLOCK_TABLE ||
			    (i > 1 && doc->blocks[i - 2].kind == RMK_BLOCK_TABLE &&
				next_block(doc, i - 2) == i));
}

// The line of a closed row with its pipes, or no cells.
static size_t
row_cells(const struct line *line)
{
	return line->shape.leads && line->shape.closes && line->delim == DELIM_NONE
	           ? line->shape.cells
	           : 0;
}

void
check_no_delimiter(struct rmk_checking *c)
{
	for (size_t i = 0; i < c->doc->nblocks; i++) {
		const struct rmk_block *b = &c->doc->blocks[i];
		uint32_t first = 0, n = 0;
		size_t cells = 0;

		if (b->kind != RMK_BLOCK_PARAGRAPH || b->nlines < 2 ||
		    follows_table(c->doc, i))
			continue;
		for (uint32_t k = b->line; k < b->line + b->nlines; k++) {
			struct line line = read_line(c, k);
			size_t here = row_cells(&line);

			if (line.delim != DELIM_NONE ||
			    check_is_collapsed(line.text, line.shape)) {
				n = 0; // not-a-table speaks of it
				break;
			}
			if (here < 2 && n < 2)
				n = 0;
			else if (here > 1 && n++ == 0) {
				first = k;
				cells = here;
			}
		}
		if (n < 2 || cells < 2)
			continue;
		struct rmk_finding *f = check_report(c, RMK_NONE,
		    check_line_place(c->doc, first),
		    check_printf(
			c, "%u rows without a delimiter row are shown as text", n));
		if (f)
			f->hint = RMK_STR("put |---|---| under the header row");
	}
}
