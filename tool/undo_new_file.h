// Taking back a commit that made new files of tables ('rowmark new'): they go again.
//
//	c5   A  list.md     made, and the same in HEAD, the index and the worktree
//	c6   D  list.md     what undo makes of it
//
// git does it, with its hooks and whatever else is staged left as it is. Nothing may have changed
// in them since.
#ifndef TOOL_UNDO_NEW_FILE_H
#define TOOL_UNDO_NEW_FILE_H

#include "cmd.h"
#include "git/branch_commits.h"

// Whether a commit did nothing but make Markdown files that hold headings, declarations and tables
// without rows. What has rows somebody wrote.
bool undo_is_new_file(struct call *c, const struct rmk_branch_commit *commit);

// RMK_CONFLICT: one was changed since.
enum exit_status undo_new_file(
    struct call *c, const struct rmk_branch_commit *commit, struct rmk_str message);

#endif
