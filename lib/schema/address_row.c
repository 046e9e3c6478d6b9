// What a row is called, alone and beside others of its name: see address.h.
#include "schema/address.h"

#include "table/inline_references.h"
#include "table/value.h"

struct rmk_str
rmk_address_row(struct rmk_arena *a, const struct rmk_doc *doc, size_t table,
    const struct rmk_schema *schema, size_t row)
{
	const struct rmk_row *r = &doc->tables[table].rows[row];
	struct rmk_str text = rmk_value_text(
	    a, rmk_references_inline(a, doc, rmk_doc_cell(doc, r, schema->key)));

	return text.n > 0 ? text : rmk_str_printf(a, "line %u", r->line);
}

static struct rmk_str
first_url(struct rmk_arena *a, const struct rmk_doc *doc, const struct rmk_row *row,
    size_t ncols)
{
	for (size_t col = 0; col < ncols; col++) {
		struct rmk_link *links;
		size_t n = rmk_value_links(a,
		    rmk_references_inline(a, doc, rmk_doc_cell(doc, row, col)), &links);

		for (size_t i = 0; i < n; i++)
			if (!links[i].image && !links[i].reference && links[i].url.n)
				return links[i].url;
	}
	return (struct rmk_str){0};
}

struct rmk_str
rmk_address_row_by(struct rmk_arena *a, const struct rmk_doc *doc, size_t table,
    const struct rmk_schema *schema, size_t row)
{
	const struct rmk_row *r = &doc->tables[table].rows[row];
	struct rmk_str by = {0};

	if (schema->number != RMK_NONE)
		by = rmk_value_text(a, rmk_doc_cell(doc, r, schema->number));
	return by.n ? by : first_url(a, doc, r, doc->tables[table].ncols);
}

struct rmk_str
rmk_address_row_apart(struct rmk_arena *a, const struct rmk_doc *doc, size_t table,
    const struct rmk_schema *schema, size_t row)
{
	struct rmk_str name = rmk_address_row(a, doc, table, schema, row);
	struct rmk_str by = rmk_address_row_by(a, doc, table, schema, row);

	if (by.n == 0)
		by = rmk_str_printf(a, "line %u", doc->tables[table].rows[row].line);
	return rmk_str_printf(a, "%.*s (%.*s)", RMK_FMT(name), RMK_FMT(by));
}
