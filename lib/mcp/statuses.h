// The statuses of all tables, which tools/list offers.
//
//	{"tables": [{"values": ["Todo", "Done"]}, {"values": ["Done", "Read"]}]} ──▶ Todo, Done, Read
#ifndef RMK_MCP_STATUSES_H
#define RMK_MCP_STATUSES_H

#include "mcp/mcp.h"

struct rmk_mcp_statuses {
	struct rmk_arena arena;
	struct rmk_str *v; // [n] each once, in the order of the tables
	size_t n, cap;
	long long took; // milliseconds to look
};

// Look at the tables. True: they are others than before. Where the tables cannot be read there
// are none.
bool rmk_mcp_statuses_look(
    struct rmk_mcp_statuses *s, const struct rmk_mcp_host *host, struct rmk_rpc *rpc);

// A clock that only goes on, in milliseconds.
long long rmk_mcp_clock(void);

#endif
