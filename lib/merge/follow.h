// Edits of rows that the other side took elsewhere: they follow the row.
//
//	        base               ours               theirs            to be merged
//	a.md    | c | done |  |    -                  | c | done | x |  ours: -, theirs: | c | done |  |
//	old.md                     | c | done |  |                      ours: | c | done | x |
//
// So the merge that follows sees a row that one side alone touched. All cells of a row follow, or none:
// not where both sides changed a cell, nor where the other table has no column for it, nor where a cell
// leans on its file by a footnote. Links lead where they led.
#ifndef RMK_MERGE_FOLLOW_H
#define RMK_MERGE_FOLLOW_H

#include "merge/merge.h"

// A file in its three versions; one that a version lacks is empty there.
struct rmk_follow_file {
	struct rmk_str path, texts[3];
	bool changed[3]; // out: which of the texts are others now
};

// A row whose edit did not follow.
struct rmk_left_row {
	enum rmk_version moved;    // the side that took it elsewhere
	size_t old_file, new_file; // indices of the files
	struct rmk_str key;        // as keys are compared (rmk_value_key)
	uint32_t line;             // where that side has it now
};

// What a merge is to be made of. False: nothing followed, and no text changed.
bool rmk_merge_follow(struct rmk_arena *a, struct rmk_follow_file *files, size_t n,
    struct rmk_left_row **left, size_t *nleft);

#endif
