// What a Markdown file consists of for GitHub: lines, blocks, headings, tables.
//
//	## Papers                             headings[0]   blocks[0]
//
//	| Paper | Link      | Read or Not |   tables[0]     blocks[1]   header: cells[ncols]
//	|-------|-----------|-------------|                             delim: aligns[ncols]
//	| LoRA  | [Link](…) | Not read    |                             rows[0]
//
// Only leaf blocks are listed; of the containers around a block (quotes, list items,
// footnotes) it is known which kinds there are, and which one is the innermost.
//
// Units: spans are bytes from the start of the file, from 0; lines count from 1, indices
// from 0. Ownership: all of it lives in one arena, or points into the text.
#ifndef RMK_GFM_BLOCK_H
#define RMK_GFM_BLOCK_H

#include "base/err.h"
#include "base/str.h"

enum rmk_align { RMK_ALIGN_NONE, RMK_ALIGN_LEFT, RMK_ALIGN_CENTER, RMK_ALIGN_RIGHT };

// What a table or block is in, as bits.
enum rmk_container { RMK_IN_QUOTE = 1, RMK_IN_LIST = 2, RMK_IN_FOOTNOTE = 4 };

// A line of a table: header row, delimiter row or body row.
struct rmk_row {
	uint32_t line;        // from 1
	uint32_t at;          // where its content starts, behind indent, '>' and the like
	struct rmk_span span; // the whole line without its end
	struct rmk_span *cells; // [ncells] raw bytes between the pipes, trimmed
	uint32_t ncells;        // written on the line; need not equal ncols
	uint32_t
	    beside; // the row of the table beside it that is the same bytes, from 1; 0: not
		    // known
};

struct rmk_table {
	struct rmk_row header; // header.ncells == ncols
	struct rmk_row delim;
	struct rmk_row *rows; // [nrows] body rows
	uint8_t *aligns;      // [ncols] enum rmk_align
	uint32_t ncols;
	uint32_t nrows;
	size_t block;          // index into blocks
	unsigned containers;   // enum rmk_container
	const char *read_only; // why it cannot be written; NULL: it can
	const struct rmk_table
	    *beside; // of another text, whose rows were taken over; NULL: none

	// Given by the document (table/doc.h).
	uint32_t number;      // in the file, from 1
	uint32_t nth;         // under its heading, from 0
	size_t heading;       // index into headings, or RMK_NONE
	struct rmk_span decl; // the declaration comment directly above; len 0: none
};

struct rmk_heading {
	uint32_t line;
	uint8_t level;       // 1 to 6
	struct rmk_str text; // raw Markdown
	struct rmk_str
	    anchor; // as GitHub makes it, numbered where equal: "papers-1"; given
		    // by the document
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
	size_t part; // index into tables or headings; RMK_NONE for other kinds, and for a
	    // table in a region (table/region.h), which is none of the document's
};

// All of a file.
struct rmk_blocks {
	struct rmk_span *lines; // [nlines] without their ends
	size_t nlines;
	struct rmk_block *blocks;
	size_t nblocks;
	struct rmk_heading *headings;
	size_t nheadings;
	struct rmk_table *tables;
	size_t ntables;
	uint32_t front; // lines of front matter at the start, which are no Markdown
	bool valid;     // the text is UTF-8
	bool tight; // its limits grow with it, and a smaller text would have passed them
	bool bom;
	bool
	    footnotes; // it has a table in a footnote, which what refers to it makes visible
};

// Whether the text can hold a table at all: some line consists only of
// [ \t\v\f|:>-] with at least one '-'. False is certain, true is not.
bool rmk_blocks_may_hold_table(struct rmk_str text);

#endif
