// Laying tables out.
//
// Each line of a table keeps its prefix (indent, '>', list indent) and its line end; what
// is between is written anew from the raw cells. The edits are layouts, which the gate
// holds to the same cells in the same places: what would change what is shown is refused.
#include "edit/format.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "edit/edit.h"

// GFM asks for one dash; three are what people and other formatters write.
#define DELIM_LEAST 3

struct layout {
	const struct rmk_doc *doc;
	const struct rmk_table *table;
	enum rmk_format_style style;
	size_t *widths; // [ncols]
	struct rmk_buf *out;
};

static void
widen(struct layout *l, const struct rmk_row *row)
{
	for (size_t c = 0; c < l->table->ncols && c < row->ncells; c++) {
		size_t width = rmk_utf8_width(rmk_doc_cell(l->doc, row, c));

		if (width > l->widths[c])
			l->widths[c] = width;
	}
}

// The columns' widths; a compact table has only what the delimiter row needs.
static void
format_measure(struct rmk_arena *a, struct layout *l)
{
	l->widths = rmk_arena_alloc(a, l->table->ncols * sizeof *l->widths);
	for (size_t c = 0; c < l->table->ncols; c++)
		l->widths[c] = DELIM_LEAST;
	if (l->style == RMK_FORMAT_COMPACT)
		return;
	widen(l, &l->table->header);
	for (size_t r = 0; r < l->table->nrows; r++)
		widen(l, &l->table->rows[r]);
}

// The spaces on a cell's left that its column's alignment asks for.
static size_t
left_part(enum rmk_align align, size_t spare)
{
	if (align == RMK_ALIGN_RIGHT)
		return spare;
	return align == RMK_ALIGN_CENTER ? spare / 2 : 0;
}

static void
format_put_cell(struct layout *l, const struct rmk_row *row, size_t c)
{
	struct rmk_str cell = rmk_doc_cell(l->doc, row, c);
	size_t width = l->style == RMK_FORMAT_COMPACT ? 0 : rmk_utf8_width(cell);
	size_t spare = 0, left = 0;

	if (l->style == RMK_FORMAT_ALIGN && c < l->table->ncols) {
		spare = l->widths[c] - width;
		left = left_part(l->table->aligns[c], spare);
	}
	rmk_buf_fill(l->out, ' ', 1 + left);
	rmk_buf_add(l->out, cell);
	rmk_buf_fill(l->out, ' ', spare - left + (cell.n || spare ? 1 : 0));
	rmk_buf_addc(l->out, '|');
}

static void
format_put_row(struct layout *l, const struct rmk_row *row)
{
	size_t n = row->ncells > l->table->ncols ? row->ncells : l->table->ncols;

	rmk_buf_addc(l->out, '|');
	for (size_t c = 0; c < n; c++)
		format_put_cell(l, row, c);
}

static void
put_delim(struct layout *l)
{
	rmk_buf_addc(l->out, '|');
	for (size_t c = 0; c < l->table->ncols; c++) {
		enum rmk_align align = l->table->aligns[c];
		bool left = align == RMK_ALIGN_LEFT || align == RMK_ALIGN_CENTER;
		bool right = align == RMK_ALIGN_RIGHT || align == RMK_ALIGN_CENTER;

		rmk_buf_adds(l->out, left ? " :" : " -");
		rmk_buf_fill(l->out, '-', l->widths[c] - 2);
		rmk_buf_adds(l->out, right ? ": |" : "- |");
	}
}

// Copy what is between two places of the old text.
static void
format_keep(struct layout *l, uint32_t from, uint32_t to)
{
	rmk_buf_add(l->out, rmk_str_part(l->doc->text, from, to - from));
}

static uint32_t
end_of(const struct rmk_row *row)
{
	return row->span.at + row->span.len;
}

// The table from its header's content on; returns where the old text goes on.
static uint32_t
format_put_table(struct layout *l)
{
	const struct rmk_table *t = l->table;
	const struct rmk_row *last = &t->delim;

	format_put_row(l, &t->header);
	format_keep(l, end_of(&t->header), t->delim.at);
	put_delim(l);
	for (size_t r = 0; r < t->nrows; r++) {
		format_keep(l, end_of(last), t->rows[r].at);
		format_put_row(l, &t->rows[r]);
		last = &t->rows[r];
	}
	return end_of(last);
}

// Room for a table that is laid out, so that its text need not move while it grows.
static size_t
format_room(const struct layout *l)
{
	const struct rmk_table *t = l->table;
	const struct rmk_row *last = t->nrows ? &t->rows[t->nrows - 1] : &t->delim;
	size_t line = 1, room;

	for (size_t c = 0; c < t->ncols; c++)
		line += l->widths[c] + 3;
	room = end_of(last) - t->header.span.at + (t->nrows + 2) * line;

	return room < RMK_MAX_FILE ? room : RMK_MAX_FILE;
}

static enum rmk_code
format_tables(struct rmk_arena *a, struct rmk_arena *scratch, const struct rmk_doc *doc,
    size_t first, size_t n, enum rmk_format_style style, struct rmk_str *out,
    struct rmk_err *err)
{
	struct rmk_edit *edits = NULL;
	size_t nedits = 0, cap = 0;

	for (size_t i = first; i < first + n && i < doc->ntables; i++) {
		struct rmk_buf buf = {.arena = scratch};
		struct layout l = {
		    .doc = doc, .table = &doc->tables[i], .style = style, .out = &buf};
		uint32_t at = l.table->header.at, end;

		if (l.table->read_only)
			continue;
		format_measure(scratch, &l);
		buf.cap = format_room(&l);
		buf.s = rmk_arena_alloc(scratch, buf.cap);
		end = format_put_table(&l);
		*RMK_PUSH(scratch, edits, nedits, cap) = (struct rmk_edit){
		    .kind = RMK_EDIT_LAYOUT,
		    .table = i,
		    .span = {at, end - at},
		    .value = rmk_buf_str(&buf)};
	}
	return rmk_edits_apply(a, doc, edits, nedits, out, err);
}

enum rmk_code
rmk_format(struct rmk_arena *a, const struct rmk_doc *doc, size_t first, size_t n,
    enum rmk_format_style style, struct rmk_str *out, struct rmk_err *err)
{
	struct rmk_arena scratch = {.oom = a->oom, .ctx = a->ctx};
	enum rmk_code code = format_tables(a, &scratch, doc, first, n, style, out, err);

	rmk_arena_free(&scratch);
	return code;
}
