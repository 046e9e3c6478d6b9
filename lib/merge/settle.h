// Cells that both sides changed, decided beforehand as a person asked for.
//
//	base | LoRA | Not read |        ours | LoRA | Reading |       prefer ours: both sides
//	                              theirs | LoRA | Read    |       hold Reading, and merge clean
//
// The losing side gets the value of the other through the gate of edits; the merge then finds both
// sides agreed, and checks its result as ever. Of a row that one side removed or renamed, and
// the other edited, the losing side gets back what base has; where it has no such row, base loses it,
// and then one side alone added it.
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
// order; with RMK_PREFER_FURTHEST rows that one side removed. conflicts: NULL, or what is left after
// such a merge; then rows of these that both sides changed are the preferred side's as a whole.
void rmk_merge_settle(struct rmk_arena *a, struct rmk_str path,
    const struct rmk_str texts[3], enum rmk_prefer prefer,
    const struct rmk_merge *conflicts, struct rmk_str out[3]);

#endif
