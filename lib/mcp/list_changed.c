// That the list of tools is another one, since the statuses are.
#include "mcp/session.h"
#include "rpc/json_write.h"

#include <poll.h>

// How often the tables are looked at while nobody asks, in milliseconds: looking takes a part in
// fifty of the time at most, and ever less the longer it stays quiet.
#define QUIET_LEAST 1000
#define QUIET_MOST 60000

// {"params": {"_meta": {"io.modelcontextprotocol/subscriptionId": ID}, ...
static struct rmk_json *
mcp_notify(struct mcp_session *s, const char *method, const struct rmk_rpc_message *to)
{
	struct rmk_json *j = rmk_rpc_notification(s->rpc, method);

	if (to) {
		rmk_json_object(j, "params");
		rmk_json_object(j, "_meta");
		rmk_json_put(j, MCP_META "subscriptionId", to->id);
		rmk_json_end(j);
	}
	return j;
}

void
mcp_listen(struct mcp_request *r)
{
	struct mcp_session *s = r->session;
	struct rmk_json *j;

	if (s->nlisteners == MCP_LISTENERS_MOST) {
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

void
mcp_forget_listener(struct mcp_session *s, const struct rmk_json_value *id)
{
	for (size_t i = 0; i < s->nlisteners; i++) {
		if (!rmk_json_is_same_id(s->listeners[i]->id, id))
			continue;
		rmk_rpc_done(s->listeners[i]);
		s->listeners[i--] = s->listeners[--s->nlisteners];
	}
}

// While nothing comes, look now and then whether what was listed is still so.
void
mcp_list_wait(struct mcp_session *s)
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

void
mcp_list_soon(struct mcp_session *s)
{
	s->quiet = QUIET_LEAST;
}
