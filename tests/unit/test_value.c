// What a cell says: text, key, links, flag.
#include "unit.h"

#include <cmark-gfm.h>
#include <stdio.h>
#include <time.h>

static void
test_text(void **state)
{
	static const struct {
		struct rmk_str raw, text;
	} cases[] = {
	    {S("Not read"), S("Not read")},
	    {S(""), S("")},
	    {S("**LoRA**"), S("LoRA")},
	    {S("[**LoRA**](https://arxiv.org/abs/2106.09685) &amp; `x`<br>more"),
		S("LoRA & x more")},
	    // escapes, and the pipe that the table takes first
	    {S("a \\| b"), S("a | b")},
	    {S("a \\\\| b"), S("a | b")},
	    {S("\\*not\\* \\a"), S("*not* \\a")},
	    {S("`a \\| b`"), S("a | b")},
	    {S("tail\\"), S("tail\\")},
	    // code is literal
	    {S("`**x** &amp; [a](b)`"), S("**x** &amp; [a](b)")},
	    {S("`` a`b ``"), S("a`b")},
	    {S("`open"), S("`open")},
	    {S("``x`"), S("``x`")},
	    {S("`:x:`"), S(":x:")},
	    // emphasis
	    {S("*a* _b_ ***c*** ~~d~~ ~e~"), S("a b c d e")},
	    {S("snake_case_name 2 * 3 * 4 ~/x"), S("snake_case_name 2 * 3 * 4 ~/x")},
	    {S("__init__"), S("init")},
	    {S("**open"), S("**open")},
	    {S("*a_"), S("*a_")},
	    {S("~~~three~~~"), S("~~~three~~~")},
	    {S("*a **b* c"), S("*a *b c")},
	    // links
	    {S("[l](u \"t\")"), S("l")},
	    {S("[l](<a b>)"), S("l")},
	    {S("[l](a b)"), S("[l](a b)")},
	    {S("[l](u"), S("[l](u")},
	    {S("[l][r[x]"), S("[l][r[x]")},
	    {S("<a@b.c>"), S("a@b.c")},
	    {S("<@b.c>"), S("<@b.c>")},
	    {S("[l](a(b)c)"), S("l")},
	    {S("[l][ref] and [m][]"), S("l and m")},
	    {S("int[3][4]"), S("int[3][4]")},
	    {S("![alt *x*](u)"), S("alt x")},
	    {S("[![alt](s)](h)"), S("alt")},
	    {S("[a [b](u) c](v)"), S("[a b c](v)")},
	    {S("[*a](u) b*"), S("*a b*")},
	    {S("<https://a.b/c>"), S("https://a.b/c")},
	    {S("<me@example.org>"), S("me@example.org")},
	    {S("https://a.b/_c_/d_"), S("https://a.b/_c_/d_")},
	    {S("[x]"), S("[x]")},
	    {S("[ ]"), S("[ ]")},
	    {S("Yes[^1]"), S("Yes")},
	    {S("[^1]"), S("[^1]")},
	    // HTML
	    {S("a<br>b<br/> c <br /> d"), S("a b c d")},
	    {S("<br>a<br>"), S("a")},
	    {S("x<sup>2</sup> <!-- note -->"), S("x2")},
	    {S("<a href=\"u\">l</a>"), S("l")},
	    {S("<img src='s' alt=\"a &lt; b\">"), S("a < b")},
	    {S("![](https://img.shields.io/badge/status-in_progress-blue.svg)"),
		S("in progress")},
	    {S("![](https://img.shields.io/badge/done-green)"), S("done")},
	    {S("![](https://img.shields.io/badge/a--b-c--d-red)"), S("c-d")},
	    {S("![](img/yes.svg?raw=true)"), S("yes")},
	    {S("![][yes]"), S("yes")},
	    {S("<img alt='Done' src=x>"), S("Done")},
	    {S("<input type=\"checkbox\" checked>"), S("[x]")},
	    {S("<input type=checkbox>"), S("[ ]")},
	    {S("![]("), S("![](")},
	    {S("<img src=s>"), S("s")},
	    {S("a < b > c"), S("a < b > c")},
	    {S("Vec<T>"), S("Vec")},
	    {S("<!-- open"), S("<!-- open")},
	    // entities
	    {S("&lt;&gt;&quot;&copy;&eacute;&check;"), S("<>\"©é✓")},
	    {S("&#65;&#x42;&#X43;"), S("ABC")},
	    {S("&#0;&#xD800;&#x110000;"), S("\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD")},
	    {S("&nope; &amp &; &#; &#x;"), S("&nope; &amp &; &#; &#x;")},
	    {S("&nbsp;"), S("")},
	    // two characters, and one byte more than it is written with
	    {S("&nGt;&nGt;&nGt;&nGt;&nGt;&nLt;"), S("≫⃒≫⃒≫⃒≫⃒≫⃒≪⃒")},
	    {S("a&Tab;b&NonBreakingSpace;c"), S("a b c")},
	    {S("a&gt;"), S("a>")},
	    // shortcodes of status emoji
	    {S(":heavy_check_mark:"), S("✔")},
	    {S(":white_check_mark: Yes"), S("✅ Yes")},
	    {S(":x:y :nope: a:b"), S("❌y :nope: a:b")},
	};
	struct rmk_arena a = {0};

	(void)state;
	for (size_t i = 0; i < NELEM(cases); i++)
		assert_text(
		    rmk_value_text(&a, cases[i].raw), cases[i].text, cases[i].raw.s);
	rmk_arena_free(&a);
}

static void
test_plain_text_is_part_of_the_cell(void **state)
{
	static const struct rmk_str cases[] = {S("Not read"), S("a (b) c"), S("**x**"),
	    S("[label](https://a.b)"), S("`code`")};
	struct rmk_arena a = {0};

	(void)state;
	for (size_t i = 0; i < NELEM(cases); i++) {
		struct rmk_str text = rmk_value_text(&a, cases[i]);

		assert_true(text.s >= cases[i].s && text.s <= cases[i].s + cases[i].n);
		assert_int_equal(a.used, 0);
	}
	rmk_arena_free(&a);
}

static void
test_key(void **state)
{
	static const struct {
		struct rmk_str a, b;
		bool same;
	} cases[] = {
	    {S("Not read"), S("**NOT**  Read "), true},
	    {S("⚠️"), S("⚠"), true},
	    {S("Tested  / Benchmarked"), S("tested / benchmarked"), true},
	    {S("✔️"), S(":heavy_check_mark:"), true},
	    {S("`a \\| b`"), S("a \\| B"), true},
	    {S("O(n)"), S("O(m)"), false},
	    {S("!x"), S("x"), false},
	    {S("NotNeeded"), S("Not Needed"), false},
	};
	struct rmk_arena a = {0};

	(void)state;
	for (size_t i = 0; i < NELEM(cases); i++)
		if (rmk_str_eq(rmk_value_key(&a, cases[i].a),
			rmk_value_key(&a, cases[i].b)) != cases[i].same)
			fail_msg("%s ? %s", cases[i].a.s, cases[i].b.s);
	rmk_arena_free(&a);
}

// "label|url|flags" of each link, a flag a letter.
static struct rmk_str
links_shown(struct rmk_arena *a, struct rmk_str raw)
{
	struct rmk_buf out = {.arena = a};
	struct rmk_link *links;
	size_t n = rmk_value_links(a, raw, &links);

	for (size_t i = 0; i < n; i++)
		rmk_buf_printf(&out, "%s%.*s|%.*s|%s%s%s|%.*s", i ? " " : "",
		    RMK_FMT(links[i].label), RMK_FMT(links[i].url),
		    links[i].image ? "i" : "", links[i].bare ? "b" : "",
		    links[i].reference ? "r" : "", RMK_FMT(links[i].raw));
	return rmk_buf_str(&out);
}

static void
test_links(void **state)
{
	static const struct {
		struct rmk_str raw, links;
	} cases[] = {
	    {S("none"), S("")},
	    {S("see [Link](https://a.b \"t\")!"),
		S("Link|https://a.b||[Link](https://a.b \"t\")")},
	    {S("[a](<x y>)"), S("a|x y||[a](<x y>)")},
	    {S("[a]()"), S("a|||[a]()")},
	    {S("[a][b]"), S("a|b|r|[a][b]")},
	    {S("![a](u)"), S("a|u|i|![a](u)")},
	    {S("[![a](s)](h)"), S("a|h||[![a](s)](h) a|s|i|![a](s)")},
	    {S("<https://a.b>"), S("https://a.b|https://a.b|b|<https://a.b>")},
	    {S("<me@a.b>"), S("")},
	    {S("(see https://a.b/c_(d))."),
		S("https://a.b/c_(d)|https://a.b/c_(d)|b|https://a.b/c_(d)")},
	    {S("www.a.b, xhttp://no"), S("www.a.b|www.a.b|b|www.a.b")},
	    {S("[https://a](https://b)"),
		S("https://a|https://b||[https://a](https://b)")},
	    {S("<a class=x href='u'>*l*</a>"), S("l|u||<a class=x href='u'>*l*</a>")},
	    {S("<a name=x>l</a>"), S("")},
	    {S("<IMG alt=\"a\" SRC=u/>"), S("a|u/|i|<IMG alt=\"a\" SRC=u/>")},
	    {S("`[a](b)` \\[c](d)"), S("")},
	    {S("[a](b)[c](d)"), S("a|b||[a](b) c|d||[c](d)")},
	};
	struct rmk_arena a = {0};

	(void)state;
	for (size_t i = 0; i < NELEM(cases); i++)
		assert_text(
		    links_shown(&a, cases[i].raw), cases[i].links, cases[i].raw.s);
	rmk_arena_free(&a);
}

static void
test_flag(void **state)
{
	static const struct {
		struct rmk_str raw;
		int flag;
	} cases[] = {{S("[x]"), 1}, {S("[X]"), 1}, {S("Yes"), 1}, {S("✔️"), 1},
	    {S(":white_check_mark:"), 1}, {S("**true**"), 1}, {S("1"), 1}, {S("☑"), 1},
	    {S("[ ]"), 0}, {S("NO"), 0}, {S(""), 0}, {S("0"), 0}, {S(":x:"), 0},
	    {S("☐"), 0}, {S("maybe"), -1}, {S("2"), -1}};
	struct rmk_arena a = {0};

	(void)state;
	for (size_t i = 0; i < NELEM(cases); i++)
		if (rmk_value_flag(&a, cases[i].raw) != cases[i].flag)
			fail_msg("flag of %s", cases[i].raw.s);
	rmk_arena_free(&a);
}

// Each unit repeated to 1 MB takes a moment, not minutes.
static void
test_hostile_cells_are_quick(void **state)
{
	static const char *const units[] = {"[", "![", "[a](", "[a](<", "[a](b \"", "]",
	    "*", "*a", "_a ", "**a*b ", "`", "`` ` ", "<", "<a ", "<a href='", "<!--",
	    "&", "&#1", "[a][", "[![", "[[a](b)", "![a](b", "http://a))", "(((", "~a",
	    "*_", "\\", "<a@", "<http://", ":x", "[^a]", "<a href=u>", "![![a](b)](c)"};
	size_t size = (size_t)1 << 20;

	(void)state;
	for (size_t i = 0; i < NELEM(units); i++) {
		struct rmk_arena a = {0};
		struct rmk_buf cell = {.arena = &a};
		struct rmk_link *links;
		clock_t start = clock();

		while (cell.n < size)
			rmk_buf_adds(&cell, units[i]);
		rmk_value_text(&a, rmk_buf_str(&cell));
		rmk_value_links(&a, rmk_buf_str(&cell), &links);
		if (clock() - start > 3 * CLOCKS_PER_SEC)
			fail_msg("%s: %.1f s", units[i],
			    (double)(clock() - start) / CLOCKS_PER_SEC);
		rmk_arena_free(&a);
	}
}

// Both sides of the bounds that stand in gfm/inline.h.
static void
test_bounds(void **state)
{
	struct rmk_arena a = {0};
	struct rmk_buf in = {.arena = &a}, over = {.arena = &a};

	(void)state;
	// 31 images in one link: 32 open brackets. One more, and the link's is forgotten.
	for (int i = 0; i < 2; i++) {
		struct rmk_buf *b = i ? &over : &in;

		rmk_buf_addc(b, '[');
		for (int k = 0; k < 31 + i; k++)
			rmk_buf_adds(b, "![");
		rmk_buf_addc(b, 'x');
		for (int k = 0; k < 32 + i; k++)
			rmk_buf_adds(b, "](u)");
	}
	assert_text(rmk_value_text(&a, rmk_buf_str(&in)), S("x"), "32 brackets");
	assert_text(rmk_value_text(&a, rmk_buf_str(&over)), S("[x](u)"), "33 brackets");
	rmk_arena_free(&a);
}

static void
test_dates(void **state)
{
	static const struct {
		const char *text;
		bool is;
	} cases[] = {{"2021", true}, {"202", false}, {"2021-", false}, {"2021-01", true},
	    {"2021-12", true}, {"2021-13", false}, {"2021-00", false}, {"2021-1", false},
	    {"2021/01", false}, {"2021-01-01", true}, {"2021-01-31", true},
	    {"2021-01-32", false}, {"2021-04-30", true}, {"2021-04-31", false},
	    {"2021-01-00", false}, {"2021-01-1", false}, {"2021-01/01", false},
	    {"2021-02-28", true}, {"2021-02-29", false}, {"2024-02-29", true},
	    {"2024-02-30", false}, {"1900-02-29", false}, {"2000-02-29", true},
	    {"2021-01-01T10:30", true}, {"2021-01-01 10:30", true},
	    {"2021-01-01x10:30", false}, {"2021-01-01T24:00", true},
	    {"2021-01-01T25:00", false}, {"2021-01-01T10:59", true},
	    {"2021-01-01T10:60", false}, {"2021-01-01T10.30", false},
	    {"2021-01-01T10:3", false}, {"2021-01-01T10:30:00Z", true},
	    {"2021-01-01T", false}};

	(void)state;
	for (size_t i = 0; i < NELEM(cases); i++)
		if (rmk_value_is_date(rmk_str_of(cases[i].text)) != cases[i].is)
			fail_msg("%s", cases[i].text);
	for (unsigned month = 1; month <= 12; month++) {
		static const unsigned last[] = {
		    31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
		char text[16];

		for (unsigned day = 1; day < 33; day++) {
			snprintf(text, sizeof text, "2021-%02u-%02u", month, day);
			assert_int_equal(
			    rmk_value_is_date(rmk_str_of(text)), day <= last[month - 1]);
		}
	}
}

// The text of a paragraph, as cmark-gfm reads it.
static struct rmk_str
peer_text(struct rmk_arena *a, struct rmk_str markdown)
{
	cmark_node *doc = cmark_parse_document(markdown.s, markdown.n, CMARK_OPT_DEFAULT);
	cmark_iter *walk = cmark_iter_new(doc);
	struct rmk_buf out = {.arena = a};

	while (cmark_iter_next(walk) != CMARK_EVENT_DONE) {
		cmark_node *n = cmark_iter_get_node(walk);

		if (cmark_node_get_type(n) == CMARK_NODE_TEXT)
			rmk_buf_adds(&out, cmark_node_get_literal(n));
	}
	cmark_iter_free(walk);
	cmark_node_free(doc);
	return rmk_buf_str(&out);
}

// Which marks are emphasis, by the kinds of characters beside them and their number. (Of runs
// of five cmark-gfm forgets openers that it could have used.)
static void
test_emphasis_is_that_of_cmark(void **state)
{
	static const char *const units[] = {"a", "*", "_", "**", "*", " ", "\xE3\x80\x80",
	    "\xC2\xA0", ".", "(", "\xC3\xA9"};
	struct rmk_arena a = {0};
	uint32_t seed = 1;

	(void)state;
	for (size_t i = 0; i < 20000; i++) {
		struct rmk_buf cell = {.arena = &a};
		size_t n = 2 + i % 9;

		rmk_buf_addc(&cell, 'x');
		while (n-- > 0) {
			seed = seed * 1103515245 + 12345;
			rmk_buf_adds(&cell, units[(seed >> 16) % NELEM(units)]);
		}
		rmk_buf_addc(&cell, 'x');
		if (rmk_str_find(rmk_buf_str(&cell), S("*****")) == RMK_NONE)
			assert_text(rmk_value_text(&a, rmk_buf_str(&cell)),
			    peer_text(&a, rmk_buf_str(&cell)),
			    rmk_str_c(&a, rmk_buf_str(&cell)));
		rmk_arena_free(&a);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_dates),
	    cmocka_unit_test(test_emphasis_is_that_of_cmark),
	    cmocka_unit_test(test_text),
	    cmocka_unit_test(test_plain_text_is_part_of_the_cell),
	    cmocka_unit_test(test_key),
	    cmocka_unit_test(test_links),
	    cmocka_unit_test(test_flag),
	    cmocka_unit_test(test_hostile_cells_are_quick),
	    cmocka_unit_test(test_bounds),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
