// The texts of the cells in three versions and the merged one: what facts.c and places.c share.
//
//	base  ours  theirs  result
//	LIMA  LIMA  LIMA    LIMA       ──▶  a fact: once in each, and where
//	Read  Done  Read    Done       ──▶  facts: Read {1, 0, 1, 0}, Done {0, 1, 0, 1}
#ifndef RMK_MERGE_FACTS_H
#define RMK_MERGE_FACTS_H

#include "base/hash_index.h"
#include "base/sieve.h"
#include "diff/same_lines.h"
#include "merge/merge_internal.h"

struct fact_place {
	uint32_t row; // index in the list of all rows
	uint32_t col;
};

struct fact {
	struct rmk_str text;
	uint8_t times[4];              // base, ours, theirs, result; 2: more than once
	struct fact_place place[4];    // where it was counted last
	const struct rmk_row *last;    // that was counted: a row counts once
	const struct rmk_row *of_base; // NULL: it is one line in all four
	const struct rmk_row *row[2];  // of the result
};

// The rows of one version.
struct fact_rows {
	struct rmk_row_list list;
	bool *same; // [list.n] it is one line in all four, and so are those beside it
};

struct facts {
	struct rmk_arena *a;
	struct rmk_hash_index index; // by text
	struct fact *v;              // of rows that are not the same
	size_t n, cap;
	bool partly;              // what stands in rows that are the same was not counted
	struct rmk_sieve may;     // texts that are in v
	struct fact_rows rows[4]; // base, ours, theirs, result
};

// Where a version, or the result, has the text last.
const struct rmk_table *rmk_fact_table(
    const struct facts *f, const struct fact *fact, int v);

// The heading that it is below; empty: none.
struct rmk_str rmk_fact_heading(const struct facts *f, const struct fact *fact, int v);
struct rmk_str rmk_fact_table_heading(
    const struct rmk_doc *doc, const struct rmk_table *t);

// Whether a row that a side added has in a clean result its cells below other labels, or stands in
// another table; NULL: none does.
const char *rmk_facts_new_rows(const struct facts *f);

// Whether a row of a clean result has a cell that it has on neither side; NULL: none has.
const char *rmk_facts_mixed_rows(const struct facts *f);

// Whether a row that a side changed is back in a clean result, or one that both have is lost; NULL: none
// is.
const char *rmk_facts_whole_rows(const struct facts *f);

// Whether rows of a clean result stand where no side has them; NULL: none does.
const char *rmk_facts_places(const struct facts *f);

#endif
