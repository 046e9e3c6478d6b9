// Rows told apart: see row_names.h.
#include "schema/row_names.h"

#include "schema/address.h"
#include "table/inline_references.h"
#include "table/value.h"

struct rmk_row_names
rmk_row_names_of(struct rmk_arena *a, const struct rmk_doc *doc, size_t table, size_t key)
{
	return (struct rmk_row_names){.a = a,
	    .doc = doc,
	    .table = table,
	    .key = key,
	    .names = {.arena = a},
	    .apart = {.arena = a}};
}

static const struct rmk_table *
names_table(const struct rmk_row_names *n)
{
	return &n->doc->tables[n->table];
}

static struct rmk_str
names_text(const struct rmk_row_names *n, size_t row)
{
	if (n->key == RMK_NONE)
		return (struct rmk_str){0};
	return rmk_value_text(
	    n->a, rmk_references_inline(n->a, n->doc,
		      rmk_doc_cell(n->doc, &names_table(n)->rows[row], n->key)));
}

static void
names_count(struct rmk_map *map, struct rmk_str name)
{
	size_t *count = rmk_map_put(map, name);

	*count = *count == RMK_NONE ? 1 : *count + 1;
}

static void
names_read(struct rmk_row_names *n)
{
	size_t nrows = names_table(n)->nrows;

	if (n->read)
		return;
	n->nth = RMK_NEW_N(n->a, size_t, nrows + 1);
	for (size_t i = 0; i < nrows; i++) {
		struct rmk_str text = names_text(n, i);

		names_count(&n->names, text);
		n->nth[i] = rmk_map_get(&n->names, text) - 1;
	}
	n->read = true;
}

static bool
names_several(struct rmk_row_names *n, struct rmk_str text)
{
	if (n->unique)
		return false;
	names_read(n);
	return rmk_map_get(&n->names, text) > 1;
}

// The table's schema, naming rows by the column that they are named by here.
static const struct rmk_schema *
names_schema(struct rmk_row_names *n)
{
	struct rmk_schema *schema;

	if (n->schema)
		return n->schema;
	schema = rmk_schema_of(n->a, n->doc, n->table);
	if (schema->number == n->key)
		schema->number = RMK_NONE;
	schema->key = n->key;
	return n->schema = schema;
}

static struct rmk_str
names_apart(struct rmk_row_names *n, size_t row)
{
	return rmk_address_row_apart(n->a, n->doc, n->table, names_schema(n), row);
}

static bool
apart_several(struct rmk_row_names *n, struct rmk_str name)
{
	for (size_t i = 0; !n->read_apart && i < names_table(n)->nrows; i++)
		if (names_several(n, names_text(n, i)))
			names_count(&n->apart, names_apart(n, i));
	n->read_apart = true;
	return rmk_map_get(&n->apart, name) > 1;
}

bool
rmk_namesake_eq(const struct rmk_namesake *a, const struct rmk_namesake *b)
{
	return a->nth == b->nth && a->of == b->of && rmk_str_eq(a->text, b->text);
}

struct rmk_namesake
rmk_row_namesake(struct rmk_row_names *n, size_t row)
{
	struct rmk_str text = names_text(n, row);

	names_read(n);
	return (struct rmk_namesake){text, n->nth[row], rmk_map_get(&n->names, text)};
}

struct rmk_str
rmk_row_name_apart(struct rmk_row_names *n, size_t row)
{
	struct rmk_str text = names_text(n, row);

	if (text.n == 0 || !names_several(n, text) ||
	    rmk_address_row_by(n->a, n->doc, n->table, names_schema(n), row).n == 0)
		return (struct rmk_str){0};
	return names_apart(n, row);
}

struct rmk_str
rmk_row_name(struct rmk_row_names *n, size_t row)
{
	struct rmk_str text = names_text(n, row), name;
	unsigned line = names_table(n)->rows[row].line;

	if (text.n == 0)
		return rmk_str_printf(n->a, "line %u", line);
	if (!names_several(n, text))
		return text;
	name = names_apart(n, row);
	return apart_several(n, name)
	           ? rmk_str_printf(n->a, "%.*s (line %u)", RMK_FMT(text), line)
	           : name;
}
