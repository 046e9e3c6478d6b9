// rowmark rm: delete a row.
#include "faster.h"
#include "open_table.h"
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

static enum rmk_code
rm_find(struct call *c, struct picked *p, size_t *row, struct rmk_err *err)
{
	struct rmk_str name = rmk_str_of(c->args[0]);
	struct picked *tables;
	enum rmk_code code;
	size_t n;

	if (write_no_stdin(c, c->args + 1, c->nargs - 1, err) ||
	    open_tables_of(c, c->args + 1, c->nargs - 1, &name, 1, &tables, &n, err))
		return err->code;
	code = open_row(c, tables, n, name, p, row, err);
	if (code != RMK_NOT_FOUND || !c->reruns)
		return code;
	return faster(c, tables[0].file, err, "");
}

// A part of a row's name or of its link names the row too; but the same words again, once
// the row is gone, may name another, so that a guess is told as one.
static void
note_guess(
    struct call *c, const struct picked *p, const struct rmk_schema *schema, size_t row)
{
	const struct rmk_doc *doc = p->file->doc;
	enum rmk_match level = rmk_address_rows(
	    c->arena, doc, p->table, schema, rmk_str_of(c->args[0]))
	                           .level;

	if (c->quiet || c->reruns || (level != RMK_MATCH_PART && level != RMK_MATCH_LINK))
		return;
	out_warn("note: no row is called '%s'; it is a part of %s'%.*s'", c->args[0],
	    level == RMK_MATCH_LINK ? "a link in " : "",
	    RMK_FMT(rmk_address_row(c->arena, doc, p->table, schema, row)));
}

static enum exit_status
rm_run(struct call *c)
{
	const struct rmk_schema *schema;
	struct write w = {0};
	struct rmk_err err;
	struct picked p;
	size_t row;

	if (rm_find(c, &p, &row, &err))
		return complain(&err);
	schema = file_schema(c->arena, p.file, p.table);
	note_guess(c, &p, schema, row);
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
	     "on line N.\n"
	     "Where only a part of the name matches, or of a link, a note says so.",
    .examples = examples,
    .opts = opts,
    .least = 1,
    .most = 2,
    .run = rm_run,
};
