// A row as text that a person edits, and back.
//
//	Paper: LoRA
//	Why it matters: Few trained weights
//	    and no cost later                  more lines of a cell are indented: <br>
//
// Values are content: no pipe is escaped. Reading what was written gives each cell's content.
#ifndef RMK_EDIT_CARD_H
#define RMK_EDIT_CARD_H

#include "base/err.h"
#include "schema/schema.h"

struct rmk_str rmk_card_write(struct rmk_arena *a, const struct rmk_doc *doc,
    size_t table, const struct rmk_schema *schema, size_t row);

// [schema->ncols]; s NULL: its line is gone. RMK_INVALID names a line that is of no column.
enum rmk_code rmk_card_read(struct rmk_arena *a, const struct rmk_schema *schema,
    struct rmk_str text, struct rmk_str **out, struct rmk_err *err);

#endif
