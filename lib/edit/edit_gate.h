// The gate: are exactly the wished cells different?
//
//	old bytes ──▶ document ─┐
//	edits ──────────────────┼──▶ the same but for the edits?  RMK_OK, or what else differs
//	new bytes ──▶ document ─┘
#ifndef RMK_EDIT_EDIT_GATE_H
#define RMK_EDIT_EDIT_GATE_H

#include "edit/edit.h"

// A TEXT edit, and where its value is in the new bytes.
struct rmk_gate_text {
	struct rmk_span old, now;
};

struct rmk_gate {
	const struct rmk_doc *old;
	const struct rmk_edit *const *edits; // of tables: by table, row, kind, column
	size_t nedits;
	const struct rmk_gate_text *texts; // by place
	size_t ntexts;
};

// Parse the new bytes and compare. RMK_REFUSED names the line of the old text.
enum rmk_code rmk_gate_pass(struct rmk_arena *a, const struct rmk_gate *gate,
    struct rmk_str text, struct rmk_err *err);

#endif
