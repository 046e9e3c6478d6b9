// git's commit-graph: the tree and the parents of commits without inflating them.
//
//	"CGPH" 1 1 chunks 0 | OIDF fanout | OIDL ids, sorted | CDAT a record a commit | SHA-1
//
//	fanout  256 numbers: how many ids begin with a byte of at most 0, 1 ... 255
//
// git gc and git maintenance write it. It is used as git uses it: only to save reading what
// the commits themselves say, and not where a commit counts for another one than it says
// (replace refs, grafts) or has no parents here (a shallow clone). A chain of graphs, a file
// of another form, or one whose checksum is wrong is as if there were none.
//
// The file is mapped when it is first asked for, and its checksum is computed then, once for
// an open repository.
//
// Ownership: the repository's (rmk_repo_close).
#ifndef RMK_GIT_COMMIT_GRAPH_H
#define RMK_GIT_COMMIT_GRAPH_H

#include "git/log.h"

#define RMK_NO_PLACE UINT32_MAX

struct rmk_graph {
	const uint8_t *bytes; // NULL: there is none
	size_t size;
	const uint8_t *fanout, *ids, *data;
	uint32_t n; // commits in it
};

struct rmk_graph_commit {
	struct rmk_oid id, tree;
	uint32_t parent; // the place of the first one; RMK_NO_PLACE: there is none
	bool merge;
};

// The graph of a repository. One that must not be used is empty.
const struct rmk_graph *rmk_graph_of(struct rmk_arena *a, struct rmk_repo *repo);

void rmk_graph_close(struct rmk_graph *g);

// The place of a commit, or RMK_NO_PLACE.
uint32_t rmk_graph_find(const struct rmk_graph *g, const struct rmk_oid *id);

// False: there is no such place, or its record is malformed. A parent's generation is lower,
// so that no sound record leads round in a circle.
bool rmk_graph_commit(
    const struct rmk_graph *g, uint32_t place, struct rmk_graph_commit *out);

#endif
