// What a new row holds that nobody typed.
#include "unit.h"

#include "edit/link_names.h"
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

static void
test_id_url(void **state)
{
	static const struct {
		const char *word, *want;
	} cases[] = {
	    {"10.1145/3442188.3445922", "https://doi.org/10.1145/3442188.3445922"},
	    {"doi:10.1145/3442188", "https://doi.org/10.1145/3442188"},
	    {"DOI: 10.1145/x", "https://doi.org/10.1145/x"},
	    {"arxiv:2301.00001", "https://arxiv.org/abs/2301.00001"},
	    {"arXiv:2301.00001v2", "https://arxiv.org/abs/2301.00001v2"},
	    {"arXiv:hep-th/9901001", "https://arxiv.org/abs/hep-th/9901001"},
	    {"10.1/x", ""},
	    {"10.1145", ""},
	    {"10.1145/", ""},
	    {"10.1145/a b", ""},
	    {"10.2.3", ""},
	    {"arxiv:", ""},
	    {"arxiv: the site", ""},
	    {"arxiv:v1.2", ""},
	    {"2301.00001", ""},
	    {"doi:soon", ""},
	    {"", ""},
	};
	struct rmk_arena arena = {0}, *a = &arena;

	(void)state;
	for (size_t i = 0; i < NELEM(cases); i++)
		assert_text(rmk_id_url(a, rmk_str_of(cases[i].word)),
		    rmk_str_of(cases[i].want), cases[i].word);
	rmk_arena_free(a);
}

static void
test_link_row(void **state)
{
	static const struct {
		const char *url;
		size_t want;
	} cases[] = {
	    {"https://arxiv.org/abs/2401.04088", 0},
	    {"https://arxiv.org/pdf/2401.04088v3.pdf", 0},
	    {"https://arxiv.org/abs/2401.04089", RMK_NONE},
	    {"http://www.a.org/x/", 1},
	    {"https://a.org/x/y", RMK_NONE},
	    {"https://doi.org/10.1/z", 2},
	    {"https://github.com/a/b", 3},
	    {"https://github.com/a/b/issues/1", RMK_NONE},
	    {"https://a.org/pic.png", RMK_NONE},
	    {"https://", RMK_NONE},
	};
	struct rmk_arena arena = {0}, *a = &arena;
	struct rmk_doc *doc = parse_md(a,
	    S("| K | L |\n|---|---|\n| a | [Link](https://arxiv.org/abs/2401.04088v1) |\n"
	      "| b | https://a.org/x |\n| c | [d][doi] |\n| e | <https://github.com/a/b> "
	      "|\n"
	      "| f | ![](https://a.org/pic.png) [](https://) |\n\n[doi]: "
	      "https://dx.doi.org/10.1/z\n"),
	    0);

	(void)state;
	for (size_t i = 0; i < NELEM(cases); i++)
		if (rmk_link_row(a, doc, 0, rmk_str_of(cases[i].url)) != cases[i].want)
			fail_msg("%s", cases[i].url);
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
	    cmocka_unit_test(test_id_url),
	    cmocka_unit_test(test_link_row),
	    cmocka_unit_test(test_link_column),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
