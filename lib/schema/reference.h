// What the cells of a `ref` column refer to.
//
//	Needs: ref tasks      parse              one key
//	                      parse, print       two
//	                      Ada, Countess      one, where that is a key
#ifndef RMK_SCHEMA_REFERENCE_H
#define RMK_SCHEMA_REFERENCE_H

#include "base/map.h"
#include "schema/schema.h"

// The values that a cell names, as a reader sees them: the cell as a whole where that is a key
// (keys are those of rmk_value_key), else its parts between commas. Returns how many.
size_t rmk_reference_values(struct rmk_arena *a, struct rmk_str raw,
    const struct rmk_map *keys, struct rmk_str **out);

#endif
