// The methods of the protocol, in both its eras.
#include "mcp/mcp.h"
#include "mcp/answer.h"
#include "mcp/statuses.h"
#include "mcp/tools.h"
#include "rpc/json_write.h"

#include <poll.h>

#define STATELESS "2026-07-28"
#define META "io.modelcontextprotocol/"
#define LISTENERS_MOST 8

// How often the tables are looked at while nobody asks, in milliseconds: looking takes a part in
// fifty of the time at most, and ever less the longer it stays quiet.
#define QUIET_LEAST 1000
#define QUIET_MOST 60000

#define UNSUPPORTED_VERSION (-32022)

static const char *const mcp_versions[] = {"2025-11-25", "2025-06-18"};
static const char instructions[] =
    "Rows of the Markdown tables in this folder. tables lists them; next says what to "
    "do; "
    "claim a row before you work on it, set its status when it is done. What is written "
    "is "
    "committed to git. An answer with next_cursor has more: ask the same with cursor. "
    "Hints "
    "name options of the command line: -f is table, -c column, --new new.";

struct mcp_session {
	struct rmk_rpc *rpc;
	const struct rmk_mcp_host *host;
	bool initialized;
	struct rmk_rpc_message
	    *listeners[LISTENERS_MOST]; // subscriptions, not answered yet
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

// --- answers ------------------------------------------------------------------------

static void
mcp_put_server(struct rmk_json *j, const char *name)
{
	rmk_json_object(j, name);
	rmk_json_cstr(j, "name", "rowmark");
	rmk_json_cstr(j, "version", RMK_VERSION);
	rmk_json_end(j);
}

static void
mcp_put_capabilities(struct rmk_json *j)
{
	rmk_json_raw(j, "capabilities", RMK_STR("{\"tools\":{\"listChanged\":true}}"));
}

static struct rmk_json *
mcp_begin(const struct mcp_request *r)
{
	struct rmk_json *j = rmk_rpc_result(r->session->rpc, r->m);

	rmk_json_object(j, "result");
	if (r->stateless) {
		rmk_json_cstr(j, "resultType", "complete");
		rmk_json_object(j, "_meta");
		mcp_put_server(j, META "serverInfo");
		rmk_json_end(j);
	}
	return j;
}

static void
mcp_end(const struct mcp_request *r, struct rmk_json *j)
{
	rmk_json_end(j);
	rmk_rpc_send(r->session->rpc);
}

// How long what is answered may be kept; nobody but the one who asked has the same tables.
static void
mcp_put_fresh(const struct mcp_request *r, struct rmk_json *j, long long ms)
{
	if (!r->stateless)
		return;
	rmk_json_number(j, "ttlMs", ms);
	rmk_json_cstr(j, "cacheScope", "private");
}

static void
mcp_refuse(const struct mcp_request *r, enum rmk_rpc_error code, const char *why)
{
	rmk_rpc_error(r->session->rpc, r->m, code, rmk_str_of(why));
}

// --- methods ------------------------------------------------------------------------

// The version the client asks for where it is one of ours, else our newest.
static void
mcp_initialize(struct mcp_request *r)
{
	struct rmk_str wanted = rmk_json_text_of(
	    rmk_json_member(r->m->params, "protocolVersion"));
	const char *version = mcp_versions[0];
	struct rmk_json *j;

	for (size_t i = 0; i < sizeof mcp_versions / sizeof *mcp_versions; i++)
		if (rmk_str_eq(wanted, rmk_str_of(mcp_versions[i])))
			version = mcp_versions[i];
	r->session->initialized = true;
	j = mcp_begin(r);
	rmk_json_cstr(j, "protocolVersion", version);
	mcp_put_capabilities(j);
	mcp_put_server(j, "serverInfo");
	rmk_json_cstr(j, "instructions", instructions);
	mcp_end(r, j);
}

static void
mcp_ping(struct mcp_request *r)
{
	mcp_end(r, mcp_begin(r));
}

static void
mcp_discover(struct mcp_request *r)
{
	struct rmk_json *j = mcp_begin(r);

	rmk_json_raw(j, "supportedVersions", RMK_STR("[\"" STATELESS "\"]"));
	mcp_put_capabilities(j);
	rmk_json_cstr(j, "instructions", instructions);
	mcp_put_fresh(r, j, 3600000);
	mcp_end(r, j);
}

static void
mcp_tools_list(struct mcp_request *r)
{
	struct mcp_session *s = r->session;
	struct rmk_json *j;

	if (rmk_json_member(r->m->params, "cursor")) {
		mcp_refuse(r, RMK_RPC_INVALID_PARAMS, "no cursor is known here");
		return;
	}
	rmk_mcp_statuses_look(&s->statuses, s->host, s->rpc);
	s->listed = true;
	j = mcp_begin(r);
	rmk_mcp_tools_put(j, s->statuses.v, s->statuses.n, s->host->read_only);
	mcp_put_fresh(r, j, QUIET_LEAST);
	mcp_end(r, j);
}

static enum rmk_code
mcp_may_call(struct mcp_request *r, const struct rmk_mcp_tool *tool,
    const struct rmk_json_value *arguments, struct rmk_err *err)
{
	const struct rmk_mcp_host *host = r->session->host;

	if (tool->writes && host->read_only) {
		rmk_fail(err, RMK_READ_ONLY, "%s: this server only reads", tool->name);
		return rmk_hint(
		    err, "it was started with --read-only; ask whoever did for another");
	}
	for (const struct rmk_mcp_param *p = tool->params; p->name; p++) {
		struct rmk_str address = rmk_json_text_of(
		    rmk_json_member(arguments, p->name));

		if (p->kind == RMK_MCP_ADDRESS && address.s &&
		    host->may_read(&r->m->arena, host, address, err))
			return err->code;
	}
	return RMK_OK;
}

static enum rmk_code
mcp_call(struct mcp_request *r, const struct rmk_mcp_tool *tool, struct rmk_mcp_run *run,
    struct rmk_mcp_cursor *cursor, struct rmk_err *err)
{
	const struct rmk_json_value *arguments = rmk_json_member(
	    r->m->params, "arguments");
	const struct rmk_json_value *from = rmk_json_member(arguments, "cursor");
	const struct rmk_mcp_host *host = r->session->host;

	if (mcp_may_call(r, tool, arguments, err) ||
	    rmk_mcp_cursor_read(rmk_json_text_of(from), cursor, err) ||
	    rmk_mcp_words(&r->m->arena, tool, arguments,
		cursor->from + RMK_MCP_ITEMS_MOST + 1, &run->words, err))
		return err->code;
	return host->run(&r->m->arena, host, run, err);
}

static void
mcp_tools_call(struct mcp_request *r)
{
	struct rmk_str name = rmk_json_text_of(rmk_json_member(r->m->params, "name"));
	const struct rmk_mcp_tool *tool = rmk_mcp_tool_find(name);
	struct rmk_mcp_run run = {.rpc = r->session->rpc, .asked = r->m};
	struct rmk_mcp_cursor cursor;
	struct rmk_err err;
	enum rmk_code code;
	struct rmk_json *j;

	if (!tool) {
		mcp_refuse(r, RMK_RPC_INVALID_PARAMS,
		    rmk_str_c(
			&r->m->arena, rmk_str_printf(&r->m->arena, "Unknown tool: %.*s",
					  RMK_FMT(rmk_str_part(name, 0, 80)))));
		return;
	}
	code = mcp_call(r, tool, &run, &cursor, &err);
	if (run.taken_back)
		return;
	j = mcp_begin(r);
	if (code)
		rmk_mcp_answer_error(j, &err);
	else
		rmk_mcp_answer_put(j, tool, &run, &cursor);
	mcp_end(r, j);
}

// --- that the list has changed --------------------------------------------------------

// {"params": {"_meta": {"io.modelcontextprotocol/subscriptionId": ID}, ...
static struct rmk_json *
mcp_notify(struct mcp_session *s, const char *method, const struct rmk_rpc_message *to)
{
	struct rmk_json *j = rmk_rpc_notification(s->rpc, method);

	if (to) {
		rmk_json_object(j, "params");
		rmk_json_object(j, "_meta");
		rmk_json_put(j, META "subscriptionId", to->id);
		rmk_json_end(j);
	}
	return j;
}

static void
mcp_listen(struct mcp_request *r)
{
	struct mcp_session *s = r->session;
	struct rmk_json *j;

	if (s->nlisteners == LISTENERS_MOST) {
		mcp_refuse(r, RMK_RPC_INVALID_PARAMS, "too many subscriptions at once");
		return;
	}
	j = mcp_notify(s, "notifications/subscriptions/acknowledged", r->m);
	rmk_json_object(j, "notifications");
	if (rmk_json_bool_of(
		rmk_json_member(
		    rmk_json_member(r->m->params, "notifications"), "toolsListChanged"),
		false)) {
		rmk_json_bool(j, "toolsListChanged", true);
		s->listeners[s->nlisteners++] = r->m;
		r->kept = true;
	}
	rmk_json_end(j);
	rmk_json_end(j);
	rmk_rpc_send(s->rpc);
}

static void
mcp_say_changed(struct mcp_session *s)
{
	static const char method[] = "notifications/tools/list_changed";

	if (s->initialized) {
		mcp_notify(s, method, NULL);
		rmk_rpc_send(s->rpc);
	}
	for (size_t i = 0; i < s->nlisteners; i++) {
		rmk_json_end(mcp_notify(s, method, s->listeners[i]));
		rmk_rpc_send(s->rpc);
	}
}

static void
mcp_forget_listener(struct mcp_session *s, const struct rmk_json_value *id)
{
	for (size_t i = 0; i < s->nlisteners; i++) {
		if (!rmk_json_is_same_id(s->listeners[i]->id, id))
			continue;
		rmk_rpc_done(s->listeners[i]);
		s->listeners[i--] = s->listeners[--s->nlisteners];
	}
}

// --- what is asked --------------------------------------------------------------------

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
	rmk_json_raw(j, "supported", RMK_STR("[\"" STATELESS "\"]"));
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
	    meta, META "protocolVersion");
	bool opens = rmk_str_eq(r->m->method, RMK_STR("initialize")) ||
	             rmk_str_eq(r->m->method, RMK_STR("ping"));

	r->stateless = version;
	if (!version && (r->session->initialized || opens))
		return true;
	if (!version)
		mcp_refuse(r, RMK_RPC_INVALID_PARAMS,
		    "no protocol version: _meta of the request names it, or initialize "
		    "comes first");
	else if (!rmk_str_eq(rmk_json_text_of(version), RMK_STR(STATELESS)))
		mcp_refuse_version(r, rmk_json_text_of(version));
	else if (!rmk_json_member(meta, META "clientCapabilities"))
		mcp_refuse(
		    r, RMK_RPC_INVALID_PARAMS, "_meta lacks " META "clientCapabilities");
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
	s->quiet = QUIET_LEAST;
}

// While nothing comes, look now and then whether what was listed is still so.
static void
mcp_wait(struct mcp_session *s)
{
	while (s->listed && (s->initialized || s->nlisteners) && !rmk_rpc_waits(s->rpc)) {
		struct pollfd in = {.fd = rmk_rpc_fd(s->rpc), .events = POLLIN};
		long long least = s->statuses.took * 50;

		if (s->quiet < least)
			s->quiet = least;
		if (in.fd < 0 || poll(&in, 1, (int)s->quiet) != 0)
			return;
		if (rmk_mcp_statuses_look(&s->statuses, s->host, s->rpc))
			mcp_say_changed(s);
		s->quiet = s->quiet * 2 < QUIET_MOST ? s->quiet * 2 : QUIET_MOST;
	}
}

enum rmk_code
rmk_mcp_serve(struct rmk_rpc *rpc, const struct rmk_mcp_host *host, struct rmk_err *err)
{
	struct mcp_session s = {.rpc = rpc, .host = host, .quiet = QUIET_LEAST};
	struct rmk_rpc_message *m;
	enum rmk_code code;

	do {
		mcp_wait(&s);
		code = rmk_rpc_next(rpc, &m, err);
		if (!code && m)
			mcp_take(&s, m);
	} while (!code && m);
	for (size_t i = 0; i < s.nlisteners; i++)
		rmk_rpc_done(s.listeners[i]);
	rmk_arena_free(&s.statuses.arena);
	return code;
}
