// Whether a commit changed rows, and nothing that a person wrote beside them.
//
//	| LoRA | Read |      rows, regions      yes
//	The end.             a line beside      no
#ifndef RMK_SYNC_ROWS_ONLY_H
#define RMK_SYNC_ROWS_ONLY_H

#include "git/branch_commits.h"

// It has one parent and changed tables and regions of Markdown files, no other line and no other
// file.
bool rmk_commit_is_of_rows(
    struct rmk_arena *a, struct rmk_repo *repo, const struct rmk_branch_commit *commit);

#endif
