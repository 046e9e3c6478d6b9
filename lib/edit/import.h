// Records from elsewhere, and what they change in a table.
//
//	Paper,Status      | [LoRA](…) | Not read |      what is shown differs: a cell is set
//	LoRA,Read         | LIMA      | Read     |      no such row: it is added
//	Gopher,Not read
//
// A record is the row with its key (import_rows.h). A cell is changed where it shows another text
// than the record holds: what is the same to a reader keeps its bytes. Other rows are not touched.
//
// Units: values are content. Ownership: all of it lives in the arena or is part of what is
// handed in.
#ifndef RMK_EDIT_IMPORT_H
#define RMK_EDIT_IMPORT_H

#include "base/err.h"
#include "base/records.h"
#include "schema/schema.h"

// Whether a column is shown by the addresses of its links: declared a link, or all of its cells
// in these rows (NULL: in all) are one link each, and called the same, and it does not name rows.
bool rmk_column_is_urls(struct rmk_arena *a, const struct rmk_doc *doc, size_t table,
    const struct rmk_schema *schema, size_t col, const size_t *rows, size_t n);

// The address of a cell that is one link and nothing else; else empty.
struct rmk_str rmk_cell_url(struct rmk_arena *a, struct rmk_str raw);

struct rmk_import_cell {
	size_t row, col;
	struct rmk_str value;
	bool had_link; // and the value has not
};

struct rmk_import {
	struct rmk_import_cell *cells; // [ncells] to be set
	size_t ncells, cells_cap;
	struct rmk_str **rows; // [nrows][ncols] to be added
	size_t nrows, rows_cap;
	size_t nsame;  // records that are there already
	size_t nalike; // that changed one of several rows which show as much of them
	size_t nleft;  // rows that no record is
	// Keys that the records write otherwise ("lora"): the rows keep theirs.
	struct rmk_import_cell *names; // [nnames]
	size_t nnames, names_cap;
};

// The column of each label: by name, the nth of one name for the nth, or as "NAME=COLUMN" of
// maps says; RMK_NONE where that is "NAME=". RMK_NOT_FOUND: a label has none; RMK_INVALID: two
// have one, or none is the key.
enum rmk_code rmk_import_columns(struct rmk_arena *a, const struct rmk_schema *schema,
    const struct rmk_records *records, const struct rmk_str *maps, size_t nmaps,
    size_t **out, struct rmk_err *err);

struct rmk_import_opts {
	// The records hold Markdown; else text, which is escaped where it would be markup.
	bool markdown;
	bool as_typed; // a value near to a known one is no slip
};

// cols: [records->ncols].
enum rmk_code rmk_import_plan(struct rmk_arena *a, const struct rmk_doc *doc,
    size_t table, const struct rmk_schema *schema, const struct rmk_records *records,
    const size_t *cols, struct rmk_import_opts opts, struct rmk_import *out,
    struct rmk_err *err);

#endif
