// The same table, column and row in two documents.
//
//	old                                new
//	## Papers                ───▶      ## Reading list      heading re-worded
//	| Paper | Read or Not |  ───▶      | Title | Read |     columns renamed
//	| LoRA  | Not read    |  ─┐ ┌─▶    | LIMA  | Read |
//	| LIMA  | Not read    |  ─┼─┘      | LoRA  | Read |     moved, and a cell changed
//	| GPT   | Read        |   └─▶      | new   | ...  |     GPT gone, one new
//
// diff, merge and history all ask here, so that they agree on what is the same row.
//
// Tables are the same by declared name, by the headings above them and their labels, by
// the rows they share. Columns by label, then by the values they share. Rows by what
// they hold, then by key, then by all cells but one, by a link only they hold, and last
// by their neighbours. Padding never counts. Every step takes time in proportion to the
// number of cells: there is no search for a best alignment that hostile input could
// make long. What no step can tell is not the same.
//
// Units: indices of tables, columns and rows from 0; RMK_NONE has no partner.
// Ownership: everything lives in the arena. Nothing fails.
#ifndef RMK_DIFF_MATCH_H
#define RMK_DIFF_MATCH_H

#include "base/hash_index.h"
#include "schema/schema.h"
#include "table/doc.h"

// Who is whose partner: new = to_new[old] and old = to_old[new], or RMK_NONE.
struct rmk_pairs {
	size_t *to_new; // [nold]
	size_t *to_old; // [nnew]
	size_t nold, nnew;
};

// Two tables that are the same one.
struct rmk_table_match {
	struct rmk_pairs cols;
	struct rmk_pairs rows;
	size_t old_key, new_key; // the columns that named the rows, or RMK_NONE
	bool key_sound; // keys are all different and not empty, in both: they name rows
	bool unsure; // rows that cannot be told apart were paired in order, and some left
	struct rmk_pairs
	    lines; // rows that are the same bytes and stand in order, where all
		   // columns are the same; whoever is whose partner in rows
};

struct rmk_pairs rmk_match_tables(
    struct rmk_arena *a, const struct rmk_doc *old, const struct rmk_doc *new_);

// Columns and rows of old->tables[told] and new_->tables[tnew].
struct rmk_table_match rmk_match_table(struct rmk_arena *a, const struct rmk_doc *old,
    size_t told, const struct rmk_doc *new_, size_t tnew);

// Columns whose values are known to differ; {.index.arena = an arena of its own} knows none.
struct rmk_key_column {
	const struct rmk_table *t;
	size_t col;
};

struct rmk_known_keys {
	struct rmk_key_column differ[3];
	size_t n;
	struct rmk_key_column last; // of an old table, that was looked at
	bool last_differ;
	struct rmk_hash_index index; // its rows by their values
};

// The same for a merge, where a wrong pair carries cells of one row into another, and no pair
// is a question to a person: a row whose key was replaced is the same only by a sentence or a
// link. With this column of the old table as the key, since all versions must be asked by the
// same one; RMK_NONE: whichever it is. RMK_NO_KEY: only rows that are equal in all columns that
// both have are the same. sound: the key may be trusted, if it names the rows of both.
#define RMK_NO_KEY (RMK_NONE - 1)
// known: NULL, or what stays known from match to match of the same tables.
struct rmk_table_match rmk_match_for_merge(struct rmk_arena *a, const struct rmk_doc *old,
    size_t told, const struct rmk_doc *new_, size_t tnew, size_t key, bool sound,
    struct rmk_known_keys *known);

// Which new rows stand elsewhere among their partners than before: the fewest that
// explain the new order. [pairs.nnew]; rows without a partner have not moved.
bool *rmk_match_moved(struct rmk_arena *a, const struct rmk_pairs *rows);

#endif
