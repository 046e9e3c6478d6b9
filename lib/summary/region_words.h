// What the words of a begin marker ask for. Not installed for users of the library.
//
//	summary README.md#papers by=Area ──▶ kind SUMMARY, tables {README.md#papers}, by
//	next n=3                         ──▶ kind NEXT, n 3
//	sql "SELECT ..."                 ──▶ kind SQL, statement
#ifndef RMK_SUMMARY_REGION_WORDS_H
#define RMK_SUMMARY_REGION_WORDS_H

#include "summary/region.h"

enum rmk_region_kind {
	RMK_REGION_SUMMARY,
	RMK_REGION_NEXT,
	RMK_REGION_BOARD,
	RMK_REGION_SQL,
	RMK_REGION_GUIDE // written by `rowmark guide`
};

struct rmk_region_words {
	enum rmk_region_kind kind;
	struct rmk_str *tables; // [ntables] addresses
	size_t ntables, cap;
	uint32_t n;               // NEXT: so many rows
	struct rmk_str statement; // SQL
	struct rmk_summary_opts opts;
	struct rmk_summary_style style;
};

// RMK_INVALID names the word, its line and what was wanted.
enum rmk_code rmk_region_words_read(struct rmk_arena *a, const struct rmk_doc *doc,
    const struct rmk_region *region, struct rmk_region_words *out, struct rmk_err *err);

#endif
