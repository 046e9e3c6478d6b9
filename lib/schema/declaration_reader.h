// Reading a declaration: what its two files share.
//
//	declaration.c   the comment, its entries, the columns they name
//	declaration_rules.c     the rules of one entry
#ifndef RMK_SCHEMA_DECLARATION_READER_H
#define RMK_SCHEMA_DECLARATION_READER_H

#include "schema/schema.h"

struct rmk_reader {
	struct rmk_arena *arena;
	const struct rmk_doc *doc;
	struct rmk_schema *schema;
	size_t problems_cap, off_cap;
	// The entry at hand.
	struct rmk_str entry;
	struct rmk_field **fields; // [nfields] what it names
	size_t nfields;
	bool has_type;
	struct rmk_str key_place; // of the first key, for the message of a second
};

// Note what is wrong at `where`, a part of the document.
void rmk_reader_problem(struct rmk_reader *r, struct rmk_str where, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));

// How many characters of a word may be mistyped for another to be meant.
unsigned rmk_reader_tolerance(struct rmk_str word);

// Take the text up to the next of the marks off the front of rest, with quotes and
// regexes skipped whole. *mark is the one found, 0 at the end.
struct rmk_str rmk_reader_take(struct rmk_str *rest, const char *marks, char *mark);

struct rmk_str rmk_reader_unquote(struct rmk_str text);

// Apply a rule to the fields of the entry. A list of values takes more off rest.
void rmk_reader_rule(struct rmk_reader *r, struct rmk_str rule, struct rmk_str *rest);

// What only shows when all rules of an entry are read.
void rmk_reader_check(struct rmk_reader *r, struct rmk_str entry);

#endif
