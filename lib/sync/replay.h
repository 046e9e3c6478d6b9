// Commits made anew on another one, by row: what `git rebase` does, with no worktree.
//
//	base ── C1 ── C2            tip ── C1' ── C2'
//	  `──── ... ── tip    ──▶          author, date and message are those of C1 and C2
//
// A commit whose change the tip has already is left out.
#ifndef RMK_SYNC_REPLAY_H
#define RMK_SYNC_REPLAY_H

#include "git/branch_commits.h"
#include "sync/tree_merge.h"

struct rmk_replay {
	struct rmk_str tip;        // what came of it, in hex
	struct rmk_str (*made)[2]; // [nmade] of each the old commit and the new one
	size_t nmade, nleft_out;
	struct rmk_str stopped_at;   // the commit that could not be made; empty: all were
	struct rmk_tree_merge merge; // what stands in its way: "ours" is the tip's side
};

// commits in hex, the oldest first. rows: the same, of commits that changed rows alone (rows_only.h)
// and are left to the driver (replay_rows.h); NULL: they may be any. Of a merge (RMK_REFUSED) nobody can know what it changed.
enum rmk_code rmk_replay_commits(struct rmk_arena *a, struct rmk_repo *repo,
    const struct rmk_merging *m, const struct rmk_str *commits,
    const struct rmk_branch_commit *rows, size_t n, struct rmk_str tip,
    struct rmk_replay *out, struct rmk_err *err);

#endif
