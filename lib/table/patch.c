// Reading only what differs.
//
// The texts are compared from both ends. What lies between, grown to whole lines, must be
// body rows of one table in the old text, and lines that must be rows in the new one.
// Everything behind them is moved by the difference in bytes and lines.
#include "table/patch.h"

#include "base/utf8.h"
#include "gfm/cells.h"

#include <string.h>

// The bytes that differ, in both texts, as whole lines.
struct gap {
	size_t at;
	size_t old_end, new_end;
};

#define STRIDE 64

static size_t
common_front(struct rmk_str a, struct rmk_str b)
{
	size_t n = a.n < b.n ? a.n : b.n, i = 0;

	while (i + STRIDE <= n && memcmp(a.s + i, b.s + i, STRIDE) == 0)
		i += STRIDE;
	while (i < n && a.s[i] == b.s[i])
		i++;
	return i;
}

static size_t
common_back(struct rmk_str a, struct rmk_str b, size_t most)
{
	const char *x = a.s + a.n, *y = b.s + b.n;
	size_t i = 0;

	while (i + STRIDE <= most && memcmp(x - i - STRIDE, y - i - STRIDE, STRIDE) == 0)
		i += STRIDE;
	while (i < most && x[-(ptrdiff_t)i - 1] == y[-(ptrdiff_t)i - 1])
		i++;
	return i;
}

static bool
begins_line(struct rmk_str text, size_t at, size_t front)
{
	return at == front || text.s[at - 1] == '\n';
}

// False when a last line without an end is among what differs.
static bool
find_gap(struct rmk_str old, struct rmk_str new, struct gap *g)
{
	size_t front = common_front(old, new), back;
	const char *lf;

	while (front && old.s[front - 1] != '\n')
		front--;
	back = common_back(old, new, (old.n < new.n ? old.n : new.n) - front);
	if (!begins_line(old, old.n - back, front) ||
	    !begins_line(new, new.n - back, front)) {
		lf = memchr(old.s + old.n - back, '\n', back);
		if (!lf)
			return false;
		back = (size_t)(old.s + old.n - lf - 1);
	}
	g->at = front;
	g->old_end = old.n - back;
	g->new_end = new.n - back;
	return true;
}

// Where a line behind row `row` begins; row nrows asks for what follows the last row.
static size_t
row_start(const struct rmk_doc *doc, const struct rmk_table *t, size_t row)
{
	const struct rmk_row *before = row ? &t->rows[row - 1] : &t->delim;

	return before->line < doc->nlines ? doc->lines[before->line].at : doc->text.n;
}

// The table whose body rows are all that the gap holds of the old text.
static bool
patch_find_rows(const struct rmk_doc *old, const struct gap *g, struct rmk_patch *p)
{
	size_t low = 0, high = old->ntables;

	while (low < high) { // the last table that starts in front of the gap
		size_t mid = (low + high) / 2;
		if (old->tables[mid].header.span.at < g->at)
			low = mid + 1;
		else
			high = mid;
	}
	if (low == 0)
		return false;
	const struct rmk_table *t = &old->tables[low - 1];
	size_t first = 0, last = t->nrows;
	while (first < last) {
		size_t mid = (first + last) / 2;
		if (row_start(old, t, mid) < g->at)
			first = mid + 1;
		else
			last = mid;
	}
	if (t->read_only || row_start(old, t, first) != g->at)
		return false;
	p->table = low - 1;
	p->row = first;
	for (p->nold = 0; row_start(old, t, first + p->nold) < g->old_end; p->nold++) {
		if (first + p->nold >= t->nrows)
			return false;
	}
	return row_start(old, t, first + p->nold) == g->old_end;
}

// Moving what stands behind the gap.
struct move {
	struct rmk_arena *a;
	const struct rmk_doc *old;
	struct rmk_doc *new;
	size_t behind;  // bytes of the old text from here on move
	uint32_t bytes; // by so many, modulo 2^32
	uint32_t lines;
};

static struct rmk_span
move_span(const struct move *m, struct rmk_span span)
{
	if (span.at >= m->behind)
		span.at += m->bytes;
	return span;
}

static struct rmk_row
move_row(const struct move *m, const struct rmk_row *row)
{
	struct rmk_row r = *row;

	if (row->span.at < m->behind)
		return r;
	r.at += m->bytes;
	r.line += m->lines;
	r.span.at += m->bytes;
	r.cells = rmk_arena_alloc(m->a, r.ncells * sizeof *r.cells);
	for (size_t i = 0; i < r.ncells; i++)
		r.cells[i] = (struct rmk_span){
		    row->cells[i].at + m->bytes, row->cells[i].len};
	return r;
}

static struct rmk_table
move_table(const struct move *m, const struct rmk_table *old)
{
	struct rmk_table t = *old;

	if (old->header.span.at < m->behind)
		return t;
	t.header = move_row(m, &old->header);
	t.delim = move_row(m, &old->delim);
	if (t.decl.len)
		t.decl = move_span(m, t.decl);
	t.rows = rmk_arena_alloc(m->a, t.nrows * sizeof *t.rows);
	for (size_t i = 0; i < t.nrows; i++)
		t.rows[i] = move_row(m, &old->rows[i]);
	return t;
}

// A line of the new text that must be a row of the table: see gfm/block_table.c.
static bool
read_row(const struct move *m, const struct rmk_table *t, size_t at, size_t end,
    uint32_t line, struct rmk_row *row)
{
	struct rmk_str text = rmk_str_part(m->new->text, at, end - at), prefix;

	prefix = rmk_doc_str(
	    m->old, (struct rmk_span){t->delim.span.at, t->delim.at - t->delim.span.at});
	if (rmk_str_ends(text, RMK_STR("\r")))
		text.n--;
	if (!rmk_str_starts(text, prefix) || text.n <= prefix.n ||
	    text.s[prefix.n] != '|' || rmk_str_chr(text, '\r') != RMK_NONE ||
	    rmk_str_chr(text, '\0') != RMK_NONE || rmk_utf8_invalid(text) != RMK_NONE)
		return false;
	*row = (struct rmk_row){.line = line,
	    .at = (uint32_t)(at + prefix.n),
	    .span = {(uint32_t)at, (uint32_t)text.n}};
	row->ncells = (uint32_t)rmk_cells_scan(
	    m->new->text, row->at, (uint32_t)(at + text.n), NULL, 0);
	if (row->ncells == 0 || row->ncells > UINT16_MAX)
		return false;
	row->cells = rmk_arena_alloc(m->a, row->ncells * sizeof *row->cells);
	rmk_cells_scan(
	    m->new->text, row->at, (uint32_t)(at + text.n), row->cells, row->ncells);
	return true;
}

static size_t
count_lines(struct rmk_str text, size_t at, size_t end)
{
	size_t n = 0;
	const char *lf;

	for (; at < end; at = (size_t)(lf - text.s) + 1, n++) {
		lf = memchr(text.s + at, '\n', end - at);
		if (!lf)
			break;
	}
	return n;
}

// The rows of the patched table: those in front, those read anew, those behind.
static bool
patch_read_rows(const struct move *m, const struct gap *g, const struct rmk_patch *p,
    const struct rmk_table *old, struct rmk_table *t)
{
	size_t at = g->at;
	uint32_t line = (p->row ? old->rows[p->row - 1].line : old->delim.line) + 1;

	t->nrows = (uint32_t)(old->nrows - p->nold + p->nnew);
	t->rows = rmk_arena_alloc(m->a, t->nrows * sizeof *t->rows);
	if (p->row)
		memcpy(t->rows, old->rows, p->row * sizeof *t->rows);
	for (size_t i = 0; i < p->nnew; i++, line++) {
		const char *lf = memchr(m->new->text.s + at, '\n', m->new->text.n - at);
		size_t end = (size_t)(lf - m->new->text.s);
		if (!read_row(m, old, at, end, line, &t->rows[p->row + i]))
			return false;
		at = end + 1;
	}
	for (size_t i = p->row + p->nold; i < old->nrows; i++)
		t->rows[i - p->nold + p->nnew] = move_row(m, &old->rows[i]);
	return true;
}

static void
move_lines(const struct move *m, const struct rmk_patch *p, const struct rmk_table *t)
{
	const struct rmk_doc *old = m->old;
	struct rmk_doc *new = m->new;
	size_t first = (p->row ? t->rows[p->row - 1].line : t->delim.line);

	new->nlines = old->nlines - p->nold + p->nnew;
	new->lines = rmk_arena_alloc(m->a, new->nlines * sizeof *new->lines);
	memcpy(new->lines, old->lines, first * sizeof *new->lines);
	for (size_t i = 0; i < p->nnew; i++)
		new->lines[first + i] = t->rows[p->row + i].span;
	for (size_t i = first + p->nold; i < old->nlines; i++)
		new->lines[i - p->nold + p->nnew] = move_span(m, old->lines[i]);
}

// Raw text of headings points into the text.
static struct rmk_str
move_text(const struct move *m, struct rmk_str text)
{
	size_t at = (size_t)(text.s - m->old->text.s);

	if (text.s < m->old->text.s || at > m->old->text.n)
		return text;
	return rmk_str_part(
	    m->new->text, at >= m->behind ? (uint32_t)(at + m->bytes) : at, text.n);
}

static void
move_blocks(const struct move *m, const struct rmk_patch *p)
{
	const struct rmk_doc *old = m->old;
	struct rmk_doc *new = m->new;
	uint32_t line = old->tables[p->table].delim.line;

	new->headings = rmk_arena_alloc(m->a, old->nheadings * sizeof *new->headings);
	for (size_t i = 0; i < old->nheadings; i++) {
		struct rmk_heading h = old->headings[i];
		h.text = move_text(m, h.text);
		h.line += h.line > line ? m->lines : 0;
		new->headings[i] = h;
	}
	new->blocks = rmk_arena_alloc(m->a, old->nblocks * sizeof *new->blocks);
	for (size_t i = 0; i < old->nblocks; i++) {
		struct rmk_block b = old->blocks[i];
		b.line += b.line > line ? m->lines : 0;
		b.nlines += i == old->tables[p->table].block ? m->lines : 0;
		new->blocks[i] = b;
	}
}

struct rmk_doc *
rmk_doc_patch(struct rmk_arena *a, const struct rmk_doc *old, struct rmk_str text,
    struct rmk_patch *out)
{
	struct rmk_doc *new = RMK_NEW(a, struct rmk_doc);
	struct move m = {.a = a, .old = old, .new = new};
	struct rmk_patch p = {0};
	struct gap g;

	if (!old->parsed || old->footnotes || old->text.n == 0 || text.n == 0 ||
	    text.n > RMK_MAX_FILE || !find_gap(old->text, text, &g) ||
	    !patch_find_rows(old, &g, &p))
		return NULL;
	*new = *old;
	new->text = text;
	p.nnew = count_lines(text, g.at, g.new_end);
	m.behind = g.old_end;
	m.bytes = (uint32_t)(g.new_end - g.old_end);
	m.lines = (uint32_t)(p.nnew - p.nold);
	new->tables = rmk_arena_alloc(a, old->ntables * sizeof *new->tables);
	for (size_t i = 0; i < old->ntables; i++)
		new->tables[i] = move_table(&m, &old->tables[i]);
	if (!patch_read_rows(&m, &g, &p, &old->tables[p.table], &new->tables[p.table]))
		return NULL;
	move_lines(&m, &p, &new->tables[p.table]);
	move_blocks(&m, &p);
	*out = p;
	return new;
}
