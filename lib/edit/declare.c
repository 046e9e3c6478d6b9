// See declare.h.
#include "edit/declare.h"

#include "base/buf.h"
#include "schema/address.h"
#include "schema/describe.h"

struct rmk_str
rmk_declaration_infer(
    struct rmk_arena *a, const struct rmk_doc *doc, size_t table, bool named)
{
	struct rmk_schema *schema = rmk_describe_infer(
	    a, doc, table, rmk_schema_of(a, doc, table));

	return rmk_describe_declaration(
	    a, doc, table, schema, named ? rmk_address_name(a, doc, table) : RMK_STR(""));
}

// The comment goes on lines of its own above the header, behind the prefix of a quote or
// list that the header has. There no blank line follows: a list that has one between its
// parts is set wider.
struct rmk_edit
rmk_declaration_insert(struct rmk_arena *a, const struct rmk_doc *doc, size_t table,
    struct rmk_str declaration)
{
	const struct rmk_row *header = &doc->tables[table].header;
	struct rmk_str prefix = rmk_str_part(
	    doc->text, header->span.at, header->at - header->span.at);
	struct rmk_str eol = rmk_doc_line_end(doc, header->line), line;
	struct rmk_buf out = {.arena = a};

	while (rmk_str_split(&declaration, '\n', &line)) {
		rmk_buf_add(&out, prefix);
		rmk_buf_add(&out, rmk_str_trim(line));
		rmk_buf_add(&out, eol);
	}
	if (prefix.n == 0)
		rmk_buf_add(&out, eol);
	return (struct rmk_edit){.kind = RMK_EDIT_TEXT,
	    .span = {header->span.at, 0},
	    .value = rmk_buf_str(&out)};
}
