// Rows under each other without a delimiter row: no table, but text.
//
// Only lines with a pipe at either end and two cells or more are rows for certain. Blank lines
// may stand between, when all have as many cells.
#include "check/check_context.h"

struct row_run {
	uint32_t *lines; // [n] with rows
	size_t n, cap;
	uint32_t last; // the last line that belongs to it
	size_t cells;  // of the first
	bool even;     // all have as many
};

// One row by itself may be a line of links that are meant as they stand; so may lines of
// different lengths.
static void
report_rows(struct rmk_checking *c, struct row_run *run)
{
	struct rmk_finding *f;

	if (run->n == 0)
		return;
	f = check_report(c, RMK_NONE, check_line_place(c->doc, run->lines[0]),
	    run->n == 1
		? RMK_STR("a row without a delimiter row is shown as text")
		: check_printf(
		      c, "%zu rows without a delimiter row are shown as text", run->n));
	for (size_t i = 1; i < run->n; i++)
		if (run->lines[i] > run->lines[i - 1] + 1)
			check_also(c, f, check_line_place(c->doc, run->lines[i]));
	if (f && (run->n == 1 || !run->even))
		f->level = RMK_WARN;
	if (f)
		f->hint = check_printf(c,
		    "put a line of dashes for %zu cells under the header row",
		    run->cells);
	run->n = 0;
}

static void
add_to_run(struct rmk_checking *c, struct row_run *run, uint32_t number, size_t cells)
{
	uint32_t gap = number - run->last;

	if (gap > 2 || (gap > 1 && cells != run->cells))
		report_rows(c, run);
	if (run->n == 0) {
		run->cells = cells;
		run->even = true;
	}
	run->even = run->even && cells == run->cells;
	run->last = number;
	*RMK_PUSH(c->a, run->lines, run->n, run->cap) = number;
}

// A row for certain, or one that was not closed and has cells enough to be no formula. '||' at
// the start of an open line is an operator.
static bool
is_row(const struct row_line *line)
{
	if (!line->shape.closes &&
	    rmk_str_starts(rmk_str_from(line->text, line->shape.at), RMK_STR("||")))
		return false;
	return line->shape.leads && line->delim == DELIM_NONE &&
	       line->shape.cells > (line->shape.closes ? 1 : 2);
}

// A line without a pipe between rows is part of neither, one with pipes may be.
static void
find_rows(struct rmk_checking *c, const struct rmk_block *b, struct row_run *run)
{
	for (uint32_t k = b->line; k < b->line + b->nlines; k++) {
		struct row_line line = check_read_line(c, k);

		if (check_is_literal(c, k))
			continue;
		if (!c->told[k] && is_row(&line))
			add_to_run(c, run, k, line.shape.cells);
		else if (run->n && run->last + 1 == k && line.shape.pipes)
			run->last = k;
	}
}

void
check_no_delimiter(struct rmk_checking *c)
{
	struct row_run run = {0};

	for (size_t i = 0; i < c->doc->nblocks; i++) {
		const struct rmk_block *b = &c->doc->blocks[i];

		if ((b->kind == RMK_BLOCK_PARAGRAPH || b->kind == RMK_BLOCK_HTML ||
			(b->kind == RMK_BLOCK_HEADING && b->nlines > 1)) &&
		    check_block_has_pipes(c, b))
			find_rows(c, b, &run);
	}
	report_rows(c, &run);
}
