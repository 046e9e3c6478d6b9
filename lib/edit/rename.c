// A value that gets another name wherever it stands: see rename.h.
#include "edit/rename.h"

#include "base/buf.h"
#include "base/utf8.h"
#include "gfm/cells.h"
#include "schema/describe.h"
#include "schema/reference.h"
#include "table/inline_references.h"
#include "table/value.h"

#include <string.h>

// --- one cell -----------------------------------------------------------------------

// What a reader sees of a cell, or of a part of one, as values are compared.
static struct rmk_str
rename_key(struct rmk_arena *a, const struct rmk_doc *doc, struct rmk_str raw)
{
	return rmk_value_key(a, rmk_references_inline(a, doc, raw));
}

static bool
rename_same_urls(struct rmk_arena *a, struct rmk_str one, struct rmk_str two)
{
	struct rmk_link *x, *y;
	size_t nx = rmk_value_links(a, one, &x), ny = rmk_value_links(a, two, &y);

	if (nx != ny)
		return false;
	for (size_t i = 0; i < nx; i++)
		if (!rmk_str_eq(x[i].url, y[i].url))
			return false;
	return true;
}

// raw with what it shows, or one text of it, in other words: at the place where nothing but
// that changes.
static bool
rename_text(struct rmk_arena *a, const struct rmk_doc *doc, struct rmk_str raw,
    struct rmk_str new_, struct rmk_str *out)
{
	struct rmk_str seen = rmk_references_inline(a, doc, raw);
	struct rmk_str text = rmk_cell_raw(a, rmk_value_text(a, seen));
	struct rmk_str now = rmk_cell_raw(a, new_), key = rmk_value_key(a, now);
	struct rmk_link *links;
	size_t at = 0, found;

	// Another label is no reference any more: where it refers to is written behind it first.
	raw = rmk_references_full(a, doc, raw);

	while (
	    text.n && (found = rmk_str_find(rmk_str_from(raw, at), text)) != RMK_NONE) {
		struct rmk_str made = rmk_str_printf(a, "%.*s%.*s%.*s", (int)(at + found),
		    raw.s, RMK_FMT(now), RMK_FMT(rmk_str_from(raw, at + found + text.n)));

		struct rmk_str read = rmk_references_inline(a, doc, made);

		if (rmk_str_eq(rmk_value_key(a, read), key) &&
		    rename_same_urls(a, seen, read)) {
			*out = made;
			return true;
		}
		at += found + 1;
	}
	*out = now;
	return rmk_value_links(a, seen, &links) == 0;
}

static enum rmk_code
rename_refuse(const struct rmk_doc *doc, const struct rmk_row *row, struct rmk_str raw,
    struct rmk_err *err)
{
	rmk_fail(err, RMK_REFUSED,
	    "%.*s:%u: '%.*s': the word cannot be told from what is around it",
	    RMK_FMT(doc->path), row->line, RMK_FMT(raw));
	return rmk_hint(err, "write that cell first: rowmark set ROW VALUE");
}

static void
rename_cell(struct rmk_arena *a, size_t table, size_t row, size_t col, struct rmk_str raw,
    struct rmk_renamed *out)
{
	struct rmk_link *links;

	*RMK_PUSH(a, out->edits, out->n, out->cap) = (struct rmk_edit){
	    .kind = RMK_EDIT_CELL,
	    .table = table,
	    .row = row,
	    .col = col,
	    .value = rmk_cell_content(a, raw)};
	out->ncells++;
	out->nlinks += rmk_value_links(a, raw, &links) > 0;
}

static enum rmk_code
rename_cells(struct rmk_arena *a, const struct rmk_doc *doc, size_t table, size_t col,
    const struct rmk_rename *r, struct rmk_renamed *out, struct rmk_err *err)
{
	const struct rmk_table *t = &doc->tables[table];
	struct rmk_str old = rmk_value_key(a, r->old), made;

	for (size_t i = 0; i < t->nrows; i++) {
		struct rmk_str raw = rmk_doc_cell(doc, &t->rows[i], col);

		if (!rmk_str_eq(rename_key(a, doc, raw), old))
			continue;
		if (!rename_text(a, doc, raw, r->new_, &made))
			return rename_refuse(doc, &t->rows[i], raw, err);
		rename_cell(a, table, i, col, made, out);
	}
	return RMK_OK;
}

// --- the declaration ------------------------------------------------------------------

static void
rename_listed(struct rmk_arena *a, const struct rmk_doc *doc, struct rmk_str piece,
    const struct rmk_rename *r, struct rmk_renamed *out)
{
	struct rmk_buf word = {.arena = a};
	struct rmk_span span = {(uint32_t)(piece.s - doc->text.s), (uint32_t)piece.n};

	if (!piece.s)
		return;
	rmk_describe_word(&word, r->new_, ",<;");
	*RMK_PUSH(a, out->edits, out->n, out->cap) = (struct rmk_edit){
	    .kind = RMK_EDIT_TEXT, .span = span, .value = rmk_buf_str(&word)};
	out->declared = true;
}

// Keys are unique, and two listed values that became one would be one rank less.
static enum rmk_code
rename_check_new(struct rmk_arena *a, const struct rmk_doc *doc, size_t table,
    const struct rmk_schema *schema, size_t col, const struct rmk_rename *r,
    struct rmk_err *err)
{
	const struct rmk_field *field = &schema->fields[col];
	struct rmk_str key = rmk_value_key(a, rmk_cell_raw(a, r->new_));
	const struct rmk_table *t = &doc->tables[table];
	const struct rmk_term *term = rmk_field_term(a, field, rmk_cell_raw(a, r->new_));
	bool unique = schema->key == col || field->unique || field->is_key;

	if (rmk_str_eq(key, rmk_value_key(a, r->old)))
		return RMK_OK;
	if (term && (term->listed.s || (field->type == RMK_STATUS && term->count))) {
		rmk_fail(err, RMK_REFUSED, "'%.*s' is a value of '%.*s' already",
		    RMK_FMT(term->text), RMK_FMT(field->label));
		return rmk_hint(err,
		    "rowmark set --where '%.*s=%.*s' '%.*s' makes one of two",
		    RMK_FMT(field->label), RMK_FMT(r->old), RMK_FMT(term->text));
	}
	for (size_t i = 0; i < t->nrows && unique; i++) {
		struct rmk_str raw = rmk_doc_cell(doc, &t->rows[i], col);

		if (rmk_str_eq(rename_key(a, doc, raw), key))
			return rmk_fail(err, RMK_REFUSED,
			    "%.*s:%u: there is a row '%.*s' already", RMK_FMT(doc->path),
			    t->rows[i].line, RMK_FMT(r->new_));
	}
	return RMK_OK;
}

enum rmk_code
rmk_rename_value(struct rmk_arena *a, const struct rmk_doc *doc, size_t table,
    const struct rmk_schema *schema, size_t col, const struct rmk_rename *r,
    struct rmk_renamed *out, struct rmk_err *err)
{
	const struct rmk_term *term = rmk_field_term(
	    a, &schema->fields[col], rmk_cell_raw(a, r->old));
	struct rmk_str listed = term ? term->listed : (struct rmk_str){0};

	if (listed.s && !rmk_describe_can_say(r->new_))
		return rmk_fail(err, RMK_INVALID, "'%.*s': a declaration cannot hold it",
		    RMK_FMT(r->new_));
	for (size_t i = 0; i < schema->ncols; i++) {
		const struct rmk_term *same = rmk_field_term(
		    a, &schema->fields[i], rmk_cell_raw(a, r->old));

		if (i != col && !(listed.s && same && same->listed.s == listed.s))
			continue;
		size_t before = out->ncells;
		if (schema->fields[i].type == RMK_REF
			? rmk_rename_refs(a, doc, table, i, r, out, err)
			: rename_cells(a, doc, table, i, r, out, err))
			return err->code;
		if ((term || out->ncells > before) &&
		    rename_check_new(a, doc, table, schema, i, r, err))
			return err->code;
	}
	if (term) {
		rename_listed(a, doc, term->listed, r, out);
		rename_listed(a, doc, term->listed_closed, r, out);
	}
	return RMK_OK;
}

// --- references -----------------------------------------------------------------------

bool
rmk_refers_to(struct rmk_arena *a, const struct rmk_field *field,
    const struct rmk_schema *schema, size_t col)
{
	if (!rmk_reference_finds(a, field, schema->name))
		return false;
	return field->ref_col.n == 0 ? schema->key == col
	                             : rmk_str_eq(rmk_value_key(a, field->ref_col),
					   schema->fields[col].key);
}

// Of "LoRA, [LIMA](#l)" the part that is called so.
static bool
rename_part(struct rmk_arena *a, const struct rmk_doc *doc, struct rmk_str raw,
    const struct rmk_rename *r, struct rmk_str *out)
{
	struct rmk_str old = rmk_value_key(a, r->old), rest = raw, part, made;
	struct rmk_buf b = {.arena = a};
	bool found = false;

	while (rmk_str_split(&rest, ',', &part)) {
		struct rmk_str word = rmk_str_trim(part);
		size_t before = (size_t)(word.s - part.s);

		rmk_buf_adds(&b, part.s == raw.s ? "" : ",");
		if (word.n && rmk_str_eq(rename_key(a, doc, word), old) &&
		    rename_text(a, doc, word, r->new_, &made)) {
			rmk_buf_add(&b, rmk_str_part(part, 0, before));
			rmk_buf_add(&b, made);
			rmk_buf_add(&b, rmk_str_from(part, before + word.n));
			found = true;
		} else {
			rmk_buf_add(&b, part);
		}
	}
	*out = rmk_buf_str(&b);
	return found;
}

// Whether what a reader sees names it among others.
static bool
rename_names(struct rmk_arena *a, const struct rmk_doc *doc, struct rmk_str raw,
    struct rmk_str old)
{
	struct rmk_str rest = rmk_value_text(a, rmk_references_inline(a, doc, raw)), part;

	while (rmk_str_split(&rest, ',', &part))
		if (rmk_str_eq(rmk_utf8_fold(a, rmk_str_trim(part)), old))
			return true;
	return false;
}

enum rmk_code
rmk_rename_refs(struct rmk_arena *a, const struct rmk_doc *doc, size_t table, size_t col,
    const struct rmk_rename *r, struct rmk_renamed *out, struct rmk_err *err)
{
	const struct rmk_table *t = &doc->tables[table];
	struct rmk_str old = rmk_value_key(a, r->old), made;

	for (size_t i = 0; i < t->nrows; i++) {
		struct rmk_str raw = rmk_doc_cell(doc, &t->rows[i], col);
		bool whole = rmk_str_eq(rename_key(a, doc, raw), old);

		if (!whole && !rename_names(a, doc, raw, old))
			continue;
		if (whole ? !rename_text(a, doc, raw, r->new_, &made)
			  : !rename_part(a, doc, raw, r, &made))
			return rename_refuse(doc, &t->rows[i], raw, err);
		rename_cell(a, table, i, col, made, out);
	}
	return RMK_OK;
}
