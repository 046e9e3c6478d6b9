// Reading only what differs.
#include "table/patch.h"

#include <string.h>

// Where a line behind row `row` begins; row nrows asks for what follows the last row.
static size_t
row_start(const struct rmk_doc *doc, const struct rmk_table *t, size_t row)
{
	const struct rmk_row *before = row ? &t->rows[row - 1] : &t->delim;

	return before->line < doc->nlines ? doc->lines[before->line].at : doc->text.n;
}

// The rows of the old document that the gap holds.
bool
rmk_patch_find(
    const struct rmk_doc *old, const struct rmk_body_diff *g, struct rmk_patch *p)
{
	const struct rmk_table *t = &old->tables[g->table];
	size_t first = 0, last = t->nrows;

	while (first < last) {
		size_t mid = (first + last) / 2;
		if (row_start(old, t, mid) < g->at)
			first = mid + 1;
		else
			last = mid;
	}
	if (row_start(old, t, first) != g->at)
		return false;
	p->table = g->table;
	p->row = first;
	for (p->nold = 0; row_start(old, t, first + p->nold) < g->old_end; p->nold++) {
		if (first + p->nold >= t->nrows)
			return false;
	}
	return row_start(old, t, first + p->nold) == g->old_end;
}

// Moving what is behind the gap.
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

// The rows of the patched table: those in front, those read anew, those behind.
static void
place_rows(const struct move *m, const struct rmk_patch *p, const struct rmk_row *read,
    const struct rmk_table *old, struct rmk_table *t)
{
	t->nrows = (uint32_t)(old->nrows - p->nold + p->nnew);
	t->rows = rmk_arena_alloc(m->a, t->nrows * sizeof *t->rows);
	if (p->row)
		memcpy(t->rows, old->rows, p->row * sizeof *t->rows);
	if (p->nnew)
		memcpy(t->rows + p->row, read, p->nnew * sizeof *t->rows);
	for (size_t i = p->row + p->nold; i < old->nrows; i++)
		t->rows[i - p->nold + p->nnew] = move_row(m, &old->rows[i]);
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

// The rows that differ, as the new text has them.
static bool
read_gap(struct rmk_arena *a, const struct rmk_doc *old, struct rmk_str text,
    const struct rmk_body_diff *g, struct rmk_patch *p, struct rmk_row **rows)
{
	const struct rmk_table *t = &old->tables[g->table];
	struct rmk_span prefix = {t->delim.span.at, t->delim.at - t->delim.span.at};
	uint32_t line;

	if (!rmk_patch_find(old, g, p))
		return false;
	line = (p->row ? t->rows[p->row - 1].line : t->delim.line) + 1;
	return rmk_bodies_rows(
	    a, text, g->at, g->new_end, rmk_doc_str(old, prefix), line, rows, &p->nnew);
}

struct rmk_doc *
rmk_doc_patch(struct rmk_arena *a, const struct rmk_doc *old, struct rmk_str text,
    struct rmk_patch *out)
{
	struct rmk_doc *new = RMK_NEW(a, struct rmk_doc);
	struct move m = {.a = a, .old = old, .new = new};
	struct rmk_patch p = {0};
	struct rmk_bodies bodies = rmk_bodies_of(a, old);
	struct rmk_row *rows;
	struct rmk_body_diff g;

	if (!rmk_bodies_gap(&bodies, old->text, text, &g) ||
	    !read_gap(a, old, text, &g, &p, &rows))
		return NULL;
	*new = *old;
	new->valid = false;
	new->text = text;
	m.behind = g.old_end;
	m.bytes = (uint32_t)(g.new_end - g.old_end);
	m.lines = (uint32_t)(p.nnew - p.nold);
	new->tables = rmk_arena_alloc(a, old->ntables * sizeof *new->tables);
	for (size_t i = 0; i < old->ntables; i++)
		new->tables[i] = move_table(&m, &old->tables[i]);
	place_rows(&m, &p, rows, &old->tables[p.table], &new->tables[p.table]);
	move_lines(&m, &p, &new->tables[p.table]);
	move_blocks(&m, &p);
	new->notes = rmk_doc_notes_new(a, new);
	*out = p;
	return new;
}

enum rmk_code
rmk_doc_remake(struct rmk_arena *a, const struct rmk_doc *old, struct rmk_str text,
    const struct rmk_doc **out, struct rmk_err *err)
{
	struct rmk_patch unused;
	struct rmk_doc *doc = rmk_doc_patch(a, old, text, &unused);
	enum rmk_code code = RMK_OK;

	if (!doc)
		code = rmk_doc_parse(a, old->path, text, 0, &doc, err);
	if (!code)
		*out = doc;
	return code;
}
