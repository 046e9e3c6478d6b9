// Comparing tables cell by cell, layout apart.
#include "ops/same.h"
#include "table/cells.h"

static bool
same_row(struct rmk_arena *a, const struct rmk_doc *old, const struct rmk_row *was,
    const struct rmk_doc *new, const struct rmk_row *is)
{
	for (size_t c = 0; c < is->ncells || c < was->ncells; c++) {
		if (!rmk_str_eq(rmk_cell_content(a, rmk_doc_cell(old, was, c)),
			rmk_cell_content(a, rmk_doc_cell(new, is, c))))
			return false;
	}
	return true;
}

bool
rmk_same_table(struct rmk_arena *a, const struct rmk_doc *old,
    const struct rmk_table *was, const struct rmk_doc *new, const struct rmk_table *is)
{
	if (was->nrows != is->nrows || was->ncols != is->ncols ||
	    !same_row(a, old, &was->header, new, &is->header))
		return false;
	for (size_t c = 0; c < was->ncols; c++) {
		if (was->aligns[c] != is->aligns[c])
			return false;
	}
	for (size_t r = 0; r < was->nrows; r++) {
		if (!same_row(a, old, &was->rows[r], new, &is->rows[r]))
			return false;
	}
	return true;
}
