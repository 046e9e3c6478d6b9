// What a commit brings: the versions it is compared with.
//
//	about to commit   HEAD, and in a merge the other heads      none: the first commit
//	since a branch    the commit where the two part             "": a shallow clone lacks it
//
// Ids are in hex, or a revision as it was given.
#ifndef RMK_GIT_PARENTS_H
#define RMK_GIT_PARENTS_H

#include "base/map.h"
#include "git/repository.h"

// The parents that a commit made now would have. In the hook before the commit of a merge
// git names the other heads in its environment alone.
enum rmk_code rmk_git_parents(struct rmk_arena *a, struct rmk_repo *repo,
    struct rmk_str **out, size_t *n, struct rmk_err *err);

// The best commit that rev and HEAD both come from; rev itself where they have none, or
// where it is no commit. Empty where a shallow clone does not reach that far. RMK_NOT_FOUND
// for what is no revision in a whole clone.
enum rmk_code rmk_git_since(struct rmk_arena *a, struct rmk_repo *repo,
    struct rmk_str rev, struct rmk_str *out, struct rmk_err *err);

// What files were called in rev that the index (or the worktree) has under another name.
struct rmk_git_rename {
	struct rmk_str from, to;
};
enum rmk_code rmk_git_renames(struct rmk_arena *a, struct rmk_repo *repo,
    struct rmk_str rev, bool staged, struct rmk_git_rename **out, size_t *n,
    struct rmk_err *err);

#endif
