// The branch of a remote that a branch is kept in step with, and git's way there and back.
//
//	refs/heads/main   upstream   origin, refs/heads/main   seen as refs/remotes/origin/main
//
// Transport, credentials, proxies and hooks are git's, since git runs.
#ifndef RMK_SYNC_REMOTE_H
#define RMK_SYNC_REMOTE_H

#include "git/repository.h"

struct rmk_upstream {
	struct rmk_str ref, head; // the branch that HEAD names, and its commit in hex
	struct rmk_str remote, branch; // "origin", "refs/heads/main"
	struct rmk_str tracking;       // "refs/remotes/origin/main"
	struct rmk_str shown;          // "origin/main"
};

// As git has it configured, or REMOTE and BRANCH (NULL: the branch's own name) as named.
// RMK_NOT_FOUND for a detached HEAD and no upstream; RMK_REFUSED where `git push` would go elsewhere.
enum rmk_code rmk_upstream_find(struct rmk_arena *a, const struct rmk_repo *repo,
    const char *remote, const char *branch, struct rmk_upstream *out,
    struct rmk_err *err);

// RMK_NOT_FOUND where the remote has no such branch: asked of one that was never fetched.
enum rmk_code rmk_upstream_is_there(struct rmk_arena *a, const struct rmk_repo *repo,
    const struct rmk_upstream *up, struct rmk_err *err);

// Bring the remote's branch; deepen: so many more commits where the clone is cut. loud: git shows
// how far it is. RMK_GIT: the remote cannot be reached, or has no such branch.
enum rmk_code rmk_upstream_fetch(struct rmk_arena *a, const struct rmk_repo *repo,
    const struct rmk_upstream *up, unsigned deepen, bool loud, struct rmk_err *err);

// Whether commits are missing below those that are here.
bool rmk_upstream_is_cut(struct rmk_arena *a, const struct rmk_repo *repo);

// Push one commit to a branch of the remote, never forced. RMK_FASTER: it has commits that this
// one does not come from. RMK_HOOK: the remote said no, and its words are in err. RMK_GIT: it
// cannot be reached.
enum rmk_code rmk_upstream_push(struct rmk_arena *a, const struct rmk_repo *repo,
    const struct rmk_upstream *up, struct rmk_str commit, struct rmk_str branch,
    struct rmk_err *err);

#endif
