// The gate for changes of layout, which move cells about.
//
//	| a | b |            | a | b |
//	|---|---|            |---|---|
//	| 1 | 2 |   ──▶      | 1 | 2 |       a row on a line that no splice changed must be a
//	Text                                 row with the same cells afterwards
//	                     Text
#ifndef RMK_CHECK_LAYOUT_GATE_H
#define RMK_CHECK_LAYOUT_GATE_H

#include "check/check.h"

// The text with n splices made, which are in order and do not overlap.
struct rmk_str check_splice_text(
    struct rmk_arena *a, struct rmk_str text, const struct rmk_splice *v, size_t n);

// Whether the rows of the old document are those of the new one, but for the lines that
// were spliced.
bool check_keeps_rows(struct rmk_arena *a, const struct rmk_doc *old,
    const struct rmk_doc *new_, const struct rmk_splice *v, size_t n);

#endif
