// What a new row holds that nobody typed.
#include "unit.h"

#include "edit/new_row.h"

// Rows of name and link with ';' between; NAME is the new one.
static struct rmk_str
linked(struct rmk_arena *a, const char *rows, size_t col, const char *name)
{
	struct rmk_str rest = rmk_str_of(rows), row;
	struct rmk_buf text = {.arena = a};
	struct rmk_doc *doc;

	rmk_buf_adds(&text, "| Name | Link |\n|---|---|\n");
	while (rmk_str_split(&rest, ';', &row))
		rmk_buf_printf(&text, "| %.*s |\n", RMK_FMT(row));
	doc = parse_md(a, rmk_buf_str(&text), 0);
	return rmk_link_like(a, doc, 0, col, 0, S("https://n.org"), rmk_str_of(name));
}

static void
test_link_like(void **state)
{
	static const struct {
		const char *rows;
		size_t col;
		const char *name, *want;
	} cases[] = {
	    // a label that nearly all share
	    {"a | [Link](x/1);b | [Link](x/2)", 1, "n", "[Link](https://n.org)"},
	    {"a | [PDF](x/1);b | [PDF](x/2);c | [PDF](x/3);d | [Link](x/4)", 1, "n",
		"[PDF](https://n.org)"},
	    {"a | [Link](x/1);b | [Link](x/2);c | -;d |", 1, "", "[Link](https://n.org)"},
	    // one row's own
	    {"a | [Paper A](x/1);b | none", 1, "n", "https://n.org"},
	    {"a | [Paper A](x/1);b | [Paper B](x/2)", 1, "n", "https://n.org"},
	    {"a | N/A ([open issue](x/1));b | N/A ([open issue](x/2))", 1, "n",
		"https://n.org"},
	    {"a | [x](x/1);b | [x](x/2);c | [y](x/1);d | [y](x/2)", 1, "n",
		"https://n.org"},
	    // bare, as most are
	    {"a | https://x.org/1;b | [b](x/2)", 1, "n", "https://n.org"},
	    {"a | <https://x.org/1>;b | <https://x.org/2>;c | https://x.org/3", 1, "n",
		"<https://n.org>"},
	    {"a | <https://x.org/1>", 1, "n", "<https://n.org>"},
	    // each row's name
	    {"a | [a](x/1);b | [B](x/2)", 1, "n", "[n](https://n.org)"},
	    {"a | [a](x/1);b | [B](x/2)", 1, "", "https://n.org"},
	    {"a | [a](x/1)", 1, "n", "https://n.org"},
	    // the column that names rows
	    {"[a](x/1) | -", 0, "n", "[n](https://n.org)"},
	    {"https://x.org | -", 0, "n", "[n](https://n.org)"},
	    {"https://x.org | -", 0, "", "https://n.org"},
	};
	struct rmk_arena arena = {0}, *a = &arena;

	(void)state;
	for (size_t i = 0; i < NELEM(cases); i++)
		assert_text(linked(a, cases[i].rows, cases[i].col, cases[i].name),
		    rmk_str_of(cases[i].want), cases[i].rows);
	rmk_arena_free(a);
}

// A link in a remark makes no column of links.
static void
test_link_column(void **state)
{
	static const struct {
		const char *rows;
		size_t want;
	} cases[] = {
	    {"| A | B |\n|---|---|\n| a | N/A ([issue](x)) |\n", RMK_NONE},
	    {"| A | B |\n|---|---|\n| a | [issue](x), [b](y) |\n", 1},
	    {"| [A](z) | URL |\n|---|---|\n| a | |\n", 1},
	};
	struct rmk_arena arena = {0}, *a = &arena;

	(void)state;
	for (size_t i = 0; i < NELEM(cases); i++) {
		struct rmk_doc *doc = parse_md(a, rmk_str_of(cases[i].rows), 0);

		assert_int_equal(
		    rmk_link_column(a, doc, 0, rmk_schema_of(a, doc, 0)), cases[i].want);
	}
	rmk_arena_free(a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_link_like),
	    cmocka_unit_test(test_link_column),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
