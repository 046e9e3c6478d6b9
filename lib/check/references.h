// References between tables, as the rules that span files see them.
//
//	references[ndocs] ─▶ referred[n]   each table with a declared name, in whatever file
//
// Not installed for users of the library.
#ifndef RMK_CHECK_REFERENCES_H
#define RMK_CHECK_REFERENCES_H

#include "check/check_context.h"

// A declared table of one of the documents.
struct referred {
	struct rmk_checking *c;
	const struct table_info *t;
	struct rmk_str key; // folded name
};

struct references {
	struct rmk_checking *checks; // [ndocs]
	size_t ndocs;
	struct referred *v;
	size_t n, cap;
};

// The column that a reference means: its key where name is empty; RMK_NONE: it lacks it.
size_t check_referred_column(
    const struct referred *n, struct rmk_arena *a, struct rmk_str name);

struct rmk_str check_cell_key(
    struct rmk_checking *c, const struct table_info *t, uint32_t row, size_t col);

// The rule reference-cycle: rows that wait for each other.
void check_reference_cycles(struct rmk_arena *a, const struct references *all);

#endif
