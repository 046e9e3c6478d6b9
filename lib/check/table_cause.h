// Why a header row and its delimiter row make no table. Not installed for users of the library.
//
//	| Paper | Read |        ──▶  "the delimiter row has 3 columns and the header row 2",
//	|-------|------|---|         a hint, and the byte that is to blame
#ifndef RMK_CHECK_TABLE_CAUSE_H
#define RMK_CHECK_TABLE_CAUSE_H

#include "check/check_context.h"

#define NO_PLACE UINT32_MAX

struct table_cause {
	struct rmk_str why, hint;
	uint32_t at;       // the byte that is to blame, or NO_PLACE
	bool blank_before; // a blank line before the header undoes it
};

// The header is on line `number` of a block, the delimiter row on the one below.
void check_table_cause(struct rmk_checking *c, const struct rmk_block *b, uint32_t number,
    const struct row_line *header, const struct row_line *delim, struct table_cause *out);

// How many cells a line would make in a delimiter row or a header: '+' divides too.
size_t check_count_cells(const struct row_line *line);

#endif
