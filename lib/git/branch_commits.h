// What the newest commits of a branch changed.
//
//	c3 ── c2 ── c1      along first parents, newest first
//	 `-- {README.md}    the files in which c3 differs from c2
//
// Ownership: all of it lives in the arena.
#ifndef RMK_GIT_BRANCH_COMMITS_H
#define RMK_GIT_BRANCH_COMMITS_H

#include "git/repository.h"

struct rmk_changed_file {
	struct rmk_str path; // from the top
	char status;         // 'M', and as git log --raw has it: 'A', 'D', 'T'
};

struct rmk_branch_commit {
	struct rmk_str id, parent; // parent empty: the first commit
	bool merge;                // its files are not listed
	struct rmk_str mail, subject, body;
	struct rmk_changed_file *files; // [nfiles]
	size_t nfiles;
};

// At most `most` commits from rev on. RMK_NOT_FOUND: it names no commit.
enum rmk_code rmk_branch_commits(struct rmk_arena *a, struct rmk_repo *repo,
    struct rmk_str rev, uint32_t most, struct rmk_branch_commit **out, size_t *n,
    struct rmk_err *err);

// The mail of whom git would name as the author.
enum rmk_code rmk_git_author_mail(struct rmk_arena *a, const struct rmk_repo *repo,
    struct rmk_str *out, struct rmk_err *err);

#endif
