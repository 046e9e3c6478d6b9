// The files in which a commit differs from its first parent, or from another commit.
//
//	c3^{tree}   README.md 1a2b   old.md 3c4d   docs 5e6f
//	c3^^{tree}  README.md 7a8b   old.md 9c0d   docs 5e6f      ──▶  README.md, old.md
//
// Trees alone are read; folders with equal names are not entered.
//
// Ownership: all of it lives in the arena.
#ifndef RMK_GIT_COMMIT_DIFF_H
#define RMK_GIT_COMMIT_DIFF_H

#include "git/object_id.h"
#include "git/repository.h"

struct rmk_commit_file {
	struct rmk_str path;      // from the top
	struct rmk_oid old, new_; // blobs; none: the file is not there
};

// Regular files that `want` wants. A commit without a parent has added all of its files.
enum rmk_code rmk_commit_files(struct rmk_arena *a, struct rmk_repo *repo,
    struct rmk_str commit, bool (*want)(struct rmk_str path),
    struct rmk_commit_file **out, size_t *n, struct rmk_err *err);

// The same of any two commits.
enum rmk_code rmk_commit_files_between(struct rmk_arena *a, struct rmk_repo *repo,
    struct rmk_str old, struct rmk_str new_, bool (*want)(struct rmk_str path),
    struct rmk_commit_file **out, size_t *n, struct rmk_err *err);

// The bytes of one of its blobs; none: s is NULL.
enum rmk_code rmk_commit_file_read(struct rmk_arena *a, struct rmk_repo *repo,
    const struct rmk_commit_file *file, bool old, struct rmk_str *out,
    struct rmk_err *err);

#endif
