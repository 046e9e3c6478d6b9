// What the files that write the page share.
//
//	page.c         head, summary, the list of tables, foot
//	page_table.c   a table, findings marked in it
//	page_cell.c    a cell as a reader sees it
//	               ──▶ one buffer
#ifndef RMK_PAGE_PAGE_INTERNAL_H
#define RMK_PAGE_PAGE_INTERNAL_H

#include "page/page.h"

struct page_writer {
	const struct rmk_page *page;
	struct rmk_buf *out;
	size_t *first; // [nfiles] how many findings stand in the files before
	size_t nfindings;
	bool *marked; // [nfindings] whether a mark of it is in a table
};

void page_put(struct page_writer *w, const char *html);
void page_text(struct page_writer *w, struct rmk_str text); // escaped

// "1 row", "2 rows".
void page_many(struct page_writer *w, size_t n, const char *word);

// The title of a table: the text of its heading, else its address.
struct rmk_str page_table_title(struct page_writer *w, const struct rmk_page_table *t);

// One table with its heading and its place for tools. Marks its findings.
void page_table(struct page_writer *w, size_t i);

// All findings, after all tables.
void page_findings(struct page_writer *w);

const char *page_level_class(const struct rmk_finding *f);

#endif
