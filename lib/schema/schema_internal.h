// The parts of rmk_schema_of, each in a file of its own.
//
//	schema.c          puts them together; key column; look-ups
//	declaration.c  a declaration ──▶ fields, problems
//	evidence.c, matrix.c, siblings.c   values ──▶ evidence of status columns
//	status_columns.c    evidence ──▶ status columns
//	spellings.c       the values of a column
//	status_terms.c    the terms they make
//	term_spelling.c   how those are written
//	status_words.c, header_words.c    the vocabulary
//	key_column.c      the column by which people name rows
#ifndef RMK_SCHEMA_SCHEMA_INTERNAL_H
#define RMK_SCHEMA_SCHEMA_INTERNAL_H

#include "base/map.h"
#include "schema/evidence.h"

// Read column col. Given up when most of its cells are no words of progress, and of more
// kinds than most, as a reader sees them.
struct rmk_column rmk_column_read(struct rmk_arena *a, const struct rmk_doc *doc,
    const struct rmk_table *table, size_t col, size_t most);

// Terms of a column without declared ones, one a key, ranked by the vocabulary on the
// field's ladder; and those of it that are not seen. They live in the column's arena.
void rmk_terms_infer(
    struct rmk_arena *a, struct rmk_field *field, const struct rmk_column *column);

// How many ways a reader sees each of them spelled, and to how many cells each way is one: texts.
// Equal texts have equal keys, so one map serves all terms. by_key: of a key the index of its term.
void rmk_terms_count_texts(struct rmk_term *terms, const struct rmk_map *by_key,
    const struct rmk_column *column, struct rmk_map *texts);

// How each of them is written, and all of that.
void rmk_terms_spell(struct rmk_arena *a, struct rmk_term *terms, size_t nterms,
    const struct rmk_map *by_key, const struct rmk_column *column);

// The rank of a value of an inferred column, a term or not.
enum rmk_word_rank rmk_field_rank(const struct rmk_field *field, struct rmk_str key);

// Move a field's terms to arena a, out of one that is freed.
void rmk_terms_keep(
    struct rmk_arena *a, const struct rmk_doc *doc, struct rmk_field *field);

// Count the cells of the declared terms of a column.
void rmk_terms_count(
    struct rmk_arena *a, struct rmk_field *field, const struct rmk_column *column);

// The ladder that most cells of a column are words of, or RMK_NONE.
size_t rmk_column_ladder(const struct rmk_column *column);

// Fill schema->key, unless it is declared, and schema->number.
void rmk_schema_choose_key(struct rmk_arena *scratch, const struct rmk_doc *doc,
    const struct rmk_table *table, struct rmk_schema *schema);

// Fill the fields that a declaration names. Nothing where there is none.
void rmk_schema_declare(struct rmk_arena *a, const struct rmk_doc *doc,
    const struct rmk_table *table, struct rmk_schema *schema);

// Its name alone, without reading the rest; empty: none.
struct rmk_str rmk_schema_name(const struct rmk_doc *doc, const struct rmk_table *table);

// Make status columns of the fields that are not declared and look like it. What is only
// needed meanwhile is made in scratch.
void rmk_schema_infer(struct rmk_arena *a, struct rmk_arena *scratch,
    const struct rmk_doc *doc, size_t table, struct rmk_schema *schema);

// Labels and what is declared, before anything is inferred.
struct rmk_schema *rmk_schema_declared(
    struct rmk_arena *a, const struct rmk_doc *doc, const struct rmk_table *table);
bool rmk_schema_has_status(const struct rmk_schema *schema);

#endif
