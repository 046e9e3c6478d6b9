// rowmark rows: tables, rows and their changes as JSON lines, of one repository or of thousands.
//
//	REPO.. ─▶ a process each, on all cores: rowmark rows --as REPO ─▶ lines, in the order of REPO..
//
// Each repository is read by a process of its own, so that one that is broken, or holds what no
// memory is enough for, costs no other its lines.
#include "io/pool.h"
#include "opt.h"
#include "out.h"
#include "own_program.h"
#include "rows_lines.h"

#include "git/git_internal.h"

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
    .line = "Print tables, rows and changes as JSON lines",
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
