// One change made in one version of a file, through both gates. See api.h.
#include "api/api.h"

#include "check/constraint_gate.h"

enum rmk_code
api_change_make(struct rmk_arena *a, const char *version, struct rmk_str path,
    struct rmk_str text, const struct rmk_change *change, struct rmk_str *out,
    struct rmk_err *err)
{
	struct rmk_doc *old, *now;

	if (rmk_doc_parse(a, path, text, 0, &old, err) ||
	    rmk_changes_apply(a, version, old, change, 1, out, err))
		return err->code;
	if (rmk_str_eq(*out, text))
		return RMK_OK;
	if (rmk_doc_parse(a, path, *out, 0, &now, err))
		return err->code;
	return rmk_check_gate(a, (const struct rmk_doc *const[]){old},
	    (const struct rmk_doc *const[]){now}, 1, err);
}

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
