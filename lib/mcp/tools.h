// The tools, and how a call of one becomes words of the command line.
//
//	{"row": "lora", "status": "Read", "table": "README.md#papers"}
//	   └─▶  set --json --file=README.md#papers -- lora Read
//
// A tool is a command, so what it does, refuses and commits is written in one place. Values
// stand behind "--" or are joined to their option: none of them can be read as another.
#ifndef RMK_MCP_TOOLS_H
#define RMK_MCP_TOOLS_H

#include "base/err.h"
#include "base/json.h"
#include "rpc/json_read.h"

enum rmk_mcp_kind {
	RMK_MCP_TEXT,
	RMK_MCP_STATUS,  // text; the statuses of the repository are listed
	RMK_MCP_ADDRESS, // FILE#TABLE or FILE
	RMK_MCP_COUNT,
	RMK_MCP_FLAG,
	RMK_MCP_TESTS, // texts, the option for each
	RMK_MCP_CELLS, // {COLUMN: VALUE}
};

struct rmk_mcp_param {
	const char *name;
	enum rmk_mcp_kind kind;
	const char *option; // "--where="; NULL: an operand
	const char *about;
	bool required;
};

#define RMK_MCP_PARAMS 10

struct rmk_mcp_tool {
	const char *name, *command, *about;
	bool writes;
	struct rmk_mcp_param
	    params[RMK_MCP_PARAMS]; // ends with {NULL}; operands in their order
	const char
	    *one_of; // names of params of which exactly one is given; NULL: none are so
	const char *items;   // the list in the answer that is cut into pages,
	const char *beside;  // another of the same length; NULL: none
	const char *members; // and what an item holds: "line:integer key:string|null"
	uint32_t limit;      // where --limit is not asked for; 0: the command takes none
};

extern const struct rmk_mcp_tool rmk_mcp_tools[]; // ends with {NULL}

// NULL: none is called so.
const struct rmk_mcp_tool *rmk_mcp_tool_find(struct rmk_str name);

// The parameter, or NULL.
const struct rmk_mcp_param *rmk_mcp_param_find(
    const struct rmk_mcp_tool *tool, struct rmk_str name);

// The words of a call, and a NULL behind them. arguments may be NULL. most: so many items are
// enough. RMK_INVALID: the arguments are not as the schema has them.
enum rmk_code rmk_mcp_words(struct rmk_arena *a, const struct rmk_mcp_tool *tool,
    const struct rmk_json_value *arguments, uint32_t most, const char *const **out,
    struct rmk_err *err);

// "tools": [...], each with its schemas. Where there are too many statuses to list, or none
// are known, a status is any text.
void rmk_mcp_tools_put(
    struct rmk_json *j, const struct rmk_str *statuses, size_t n, bool read_only);

#endif
