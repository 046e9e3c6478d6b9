// What a picture says that has no text beside it.
//
//	![](https://img.shields.io/badge/status-done-green)   done
//	![](img/yes.svg)                                      yes
//	<img src="x.png" alt="Done">                          Done
//	<input type="checkbox" checked>                       [x]
#ifndef RMK_TABLE_PICTURE_H
#define RMK_TABLE_PICTURE_H

#include "base/str.h"

// The name of the first picture in raw bytes of a cell; empty: there is none.
struct rmk_str rmk_picture_name(struct rmk_arena *a, struct rmk_str raw);

#endif
