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
//	   `-- blocks[nblocks]    what stands around the tables
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

#include "base/err.h"
#include "base/str.h"

// Spans have 32 bits, and the model takes at most 8 times the file.
#define RMK_MAX_FILE ((size_t)1 << 30)

// Parse block structure even where a scan shows that there can be no table; for
// those who want the headings, paragraphs and comments of such a file.
#define RMK_PARSE_ALL 1u

enum rmk_align { RMK_ALIGN_NONE, RMK_ALIGN_LEFT, RMK_ALIGN_CENTER, RMK_ALIGN_RIGHT };

// What a table or block stands in, as bits.
enum rmk_container { RMK_IN_QUOTE = 1, RMK_IN_LIST = 2, RMK_IN_FOOTNOTE = 4 };

// A line of a table: header row, delimiter row or body row.
struct rmk_row {
	uint32_t line;        // from 1
	uint32_t at;          // where its content starts, behind indent, '>' and the like
	struct rmk_span span; // the whole line without its end
	struct rmk_span *cells; // [ncells] raw bytes between the pipes, trimmed
	uint32_t ncells;        // written on the line; need not equal ncols
};

struct rmk_table {
	struct rmk_row header; // header.ncells == ncols
	struct rmk_row delim;
	struct rmk_row *rows; // [nrows] body rows
	uint8_t *aligns;      // [ncols] enum rmk_align
	uint32_t ncols;
	uint32_t nrows;
	uint32_t number;       // in the file, from 1
	uint32_t nth;          // under its heading, from 0
	size_t heading;        // index into doc->headings, or RMK_NONE
	size_t block;          // index into doc->blocks
	unsigned containers;   // enum rmk_container
	struct rmk_span decl;  // the declaration comment directly above; len 0: none
	const char *read_only; // why it cannot be written; NULL: it can
};

struct rmk_heading {
	uint32_t line;
	uint8_t level;         // 1 to 6
	struct rmk_str text;   // raw Markdown
	struct rmk_str anchor; // as GitHub makes it, numbered where equal: "papers-1"
};

// A leaf block of the file, in order. What is not listed is blank, or the marker of
// a container.
enum rmk_block_kind {
	RMK_BLOCK_PARAGRAPH,
	RMK_BLOCK_HEADING,
	RMK_BLOCK_CODE,  // indented
	RMK_BLOCK_FENCE, // fenced code
	RMK_BLOCK_HTML,
	RMK_BLOCK_BREAK, // thematic break
	RMK_BLOCK_TABLE
};

struct rmk_block {
	enum rmk_block_kind kind;
	unsigned containers; // enum rmk_container
	uint32_t line;       // first line, from 1
	uint32_t nlines;     // up to its last non-blank line
	size_t item; // of the list item, quote or footnote it is in: equal numbers, same
		     // one; 0: in none
	size_t part; // index into tables or headings; RMK_NONE for other kinds
};

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
	bool bom;
	bool parsed; // false: the scan ruled tables out, only text and path are set
};

// Parse text. flags: 0 or RMK_PARSE_ALL.
RMK_API enum rmk_code rmk_doc_parse(struct rmk_arena *a, struct rmk_str path,
    struct rmk_str text, unsigned flags, struct rmk_doc **out, struct rmk_err *err);

// Bytes of a span of the document.
RMK_API struct rmk_str rmk_doc_str(const struct rmk_doc *doc, struct rmk_span span);

// A line (from 1) without its end; and its end: "\n", "\r\n", "\r" or "".
RMK_API struct rmk_str rmk_doc_line(const struct rmk_doc *doc, uint32_t line);
RMK_API struct rmk_str rmk_doc_line_end(const struct rmk_doc *doc, uint32_t line);

// Raw bytes of a cell; empty where the row is short. The header's is the label.
RMK_API struct rmk_str rmk_doc_cell(
    const struct rmk_doc *doc, const struct rmk_row *row, size_t col);

// The line of a byte (from 1), and the column on it (from 1, in bytes).
RMK_API uint32_t rmk_doc_line_of(const struct rmk_doc *doc, uint32_t at);
RMK_API uint32_t rmk_doc_col_of(const struct rmk_doc *doc, uint32_t at);

#endif
