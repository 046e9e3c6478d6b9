// Commits and trees as bytes, for walks that read ten thousand of them.
//
//	id ──▶ "tree 1a2b…\nparent 3c4d…\nauthor Ada <…> 1767… +0000\n"  ──▶ ids and a few spans
//	id ──▶ "100644 README.md\0…" "40000 docs\0…"                      ──▶ visit(name, id)
//
// libgit2's own commit and tree objects cost more than reading them does; only ids and
// a few spans are wanted here. Inner side of the door to libgit2.
#ifndef RMK_GIT_OBJECT_READ_H
#define RMK_GIT_OBJECT_READ_H

#include "git/commit_graph.h"
#include "git/engine.h"
#include "git/git_internal.h"

#define RMK_PARENTS_READ 16 // an octopus with more arms than this is not known

struct rmk_commit_raw {
	struct rmk_object object; // spans point into it: rmk_commit_close; NULL: no spans
	struct rmk_oid id, tree;
	struct rmk_oid parents[RMK_PARENTS_READ];
	size_t nparents;
	struct rmk_str author, committer; // lines without their first word
	struct rmk_str message;
	bool encoded;    // the message is not in UTF-8
	int64_t time;    // of the committer
	uint32_t parent; // the place of the first one in the graph, or RMK_NO_PLACE
};

// What a walk needs at hand.
struct rmk_walk {
	struct rmk_arena *a;
	struct rmk_repo *repo;
	struct rmk_oid *shallow; // [nshallow] commits whose parents are not here
	size_t nshallow;
	const struct rmk_graph *graph; // NULL: not asked for yet
	struct rmk_str grafts;         // info/grafts; empty: none
	struct rmk_revisions *out;
	size_t cap;
	const struct rmk_git_log_opts *opts;
};

enum rmk_code rmk_walk_commit(struct rmk_walk *w, const struct rmk_oid *id,
    struct rmk_commit_raw *out, struct rmk_err *err);
void rmk_commit_close(struct rmk_commit_raw *c);

// The tree and the first parent of a commit, from the graph where it is in there (place:
// where; RMK_NO_PLACE: not known), else all of it. rmk_walk_fill then reads what is left.
enum rmk_code rmk_walk_link(struct rmk_walk *w, const struct rmk_oid *id, uint32_t place,
    struct rmk_commit_raw *out, struct rmk_err *err);
enum rmk_code rmk_walk_fill(
    struct rmk_walk *w, struct rmk_commit_raw *c, struct rmk_err *err);

// Visit the entries of a tree, reading no other object; false to stop.
typedef bool rmk_visit_entry(
    void *ctx, struct rmk_str name, bool is_tree, bool is_file, const struct rmk_oid *id);
enum rmk_code rmk_walk_tree(struct rmk_walk *w, const struct rmk_oid *id,
    rmk_visit_entry *visit, void *ctx, struct rmk_err *err);

// Add a version made by a commit.
struct rmk_revision *rmk_walk_emit(
    struct rmk_walk *w, const struct rmk_commit_raw *c, size_t file, struct rmk_str path);

// Where a path that is new in a commit came from: the path it had in the parent.
// False: it is new.
bool rmk_walk_renamed(struct rmk_walk *w, const struct rmk_oid *parent_tree,
    const struct rmk_oid *tree, struct rmk_str path, struct rmk_str *from);

enum rmk_code rmk_walk_first(
    struct rmk_walk *w, const struct rmk_oid *start, struct rmk_err *err);
enum rmk_code rmk_walk_full(
    struct rmk_walk *w, const struct rmk_oid *start, struct rmk_err *err);

#endif
