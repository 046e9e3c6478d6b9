// Guesses about the rows of one side: what guess.c, guess_by_place.c and doubt_pairs.c share.
//
//	doubt_pairs.c      pairs that a key made, and other cells deny ──▶ guessed
//	guess.c            a row that is gone, one that is new, and a cell that they alone have ─┐
//	guess_by_place.c   ... or at the same place, with any cell in common                     ├▶ one
#ifndef RMK_MERGE_GUESS_H
#define RMK_MERGE_GUESS_H

#include "diff/match_pairs.h"
#include "merge/unique_cells.h"

// What is looked for once, and anew when rows became gone or new since.
struct rmk_guess_loose {
	bool known, cells_known;
	bool measured; // fit_base and fit_side are not empty
	struct rmk_loose_rows rows;
	struct rmk_unique_cells cells; // that those rows have alone
	bool others_known;
	struct rmk_left others; // rows of base that are not the same line in v
};

// The rows of one side.
struct rmk_guesses {
	struct rmk_plan *p;
	enum rmk_version v;
	bool *
	    disputed; // [base rows] before any guess was made, so that both sides are asked alike
	bool *explained; // [rows of v] it looks like a row that the other side left alone
	uint8_t
	    *anchors; // [base rows] cells that no other row has, shared with its row of v
	bool *contested; // [base rows] its partner is claimed, or it by another row
	size_t *claim;   // [rows of v] a row of base that shares such cells with it
	uint8_t *claims; // [rows of v] and how many
	size_t *
	    fit_base; // [base rows] most bytes that a row without a partner has in common
	size_t *
	    fit_side; // [rows of v] with it, of those that share a cell which they alone have
	struct rmk_guess_loose *loose; // what is gone and new; rows only cease to be so
	bool want;                     // which of them are looked for
	bool joined; // by rows that are new on both sides; else by those of v alone
	const struct rmk_guesses *other; // of the other side
};

// Row n of version v, which is new there, is taken for row b of base.
void rmk_guess_take(const struct rmk_guesses *g, size_t b, size_t n);

// Whether row b of base is one of those that are looked for now.
bool rmk_guess_wants(const struct rmk_guesses *g, size_t b);

// The row of a pair that has a partner while the other has none; NULL: it is not so.
struct rmk_merge_row *rmk_guess_paired_alone(
    const struct rmk_guesses *g, size_t b, size_t n);

bool rmk_guess_some_gone(const struct rmk_guesses *g);
bool rmk_guess_some_new(const struct rmk_guesses *g);

// The rows of base that are not one line with their row of v, or have none: few, mostly.
const struct rmk_left *rmk_guess_others(const struct rmk_guesses *g);

// The rows that were gone or new when they were looked for, and their cells.
const struct rmk_loose_rows *rmk_guess_rows(const struct rmk_guesses *g);
const struct rmk_unique_cells *rmk_guess_cells(const struct rmk_guesses *g);

// How much of a row of base, in bytes, row n of version v has in the same columns. The first column
// counts one more, to decide between equals.
size_t rmk_guess_common_part(
    const struct rmk_plan *p, enum rmk_version v, size_t b, size_t n);

// Whether a row of base is gone, and another one has become little like itself.
bool rmk_guess_some_changed_names(const struct rmk_guesses *g);

// Mark as guessed the pairs that other cells deny. Before anything is taken, so that the sides are
// asked alike.
void rmk_guess_doubt_pairs(const struct rmk_guesses *g);

void rmk_guess_by_place(const struct rmk_guesses *g);

// Rows that both sides seem to have added, and that each may have made of another row.
void rmk_guess_part_equal(struct rmk_plan *p);

#endif
