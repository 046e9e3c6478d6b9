// Cells that both sides changed, decided beforehand as a person asked for.
//
//	base | LoRA | Not read |        ours | LoRA | Reading |       prefer ours: both sides
//	                              theirs | LoRA | Read    |       hold Reading, and merge clean
//
// The losing side gets the value of the other through the gate of edits; the merge then finds both
// sides agreed, and checks its result as ever.
#ifndef RMK_MERGE_SETTLE_H
#define RMK_MERGE_SETTLE_H

#include "merge/merge.h"

enum rmk_prefer {
	RMK_PREFER_NONE,
	RMK_PREFER_OURS,
	RMK_PREFER_THEIRS,
	RMK_PREFER_FURTHEST
};

// texts are base, ours and theirs; out gets them as they are to be merged. Cells of a column that
// declares how it is merged stay, and so does what cannot be decided: two statuses without an
// order, rows that one side removed.
void rmk_merge_settle(struct rmk_arena *a, struct rmk_str path,
    const struct rmk_str texts[3], enum rmk_prefer prefer, struct rmk_str out[3]);

#endif
