// What git is asked for, found by libgit2 where there is no git program.
//
//	git ls-files -o --exclude-standard    rmk_untracked (untracked.h)
//	git diff-index --cached               rmk_libgit2_staged
//	git diff -M                           rmk_libgit2_renames
//	git merge-base                        rmk_libgit2_merge_base
//	git rev-list                          rmk_libgit2_commits_since
//	git log (.mailmap, encodings)         rmk_libgit2_log_show
//
// libgit2 does not know of shallow clones, and fails where a walk leaves one. A repository that
// libgit2 does not read as git does has no answer here: RMK_GIT, which says that git is wanted.
#ifndef RMK_GIT_WITHOUT_GIT_H
#define RMK_GIT_WITHOUT_GIT_H

#include "base/map.h"
#include "git/log.h"
#include "git/parents.h"
#include "git/repository.h"

// Paths whose staged blob differs from HEAD's, without those that are deleted.
enum rmk_code rmk_libgit2_staged(struct rmk_repo *repo,
    void (*add)(void *ctx, struct rmk_str path), void *ctx, struct rmk_err *err);

enum rmk_code rmk_libgit2_renames(struct rmk_arena *a, struct rmk_repo *repo,
    struct rmk_str rev, bool staged, struct rmk_git_rename **out, size_t *n,
    struct rmk_err *err);

// RMK_NOT_FOUND where there is none.
enum rmk_code rmk_libgit2_merge_base(struct rmk_arena *a, struct rmk_repo *repo,
    struct rmk_str one, struct rmk_str two, struct rmk_str *out, struct rmk_err *err);

// The ids, in hex, of the commits behind HEAD that are not behind rev, or, where that is empty,
// that are not older than a moment.
enum rmk_code rmk_libgit2_commits_since(struct rmk_arena *a, struct rmk_repo *repo,
    struct rmk_str rev, int64_t moment, struct rmk_map *out, struct rmk_err *err);

// False: some words are in an encoding other than UTF-8 and ISO-8859-1, and stay as they are.
bool rmk_libgit2_log_show(
    struct rmk_arena *a, struct rmk_repo *repo, bool mapped, struct rmk_revisions *r);

#endif
