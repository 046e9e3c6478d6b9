// Tables and rows as results. See rowmark.h.
#include "api/api.h"

#include "schema/address.h"
#include "schema/schema.h"
#include "table/inline_references.h"
#include "table/value.h"

static void
put_table(struct rmk_result *r, const struct rmk_doc *doc, size_t table)
{
	const struct rmk_table *t = &doc->tables[table];
	const struct rmk_schema *schema = rmk_schema_of(&r->arena, doc, table);
	struct rmk_buf status = {.arena = &r->arena};
	struct api_row *row = api_add_row(r);

	for (size_t i = 0; i < schema->nstatus; i++)
		rmk_buf_printf(&status, "%s%.*s", i ? "\n" : "",
		    RMK_FMT(schema->fields[schema->status[i]].label));
	row->line = t->header.line;
	api_put(r, row, 0, rmk_address_name(&r->arena, doc, table));
	api_put(r, row, 1, rmk_address_of(&r->arena, doc, table));
	api_put_number(r, row, 2, row->line);
	api_put_number(r, row, 3, t->nrows);
	if (schema->key < schema->ncols)
		api_put(r, row, 4, schema->fields[schema->key].label);
	api_put(r, row, 5, rmk_buf_str(&status));
}

static enum rmk_code
list_tables(struct rmk_db *db, struct rmk_result *r, const struct api_args *args)
{
	static const char *const names[] = {
	    "table", "address", "line", "rows", "key", "status", NULL};
	struct api_file *f;

	if (api_file_open(db, args->path, &f, &r->err))
		return r->err.code;
	api_columns(r, names);
	for (size_t t = 0; t < f->doc->ntables; t++)
		put_table(r, f->doc, t);
	return RMK_OK;
}

int
rmk_tables(struct rmk_db *db, const char *path, struct rmk_result **result)
{
	const struct api_args args = {.path = path};

	return api_run(db, result, list_tables, &args);
}

static void
api_put_row(struct rmk_result *r, const struct rmk_doc *doc, size_t table,
    const struct rmk_schema *schema, size_t at)
{
	const struct rmk_row *from = &doc->tables[table].rows[at];
	struct rmk_arena *a = &r->arena;
	struct api_row *row = api_add_row(r);

	row->line = from->line;
	row->key = api_copy(a, rmk_address_row(a, doc, table, schema, at));
	for (size_t col = 0; col < r->ncols; col++) {
		const struct rmk_field *field = &schema->fields[col];
		struct rmk_str raw = rmk_doc_cell(doc, from, col);
		struct api_cell *cell = &row->cells[col];

		cell->raw = api_copy(a, raw);
		cell->text = api_copy(
		    a, rmk_value_text(a, rmk_references_inline(a, doc, raw)));
		if (r->is_status[col])
			cell->progress = rmk_field_progress(a, field, raw);
	}
}

static enum rmk_code
list_rows(struct rmk_db *db, struct rmk_result *r, const struct api_args *args)
{
	const struct rmk_schema *schema;
	struct api_file *f;
	size_t table;

	if (api_file_open(db, args->path, &f, &r->err) ||
	    api_table(&r->arena, f->doc, args->table, &table, &r->err))
		return r->err.code;
	schema = rmk_schema_of(&r->arena, f->doc, table);
	r->ncols = schema->ncols;
	r->columns = RMK_NEW_N(&r->arena, const char *, r->ncols + 1);
	r->is_status = RMK_NEW_N(&r->arena, bool, r->ncols);
	for (size_t col = 0; col < r->ncols; col++) {
		r->columns[col] = rmk_str_c(&r->arena, schema->fields[col].label);
		r->is_status[col] = schema->fields[col].type == RMK_STATUS;
	}
	for (size_t i = 0; i < f->doc->tables[table].nrows; i++)
		api_put_row(r, f->doc, table, schema, i);
	return RMK_OK;
}

int
rmk_rows(
    struct rmk_db *db, const char *path, const char *table, struct rmk_result **result)
{
	const struct api_args args = {.path = path, .table = table};

	return api_run(db, result, list_rows, &args);
}

static enum rmk_code
give_bytes(struct rmk_db *db, struct rmk_result *r, const struct api_args *args)
{
	struct api_file *f;

	if (api_file_open(db, args->path, &f, &r->err))
		return r->err.code;
	r->text = api_copy(&r->arena, f->doc->text);
	return RMK_OK;
}

int
rmk_bytes(struct rmk_db *db, const char *path, struct rmk_result **result)
{
	const struct api_args args = {.path = path};

	return api_run(db, result, give_bytes, &args);
}
