// Rows whose pipes are not where they should be: in code, full-width, across lines.
//
// These know what happened to a row; rows.c counts what is left.
#include "base/utf8.h"
#include "check/check_context.h"

#include <string.h>

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

// --- rows joined on one line --------------------------------------------------

// How many rows stand on the line, each of ncols cells with an empty one between, which is where
// a line end was; 1 when it is not so.
static uint32_t
joined_rows(const struct rmk_row *row, uint32_t ncols)
{
	uint32_t rows = (row->ncells + 1) / (ncols + 1);

	if ((row->ncells + 1) % (ncols + 1))
		return 1;
	for (uint32_t k = 1; k < rows; k++) {
		uint32_t start = k * (ncols + 1);

		if (!row->cells[start].len || row->cells[start - 1].len)
			return 1;
	}
	return rows;
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

// A code span is a run of backticks up to the next run of the same length.
size_t
check_code_pipes(struct rmk_str row, size_t *out, size_t room)
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
			n = check_code_pipes(
			    check_row_text(c->doc, row), pipes, MAX_CODE_PIPES);
			if (n == 0)
				continue;
			t->claimed[r] = 1;
			report_code_pipes(c, t, r, pipes, n);
		}
	}
}

// --- what only looks like a pipe ----------------------------------------------

// Where a character in a row was meant as a pipe: one that starts or ends the row,
// or any in a short row which has the table's cells when they count. Else RMK_NONE.
static size_t
lookalike_pipe(struct rmk_checking *c, const struct table_info *t, uint32_t r)
{
	const struct rmk_row *row = &t->table->rows[r];
	struct rmk_str text = check_row_text(c->doc, row);
	size_t at = check_find_character(text, CHARACTER_PIPE), next = at;

	if (at == RMK_NONE || row->ncells > t->table->ncols)
		return RMK_NONE;
	if (at == 0 || (row->ncells < t->table->ncols &&
			   check_read_line(c, row->line).shape.cells == t->table->ncols))
		return at;
	while (next != RMK_NONE) {
		struct rmk_str rest = rmk_str_from(text, at);
		int32_t code;
		size_t n = rmk_utf8_decode(rest, 0, &code);

		if (rmk_str_trim(rmk_str_from(rest, n)).n == 0)
			return at;
		next = check_find_character(rmk_str_from(rest, n), CHARACTER_PIPE);
		at += n + (next == RMK_NONE ? 0 : next);
	}
	return RMK_NONE;
}

void
check_fullwidth_pipe(struct rmk_checking *c)
{
	for (size_t i = 0; c->has_fakes && i < c->doc->ntables; i++) {
		struct table_info *t = &c->tables[i];

		for (uint32_t r = 0; r < t->table->nrows; r++) {
			size_t at = t->claimed[r] ? RMK_NONE : lookalike_pipe(c, t, r);
			struct rmk_finding *f;
			struct rmk_span span;
			int32_t code;

			if (at == RMK_NONE)
				continue;
			t->claimed[r] = 1;
			span.at = t->table->rows[r].at + (uint32_t)at;
			span.len = (uint32_t)rmk_utf8_decode(
			    c->doc->text, span.at, &code);
			f = check_report(c, i, check_span_place(c->doc, span),
			    check_printf(c,
				"%.*s, only looks like a pipe and divides no cells: it "
				"is shown as text",
				RMK_FMT(check_character_name(c, span.at))));
			if (f) {
				f->found = rmk_doc_str(c->doc, span);
				f->wanted = RMK_STR("|");
				f->hint = RMK_STR("type the plain '|' in its place");
			}
		}
	}
}
