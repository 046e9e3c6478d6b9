// The older half of a long walk, on a thread of its own.
//
//	HEAD ── c ── c ── c ── middle ── c ── c ── c ── root
//	this thread ─────────▶ joins     the other one ───▶
//
// Where the middle is, the commit-graph tells; without it there is one half. What the
// other thread finds is as what an earlier walk found from the middle on: it goes on with
// it if the file is called there what it is called now.
#ifndef RMK_GIT_LOG_HALF_H
#define RMK_GIT_LOG_HALF_H

#include "git/object_read.h"

struct rmk_half;

// NULL: the walk is short, or there is no graph, or no thread.
struct rmk_half *rmk_half_start(struct rmk_walk *w, const struct rmk_oid *start);

// Whether the half begins at this commit.
bool rmk_half_is_at(const struct rmk_half *half, const struct rmk_oid *id);

// Wait for it. False: it failed. out lives in the arena of the walk.
bool rmk_half_join(struct rmk_half *half, struct rmk_revisions *out);

// When nobody waits for it; after a join it does nothing.
void rmk_half_stop(struct rmk_half *half);

#endif
