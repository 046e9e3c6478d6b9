// Blank lines between the rows of a table, and at the end of the file.
//
//	| a | 1 |
//	               to GitHub the table ends here, and what follows is text; to the person who
//	| b | 2 |      wrote it these are rows of one table
//
// For the merge the blank lines are taken out of every version, so that a row is the same row
// whether one is before it or not, and they are put back before the rows they stood
// before: like a cell, the one that a side changed. Those at the end of the file are treated
// alike, for nobody wants to decide about them.
#include "merge/merge_internal.h"

// --- at the end ------------------------------------------------------------------------------

static size_t
without_blank_end(struct rmk_str text)
{
	size_t end = text.n;

	while (end > 1 && text.s[end - 1] == '\n') {
		size_t before = end - 1 - (text.s[end - 2] == '\r');

		if (before == 0 || text.s[before - 1] != '\n')
			break;
		end = before;
	}
	return end;
}

struct rmk_str
rmk_merge_cut_end(struct rmk_str texts[3])
{
	struct rmk_str end[3];

	for (int v = RMK_BASE; v <= RMK_THEIRS; v++) {
		size_t at = without_blank_end(texts[v]);

		end[v] = rmk_str_from(texts[v], at);
		texts[v] = rmk_str_part(texts[v], 0, at);
	}
	if (rmk_str_eq(end[RMK_OURS], end[RMK_BASE]))
		return end[RMK_THEIRS];
	if (rmk_str_eq(end[RMK_THEIRS], end[RMK_BASE]))
		return end[RMK_OURS];
	return end[RMK_OURS].n < end[RMK_THEIRS].n ? end[RMK_OURS] : end[RMK_THEIRS];
}

// --- taking them out -------------------------------------------------------------------------

// Whether a block is a paragraph of lines that would be rows.
static bool
is_rows(const struct rmk_doc *doc, const struct rmk_block *b)
{
	if (b->kind != RMK_BLOCK_PARAGRAPH || b->containers)
		return false;
	for (uint32_t i = 0; i < b->nlines; i++) {
		struct rmk_str line = rmk_doc_line(doc, b->line + i);

		if (line.n < 2 || line.s[0] != '|')
			return false;
	}
	return true;
}

static uint32_t
line_start(const struct rmk_doc *doc, uint32_t line)
{
	return doc->lines[line - 1].at;
}

static void
find_gaps(struct rmk_arena *a, const struct rmk_doc *doc, struct rmk_gaps *gaps)
{
	size_t cap = 0;
	bool inside = false; // the rows of a table

	for (size_t i = 0; i + 1 < doc->nblocks; i++) {
		const struct rmk_block *b = &doc->blocks[i], *next = b + 1;
		uint32_t end = b->line + b->nlines, from;

		inside = b->kind == RMK_BLOCK_TABLE ? b->containers == 0
		                                    : inside && is_rows(doc, b);
		if (!inside || next->line <= end || !is_rows(doc, next))
			continue;
		from = line_start(doc, end);
		*RMK_PUSH(a, gaps->v, gaps->n, cap) = (struct rmk_gap){from,
		    rmk_doc_str(doc,
			(struct rmk_span){from, line_start(doc, next->line) - from})};
	}
}

static struct rmk_str
without_gaps(struct rmk_arena *a, struct rmk_str text, struct rmk_gaps *gaps)
{
	struct rmk_buf out = {.arena = a};
	size_t at = 0;

	for (size_t i = 0; i < gaps->n; i++) {
		struct rmk_gap *g = &gaps->v[i];

		rmk_buf_add(&out, rmk_str_part(text, at, g->at - at));
		at = g->at + g->text.n;
		g->at = (uint32_t)rmk_buf_str(&out).n;
	}
	rmk_buf_add(&out, rmk_str_from(text, at));
	return rmk_buf_str(&out);
}

// Every gap is before a row now.
static bool
are_rows(const struct rmk_doc *doc, const struct rmk_gaps *gaps)
{
	size_t found = 0;

	for (size_t t = 0; t < doc->ntables; t++) {
		for (size_t r = 0; r < doc->tables[t].nrows; r++)
			found += rmk_gap_before(gaps, doc->tables[t].rows[r].span.at).n >
			         0;
	}
	return found == gaps->n;
}

void
rmk_merge_close_gaps(struct rmk_arena *a, struct rmk_doc **doc, struct rmk_gaps *out)
{
	struct rmk_gaps gaps = {0};
	struct rmk_doc *closed;

	*out = (struct rmk_gaps){0};
	find_gaps(a, *doc, &gaps);
	if (gaps.n == 0 || rmk_doc_parse(a, (*doc)->path,
			       without_gaps(a, (*doc)->text, &gaps), 0, &closed, NULL))
		return;
	if (closed->ntables != (*doc)->ntables || !are_rows(closed, &gaps))
		return;
	*doc = closed;
	*out = gaps;
}

// --- and back -------------------------------------------------------------------------------

struct rmk_str
rmk_gap_before(const struct rmk_gaps *gaps, uint32_t at)
{
	size_t low = 0, high = gaps ? gaps->n : 0;

	while (low < high) {
		size_t mid = (low + high) / 2;

		if (gaps->v[mid].at < at)
			low = mid + 1;
		else
			high = mid;
	}
	return gaps && low < gaps->n && gaps->v[low].at == at ? gaps->v[low].text
	                                                      : (struct rmk_str){0};
}

void
rmk_gaps_write(struct rmk_buf *out, const struct rmk_doc *doc,
    const struct rmk_gaps *gaps, struct rmk_span span)
{
	uint32_t at = span.at, end = span.at + span.len;

	for (size_t i = 0; gaps && i < gaps->n; i++) {
		if (gaps->v[i].at < at || gaps->v[i].at >= end)
			continue;
		rmk_buf_add(
		    out, rmk_doc_str(doc, (struct rmk_span){at, gaps->v[i].at - at}));
		rmk_buf_add(out, gaps->v[i].text);
		at = gaps->v[i].at;
	}
	rmk_buf_add(out, rmk_doc_str(doc, (struct rmk_span){at, end - at}));
}

static struct rmk_str
gap_of(const struct rmk_plan *p, const struct rmk_merge_row *row, enum rmk_version v)
{
	const struct rmk_row *line = rmk_plan_line(p, row, v);

	return line ? rmk_gap_before(p->v[v].gaps, line->span.at) : (struct rmk_str){0};
}

// The one that a side changed; ours, where both did.
static void
merge_gap(const struct rmk_plan *p, struct rmk_merge_row *row)
{
	struct rmk_str base = gap_of(p, row, RMK_BASE), ours = gap_of(p, row, RMK_OURS);
	struct rmk_str theirs = gap_of(p, row, RMK_THEIRS);

	if (row->at[RMK_OURS] != RMK_NONE &&
	    (row->at[RMK_THEIRS] == RMK_NONE || !rmk_str_eq(ours, base)))
		rmk_plan_more(p, row)->gap = ours;
	else
		rmk_plan_more(p, row)->gap = theirs;
}

// What a side put before a row that the other deleted goes before the next one.
static void
carry_gaps(struct rmk_plan *p, enum rmk_version v)
{
	struct rmk_str carried = {0};

	for (size_t r = 0; r < p->v[v].t->nrows; r++) {
		struct rmk_merge_row *row = &p->rows[p->owner[v][r]];

		if (row->fate == RMK_FATE_GONE) {
			if (gap_of(p, row, RMK_BASE).n == 0 && gap_of(p, row, v).n)
				carried = gap_of(p, row, v);
			continue;
		}
		if (rmk_merge_row_more(row).gap.n == 0)
			rmk_plan_more(p, row)->gap = carried;
		carried = (struct rmk_str){0};
	}
}

void
rmk_plan_gaps(struct rmk_plan *p)
{
	bool any = false;

	for (int v = RMK_BASE; v <= RMK_THEIRS; v++)
		any |= p->v[v].gaps && p->v[v].gaps->n > 0;
	if (!any)
		return;
	for (size_t i = 0; i < p->norder; i++)
		merge_gap(p, &p->rows[p->order[i]]);
	carry_gaps(p, RMK_OURS);
	carry_gaps(p, RMK_THEIRS);
}
