// Two ways to the objects and refs of a repository.
//
//	         .──▶ libgit2   the fast way
//	engine ──┤
//	         `──▶ git       the right way, where libgit2 cannot open the repository or a
//	                        setting asks for what it does not do
//
// Nobody above this header knows which one it is, but for the index (index.h), which git
// itself reads and writes where it is the engine. Inner side of the door to git.
//
// Errors: a look-up that fails with RMK_NOT_FOUND or RMK_AMBIGUOUS fills no err: the caller
// knows what was looked for.
#ifndef RMK_GIT_ENGINE_H
#define RMK_GIT_ENGINE_H

#include "git/git_internal.h"

// An object, as long as it is open.
struct rmk_object {
	enum rmk_kind kind;
	struct rmk_str text;
	void *held;             // libgit2's
	struct rmk_arena arena; // where git's answer is kept
};

struct rmk_engine {
	// The object of that kind that a name stands for, as git rev-parse has it.
	enum rmk_code (*find)(struct rmk_repo *repo, struct rmk_str name,
	    enum rmk_kind kind, struct rmk_oid *out, struct rmk_err *err);
	enum rmk_code (*read)(struct rmk_repo *repo, const struct rmk_oid *id,
	    struct rmk_object *out, struct rmk_err *err);
	enum rmk_code (*write)(struct rmk_repo *repo, enum rmk_kind kind,
	    struct rmk_str text, struct rmk_oid *out, struct rmk_err *err);
	// The ref that HEAD names; empty when it is detached.
	enum rmk_code (*head)(struct rmk_arena *a, struct rmk_repo *repo,
	    struct rmk_str *out, struct rmk_err *err);
	// The id in a ref, whether that object is there or not.
	enum rmk_code (*ref)(struct rmk_repo *repo, struct rmk_str name,
	    struct rmk_oid *out, struct rmk_err *err);
};

extern const struct rmk_engine rmk_engine_libgit2, rmk_engine_git;

git_oid rmk_libgit2_oid(const struct rmk_oid *id);

// An object by the repository's engine; what libgit2 does not find git is asked for, since
// it may be fetched. RMK_NOT_FOUND fills no err; another kind than the wanted one is
// damage. Close it when it was opened.
enum rmk_code rmk_object_open(struct rmk_repo *repo, const struct rmk_oid *id,
    enum rmk_kind kind, struct rmk_object *out, struct rmk_err *err);
void rmk_object_close(struct rmk_object *object);

#endif
