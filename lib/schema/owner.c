// Who has a row: see owner.h.
#include "schema/owner.h"

#include "base/utf8.h"
#include "schema/status_words.h"
#include "table/value.h"

size_t
rmk_schema_owner(const struct rmk_schema *schema)
{
	size_t found = RMK_NONE, n = 0;

	for (size_t i = 0; i < schema->ncols; i++) {
		const struct rmk_field *f = &schema->fields[i];

		if (f->is_owner)
			return i;
		if (i == schema->key || f->type == RMK_STATUS ||
		    !rmk_words_header_owns(f->key))
			continue;
		found = i;
		n++;
	}
	return n == 1 ? found : RMK_NONE;
}

bool
rmk_owner_is_nobody(struct rmk_arena *a, struct rmk_str raw)
{
	return rmk_words_is_nobody(rmk_value_key(a, raw));
}

bool
rmk_owner_is(struct rmk_arena *a, struct rmk_str raw, struct rmk_str name)
{
	return rmk_str_eq(rmk_value_key(a, raw), rmk_utf8_fold(a, name));
}
