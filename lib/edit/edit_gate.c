// The gate: parse the new bytes and hold every table, row and cell against what was wished.
//
// What no edit names was copied byte for byte, so a line that is the same line is the same
// row: cells are a function of the line's bytes and of where its content starts. Only lines
// that were written are compared cell by cell. The cost is the parse and one pass.
//
// Most edits write rows of one table. Then nothing else is read otherwise (table/bodies.h), and
// those rows are read alone, one after the other: what was written is all that it costs. Where
// that is not certain, or they are not as was wished, the parser decides.
//
// The rules of `check` are in a folder above and are not asked here: check/constraint_gate.h
// runs them over old and new. What this gate compares covers the structural ones: after it no
// table, row or cell is more or less than was wished.
#include "edit/edit_gate.h"

#include "base/marker.h"
#include "edit/gate_rows.h"

#include <string.h>

// --- conflict markers ---------------------------------------------------------

static enum rmk_code
check_markers(const struct rmk_gate_walk *w, const struct rmk_table *table)
{
	for (size_t r = 0; r < table->nrows; r++) {
		if (!rmk_marker_is_row(rmk_doc_str(w->now, table->rows[r].span)))
			continue;
		rmk_fail(w->err, RMK_REFUSED,
		    "%.*s:%u: a conflict marker stands in the table",
		    RMK_FMT(w->gate->old->path), table->rows[r].line);
		return rmk_hint(w->err,
		    "resolve the conflict first: 'rowmark merge --resolve %.*s' does it "
		    "cell by cell",
		    RMK_FMT(w->gate->old->path));
	}
	return RMK_OK;
}

// --- tables ------------------------------------------------------------------

// The edits of a table's layout, which come first; whether there are any.
static bool
take_layouts(struct rmk_gate_walk *w, size_t t)
{
	size_t first = w->edit;

	while (w->edit < w->gate->nedits && w->gate->edits[w->edit]->table == t &&
	       w->gate->edits[w->edit]->kind == RMK_EDIT_LAYOUT)
		w->edit++;
	return w->edit > first;
}

// The body rows of a new table.
static struct rmk_new_rows
new_rows(const struct rmk_gate_walk *w, const struct rmk_table *now)
{
	const struct rmk_doc *doc = w->now;
	uint32_t first = now->delim.line, behind = first + now->nrows;
	struct rmk_span prefix = {now->delim.span.at, now->delim.at - now->delim.span.at};

	if (!w->heads)
		return (struct rmk_new_rows){.table = now};
	return (struct rmk_new_rows){.prefix = rmk_doc_str(doc, prefix),
	    .at = first < doc->nlines ? doc->lines[first].at : doc->text.n,
	    .end = behind < doc->nlines ? doc->lines[behind].at : doc->text.n,
	    .cells = {.oom = w->arena->oom, .ctx = w->arena->ctx}};
}

static enum rmk_code
edit_gate_check_table(struct rmk_gate_walk *w, size_t t, const struct rmk_table *now)
{
	const struct rmk_table *old = &w->gate->old->tables[t];
	struct rmk_row_range range = {.table = t, .last = old->nrows};
	bool edited = w->edit < w->gate->nedits && w->gate->edits[w->edit]->table == t;
	enum rmk_code code;

	if (edited && !w->heads && (code = check_markers(w, now)))
		return code;
	range.rows = new_rows(w, now);
	range.layout = take_layouts(w, t);
	if (old->ncols != now->ncols ||
	    memcmp(old->aligns, now->aligns, old->ncols) != 0 ||
	    old->containers != now->containers)
		return rmk_gate_refuse(w, &old->header, "the table would be another one");
	if (now->read_only && !old->read_only)
		return rmk_gate_refuse(w, &old->header, now->read_only);
	if (!rmk_gate_same_line(w, &old->header, &now->header) &&
	    !(range.layout && rmk_gate_same_cells(w, &old->header, &now->header)))
		return rmk_gate_refuse(w, &old->header, "the header would change");
	code = rmk_gate_rows(w, &range);
	rmk_arena_free(&range.rows.cells);
	w->unsure = w->unsure || range.rows.unsure;
	return code;
}

// --- tables inside TEXT edits -------------------------------------------------

static bool
is_within(const struct rmk_table *table, struct rmk_span span)
{
	const struct rmk_row *last = table->nrows ? &table->rows[table->nrows - 1]
	                                          : &table->delim;

	return table->header.span.at >= span.at &&
	       last->span.at + last->span.len <= span.at + span.len;
}

// Whether a table is the business of a TEXT edit: it was replaced, or is part of the new
// text. Tables and edits are both in the order of the file.
static bool
is_in_text(
    const struct rmk_gate *gate, const struct rmk_table *table, bool now, size_t *next)
{
	for (; *next < gate->ntexts; (*next)++) {
		struct rmk_span span = now ? gate->texts[*next].now
		                           : gate->texts[*next].old;

		if (span.at + span.len > table->header.span.at)
			return is_within(table, span);
	}
	return false;
}

static enum rmk_code
edit_gate_check_tables(struct rmk_gate_walk *w)
{
	const struct rmk_doc *old = w->gate->old, *now = w->now;
	enum rmk_code code = RMK_OK;
	size_t o = 0, n = 0;

	while (!code) {
		while (o < old->ntables &&
		       is_in_text(w->gate, &old->tables[o], false, &w->old_text))
			o++;
		while (n < now->ntables &&
		       is_in_text(w->gate, &now->tables[n], true, &w->new_text))
			n++;
		if (o == old->ntables && n == now->ntables)
			return RMK_OK;
		if (o == old->ntables)
			return rmk_gate_refuse(
			    w, &now->tables[n].header, "there would be a table more");
		if (n == now->ntables)
			return rmk_gate_refuse(
			    w, &old->tables[o].header, "the table would be none");
		code = edit_gate_check_table(w, o++, &now->tables[n++]);
	}
	return code;
}

static enum rmk_code
refuse_around(const struct rmk_gate_walk *w, uint32_t line)
{
	return rmk_fail(w->err, RMK_REFUSED,
	    "%.*s:%u: cannot be written so: the text here would be read otherwise",
	    RMK_FMT(w->gate->old->path), line);
}

// Rows inserted less rows deleted.
static size_t
lines_more(const struct rmk_gate *gate)
{
	size_t n = 0;

	for (size_t i = 0; i < gate->nedits; i++) {
		n += gate->edits[i]->kind == RMK_EDIT_INSERT;
		n -= gate->edits[i]->kind == RMK_EDIT_DELETE;
	}
	return n;
}

// What is around the tables must be read as before, unless it was itself edited. (A CR
// that is left before the LF of a blank line would take it for its own.)
static enum rmk_code
check_around(const struct rmk_gate_walk *w)
{
	const struct rmk_doc *old = w->gate->old, *now = w->now;
	uint32_t last = (uint32_t)old->nlines;

	if (w->gate->ntexts)
		return RMK_OK;
	if (now->nlines != old->nlines + lines_more(w->gate))
		return refuse_around(w, last);
	for (size_t i = 0; i < old->nblocks; i++) {
		const struct rmk_block *b = &old->blocks[i];

		if (i >= now->nblocks || b->kind != now->blocks[i].kind ||
		    b->containers != now->blocks[i].containers)
			return refuse_around(w, b->line);
	}
	return now->nblocks == old->nblocks ? RMK_OK : refuse_around(w, last);
}

static enum rmk_code
pass_parsed(struct rmk_arena *a, const struct rmk_gate *gate, struct rmk_str text,
    struct rmk_err *err)
{
	struct rmk_gate_walk w = {.arena = a, .gate = gate, .err = err};
	enum rmk_code code;
	struct rmk_doc *now;

	if ((code = rmk_doc_parse(a, gate->old->path, text, 0, &now, err)))
		return code;
	w.now = now;
	code = edit_gate_check_tables(&w);
	return code ? code : check_around(&w);
}

// The parser says where the tables are, and their rows, which must be rows, are read one by one:
// a second document of the file is never there. Where that is not enough to be sure, or the edits
// are to be refused, all is parsed.
static bool
pass_heads(struct rmk_arena *a, const struct rmk_gate *gate, struct rmk_str text)
{
	struct rmk_err unused;
	struct rmk_gate_walk w = {
	    .arena = a, .gate = gate, .heads = true, .err = &unused};
	struct rmk_doc *now;

	if (gate->ntexts ||
	    rmk_doc_parse(a, gate->old->path, text, RMK_PARSE_HEADS, &now, &unused))
		return false;
	w.now = now;
	return !edit_gate_check_tables(&w) && !w.unsure && !check_around(&w);
}

// --- rows of one table ------------------------------------------------------------

// The rows that differ, and those that edits name: where rows are alike, they may be others.
static bool
find_range(const struct rmk_gate *gate, struct rmk_bodies bodies, struct rmk_str text,
    struct rmk_row_range *out)
{
	const struct rmk_doc *old = gate->old;
	const struct rmk_table *table;
	struct rmk_body_diff gap;
	struct rmk_patch found;
	uint32_t end;

	if (!rmk_bodies_gap(&bodies, old->text, text, &gap) ||
	    !rmk_patch_find(old, &gap, &found))
		return false;
	table = &old->tables[found.table];
	*out = (struct rmk_row_range){
	    .table = found.table, .first = found.row, .last = found.row + found.nold};
	for (size_t i = 0; i < gate->nedits; i++) {
		const struct rmk_edit *edit = gate->edits[i];
		size_t behind = edit->row + (edit->kind != RMK_EDIT_INSERT);

		if (edit->table != found.table || edit->kind > RMK_EDIT_DELETE)
			return false;
		out->first = edit->row < out->first ? edit->row : out->first;
		out->last = behind > out->last ? behind : out->last;
	}
	end = out->last < table->nrows ? table->rows[out->last].span.at
	                               : bodies.v[found.table].end;
	out->rows.prefix = rmk_doc_str(old, bodies.v[found.table].prefix);
	out->rows.at = out->first < found.row ? table->rows[out->first].span.at : gap.at;
	out->rows.end = end + (gap.new_end - gap.old_end);
	return true;
}

// Only rows of one table were written, which can be read alone, and they are as was wished. Cells
// that rows lack are no more than before: a row that is set keeps its own, a new one has all.
static bool
pass_rows(struct rmk_arena *a, const struct rmk_gate *gate, struct rmk_str text)
{
	struct rmk_doc now = {.text = text};
	struct rmk_err unused;
	struct rmk_gate_walk w = {.arena = a, .gate = gate, .now = &now, .err = &unused};
	const struct rmk_table *table;
	struct rmk_row_range range;
	enum rmk_code code;

	if (gate->ntexts || !gate->nedits ||
	    (gate->old->tight && text.n < gate->old->text.n) ||
	    !find_range(gate, rmk_bodies_of(a, gate->old), text, &range))
		return false;
	table = &gate->old->tables[range.table];
	for (size_t r = 0; r < table->nrows; r++) {
		if (rmk_marker_is_row(rmk_doc_str(gate->old, table->rows[r].span)))
			return false;
	}
	range.rows.cells = (struct rmk_arena){.oom = a->oom, .ctx = a->ctx};
	code = rmk_gate_rows(&w, &range);
	rmk_arena_free(&range.rows.cells);
	return !code && !range.rows.unsure && w.edit == gate->nedits;
}

enum rmk_code
rmk_gate_pass(struct rmk_arena *a, const struct rmk_gate *gate, struct rmk_str text,
    struct rmk_err *err)
{
	struct rmk_arena scratch = {.oom = a->oom, .ctx = a->ctx};
	bool passed = pass_rows(&scratch, gate, text);
	enum rmk_code code = RMK_OK;

	rmk_arena_free(&scratch);
	passed = passed || pass_heads(&scratch, gate, text);
	rmk_arena_free(&scratch);
	if (!passed)
		code = pass_parsed(&scratch, gate, text, err);
	rmk_arena_free(&scratch);
	return code;
}
