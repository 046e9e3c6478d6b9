// Some rows and columns of a table: see view.h.
#include "view.h"
#include "edit/row_order.h"
#include "opt.h"
#include "table/inline_references.h"
#include "where.h"

#include <stdlib.h>

// --- columns --------------------------------------------------------------------

static enum rmk_code
choose_columns(struct call *c, struct view *v, struct rmk_err *err)
{
	const char *list = opt_text(c, "columns");
	struct rmk_str rest = rmk_str_of(list), name;
	size_t ncols = v->from.file->doc->tables[v->from.table].ncols, cap = 0;

	v->cols = RMK_NEW_N(c->arena, size_t, ncols + 1);
	for (size_t i = 0; !list && i < ncols; i++)
		v->cols[v->ncols++] = i;
	if (!list)
		return RMK_OK;
	v->cols = NULL;
	while (rmk_str_split(&rest, ',', &name)) {
		size_t col;

		if (picked_column(c, &v->from, name, &col, err))
			return err->code;
		*RMK_PUSH(c->arena, v->cols, v->ncols, cap) = col;
	}
	return RMK_OK;
}

// --- rows -----------------------------------------------------------------------

static enum rmk_code
choose_rows(struct call *c, struct view *v, struct rmk_err *err)
{
	size_t nrows = v->from.file->doc->tables[v->from.table].nrows;
	struct where where;

	if (where_read(c, &v->from, &where, err))
		return err->code;
	v->rows = RMK_NEW_N(c->arena, size_t, nrows + 1);
	for (size_t r = 0; r < nrows; r++) {
		if (where_holds(c->arena, &where, &v->from, r))
			v->rows[v->nrows++] = r;
	}
	return RMK_OK;
}

// --- order ----------------------------------------------------------------------

// What a row is sorted by: a status by its rank, a number by its value, anything else
// by its text; numbers before text, what is empty last.
struct sort_key {
	size_t row;
	int kind; // 0 number or rank, 1 text, 2 empty
	double number;
	struct rmk_str text;
};

static struct sort_key
sort_key(
    struct rmk_arena *a, const struct rmk_field *field, struct rmk_str raw, size_t row)
{
	struct sort_key k = {.row = row, .text = rmk_value_key(a, raw)};
	const struct rmk_term *term = NULL;

	if (field->type == RMK_STATUS)
		term = rmk_field_term(a, field, raw);
	if (k.text.n == 0)
		k.kind = 2;
	else if (term && term->rank != RMK_TERM_UNRANKED)
		k.number = term->rank;
	else if (!rmk_order_number(k.text, &k.number))
		k.kind = 1;
	return k;
}

static int
view_compare(const struct sort_key *x, const struct sort_key *y)
{
	if (x->kind != y->kind)
		return x->kind < y->kind ? -1 : 1;
	if (x->kind == 0 && (x->number < y->number || x->number > y->number))
		return x->number < y->number ? -1 : 1;
	return x->kind == 1 ? rmk_str_cmp(x->text, y->text) : 0;
}

// Rows that compare equal stay in the order of the file, either way round.
static int
by_row(const struct sort_key *x, const struct sort_key *y)
{
	return x->row < y->row ? -1 : x->row > y->row;
}

static int
compare_up(const void *a, const void *b)
{
	int order = view_compare(a, b);

	return order ? order : by_row(a, b);
}

static int
compare_down(const void *a, const void *b)
{
	int order = view_compare(b, a);

	return order ? order : by_row(a, b);
}

void
view_sort(struct rmk_arena *a, const struct rmk_doc *doc, size_t table,
    const struct rmk_field *field, size_t col, bool down, size_t *rows, size_t n)
{
	struct sort_key *keys = RMK_NEW_N(a, struct sort_key, n + 1);

	for (size_t i = 0; i < n; i++)
		keys[i] = sort_key(a, field,
		    rmk_doc_cell_linked(a, doc, &doc->tables[table].rows[rows[i]], col),
		    rows[i]);
	qsort(keys, n, sizeof *keys, down ? compare_down : compare_up);
	for (size_t i = 0; i < n; i++)
		rows[i] = keys[i].row;
}

static enum rmk_code
sort_rows(struct call *c, struct view *v, struct rmk_err *err)
{
	const char *name = opt_text(c, "sort");
	bool down = name && name[0] == '-' && name[1];
	size_t col;

	if (!name)
		return RMK_OK;
	if (picked_column(c, &v->from, rmk_str_of(name + (down ? 1 : 0)), &col, err))
		return err->code;
	view_sort(c->arena, v->from.file->doc, v->from.table,
	    &file_schema(c->arena, v->from.file, v->from.table)->fields[col], col, down,
	    v->rows, v->nrows);
	return RMK_OK;
}

enum rmk_code
view_make(
    struct call *c, const struct picked *from, struct view *out, struct rmk_err *err)
{
	struct view v = {.from = *from};
	uint32_t most;

	if (choose_columns(c, &v, err) || choose_rows(c, &v, err) ||
	    sort_rows(c, &v, err) || opt_number(c, "limit", UINT32_MAX, &most, err))
		return err->code;
	if (v.nrows > most)
		v.nrows = most;
	*out = v;
	return RMK_OK;
}
