// How often each value is in a column: counted whole, or from a neighbour in time.
//
//	newer   | done | done | todo |     counts   done 2, todo 1
//	older   | done | todo | todo |              done 1, todo 2: one row taken, one added
//
// In:  rows of a text, and what the neighbour's column says.
// Out: a column, which never changes: the neighbour's own where it says the same, so that most
//      of what follows is a comparison of pointers.
//
// Ownership: columns live in the arena of the texts.
#ifndef RMK_HISTORY_VALUE_COUNTS_H
#define RMK_HISTORY_VALUE_COUNTS_H

#include "history/texts.h"
#include "table/doc.h"

struct rmk_fact_value {
	rmk_text text;
	uint32_t n;
};

struct rmk_fact_column {
	rmk_text label;
	bool many; // too many different values to be a status
	struct rmk_fact_value
	    *values; // [nvalues] in the order of their text; none when many
	uint32_t nvalues;
	uint32_t nlinks; // cells that are one link and nothing else; 0 when many
};

// Some rows of a text.
struct rmk_cells {
	struct rmk_str text;
	const struct rmk_row *rows; // [n]
	size_t n;
};

// least: of a column with many, so many different values it has at least.
const struct rmk_fact_column *rmk_count_whole(struct rmk_texts *t,
    struct rmk_arena *scratch, const struct rmk_cells *all, rmk_text label, size_t col,
    uint32_t *least);

// The column when the rows `gone` made way for `come` and nrows are there now; least is the
// neighbour's before. NULL: it must be counted whole.
const struct rmk_fact_column *rmk_count_beside(struct rmk_texts *t,
    struct rmk_arena *scratch, const struct rmk_fact_column *near,
    const struct rmk_cells *gone, const struct rmk_cells *come, size_t nrows, size_t col,
    uint32_t *least);

#endif
