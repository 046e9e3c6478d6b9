// The other worktrees of a repository: see worktrees.h.
#include "git/worktrees.h"

#include "git/commit_internal.h"
#include "git/git_internal.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

static bool
worktrees_any(struct rmk_arena *a, const struct rmk_repo *repo)
{
	struct stat st;

	return !rmk_str_eq(repo->gitdir, repo->common) ||
	       stat(rmk_str_printf(a, "%.*sworktrees", RMK_FMT(repo->common)).s, &st) ==
	           0;
}

// What stands behind a word at the front of a line of `git worktree list --porcelain`.
static bool
worktree_attribute(struct rmk_str line, struct rmk_str word, struct rmk_str *out)
{
	if (!rmk_str_starts(line, word))
		return false;
	*out = rmk_str_from(line, word.n);
	return true;
}

static bool
is_same_folder(struct rmk_arena *a, struct rmk_str one, struct rmk_str two)
{
	struct stat x, y;

	return stat(rmk_str_c(a, one), &x) == 0 && stat(rmk_str_c(a, two), &y) == 0 &&
	       x.st_ino == y.st_ino && x.st_dev == y.st_dev;
}

// A record ends with an empty line.
static struct rmk_worktree
next_worktree(struct rmk_str *rest, char line_end)
{
	struct rmk_worktree w = {0};
	struct rmk_str line;

	while (rest->n && rmk_str_split(rest, line_end, &line) && line.n) {
		(void)(worktree_attribute(line, RMK_STR("worktree "), &w.path) ||
		       worktree_attribute(line, RMK_STR("HEAD "), &w.head) ||
		       worktree_attribute(
			   line, RMK_STR("branch refs/heads/"), &w.branch));
	}
	return w;
}

static bool
has_commit(const struct rmk_worktree *w)
{
	for (size_t i = 0; i < w->head.n; i++)
		if (w->head.s[i] != '0')
			return true;
	return false;
}

enum rmk_code
rmk_git_all_worktrees(struct rmk_arena *a, const struct rmk_repo *repo,
    struct rmk_worktree **out, size_t *n, struct rmk_err *err)
{
	const char *argv[] = {"git", "worktree", "list", "--porcelain", "-z", NULL};
	struct rmk_run run = {.argv = argv, .quiet = true};
	enum rmk_code code = rmk_git_run(a, repo, &run, err);
	char line_end = '\0';
	size_t cap = 0;

	*out = NULL;
	*n = 0;
	if (code && run.status == 129) { // git 2.36 is the first that knows -z
		argv[4] = NULL;
		line_end = '\n';
		code = rmk_git_run(a, repo, &run, err);
	}
	if (code)
		return code;
	for (struct rmk_str rest = run.out; rest.n;)
		*RMK_PUSH(a, *out, *n, cap) = next_worktree(&rest, line_end);
	return RMK_OK;
}

enum rmk_code
rmk_git_worktrees(struct rmk_arena *a, struct rmk_repo *repo, struct rmk_worktree **out,
    size_t *n, struct rmk_err *err)
{
	enum rmk_code code;
	size_t all = 0;

	*n = 0;
	if (!worktrees_any(a, repo))
		return RMK_OK;
	code = rmk_git_all_worktrees(a, repo, out, &all, err);
	for (size_t i = 0; i < all; i++)
		if (has_commit(&(*out)[i]) &&
		    !is_same_folder(a, (*out)[i].path, repo->top))
			(*out)[(*n)++] = (*out)[i];
	return code;
}

enum rmk_code
rmk_git_claims_lock(const struct rmk_repo *repo, unsigned wait_ms, struct rmk_err *err)
{
	const char *folder = repo->common.s;
	int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	unsigned ms = 1, waited = 0;

	if (fd < 0)
		return rmk_fail_errno(err, "%s: cannot open", folder);
	while (flock(fd, LOCK_EX | LOCK_NB)) {
		// A file system without flock: the lock of the index, under which each claim
		// is tested again, is enough for one worktree.
		if (errno != EWOULDBLOCK && errno != EINTR)
			return RMK_OK;
		if (waited > wait_ms) {
			close(fd);
			rmk_fail(err, RMK_LOCKED,
			    "%s: another claim has been going on for %u s", folder,
			    wait_ms / 1000);
			return rmk_hint(err, "try again");
		}
		waited += ms;
		rmk_pause(&ms);
	}
	return RMK_OK;
}
