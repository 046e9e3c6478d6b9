// Where the body rows of a text's tables are, and which of them another text changes.
//
//	old   ... ┌ | 1 | x | ┐ ...     body: the lines of a table's rows
//	          │ | 2 | y | │
//	new   ... └ | 3 | z | ┘ ...     gap: the lines that differ, all in one body
//
// Most versions of a file differ from the one before in a row or two. After a delimiter row
// with prefix P, a line that begins with P and '|' must be a row (see outline.c), so when only
// such lines came, went or changed in a body, all else is read by GitHub as it was. That is
// certain, not likely; whenever it is not, the answer is no and the text is to be parsed.
//
// So a version can follow from its neighbour without a document of either, and costs what
// differs (history), or a document can follow from its neighbour's (table/patch.h).
//
// Units: bytes from the start of the text.
// Ownership: bodies and rows live in the arena and point into no text.
#ifndef RMK_TABLE_BODIES_H
#define RMK_TABLE_BODIES_H

#include "table/doc.h"

struct rmk_body {
	uint32_t head;          // where the header row's line begins
	uint32_t at, end;       // of the body's lines, with their ends
	struct rmk_span prefix; // what is in front of the delimiter row's first pipe
	uint32_t nrows, ncols;
	bool fixed; // read-only: its rows are not read without the parser
};

struct rmk_bodies {
	struct rmk_body *v; // [n] of all tables, in the order of the document
	size_t n;
	bool
	    fixed; // no version follows: a row may refer to a footnote that holds a table
};

// The lines that differ: [at, old_end) of the old text, [at, new_end) of the new one.
struct rmk_body_diff {
	size_t table;
	size_t at, old_end, new_end;
};

struct rmk_bodies rmk_bodies_of(struct rmk_arena *a, const struct rmk_doc *doc);

// Whether what differs are whole lines of one body.
bool rmk_bodies_gap(const struct rmk_bodies *old, struct rmk_str old_text,
    struct rmk_str new_text, struct rmk_body_diff *out);

// The row on the line at *at, which ends in front of `end`; then *at is the next line. False: it
// need not be a row. Its number is not given.
bool rmk_bodies_row(struct rmk_arena *a, struct rmk_str text, size_t *at, size_t end,
    struct rmk_str prefix, struct rmk_row *row);

// The rows on the lines [at, end) of a text. False: one need not be a row. Lines are counted
// from `line`.
bool rmk_bodies_rows(struct rmk_arena *a, struct rmk_str text, size_t at, size_t end,
    struct rmk_str prefix, uint32_t line, struct rmk_row **rows, size_t *n);

// The bodies of the new text, which has `more` rows more in the gap (modulo 2^32).
struct rmk_bodies rmk_bodies_moved(struct rmk_arena *a, const struct rmk_bodies *old,
    const struct rmk_body_diff *gap, uint32_t more);

#endif
