// Merging in tests: rows in short, and three versions to one.
//
//	"a 1/b 2", "a 9/b 2", "a 1/b 8"  ──▶  "| a | 9 |\n| b | 8 |\n", and its conflicts
#ifndef RMK_TESTS_UNIT_MERGING_H
#define RMK_TESTS_UNIT_MERGING_H

#include "unit.h"

#include "git/line_merge.h"
#include "merge/merge.h"

#define HEAD "| k | v |\n|---|---|\n"

// "a 1/b 2" to rows; a text that holds a line feed is taken as it is.
static inline struct rmk_str
merging_file(struct rmk_arena *a, const char *rows)
{
	struct rmk_str rest = rmk_str_of(rows), row, cell;
	struct rmk_buf out = {.arena = a};

	if (rmk_str_chr(rest, '\n') != RMK_NONE)
		return rest;
	rmk_buf_adds(&out, HEAD);
	while (rest.n && rmk_str_split(&rest, '/', &row)) {
		while (rmk_str_split(&row, ' ', &cell))
			rmk_buf_printf(&out, "| %.*s ", RMK_FMT(cell));
		rmk_buf_adds(&out, "|\n");
	}
	return rmk_buf_str(&out);
}

static inline struct rmk_merge
merging(struct rmk_arena *a, struct rmk_str base, struct rmk_str ours,
    struct rmk_str theirs, enum rmk_conflict_style style)
{
	const struct rmk_str texts[3] = {base, ours, theirs};
	struct rmk_merge_opts opts = {.style = style,
	    .labels = {RMK_STR("base"), RMK_STR("ours"), RMK_STR("theirs")},
	    .lines = rmk_git_merge_lines};
	struct rmk_merge m;
	struct rmk_err err;

	assert_int_equal(
	    rmk_merge_texts(a, RMK_STR("a.md"), texts, &opts, &m, &err), RMK_OK);
	return m;
}

#endif
