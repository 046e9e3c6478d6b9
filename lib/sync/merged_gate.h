// What each side alone may say, and both together may not.
//
//	ours: declares Read, todo     theirs: a row says "Reading", declared as it was
//	merged: "Reading" is no value of its column     ──▶ an obstacle
//
// The gate of those who write (check/constraint_gate.h), for what a merge writes: files that
// differ from both sides are held to what they declare. What is wrong on a side may stay.
#ifndef RMK_SYNC_MERGED_GATE_H
#define RMK_SYNC_MERGED_GATE_H

#include "sync/tree_merge.h"

// Commits in hex. *out: the first error of each such file; NULL and 0: there is none.
enum rmk_code rmk_merged_gate(struct rmk_arena *a, struct rmk_repo *repo,
    struct rmk_str ours, struct rmk_str theirs, struct rmk_str merged,
    struct rmk_obstacle **out, size_t *n, struct rmk_err *err);

#endif
