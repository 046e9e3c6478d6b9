// Writing the regions of a Markdown file (table/region.h) anew.
//
//	<!-- rowmark:begin summary by=Area format=md -->     begin: what to write
//
//	| Area | ... |                                       body: written, and ours
//
//	<!-- rowmark:end 5f3a9c01 -->                        end: checksum of the body
//
// After `summary` stand the tables it counts (README.md#papers, #papers, list.md; none:
// all tables of this file) and by=COLUMN, column=COLUMN, format=md|text|mermaid; words
// with spaces in double quotes. Markers count where they are comments to GitHub: not
// inside code, and not in a list or quote.
//
// Nothing outside the bodies ever changes. Markers that are unpaired, nested or unknown
// make the whole file an error with their lines: a lost end marker must never eat the
// file. A body that does not fit the checksum was edited by hand and is kept, unless
// forced.
//
// Ownership: everything lives in the arena, or points into the document.
#ifndef RMK_SUMMARY_REGION_H
#define RMK_SUMMARY_REGION_H

#include "base/buf.h"
#include "summary/summary.h"
#include "table/region.h"

// Gives the document of a file that a region names, parsed with RMK_PARSE_ALL; path as
// written there. Fails as it likes.
typedef enum rmk_code rmk_region_open(
    void *ctx, struct rmk_str path, const struct rmk_doc **out, struct rmk_err *err);

struct rmk_render_opts {
	rmk_region_open *open; // NULL: regions that name other files are left as they are
	void *ctx;
	bool force; // write over what was edited by hand
};

// The document's text with its regions written anew, and what state each was in. doc is
// parsed with RMK_PARSE_ALL. RMK_INVALID: markers or their words are wrong; RMK_REFUSED:
// the result would not be the same file around the regions. On failure nothing is said.
enum rmk_code rmk_render(struct rmk_arena *a, const struct rmk_doc *doc,
    const struct rmk_render_opts *opts, struct rmk_str *out, struct rmk_regions *regions,
    struct rmk_err *err);

// The text of a file after a change, with the regions that count this file alone
// brought up to date. Text whose markers are broken, or that cannot be parsed, is given
// back as it is: a change of a cell must not fail for that. why (may be NULL) gets a line for
// each region that could not be brought up to date.
struct rmk_str rmk_render_refresh(
    struct rmk_arena *a, struct rmk_str path, struct rmk_str text, struct rmk_buf *why);

#endif
