// A column's name, in the header and in declarations: see columns.h.
#include "edit/columns_internal.h"

#include "base/buf.h"
#include "edit/edit.h"
#include "edit/padding.h"
#include "gfm/cells.h"
#include "schema/describe.h"
#include "table/value.h"

#include <string.h>

void
rmk_column_text(struct rmk_arena *a, const struct rmk_doc *doc, struct rmk_str from,
    struct rmk_str value, struct rmk_column_edits *out)
{
	*RMK_PUSH(a, out->v, out->n, out->cap) = (struct rmk_edit){.kind = RMK_EDIT_TEXT,
	    .span = {(uint32_t)(from.s - doc->text.s), (uint32_t)from.n},
	    .value = value};
}

// --- a new name -------------------------------------------------------------------------

static struct rmk_str
column_word(struct rmk_arena *a, struct rmk_str label, const char *marks)
{
	struct rmk_buf b = {.arena = a};

	rmk_describe_word(&b, label, marks);
	return rmk_buf_str(&b);
}

// The declarations that refer to the column by its name.
static void
column_references(struct rmk_arena *a, const struct rmk_doc *doc, struct rmk_str table,
    struct rmk_str old, struct rmk_str label, struct rmk_column_edits *out)
{
	struct rmk_str name = rmk_value_key(a, table);

	for (size_t t = 0; t < doc->ntables && name.n; t++) {
		const struct rmk_schema *s = rmk_schema_columns(a, doc, t);
		const char *last = NULL;

		for (size_t i = 0; i < s->ncols; i++) {
			const struct rmk_field *f = &s->fields[i];

			if (f->ref_col.n == 0 || f->ref_col.s == last ||
			    !rmk_str_eq(rmk_value_key(a, f->ref_table), name) ||
			    !rmk_str_eq(rmk_value_key(a, f->ref_col), old))
				continue;
			last = f->ref_col.s;
			rmk_column_text(
			    a, doc, f->ref_col, column_word(a, label, ",;"), out);
		}
	}
}

static struct rmk_str
column_header(struct rmk_arena *a, const struct rmk_doc *doc, size_t table, size_t col,
    struct rmk_str label)
{
	const struct rmk_table *t = &doc->tables[table];
	struct rmk_frame frame = rmk_frame_of(doc, &t->header, col);
	struct rmk_layout layout = rmk_layout_of(doc, t, 0, col, false);
	struct rmk_buf b = {.arena = a};
	size_t end;

	rmk_buf_add(&b, rmk_str_part(doc->text, 0, (size_t)(frame.left.s - doc->text.s)));
	rmk_pad_replace(&b, &layout, &frame, rmk_cell_raw(a, label));
	end = (size_t)(frame.right.s - doc->text.s) + frame.right.n;
	rmk_buf_add(&b, rmk_str_from(doc->text, end));
	return rmk_buf_str(&b);
}

// The gate of a header: the same tables with the same lines, but for one label.
static enum rmk_code
column_check_header(struct rmk_arena *a, const struct rmk_doc *old, size_t table,
    size_t col, struct rmk_str label, struct rmk_str text, struct rmk_err *err)
{
	const struct rmk_table *one = &old->tables[table], *two;
	struct rmk_doc *now;
	bool same;

	if (rmk_doc_parse(a, old->path, text, RMK_PARSE_ALL, &now, err))
		return err->code;
	same = now->ntables == old->ntables && now->nblocks == old->nblocks &&
	       now->nlines == old->nlines;
	two = same ? &now->tables[table] : one;
	same = same && one->ncols == two->ncols && one->nrows == two->nrows &&
	       one->containers == two->containers &&
	       memcmp(one->aligns, two->aligns, one->ncols) == 0 && !two->read_only;
	for (size_t i = 0; same && i < one->ncols; i++)
		same = rmk_str_eq(rmk_doc_cell(now, &two->header, i),
		    i == col ? rmk_cell_raw(a, label)
			     : rmk_doc_cell(old, &one->header, i));
	return same ? RMK_OK
	            : rmk_fail(err, RMK_REFUSED,
			  "%.*s:%u: it would not be the same table with that name",
			  RMK_FMT(old->path), one->header.line);
}

enum rmk_code
rmk_column_rename(struct rmk_arena *a, const struct rmk_doc *doc, size_t table,
    size_t col, struct rmk_str label, struct rmk_str *out, struct rmk_err *err)
{
	const struct rmk_schema *schema = rmk_schema_of(a, doc, table);
	const struct rmk_field *field = &schema->fields[col];
	const struct rmk_column_named named = {doc, table, field->key, label, {0}, {0}};
	struct rmk_column_edits edits = {0};
	struct rmk_str text, made;
	struct rmk_doc *declared;

	if (field->named.s && !rmk_describe_can_say(label))
		return rmk_fail(err, RMK_INVALID, "'%.*s': a declaration cannot hold it",
		    RMK_FMT(label));
	if (field->named.s)
		rmk_column_text(
		    a, doc, field->named, column_word(a, label, ":;,"), &edits);
	column_references(a, doc, schema->name, field->key, label, &edits);
	rmk_column_regions(a, doc, &named, &edits);
	if (rmk_edits_apply(a, doc, edits.v, edits.n, &text, err) ||
	    rmk_doc_parse(a, doc->path, text, RMK_PARSE_ALL, &declared, err))
		return err->code;
	made = column_header(a, declared, table, col, label);
	if (column_check_header(a, declared, table, col, label, made, err))
		return err->code;
	*out = made;
	return RMK_OK;
}

enum rmk_code
rmk_column_rename_refs(struct rmk_arena *a, const struct rmk_doc *doc,
    const struct rmk_column_named *named, struct rmk_str *out, struct rmk_err *err)
{
	const struct rmk_schema *schema = rmk_schema_of(a, named->doc, named->table);
	struct rmk_column_edits edits = {0};

	*out = doc->text;
	column_references(a, doc, schema->name, named->old, named->label, &edits);
	rmk_column_regions(a, doc, named, &edits);
	return edits.n ? rmk_edits_apply(a, doc, edits.v, edits.n, out, err) : RMK_OK;
}

// --- a column that goes -----------------------------------------------------------------

// An entry with the line or the mark that is its own.
static bool
column_entry(const struct rmk_doc *doc, struct rmk_str entry, struct rmk_str *out)
{
	struct rmk_str text = doc->text;
	size_t at = (size_t)(entry.s - text.s), end = at + entry.n, from = at;

	while (from > 0 && memchr(" \t>", text.s[from - 1], 3))
		from--;
	while (end < text.n && (text.s[end] == ' ' || text.s[end] == '\t'))
		end++;
	if (from > 0 && text.s[from - 1] == '\n' && end < text.n &&
	    (text.s[end] == '\n' || text.s[end] == '\r')) {
		end += text.s[end] == '\r' && end + 1 < text.n && text.s[end + 1] == '\n';
		*out = rmk_str_part(text, from, end + 1 - from);
		return true;
	}
	if (from > 0 && text.s[from - 1] == ';') {
		*out = rmk_str_part(text, from - 1, at + entry.n - from + 1);
		return true;
	}
	if (end == text.n || text.s[end] != ';')
		return false;
	end++;
	while (end < text.n && text.s[end] == ' ')
		end++;
	*out = rmk_str_part(text, at, end - at);
	return true;
}

// "Go, Rust: ..." without Rust: the name and the comma on one side of it.
static bool
column_of_many(const struct rmk_field *field, struct rmk_str *out)
{
	size_t at = (size_t)(field->named.s - field->entry.s), end = at + field->named.n;

	while (end < field->entry.n && field->entry.s[end] == ' ')
		end++;
	if (end < field->entry.n && field->entry.s[end] == ',') {
		end++;
		while (end < field->entry.n && field->entry.s[end] == ' ')
			end++;
		*out = rmk_str_part(field->entry, at, end - at);
		return true;
	}
	end = at + field->named.n;
	while (at > 0 && field->entry.s[at - 1] != ',')
		at--;
	if (at == 0)
		return false;
	*out = rmk_str_part(field->entry, at - 1, end - at + 1);
	return true;
}

static enum rmk_code
column_undeclare(struct rmk_arena *a, const struct rmk_doc *doc,
    const struct rmk_schema *schema, size_t col, struct rmk_column_edits *edits,
    struct rmk_err *err)
{
	const struct rmk_field *field = &schema->fields[col];
	struct rmk_str gone;
	size_t sharing = 0;
	bool found;

	if (!field->named.s)
		return RMK_OK;
	for (size_t i = 0; i < schema->ncols; i++)
		sharing += schema->fields[i].entry.s == field->entry.s;
	found = sharing > 1 ? column_of_many(field, &gone)
	                    : column_entry(doc, field->entry, &gone);
	if (!found) {
		rmk_fail(err, RMK_REFUSED,
		    "%.*s: the declaration says nothing but '%.*s'", RMK_FMT(doc->path),
		    RMK_FMT(field->entry));
		return rmk_hint(err, "take it away first");
	}
	rmk_column_text(a, doc, gone, RMK_STR(""), edits);
	return RMK_OK;
}

enum rmk_code
rmk_column_remove(struct rmk_arena *a, const struct rmk_doc *doc, size_t table,
    size_t col, struct rmk_str *out, struct rmk_err *err)
{
	const struct rmk_schema *schema = rmk_schema_columns(a, doc, table);
	size_t *from = RMK_NEW_N(a, size_t, schema->ncols);
	struct rmk_columns columns = {.from = from};
	struct rmk_column_edits edits = {0};
	struct rmk_doc *undeclared;
	struct rmk_str text;

	if (schema->ncols == 1)
		return rmk_fail(
		    err, RMK_REFUSED, "%.*s: it is the only column", RMK_FMT(doc->path));
	for (size_t i = 0; i < schema->ncols; i++)
		if (i != col)
			from[columns.n++] = i;
	if (column_undeclare(a, doc, schema, col, &edits, err) ||
	    rmk_edits_apply(a, doc, edits.v, edits.n, &text, err) ||
	    rmk_doc_parse(a, doc->path, text, RMK_PARSE_ALL, &undeclared, err))
		return err->code;
	return rmk_columns_arrange(a, undeclared, table, &columns, out, err);
}
