// A branch to a commit that is there, and with it the index and the files where it is checked out.
//
//	            main ──▶ from            main ──▶ to
//	index       staged rows    ──▶       the same rows, staged on `to`
//	worktree    edited rows              the same rows, edited on `to`
//
// Tables are merged by row, each version for itself; other files git brings along. What cannot be
// brought along is refused, and nothing is changed. A kill leaves the one state or the other.
#ifndef RMK_SYNC_CARRY_H
#define RMK_SYNC_CARRY_H

#include "sync/tree_merge.h"

struct rmk_carry {
	struct rmk_str ref;      // "refs/heads/main"
	struct rmk_str from, to; // hex; RMK_STALE when the branch is not at `from`
	const char *action;      // for the reflog
	struct rmk_str message;
	bool here;    // it is the branch that HEAD names
	bool dry_run; // refuse what would be refused
};

enum rmk_code rmk_carry_branch(struct rmk_arena *a, struct rmk_repo *repo,
    const struct rmk_merging *m, const struct rmk_carry *carry, struct rmk_err *err);

#endif
