// What a merge needs of git: its merge of lines, the three versions of a conflict, and where
// two histories part.
//
//	struct rmk_merge_opts opts = {.lines = rmk_git_merge_lines, ...};
//
//	index   README.md  1 ──▶ base
//	                   2 ──▶ ours
//	                   3 ──▶ theirs
#ifndef RMK_GIT_LINE_MERGE_H
#define RMK_GIT_LINE_MERGE_H

#include "git/repository.h"
#include "merge/merge.h"

// What `git merge-file` does: for rmk_merge (merge/merge.h), for the text around the
// tables. No repository is needed; ctx is not used. RMK_GIT when libgit2 cannot.
enum rmk_code rmk_git_merge_lines(void *ctx, struct rmk_arena *a,
    const struct rmk_str texts[3], const struct rmk_merge_opts *opts, struct rmk_str *out,
    bool *conflicts, struct rmk_err *err);

// merge.conflictStyle of a repository; NULL or unset: merge.
enum rmk_conflict_style rmk_git_conflict_style(
    struct rmk_arena *a, struct rmk_repo *repo);

// The versions of an unmerged path in the index: base, ours and theirs. A path both
// sides added has an empty base. RMK_NOT_FOUND when it is not unmerged; RMK_REFUSED when
// a side deleted it.
enum rmk_code rmk_git_stages(struct rmk_arena *a, struct rmk_repo *repo,
    struct rmk_str path, struct rmk_str out[3], struct rmk_err *err);

// The id of the best commit that two revisions both come from. RMK_NOT_FOUND when one is no
// commit, or there is none that both come from.
enum rmk_code rmk_git_merge_base(struct rmk_arena *a, struct rmk_repo *repo,
    struct rmk_str one, struct rmk_str two, struct rmk_str *out, struct rmk_err *err);

#endif
