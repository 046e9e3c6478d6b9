// From wished changes to files, index and commit: see write.h.
//
// A command says what should be different, by key; each version of a file (HEAD's, the
// staged one, the worktree's) is parsed and changed for itself. Which versions there
// are, and the order of writing, is git/commit's.
#include "write.h"
#include "answer.h"
#include "check/constraint_gate.h"
#include "commit_message.h"
#include "elsewhere_gate.h"
#include "opt.h"
#include "out.h"
#include "resume.h"
#include "signals.h"
#include "sql/view.h"
#include "summary/region.h"
#include "sync_after.h"
#include "unchanged.h"
#include "write_report.h"

#include <string.h>

// Which of the columns with its name a column is.
static uint32_t
nth_of_label(const struct rmk_schema *schema, size_t col)
{
	uint32_t n = 0;

	for (size_t i = 0; i < col; i++)
		n += rmk_str_eq(schema->fields[i].key, schema->fields[col].key);
	return n;
}

struct write
write_cell(struct rmk_arena *a, const struct picked *p, size_t row, size_t col,
    struct rmk_str value)
{
	const struct rmk_doc *doc = p->file->doc;
	const struct rmk_schema *schema = file_schema(a, p->file, p->table);
	const struct rmk_row *r = &doc->tables[p->table].rows[row];

	return (struct write){
	    .file = p->file,
	    .address = picked_address(a, p),
	    .line = r->line,
	    .table = p->table,
	    .row = row,
	    .col = col,
	    .change =
		{
		    .kind = RMK_CHANGE_SET,
		    .row.shown = rmk_address_row(a, doc, p->table, schema, row),
		    .label = schema->fields[col].key,
		    .label_nth = nth_of_label(schema, col),
		    .label_shown = schema->fields[col].label,
		    .old = rmk_doc_cell(doc, r, col),
		    .value = value,
		},
	};
}

struct write
write_removal(struct rmk_arena *a, const struct picked *p, size_t row)
{
	return (struct write){
	    .file = p->file,
	    .address = picked_address(a, p),
	    .line = p->file->doc->tables[p->table].rows[row].line,
	    .table = p->table,
	    .row = row,
	    .change.kind = RMK_CHANGE_REMOVE,
	};
}

// The writes from the first on that are of its table.
static size_t
of_one_table(const struct write *writes, size_t n, const struct write **out, size_t *rows)
{
	size_t count = 0;

	for (size_t i = 0; i < n; i++) {
		if (writes[i].file != writes->file || writes[i].table != writes->table)
			continue;
		out[count] = &writes[i];
		rows[count++] = writes[i].row;
	}
	return count;
}

void
write_name_cells(struct rmk_arena *a, struct write *writes, size_t n)
{
	const struct write **same = RMK_NEW_N(a, const struct write *, n);
	size_t *rows = RMK_NEW_N(a, size_t, n);

	for (size_t i = 0; i < n; i++) {
		struct file *f = writes[i].file;
		size_t table = writes[i].table;
		const struct rmk_schema *schema = file_schema(a, f, table);

		if (writes[i].change.table.ncols)
			continue; // named with an earlier one
		size_t m = of_one_table(&writes[i], n - i, same, rows);
		struct rmk_table_id id = rmk_table_identify(a, f->doc, table, schema);
		struct rmk_row_id *ids = rmk_rows_identify(
		    a, f->doc, table, schema, rows, m);
		for (size_t k = 0; k < m; k++) {
			struct write *w = &writes[same[k] - writes];
			w->change.table = id;
			w->change.row = ids[k];
		}
	}
}

// --- one file's new bytes -------------------------------------------------------

struct change_list {
	const struct rmk_doc *seen; // as the command read the file
	struct rmk_change *v;
	size_t n;
	struct rmk_buf why; // lines on regions of the version that was made last
};

static enum rmk_code
make_changes(void *ctx, struct rmk_arena *a, const char *version, struct rmk_str path,
    struct rmk_str text, struct rmk_str *out, struct rmk_err *err)
{
	struct change_list *changes = ctx;

	if (rmk_changes_make_text(
		a, version, path, text, changes->seen, changes->v, changes->n, out, err))
		return err->code;
	if (rmk_str_eq(*out, text))
		return RMK_OK;
	// What a region sums up changes with the cell, and in the same commit.
	changes->why.n = 0;
	*out = rmk_render_refresh(a, path, *out, rmk_view_make, &changes->why);
	return RMK_OK;
}

// Writes grouped by file, in the order in which files are first named.
static size_t
group(struct call *c, const struct write *writes, size_t n, struct write_file **out)
{
	struct write_file *files = RMK_NEW_N(c->arena, struct write_file, n + 1);
	size_t nfiles = 0;

	for (size_t i = 0; i < n; i++) {
		struct change_list *list;
		size_t f = 0;

		while (f < nfiles && files[f].file != writes[i].file)
			f++;
		if (f == nfiles) {
			list = RMK_NEW(c->arena, struct change_list);
			list->why.arena = c->arena;
			list->seen = writes[i].file->doc;
			list->v = RMK_NEW_N(c->arena, struct rmk_change, n);
			files[nfiles++] = (struct write_file){
			    writes[i].file, make_changes, list};
		}
		list = files[f].ctx;
		list->v[list->n++] = writes[i].change;
	}
	*out = files;
	return nfiles;
}

// --- how far it goes ------------------------------------------------------------

bool
can_commit(const struct call *c)
{
	return opt_has(c, "no-commit");
}

static bool
is_stdin(const char *word)
{
	return rmk_str_eq(rmk_address_parse(rmk_str_of(word)).file, RMK_STR("-"));
}

enum rmk_code
write_no_stdin(const struct call *c, char *const *words, size_t n, struct rmk_err *err)
{
	const char **narrow;
	size_t nnarrow = opt_all(c, "file", &narrow);
	bool any = false;

	for (size_t i = 0; i < n; i++)
		any = any || is_stdin(words[i]);
	for (size_t i = 0; i < nnarrow; i++)
		any = any || is_stdin(narrow[i]);
	if (!any)
		return RMK_OK;
	rmk_fail(err, RMK_INVALID, "%s: standard input cannot be written", c->cmd->name);
	return rmk_hint(err, "only files of the worktree can");
}

static enum rmk_code
options(struct call *c, struct rmk_commit_opts *o, struct rmk_err *err)
{
	bool file_only, stage;

	o->depth = RMK_WRITE_FILE;
	if (!can_commit(c))
		return RMK_OK;
	file_only = opt_on(c, "no-commit");
	stage = opt_on(c, "stage");
	if (file_only && stage)
		return rmk_fail(err, RMK_INVALID,
		    "%s: --no-commit and --stage exclude each other", c->cmd->name);
	o->depth = stage                         ? RMK_WRITE_STAGE
	           : file_only || commits_off(c) ? RMK_WRITE_FILE
	                                         : RMK_WRITE_COMMIT;
	o->author = rmk_str_of(opt_text(c, "author"));
	o->date = rmk_str_of(opt_text(c, "date"));
	o->no_verify = opt_on(c, "no-verify");
	return RMK_OK;
}

// Whether a commit is to be made, for which a message is needed.
static bool
commits(struct call *c)
{
	return !commits_off(c) && !opt_on(c, "no-commit") && !opt_on(c, "stage") &&
	       !opt_on(c, "dry-run") && !opt_on(c, "message");
}

// Whether a file is one of HEAD in a bare repository, where a commit is all that can be
// written.
static bool
is_head_of_bare(const struct call *c, const struct file *f)
{
	return f->source.place == RMK_FROM_COMMIT && c->repo &&
	       rmk_repo_top(c->repo).n == 0 && rmk_str_eq(f->source.rev, RMK_STR("HEAD"));
}

static enum rmk_code
write_check_place(
    const struct call *c, const struct file *f, enum rmk_depth depth, struct rmk_err *err)
{
	if (is_head_of_bare(c, f)) {
		if (depth == RMK_WRITE_COMMIT)
			return RMK_OK;
		rmk_fail(err, RMK_REFUSED,
		    "%.*s: a bare repository has neither files nor an index",
		    RMK_FMT(f->path));
		if (can_commit(c))
			return rmk_hint(err,
			    "without --no-commit and --stage the change is committed");
		return rmk_hint(
		    err, "%s writes the file alone: run it in a clone", c->cmd->name);
	}
	if (f->source.place == RMK_FROM_WORKTREE)
		return RMK_OK;
	rmk_fail(err, RMK_INVALID, "%.*s: cannot be written", RMK_FMT(f->path));
	return rmk_hint(err, "only files of the worktree can");
}

static enum rmk_code
check_places(const struct call *c, const struct write_file *files, size_t n,
    enum rmk_depth depth, struct rmk_err *err)
{
	for (size_t i = 0; i < n; i++) {
		if (write_check_place(c, files[i].file, depth, err))
			return err->code;
	}
	return RMK_OK;
}

// Outside a repository only the file is written: several files then one by one.
static enum rmk_code
write_plain(struct call *c, const struct write_file *files, size_t n, struct rmk_err *err)
{
	for (size_t i = 0; i < n; i++) {
		const struct file *f = files[i].file;
		struct rmk_file_new new;
		struct rmk_str made;

		if (files[i].make(files[i].ctx, c->arena, "the worktree", f->path,
			f->doc->text, &made, err))
			return err->code;
		if (rmk_str_eq(made, f->doc->text))
			continue;
		if (rmk_file_prepare(
			c->arena, RMK_STR(""), f->source.path, &f->id, made, &new, err) ||
		    rmk_file_commit(&new, err))
			return err->code;
	}
	return RMK_OK;
}

static enum rmk_code
write_git(struct call *c, struct rmk_repo *repo, const struct write_file *files, size_t n,
    const struct rmk_commit_opts *opts, struct rmk_commit_result *out,
    struct rmk_err *err)
{
	struct rmk_rewrite *rewrites = RMK_NEW_N(c->arena, struct rmk_rewrite, n + 1);
	bool bare = rmk_repo_top(repo).n == 0;
	enum rmk_code code;

	for (size_t i = 0; i < n; i++) {
		if (bare && files[i].file->source.place == RMK_FROM_WORKTREE)
			return rmk_fail(err, RMK_REFUSED,
			    "%.*s: is no file of the bare repository %.*s",
			    RMK_FMT(files[i].file->path), RMK_FMT(rmk_repo_gitdir(repo)));
		rewrites[i].seen = files[i].file->doc->text;
		if (files[i].file->beside)
			rewrites[i].seen_beside = files[i].file->beside->text;
		rewrites[i].make = files[i].make;
		rewrites[i].ctx = files[i].ctx;
		if (rmk_repo_path(c->arena, repo, files[i].file->source.path,
			&rewrites[i].path, err))
			return err->code;
	}
	code = rmk_commit_make(c->arena, repo, rewrites, n, opts, out, err);
	c->stale = code == RMK_STALE || (code == RMK_FASTER && opts->before);
	return code;
}

static enum rmk_code
write_write_all(struct call *c, const struct write_file *files, size_t n,
    const struct rmk_commit_opts *opts, struct rmk_commit_result *out,
    struct rmk_err *err)
{
	struct rmk_repo *repo;
	enum rmk_code code = call_repo(c, &repo, err);

	if (code == RMK_NO_REPO && opts->depth == RMK_WRITE_FILE)
		return write_plain(c, files, n, err);
	if (code == RMK_NO_REPO)
		return rmk_hint(err,
		    "--no-commit writes the file alone; 'git init' makes "
		    "a repository");
	if (code)
		return code;
	return write_git(c, repo, files, n, opts, out, err);
}

// What a commit would refuse, its dry run refuses too; but where there is no repository,
// the diff is all that is asked for.
static enum rmk_code
dry_run(struct call *c, const struct write_file *files, size_t n,
    struct rmk_commit_opts *opts, struct rmk_err *err)
{
	struct rmk_commit_result unused;
	struct rmk_repo *repo = NULL;

	opts->dry_run = true;
	if (call_repo(c, &repo, NULL) == RMK_OK &&
	    write_git(c, repo, files, n, opts, &unused, err))
		return err->code;
	for (size_t i = 0; i < n; i++) {
		const struct file *f = files[i].file;
		struct rmk_str made;

		if (files[i].make(files[i].ctx, c->arena,
			f->source.place == RMK_FROM_COMMIT ? "HEAD" : "the worktree",
			f->path, f->doc->text, &made, err) ||
		    write_print_patch(
			c->arena, repo, f->source.path, f->doc->text, made, err))
			return err->code;
	}
	return RMK_OK;
}

// Each -m is a paragraph, as for git commit.
static struct rmk_str
given_message(const struct call *c)
{
	struct rmk_buf b = {.arena = c->arena};
	const char **given;
	size_t n = opt_all(c, "message", &given);

	for (size_t i = 0; i < n; i++) {
		rmk_buf_printf(&b, "%s%s", b.n ? "\n" : "", given[i]);
		if (b.n && b.s[b.n - 1] != '\n')
			rmk_buf_addc(&b, '\n');
	}
	return rmk_buf_str(&b);
}

static enum rmk_code
write_unanswered(struct call *c, const struct write_file *files, size_t n,
    struct rmk_str message, struct rmk_commit_result *result, struct rmk_err *err)
{
	struct rmk_commit_opts opts = {.keep_lock = true, .trace = signals_watch()};

	if (options(c, &opts, err) || check_places(c, files, n, opts.depth, err))
		return err->code;
	if (opt_on(c, "dry-run"))
		return dry_run(c, files, n, &opts, err);
	opts.command = resume_command(c);
	opts.before = c->pushes ? sync_push : NULL;
	opts.before_ctx = c;
	opts.message = can_commit(c) && opt_on(c, "message") ? given_message(c) : message;
	return write_write_all(c, files, n, &opts, result, err);
}

// A program that asked for JSON is told what was changed.
static void
answer_files(struct call *c, const struct write_file *files, size_t n)
{
	if (!answer_wanted(c))
		return;
	answer_begin();
	for (size_t i = 0; i < n; i++) {
		const struct file *f = files[i].file;
		struct rmk_str made;
		struct rmk_err unused;

		if (files[i].make(files[i].ctx, c->arena, "the worktree", f->path,
			f->doc->text, &made, &unused) == RMK_OK)
			answer_texts(f->path, f->doc->text, made);
	}
}

enum rmk_code
write_quietly(struct call *c, const struct write_file *files, size_t n,
    struct rmk_str message, struct rmk_commit_result *result, struct rmk_err *err)
{
	if (write_unanswered(c, files, n, message, result, err))
		return err->code;
	answer_files(c, files, n);
	if (opt_on(c, "dry-run"))
		answer_not_done("write", "--dry-run");
	return RMK_OK;
}

enum exit_status
write_failed(struct call *c, const struct rmk_err *err)
{
	return c->stale && c->reruns < RERUNS ? TROUBLE : complain(err);
}

enum exit_status
write_files(
    struct call *c, const struct write_file *files, size_t n, struct rmk_str message)
{
	struct rmk_commit_result result = {0};
	struct rmk_err err;

	if (write_quietly(c, files, n, message, &result, &err))
		return write_failed(c, &err);
	report_commit(c, &result);
	return FINE;
}

// --- changes ----------------------------------------------------------------------

// A summary that does not say what the table says, though a commit was made, is said.
static void
say_regions(const struct write_file *files, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const struct change_list *list = files[i].ctx;

		write_say_regions(rmk_buf_str(&list->why));
	}
}

enum exit_status
write_changes(struct call *c, struct write *writes, size_t n)
{
	return write_changes_as(c, writes, n, (struct rmk_str){0});
}

enum exit_status
write_changes_as(struct call *c, struct write *writes, size_t n, struct rmk_str message)
{
	struct rmk_commit_result result = {0};
	struct write_file *files;
	enum rmk_code code = RMK_OK;
	struct rmk_err err;
	size_t nfiles;

	for (size_t i = 0; i < n; i++)
		unchanged_look_further(c, &writes[i]);
	nfiles = group(c, writes, n, &files);
	if (commits(c) && !message.n)
		code = message_of(c, writes, n, &message, &err);
	if (!code)
		code = elsewhere_check_writes(c, writes, n, files, nfiles, &err);
	if (!code)
		code = write_unanswered(c, files, nfiles, message, &result, &err);
	if (code && !unchanged_all(c, writes, n, code))
		return write_failed(c, &err);
	answer_writes(c, writes, n);
	if (opt_on(c, "dry-run")) {
		answer_not_done("write", "--dry-run");
		return FINE;
	}
	if (!c->quiet)
		report_changes(c, writes, n);
	report_commit(c, &result);
	say_regions(files, nfiles);
	return FINE;
}
