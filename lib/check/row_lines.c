// Lines of text seen as rows of a table: for what was meant as a table and is none.
//
// The parser says nothing of a table that failed. These functions look at a line the way
// its author did: how many cells it seems to have, and whether it was meant as a delimiter
// row ('|—|—|', '|===|', '|---+---|' and the like).
#include "base/ascii.h"
#include "base/utf8.h"
#include "check/check_context.h"
#include "gfm/cells.h"

#include <string.h>

// More cells than this are no delimiter row anyone wrote; the parser's guard is the same.
#define MAX_CELLS 512

// A header, a delimiter row and a row of two cells on one line have as many pipes at least.
#define MIN_COLLAPSED 7

// The length of a list marker at `at` with one space behind it, or 0.
static size_t
list_marker(struct rmk_str line, size_t at)
{
	size_t i = at;

	while (i < line.n && i < at + 9 && rmk_is_digit(line.s[i]))
		i++;
	if (i < line.n && i > at ? line.s[i] == '.' || line.s[i] == ')'
				 : i < line.n && memchr("-*+", line.s[i], 3))
		i++;
	else
		return 0;
	return i < line.n && rmk_is_space(line.s[i]) ? i + 1 - at : 0;
}

struct row_shape
check_row_shape(struct rmk_str line)
{
	struct row_shape shape = {0};
	size_t marker, end = line.n;

	while (shape.at < line.n &&
	       (rmk_is_space(line.s[shape.at]) || line.s[shape.at] == '>'))
		shape.at++;
	marker = list_marker(line, shape.at);
	if (marker &&
	    rmk_str_starts(rmk_str_from(line, shape.at + marker), RMK_STR("| ")) &&
	    check_delimiter(line, shape, NULL) == DELIM_NONE)
		shape.at += marker;
	while (end > shape.at && rmk_is_space(line.s[end - 1]))
		end--;
	for (size_t i = shape.at; i < end; i++)
		if (line.s[i] == '|' && (i == shape.at || line.s[i - 1] != '\\'))
			shape.pipes++;
	if (shape.pipes == 0)
		return shape;
	shape.leads = line.s[shape.at] == '|';
	shape.closes = end - 1 > shape.at && line.s[end - 1] == '|' &&
	               line.s[end - 2] != '\\';
	shape.cells = rmk_cells_scan(line, (uint32_t)shape.at, (uint32_t)line.n, NULL, 0);
	return shape;
}

static bool
is_strict_cell(struct rmk_str cell)
{
	size_t i = 0, dashes;

	i += cell.n && cell.s[0] == ':';
	for (dashes = 0; i < cell.n && cell.s[i] == '-'; i++)
		dashes++;
	i += i < cell.n && cell.s[i] == ':';
	return dashes && i == cell.n;
}

// What people type, or their editor puts, where '-' is wanted.
static bool
is_dash_like(int32_t c)
{
	return c == '-' || c == '=' || c == '_' || c == '~' ||
	       (c != 0xFF1A && check_character(c) == CHARACTER_DASH);
}

// Dashes of any kind, with colons and spaces of any kind.
static bool
is_near_cell(struct rmk_str cell)
{
	size_t dashes = 0;
	int32_t c;

	for (size_t i = 0; i < cell.n;) {
		i += rmk_utf8_decode(cell, i, &c);
		if (is_dash_like(c))
			dashes++;
		else if (c != ':' && c != 0xFF1A && c != ' ' && c != '\t' &&
			 check_character(c) != CHARACTER_INVISIBLE)
			return false;
	}
	return dashes > 0;
}

// '+---+---+' and '|---+---|', as other table languages rule their lines.
static bool
is_plus_rule(struct rmk_str line, size_t at)
{
	size_t pluses = 0, dashes = 0;

	for (size_t i = at; i < line.n; i++) {
		if (line.s[i] == '+')
			pluses++;
		else if (line.s[i] == '-' || line.s[i] == '=')
			dashes++;
		else if (!rmk_is_space(line.s[i]) && line.s[i] != '|' && line.s[i] != ':')
			return false;
	}
	return pluses && dashes >= 3 && (line.s[at] == '+' || line.s[at] == '|');
}

// A line that holds only what a delimiter row could be made of, cheaply.
static bool
could_be_delimiter(struct rmk_str line, size_t at)
{
	return at < line.n &&
	       (memchr("|:-=+_", line.s[at], 6) || (unsigned char)line.s[at] >= 0x80);
}

enum delimiter_kind
check_delimiter(struct rmk_str line, struct row_shape shape, size_t *nstrict)
{
	struct rmk_span cells[MAX_CELLS];
	size_t n, strict = 0, near = 0, dashes = 0;

	if (nstrict)
		*nstrict = 0;
	if (!could_be_delimiter(line, shape.at))
		return DELIM_NONE;
	n = rmk_cells_scan(line, (uint32_t)shape.at, (uint32_t)line.n, cells, MAX_CELLS);
	if (n == 0 || n > MAX_CELLS)
		return DELIM_NONE;
	for (size_t i = 0; i < n; i++) {
		struct rmk_str cell = rmk_str_at(line, cells[i]);

		if (is_strict_cell(cell)) {
			strict++;
			dashes += cell.n;
		} else if (is_near_cell(cell))
			near++;
	}
	if (nstrict)
		*nstrict = strict;
	if (strict == n)
		return DELIM_VALID;
	if (is_plus_rule(line, shape.at))
		return DELIM_NEARLY;
	if (!memchr(line.s + shape.at, '|', line.n - shape.at))
		return DELIM_NONE;
	if (strict + near == n)
		return DELIM_NEARLY;
	return strict * 2 >= n && dashes >= 3 * strict && n > 1 ? DELIM_NEARLY
	                                                        : DELIM_NONE;
}

static bool
row_lines_in_code(struct rmk_str line, size_t at)
{
	bool code = false;

	for (size_t i = 0; i < at; i++)
		code ^= line.s[i] == '`';
	return code;
}

// Two cells of dashes or more stand somewhere in the line, behind other cells.
bool
check_is_collapsed(struct rmk_str line, struct row_shape shape)
{
	struct rmk_span cells[MAX_CELLS];
	size_t n, run = 0;

	if (shape.pipes < MIN_COLLAPSED)
		return false;
	n = rmk_cells_scan(line, (uint32_t)shape.at, (uint32_t)line.n, cells, MAX_CELLS);
	for (size_t i = 0; i < n && i < MAX_CELLS; i++) {
		struct rmk_str cell = rmk_str_at(line, cells[i]);

		if (cell.n > 2 && is_near_cell(cell))
			run++;
		else if (run > 1 && i > run)
			return !row_lines_in_code(line, cells[i - 1].at);
		else
			run = 0;
	}
	// The header alone has its dashes behind it, with the blank cell between two rows.
	return run > 1 && n > run && n <= MAX_CELLS && cells[n - run - 1].len == 0 &&
	       !row_lines_in_code(line, cells[n - 1].at);
}

// The line with a plain pipe in place of each character that looks like one.
static struct rmk_str
with_plain_pipes(struct rmk_checking *c, struct rmk_str line)
{
	char *s = rmk_arena_alloc(c->a, line.n);
	size_t n = 0;

	for (size_t i = 0; i < line.n;) {
		int32_t code;
		size_t len = rmk_utf8_decode(line, i, &code);

		if (check_character(code) == CHARACTER_PIPE)
			s[n++] = '|';
		else
			for (size_t k = 0; k < len; k++)
				s[n++] = line.s[i + k];
		i += len;
	}
	return (struct rmk_str){s, n};
}

struct row_line
check_read_line(struct rmk_checking *c, uint32_t number)
{
	struct row_line line = {.text = rmk_doc_line(c->doc, number)};
	struct rmk_str seen = line.text;

	line.fake = c->has_fakes ? check_find_character(seen, CHARACTER_PIPE) : RMK_NONE;
	if (line.fake != RMK_NONE)
		seen = with_plain_pipes(c, seen);
	line.shape = check_row_shape(seen);
	line.delim = check_delimiter(seen, line.shape, &line.strict);
	if (line.delim == DELIM_VALID && line.fake != RMK_NONE)
		line.delim = DELIM_NEARLY;
	for (size_t i = 0; i < line.shape.at; i++)
		line.indent = seen.s[i] == '\t'  ? (line.indent / 4 + 1) * 4
		              : seen.s[i] == '>' ? 0
		                                 : line.indent + 1;
	return line;
}

bool
check_is_lone_pipe(const struct row_line *line)
{
	return line->shape.pipes == 1 && line->shape.cells == 0;
}

const struct rmk_block *
check_block_at(const struct rmk_doc *doc, uint32_t line)
{
	size_t low = 0, high = doc->nblocks;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		const struct rmk_block *b = &doc->blocks[middle];

		if (line < b->line)
			high = middle;
		else if (line >= b->line + b->nlines)
			low = middle + 1;
		else
			return b;
	}
	return NULL;
}

bool
check_block_has_pipes(const struct rmk_checking *c, const struct rmk_block *b)
{
	struct rmk_span last = c->doc->lines[b->line + b->nlines - 2];
	uint32_t at = c->doc->lines[b->line - 1].at;

	return c->has_fakes || memchr(c->doc->text.s + at, '|', last.at + last.len - at);
}
