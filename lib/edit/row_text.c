// The lines of a table, written anew: a row with some cells set, and a new row.
//
// A row keeps its own outer pipes. Two values cannot do without: a first one that would
// start another block (a list, a heading ...) and an empty one at either end. There a pipe
// is added, and the gate sees to it that nothing else came of it.
#include "edit/row_text.h"

#include "edit/padding.h"
#include "gfm/cells.h"

#include <string.h>

static size_t
row_text_span_of(struct rmk_str text, const char *chars)
{
	size_t n = 0;

	while (n < text.n && text.s[n] && strchr(chars, text.s[n]))
		n++;
	return n;
}

// Whether a line that starts with this text is a row, and not a list, quote, heading, fence,
// thematic break, HTML or footnote. Where it errs, the gate refuses.
static bool
is_plain_start(struct rmk_str text)
{
	size_t digits = row_text_span_of(text, "0123456789");
	char c = text.n ? text.s[0] : '|', after = text.n > 1 ? text.s[1] : ' ';

	if (strchr("|>#<", c) || row_text_span_of(text, "-*_ \t") == text.n)
		return false;
	if (strchr("-+*", c))
		return after != ' ' && after != '\t';
	if (strchr("`~", c))
		return row_text_span_of(text, "`") < 3 && row_text_span_of(text, "~") < 3;
	if (digits)
		return digits == text.n || !strchr(".)", text.s[digits]);
	return c != '[' || after != '^';
}

static bool
has_lead(const struct rmk_doc *doc, const struct rmk_row *row)
{
	return doc->text.s[row->at] == '|';
}

static bool
is_closed(const struct rmk_doc *doc, const struct rmk_row *row)
{
	return !rmk_frame_of(doc, row, row->ncells - 1).open;
}

static size_t
trailing_space(const struct rmk_buf *out)
{
	size_t n = 0;

	while (n < out->n &&
	       (out->s[out->n - 1 - n] == ' ' || out->s[out->n - 1 - n] == '\t'))
		n++;
	return n;
}

// Add the cells that a short row lacks, up to the last that is set. `out` holds the row;
// the white space at its end stays there.
static void
append_cells(struct rmk_buf *out, const struct rmk_doc *doc,
    const struct rmk_edit *const *edits, size_t n, bool closed)
{
	const struct rmk_table *table = &doc->tables[edits[0]->table];
	size_t row = edits[0]->row, last = edits[n - 1]->col;
	struct rmk_str tail = rmk_str_from(
	    rmk_buf_str(out), out->n - trailing_space(out));

	tail = rmk_str_copy(out->arena, tail);
	out->n -= closed ? tail.n : 0;
	if (!closed && tail.n == 0)
		rmk_buf_addc(out, ' ');
	for (size_t col = table->rows[row].ncells, i = 0; col <= last; col++) {
		struct rmk_layout layout = rmk_layout_of(doc, table, row, col, true);
		bool set = edits[i]->col == col;
		struct rmk_str value = set ? edits[i]->value : RMK_STR("");

		if (!closed)
			rmk_buf_addc(out, '|');
		rmk_pad_fresh(out, &layout, rmk_cell_raw(out->arena, value), false,
		    !closed && col == last);
		if (closed)
			rmk_buf_addc(out, '|');
		i += set;
	}
	if (closed)
		rmk_buf_add(out, tail);
}

struct rmk_str
rmk_row_set(struct rmk_arena *a, const struct rmk_doc *doc,
    const struct rmk_edit *const *edits, size_t n)
{
	const struct rmk_table *table = &doc->tables[edits[0]->table];
	const struct rmk_row *row = &table->rows[edits[0]->row];
	const char *at = doc->text.s + row->at;
	const char *end = doc->text.s + row->span.at + row->span.len;
	bool closed = is_closed(doc, row);
	struct rmk_buf out = {.arena = a};
	size_t i;

	if (!has_lead(doc, row) && edits[0]->col == 0 &&
	    !is_plain_start(edits[0]->value)) {
		bool spaced = rmk_frame_of(doc, row, 0).right.n > 0;

		rmk_buf_adds(&out, edits[0]->value.n || !spaced ? "| " : "|");
	}
	for (i = 0; i < n && edits[i]->col < row->ncells; i++) {
		struct rmk_frame frame = rmk_frame_of(doc, row, edits[i]->col);
		struct rmk_layout layout = rmk_layout_of(
		    doc, table, edits[i]->row, edits[i]->col, true);

		rmk_buf_add(&out, (struct rmk_str){at, (size_t)(frame.left.s - at)});
		rmk_pad_replace(&out, &layout, &frame, rmk_cell_raw(a, edits[i]->value));
		at = frame.right.s + frame.right.n;
		if (frame.open && edits[i]->value.n == 0) {
			rmk_buf_addc(&out, '|');
			closed = true;
		}
	}
	rmk_buf_add(&out, (struct rmk_str){at, (size_t)(end - at)});
	if (i < n)
		append_cells(&out, doc, edits + i, n - i, closed);
	return rmk_buf_str(&out);
}

struct rmk_str
rmk_row_new(struct rmk_arena *a, const struct rmk_doc *doc, const struct rmk_edit *insert)
{
	const struct rmk_table *table = &doc->tables[insert->table];
	size_t near = insert->row ? insert->row - 1 : 0;
	const struct rmk_row *above = table->nrows ? &table->rows[near] : &table->delim;
	const struct rmk_row *like = table->nrows ? above : &table->header;
	struct rmk_str first = insert->values[0], last = insert->values[table->ncols - 1];
	bool lead = has_lead(doc, like) || !is_plain_start(first);
	bool closed = is_closed(doc, like) || last.n == 0;
	struct rmk_buf out = {.arena = a};

	rmk_buf_add(
	    &out, rmk_str_part(doc->text, above->span.at, above->at - above->span.at));
	if (insert->line.s) {
		rmk_buf_add(&out, insert->line);
		return rmk_buf_str(&out);
	}
	if (lead)
		rmk_buf_adds(&out, has_lead(doc, like) ? "|" : "| ");
	for (size_t col = 0; col < table->ncols; col++) {
		struct rmk_layout layout = rmk_layout_of(
		    doc, table, insert->row, col, false);
		struct rmk_str raw = rmk_cell_raw(a, insert->values[col]);

		if (col)
			rmk_buf_addc(&out, '|');
		rmk_pad_fresh(&out, &layout, raw, !has_lead(doc, like) && col == 0,
		    !closed && col == table->ncols - 1);
	}
	if (closed)
		rmk_buf_addc(&out, '|');
	return rmk_buf_str(&out);
}
