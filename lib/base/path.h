// Paths as they are written in files, '/'-separated.
//
//	docs/index.md, ../README.md  ──▶  README.md
#ifndef RMK_BASE_PATH_H
#define RMK_BASE_PATH_H

#include "base/str.h"

// The path of `other` as seen from the folder of the file `from`, without "." and "..".
struct rmk_str rmk_path_beside(
    struct rmk_arena *a, struct rmk_str from, struct rmk_str other);

#endif
