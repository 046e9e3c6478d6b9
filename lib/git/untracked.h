// The files of the worktree that are not ignored, by the files of git's that say which are: for
// where there is no git to list them.
//
//	a.md, docs/b.md, build/c.md     .gitignore: build/     ──▶  a.md, docs/b.md
#ifndef RMK_GIT_UNTRACKED_H
#define RMK_GIT_UNTRACKED_H

#include "git/repository.h"

// Regular files alone, tracked ones too, in no order; not those of repositories within this one.
enum rmk_code rmk_untracked(struct rmk_repo *repo,
    void (*add)(void *ctx, struct rmk_str path), void *ctx, struct rmk_err *err);

#endif
