// What the files git_*.c share: the open repository, and small words to libgit2.
//
// This is the inner side of the door: no other file includes it.
#ifndef RMK_GIT_GIT_INTERNAL_H
#define RMK_GIT_GIT_INTERNAL_H

#include "git/commit_graph.h"
#include "git/process.h"
#include "git/repository.h"

#include <git2.h>

struct rmk_repo {
	git_repository *git;
	git_config *config;
	struct rmk_str top;    // ends in '/'; empty: bare
	struct rmk_str gitdir; // ends in '/'
	struct rmk_str common; // gitdir of the main worktree, ends in '/'
	struct rmk_str index;  // path of the index file
	struct rmk_str
	    listed; // `git config -z --list`, when only git can tell; s NULL: no
	struct rmk_graph graph; // once it was asked for (rmk_graph_of)
	bool graph_known;
};

// RMK_GIT in libgit2's words, "what: why". A full disk leaves it without any: then in
// those of errno, if no older error stands there (git_error_clear before the call).
enum rmk_code rmk_git_fail(struct rmk_err *err, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

// Run `git ARG...` in the top folder (in the git folder when bare); the list of
// arguments ends in NULL. Fails with RMK_GIT when git exits with anything but 0; what
// git said went to standard error unless quiet.
enum rmk_code rmk_git_run(struct rmk_arena *a, const struct rmk_repo *repo,
    struct rmk_run *run, struct rmk_err *err);

// A boolean as git reads it; def when unset or unreadable.
bool rmk_repo_config_bool(
    struct rmk_arena *a, struct rmk_repo *repo, const char *name, bool def);

// The commit or the tree that a revision names, as git names them.
enum rmk_code rmk_repo_rev(struct rmk_arena *a, const struct rmk_repo *repo,
    struct rmk_str rev, git_object_t type, git_oid *out, struct rmk_err *err);

// The bytes of a blob.
enum rmk_code rmk_repo_blob(struct rmk_arena *a, const struct rmk_repo *repo,
    const git_oid *id, struct rmk_str path, struct rmk_str *out, struct rmk_err *err);

// What is at path in a tree: its id and mode, mode 0 when nothing is.
enum rmk_code rmk_tree_find(struct rmk_arena *a, const struct rmk_repo *repo,
    const git_oid *tree, struct rmk_str path, git_oid *id, uint32_t *mode,
    struct rmk_err *err);

#endif
