// rowmark mv: rows to another table.
#include "move_rows.h"
#include "new_file.h"
#include "operands.h"
#include "out.h"
#include "row_name.h"

#include <string.h>
#include <unistd.h>

static const struct opt opts[] = {
    OPT_WHERE,
    OPT_MOVE,
    OPT_WRITE,
    OPT_END,
};

static const struct example examples[] = {
    {"A table for what was dropped",
	"rowmark new 'README.md#Dropped' --like README.md#papers -q"},
    {"One paper there", "rowmark mv alibi README.md#dropped"},
    {NULL, NULL},
};

// The target among the tables that were read, so that a file is read once; else as opened.
static struct picked
target_of(const struct picked *tables, size_t n, const struct picked *target)
{
	for (size_t i = 0; i < n; i++) {
		if (file_same(tables[i].file, target->file))
			return (struct picked){tables[i].file, target->table};
	}
	return *target;
}

static size_t
without_target(struct picked *tables, size_t n, const struct picked *target)
{
	size_t kept = 0;

	for (size_t i = 0; i < n; i++) {
		if (tables[i].file != target->file || tables[i].table != target->table)
			tables[kept++] = tables[i];
	}
	return kept;
}

// A row that is nowhere else may be there already.
static enum rmk_code
mv_explain(struct call *c, const struct operands *o, const char *row,
    const struct picked *target, struct rmk_err *err)
{
	struct rmk_err unused;
	struct picked p;
	size_t at;

	if (err->code == RMK_NOT_FOUND &&
	    open_row(c, target, 1, rmk_str_of(row), &p, &at, &unused) == RMK_OK)
		return rmk_fail(err, RMK_REFUSED, "'%.*s' is in %.*s already",
		    RMK_FMT(picked_row_name(c->arena, &p, at)),
		    RMK_FMT(picked_address(c->arena, target)));
	return operands_explain(c, o, err);
}

static enum rmk_code
find_sources(struct call *c, const struct operands *o, const struct picked *tables,
    size_t n, const struct picked *target, struct picked_row **out, size_t *nrows,
    struct rmk_err *err)
{
	if (o->nrows == 0)
		return where_select(c, tables, n, out, nrows, err);
	*nrows = o->nrows;
	*out = RMK_NEW_N(c->arena, struct picked_row, o->nrows);
	for (size_t i = 0; i < o->nrows; i++) {
		if (open_row(c, tables, n, rmk_str_of(o->rows[i]), &(*out)[i].table,
			&(*out)[i].row, err))
			return mv_explain(c, o, o->rows[i], target, err);
		open_row_note_guess(
		    c, rmk_str_of(o->rows[i]), &(*out)[i].table, (*out)[i].row, false);
		for (size_t k = 0; k < i; k++) {
			if ((*out)[k].row == (*out)[i].row &&
			    (*out)[k].table.file == (*out)[i].table.file &&
			    (*out)[k].table.table == (*out)[i].table.table)
				return rmk_fail(
				    err, RMK_INVALID, "'%s' is named twice", o->rows[i]);
		}
	}
	return RMK_OK;
}

static enum rmk_code
mv_find(struct call *c, struct picked_row **rows, size_t *n, struct picked *target,
    struct rmk_err *err)
{
	struct operands o;
	struct picked *tables;
	size_t ntables;

	if (operands_read(c, 0, &o, err))
		return err->code;
	if (o.nfiles == 0) {
		rmk_fail(err, RMK_INVALID, "mv: FILE#TABLE is missing: where to?");
		return rmk_hint(err, "usage: rowmark mv %s", c->cmd->args);
	}
	// -f names where the rows come from, so the target is opened without it.
	struct call plain = *c;
	plain.ngiven = 0;
	enum rmk_code code = open_table(&plain, &o.files[o.nfiles - 1], 1, target, err);
	c->repo = plain.repo;
	if (code) {
		struct rmk_err unused;
		bool one = !open_tables(
			       c, o.files, o.nfiles - 1, &tables, &ntables, &unused) &&
		           ntables == 1;

		return new_file_hint(c, o.files[o.nfiles - 1], one ? tables : NULL, err);
	}
	if (open_tables(c, o.files, o.nfiles - 1, &tables, &ntables, err))
		return err->code;
	*target = target_of(tables, ntables, target);
	return find_sources(
	    c, &o, tables, without_target(tables, ntables, target), target, rows, n, err);
}

static enum exit_status
mv_run(struct call *c)
{
	struct picked target;
	struct picked_row *rows;
	struct move *moves;
	struct rmk_str address, message;
	struct rmk_err err;
	size_t n;

	if (mv_find(c, &rows, &n, &target, &err))
		return complain(&err);
	moves = RMK_NEW_N(c->arena, struct move, n);
	for (size_t i = 0; i < n; i++)
		moves[i] = (struct move){.from = rows[i], .to = target};
	address = picked_address(c->arena, &target);
	message =
	    n == 1
		? rmk_str_printf(c->arena, "Move %.*s to %.*s",
		      RMK_FMT(picked_row_name(c->arena, &rows[0].table, rows[0].row)),
		      RMK_FMT(address))
		: rmk_str_printf(c->arena, "Move %zu rows to %.*s", n, RMK_FMT(address));
	return move_rows(c, moves, n, message);
}

const struct cmd cmd_mv = {
    .name = "mv",
    .args = "ROW... FILE#TABLE",
    .line = "Move rows to another table",
    .about =
	"Moves the rows that match to the end of a table, in one commit over both "
	"files.\n"
	"Cells go by the names of their columns and keep their bytes; a status goes to\n"
	"the status column, spelled as the target declares it. -f says where the rows\n"
	"come from.\n"
	"\n"
	"A cell for which the target has no column is named, and nothing is written;\n"
	"--keep makes that column there, behind the last one, and --drop leaves the "
	"cell\n"
	"behind. Refused are a row whose name is in the target already,\n"
	"one to which another refers that would not find it there ('ref'), in any file,\n"
	"and one that leans on its file when it leaves it by a footnote. Links relative "
	"to\n"
	"the file lead to the same place from the new one, and a link by reference\n"
	"([text][1]) becomes one that says where it leads.\n",
    .examples = examples,
    .opts = opts,
    .least = 1,
    .most = SIZE_MAX,
    .run = mv_run,
};
