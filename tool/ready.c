// Whether a row can be begun: see ready.h.
#include "ready.h"
#include "schema/reference.h"
#include "schema/row_progress.h"
#include "table/inline_references.h"
#include "table/value.h"

struct ready_target {
	struct rmk_str table,
	    column;          // as the declaration of the referring column has them
	struct rmk_map keys; // to 1 where a row of that key is left to do, else 0
};

// The column of a table that a field refers to; RMK_NONE: it is another table.
static size_t
referred_column(struct call *c, const struct picked *p, const struct rmk_field *field)
{
	const struct rmk_schema *schema = file_schema(c->arena, p->file, p->table);
	struct rmk_str key = rmk_value_key(c->arena, field->ref_col);

	if (!rmk_str_eq(rmk_value_key(c->arena, schema->name),
		rmk_value_key(c->arena, field->ref_table)))
		return RMK_NONE;
	if (key.n == 0)
		return schema->key;
	for (size_t i = 0; i < schema->ncols; i++)
		if (rmk_str_eq(schema->fields[i].key, key))
			return i;
	return RMK_NONE;
}

static void
note_rows(struct call *c, const struct picked *p, size_t col, struct rmk_map *keys)
{
	const struct rmk_doc *doc = p->file->doc;
	const struct rmk_table *t = &doc->tables[p->table];
	const struct rmk_schema *schema = file_schema(c->arena, p->file, p->table);

	for (size_t r = 0; r < t->nrows; r++) {
		struct rmk_row_progress is = rmk_row_progress(
		    c->arena, doc, p->table, schema, r);
		size_t *left = rmk_map_put(
		    keys, rmk_value_key(c->arena,
			      rmk_doc_cell_linked(c->arena, doc, &t->rows[r], col)));
		bool open = schema->nstatus &&
		            (rmk_row_turn(&is) != RMK_NONE || is.vague);

		*left = open || *left == 1;
	}
}

// A table of that name may be in any file.
static enum rmk_code
read_target(struct ready *ready, const struct rmk_field *field, struct ready_target *out,
    struct rmk_err *err)
{
	struct call *c = ready->c;
	char *word = rmk_str_c(
	    c->arena, rmk_str_printf(c->arena, "#%.*s", RMK_FMT(field->ref_table)));
	struct picked *tables;
	size_t n;
	enum rmk_code code = open_tables(c, &word, 1, &tables, &n, err);

	*out = (struct ready_target){
	    field->ref_table, field->ref_col, {.arena = c->arena}};
	if (code == RMK_NOT_FOUND)
		return RMK_OK;
	for (size_t i = 0; !code && i < n; i++) {
		size_t col = referred_column(c, &tables[i], field);

		if (col != RMK_NONE)
			note_rows(c, &tables[i], col, &out->keys);
	}
	return code;
}

static enum rmk_code
ready_find(struct ready *ready, const struct rmk_field *field,
    const struct ready_target **out, struct rmk_err *err)
{
	struct ready_target *t;

	for (size_t i = 0; i < ready->n; i++) {
		*out = &ready->v[i];
		if (rmk_str_eq(ready->v[i].table, field->ref_table) &&
		    rmk_str_eq(ready->v[i].column, field->ref_col))
			return RMK_OK;
	}
	t = RMK_PUSH(ready->c->arena, ready->v, ready->n, ready->cap);
	*out = t;
	return read_target(ready, field, t, err);
}

enum rmk_code
ready_row(struct ready *ready, const struct picked *p, size_t row, bool *out,
    struct rmk_err *err)
{
	struct rmk_arena *a = ready->c->arena;
	const struct rmk_schema *schema = file_schema(a, p->file, p->table);
	const struct rmk_doc *doc = p->file->doc;
	const struct ready_target *target;
	struct rmk_str *values;

	*out = true;
	for (size_t col = 0; col < schema->ncols; col++) {
		if (schema->fields[col].type != RMK_REF)
			continue;
		if (ready_find(ready, &schema->fields[col], &target, err))
			return err->code;
		size_t n = rmk_reference_values(a,
		    rmk_doc_cell_linked(a, doc, &doc->tables[p->table].rows[row], col),
		    &target->keys, &values);
		for (size_t i = 0; i < n; i++)
			if (rmk_map_get(&target->keys, rmk_utf8_fold(a, values[i])) == 1)
				*out = false;
	}
	return RMK_OK;
}
