// Why a header row and what was meant as its delimiter row make no table.
//
// Only the first thing that is wrong is said, with what undoes it. The order is that of
// certainty: what cannot be seen comes before what can be counted.
#include "check/table_cause.h"

#include "base/utf8.h"
#include "gfm/cells.h"

#include <string.h>

// Lines longer than this are not looked into for code.
#define MAX_HEADER 4096

// Where a span of a line is in the document.
static uint32_t
byte_of_line(const struct rmk_checking *c, uint32_t line, size_t at)
{
	return c->doc->lines[line - 1].at + (uint32_t)at;
}

static bool
blames_character(struct rmk_checking *c, uint32_t number, size_t at, const char *what,
    struct rmk_str hint, struct table_cause *out)
{
	if (at == RMK_NONE)
		return false;
	out->at = byte_of_line(c, number, at);
	out->why = check_printf(
	    c, "%.*s, %s", RMK_FMT(check_character_name(c, out->at)), what);
	out->hint = hint;
	return true;
}

// The start of a run of invisible characters that make a cell of their own: in front of the
// first pipe, or behind the last.
static size_t
invisible_cell(struct rmk_str line)
{
	size_t first = rmk_str_chr(line, '|'), last = rmk_str_rchr(line, '|'), at;

	if (first == RMK_NONE)
		return RMK_NONE;
	at = check_find_character(rmk_str_part(line, 0, first), CHARACTER_INVISIBLE);
	if (at != RMK_NONE && check_shows_nothing(rmk_str_part(line, 0, first)))
		return at;
	at = check_find_character(rmk_str_from(line, last + 1), CHARACTER_INVISIBLE);
	return at != RMK_NONE && check_shows_nothing(rmk_str_from(line, last + 1))
	           ? last + 1 + at
	           : RMK_NONE;
}

static bool
blames_invisible(struct rmk_checking *c, uint32_t number, const struct row_line *header,
    const struct row_line *delim, struct table_cause *out)
{
	struct rmk_str hint = RMK_STR("take it out");

	return blames_character(c, number, invisible_cell(header->text),
		   "makes a cell of its own", hint, out) ||
	       blames_character(c, number + 1,
		   check_find_character(delim->text, CHARACTER_INVISIBLE),
		   "makes the line no delimiter row",
		   RMK_STR("put a space in its place, or nothing"), out);
}

static bool
blames_lookalike(struct rmk_checking *c, uint32_t number, const struct row_line *header,
    const struct row_line *delim, struct table_cause *out)
{
	struct rmk_str pipe = RMK_STR("type the plain '|' in its place");

	return blames_character(
		   c, number, header->fake, "only looks like a pipe", pipe, out) ||
	       blames_character(
		   c, number + 1, delim->fake, "only looks like a pipe", pipe, out) ||
	       blames_character(c, number + 1,
		   check_find_character(delim->text, CHARACTER_DASH),
		   "only looks like what belongs there",
		   RMK_STR("type the plain '-' or ':' in its place"), out);
}

// Pipes with a backslash, which divide no cells.
static size_t
escaped_pipes(struct rmk_str text)
{
	size_t n = 0;

	for (size_t i = 1; i < text.n; i++)
		n += text.s[i] == '|' && text.s[i - 1] == '\\';
	return n;
}

static void
blame_count(struct rmk_checking *c, const struct row_line *header, size_t nheader,
    size_t ndelim, struct table_cause *out)
{
	size_t code[64], ncode = 0;

	out->why = check_printf(
	    c, "the header has %zu, the delimiter row %zu cells", nheader, ndelim);
	if (header->text.n <= MAX_HEADER)
		ncode = check_code_pipes(header->text, code, sizeof code / sizeof *code);
	if (ncode && nheader == ndelim + ncode)
		out->hint = RMK_STR("a pipe divides cells in code too: write \\| there");
	else if (nheader < ndelim && escaped_pipes(header->text) == ndelim - nheader)
		out->hint = RMK_STR("'\\|' divides no cells: write '|' in the header");
	else if (nheader > ndelim)
		out->hint = check_printf(c,
		    "the line of dashes wants %zu cells; a pipe that is text is written "
		    "\\|",
		    nheader);
	else
		out->hint = check_printf(c,
		    "the line of dashes wants %zu cell%s, as the header has", nheader,
		    nheader == 1 ? "" : "s");
}

static bool
blames_unclosed(struct rmk_checking *c, uint32_t number, struct table_cause *out)
{
	uint32_t opened;
	const char *name = check_unclosed(c, number, &opened);

	if (name == NULL)
		return false;
	out->why = check_printf(c, "'%s' on line %u is never closed", name, opened);
	out->hint = strcmp(name, "<!--") == 0
	                ? check_printf(c, "end the comment of line %u with -->", opened)
	                : check_printf(c, "close it: </%s>", name + 1);
	return true;
}

static const char *
container_reason(const struct rmk_block *b)
{
	if (b->containers & RMK_IN_QUOTE)
		return "the header belongs to the quote above it";
	if (b->containers & RMK_IN_LIST)
		return "the header belongs to the list item above it";
	return "it goes on from the text above";
}

// Both are as they should be, but do not stand where a table can begin.
static void
blame_place(const struct rmk_block *b, const struct row_line *header,
    const struct row_line *delim, struct table_cause *out)
{
	if (b->kind == RMK_BLOCK_HTML) {
		out->why = RMK_STR("it stands inside HTML without a blank line");
		out->hint = RMK_STR("put a blank line before the header");
		out->blank_before = true;
	} else if (delim->indent >= 4 || header->indent >= 4) {
		out->why = RMK_STR("indented by four or more");
		out->hint = RMK_STR("take the indent away");
	} else {
		out->why = rmk_str_of(container_reason(b));
		out->hint = RMK_STR("put a blank line before the header");
		out->blank_before = true;
	}
}

void
check_table_cause(struct rmk_checking *c, const struct rmk_block *b, uint32_t number,
    const struct row_line *header, const struct row_line *delim, struct table_cause *out)
{
	size_t nheader = check_count_cells(header), ndelim = check_count_cells(delim);

	*out = (struct table_cause){.at = NO_PLACE};
	if (blames_unclosed(c, number, out) ||
	    blames_invisible(c, number, header, delim, out) ||
	    blames_lookalike(c, number, header, delim, out))
		return;
	if (delim->delim == DELIM_NEARLY) {
		out->why = RMK_STR("the line below is no delimiter row");
		out->hint = RMK_STR(
		    "write it as |---|---|: '-' for each column, with ':' at "
		    "an end to align it, and nothing else");
	} else if (nheader != ndelim) {
		blame_count(c, header, nheader, ndelim, out);
	} else {
		blame_place(b, header, delim, out);
	}
}
