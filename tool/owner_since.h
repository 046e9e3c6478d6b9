// Since when a row has the owner that it has.
//
//	README.md#tasks, LoRA, ada ──▶ the commit that wrote "ada" there
//
// Dates are the committer's: that is when others could see it.
#ifndef TOOL_OWNER_SINCE_H
#define TOOL_OWNER_SINCE_H

#include "open_table.h"

struct owner_since {
	bool known; // false: no commit has it yet, or the history is cut before it
	struct rmk_str commit, author;
	int64_t time;
	int zone;
};

// Read once for each table and commit; a row is found by its name and its owner.
struct owners {
	struct call *c;
	struct owners_of *v;
	size_t n, cap;
};

// rev: "HEAD", or the commit of another worktree.
struct owner_since owner_since(struct owners *owners, const struct picked *p, size_t row,
    struct rmk_str rev, struct rmk_str owner);

// "since 2026-01-02 (1a2b3c4 by Ada)", or "(not committed yet)".
struct rmk_str owner_since_text(struct rmk_arena *a, const struct owner_since *since);

#endif
