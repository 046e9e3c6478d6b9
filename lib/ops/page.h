// Tables as one static HTML page.
//
//	summary, burn-up ──▶ ┌───────────────────────────┐
//	                     │ Progress      ███░░  15 % │   at the top
//	tables ─────────────▶ │ papers        13 rows     │   every table, readable, sortable,
//	findings ───────────▶ │   LoRA   ⚠ Not Read       │   findings marked in place
//	                     └───────────────────────────┘
//
// The page needs nothing from elsewhere: style and script stand in it, and its
// Content-Security-Policy allows only these two, by their hashes. Without script it is
// complete; the script adds sorting and filtering. Cells show links, code, emphasis and
// line breaks; every other byte of a document is escaped, so no document can put markup
// or script into the page. The same input gives the same bytes.
//
// Ownership: the result lives in the arena of the buffer.
#ifndef RMK_OPS_PAGE_H
#define RMK_OPS_PAGE_H

#include "base/buf.h"
#include "ops/check/check.h"
#include "ops/summary.h"

// A table to show.
struct rmk_page_table {
	const struct rmk_doc *doc;
	size_t table;
	const struct rmk_schema *schema;
	struct rmk_str address;
};

// Totals at a date, for the chart's data as a table.
struct rmk_page_point {
	struct rmk_str date;
	size_t total, done;
};

struct rmk_page {
	struct rmk_str title;
	const struct rmk_summary *summary;
	struct rmk_str burnup; // an <svg>; empty: no history
	const struct rmk_page_point *points;
	size_t npoints;
	const struct rmk_page_table *tables;
	size_t ntables;
	const struct rmk_finding *findings; // of all the documents
	size_t nfindings;
};

RMK_API void rmk_page_write(const struct rmk_page *page, struct rmk_buf *out);

// A cell's raw Markdown as safe inline HTML.
RMK_API void rmk_page_cell(struct rmk_buf *out, struct rmk_str raw);

#endif
