// Moving a branch, with index and files, to a commit that is there already.
//
//	tables   made by the caller for HEAD, the index and the worktree, as for any commit
//	others   by git read-tree -m -u, in a copy of the index under our lock: it refuses where a
//	         file is edited, and its index is the one that then gets the tables
//
// git writes a file in place, so a kill may leave half of one. The journal names the two trees:
// who finds us dead puts back what git would have written, and leaves what somebody has edited since.
#include "git/journal.h"
#include "git/process.h"

#include "io/file.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

// --- before anything is written -------------------------------------------------------

enum rmk_code
rmk_move_check(struct rmk_job *job, struct rmk_err *err)
{
	const struct rmk_move *move = job->opts->move;

	if (!move || rmk_str_eq(rmk_oid_hex(job->a, &job->head, RMK_NONE), move->from))
		return RMK_OK;
	job->unseen = true;
	rmk_fail(err, RMK_STALE, "%.*s moved meanwhile", RMK_FMT(job->result->branch));
	return rmk_hint(err, "run the command again");
}

// What a commit that is made would have computed.
enum rmk_code
rmk_move_target(struct rmk_job *job, struct rmk_err *err)
{
	const struct rmk_move *move = job->opts->move;
	struct rmk_err why;

	job->message = job->opts->message;
	job->result->subject = job->message;
	if (rmk_job_idents(job, err))
		return err->code;
	if (!rmk_oid_parse(move->to, &job->new_head) ||
	    job->repo->engine->find(
		job->repo, move->to, RMK_KIND_TREE, &job->new_tree, &why))
		return rmk_fail(
		    err, RMK_GIT, "the commit %.*s cannot be read", RMK_FMT(move->to));
	return RMK_OK;
}

// --- what git carries along -------------------------------------------------------------

static struct rmk_str
carried_index(struct rmk_job *job)
{
	return rmk_str_printf(job->a, "%.*s.rowmark", RMK_FMT(job->repo->index));
}

// A file that was only touched is none that is edited: git looks into it here, as it does before a
// merge. Exit status 1: some are edited.
static void
refresh_copy(struct rmk_job *job, struct rmk_str index)
{
	static const char *const argv[] = {
	    NO_HOOKS, "update-index", "-q", "--refresh", NULL};
	const char *const env[] = {
	    rmk_str_printf(job->a, "GIT_INDEX_FILE=%s", index.s).s, NULL};
	struct rmk_run run = {.argv = argv, .env = env, .quiet = true};

	rmk_git_run(job->a, job->repo, &run, NULL);
}

static enum rmk_code
copy_for_git(struct rmk_job *job, struct rmk_str to, struct rmk_err *err)
{
	struct rmk_str text;

	if (rmk_file_read(job->a, job->repo->index, &text, NULL, err) ||
	    rmk_file_save(job->a, to, text, 0666, false, err))
		return err->code;
	if (!rmk_index_keep_time(job->a, to, job->repo->index))
		return rmk_fail_errno(err, "%s: cannot set its time", to.s);
	refresh_copy(job, to);
	return RMK_OK;
}

// try: git looks whether it could, and writes nothing.
static enum rmk_code
carry_by_git(struct rmk_job *job, struct rmk_str index, bool try, struct rmk_err *err)
{
	const struct rmk_move *move = job->opts->move;
	const char *const argv[] = {NO_HOOKS, "read-tree", "-m", "-u",
	    rmk_str_c(job->a, move->from), rmk_str_c(job->a, move->others),
	    try ? "-n" : NULL, NULL};
	const char *const env[] = {
	    rmk_str_printf(job->a, "GIT_INDEX_FILE=%s", index.s).s, NULL};
	struct rmk_run run = {.argv = argv, .env = env};

	if (rmk_git_run(job->a, job->repo, &run, err) == RMK_OK)
		return RMK_OK;
	rmk_fail(err, RMK_REFUSED, "git cannot bring the other files along");
	return rmk_hint(err, "commit, stash or move what it names");
}

enum rmk_code
rmk_move_others(struct rmk_job *job, struct rmk_err *err)
{
	const struct rmk_move *move = job->opts->move;
	struct rmk_str to = carried_index(job);
	struct rmk_str lock = rmk_str_printf(job->a, "%s.lock", to.s);

	if (!move->others.n || !job->repo->top.n)
		return RMK_OK;
	if (job->opts->dry_run) {
		to = rmk_str_printf(job->a, "%.*sindex", RMK_FMT(move->scratch));
		return copy_for_git(job, to, err) || carry_by_git(job, to, true, err)
		           ? err->code
		           : RMK_OK;
	}
	unlink(lock.s); // of a git that was killed; nobody else uses this copy
	job->copied = true;
	if (rmk_journal_park(&job->lock, to, err) ||
	    rmk_journal_park(&job->lock, lock, err) || copy_for_git(job, to, err) ||
	    carry_by_git(job, to, true, err) ||
	    rmk_journal_carry(&job->lock, move->from, move->others, err))
		return err->code;
	job->carried = true;
	return carry_by_git(job, to, false, err);
}

enum rmk_code
rmk_move_index(struct rmk_job *job, struct rmk_err *err)
{
	struct rmk_repo carried = *job->repo;

	if (job->carried)
		carried.index = carried_index(job);
	return rmk_repo_index(job->a, &carried, &job->index, err);
}

// --- taking it back ------------------------------------------------------------------------

// Whether a file is what git was writing, or a part of that: then nobody has edited it.
static bool
is_half_written(
    struct rmk_arena *a, struct rmk_repo *repo, struct rmk_str tree, struct rmk_str path)
{
	struct rmk_str full = rmk_str_printf(
	    a, "%.*s%.*s", RMK_FMT(repo->top), RMK_FMT(path));
	struct rmk_str name = rmk_str_printf(
	    a, "%.*s:%.*s", RMK_FMT(tree), RMK_FMT(path));
	const char *const argv[] = {"git", "cat-file", "--filters", name.s, NULL};
	struct rmk_run run = {.argv = argv, .quiet = true};
	struct rmk_str now;
	char target[4096];
	struct stat st;
	ssize_t n;

	if (lstat(full.s, &st))
		return true;
	if (rmk_git_run(a, repo, &run, NULL))
		return false; // git was to remove it, and has not
	if (S_ISLNK(st.st_mode)) {
		n = readlink(full.s, target, sizeof target);
		now = (struct rmk_str){target, n > 0 ? (size_t)n : 0};
	} else if (rmk_file_read(a, full, &now, NULL, NULL)) {
		return false;
	}
	return rmk_str_starts(run.out, now);
}

static void
restore_one(
    struct rmk_arena *a, struct rmk_repo *repo, struct rmk_str path, bool was_there)
{
	const char *const argv[] = {"git", "--literal-pathspecs", "checkout-index", "-f",
	    "-q", "--", rmk_str_c(a, path), NULL};
	struct rmk_run run = {.argv = argv, .quiet = true};

	if (was_there)
		rmk_git_run(a, repo, &run, NULL);
	else
		unlink(
		    rmk_str_printf(a, "%.*s%.*s", RMK_FMT(repo->top), RMK_FMT(path)).s);
}

void
rmk_move_restore(struct rmk_arena *a, struct rmk_repo *repo, struct rmk_str from,
    struct rmk_str others)
{
	const char *const argv[] = {"git", "diff-tree", "-r", "-z", "--raw",
	    "--no-renames", rmk_str_c(a, from), rmk_str_c(a, others), NULL};
	struct rmk_run run = {.argv = argv, .quiet = true};
	struct rmk_str raw, path;

	if (!repo->top.n || rmk_git_run(a, repo, &run, NULL))
		return;
	while (run.out.n && rmk_str_split(&run.out, '\0', &raw) && raw.n &&
	       rmk_str_split(&run.out, '\0', &path)) {
		if (is_half_written(a, repo, others, path))
			restore_one(a, repo, path, raw.s[raw.n - 1] != 'A');
	}
}
