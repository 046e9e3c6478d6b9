// Taking a row, and giving it back: see claim.h.
#include "claim.h"
#include "answer.h"
#include "base/marker.h"
#include "clock.h"
#include "edit/cell_value.h"
#include "edit/edit.h"
#include "faster.h"
#include "gfm/cells.h"
#include "git/worktrees.h"
#include "history/date.h"
#include "operands.h"
#include "out.h"
#include "row_name.h"
#include "schema/owner.h"
#include "set_cells.h"
#include "table/value.h"

#include <string.h>

// Many may be waiting, each for all that are before it.
#define CLAIM_WAIT_MS 60000

// --- the command line -----------------------------------------------------------

static enum rmk_code
lock_claims(struct call *c, struct rmk_err *err)
{
	struct rmk_repo *repo;
	enum rmk_code code = c->claims ? RMK_OK : call_repo(c, &repo, err);

	if (c->claims || code == RMK_NO_REPO)
		return RMK_OK;
	if (code || rmk_git_claims_lock(repo, CLAIM_WAIT_MS, err))
		return err->code;
	c->claims = true;
	return RMK_OK;
}

enum rmk_code
claim_begin(struct call *c, struct claim *out, struct rmk_err *err)
{
	struct claim k = {.c = c, .owners.c = c, .ready.c = c};
	const char *as = opt_text(c, "as");

	if (as) {
		k.as = rmk_str_trim(rmk_str_of(as));
		if (rmk_edit_value_ok(k.as, err))
			return err->code;
		if (rmk_owner_is_nobody(c->arena, k.as)) {
			rmk_fail(err, RMK_INVALID, "--as: '%s' names nobody", as);
			return rmk_hint(err, "each program needs a name of its own");
		}
	}
	if ((opt_has(c, "expires") && opt_seconds(c, "expires", &k.expires, err)) ||
	    lock_claims(c, err))
		return err->code;
	*out = k;
	return RMK_OK;
}

enum rmk_code
claim_no_owner_column(struct call *c, const struct picked *p, struct rmk_err *err)
{
	const struct rmk_schema *schema = file_schema(c->arena, p->file, p->table);
	struct rmk_buf names = {.arena = c->arena};

	for (size_t i = 0; i < schema->ncols; i++)
		rmk_buf_printf(
		    &names, "%s'%.*s'", i ? ", " : "", RMK_FMT(schema->fields[i].label));
	rmk_fail(err, RMK_NOT_FOUND, "%.*s: no column says who has a row",
	    RMK_FMT(picked_address(c->arena, p)));
	return rmk_hint(err,
	    "a column called Owner does, or one declared so above the table: <!-- "
	    "rowmark: "
	    "COLUMN: owner -->; there are %.*s",
	    RMK_FMT(rmk_buf_str(&names)));
}

enum rmk_code
claim_check_merged(const struct picked *tables, size_t n, struct rmk_err *err)
{
	for (size_t i = 0; i < n; i++) {
		const struct rmk_doc *doc = tables[i].file->doc;
		const struct rmk_table *t = &doc->tables[tables[i].table];

		for (size_t r = 0; r < t->nrows; r++) {
			if (!rmk_marker_is_row(rmk_doc_str(doc, t->rows[r].span)))
				continue;
			rmk_fail(err, RMK_CONFLICT,
			    "%.*s:%u: a conflict marker stands in the table",
			    RMK_FMT(doc->path), t->rows[r].line);
			return rmk_hint(err,
			    "resolve the conflict first: 'rowmark merge --resolve %.*s' "
			    "does it cell by cell",
			    RMK_FMT(doc->path));
		}
	}
	return RMK_OK;
}

// Tables with an owner column come first: elsewhere the row could not be meant.
static enum rmk_code
find_claimed(struct call *c, const struct picked *all, size_t n, struct rmk_str name,
    struct picked_row *out, struct rmk_err *err)
{
	struct picked *able = RMK_NEW_N(c->arena, struct picked, n + 1);
	enum rmk_code code = RMK_NOT_FOUND;
	size_t nable = 0;

	for (size_t i = 0; i < n; i++) {
		const struct rmk_schema *s = file_schema(
		    c->arena, all[i].file, all[i].table);

		if (rmk_schema_owner(s) != RMK_NONE)
			able[nable++] = all[i];
	}
	if (nable)
		code = open_row(c, able, nable, name, &out->table, &out->row, err);
	if (code == RMK_NOT_FOUND && nable < n)
		code = open_row(c, all, n, name, &out->table, &out->row, err);
	if (!code)
		open_row_note_guess(c, name, &out->table, out->row, false);
	return code;
}

static enum rmk_code
claim_rows(struct call *c, struct picked_row **out, size_t *n, struct rmk_err *err)
{
	struct picked_row *v = NULL;
	struct picked *tables;
	struct operands o;
	size_t ntables;

	if (operands_read(c, 0, &o, err) || write_no_stdin(c, o.files, o.nfiles, err) ||
	    operands_tables(c, &o, &tables, &ntables, err) ||
	    claim_check_merged(tables, ntables, err))
		return err->code;
	if (o.nrows == 0 && where_select(c, tables, ntables, &v, n, err))
		return err->code;
	if (o.nrows) {
		v = RMK_NEW_N(c->arena, struct picked_row, o.nrows);
		*n = o.nrows;
	}
	for (size_t i = 0; i < *n; i++) {
		if (o.nrows &&
		    find_claimed(c, tables, ntables, rmk_str_of(o.rows[i]), &v[i], err))
			return operands_explain(c, &o, err);
		if (claim_owner_column(c, &v[i]) == RMK_NONE)
			return claim_no_owner_column(c, &v[i].table, err);
		for (size_t k = 0; k < i; k++)
			if (v[k].table.file == v[i].table.file &&
			    v[k].table.table == v[i].table.table && v[k].row == v[i].row)
				return rmk_fail(err, RMK_INVALID, "'%.*s' is named twice",
				    RMK_FMT(claim_row_name(c, &v[i])));
	}
	*out = v;
	return RMK_OK;
}

// --- a row ----------------------------------------------------------------------

size_t
claim_owner_column(struct call *c, const struct picked_row *row)
{
	return rmk_schema_owner(file_schema(c->arena, row->table.file, row->table.table));
}

struct rmk_str
claim_owner_cell(struct call *c, const struct picked_row *row)
{
	const struct rmk_doc *doc = row->table.file->doc;

	return rmk_doc_cell(doc, &doc->tables[row->table.table].rows[row->row],
	    claim_owner_column(c, row));
}

struct rmk_str
claim_row_name(struct call *c, const struct picked_row *row)
{
	return picked_row_name(c->arena, &row->table, row->row);
}

bool
claim_is_expired(const struct claim *k, const struct claim_holder *holder)
{
	return k->expires && holder->since.known &&
	       clock_now() - holder->since.time > k->expires;
}

enum rmk_code
claim_is_taken(struct call *c, const struct picked_row *row,
    const struct claim_holder *holder, struct rmk_err *err)
{
	const struct picked *p = &row->table;

	rmk_fail(err, RMK_FASTER, "%.*s:%u: '%.*s' has '%.*s' %.*s%s%.*s",
	    RMK_FMT(p->file->path), p->file->doc->tables[p->table].rows[row->row].line,
	    RMK_FMT(rmk_value_text(c->arena, holder->owner)),
	    RMK_FMT(claim_row_name(c, row)),
	    RMK_FMT(owner_since_text(c->arena, &holder->since)),
	    holder->where.n ? " " : "", RMK_FMT(holder->where));
	answer_owner(rmk_value_text(c->arena, holder->owner),
	    holder->since.known
		? rmk_date_time(c->arena, holder->since.time, holder->since.zone)
		: (struct rmk_str){0},
	    holder->since.commit);
	return rmk_hint(err, "%s",
	    opt_has(c, "next")
		? "'claim --next' takes another row; --expires 2h this one, two hours "
		  "after it was taken"
	    : strcmp(c->cmd->name, "done") == 0
		? "'claim --expires 2h' takes it two hours after it was taken; without "
		  "--as anybody finishes it"
		: "only who has a row gives it back with --as; without --as anybody "
		  "does");
}

// --- what is written --------------------------------------------------------------

// The owner as the column spells it: NAME is no slip of another's.
static enum rmk_code
claim_write_owner(struct claim *k, const struct picked_row *row, struct rmk_str owner,
    struct rmk_err *err)
{
	struct rmk_arena *a = k->c->arena;
	size_t col = claim_owner_column(k->c, row);
	const struct rmk_schema *schema = file_schema(
	    a, row->table.file, row->table.table);
	const struct rmk_cell_wish wish = {.typed = owner, .as_typed = true};

	if (owner.n && rmk_cell_spell(a, &schema->fields[col], &wish, NULL, &owner, err))
		return err->code;
	*RMK_PUSH(a, k->writes, k->nwrites, k->cap) = write_cell(
	    a, &row->table, row->row, col, owner);
	return RMK_OK;
}

// Once a table, and not of rows that stay as they are.
static void
claim_note_status(struct claim *k, const struct picked_row *row,
    const struct rmk_field *field, const struct rmk_err *why)
{
	const struct rmk_change *owner = &k->writes[k->nwrites - 1].change;

	if (k->c->quiet || k->noted == field ||
	    rmk_str_eq(rmk_cell_content(k->c->arena, owner->old), owner->value))
		return;
	k->noted = field;
	out_warn("note: '%.*s' of '%.*s' stays: %s", RMK_FMT(field->label),
	    RMK_FMT(claim_row_name(k->c, row)), why->msg);
}

// The status, where one column has it and a word for it.
static void
claim_write_status(
    struct claim *k, const struct picked_row *row, enum rmk_progress progress)
{
	struct rmk_arena *a = k->c->arena;
	const struct rmk_schema *schema = file_schema(
	    a, row->table.file, row->table.table);
	struct rmk_file_words words = {0};
	const struct rmk_cell_wish wish = {.progress = progress,
	    .doc = row->table.file->doc,
	    .table = row->table.table,
	    .words = &words};
	struct rmk_buf notes = {.arena = a};
	struct rmk_str value;
	struct rmk_err why;

	if (schema->nstatus != 1 || picked_progress(a, &row->table, row->row) == progress)
		return;
	size_t col = schema->status[0];
	const struct rmk_doc *doc = row->table.file->doc;
	struct rmk_str raw = rmk_doc_cell(
	    doc, &doc->tables[row->table.table].rows[row->row], col);
	if (rmk_cell_value(a, &schema->fields[col], raw, &wish, &notes, &value, &why)) {
		claim_note_status(k, row, &schema->fields[col], &why);
		answer_not_done("status", rmk_str_c(a, rmk_str_of(why.msg)));
		return;
	}
	*RMK_PUSH(a, k->writes, k->nwrites, k->cap) = write_cell(
	    a, &row->table, row->row, col, value);
}

enum rmk_code
claim_write(struct claim *k, const struct picked_row *row, struct rmk_str owner,
    enum rmk_progress progress, struct rmk_err *err)
{
	if (claim_write_owner(k, row, owner, err))
		return err->code;
	if (progress != RMK_UNKNOWN)
		claim_write_status(k, row, progress);
	return RMK_OK;
}

// "Claim Parser for ada", "Release 2 rows", and then which.
static struct rmk_str
claim_message(
    const struct claim *k, const char *verb, const struct picked_row *rows, size_t n)
{
	struct rmk_arena *a = k->c->arena;
	struct rmk_buf b = {.arena = a};

	if (n == 1)
		rmk_buf_printf(&b, "%s %.*s", verb,
		    RMK_FMT(rmk_shown(a, claim_row_name(k->c, &rows[0]))));
	else
		rmk_buf_printf(&b, "%s %zu rows", verb, n);
	if (k->as.n && opt_has(k->c, "next"))
		rmk_buf_printf(&b, " for %.*s", RMK_FMT(rmk_shown(a, k->as)));
	for (size_t i = 0; i < n && n > 1; i++)
		rmk_buf_printf(&b, "%s%.*s\n", i ? "" : "\n\n",
		    RMK_FMT(rmk_shown(a, claim_row_name(k->c, &rows[i]))));
	return rmk_buf_str(&b);
}

// The rows of which a cell changes; all of them where none does.
static size_t
claim_changed(
    struct claim *k, const struct picked_row *rows, size_t n, struct picked_row *out)
{
	size_t count = 0;

	for (size_t i = 0; i < n; i++) {
		bool changes = false;

		for (size_t w = 0; w < k->nwrites && !changes; w++)
			changes = k->writes[w].file == rows[i].table.file &&
			          k->writes[w].table == rows[i].table.table &&
			          k->writes[w].row == rows[i].row &&
			          !rmk_str_eq(rmk_cell_content(
						  k->c->arena, k->writes[w].change.old),
				      k->writes[w].change.value);
		if (changes)
			out[count++] = rows[i];
	}
	return count;
}

enum exit_status
claim_end(struct claim *k, const char *verb, const struct picked_row *rows, size_t n)
{
	struct picked_row *changed = RMK_NEW_N(k->c->arena, struct picked_row, n + 1);
	size_t nchanged = claim_changed(k, rows, n, changed);

	if (nchanged) {
		rows = changed;
		n = nchanged;
	}
	k->writes = writes_with_dates(k->c, k->writes, k->nwrites, &k->nwrites);
	write_name_cells(k->c->arena, k->writes, k->nwrites);
	return write_changes_as(
	    k->c, k->writes, k->nwrites, claim_message(k, verb, rows, n));
}

enum exit_status
claim_each(struct claim *k, const char *verb,
    enum rmk_code (*one)(struct claim *, const struct picked_row *, struct rmk_err *))
{
	struct picked_row *rows = NULL;
	struct rmk_err err;
	size_t n;

	if (claim_rows(k->c, &rows, &n, &err))
		return complain(&err);
	for (size_t i = 0; i < n; i++) {
		if (one(k, &rows[i], &err))
			return complain(&err);
	}
	return claim_end(k, verb, rows, n);
}
