// What the parts of matching a table share.
//
//	two tables ──▶ match_columns.c   which columns are the same, and the key
//	           ──▶ match_rows.c      rows, surest first: equal, by key, but one cell, similar
//	                 similarity.c    are these two rows one?
//	                 same_place.c    did one come where the other went?
//	           ──▶ struct rmk_table_match
#ifndef RMK_DIFF_MATCH_ROWS_H
#define RMK_DIFF_MATCH_ROWS_H

#include "diff/match_pairs.h"

// Columns tried where each costs a look at all rows. Real tables are narrower (33 at
// most in 12,000); a hostile one of thousands would cost rows times columns.
#define RMK_COLS_TRIED 64
// Columns or rows looked ahead for a partner, in a gap whose two sides differ in length.
#define RMK_AHEAD 4

struct rmk_match_side {
	const struct rmk_doc *doc;
	const struct rmk_table *t;
	uint64_t seed; // of hashes, the same on both sides, another in each run
	uint64_t
	    *hashes; // [nrows] of all cells in columns both tables have; 0: not known yet
	uint64_t *ids;        // [nrows] of the step at hand
	struct rmk_left left; // rows that had no partner when their lines were compared
	const size_t *col_id; // [ncols] a column's name on both sides, or RMK_NONE
	size_t key;
};

struct rmk_match_rows {
	struct rmk_arena *a;
	struct rmk_match_side old, new_;
	struct rmk_table_match m;
	size_t wished;                // the key column of old, RMK_NO_KEY, or RMK_NONE
	size_t but;                   // column (of old) that does not count, or RMK_NONE
	struct rmk_known_keys *known; // NULL: nothing
	bool doubting;    // for a merge: a replaced key needs more to be the same row's
	bool distrusting; // the key names no rows, even if all are different
	bool noted;       // a step found two rows that it did not join
};

// Fill m->m.cols and col_id.
void rmk_match_columns(struct rmk_match_rows *m);

// Fill the keys.
void rmk_match_key(struct rmk_match_rows *m);

// Whether an old row and a new one are the same, or like enough; ctx is a struct
// rmk_match_rows. All cells both have; all but the column `but`; half of what they hold.
bool rmk_match_same_cells(void *ctx, size_t old, size_t new_);
bool rmk_match_but_one(void *ctx, size_t old, size_t new_);
bool rmk_match_half(void *ctx, size_t old, size_t new_);

// What they hold and their keys do not say that they are two.
bool rmk_match_similar(struct rmk_match_rows *m, size_t old, size_t new_);

// Their digits are the same: "Task 12" and "Task 13" are two tasks.
bool rmk_match_same_digits(struct rmk_str x, struct rmk_str y);

// Join rows that came where one went, under a name like its name.
void rmk_match_in_place(struct rmk_match_rows *m);

// Their first links, known to be equal, say that they are one.
bool rmk_match_link(void *ctx, size_t old, size_t new_);

// The first link of a line as it is written; empty: none.
struct rmk_str rmk_match_first_link(struct rmk_str line);

#endif
