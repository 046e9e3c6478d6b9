// How far tables are: their statuses counted, and the counts written out.
//
//	doc, schema ──▶ rmk_summary_add ──▶ summary ──▶ rmk_summary_write ──▶ text, md, json ...
//
//	README.md#papers   2 of 13  ██▍░░░  15 %   Not read 10 · Reading 1 · Read 2
//	part.label         tally.by[DONE]          tally.counts[], in declared or
//	                   of tally.total          inferred order
//
//	part (a table) ── parts: its status columns, where it has several
//	               `─ parts: the groups of --by, below the table or the column
//
// What is in no order is counted as unknown and never guessed; a cell without a value
// counts as empty. Both belong to the total; so does what is closed, but it is not part of
// what the percentage is of. A matrix counts cells, not rows.
// Tables inside a rowmark region (summary/region.h) are summaries themselves: left out.
//
// Ownership: everything lives in the arena, or points into the documents, which must
// live as long.
#ifndef RMK_SUMMARY_SUMMARY_H
#define RMK_SUMMARY_SUMMARY_H

#include "base/buf.h"
#include "base/map.h"
#include "schema/schema.h"

struct rmk_summary_opts {
	const struct rmk_str *columns; // [ncolumns] names; none: the status columns
	size_t ncolumns;
	struct rmk_str by;          // group by this column; empty: do not
	const struct rmk_str *done; // [ndone] values that count as done besides
	size_t ndone;
};

// One value and how often it is there.
struct rmk_count {
	struct rmk_str text; // the declared spelling, else the first that was met
	struct rmk_str key;  // folded
	enum rmk_progress progress;
	size_t n;
	size_t nspellings;
	size_t order; // where it is among the column's values
};

// One way a value is written.
struct rmk_tally_spelling {
	struct rmk_str text; // as a reader sees it
	struct rmk_str key;  // of its value
	size_t n;
};

struct rmk_tally {
	size_t total;
	size_t by[RMK_NPROGRESS];
	struct rmk_count *counts; // [ncounts] known values, then unknown ones, then empty
	size_t ncounts, counts_cap;
	struct rmk_tally_spelling *spellings; // [nspellings] in order of appearance
	size_t nspellings, spellings_cap;
	struct rmk_map raw, text, key; // to spelling, spelling, count
};

// Count one cell of a column; bring the values into order when all are counted.
struct rmk_tally rmk_tally_new(struct rmk_arena *a);
void rmk_tally_cell(struct rmk_tally *t, const struct rmk_field *field,
    const struct rmk_summary_opts *opts, struct rmk_str raw);
void rmk_tally_finish(struct rmk_tally *t);

enum rmk_part_kind { RMK_PART_TABLE, RMK_PART_COLUMN, RMK_PART_GROUP };

struct rmk_part {
	enum rmk_part_kind kind;
	struct rmk_str label; // TABLE: its address; COLUMN: header; GROUP: value
	struct rmk_tally tally;
	struct rmk_part *parts; // [nparts]
	size_t nparts, cap;
	// TABLE only:
	struct rmk_str file;
	struct rmk_str name;   // behind the '#' of the address
	struct rmk_str anchor; // of the heading above; may be empty
	struct rmk_str column; // header of the one status column; empty for several
	struct rmk_str why;    // what the column was inferred from; empty: declared
};

struct rmk_summary {
	struct rmk_arena *arena;
	struct rmk_part *tables; // [ntables]
	size_t ntables, cap;
	struct rmk_tally total;
	struct rmk_str by; // the column of --by; empty: none
};

// Count doc->tables[table] into the summary. A table without a status column (and no
// column named) adds nothing. RMK_NOT_FOUND: no such column here; nothing was added.
enum rmk_code rmk_summary_add(struct rmk_summary *s, const struct rmk_doc *doc,
    size_t table, const struct rmk_schema *schema, const struct rmk_summary_opts *opts,
    struct rmk_err *err);

// Count all tables of a document but those inside a region. Where columns are named,
// tables without them are passed over; RMK_NOT_FOUND: no table has them.
enum rmk_code rmk_summary_doc(struct rmk_summary *s, const struct rmk_doc *doc,
    const struct rmk_summary_opts *opts, struct rmk_err *err);

// Bring everything into order and sum up. After the last rmk_summary_add.
void rmk_summary_finish(struct rmk_summary *s);

// What can be done at all: the total without what is closed.
size_t rmk_tally_open(const struct rmk_tally *t);

// Done of that, in percent: whole numbers are rounded down, so that 100 is all.
unsigned rmk_tally_percent(const struct rmk_tally *t);

enum rmk_summary_format {
	RMK_SUMMARY_TEXT,
	RMK_SUMMARY_MD,
	RMK_SUMMARY_JSON,
	RMK_SUMMARY_CSV,
	RMK_SUMMARY_SVG,
	RMK_SUMMARY_SHIELDS,
	RMK_SUMMARY_MERMAID
};

struct rmk_summary_style {
	enum rmk_summary_format format;
	size_t width;         // TEXT: columns of the terminal; 0: no limit
	bool ascii;           // TEXT: no block characters
	bool color;           // TEXT: escape sequences
	bool matrices_last;   // TEXT: tables of many lines follow those of one
	bool local;           // MD: links inside this file, without its name
	struct rmk_str label; // SHIELDS, and the title of SVG and MERMAID
};

// The format of that name ("text", "md" ...). False: none.
bool rmk_summary_format_of(struct rmk_str name, enum rmk_summary_format *out);
void rmk_summary_write(const struct rmk_summary *s, const struct rmk_summary_style *style,
    struct rmk_buf *out);

#endif
