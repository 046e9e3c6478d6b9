// Which spellings are mended: two that mean the same for certain. Each case is the usual spelling,
// another, and what the other becomes.
#include "check/check.h"
#include "unit.h"

static void
test_mended(void **state)
{
	static const struct {
		const char *usual, *other, *want;
	} cases[] = {
	    {"Read", "read", "Read"},
	    {"Read", "READ", "Read"},
	    {"In progress", "in Progress", "In progress"},
	    {"In progress", "IN PROGRESS", "In progress"},
	    {"In progress", "in  progress", "In progress"},
	    {"Read.", "read.", "Read."},
	    {"✔️ done", "✔ done", "✔️ done"},
	    // names, which are no words of a language
	    {"In progress", "inProgress", "inProgress"},
	    {"Camel", "caMel", "caMel"},
	    {"v0", "V0", "V0"},
	    {"a_b", "A_b", "A_b"},
	    // short capitals may be a unit, unless they are a status
	    {"Mb", "MB", "MB"},
	    {"Todo", "TODO", "Todo"},
	    {"`Read`", "`read`", "`read`"},
	};

	(void)state;
	for (size_t i = 0; i < NELEM(cases); i++) {
		const struct rmk_check_opts opts = {0};
		struct rmk_arena a = {0};
		struct rmk_buf text = {.arena = &a};
		struct rmk_str out;
		struct rmk_err err;
		size_t n;

		rmk_buf_adds(&text, "| a | Status |\n|---|---|\n");
		for (int r = 0; r < 4; r++)
			rmk_buf_printf(&text, "| n%d | %s |\n", r, cases[i].usual);
		rmk_buf_printf(
		    &text, "| n4 | Open |\n| n5 | Open |\n| n6 | %s |\n", cases[i].other);
		if (rmk_fix(&a, S("t.md"), rmk_buf_str(&text), &opts, &out, &n, &err))
			fail_msg("%s", err.msg);
		assert_text(rmk_str_from(out, rmk_str_find(out, S("| n6"))),
		    rmk_str_printf(&a, "| n6 | %s |\n", cases[i].want), cases[i].other);
		rmk_arena_free(&a);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_mended),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
