// rowmark rm: delete rows.
#include "faster.h"
#include "operands.h"
#include "out.h"
#include "row_name.h"
#include "where.h"
#include "write.h"

static const struct opt opts[] = {
    OPT_WHERE,
    OPT_WRITE,
    OPT_END,
};

static const struct example examples[] = {
    {"Take a paper off the list", "rowmark rm alibi"},
    {"Several at once, as they stand in a column",
	"rowmark rm --where 'Read or Not=Read' -n"},
    {NULL, NULL},
};

static enum rmk_code
rm_find_named(struct call *c, const struct operands *o, const struct picked *tables,
    size_t n, struct picked_row *out, struct rmk_err *err)
{
	for (size_t i = 0; i < o->nrows; i++) {
		enum rmk_code code = open_row(c, tables, n, rmk_str_of(o->rows[i]),
		    &out[i].table, &out[i].row, err);

		if (code == RMK_NOT_FOUND && c->reruns)
			return faster(c, tables[0].file, err, "");
		if (code)
			return operands_explain(c, o, err);
		open_row_note_guess(
		    c, rmk_str_of(o->rows[i]), &out[i].table, out[i].row, true);
	}
	return RMK_OK;
}

static enum rmk_code
rm_find(struct call *c, struct picked_row **out, size_t *n, struct rmk_err *err)
{
	struct operands o;
	struct picked *tables;
	size_t ntables;

	if (operands_read(c, 0, &o, err) || write_no_stdin(c, o.files, o.nfiles, err) ||
	    operands_tables(c, &o, &tables, &ntables, err))
		return err->code;
	if (o.nrows == 0)
		return where_select(c, tables, ntables, out, n, err);
	*n = o.nrows;
	*out = RMK_NEW_N(c->arena, struct picked_row, o.nrows);
	return rm_find_named(c, &o, tables, ntables, *out, err);
}

static enum rmk_code
rm_check_once(
    struct call *c, const struct picked_row *rows, size_t n, struct rmk_err *err)
{
	for (size_t i = 1; i < n; i++) {
		const struct picked *p = &rows[i].table;

		for (size_t k = 0; k < i; k++) {
			if (rows[k].table.file == p->file &&
			    rows[k].table.table == p->table && rows[k].row == rows[i].row)
				return rmk_fail(err, RMK_INVALID, "'%.*s' is named twice",
				    RMK_FMT(picked_row_name(c->arena, p, rows[i].row)));
		}
	}
	return RMK_OK;
}

static enum exit_status
rm_run(struct call *c)
{
	struct picked_row *rows;
	struct write *writes;
	struct rmk_err err;
	size_t n;

	if (rm_find(c, &rows, &n, &err) ||
	    (!opt_on(c, "where") && rm_check_once(c, rows, n, &err)))
		return complain(&err);
	writes = RMK_NEW_N(c->arena, struct write, n);
	for (size_t i = 0; i < n; i++)
		writes[i] = write_removal(c->arena, &rows[i].table, rows[i].row);
	write_name_cells(c->arena, writes, n);
	return write_changes(c, writes, n);
}

const struct cmd cmd_rm = {
    .name = "rm",
    .args = "ROW... [FILE[#TABLE]]",
    .line = "Delete rows",
    .about = "Deletes the lines of the rows that match, and commits that: all of them or "
	     "none.\n"
	     "Nothing else changes. More than one match for a ROW is refused with a list "
	     "of them;\n"
	     "LINE:N names the row on line N. Where only a part of the name matches, or "
	     "of a link,\n"
	     "a note says so. --where deletes the rows that hold a value; with -n they "
	     "are shown.\n"
	     "A row to which one refers that stays ('ref'), in any file, is not deleted; "
	     "that one\n"
	     "is named.",
    .examples = examples,
    .opts = opts,
    .least = 0,
    .most = SIZE_MAX,
    .run = rm_run,
};
