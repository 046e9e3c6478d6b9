// Rows that fell out of a table: they stand behind it and are shown as text.
//
//	| 1 | 2 |
//	                 a blank line, a comment, a list, a fence, ...
//	| 3 | 4 |        lost
//
// Whatever ends a table, what looks like its rows up to the next table is looked at: a line with
// a pipe at either end is a row for certain, others may be sentences. What begins a section or a
// place of its own (a quote, a list item) is no part of the table.
#include "check/check_context.h"

#include <string.h>

// The rows lost behind one table.
struct lost_rows {
	size_t table;
	const struct rmk_table *t;
	struct row_shape header;
	struct rmk_str prefix; // of the header's line, up to its content
	uint32_t end;          // the table's last line
	uint32_t *lines;       // [n] that are lost
	size_t n, cap;
	const struct rmk_block *in; // the block of the first
	bool sure;
	bool apart; // text of its own is between
};

static uint32_t
last_table_line(const struct rmk_table *t)
{
	return t->nrows ? t->rows[t->nrows - 1].line : t->delim.line;
}

static bool
is_blank_line(const struct rmk_doc *doc, uint32_t line)
{
	return line < 1 || line > doc->nlines ||
	       rmk_str_trim(rmk_doc_line(doc, line)).n == 0;
}

// --- which lines --------------------------------------------------------------

static bool
is_whole_row(const struct row_line *line)
{
	return line->shape.leads && line->shape.closes && line->shape.cells > 1;
}

// Whether a line looks like a row of the table: whole, or of its cells in its style. A sentence
// may have pipes in code.
static bool
looks_like_row(const struct lost_rows *lost, const struct row_line *line)
{
	size_t pipe;

	if (line->delim != DELIM_NONE || line->shape.pipes == 0)
		return false;
	if (is_whole_row(line) && !lost->apart)
		return true;
	if (line->shape.cells != lost->t->ncols || (lost->apart && !is_whole_row(line)) ||
	    (!line->shape.leads && check_code_pipes(line->text, &pipe, 1)))
		return false;
	return line->shape.leads == lost->header.leads || line->shape.cells >= 3;
}

// Whether a line is in a quote or list item that the table is not in. A line that goes on
// lazily, without the marks of what it is in, is where the table is.
static bool
is_elsewhere(const struct rmk_doc *doc, const struct lost_rows *lost,
    const struct rmk_block *b, uint32_t number, const struct row_line *line)
{
	unsigned more = b->containers & ~lost->t->containers;

	if (!more || b->line == lost->end + 1)
		return false;
	return number == b->line ||
	       !rmk_str_eq(rmk_str_part(rmk_doc_line(doc, number), 0, line->shape.at),
		   lost->prefix);
}

// A fence that a row opened, or that nothing closes, holds no example.
static bool
swallows_rows(
    const struct rmk_doc *doc, const struct lost_rows *lost, const struct rmk_block *b)
{
	struct rmk_str first = rmk_str_trim(rmk_doc_line(doc, b->line));
	struct rmk_str last = rmk_str_trim(rmk_doc_line(doc, b->line + b->nlines - 1));

	if (b->line == lost->end + 1 && memchr(first.s, '|', first.n))
		return true;
	for (uint32_t k = b->line + b->nlines; k <= doc->nlines; k++)
		if (!is_blank_line(doc, k))
			return false;
	return b->nlines > 1 && !rmk_str_starts(last, rmk_str_part(first, 0, 3));
}

// Whether rows may have fallen into a block. A block of code behind a blank line shows what it
// holds, perhaps.
static bool
may_hold_rows(
    const struct rmk_doc *doc, const struct lost_rows *lost, const struct rmk_block *b)
{
	switch (b->kind) {
	case RMK_BLOCK_PARAGRAPH:
	case RMK_BLOCK_HTML:
	case RMK_BLOCK_HEADING:
		return true;
	case RMK_BLOCK_FENCE:
		return !lost->apart && swallows_rows(doc, lost, b);
	case RMK_BLOCK_CODE:
		return b == &doc->blocks[lost->t->block + 1];
	default:
		return false;
	}
}

// --- what ended the table -----------------------------------------------------

static bool
is_comment(const struct rmk_doc *doc, uint32_t line)
{
	return rmk_str_find(rmk_doc_line(doc, line), RMK_STR("<!--")) != RMK_NONE;
}

// The kind of what is at the table's end, with its article.
static const char *
block_name(const struct rmk_doc *doc, const struct lost_rows *lost, uint32_t line)
{
	const struct rmk_block *b = check_block_at(doc, line);

	if (rmk_str_eq(rmk_str_trim(rmk_doc_line(doc, line)), RMK_STR("|")))
		return "a pipe alone";
	if (b == NULL)
		return "what stands between";
	if (b->containers & ~lost->t->containers & RMK_IN_QUOTE)
		return "a quote";
	if (b->containers & ~lost->t->containers & RMK_IN_LIST)
		return "a list";
	if (b->containers & ~lost->t->containers & RMK_IN_FOOTNOTE)
		return "a footnote";
	switch (b->kind) {
	case RMK_BLOCK_HEADING:
		return "a heading";
	case RMK_BLOCK_CODE:
		return "an indent of four or more";
	case RMK_BLOCK_FENCE:
		return "a fence";
	case RMK_BLOCK_HTML:
		return is_comment(doc, b->line) ? "a comment" : "HTML";
	case RMK_BLOCK_BREAK:
		return "a thematic break";
	default:
		return "text";
	}
}

// What the row lacks of the mark or indent that the table's lines begin with, or NULL.
static const char *
missing_mark(const struct lost_rows *lost)
{
	unsigned less = lost->t->containers & ~lost->in->containers;

	if (less & RMK_IN_QUOTE)
		return "it lacks the '>' of the table";
	if (less & (RMK_IN_LIST | RMK_IN_FOOTNOTE))
		return "it lacks the indent of the table";
	return NULL;
}

// Words for what cut the rows off, and what undoes it.
static void
explain_cut(struct rmk_checking *c, const struct lost_rows *lost, const char **by,
    struct rmk_str *hint)
{
	const struct rmk_doc *doc = c->doc;
	const char *mark = missing_mark(lost);
	uint32_t k = lost->end + 1;

	while (k < lost->lines[0] && is_blank_line(doc, k))
		k++;
	*hint = check_printf(c, "move %s up to the table, which ends on line %u",
	    lost->n == 1 ? "it" : "them", lost->end);
	*by = block_name(doc, lost, k);
	if (k < lost->lines[0])
		return;
	if (mark) {
		*by = NULL;
		*hint = check_printf(
		    c, "%s: begin the line as line %u does", mark, lost->end);
	} else if (lost->in->kind == RMK_BLOCK_CODE) {
		*hint = check_printf(c,
		    "take the indent away%s: the table ends on line %u",
		    k > lost->end + 1 ? " and the blank line" : "", lost->end);
	} else if (k > lost->end + 1) {
		*by = "a blank line";
		*hint = check_printf(
		    c, "take the blank line out: the table ends on line %u", lost->end);
	}
}

static void
report_lost(struct rmk_checking *c, const struct lost_rows *lost)
{
	const char *by;
	struct rmk_finding *f;
	struct rmk_str hint, cut;

	explain_cut(c, lost, &by, &hint);
	cut = by ? check_printf(c, " by %s", by) : (struct rmk_str){"", 0};
	f = check_report(c, lost->table, check_line_place(c->doc, lost->lines[0]),
	    lost->sure
		? check_printf(c, "%zu row%s cut off from the table%.*s: shown as %s",
		      lost->n, lost->n == 1 ? "" : "s", RMK_FMT(cut),
		      lost->in->kind == RMK_BLOCK_FENCE ? "code" : "text")
		: check_printf(c, "perhaps a row that is cut off from the table%.*s",
		      RMK_FMT(cut)));
	if (f == NULL)
		return;
	if (!lost->sure)
		f->level = RMK_WARN;
	f->hint = hint;
	check_also(c, f, check_line_place(c->doc, lost->end));
	for (size_t i = 1; i < lost->n; i++)
		if (lost->lines[i] != lost->lines[i - 1] + 1)
			check_also(c, f, check_line_place(c->doc, lost->lines[i]));
}

// --- the walk behind a table --------------------------------------------------

// The rows in one block, from the first that looks like one on; false where a table of its own
// begins, of which the search is over.
static bool
find_lost_rows(struct rmk_checking *c, struct lost_rows *lost, const struct rmk_block *b)
{
	uint32_t end = b->line + b->nlines, n = 0;
	bool styled = true, divided = false; // by '|' alone

	for (uint32_t k = b->line; k < end; k++) {
		struct row_line line = check_read_line(c, k);

		if (k > b->line && line.delim != DELIM_NONE && line.shape.pipes) {
			lost->n -= n > 0; // the row above is its header
			return false;
		}
		if (c->told[k] || check_is_literal(c, k) ||
		    !looks_like_row(lost, &line) ||
		    is_elsewhere(c->doc, lost, b, k, &line)) {
			divided |= n == 0 && check_is_lone_pipe(&line);
			styled = styled && n == 0 && check_is_lone_pipe(&line);
			continue;
		}
		styled = styled && line.shape.leads == lost->header.leads;
		lost->in = lost->n ? lost->in : b;
		*RMK_PUSH(c->a, lost->lines, lost->n, lost->cap) = k;
		n++;
		lost->sure |= is_whole_row(&line) && b->kind != RMK_BLOCK_CODE;
	}
	// Several in the style of the table, and nothing else, are no sentences.
	lost->sure |= n > (divided ? 0 : 1) && styled && b->kind != RMK_BLOCK_CODE;
	lost->sure |= n > 0 && b->kind == RMK_BLOCK_CODE && b->line == lost->end + 1;
	return true;
}

// Whether a block behind the table begins a section, or the next table.
static bool
ends_search(const struct lost_rows *lost, const struct rmk_block *b)
{
	return b->kind == RMK_BLOCK_TABLE ||
	       (b->kind == RMK_BLOCK_HEADING && b->line > lost->end + 1);
}

static void
check_behind(struct rmk_checking *c, size_t table)
{
	const struct rmk_table *t = &c->doc->tables[table];
	struct lost_rows lost = {.table = table, .t = t, .end = last_table_line(t)};

	if (t->block + 1 == c->doc->nblocks ||
	    ends_search(&lost, &c->doc->blocks[t->block + 1]))
		return;
	lost.header = check_row_shape(rmk_doc_str(c->doc, t->header.span));
	lost.prefix = rmk_str_part(
	    c->doc->text, t->header.span.at, t->header.at - t->header.span.at);
	for (size_t i = t->block + 1; i < c->doc->nblocks; i++) {
		const struct rmk_block *b = &c->doc->blocks[i];
		size_t before = lost.n;

		if (ends_search(&lost, b) ||
		    (may_hold_rows(c->doc, &lost, b) && !find_lost_rows(c, &lost, b)))
			break;
		// Text behind a blank line has its own place on the page.
		lost.apart |= lost.n == before && b->kind == RMK_BLOCK_PARAGRAPH &&
		              b->line > lost.end + 1 &&
		              is_blank_line(c->doc, b->line - 1);
	}
	for (size_t i = 0; i < lost.n; i++)
		c->told[lost.lines[i]] = 1;
	if (lost.n)
		report_lost(c, &lost);
}

void
check_split_table(struct rmk_checking *c)
{
	for (size_t i = 0; i < c->doc->ntables; i++)
		check_behind(c, i);
}
