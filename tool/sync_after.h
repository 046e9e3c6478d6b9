// A sync that comes with another command: --sync, or git's setting rowmark.sync = auto.
//
//	set, done, add ...  commit ──▶ sync           what cannot be pushed now is told, and waits
//	claim               sync ──▶ commit as an object ──▶ push ──▶ branch, index and file
//	                      ▲                            │
//	                      `──── somebody was faster ◀──'  one owner over all clones
#ifndef TOOL_SYNC_AFTER_H
#define TOOL_SYNC_AFTER_H

#include "write.h"

// After a command that went well. The setting alone syncs only what the command has committed, and
// no branch without upstream.
enum exit_status sync_after(struct call *c, enum exit_status status);

// Before a command that decides on rows: what others pushed is here then, and what it commits is
// pushed before anything of it is seen here. Nothing where no sync is wanted.
enum rmk_code sync_first(struct call *c, struct rmk_err *err);

// For rmk_commit_opts.before, after sync_first.
enum rmk_code sync_push(
    void *call, struct rmk_arena *a, struct rmk_str commit, struct rmk_err *err);

#endif
