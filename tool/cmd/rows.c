// rowmark rows: tables, rows and their changes as JSON lines, of one repository or of thousands.
//
//	REPO.. ─▶ a process each, on all cores: rowmark rows --as REPO ─▶ lines, in the order of REPO..
//
// Each repository is read by a process of its own, so that one that is broken, or holds what no
// memory is enough for, costs no other its lines.
#include "grid.h"
#include "history/log.h"
#include "io/pool.h"
#include "opt.h"
#include "out.h"
#include "own_program.h"
#include "schema/row_progress.h"
#include "versions.h"

#include "base/map.h"
#include "git/git_internal.h"
#include "table/value.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const struct opt opts[] = {
    {0, "history", NULL, "each change of a cell, too", NULL},
    {0, "since", "REV|DATE", "only changes after it (with --history)", NULL},
    {0, "as", "NAME", "what the lines call the repository", NULL},
    OPT_END,
};

static const struct example examples[] = {
    {"This repository's rows, a line each", "rowmark rows"},
    {"With every change that was committed", "rowmark rows . --history"},
    {NULL, NULL},
};

// --- one repository ---------------------------------------------------------------------

struct rows_of {
	struct call *c;
	struct rmk_arena *a; // of one file
	struct rmk_str name; // of the repository
	struct rmk_buf out;
};

static struct rmk_json
rows_begin(struct rows_of *r, const char *type)
{
	struct rmk_json j = {.out = &r->out};

	rmk_json_object(&j, NULL);
	rmk_json_cstr(&j, "type", type);
	rmk_json_text(&j, "repository", r->name);
	return j;
}

static void
rows_end(struct rmk_json *j)
{
	rmk_json_end(j);
	rmk_buf_addc(j->out, '\n');
}

static void
rows_put_table(struct rows_of *r, const struct picked *p, const struct rmk_schema *schema,
    const struct grid *g, const struct rmk_str *keys)
{
	const struct rmk_table *t = &p->file->doc->tables[p->table];
	struct rmk_json j = rows_begin(r, "table");

	rmk_json_text(&j, "table", picked_address(r->a, p));
	rmk_json_text(&j, "file", p->file->path);
	rmk_json_number(&j, "line", t->header.line);
	rmk_json_number(&j, "rows", t->nrows);
	if (schema->key < t->ncols)
		rmk_json_text(&j, "key", keys[schema->key]);
	else
		rmk_json_null(&j, "key");
	rmk_json_array(&j, "status");
	for (size_t i = 0; i < schema->nstatus; i++)
		rmk_json_text(&j, NULL, keys[schema->status[i]]);
	rmk_json_end(&j);
	rmk_json_array(&j, "columns");
	for (size_t i = 0; i < g->ncols; i++)
		rmk_json_text(&j, NULL, keys[i]);
	rmk_json_end(&j);
	rows_end(&j);
}

static void
rows_put_links(struct rows_of *r, struct rmk_json *j, const struct rmk_doc *doc,
    const struct rmk_row *row, const struct rmk_str *keys, size_t ncols)
{
	rmk_json_array(j, "links");
	for (size_t col = 0; col < ncols; col++) {
		struct rmk_link *links;
		size_t n = rmk_value_links(r->a, rmk_doc_cell(doc, row, col), &links);

		for (size_t i = 0; i < n; i++) {
			if (links[i].image || links[i].reference || !links[i].url.n)
				continue;
			rmk_json_object(j, NULL);
			rmk_json_text(j, "column", keys[col]);
			rmk_json_text(j, "label", links[i].label);
			rmk_json_text(j, "url", links[i].url);
			rmk_json_end(j);
		}
	}
	rmk_json_end(j);
}

static void
rows_put_row(struct rows_of *r, const struct picked *p, const struct rmk_schema *schema,
    const struct rmk_str *keys, size_t at)
{
	const struct rmk_doc *doc = p->file->doc;
	const struct rmk_table *t = &doc->tables[p->table];
	const struct rmk_row *row = &t->rows[at];
	struct rmk_row_progress is = {0};
	struct rmk_json j = rows_begin(r, "row");

	rmk_json_text(&j, "table", picked_address(r->a, p));
	rmk_json_number(&j, "line", row->line);
	rmk_json_text(&j, "key", rmk_address_row(r->a, doc, p->table, schema, at));
	if (schema->nstatus)
		is = rmk_row_progress(r->a, doc, p->table, schema, at);
	rmk_json_cstr(&j, "class",
	    schema->nstatus ? rmk_progress_name(is.progress) : (const char *)NULL);
	rmk_json_object(&j, "cells");
	for (size_t col = 0; col < t->ncols; col++)
		rmk_json_text(
		    &j, keys[col].s, rmk_value_text(r->a, rmk_doc_cell(doc, row, col)));
	rmk_json_end(&j);
	rows_put_links(r, &j, doc, row, keys, t->ncols);
	rows_end(&j);
}

// Labels are made different, as `show --json` does it.
static struct rmk_str *
rows_keys(struct rows_of *r, const struct picked *p, struct grid *g)
{
	const struct rmk_doc *doc = p->file->doc;
	const struct rmk_table *t = &doc->tables[p->table];
	struct rmk_str *labels = RMK_NEW_N(r->a, struct rmk_str, t->ncols);

	for (size_t i = 0; i < t->ncols; i++)
		labels[i] = rmk_value_text(r->a, rmk_doc_cell(doc, &t->header, i));
	*g = (struct grid){.arena = r->a, .labels = labels, .ncols = t->ncols};
	labels = grid_keys(g);
	for (size_t i = 0; i < t->ncols; i++)
		labels[i].s = rmk_str_c(r->a, labels[i]);
	return labels;
}

static void
rows_put_file(struct rows_of *r, struct file *file)
{
	for (size_t i = 0; i < file->doc->ntables; i++) {
		struct picked p = {file, i};
		const struct rmk_schema *schema = file_schema(r->a, file, i);
		struct grid g;
		struct rmk_str *keys = rows_keys(r, &p, &g);

		rows_put_table(r, &p, schema, &g, keys);
		for (size_t row = 0; row < file->doc->tables[i].nrows; row++) {
			struct rmk_arena_mark mark = rmk_arena_mark(r->a);

			rows_put_row(r, &p, schema, keys, row);
			rmk_arena_reset(r->a, mark);
		}
	}
}

static enum rmk_code
rows_put_files(struct rows_of *r, struct rmk_err *err)
{
	struct wanted *wanted;
	size_t n;

	if (open_wanted(r->c, NULL, 0, &wanted, &n, err))
		return err->code;
	for (size_t i = 0; i < n; i++) {
		struct rmk_arena arena = {0};
		struct file *file;
		size_t table;

		r->a = &arena;
		if (open_file(r->c, &arena, &wanted[i], 0, &file, &table, err) ==
		    RMK_OK) {
			rows_put_file(r, file);
		} else {
			out_warn("%.*s: %s", RMK_FMT(r->name), err->msg);
			r->c->incomplete = true;
		}
		rmk_arena_free(&arena);
	}
	return RMK_OK;
}

// --- changes ----------------------------------------------------------------------------

// The commits after a revision or a day, as git understands them.
static enum rmk_code
rows_since(struct call *c, const char *since, struct rmk_map *out, struct rmk_err *err)
{
	struct rmk_str rev = rmk_str_of(since), line;
	const char *range = rmk_str_printf(c->arena, "%s..HEAD", since).s;
	const char *after = rmk_str_printf(c->arena, "--since=%s", since).s;
	const char *const by_rev[] = {
	    "git", "rev-list", "--end-of-options", range, "--", NULL};
	const char *const by_date[] = {"git", "rev-list", after, "HEAD", "--", NULL};
	bool date = rmk_value_is_date(rev);
	struct rmk_run run = {.argv = date ? by_date : by_rev, .quiet = true};

	if (rmk_git_run(c->arena, c->repo, &run, err)) {
		rmk_fail(err, RMK_INVALID, "--since %s: no commit and no day", since);
		return rmk_hint(err, "a revision, or a day as 2026-01-31");
	}
	while (run.out.n && rmk_str_split(&run.out, '\n', &line))
		if (line.n)
			*rmk_map_put(out, line) = 0;
	return RMK_OK;
}

static void
rows_put_change(
    struct rows_of *r, const struct versions *f, const struct rmk_log_entry *e)
{
	static const char *const kinds[] = {"set", "added", "removed", "moved"};
	const struct rmk_moment *m = &f->moments[e->moment];
	struct rmk_json j = rows_begin(r, "change");

	rmk_json_cstr(&j, "kind", kinds[e->kind]);
	rmk_json_text(&j, "commit", m->id);
	rmk_json_text(&j, "author", m->author);
	rmk_json_text(&j, "date", rmk_date(r->a, m->time, m->zone));
	rmk_json_number(&j, "time", m->time);
	rmk_json_text(&j, "table",
	    rmk_str_printf(r->a, "%.*s#%.*s", RMK_FMT(f->shown), RMK_FMT(e->table)));
	rmk_json_text(&j, "key", e->row);
	if (e->kind == RMK_LOG_SET)
		rmk_json_text(&j, "column", e->column);
	if (e->kind == RMK_LOG_SET || e->kind == RMK_LOG_MOVED) {
		rmk_json_text(&j, "old", e->old);
		rmk_json_text(&j, "new", e->new_);
	}
	rows_end(&j);
}

// The changes of one file, newest first. What never had a table has none.
static enum rmk_code
rows_put_log(struct rows_of *r, const struct versions_list *list,
    const struct versions *f, const struct rmk_map *only, struct progress *progress,
    struct rmk_err *err)
{
	struct rmk_arena arena = {0};
	struct versions_job job = versions_begin(list, f, progress);
	struct rmk_log_opts o = {.path = f->shown,
	    .table = f->table,
	    .read = versions_text,
	    .tick = versions_tick,
	    .ctx = &job};
	struct rmk_log log = {0};
	enum rmk_code code = rmk_log_of(&arena, f->moments, f->n, &o, &log, err);

	r->a = &arena;
	for (size_t i = 0; !code && i < log.n; i++)
		if (!only ||
		    rmk_map_get(only, f->moments[log.v[i].moment].id) != RMK_NONE)
			rows_put_change(r, f, &log.v[i]);
	rmk_arena_free(&arena);
	return code == RMK_NOT_FOUND ? RMK_OK : code;
}

static enum rmk_code
rows_put_history(struct rows_of *r, struct rmk_err *err)
{
	const char *since = opt_text(r->c, "since");
	struct rmk_map only = {.arena = r->c->arena};
	struct versions_list list;
	struct progress progress;
	enum rmk_code code;

	progress_begin(&progress, "Reading versions");
	code = versions_open(r->c, NULL, 0, &progress, false, &list, err);
	if (code == RMK_NOT_FOUND) // nothing is committed yet
		code = RMK_OK;
	else if (!code && since)
		code = rows_since(r->c, since, &only, err);
	else if (code)
		list.nfiles = 0;
	for (size_t i = 0; !code && i < list.nfiles; i++)
		code = rows_put_log(
		    r, &list, &list.files[i], since ? &only : NULL, &progress, err);
	progress_end(&progress);
	return code;
}

static enum exit_status
rows_here(struct call *c)
{
	const char *as = opt_text(c, "as");
	struct rows_of r = {.c = c, .name = rmk_str_of(as ? as : ".")};
	struct rmk_err err, named;
	enum rmk_code code;

	r.out = (struct rmk_buf){.arena = c->arena, .sink = out_sink};
	code = rows_put_files(&r, &err);
	if (!code && (opt_on(c, "history") || opt_text(c, "since")))
		code = rows_put_history(&r, &err);
	rmk_buf_flush(&r.out);
	if (!code)
		return FINE;
	rmk_fail(&named, code, "%.*s: %s", RMK_FMT(r.name), err.msg);
	if (err.hint[0])
		rmk_hint(&named, "%s", err.hint);
	return complain(&named);
}

// --- many repositories ------------------------------------------------------------------

struct rows_job {
	struct rmk_arena arena;
	struct rmk_run run;
	struct rmk_err err;
};

struct rows_all {
	struct call *c;
	const char *self;
	struct rows_job **jobs; // [c->nargs] while they run
	enum exit_status status;
};

// What the environment says of a repository is not of those that are named: all that
// `git rev-parse --local-env-vars` prints but settings, which are the person's.
static const char *const rows_env[] = {"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE",
    "GIT_PREFIX", "GIT_COMMON_DIR", "GIT_OBJECT_DIRECTORY",
    "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_GRAFT_FILE", "GIT_SHALLOW_FILE",
    "GIT_NO_REPLACE_OBJECTS", "GIT_REPLACE_REF_BASE", "GIT_IMPLICIT_WORK_TREE",
    "GIT_INTERNAL_SUPER_PREFIX", NULL};

static void
rows_start(void *ctx, size_t i)
{
	struct rows_all *all = ctx;
	struct rmk_arena arena = {0};
	struct rows_job *job = RMK_NEW(&arena, struct rows_job);
	const char *since = opt_text(all->c, "since"), *repo = all->c->args[i];
	const char **argv = RMK_NEW_N(&arena, const char *, 8);
	size_t n = 0;

	job->arena = arena;
	argv[n++] = all->self;
	argv[n++] = "rows";
	argv[n++] = "--as";
	argv[n++] = repo;
	if (opt_on(all->c, "history"))
		argv[n++] = "--history";
	if (since)
		argv[n++] = rmk_str_printf(&job->arena, "--since=%s", since).s;
	job->run = (struct rmk_run){.argv = argv, .env = rows_env, .cwd = repo};
	if (access(repo, R_OK | X_OK))
		rmk_fail_errno(&job->err, "cannot be read");
	else
		rmk_run(&job->arena, &job->run, &job->err);
	all->jobs[i] = job;
}

static void
rows_done(void *ctx, size_t i)
{
	struct rows_all *all = ctx;
	struct rows_job *job = all->jobs[i];
	struct rmk_arena arena = job->arena;
	enum exit_status status = (enum exit_status)job->run.status;

	out_str(job->run.out);
	if (job->err.code) {
		out_warn("%s: %s", all->c->args[i], job->err.msg);
		status = TROUBLE;
	}
	if (status > all->status)
		all->status = status;
	all->jobs[i] = NULL;
	rmk_arena_free(&arena);
}

static enum exit_status
rows_run(struct call *c)
{
	const char *self = own_program(c->arena);
	struct rows_all all = {.c = c, .self = self ? self : "rowmark"};

	if (c->nargs == 0)
		return rows_here(c);
	all.jobs = RMK_NEW_N(c->arena, struct rows_job *, c->nargs);
	rmk_pool_run(c->nargs, 0, rows_start, rows_done, &all);
	return all.status;
}

const struct cmd cmd_rows = {
    .name = "rows",
    .args = "[REPO...]",
    .line = "Print tables, rows and changes of repositories as JSON lines",
    .about =
	"One JSON object a line, for a database: of each table its address, columns, "
	"key\n"
	"and status columns; of each row its key, class (todo, doing, done, closed, "
	"empty\n"
	"or unknown; null without a status), cells as a reader sees them, and links; "
	"with\n"
	"--history of each change the commit, its author and time, the row and the "
	"column,\n"
	"what it held and what it holds. 'rowmark help --schema rows' prints the JSON\n"
	"Schema of a line; members are only ever added.\n"
	"\n"
	"REPO is a repository's folder: a worktree, whose files are read, or a bare one, "
	"of\n"
	"which HEAD is. Many are read at once, on all cores, and their lines come in "
	"the\n"
	"order in which they are named. One that cannot be read is a line on standard\n"
	"error; the others are whole, and the exit status is 2. Without REPO this one "
	"is\n"
	"read.\n",
    .examples = examples,
    .opts = opts,
    .most = SIZE_MAX,
    .run = rows_run,
};
