// HEAD, and moving the branch it stands on: compare, and swap.
//
// The branch's lock is made by us as git makes it (refs/heads/main.lock), but appears
// with the new id in it: if we are killed, whoever takes over the index's lock can tell
// that this one is of the dead, too (lock.c). libgit2's would be empty for a moment,
// like anybody's.
//
// What is rare is left to git itself: a hook on reference transactions, a ref that is a
// link or hidden by a folder.
#include "git/commit_internal.h"

#include "base/buf.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

// A commit made in a bare repository would leave the worktree behind, whose next commit
// would take it back.
static enum rmk_code
checked_out(struct rmk_job *job, struct rmk_err *err)
{
	rmk_fail(err, RMK_REFUSED, "%.*s is checked out in a worktree",
	    RMK_FMT(job->result->branch));
	rmk_hint(err, "run rowmark there; 'git worktree list' tells where");
	return RMK_REFUSED;
}

enum rmk_code
rmk_job_head(struct rmk_job *job, struct rmk_err *err)
{
	git_reference *head = NULL, *branch = NULL;
	git_repository *git = job->repo->git;
	git_commit *commit = NULL;
	int e = git_reference_lookup(&head, git, "HEAD");

	if (e < 0)
		return rmk_git_fail(err, "HEAD cannot be read");
	if (git_reference_type(head) == GIT_REFERENCE_SYMBOLIC) {
		job->ref = rmk_str_copy(
		    job->a, rmk_str_of(git_reference_symbolic_target(head)));
		struct rmk_str shown = job->ref;
		if (rmk_str_starts(shown, RMK_STR("refs/heads/")))
			shown = rmk_str_from(shown, 11);
		job->result->branch = shown;
	} else {
		job->ref = RMK_STR("HEAD");
		job->result->branch = RMK_STR("detached HEAD");
	}
	e = git_reference_resolve(&branch, head);
	job->unborn = e == GIT_ENOTFOUND;
	if (e == 0) {
		job->head = *git_reference_target(branch);
		e = git_commit_lookup(&commit, git, &job->head);
	}
	if (e == 0)
		job->tree = *git_commit_tree_id(commit);
	bool elsewhere = e == 0 && !job->repo->top.n &&
	                 git_branch_is_checked_out(branch) == 1;
	git_commit_free(commit);
	git_reference_free(branch);
	git_reference_free(head);
	if (elsewhere)
		return checked_out(job, err);
	return e == 0 || job->unborn ? RMK_OK
	                             : rmk_git_fail(err, "HEAD's commit cannot be read");
}

static enum rmk_code
moved(struct rmk_job *job, struct rmk_err *err)
{
	rmk_fail(
	    err, RMK_STALE, "%.*s moved while the commit was made", RMK_FMT(job->ref));
	rmk_hint(err, "somebody else keeps committing; run the command again");
	return RMK_STALE;
}

// --- the log of a ref -----------------------------------------------------------

// The folders above a file. What is there already is fine.
static bool
branch_make_folders(struct rmk_arena *a, struct rmk_str path)
{
	char *s = rmk_str_c(a, path);

	for (char *slash = strchr(s + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
		*slash = '\0';
		if (mkdir(s, 0777) && errno != EEXIST)
			return false;
		*slash = '/';
	}
	return true;
}

// core.logAllRefUpdates: by default branches and HEAD have a log where there is a
// worktree; one that exists is kept up in any case.
static bool
wants_log(struct rmk_job *job)
{
	struct rmk_str value;

	if (rmk_repo_config(job->a, job->repo, "core.logallrefupdates", &value))
		return job->repo->top.n > 0;
	return rmk_str_eq_nocase(value, RMK_STR("always")) ||
	       rmk_repo_config_bool(job->a, job->repo, "core.logallrefupdates", true);
}

static enum rmk_code
append_log(
    struct rmk_job *job, struct rmk_str path, struct rmk_str line, struct rmk_err *err)
{
	char *name = rmk_str_c(job->a, path);
	bool make = wants_log(job);
	int flags = O_WRONLY | O_APPEND | O_CLOEXEC | O_NOFOLLOW;
	int fd = open(name, flags);

	if (fd < 0 && errno == ENOENT && make && branch_make_folders(job->a, path))
		fd = open(name, flags | O_CREAT, 0666);
	if (fd < 0 && errno == ENOENT && !make)
		return RMK_OK;
	if (fd < 0 || write(fd, line.s, line.n) != (ssize_t)line.n) {
		rmk_fail_errno(err, "%s: cannot write", name);
		if (fd >= 0)
			close(fd);
		return RMK_IO;
	}
	close(fd);
	return RMK_OK;
}

// The message's first line, white space squeezed, as git logs it.
static struct rmk_str
log_message(struct rmk_job *job)
{
	const char *action = getenv("GIT_REFLOG_ACTION");
	struct rmk_str rest = rmk_str_part(
	    job->message, 0, rmk_str_chr(job->message, '\n'));
	struct rmk_buf out = {.arena = job->a};

	rmk_buf_printf(&out, "%s:", action ? action : "commit");
	for (bool gap = true; rest.n; rest = rmk_str_from(rest, 1)) {
		if (isspace((unsigned char)rest.s[0])) {
			gap = true;
			continue;
		}
		if (gap)
			rmk_buf_addc(&out, ' ');
		gap = false;
		rmk_buf_addc(&out, rest.s[0]);
	}
	return rmk_str_copy(job->a, rmk_buf_str(&out));
}

static enum rmk_code
write_logs(struct rmk_job *job, struct rmk_err *err)
{
	char old[GIT_OID_HEXSZ + 1], new[GIT_OID_HEXSZ + 1];
	bool detached = rmk_str_eq(job->ref, RMK_STR("HEAD"));
	struct rmk_repo *repo = job->repo;
	enum rmk_code code = RMK_OK;
	struct rmk_str line = rmk_str_printf(job->a, "%s %s %.*s\t%.*s\n",
	    git_oid_tostr(old, sizeof old, &job->head),
	    git_oid_tostr(new, sizeof new, &job->new_head), RMK_FMT(job->committer),
	    RMK_FMT(log_message(job)));

	if (!detached)
		code = append_log(job,
		    rmk_str_printf(job->a, "%.*slogs/%.*s", RMK_FMT(repo->common),
			RMK_FMT(job->ref)),
		    line, err);
	if (!code)
		code = append_log(job,
		    rmk_str_printf(job->a, "%.*slogs/HEAD", RMK_FMT(repo->gitdir)), line,
		    err);
	return code;
}

// --- moving it ------------------------------------------------------------------

static bool
still_there(struct rmk_job *job)
{
	git_oid now;

	return git_reference_name_to_id(
		   &now, job->repo->git, rmk_str_c(job->a, job->ref)) == 0 &&
	       git_oid_equal(&now, &job->head);
}

// Where the ref's file is, or would be.
static struct rmk_str
ref_path(struct rmk_job *job)
{
	bool detached = rmk_str_eq(job->ref, RMK_STR("HEAD"));

	return rmk_str_printf(job->a, "%.*s%.*s",
	    RMK_FMT(detached ? job->repo->gitdir : job->repo->common), RMK_FMT(job->ref));
}

// What we leave to git: see above.
static bool
is_odd(struct rmk_job *job, struct rmk_str path)
{
	git_reference *ref = NULL;
	struct stat st;
	bool odd = lstat(path.s, &st) == 0 && !S_ISREG(st.st_mode);

	if (!odd &&
	    git_reference_lookup(&ref, job->repo->git, rmk_str_c(job->a, job->ref)) == 0)
		odd = git_reference_type(ref) == GIT_REFERENCE_SYMBOLIC;
	git_reference_free(ref);
	return odd || rmk_hook_exists(job, "reference-transaction");
}

static enum rmk_code
take_ref_lock(
    struct rmk_job *job, struct rmk_str lock, struct rmk_str text, struct rmk_err *err)
{
	unsigned ms = 1, waited = 0, most = job->opts->wait_ms;
	struct rmk_str temp = rmk_str_printf(
	    job->a, "%.*srowmark", RMK_FMT(job->repo->common));
	enum rmk_code code;

	while ((code = rmk_publish(job->a, temp, lock, text, NULL, err)) == RMK_EXISTS) {
		if (waited > most) {
			rmk_fail(err, RMK_LOCKED, "%s: another process holds this lock",
			    lock.s);
			rmk_hint(err,
			    "if no git is running in this repository, remove that file");
			return RMK_LOCKED;
		}
		waited += ms;
		rmk_pause(&ms);
	}
	return code;
}

enum rmk_code
rmk_ref_lock(struct rmk_job *job, struct rmk_err *err)
{
	struct rmk_str path = ref_path(job),
		       lock = rmk_str_printf(job->a, "%.*s.lock", RMK_FMT(path));
	char hex[GIT_OID_HEXSZ + 1];
	enum rmk_code code;
	struct stat st;

	if (is_odd(job, path))
		return still_there(job) ? RMK_OK : moved(job, err);
	git_oid_tostr(hex, sizeof hex, &job->new_head);
	// Where all branches are packed, their folder may be missing.
	if (lstat(path.s, &st) && !branch_make_folders(job->a, path))
		return rmk_fail_errno(err, "%s: cannot make its folder", path.s);
	code = rmk_lock_note(&job->lock, lock, rmk_str_of(hex), err);
	if (!code)
		code = take_ref_lock(job, lock, rmk_str_printf(job->a, "%s\n", hex), err);
	if (code)
		return code;
	job->ref_lock = lock;
	return still_there(job) ? RMK_OK : moved(job, err);
}

void
rmk_ref_unlock(struct rmk_job *job)
{
	if (job->ref_lock.n)
		unlink(job->ref_lock.s);
	job->ref_lock.n = 0;
}

static enum rmk_code
move_by_git(struct rmk_job *job, struct rmk_err *err)
{
	char old[GIT_OID_HEXSZ + 1], new[GIT_OID_HEXSZ + 1];
	struct rmk_str name, mail, date;
	const char *const argv[] = {"git", "update-ref", "-m",
	    rmk_str_c(job->a, log_message(job)), rmk_str_c(job->a, job->ref),
	    git_oid_tostr(new, sizeof new, &job->new_head),
	    git_oid_tostr(old, sizeof old, &job->head), NULL};

	rmk_ident_split(job->committer, &name, &mail, &date);
	const char *const env[] = {
	    rmk_str_printf(job->a, "GIT_COMMITTER_NAME=%.*s", RMK_FMT(name)).s,
	    rmk_str_printf(job->a, "GIT_COMMITTER_EMAIL=%.*s", RMK_FMT(mail)).s,
	    rmk_str_printf(job->a, "GIT_COMMITTER_DATE=@%.*s", RMK_FMT(date)).s, NULL};
	struct rmk_run run = {.argv = argv, .env = env};
	enum rmk_code code = rmk_git_run(job->a, job->repo, &run, err);

	return code && !still_there(job) ? moved(job, err) : code;
}

enum rmk_code
rmk_ref_move(struct rmk_job *job, struct rmk_err *err)
{
	struct rmk_str path = ref_path(job);
	enum rmk_code code;

	if (!job->ref_lock.n)
		return move_by_git(job, err);
	code = write_logs(job, err);
	if (!code && rename(job->ref_lock.s, path.s))
		code = rmk_fail_errno(
		    err, "%s: cannot be moved to the new commit", path.s);
	if (!code)
		job->ref_lock.n = 0;
	return code;
}
