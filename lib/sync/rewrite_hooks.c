// Hooks around commits that are made anew: see rewrite_hooks.h.
#include "sync/rewrite_hooks.h"

#include "base/buf.h"
#include "git/process.h"

#include <unistd.h>

// The hook's path, core.hooksPath honoured; NULL: there is none.
static const char *
find_hook(struct rmk_arena *a, const struct rmk_repo *repo, const char *name)
{
	const char *const argv[] = {"git", "rev-parse", "--git-path",
	    rmk_str_printf(a, "hooks/%s", name).s, NULL};
	struct rmk_run run = {.argv = argv};
	struct rmk_str said;
	const char *path;

	if (rmk_git_run(a, repo, &run, NULL))
		return NULL;
	said = rmk_str_part(run.out, 0, rmk_str_chr(run.out, '\n'));
	path = rmk_str_starts(said, RMK_STR("/"))
	           ? rmk_str_c(a, said)
	           : rmk_str_printf(a, "%s/%.*s", run.cwd, RMK_FMT(said)).s;
	return access(path, X_OK) == 0 ? path : NULL;
}

enum rmk_code
rmk_hook_pre_rebase(struct rmk_arena *a, const struct rmk_repo *repo,
    struct rmk_str upstream, struct rmk_err *err)
{
	const char *const argv[] = {
	    find_hook(a, repo, "pre-rebase"), rmk_str_c(a, upstream), NULL};
	struct rmk_run run = {.argv = argv, .show = true, .lasts = true};

	if (!argv[0])
		return RMK_OK;
	if (rmk_git_run(a, repo, &run, err) == RMK_OK)
		return RMK_OK;
	rmk_fail(err, RMK_HOOK, "the hook pre-rebase refused that commits are made anew");
	return rmk_hint(err, "what it said stands above");
}

void
rmk_hook_post_rewrite(
    struct rmk_arena *a, const struct rmk_repo *repo, const struct rmk_replay *replay)
{
	const char *const argv[] = {
	    replay->nmade ? find_hook(a, repo, "post-rewrite") : NULL, "rebase", NULL};
	struct rmk_buf pairs = {.arena = a};
	struct rmk_run run = {.argv = argv, .show = true};

	if (!argv[0])
		return;
	for (size_t i = 0; i < replay->nmade; i++)
		rmk_buf_printf(&pairs, "%.*s %.*s\n", RMK_FMT(replay->made[i][0]),
		    RMK_FMT(replay->made[i][1]));
	run.in = rmk_buf_str(&pairs);
	rmk_git_run(a, repo, &run, NULL);
}
