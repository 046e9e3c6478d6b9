// Tables laid out anew: the only operation that touches more than it was asked to.
//
//	|a|bcd|                | a    | bcd |
//	|-|:-:|        ──▶     | ---- | :-: |
//	|long|x                | long |  x  |
//
// Cells are padded to their column's width on a terminal, outer pipes and missing cells
// are added, the alignment colons stay. What a cell says, the lines around a table, line
// ends and the prefixes of quotes and lists stay as they are. Formatting twice changes
// nothing.
//
// Errors: RMK_REFUSED when the result would not hold the same cells.
#ifndef RMK_EDIT_FORMAT_H
#define RMK_EDIT_FORMAT_H

#include "table/doc.h"

enum rmk_format_style {
	RMK_FORMAT_ALIGN,  // columns padded to one width
	RMK_FORMAT_COMPACT // one space on either side, for tables with long cells
};

// New bytes with tables [first, first + n) laid out; the old bytes when nothing changes.
// Read-only tables are left alone.
enum rmk_code rmk_format(struct rmk_arena *a, const struct rmk_doc *doc, size_t first,
    size_t n, enum rmk_format_style style, struct rmk_str *out, struct rmk_err *err);

#endif
