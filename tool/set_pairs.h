// COLUMN=VALUE in place of VALUE, as `add` takes it.
//
//	set LIMA Status=Read Comment=later     row LIMA; two cells
#ifndef TOOL_SET_PAIRS_H
#define TOOL_SET_PAIRS_H

#include "operands.h"

struct set_pair {
	struct rmk_str column, value; // column.s NULL: the status column
};

// Take the value, and the words before it that are COLUMN=VALUE of a column of these tables and no
// row's name, from the operands. At least one pair.
size_t set_pairs_take(struct call *c, struct operands *o, const struct picked *tables,
    size_t n, struct set_pair **out);

#endif
