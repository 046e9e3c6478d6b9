// What is a block, and what a table: asked of cmark-gfm, line by line.
//
//	text ──▶ lines ──▶ cmark-gfm's block phase ──▶ blocks, headings, tables
//	                   through a hook of ours
//
// The one door to cmark-gfm. The algorithm, its reasons and the limits against hostile
// input stand in block_scan.c and in docs/design.md.
#ifndef RMK_GFM_BLOCK_SCAN_H
#define RMK_GFM_BLOCK_SCAN_H

#include "gfm/block.h"

// A text that was scanned, of which most rows are lines of the one to be scanned too: their cells
// are not looked for again.
struct rmk_blocks_beside {
	struct rmk_str text;
	const struct rmk_table
	    *tables; // [ntables], of which the first is beside the first
	size_t ntables;
};

// Scan text into out, which is zeroed. Fails with RMK_TOO_COMPLEX when a limit is passed;
// path is for its message. heads: body rows are counted and not kept, `rows` is NULL. beside: for
// speed alone; NULL: nothing.
enum rmk_code rmk_blocks_scan(struct rmk_arena *a, struct rmk_str path,
    struct rmk_str text, bool heads, const struct rmk_blocks_beside *beside,
    struct rmk_blocks *out, struct rmk_err *err);

#endif
