// What became what from a version to the one before it: tables, columns, values.
//
//	newer   ## Reading   | Title | Read |     done 3
//	            ▲            ▲       ▲            ▲ all rows with "read"
//	older   ## Papers    | Paper | Read |     read 3
//
// In:  two versions that follow one another; what newer versions already told is not asked.
// Out: a step, kept by the names of both texts.
//
// Ownership: in the scratch arena of the versions.
#ifndef RMK_HISTORY_TRANSITIONS_H
#define RMK_HISTORY_TRANSITIONS_H

#include "history/versions.h"

// What all rows with one value became.
struct rmk_step_value {
	uint32_t new_table, new_col;
	rmk_text old, new;
	uint32_t n, of; // rows that went so, of those that had the old value
};

struct rmk_step {
	bool same;          // the same tables with the same labels, in the same order
	uint32_t *to_new;   // [noldtables] places among the facts; RMK_NO_TEXT: none
	uint32_t **old_col; // [noldtables] of new columns, where labels differ; else NULL
	struct rmk_step_value *values; // [nvalues]
	size_t nvalues, cap;
};

enum rmk_code rmk_history_step(struct rmk_versions *v, struct rmk_version *newer,
    struct rmk_version *old, struct rmk_step *out);

#endif
