// The index where our own reader (index.h) is not the one to ask: a split index, and whatever
// git is the engine of.
//
//	git ls-files --stage      ──▶ entries
//	entries, changed          ──▶ git update-index on a copy, under our lock
#ifndef RMK_GIT_INDEX_BY_GIT_H
#define RMK_GIT_INDEX_BY_GIT_H

#include "git/git_internal.h"
#include "git/index.h"

// The index; only its bytes where by_git is set.
enum rmk_code rmk_repo_index(struct rmk_arena *a, struct rmk_repo *repo,
    struct rmk_index *out, struct rmk_err *err);

// The entries of a path (NULL: all), as git ls-files prints them; and the next one of those.
struct rmk_ls_entry {
	struct rmk_str path;
	struct rmk_oid id;
	uint32_t mode;
	unsigned stage;
	bool skip;   // skip-worktree
	bool assume; // assume-unchanged
};
enum rmk_code rmk_ls_files(struct rmk_arena *a, const struct rmk_repo *repo,
    const char *path, struct rmk_str *out, struct rmk_err *err);
bool rmk_ls_next(struct rmk_str *rest, struct rmk_ls_entry *out);
// Whether the path was announced by git add -N, which only git's debugging output has.
bool rmk_ls_intent(struct rmk_arena *a, const struct rmk_repo *repo, const char *path);

#endif
