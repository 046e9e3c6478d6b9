// What the files of lib/git share: the open repository, and small words to libgit2.
//
//	repository.h, commit.h, log.h, ...     what others see
//	------------------------------------
//	struct rmk_repo ──▶ engine             libgit2, or git cat-file (engine.h)
//	                ──▶ settings           what `git config --list -z` prints
//	                ──▶ graph, held lock
//
// This is the inner side of the door: no file of another folder includes it.
#ifndef RMK_GIT_GIT_INTERNAL_H
#define RMK_GIT_GIT_INTERNAL_H

#include "git/commit_graph.h"
#include "git/object_id.h"
#include "git/process.h"
#include "git/repository.h"

#include <git2.h>
#if LIBGIT2_VER_MAJOR != 1 || LIBGIT2_VER_MINOR < 5
#error "libgit2: another version is wanted, 1.5 or later, and before 2 (libgit2-dev)"
#endif
// Where git_error_clear is, from libgit2 1.8 on.
#if __has_include(<git2/sys/errors.h>)
#include <git2/sys/errors.h>
#endif

enum rmk_kind {
	RMK_KIND_ANY,
	RMK_KIND_COMMIT,
	RMK_KIND_TREE,
	RMK_KIND_BLOB,
	RMK_KIND_TAG,
	RMK_KINDS
};

extern const char *const rmk_kind_names[RMK_KINDS]; // git's words

struct rmk_setting {
	struct rmk_str name, value; // value.s NULL: none was given
};

struct rmk_lock;

struct rmk_repo {
	struct rmk_arena *a;
	const struct rmk_engine *engine;
	struct rmk_lock *held; // the index's, kept from an attempt for the next; or NULL
	git_repository *git;   // NULL: libgit2 cannot open it
	const char *start;     // the folder it was looked for in
	struct rmk_str top;    // ends in '/'; empty: bare
	struct rmk_str gitdir; // ends in '/'
	struct rmk_str common; // gitdir of the main worktree, ends in '/'
	struct rmk_str index;  // path of the index file
	size_t id_size;        // bytes of an object's name
	struct rmk_setting *settings; // [nsettings] once has_settings
	size_t nsettings, settings_cap;
	bool has_settings, no_git, replaces;
	struct rmk_talk talk;   // with git cat-file
	struct rmk_graph graph; // once it was asked for (rmk_graph_of)
	bool graph_known;
};

// RMK_GIT in libgit2's words, "what: why". A full disk leaves it without any: then in
// those of errno, if no older error is there (git_error_clear before the call).
enum rmk_code rmk_git_fail(struct rmk_err *err, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

// Let a program run where the person is, as git itself does.
void rmk_git_place(struct rmk_arena *a, const struct rmk_repo *repo, struct rmk_run *run);

// locate.c: fill in the paths and id_size. On failure git's words are in `said`.
enum rmk_code rmk_locate(struct rmk_repo *repo, struct rmk_str *said, bool *missing);

// settings.c. A setting that is not there leaves out as it is. RMK_INVALID for what git
// calls bad.
enum rmk_code rmk_settings_read(struct rmk_repo *repo, struct rmk_err *err);
enum rmk_code rmk_setting_text(
    struct rmk_repo *repo, const char *name, struct rmk_str *out, struct rmk_err *err);
enum rmk_code rmk_setting_bool(
    struct rmk_repo *repo, const char *name, bool *out, struct rmk_err *err);
// core.sharedRepository: the rights that files get besides; negative: these alone; 0: none.
enum rmk_code rmk_setting_shared(struct rmk_repo *repo, int *out, struct rmk_err *err);
// Whether any setting is named FRONT...BACK, and has that value (s NULL: whatever it is).
bool rmk_setting_any(struct rmk_repo *repo, struct rmk_str front, struct rmk_str back,
    struct rmk_str value);
// settings_check.c: refuse where git would make no commit, for a setting that it calls bad.
enum rmk_code rmk_settings_check(struct rmk_repo *repo, struct rmk_err *err);
// The files of settings that were left out, since there is no git; empty: none.
struct rmk_str rmk_settings_unseen(struct rmk_arena *a, struct rmk_repo *repo);

// The commit or the tree that a revision names, as git names them.
enum rmk_code rmk_repo_rev(struct rmk_repo *repo, struct rmk_str rev, enum rmk_kind kind,
    struct rmk_oid *out, struct rmk_err *err);

// The bytes of a blob.
enum rmk_code rmk_repo_blob(struct rmk_arena *a, struct rmk_repo *repo,
    const struct rmk_oid *id, struct rmk_str path, struct rmk_str *out,
    struct rmk_err *err);
// The same, and `like` itself where the bytes are the same.
enum rmk_code rmk_repo_blob_like(struct rmk_arena *a, struct rmk_repo *repo,
    const struct rmk_oid *id, struct rmk_str path, struct rmk_str like,
    struct rmk_str *out, struct rmk_err *err);

// tree.c: what is at path in a tree: its id and mode, mode 0 when nothing is.
enum rmk_code rmk_tree_find(struct rmk_repo *repo, const struct rmk_oid *tree,
    struct rmk_str path, struct rmk_oid *id, uint32_t *mode, struct rmk_err *err);
// All files in a tree, in the order of git.
enum rmk_code rmk_tree_list(struct rmk_arena *a, struct rmk_repo *repo,
    const struct rmk_oid *tree,
    void (*add)(void *ctx, struct rmk_str path, uint32_t mode), void *ctx,
    struct rmk_err *err);
// Write the tree in which these files, which are in it, have other ids and modes.
struct rmk_tree_change {
	struct rmk_str path;
	struct rmk_oid id;
	uint32_t mode;
};
enum rmk_code rmk_tree_update(struct rmk_repo *repo, const struct rmk_oid *tree,
    struct rmk_tree_change *changes, size_t n, struct rmk_oid *out, struct rmk_err *err);

#endif
