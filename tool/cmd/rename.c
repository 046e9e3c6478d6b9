// rowmark rename: a status or a key gets another name wherever it stands.
#include "gfm/cells.h"
#include "operands.h"
#include "opt.h"
#include "out.h"
#include "rename_places.h"
#include "table/value.h"
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

// --- what was typed -----------------------------------------------------------------

// Who typed the name of a row alone is told what its column is called.
static enum rmk_code
rename_hint_row(struct call *c, struct rmk_err *err)
{
	const struct rmk_schema *schema;
	struct picked *tables, p;
	struct rmk_err unused;
	size_t n = 0, row;

	if (!strchr(c->args[0], '=') &&
	    !open_tables(c, c->args + 2, c->nargs - 2, &tables, &n, &unused) &&
	    !open_row(c, tables, n, rmk_str_of(c->args[0]), &p, &row, &unused)) {
		schema = file_schema(c->arena, p.file, p.table);
		return rmk_hint(err, "rowmark rename '%.*s=%s' '%s' renames that row",
		    RMK_FMT(schema->fields[schema->key].label), c->args[0], c->args[1]);
	}
	for (size_t i = 0; !strchr(c->args[0], '=') && i < n; i++) {
		schema = file_schema(c->arena, tables[i].file, tables[i].table);
		for (size_t col = 0; col < schema->ncols; col++) {
			if (rmk_field_term(c->arena, &schema->fields[col],
				rmk_cell_raw(c->arena, rmk_str_of(c->args[0]))))
				return rmk_hint(err,
				    "rowmark rename '%.*s=%s' '%s' renames that value",
				    RMK_FMT(schema->fields[col].label), c->args[0],
				    c->args[1]);
		}
	}
	return rmk_hint(err, "usage: rowmark rename %s", c->cmd->args);
}

static enum rmk_code
rename_read(struct call *c, struct rename_words *w, struct rmk_err *err)
{
	struct rmk_str typed = rmk_str_of(c->args[0]);
	const char *new_ = c->args[1];

	rmk_str_split(&typed, '=', &w->column);
	if (!typed.s || typed.n == 0) {
		rmk_fail(err, RMK_INVALID, "rename: '%s': wanted COLUMN=OLD", c->args[0]);
		return rename_hint_row(c, err);
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

// Of a link its label, which is all that changes.
static struct rmk_str
rename_old_shown(struct rmk_arena *a, const struct rename_words *w)
{
	struct rmk_link *links;

	return rmk_value_links(a, w->rename.old, &links)
	           ? rmk_value_text(a, w->rename.old)
	           : w->rename.old;
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
		out_shown(STYLE_RED, rename_old_shown(c->arena, w));
		out_str(RMK_STR(" -> "));
		out_shown(STYLE_GREEN, w->rename.new_);
		out_printf(", %zu cell%s%s%s\n", k->found.ncells,
		    k->found.ncells == 1 ? "" : "s",
		    k->found.declared ? " and the declaration" : "",
		    k->found.nlinks ? "; links lead where they led" : "");
	}
}

// A word of one's own means nothing where no declaration says so.
static struct rmk_str
rename_declaration(
    struct rmk_arena *a, const struct rmk_field *f, const struct rmk_rename *r)
{
	const struct rmk_term *old = rmk_field_term(a, f, rmk_cell_raw(a, r->old));
	struct rmk_buf b = {.arena = a};

	rmk_buf_printf(&b, "%.*s: status = ", RMK_FMT(f->label));
	for (size_t i = 0, last = RMK_NONE; i < f->nterms; i++) {
		const struct rmk_term *t = &f->terms[i];

		if (t->rank == RMK_TERM_UNRANKED || (!t->count && t != old))
			continue;
		if (last != RMK_NONE)
			rmk_buf_adds(&b, f->terms[last].rank == t->rank ? ", " : " < ");
		rmk_buf_add(&b, t == old ? r->new_ : t->text);
		last = i;
	}
	return rmk_buf_str(&b);
}

// What the new word says of progress in the file as it was made.
static enum rmk_progress
rename_progress_now(struct call *c, const struct rename_column *k,
    const struct rename_words *w, const struct write_file *files, size_t n)
{
	const struct rmk_schema *schema;
	struct rmk_str made;
	struct rmk_doc *doc;
	struct rmk_err unused;
	size_t i = 0;

	while (i < n && files[i].file != k->table.file)
		i++;
	if (i == n ||
	    files[i].make(files[i].ctx, c->arena, "the worktree", files[i].file->path,
		files[i].file->doc->text, &made, &unused) ||
	    rmk_doc_parse(c->arena, files[i].file->path, made, 0, &doc, &unused))
		return RMK_DONE; // nothing is said
	schema = rmk_schema_of(c->arena, doc, k->table.table);
	return schema->fields[k->col].type == RMK_STATUS
	           ? rmk_field_progress(c->arena, &schema->fields[k->col],
			 rmk_cell_raw(c->arena, w->rename.new_))
	           : RMK_UNKNOWN;
}

// Where the old word of a status was one that is known and the new one is not, rows are counted
// no more.
static void
rename_note_unknown(struct call *c, const struct rename_words *w,
    const struct rename_columns *found, const struct write_file *files, size_t n)
{
	struct rmk_arena *a = c->arena;

	for (size_t i = 0; i < found->n && !c->quiet; i++) {
		const struct picked *p = &found->v[i].table;
		const struct rmk_field *f =
		    &file_schema(a, p->file, p->table)->fields[found->v[i].col];
		enum rmk_progress was = rmk_field_progress(
		    a, f, rmk_cell_raw(a, w->rename.old));

		if (f->type != RMK_STATUS || f->declared || was == RMK_UNKNOWN ||
		    rename_progress_now(c, &found->v[i], w, files, n) != RMK_UNKNOWN)
			continue;
		out_warn("note: %.*s: '%.*s' is no word that is known for %s; to have it "
			 "counted, declare it above the table: <!-- rowmark: %.*s -->",
		    RMK_FMT(picked_address(a, p)), RMK_FMT(w->rename.new_),
		    rmk_progress_name(was),
		    RMK_FMT(rename_declaration(a, f, &w->rename)));
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
	message = rmk_str_printf(c->arena, "Rename %.*s to %.*s",
	    RMK_FMT(rename_old_shown(c->arena, &w)), RMK_FMT(w.rename.new_));
	if (write_quietly(c, files, n, message, &result, &err))
		return write_failed(c, &err);
	if (!c->quiet && !opt_on(c, "dry-run") && result.unchanged)
		out_str(RMK_STR("It is called so already.\n"));
	else if (!c->quiet && !opt_on(c, "dry-run"))
		rename_report(c, &w, &found);
	if (!result.unchanged)
		rename_note_unknown(c, &w, &found, files, n);
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
