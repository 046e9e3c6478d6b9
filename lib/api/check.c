// What is wrong with a file, as a result. See rowmark.h.
#include "check/check.h"

#include "api/api.h"
#include "sql/view.h"

static void
api_put_finding(struct rmk_result *r, const struct rmk_finding *f)
{
	struct api_row *row = api_add_row(r);

	row->line = f->at.line;
	api_put(r, row, 0, rmk_str_of(rmk_level_name(f->level)));
	api_put(r, row, 1, rmk_str_of(f->rule->name));
	api_put_number(r, row, 2, f->at.line);
	api_put_number(r, row, 3, f->at.from);
	api_put_number(r, row, 4, f->at.to);
	api_put(r, row, 5, f->message);
	api_put(r, row, 6, f->hint);
	api_put(r, row, 7, f->table);
	api_put(r, row, 8, f->key);
	api_put(r, row, 9, f->label);
}

static enum rmk_code
check_file(struct rmk_db *db, struct rmk_result *r, const struct api_args *args)
{
	static const char *const names[] = {"level", "rule", "line", "column",
	    "end_column", "message", "hint", "table", "row", "label", NULL};
	struct rmk_check_opts opts = {.view = rmk_view_make};
	struct rmk_findings found = {0};
	struct api_file *f;

	if (api_file_open(db, args->path, &f, &r->err))
		return r->err.code;
	rmk_check_text(&r->arena, f->path, f->doc->text, &opts, NULL, &found);
	api_columns(r, names);
	for (size_t i = 0; i < found.n; i++)
		api_put_finding(r, &found.v[i]);
	return RMK_OK;
}

int
rmk_check(struct rmk_db *db, const char *path, struct rmk_result **result)
{
	const struct api_args args = {.path = path};

	return api_run(db, result, check_file, &args);
}
