// rowmark and git: the index, versions of files, commits of only our change.
//
//	rmk_repo_open ──▶ repo ──▶ rmk_repo_read      bytes of a path in a commit or the index
//	                   │  ├──▶ rmk_git_log        the versions of a file
//	                   │  └──▶ rmk_commit_make    change a file in HEAD, index, worktree
//	                   └─────▶ rmk_source_read    all of these, as people type them
//
// Threads: a repository belongs to one thread at a time.
#ifndef RMK_ROWMARK_GIT_H
#define RMK_ROWMARK_GIT_H

#include "rowmark.h"

#include "git/commit.h"
#include "git/drivers.h"
#include "git/line_merge.h"
#include "git/log.h"
#include "git/parents.h"
#include "git/repository.h"
#include "git/source.h"
#include "git/unified_diff.h"

#endif
