// What the parts of printing a difference share: a table of it, its rows, and where they moved.
//
//	README.md#papers                        old.md#done
//	  - LIMA   ──▶  moved, to old.md#done     + LIMA  ──▶  moved, from README.md#papers,
//	                                                       and its cells that differ
//
//	diff_view.c   what is opened, given files and closed; text
//	diff_data.c   Markdown and JSON
//	diff_rows.c   what both sides call things
#ifndef TOOL_DIFF_ROWS_H
#define TOOL_DIFF_ROWS_H

#include "diff_view.h"

struct diff_both {
	struct rmk_arena *a;
	const struct rmk_diff *d;
	const struct rmk_table_diff *t;
	size_t file; // index of d
	const struct diff_file *files;
	const struct rmk_moved_row *moves; // [nmoves]
	size_t nmoves;
};

// A row as it is shown: one that came from another table is a change of that row.
struct diff_row {
	struct diff_both both;
	struct rmk_row_diff row;
	struct rmk_str from, to; // addresses of the other table; empty: it did not move
	const struct rmk_row *there; // to: the row in the other table
};
struct diff_row diff_row_of(const struct diff_both *b, const struct rmk_row_diff *r);

extern const char *const diff_kind_name[]; // of enum rmk_diff_kind
extern const char *const diff_align_name[];

const struct rmk_doc *diff_doc_of(const struct diff_both *b, bool old);
const struct rmk_table *diff_view_table_of(const struct diff_both *b, bool old);
const struct rmk_row *diff_view_row_of(
    const struct diff_both *b, const struct rmk_row_diff *r, bool old);
struct rmk_str diff_address_of(const struct diff_both *b);
struct rmk_str diff_label_of(const struct diff_both *b, const struct rmk_cell_diff *c);

// The cells of a row that is on one side only, but for its name and empty ones.
size_t diff_single_cells(
    const struct diff_both *b, const struct rmk_row_diff *r, struct rmk_cell_diff **out);

void diff_put_md(const struct diff_both *b, struct rmk_str path);
void diff_put_json(struct rmk_json *j, const struct diff_both *b, struct rmk_str path);

#endif
