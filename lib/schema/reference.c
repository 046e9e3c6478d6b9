// What the cells of a `ref` column refer to: see reference.h.
#include "schema/reference.h"

#include "table/value.h"

size_t
rmk_reference_values(struct rmk_arena *a, struct rmk_str raw, const struct rmk_map *keys,
    struct rmk_str **out)
{
	struct rmk_str rest = rmk_value_text(a, raw), part, *v = NULL;
	size_t n = 0, cap = 0;

	if (rmk_map_get(keys, rmk_value_key(a, raw)) != RMK_NONE) {
		*RMK_PUSH(a, v, n, cap) = rest;
		*out = v;
		return 1;
	}
	while (rest.n && rmk_str_split(&rest, ',', &part)) {
		part = rmk_str_trim(part);
		if (part.n)
			*RMK_PUSH(a, v, n, cap) = part;
	}
	*out = v;
	return n;
}

bool
rmk_reference_finds(
    struct rmk_arena *a, const struct rmk_field *field, struct rmk_str name)
{
	struct rmk_str is = rmk_value_key(a, name), wanted;

	if (field->type != RMK_REF || field->ref_table.n == 0)
		return false;
	wanted = rmk_value_key(a, field->ref_table);
	return rmk_str_eq(is, wanted) ||
	       (rmk_str_starts(is, RMK_STR(RMK_ARCHIVE_OF)) &&
		   rmk_str_eq(rmk_str_from(is, sizeof RMK_ARCHIVE_OF - 1), wanted));
}
