// A whole file being merged: what the files of lib/merge share.
//
//	base, ours, theirs ──▶ tables taken out ──▶ plan of each (plan.h) ──▶ rows merged ──┐
//	                   └─▶ skeletons: text, a mark for each table ──▶ merged by line ───┤
//	                                                        marks become tables again ◀─┘
#ifndef RMK_MERGE_MERGE_INTERNAL_H
#define RMK_MERGE_MERGE_INTERNAL_H

#include "merge/plan.h"

// The line a table is replaced by: a control character that is in no version, a
// number, the character again. Numbers count tables of all versions.
#define RMK_MERGE_MARK '\x01'

struct rmk_extracted {
	struct rmk_plan *plan;       // both sides have it; NULL: the text of a side
	struct rmk_merge_table only; // plan NULL: whose text it is
	struct rmk_str name;         // of the table, for messages
	enum rmk_version
	    deleted_by; // plan NULL: by the side that has it not; RMK_BASE: the
			// other left it as it was
};

struct rmk_merge_file {
	struct rmk_arena *a;
	struct rmk_str path;
	const struct rmk_merge_opts *opts;
	struct rmk_str texts[3];
	struct rmk_doc *docs[3]; // without the blank lines between rows
	struct rmk_gaps gaps[3]; // and these
	size_t *line_of[3]; // [ntables] index into lifted, or RMK_NONE: left in the text
	struct rmk_extracted *extracted;
	size_t nextracted, extracted_cap;
	struct rmk_str skeletons[3];
	struct rmk_doc
	    *checked; // the result, one side of each conflict taken, as it was read again
	bool
	    rows_moved; // a row went to another table on one side, and the other changed it
	struct rmk_merge *out;
	size_t conflicts_cap, notes_cap;
};

void rmk_merge_report(
    struct rmk_merge_file *m, struct rmk_str where, struct rmk_str what);

// Give every version the same body of each region that rowmark writes. False: there is
// none.
bool rmk_merge_level(struct rmk_arena *a, struct rmk_str path, rmk_region_view *view,
    struct rmk_str texts[3]);

// Cut the blank lines at the end off every version, and give those of the result: as the side that
// changed them has them, or the one that has fewer.
struct rmk_str rmk_merge_cut_end(struct rmk_str texts[3]);

// The document without the blank lines between rows, and these; nothing, where what is left
// would not be a longer table.
void rmk_merge_close_gaps(
    struct rmk_arena *a, struct rmk_doc **doc, struct rmk_gaps *out);

// A span of the document, with the blank lines.
void rmk_gaps_write(struct rmk_buf *out, const struct rmk_doc *doc,
    const struct rmk_gaps *gaps, struct rmk_span span);

// Whether a cell's text says which row it is in: a small number names a place.
bool rmk_merge_identifies(struct rmk_str cell);

// Whether a row that the sides disagree about was taken to another table by one of them; where
// the text around the tables conflicts, any row.
bool rmk_merge_rows_moved(struct rmk_merge_file *m, bool text_conflicts);

// What is wrong with a clean result, from the texts alone; places: also with where its rows stand. NULL:
// nothing.
const char *rmk_merge_facts(struct rmk_merge_file *m, struct rmk_str result, bool places);

// Whether a table of a side would stand more often in the result than the sides want it; NULL: none.
const char *rmk_merge_wrong_tables(
    struct rmk_merge_file *m, const struct rmk_doc *result);

// Whether which side is ours cannot matter.
bool rmk_merge_is_plain(const struct rmk_merge_file *m);

// Whether the tables of two texts hold the same rows.
bool rmk_merge_same_rows(
    struct rmk_merge_file *m, struct rmk_str there, struct rmk_str back);

// Decide for every table whether it is merged by rows, and make the three skeletons.
void rmk_merge_extract(struct rmk_merge_file *m);

// From the start of the header row's line to the end of the last row, without its line
// end.
struct rmk_span rmk_merge_span(const struct rmk_table *t);

#endif
