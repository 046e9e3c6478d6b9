// The tools as a table. Agents read the words at the right: they are short, since all of it has
// to fit into 8 KB.
#include "mcp/tools.h"

// clang-format off
#define TABLE  {"table", RMK_MCP_ADDRESS, "--file=", "FILE#TABLE, as tables lists them", false}
#define ROW    {"row", RMK_MCP_TEXT, NULL, "its name, or LINE:N", false}
#define A_ROW  {"row", RMK_MCP_TEXT, NULL, "its name, or LINE:N", true}
#define LIMIT  {"limit", RMK_MCP_COUNT, "--limit=", "at most so many", false}
#define NEW    {"new", RMK_MCP_FLAG, "--new", "write it as typed, though no row has it", false}
#define MESSAGE {"message", RMK_MCP_TEXT, "--message=", "of the commit", false}
#define CHANGE "change row line:integer column old new changed:boolean"

const struct rmk_mcp_tool rmk_mcp_tools[] = {
	{.name = "tables", .command = "ls",
	 .about = "List the tables, their columns, the statuses they take, and progress. Start here.",
	 .params = {
		{"table", RMK_MCP_ADDRESS, "--file=", "only this file or FILE#TABLE", false},
		LIMIT},
	 .items = "tables", .limit = UINT32_MAX,
	 .members = "address rows:integer columns:array key:string|null status:array "
		    "values:array done:integer total:integer"},
	{.name = "next", .command = "next",
	 .about = "List rows that are not done, begun ones first, 5 unless limit says more.",
	 .params = {TABLE,
		{"ready", RMK_MCP_FLAG, "--ready", "none that refer to rows not done", false},
		LIMIT},
	 .items = "rows", .limit = 5,
	 .members = "address line:integer row status progress link owner"},
	{.name = "show", .command = "show",
	 .about = "Read a table, some of its rows, or one row.",
	 .params = {TABLE, ROW,
		{"where", RMK_MCP_TESTS, "--where=", "each COLUMN=VALUE, !=VALUE or ~PART", false},
		{"open", RMK_MCP_FLAG, "--open", "only rows not done", false},
		{"columns", RMK_MCP_TEXT, "--columns=", "only these: A,B", false},
		LIMIT},
	 .items = "rows", .beside = "lines", .limit = UINT32_MAX, .members = ""},
	{.name = "set", .command = "set", .writes = true,
	 .about = "Write one cell of a row and commit it: a status, or with column a value.",
	 .params = {TABLE, A_ROW,
		{"status", RMK_MCP_STATUS, NULL, "the new status", false},
		{"value", RMK_MCP_TEXT, NULL, "the new text of column", false},
		{"column", RMK_MCP_TEXT, "--column=", "if not the status", false},
		{"expect", RMK_MCP_TEXT, "--expect=", "refuse unless the cell holds this", false},
		NEW, MESSAGE},
	 .one_of = "status value", .items = "changes", .members = CHANGE},
	{.name = "add", .command = "add", .writes = true,
	 .about = "Add a row and commit it. Columns not named stay empty, or get a first status.",
	 .params = {TABLE,
		{"cells", RMK_MCP_CELLS, NULL, "COLUMN: VALUE", true},
		NEW, MESSAGE},
	 .items = "changes", .members = "change row cells:array"},
	{.name = "claim", .command = "claim", .writes = true,
	 .about = "Take a row for one worker alone: its owner and begun status, committed. Who "
		  "comes second is told who has it.",
	 .params = {TABLE, ROW,
		{"next", RMK_MCP_FLAG, "--next", "the first row that is ready and nobody's", false},
		{"as", RMK_MCP_TEXT, "--as=", "your name, the same each time", true},
		{"expires", RMK_MCP_TEXT, "--expires=", "take over what is held longer: 30m, 2h, 7d",
		 false},
		MESSAGE},
	 .one_of = "row next", .items = "changes", .members = CHANGE},
	{.name = "check", .command = "check",
	 .about = "Find what is broken in tables: lost rows, wrong values, dead links.",
	 .params = {
		{"file", RMK_MCP_ADDRESS, "--file=", "only this file", false},
		{"since", RMK_MCP_TEXT, "--since=", "only what is new since this git revision", false}},
	 .items = "findings",
	 .members = "path line:integer level rule message hint:string|null row"},
	{.name = "log", .command = "log",
	 .about = "List who changed which cell when, newest first, 20 unless limit says more.",
	 .params = {TABLE, ROW, LIMIT},
	 .items = "changes", .limit = 20,
	 .members = "kind date commit author file table row column old new"},
	{0},
};
// clang-format on

const struct rmk_mcp_tool *
rmk_mcp_tool_find(struct rmk_str name)
{
	for (const struct rmk_mcp_tool *t = rmk_mcp_tools; t->name; t++)
		if (rmk_str_eq(rmk_str_of(t->name), name))
			return t;
	return NULL;
}

const struct rmk_mcp_param *
rmk_mcp_param_find(const struct rmk_mcp_tool *tool, struct rmk_str name)
{
	for (const struct rmk_mcp_param *p = tool->params; p->name; p++)
		if (rmk_str_eq(rmk_str_of(p->name), name))
			return p;
	return NULL;
}
