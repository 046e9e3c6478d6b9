// The second gate: a change must not break a rule that its table declares.
//
//	old documents ──▶ rmk_check_doc ──▶ errors there were
//	new documents ──▶ rmk_check_doc ──▶ errors there are     one more: refused
//
// The first gate (edit/edit.h) sees that only the wished cells differ; this one sees that
// the change itself is allowed: key, unique, required, enum, ref, type and the other
// constraints, and whatever else is an error. What was wrong before may stay so.
#ifndef RMK_CHECK_CONSTRAINT_GATE_H
#define RMK_CHECK_CONSTRAINT_GATE_H

#include "check/check.h"
#include "edit/change.h"

// old[i] became new[i]; the documents refer to each other. RMK_REFUSED names place, row
// and rule of the first new error. Documents without declarations pass unasked.
enum rmk_code rmk_check_gate(struct rmk_arena *a, const struct rmk_doc *const *old,
    const struct rmk_doc *const *now, size_t n, struct rmk_err *err);

// The first error of a merged document that neither side has; NULL: there is none.
const struct rmk_finding *rmk_check_merged(struct rmk_arena *a,
    const struct rmk_doc *ours, const struct rmk_doc *theirs,
    const struct rmk_doc *merged);

// The new text of a version of a file with changes made in it, through both gates. Nothing else
// stays in the arena.
enum rmk_code rmk_changes_make(struct rmk_arena *a, const char *version,
    const struct rmk_doc *doc, const struct rmk_change *changes, size_t n,
    struct rmk_str *out, struct rmk_err *err);
// The same of a text, which is parsed unless it is that of a document that was seen (or NULL).
enum rmk_code rmk_changes_make_text(struct rmk_arena *a, const char *version,
    struct rmk_str path, struct rmk_str text, const struct rmk_doc *seen,
    const struct rmk_change *changes, size_t n, struct rmk_str *out, struct rmk_err *err);

#endif
