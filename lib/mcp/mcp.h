// The Model Context Protocol over a pipe, for programs that have no shell.
//
//	peer ──▶ rpc ──▶ mcp.c ──▶ methods.c ──▶ words.c ──▶ host runs "set --json -- lora Read"
//	 ▲                 └─ tools/list: schemas.c, statuses.c               │
//	 └── text and structuredContent, a page of it ◀── answer.c ◀── the command's document
//
// Both eras of the protocol are served at once: a request whose _meta names a version (2026-07-28)
// is answered by itself; others come after initialize (2025-11-25, 2025-06-18).
//
// Nothing of what a tool does is known here: a tool is a command, and host runs it.
#ifndef RMK_MCP_MCP_H
#define RMK_MCP_MCP_H

#include "rpc/rpc.h"

// An answer to a call takes no more bytes than that, whatever the table holds.
#define RMK_MCP_ANSWER_MOST ((size_t)20 << 10)

// One command, run to its end.
struct rmk_mcp_run {
	const char *const *words; // ends in NULL
	struct rmk_rpc *rpc;      // whoever asked there may take it back meanwhile:
	const struct rmk_rpc_message
	    *asked; // then the command is ended; NULL: nobody did
	bool taken_back;
	struct rmk_str out, err; // what it printed, in the arena
	int status;              // its exit status
};

struct rmk_mcp_host {
	bool read_only; // tools that write are not there
	void *ctx;
	enum rmk_code (*run)(struct rmk_arena *a, const struct rmk_mcp_host *host,
	    struct rmk_mcp_run *run, struct rmk_err *err);
	// RMK_REFUSED: an address that leads out of the folder that is served.
	enum rmk_code (*may_read)(struct rmk_arena *a, const struct rmk_mcp_host *host,
	    struct rmk_str address, struct rmk_err *err);
};

// Serve until the peer ends.
enum rmk_code rmk_mcp_serve(
    struct rmk_rpc *rpc, const struct rmk_mcp_host *host, struct rmk_err *err);

#endif
