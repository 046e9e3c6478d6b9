// A merge of two commits as git makes it, tables by rows, in no worktree.
//
//	ours, theirs ──▶ git merge-tree --write-tree ──▶ the merged tree
//	                    `── rowmark merge, for each    obstacles: what a person must decide
//	                        file that both changed
//
// The bytes are those of `git merge` with the driver installed; it need not be, and neither a
// worktree nor .gitattributes are needed.
#ifndef RMK_SYNC_TREE_MERGE_H
#define RMK_SYNC_TREE_MERGE_H

#include "merge/settle.h"
#include "summary/region.h"
#include "sync/scratch.h"

// How merges are made, all of one sync or land.
struct rmk_merging {
	const struct rmk_scratch *scratch;
	const char *program;    // rowmark itself, for git to run
	enum rmk_prefer prefer; // whose value a cell gets that both changed
	bool sign;              // commits, as commit.gpgsign asks
	rmk_region_view *view;
	bool swapped; // obstacles call "ours" what the merge has as theirs
};

// Something a person must decide.
struct rmk_obstacle {
	struct rmk_str path;
	struct rmk_str where; // "#papers LIMA"; empty: the file
	struct rmk_str what;  // "Status: ours has Reading, theirs has Read"
	bool declared; // each side alone is right; both together break a declaration
};

struct rmk_tree_merge {
	struct rmk_str tree; // hex; without meaning where there are obstacles
	struct rmk_obstacle *obstacles;
	size_t n;
};

// Merge two commits, whose base is what both come from.
enum rmk_code rmk_tree_merge(struct rmk_arena *a, struct rmk_repo *repo,
    const struct rmk_merging *m, struct rmk_str ours, struct rmk_str theirs,
    struct rmk_tree_merge *out, struct rmk_err *err);

#endif
