// Rows that change places: see move_rows.h.
#include "edit/move_rows.h"

#include "base/buf.h"

static struct rmk_str
moved_text(struct rmk_arena *a, const struct rmk_doc *doc, const struct rmk_table *t,
    const size_t *order)
{
	struct rmk_buf b = {.arena = a};
	size_t at = 0;

	for (size_t i = 0; i < t->nrows; i++) {
		struct rmk_span place = t->rows[i].span;

		rmk_buf_add(&b, rmk_str_part(doc->text, at, place.at - at));
		rmk_buf_add(&b, rmk_doc_str(doc, t->rows[order[i]].span));
		at = place.at + place.len;
	}
	rmk_buf_add(&b, rmk_str_from(doc->text, at));
	return rmk_buf_str(&b);
}

static bool
same_row(const struct rmk_doc *old, const struct rmk_row *one, const struct rmk_doc *new_,
    const struct rmk_row *two)
{
	if (one->ncells != two->ncells)
		return false;
	for (size_t col = 0; col < one->ncells; col++) {
		if (!rmk_str_eq(
			rmk_doc_cell(old, one, col), rmk_doc_cell(new_, two, col)))
			return false;
	}
	return true;
}

// The gate: the same tables at the same lines, with the same rows but for the order.
static bool
is_moved(const struct rmk_doc *old, size_t table, const size_t *order,
    const struct rmk_doc *new_)
{
	if (old->ntables != new_->ntables || old->nblocks != new_->nblocks)
		return false;
	for (size_t t = 0; t < old->ntables; t++) {
		const struct rmk_table *one = &old->tables[t], *two = &new_->tables[t];

		if (one->nrows != two->nrows || one->ncols != two->ncols ||
		    one->header.line != two->header.line || two->read_only)
			return false;
		for (size_t r = 0; r < one->nrows; r++) {
			if (!same_row(old, &one->rows[t == table ? order[r] : r], new_,
				&two->rows[r]))
				return false;
		}
	}
	return true;
}

enum rmk_code
rmk_rows_move(struct rmk_arena *a, const struct rmk_doc *doc, size_t table,
    const size_t *order, struct rmk_str *out, struct rmk_err *err)
{
	const struct rmk_table *t = &doc->tables[table];
	struct rmk_str made;
	struct rmk_doc *new_;

	if (t->read_only)
		return rmk_fail(err, RMK_READ_ONLY, "%.*s:%u: cannot be written: %s",
		    RMK_FMT(doc->path), t->header.line, t->read_only);
	made = moved_text(a, doc, t, order);
	if (rmk_doc_parse(a, doc->path, made, RMK_PARSE_ALL, &new_, err))
		return err->code;
	if (!is_moved(doc, table, order, new_))
		return rmk_fail(err, RMK_REFUSED,
		    "%.*s:%u: the rows would not all be rows of one table in that order",
		    RMK_FMT(doc->path), t->header.line);
	*out = made;
	return RMK_OK;
}
