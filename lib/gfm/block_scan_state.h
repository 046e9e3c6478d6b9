// What the block scan's files share: one reading of one document.
//
//	block_scan.c    the driver: lines, the shadow text, which lines are fed
//	cmark_memory.c  the memory of cmark-gfm, which has a budget
//	block_feed.c    cmark-gfm, and our hook into it
//	block_limits.c  what it is not given to read
//	block_table.c   tables: header, delimiter and body rows, held against the parser
//	block_plain.c   lines that need not be fed: where nothing is open, what can be nothing else
//	hidden_footnotes.c     tables in footnotes that are not shown
//	block_list.c    the parser's tree, taken apart into blocks while it grows
//
// No one else includes this.
#ifndef RMK_GFM_BLOCK_SCAN_STATE_H
#define RMK_GFM_BLOCK_SCAN_STATE_H

#include "gfm/block_scan.h"

#include <setjmp.h>

struct cmark_node;
struct cmark_parser;
struct cmark_syntax_extension;
struct cmark_block;
struct cmark_mem;

// Sizes of small blocks.
#define CMARK_BLOCK_SIZES 8

// Places on a line, in bytes from its start, as the hook saw them.
struct line_seen {
	bool fired;      // the hook was called on this line
	uint32_t offset; // behind the markers of its containers
	uint32_t first;  // its first byte that is no space or tab
};

struct block_scan {
	struct rmk_arena *a;      // the document's: what stays
	struct rmk_arena scratch; // what goes: lists that grow
	struct rmk_blocks *out;
	struct rmk_err *err;
	struct rmk_str path, source;
	struct rmk_str text;                    // source, or its shadow
	bool heads;                             // body rows are not kept
	const struct rmk_blocks_beside *beside; // NULL: nothing
	jmp_buf give_up;                        // the way out of cmark-gfm; err is filled

	// cmark-gfm
	struct cmark_parser *parser;
	struct cmark_syntax_extension *hook;
	struct cmark_node *root;
	struct cmark_block *blocks;                   // all that cmark-gfm has allocated
	struct cmark_block *spare[CMARK_BLOCK_SIZES]; // small ones it gave back, by size
	unsigned char *slab; // where the next small one is cut from
	size_t slab_left;
	size_t live; // bytes of blocks, for the budget

	// The line that is being fed, and the one before.
	uint32_t line; // index into out->lines
	struct line_seen seen, before;
	struct cmark_node *paragraph; // the line may make a table of it
	struct cmark_node *row_of;    // the line is a row of this table
	bool in_fence; // an open fence in no container: nothing else can begin in it
	bool idle;     // nothing is open but the document

	// The open table is the last one of tables, which are scratch until the end.
	struct cmark_node *table; // NULL: none is open
	struct rmk_str prefix;    // of its delimiter row
	struct rmk_table *tables;
	size_t ntables, tables_cap;
	struct rmk_row *rows; // in the document's arena
	size_t nrows, rows_cap;
	struct rmk_row row;     // the one that is read, where rows are not kept
	size_t missing;         // cells that its short rows lack
	struct rmk_span *spans; // room for cells, in the document's arena
	size_t room;
	size_t row_beside; // of the table beside it, the next to be looked at
	size_t looks_left; // how many more may be

	uint64_t work; // that cmark-gfm was made to do, for the guards

	// What was taken from the tree. Blocks and headings are scratch until the end.
	struct rmk_block *taken;
	size_t ntaken, taken_cap;
	struct rmk_heading *headings;
	size_t nheadings, headings_cap;
	size_t ntaken_tables;
	size_t nitems; // list items, quotes and footnotes numbered
};

// Give up: fill err with RMK_TOO_COMPLEX and leave through w->give_up. line is an index;
// RMK_NONE: nowhere in particular.
_Noreturn void rmk_scan_give_up(struct block_scan *w, size_t line, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));

// Count work of that many nanoseconds; too much of it trips: "too many WHAT".
void rmk_scan_count_work(struct block_scan *w, uint64_t work, const char *what);

// Before a line is fed; before it is read as a row; before a row is filled up to its
// table's columns; before a line is tried as a delimiter row below a paragraph.
void rmk_scan_limit_line(struct block_scan *w, struct rmk_str line);
void rmk_scan_limit_row(struct block_scan *w, struct rmk_str line);
void rmk_scan_limit_columns(struct block_scan *w, size_t ncols);
void rmk_scan_limit_paragraph(
    struct block_scan *w, struct cmark_node *paragraph, struct rmk_str line);

// The allocator for cmark-gfm, which serves this reading from then on; and the end of all
// that it gave.
struct cmark_mem *rmk_scan_memory(struct block_scan *w);
void rmk_scan_free(struct block_scan *w);

void rmk_scan_open(struct block_scan *w);
void rmk_scan_close(struct block_scan *w); // may be called twice
void rmk_scan_feed(struct block_scan *w, uint32_t line);
void rmk_scan_feed_blank(struct block_scan *w);

// Zeroed memory that is a node's user data and goes with it.
void *rmk_scan_attach(struct block_scan *w, struct cmark_node *node, size_t size);

// After a line was fed: whether it began a table or is a row of the open one. Then the rows that
// need not be fed, up to the line that is given back.
void rmk_scan_tables(struct block_scan *w);
uint32_t rmk_scan_unfed_rows(struct block_scan *w, uint32_t line);
void rmk_scan_end_table(struct block_scan *w);

// From this line on, what need not be fed: headings, paragraphs, tables and blank lines where nothing
// is open. Gives the line behind it.
uint32_t rmk_scan_plain(struct block_scan *w, uint32_t line);
uint32_t rmk_scan_plain_table(struct block_scan *w, uint32_t line);

// Put behind all blocks. The last one of tables is open until its rows are there.
void rmk_scan_put_paragraph(struct block_scan *w, uint32_t line, uint32_t end);
void rmk_scan_put_heading(struct block_scan *w, const struct rmk_heading *heading);
void rmk_scan_put_table(struct block_scan *w, const struct rmk_table *t);
void rmk_scan_end_put_table(struct block_scan *w);
bool rmk_scan_is_blank(const struct block_scan *w, uint32_t line);

// After a line was fed: note which leaf it went to; then take what is finished.
void rmk_scan_note(struct block_scan *w);
void rmk_scan_take(struct block_scan *w, bool all);

// At the end: away with the tables in footnotes that nothing refers to.
void rmk_scan_drop_hidden(struct block_scan *w);

#endif
