// Marks: what must not be taken for progress.
//
//	newer   done 3             RENAMED  read -> done in 3 rows
//	older   read 3
//
// A value that all its rows exchanged for a new one is the same value under another name,
// unless both words are known and one is further than the other: that all open rows were
// done on one day is progress, and may be true.
//
// In:  steps between versions, and the counts of two versions that follow one another.
// Out: marks, and in the scales what an older value is called now.
#ifndef RMK_HISTORY_MARKS_H
#define RMK_HISTORY_MARKS_H

#include "history/status_columns.h"

struct rmk_marks {
	struct rmk_arena *a;
	struct rmk_history_mark *v; // [n] point: the moment
	size_t n, cap;
};

// Note the renamed values of a step, before the older version is counted.
enum rmk_code rmk_marks_renames(struct rmk_marks *m, struct rmk_scales *scales,
    const struct rmk_state *newer, struct rmk_state *old, const struct rmk_step *step);

// Note values that only changed their spelling between two points, the newer at a moment.
void rmk_marks_spellings(struct rmk_marks *m, const struct rmk_scales *scales,
    const struct rmk_history_point *newer, const struct rmk_history_point *older,
    size_t moment);

#endif
