// Links of a cell that goes to another file, and back.
#include "unit.h"

#include "edit/rebase.h"
#include "table/inline_references.h"

static void
test_rebase(void **state)
{
	static const struct {
		struct rmk_str raw, from, to, want; // s NULL: it stays behind
		bool back;                          // the bytes return
	} cases[] = {
	    {S("[x](https://a.b/c) y"), S("a.md"), S("d/b.md"), S("[x](https://a.b/c) y"),
		true},
	    {S("[x](x.png)"), S("a.md"), S("b.md"), S("[x](x.png)"), true},
	    {S("[x](./x.png)"), S("a.md"), S("b.md"), S("[x](./x.png)"), true},
	    {S("[x](x.png)"), S("a.md"), S("d/b.md"), S("[x](../x.png)"), true},
	    {S("![x](i/x.png \"t\") [y](y)"), S("d/a.md"), S("b.md"),
		S("![x](d/i/x.png \"t\") [y](d/y)"), true},
	    {S("[x](../x.md#a)"), S("d/a.md"), S("e/f/b.md"), S("[x](../../x.md#a)"),
		true},
	    {S("[x](<../x y.md>)"), S("d/a.md"), S("b.md"), S("[x](<x y.md>)"), true},
	    {S("[x](#papers)"), S("a.md"), S("b.md"), S("[x](a.md#papers)"), true},
	    {S("[x](#papers)"), S("d/a b.md"), S("b.md"), S("[x](d/a%20b.md#papers)"),
		false},
	    {S("[x](/x) [m](mailto:a@b.c)"), S("a.md"), S("d/b.md"),
		S("[x](/x) [m](mailto:a@b.c)"), true},
	    {S("[x](docs/)"), S("a.md"), S("d/b.md"), S("[x](../docs/)"), true},
	    {S("[x](y?z=1)"), S("a.md"), S("d/b.md"), S("[x](../y?z=1)"), true},
	    {S("[x][y]"), S("a.md"), S("b.md"), {0}, false},
	    {S("x[^1]"), S("a.md"), S("b.md"), {0}, false},
	    {S("<img src=\"x.png\">"), S("a.md"), S("b.md"), {0}, false},
	    {S("<img src=\"https://a.b/x.png\">"), S("a.md"), S("b.md"),
		S("<img src=\"https://a.b/x.png\">"), true},
	};

	(void)state;
	for (size_t i = 0; i < NELEM(cases); i++) {
		struct rmk_arena a = {0};
		struct rmk_str got, back, what;
		bool ok = rmk_links_rebase(
		    &a, cases[i].raw, cases[i].from, cases[i].to, &got, &what);

		assert_int_equal(ok, cases[i].want.s != NULL);
		if (ok)
			assert_text(got, cases[i].want, cases[i].raw.s);
		if (cases[i].back) {
			assert_true(rmk_links_rebase(
			    &a, got, cases[i].to, cases[i].from, &back, &what));
			assert_text(back, cases[i].raw, "and back");
		}
		rmk_arena_free(&a);
	}
}

// Links by reference say themselves where they lead; what is defined nowhere is no link.
static void
test_inline(void **state)
{
	static const char text[] =
	    "[Above]: https://a.b/above\n\n| A |\n|---|\n| x |\n\n[1]: https://a.b/one "
	    "\"One\"\n"
	    "[ two  Words ]: <t w.md>\n[p]: a|b\n[1]: https://a.b/second\n\n```\n[code]: "
	    "no\n```\n\nWords\n[mid]: no\n\n> [^n]: note\n\n[last]: l.md (L)\n";
	static const struct {
		struct rmk_str raw, want;
	} cases[] = {
	    {S("plain"), S("plain")},
	    {S("[x][1] and [y][1]"),
		S("[x](https://a.b/one \"One\") and [y](https://a.b/one \"One\")")},
	    {S("[above]"), S("[above](https://a.b/above)")},
	    {S("[ABOVE][]"), S("[ABOVE](https://a.b/above)")},
	    {S("**[Two words][TWO WORDS]**"), S("**[Two words](<t w.md>)**")},
	    {S("![i][last]"), S("![i](l.md (L))")},
	    {S("[![i][last]](u)"), S("[![i](l.md (L))](u)")},
	    {S("[x][p]"), S("[x](a\\|b)")},
	    {S("[x](1) [1](u)"), S("[x](1) [1](u)")},
	    {S("`[1]` \\[1] [^1] [^n]"), S("`[1]` \\[1] [^1] [^n]")},
	    {S("[x][none] [code] [mid] [n]"), S("[x][none] [code] [mid] [n]")},
	    {S("[1"), S("[1")},
	};
	struct rmk_arena a = {0};
	struct rmk_doc *doc;

	(void)state;
	assert_int_equal(
	    rmk_doc_parse(&a, S("a.md"), rmk_str_of(text), RMK_PARSE_ALL, &doc, NULL),
	    RMK_OK);
	for (size_t i = 0; i < NELEM(cases); i++)
		assert_text(rmk_references_inline(&a, doc, cases[i].raw), cases[i].want,
		    cases[i].raw.s);
	rmk_arena_free(&a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_rebase), cmocka_unit_test(test_inline)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
