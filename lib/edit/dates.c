// Dates that come with a status: see dates.h.
#include "edit/dates.h"

size_t
rmk_dates_due(struct rmk_arena *a, const struct rmk_schema *schema, size_t status,
    struct rmk_str from, struct rmk_str to, size_t *out)
{
	const struct rmk_field *field = &schema->fields[status];
	enum rmk_progress was, is;
	size_t n = 0;

	if (field->type != RMK_STATUS)
		return 0;
	was = rmk_field_progress(a, field, from);
	is = rmk_field_progress(a, field, to);
	for (size_t col = 0; col < schema->ncols && was != is; col++) {
		if (schema->fields[col].has_on && schema->fields[col].type == RMK_DATE &&
		    schema->fields[col].on == is)
			out[n++] = col;
	}
	return n;
}
