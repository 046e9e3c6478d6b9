// The document: anchors, declarations, how tables are named, look-ups.
#include "unit.h"

static void
test_anchors(void **state)
{
	// As GitHub shows them.
	static const struct {
		struct rmk_str heading, anchor;
	} cases[] = {
	    {S("Papers"), S("papers")},
	    {S("Read or Not?"), S("read-or-not")},
	    {S("C++ & C#"), S("c--c")},
	    {S("snake_case-and  two spaces"), S("snake_case-and--two-spaces")},
	    {S("`code` and **bold**"), S("code-and-bold")},
	    {S("[Link](https://example.org/a_b)"), S("link")},
	    {S("![logo](x.png) Name"), S("-name")},
	    {S("🚀 Launch"), S("-launch")},
	    {S("Launch 🚀"), S("launch-")},
	    {S(":rocket: Launch"), S("rocket-launch")},
	    {S("❤️ Thanks"), S("\xEF\xB8\x8F-thanks")}, // U+FE0F is a mark
	    {S("Über Äpfel"), S("über-äpfel")},
	    {S("読書リスト"), S("読書リスト")},
	    {S("1. First"), S("1-first")},
	    {S("½ done"), S("-done")},
	    {S("Questions on LLMs:"), S("questions-on-llms")},
	    {S("Tools/ Generic"), S("tools-generic")},
	    {S("a &amp; b"), S("a--b")},
	    {S("???"), S("")},
	};
	struct rmk_arena a = {0};
	(void)state;

	for (size_t i = 0; i < NELEM(cases); i++) {
		struct rmk_str text = rmk_str_printf(
		    &a, "# %.*s\n", RMK_FMT(cases[i].heading));
		struct rmk_doc *doc = parse_md(&a, text, RMK_PARSE_ALL);

		assert_int_equal(doc->nheadings, 1);
		assert_text(doc->headings[0].text, cases[i].heading, "the raw text");
		assert_text(doc->headings[0].anchor, cases[i].anchor, cases[i].heading.s);
	}
	rmk_arena_free(&a);
}

static void
test_headings(void **state)
{
	static const struct {
		uint32_t line;
		uint8_t level;
		struct rmk_str text, anchor;
	} want[] = {
	    {1, 2, S("Papers"), S("papers")},
	    {2, 2, S("Papers"), S("papers-1")},
	    {4, 1, S("Set"), S("set")},
	    {10, 2, S("over\nlines"), S("overlines")},
	    {13, 3, S("quoted"), S("quoted")},
	    {14, 1, S(""), S("")},
	    {15, 2, S("Papers"), S("papers-2")},
	};
	struct rmk_str text = S("## Papers ##\n## Papers\n\nSet\n===\n\n```\n# no\n```\n"
				"over\nlines\n---\n> ### quoted\n#\n##\tPapers\n");
	struct rmk_arena a = {0};
	struct rmk_doc *doc = parse_md(&a, text, RMK_PARSE_ALL);
	(void)state;

	assert_int_equal(doc->nheadings, NELEM(want));
	for (size_t i = 0; i < NELEM(want); i++) {
		assert_int_equal(doc->headings[i].line, want[i].line);
		assert_int_equal(doc->headings[i].level, want[i].level);
		assert_text(doc->headings[i].text, want[i].text, "text");
		assert_text(doc->headings[i].anchor, want[i].anchor, "anchor");
	}
	rmk_arena_free(&a);
}

static void
same_rows(const struct rmk_table *x, const struct rmk_table *y)
{
	assert_int_equal(x->nrows, y->nrows);
	for (size_t r = 0; r < x->nrows; r++) {
		const struct rmk_row *i = &x->rows[r], *j = &y->rows[r];

		assert_int_equal(i->line, j->line);
		assert_int_equal(i->at, j->at);
		assert_memory_equal(&i->span, &j->span, sizeof i->span);
		assert_int_equal(i->ncells, j->ncells);
		assert_memory_equal(i->cells, j->cells, i->ncells * sizeof *i->cells);
	}
}

static void
test_read_beside(void **state)
{
#define H "|a|b|\n|-|-|\n"
	// Which row of the old text each row of the new one was found to be, from 1.
	static const struct {
		struct rmk_str old, new_;
		const char *rows;
	} cases[] = {
	    {S(H "|1|x|\n|2|\n|3|"), S("text\n\n" H "|1|x|\n|2|\n|3|"), "123"},
	    {S(H "|1|\n|2|\n"), S(H "|1|\n|new|\n|2|\n"), "102"},
	    {S(H "|1|\n|2|\n|3|\n"), S(H "|1|\n|2 |\n|3|\n"), "103"},
	    {S(H "|1|\n|2|\n|3|\n"), S(H "|3|\n|1|\n"), "30"},
	    {S(H "|1|\n|1|\n"), S(H "|1|\n|1|\n|1|\n"), "120"},
	    {S(H "|1|\n2\n|3|\n"), S(H "|1|\n2\n|3|\n"), "103"}, // 2 is fed
	    {S(H "|1|\n"), S("> |a|b|\n> |-|-|\n> |1|\n"), "0"},
	    {S(" |a|b|\n |-|-|\n |1|\n"), S("|a|b|\n|-|-|\n|1|\n |1|\n"), "00"},
	    {S(H "|1\\|1|\n"), S(H "|1\\|1|\n"), "1"},
	    {S(H "|1|\n"), S("none"), ""},
	    {S("none"), S(H "|1|\n"), "0"},
	};
	struct rmk_arena a = {0};
	(void)state;

	for (size_t i = 0; i < NELEM(cases); i++) {
		struct rmk_doc *old = parse_md(&a, cases[i].old, 0), *doc;
		struct rmk_doc *want = parse_md(&a, cases[i].new_, 0);
		struct rmk_err err;

		assert_int_equal(
		    rmk_doc_parse_beside(&a, old, cases[i].new_, &doc, &err), RMK_OK);
		assert_int_equal(doc->ntables, want->ntables);
		for (size_t t = 0; t < doc->ntables; t++) {
			same_rows(&doc->tables[t], &want->tables[t]);
			for (size_t r = 0; r < doc->tables[t].nrows; r++)
				assert_int_equal(doc->tables[t].rows[r].beside,
				    cases[i].rows[r] - '0');
		}
	}
	rmk_arena_free(&a);
#undef H
}

// Rows that are gone are passed over, many of them where most were found before.
static void
test_read_beside_gap(void **state)
{
	struct rmk_arena a = {0};
	struct rmk_buf old = {.arena = &a}, new_ = {.arena = &a};
	struct rmk_doc *doc;
	struct rmk_err err;
	(void)state;

	rmk_buf_add(&old, S("|a|\n|-|\n"));
	rmk_buf_add(&new_, S("|a|\n|-|\n"));
	for (unsigned i = 0; i < 1000; i++) {
		struct rmk_str row = rmk_str_printf(&a, "| %u |\n", i);

		rmk_buf_add(&old, row);
		if (i < 500 || i > 600)
			rmk_buf_add(&new_, row);
	}
	assert_int_equal(rmk_doc_parse_beside(&a, parse_md(&a, rmk_buf_str(&old), 0),
			     rmk_buf_str(&new_), &doc, &err),
	    RMK_OK);
	same_rows(&doc->tables[0], &parse_md(&a, rmk_buf_str(&new_), 0)->tables[0]);
	assert_int_equal(doc->tables[0].rows[499].beside, 500);
	assert_int_equal(doc->tables[0].rows[500].beside, 602);
	rmk_arena_free(&a);
}

static void
test_table_names(void **state)
{
	struct rmk_str text = S(
	    "|a|\n|-|\n\n# H\n\n|a|\n|-|\n\n|b|\n|-|\n\n## I\n> |c|\n> "
	    "|-|\n");
	static const struct {
		uint32_t line, nth;
		size_t heading;
		unsigned containers;
	} want[] = {
	    {1, 0, RMK_NONE, 0}, {6, 0, 0, 0}, {9, 1, 0, 0}, {13, 0, 1, RMK_IN_QUOTE}};
	struct rmk_arena a = {0};
	struct rmk_doc *doc = parse_md(&a, text, 0);
	(void)state;

	assert_int_equal(doc->ntables, NELEM(want));
	for (size_t i = 0; i < NELEM(want); i++) {
		const struct rmk_table *t = &doc->tables[i];

		assert_int_equal(t->number, i + 1);
		assert_int_equal(t->header.line, want[i].line);
		assert_int_equal(t->nth, want[i].nth);
		assert_int_equal(t->heading, want[i].heading);
		assert_int_equal(t->containers, want[i].containers);
		assert_int_equal(doc->blocks[t->block].part, i);
	}
	rmk_arena_free(&a);
}

static void
test_declarations(void **state)
{
#define T "|a|\n|-|\n"
	static const struct {
		struct rmk_str text, decl; // of the last table
	} cases[] = {
	    {S("<!-- rowmark: p -->\n" T), S("<!-- rowmark: p -->")},
	    {S("<!-- rowmark: p -->\n\n" T), S("<!-- rowmark: p -->")},
	    {S("<!-- rowmark: p -->\n \t\n" T), S("<!-- rowmark: p -->")},
	    {S("<!--rowmark:p-->\n\n" T), S("<!--rowmark:p-->")},
	    {S("<!-- rowmark: p\na: key\n-->\n" T), S("<!-- rowmark: p\na: key\n-->")},
	    {S("<!-- rowmark: p\n\na: key\n-->\n\n" T),
		S("<!-- rowmark: p\n\na: key\n-->")},
	    {S("<!-- x --> <!-- rowmark: p -->\n" T), S("<!-- rowmark: p -->")},
	    {S("<!-- rowmark: p -->\r\n\r\n|a|\r\n|-|\r\n"), S("<!-- rowmark: p -->")},
	    {S("[//]: # (rowmark: p)\n\n" T), S("[//]: # (rowmark: p)")},
	    {S("text\n\n[//]: # (rowmark: p)\n\n" T), S("[//]: # (rowmark: p)")},
	    // shown as text there, but meant
	    {S("[//]: # (rowmark: p)\n" T), S("[//]: # (rowmark: p)")},
	    // in containers: the same one only
	    {S("> <!-- rowmark: p -->\n>\n> |a|\n> |-|\n"), S("<!-- rowmark: p -->")},
	    {S("> [//]: # (rowmark: p)\n>\n> |a|\n> |-|\n"), S("[//]: # (rowmark: p)")},
	    {S("- <!-- rowmark: p -->\n\n  |a|\n  |-|\n"), S("<!-- rowmark: p -->")},
	    {S("- [//]: # (rowmark: p)\n\n  |a|\n  |-|\n"), S("[//]: # (rowmark: p)")},
	    {S("<!-- rowmark: p -->\n\n> |a|\n> |-|\n"), S("")},
	    {S("> <!-- rowmark: p -->\n\n" T), S("")},
	    {S("[//]: # (rowmark: p)\n\n> |a|\n> |-|\n"), S("")},
	    {S("[//]: # (rowmark: p)\n\n- |a|\n  |-|\n"), S("")},
	    {S("- <!-- rowmark: p -->\n- |a|\n  |-|\n"), S("")},
	    // not directly above, or none
	    {S("<!-- rowmark: p -->\n\n\n" T), S("")},
	    {S("<!-- rowmark: p -->\n\ntext\n\n" T), S("")},
	    {S("<!-- rowmark: p -->\n\n" T "\n" T), S("")},
	    {S("<!-- note -->\n" T), S("")},
	    {S("<!-- rowmark: p --> text\n\n" T), S("")},
	    {S("<!-- rowmark:begin summary -->\n\n" T), S("")},
	    {S("<!-- rowmark:end -->\n\n" T), S("")},
	    {S("```\n[//]: # (rowmark: p)\n```\n" T), S("")},
	    {S("    [//]: # (rowmark: p)\n\n" T), S("")},
	    {S("[//]: # (note)\n\n" T), S("")},
	    {S(T), S("")},
	    {S("\n" T), S("")},
	    {S("\xEF\xBB\xBF<!-- rowmark: p -->\n" T), S("<!-- rowmark: p -->")},
	};
	struct rmk_arena a = {0};
	(void)state;

	for (size_t i = 0; i < NELEM(cases); i++) {
		struct rmk_doc *doc = parse_md(&a, cases[i].text, 0);

		assert_true(doc->ntables > 0);
		assert_text(rmk_doc_str(doc, doc->tables[doc->ntables - 1].decl),
		    cases[i].decl, cases[i].text.s);
	}
	rmk_arena_free(&a);
#undef T
}

static void
test_lookups(void **state)
{
	struct rmk_str text = S("\xEF\xBB\xBF|a|b|\r\n|-|-|\n|1|\rx");
	struct rmk_arena a = {0};
	struct rmk_doc *doc = parse_md(&a, text, 0);
	const struct rmk_table *t = doc->tables;
	(void)state;

	assert_true(doc->bom);
	assert_int_equal(doc->nlines, 4);
	assert_text(rmk_doc_line(doc, 2), S("|-|-|"), "line 2");
	assert_text(rmk_doc_line_end(doc, 1), S("\r\n"), "end 1");
	assert_text(rmk_doc_line_end(doc, 2), S("\n"), "end 2");
	assert_text(rmk_doc_line_end(doc, 3), S("\r"), "end 3");
	assert_text(rmk_doc_line_end(doc, 4), S(""), "end 4");
	assert_int_equal(doc->ntables, 1);
	assert_int_equal(t->nrows, 2); // "x" is a row
	assert_text(rmk_doc_cell(doc, &t->header, 1), S("b"), "b");
	assert_text(rmk_doc_cell(doc, &t->rows[0], 1), S(""), "not there");
	assert_int_equal(rmk_doc_line_of(doc, 0), 1);
	assert_int_equal(rmk_doc_line_of(doc, 9), 1); // its LF
	assert_int_equal(rmk_doc_line_of(doc, 10), 2);
	assert_int_equal(rmk_doc_col_of(doc, 10), 1);
	assert_int_equal(rmk_doc_line_of(doc, (uint32_t)text.n), 4);
	assert_int_equal(rmk_doc_col_of(doc, (uint32_t)text.n), 2);
	rmk_arena_free(&a);
}

static void
test_nothing_to_find(void **state)
{
	struct rmk_arena a = {0};
	struct rmk_doc *doc = parse_md(&a, S("# h\n\ntext\n"), 0);
	(void)state;

	assert_false(doc->parsed);
	assert_int_equal(doc->nblocks, 0);
	doc = parse_md(&a, S("# h\n\ntext\n"), RMK_PARSE_ALL);
	assert_true(doc->parsed);
	assert_int_equal(doc->nblocks, 2);
	doc = parse_md(&a, S(""), RMK_PARSE_ALL);
	assert_true(doc->parsed);
	assert_int_equal(doc->nlines, 0);
	assert_int_equal(rmk_doc_line_of(doc, 0), 1);
	assert_int_equal(rmk_doc_col_of(doc, 0), 1);
	rmk_arena_free(&a);
}

static void
test_too_big(void **state)
{
	struct rmk_arena a = {0};
	struct rmk_doc *doc = NULL;
	struct rmk_err err;
	(void)state;

	assert_int_equal(rmk_doc_parse(&a, S("t.md"),
			     (struct rmk_str){"", RMK_MAX_FILE + 1}, 0, &doc, &err),
	    RMK_TOO_BIG);
	assert_string_equal(
	    err.msg, "t.md: 1073741825 bytes; files of at most 1073741824 are read");
	assert_null(doc);
	rmk_arena_free(&a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_anchors),
	    cmocka_unit_test(test_headings),
	    cmocka_unit_test(test_read_beside),
	    cmocka_unit_test(test_read_beside_gap),
	    cmocka_unit_test(test_table_names),
	    cmocka_unit_test(test_declarations),
	    cmocka_unit_test(test_lookups),
	    cmocka_unit_test(test_nothing_to_find),
	    cmocka_unit_test(test_too_big),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
