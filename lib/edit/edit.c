// Edits: from a list of wishes to new bytes.
//
// Every edit becomes a splice, a stretch of the old bytes and what is there instead:
//
//	old   | LoRA | Not read |⏎ ......................
//	        CELL: from row.at to its end
//	      DELETE: the line with its end     INSERT: nothing, at the start of a line
//
// Splices are sorted and must not overlap; what lies between them is copied. Nothing here
// knows Markdown: whether the result is what was wished, the gate finds out.
//
// A file whose last line has no end is given one while it is cut, and loses one again
// afterwards. So a row behind the last one, and the last one itself, are as any other, and
// the file keeps its habit.
#include "edit/edit.h"

#include "base/buf.h"
#include "base/utf8.h"
#include "edit/edit_gate.h"
#include "edit/row_text.h"
#include "gfm/cells.h"

#include <stdlib.h>

struct splice {
	struct rmk_span old;
	struct rmk_str text;
	size_t order; // of two at one place
	bool is_text; // an RMK_EDIT_TEXT
};

struct plan {
	struct rmk_arena *arena;
	const struct rmk_doc *doc;
	struct rmk_str text;           // the document's, its last line ended
	bool ended;                    // an end was added
	const struct rmk_edit **edits; // those of tables; by table, row, kind, column
	size_t nedits;
	struct splice *splices;
	size_t nsplices;
	struct rmk_err *err;
};

// So many bytes of a value are not printed again.
#define LONG_VALUE 200

enum rmk_code
rmk_edit_value_ok(struct rmk_str value, struct rmk_err *err)
{
	char first = value.n ? value.s[0] : 'x',
	     last = value.n ? value.s[value.n - 1] : 'x';

	if (rmk_str_chr(value, '\0') != RMK_NONE)
		return rmk_fail(err, RMK_INVALID, "a cell cannot hold a NUL byte");
	if (rmk_str_chr(value, '\n') != RMK_NONE ||
	    rmk_str_chr(value, '\r') != RMK_NONE) {
		rmk_fail(err, RMK_INVALID, "a cell cannot hold a line break");
		return rmk_hint(err, "write <br> where the line should break");
	}
	if (rmk_utf8_invalid(value) != RMK_NONE)
		return rmk_fail(err, RMK_INVALID, "the value is not UTF-8: byte %zu",
		    rmk_utf8_invalid(value) + 1);
	if (first == ' ' || (first >= '\t' && first <= '\f') || last == ' ' ||
	    last == '\t') {
		if (value.n > LONG_VALUE)
			rmk_fail(err, RMK_INVALID,
			    "a cell cannot keep white space at the ends of its text");
		else
			rmk_fail(err, RMK_INVALID,
			    "a cell cannot keep white space at the ends of '%.*s'",
			    RMK_FMT(value));
		return rmk_hint(err, "leave the white space away, or write &nbsp;");
	}
	return RMK_OK;
}

// --- are the edits sound? -----------------------------------------------------

static uint32_t
line_next(struct rmk_str text, struct rmk_span line)
{
	uint32_t at = line.at + line.len;

	if (at < text.n && text.s[at] == '\r')
		at++;
	if (at < text.n && text.s[at] == '\n')
		at++;
	return at;
}

static uint32_t
table_next(struct rmk_str text, const struct rmk_table *table)
{
	return line_next(
	    text, table->nrows ? table->rows[table->nrows - 1].span : table->delim.span);
}

static enum rmk_code
check_values(const struct rmk_str *values, size_t n, struct rmk_err *err)
{
	enum rmk_code code = RMK_OK;

	for (size_t i = 0; i < n && !code; i++)
		code = rmk_edit_value_ok(values[i], err);
	return code;
}

// A TEXT edit may hold whole tables, and be held by none.
static enum rmk_code
edit_check_text(const struct plan *p, const struct rmk_edit *edit)
{
	uint64_t end = (uint64_t)edit->span.at + edit->span.len;

	if (end > p->doc->text.n)
		return rmk_fail(p->err, RMK_INVALID,
		    "an edit reaches behind the end of %.*s", RMK_FMT(p->doc->path));
	for (size_t t = 0; t < p->doc->ntables; t++) {
		const struct rmk_table *table = &p->doc->tables[t];
		uint32_t from = table->header.span.at, next = table_next(p->text, table);

		if (edit->span.at >= next || end <= from ||
		    (edit->span.at <= from && end >= next && edit->span.len))
			continue;
		return rmk_fail(p->err, RMK_INVALID,
		    "%.*s:%u: an edit of text cuts through a table",
		    RMK_FMT(p->doc->path), table->header.line);
	}
	return RMK_OK;
}

// Whether the place that an edit names is there.
static bool
is_place(const struct plan *p, const struct rmk_edit *edit)
{
	const struct rmk_table *table = &p->doc->tables[edit->table];

	switch (edit->kind) {
	case RMK_EDIT_CELL:
		return edit->row < table->nrows && edit->col < table->ncols;
	case RMK_EDIT_INSERT:
		return edit->row <= table->nrows;
	case RMK_EDIT_DELETE:
		return edit->row < table->nrows;
	default:
		return edit->span.at >= table->header.span.at &&
		       (uint64_t)edit->span.at + edit->span.len <=
		           table_next(p->doc->text, table);
	}
}

static enum rmk_code
check_table_edit(const struct plan *p, const struct rmk_edit *edit)
{
	const struct rmk_table *table;

	if (edit->table >= p->doc->ntables || !is_place(p, edit))
		return rmk_fail(p->err, RMK_INVALID,
		    "%.*s: an edit names no place of its tables", RMK_FMT(p->doc->path));
	table = &p->doc->tables[edit->table];
	if (table->read_only) {
		rmk_fail(p->err, RMK_READ_ONLY,
		    "%.*s:%u: this table cannot be written: %s", RMK_FMT(p->doc->path),
		    table->header.line, table->read_only);
		return rmk_hint(p->err, "change it by hand");
	}
	if (edit->kind == RMK_EDIT_CELL)
		return rmk_edit_value_ok(edit->value, p->err);
	if (edit->kind == RMK_EDIT_INSERT)
		return check_values(edit->values, table->ncols, p->err);
	return RMK_OK;
}

// Whether an edit changes anything.
static bool
edit_is_change(const struct plan *p, const struct rmk_edit *edit)
{
	const struct rmk_row *row;

	if (edit->kind == RMK_EDIT_TEXT || edit->kind == RMK_EDIT_LAYOUT)
		return !rmk_str_eq(rmk_doc_str(p->doc, edit->span), edit->value);
	if (edit->kind != RMK_EDIT_CELL)
		return true;
	row = &p->doc->tables[edit->table].rows[edit->row];
	return !rmk_str_eq(
	    rmk_cell_content(p->arena, rmk_doc_cell(p->doc, row, edit->col)),
	    edit->value);
}

// --- the order of edits -------------------------------------------------------

static int
order(size_t a, size_t b)
{
	return (a > b) - (a < b);
}

// What comes first in a table and at a row: LAYOUT is of the whole table, rows inserted
// are before the row, and what deletes it is beside its cells.
static size_t
rank(enum rmk_edit_kind kind)
{
	return kind == RMK_EDIT_INSERT ? 0 : kind == RMK_EDIT_DELETE ? 1 : 2;
}

static int
compare_edits(const void *x, const void *y)
{
	const struct rmk_edit *a = *(const struct rmk_edit *const *)x;
	const struct rmk_edit *b = *(const struct rmk_edit *const *)y;
	bool a_layout = a->kind == RMK_EDIT_LAYOUT, b_layout = b->kind == RMK_EDIT_LAYOUT;
	int by;

	if ((by = order(a->table, b->table)) || (by = order(!a_layout, !b_layout)))
		return by;
	if (!a_layout &&
	    ((by = order(a->row, b->row)) || (by = order(rank(a->kind), rank(b->kind)))))
		return by;
	if (a->kind == RMK_EDIT_CELL && (by = order(a->col, b->col)))
		return by;
	return (a > b) - (a < b);
}

static int
compare_splices(const void *x, const void *y)
{
	const struct splice *a = x, *b = y;
	int by = order(a->old.at, b->old.at);

	return by ? by : order(a->order, b->order);
}

// --- from edits to splices ----------------------------------------------------

static void
add_splice(struct plan *p, uint32_t at, uint32_t next, struct rmk_str text, bool is_text)
{
	struct splice *s = &p->splices[p->nsplices];

	*s = (struct splice){{at, next - at}, text, p->nsplices, is_text};
	p->nsplices++;
}

static void
splice_insert(struct plan *p, const struct rmk_edit *edit)
{
	const struct rmk_table *table = &p->doc->tables[edit->table];
	struct rmk_span above = edit->row ? table->rows[edit->row - 1].span
	                                  : table->delim.span;
	uint32_t end = above.at + above.len, next = line_next(p->text, above);
	struct rmk_buf line = {.arena = p->arena};

	rmk_buf_add(&line, rmk_row_new(p->arena, p->doc, edit));
	rmk_buf_add(&line, rmk_str_part(p->text, end, next - end));
	add_splice(p, next, next, rmk_buf_str(&line), false);
}

// The cells of one row, or the row's end. Returns how many edits it took.
static size_t
splice_row(struct plan *p, const struct rmk_edit *const *edits, size_t n)
{
	const struct rmk_row *row = &p->doc->tables[edits[0]->table].rows[edits[0]->row];
	size_t cells = 0;

	if (edits[0]->kind == RMK_EDIT_DELETE) {
		add_splice(
		    p, row->span.at, line_next(p->text, row->span), RMK_STR(""), false);
		return 1;
	}
	while (cells < n && edits[cells]->kind == RMK_EDIT_CELL &&
	       edits[cells]->table == edits[0]->table &&
	       edits[cells]->row == edits[0]->row)
		cells++;
	add_splice(p, row->at, row->span.at + row->span.len,
	    rmk_row_set(p->arena, p->doc, edits, cells), false);
	return cells;
}

static void
make_splices(struct plan *p, const struct rmk_edit *edits, size_t n)
{
	for (size_t i = 0; i < p->nedits;) {
		const struct rmk_edit *e = p->edits[i];

		if (e->kind == RMK_EDIT_CELL || e->kind == RMK_EDIT_DELETE) {
			i += splice_row(p, &p->edits[i], p->nedits - i);
			continue;
		}
		if (e->kind == RMK_EDIT_INSERT)
			splice_insert(p, e);
		else
			add_splice(
			    p, e->span.at, e->span.at + e->span.len, e->value, false);
		i++;
	}
	for (size_t i = 0; i < n; i++) {
		const struct rmk_edit *e = &edits[i];

		if (e->kind == RMK_EDIT_TEXT && edit_is_change(p, e))
			add_splice(
			    p, e->span.at, e->span.at + e->span.len, e->value, true);
	}
}

// --- from splices to bytes ----------------------------------------------------

// Give the last line an end: the header's, which always has one.
static void
end_last_line(struct plan *p)
{
	struct rmk_str text = p->doc->text;
	struct rmk_buf ended = {.arena = p->arena};

	if (!p->doc->ntables || !text.n || text.s[text.n - 1] == '\n' ||
	    text.s[text.n - 1] == '\r')
		return;
	rmk_buf_add(&ended, text);
	rmk_buf_add(&ended, rmk_doc_line_end(p->doc, p->doc->tables[0].header.line));
	p->text = rmk_buf_str(&ended);
	p->ended = true;
}

static struct rmk_str
cut_line_end(struct rmk_str text)
{
	if (text.n && text.s[text.n - 1] == '\n')
		text.n--;
	else if (!text.n || text.s[text.n - 1] != '\r')
		return text;
	if (text.n && text.s[text.n - 1] == '\r')
		text.n--;
	return text;
}

static enum rmk_code
edit_join(struct rmk_arena *a, struct plan *p, struct rmk_gate_text *texts,
    size_t *ntexts, struct rmk_str *out)
{
	struct rmk_buf now = {.arena = a};
	size_t at = 0, size = p->text.n;

	for (size_t i = 0; i < p->nsplices; i++)
		size += p->splices[i].text.n;
	if (size > RMK_MAX_FILE)
		return rmk_fail(p->err, RMK_TOO_BIG,
		    "%.*s: the file would be larger than %zu bytes",
		    RMK_FMT(p->doc->path), RMK_MAX_FILE);
	now.s = rmk_arena_alloc(a, size);
	now.cap = size;
	for (size_t i = 0; i < p->nsplices; i++) {
		struct splice *s = &p->splices[i];

		if (s->old.at < at)
			return rmk_fail(p->err, RMK_INVALID,
			    "%.*s: two edits of one place", RMK_FMT(p->doc->path));
		rmk_buf_add(&now, rmk_str_part(p->text, at, s->old.at - at));
		if (s->is_text)
			texts[(*ntexts)++] = (struct rmk_gate_text){
			    s->old, {(uint32_t)now.n, (uint32_t)s->text.n}};
		rmk_buf_add(&now, s->text);
		at = s->old.at + s->old.len;
	}
	rmk_buf_add(&now, rmk_str_from(p->text, at));
	*out = rmk_buf_str(&now);
	if (p->ended)
		*out = cut_line_end(*out);
	return RMK_OK;
}

// Two edits of one cell, or of a row that goes.
static bool
is_clash(const struct rmk_edit *a, const struct rmk_edit *b)
{
	if (a->kind > RMK_EDIT_DELETE || b->kind > RMK_EDIT_DELETE ||
	    a->kind == RMK_EDIT_INSERT || a->table != b->table || a->row != b->row)
		return false;
	return a->kind == RMK_EDIT_DELETE || b->kind == RMK_EDIT_DELETE ||
	       a->col == b->col;
}

// Check the edits and put those of tables in order.
static enum rmk_code
take_edits(struct plan *p, const struct rmk_edit *edits, size_t n)
{
	enum rmk_code code;

	for (size_t i = 0; i < n; i++) {
		bool is_text = edits[i].kind == RMK_EDIT_TEXT;

		code = is_text ? edit_check_text(p, &edits[i])
		               : check_table_edit(p, &edits[i]);
		if (code)
			return code;
		if (!is_text)
			p->edits[p->nedits++] = &edits[i];
	}
	qsort(p->edits, p->nedits, sizeof(*p->edits), compare_edits);
	for (size_t i = 1; i < p->nedits; i++) {
		if (is_clash(p->edits[i - 1], p->edits[i]))
			return rmk_fail(p->err, RMK_INVALID,
			    "%.*s: two edits of one place", RMK_FMT(p->doc->path));
	}
	return RMK_OK;
}

// Leave out the edits of tables that change nothing.
static void
drop_unchanged(struct plan *p)
{
	size_t n = 0;

	for (size_t i = 0; i < p->nedits; i++) {
		if (edit_is_change(p, p->edits[i]))
			p->edits[n++] = p->edits[i];
	}
	p->nedits = n;
}

// All but the new text is gone afterwards.
static enum rmk_code
edit_apply(struct rmk_arena *a, struct plan *p, const struct rmk_edit *edits, size_t n,
    struct rmk_str *out)
{
	struct rmk_gate_text *texts = RMK_NEW_N(p->arena, struct rmk_gate_text, n);
	struct rmk_gate gate = {.old = p->doc, .texts = texts};
	struct rmk_str now;
	enum rmk_code code;

	p->edits = RMK_NEW_N(p->arena, const struct rmk_edit *, n);
	p->splices = RMK_NEW_N(p->arena, struct splice, n);
	end_last_line(p);
	if ((code = take_edits(p, edits, n)))
		return code;
	drop_unchanged(p);
	make_splices(p, edits, n);
	if (p->nsplices == 0) {
		*out = p->doc->text;
		return RMK_OK;
	}
	qsort(p->splices, p->nsplices, sizeof(*p->splices), compare_splices);
	if ((code = edit_join(a, p, texts, &gate.ntexts, &now)))
		return code;
	gate.edits = p->edits;
	gate.nedits = p->nedits;
	if ((code = rmk_gate_pass(p->arena, &gate, now, p->err)))
		return code;
	*out = now;
	return RMK_OK;
}

enum rmk_code
rmk_edits_apply(struct rmk_arena *a, const struct rmk_doc *doc,
    const struct rmk_edit *edits, size_t n, struct rmk_str *out, struct rmk_err *err)
{
	struct rmk_arena scratch = {.oom = a->oom, .ctx = a->ctx};
	struct plan p = {.arena = &scratch, .doc = doc, .text = doc->text, .err = err};
	enum rmk_code code = edit_apply(a, &p, edits, n, out);

	rmk_arena_free(&scratch);
	return code;
}
