// What the files of columns share. Not installed for users of the library.
//
//	| Paper | State |                columns.c           ──▶ edits
//	<!-- rowmark summary State -->   column_regions.c    ──▶ edits of the same list
#ifndef RMK_EDIT_COLUMNS_INTERNAL_H
#define RMK_EDIT_COLUMNS_INTERNAL_H

#include "edit/columns.h"
#include "edit/edit.h"

struct rmk_column_edits {
	struct rmk_edit *v;
	size_t n, cap;
};

// Other text for a part of the document.
void rmk_column_text(struct rmk_arena *a, const struct rmk_doc *doc, struct rmk_str from,
    struct rmk_str value, struct rmk_column_edits *out);

// column_regions.c: the regions of a file that are drawn by a column. named.from empty: it is the
// file of the column's table.
void rmk_column_regions(struct rmk_arena *a, const struct rmk_doc *doc,
    const struct rmk_column_named *named, struct rmk_column_edits *out);

#endif
