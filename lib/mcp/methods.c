// The methods of the protocol, but those of notifications.
#include "mcp/answer.h"
#include "mcp/session.h"
#include "mcp/tools.h"

// How long what was answered may be kept, in milliseconds.
#define FRESH_LIST 1000
#define FRESH_SERVER 3600000

static const char *const mcp_versions[] = {"2025-11-25", "2025-06-18"};
static const char instructions[] =
    "Rows of the Markdown tables in this folder. tables lists them; next says what to "
    "do; "
    "claim a row before you work on it, set its status when it is done. What is written "
    "is "
    "committed to git. An answer with next_cursor has more: ask the same with cursor. "
    "Hints "
    "name options of the command line: -f is table, -c column, --new new.";

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
		mcp_put_server(j, MCP_META "serverInfo");
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

void
mcp_refuse(const struct mcp_request *r, enum rmk_rpc_error code, const char *why)
{
	rmk_rpc_error(r->session->rpc, r->m, code, rmk_str_of(why));
}

// The version the client asks for where it is one of ours, else our newest.
void
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

void
mcp_ping(struct mcp_request *r)
{
	mcp_end(r, mcp_begin(r));
}

void
mcp_discover(struct mcp_request *r)
{
	struct rmk_json *j = mcp_begin(r);

	rmk_json_raw(j, "supportedVersions", RMK_STR("[\"" MCP_STATELESS "\"]"));
	mcp_put_capabilities(j);
	rmk_json_cstr(j, "instructions", instructions);
	mcp_put_fresh(r, j, FRESH_SERVER);
	mcp_end(r, j);
}

void
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
	mcp_put_fresh(r, j, FRESH_LIST);
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

void
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
