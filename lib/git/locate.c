// Where git says that the repository is, and that it may be opened: git knows all variables,
// settings and files that decide about that, and whom it trusts.
#include "git/git_internal.h"

#include <limits.h>
#include <stdlib.h>

static const char *const locate_argv[] = {"git", "rev-parse", "--path-format=absolute",
    "--show-object-format", "--git-dir", "--git-common-dir", "--git-path", "index",
    "--is-bare-repository", NULL};
#define LOCATE_LINES 5

// An absolute path; git before 2.31 names it from where it was started.
static struct rmk_str
locate_path(struct rmk_repo *repo, struct rmk_str path)
{
	size_t slash = rmk_str_rchr(path, '/');
	char real[PATH_MAX];
	const char *folder;

	if (rmk_str_starts(path, RMK_STR("/")))
		return path;
	if (realpath(
		rmk_str_printf(repo->a, "%s/%.*s", repo->start, RMK_FMT(path)).s, real))
		return rmk_str_copy(repo->a, rmk_str_of(real));
	folder = rmk_str_printf(repo->a, "%s/%.*s", repo->start,
	    RMK_FMT(rmk_str_part(path, 0, slash == RMK_NONE ? 0 : slash)))
	             .s;
	if (!realpath(folder, real))
		return path;
	return rmk_str_printf(repo->a, "%s/%.*s", real,
	    RMK_FMT(rmk_str_from(path, slash == RMK_NONE ? 0 : slash + 1)));
}

static struct rmk_str
locate_folder(struct rmk_arena *a, struct rmk_str path)
{
	return rmk_str_printf(
	    a, "%.*s%s", RMK_FMT(path), rmk_str_ends(path, RMK_STR("/")) ? "" : "/");
}

// An error where there is no worktree: then as if it were bare.
static struct rmk_str
locate_top(struct rmk_repo *repo)
{
	static const char *const argv[] = {"git", "rev-parse", "--show-toplevel", NULL};
	struct rmk_run run = {.argv = argv, .cwd = repo->start, .quiet = true};

	if (rmk_run(repo->a, &run, NULL) || run.status)
		return RMK_STR("");
	return locate_folder(repo->a, rmk_str_trim(run.out));
}

enum rmk_code
rmk_locate(struct rmk_repo *repo, struct rmk_str *said, bool *missing)
{
	static const char *const env[] = {"LC_ALL=C", NULL};
	struct rmk_run run = {
	    .argv = locate_argv, .env = env, .cwd = repo->start, .both = true};
	struct rmk_str lines[LOCATE_LINES + 1] = {0}, *line = lines, rest;
	enum rmk_code code = rmk_run(repo->a, &run, NULL);
	size_t n = 0, repeated;

	*missing = run.missing;
	*said = rmk_str_trim(run.out);
	for (rest = *said; n <= LOCATE_LINES && rmk_str_split(&rest, '\n', &lines[n]);)
		n++;
	// An older git repeats the word that it does not know.
	repeated = rmk_str_starts(lines[0], RMK_STR("--")) ? 1 : 0;
	if (code || run.status || n < LOCATE_LINES + repeated)
		return RMK_GIT;
	line += repeated;
	repo->id_size = rmk_str_eq(line[0], RMK_STR("sha256")) ? 32 : 20;
	repo->gitdir = locate_folder(repo->a, locate_path(repo, line[1]));
	repo->common = locate_folder(repo->a, locate_path(repo, line[2]));
	repo->index = locate_path(repo, line[3]);
	repo->top = rmk_str_eq(line[4], RMK_STR("true")) ? RMK_STR("") : locate_top(repo);
	return RMK_OK;
}
