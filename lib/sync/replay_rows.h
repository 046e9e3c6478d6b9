// A commit of rows made anew without a merge of trees: the files that it changed, merged one by one.
//
//	parent  commit  tip
//	   └──── files ──┴──▶ rmk_merge_texts ──▶ the tip's tree with them
//
// What git merge-tree and the driver would do to the same files, in memory: whoever takes long between
// fetch and push is too late again and again.
#ifndef RMK_SYNC_REPLAY_ROWS_H
#define RMK_SYNC_REPLAY_ROWS_H

#include "git/branch_commits.h"
#include "sync/tree_merge.h"

// Whether the repository's attributes leave the files of these commits to the driver.
bool rmk_replay_rows_may(struct rmk_arena *a, const struct rmk_repo *repo,
    const struct rmk_branch_commit *commits, size_t n);

// False: git must do it. *same: the tip has the change already.
bool rmk_replay_rows(struct rmk_arena *a, struct rmk_repo *repo,
    const struct rmk_merging *m, const struct rmk_branch_commit *commit,
    struct rmk_str tip, struct rmk_tree_merge *out, bool *same);

#endif
