// A whole file being merged: what merge.c and extract_tables.c share.
#ifndef RMK_MERGE_MERGE_INTERNAL_H
#define RMK_MERGE_MERGE_INTERNAL_H

#include "merge/plan.h"

// The line a table is replaced by: a control character that stands in no version, a
// number, the character again. Numbers count tables of all versions.
#define RMK_MERGE_MARK '\x01'

struct rmk_extracted {
	struct rmk_plan *plan;       // both sides have it; NULL: the text of a side
	struct rmk_merge_table only; // plan NULL: whose text it is
	struct rmk_str name;         // of the table, for messages
};

struct rmk_merge_file {
	struct rmk_arena *a;
	struct rmk_str path;
	const struct rmk_merge_opts *opts;
	struct rmk_str texts[3];
	struct rmk_doc *docs[3];
	size_t *line_of[3]; // [ntables] index into lifted, or RMK_NONE: left in the text
	struct rmk_extracted *extracted;
	size_t nextracted, extracted_cap;
	struct rmk_str skeletons[3];
	struct rmk_merge *out;
	size_t conflicts_cap, notes_cap;
};

void rmk_merge_report(
    struct rmk_merge_file *m, struct rmk_str where, struct rmk_str what);

// Give every version the same body of each region that rowmark writes. False: there is
// none.
bool rmk_merge_level(struct rmk_arena *a, struct rmk_str path, struct rmk_str texts[3]);

// Decide for every table whether it is merged by rows, and make the three skeletons.
void rmk_merge_extract(struct rmk_merge_file *m);

// From the start of the header row's line to the end of the last row, without its line
// end.
struct rmk_span rmk_merge_span(const struct rmk_table *t);

#endif
