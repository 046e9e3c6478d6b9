// Rows that are the same bytes in two versions, found by going through both side by side.
//
//	old      new
//	| a |    | a |    0═0
//	| b |    | x |
//	| c |    | c |    2═2
//	         | d |
//
// Most rows of a version are left as they were; who knows them by one look at their bytes need
// not look at their cells. A row that moved is not found: this is for speed alone.
#ifndef RMK_DIFF_SAME_LINES_H
#define RMK_DIFF_SAME_LINES_H

#include "diff/match_pairs.h"

// Rows of tables of a document, in their order.
struct rmk_row_list {
	const struct rmk_doc *doc;
	const struct rmk_table *tables;
	size_t ntables;
	const struct rmk_row **v;
	size_t n;
};

// Those of n tables of a document.
struct rmk_row_list rmk_row_list_of(struct rmk_arena *a, const struct rmk_doc *doc,
    const struct rmk_table *tables, size_t n);

// Join rows whose whole lines are the same; out is of as many rows. What was found when one text was
// read beside the other, or both beside a third, is not looked for again.
void rmk_same_lines(const struct rmk_row_list *old, const struct rmk_row_list *new_,
    struct rmk_pairs *out);

#endif
