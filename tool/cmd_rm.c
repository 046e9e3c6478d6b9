// rowmark rm: delete a row.
#include "open.h"
#include "out.h"
#include "write.h"

static const struct opt opts[] = {
    OPT_WRITE,
    OPT_END,
};

static const struct example examples[] = {
    {"Take a paper off the list", "rowmark rm alibi"},
    {NULL, NULL},
};

static enum exit_status
run(struct call *c)
{
	char **words = c->args + 1;
	const struct rmk_schema *schema;
	struct picked *tables, p;
	struct write w = {0};
	struct rmk_err err;
	size_t n, row;

	if (open_tables(c, words, c->nargs - 1, &tables, &n, &err) ||
	    open_row(c, tables, n, rmk_str_of(c->args[0]), &p, &row, &err))
		return complain(&err);
	schema = file_schema(c->arena, p.file, p.table);
	w.file = p.file;
	w.address = picked_address(c->arena, &p);
	w.line = p.file->doc->tables[p.table].rows[row].line;
	w.change.kind = RMK_CHANGE_REMOVE;
	w.change.table = rmk_table_identify(c->arena, p.file->doc, p.table, schema);
	w.change.row = rmk_row_identify(c->arena, p.file->doc, p.table, schema, row);
	return write_changes(c, &w, 1);
}

const struct cmd cmd_rm = {
    .name = "rm",
    .args = "ROW [FILE[#TABLE]]",
    .line = "Delete one row",
    .about = "Deletes the line of the row that matches, and commits that. Nothing else "
	     "changes.\n"
	     "More than one match is refused with a list of them; LINE:N names the row "
	     "on line N.",
    .examples = examples,
    .opts = opts,
    .least = 1,
    .most = 2,
    .run = run,
};
