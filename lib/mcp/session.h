// One peer and what it was told; private to lib/mcp.
//
//	mcp.c ──▶ methods.c        initialize, tools/list, tools/call ...: a request, its answer
//	     `──▶ list_changed.c   who is to be told that the statuses are others, and when
#ifndef RMK_MCP_SESSION_H
#define RMK_MCP_SESSION_H

#include "mcp/mcp.h"
#include "mcp/statuses.h"

// The revision whose requests stand alone, and the prefix of what they say of themselves.
#define MCP_STATELESS "2026-07-28"
#define MCP_META "io.modelcontextprotocol/"

#define MCP_LISTENERS_MOST 8

struct mcp_session {
	struct rmk_rpc *rpc;
	const struct rmk_mcp_host *host;
	bool initialized;
	// Subscriptions, not answered yet.
	struct rmk_rpc_message *listeners[MCP_LISTENERS_MOST];
	size_t nlisteners;
	struct rmk_mcp_statuses statuses;
	bool listed;     // somebody has the list of tools
	long long quiet; // milliseconds until the tables are looked at
};

// One request and how it is answered.
struct mcp_request {
	struct mcp_session *session;
	struct rmk_rpc_message *m;
	bool stateless;
	bool kept; // it is answered later
};

void mcp_refuse(const struct mcp_request *r, enum rmk_rpc_error code, const char *why);

void mcp_initialize(struct mcp_request *r);
void mcp_ping(struct mcp_request *r);
void mcp_discover(struct mcp_request *r);
void mcp_tools_list(struct mcp_request *r);
void mcp_tools_call(struct mcp_request *r);

// subscriptions/listen, and that the peer wants no more of it.
void mcp_listen(struct mcp_request *r);
void mcp_forget_listener(struct mcp_session *s, const struct rmk_json_value *id);

// Something has come: the tables are looked at soon. And until the next message comes, look.
void mcp_list_soon(struct mcp_session *s);
void mcp_list_wait(struct mcp_session *s);

#endif
