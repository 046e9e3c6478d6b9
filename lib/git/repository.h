// A git repository, opened with what libgit2 lacks mended.
//
//	repo -- top      the worktree's top folder, with a '/' at the end; empty: bare
//	    `-- gitdir   its git folder
//
// The doors to libgit2 are the files git_*.c; no type of it is in a header.
//
// Ownership: a repository holds memory of libgit2's: close it. Paths handed in and out
// are relative to the worktree's top unless said otherwise.
// Threads: a repository belongs to one thread at a time; several may open theirs at once.
#ifndef RMK_GIT_REPOSITORY_H
#define RMK_GIT_REPOSITORY_H

#include "base/err.h"
#include "base/str.h"

struct rmk_repo; // opaque

// Open the repository around `path` (a file or folder; empty: the current folder), as
// git finds it, GIT_DIR and its kin honoured. RMK_NO_REPO when there is none;
// RMK_GIT with the reason and the remedy for what cannot be opened (SHA-256, reftable,
// foreign owner ...).
enum rmk_code rmk_repo_open(
    struct rmk_arena *a, struct rmk_str path, struct rmk_repo **out, struct rmk_err *err);
void rmk_repo_close(struct rmk_repo *repo); // NULL is allowed

struct rmk_str rmk_repo_top(const struct rmk_repo *repo);
struct rmk_str rmk_repo_gitdir(const struct rmk_repo *repo);

// A path as the user typed it (relative to the current folder, or absolute) as one
// relative to the top. RMK_INVALID when it lies outside.
enum rmk_code rmk_repo_path(struct rmk_arena *a, const struct rmk_repo *repo,
    struct rmk_str typed, struct rmk_str *out, struct rmk_err *err);

// A configuration value as git gives it; RMK_NOT_FOUND fills no err.
enum rmk_code rmk_repo_config(
    struct rmk_arena *a, struct rmk_repo *repo, const char *name, struct rmk_str *out);

// The bytes of a path in a commit ("HEAD", a branch, a hash ...) or in the index (rev
// empty; GIT_INDEX_FILE honoured).
enum rmk_code rmk_repo_read(struct rmk_arena *a, struct rmk_repo *repo,
    struct rmk_str rev, struct rmk_str path, struct rmk_str *out, struct rmk_err *err);

// Whether a revision names a commit: RMK_NOT_FOUND says that it does not.
enum rmk_code rmk_repo_check_rev(
    struct rmk_arena *a, struct rmk_repo *repo, struct rmk_str rev, struct rmk_err *err);

// Paths in a commit, in the index, in the worktree (tracked and untracked, not ignored), or
// of the worktree those that are tracked, in the order of their bytes. want says which to
// keep: NULL keeps all.
enum rmk_repo_side {
	RMK_SIDE_COMMIT,
	RMK_SIDE_INDEX,
	RMK_SIDE_WORKTREE,
	RMK_SIDE_TRACKED
};
enum rmk_code rmk_repo_list(struct rmk_arena *a, struct rmk_repo *repo,
    enum rmk_repo_side side, struct rmk_str rev,
    bool (*want)(void *ctx, struct rmk_str path), void *ctx, struct rmk_str **out,
    size_t *n, struct rmk_err *err);

// Paths whose staged blob differs from HEAD's (added or modified, not deleted).
enum rmk_code rmk_repo_staged(struct rmk_arena *a, struct rmk_repo *repo,
    struct rmk_str **out, size_t *n, struct rmk_err *err);

#endif
