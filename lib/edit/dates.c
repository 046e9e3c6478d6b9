// Dates that come with a status: see dates.h.
#include "edit/dates.h"

#include "gfm/cells.h"

#include <time.h>

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

struct rmk_str
rmk_dates_day(struct rmk_arena *a, int64_t time)
{
	time_t when = (time_t)time;
	struct tm tm;
	char text[40];

	localtime_r(&when, &tm);
	strftime(text, sizeof text, "%Y-%m-%d", &tm);
	return rmk_str_copy(a, rmk_str_of(text));
}

void
rmk_dates_of_new(struct rmk_arena *a, const struct rmk_schema *schema,
    struct rmk_str *values, struct rmk_str day)
{
	size_t *cols = RMK_NEW_N(a, size_t, schema->ncols);

	for (size_t i = 0; i < schema->nstatus; i++) {
		size_t col = schema->status[i];
		size_t n = rmk_dates_due(
		    a, schema, col, RMK_STR(""), rmk_cell_raw(a, values[col]), cols);

		for (size_t k = 0; k < n; k++)
			if (values[cols[k]].n == 0)
				values[cols[k]] = day;
	}
}

static bool
dates_are_declared(const struct rmk_schema *schema)
{
	for (size_t col = 0; col < schema->ncols; col++)
		if (schema->fields[col].has_on)
			return true;
	return false;
}

static void
dates_fill_row(struct rmk_arena *a, struct rmk_draft *d, const struct rmk_schema *schema,
    size_t row, struct rmk_str day)
{
	const struct rmk_table *t = &d->doc->tables[d->table];
	size_t *cols = RMK_NEW_N(a, size_t, schema->ncols);
	struct rmk_err unused;

	for (size_t i = 0; i < schema->nstatus; i++) {
		size_t status = schema->status[i], n;
		struct rmk_str was = RMK_STR("");

		if (row < d->nold)
			was = rmk_doc_cell(d->doc, &t->rows[row], status);
		n = rmk_dates_due(a, schema, status, was,
		    rmk_cell_raw(a, rmk_draft_cell(d, a, row, status)), cols);
		for (size_t k = 0; k < n; k++)
			if (rmk_draft_cell(d, a, row, cols[k]).n == 0 &&
			    (row >= d->nold || !d->rows[row].cells[cols[k]].s))
				rmk_draft_set(d, row, cols[k], day, &unused);
	}
}

void
rmk_dates_fill(struct rmk_arena *a, struct rmk_draft *d, struct rmk_str day)
{
	const struct rmk_schema *schema = rmk_schema_of(a, d->doc, d->table);

	if (!dates_are_declared(schema))
		return;
	for (size_t row = 0; row < d->nrows; row++)
		if (d->rows[row].cells && !d->rows[row].deleted)
			dates_fill_row(a, d, schema, row, day);
}
