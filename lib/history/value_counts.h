// How often each value stands in a column: counted whole, or from a neighbour in time.
//
//	newer   | done | done | todo |     counts   done 2, todo 1
//	older   | done | todo | todo |              done 1, todo 2: one row taken, one added
//
// Ownership: texts stay until the next table is counted.
#ifndef RMK_HISTORY_VALUE_COUNTS_H
#define RMK_HISTORY_VALUE_COUNTS_H

#include "history/version_facts.h"

struct rmk_counted {
	struct rmk_str text;
	uint32_t n;
};

struct rmk_counts {
	struct rmk_counted *values; // [n] in the order of their text; none when many
	size_t n, cap;
	bool many;
	uint32_t least; // many: so many different values at least
};

// Forget what cells say when there would be too many with a table of so many rows.
void rmk_count_ready(struct rmk_store *s, size_t nrows);

// What a cell's bytes say.
struct rmk_str rmk_count_text(struct rmk_store *s, struct rmk_str raw);

struct rmk_counts rmk_count_whole(struct rmk_store *s, struct rmk_arena *a,
    const struct rmk_doc *doc, size_t table, size_t col);

// From the counts of the neighbour's table; column is what they say of this one.
struct rmk_counts rmk_count_beside(struct rmk_store *s, struct rmk_arena *a,
    const struct rmk_doc *doc, const struct rmk_beside *near,
    const struct rmk_fact_column *column, size_t col, uint32_t least);

#endif
