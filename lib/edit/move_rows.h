// The rows of a table in another order.
//
//	| b | 2 |        | a | 1 |      whole lines change places;
//	| a | 1 |  ───▶  | b | 2 |      each place keeps its line's end
#ifndef RMK_EDIT_MOVE_ROWS_H
#define RMK_EDIT_MOVE_ROWS_H

#include "table/doc.h"

// order[nrows]: which row comes first, second ... The result is parsed and refused unless it
// is the same file with these rows in this order.
enum rmk_code rmk_rows_move(struct rmk_arena *a, const struct rmk_doc *doc, size_t table,
    const size_t *order, struct rmk_str *out, struct rmk_err *err);

#endif
