// Commits and trees as objects, without a process: an id, a commit's text, and a commit's tree with
// other bytes in some of its files.
//
//	commit, {README.md: bytes} ──▶ blobs, trees ──▶ the new tree's id
#ifndef RMK_GIT_TREE_FILES_H
#define RMK_GIT_TREE_FILES_H

#include "git/repository.h"

// What a revision is, in hex. RMK_NOT_FOUND where it names no commit.
enum rmk_code rmk_commit_id(struct rmk_arena *a, struct rmk_repo *repo,
    struct rmk_str rev, struct rmk_str *id, struct rmk_err *err);

// A commit as git stores it: headers, an empty line, the message.
enum rmk_code rmk_commit_raw(struct rmk_arena *a, struct rmk_repo *repo,
    struct rmk_str id, struct rmk_str *out, struct rmk_err *err);

struct rmk_tree_file {
	struct rmk_str path, text; // text: what it is to hold
};

// Ids in hex. The files keep their modes. RMK_NOT_FOUND where the commit has no such file.
enum rmk_code rmk_tree_with_files(struct rmk_arena *a, struct rmk_repo *repo,
    struct rmk_str commit, const struct rmk_tree_file *files, size_t n,
    struct rmk_str *out, struct rmk_err *err);

#endif
