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
// Beside summary there are views of the tables of the same file:
//
//	next n=5               the rows that are to be done next
//	board by=Status        a column a value, the rows' names in it
//	sql "SELECT ..."       what SQLite says, by way of whoever is above (view)
//
// A view that cannot be made stays as it is, and it is said why.
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

// Makes the Markdown of a region of SQL: lib/sql/view.h, handed in from above.
typedef enum rmk_code rmk_region_view(struct rmk_arena *a, const struct rmk_doc *doc,
    struct rmk_str statement, struct rmk_buf *out, struct rmk_err *err);

struct rmk_render_opts {
	rmk_region_open *open; // NULL: regions that name other files are left as they are
	void *ctx;
	rmk_region_view *view; // NULL: regions of SQL are left as they are
	bool force;            // write over what was edited by hand
};

// The document's text with its regions written anew, and what state each was in. doc is
// parsed with RMK_PARSE_ALL. RMK_INVALID: markers or their words are wrong; RMK_REFUSED:
// the result would not be the same file around the regions. On failure nothing is said.
enum rmk_code rmk_render(struct rmk_arena *a, const struct rmk_doc *doc,
    const struct rmk_render_opts *opts, struct rmk_str *out, struct rmk_regions *regions,
    struct rmk_err *err);

// The text of a file in which the region of these words has this body: the one that is there,
// else a new one at the end. Every other byte stays.
enum rmk_code rmk_region_put(struct rmk_arena *a, const struct rmk_doc *doc,
    struct rmk_str words, struct rmk_str body, struct rmk_str *out, struct rmk_err *err);

// What the end marker holds of a body.
struct rmk_str rmk_region_checksum(struct rmk_arena *a, struct rmk_str body);

// The text of a file after a change, with the regions that count this file alone
// brought up to date. Text whose markers are broken, or that cannot be parsed, is given
// back as it is: a change of a cell must not fail for that. why (may be NULL) gets a line for
// each region that could not be brought up to date.
struct rmk_str rmk_render_refresh(struct rmk_arena *a, struct rmk_str path,
    struct rmk_str text, rmk_region_view *view, struct rmk_buf *why);

#endif
