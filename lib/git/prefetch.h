// Reading versions ahead: while one is parsed, another thread inflates the next ones.
//
//	asked for   v0  v1  v2  v3  v4 ...         the caller's thread
//	                        └─ v4  v5  v6 ...  a thread begins once it looks like a run
//
// A third of the time of a history that is read for the first time is inflating. Who asks
// for a version that is still being read takes another one meanwhile, so that both threads
// have work to the end. At most RMK_AHEAD versions, or RMK_AHEAD_BYTES, wait to be asked
// for.
//
// Where no thread can be started, versions are read when they are asked for.
#ifndef RMK_GIT_PREFETCH_H
#define RMK_GIT_PREFETCH_H

#include "git/log.h"

#define RMK_AHEAD 64
#define RMK_AHEAD_BYTES ((size_t)4 << 20)

struct rmk_git_ahead;

// The versions v[n] of a file, newest first. They and arena a stay as long as this does.
RMK_API struct rmk_git_ahead *rmk_git_ahead_open(
    struct rmk_arena *a, struct rmk_repo *repo, struct rmk_revision *const *v, size_t n);

// The text of v[i], in arena a; as rmk_git_log_read.
RMK_API enum rmk_code rmk_git_ahead_read(struct rmk_git_ahead *ahead, struct rmk_arena *a,
    size_t i, struct rmk_str *out, struct rmk_err *err);

// Ends the thread.
RMK_API void rmk_git_ahead_close(struct rmk_git_ahead *ahead);

#endif
