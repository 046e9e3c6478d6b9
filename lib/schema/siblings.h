// Columns of one name in the tables of a file: all of them are part of a matrix, or none.
//
//	## Traces   | Feature | Go | Rust |   + in most cells
//	## Logs     | Feature | Go | Rust |   nothing but empty cells: a matrix all the same
//
// Tables are alike when two columns at least are named as columns of some matrix. Of those with
// something in a column most must be statuses by themselves; where most are not, the others are
// none either ("No" in every row of "Auth", beside tables with "apiKey" there). A table with one
// column alone that could be part of a matrix stays as it is, whatever its columns are called.
//
// In:  the evidence of each table by itself.
// Out: the same, with columns accepted and no longer accepted.
//
// Ownership: nothing stays.
#ifndef RMK_SCHEMA_SIBLINGS_H
#define RMK_SCHEMA_SIBLINGS_H

#include "schema/evidence.h"

// What a column that its siblings made a status was inferred from.
extern const char rmk_siblings_why[];

// A column of which that is not so in most tables.
void rmk_siblings_leave(struct rmk_evidence *e);

// Whether a table has so much of a matrix that its siblings matter: no other is changed by
// rmk_siblings_join.
bool rmk_siblings_wanted(const struct rmk_evidence *e, size_t ncols);

// The tables of a file; those of NULL are declared, and left alone.
struct rmk_sibling {
	struct rmk_evidence *cols; // [ncols]
	size_t ncols;
};
void rmk_siblings_join(struct rmk_arena *scratch, struct rmk_sibling *tables, size_t n);

// What decides in rmk_siblings_join about a column besides its label: where the same is seen in
// all tables, the same columns are accepted (their ladders may be others).
uint32_t rmk_sibling_seen(const struct rmk_evidence *e);

#endif
