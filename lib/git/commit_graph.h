// git's commit-graph: the tree and the parents of commits without inflating them.
//
//	"CGPH" 1 1 chunks 0 | OIDF fanout | OIDL ids, sorted | CDAT a record a commit
//
// git gc and git maintenance write it. It is used as git uses it: only to save reading
// what the commits themselves say, and not in a shallow clone, where it may know more than
// there is. A chain of graphs, or a file of another form, is as if there were none.
//
// Ownership: the mapped file, until rmk_graph_close. A graph is read only, so threads may
// share it.
#ifndef RMK_GIT_COMMIT_GRAPH_H
#define RMK_GIT_COMMIT_GRAPH_H

#include "git/id_table.h"
#include "git/log.h"

#define RMK_NO_PLACE UINT32_MAX

struct rmk_graph {
	const uint8_t *bytes; // NULL: there is none
	size_t size;
	struct rmk_ids ids;
	const uint8_t *data;
};

struct rmk_graph_commit {
	struct rmk_oid id, tree;
	uint32_t parent; // the place of the first one; RMK_NO_PLACE: there is none
	bool merge;
};

void rmk_graph_open(
    struct rmk_graph *g, struct rmk_arena *a, const struct rmk_repo *repo);
void rmk_graph_close(struct rmk_graph *g);

// The place of a commit, or RMK_NO_PLACE.
uint32_t rmk_graph_find(const struct rmk_graph *g, const struct rmk_oid *id);

// The place of its first parent, or RMK_NO_PLACE.
uint32_t rmk_graph_parent(const struct rmk_graph *g, uint32_t place);

// How many commits lead to one at most, itself among them; place < ids.n. A parent's is lower,
// so that no sound graph leads round in a circle.
uint32_t rmk_graph_generation(const struct rmk_graph *g, uint32_t place);

// False: the place or its record is malformed.
bool rmk_graph_commit(
    const struct rmk_graph *g, uint32_t place, struct rmk_graph_commit *out);

#endif
