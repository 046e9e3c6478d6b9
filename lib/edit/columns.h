// Columns that come, go, change places or names.
//
//	| Paper | Status |  from {0, none, 1}   | Paper | Area | Status |
//	|-------|--------|  ───────────────▶    |-------|------|--------|
//	| LoRA  | Read   |                      | LoRA  |      | Read   |
//
// Cells keep their bytes, white space included; a new column is as wide as it must be where
// its neighbour is aligned. What the declaration says of a column goes with it.
//
// The gate: the result is parsed, and refused unless all else is as it was.
#ifndef RMK_EDIT_COLUMNS_H
#define RMK_EDIT_COLUMNS_H

#include "schema/schema.h"

struct rmk_columns {
	const size_t *from; // [n] the old column of each new one; RMK_NONE: it is new
	size_t n;
	struct rmk_str label; // of the new one, content
};

// New bytes for a table with these columns.
enum rmk_code rmk_columns_arrange(struct rmk_arena *a, const struct rmk_doc *doc,
    size_t table, const struct rmk_columns *columns, struct rmk_str *out,
    struct rmk_err *err);

// A column's new name: header, declaration, and what this file says of it: declarations that refer
// to it, and regions drawn by it.
enum rmk_code rmk_column_rename(struct rmk_arena *a, const struct rmk_doc *doc,
    size_t table, size_t col, struct rmk_str label, struct rmk_str *out,
    struct rmk_err *err);

// A column that gets another name, as other files see it.
struct rmk_column_named {
	const struct rmk_doc *doc; // its file, before
	size_t table;
	struct rmk_str old, label; // old: folded
	struct rmk_str path, from; // of its file and of the other one, from one folder
};

// What another file says of it. The text as it was, where that is nothing.
enum rmk_code rmk_column_rename_refs(struct rmk_arena *a, const struct rmk_doc *doc,
    const struct rmk_column_named *named, struct rmk_str *out, struct rmk_err *err);

// A column that goes, and its part of the declaration.
enum rmk_code rmk_column_remove(struct rmk_arena *a, const struct rmk_doc *doc,
    size_t table, size_t col, struct rmk_str *out, struct rmk_err *err);

#endif
