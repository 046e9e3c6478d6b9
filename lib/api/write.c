// Cells set, rows added and removed, kept until the commit. See rowmark.h.
#include "api/api.h"

#include "check/constraint_gate.h"
#include "edit/cell_value.h"
#include "edit/dates.h"
#include "edit/new_row.h"
#include "gfm/cells.h"
#include "schema/address.h"
#include "sql/view.h"
#include "summary/region.h"
#include "table/value.h"

#include <time.h>

// The place that a call is about.
struct place {
	struct api_file *file;
	const struct rmk_doc *doc;
	const struct rmk_schema *schema;
	size_t table, row, col;
};

static enum rmk_code
find_table(struct rmk_db *db, struct rmk_result *r, const struct api_args *args,
    struct place *out)
{
	struct rmk_err *err = &r->err;

	if (api_file_open(db, args->path, &out->file, err))
		return err->code;
	out->doc = out->file->doc;
	if (!out->file->is_file && !out->file->is_text)
		return rmk_fail(err, RMK_INVALID, "%.*s: only files can be written",
		    RMK_FMT(out->file->path));
	if (api_table(&r->arena, out->doc, args->table, &out->table, err))
		return err->code;
	out->schema = rmk_schema_of(&r->arena, out->doc, out->table);
	return RMK_OK;
}

static enum rmk_code
api_find_row(struct rmk_result *r, const char *name, struct place *p)
{
	struct rmk_str address = rmk_address_of(&r->arena, p->doc, p->table);
	struct rmk_hits hits = {0};
	struct rmk_buf list = {.arena = &r->arena};

	if (name && *name)
		hits = rmk_address_rows(
		    &r->arena, p->doc, p->table, p->schema, rmk_str_of(name));
	if (hits.n == 1) {
		p->row = hits.rows[0];
		return RMK_OK;
	}
	if (hits.n == 0)
		return rmk_fail(&r->err, RMK_NOT_FOUND, "%.*s: no row '%s'",
		    RMK_FMT(address), name ? name : "");
	for (size_t i = 0; i < hits.n && i < 10; i++)
		rmk_buf_printf(&list, "%sLINE:%u", i ? ", " : "",
		    p->doc->tables[p->table].rows[hits.rows[i]].line);
	rmk_fail(&r->err, RMK_AMBIGUOUS, "%.*s: '%s' fits %zu rows", RMK_FMT(address),
	    name, hits.n);
	return rmk_hint(&r->err, "%.*s", RMK_FMT(rmk_buf_str(&list)));
}

static enum rmk_code
find_column(struct rmk_result *r, const char *name, struct place *p)
{
	const struct rmk_schema *schema = p->schema;

	if (name)
		return rmk_address_column(&r->arena, p->doc, p->table, schema,
		    rmk_str_of(name), &p->col, &r->err);
	if (schema->nstatus != 1)
		return rmk_fail(&r->err, schema->nstatus ? RMK_AMBIGUOUS : RMK_NOT_FOUND,
		    "%.*s: has %zu status columns: name the column",
		    RMK_FMT(rmk_address_of(&r->arena, p->doc, p->table)),
		    schema->nstatus);
	p->col = schema->status[0];
	return RMK_OK;
}

// --- keeping ------------------------------------------------------------------------

static void
api_answer(struct rmk_result *r, const struct place *p, const struct rmk_change *change,
    struct rmk_str shown, size_t line)
{
	static const char *const names[] = {
	    "table", "row", "column", "old", "new", "line", NULL};
	struct api_row *row;

	api_columns(r, names);
	row = api_add_row(r);
	row->line = line;
	api_put(r, row, 0, rmk_address_name(&r->arena, p->doc, p->table));
	api_put(r, row, 1, shown);
	api_put(r, row, 2, change->label_shown);
	api_put(r, row, 3, rmk_value_text(&r->arena, change->old));
	api_put(
	    r, row, 4, rmk_value_text(&r->arena, rmk_cell_raw(&r->arena, change->value)));
	api_put_number(r, row, 5, line);
}

// The change is made in the text that reads see, and kept for the commit.
static enum rmk_code
keep(struct rmk_db *db, struct rmk_result *r, const struct place *p,
    const struct rmk_change *change, struct rmk_str shown, const char *expected)
{
	struct rmk_arena *a = &db->file_arena;
	struct api_file *f = p->file;
	struct api_pending *kept;
	struct rmk_str text;

	if (rmk_changes_make(
		&r->arena, "the worktree", p->doc, change, 1, &text, &r->err))
		return r->err.code;
	text = rmk_render_refresh(&r->arena, f->path, text, rmk_view_make, &r->notes);
	kept = RMK_PUSH(a, f->pending, f->npending, f->cap);
	*kept = (struct api_pending){.change = api_change_copy(a, change),
	    .shown = api_copy(a, shown),
	    .expect = expected ? api_copy(a, rmk_str_of(expected)) : (struct rmk_str){0}};
	if (api_file_replace(db, f, text, &r->err))
		f->npending--;
	return r->err.code;
}

// --- cells --------------------------------------------------------------------------

static enum rmk_code
api_check_expected(
    struct rmk_result *r, const struct place *p, struct rmk_str raw, const char *expected)
{
	struct rmk_arena *a = &r->arena;

	if (!expected ||
	    rmk_str_eq(rmk_value_key(a, raw), rmk_value_key(a, rmk_str_of(expected))))
		return RMK_OK;
	return rmk_fail(&r->err, RMK_FASTER, "%.*s: '%.*s' of '%.*s' is '%.*s', not '%s'",
	    RMK_FMT(rmk_address_of(a, p->doc, p->table)),
	    RMK_FMT(p->schema->fields[p->col].label),
	    RMK_FMT(rmk_address_row(a, p->doc, p->table, p->schema, p->row)),
	    RMK_FMT(rmk_value_text(a, raw)), expected);
}

// Dates that come with the status, each a change of its own: of the text in which it is made,
// since that of the change before is gone.
static enum rmk_code
api_set_dates(struct rmk_db *db, struct rmk_result *r, struct place *p,
    const size_t *cols, size_t n, struct rmk_str shown)
{
	struct rmk_arena *a = &r->arena;

	for (size_t i = 0; i < n; i++) {
		struct rmk_change date = {.kind = RMK_CHANGE_SET};

		p->doc = p->file->doc;
		p->schema = rmk_schema_of(a, p->doc, p->table);
		date.old = rmk_doc_cell(
		    p->doc, &p->doc->tables[p->table].rows[p->row], cols[i]);
		if (date.old.n)
			continue;
		date.label = p->schema->fields[cols[i]].key;
		date.label_shown = p->schema->fields[cols[i]].label;
		date.table = rmk_table_identify(a, p->doc, p->table, p->schema);
		date.row = rmk_row_identify(a, p->doc, p->table, p->schema, p->row);
		date.value = rmk_dates_day(a, (int64_t)time(NULL));
		if (keep(db, r, p, &date, shown, NULL))
			return r->err.code;
		p->file->pending[p->file->npending - 1].besides = true;
	}
	return RMK_OK;
}

static enum rmk_code
set_cell(struct rmk_db *db, struct rmk_result *r, const struct api_args *args)
{
	struct rmk_cell_wish wish = {.typed = rmk_str_of(args->value),
	    .progress = args->progress,
	    .as_typed = db->as_typed,
	    .keep_note = db->keep_note};
	struct rmk_change change = {.kind = RMK_CHANGE_SET};
	struct rmk_file_words words = {0};
	struct rmk_arena *a = &r->arena;
	struct place p = {0};
	struct rmk_str shown;
	size_t *dates, ndates;

	if (find_table(db, r, args, &p) || api_find_row(r, args->row, &p) ||
	    find_column(r, args->column, &p))
		return r->err.code;
	wish.doc = p.doc;
	wish.table = p.table;
	wish.words = &words;
	change.old = rmk_doc_cell(p.doc, &p.doc->tables[p.table].rows[p.row], p.col);
	change.label = p.schema->fields[p.col].key;
	change.label_shown = p.schema->fields[p.col].label;
	change.table = rmk_table_identify(a, p.doc, p.table, p.schema);
	change.row = rmk_row_identify(a, p.doc, p.table, p.schema, p.row);
	if (api_check_expected(r, &p, change.old, args->expected) ||
	    rmk_cell_value(a, &p.schema->fields[p.col], change.old, &wish, &r->notes,
		&change.value, &r->err))
		return r->err.code;
	shown = rmk_str_copy(a, rmk_address_row(a, p.doc, p.table, p.schema, p.row));
	dates = RMK_NEW_N(a, size_t, p.schema->ncols);
	ndates = rmk_dates_due(
	    a, p.schema, p.col, change.old, rmk_cell_raw(a, change.value), dates);
	api_answer(r, &p, &change, shown, p.doc->tables[p.table].rows[p.row].line);
	return keep(db, r, &p, &change, shown, args->expected)
	           ? r->err.code
	           : api_set_dates(db, r, &p, dates, ndates, shown);
}

int
rmk_set(struct rmk_db *db, const char *path, const char *table, const char *row,
    const char *column, const char *value, struct rmk_result **result)
{
	return rmk_set_if(db, path, table, row, column, NULL, value, result);
}

int
rmk_set_if(struct rmk_db *db, const char *path, const char *table, const char *row,
    const char *column, const char *expected, const char *value,
    struct rmk_result **result)
{
	const struct api_args args = {.path = path,
	    .table = table,
	    .row = row,
	    .column = column,
	    .expected = expected,
	    .value = value ? value : ""};

	return api_run(db, result, set_cell, &args);
}

static int
api_set_progress(struct rmk_db *db, const char *path, const char *table, const char *row,
    const char *column, enum rmk_progress progress, struct rmk_result **result)
{
	const struct api_args args = {.path = path,
	    .table = table,
	    .row = row,
	    .column = column,
	    .progress = progress};

	return api_run(db, result, set_cell, &args);
}

int
rmk_start(struct rmk_db *db, const char *path, const char *table, const char *row,
    const char *column, struct rmk_result **result)
{
	return api_set_progress(db, path, table, row, column, RMK_DOING, result);
}

int
rmk_done(struct rmk_db *db, const char *path, const char *table, const char *row,
    const char *column, struct rmk_result **result)
{
	return api_set_progress(db, path, table, row, column, RMK_DONE, result);
}

// --- rows ---------------------------------------------------------------------------

static enum rmk_code
read_values(struct rmk_db *db, struct rmk_result *r, const struct api_args *args,
    struct place *p, struct rmk_str *values)
{
	for (size_t i = 0; i < args->n; i++) {
		struct rmk_file_words words = {0};
		struct rmk_cell_wish wish = {.as_typed = db->as_typed,
		    .doc = p->doc,
		    .table = p->table,
		    .words = &words};
		const char *value = args->values ? args->values[i] : NULL;

		if (!args->columns || !args->columns[i])
			return rmk_fail(
			    &r->err, RMK_INVALID, "column %zu has no name", i);
		if (find_column(r, args->columns[i], p))
			return r->err.code;
		wish.typed = rmk_str_of(value ? value : "");
		if (rmk_cell_spell(&r->arena, &p->schema->fields[p->col], &wish,
			&r->notes, &values[p->col], &r->err))
			return r->err.code;
	}
	return RMK_OK;
}

static enum rmk_code
add_row(struct rmk_db *db, struct rmk_result *r, const struct api_args *args)
{
	struct rmk_change change = {.kind = RMK_CHANGE_ADD};
	struct place p = {0};
	struct rmk_str shown;

	if (find_table(db, r, args, &p))
		return r->err.code;
	change.values = RMK_NEW_N(&r->arena, struct rmk_str, p.schema->ncols);
	if (read_values(db, r, args, &p, change.values))
		return r->err.code;
	for (size_t col = 0; col < p.schema->ncols; col++)
		if (!change.values[col].s)
			change.values[col] = rmk_cell_first(p.schema, col);
	rmk_dates_of_new(&r->arena, p.schema, change.values,
	    rmk_dates_day(&r->arena, (int64_t)time(NULL)));
	if (rmk_new_key_check(&r->arena, p.doc, p.table, p.schema,
		change.values[p.schema->key], &r->err))
		return r->err.code;
	change.table = rmk_table_identify(&r->arena, p.doc, p.table, p.schema);
	shown = rmk_value_text(
	    &r->arena, rmk_cell_raw(&r->arena, change.values[p.schema->key]));
	api_answer(r, &p, &change, shown, 0);
	return keep(db, r, &p, &change, shown, NULL);
}

int
rmk_add(struct rmk_db *db, const char *path, const char *table,
    const char *const *columns, const char *const *values, size_t n,
    struct rmk_result **result)
{
	const struct api_args args = {
	    .path = path, .table = table, .columns = columns, .values = values, .n = n};

	return api_run(db, result, add_row, &args);
}

static enum rmk_code
remove_row(struct rmk_db *db, struct rmk_result *r, const struct api_args *args)
{
	struct rmk_change change = {.kind = RMK_CHANGE_REMOVE};
	struct place p = {0};
	struct rmk_str shown;

	if (find_table(db, r, args, &p) || api_find_row(r, args->row, &p))
		return r->err.code;
	change.table = rmk_table_identify(&r->arena, p.doc, p.table, p.schema);
	change.row = rmk_row_identify(&r->arena, p.doc, p.table, p.schema, p.row);
	shown = rmk_address_row(&r->arena, p.doc, p.table, p.schema, p.row);
	api_answer(r, &p, &change, shown, p.doc->tables[p.table].rows[p.row].line);
	return keep(db, r, &p, &change, shown, NULL);
}

int
rmk_rm(struct rmk_db *db, const char *path, const char *table, const char *row,
    struct rmk_result **result)
{
	const struct api_args args = {.path = path, .table = table, .row = row};

	return api_run(db, result, remove_row, &args);
}
