// What `sync` and `land` have in common: the repository, their folder in it, and how merges are made.
//
//	sync_begin ──▶ recover a killed one, take the folder ──▶ rmk_sync_run, rmk_land_make ──▶ sync_end
#ifndef TOOL_SYNC_RUN_H
#define TOOL_SYNC_RUN_H

#include "cmd.h"
#include "sync/tree_merge.h"

struct sync_run {
	struct call *c;
	struct rmk_repo *repo;
	struct rmk_scratch scratch;
	struct rmk_merging merging; // points to scratch: the struct must not be moved
};

// What a killed one left is taken back first.
enum rmk_code sync_begin(struct call *c, struct sync_run *out, struct rmk_err *err);
void sync_end(struct sync_run *run);

// Rows that need a person, a line each; the words "ours" and "theirs" as the merge has them.
void sync_print_obstacles(const struct rmk_obstacle *v, size_t n);
void sync_json_obstacles(struct rmk_json *j, const struct rmk_obstacle *v, size_t n);

#endif
