// Cells that would give a row the name of another one.
//
//	| x | Yes |    set x y -c Name   ──▶   refused: there is a row 'y' already
//	| y | No  |
#ifndef TOOL_TAKEN_NAMES_H
#define TOOL_TAKEN_NAMES_H

#include "write.h"

// RMK_REFUSED: one of n writes names its row as another row is named then, in a table in which all
// names differ. Rows may exchange their names.
enum rmk_code taken_names_check(
    struct rmk_arena *a, const struct write *writes, size_t n, struct rmk_err *err);

#endif
