// A commit's tree with other bytes in some of its files, as an object.
//
//	commit, {README.md: bytes} ──▶ blobs, trees ──▶ the new tree's id
#ifndef RMK_GIT_TREE_FILES_H
#define RMK_GIT_TREE_FILES_H

#include "git/repository.h"

struct rmk_tree_file {
	struct rmk_str path, text; // text: what it is to hold
};

// Ids in hex. The files keep their modes. RMK_NOT_FOUND where the commit has no such file.
enum rmk_code rmk_tree_with_files(struct rmk_arena *a, struct rmk_repo *repo,
    struct rmk_str commit, const struct rmk_tree_file *files, size_t n,
    struct rmk_str *out, struct rmk_err *err);

#endif
