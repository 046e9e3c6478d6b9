// What the cells of a `ref` column refer to.
//
//	Needs: ref tasks      parse              one key
//	                      parse, print       two
//	                      Ada, Countess      one, where that is a key
//
// What was archived is still referred to: `ref tasks` finds rows of `archived-tasks` as well.
#ifndef RMK_SCHEMA_REFERENCE_H
#define RMK_SCHEMA_REFERENCE_H

#include "base/map.h"
#include "schema/schema.h"

// The values that a cell names, as a reader sees them: the cell as a whole where that is a key
// (keys are those of rmk_value_key), else its parts between commas. Returns how many.
size_t rmk_reference_values(struct rmk_arena *a, struct rmk_str raw,
    const struct rmk_map *keys, struct rmk_str **out);

// Whether a reference finds its values in the table of this declared name too: in the one that
// it names, and in the archive of it.
#define RMK_ARCHIVE_OF "archived-"
bool rmk_reference_finds(
    struct rmk_arena *a, const struct rmk_field *field, struct rmk_str name);

#endif
