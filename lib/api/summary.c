// How far the status columns of a file are, as a result. See rowmark.h.
#include "summary/summary.h"

#include "api/api.h"

static void
api_put_part(struct rmk_result *r, const struct rmk_part *table, struct rmk_str column,
    const struct rmk_tally *t)
{
	static const enum rmk_progress order[] = {
	    RMK_TODO, RMK_DOING, RMK_DONE, RMK_CLOSED, RMK_UNKNOWN, RMK_EMPTY};
	struct api_row *row = api_add_row(r);
	size_t col = 3;

	api_put(r, row, 0, table->name);
	api_put(r, row, 1, column);
	api_put_number(r, row, 2, t->total);
	for (size_t i = 0; i < sizeof order / sizeof *order; i++)
		api_put_number(r, row, col++, t->by[order[i]]);
	api_put_number(r, row, col, rmk_tally_percent(t));
}

static enum rmk_code
sum_up(struct rmk_db *db, struct rmk_result *r, const struct api_args *args)
{
	static const char *const names[] = {"table", "column", "total", "todo", "doing",
	    "done", "closed", "unknown", "empty", "percent", NULL};
	struct rmk_summary sum = {.arena = &r->arena};
	struct rmk_summary_opts opts = {0};
	struct api_file *f;

	if (api_file_open(db, args->path, &f, &r->err) ||
	    rmk_summary_doc(&sum, f->doc, &opts, &r->err))
		return r->err.code;
	rmk_summary_finish(&sum);
	api_columns(r, names);
	for (size_t i = 0; i < sum.ntables; i++) {
		const struct rmk_part *t = &sum.tables[i];

		if (t->nparts == 0)
			api_put_part(r, t, t->column, &t->tally);
		for (size_t k = 0; k < t->nparts; k++)
			api_put_part(r, t, t->parts[k].label, &t->parts[k].tally);
	}
	return RMK_OK;
}

int
rmk_summary(struct rmk_db *db, const char *path, struct rmk_result **result)
{
	const struct api_args args = {.path = path};

	return api_run(db, result, sum_up, &args);
}
