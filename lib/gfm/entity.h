// The named characters of HTML that people write in tables.
//
//	amp ──▶ U+0026     nbsp ──▶ U+00A0     check ──▶ U+2713
#ifndef RMK_GFM_ENTITY_H
#define RMK_GFM_ENTITY_H

#include "base/str.h"

// The longest name in the table.
#define RMK_ENTITY_MAX 12

// The code point called name (without '&' and ';'; case counts), or 0.
int32_t rmk_entity_find(struct rmk_str name);

#endif
