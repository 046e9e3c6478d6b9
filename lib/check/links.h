// Links as they are written in cells, found once for all rules on links. Not installed.
//
//	| LoRA | [Link](https://arxiv.org/…) and [more]( |
//	          label  dest                    not closed
#ifndef RMK_CHECK_LINKS_H
#define RMK_CHECK_LINKS_H

#include "check/check_context.h"

enum link_form {
	LINK_PLAIN,   // [label](dest)
	LINK_BARE,    // https://... as the whole cell
	LINK_SPACED,  // [label] (https://...)
	LINK_WIDE,    // [label]（https://...）
	LINK_SWAPPED, // (label)[https://...]
};

struct cell_link {
	uint32_t row, col;
	struct rmk_span label, dest;
	uint8_t form; // enum link_form
	bool closed;  // its ')' is there
	bool angled;  // <dest>
	bool plain;   // http(s)://x..., with nothing in it that asks for a closer look
};

struct links {
	struct cell_link *v; // [n] by row, column and place
	size_t n, cap;
};

// All links of a table.
const struct links *check_links(struct rmk_checking *c, struct table_info *t);

// Whether text starts with a prefix in any case.
bool check_starts_nocase(struct rmk_str text, const char *prefix);

// Whether a target is that of a site: http:// or https://.
bool check_is_http(struct rmk_str dest);

// Report a link: at its destination, or its label where that is empty. NULL: the rule is off.
struct rmk_finding *check_report_link(struct rmk_checking *c, const struct table_info *t,
    const struct cell_link *link, const char *why, const char *hint);

#endif
