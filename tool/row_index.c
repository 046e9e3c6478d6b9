// Rows by name: see row_index.h.
#include "row_index.h"

#define ROW_SEVERAL (RMK_NONE - 1)

static void
put(struct rmk_map *map, struct rmk_str name, size_t row)
{
	size_t *at = rmk_map_put(map, name);

	*at = *at == RMK_NONE || *at == row ? row : ROW_SEVERAL;
}

struct row_index *
row_index_make(struct rmk_arena *a, const struct rmk_doc *doc, size_t table,
    const struct rmk_schema *schema)
{
	struct row_index *index = RMK_NEW(a, struct row_index);
	const struct rmk_table *t = &doc->tables[table];

	index->exact.arena = index->folded.arena = a;
	for (size_t i = 0; i < t->nrows && schema->ncols; i++) {
		struct rmk_str raw = rmk_doc_cell(doc, &t->rows[i], schema->key),
			       text = rmk_value_text(a, raw);

		put(&index->exact, text, i);
		put(&index->exact, raw, i);
		put(&index->folded, rmk_utf8_fold(a, text), i);
	}
	return index;
}

// One row of either name, RMK_NONE, or ROW_SEVERAL.
static size_t
of_either(const struct rmk_map *map, struct rmk_str one, struct rmk_str other)
{
	size_t a = rmk_map_get(map, one), b = rmk_map_get(map, other);

	if (a == RMK_NONE || a == b)
		return b;
	return b == RMK_NONE ? a : ROW_SEVERAL;
}

struct rmk_hits
row_index_find(struct rmk_arena *a, const struct row_index *index,
    const struct rmk_doc *doc, size_t table, const struct rmk_schema *schema,
    struct rmk_str row)
{
	struct rmk_str text = rmk_str_trim(row), key = rmk_utf8_fold(a, text);
	struct rmk_hits hits = {RMK_MATCH_EXACT, RMK_NEW(a, size_t), 1};
	bool plain = key.n && !rmk_str_starts(text, RMK_STR("LINE:"));

	*hits.rows = plain ? rmk_map_get(&index->exact, text) : ROW_SEVERAL;
	if (*hits.rows == RMK_NONE) {
		hits.level = RMK_MATCH_FOLDED;
		*hits.rows = of_either(&index->folded, key, rmk_value_key(a, text));
	}
	return *hits.rows < ROW_SEVERAL ? hits
	                                : rmk_address_rows(a, doc, table, schema, row);
}
