// Opening a repository as git would, and saying why when it cannot be.
//
//	the usual case   libgit2 finds and opens it; git is not asked
//	variables, config.worktree, a bare repository, whatever libgit2 refuses
//	                 git rev-parse says where it is, or why not (locate.c); libgit2 opens
//	                 that, and where it cannot, git is the engine (engine.h)
#include "git/commit.h"
#include "git/engine.h"
#include "git/object_database.h"
#include "git/packed_refs.h"

#include <dirent.h>
#include <errno.h>
#include <git2/sys/repository.h>
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

// libgit2's options are shared by all threads, which may open repositories at the same time:
// one after the other. Extensions that do not concern us are named to it.
static int
libgit2_open(git_repository **out, const char *path, unsigned flags, bool trusted)
{
	static const char *const harmless[] = {
	    "worktreeconfig", "partialclone", "preciousobjects", "relativeworktrees"};
	static pthread_mutex_t options = PTHREAD_MUTEX_INITIALIZER;

	pthread_mutex_lock(&options);
	git_libgit2_opts(
	    GIT_OPT_SET_EXTENSIONS, harmless, sizeof harmless / sizeof *harmless);
	git_libgit2_opts(GIT_OPT_SET_OWNER_VALIDATION, trusted ? 0 : 1);
	int e = git_repository_open_ext(out, path, flags, NULL);
	git_libgit2_opts(GIT_OPT_SET_OWNER_VALIDATION, 1);
	pthread_mutex_unlock(&options);
	return e;
}

// The first that is set; NULL: none.
static const char *
env_first(const char *const *names)
{
	while (*names && !getenv(*names))
		names++;
	return *names;
}

// Variables by which the repository, or a part of it, may be elsewhere.
static const char *
env_says_where(void)
{
	static const char *const names[] = {"GIT_DIR", "GIT_WORK_TREE", "GIT_COMMON_DIR",
	    "GIT_OBJECT_DIRECTORY", "GIT_ALTERNATE_OBJECT_DIRECTORIES",
	    "GIT_CEILING_DIRECTORIES", "ROWMARK_ENGINE", NULL};

	return env_first(names);
}

static bool
file_is_there(struct rmk_repo *repo, struct rmk_str folder, const char *name)
{
	return access(rmk_str_printf(repo->a, "%.*s%s", RMK_FMT(folder), name).s, F_OK) ==
	       0;
}

static bool
folder_holds_any(const char *path)
{
	DIR *dir = opendir(path);
	struct dirent *e = NULL;

	while (dir && (e = readdir(dir)) && e->d_name[0] == '.')
		;
	if (dir)
		closedir(dir);
	return e != NULL;
}

// Objects that git reads others for, which libgit2 does not know of.
static bool
replaces_objects(struct rmk_repo *repo, enum rmk_packed_refs packed)
{
	static const char *const names[] = {
	    "GIT_REPLACE_REF_BASE", "GIT_GRAFT_FILE", NULL};

	if (env_first(names) || file_is_there(repo, repo->common, "info/grafts") ||
	    folder_holds_any(
		rmk_str_printf(repo->a, "%.*srefs/replace", RMK_FMT(repo->common)).s))
		return true;
	return packed == RMK_PACKED_REPLACES;
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

static void
take_libgit2_paths(struct rmk_repo *repo)
{
	struct rmk_arena *a = repo->a;

	repo->top = rmk_str_copy(a, rmk_str_of(git_repository_workdir(repo->git)));
	repo->gitdir = rmk_str_copy(a, rmk_str_of(git_repository_path(repo->git)));
	repo->common = rmk_str_copy(a, rmk_str_of(git_repository_commondir(repo->git)));
	repo->index = index_path(a, repo);
	repo->id_size = GIT_OID_RAWSZ;
}

// What libgit2 opened may be another thing to git: a file of settings for one worktree
// may say where that is, and a bare repository may be one that git does not open.
static bool
libgit2_may_err(struct rmk_repo *repo)
{
	return git_repository_is_bare(repo->git) ||
	       file_is_there(
		   repo, rmk_str_of(git_repository_path(repo->git)), "config.worktree");
}

// Whether that file says where the worktree is, or that there is none.
static bool
moves_worktree(struct rmk_repo *repo)
{
	struct rmk_str path = rmk_str_printf(
	    repo->a, "%.*sconfig.worktree", RMK_FMT(repo->gitdir));
	git_config *config = NULL;
	git_config_entry *entry = NULL;
	bool moves = git_config_open_ondisk(&config, path.s) < 0 ||
	             git_config_get_entry(&entry, config, "core.worktree") == 0 ||
	             git_config_get_entry(&entry, config, "core.bare") == 0;

	git_config_entry_free(entry);
	git_config_free(config);
	return moves;
}

// --- why not --------------------------------------------------------------------

// Where GIT_DIR names one that is none, nothing else is meant.
static enum rmk_code
no_repo(const char *start, struct rmk_err *err)
{
	const char *gitdir = getenv("GIT_DIR");
	bool named = gitdir && *gitdir;
	char real[PATH_MAX];

	if (named)
		start = gitdir;
	if (!realpath(start, real))
		snprintf(real, sizeof real, "%s", start);
	if (named)
		return rmk_fail(err, RMK_GIT, "%s: not a git repository", real);
	rmk_fail(err, RMK_NO_REPO, "%s: not in a git repository", real);
	rmk_hint(err, "'git init' makes a repository of the current folder");
	return RMK_NO_REPO;
}

// The same error is given for settings that are not found.
static bool
found_none(int e)
{
	const git_error *last = git_error_last();

	return e == GIT_ENOTFOUND && last && last->message &&
	       strstr(last->message, "could not find repo");
}

// In git's words, on one line.
static enum rmk_code
refused_by_git(struct rmk_repo *repo, struct rmk_str said, struct rmk_err *err)
{
	struct rmk_str words = RMK_STR("fatal: "),
		       owner = RMK_STR("detected dubious ownership");

	if (rmk_str_starts(said, words))
		said = rmk_str_from(said, words.n);
	if (rmk_str_starts(said, RMK_STR("not a git repository")))
		return no_repo(repo->start, err);
	if (rmk_str_starts(said, owner)) {
		struct rmk_str first = rmk_str_part(said, 0, rmk_str_chr(said, '\n'));
		struct rmk_str where = rmk_str_from(first, rmk_str_chr(first, '\''));
		rmk_fail(err, RMK_GIT, "%.*s", RMK_FMT(first));
		return rmk_hint(err,
		    "if you trust it: git config --global --add safe.directory %.*s",
		    RMK_FMT(where));
	}
	char *line = rmk_str_c(repo->a, said);
	for (char *s = line; *s; s++) {
		if (*s == '\n' || *s == '\t')
			*s = ' ';
	}
	return rmk_fail(err, RMK_GIT, "git does not open the repository: %s", line);
}

static enum rmk_code
refused_by_libgit2(struct rmk_repo *repo, int e, struct rmk_err *err)
{
	const git_error *last = git_error_last();

	if (found_none(e))
		return no_repo(repo->start, err);
	rmk_fail(err, RMK_GIT, "%s: cannot open the git repository: %s", repo->start,
	    last && last->message ? last->message : strerror(errno));
	return rmk_hint(err, "install git, which may open what libgit2 does not");
}

// Where only git knows what is meant.
static enum rmk_code
refused_without_git(const char *why, struct rmk_err *err)
{
	rmk_fail(err, RMK_GIT,
	    "%s: only git knows what that says, and there is no git program", why);
	return rmk_hint(err, "install git, or put it on PATH");
}

// --- both ways ------------------------------------------------------------------

// git has said where it is and that it may be opened.
static void
open_located(struct rmk_repo *repo)
{
	const char *forced = getenv("ROWMARK_ENGINE");
	static const char *const objects[] = {"GIT_OBJECT_DIRECTORY",
	    "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_COMMON_DIR", NULL};

	git_repository_free(repo->git);
	repo->git = NULL;
	if ((forced && strcmp(forced, "git") == 0) || env_first(objects) ||
	    libgit2_open(&repo->git, rmk_str_c(repo->a, repo->gitdir),
		GIT_REPOSITORY_OPEN_NO_SEARCH, true) < 0)
		repo->engine = &rmk_engine_git;
}

// What libgit2 found nothing of (e below 0), or what may be another thing to git. variable: the one
// that says where it is, or NULL.
static enum rmk_code
open_by_git(struct rmk_repo *repo, const char *variable, int e, struct rmk_err *err)
{
	struct rmk_str said;
	bool missing;
	enum rmk_code code = rmk_locate(repo, &said, &missing);

	if (missing && variable)
		return refused_without_git(variable, err);
	if (missing && e < 0)
		return refused_by_libgit2(repo, e, err);
	if (missing)
		return moves_worktree(repo) ? refused_without_git("config.worktree", err)
		                            : RMK_OK;
	if (code)
		return refused_by_git(repo, said, err);
	open_located(repo);
	return RMK_OK;
}

static enum rmk_code
open_repository(struct rmk_repo *repo, struct rmk_err *err)
{
	unsigned flags = getenv("GIT_DISCOVERY_ACROSS_FILESYSTEM")
	                     ? GIT_REPOSITORY_OPEN_CROSS_FS
	                     : 0;
	const char *variable = env_says_where();
	int e = variable ? -1 : libgit2_open(&repo->git, repo->start, flags, false);
	enum rmk_packed_refs packed;
	enum rmk_code code = RMK_OK;

	if (!variable && found_none(e))
		return no_repo(repo->start, err);
	if (e == 0)
		take_libgit2_paths(repo);
	if (e < 0 || libgit2_may_err(repo))
		code = open_by_git(repo, variable, e, err);
	if (code)
		return code;
	packed = rmk_packed_refs_look(
	    rmk_str_printf(repo->a, "%.*spacked-refs", RMK_FMT(repo->common)).s);
	repo->replaces = replaces_objects(repo, packed);
	if (repo->replaces || packed == RMK_PACKED_DAMAGED)
		repo->engine = &rmk_engine_git;
	return RMK_OK;
}

static enum rmk_code
open_objects(struct rmk_arena *a, struct rmk_repo *repo, struct rmk_err *err)
{
	git_odb *odb;
	int e;

	if (!repo->git || repo->engine != &rmk_engine_libgit2)
		return RMK_OK;
	e = rmk_odb_open(&odb, a, repo);
	if (e == RMK_ODB_DAMAGED) {
		repo->engine = &rmk_engine_git;
		return RMK_OK;
	}
	if (e == 0)
		e = git_repository_set_odb(repo->git, odb);
	if (e < 0)
		return rmk_git_fail(
		    err, "%.*s: cannot open its objects", RMK_FMT(repo->gitdir));
	git_odb_free(odb); // the repository holds it
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
	repo->a = a;
	repo->engine = &rmk_engine_libgit2;
	repo->start = start_folder(a, path);
	code = open_repository(repo, err);
	if (code == RMK_OK)
		code = open_objects(a, repo, err);
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
	rmk_talk_end(&repo->talk);
	rmk_commit_unlock(repo);
	git_repository_free(repo->git);
	git_libgit2_shutdown();
}

bool
rmk_repo_replaces(struct rmk_repo *repo)
{
	return repo->replaces;
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
