// Links as they are written in a cell, shared by the rules on links. Not installed.
#ifndef RMK_OPS_CHECK_LINKS_H
#define RMK_OPS_CHECK_LINKS_H

#include "base/str.h"

// [label](dest "title")
struct written {
	struct rmk_str label;
	struct rmk_str dest;
	size_t at;   // of dest, in the cell
	size_t end;  // behind the whole
	bool closed; // its ')' is there
	bool angled; // <dest>
};

// The next link from *at on, which is moved behind it.
bool check_next_link(struct rmk_str cell, size_t *at, struct written *out);

// Whether text starts with a prefix in any case.
bool check_starts_nocase(struct rmk_str text, const char *prefix);

#endif
