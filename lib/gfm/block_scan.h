// What is a table: asked of cmark-gfm, line by line.
//
//	text ──▶ lines ──▶ cmark-gfm's block phase ──▶ blocks, headings, tables
//	                   through a hook of ours
//
// The one door to cmark-gfm. It fills lines, blocks, headings and the tables'
// header, delim and rows (line, at, span, cells); doc.c gives them their names.
// The algorithm, its reasons and the guards against hostile input stand in block_scan.c
// and in docs/design.md.
#ifndef RMK_GFM_BLOCK_SCAN_H
#define RMK_GFM_BLOCK_SCAN_H

#include "table/doc.h"

// Fill doc from doc->text. Fails with RMK_TOO_COMPLEX when a guard trips.
enum rmk_code rmk_outline_fill(
    struct rmk_arena *a, struct rmk_doc *doc, struct rmk_err *err);

// Whether the text can hold a table at all: some line consists only of
// [ \t\v\f|:>-] with at least one '-'. False is certain, true is not.
RMK_API bool rmk_outline_possible(struct rmk_str text);

#endif
