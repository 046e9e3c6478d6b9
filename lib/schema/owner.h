// Who has a row.
//
//	| Task  | Status | Owner |     the owner column: declared, or found by its header
//	| parse | Doing  | ada   |     ada has it
//	| print | Todo   | -     |     nobody has
//
// Which headers and which words these are is data: header_words.tsv.
#ifndef RMK_SCHEMA_OWNER_H
#define RMK_SCHEMA_OWNER_H

#include "schema/schema.h"

// The column that says who has a row, or RMK_NONE: none is declared, and not exactly one has
// such a header.
size_t rmk_schema_owner(const struct rmk_schema *schema);

// Whether a cell of it says that nobody has the row; and whether it names somebody.
bool rmk_owner_is_nobody(struct rmk_arena *a, struct rmk_str raw);
bool rmk_owner_is(struct rmk_arena *a, struct rmk_str raw, struct rmk_str name);

#endif
