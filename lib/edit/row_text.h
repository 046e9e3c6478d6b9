// The lines of a table, written anew.
//
//	| LoRA  | Not read |   + an edit of column 2     ──▶  | LoRA  | Read     |
//	| LoRA  | Read     |   + an insert below it      ──▶  | QLoRA | Not read |
#ifndef RMK_EDIT_ROW_TEXT_H
#define RMK_EDIT_ROW_TEXT_H

#include "edit/edit.h"

// The content of a body row (from row.at to its end) with n cells set. The edits are
// sorted by column, one a column.
struct rmk_str rmk_row_set(struct rmk_arena *a, const struct rmk_doc *doc,
    const struct rmk_edit *const *edits, size_t n);

// A new line, without its end, in the style of the rows around it.
struct rmk_str rmk_row_new(
    struct rmk_arena *a, const struct rmk_doc *doc, const struct rmk_edit *insert);

#endif
