// Tables as one static HTML page.
//
//	summary, history ──▶ ┌────────────────────────────────┐
//	                     │ 15 %  ██▌░░░░░░  2 of 13 done  │   at the top
//	files, tables ─────▶ │ Papers        Filter: [lima  ] │   every table, readable, sortable,
//	findings ──────────▶ │   LIMA   ⚠ Not Read            │   findings marked in place
//	                     └────────────────────────────────┘
//
// The page needs nothing from elsewhere: style and script stand in it, and its
// Content-Security-Policy allows only these two, by their hashes. Without script it is
// complete; the script adds sorting and filtering. Cells show links, code, emphasis and
// line breaks; every other byte of a document is escaped, so no document can put markup
// or script into the page. The same input gives the same bytes.
//
// Ownership: the result lives in the arena of the buffer; texts are borrowed for the call.
#ifndef RMK_PAGE_PAGE_H
#define RMK_PAGE_PAGE_H

#include "base/buf.h"
#include "check/check.h"
#include "summary/summary.h"

// Where the links of a file lead, seen from the page: texts to put in front of them.
struct rmk_page_base {
	struct rmk_str folder; // of "docs/x.md": the file's folder, "../" or empty
	struct rmk_str file;   // of "#anchor": the file itself
	struct rmk_str top; // of "/docs/x.md": the top of the tree; s == NULL: not known
};

// A file and what check finds in it.
struct rmk_page_file {
	const struct rmk_doc *doc; // NULL: it could not be parsed, and has no tables
	const struct rmk_finding *findings; // [nfindings] in order of line
	size_t nfindings;
	struct rmk_page_base base;
};

// A table to show. The tables of a file stand together, in order.
struct rmk_page_table {
	size_t file; // index into files
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
	struct rmk_str burnup; // an <svg> without style of its own; empty: no history
	const struct rmk_page_point *points;
	size_t npoints;
	struct rmk_str cut; // the commit where the history is cut; empty: it is whole
	const struct rmk_page_file *files;
	size_t nfiles;
	const struct rmk_page_table *tables;
	size_t ntables;
};

void rmk_page_write(const struct rmk_page *page, struct rmk_buf *out);

// A cell's raw Markdown as safe inline HTML. base may be NULL: links as they are.
void rmk_page_cell(
    struct rmk_buf *out, struct rmk_str raw, const struct rmk_page_base *base);

#endif
