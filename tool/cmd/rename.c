// rowmark rename: a status or a key gets another name wherever it stands.
#include "edit/rename.h"
#include "check/constraint_gate.h"
#include "operands.h"
#include "opt.h"
#include "out.h"
#include "referrers.h"
#include "sql/view.h"
#include "summary/region.h"
#include "where.h"
#include "write.h"
#include "write_report.h"

#include <string.h>

static const struct opt opts[] = {
    OPT_WRITE,
    OPT_END,
};

static const struct example examples[] = {
    {"Another word for a status", "rowmark rename 'Read or Not=Reading' 'In progress'"},
    {"Another name for a row", "rowmark rename 'Paper=Toolformer' 'Toolformer (2023)'"},
    {NULL, NULL},
};

// A column in which the value stands: its own, or one that refers to it.
struct rename_column {
	struct picked table;
	size_t col;
	bool refers;
	struct rmk_table_id id;
	uint32_t nth;             // of the columns with its name
	struct rmk_renamed found; // in what was read
};

struct rename_job {
	struct rmk_rename rename;
	struct rename_column *columns; // [n] of one file
	size_t n, cap;
};

struct rename_words {
	struct rmk_str column;
	struct rmk_rename rename;
	char *file; // NULL: all
};

// --- what was typed -----------------------------------------------------------------

static enum rmk_code
rename_read(struct call *c, struct rename_words *w, struct rmk_err *err)
{
	struct rmk_str typed = rmk_str_of(c->args[0]);
	const char *new_ = c->args[1];

	rmk_str_split(&typed, '=', &w->column);
	if (!typed.s || w->column.n == 0 || typed.n == 0) {
		rmk_fail(err, RMK_INVALID, "rename: '%s': wanted COLUMN=OLD", c->args[0]);
		return rmk_hint(err, "usage: rowmark rename %s", c->cmd->args);
	}
	if (c->nargs == 3) {
		bool first = operand_is_file(c, c->args[1], 0) &&
		             !operand_is_file(c, c->args[2], 0);

		new_ = c->args[first ? 2 : 1];
		w->file = c->args[first ? 1 : 2];
	}
	w->rename = (struct rmk_rename){typed, rmk_str_of(new_)};
	if (!*new_) {
		rmk_fail(err, RMK_INVALID, "rename: NEW is empty");
		return rmk_hint(
		    err, "rowmark set --where '%s' '' empties cells", c->args[0]);
	}
	return rmk_edit_value_ok(w->rename.new_, err);
}

// --- where it stands ------------------------------------------------------------------

struct rename_columns {
	struct rename_column *v;
	size_t n, cap;
};

static enum rmk_code
rename_find_in(struct call *c, const struct picked *p, const struct rename_words *w,
    struct rename_columns *out, struct rmk_err *err)
{
	struct rename_column k = {.table = *p};
	const struct rmk_schema *schema = file_schema(c->arena, p->file, p->table);

	if (picked_column(c, p, w->column, &k.col, err) ||
	    rmk_rename_value(c->arena, p->file->doc, p->table, schema, k.col, &w->rename,
		&k.found, err))
		return err->code;
	if (k.found.n)
		*RMK_PUSH(c->arena, out->v, out->n, out->cap) = k;
	return RMK_OK;
}

// No table has the value: say what the columns hold.
static enum rmk_code
rename_no_value(struct call *c, const struct picked *tables, size_t n,
    const struct rename_words *w, struct rmk_err *err)
{
	struct rmk_buf known = {.arena = c->arena};
	size_t col, nwith = 0;
	struct rmk_err last = {0};

	for (size_t i = 0; i < n; i++) {
		const struct rmk_schema *s = file_schema(
		    c->arena, tables[i].file, tables[i].table);

		if (picked_column(c, &tables[i], w->column, &col, &last))
			continue;
		nwith++;
		for (size_t k = 0; k < s->fields[col].nterms && known.n < 200; k++)
			rmk_buf_printf(&known, "%s'%.*s'", known.n ? ", " : "",
			    RMK_FMT(s->fields[col].terms[k].text));
	}
	if (nwith == 0 && n == 1) {
		*err = last;
		return err->code;
	}
	if (nwith == 0)
		return rmk_fail(err, RMK_NOT_FOUND, "no table has a column '%.*s'",
		    RMK_FMT(w->column));
	rmk_fail(err, RMK_NOT_FOUND, "no cell of '%.*s' holds '%.*s'", RMK_FMT(w->column),
	    RMK_FMT(w->rename.old));
	return known.n ? rmk_hint(err, "there are %.*s", RMK_FMT(rmk_buf_str(&known)))
	               : err->code;
}

static bool
rename_has(const struct rename_columns *found, const struct picked *p, size_t col)
{
	for (size_t i = 0; i < found->n; i++) {
		if (found->v[i].table.file == p->file &&
		    found->v[i].table.table == p->table && found->v[i].col == col)
			return true;
	}
	return false;
}

// The columns of a table that refer to one of those found.
static enum rmk_code
rename_find_refs(struct call *c, const struct picked *p, const struct rename_words *w,
    size_t nvalues, struct rename_columns *out, struct rmk_err *err)
{
	const struct rmk_schema *schema = file_schema(c->arena, p->file, p->table);

	for (size_t col = 0; col < schema->ncols; col++) {
		struct rename_column k = {.table = *p, .col = col, .refers = true};
		bool refers = false;

		for (size_t i = 0; i < nvalues && !refers; i++) {
			const struct picked *t = &out->v[i].table;

			refers = rmk_refers_to(c->arena, &schema->fields[col],
			    file_schema(c->arena, t->file, t->table), out->v[i].col);
		}
		if (!refers || rename_has(out, p, col))
			continue;
		if (rmk_rename_refs(
			c->arena, p->file->doc, p->table, col, &w->rename, &k.found, err))
			return err->code;
		if (k.found.n)
			*RMK_PUSH(c->arena, out->v, out->n, out->cap) = k;
	}
	return RMK_OK;
}

// Whether the table has a column of the whole name: then no part of another's name is meant.
static bool
rename_is_column(struct call *c, const struct picked *p, struct rmk_str name)
{
	const struct rmk_schema *schema = file_schema(c->arena, p->file, p->table);
	struct rmk_err unused;
	size_t col;

	return rmk_address_column(c->arena, p->file->doc, p->table, schema, name, &col,
		   &unused) != RMK_NOT_FOUND;
}

static enum rmk_code
rename_find(struct call *c, struct rename_words *w, struct rename_columns *out,
    struct rmk_err *err)
{
	struct picked *tables, *all;
	size_t n, nall, col, nvalues;
	bool named = false, exact = false;

	if (write_no_stdin(c, &w->file, w->file != NULL, err) ||
	    open_tables(c, &w->file, w->file != NULL, &tables, &n, err))
		return err->code;
	for (size_t i = 0; i < n; i++)
		exact |= rename_is_column(c, &tables[i], w->column);
	for (size_t i = 0; i < n; i++) {
		if ((!exact || rename_is_column(c, &tables[i], w->column)) &&
		    picked_column(c, &tables[i], w->column, &col, err) == RMK_OK &&
		    rename_find_in(c, &tables[i], w, out, err))
			return err->code;
	}
	if (out->n == 0)
		return rename_no_value(c, tables, n, w, err);
	nvalues = out->n;
	for (size_t i = 0; i < nvalues; i++)
		named |= file_schema(
			     c->arena, out->v[i].table.file, out->v[i].table.table)
		             ->name.n != 0;
	if (!named)
		return RMK_OK;
	if (open_all_tables(c, tables, n, &all, &nall, err))
		return err->code;
	for (size_t i = 0; i < nall; i++) {
		if (rename_find_refs(c, &all[i], w, nvalues, out, err))
			return err->code;
	}
	return RMK_OK;
}

// --- a version of a file --------------------------------------------------------------

static size_t
rename_column_in(const struct rmk_schema *schema, const struct rename_column *k,
    const struct rmk_str label)
{
	uint32_t nth = 0;

	for (size_t i = 0; i < schema->ncols; i++) {
		if (rmk_str_eq(schema->fields[i].key, label) && nth++ == k->nth)
			return i;
	}
	return RMK_NONE;
}

// A table that the version lacks has nothing to be renamed there.
static enum rmk_code
rename_edits(struct rmk_arena *a, const char *version, const struct rmk_doc *doc,
    const struct rename_job *job, const struct rename_column *k, struct rmk_renamed *out,
    struct rmk_err *err)
{
	const struct rmk_schema *was = k->table.file->schemas[k->table.table], *schema;
	enum rmk_code code;
	size_t table, col;

	code = rmk_table_find(a, version, doc, &k->id, &table, err);
	if (code)
		return code == RMK_NOT_FOUND ? RMK_OK : code;
	schema = rmk_schema_of(a, doc, table);
	col = rename_column_in(schema, k, was->fields[k->col].key);
	if (col == RMK_NONE)
		return RMK_OK;
	return k->refers
	           ? rmk_rename_refs(a, doc, table, col, &job->rename, out, err)
	           : rmk_rename_value(a, doc, table, schema, col, &job->rename, out, err);
}

// A value that stands in the worktree alone cannot be committed.
static enum rmk_code
rename_check_head(const char *version, struct rmk_str path, const struct rename_job *job,
    struct rmk_err *err)
{
	if (strcmp(version, "HEAD") != 0 || job->n == 0)
		return RMK_OK;
	rmk_fail(err, RMK_NOT_FOUND, "HEAD: %.*s does not hold '%.*s'", RMK_FMT(path),
	    RMK_FMT(job->rename.old));
	return rmk_hint(err, "commit the row first, or use --no-commit");
}

static enum rmk_code
rename_make(void *ctx, struct rmk_arena *a, const char *version, struct rmk_str path,
    struct rmk_str text, struct rmk_str *out, struct rmk_err *err)
{
	const struct rename_job *job = ctx;
	struct rmk_buf why = {.arena = a};
	struct rmk_renamed found = {0};
	struct rmk_doc *doc, *new_;
	struct rmk_str made;

	if (rmk_doc_parse(a, path, text, 0, &doc, err))
		return err->code;
	for (size_t i = 0; i < job->n; i++) {
		if (rename_edits(a, version, doc, job, &job->columns[i], &found, err))
			return err->code;
	}
	if (rmk_edits_apply(a, doc, found.edits, found.n, &made, err))
		return err->code;
	*out = made;
	if (rmk_str_eq(made, text))
		return found.n ? RMK_OK : rename_check_head(version, path, job, err);
	if (rmk_doc_parse(a, path, made, 0, &new_, err) ||
	    rmk_check_gate(a, (const struct rmk_doc *const[]){doc},
		(const struct rmk_doc *const[]){new_}, 1, err))
		return err->code;
	*out = rmk_render_refresh(a, path, made, rmk_view_make, &why);
	return RMK_OK;
}

// --- all of them ----------------------------------------------------------------------

static size_t
rename_by_file(struct call *c, const struct rename_words *w,
    const struct rename_columns *found, struct write_file *files)
{
	size_t n = 0;

	for (size_t i = 0; i < found->n; i++) {
		struct rename_column *k = &found->v[i];
		const struct rmk_schema *s = file_schema(
		    c->arena, k->table.file, k->table.table);
		struct rename_job *job;
		size_t f = 0;

		k->id = rmk_table_identify(
		    c->arena, k->table.file->doc, k->table.table, s);
		for (size_t col = 0; col < k->col; col++)
			k->nth += rmk_str_eq(s->fields[col].key, s->fields[k->col].key);
		while (f < n && files[f].file != k->table.file)
			f++;
		if (f == n) {
			job = RMK_NEW(c->arena, struct rename_job);
			job->rename = w->rename;
			files[n++] = (struct write_file){k->table.file, rename_make, job};
		}
		job = files[f].ctx;
		*RMK_PUSH(c->arena, job->columns, job->n, job->cap) = *k;
	}
	return n;
}

static void
rename_report(
    struct call *c, const struct rename_words *w, const struct rename_columns *found)
{
	for (size_t i = 0; i < found->n; i++) {
		const struct rename_column *k = &found->v[i];
		const struct rmk_schema *s = file_schema(
		    c->arena, k->table.file, k->table.table);

		out_shown(STYLE_DIM, picked_address(c->arena, &k->table));
		out_str(RMK_STR("  "));
		out_shown(STYLE_PLAIN, s->fields[k->col].label);
		out_str(RMK_STR(": "));
		out_shown(STYLE_RED, w->rename.old);
		out_str(RMK_STR(" -> "));
		out_shown(STYLE_GREEN, w->rename.new_);
		out_printf(", %zu cell%s%s\n", k->found.ncells,
		    k->found.ncells == 1 ? "" : "s",
		    k->found.declared ? " and the declaration" : "");
	}
}

static enum exit_status
rename_run(struct call *c)
{
	struct rmk_commit_result result = {0};
	struct rename_columns found = {0};
	struct rename_words w = {0};
	struct write_file *files;
	struct rmk_str message;
	struct rmk_err err;
	size_t n;

	if (rename_read(c, &w, &err) || rename_find(c, &w, &found, &err))
		return complain(&err);
	files = RMK_NEW_N(c->arena, struct write_file, found.n);
	n = rename_by_file(c, &w, &found, files);
	message = rmk_str_printf(c->arena, "Rename %.*s to %.*s", RMK_FMT(w.rename.old),
	    RMK_FMT(w.rename.new_));
	if (write_quietly(c, files, n, message, &result, &err))
		return write_failed(c, &err);
	if (!c->quiet && !opt_on(c, "dry-run") && result.unchanged)
		out_str(RMK_STR("It is called so already.\n"));
	else if (!c->quiet && !opt_on(c, "dry-run"))
		rename_report(c, &w, &found);
	report_commit(c, &result);
	return FINE;
}

const struct cmd cmd_rename = {
    .name = "rename",
    .args = "COLUMN=OLD NEW [FILE[#TABLE]]",
    .line = "Rename a status or a row everywhere",
    .about =
	"Writes NEW, as it is typed, for the value OLD of a column: in its cells, in "
	"the\n"
	"table's declaration, in the cells of other tables that refer to it ('ref'), "
	"and\n"
	"in regions. Only the word changes: a link or emphasis around it stays. All of\n"
	"it is one commit, over all files that have the value; FILE#TABLE names one\n"
	"table.\n"
	"\n"
	"A NEW that a row or a listed status is called already is refused.\n",
    .examples = examples,
    .opts = opts,
    .least = 2,
    .most = 3,
    .run = rename_run,
};
