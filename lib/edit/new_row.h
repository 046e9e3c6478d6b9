// What a new row holds that nobody typed: the next number, a link in the table's way.
//
//	| ID  | Paper | Link                |
//	| T-7 | LoRA  | [Link](https://...) |
//	| T-8 |       | [Link](URL)         |   next id; a link as its neighbours are
#ifndef RMK_EDIT_NEW_ROW_H
#define RMK_EDIT_NEW_ROW_H

#include "schema/schema.h"

// The number after the highest of a column whose cells are numbers, or end in one behind the
// same text ("T-7"), as wide as that. Where the column is declared so, its prefix is the declared
// one whatever rows hold, and the rest is random: no other row has it. False: it is no such column.
bool rmk_next_id(struct rmk_arena *a, const struct rmk_doc *doc, size_t table, size_t col,
    struct rmk_str *out);

// Whether a text is an id as the column has them: the same letters before a number ("T-9").
bool rmk_is_id_like(struct rmk_arena *a, const struct rmk_doc *doc, size_t table,
    size_t col, struct rmk_str text);

// The column of links: declared, else the one in which most cells begin with one. RMK_NONE: none.
size_t rmk_link_column(struct rmk_arena *a, const struct rmk_doc *doc, size_t table,
    const struct rmk_schema *schema);

// A link to url in the way of its column: with the label that nearly all cells share; with `name`
// (empty: none is known) where they are labelled by their own row's, and always in column `key`,
// which names rows; else bare, or in <> as most are.
struct rmk_str rmk_link_like(struct rmk_arena *a, const struct rmk_doc *doc, size_t table,
    size_t col, size_t key, struct rmk_str url, struct rmk_str name);

// The key of a new row: RMK_INVALID where it is missing, RMK_FASTER where a row has it.
enum rmk_code rmk_new_key_check(struct rmk_arena *a, const struct rmk_doc *doc,
    size_t table, const struct rmk_schema *schema, struct rmk_str value,
    struct rmk_err *err);

#endif
