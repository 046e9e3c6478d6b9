// The gate for changes of layout: which rows must still be there afterwards.
#include "unit.h"

#include "check/layout_gate.h"

#define HEAD "| a | b |\n|---|---|\n"
#define TABLE HEAD "| 1 | 2 |\n| 3 | 4 |\n"

static void
test_rows_are_kept(void **state)
{
	// Where `at` begins in the text, `len` bytes become `put`.
	static const struct {
		const char *text, *at;
		uint32_t len;
		const char *put;
		bool kept;
	} cases[] = {
	    // the change is on the row's own line, and makes it another row
	    {HEAD "| 1 | `x|y` |\n| 3 | 4 |\n", "|y", 0, "\\", true},
	    {HEAD "| 1 |\n| 3 | 4 |\n", "\n| 3", 0, " |", true},
	    // lines move down, and up
	    {"Text\n" TABLE, "| a", 0, "\n", true},
	    {"Text\n" TABLE, "| a", 0, "\r\n", true},
	    {"Text\n" TABLE, "| a", 0, "\r", true},
	    {"Text\n" TABLE, "| a", 0, "\n\n\n", true},
	    {"Text\n\n\n" TABLE, "\n\n| a", 1, "", true},
	    {"Text\r\n\r\n\r\n" TABLE, "\r\n\r\n| a", 2, "", true},
	    // text that was a row is given back to the page
	    {TABLE "Text\n", "Text", 0, "\n", true},
	    {TABLE "Text\nmore\n", "Text", 0, "\n", true},
	    // a row falls out of the table
	    {TABLE, "| 3", 0, "\n", false},
	    {TABLE, "| 1", 0, "\n", false},
	    {HEAD "Text\n| 3 | 4 |\n", "Text", 0, "\n", false},
	    {HEAD "Text\n3 | 4\n", "Text", 0, "\n", false},
	    // two rows become one, a row goes, the last line goes
	    {TABLE, "\n| 3", 1, "", false},
	    {TABLE, "| 3", 9, "", false},
	    {TABLE, "\n| 3", 10, "", false},
	    // rows that were not there before are no matter
	    {TABLE, "| 3", 0, "| 5 | 6 |\n", true},
	    {TABLE, "2 |\n| 3", 0, "x |\n|", true},
	    // the table is none any more
	    {TABLE, "|---", 0, "\n", false},
	    {"- x\n" TABLE, "| a", 0, "\n", true},
	};
	struct rmk_arena a = {0};

	(void)state;
	for (size_t i = 0; i < NELEM(cases); i++) {
		struct rmk_str text = rmk_str_of(cases[i].text);
		struct rmk_splice v = {
		    {(uint32_t)rmk_str_find(text, rmk_str_of(cases[i].at)), cases[i].len},
		    rmk_str_of(cases[i].put)};
		struct rmk_doc *old = parse_md(&a, text, RMK_PARSE_ALL);
		struct rmk_doc *new_ = parse_md(
		    &a, check_splice_text(&a, text, &v, 1), RMK_PARSE_ALL);

		if (check_keeps_rows(&a, old, new_, &v, 1) != cases[i].kept)
			fail_msg(
			    "case %zu: %s", i, cases[i].kept ? "refused" : "not refused");
	}
	rmk_arena_free(&a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_rows_are_kept)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
