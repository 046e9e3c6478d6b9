// Views of rows that need no SQL: the next ones, and a board.
//
//	next n=2           | Next  | Status |      board by=Status  | Todo  | Doing |
//	                   |-------|--------|                       |-------|-------|
//	                   | parse | Doing  |                       | print | parse |
//	                   | print | Todo   |
//
// Cells are copied as they are written: links and emphasis stay.
#ifndef RMK_SUMMARY_REGION_ROWS_H
#define RMK_SUMMARY_REGION_ROWS_H

#include "summary/region_words.h"

enum rmk_code rmk_region_rows(struct rmk_arena *a, const struct rmk_doc *doc,
    const struct rmk_region_words *words, struct rmk_buf *out, struct rmk_err *err);

#endif
