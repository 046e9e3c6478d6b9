// Tables: where their rows and cells are, held against what the parser found.
//
// cmark-gfm turns a paragraph into a table at its delimiter row; the line before is the
// header. From there on a line that begins with the same bytes P as the delimiter row did,
// up to its first content, and goes on with '|', must be a row if it has a cell at all:
// the containers are the same, '|' begins no other block, the indent is the same. It is
// recorded without asking the parser, which saves most of the time tables take. Each other
// line is fed.
//
// Every cell that is found here is compared with the parser's, where it has one. If ever
// they differ, the table can be read but not written.
#include "gfm/block_scan_state.h"

#include "gfm/cells.h"

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm-extension_api.h>
#include <cmark-gfm.h>
#include <string.h>

extern cmark_node_type CMARK_NODE_TABLE;

// cmark-gfm counts a row's cells in 16 bits.
#define MOST_CELLS 65535
// Room for cells is taken from the arena so many at a time.
#define CELLS_A_TIME 4096

// So many rows beside are looked at for one that is the same line; and so many more in all.
#define BESIDE 8
#define MOST_BESIDE 1024

// GitHub completes no more cells of short rows in a table: what follows is no row any more.
#define MOST_MISSING 0x80000

static const char unsure[] = "the parser reads its cells differently";

// Room for n cells of what begins at `at`, in the document's arena.
static void
more_cells(struct block_scan *w, uint32_t at, size_t n)
{
	w->room = (w->text.n - at) / 4 + 1;
	if (w->room > CELLS_A_TIME)
		w->room = CELLS_A_TIME;
	if (w->room < n)
		w->room = n;
	w->spans = rmk_arena_alloc(w->a, w->room * sizeof *w->spans);
}

static struct rmk_span *
take_cells(struct block_scan *w, size_t n)
{
	struct rmk_span *cells = w->spans;

	w->spans += n;
	w->room -= n;
	return cells;
}

// The cells of [at, end).
static struct rmk_span *
scan_cells(struct block_scan *w, uint32_t at, uint32_t end, uint32_t *ncells)
{
	size_t n = rmk_cells_scan(w->text, at, end, w->spans, w->room);

	if (n > w->room || !w->spans) {
		more_cells(w, at, n);
		rmk_cells_scan(w->text, at, end, w->spans, w->room);
	}
	*ncells = (uint32_t)n;
	return take_cells(w, n);
}

static void
make_row(struct block_scan *w, uint32_t line, uint32_t at, struct rmk_row *row)
{
	struct rmk_span span = w->out->lines[line];

	*row = (struct rmk_row){.line = line + 1, .at = span.at + at, .span = span};
	row->cells = scan_cells(w, row->at, span.at + span.len, &row->ncells);
}

// --- rows that another text has too -------------------------------------------

// The table that was begun has the one beside it.
static void
begin_beside(struct block_scan *w)
{
	w->row_beside = w->looks_left = 0;
	if (w->beside && w->ntables <= w->beside->ntables)
		w->tables[w->ntables - 1].beside = &w->beside->tables[w->ntables - 1];
}

// The row beside this one that is the same bytes; NULL: it is not near. Where many were found, more
// are looked at for the next.
static const struct rmk_row *
find_beside(struct block_scan *w, struct rmk_str line)
{
	const struct rmk_table *t = w->tables[w->ntables - 1].beside;
	size_t most = BESIDE + w->looks_left;

	for (size_t i = 0; t && i < most && w->row_beside + i < t->nrows; i++) {
		const struct rmk_row *row = &t->rows[w->row_beside + i];

		if (row->at - row->span.at == w->prefix.n &&
		    rmk_str_eq(rmk_str_at(w->beside->text, row->span), line)) {
			w->row_beside += i + 1;
			w->looks_left += w->looks_left < MOST_BESIDE;
			return row;
		}
		w->looks_left -= i >= BESIDE;
	}
	return NULL;
}

// The same bytes have the same cells, as far from the start of their line. False: there are none.
static bool
take_beside(struct block_scan *w, uint32_t line, struct rmk_row *row)
{
	struct rmk_span span = w->out->lines[line];
	const struct rmk_row *beside = find_beside(w, rmk_str_at(w->text, span));
	uint32_t more;

	if (!beside)
		return false;
	more = span.at - beside->span.at; // modulo 2^32
	*row = (struct rmk_row){.line = line + 1,
	    .at = beside->at + more,
	    .span = span,
	    .ncells = beside->ncells,
	    .beside = (uint32_t)w->row_beside};
	if (row->ncells > w->room)
		more_cells(w, row->at, row->ncells);
	row->cells = take_cells(w, row->ncells);
	for (uint32_t i = 0; i < row->ncells; i++)
		row->cells[i] = (struct rmk_span){
		    beside->cells[i].at + more, beside->cells[i].len};
	return true;
}

// --- held against the parser ---------------------------------------------------

// Whether raw, with '\|' read as '|', is content.
static bool
is_content(struct rmk_str raw, const char *content)
{
	for (size_t i = 0; i < raw.n; i++) {
		if (raw.s[i] == '\\' && i + 1 < raw.n && raw.s[i + 1] == '|')
			i++;
		if (*content++ != raw.s[i])
			return false;
	}
	return *content == '\0';
}

// Cells that a short row lacks have nodes too, whose content is not even initialised.
static bool
block_table_same_cells(struct block_scan *w, const struct rmk_row *row, cmark_node *node)
{
	cmark_node *cell = cmark_node_first_child(node);

	for (uint32_t i = 0; cell && i < row->ncells; i++, cell = cmark_node_next(cell))
		if (!is_content(rmk_str_at(w->text, row->cells[i]),
			cmark_node_get_string_content(cell)))
			return false;
	return true;
}

// --- the head of a table -----------------------------------------------------

// Where a line's content starts when the hook was not called on it.
static uint32_t
behind_prefix(struct block_scan *w, uint32_t line)
{
	struct rmk_str text = rmk_str_at(w->text, w->out->lines[line]);
	uint32_t at = 0;

	while (at < text.n && strchr(" \t>", text.s[at]))
		at++;
	return at;
}

// A row of the head must have ncols cells; what is made up to that end is marked unsure.
static void
fit_row(struct block_scan *w, struct rmk_table *t, struct rmk_row *row)
{
	struct rmk_span *cells = RMK_NEW_N(w->a, struct rmk_span, t->ncols);

	for (uint32_t i = 0; i < t->ncols; i++)
		cells[i] = i < row->ncells ? row->cells[i]
		                           : (struct rmk_span){row->at, 0};
	row->cells = cells;
	row->ncells = t->ncols;
	t->read_only = unsure;
}

// A header that continues its paragraph lazily keeps the white space it begins with,
// which makes a cell of its own in front of a pipe. So it is tried both ways.
static void
make_header(struct block_scan *w, struct rmk_table *t, cmark_node *node)
{
	uint32_t line = w->line - 1;
	struct line_seen seen = w->before;
	uint32_t at[2];

	if (!seen.fired)
		seen.first = seen.offset = behind_prefix(w, line);
	at[0] = seen.first;
	at[1] = seen.offset;
	for (int i = 0; i < 2; i++) {
		make_row(w, line, at[i], &t->header);
		if (t->header.ncells == t->ncols &&
		    block_table_same_cells(w, &t->header, node))
			return;
	}
	fit_row(w, t, &t->header);
}

static uint8_t
block_table_align_of(uint8_t letter)
{
	switch (letter) {
	case 'l':
		return RMK_ALIGN_LEFT;
	case 'c':
		return RMK_ALIGN_CENTER;
	case 'r':
		return RMK_ALIGN_RIGHT;
	}
	return RMK_ALIGN_NONE;
}

static void
begin_table(struct block_scan *w, cmark_node *node)
{
	struct rmk_table *t = RMK_PUSH(&w->scratch, w->tables, w->ntables, w->tables_cap);
	const uint8_t *aligns = cmark_gfm_extensions_get_table_alignments(node);

	*t = (struct rmk_table){.heading = RMK_NONE, .block = RMK_NONE};
	t->ncols = cmark_gfm_extensions_get_table_columns(node);
	t->aligns = rmk_arena_alloc(w->a, t->ncols);
	for (uint32_t i = 0; i < t->ncols; i++)
		t->aligns[i] = block_table_align_of(aligns[i]);
	make_header(w, t, cmark_node_first_child(node));
	make_row(w, w->line, w->seen.first, &t->delim);
	if (t->delim.ncells != t->ncols)
		fit_row(w, t, &t->delim);
	w->table = node;
	w->missing = 0;
	begin_beside(w);
	w->prefix = (struct rmk_str){w->text.s + t->delim.span.at, w->seen.first};
}

// --- body rows ---------------------------------------------------------------

// Whether a line is a row that need not be fed: a '|' alone has no cell.
static inline bool
is_unfed(struct block_scan *w, size_t line)
{
	struct rmk_str text = rmk_str_at(w->text, w->out->lines[line]);
	size_t at = w->prefix.n;

	if (text.n <= at || text.s[at] != '|' ||
	    (at && memcmp(text.s, w->prefix.s, at) != 0))
		return false;
	do
		at++;
	while (at < text.n && (text.s[at] == ' ' || text.s[at] == '\t' ||
				  text.s[at] == '\v' || text.s[at] == '\f'));
	return at < text.n;
}

static void
grow_rows(struct block_scan *w, size_t more)
{
	size_t cap = w->nrows + more;

	if (cap < 2 * w->nrows)
		cap = 2 * w->nrows;
	if (cap < w->nrows + 4)
		cap = w->nrows + 4;
	w->rows = rmk_arena_grow(
	    w->a, w->rows, w->nrows * sizeof *w->rows, cap * sizeof *w->rows);
	w->rows_cap = cap;
}

// A row is read into its place among the rows that are kept, and stays there.
static struct rmk_row *
row_place(struct block_scan *w)
{
	if (w->heads)
		return &w->row;
	if (w->nrows == w->rows_cap)
		grow_rows(w, 1);
	return &w->rows[w->nrows];
}

static inline void
block_table_add_row(struct block_scan *w, const struct rmk_row *row)
{
	uint32_t ncols = w->tables[w->ntables - 1].ncols;

	if (row->ncells < ncols)
		w->missing += ncols - row->ncells;
	if (w->missing > MOST_MISSING)
		rmk_scan_give_up(
		    w, row->line - 1, "over %d cells missing in a table", MOST_MISSING);
	if (w->heads) {
		w->spans -= row->ncells;
		w->room += row->ncells;
	}
	w->nrows++;
}

// Rows that were compared are taken from the tree, all but the last: the parser still
// works on that one.
static void
add_fed_row(struct block_scan *w)
{
	struct rmk_row *row = row_place(w);
	cmark_node *node = cmark_node_last_child(w->table);

	make_row(w, w->line, w->seen.first, row);
	if (!block_table_same_cells(w, row, node))
		w->tables[w->ntables - 1].read_only = unsure;
	block_table_add_row(w, row);
	if (cmark_node_previous(node))
		cmark_node_free(cmark_node_previous(node));
}

static uint32_t
unfed_end(struct block_scan *w, uint32_t line)
{
	while (line < w->out->nlines && is_unfed(w, line))
		line++;
	return line;
}

// The rows line..end. As they are counted first, most tables need no second try for room.
static void
read_unfed_rows(struct block_scan *w, uint32_t line, uint32_t end)
{
	bool beside = w->tables[w->ntables - 1].beside;

	if (!w->heads && end - line > w->rows_cap - w->nrows)
		grow_rows(w, end - line);
	for (; line < end; line++) {
		struct rmk_row *row = row_place(w);

		if (!beside || !take_beside(w, line, row))
			make_row(w, line, (uint32_t)w->prefix.n, row);
		if (row->ncells > MOST_CELLS)
			rmk_scan_give_up(w, line, "over %d cells in a row", MOST_CELLS);
		block_table_add_row(w, row);
	}
}

uint32_t
rmk_scan_unfed_rows(struct block_scan *w, uint32_t line)
{
	uint32_t end = unfed_end(w, line);

	read_unfed_rows(w, line, end);
	return end;
}

static void
keep_rows(struct block_scan *w)
{
	struct rmk_table *t = w->tables + w->ntables - 1;

	t->nrows = (uint32_t)w->nrows;
	t->rows = w->rows;
	w->rows = NULL;
	w->nrows = w->rows_cap = 0;
}

void
rmk_scan_end_table(struct block_scan *w)
{
	if (w->table)
		keep_rows(w);
	w->table = NULL;
}

void
rmk_scan_tables(struct block_scan *w)
{
	if (w->row_of && w->row_of == w->table) {
		add_fed_row(w);
		return;
	}
	rmk_scan_end_table(w);
	if (w->paragraph && cmark_node_get_type(w->paragraph) == CMARK_NODE_TABLE)
		begin_table(w, w->paragraph);
}

// --- a table of which nothing is fed -----------------------------------------

// A line that begins with a pipe and holds nothing that the parser would read in another way:
// no escapes, and no white space but spaces.
static bool
is_plain_header(struct rmk_str line)
{
	if (line.n < 2 || line.s[0] != '|')
		return false;
	for (size_t i = 0; i < line.n; i++)
		if ((unsigned char)line.s[i] < ' ' || line.s[i] == '\\')
			return false;
	return true;
}

// The alignment that a cell of a delimiter row sets; false where it is none of dashes.
static bool
read_align(struct rmk_str cell, uint8_t *align)
{
	size_t left = cell.n && cell.s[0] == ':';
	size_t right = cell.n > left && cell.s[cell.n - 1] == ':';

	for (size_t i = left; i < cell.n - right; i++)
		if (cell.s[i] != '-')
			return false;
	*align = (uint8_t)(left && right ? RMK_ALIGN_CENTER
			   : left        ? RMK_ALIGN_LEFT
			   : right       ? RMK_ALIGN_RIGHT
					 : RMK_ALIGN_NONE);
	return cell.n > left + right;
}

// The head of a table that begins on this line: no more cells than the parser counts, and as many
// in the delimiter row, each of dashes.
static bool
read_plain_head(struct block_scan *w, uint32_t line, struct rmk_table *t)
{
	make_row(w, line, 0, &t->header);
	make_row(w, line + 1, 0, &t->delim);
	t->ncols = t->header.ncells;
	if (t->ncols == 0 || t->ncols > MOST_CELLS || t->delim.ncells != t->ncols)
		return false;
	t->aligns = rmk_arena_alloc(w->a, t->ncols);
	for (uint32_t i = 0; i < t->ncols; i++)
		if (!read_align(rmk_str_at(w->text, t->delim.cells[i]), &t->aligns[i]))
			return false;
	return true;
}

// cmark-gfm makes a paragraph of a line that begins with a pipe where nothing is open, a table of
// it at a delimiter row of as many cells, and ends that at a blank line: so all of it is certain.
uint32_t
rmk_scan_plain_table(struct block_scan *w, uint32_t line)
{
	struct rmk_table t = {.heading = RMK_NONE, .block = RMK_NONE};
	struct rmk_str delim;
	uint32_t end;

	if (line + 1 >= w->out->nlines ||
	    !is_plain_header(rmk_str_at(w->text, w->out->lines[line])))
		return line;
	delim = rmk_str_at(w->text, w->out->lines[line + 1]);
	if (delim.n < 2 || delim.s[0] != '|' || !strchr("-: ", delim.s[1]))
		return line;
	w->prefix = (struct rmk_str){w->text.s, 0};
	end = unfed_end(w, line + 2);
	if ((end < w->out->nlines && !rmk_scan_is_blank(w, end)) ||
	    !read_plain_head(w, line, &t))
		return line;
	rmk_scan_put_table(w, &t);
	w->missing = 0;
	begin_beside(w);
	read_unfed_rows(w, line + 2, end);
	keep_rows(w);
	rmk_scan_end_put_table(w);
	return end;
}
