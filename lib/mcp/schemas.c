// What tools/list says: each tool with the schemas of what it takes and gives.
#include "mcp/tools.h"

// More words than a model chooses from, or than leave room for the rest.
#define STATUSES_MOST 50
#define STATUSES_BYTES 900

static void
mcp_put_type(struct rmk_json *j, const char *name, const char *type)
{
	rmk_json_object(j, name);
	rmk_json_cstr(j, "type", type);
	rmk_json_end(j);
}

static bool
mcp_fit(const struct rmk_str *statuses, size_t n)
{
	size_t bytes = 0;

	for (size_t i = 0; i < n; i++)
		bytes += statuses[i].n + 3;
	return n && n <= STATUSES_MOST && bytes <= STATUSES_BYTES;
}

static void
mcp_put_param(struct rmk_json *j, const struct rmk_mcp_param *p,
    const struct rmk_str *statuses, size_t n)
{
	static const char *const types[] = {
	    [RMK_MCP_TEXT] = "string",
	    [RMK_MCP_STATUS] = "string",
	    [RMK_MCP_ADDRESS] = "string",
	    [RMK_MCP_COUNT] = "integer",
	    [RMK_MCP_FLAG] = "boolean",
	    [RMK_MCP_TESTS] = "array",
	    [RMK_MCP_CELLS] = "object",
	};

	rmk_json_object(j, p->name);
	rmk_json_cstr(j, "type", types[p->kind]);
	if (p->kind == RMK_MCP_COUNT)
		rmk_json_number(j, "minimum", 1);
	if (p->kind == RMK_MCP_TESTS)
		mcp_put_type(j, "items", "string");
	if (p->kind == RMK_MCP_CELLS)
		mcp_put_type(j, "additionalProperties", "string");
	if (p->kind == RMK_MCP_STATUS && mcp_fit(statuses, n)) {
		rmk_json_array(j, "enum");
		for (size_t i = 0; i < n; i++)
			rmk_json_text(j, NULL, statuses[i]);
		rmk_json_end(j);
	}
	rmk_json_cstr(j, "description", p->about);
	rmk_json_end(j);
}

static void
mcp_put_input(struct rmk_json *j, const struct rmk_mcp_tool *tool,
    const struct rmk_str *statuses, size_t n)
{
	rmk_json_object(j, "inputSchema");
	rmk_json_cstr(j, "type", "object");
	rmk_json_object(j, "properties");
	for (const struct rmk_mcp_param *p = tool->params; p->name; p++)
		mcp_put_param(j, p, statuses, n);
	if (!tool->writes)
		mcp_put_type(j, "cursor", "string");
	rmk_json_end(j);
	rmk_json_array(j, "required");
	for (const struct rmk_mcp_param *p = tool->params; p->name; p++)
		if (p->required)
			rmk_json_cstr(j, NULL, p->name);
	rmk_json_end(j);
	rmk_json_end(j);
}

// "key:string|null"; without a type it is text.
static void
mcp_put_member(struct rmk_json *j, struct rmk_str member)
{
	struct rmk_str name, type, rest = member;
	const char *key;

	rmk_str_split(&rest, ':', &name);
	key = rmk_str_c(j->out->arena, name);
	if (rmk_str_chr(rest, '|') == RMK_NONE) {
		mcp_put_type(j, key, rest.n ? rmk_str_c(j->out->arena, rest) : "string");
		return;
	}
	rmk_json_object(j, key);
	rmk_json_array(j, "type");
	while (rmk_str_split(&rest, '|', &type))
		rmk_json_text(j, NULL, type);
	rmk_json_end(j);
	rmk_json_end(j);
}

// What is said when it could not be done is valid too: {"version": 1, "error": {...}}.
static void
mcp_put_output(struct rmk_json *j, const struct rmk_mcp_tool *tool)
{
	struct rmk_str rest = rmk_str_of(tool->members), member;

	rmk_json_object(j, "outputSchema");
	rmk_json_cstr(j, "type", "object");
	rmk_json_object(j, "properties");
	rmk_json_object(j, tool->items);
	rmk_json_cstr(j, "type", "array");
	rmk_json_object(j, "items");
	rmk_json_cstr(j, "type", "object");
	rmk_json_object(j, "properties");
	while (rest.n && rmk_str_split(&rest, ' ', &member))
		mcp_put_member(j, member);
	rmk_json_end(j);
	rmk_json_end(j);
	rmk_json_end(j);
	if (!tool->writes)
		mcp_put_type(j, "next_cursor", "string");
	mcp_put_type(j, "error", "object");
	rmk_json_end(j);
	rmk_json_raw(j, "required", RMK_STR("[\"version\"]"));
	rmk_json_end(j);
}

static void
mcp_put_tool(struct rmk_json *j, const struct rmk_mcp_tool *tool,
    const struct rmk_str *statuses, size_t n)
{
	rmk_json_object(j, NULL);
	rmk_json_cstr(j, "name", tool->name);
	rmk_json_cstr(j, "description", tool->about);
	mcp_put_input(j, tool, statuses, n);
	mcp_put_output(j, tool);
	rmk_json_object(j, "annotations");
	rmk_json_bool(j, "readOnlyHint", !tool->writes);
	rmk_json_end(j);
	rmk_json_end(j);
}

void
rmk_mcp_tools_put(
    struct rmk_json *j, const struct rmk_str *statuses, size_t n, bool read_only)
{
	rmk_json_array(j, "tools");
	for (const struct rmk_mcp_tool *t = rmk_mcp_tools; t->name; t++)
		if (!t->writes || !read_only)
			mcp_put_tool(j, t, statuses, n);
	rmk_json_end(j);
}
