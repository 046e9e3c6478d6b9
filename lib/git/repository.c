// Opening a repository as git would, and saying why when it cannot be.
//
// libgit2 refuses extensions that do not concern us, does not know of safe.directory=*,
// and reads neither config.worktree nor configuration from the environment. Each is
// mended here, so that no other file need know.
#include "git/git_internal.h"

#include <errno.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum rmk_code
rmk_git_fail(struct rmk_err *err, const char *fmt, ...)
{
	const git_error *e = git_error_last();
	const char *why = e && e->message ? e->message : strerror(errno);
	char what[400];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(what, sizeof what, fmt, ap);
	va_end(ap);
	return rmk_fail(err, RMK_GIT, "%s: %s", what, why);
}

// What is set in the environment may count from the folder we were started in: git, which
// runs elsewhere, gets it in full.
static const char *const *
in_full(struct rmk_arena *a, const struct rmk_repo *repo, const char *const *env)
{
	const char **full;
	size_t n = 0;

	if (!getenv("GIT_DIR"))
		return env;
	while (env && env[n])
		n++;
	full = RMK_NEW_N(a, const char *, n + 3);
	if (env)
		memcpy(full, env, n * sizeof *full);
	full[n++] = rmk_str_printf(a, "GIT_DIR=%.*s", RMK_FMT(repo->gitdir)).s;
	if (getenv("GIT_WORK_TREE"))
		full[n] = rmk_str_printf(a, "GIT_WORK_TREE=%.*s", RMK_FMT(repo->top)).s;
	return full;
}

enum rmk_code
rmk_git_run(struct rmk_arena *a, const struct rmk_repo *repo, struct rmk_run *run,
    struct rmk_err *err)
{
	run->cwd = rmk_str_c(a, repo->top.n ? repo->top : repo->gitdir);
	run->env = in_full(a, repo, run->env);
	enum rmk_code code = rmk_run(a, run, err);

	if (code == RMK_OK && run->status)
		code = rmk_fail(err, RMK_GIT, "git %s failed (exit status %d)",
		    run->argv[1], run->status);
	return code;
}

// --- opening --------------------------------------------------------------------

// The folder to start at: `path` if it is one, else the nearest above that exists.
static char *
start_folder(struct rmk_arena *a, struct rmk_str path)
{
	struct stat st;

	while (path.n) {
		char *name = rmk_str_c(a, path);
		if (stat(name, &st) == 0 && S_ISDIR(st.st_mode))
			return name;
		size_t cut = rmk_str_rchr(path, '/');
		if (cut == 0 && path.n > 1)
			return rmk_str_c(a, RMK_STR("/"));
		path.n = cut == RMK_NONE ? 0 : cut;
	}
	return rmk_str_c(a, RMK_STR("."));
}

// libgit2 1.5 loses the name of a worktree that it is told and has already.
static bool
is_workdir(git_repository *git, const char *tree)
{
	const char *has = git_repository_workdir(git);
	char *real = realpath(tree, NULL);
	size_t n = real ? strlen(real) : 0;
	bool same = has && n && strncmp(has, real, n) == 0 && strcmp(has + n, "/") == 0;

	free(real);
	return same;
}

// GIT_DIR names the repository itself; without GIT_WORK_TREE or core.worktree the
// current folder is then the top.
static int
open_git_dir(git_repository **out, const char *gitdir)
{
	const char *tree = getenv("GIT_WORK_TREE");
	git_config *config = NULL;
	const char *set;
	int e = git_repository_open_ext(out, gitdir, GIT_REPOSITORY_OPEN_NO_SEARCH, NULL);

	if (e < 0)
		return e;
	if (!tree && !git_repository_is_bare(*out) &&
	    git_repository_config_snapshot(&config, *out) == 0 &&
	    git_config_get_string(&set, config, "core.worktree") < 0)
		tree = ".";
	git_config_free(config);
	return tree && !is_workdir(*out, tree) ? git_repository_set_workdir(*out, tree, 0)
	                                       : 0;
}

static int
open_once(git_repository **out, const char *start)
{
	const char *gitdir = getenv("GIT_DIR");
	unsigned flags = getenv("GIT_DISCOVERY_ACROSS_FILESYSTEM")
	                     ? GIT_REPOSITORY_OPEN_CROSS_FS
	                     : 0;

	if (gitdir && *gitdir)
		return open_git_dir(out, gitdir);
	return git_repository_open_ext(
	    out, start, flags, getenv("GIT_CEILING_DIRECTORIES"));
}

static int
is_star(const git_config_entry *entry, void *found)
{
	if (strcmp(entry->value, "*") == 0)
		*(bool *)found = true;
	return 0;
}

// safe.directory=* counts only in the configuration of the system and the person.
static bool
all_are_safe(void)
{
	git_config *config = NULL;
	bool found = false;

	if (git_config_open_default(&config) == 0)
		git_config_get_multivar_foreach(
		    config, "safe.directory", NULL, is_star, &found);
	git_config_free(config);
	return found;
}

static struct rmk_str
last_words(struct rmk_arena *a)
{
	const git_error *e = git_error_last();

	return rmk_str_copy(a, rmk_str_of(e && e->message ? e->message : ""));
}

// Somebody else's folder and no safe.directory: in 1.5.1 the failed look-up of that
// setting is the error.
static bool
is_foreign(int e, struct rmk_str why)
{
	return e == GIT_EOWNER ||
	       rmk_str_find(why, RMK_STR("safe.directory")) != RMK_NONE;
}

static enum rmk_code
why_not(int e, struct rmk_str why, const char *start, struct rmk_err *err)
{
	const char *gitdir = getenv("GIT_DIR");
	char real[PATH_MAX];

	if (gitdir && *gitdir)
		start = gitdir;
	if (!realpath(start, real))
		snprintf(real, sizeof real, "%s", start);
	if (e == GIT_ENOTFOUND &&
	    rmk_str_find(why, RMK_STR("could not find repo")) != RMK_NONE) {
		rmk_fail(err, RMK_NO_REPO, "%s: not in a git repository", real);
		rmk_hint(err, "'git init' makes a repository of the current folder");
		return RMK_NO_REPO;
	}
	if (rmk_str_find(why, RMK_STR("objectformat")) != RMK_NONE)
		return rmk_fail(err, RMK_GIT,
		    "%s: this repository names its objects by SHA-256, which rowmark "
		    "cannot read; only SHA-1 repositories can be opened",
		    real);
	if (rmk_str_find(why, RMK_STR("refstorage")) != RMK_NONE)
		return rmk_fail(err, RMK_GIT,
		    "%s: this repository keeps its branches in the reftable format, "
		    "which rowmark cannot read",
		    real);
	if (is_foreign(e, why)) {
		rmk_fail(err, RMK_GIT, "detected dubious ownership in repository at '%s'",
		    real);
		rmk_hint(err,
		    "if you trust it: git config --global --add safe.directory '%s'",
		    real);
		return RMK_GIT;
	}
	return rmk_fail(
	    err, RMK_GIT, "%s: cannot open the git repository: %.*s", real, RMK_FMT(why));
}

static enum rmk_code
open_as_git_does(
    struct rmk_arena *a, git_repository **out, const char *start, struct rmk_err *err)
{
	static const char *const harmless[] = {"worktreeconfig", "partialclone"};

	git_libgit2_opts(GIT_OPT_SET_EXTENSIONS, harmless, (size_t)2);
	git_libgit2_opts(GIT_OPT_SET_OWNER_VALIDATION, 1);
	int e = open_once(out, start);
	struct rmk_str why = last_words(a);
	if (e < 0 && is_foreign(e, why) && all_are_safe()) {
		git_libgit2_opts(GIT_OPT_SET_OWNER_VALIDATION, 0);
		git_repository_free(*out);
		*out = NULL;
		e = open_once(out, start);
		why = last_words(a);
	}
	return e < 0 ? why_not(e, why, start, err) : RMK_OK;
}

// Those options are libgit2's own and shared by all threads, which may open repositories
// at the same time: one after the other.
static enum rmk_code
open_git(
    struct rmk_arena *a, git_repository **out, const char *start, struct rmk_err *err)
{
	static pthread_mutex_t options = PTHREAD_MUTEX_INITIALIZER;
	enum rmk_code code;

	pthread_mutex_lock(&options);
	code = open_as_git_does(a, out, start, err);
	pthread_mutex_unlock(&options);
	return code;
}

// Where git looks for the index; a relative GIT_INDEX_FILE counts from the top.
static struct rmk_str
index_path(struct rmk_arena *a, const struct rmk_repo *repo)
{
	const char *env = getenv("GIT_INDEX_FILE");

	if (!env || !*env)
		return rmk_str_printf(a, "%.*sindex", RMK_FMT(repo->gitdir));
	if (*env == '/' || !repo->top.n)
		return rmk_str_copy(a, rmk_str_of(env));
	return rmk_str_printf(a, "%.*s%s", RMK_FMT(repo->top), env);
}

static bool
config_from_env(void)
{
	return getenv("GIT_CONFIG_PARAMETERS") || getenv("GIT_CONFIG_COUNT") ||
	       getenv("GIT_CONFIG_GLOBAL") || getenv("GIT_CONFIG_SYSTEM") ||
	       getenv("GIT_CONFIG_NOSYSTEM");
}

static enum rmk_code
open_config(struct rmk_arena *a, struct rmk_repo *repo, struct rmk_err *err)
{
	static const char *const argv[] = {"git", "config", "-z", "--list", NULL};
	struct rmk_run run = {.argv = argv};
	git_config *live = NULL;
	int on = 0;

	if (config_from_env() && rmk_git_run(a, repo, &run, NULL) == RMK_OK)
		repo->listed = run.out;
	if (git_repository_config(&live, repo->git) < 0)
		return rmk_git_fail(
		    err, "%.*s: cannot read the configuration", RMK_FMT(repo->gitdir));
	if (git_config_get_bool(&on, live, "extensions.worktreeconfig") == 0 && on) {
		struct rmk_str path = rmk_str_printf(
		    a, "%.*sconfig.worktree", RMK_FMT(repo->gitdir));
		git_config_add_file_ondisk(
		    live, path.s, GIT_CONFIG_LEVEL_APP, repo->git, 1);
	}
	// A snapshot: the live one looks at every file again for every value.
	int e = git_config_snapshot(&repo->config, live);
	git_config_free(live);
	if (e < 0)
		return rmk_git_fail(
		    err, "%.*s: cannot read the configuration", RMK_FMT(repo->gitdir));
	return RMK_OK;
}

enum rmk_code
rmk_repo_open(
    struct rmk_arena *a, struct rmk_str path, struct rmk_repo **out, struct rmk_err *err)
{
	struct rmk_repo *repo = RMK_NEW(a, struct rmk_repo);
	enum rmk_code code;

	if (git_libgit2_init() < 0)
		return rmk_git_fail(err, "libgit2 cannot be started");
	code = open_git(a, &repo->git, start_folder(a, path), err);
	if (code == RMK_OK) {
		repo->top = rmk_str_copy(
		    a, rmk_str_of(git_repository_workdir(repo->git)));
		repo->gitdir = rmk_str_copy(
		    a, rmk_str_of(git_repository_path(repo->git)));
		repo->common = rmk_str_copy(
		    a, rmk_str_of(git_repository_commondir(repo->git)));
		repo->index = index_path(a, repo);
		code = open_config(a, repo, err);
	}
	if (code == RMK_OK)
		*out = repo;
	else
		rmk_repo_close(repo);
	return code;
}

void
rmk_repo_close(struct rmk_repo *repo)
{
	if (!repo)
		return;
	rmk_graph_close(&repo->graph);
	git_config_free(repo->config);
	git_repository_free(repo->git);
	git_libgit2_shutdown();
}

struct rmk_str
rmk_repo_top(const struct rmk_repo *repo)
{
	return repo->top;
}

struct rmk_str
rmk_repo_gitdir(const struct rmk_repo *repo)
{
	return repo->gitdir;
}

// --- paths ----------------------------------------------------------------------

// Symbolic links are followed, the file's own too: what is written and committed is the
// file at their end. Of a file that is not there, its folder is taken.
static char *
real_path(struct rmk_arena *a, struct rmk_str typed)
{
	char *name = rmk_str_c(a, typed), *real = realpath(name, NULL), *out = NULL;

	if (real) {
		out = rmk_str_c(a, rmk_str_of(real));
		free(real);
		return out;
	}
	size_t cut = rmk_str_rchr(typed, '/');
	struct rmk_str base = cut == RMK_NONE ? typed : rmk_str_from(typed, cut + 1);
	struct rmk_str folder = cut == RMK_NONE ? RMK_STR(".")
	                                        : rmk_str_part(typed, 0, cut);
	real = realpath(folder.n ? rmk_str_c(a, folder) : "/", NULL);
	if (real && base.n && !rmk_str_eq(base, RMK_STR("..")))
		out = rmk_str_c(a, rmk_str_printf(a, "%s/%.*s", real, RMK_FMT(base)));
	free(real);
	return out;
}

enum rmk_code
rmk_repo_path(struct rmk_arena *a, const struct rmk_repo *repo, struct rmk_str typed,
    struct rmk_str *out, struct rmk_err *err)
{
	char *real;

	if (!repo->top.n) {
		*out = typed; // bare: a path is one inside the tree
		return RMK_OK;
	}
	real = real_path(a, typed);
	if (!real)
		return rmk_fail(
		    err, RMK_NOT_FOUND, "%.*s: no such folder", RMK_FMT(typed));
	if (!rmk_str_starts(rmk_str_of(real), repo->top))
		return rmk_fail(err, RMK_INVALID,
		    "%.*s: lies outside the repository at %.*s", RMK_FMT(typed),
		    RMK_FMT(repo->top));
	*out = rmk_str_from(rmk_str_of(real), repo->top.n);
	return RMK_OK;
}

// --- configuration --------------------------------------------------------------

// The last entry counts; names compare without case, but for the middle part.
static bool
listed_value(struct rmk_str list, struct rmk_str name, struct rmk_str *out)
{
	struct rmk_str entry;
	bool found = false;

	while (rmk_str_split(&list, '\0', &entry)) {
		size_t lf = rmk_str_chr(entry, '\n');
		struct rmk_str key = rmk_str_part(
		    entry, 0, lf == RMK_NONE ? entry.n : lf);
		if (!rmk_str_eq_nocase(key, name))
			continue;
		*out = lf == RMK_NONE ? RMK_STR("true") : rmk_str_from(entry, lf + 1);
		found = true;
	}
	return found;
}

enum rmk_code
rmk_repo_config(
    struct rmk_arena *a, struct rmk_repo *repo, const char *name, struct rmk_str *out)
{
	const char *value;

	if (repo->listed.s)
		return listed_value(repo->listed, rmk_str_of(name), out) ? RMK_OK
		                                                         : RMK_NOT_FOUND;
	if (git_config_get_string(&value, repo->config, name) < 0)
		return RMK_NOT_FOUND;
	*out = rmk_str_copy(a, rmk_str_of(value));
	return RMK_OK;
}

bool
rmk_repo_config_bool(
    struct rmk_arena *a, struct rmk_repo *repo, const char *name, bool def)
{
	struct rmk_str value;
	int on;

	if (rmk_repo_config(a, repo, name, &value) ||
	    git_config_parse_bool(&on, rmk_str_c(a, value)) < 0)
		return def;
	return on != 0;
}
