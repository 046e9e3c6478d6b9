// rowmark column: columns that come, go, change places or names.
#include "edit/columns.h"
#include "edit/edit.h"
#include "operands.h"
#include "opt.h"
#include "out.h"
#include "table_job.h"
#include "where.h"

#include <string.h>

static const struct opt opts[] = {
    {0, "after", "COLUMN", "behind this one (add; default: at the end; move)", NULL},
    {0, "first", NULL, "before all others", NULL},
    OPT_WRITE,
    OPT_END,
};

static const struct example examples[] = {
    {"One more, behind another", "rowmark column add Area --after Paper"},
    {"Another name", "rowmark column rename Area Field"},
    {"Another place", "rowmark column move Field --after 'Why it matters'"},
    {"It goes again", "rowmark column rm Field"},
    {NULL, NULL},
};

enum column_verb { COLUMN_ADD, COLUMN_RENAME, COLUMN_MOVE, COLUMN_RM, NVERBS };
static const char *const column_verbs[] = {"add", "rename", "move", "rm"};

struct column_job {
	enum column_verb verb;
	struct rmk_str name, new_, after; // as typed; after.s NULL: at the end
	bool first;
	char *file; // NULL: the one table there is
};

// --- what was typed ------------------------------------------------------------------

static enum rmk_code
column_usage(const struct call *c, const char *what, struct rmk_err *err)
{
	rmk_fail(err, RMK_INVALID, "column: %s", what);
	return rmk_hint(err, "usage: rowmark column %s", c->cmd->args);
}

static enum rmk_code
column_read(struct call *c, struct column_job *job, struct rmk_err *err)
{
	const char *words[2] = {0};
	size_t most, n = 0;

	while (job->verb < NVERBS && strcmp(c->args[0], column_verbs[job->verb]))
		job->verb++;
	if (strcmp(c->args[0], "mv") == 0) // as rows are moved
		job->verb = COLUMN_MOVE;
	else if (strcmp(c->args[0], "remove") == 0)
		job->verb = COLUMN_RM;
	if (job->verb == NVERBS)
		return column_usage(c, "what: add, rename, move or rm?", err);
	most = job->verb == COLUMN_RENAME ? 2 : 1;
	for (size_t i = 1; i < c->nargs; i++) {
		bool file = i < c->plain && c->nargs > most + 1 && !job->file &&
		            (n == most || operand_is_file(c, c->args[i], 0));

		if (file)
			job->file = c->args[i];
		else if (n == most)
			return column_usage(c, "too many words", err);
		else
			words[n++] = c->args[i];
	}
	if (job->verb == COLUMN_RENAME && !job->file && n == 2 &&
	    c->nargs - 1 < c->plain && operand_is_file(c, words[1], 0)) {
		rmk_fail(err, RMK_INVALID,
		    "column rename: NEW is missing: '%s' is a file", words[1]);
		return rmk_hint(
		    err, "usage: rowmark column rename OLD NEW [FILE[#TABLE]]");
	}
	if (n < most)
		return column_usage(c,
		    job->verb == COLUMN_RENAME ? "wanted OLD and NEW" : "which column?",
		    err);
	job->name = rmk_str_trim(rmk_str_of(words[0]));
	job->new_ = rmk_str_trim(rmk_str_of(words[1]));
	if (opt_text(c, "after"))
		job->after = rmk_str_of(opt_text(c, "after"));
	job->first = opt_on(c, "first");
	if (job->after.s && job->first)
		return column_usage(c, "--after or --first, not both", err);
	if ((job->verb == COLUMN_RENAME || job->verb == COLUMN_RM) &&
	    (job->after.s || job->first))
		return column_usage(c,
		    job->verb == COLUMN_RM
			? "rm: --after and --first say where a column goes; none does"
			: "rename: --after and --first are for add and move",
		    err);
	if (job->verb == COLUMN_MOVE && !job->after.s && !job->first)
		return column_usage(c, "move: where to? --after COLUMN or --first", err);
	return RMK_OK;
}

// --- a version -----------------------------------------------------------------------

static enum rmk_code
column_find(struct rmk_arena *a, const struct rmk_doc *doc, size_t table,
    const struct rmk_schema *schema, struct rmk_str name, size_t *out,
    struct rmk_err *err)
{
	return rmk_address_column_typed(a, doc, table, schema, name, out, err);
}

// A column of that name may stand there already.
static enum rmk_code
column_check_new(struct rmk_arena *a, const struct rmk_schema *schema,
    struct rmk_str name, size_t but, struct rmk_err *err)
{
	struct rmk_str key = rmk_value_key(a, rmk_cell_raw(a, name));

	if (name.n == 0)
		return rmk_fail(
		    err, RMK_INVALID, "column: a name is wanted, and is empty");
	for (size_t i = 0; i < schema->ncols; i++) {
		if (i != but && rmk_str_eq(schema->fields[i].key, key))
			return rmk_fail(err, RMK_REFUSED,
			    "there is a column '%.*s' already",
			    RMK_FMT(schema->fields[i].label));
	}
	return rmk_edit_value_ok(name, err);
}

// The columns in their new order: `moved` (RMK_NONE: a new one) stands behind `after`.
static size_t
column_order(const struct rmk_schema *schema, size_t moved, size_t after, size_t *out)
{
	size_t n = 0;

	if (after == RMK_NONE)
		out[n++] = moved;
	for (size_t i = 0; i < schema->ncols; i++) {
		if (i != moved)
			out[n++] = i;
		if (i == after)
			out[n++] = moved;
	}
	return n;
}

static enum rmk_code
column_place(const struct column_job *job, struct rmk_arena *a, const struct rmk_doc *doc,
    size_t table, const struct rmk_schema *schema, size_t moved, struct rmk_str *out,
    struct rmk_err *err)
{
	size_t *from = RMK_NEW_N(a, size_t, schema->ncols + 1);
	struct rmk_columns columns = {.from = from, .label = job->name};
	size_t after = schema->ncols - 1;

	if (job->first)
		after = RMK_NONE;
	else if (job->after.s &&
		 column_find(a, doc, table, schema, job->after, &after, err))
		return err->code;
	if (after == moved && moved != RMK_NONE) {
		*out = doc->text;
		return RMK_OK;
	}
	columns.n = column_order(schema, moved, after, from);
	return rmk_columns_arrange(a, doc, table, &columns, out, err);
}

static enum rmk_code
column_edit(void *ctx, struct rmk_arena *a, const struct rmk_doc *doc, size_t table,
    struct rmk_str *out, struct rmk_err *err)
{
	const struct column_job *job = ctx;
	const struct rmk_schema *schema = rmk_schema_of(a, doc, table);
	size_t col = RMK_NONE;

	if (job->verb != COLUMN_ADD &&
	    column_find(a, doc, table, schema, job->name, &col, err))
		return err->code;
	switch (job->verb) {
	case COLUMN_ADD:
		return column_check_new(a, schema, job->name, RMK_NONE, err)
		           ? err->code
		           : column_place(job, a, doc, table, schema, col, out, err);
	case COLUMN_RENAME:
		return column_check_new(a, schema, job->new_, col, err)
		           ? err->code
		           : rmk_column_rename(a, doc, table, col, job->new_, out, err);
	case COLUMN_MOVE:
		return column_place(job, a, doc, table, schema, col, out, err);
	default:
		return rmk_column_remove(a, doc, table, col, out, err);
	}
}

// --- other files ---------------------------------------------------------------------

static enum rmk_code
column_refs_make(void *ctx, struct rmk_arena *a, const char *version, struct rmk_str path,
    struct rmk_str text, struct rmk_str *out, struct rmk_err *err)
{
	const struct rmk_column_named *named = ctx;
	struct rmk_doc *doc;

	(void)version;
	return rmk_doc_parse(a, path, text, RMK_PARSE_ALL, &doc, err)
	           ? err->code
	           : rmk_column_rename_refs(a, doc, named, out, err);
}

// Another file, if it says something of the column.
static enum rmk_code
column_add_refs(struct call *c, struct file *file, const struct rmk_column_named *column,
    struct write_file *files, size_t *n, struct rmk_err *err)
{
	struct rmk_column_named *named = RMK_NEW(c->arena, struct rmk_column_named);
	struct rmk_str made;

	*named = *column;
	named->from = file->source.path;
	if (column_refs_make(
		named, c->arena, "", file->path, file->doc->text, &made, err))
		return err->code;
	if (!rmk_str_eq(made, file->doc->text))
		files[(*n)++] = (struct write_file){file, column_refs_make, named};
	return RMK_OK;
}

// What other files say of the column is renamed with it.
static enum rmk_code
column_find_refs(struct call *c, const struct picked *p, size_t col,
    const struct column_job *job, struct table_job *out, struct rmk_err *err)
{
	const struct rmk_schema *schema = file_schema(c->arena, p->file, p->table);
	const struct rmk_column_named named = {p->file->doc, p->table,
	    schema->fields[col].key, job->new_, p->file->source.path, {0}};
	struct call plain = *c;
	struct write_file *files;
	struct wanted *all;
	struct file *file;
	size_t n, unused;

	if (job->verb != COLUMN_RENAME)
		return RMK_OK;
	plain.ngiven = 0; // -f says where the column is
	if (open_wanted(&plain, NULL, 0, &all, &n, err))
		return err->code;
	files = RMK_NEW_N(c->arena, struct write_file, n);
	for (size_t i = 0; i < n; i++) {
		if (open_file(
			&plain, c->arena, &all[i], RMK_PARSE_ALL, &file, &unused, err))
			out_warn("%s", err->msg);
		else if (!file_same(file, p->file) &&
			 column_add_refs(c, file, &named, files, &out->nmore, err))
			return err->code;
	}
	c->repo = plain.repo;
	out->more = files;
	return RMK_OK;
}

// Where the column goes by which rows are named, which one names them then.
static void
column_note_key(struct call *c, const struct picked *p, size_t col)
{
	const struct rmk_doc *doc = p->file->doc;
	const struct rmk_schema *now;
	struct rmk_doc *made;
	struct rmk_str text;
	struct rmk_err unused;

	if (c->quiet || file_schema(c->arena, p->file, p->table)->key != col ||
	    rmk_column_remove(c->arena, doc, p->table, col, &text, &unused) ||
	    rmk_doc_parse(c->arena, doc->path, text, 0, &made, &unused) ||
	    made->ntables <= p->table)
		return;
	now = rmk_schema_of(c->arena, made, p->table);
	out_warn("note: rows were named by that column; '%.*s' names them now",
	    RMK_FMT(now->fields[now->key].label));
}

// --- all of it -----------------------------------------------------------------------

static enum exit_status
column_run(struct call *c)
{
	static const char *const done[] = {"added", "renamed", "moved", "removed"};
	static const char *const does[] = {"Add", "Rename", "Move", "Remove"};
	struct column_job job = {0};
	struct table_job table = {.edit = column_edit, .ctx = &job};
	const struct rmk_schema *schema;
	struct rmk_str name, message;
	struct picked p;
	struct rmk_err err;
	size_t col;

	if (column_read(c, &job, &err) ||
	    table_job_open(c, &job.file, job.file != NULL, &p, &err))
		return complain(&err);
	schema = file_schema(c->arena, p.file, p.table);
	name = job.name;
	if (job.verb != COLUMN_ADD) {
		if (picked_column(c, &p, job.name, &col, &err))
			return complain(&err);
		name = schema->fields[col].label;
		if (column_find_refs(c, &p, col, &job, &table, &err))
			return complain(&err);
		table.elsewhere = job.verb == COLUMN_RM && schema->name.n;
		if (job.verb == COLUMN_RM)
			column_note_key(c, &p, col);
	}
	message = rmk_str_printf(c->arena, "%s the column %.*s%s%.*s", does[job.verb],
	    RMK_FMT(name), job.new_.n ? " to " : "", RMK_FMT(job.new_));
	return table_job_run(c, &p, &table, message,
	    rmk_str_printf(c->arena, "%.*s %s%s%.*s", RMK_FMT(name), done[job.verb],
		job.new_.n ? " to " : "", RMK_FMT(job.new_)));
}

const struct cmd cmd_column = {
    .name = "column",
    .args = "add|rename|move|rm COLUMN [NEW] [FILE[#TABLE]]",
    .line = "Add, rename, move or remove a column",
    .about =
	"Changes every line of one table, in one commit: cells keep their bytes, a new\n"
	"column is padded as its neighbour is. What the table's declaration says of the\n"
	"column is renamed with it, and goes with it; so is what other tables, of all\n"
	"files, say that refer to it ('ref'), and regions drawn by it, wherever they "
	"are. A column by which a region of the file is drawn is not removed before "
	"that\n"
	"region is changed. Where the column goes by which rows are named, it is said\n"
	"which one names them then.\n"
	"\n"
	"  rowmark column add NAME [--after COLUMN | --first]\n"
	"  rowmark column rename OLD NEW\n"
	"  rowmark column move COLUMN --after COLUMN | --first\n"
	"  rowmark column rm COLUMN\n",
    .examples = examples,
    .opts = opts,
    .least = 2,
    .most = 4,
    .run = column_run,
};
