// The merge of three texts by lines, through libgit2: what `git merge-file` does.
//
// It is handed to rmk_merge (ops/merge.h) for the text around the tables:
//
//	struct rmk_merge_opts opts = {.lines = rmk_git_merge_lines, ...};
//
// Markers, their size, their labels and merge.conflictStyle are as git has them. No
// repository is needed.
#ifndef RMK_WORLD_GIT_MERGE_H
#define RMK_WORLD_GIT_MERGE_H

#include "ops/merge.h"

// ctx is not used. RMK_GIT when libgit2 cannot.
RMK_API enum rmk_code rmk_git_merge_lines(void *ctx, struct rmk_arena *a,
    const struct rmk_str texts[3], const struct rmk_merge_opts *opts, struct rmk_str *out,
    bool *conflicts, struct rmk_err *err);

#endif
