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

// A merge that must come out so whichever side is ours.
struct merging_case {
	const char *what, *base, *ours, *theirs;
	const char *rows; // of the result, in the order of both ways; NULL: a conflict
};

static inline int
merging_by_line(const void *x, const void *y)
{
	return rmk_str_cmp(*(const struct rmk_str *)x, *(const struct rmk_str *)y);
}

// The lines of a text in the order of the alphabet.
static inline struct rmk_str
merging_sorted(struct rmk_arena *a, struct rmk_str text)
{
	struct rmk_str *lines = RMK_NEW_N(a, struct rmk_str, text.n + 1), line;
	struct rmk_buf out = {.arena = a};
	size_t n = 0;

	while (text.n && rmk_str_split(&text, '\n', &line))
		lines[n++] = line;
	qsort(lines, n, sizeof *lines, merging_by_line);
	for (size_t i = 0; i < n; i++)
		rmk_buf_printf(&out, "%.*s\n", RMK_FMT(lines[i]));
	return rmk_buf_str(&out);
}

static inline void
merging_both_ways(const struct merging_case *cases, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct rmk_arena a = {0};
		struct rmk_str base = merging_file(&a, cases[i].base);
		struct rmk_str ours = merging_file(&a, cases[i].ours);
		struct rmk_str theirs = merging_file(&a, cases[i].theirs);
		struct rmk_merge there = merging(&a, base, ours, theirs, RMK_STYLE_MERGE);
		struct rmk_merge back = merging(&a, base, theirs, ours, RMK_STYLE_MERGE);

		if ((there.nconflicts > 0) != (cases[i].rows == NULL) ||
		    (back.nconflicts > 0) != (cases[i].rows == NULL))
			fail_msg("%s: %zu conflicts, %zu the other way round:\n%.*s",
			    cases[i].what, there.nconflicts, back.nconflicts,
			    RMK_FMT(there.text));
		if (cases[i].rows) {
			assert_text(merging_sorted(&a, there.text),
			    merging_sorted(&a, back.text), cases[i].what);
			assert_text(
			    there.text, merging_file(&a, cases[i].rows), cases[i].what);
		}
		rmk_arena_free(&a);
	}
}

#endif
