// What was meant as a table, or as a part of one, and is none for GitHub.
//
//	paragraph, HTML    a delimiter row in it, or what was meant as one ── not-a-table
//	indented code      header and delimiter row                        ── indented-table
//	paragraph          rows under each other, no delimiter row         ── no-delimiter
//	after a table      rows behind a blank line, or cut off otherwise  ── split-table
//
// The parser says only that there is no table. The reasons given here are those of
// section 4.10 of GFM, in the order in which people meet them.
#include "base/utf8.h"
#include "check/table_cause.h"

#include <string.h>

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

size_t
check_count_cells(const struct row_line *line)
{
	size_t pluses = 0;

	for (size_t i = line->shape.at; i < line->text.n; i++)
		pluses += line->text.s[i] == '+';
	if (line->delim == DELIM_NEARLY && pluses)
		return pluses + line->shape.cells - (line->text.s[line->shape.at] == '+');
	return line->shape.cells ? line->shape.cells : 1;
}

// --- a delimiter row in text --------------------------------------------------

// Nothing more is said of a block from a line on.
static void
tell_lines(struct rmk_checking *c, const struct rmk_block *b, uint32_t from)
{
	for (uint32_t k = from; k < b->line + b->nlines; k++)
		c->told[k] = 1;
}

// Why header and delimiter row make no table, though both are there.
static void
report_pair(struct rmk_checking *c, const struct rmk_block *b, uint32_t number,
    const struct row_line *header, const struct row_line *delim)
{
	struct table_cause cause;
	struct rmk_finding *f;

	check_table_cause(c, b, number, header, delim, &cause);
	tell_lines(c, b, number);
	f = check_report(c, RMK_NONE, check_line_place(c->doc, number),
	    check_printf(
		c, "no table: %.*s; all of it is shown as text", RMK_FMT(cause.why)));
	if (f == NULL)
		return;
	check_also(c, f, check_line_place(c->doc, number + 1));
	if (delim->delim == DELIM_NEARLY)
		f->found = delim->text;
	f->hint = cause.hint;
	if (cause.blank_before && number > 1 &&
	    rmk_str_trim(rmk_doc_line(c->doc, number - 1)).n)
		fix_blank_before(c, f, number);
}

// A delimiter row with nothing above it in its block.
static void
report_headless(struct rmk_checking *c, const struct rmk_block *b)
{
	const struct rmk_block *end = c->doc->blocks + c->doc->nblocks;
	bool ruled = b + 1 < end && b[1].kind == RMK_BLOCK_TABLE &&
	             b[1].line == b->line + b->nlines;
	struct rmk_finding *f = check_report(c, RMK_NONE,
	    check_line_place(c->doc, b->line),
	    ruled
		? RMK_STR("a line of dashes above the header is shown as text")
		: RMK_STR("no table: a delimiter row without a header row directly above "
			  "it"));

	tell_lines(c, b, b->line);
	// The header may stand above a blank line.
	if (!ruled && b->line > 2 &&
	    rmk_str_trim(rmk_doc_line(c->doc, b->line - 1)).n == 0) {
		c->told[b->line - 2] = 1;
		check_also(c, f, check_line_place(c->doc, b->line - 2));
	}
	if (f == NULL)
		return;
	if (ruled)
		f->level = RMK_WARN; // the table itself is shown
	f->hint = ruled
	              ? RMK_STR("take the line out")
	              : RMK_STR("put the header on the line above, without a blank line");
}

static void
report_collapsed(struct rmk_checking *c, const struct rmk_block *b, uint32_t number)
{
	struct rmk_finding *f = check_report(c, RMK_NONE,
	    check_line_place(c->doc, number),
	    RMK_STR("no table: header, dashes and rows stand on one line; all of it is "
		    "shown as text"));

	tell_lines(c, b, number);

	if (f)
		f->hint = RMK_STR("start a new line for the dashes and for each row");
}

// One column needs pipes to be meant as a table: 'Title' over '-----' is a heading.
static bool
is_meant(const struct row_line *header, const struct row_line *delim)
{
	if (delim->delim == DELIM_NONE)
		return false;
	if (delim->shape.pipes == 0 && delim->delim == DELIM_VALID)
		return false;
	// Near to one, with as many cells; or one spoiled by a cell too many.
	if (delim->delim == DELIM_NEARLY &&
	    check_count_cells(header) != check_count_cells(delim) &&
	    check_count_cells(header) != delim->strict)
		return false;
	return header->shape.pipes > 0 && header->delim == DELIM_NONE;
}

void
check_not_a_table(struct rmk_checking *c)
{
	for (size_t i = 0; i < c->doc->nblocks; i++) {
		const struct rmk_block *b = &c->doc->blocks[i];
		struct row_line above = {0};

		if ((b->kind != RMK_BLOCK_PARAGRAPH && b->kind != RMK_BLOCK_HTML) ||
		    !check_block_has_pipes(c, b))
			continue;
		for (uint32_t k = b->line; k < b->line + b->nlines; k++) {
			struct row_line line = check_read_line(c, k);

			if (c->told[k])
				break;
			if (k > b->line && is_meant(&above, &line) &&
			    !check_is_literal(c, k)) {
				report_pair(c, b, k - 1, &above, &line);
				break;
			}
			if (b->kind == RMK_BLOCK_PARAGRAPH &&
			    check_is_collapsed(line.text, line.shape) &&
			    !check_is_literal(c, k)) {
				report_collapsed(c, b, k);
				break;
			}
			if (k == b->line && b->kind == RMK_BLOCK_PARAGRAPH &&
			    line.delim == DELIM_VALID && line.shape.pipes > 1 &&
			    check_count_cells(&line) > 1 && !check_is_literal(c, k))
				report_headless(c, b);
			above = line;
		}
	}
}

// --- code that was meant as a table -------------------------------------------

// Whether the text above a block says that what follows is shown as it is written, or is a mark
// of another tool that gives indents a meaning of their own: '=== "Tab"', '!!! note'.
static bool
is_announced(struct rmk_checking *c, const struct rmk_block *b)
{
	static const char *const words[] = {"markdown", "syntax", "example", "source",
	    "looks like", "output", "format", "code"};
	const struct rmk_block *above = b > c->doc->blocks ? b - 1 : NULL;
	struct rmk_str text = {0};

	if (above && above->kind != RMK_BLOCK_TABLE)
		text = rmk_utf8_fold(
		    c->a, rmk_doc_line(c->doc, above->line + above->nlines - 1));
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (rmk_str_find(text, rmk_str_of(words[i])) != RMK_NONE)
			return true;
	return (above && above->kind == RMK_BLOCK_CODE) ||
	       rmk_str_starts(text, RMK_STR("===")) ||
	       rmk_str_starts(text, RMK_STR("!!!")) ||
	       rmk_str_starts(text, RMK_STR("???"));
}

// Whether the page shows the table as well, or is about Markdown.
static bool
is_sample(struct rmk_checking *c, const struct row_line *header)
{
	struct rmk_str text = rmk_str_trim(header->text);

	for (size_t i = 0; i < c->doc->ntables; i++)
		if (rmk_str_eq(text,
			rmk_str_trim(rmk_doc_str(c->doc, c->doc->tables[i].header.span))))
			return true;
	return rmk_str_find(rmk_utf8_fold(c->a, c->doc->path), RMK_STR("markdown")) !=
	       RMK_NONE;
}

// Whether a block of code holds one table and nothing else.
static bool
is_only_table(struct rmk_checking *c, const struct rmk_block *b)
{
	for (uint32_t k = b->line; k < b->line + b->nlines; k++) {
		struct row_line line = check_read_line(c, k);

		if (!line.shape.leads || !line.shape.closes)
			return false;
	}
	return b->nlines > 2;
}

void
check_indented_table(struct rmk_checking *c)
{
	for (size_t i = 0; i < c->doc->nblocks; i++) {
		const struct rmk_block *b = &c->doc->blocks[i];

		for (uint32_t k = b->line;
		     b->kind == RMK_BLOCK_CODE && k + 1 < b->line + b->nlines; k++) {
			struct row_line header = check_read_line(c, k);
			struct row_line delim = check_read_line(c, k + 1);
			struct rmk_finding *f;

			if (delim.delim != DELIM_VALID || !is_meant(&header, &delim) ||
			    header.shape.cells != delim.shape.cells)
				continue;
			for (uint32_t l = k; l < b->line + b->nlines; l++)
				c->told[l] = 1;
			f = check_report(c, RMK_NONE, check_line_place(c->doc, k),
			    RMK_STR("no table: indented by four or more, it is shown as "
				    "code"));
			if (f && (!is_only_table(c, b) || is_announced(c, b) ||
				     is_sample(c, &header)))
				f->level = RMK_WARN;
			if (f)
				f->hint = RMK_STR(
				    "take the indent away, or fence it as code");
			break;
		}
	}
}
