// Where the regions of a Markdown file are that rowmark writes: see summary/region.h.
//
//	<!-- rowmark:begin summary -->     begin: what to write
//
//	2 of 13 read                       body: written, and ours
//
//	<!-- rowmark:end 5f3a9c01 -->      end: checksum of the body
//
// What a body holds is no table of the document: it says again what tables say, so it
// has no address, and nobody counts, checks, aligns or sets it.
#ifndef RMK_TABLE_REGION_H
#define RMK_TABLE_REGION_H

#include "table/doc.h"

enum rmk_region_state {
	RMK_REGION_FRESH,   // it says what the tables say
	RMK_REGION_STALE,   // it does not
	RMK_REGION_EDITED,  // changed by hand since it was written
	RMK_REGION_SKIPPED, // it names a file that was not to be opened
	RMK_REGION_REFUSED  // a view that cannot be made: why
};

struct rmk_region {
	uint32_t begin, end;         // lines of the markers, from 1
	struct rmk_str words;        // what is written behind "rowmark:begin"
	struct rmk_str sum;          // the checksum in the end marker; empty: none
	struct rmk_span body;        // from behind the begin line to the end line
	struct rmk_span mark;        // the end marker
	enum rmk_region_state state; // filled by rmk_render
	struct rmk_str why;          // REFUSED: with its place
};

struct rmk_regions {
	struct rmk_region *v;
	size_t n;
	enum rmk_code code; // RMK_OK, or RMK_INVALID: the markers are broken
	struct rmk_err err; // then: which and on which line
};

// Find the regions. With broken markers only those in front of the break are listed.
struct rmk_regions rmk_regions_of(struct rmk_arena *a, const struct rmk_doc *doc);

#endif
