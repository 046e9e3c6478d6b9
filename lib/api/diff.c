// What changed between two versions of a file, as a result. See rowmark.h.
#include "diff/diff.h"

#include "api/api.h"
#include "schema/address.h"
#include "table/value.h"

struct putting {
	struct rmk_result *r;
	const struct rmk_diff *diff;
	struct rmk_str table;
};

static struct api_row *
api_put_change(struct putting *p, const char *change, struct rmk_str row_name)
{
	struct api_row *row = api_add_row(p->r);

	api_put(p->r, row, 0, p->table);
	api_put(p->r, row, 1, rmk_str_of(change));
	api_put(p->r, row, 2, row_name);
	return row;
}

static void
put_cell(struct putting *p, const struct rmk_table_diff *t, const struct rmk_row_diff *d,
    const struct rmk_cell_diff *c)
{
	bool gone = c->new_col == RMK_NONE;
	const struct rmk_doc *doc = gone ? p->diff->old : p->diff->new_;
	const struct rmk_table *table = &doc->tables[gone ? t->old_table : t->new_table];
	struct rmk_str label = rmk_doc_cell(
	    doc, &table->header, gone ? c->old_col : c->new_col);
	struct api_row *row = api_put_change(p, "changed", d->name);

	api_put(p->r, row, 3, rmk_value_text(&p->r->arena, label));
	api_put(p->r, row, 4, c->old);
	api_put(p->r, row, 5, c->new_);
}

static void
diff_put_row(
    struct putting *p, const struct rmk_table_diff *t, const struct rmk_row_diff *d)
{
	if (d->kind == RMK_DIFF_ADDED)
		api_put_change(p, "added", d->name);
	else if (d->kind == RMK_DIFF_REMOVED)
		api_put_change(p, "removed", d->name);
	else if (d->moved)
		api_put_change(p, "moved", d->name);
	for (size_t i = 0; i < d->ncells; i++)
		put_cell(p, t, d, &d->cells[i]);
}

static enum rmk_code
diff_files(struct rmk_db *db, struct rmk_result *r, const struct api_args *args)
{
	static const char *const names[] = {
	    "table", "change", "row", "column", "old", "new", NULL};
	struct api_file *old, *now;
	struct rmk_diff diff;
	struct putting p = {.r = r, .diff = &diff};

	if (api_file_open(db, args->path, &old, &r->err) ||
	    api_file_open(db, args->other, &now, &r->err))
		return r->err.code;
	diff = rmk_diff_docs(&r->arena, old->doc, now->doc);
	api_columns(r, names);
	for (size_t i = 0; i < diff.n; i++) {
		const struct rmk_table_diff *t = &diff.tables[i];

		p.table = t->new_table == RMK_NONE
		              ? rmk_address_name(&r->arena, diff.old, t->old_table)
		              : rmk_address_name(&r->arena, diff.new_, t->new_table);
		for (size_t k = 0; k < t->nrows; k++)
			diff_put_row(&p, t, &t->rows[k]);
	}
	return RMK_OK;
}

int
rmk_diff(struct rmk_db *db, const char *old_path, const char *new_path,
    struct rmk_result **result)
{
	const struct api_args args = {.path = old_path, .other = new_path};

	return api_run(db, result, diff_files, &args);
}
