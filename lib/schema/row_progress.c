// How far a row is, by all of its status columns.
#include "schema/row_progress.h"
#include "table/value.h"

// Whether some value of a status column is in an order.
static bool
shows_progress(const struct rmk_schema *schema)
{
	for (size_t i = 0; i < schema->nstatus; i++) {
		const struct rmk_field *field = &schema->fields[schema->status[i]];

		for (size_t k = 0; k < field->nterms; k++)
			if ((field->terms[k].count || !field->why) &&
			    rmk_term_progress(field, &field->terms[k]) != RMK_UNKNOWN)
				return true;
	}
	return false;
}

bool
rmk_row_repeats_header(struct rmk_arena *a, const struct rmk_doc *doc, size_t table,
    const struct rmk_schema *schema, size_t row)
{
	for (size_t i = 0; i < schema->nstatus; i++) {
		size_t col = schema->status[i];
		struct rmk_str raw = rmk_doc_cell(
		    doc, &doc->tables[table].rows[row], col);

		if (!rmk_str_eq(rmk_value_key(a, raw), schema->fields[col].key) ||
		    rmk_field_progress(a, &schema->fields[col], raw) != RMK_CLOSED)
			return false;
	}
	return schema->nstatus > 0;
}

struct rmk_row_progress
rmk_row_progress(struct rmk_arena *a, const struct rmk_doc *doc, size_t table,
    const struct rmk_schema *schema, size_t row)
{
	struct rmk_row_progress out = {.progress = RMK_DONE};
	size_t n[RMK_NPROGRESS] = {0}, waiting = 0;

	for (size_t i = 0; i < schema->nstatus; i++) {
		const struct rmk_field *field = &schema->fields[schema->status[i]];
		struct rmk_str raw = rmk_doc_cell(
		    doc, &doc->tables[table].rows[row], schema->status[i]);

		n[rmk_field_progress(a, field, raw)]++;
		waiting += rmk_field_waits(field, rmk_value_key(a, raw));
	}
	out.ndone = n[RMK_DONE];
	if (n[RMK_DONE] + n[RMK_CLOSED] == schema->nstatus)
		return out;
	out.waits = waiting > 0 && waiting == n[RMK_DOING];
	out.progress = n[RMK_DOING] || n[RMK_DONE]   ? RMK_DOING
	               : n[RMK_TODO] || n[RMK_EMPTY] ? RMK_TODO
	                                             : RMK_UNKNOWN;
	out.vague = out.progress == RMK_UNKNOWN && !shows_progress(schema);
	return out;
}

size_t
rmk_row_turn(const struct rmk_row_progress *progress)
{
	switch (progress->progress) {
	case RMK_DOING:
		return progress->waits ? 2 : 0;
	case RMK_TODO:
		return 1;
	case RMK_UNKNOWN:
		return progress->vague ? RMK_NONE : 3;
	default:
		return RMK_NONE;
	}
}
