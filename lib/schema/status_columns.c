// Which columns of a document's table hold progress, by what people write.
#include "base/buf.h"
#include "schema/evidence.h"
#include "schema/schema_internal.h"

// What it was inferred from, in words.
static const char *
reason_of(
    struct rmk_arena *a, const struct rmk_evidence *e, const struct rmk_field *field)
{
	struct rmk_buf out = {.arena = a};

	if (e->says != RMK_HEADER_NOTHING)
		rmk_buf_printf(&out, "header '%.*s'", RMK_FMT(field->label));
	else
		rmk_buf_adds(&out, "values ");
	for (size_t i = 0; e->says == RMK_HEADER_NOTHING && i < e->column.n && i < 3; i++)
		rmk_buf_printf(
		    &out, "%s%.*s", i ? ", " : "", RMK_FMT(e->column.spellings[i].text));
	rmk_buf_addc(&out, '\0');
	return out.s;
}

static void
make_status(struct rmk_arena *a, struct rmk_arena *scratch, const struct rmk_doc *doc,
    struct rmk_field *field, struct rmk_evidence *e)
{
	field->type = RMK_STATUS;
	field->why = e->why ? e->why : reason_of(a, e, field);
	// Dashes alone are "no" in a matrix, else no value.
	if (e->ladder == RMK_LADDER_PLUS_MINUS && !e->plain && !e->why)
		e->ladder = RMK_NONE;
	field->ladder = e->ladder;
	rmk_terms_infer(scratch, field, &e->column);
	rmk_terms_keep(a, doc, field);
}

struct status_rows {
	const struct rmk_doc *doc;
	const struct rmk_table *table;
};

static struct rmk_column
status_rows_read(void *ctx, struct rmk_arena *a, size_t col, size_t most)
{
	const struct status_rows *rows = ctx;

	return rmk_column_read(a, rows->doc, rows->table, col, most);
}

void
rmk_schema_infer(struct rmk_arena *a, struct rmk_arena *scratch,
    const struct rmk_doc *doc, const struct rmk_table *table, struct rmk_schema *schema)
{
	struct status_rows rows = {doc, table};
	struct rmk_column_reader reader = {status_rows_read, &rows};
	struct rmk_evidence *e = rmk_evidence_of(
	    scratch, schema->fields, schema->ncols, &reader);

	for (size_t i = 0; i < schema->ncols; i++)
		if (e[i].accepted)
			make_status(a, scratch, doc, &schema->fields[i], &e[i]);
}
