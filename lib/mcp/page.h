// As much of a document's list as fits into an answer; private to lib/mcp.
//
//	items   0 ... from-1 | from ... from+n-1 | from+n ...
//	        hash             the page          more: next_cursor
#ifndef RMK_MCP_PAGE_H
#define RMK_MCP_PAGE_H

#include "mcp/answer.h"

struct mcp_page {
	const struct rmk_mcp_tool *tool;
	const struct rmk_json_value *doc, *items;
	size_t from, n; // items
	bool more;
	uint64_t hash; // of the items before `from`
	size_t most;   // longer texts are cut; RMK_NONE: none is
};

// The document with as many items as fit, at least one; where one alone does not, its texts are
// cut. beside: bytes that the answer takes besides. False: it does not fit at all.
bool mcp_page_fit(
    struct rmk_arena *a, struct mcp_page *p, size_t beside, struct rmk_str *out);

// Of the items from `from` to `to`; hash is of those before.
uint64_t mcp_page_hash(
    const struct rmk_json_value *items, size_t from, size_t to, uint64_t hash);

// A copy of a value whose texts are at most so long; what was cut off is counted.
struct rmk_json_value mcp_cut(
    struct rmk_arena *a, const struct rmk_json_value *from, size_t most);

// Where the character begins that a text of so many bytes would end in.
size_t mcp_character_at(struct rmk_str text, size_t at);

#endif
