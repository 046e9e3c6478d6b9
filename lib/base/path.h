// Paths as they are written in files, '/'-separated.
#ifndef RMK_BASE_PATH_H
#define RMK_BASE_PATH_H

#include "base/str.h"

// The path of `other` as seen from the folder of the file `from`, without "." and "..".
//
//	docs/index.md, ../README.md  ──▶  README.md
struct rmk_str rmk_path_beside(
    struct rmk_arena *a, struct rmk_str from, struct rmk_str other);

#endif
