// How people name a table, a row and a column.
//
//	README.md#papers        by declared name, or the anchor of its heading
//	README.md#papers-1      the second table under that heading
//	README.md#2             the second table of the file
//	lima                    a row, by its key or a part of it, or of a link in it
//	LINE:42                 the row on line 42
//	status                  the one status column; else a header's text
//
// Look-ups give indices; what is ambiguous is an error that lists the candidates with
// their addresses.
#ifndef RMK_SCHEMA_ADDRESS_H
#define RMK_SCHEMA_ADDRESS_H

#include "schema/schema.h"

struct rmk_address {
	struct rmk_str file;  // empty: none named
	struct rmk_str table; // what follows the last '#'; empty: none named
};

// Split FILE#TABLE. A '#' in a folder's name stays with the file: only the last one,
// and only behind the last '/', divides.
struct rmk_address rmk_address_parse(struct rmk_str text);

// "README.md#papers": by declared name, else anchor, else number, the first that finds
// this table and no other in its file. Of more than 1,000 tables each has its number.
struct rmk_str rmk_address_of(
    struct rmk_arena *a, const struct rmk_doc *doc, size_t table);
struct rmk_str rmk_address_name(struct rmk_arena *a, const struct rmk_doc *doc,
    size_t table); // the part behind '#'

// The table called name: RMK_NOT_FOUND lists those there are, with the nearest first.
enum rmk_code rmk_address_table(struct rmk_arena *a, const struct rmk_doc *doc,
    struct rmk_str name, size_t *out, struct rmk_err *err);

// Rows that match, at the first level at which any does: exact, ignoring case and
// spacing, both by a number beside the key, as a part of the key, as a part of a link; and
// where none does, as a message calls it ("Write (line 42)").
enum rmk_match {
	RMK_MATCH_NONE,
	RMK_MATCH_EXACT,
	RMK_MATCH_FOLDED,
	RMK_MATCH_PART,
	RMK_MATCH_LINK,
	RMK_MATCH_LINE
};
struct rmk_hits {
	enum rmk_match level;
	size_t *rows; // [n]
	size_t n;
};
struct rmk_hits rmk_address_rows(struct rmk_arena *a, const struct rmk_doc *doc,
    size_t table, const struct rmk_schema *schema, struct rmk_str row);

// The same for many rows of a table: what its rows are called is read once. The index refers
// to the document and the schema.
struct rmk_address_index;
struct rmk_address_index *rmk_address_index(struct rmk_arena *a,
    const struct rmk_doc *doc, size_t table, const struct rmk_schema *schema);
struct rmk_hits rmk_address_index_rows(
    struct rmk_arena *a, const struct rmk_address_index *index, struct rmk_str row);

// The column called name ("status" where there is one status column). RMK_NOT_FOUND
// names the nearest and lists the columns; RMK_AMBIGUOUS when two headers are equal.
enum rmk_code rmk_address_column(struct rmk_arena *a, const struct rmk_doc *doc,
    size_t table, const struct rmk_schema *schema, struct rmk_str name, size_t *out,
    struct rmk_err *err);

// The column that a person means: called so; the Nth of its name ("Status:2"); else the only
// one that has what was typed as a part of its name. RMK_AMBIGUOUS lists those that do.
enum rmk_code rmk_address_column_typed(struct rmk_arena *a, const struct rmk_doc *doc,
    size_t table, const struct rmk_schema *schema, struct rmk_str typed, size_t *out,
    struct rmk_err *err);

// The text of a row's key as a reader sees it; "line 42" where it is empty.
struct rmk_str rmk_address_row(struct rmk_arena *a, const struct rmk_doc *doc,
    size_t table, const struct rmk_schema *schema, size_t row);

// The same, told apart from rows of the same name: "Write (12)" by a number or code beside
// the key, else by its first link, else "Write (line 42)".
struct rmk_str rmk_address_row_apart(struct rmk_arena *a, const struct rmk_doc *doc,
    size_t table, const struct rmk_schema *schema, size_t row);

// That number, code or link; empty: the row has none.
struct rmk_str rmk_address_row_by(struct rmk_arena *a, const struct rmk_doc *doc,
    size_t table, const struct rmk_schema *schema, size_t row);

#endif
