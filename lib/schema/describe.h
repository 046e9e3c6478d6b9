// A table's schema as text: a declaration to write above it, and JSON for others.
//
//	schema ──▶ <!-- rowmark: papers           rmk_describe_declaration
//	           Paper: key
//	           Read or Not: status = Not read < Reading < Read
//	           -->
//	       `─▶ {"fields":[{"name":"Paper", ...}], "primaryKey":["Paper"]}
//	                                          rmk_describe_frictionless
#ifndef RMK_SCHEMA_DESCRIBE_H
#define RMK_SCHEMA_DESCRIBE_H

#include "base/json.h"
#include "base/map.h"
#include "schema/schema.h"

// A declaration that says what the schema knows: key, status columns with their values in
// order, link columns, columns of integers, numbers or dates, columns that are never
// empty. The name is the declared one, else `name`, which may be empty. Parsing it back gives
// the same schema. Empty: there is nothing to say of any column.
struct rmk_str rmk_describe_declaration(struct rmk_arena *a, const struct rmk_doc *doc,
    size_t table, const struct rmk_schema *schema, struct rmk_str name);

// What one column is, in the words of a declaration: "key", "status = A < B".
struct rmk_str rmk_describe_field(struct rmk_arena *a, const struct rmk_field *field);

// Whether a declaration can hold this value or name: its grammar has no way to write a '"',
// and an HTML comment none to write '--'.
bool rmk_describe_can_say(struct rmk_str value);

// A value or a column's name, in quotes where it needs them: where it holds one of the marks.
void rmk_describe_word(struct rmk_buf *out, struct rmk_str word, const char *marks);

// Where no status is seen but a column is near one (by its header, or a few words): a
// declaration on one line to paste and put into order. Empty: no column is.
struct rmk_str rmk_describe_draft(struct rmk_arena *a, const struct rmk_doc *doc,
    size_t table, const struct rmk_schema *schema);

// The schema with types read off the data where nothing is declared: all values of a
// column are integers, numbers, dates or links. What was declared stays. Status columns are
// TEXT, all of them, where one holds a value that is in no order or cannot be written: they
// stay inferred, and a declaration of the schema holds for every cell there is.
struct rmk_schema *rmk_describe_infer(struct rmk_arena *a, const struct rmk_doc *doc,
    size_t table, const struct rmk_schema *schema);

// What only other tables tell: the key column of the table that a reference names, empty
// when there is no such table.
struct rmk_describe_known {
	struct rmk_str (*key_of)(void *ctx, struct rmk_str table);
	void *ctx;
};

// The name of a column outside of Markdown, where names differ and are not empty: a second "X"
// is "X_2", an empty label "column_3". Case does not count, as in SQL. taken: those before it.
struct rmk_str rmk_describe_name(
    struct rmk_arena *a, struct rmk_map *taken, struct rmk_str label, size_t col);

// Frictionless Table Schema: fields, constraints, categories, primaryKey, foreignKeys.
// known may be NULL; then references that name no column are left out.
void rmk_describe_frictionless(struct rmk_arena *a, const struct rmk_schema *schema,
    const struct rmk_describe_known *known, struct rmk_json *j, const char *name);

#endif
