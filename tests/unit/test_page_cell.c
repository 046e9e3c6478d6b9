// A cell of the page: what its Markdown becomes, and what it must never become.
#include "page/page.h"

#include "unit.h"

static const struct {
	const char *raw, *html;
} cases[] = {
    {"", ""},
    {"plain & <less", "plain &amp; &lt;less"},
    {"*a* _b_ **c** ~~d~~ `e`",
	"<em>a</em> <em>b</em> <strong>c</strong> <del>d</del> <code>e</code>"},
    {"***a***", "<strong><em>a</em></strong>"},
    {"**a *b* c**", "<strong>a </strong><strong><em>b</em></strong><strong> c</strong>"},
    {"snake_case_x and 2 * 3 * 4", "snake_case_x and 2 * 3 * 4"},
    {"**open", "**open"},
    {"`a \\| b` \\*c\\*", "<code>a | b</code> *c*"},
    {"a<br>b<BR />c<b>d</b>", "a<br>b<br>cd"},
    {"&lt;b&gt; :x: &copy;", "&lt;b&gt; ❌ ©"},
    {"[a](u.md)", "<a href=\"u.md\">a</a>"},
    {"**[a](u.md)**", "<a href=\"u.md\"><strong>a</strong></a>"},
    {"[*a* b](u.md)", "<a href=\"u.md\"><em>a</em> b</a>"},
    {"[![alt](i.png)](u.md)", "<a href=\"u.md\">alt</a>"},
    {"[![](i.png)](u.md)", "<a href=\"u.md\">u.md</a>"},
    {"![alt](i.png)", "alt"},
    {"[a][ref]", "a"},
    {"[a](u?x=1&amp;y=\\(2\\))", "<a href=\"u?x=1&amp;y=(2)\">a</a>"},
    {"<https://e.example/>",
	"<a href=\"https://e.example/\" class=\"url\">https://e.example/</a>"},
    {"www.e.example", "<a href=\"http://www.e.example\" class=\"url\">www.e.example</a>"},
    {"<a href=\"u.md\">x</a>", "<a href=\"u.md\">x</a>"},
    {"[a](javascript:x)", "a"},
    {"[a](JaVaScRiPt&colon;x)", "a"},
    {"[a](java&#10;script:x)", "a"},
    {"[a](data:text/html,x)", "a"},
    {"[a](//e.example)", "a"},
    {"[a](\\\\e.example)", "a"},
    {"<a href=\"javascript:x\">a</a>", "a"},
    {"<script>a</script>", "a"},
};

static void
cells(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct rmk_arena arena = {0};
		struct rmk_buf out = {.arena = &arena};

		rmk_page_cell(&out, rmk_str_of(cases[i].raw), NULL);
		rmk_buf_addc(&out, '\0');
		assert_string_equal(out.s, cases[i].html);
		rmk_arena_free(&arena);
	}
}

// Where links lead depends on where the page stands; what is not known is not followed.
static void
bases(void **state)
{
	static const struct rmk_page_base base = {
	    {"../docs/", 8}, {"../docs/a.md", 12}, {NULL, 0}};
	static const struct {
		const char *raw, *html;
	} based[] = {
	    {"[a](b.md)", "<a href=\"../docs/b.md\">a</a>"},
	    {"[a](#b)", "<a href=\"../docs/a.md#b\">a</a>"},
	    {"[a](/b.md)", "a"},
	    {"[a](https://e.example)", "<a href=\"https://e.example\">a</a>"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof based / sizeof *based; i++) {
		struct rmk_arena arena = {0};
		struct rmk_buf out = {.arena = &arena};

		rmk_page_cell(&out, rmk_str_of(based[i].raw), &base);
		rmk_buf_addc(&out, '\0');
		assert_string_equal(out.s, based[i].html);
		rmk_arena_free(&arena);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(cells),
	    cmocka_unit_test(bases),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
