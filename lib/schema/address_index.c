// Rows by what they are called, for many wishes at once: see address.h.
//
//	"LoRA" ─▶ exact {LoRA: 3}  ─┐
//	"lora" ─▶ folded {lora: 3} ─┴▶ row 3; else every row is looked at
//
// It answers where one row matches in full. What matches more than one row, or only in
// part, rmk_address_rows says.
#include "base/map.h"
#include "base/utf8.h"
#include "schema/address.h"
#include "table/inline_references.h"
#include "table/value.h"

struct rmk_address_index {
	const struct rmk_doc *doc;
	size_t table;
	const struct rmk_schema *schema;
	struct rmk_map exact, folded; // to the row, or RMK_SEVERAL
};

static void
address_index_put(struct rmk_map *map, struct rmk_str name, size_t row)
{
	size_t *at = rmk_map_put(map, name);

	*at = *at == RMK_NONE || *at == row ? row : RMK_SEVERAL;
}

struct rmk_address_index *
rmk_address_index(struct rmk_arena *a, const struct rmk_doc *doc, size_t table,
    const struct rmk_schema *schema)
{
	struct rmk_address_index *index = RMK_NEW(a, struct rmk_address_index);
	const struct rmk_table *t = &doc->tables[table];

	*index = (struct rmk_address_index){
	    doc, table, schema, {.arena = a}, {.arena = a}};
	for (size_t i = 0; i < t->nrows && schema->ncols; i++) {
		struct rmk_str raw = rmk_doc_cell(doc, &t->rows[i], schema->key),
			       text = rmk_value_text(
				   a, rmk_references_inline(a, doc, raw));

		address_index_put(&index->exact, text, i);
		address_index_put(&index->exact, raw, i);
		address_index_put(&index->folded, rmk_utf8_fold(a, text), i);
	}
	return index;
}

// One row of either name, RMK_NONE, or RMK_SEVERAL.
static size_t
of_either(const struct rmk_map *map, struct rmk_str one, struct rmk_str other)
{
	size_t a = rmk_map_get(map, one), b = rmk_map_get(map, other);

	if (a == RMK_NONE || a == b)
		return b;
	return b == RMK_NONE ? a : RMK_SEVERAL;
}

struct rmk_hits
rmk_address_index_rows(
    struct rmk_arena *a, const struct rmk_address_index *index, struct rmk_str row)
{
	struct rmk_str text = rmk_str_trim(row), key = rmk_utf8_fold(a, text);
	struct rmk_hits hits = {RMK_MATCH_EXACT, RMK_NEW(a, size_t), 1};
	bool plain = key.n && !rmk_str_starts(text, RMK_STR("LINE:"));

	*hits.rows = plain ? rmk_map_get(&index->exact, text) : RMK_SEVERAL;
	if (*hits.rows == RMK_NONE) {
		hits.level = RMK_MATCH_FOLDED;
		*hits.rows = of_either(&index->folded, key, rmk_value_key(a, text));
	}
	return *hits.rows < RMK_SEVERAL
	           ? hits
	           : rmk_address_rows(a, index->doc, index->table, index->schema, row);
}
