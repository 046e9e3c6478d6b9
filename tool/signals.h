// Signals that end a command in the middle of a commit.
//
//	reading under the lock ──SIGTERM──▶ the lock away, and the end
//	writing                ──SIGTERM──▶ held back until all is done or taken back
#ifndef TOOL_SIGNALS_H
#define TOOL_SIGNALS_H

#include "git/commit.h"

// What a commit is to note in it is taken away when SIGINT, SIGTERM, SIGHUP, SIGPIPE or
// SIGQUIT end the process from now on. Signals that are ignored stay so.
struct rmk_commit_trace *signals_watch(void);
// The process leads a group of its own: a hook that hangs ends with it.
void signals_end_group(void);

#endif
