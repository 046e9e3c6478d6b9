// rowmark edit: a row as a card in the person's editor.
#include "edit/card.h"
#include "editor.h"
#include "faster.h"
#include "operands.h"
#include "opt.h"
#include "out.h"
#include "set_cells.h"
#include "taken_names.h"

#include <unistd.h>

static const struct opt opts[] = {
    {0, "new", NULL, "write values as they are typed, new ones too", NULL},
    OPT_WRITE,
    OPT_END,
};

static const struct example examples[] = {
    {"Every cell of a row at once",
	"EDITOR=\"sed -i 's/^Why it matters:.*/& A lot./'\" rowmark edit lima"},
    {NULL, NULL},
};

struct editing {
	struct picked p;
	size_t row;
	const struct rmk_schema *schema;
	struct rmk_str *was, *now; // [ncols] as the card had them, and as it has them
};

// --- the card ------------------------------------------------------------------------

static struct rmk_str
edit_card(struct call *c, const struct editing *e)
{
	return rmk_card_write(c->arena, e->p.file->doc, e->p.table, e->schema, e->row);
}

static struct rmk_str
edit_intro(struct call *c, const struct editing *e)
{
	return rmk_str_printf(c->arena,
	    "<!-- %.*s, line %u: change what is behind the names. More lines of a cell "
	    "are "
	    "indented by four spaces. -->\n\n",
	    RMK_FMT(picked_address(c->arena, &e->p)),
	    e->p.file->doc->tables[e->p.table].rows[e->row].line);
}

// The editor is asked once: where the command runs again since files changed meanwhile, what it
// gave is held against the row as it is now.
static enum rmk_code
edit_ask(struct call *c, const struct editing *e, struct rmk_err *err)
{
	struct rmk_str card = edit_card(c, e), text;

	if (c->card_is.s)
		return RMK_OK;
	text = rmk_str_printf(
	    c->arena, "%.*s%.*s", RMK_FMT(edit_intro(c, e)), RMK_FMT(card));
	if (editor_run(c, text, &text, &c->card_file, err))
		return err->code;
	if (rmk_str_trim(text).n == 0)
		return rmk_fail(err, RMK_INVALID, "edit: nothing is left of the card");
	c->card_was = card;
	c->card_is = text;
	return RMK_OK;
}

// --- what changed --------------------------------------------------------------------

static enum rmk_code
edit_cell(struct call *c, const struct editing *e, const struct rmk_str *here, size_t col,
    struct write *out, struct rmk_err *err)
{
	const struct rmk_field *field = &e->schema->fields[col];
	struct rmk_str value = e->now[col];

	if (!rmk_str_eq(here[col], e->was[col])) {
		rmk_fail(err, RMK_FASTER, "'%.*s' is '%.*s' by now",
		    RMK_FMT(field->label), RMK_FMT(here[col]));
		return faster(c, e->p.file, err, "edit it again");
	}
	if (field->nterms && value.n
		? spell_value(c, &e->p, field, value, &value, err) != RMK_OK
		: rmk_edit_value_ok(value, err) != RMK_OK) {
		struct rmk_err why = *err;

		rmk_fail(err, why.code, "'%.*s': %s", RMK_FMT(field->label), why.msg);
		return rmk_hint(err, "%s", why.hint);
	}
	*out = write_cell(c->arena, &e->p, e->row, col, value);
	return RMK_OK;
}

static enum rmk_code
edit_writes(
    struct call *c, struct editing *e, struct write **out, size_t *n, struct rmk_err *err)
{
	struct write *writes = RMK_NEW_N(c->arena, struct write, e->schema->ncols);
	struct rmk_str *here;
	size_t count = 0;

	if (rmk_card_read(c->arena, e->schema, edit_card(c, e), &here, err) ||
	    rmk_card_read(c->arena, e->schema, c->card_was, &e->was, err) ||
	    rmk_card_read(c->arena, e->schema, c->card_is, &e->now, err))
		return err->code;
	for (size_t col = 0; col < e->schema->ncols; col++) {
		if (!e->now[col].s || rmk_str_eq(e->now[col], e->was[col]))
			continue;
		if (edit_cell(c, e, here, col, &writes[count++], err))
			return err->code;
	}
	*out = writes;
	*n = count;
	return RMK_OK;
}

// --- all of it -----------------------------------------------------------------------

static enum rmk_code
edit_find(struct call *c, struct editing *e, struct rmk_err *err)
{
	struct picked *tables;
	struct operands o;
	size_t n;

	if (operands_row_file(c, &o, err))
		return err->code;
	if (o.nrows == 0)
		return rmk_fail(err, RMK_INVALID, "edit: ROW is missing");
	if (write_no_stdin(c, o.files, o.nfiles, err) ||
	    operands_tables(c, &o, &tables, &n, err))
		return err->code;
	if (open_row(c, tables, n, rmk_str_of(o.rows[0]), &e->p, &e->row, err))
		return operands_explain(c, &o, err);
	e->schema = file_schema(c->arena, e->p.file, e->p.table);
	return RMK_OK;
}

static enum exit_status
edit_write(struct call *c, struct editing *e)
{
	struct write *writes = NULL;
	struct rmk_err err;
	size_t n = 0;

	if (edit_ask(c, e, &err) || edit_writes(c, e, &writes, &n, &err) ||
	    taken_names_check(c->arena, writes, n, &err))
		return complain(&err);
	if (n == 0) {
		if (!c->quiet)
			out_printf("%.*s  unchanged\n",
			    RMK_FMT(picked_address(c->arena, &e->p)));
		return FINE;
	}
	writes = writes_with_dates(c, writes, n, &n);
	write_name_cells(c->arena, writes, n);
	return write_changes(c, writes, n);
}

// What was typed is not lost with an error.
static enum exit_status
edit_run(struct call *c)
{
	struct editing e = {0};
	enum exit_status status;
	struct rmk_err err;

	status = edit_find(c, &e, &err) ? complain(&err) : edit_write(c, &e);
	if (c->card_file.s && status == FINE)
		unlink(rmk_str_c(c->arena, c->card_file));
	else if (c->card_is.s && !(c->stale && c->reruns < RERUNS))
		out_warn("what was typed is in %.*s", RMK_FMT(c->card_file));
	else if (c->card_file.s && !c->card_is.s)
		unlink(rmk_str_c(c->arena, c->card_file));
	return status;
}

const struct cmd cmd_edit = {
    .name = "edit",
    .args = "ROW [FILE[#TABLE]]",
    .line = "Change a row as a card in your editor",
    .about =
	"Opens the row in the editor that git uses ($GIT_EDITOR, core.editor, $EDITOR),\n"
	"one cell a line behind its column's name, as Markdown; a <br> is a line break,\n"
	"and such lines are indented. The cells that differ afterwards are set, in one\n"
	"commit and as 'rowmark set' does it; a line that is taken away leaves its cell "
	"as\n"
	"it is. An empty card changes nothing, and is an error.\n"
	"\n"
	"A cell that somebody else changed meanwhile is not written over (exit status "
	"3).\n"
	"What was typed stays in a file, which is named, where it could not be "
	"written.\n",
    .examples = examples,
    .opts = opts,
    .least = 1,
    .most = 2,
    .run = edit_run,
};
