// A copy of a change that needs no document. See api.h.
#include "api/api.h"

static struct rmk_str *
copy_all(struct rmk_arena *a, const struct rmk_str *texts, size_t n)
{
	struct rmk_str *out;

	if (!texts)
		return NULL;
	out = RMK_NEW_N(a, struct rmk_str, n + 1);
	for (size_t i = 0; i < n; i++)
		out[i] = rmk_str_copy(a, texts[i]);
	return out;
}

struct rmk_change
api_change_copy(struct rmk_arena *a, const struct rmk_change *change)
{
	struct rmk_change c = *change;

	c.table.name = rmk_str_copy(a, c.table.name);
	c.table.anchor = rmk_str_copy(a, c.table.anchor);
	c.table.labels = copy_all(a, c.table.labels, c.table.ncols);
	c.row.key = rmk_str_copy(a, c.row.key);
	c.row.shown = rmk_str_copy(a, c.row.shown);
	c.row.cells = copy_all(a, c.row.cells, c.row.ncells);
	c.label = rmk_str_copy(a, c.label);
	c.label_shown = rmk_str_copy(a, c.label_shown);
	c.old = rmk_str_copy(a, c.old);
	c.value = rmk_str_copy(a, c.value);
	c.values = copy_all(a, c.values, c.table.ncols);
	return c;
}
