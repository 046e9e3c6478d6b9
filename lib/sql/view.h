// A view: what SQL says of the tables of one document, as a Markdown table.
//
//	sql "SELECT Owner, count(*) AS n FROM plan GROUP BY Owner ORDER BY n"
//
//	| Owner | n |
//	|-------|---|
//	| bob   | 1 |
//	| ada   | 3 |
//
// It stands in a file that anybody may have written, and is read by everybody who changes the
// file: it can only SELECT, from that file alone, within a budget that is the same on every
// machine. What time or chance decides is refused, and so are several rows without ORDER BY,
// since a region must not change by itself.
#ifndef RMK_SQL_VIEW_H
#define RMK_SQL_VIEW_H

#include "base/buf.h"
#include "table/doc.h"

// The budget: steps of SQLite's machine, rows, and bytes of the table.
#define RMK_VIEW_STEPS 2000000
#define RMK_VIEW_ROWS 1000
#define RMK_VIEW_BYTES ((size_t)1 << 20)

// A rmk_region_view (summary/region.h). RMK_REFUSED or RMK_TOO_BIG say what is not allowed.
enum rmk_code rmk_view_make(struct rmk_arena *a, const struct rmk_doc *doc,
    struct rmk_str statement, struct rmk_buf *out, struct rmk_err *err);

#endif
