// The hooks that `git rebase` runs when it makes commits anew: pre-rebase and post-rewrite.
//
//	pre-rebase ──▶ commits made anew, pushed, the branch moved ──▶ post-rewrite "OLD NEW"...
#ifndef RMK_SYNC_REWRITE_HOOKS_H
#define RMK_SYNC_REWRITE_HOOKS_H

#include "sync/replay.h"

// RMK_HOOK: it said no.
enum rmk_code rmk_hook_pre_rebase(struct rmk_arena *a, const struct rmk_repo *repo,
    struct rmk_str upstream, struct rmk_err *err);

// It is told which commit became which; what it says of that changes nothing.
void rmk_hook_post_rewrite(
    struct rmk_arena *a, const struct rmk_repo *repo, const struct rmk_replay *replay);

#endif
