// The parts of rmk_schema_of, each in a file of its own.
//
//	schema.c          puts them together; key column; look-ups
//	declaration.c  a declaration ──▶ fields, problems
//	status_columns.c    values ──▶ status columns
//	status_terms.c    values of a column, and the terms they make
//	status_words.c    the vocabulary
#ifndef RMK_SCHEMA_SCHEMA_INTERNAL_H
#define RMK_SCHEMA_SCHEMA_INTERNAL_H

#include "schema/schema.h"

// One spelling of a value in a column.
struct rmk_spelling {
	struct rmk_str raw, text, key;
	uint32_t count;
};

// The different spellings of a column, in the order of their first cell.
struct rmk_column {
	struct rmk_spelling *spellings;
	size_t n;
	size_t nfilled; // cells that are not empty to a reader
	bool
	    over; // more spellings than asked for: text and key were not read, nor the rest
};

// Read column col. Stops at most spellings.
struct rmk_column rmk_column_read(struct rmk_arena *a, const struct rmk_doc *doc,
    const struct rmk_table *table, size_t col, size_t most);

// Terms of a column without declared ones, one a key, ranked by the vocabulary; and
// those of its family that are not seen. They live in the column's arena.
void rmk_terms_infer(struct rmk_arena *a, struct rmk_field *field,
    const struct rmk_column *column, size_t family);

// Move a field's terms to arena a, out of one that is freed.
void rmk_terms_keep(
    struct rmk_arena *a, const struct rmk_doc *doc, struct rmk_field *field);

// Count the cells of the declared terms of a column.
void rmk_terms_count(
    struct rmk_arena *a, struct rmk_field *field, const struct rmk_column *column);

// The family that most cells of a column are words of, or RMK_NONE.
size_t rmk_column_family(const struct rmk_column *column);

// Fill the fields that a declaration names. Nothing where there is none.
void rmk_schema_declare(struct rmk_arena *a, const struct rmk_doc *doc,
    const struct rmk_table *table, struct rmk_schema *schema);

// Its name alone, without reading the rest; empty: none.
struct rmk_str rmk_schema_name(const struct rmk_doc *doc, const struct rmk_table *table);

// Make status columns of the fields that are not declared and look like it. What is only
// needed meanwhile is made in scratch.
void rmk_schema_infer(struct rmk_arena *a, struct rmk_arena *scratch,
    const struct rmk_doc *doc, const struct rmk_table *table, struct rmk_schema *schema);

#endif
