// A branch and its upstream in step: what came is taken, what is new here is pushed.
//
//	fetch ──▶ our row commits made anew on what came ──▶ push ──▶ branch, index, files
//	  ▲                                                   │
//	  `──────────── refused: somebody was faster ◀────────'
//
// All commits are made as objects first. The branch here moves when the push has succeeded, with
// index and files in one step, so that whatever fails or is killed leaves the old state; a push
// that did succeed is found again, since a change that is upstream already is none.
#ifndef RMK_SYNC_SYNC_H
#define RMK_SYNC_SYNC_H

#include "sync/remote.h"
#include "sync/replay.h"

struct rmk_sync {
	const char *remote, *branch; // NULL: the upstream
	const char *to;    // push to this branch of the remote, and move nothing here
	bool all;          // commits that change more than rows too
	bool receive_only; // push nothing
	bool loud;         // git shows how far it is
	unsigned tries;    // pushes before it is given up; 0: 100
	// Before each attempt; false stops. May be NULL.
	bool (*tick)(void *ctx, unsigned attempt);
	void *ctx;
};

struct rmk_sync_result {
	struct rmk_upstream up;
	struct rmk_str to; // where the branch is now
	size_t nreceived, nsent,
	    nleft_out; // commits; left out: the upstream had their change
	unsigned attempts;
	struct rmk_replay replay; // stopped_at: the commit that needs a person
	struct rmk_str tip;       // of the upstream
};

// A conflict is no error: then replay.stopped_at is set, and nothing was moved or pushed.
// merging.swapped is to be set: "ours" is what was changed here.
enum rmk_code rmk_sync_run(struct rmk_arena *a, struct rmk_repo *repo,
    const struct rmk_merging *m, const struct rmk_sync *sync, struct rmk_sync_result *out,
    struct rmk_err *err);

// Sleep before another attempt, the first being 1: those who lost together do not come back together.
void rmk_sync_back_off(unsigned attempt);

#endif
