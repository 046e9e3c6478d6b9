// rowmark sort: the rows of a table in order.
#include "edit/move_rows.h"
#include "out.h"
#include "schema/row_progress.h"
#include "table_job.h"
#include "view.h"

static const struct opt opts[] = {
    {0, "by", "COLUMN", "order by COLUMN (default: the key); -COLUMN turns it round",
	NULL},
    OPT_WRITE,
    OPT_END,
};

static const struct example examples[] = {
    {"By how far they are", "rowmark sort --by status README.md#papers -q"},
    {NULL, NULL},
};

struct order {
	struct rmk_str column; // as typed
	bool down;
};

// A row that repeats the header stays where it is, and each part between two of them is put
// in order.
static void
sort_parts(struct rmk_arena *a, const struct rmk_doc *doc, size_t table,
    const struct rmk_schema *schema, size_t col, bool down, size_t *rows)
{
	size_t n = doc->tables[table].nrows, from = 0;

	for (size_t i = 0; i <= n; i++) {
		if (i < n)
			rows[i] = i;
		if (i < n && !rmk_row_repeats_header(a, doc, table, schema, i))
			continue;
		view_sort(a, doc, table, &schema->fields[col], col, down, rows + from,
		    i - from);
		from = i + 1;
	}
}

static enum rmk_code
sort_edit(void *ctx, struct rmk_arena *a, const struct rmk_doc *doc, size_t table,
    struct rmk_str *out, struct rmk_err *err)
{
	const struct order *order = ctx;
	const struct rmk_schema *schema = rmk_schema_of(a, doc, table);
	size_t n = doc->tables[table].nrows, col = schema->key;
	size_t *rows = RMK_NEW_N(a, size_t, n + 1);

	if (order->column.n &&
	    rmk_address_column_typed(a, doc, table, schema, order->column, &col, err))
		return err->code;
	sort_parts(a, doc, table, schema, col, order->down, rows);
	return rmk_rows_move(a, doc, table, rows, out, err);
}

static enum exit_status
sort_run(struct call *c)
{
	const char *by = opt_text(c, "by");
	struct order order = {.down = by && by[0] == '-' && by[1]};
	struct table_job job = {.edit = sort_edit, .ctx = &order};
	const struct rmk_schema *schema;
	struct rmk_str address, label;
	struct rmk_err err;
	struct picked p;
	size_t col;

	order.column = rmk_str_of(by ? by + order.down : "");
	if (table_job_open(c, c->args, c->nargs, &p, &err))
		return complain(&err);
	schema = file_schema(c->arena, p.file, p.table);
	col = schema->key;
	if (by && picked_column(c, &p, order.column, &col, &err)) {
		if (err.code == RMK_AMBIGUOUS)
			rmk_hint(&err, "name the column in full with --by");
		return complain(&err);
	}
	address = picked_address(c->arena, &p);
	label = schema->fields[col].label;
	return table_job_run(c, &p, &job,
	    rmk_str_printf(
		c->arena, "Sort %.*s by %.*s", RMK_FMT(address), RMK_FMT(label)),
	    rmk_str_printf(c->arena, "sorted by %.*s", RMK_FMT(label)));
}

const struct cmd cmd_sort = {
    .name = "sort",
    .args = "FILE[#TABLE]",
    .line = "Put the rows of a table in order",
    .about =
	"Moves whole lines: no byte of a row changes, and the change is committed.\n"
	"Statuses go from to do to done, numbers by value, anything else as text "
	"without\n"
	"regard to case; what is empty goes last; -COLUMN turns all of it round. "
	"Rows that are equal there keep "
	"their\n"
	"order. A row that repeats the header, as the head of a part does, stays, "
	"and\neach part is put in order. 'rowmark show --sort' only shows them so.\n",
    .examples = examples,
    .opts = opts,
    .least = 0,
    .most = 1,
    .run = sort_run,
};
