// The other worktrees of a repository, for what all of them should agree on.
//
//	main worktree     .git/              HEAD ──▶ main
//	linked worktrees  .git/worktrees/a   HEAD ──▶ topic-a      each has its own index and
//	                  .git/worktrees/b   HEAD ──▶ topic-b      branch
//
// A claim that one of them has committed is seen by the others before any merge.
#ifndef RMK_GIT_WORKTREES_H
#define RMK_GIT_WORKTREES_H

#include "git/repository.h"

struct rmk_worktree {
	struct rmk_str path;   // its top folder
	struct rmk_str branch; // "topic-a"; empty: detached
	struct rmk_str head;   // the id of its commit, in hex
};

// All of them, the one at hand and those without a commit too.
enum rmk_code rmk_git_all_worktrees(struct rmk_arena *a, const struct rmk_repo *repo,
    struct rmk_worktree **out, size_t *n, struct rmk_err *err);

// All but the one at hand that have a commit and are there. Where nobody made a second one, git
// is not asked.
enum rmk_code rmk_git_worktrees(struct rmk_arena *a, struct rmk_repo *repo,
    struct rmk_worktree **out, size_t *n, struct rmk_err *err);

// Wait until no other process decides who gets a row, in whatever worktree. The lock is on the
// folder that all worktrees share and ends with the process, so that a killed one leaves
// nothing behind. RMK_LOCKED after wait_ms; a file system without such locks goes without.
enum rmk_code rmk_git_claims_lock(
    const struct rmk_repo *repo, unsigned wait_ms, struct rmk_err *err);

#endif
