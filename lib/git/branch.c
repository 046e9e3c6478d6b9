// HEAD, and moving the branch it names: compare, and swap.
//
// The branch's lock is made by us as git makes it (refs/heads/main.lock), but appears
// with the new id in it: if we are killed, the process that takes over the index's lock can tell
// that this one is of the dead, too (lock.c). libgit2's would be empty for a moment,
// like anybody's.
//
// What is rare is left to git itself: a ref that is a link or hidden by a folder, and all refs
// where git is the engine.
#include "git/journal.h"

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

// `git worktree list` has a line "branch REF" for each branch in a worktree. In a repository
// without worktrees of its own git is not asked.
static enum rmk_code
refuse_checked_out(struct rmk_job *job, struct rmk_err *err)
{
	static const char *const argv[] = {
	    "git", "worktree", "list", "--porcelain", NULL};
	struct rmk_run run = {.argv = argv};
	struct rmk_str folder = rmk_str_printf(
	    job->a, "%.*sworktrees", RMK_FMT(job->repo->common));
	struct rmk_str line,
	    mine = rmk_str_printf(job->a, "branch %.*s", RMK_FMT(job->ref));
	enum rmk_code code;

	if (job->repo->top.n || access(folder.s, F_OK))
		return RMK_OK;
	code = rmk_git_run(job->a, job->repo, &run, err);
	while (!code && run.out.s && rmk_str_split(&run.out, '\n', &line)) {
		if (rmk_str_eq(line, mine))
			return checked_out(job, err);
	}
	return code;
}

// A bare repository that has an index has a worktree somewhere, named on each command line:
// its file and its index would stay behind.
static enum rmk_code
refuse_index_without_tree(struct rmk_job *job, struct rmk_err *err)
{
	if (job->repo->top.n || access(rmk_str_c(job->a, job->repo->index), F_OK))
		return RMK_OK;
	rmk_fail(err, RMK_REFUSED, "%.*s: has an index, but no worktree is named",
	    RMK_FMT(job->repo->gitdir));
	return rmk_hint(err, "name it: --work-tree DIR");
}

static enum rmk_code
read_head_commit(struct rmk_job *job, struct rmk_err *err)
{
	struct rmk_str hex = rmk_oid_hex(job->a, &job->head, RMK_NONE);
	struct rmk_err why = {0};
	enum rmk_code code = job->repo->engine->find(
	    job->repo, hex, RMK_KIND_TREE, &job->tree, &why);

	return code ? rmk_fail(err, RMK_GIT, "HEAD's commit %.10s cannot be read", hex.s)
	            : RMK_OK;
}

enum rmk_code
rmk_job_head(struct rmk_job *job, struct rmk_err *err)
{
	const struct rmk_engine *engine = job->repo->engine;
	struct rmk_str branches = RMK_STR("refs/heads/");
	enum rmk_code code = engine->head(job->a, job->repo, &job->ref, err);

	if (code)
		return code;
	job->result->branch = rmk_str_starts(job->ref, branches)
	                          ? rmk_str_from(job->ref, branches.n)
	                          : job->ref;
	if (!job->ref.n) {
		job->ref = RMK_STR("HEAD");
		job->result->branch = RMK_STR("detached HEAD");
	}
	code = engine->ref(job->repo, RMK_STR("HEAD"), &job->head, err);
	job->unborn = code == RMK_NOT_FOUND;
	if (code)
		return job->unborn ? RMK_OK : code;
	code = read_head_commit(job, err);
	if (!code)
		code = refuse_index_without_tree(job, err);
	return code ? code : refuse_checked_out(job, err);
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
static enum rmk_code
wants_log(struct rmk_job *job, bool *out, struct rmk_err *err)
{
	struct rmk_str value = {0};

	*out = job->repo->top.n > 0;
	rmk_repo_config(job->a, job->repo, "core.logallrefupdates", &value);
	if (rmk_str_eq_nocase(value, RMK_STR("always"))) {
		*out = true;
		return RMK_OK;
	}
	return rmk_setting_bool(job->repo, "core.logallrefupdates", out, err);
}

static enum rmk_code
append_log(
    struct rmk_job *job, struct rmk_str path, struct rmk_str line, struct rmk_err *err)
{
	char *name = rmk_str_c(job->a, path);
	int flags = O_WRONLY | O_APPEND | O_CLOEXEC | O_NOFOLLOW;
	struct stat st;
	bool make;

	if (wants_log(job, &make, err))
		return RMK_INVALID;
	int fd = open(name, flags);
	if (fd < 0 && errno == ENOENT && make && branch_make_folders(job->a, path))
		fd = open(name, flags | O_CREAT, 0666);
	if (fd < 0 && errno == ENOENT && !make)
		return RMK_OK;
	if (fd >= 0 && (fstat(fd, &st) || rmk_journal_log(&job->lock, path,
					      (size_t)st.st_size, line.n, err))) {
		close(fd);
		fd = -1;
	}
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
	const struct rmk_move *move = job->opts->move;
	const char *action = move ? move->action : getenv("GIT_REFLOG_ACTION");
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
	bool detached = rmk_str_eq(job->ref, RMK_STR("HEAD"));
	struct rmk_repo *repo = job->repo;
	enum rmk_code code = RMK_OK;
	struct rmk_str line = rmk_str_printf(job->a, "%s %s %.*s\t%.*s\n",
	    rmk_oid_hex(job->a, &job->head, RMK_NONE).s,
	    rmk_oid_hex(job->a, &job->new_head, RMK_NONE).s, RMK_FMT(job->committer),
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
	struct rmk_oid now;

	return job->repo->engine->ref(job->repo, job->ref, &now, NULL) == RMK_OK &&
	       rmk_oid_eq(&now, &job->head);
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
	bool odd = job->repo->engine == &rmk_engine_git ||
	           (lstat(path.s, &st) == 0 && !S_ISREG(st.st_mode));

	if (!odd &&
	    git_reference_lookup(&ref, job->repo->git, rmk_str_c(job->a, job->ref)) == 0)
		odd = git_reference_type(ref) == GIT_REFERENCE_SYMBOLIC;
	git_reference_free(ref);
	return odd;
}

static enum rmk_code
take_ref_lock(
    struct rmk_job *job, struct rmk_str lock, struct rmk_str text, struct rmk_err *err)
{
	unsigned ms = 1, waited = 0, most = job->opts->wait_ms;
	struct rmk_str temp = rmk_str_printf(
	    job->a, "%.*s" RMK_REF_PARK, RMK_FMT(job->repo->common));
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
	struct rmk_str hex = rmk_oid_hex(job->a, &job->new_head, RMK_NONE);
	enum rmk_code code;
	struct stat st;

	if (is_odd(job, path)) {
		code = rmk_journal_ref(&job->lock, RMK_STR(""), hex, err);
		return code || still_there(job) ? code : moved(job, err);
	}
	// Where all branches are packed, their folder may be missing.
	if (lstat(path.s, &st) && !branch_make_folders(job->a, path))
		return rmk_fail_errno(err, "%s: cannot make its folder", path.s);
	code = rmk_journal_ref(&job->lock, lock, hex, err);
	if (!code)
		code = take_ref_lock(
		    job, lock, rmk_str_printf(job->a, "%s\n", hex.s), err);
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

// git waits for another's lock of a ref as long as we do for one of the index, unless the person
// has set how long. Settings on its command line reach hooks, so that git is left alone where one
// is.
static const char *const *
with_lock_timeouts(struct rmk_job *job, const char *const *argv)
{
	static const char *const names[] = {
	    "core.filesRefLockTimeout", "core.packedRefsTimeout", "reftable.lockTimeout"};
	const char **out = RMK_NEW_N(job->a, const char *, 20);
	struct rmk_str theirs;
	size_t n = 0;

	out[n++] = *argv++;
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		if (rmk_repo_config(job->a, job->repo, names[i], &theirs) == RMK_OK)
			continue;
		out[n++] = "-c";
		out[n++] =
		    rmk_str_printf(job->a, "%s=%u", names[i], job->opts->wait_ms).s;
	}
	while (*argv)
		out[n++] = *argv++;
	return out;
}

// As git commit would run it: the author is in the environment for the hook on transactions.
// What that hook says goes to the person; what git says is in the error, for a branch that
// moved meanwhile is nothing to be told of.
static enum rmk_code
update_ref(struct rmk_job *job, const char *const *argv, struct rmk_err *err)
{
	const char *env[5] = {0};
	bool hook = rmk_hook_exists(job, "reference-transaction");
	struct rmk_run run = {.argv = hook ? argv : with_lock_timeouts(job, argv),
	    .env = env,
	    .both = !hook};

	rmk_ident_env(job->a, env, "AUTHOR", job->author);
	if (getenv("GIT_WORK_TREE") && rmk_git_at_top(job->repo))
		env[3] = "GIT_WORK_TREE=.";
	rmk_git_place(job->a, job->repo, &run);
	enum rmk_code code = rmk_run(job->a, &run, err);
	if (!code && run.status)
		code = rmk_fail(err, RMK_GIT,
		    "git update-ref failed (exit status %d)%s%.*s", run.status,
		    hook ? "" : ": ",
		    RMK_FMT(rmk_str_part(run.out, 0, rmk_str_chr(run.out, '\n'))));
	return code;
}

// Through HEAD, as git commit does it: then both have a line in their logs, and the hook on
// transactions sees both.
static enum rmk_code
move_by_git(struct rmk_job *job, struct rmk_err *err)
{
	struct rmk_str message = log_message(job);
	const char *const argv[] = {"git", "update-ref", "-m", rmk_str_c(job->a, message),
	    "HEAD", rmk_oid_hex(job->a, &job->new_head, RMK_NONE).s,
	    rmk_oid_hex(job->a, &job->head, RMK_NONE).s, NULL};
	enum rmk_code code = update_ref(job, argv, err);

	return code && !still_there(job) ? moved(job, err) : code;
}

// Since 2.44 git removes AUTO_MERGE in a transaction, which a hook hears of.
static bool
auto_merge_is_ref(struct rmk_job *job)
{
	static const char *const argv[] = {"git", "version", NULL};
	struct rmk_run run = {.argv = argv, .quiet = true};
	int major = 0, minor = 0;

	if (rmk_run(job->a, &run, NULL))
		return false;
	sscanf(rmk_str_c(job->a, run.out), "git version %d.%d", &major, &minor);
	return major > 2 || (major == 2 && minor >= 44);
}

// What a conflict of git stash left for git diff to look at ends with the next commit.
static void
remove_auto_merge(struct rmk_job *job)
{
	static const char *const argv[] = {
	    "git", "update-ref", "--no-deref", "-d", "AUTO_MERGE", NULL};
	struct rmk_str path = rmk_str_printf(
	    job->a, "%.*sAUTO_MERGE", RMK_FMT(job->repo->gitdir));

	if (job->repo->engine == &rmk_engine_git && auto_merge_is_ref(job))
		update_ref(job, argv, NULL);
	else
		unlink(path.s);
}

enum rmk_code
rmk_ref_move(struct rmk_job *job, struct rmk_err *err)
{
	struct rmk_str path = ref_path(job);
	enum rmk_code code;

	if (!job->ref_lock.n) {
		code = move_by_git(job, err);
	} else {
		code = write_logs(job, err);
		if (!code && rename(job->ref_lock.s, path.s))
			code = rmk_fail_errno(
			    err, "%s: cannot be moved to the new commit", path.s);
		if (!code)
			job->ref_lock.n = 0;
	}
	if (!code)
		remove_auto_merge(job);
	return code;
}
