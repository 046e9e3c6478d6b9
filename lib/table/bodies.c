// Comparing two texts by the bodies of their tables: see bodies.h.
//
// The texts are compared from both ends. What lies between is grown to whole lines.
#include "table/bodies.h"

#include "base/utf8.h"
#include "gfm/cells.h"

#include <string.h>

#define STRIDE 64

// Where the line behind the given one begins.
static uint32_t
line_behind(const struct rmk_doc *doc, uint32_t line)
{
	return line < doc->nlines ? doc->lines[line].at : (uint32_t)doc->text.n;
}

struct rmk_bodies
rmk_bodies_of(struct rmk_arena *a, const struct rmk_doc *doc)
{
	struct rmk_bodies b = {rmk_arena_alloc(a, doc->ntables * sizeof *b.v),
	    doc->ntables, !doc->parsed || doc->footnotes};

	for (size_t i = 0; i < b.n; i++) {
		const struct rmk_table *t = &doc->tables[i];
		uint32_t last = t->nrows ? t->rows[t->nrows - 1].line : t->delim.line;
		b.v[i] = (struct rmk_body){.head = t->header.span.at,
		    .at = line_behind(doc, t->delim.line),
		    .end = line_behind(doc, last),
		    .prefix = {t->delim.span.at, t->delim.at - t->delim.span.at},
		    .nrows = t->nrows,
		    .ncols = (uint32_t)t->ncols,
		    .fixed = t->read_only};
	}
	return b;
}

// --- the gap --------------------------------------------------------------------

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
find_lines(struct rmk_str old, struct rmk_str new, struct rmk_body_diff *g)
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

bool
rmk_bodies_gap(const struct rmk_bodies *old, struct rmk_str old_text,
    struct rmk_str new_text, struct rmk_body_diff *out)
{
	size_t low = 0, high = old->n;
	const struct rmk_body *b;

	if (old->fixed || old_text.n == 0 || new_text.n == 0 ||
	    new_text.n > RMK_MAX_FILE || !find_lines(old_text, new_text, out))
		return false;
	while (low < high) { // the last body that begins at the gap or in front of it
		size_t mid = (low + high) / 2;
		if (old->v[mid].at <= out->at)
			low = mid + 1;
		else
			high = mid;
	}
	if (low == 0)
		return false;
	b = &old->v[low - 1];
	out->table = low - 1;
	return !b->fixed && out->at <= b->end && out->old_end <= b->end;
}

// --- rows -----------------------------------------------------------------------

// A line that must be a row of the table: see outline_table.c.
static bool
read_row(struct rmk_arena *a, struct rmk_str text, size_t at, size_t end,
    struct rmk_str prefix, struct rmk_row *row)
{
	struct rmk_str line = rmk_str_part(text, at, end - at);

	if (rmk_str_ends(line, RMK_STR("\r")))
		line.n--;
	if (!rmk_str_starts(line, prefix) || line.n <= prefix.n ||
	    line.s[prefix.n] != '|' || rmk_str_chr(line, '\r') != RMK_NONE ||
	    rmk_str_chr(line, '\0') != RMK_NONE || rmk_utf8_invalid(line) != RMK_NONE)
		return false;
	*row = (struct rmk_row){
	    .at = (uint32_t)(at + prefix.n), .span = {(uint32_t)at, (uint32_t)line.n}};
	row->ncells = (uint32_t)rmk_cells_scan(
	    text, row->at, (uint32_t)(at + line.n), NULL, 0);
	if (row->ncells == 0 || row->ncells > UINT16_MAX)
		return false;
	row->cells = rmk_arena_alloc(a, row->ncells * sizeof *row->cells);
	rmk_cells_scan(text, row->at, (uint32_t)(at + line.n), row->cells, row->ncells);
	return true;
}

bool
rmk_bodies_row(struct rmk_arena *a, struct rmk_str text, size_t *at, size_t end,
    struct rmk_str prefix, struct rmk_row *row)
{
	const char *lf = memchr(text.s + *at, '\n', end - *at);
	size_t stop = lf ? (size_t)(lf - text.s) : end;

	if (!read_row(a, text, *at, stop, prefix, row))
		return false;
	*at = stop + 1;
	return true;
}

bool
rmk_bodies_rows(struct rmk_arena *a, struct rmk_str text, size_t at, size_t end,
    struct rmk_str prefix, uint32_t line, struct rmk_row **rows, size_t *n)
{
	size_t cap = 0;

	*rows = NULL;
	*n = 0;
	while (at < end) {
		struct rmk_row row;
		if (!rmk_bodies_row(a, text, &at, end, prefix, &row))
			return false;
		row.line = line++;
		*RMK_PUSH(a, *rows, *n, cap) = row;
	}
	return true;
}

struct rmk_bodies
rmk_bodies_moved(struct rmk_arena *a, const struct rmk_bodies *old,
    const struct rmk_body_diff *gap, uint32_t more)
{
	struct rmk_bodies b = {
	    rmk_arena_alloc(a, old->n * sizeof *b.v), old->n, old->fixed};
	uint32_t bytes = (uint32_t)(gap->new_end - gap->old_end);

	memcpy(b.v, old->v, old->n * sizeof *b.v);
	b.v[gap->table].end += bytes;
	b.v[gap->table].nrows += more;
	for (size_t i = gap->table + 1; i < b.n; i++) {
		b.v[i].head += bytes;
		b.v[i].at += bytes;
		b.v[i].end += bytes;
		b.v[i].prefix.at += bytes;
	}
	return b;
}
