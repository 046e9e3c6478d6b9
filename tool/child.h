// A command line in a process of its own, for a server that has to outlive it.
//
//	words ──fork──▶ tool_run ──▶ standard output, standard error, exit status
//
// Whatever a command does to its process (its locks, its memory, a signal that ends it) ends
// there, and what a hook prints is read here. It ends with the server, as after a signal: a commit
// that has begun is made or taken back. What a hook leaves running is not waited for.
#ifndef TOOL_CHILD_H
#define TOOL_CHILD_H

#include "cmd.h"
#include "mcp/mcp.h"

enum rmk_code child_run(
    struct rmk_arena *a, struct rmk_mcp_run *run, struct rmk_err *err);

#endif
