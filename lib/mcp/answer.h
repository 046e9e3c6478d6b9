// A command's document as the result of a tool.
//
//	{"version": 1, "rows": [...]}  ──▶  "content": [{"type": "text", "text": "{\"version\"..."}],
//	                                    "structuredContent": {"version": 1, "rows": [...]},
//	                                    "isError": false
//
// Of a list that does not fit a page is given, and a cursor: how many items came before, and a
// hash of them. Where those have changed meanwhile a page would leave some out or repeat them, so
// the cursor is refused then.
#ifndef RMK_MCP_ANSWER_H
#define RMK_MCP_ANSWER_H

#include "mcp/mcp.h"
#include "mcp/tools.h"

struct rmk_mcp_cursor {
	uint32_t from;
	uint64_t hash; // of the items before; `from` 0: none
};

// An answer holds no more items than that.
#define RMK_MCP_ITEMS_MOST 500

// text.s NULL: from the start. RMK_INVALID: none of ours.
enum rmk_code rmk_mcp_cursor_read(
    struct rmk_str text, struct rmk_mcp_cursor *out, struct rmk_err *err);

// The members of the result, in an object that is open.
void rmk_mcp_answer_put(struct rmk_json *j, const struct rmk_mcp_tool *tool,
    const struct rmk_mcp_run *run, const struct rmk_mcp_cursor *cursor);
void rmk_mcp_answer_error(struct rmk_json *j, const struct rmk_err *err);

#endif
