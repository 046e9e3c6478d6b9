// What the two halves of matching a table share: match_cols.c pairs the columns and
// chooses the key, match_rows.c pairs the rows.
#ifndef RMK_OPS_MATCH_ROWS_H
#define RMK_OPS_MATCH_ROWS_H

#include "ops/match_pairs.h"

// Columns tried where each costs a look at all rows. Real tables are narrower (33 at
// most in 12,000); a hostile one of thousands would cost rows times columns.
#define RMK_COLS_TRIED 64
// Columns or rows looked ahead for a partner, in a gap whose two sides differ in length.
#define RMK_AHEAD 4

struct rmk_match_side {
	const struct rmk_doc *doc;
	const struct rmk_table *t;
	uint64_t *hashes;     // [nrows] of all cells in columns both tables have
	uint64_t *ids;        // [nrows] of the step at hand
	const size_t *col_id; // [ncols] a column's name on both sides, or RMK_NONE
	size_t key;
};

struct rmk_match_rows {
	struct rmk_arena *a;
	struct rmk_match_side old, new_;
	struct rmk_table_match m;
	size_t wished; // the key column of old, RMK_NO_KEY, or RMK_NONE
	size_t but;    // column (of old) that does not count, or RMK_NONE
	bool noted;    // a step found two rows that it did not join
};

// Fill m->m.cols and col_id.
void rmk_match_columns(struct rmk_match_rows *m);

// Fill the keys.
void rmk_match_key(struct rmk_match_rows *m);

#endif
