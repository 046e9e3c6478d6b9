// Columns that look like a status in part, said where -v asks for it.
#include "open_table.h"
#include "out.h"

void
file_say_left_out(struct call *c, struct rmk_arena *a, const struct picked *p)
{
	const struct rmk_schema *schema;

	if (!c->verbose)
		return;
	schema = file_schema(a, p->file, p->table);
	for (size_t i = 0; i < schema->ncols; i++)
		if (i != schema->key && schema->fields[i].left_out)
			out_verbose(c, "%.*s: column '%.*s' is left out: %s",
			    RMK_FMT(rmk_shown(a, picked_address(a, p))),
			    RMK_FMT(rmk_shown(a, schema->fields[i].label)),
			    schema->fields[i].left_out);
}
