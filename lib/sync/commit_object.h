// Commits as objects, which no branch has yet.
//
//	tree, parents, message, author ──▶ git commit-tree ──▶ id
//
// Who commits is the person, as git knows them.
#ifndef RMK_SYNC_COMMIT_OBJECT_H
#define RMK_SYNC_COMMIT_OBJECT_H

#include "git/repository.h"

struct rmk_commit_text {
	struct rmk_str tree, parents[2]; // hex; empty: none
	struct rmk_str author;   // "Name <mail> 1700000000 +0000"; empty: the person, now
	struct rmk_str encoding; // of the message; empty: UTF-8
	struct rmk_str message;
	bool sign;
};

// A commit as it is. Of more than two parents the first two are read, and *nparents counts all.
enum rmk_code rmk_commit_read(struct rmk_arena *a, struct rmk_repo *repo,
    struct rmk_str id, struct rmk_commit_text *out, size_t *nparents,
    struct rmk_err *err);

// Whether commit.gpgsign asks for signatures.
enum rmk_code rmk_commit_wants_signature(
    struct rmk_arena *a, const struct rmk_repo *repo, bool *out, struct rmk_err *err);

enum rmk_code rmk_commit_write(struct rmk_arena *a, struct rmk_repo *repo,
    const struct rmk_commit_text *commit, struct rmk_str *id, struct rmk_err *err);

// Whether all of `old` is in `new_` already.
enum rmk_code rmk_commit_is_in(struct rmk_arena *a, const struct rmk_repo *repo,
    struct rmk_str old, struct rmk_str new_, bool *out, struct rmk_err *err);

// Two commits, and what each has that the other has not.
struct rmk_between {
	struct rmk_str *to; // [nto] of the second, the oldest first
	size_t nto, nfrom;
	struct rmk_str base; // one that both have; empty: none is known
};
enum rmk_code rmk_commits_between(struct rmk_arena *a, const struct rmk_repo *repo,
    struct rmk_str from, struct rmk_str to, struct rmk_between *out, struct rmk_err *err);

#endif
