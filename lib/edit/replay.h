// Edits of one document, made in another version of it.
//
//	edits against the worktree's document ──▶ the same bytes: as they are
//	                                      `─▶ HEAD's bytes: by key (edit/change.h)
//
// For commands whose wishes come as edits (SQL, fixes): where a version is the document
// itself, which is the common case, the edits apply by index and cost nothing more.
#ifndef RMK_EDIT_REPLAY_H
#define RMK_EDIT_REPLAY_H

#include "edit/change.h"

// New bytes of a version. Edits of text outside tables can be replayed only where the
// bytes are the same (RMK_REFUSED otherwise). Errors else are those of rmk_edits_apply
// and rmk_changes_apply.
enum rmk_code rmk_edits_replay(struct rmk_arena *a, const char *version,
    const struct rmk_doc *doc, const struct rmk_edit *edits, size_t n,
    struct rmk_str text, struct rmk_str *out, struct rmk_err *err);

// The edits as changes by key.
enum rmk_code rmk_changes_of_edits(struct rmk_arena *a, const struct rmk_doc *doc,
    const struct rmk_edit *edits, size_t n, struct rmk_change **out, struct rmk_err *err);

#endif
