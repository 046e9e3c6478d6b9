// JSON-RPC's few rules for what a message is.
#include "rpc/message.h"

static bool
is_structured(const struct rmk_json_value *v)
{
	return v->kind == RMK_JSON_OBJECT || v->kind == RMK_JSON_ARRAY;
}

// A null in place of params means none: some clients write it.
static const struct rmk_json_value *
params_of(const struct rmk_json_value *message)
{
	const struct rmk_json_value *params = rmk_json_member(message, "params");

	return params && params->kind == RMK_JSON_NULL ? NULL : params;
}

static bool
is_id(const struct rmk_json_value *v)
{
	return v->kind == RMK_JSON_TEXT || v->kind == RMK_JSON_INTEGER ||
	       v->kind == RMK_JSON_NULL;
}

// What is wrong with a request or a notification, or NULL.
static const char *
request_fault(const struct rmk_rpc_message *m, const struct rmk_json_value *v)
{
	const struct rmk_json_value *method = rmk_json_member(v, "method");

	if (method && method->kind != RMK_JSON_TEXT)
		return "\"method\" is text";
	if (!method && (!m->id || (!m->result && !m->error)))
		return "\"method\" is missing";
	if (m->params && !is_structured(m->params))
		return "\"params\" are an object or an array";
	return NULL;
}

static const char *
message_fill(struct rmk_rpc_message *m, const struct rmk_json_value *v)
{
	const struct rmk_json_value *id = rmk_json_member(v, "id");

	if (v->kind == RMK_JSON_ARRAY)
		return "batches are not known here";
	if (v->kind != RMK_JSON_OBJECT)
		return "a message is an object";
	if (id && !is_id(id))
		return "\"id\" is text or an integer";
	m->id = id;
	if (!rmk_str_eq(rmk_json_text_of(rmk_json_member(v, "jsonrpc")), RMK_STR("2.0")))
		return "\"jsonrpc\" is \"2.0\"";
	m->method = rmk_json_text_of(rmk_json_member(v, "method"));
	m->params = params_of(v);
	m->result = rmk_json_member(v, "result");
	m->error = rmk_json_member(v, "error");
	return request_fault(m, v);
}

struct rmk_rpc_message *
rmk_rpc_message_read(struct rmk_str text, enum rmk_rpc_error *code, struct rmk_err *err)
{
	struct rmk_arena arena = {0};
	struct rmk_rpc_message *m = RMK_NEW(&arena, struct rmk_rpc_message);
	const struct rmk_json_value *v;
	const char *fault;

	err->code = RMK_OK;
	if (rmk_json_read(&arena, text, &v, err)) {
		*code = RMK_RPC_PARSE_ERROR;
	} else if ((fault = message_fill(m, v))) {
		*code = RMK_RPC_INVALID_REQUEST;
		rmk_fail(err, RMK_INVALID, "%s", fault);
	}
	m->arena = arena;
	return m;
}

void
rmk_rpc_done(struct rmk_rpc_message *m)
{
	struct rmk_arena arena = m->arena; // which holds the message

	rmk_arena_free(&arena);
}
