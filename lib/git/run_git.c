// Running git in a repository's folder, for what git alone knows.
#include "git/git_internal.h"

#include <stdlib.h>
#include <string.h>

// What is set in the environment may count from the folder we were started in: git, which
// runs elsewhere, gets it in full.
static const char *const *
env_in_full(struct rmk_arena *a, const struct rmk_repo *repo, const char *const *env)
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

void
rmk_git_place(struct rmk_arena *a, const struct rmk_repo *repo, struct rmk_run *run)
{
	run->cwd = repo->start;
	if (strcmp(repo->start, ".") != 0)
		run->env = env_in_full(a, repo, run->env);
}

// What git is to do, behind its own options.
static const char *
git_word(const char *const *argv)
{
	size_t i = 1;

	while (argv[i] && argv[i][0] == '-')
		i += strcmp(argv[i], "-c") == 0 ? 2 : 1;
	return argv[i];
}

static enum rmk_code
git_run_exit(const struct rmk_run *run, struct rmk_err *err)
{
	if (!run->status)
		return RMK_OK;
	return rmk_fail(err, RMK_GIT, "git %s failed (exit status %d)",
	    git_word(run->argv), run->status);
}

enum rmk_code
rmk_git_run(struct rmk_arena *a, const struct rmk_repo *repo, struct rmk_run *run,
    struct rmk_err *err)
{
	run->cwd = rmk_str_c(a, repo->top.n ? repo->top : repo->gitdir);
	run->env = env_in_full(a, repo, run->env);
	enum rmk_code code = rmk_run(a, run, err);

	return code ? code : git_run_exit(run, err);
}

enum rmk_code
rmk_git_run_in(struct rmk_arena *a, const struct rmk_repo *repo, struct rmk_str folder,
    struct rmk_run *run, struct rmk_err *err)
{
	const char *const *given = run->env;
	size_t n = 0, m = 0;

	while (given && given[n])
		n++;
	const char **env = RMK_NEW_N(a, const char *, n + 3);
	for (; m < n; m++)
		env[m] = given[m];
	env[m++] = rmk_str_printf(a, "GIT_DIR=%.*s", RMK_FMT(repo->gitdir)).s;
	env[m] = rmk_str_printf(a, "GIT_WORK_TREE=%.*s", RMK_FMT(folder)).s;
	run->env = env;
	run->cwd = rmk_str_c(a, folder);
	enum rmk_code code = rmk_run(a, run, err);

	return code ? code : git_run_exit(run, err);
}
