// rowmark add: append a row.
#include "faster.h"
#include "open_table.h"
#include "out.h"
#include "set_cells.h"

#include "edit/cell_value.h"
#include "edit/row_order.h"

#include <string.h>

static const struct opt opts[] = {
    {0, "new", NULL, "write values as they are typed, new ones too", NULL},
    {0, "sorted", NULL, "in the table's order, where it is evidently sorted", NULL},
    OPT_WRITE,
    OPT_END,
};

static const struct example examples[] = {
    {"Add a paper to the list",
	"rowmark add Paper=Gopher Link='[Link](https://arxiv.org/abs/2112.11446)'"},
    {NULL, NULL},
};

// Operands that hold '=' are cells; the one that does not is the file.
static size_t
split_operands(const struct call *c, char **file)
{
	size_t n = c->nargs;

	if (n && !strchr(c->args[n - 1], '=')) {
		*file = c->args[n - 1];
		return n - 1;
	}
	return n;
}

static enum rmk_code
read_cell(struct call *c, const struct picked *p, const struct rmk_schema *schema,
    const char *word, struct rmk_str *values, struct rmk_err *err)
{
	struct rmk_str value = rmk_str_of(word), label;
	size_t col;

	rmk_str_split(&value, '=', &label);
	if (!value.s)
		return rmk_fail(err, RMK_INVALID, "%s: wanted COLUMN=VALUE", word);
	if (picked_column(c, p, label, &col, err))
		return err->code;
	if (values[col].s)
		return rmk_fail(err, RMK_INVALID,
		    "%s: the column has a value already, '%.*s'", word,
		    RMK_FMT(values[col]));
	return spell_value(c, &schema->fields[col], value, &values[col], err);
}

// A key that is there already is refused, and one that is missing too.
static enum rmk_code
check_key(struct call *c, const struct picked *p, const struct rmk_schema *schema,
    struct rmk_str value, struct rmk_err *err)
{
	const struct rmk_doc *doc = p->file->doc;
	const struct rmk_table *t = &doc->tables[p->table];
	struct rmk_str key = rmk_value_key(c->arena, rmk_cell_raw(c->arena, value));

	if (key.n == 0) {
		rmk_fail(err, RMK_INVALID,
		    "%.*s: a new row needs its key, the column '%.*s'",
		    RMK_FMT(picked_address(c->arena, p)),
		    RMK_FMT(schema->fields[schema->key].label));
		return rmk_hint(
		    err, "give %.*s=VALUE", RMK_FMT(schema->fields[schema->key].label));
	}
	for (size_t r = 0; r < t->nrows; r++) {
		struct rmk_str cell = rmk_doc_cell(doc, &t->rows[r], schema->key);

		if (!rmk_str_eq(rmk_value_key(c->arena, cell), key))
			continue;
		rmk_fail(err, RMK_FASTER, "%.*s:%u: there is a row '%.*s' already",
		    RMK_FMT(p->file->path), t->rows[r].line, RMK_FMT(value));
		return faster(c, p->file, err, "'rowmark set' changes it");
	}
	return RMK_OK;
}

// Where the new row belongs: at the end, or in the order that the table has.
static void
add_find_place(struct call *c, const struct picked *p, const struct rmk_schema *schema,
    struct rmk_change *change)
{
	const struct rmk_doc *doc = p->file->doc;
	size_t before;

	if (!opt_on(c, "sorted"))
		return;
	before = rmk_order_place(c->arena, doc, p->table, schema, change->values);
	if (before == doc->tables[p->table].nrows)
		return;
	change->first = before == 0;
	if (before > 0)
		change->row = rmk_row_identify(
		    c->arena, doc, p->table, schema, before - 1);
}

static enum exit_status
add_run(struct call *c)
{
	char *file = NULL;
	size_t ncells = split_operands(c, &file);
	const struct rmk_schema *schema;
	struct write w = {0};
	struct rmk_str *values;
	struct picked p;
	struct rmk_err err;

	if (ncells == 0) {
		rmk_fail(
		    &err, RMK_INVALID, "add: no COLUMN=VALUE, only '%s'", c->args[0]);
		rmk_hint(&err, "usage: rowmark add %s", c->cmd->args);
		return complain(&err);
	}
	if (write_no_stdin(c, &file, file != NULL, &err) ||
	    open_table(c, &file, file != NULL, &p, &err))
		return complain(&err);
	schema = file_schema(c->arena, p.file, p.table);
	values = RMK_NEW_N(c->arena, struct rmk_str, schema->ncols);
	for (size_t i = 0; i < ncells; i++) {
		if (read_cell(c, &p, schema, c->args[i], values, &err))
			return complain(&err);
	}
	for (size_t col = 0; col < schema->ncols; col++)
		if (!values[col].s)
			values[col] = rmk_cell_first(schema, col);
	if (check_key(c, &p, schema, values[schema->key], &err))
		return complain(&err);
	w.file = p.file;
	w.address = picked_address(c->arena, &p);
	w.change.kind = RMK_CHANGE_ADD;
	w.change.table = rmk_table_identify(c->arena, p.file->doc, p.table, schema);
	w.shown = rmk_value_text(c->arena, rmk_cell_raw(c->arena, values[schema->key]));
	w.change.values = values;
	add_find_place(c, &p, schema, &w.change);
	return write_changes(c, &w, 1);
}

const struct cmd cmd_add = {
    .name = "add",
    .args = "COLUMN=VALUE... [FILE[#TABLE]]",
    .line = "Append a row",
    .about = "Adds one line to a table, in the style of its neighbours: their outer "
	     "pipes, their\n"
	     "padding, the columns aligned where the table is and the values fit. No "
	     "other line\n"
	     "changes, and the change is committed.\n"
	     "\n"
	     "Columns that are not named stay empty; a status column gets its first "
	     "value. A key\n"
	     "that is there already is refused. Values are Markdown and may hold links; "
	     "a '|' is\n"
	     "escaped.\n"
	     "\n"
	     "With --sorted the row goes where it belongs if the table is evidently "
	     "sorted (by its\n"
	     "key, by a date or by a number), else to the end.",
    .examples = examples,
    .opts = opts,
    .least = 1,
    .most = SIZE_MAX,
    .run = add_run,
};
