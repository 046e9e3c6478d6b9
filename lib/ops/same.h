// Whether two tables say the same: the question of every gate that is not a cell edit's.
//
//	|a|b|          | a | b |
//	|-|-|    ==    |---|---|        cells, rows and alignments are equal;
//	|x|            | x |   |        a missing cell equals an empty one
#ifndef RMK_OPS_SAME_H
#define RMK_OPS_SAME_H

#include "table/doc.h"

RMK_API bool rmk_same_table(struct rmk_arena *a, const struct rmk_doc *old,
    const struct rmk_table *was, const struct rmk_doc *new, const struct rmk_table *is);

#endif
