// rowmark rm: delete a row.
#include "again.h"
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

// The row; one that a killed rm took out of the file is found in HEAD. On what line it
// stood means nothing then.
static enum rmk_code
find(struct call *c, struct picked *p, size_t *row, bool *again, struct rmk_err *err)
{
	struct rmk_str name = rmk_str_of(c->args[0]);
	const struct picked *tables;
	struct picked *now;
	size_t n;

	if (write_no_stdin(c, c->args + 1, c->nargs - 1, err) ||
	    open_tables(c, c->args + 1, c->nargs - 1, &now, &n, err))
		return err->code;
	tables = now;
	if (again_is(c) && rmk_str_starts(name, RMK_STR("LINE:"))) {
		rmk_fail(err, RMK_REFUSED,
		    "a rowmark was killed while it committed here: %s may be another row "
		    "now",
		    c->args[0]);
		return rmk_hint(err, "see 'git diff HEAD', and name the row by its key");
	}
	if (again_is(c))
		n = again_tables(c, now, n, name, &tables);
	*again = tables != now;
	return open_row(c, tables, n, name, p, row, err);
}

static enum exit_status
run(struct call *c)
{
	const struct rmk_schema *schema;
	struct write w = {0};
	struct rmk_err err;
	struct picked p;
	size_t row;

	if (find(c, &p, &row, &w.change.again, &err))
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
