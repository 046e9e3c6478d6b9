// A Markdown file and the tables in it.
//
//	## Papers                             the nearest heading names the table
//
//	<!-- rowmark: papers; Paper: key -->  decl: the declaration, if any
//
//	| Paper | Link      | Read or Not |   header: cells[ncols]
//	|-------|-----------|-------------|   delim: aligns[ncols]
//	| LoRA  | [Link](…) | Not read    |   rows[0]
//
//	doc -- tables[ntables] -- header, delim, rows[nrows] -- cells[ncells]
//	   `-- blocks[nblocks]    what is around the tables
//	   `-- lines[nlines]
//
// What is a table is what GitHub shows as one: cmark-gfm decides. Tables in block
// quotes, lists and footnotes count. Where the cells are is decided by bytes, and
// checked against the parser; a table in which the two differ is read-only.
//
// A document never changes. A change is a list of edits (edit/edit.h); applying them
// gives new bytes, and new bytes are parsed into a new document.
//
// Units: spans are bytes from the start of the file, from 0. Lines and columns
// meant for people count from 1, and columns count bytes. Indices of rows, columns
// and tables count from 0.
//
// Ownership: everything reached from a document lives in the arena, or points
// into the text, handed to rmk_doc_parse. Keep both as long as the document.
//
// Errors: RMK_TOO_BIG past RMK_MAX_FILE; RMK_TOO_COMPLEX when a guard against
// hostile input trips: then nothing is known of the file. Markdown cannot be
// malformed: what is not quite a table is simply text.
#ifndef RMK_TABLE_DOC_H
#define RMK_TABLE_DOC_H

#include "gfm/block.h"

#include <stdatomic.h>

// Spans have 32 bits, and the model takes at most 8 times the file.
#define RMK_MAX_FILE ((size_t)1 << 30)

// Parse block structure even where a scan shows that there can be no table; for
// those who want the headings, paragraphs and comments of such a file.
#define RMK_PARSE_ALL 1u
// Keep no body rows, which take most of the room: nrows says how many there are, and rows is NULL.
#define RMK_PARSE_HEADS 2u

struct rmk_doc {
	struct rmk_str path; // as handed in, for messages
	struct rmk_str text;
	struct rmk_table *tables;
	size_t ntables;
	struct rmk_heading *headings;
	size_t nheadings;
	struct rmk_block *blocks;
	size_t nblocks;
	struct rmk_span *lines; // [nlines] without their ends
	size_t nlines;
	uint32_t front; // lines of front matter at the start, which are no Markdown
	bool bom;
	bool
	    footnotes; // it has a table in a footnote, which what refers to it makes visible
	bool valid;    // the text is known to be UTF-8
	bool tight;    // as in struct rmk_blocks
	bool parsed; // false: the scan ruled tables out, only text and path are set
	// Of labels that links refer to (table/inline_references.h); NULL: there are none.
	const struct rmk_map *definitions;
	struct rmk_doc_notes *notes; // NULL where there is no table
};

// Room for what schema/ finds in all tables together, made with the document so that finding it
// needs no arena that lives as long. Threads may share a document: one of them writes it, and it is
// read when it is known.
enum { RMK_NOTES_NONE, RMK_NOTES_WRITTEN, RMK_NOTES_KNOWN };
struct rmk_doc_notes {
	atomic_uchar state;
	uint8_t **columns; // [ntables], each [ncols]
};

// Parse text. flags: 0 or RMK_PARSE_ALL.
enum rmk_code rmk_doc_parse(struct rmk_arena *a, struct rmk_str path, struct rmk_str text,
    unsigned flags, struct rmk_doc **out, struct rmk_err *err);

// The same of a text that has most of its rows in common with a document of the same file, whose
// cells are taken over. The new document shares nothing with it.
enum rmk_code rmk_doc_parse_beside(struct rmk_arena *a, const struct rmk_doc *beside,
    struct rmk_str text, struct rmk_doc **out, struct rmk_err *err);

// Room for notes of a document's tables, empty.
struct rmk_doc_notes *rmk_doc_notes_new(struct rmk_arena *a, const struct rmk_doc *doc);

// Bytes of a span of the document.
struct rmk_str rmk_doc_str(const struct rmk_doc *doc, struct rmk_span span);

// A line (from 1) without its end; and its end: "\n", "\r\n", "\r" or "".
struct rmk_str rmk_doc_line(const struct rmk_doc *doc, uint32_t line);
struct rmk_str rmk_doc_line_end(const struct rmk_doc *doc, uint32_t line);

// Raw bytes of a cell; empty where the row is short. The header's is the label.
static inline struct rmk_str
rmk_doc_cell(const struct rmk_doc *doc, const struct rmk_row *row, size_t col)
{
	if (col >= row->ncells)
		return (struct rmk_str){NULL, 0};
	return (struct rmk_str){doc->text.s + row->cells[col].at, row->cells[col].len};
}

// A line of a table without what it is nested in: from its first pipe or text to its end.
struct rmk_str rmk_row_written(const struct rmk_doc *doc, const struct rmk_row *row);

// The line of a byte (from 1), and the column on it (from 1, in bytes).
uint32_t rmk_doc_line_of(const struct rmk_doc *doc, uint32_t at);
uint32_t rmk_doc_col_of(const struct rmk_doc *doc, uint32_t at);

#endif
