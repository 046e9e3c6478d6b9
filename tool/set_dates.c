// Dates that come with a status, of the day it is here: see set_cells.h.
#include "clock.h"
#include "edit/dates.h"
#include "out.h"
#include "set_cells.h"

static struct rmk_str
today(struct rmk_arena *a)
{
	return rmk_dates_day(a, clock_now());
}

static bool
is_written(const struct write *writes, size_t n, const struct write *w, size_t col)
{
	for (size_t i = 0; i < n; i++) {
		if (writes[i].file == w->file && writes[i].table == w->table &&
		    writes[i].row == w->row && writes[i].col == col)
			return true;
	}
	return false;
}

struct dated {
	struct write *v;
	size_t n, cap;
};

// A date outlives its status: a row that goes back keeps it, and one that becomes so again keeps
// the old one. Both are said, since the day then is not that of what the row says.
static void
note_old_date(const struct call *c, const struct write *w,
    const struct rmk_schema *schema, size_t col, struct rmk_str held)
{
	if (!c->quiet)
		out_warn("note: %.*s:%u: '%.*s' keeps %.*s", RMK_FMT(w->file->path),
		    w->line, RMK_FMT(schema->fields[col].label), RMK_FMT(held));
}

static bool
goes_back(enum rmk_progress was, enum rmk_progress is)
{
	return (was == RMK_DONE || was == RMK_CLOSED)
	           ? is == RMK_TODO || is == RMK_DOING
	           : was == RMK_DOING && is == RMK_TODO;
}

static void
note_dates_of_old(struct call *c, const struct write *writes, size_t n, size_t i)
{
	const struct write *w = &writes[i];
	const struct rmk_schema *schema = file_schema(c->arena, w->file, w->table);
	const struct rmk_field *field = &schema->fields[w->col];
	const struct rmk_row *row = &w->file->doc->tables[w->table].rows[w->row];
	struct rmk_str is = rmk_cell_raw(c->arena, w->change.value);
	size_t *cols = RMK_NEW_N(c->arena, size_t, schema->ncols);
	size_t ncols = rmk_dates_due(c->arena, schema, w->col, is, w->change.old, cols);

	if (ncols == 0 || !goes_back(rmk_field_progress(c->arena, field, w->change.old),
			      rmk_field_progress(c->arena, field, is)))
		return;
	for (size_t k = 0; k < ncols; k++) {
		struct rmk_str held = rmk_doc_cell(w->file->doc, row, cols[k]);

		if (held.n && !is_written(writes, n, w, cols[k]))
			note_old_date(c, w, schema, cols[k], held);
	}
}

// A cell that holds something keeps it, and one that is written besides holds that.
static void
add_dates_of(
    struct call *c, const struct write *writes, size_t n, size_t i, struct dated *out)
{
	const struct write *w = &writes[i];
	struct picked p = {w->file, w->table};
	const struct rmk_schema *schema = file_schema(c->arena, w->file, w->table);
	const struct rmk_row *row = &w->file->doc->tables[w->table].rows[w->row];
	size_t *cols = RMK_NEW_N(c->arena, size_t, schema->ncols);
	size_t ncols = rmk_dates_due(c->arena, schema, w->col, w->change.old,
	    rmk_cell_raw(c->arena, w->change.value), cols);

	for (size_t k = 0; k < ncols; k++) {
		struct rmk_str held = rmk_doc_cell(w->file->doc, row, cols[k]);
		struct write date;

		if (is_written(writes, n, w, cols[k]) ||
		    is_written(out->v, out->n, w, cols[k]))
			continue;
		if (held.n) {
			note_old_date(c, w, schema, cols[k], held);
			continue;
		}
		date = write_cell(c->arena, &p, w->row, cols[k], today(c->arena));
		date.besides = true;
		*RMK_PUSH(c->arena, out->v, out->n, out->cap) = date;
	}
}

struct write *
writes_with_dates(struct call *c, const struct write *writes, size_t n, size_t *nout)
{
	struct dated all = {0};

	for (size_t i = 0; i < n; i++) {
		*RMK_PUSH(c->arena, all.v, all.n, all.cap) = writes[i];
		if (writes[i].change.kind != RMK_CHANGE_SET)
			continue;
		add_dates_of(c, writes, n, i, &all);
		note_dates_of_old(c, writes, n, i);
	}
	*nout = all.n;
	return all.v;
}

void
new_row_dates(struct call *c, const struct rmk_schema *schema, struct rmk_str *values)
{
	rmk_dates_of_new(c->arena, schema, values, today(c->arena));
}
