// Hooks, run as git commit -- PATH runs them.
//
// They see an index of HEAD and our change alone (GIT_INDEX_FILE), the message in
// COMMIT_EDITMSG, the author in the environment, and the file as it will be. What a hook
// changed in that index or in the message is taken in; our file then passes the gate
// again, for the cell must still hold what was asked for.
//
// Whether there is a hook is looked up here, so that nobody pays for a process who has
// none; the running is left to `git hook run`, which knows the rest.
#include "git/commit_internal.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

// core.hooksPath, as git understands it: git is asked what a '~' or '%' at its start means.
static struct rmk_str
hooks_path(struct rmk_job *job, struct rmk_str path)
{
	static const char *const argv[] = {
	    "git", "rev-parse", "--git-path", "hooks", NULL};
	struct rmk_run run = {.argv = argv};

	if (path.n && strchr("~%", path.s[0]) &&
	    rmk_git_run(job->a, job->repo, &run, NULL) == RMK_OK)
		path = rmk_str_trim(run.out);
	if (!path.n || path.s[0] == '/')
		return path;
	return rmk_str_printf(job->a, "%.*s%.*s",
	    RMK_FMT(job->repo->top.n ? job->repo->top : job->repo->gitdir),
	    RMK_FMT(path));
}

bool
rmk_hook_exists(struct rmk_job *job, const char *name)
{
	struct rmk_str path;

	if (!job->hooks.s &&
	    rmk_repo_config(job->a, job->repo, "core.hookspath", &path) == RMK_OK)
		job->hooks = hooks_path(job, path);
	else if (!job->hooks.s)
		job->hooks = rmk_str_printf(
		    job->a, "%.*shooks", RMK_FMT(job->repo->common));
	path = rmk_str_printf(job->a, "%.*s/%s", RMK_FMT(job->hooks), name);
	return access(path.s, X_OK) == 0 || rmk_setting_any(job->repo, RMK_STR("hook."),
						RMK_STR(".event"), rmk_str_of(name));
}

bool
rmk_git_at_top(const struct rmk_repo *repo)
{
	char *cwd = realpath(repo->start, NULL);
	bool at_top = cwd && strlen(cwd) + 1 == repo->top.n &&
	              memcmp(cwd, repo->top.s, repo->top.n - 1) == 0;

	free(cwd);
	return at_top;
}

// A file in git's folder, as git names it to a hook: from the top where it found the folder
// there, or in the words of GIT_DIR.
static const char *
hooks_shown_path(struct rmk_job *job, const char *name)
{
	const struct rmk_repo *repo = job->repo;
	const char *given = getenv("GIT_DIR");
	struct rmk_str usual = rmk_str_printf(job->a, "%.*s.git/", RMK_FMT(repo->top));

	if (given && rmk_git_at_top(repo))
		return rmk_str_printf(job->a, "%s/%s", given, name).s;
	if (!given && repo->top.n && rmk_str_eq(repo->gitdir, usual))
		return rmk_str_printf(job->a, ".git/%s", name).s;
	return rmk_str_printf(job->a, "%.*s%s", RMK_FMT(repo->gitdir), name).s;
}

// `git hook` came with git 2.36.
static bool
git_runs_hooks(struct rmk_job *job)
{
	const char *argv[] = {"git", "hook", "run", "--ignore-missing", "rowmark", NULL};
	struct rmk_run run = {.argv = argv, .quiet = true};

	rmk_git_place(job->a, job->repo, &run);
	return rmk_run(job->a, &run, NULL) == RMK_OK && run.status == 0;
}

static enum rmk_code
hook_failed(struct rmk_job *job, const char *name, struct rmk_err *err)
{
	if (!git_runs_hooks(job)) {
		rmk_fail(err, RMK_REFUSED,
		    "this git cannot run the %s hook; nothing was written", name);
		rmk_hint(err, "git 2.36 or later is wanted; --no-verify skips pre-commit "
			      "and commit-msg");
		return RMK_REFUSED;
	}
	rmk_fail(err, RMK_HOOK, "the %s hook refused; nothing was written", name);
	rmk_hint(
	    err, "its words stand above; --no-verify skips pre-commit and commit-msg");
	return RMK_HOOK;
}

enum rmk_code
rmk_hook_run(struct rmk_job *job, const char *name, const char *index_file,
    const char *const *args, struct rmk_err *err)
{
	const char *argv[10] = {"git", "hook", "run", "--ignore-missing", name, "--"};
	const char *env[7] = {0};
	struct rmk_run run = {.argv = argv, .env = env, .show = true, .lasts = true};
	enum rmk_code code;
	size_t n = 3;

	if (!rmk_hook_exists(job, name))
		return RMK_OK;
	for (size_t i = 0; args && args[i] && i < 3; i++)
		argv[6 + i] = args[i];
	rmk_ident_env(job->a, env, "AUTHOR", job->author);
	env[n++] = "GIT_EDITOR=:";
	if (index_file)
		env[n++] = rmk_str_printf(job->a, "GIT_INDEX_FILE=%s", index_file).s;
	if (getenv("GIT_WORK_TREE") && rmk_git_at_top(job->repo))
		env[n++] = "GIT_WORK_TREE=.";
	rmk_git_place(job->a, job->repo, &run);
	code = rmk_run(job->a, &run, err);
	if (code || run.status)
		return hook_failed(job, name, err);
	return rmk_interrupted() ? rmk_fail(err, RMK_REFUSED, "interrupted") : RMK_OK;
}

enum rmk_code
rmk_hooks_any(struct rmk_job *job, bool *any, struct rmk_err *err)
{
	static const char *const names[] = {
	    "prepare-commit-msg", "pre-commit", "commit-msg"};

	*any = false;
	for (size_t i = 0; i < (job->opts->no_verify ? 1 : 3) && !*any; i++)
		*any = rmk_hook_exists(job, names[i]);
	if (*any && job->repo->no_git) {
		rmk_fail(err, RMK_REFUSED, "there are hooks, and no git to run them");
		return rmk_hint(err, "install git; --no-commit and --stage run no hook");
	}
	// It runs when the commit is made already, which is too late to refuse.
	if (!job->repo->no_git && rmk_hook_exists(job, "post-commit") &&
	    !git_runs_hooks(job))
		return hook_failed(job, "post-commit", err);
	return RMK_OK;
}

// --- the index they see ---------------------------------------------------------

static enum rmk_code
hooks_write_file(struct rmk_str path, struct rmk_str text, struct rmk_err *err)
{
	int flags = O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC;
	int fd = open(path.s, flags, 0666);

	if (fd < 0 && errno == EACCES && unlink(path.s) == 0) // another member's
		fd = open(path.s, flags, 0666);
	if (fd < 0 || !rmk_write_all(fd, text)) {
		rmk_fail_errno(err, "%s: cannot write", path.s);
		if (fd >= 0)
			close(fd);
		return RMK_IO;
	}
	close(fd);
	return RMK_OK;
}

static enum rmk_code
git_in(struct rmk_job *job, const char *index_file, const char *const *argv,
    struct rmk_str *out, struct rmk_err *err)
{
	const char *const env[] = {
	    rmk_str_printf(job->a, "GIT_INDEX_FILE=%s", index_file).s, NULL};
	struct rmk_run run = {.argv = argv, .env = env};
	enum rmk_code code = rmk_git_run(job->a, job->repo, &run, err);

	if (out)
		*out = rmk_str_trim(run.out);
	return code;
}

// An index that holds HEAD and no more, and knows it, becomes the hooks' with our
// change: then it also knows which files need not be looked at.
static enum rmk_code
index_for_hooks(struct rmk_job *job, struct rmk_str file, struct rmk_err *err)
{
	const uint8_t *root = job->index.by_git ? NULL : rmk_index_root(&job->index);
	struct rmk_index_change *changes = RMK_NEW_N(
	    job->a, struct rmk_index_change, job->n);
	struct rmk_str tree = rmk_oid_hex(job->a, &job->new_tree, RMK_NONE);
	const char *const read[] = {NO_HOOKS, "read-tree", tree.s, NULL};
	const char *const refresh[] = {NO_HOOKS, "update-index", "-q", "--refresh", NULL};
	struct rmk_str bytes;
	enum rmk_code code;
	size_t n = 0;

	if (root && memcmp(root, job->tree.b, RMK_OID) == 0) {
		for (size_t i = 0; i < job->n; i++) {
			changes[n].path = job->files[i].path;
			memcpy(
			    changes[n++].oid, job->files[i].head.new_id.b, RMK_OID_MAX);
		}
		code = rmk_index_patch(
		    job->a, &job->index, changes, n, NULL, 0, &bytes, NULL);
		if (!code) {
			rmk_index_seal((char *)(uintptr_t)bytes.s, bytes.n);
			code = hooks_write_file(file, bytes, err);
			if (code)
				return code;
			rmk_index_keep_time(job->a, file, job->repo->index);
			git_in(job, file.s, refresh, NULL, NULL);
			return RMK_OK;
		}
	}
	code = git_in(job, file.s, read, NULL, err);
	// Exit status 1 says that other files differ, which is fine.
	if (!code && job->repo->top.n)
		git_in(job, file.s, refresh, NULL, NULL);
	return code;
}

// --- what they changed ----------------------------------------------------------

// Our file as a hook left it: it must still be a file, and still hold what was asked.
static enum rmk_code
take_in(struct rmk_job *job, struct rmk_job_file *f, struct rmk_err *err)
{
	struct rmk_file_version v = {0};
	enum rmk_code code = rmk_tree_find(
	    job->repo, &job->new_tree, f->path, &v.id, &v.mode, err);

	if (code)
		return code;
	if ((v.mode & 0170000) != 0100000)
		return rmk_fail(err, RMK_HOOK,
		    "%s: the pre-commit hook took it out of the commit", f->path.s);
	if (rmk_oid_eq(&v.id, &f->head.new_id))
		return RMK_OK;
	code = rmk_repo_blob(job->a, job->repo, &v.id, f->path, &v.text, err);
	if (!code)
		code = rmk_plan_make(job, f, RMK_VERSION_HOOK, &v, err);
	if (code)
		return code;
	if (v.changed)
		return rmk_fail(
		    err, RMK_HOOK, "%s: the pre-commit hook undid the change", f->path.s);
	if (f->index.mode && rmk_oid_eq(&f->index.new_id, &f->head.new_id)) {
		f->index.new_id = v.id;
		f->index.new_text = v.text;
		f->index.changed = true;
	}
	f->head.new_id = v.id;
	f->head.new_text = v.text;
	f->head.mode = v.mode;
	return RMK_OK;
}

static enum rmk_code
take_in_tree(struct rmk_job *job, const char *index_file, struct rmk_err *err)
{
	const char *const argv[] = {"git", "write-tree", NULL};
	struct rmk_str id;
	struct rmk_oid ours = job->new_tree;
	enum rmk_code code = git_in(job, index_file, argv, &id, err);

	if (code)
		return code;
	if (!rmk_oid_parse(id, &job->new_tree))
		return rmk_fail(err, RMK_GIT, "git write-tree gave no tree");
	if (rmk_oid_eq(&ours, &job->new_tree))
		return RMK_OK;
	job->hook_changed = true;
	for (size_t i = 0; !code && i < job->n; i++)
		code = take_in(job, &job->files[i], err);
	return code;
}

static enum rmk_code
message_hooks(struct rmk_job *job, const char *index_file, struct rmk_err *err)
{
	struct rmk_str file = rmk_str_printf(
	    job->a, "%.*sCOMMIT_EDITMSG", RMK_FMT(job->repo->gitdir));
	const char *shown = hooks_shown_path(job, "COMMIT_EDITMSG");
	const char *const prepare[] = {shown, "message", NULL};
	const char *const check[] = {shown, NULL};
	enum rmk_code code = hooks_write_file(file, job->message, err);

	if (!code)
		code = rmk_hook_run(job, "prepare-commit-msg", index_file, prepare, err);
	if (!code && !job->opts->no_verify)
		code = rmk_hook_run(job, "commit-msg", index_file, check, err);
	if (!code)
		code = rmk_file_read(job->a, file, &job->message, NULL, err);
	return code ? code : rmk_message_clean(job, err);
}

// Named as git names its own. One name is enough: the lock lets one of us in at a time.
struct rmk_str
rmk_hooks_index(struct rmk_arena *a, struct rmk_str index)
{
	size_t cut = rmk_str_rchr(index, '/');

	return rmk_str_printf(a, "%.*snext-index-rowmark.lock",
	    RMK_FMT(rmk_str_part(index, 0, cut == RMK_NONE ? 0 : cut + 1)));
}

// Their index, and what a git that was killed left of its own.
static void
drop_hooks_index(struct rmk_job *job, struct rmk_str file)
{
	unlink(file.s);
	unlink(rmk_str_printf(job->a, "%.*s.lock", RMK_FMT(file)).s);
}

enum rmk_code
rmk_hooks_before(struct rmk_job *job, struct rmk_err *err)
{
	struct rmk_str file = rmk_hooks_index(job->a, job->repo->index);
	enum rmk_code code;

	drop_hooks_index(job, file);
	code = index_for_hooks(job, file, err);
	if (!code && !job->opts->no_verify)
		code = rmk_hook_run(job, "pre-commit", file.s, NULL, err);
	if (!code)
		code = take_in_tree(job, file.s, err);
	if (!code)
		code = message_hooks(job, file.s, err);
	drop_hooks_index(job, file);
	return code;
}

// post-commit cannot refuse any more; nor can the one that hears of a new index, which git
// names to it no more than any other command does. git runs that one before the index is in
// its place, twice; here it finds the new one.
void
rmk_hooks_after(struct rmk_job *job)
{
	static const char *const no_checkout[] = {"0", "0", NULL};
	const char *given = getenv("GIT_INDEX_FILE"),
		   *index = given && *given ? given : hooks_shown_path(job, "index");

	if (job->repo->top.n)
		rmk_hook_run(job, "post-index-change", NULL, no_checkout, NULL);
	if (job->result->id[0])
		rmk_hook_run(job, "post-commit", index, NULL, NULL);
}
