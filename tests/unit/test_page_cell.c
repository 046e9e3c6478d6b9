// A cell of the page: what its Markdown becomes, and what it must never become.
#include "page/page.h"
#include "schema/address.h"

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

// The page of one table, from its heading on.
static struct rmk_str
page_of(struct rmk_arena *a, const char *text)
{
	struct rmk_doc *doc = parse_md(a, rmk_str_of(text), RMK_PARSE_ALL);
	struct rmk_summary sum = {.arena = a};
	const struct rmk_summary_opts opts = {0};
	struct rmk_page_file file = {.doc = doc};
	struct rmk_page_table table = {
	    .schema = rmk_schema_of(a, doc, 0), .address = rmk_address_of(a, doc, 0)};
	struct rmk_page page = {.title = S("t"),
	    .summary = &sum,
	    .files = &file,
	    .nfiles = 1,
	    .tables = &table,
	    .ntables = 1};
	struct rmk_buf out = {.arena = a};

	assert_int_equal(rmk_summary_doc(&sum, doc, &opts, NULL), RMK_OK);
	rmk_summary_finish(&sum);
	rmk_page_write(&page, &out);
	return rmk_str_from(
	    rmk_buf_str(&out), rmk_str_find(rmk_buf_str(&out), S("<body")));
}

// What is counted is named with its number, what no row has is not; one table needs no list.
static void
whole(void **state)
{
	static const struct {
		const char *text, *has, *has_not;
	} pages[] = {
	    {"<!-- rowmark: t; S: status = No < Half < Yes -->\n| K | S |\n|---|---|\n"
	     "| a | Yes |\n| b | Yes |\n| c | No |\n",
		"Yes <b>2</b>", "Half <b>"},
	    {"| K | V |\n|---|---|\n| a | b |\n", "<table", "<nav"},
	};

	(void)state;
	for (size_t i = 0; i < NELEM(pages); i++) {
		struct rmk_arena a = {0};
		struct rmk_str page = page_of(&a, pages[i].text);

		if (rmk_str_find(page, rmk_str_of(pages[i].has)) == RMK_NONE ||
		    rmk_str_find(page, rmk_str_of(pages[i].has_not)) != RMK_NONE)
			fail_msg("%.*s", RMK_FMT(page));
		rmk_arena_free(&a);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(cells),
	    cmocka_unit_test(bases),
	    cmocka_unit_test(whole),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
