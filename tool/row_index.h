// The rows of a table by what they are called, for many wishes at once.
//
//	"LoRA" ─▶ exact {LoRA: 3}  ─┐
//	"lora" ─▶ folded {lora: 3} ─┴▶ row 3; else every row is looked at
//
// It answers where one row matches in full, as rmk_address_rows would. What matches more
// than one row, or only in part, is for that to say.
#ifndef TOOL_ROW_INDEX_H
#define TOOL_ROW_INDEX_H

#include "rowmark.h"

struct row_index {
	struct rmk_map exact, folded; // to the row, or ROW_SEVERAL
};

struct row_index *row_index_make(struct rmk_arena *a, const struct rmk_doc *doc,
    size_t table, const struct rmk_schema *schema);

// The rows that match, as rmk_address_rows finds them.
struct rmk_hits row_index_find(struct rmk_arena *a, const struct row_index *index,
    const struct rmk_doc *doc, size_t table, const struct rmk_schema *schema,
    struct rmk_str row);

#endif
