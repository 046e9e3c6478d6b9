// What the tables of a file that have the same status column call things.
//
//	## JSON      | Feature | Status |   🟡 Partial, ✅ Supported, ❌ No
//	## Locks     | Feature | Status |   ❌ No                  done: ✅ Supported, as above
//
// In:  a status column of one table.
// Out: its words and those of all columns of that name that share a word with it; of one that is
//      empty, of all of that name.
//
// It costs a look at all tables of the file, so it is asked where a column has no word of its own,
// and who asks for many cells keeps the last answer.
//
// Ownership: the arena's.
#ifndef RMK_SCHEMA_FILE_WORDS_H
#define RMK_SCHEMA_FILE_WORDS_H

#include "schema/schema.h"

struct rmk_file_words {
	const struct rmk_field *of; // the last column that was asked for; NULL: none was
	bool more;
	struct rmk_field field;
};

// NULL: no other table adds anything, or the column's words are declared.
const struct rmk_field *rmk_file_words(struct rmk_arena *a, const struct rmk_doc *doc,
    size_t table, const struct rmk_field *field, struct rmk_file_words *kept);

#endif
