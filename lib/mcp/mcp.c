// A server: requests to their methods, in both eras of the protocol.
#include "mcp/session.h"

#define UNSUPPORTED_VERSION (-32022)

static const struct mcp_method {
	const char *name;
	void (*answer)(struct mcp_request *r);
	bool in_session, stateless; // in which era it is known
} mcp_methods[] = {
    {"initialize", mcp_initialize, true, false},
    {"ping", mcp_ping, true, false},
    {"server/discover", mcp_discover, false, true},
    {"subscriptions/listen", mcp_listen, false, true},
    {"tools/list", mcp_tools_list, true, true},
    {"tools/call", mcp_tools_call, true, true},
};

static void
mcp_refuse_version(const struct mcp_request *r, struct rmk_str wanted)
{
	struct rmk_json *j = rmk_rpc_result(r->session->rpc, r->m);

	rmk_json_object(j, "error");
	rmk_json_number(j, "code", UNSUPPORTED_VERSION);
	rmk_json_cstr(j, "message", "Unsupported protocol version");
	rmk_json_object(j, "data");
	rmk_json_raw(j, "supported", RMK_STR("[\"" MCP_STATELESS "\"]"));
	rmk_json_text(j, "requested", rmk_str_part(wanted, 0, 80));
	rmk_json_end(j);
	rmk_json_end(j);
	rmk_rpc_send(r->session->rpc);
}

// Of which era a request is. False: of none, and it is answered.
static bool
mcp_find_era(struct mcp_request *r)
{
	const struct rmk_json_value *meta = rmk_json_member(r->m->params, "_meta");
	const struct rmk_json_value *version = rmk_json_member(
	    meta, MCP_META "protocolVersion");
	bool opens = rmk_str_eq(r->m->method, RMK_STR("initialize")) ||
	             rmk_str_eq(r->m->method, RMK_STR("ping"));

	r->stateless = version;
	if (!version && (r->session->initialized || opens))
		return true;
	if (!version)
		mcp_refuse(r, RMK_RPC_INVALID_PARAMS,
		    "no protocol version: _meta of the request names it, or initialize "
		    "comes first");
	else if (!rmk_str_eq(rmk_json_text_of(version), RMK_STR(MCP_STATELESS)))
		mcp_refuse_version(r, rmk_json_text_of(version));
	else if (!rmk_json_member(meta, MCP_META "clientCapabilities"))
		mcp_refuse(r, RMK_RPC_INVALID_PARAMS,
		    "_meta lacks " MCP_META "clientCapabilities");
	else
		return true;
	return false;
}

static void
mcp_answer(struct mcp_request *r)
{
	if (!mcp_find_era(r))
		return;
	for (size_t i = 0; i < sizeof mcp_methods / sizeof *mcp_methods; i++) {
		const struct mcp_method *known = &mcp_methods[i];

		if (rmk_str_eq(r->m->method, rmk_str_of(known->name)) &&
		    (r->stateless ? known->stateless : known->in_session)) {
			known->answer(r);
			return;
		}
	}
	mcp_refuse(r, RMK_RPC_METHOD_NOT_FOUND, "no such method");
}

// Of notifications one matters: that nobody listens any more. Answers to requests of ours are
// of none, since we make none.
static void
mcp_take(struct mcp_session *s, struct rmk_rpc_message *m)
{
	struct mcp_request r = {.session = s, .m = m};

	if (m->id && m->method.s)
		mcp_answer(&r);
	else if (rmk_str_eq(m->method, rmk_str_of(s->rpc->dialect->cancel)))
		mcp_forget_listener(
		    s, rmk_json_member(m->params, s->rpc->dialect->cancel_id));
	if (!r.kept)
		rmk_rpc_done(m);
	mcp_list_soon(s);
}

enum rmk_code
rmk_mcp_serve(struct rmk_rpc *rpc, const struct rmk_mcp_host *host, struct rmk_err *err)
{
	struct mcp_session s = {.rpc = rpc, .host = host};
	struct rmk_rpc_message *m;
	enum rmk_code code;

	mcp_list_soon(&s);
	do {
		mcp_list_wait(&s);
		code = rmk_rpc_next(rpc, &m, err);
		if (!code && m)
			mcp_take(&s, m);
	} while (!code && m);
	for (size_t i = 0; i < s.nlisteners; i++)
		rmk_rpc_done(s.listeners[i]);
	rmk_arena_free(&s.statuses.arena);
	return code;
}
