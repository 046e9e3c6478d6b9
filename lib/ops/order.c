// Finding the order that the rows already have.
#include "ops/order.h"
#include "table/cells.h"
#include "table/value.h"

#include <stdlib.h>
#include <string.h>

// A cell that is one number: digits, one dot, a sign, a '#' before or a '.' behind.
static bool
read_number(struct rmk_str text, double *out)
{
	char copy[40], *end;

	if (text.n && text.s[0] == '#')
		text = rmk_str_from(text, 1);
	if (text.n && text.s[text.n - 1] == '.')
		text.n--;
	if (text.n == 0 || text.n >= sizeof copy)
		return false;
	memcpy(copy, text.s, text.n);
	copy[text.n] = '\0';
	if (strspn(copy, "+-.0123456789") != text.n)
		return false;
	*out = strtod(copy, &end);
	return *end == '\0' && end != copy;
}

int
rmk_order_compare(struct rmk_arena *a, const struct rmk_order *order, struct rmk_str one,
    struct rmk_str two)
{
	struct rmk_str x = rmk_value_key(a, one), y = rmk_value_key(a, two);
	double p, q;
	int c;

	if (order->numeric && read_number(x, &p) && read_number(y, &q))
		c = (p > q) - (p < q);
	else
		c = rmk_str_cmp(x, y);
	return order->descending ? -c : c;
}

// Whether every value of the column is a number.
static bool
is_numeric(
    struct rmk_arena *a, const struct rmk_doc *doc, const struct rmk_table *t, size_t col)
{
	double number;
	size_t seen = 0;

	for (size_t r = 0; r < t->nrows; r++) {
		struct rmk_str key = rmk_value_key(
		    a, rmk_doc_cell(doc, &t->rows[r], col));

		if (key.n && !read_number(key, &number))
			return false;
		seen += key.n > 0;
	}
	return seen > 0;
}

// Whether the rows stand in this order: enough of them, never the other way, not all equal.
static bool
holds(struct rmk_arena *a, const struct rmk_doc *doc, const struct rmk_table *t,
    const struct rmk_order *order)
{
	struct rmk_str last = {0};
	size_t seen = 0, steps = 0;

	for (size_t r = 0; r < t->nrows; r++) {
		struct rmk_str cell = rmk_doc_cell(doc, &t->rows[r], order->col);
		struct rmk_arena_mark mark = rmk_arena_mark(a);
		int c;

		if (cell.n == 0)
			continue;
		c = last.s ? rmk_order_compare(a, order, last, cell) : 0;
		rmk_arena_reset(a, mark);
		if (c > 0)
			return false;
		steps += c < 0;
		seen++;
		last = cell;
	}
	return seen >= RMK_ORDER_LEAST && steps >= 2;
}

static bool
try_column(struct rmk_arena *a, const struct rmk_doc *doc, const struct rmk_table *t,
    size_t col, struct rmk_order *out)
{
	struct rmk_order order = {.col = col, .numeric = is_numeric(a, doc, t, col)};

	for (int way = 0; way < 2; way++) {
		order.descending = way == 1;
		if (holds(a, doc, t, &order)) {
			*out = order;
			return true;
		}
	}
	return false;
}

struct rmk_order
rmk_order_of(struct rmk_arena *a, const struct rmk_doc *doc, size_t table,
    const struct rmk_schema *schema)
{
	struct rmk_arena_mark mark = rmk_arena_mark(a);
	const struct rmk_table *t = &doc->tables[table];
	struct rmk_order order = {.col = RMK_NONE};
	bool found = schema->ncols && try_column(a, doc, t, schema->key, &order);

	for (size_t c = 0; c < t->ncols && !found; c++) {
		if (schema->fields[c].type != RMK_STATUS)
			found = try_column(a, doc, t, c, &order);
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
		struct rmk_str cell = rmk_doc_cell(doc, &t->rows[r], order.col);

		if (cell.n && rmk_order_compare(a, &order, cell, raw) > 0)
			return r;
	}
	return t->nrows;
}
