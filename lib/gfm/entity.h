// HTML's names of characters, all that GitHub shows.
//
//	amp ──▶ &     nbsp ──▶ U+00A0     check ──▶ ✓     nGt ──▶ ≫ and U+20D2
#ifndef RMK_GFM_ENTITY_H
#define RMK_GFM_ENTITY_H

#include "base/str.h"

// The longest name in the table.
#define RMK_ENTITY_MAX 31

// What is shown for a name (without '&' and ';'; case counts), in UTF-8: one character or
// two, six bytes at most. Empty: there is no such name.
struct rmk_str rmk_entity_find(struct rmk_str name);

#endif
