// Branches merged into another by row, in no worktree.
//
//	main ── m1 ── m2                  main ── m1 ── m2 ── M1 ── M2     a merge commit each,
//	  |── a1 ── a2   topic-a    ──▶     |── a1 ── a2 ────'     /       or one commit each,
//	  `── b1         topic-b            `── b1 ───────────────'        or theirs made anew
//
// All of them or none: the branch moves once, from where it was when it was read.
#ifndef RMK_SYNC_LAND_H
#define RMK_SYNC_LAND_H

#include "sync/tree_merge.h"

enum rmk_landing { RMK_LAND_MERGE, RMK_LAND_SQUASH, RMK_LAND_REBASE };

struct rmk_land {
	struct rmk_str onto; // "main"
	enum rmk_landing way;
	struct rmk_str message; // of merge and squash commits; empty: as git has it
};

struct rmk_landed {
	struct rmk_str branch, id; // as named, and its commit in hex
	struct rmk_str
	    commit; // the tip with it; empty: it is in there already, or cannot be
	bool already;
	struct rmk_obstacle *obstacles; // "ours" is the side of `onto`
	size_t n;
};

struct rmk_land_result {
	struct rmk_str ref, from, to; // the branch, where it is and where it is to go
	struct rmk_landed *v; // [n] as named; behind one with obstacles none was tried
	size_t n;
	bool blocked;
};

// Make the commits. Nothing moves: rmk_carry_branch does that.
enum rmk_code rmk_land_make(struct rmk_arena *a, struct rmk_repo *repo,
    const struct rmk_merging *m, const struct rmk_land *land, char *const *branches,
    size_t n, struct rmk_land_result *out, struct rmk_err *err);

#endif
