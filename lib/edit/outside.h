// Whether two versions of a file differ in their tables alone.
//
//	## Papers             the same in both
//
//	| LoRA | Read |       may differ, and so may regions, declarations and blank lines
#ifndef RMK_EDIT_OUTSIDE_H
#define RMK_EDIT_OUTSIDE_H

#include "table/doc.h"

// Where tables or rows came that were lines of text before (a list that became a table, rows
// that were cut off), or went back to such lines, these lines do not count either. Both are
// parsed with RMK_PARSE_ALL.
bool rmk_outside_same(
    struct rmk_arena *a, const struct rmk_doc *old, const struct rmk_doc *new_);

#endif
