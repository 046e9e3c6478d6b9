// Records against rows: see import.h.
#include "edit/import.h"

#include "edit/cell_value.h"
#include "edit/edit.h"
#include "edit/import_rows.h"
#include "edit/import_text.h"
#include "edit/new_row.h"
#include "gfm/cells.h"
#include "table/value.h"

struct importing {
	struct rmk_arena *arena;
	const struct rmk_doc *doc;
	size_t table;
	const struct rmk_schema *schema;
	const struct rmk_records *records;
	const size_t *cols;
	bool *urls; // [ncols of the table]
	struct rmk_import_opts opts;
	struct rmk_file_words words;
	struct rmk_import_rows rows;
	struct rmk_import *out;
	struct rmk_err *err;
};

// --- cells --------------------------------------------------------------------------

static enum rmk_code
import_bad_value(struct importing *im, size_t record, size_t col)
{
	struct rmk_err why = *im->err;

	rmk_fail(im->err, why.code, "record %zu, '%.*s': %s", record + 2,
	    RMK_FMT(im->schema->fields[col].label), why.msg);
	return rmk_hint(im->err, "%s", why.hint);
}

// What a record's text is as the content of a cell of a column.
static enum rmk_code
import_content(struct importing *im, size_t record, size_t col, struct rmk_str text,
    struct rmk_str *out)
{
	const struct rmk_field *field = &im->schema->fields[col];
	struct rmk_cell_wish wish = {.as_typed = im->opts.as_typed,
	    .doc = im->doc,
	    .table = im->table,
	    .words = &im->words};
	enum rmk_code code;

	bool link = im->opts.markdown && rmk_str_chr(text, '[') != RMK_NONE;

	if (im->urls[col] && !link && rmk_str_find(text, RMK_STR("://")) != RMK_NONE)
		*out = rmk_link_like(im->arena, im->doc, im->table, col, im->schema->key,
		    text, RMK_STR(""));
	else
		*out = rmk_import_content(im->arena, text, im->opts.markdown);
	code = rmk_edit_value_ok(*out, im->err);
	wish.typed = *out;
	if (!code && out->n && field->nterms)
		code = rmk_cell_spell(im->arena, field, &wish, NULL, out, im->err);
	return code ? import_bad_value(im, record, col) : RMK_OK;
}

static enum rmk_code
import_cell(struct importing *im, size_t record, size_t row, size_t col,
    struct rmk_str text, bool *changed)
{
	const struct rmk_table *t = &im->doc->tables[im->table];
	struct rmk_str raw = rmk_doc_cell(im->doc, &t->rows[row], col), value;
	struct rmk_str old = rmk_cell_content(im->arena, raw), url;
	struct rmk_link *links;

	text = rmk_str_trim(text);
	if (rmk_import_is_same(&im->rows, raw, col, text))
		return RMK_OK;
	if (col == im->schema->key && !im->opts.markdown) { // the row was found by it
		*RMK_PUSH(im->arena, im->out->names, im->out->nnames,
		    im->out->names_cap) = (struct rmk_import_cell){row, col, text, false};
		return RMK_OK;
	}
	url = im->urls[col] && !im->opts.markdown ? rmk_cell_url(im->arena, raw)
	                                          : RMK_STR("");
	if (!url.n || !rmk_import_url(im->arena, old, url, text, &value)) {
		if (import_content(im, record, col, text, &value))
			return im->err->code;
	}
	if (rmk_str_eq(old, value))
		return RMK_OK;
	*changed = true;
	*RMK_PUSH(im->arena, im->out->cells, im->out->ncells,
	    im->out->cells_cap) = (struct rmk_import_cell){row, col, value,
	    rmk_value_links(im->arena, raw, &links) >
		rmk_value_links(im->arena, rmk_cell_raw(im->arena, value), &links)};
	return RMK_OK;
}

static enum rmk_code
import_new(struct importing *im, size_t record)
{
	struct rmk_str *values = RMK_NEW_N(im->arena, struct rmk_str, im->schema->ncols);
	const struct rmk_record *r = &im->records->v[record];

	for (size_t i = 0; i < im->records->ncols; i++) {
		size_t col = im->cols[i];

		if (col != RMK_NONE && r->cells[i].s &&
		    import_content(
			im, record, col, rmk_str_trim(r->cells[i]), &values[col]))
			return im->err->code;
	}
	for (size_t col = 0; col < im->schema->ncols; col++)
		if (!values[col].s)
			values[col] = rmk_cell_first(im->schema, col);
	*RMK_PUSH(im->arena, im->out->rows, im->out->nrows, im->out->rows_cap) = values;
	return RMK_OK;
}

static enum rmk_code
import_record(struct importing *im, size_t record)
{
	const struct rmk_record *r = &im->records->v[record];
	bool changed = false, alike;
	size_t row = rmk_import_rows_take(&im->rows, record, &alike);

	if (row == RMK_NONE)
		return import_new(im, record);
	for (size_t i = 0; i < im->records->ncols; i++) {
		if (im->cols[i] == RMK_NONE || !r->cells[i].s)
			continue;
		if (import_cell(im, record, row, im->cols[i], r->cells[i], &changed))
			return im->err->code;
	}
	im->out->nsame += !changed;
	im->out->nalike += changed && alike;
	return RMK_OK;
}

enum rmk_code
rmk_import_plan(struct rmk_arena *a, const struct rmk_doc *doc, size_t table,
    const struct rmk_schema *schema, const struct rmk_records *records,
    const size_t *cols, struct rmk_import_opts opts, struct rmk_import *out,
    struct rmk_err *err)
{
	struct rmk_import found = {0};
	struct importing im = {.arena = a,
	    .doc = doc,
	    .table = table,
	    .schema = schema,
	    .records = records,
	    .cols = cols,
	    .urls = RMK_NEW_N(a, bool, schema->ncols),
	    .opts = opts,
	    .out = &found,
	    .err = err};

	for (size_t col = 0; col < schema->ncols; col++)
		im.urls[col] = rmk_column_is_urls(a, doc, table, schema, col, NULL, 0);
	im.rows = (struct rmk_import_rows){.arena = a,
	    .doc = doc,
	    .table = table,
	    .key = schema->key,
	    .records = records,
	    .cols = cols,
	    .urls = im.urls,
	    .markdown = opts.markdown};
	rmk_import_rows_find(&im.rows);
	for (size_t i = 0; i < records->n; i++) {
		if (import_record(&im, i))
			return err->code;
	}
	for (size_t r = 0; r < doc->tables[table].nrows; r++)
		found.nleft += !im.rows.taken[r];
	*out = found;
	return RMK_OK;
}
