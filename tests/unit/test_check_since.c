// What was there before is not reported again, and rows that a table had are missed: each case is
// an older text, a newer one, and what is new in it, "line:rule".
#include "check/check.h"
#include "unit.h"

#define T "| a | b |\n|---|---|\n"
#define BAD "| x | 1 | 2 |\n"

static struct rmk_str
new_findings(struct rmk_arena *a, struct rmk_str was, struct rmk_str is)
{
	const struct rmk_check_opts opts = {0};
	struct rmk_findings found = {0};
	struct rmk_check_base base = {0};
	struct rmk_buf out = {.arena = a};
	struct rmk_doc *old, *doc;

	rmk_check_text(a, S("t.md"), was, &opts, &old, &base.found);
	base.doc = parse_md(a, was, RMK_PARSE_ALL);
	rmk_check_text(a, S("t.md"), is, &opts, &doc, &found);
	doc = parse_md(a, is, RMK_PARSE_ALL);
	rmk_check_hidden(a, doc, &base, 1, &opts, &found);
	rmk_check_since(a, doc, &base, 1, &found);
	for (size_t i = 0; i < found.n; i++)
		rmk_buf_printf(&out, "%s%u:%s", i ? " " : "", found.v[i].at.line,
		    found.v[i].rule->name);
	return rmk_buf_str(&out);
}

static void
test_since(void **state)
{
	static const struct {
		struct rmk_str was, is, want;
	} cases[] = {
	    {S(T BAD), S(T BAD), S("")},
	    {S(T BAD), S("Text\n\n" T "| y | 1 |\n" BAD), S("")},
	    {S(T "| x | 1 |\n"), S(T BAD), S("3:extra-cell")},
	    {S(T BAD), S(T BAD BAD), S("4:extra-cell")},
	    {S("# A\n\n" T BAD), S("# B\n\n" T BAD), S("")},
	    {S("# A\n\n" T BAD "\n# B\n\n" T "| z | 1 |\n"),
		S("# C\n\n" T "| z | 1 |\n\n# A\n\n" T BAD), S("")},
	    {S("# A\n\n" T BAD "\n# B\n\n" T "| z | 1 |\n"),
		S("# A\n\n" T BAD "\n# B\n\n" T "| z | 1 |\n| z | 1 | 2 |\n"),
		S("12:extra-cell")},
	    {S(T "| LIMA | 1 |\n| LIMA | 1 |\n"),
		S(T "| LIMA | 1 |\n| LIMA | 1 |\n| LIMA | 1 |\n"), S("5:duplicate-row")},
	    {S("text\n"), S(T BAD), S("3:extra-cell")},
	    // rows that are shown no more
	    {S(T "| x | 1 |\n| y | 2 |\n"), S("```\n" T "| x | 1 |\n| y | 2 |\n```\n"),
		S("4:hidden-row")},
	    {S(T "| x | 1 |\n| y | 2 |\n"), S(T "| x | 1 |\n\n```\n| y | 2 |\n```\n"),
		S("6:hidden-row")},
	    {S(T "| x | 1 |\n| y | 2 |\n"), S(T "| x | 1 |\n<!--\n| y | 2 |\n-->\n"),
		S("5:hidden-row")},
	    {S(T "| x | 1 |\n| y | 2 |\n"), S(T "| x | 1 |\n"), S("")},
	    {S(T "| x | 1 |\n| y | 2 |\n"),
		S(T "| x | 1 |\n\n# B\n\n" T "| y | 2 |\n\n```\n| y | 2 |\n```\n"),
		S("")},
	    {S("# A\n\n" T "| x | 1 |\n| y | 2 |\n\n# B\n\n" T "| z | 3 |\n"),
		S("# A\n\n" T "| x | 1 |\n\n# B\n\n" T "| y | 2 |\n| z | 3 |\n"), S("")},
	};

	(void)state;
	for (size_t i = 0; i < NELEM(cases); i++) {
		struct rmk_arena a = {0};

		assert_text(new_findings(&a, cases[i].was, cases[i].is), cases[i].want,
		    cases[i].is.s);
		rmk_arena_free(&a);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_since),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
