// A document made from its neighbour in time.
//
//	old ──▶ doc          the rows of one table differ, and nothing else: the new
//	new ──▶ doc          document is the old one with those rows read again
//
// What table/bodies.h finds to differ is read again, and all behind it is moved by the
// difference in bytes and lines.
//
// Ownership: as for rmk_doc_parse; the new document shares parts of the old one, whose
// arena (but not whose text) must live as long.
#ifndef RMK_TABLE_PATCH_H
#define RMK_TABLE_PATCH_H

#include "table/bodies.h"

// Which rows differ: rows [row, row + nold) of the old table are rows [row, row + nnew)
// of the new one.
struct rmk_patch {
	size_t table;
	size_t row, nold, nnew;
};

// Which rows of the old document a gap between two texts holds: all of out but nnew. False:
// it is no whole rows.
bool rmk_patch_find(
    const struct rmk_doc *old, const struct rmk_body_diff *gap, struct rmk_patch *out);

// NULL when text has to be parsed.
struct rmk_doc *rmk_doc_patch(struct rmk_arena *a, const struct rmk_doc *old,
    struct rmk_str text, struct rmk_patch *out);

// A new text of a document's file: patched where that can be, else parsed.
enum rmk_code rmk_doc_remake(struct rmk_arena *a, const struct rmk_doc *old,
    struct rmk_str text, const struct rmk_doc **out, struct rmk_err *err);

#endif
