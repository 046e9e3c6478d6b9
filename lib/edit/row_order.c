// Finding the order that the rows already have.
#include "edit/row_order.h"
#include "base/ascii.h"
#include "gfm/cells.h"
#include "table/inline_references.h"
#include "table/value.h"

#include <stdlib.h>
#include <string.h>

static bool
row_order_is_group(struct rmk_str text, size_t comma)
{
	struct rmk_str digits = rmk_str_part(text, comma + 1, 3);

	for (size_t i = 0; i < digits.n; i++) {
		if (!rmk_is_digit(digits.s[i]))
			return false;
	}
	return comma > 0 && digits.n == 3;
}

bool
rmk_order_number(struct rmk_str text, double *out)
{
	char copy[40], *end;
	size_t n = 0;

	if (text.n && text.s[0] == '#')
		text = rmk_str_from(text, 1);
	if (text.n && text.s[text.n - 1] == '.')
		text.n--;
	for (size_t i = 0; i < text.n; i++) {
		if (text.s[i] == ',' && row_order_is_group(text, i))
			continue;
		if (n + 1 == sizeof copy || !memchr("+-.0123456789", text.s[i], 13))
			return false;
		copy[n++] = text.s[i];
	}
	copy[n] = '\0';
	*out = strtod(copy, &end);
	return n > 0 && *end == '\0';
}

// 2021-03, 2021-03-04: they sort as text.
static bool
is_date(struct rmk_str text)
{
	if (text.n != 7 && text.n != 10)
		return false;
	for (size_t i = 0; i < text.n; i++) {
		bool dash = i == 4 || i == 7;

		if (dash ? text.s[i] != '-' && text.s[i] != '/'
			 : !rmk_is_digit(text.s[i]))
			return false;
	}
	return true;
}

int
rmk_order_compare(struct rmk_arena *a, const struct rmk_order *order, struct rmk_str one,
    struct rmk_str two)
{
	struct rmk_str x = rmk_value_key(a, one), y = rmk_value_key(a, two);
	double p, q;
	int c;

	if (order->kind == RMK_ORDER_NUMBER && rmk_order_number(x, &p) &&
	    rmk_order_number(y, &q))
		c = (p > q) - (p < q);
	else
		c = rmk_str_cmp(x, y);
	return order->descending ? -c : c;
}

// What every value of the column is.
static enum rmk_order_kind
row_order_kind_of(
    struct rmk_arena *a, const struct rmk_doc *doc, const struct rmk_table *t, size_t col)
{
	bool numbers = true, dates = true;
	double number;

	for (size_t r = 0; r < t->nrows && (numbers || dates); r++) {
		struct rmk_arena_mark mark = rmk_arena_mark(a);
		struct rmk_str key = rmk_value_key(
		    a, rmk_doc_cell_linked(a, doc, &t->rows[r], col));

		numbers &= key.n == 0 || rmk_order_number(key, &number);
		dates &= key.n == 0 || is_date(key);
		rmk_arena_reset(a, mark);
	}
	return numbers ? RMK_ORDER_NUMBER : dates ? RMK_ORDER_DATE : RMK_ORDER_TEXT;
}

bool
rmk_order_by(struct rmk_arena *a, const struct rmk_doc *doc, const struct rmk_table *t,
    size_t col, size_t one_wrong_in, struct rmk_order *out)
{
	struct rmk_order order = {.col = col, .kind = row_order_kind_of(a, doc, t, col)};
	struct rmk_str last = {0};
	size_t seen = 0, up = 0, down = 0, wrong;

	for (size_t r = 0; r < t->nrows; r++) {
		struct rmk_str cell = rmk_doc_cell(doc, &t->rows[r], col);
		struct rmk_arena_mark mark = rmk_arena_mark(a);
		int c;

		if (cell.n == 0)
			continue;
		c = seen ? rmk_order_compare(a, &order,
			       rmk_references_inline(a, doc, last),
			       rmk_references_inline(a, doc, cell))
		         : 0;
		rmk_arena_reset(a, mark);
		up += c < 0;
		down += c > 0;
		seen++;
		last = cell;
	}
	order.descending = down > up;
	wrong = down > up ? up : down;
	if (seen < RMK_ORDER_LEAST || up + down - wrong < 2 ||
	    wrong > seen / one_wrong_in)
		return false;
	*out = order;
	return true;
}

struct rmk_order
rmk_order_of(struct rmk_arena *a, const struct rmk_doc *doc, size_t table,
    const struct rmk_schema *schema)
{
	struct rmk_arena_mark mark = rmk_arena_mark(a);
	const struct rmk_table *t = &doc->tables[table];
	struct rmk_order order = {.col = RMK_NONE};
	bool found = schema->ncols &&
	             rmk_order_by(a, doc, t, schema->key, RMK_NONE, &order);

	for (size_t c = 0; c < t->ncols && !found; c++) {
		if (schema->fields[c].type != RMK_STATUS)
			found = rmk_order_by(a, doc, t, c, RMK_NONE, &order);
	}
	rmk_arena_reset(a, mark);
	return order;
}

size_t
rmk_order_place(struct rmk_arena *a, const struct rmk_doc *doc, size_t table,
    const struct rmk_schema *schema, const struct rmk_str *contents)
{
	const struct rmk_table *t = &doc->tables[table];
	struct rmk_order order = rmk_order_of(a, doc, table, schema);
	struct rmk_str raw;

	if (order.col == RMK_NONE || contents[order.col].n == 0)
		return t->nrows;
	raw = rmk_cell_raw(a, contents[order.col]);
	for (size_t r = 0; r < t->nrows; r++) {
		struct rmk_str cell = rmk_doc_cell_linked(a, doc, &t->rows[r], order.col);

		if (cell.n && rmk_order_compare(a, &order, cell, raw) > 0)
			return r;
	}
	return t->nrows;
}
