// Links by reference: what a reader sees of a cell, and where it leads.
#include "unit.h"

#include "table/inline_references.h"

#define TABLE "| K |\n|---|\n| %s |\n"

static void
test_seen(void **state)
{
	static const struct {
		const char *cell, *behind, *want;
	} cases[] = {
	    {"[plain]", "[plain]: https://a.b", "plain <https://a.b>"},
	    {"[`code`]", "[`code`]: https://a.b", "code <https://a.b>"},
	    {"[coll][]", "[coll]: <https://a.b> 'T'", "coll <https://a.b>"},
	    {"[full][f]", "[f]: https://a.b", "full <https://a.b>"},
	    {"[Full  One]", "[full one]: https://a.b", "Full  One <https://a.b>"},
	    {"see [one], [two]", "[one]: https://a.b\n[two]: https://c.d",
		"see one, two <https://a.b> <https://c.d>"},
	    // the first definition counts, wherever it is
	    {"[x][a]", "[a]: https://a.b\n[a]: https://c.d", "x <https://a.b>"},
	    // none
	    {"[plain]", "", "[plain]"},
	    {"[plain]", "text\n[plain]: https://a.b", "[plain]"},
	    {"[plain]", "```\n[plain]: https://a.b\n```", "[plain]"},
	    {"[plain]", "    [plain]: https://a.b", "[plain]"},
	    {"[ ]", "[x]: https://a.b", "[ ]"},
	    {"\\[plain]", "[plain]: https://a.b", "[plain]"},
	    {"`[plain]`", "[plain]: https://a.b", "[plain]"},
	    {"[a](https://e.f)", "[a]: https://a.b", "a <https://e.f>"},
	};
	struct rmk_arena arena = {0}, *a = &arena;

	(void)state;
	for (size_t i = 0; i < NELEM(cases); i++) {
		struct rmk_buf text = {.arena = a}, got = {.arena = a};
		const struct rmk_doc *doc;
		struct rmk_link *links;
		struct rmk_str seen;
		size_t n;

		rmk_buf_printf(&text, TABLE "\n%s\n", cases[i].cell, cases[i].behind);
		doc = parse_md(a, rmk_buf_str(&text), 0);
		seen = rmk_references_inline(
		    a, doc, rmk_doc_cell(doc, &doc->tables[0].rows[0], 0));
		rmk_buf_add(&got, rmk_value_text(a, seen));
		n = rmk_value_links(a, seen, &links);
		for (size_t k = 0; k < n; k++)
			if (!links[k].reference)
				rmk_buf_printf(&got, " <%.*s>", RMK_FMT(links[k].url));
		assert_text(rmk_buf_str(&got), rmk_str_of(cases[i].want), cases[i].cell);
	}
	rmk_arena_free(a);
}

// A row by the name that a reader sees of it.
static void
test_rows(void **state)
{
	static const char text[] =
	    "| Rule | S |\n|---|---|\n| [`typedef`] | ✅ |\n| [`typedef-space`] | ❌ |\n\n"
	    "[`typedef`]: https://a.b/1\n[`typedef-space`]: https://a.b/2\n";
	static const struct {
		const char *typed;
		size_t n, row;
	} cases[] = {
	    {"typedef", 1, 0},
	    {"TYPEDEF", 1, 0},
	    {"[`typedef`]", 1, 0},
	    {"space", 1, 1},
	    {"a.b/2", 1, 1},
	    {"type", 2, 0},
	    {"[typedef]", 0, 0},
	};
	struct rmk_arena arena = {0}, *a = &arena;
	struct rmk_doc *doc = parse_md(a, rmk_str_of(text), 0);
	struct rmk_schema *s = rmk_schema_of(a, doc, 0);
	struct rmk_address_index *index = rmk_address_index(a, doc, 0, s);

	(void)state;
	assert_text(rmk_address_row(a, doc, 0, s, 0), S("typedef"), "name");
	assert_text(rmk_address_row_by(a, doc, 0, s, 1), S("https://a.b/2"), "link");
	for (size_t i = 0; i < NELEM(cases); i++) {
		struct rmk_str typed = rmk_str_of(cases[i].typed);
		struct rmk_hits by_index = rmk_address_index_rows(a, index, typed);
		struct rmk_hits hits = rmk_address_rows(a, doc, 0, s, typed);

		if (hits.n != cases[i].n || (hits.n && hits.rows[0] != cases[i].row) ||
		    by_index.n != hits.n)
			fail_msg("%s: %zu rows", cases[i].typed, hits.n);
	}
	rmk_arena_free(a);
}

// Many definitions and many links to them, in a moment.
static void
test_many(void **state)
{
	struct rmk_arena arena = {0}, *a = &arena;
	struct rmk_buf text = {.arena = a};
	struct rmk_doc *doc;

	(void)state;
	rmk_buf_adds(&text, "| K |\n|---|\n");
	for (unsigned i = 0; i < 20000; i++)
		rmk_buf_printf(&text, "| [r%u] |\n", i);
	rmk_buf_adds(&text, "\n");
	for (unsigned i = 0; i < 20000; i++)
		rmk_buf_printf(&text, "[r%u]: https://a.b/%u\n", i, i);
	doc = parse_md(a, rmk_buf_str(&text), 0);
	for (uint32_t r = 0; r < doc->tables[0].nrows; r++)
		assert_true(
		    rmk_str_ends(rmk_references_inline(a, doc,
				     rmk_doc_cell(doc, &doc->tables[0].rows[r], 0)),
			rmk_str_printf(a, "/%u)", r)));
	rmk_arena_free(a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_seen),
	    cmocka_unit_test(test_rows),
	    cmocka_unit_test(test_many),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
