// Rows before and after, line by line.
#include "check/layout_gate.h"

#include "base/buf.h"

#include <string.h>

struct rmk_str
check_splice_text(
    struct rmk_arena *a, struct rmk_str text, const struct rmk_splice *v, size_t n)
{
	struct rmk_buf out = {.arena = a};
	size_t at = 0;

	for (size_t i = 0; i < n; i++) {
		rmk_buf_add(&out, rmk_str_part(text, at, v[i].span.at - at));
		rmk_buf_add(&out, v[i].text);
		at = (size_t)v[i].span.at + v[i].span.len;
	}
	rmk_buf_add(&out, rmk_str_from(text, at));
	return rmk_buf_str(&out);
}

static size_t
count_line_ends(struct rmk_str text)
{
	size_t n = 0;

	for (size_t i = 0; i < text.n; i++)
		n += text.s[i] == '\n' ||
		     (text.s[i] == '\r' && (i + 1 == text.n || text.s[i + 1] != '\n'));
	return n;
}

// The row on each line of a document, by line; NULL where there is none.
static const struct rmk_row **
rows_by_line(struct rmk_arena *a, const struct rmk_doc *doc)
{
	const struct rmk_row **rows = rmk_arena_zero(a, doc->nlines + 2, sizeof *rows);

	for (size_t t = 0; t < doc->ntables; t++) {
		rows[doc->tables[t].header.line] = &doc->tables[t].header;
		for (uint32_t r = 0; r < doc->tables[t].nrows; r++)
			rows[doc->tables[t].rows[r].line] = &doc->tables[t].rows[r];
	}
	return rows;
}

static bool
layout_same_cells(const struct rmk_doc *a, const struct rmk_row *x,
    const struct rmk_doc *b, const struct rmk_row *y)
{
	if (y == NULL || x->ncells != y->ncells)
		return false;
	for (uint32_t i = 0; i < x->ncells; i++)
		if (!rmk_str_eq(rmk_doc_str(a, x->cells[i]), rmk_doc_str(b, y->cells[i])))
			return false;
	return true;
}

// A row without a pipe is text that a blank line gives back to the page.
static bool
is_text(const struct rmk_doc *doc, const struct rmk_row *row)
{
	return memchr(doc->text.s + row->span.at, '|', row->span.len) == NULL;
}

// Every line moves by as many as were put in before it.
bool
check_keeps_rows(struct rmk_arena *a, const struct rmk_doc *old,
    const struct rmk_doc *new_, const struct rmk_splice *v, size_t n)
{
	const struct rmk_row **before = rows_by_line(a, old),
			     **after = rows_by_line(a, new_);
	size_t next = 0, shift = 0;

	for (uint32_t line = 1; line <= old->nlines; line++) {
		struct rmk_span span = old->lines[line - 1];
		bool spliced = false;

		for (; next < n && v[next].span.at <= span.at + span.len; next++) {
			shift += count_line_ends(v[next].text) -
			         count_line_ends(rmk_doc_str(old, v[next].span));
			spliced = spliced || v[next].span.at > span.at;
		}
		if (before[line] == NULL || spliced)
			continue;
		if (line + shift > new_->nlines ||
		    (!layout_same_cells(old, before[line], new_, after[line + shift]) &&
			!is_text(old, before[line])))
			return false;
	}
	return true;
}
