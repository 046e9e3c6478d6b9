// The order of a commit, and what is undone when a step fails.
//
// Everything is made and checked first, with the index and the branch locked; then the
// file, the index and the branch are put in place by a rename each. A failure undoes what
// was put in place. A kill leaves some of it; none of that is wrong, and the same command
// again does the rest.
//
// Where there are hooks the file is written before they run, as it would be for git
// commit, and put back when they refuse.
//
// Signals that end a process wait until the lock is gone. A hook gets them at once, and
// ends; then we see a hook that failed, and undo.
#include "git/journal.h"
#include "git/process.h"

#include "base/ending_signals.h"

#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

// HEAD or the file changed while we worked: from the start, so many times.
#define ATTEMPTS 50
#define WAIT_MS 10000

// What git keeps in its folder, or as a ref, as long as something is going on.
static const char *
in_progress(struct rmk_job *job)
{
	static const struct {
		const char *name, *what;
	} busy[] = {{"rebase-merge", "a rebase"}, {"rebase-apply/applying", "git am"},
	    {"rebase-apply", "a rebase"}, {"MERGE_HEAD", "a merge"},
	    {"REVERT_HEAD", "a revert"}, {"CHERRY_PICK_HEAD", "a cherry-pick"}};
	struct rmk_repo *repo = job->repo;
	struct rmk_str tables = rmk_str_printf(
	    job->a, "%.*sreftable", RMK_FMT(repo->common));
	bool in_tables = access(tables.s, F_OK) == 0;
	struct rmk_oid id;

	for (size_t i = 0; i < sizeof busy / sizeof *busy; i++) {
		struct rmk_str path = rmk_str_printf(
		    job->a, "%.*s%s", RMK_FMT(repo->gitdir), busy[i].name);
		if (access(path.s, F_OK) == 0 ||
		    (in_tables && rmk_str_ends(path, RMK_STR("_HEAD")) &&
			repo->engine->ref(repo, rmk_str_of(busy[i].name), &id, NULL) ==
			    RMK_OK))
			return busy[i].what;
	}
	return NULL;
}

static enum rmk_code
refuse_state(struct rmk_job *job, struct rmk_err *err)
{
	const char *busy = in_progress(job);

	// The index that git gives the hooks of a commit of its own.
	if (rmk_str_ends(job->repo->index, RMK_STR(".lock"))) {
		rmk_fail(err, RMK_REFUSED,
		    "git is making a commit here: one more now would take its place");
		rmk_hint(err, "--stage adds to it; or run this from post-commit");
		return RMK_REFUSED;
	}
	if (!busy)
		return RMK_OK;
	rmk_fail(err, RMK_REFUSED,
	    "%s is in progress: a commit now would become part of it", busy);
	rmk_hint(err, "finish or abort it first, or use --no-commit or --stage");
	return RMK_REFUSED;
}

// What git does and libgit2 does not: rights for the others of a shared repository, and the
// hook on transactions.
static enum rmk_code
choose_engine(struct rmk_job *job, struct rmk_err *err)
{
	struct rmk_repo *repo = job->repo;
	struct rmk_str unseen;
	enum rmk_code code;

	if (job->opts->depth == RMK_WRITE_FILE)
		return RMK_OK;
	code = rmk_setting_shared(repo, &job->shared, err);
	if (!code && (job->shared || rmk_hook_exists(job, "reference-transaction")))
		repo->engine = &rmk_engine_git;
	if (!code)
		code = rmk_settings_check(repo, err);
	unseen = rmk_settings_unseen(job->a, repo);
	if (!code && unseen.n)
		job->result->note = rmk_str_printf(job->a,
		    "there is no git program: the settings in %.*s were not read",
		    RMK_FMT(unseen));
	return code;
}

static bool
any_changed(const struct rmk_job *job)
{
	if (job->opts->move)
		return !rmk_str_eq(job->opts->move->from, job->opts->move->to);
	for (size_t i = 0; i < job->n; i++) {
		const struct rmk_job_file *f = &job->files[i];
		if (f->head.changed || f->index.changed || f->work.changed)
			return true;
	}
	return false;
}

// The message's first paragraph on one line, as git names a commit by it.
static struct rmk_str
commit_subject_of(struct rmk_arena *a, struct rmk_str message)
{
	size_t end = rmk_str_find(message, RMK_STR("\n\n"));
	struct rmk_str first = rmk_str_trim(rmk_str_part(message, 0, end));
	char *s = rmk_str_c(a, first);

	for (size_t i = 0; i < first.n; i++) {
		if (s[i] == '\n')
			s[i] = ' ';
	}
	return (struct rmk_str){s, first.n};
}

static enum rmk_code
with_hooks(struct rmk_job *job, struct rmk_err *err)
{
	enum rmk_code code = rmk_work_finish(job, err);

	if (!code)
		code = rmk_hooks_before(job, err);
	return code;
}

// All that a commit needs but the moving of the branch.
static enum rmk_code
make_commit(struct rmk_job *job, bool hooks, struct rmk_err *err)
{
	enum rmk_code code = rmk_job_idents(job, err);

	job->message = job->opts->message;
	if (!code)
		code = rmk_message_clean(job, err);
	if (!code)
		code = rmk_job_tree(job, err);
	if (!code && hooks)
		code = with_hooks(job, err);
	if (code)
		return code;
	job->result->subject = commit_subject_of(job->a, job->message);
	return rmk_job_commit(job, err);
}

// Everything is ready: the file, the index, the branch, one rename each. The branch comes
// last. It is what says that a commit was made; and git reads the index before it locks
// it, so a process that sees the new commit must find the new index.
static enum rmk_code
put_in_place(struct rmk_job *job, bool hooks, struct rmk_err *err)
{
	enum rmk_code code = hooks ? rmk_work_reread(job, err) : RMK_OK;

	if (!code)
		code = rmk_journal_last(&job->lock,
		    job->commits  ? "ref"
		    : job->stages ? "index"
				  : "file",
		    rmk_work_count(job), err);
	if (!code)
		code = rmk_work_finish(job, err);
	if (!code)
		code = rmk_stage_finish(job, err);
	if (!code && job->commits)
		code = rmk_ref_move(job, err);
	return code;
}

static enum rmk_code
commit_write_all(struct rmk_job *job, struct rmk_err *err)
{
	enum rmk_code code = RMK_OK;
	bool hooks = false, move = job->opts->move != NULL;

	if (job->commits && !move)
		code = rmk_hooks_any(job, &hooks, err);
	if (!code && !move && job->opts->depth != RMK_WRITE_FILE)
		code = rmk_attr_line_ends(job, err);
	if (!code && job->opts->depth != RMK_WRITE_FILE)
		code = rmk_job_blobs(job, err);
	if (!code && job->commits)
		code = move ? rmk_move_target(job, err) : make_commit(job, hooks, err);
	if (!code)
		code = rmk_stage_prepare(job, err);
	if (!code && !hooks)
		code = rmk_work_prepare(job, err);
	if (!code && rmk_interrupted())
		code = rmk_fail(err, RMK_REFUSED, "interrupted");
	if (!code && job->commits)
		code = rmk_ref_lock(job, err);
	if (!code && job->commits && job->opts->before)
		code = job->opts->before(job->opts->before_ctx, job->a,
		    rmk_oid_hex(job->a, &job->new_head, RMK_NONE), err);
	if (!code)
		code = put_in_place(job, hooks, err);
	if (code) {
		rmk_stage_undo(job, err);
		rmk_work_undo(job, err);
		return code;
	}
	if (job->commits)
		memcpy(job->result->id, rmk_oid_hex(job->a, &job->new_head, RMK_NONE).s,
		    2 * (size_t)job->new_head.n + 1);
	return RMK_OK;
}

// The lock serves --no-commit too: two that write the same file take turns. Where git's
// folder cannot be written, the file alone still can.
static enum rmk_code
take_lock(struct rmk_job *job, struct rmk_err *err)
{
	struct rmk_err why = {0};
	struct rmk_str path = rmk_str_printf(
	    job->a, "%.*s.lock", RMK_FMT(job->repo->index));
	struct rmk_recovered unused;
	enum rmk_code code;

	if (job->repo->held) {
		job->lock = *job->repo->held;
		job->repo->held = NULL;
		return RMK_OK;
	}
	code = rmk_lock_take(job->a, path, job->opts->wait_ms, &job->lock, &why);
	if (!code && job->lock.inherited)
		rmk_journal_replay(job->a, job->repo, &job->lock, &unused);
	if (!code)
		code = rmk_journal_command(&job->lock, job->opts->command, &why);
	if (code)
		rmk_lock_release(&job->lock);
	if (code == RMK_IO && job->opts->depth == RMK_WRITE_FILE)
		return RMK_OK;
	if (!code && job->shared) // the next one may be another member
		fchmod(job->lock.fd, 0600 | (mode_t)abs(job->shared));
	if (code && err)
		*err = why;
	return code;
}

static void
trace_lock(struct rmk_job *job)
{
	struct rmk_commit_trace *trace = job->opts->trace;

	if (!trace || job->lock.fd < 0)
		return;
	snprintf(trace->path, sizeof trace->path, "%s", job->lock.path.s);
	trace->fd = job->lock.fd;
	trace->there = 1;
}

// HEAD, and what each version is to become. To read takes as long as it takes, and as long as
// nothing but the lock is on the disk no signal is held back.
static enum rmk_code
read_versions(struct rmk_job *job, struct rmk_err *err)
{
	enum rmk_code code = RMK_OK;
	sigset_t held;

	pthread_sigmask(SIG_SETMASK, &job->usual, &held);
	if (job->opts->depth != RMK_WRITE_FILE)
		code = rmk_job_head(job, err);
	if (!code)
		code = rmk_move_check(job, err);
	if (!code && job->opts->depth == RMK_WRITE_COMMIT)
		code = refuse_state(job, err);
	if (!code && !job->opts->move)
		code = rmk_job_plan(job, err);
	pthread_sigmask(SIG_SETMASK, &held, NULL);
	if (!code && job->opts->move)
		code = rmk_move_others(job, err);
	if (!code && job->opts->move)
		code = rmk_job_plan(job, err);
	return code;
}

static enum rmk_code
locked(struct rmk_job *job, struct rmk_err *err)
{
	enum rmk_code code = read_versions(job, err);

	if (code)
		return code;
	job->result->unchanged = job->opts->dry_run || !any_changed(job);
	return job->result->unchanged ? RMK_OK : commit_write_all(job, err);
}

// For the caller to read again, in the arena of the repository's owner.
static void
keep_lock(struct rmk_job *job)
{
	job->repo->held = RMK_NEW(job->a, struct rmk_lock);
	*job->repo->held = job->lock;
	job->lock.fd = -1;
}

static enum rmk_code
attempt(struct rmk_arena *a, struct rmk_repo *repo, const struct rmk_rewrite *files,
    size_t n, const struct rmk_commit_opts *opts, const sigset_t *usual,
    struct rmk_commit_result *out, bool *unseen, struct rmk_err *err)
{
	struct rmk_job job = {.a = a,
	    .repo = repo,
	    .opts = opts,
	    .result = out,
	    .n = n,
	    .lock.fd = -1,
	    .usual = *usual,
	    .index_fd = -1};
	enum rmk_code code;

	*out = (struct rmk_commit_result){0};
	*unseen = false;
	job.files = RMK_NEW_N(a, struct rmk_job_file, n);
	for (size_t i = 0; i < n; i++)
		job.files[i].rewrite = &files[i];
	code = choose_engine(&job, err);
	if (!code && !opts->dry_run)
		code = take_lock(&job, err);
	if (code)
		return code;
	trace_lock(&job);
	code = locked(&job, err);
	if (code && job.carried)
		rmk_move_restore(a, repo, opts->move->from, opts->move->others);
	rmk_work_drop(&job);
	rmk_stage_drop(&job);
	rmk_ref_unlock(&job);
	*unseen = job.unseen;
	if (job.unseen && opts->keep_lock && job.lock.fd >= 0)
		keep_lock(&job);
	else if (opts->trace)
		opts->trace->there = 0;
	rmk_lock_release(&job.lock);
	if (!code && !out->unchanged && opts->depth != RMK_WRITE_FILE && !opts->move)
		rmk_hooks_after(&job);
	return code;
}

void
rmk_commit_recover(struct rmk_arena *a, struct rmk_repo *repo, struct rmk_recovered *out)
{
	struct rmk_str path = rmk_str_printf(a, "%.*s.lock", RMK_FMT(repo->index));
	struct rmk_lock lock;

	*out = (struct rmk_recovered){0};
	if (!rmk_lock_inherit(a, path, &lock))
		return;
	rmk_journal_replay(a, repo, &lock, out);
	rmk_lock_release(&lock);
}

void
rmk_commit_unlock(struct rmk_repo *repo)
{
	if (repo && repo->held)
		rmk_lock_release(repo->held);
	if (repo)
		repo->held = NULL;
}

enum rmk_code
rmk_commit_make(struct rmk_arena *a, struct rmk_repo *repo,
    const struct rmk_rewrite *files, size_t n, const struct rmk_commit_opts *opts,
    struct rmk_commit_result *out, struct rmk_err *err)
{
	struct rmk_commit_opts full = *opts;
	struct rmk_err own;
	struct rmk_commit_result result;
	enum rmk_code code = RMK_STALE;
	sigset_t later, before;
	bool unseen = false;

	if (!err)
		err = &own; // a caller's make() may take it for granted
	if (!full.wait_ms)
		full.wait_ms = WAIT_MS;
	if (!repo->top.n && full.depth != RMK_WRITE_COMMIT)
		return rmk_fail(err, RMK_REFUSED,
		    "a bare repository has neither files nor an index: only a commit can "
		    "be made");
	rmk_ending_signals(&later);
	pthread_sigmask(SIG_BLOCK, &later, &before);
	for (int i = 0; i < ATTEMPTS && code == RMK_STALE && !unseen; i++)
		code = attempt(a, repo, files, n, &full, &before, &result, &unseen, err);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	if (code == RMK_OK)
		*out = result;
	return code;
}
