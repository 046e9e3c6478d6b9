// How people name a table, a row and a column.
#include "unit.h"

static const char text[] =
    "| A | B |\n|---|---|\n| x | y |\n\n"
    "# Papers\n\n<!-- rowmark: list; Paper: key -->\n"
    "| Paper | Link | Read or Not |\n|---|---|---|\n"
    "| LIMA | [Link](https://arxiv.org/abs/2305.11206) | Not read |\n"
    "| [**LoRA**](https://arxiv.org/abs/2106.09685) | | Not read |\n"
    "| QLoRA | [Link](https://arxiv.org/abs/2305.14314) | Read |\n"
    "|  | [Link](https://a.b/QLORA) | Read |\n"
    "| snake_case &amp; x |  | |\n\n"
    "Text.\n\n| K | Go | Rust |\n|---|---|---|\n| k | + | + |\n\n"
    "# Twice\n\n| A | a | B | B |\n|---|---|---|---|\n\n"
    "Text.\n\n| A |\n|---|\n\n# Twice-1\n\n| A |\n|---|\n";

struct fixture {
	struct rmk_arena a;
	struct rmk_doc *doc;
	struct rmk_err err;
};

static void
open_fixture(struct fixture *f)
{
	memset(f, 0, sizeof *f);
	assert_int_equal(
	    rmk_doc_parse(&f->a, S("dir#1/t.md"), rmk_str_of(text), 0, &f->doc, &f->err),
	    RMK_OK);
	assert_int_equal(f->doc->ntables, 6);
}

static void
test_parse(void **state)
{
	static const struct {
		struct rmk_str text, file, table;
	} cases[] = {
	    {S("README.md"), S("README.md"), S("")},
	    {S("README.md#papers"), S("README.md"), S("papers")},
	    {S("a#b/c.md"), S("a#b/c.md"), S("")},
	    {S("a#b/c#d.md#2"), S("a#b/c#d.md"), S("2")},
	    {S("#papers"), S(""), S("papers")},
	    {S("HEAD~3:README.md#x"), S("HEAD~3:README.md"), S("x")},
	};

	(void)state;
	for (size_t i = 0; i < NELEM(cases); i++) {
		struct rmk_address got = rmk_address_parse(cases[i].text);

		assert_text(got.file, cases[i].file, cases[i].text.s);
		assert_text(got.table, cases[i].table, cases[i].text.s);
	}
}

static void
test_table_names(void **state)
{
	// "twice-1" is both the second table there and a heading of its own
	static const char *const names[] = {"1", "list", "papers-1", "twice", "5", "6"};
	struct fixture f;

	(void)state;
	open_fixture(&f);
	for (size_t i = 0; i < NELEM(names); i++) {
		size_t found = 99;

		assert_text(
		    rmk_address_name(&f.a, f.doc, i), rmk_str_of(names[i]), "name");
		assert_int_equal(
		    rmk_address_table(&f.a, f.doc, rmk_str_of(names[i]), &found, &f.err),
		    RMK_OK);
		assert_int_equal(found, i);
	}
	assert_text(rmk_address_of(&f.a, f.doc, 1), S("dir#1/t.md#list"), "address");
	rmk_arena_free(&f.a);
}

static void
test_find_table(void **state)
{
	static const struct {
		const char *name;
		enum rmk_code code;
		size_t table;
		const char *msg, *hint;
	} cases[] = {
	    {"LIST", RMK_OK, 1, NULL, NULL},
	    {"papers", RMK_OK, 1, NULL, NULL},
	    {"Papers", RMK_OK, 1, NULL, NULL},
	    {"2", RMK_OK, 1, NULL, NULL},
	    {"papers-01", RMK_NOT_FOUND, 0, NULL, "did you mean 'papers-1'?"},
	    {"twice-1", RMK_AMBIGUOUS, 0, "dir#1/t.md: 'twice-1' names 2 tables: 5, 6",
		""},
	    {"twce", RMK_NOT_FOUND, 0,
		"dir#1/t.md: no table 'twce'; there are: twice, 1, list, papers-1, 5, 6",
		"did you mean 'twice'?"},
	    {"7", RMK_NOT_FOUND, 0, NULL, NULL},
	    {"", RMK_NOT_FOUND, 0, NULL, NULL},
	};
	struct fixture f;

	(void)state;
	open_fixture(&f);
	for (size_t i = 0; i < NELEM(cases); i++) {
		size_t found = 99;
		enum rmk_code code = rmk_address_table(
		    &f.a, f.doc, rmk_str_of(cases[i].name), &found, &f.err);

		if (code != cases[i].code)
			fail_msg("%s: %s", cases[i].name, rmk_code_name(code));
		assert_int_equal(found, code == RMK_OK ? cases[i].table : 99);
		if (cases[i].msg)
			assert_string_equal(f.err.msg, cases[i].msg);
		if (cases[i].hint)
			assert_string_equal(f.err.hint, cases[i].hint);
	}
	rmk_arena_free(&f.a);
}

static void
test_find_rows(void **state)
{
	static const struct {
		struct rmk_str row;
		enum rmk_match level;
		const char *rows; // a digit each
	} cases[] = {
	    {S("LIMA"), RMK_MATCH_EXACT, "0"},
	    {S("LoRA"), RMK_MATCH_EXACT, "1"},
	    {S("[**LoRA**](https://arxiv.org/abs/2106.09685)"), RMK_MATCH_EXACT, "1"},
	    {S(" lima "), RMK_MATCH_FOLDED, "0"},
	    {S("lora"), RMK_MATCH_FOLDED, "1"},
	    {S("**lora**"), RMK_MATCH_FOLDED, "1"},
	    {S("snake_case  & X"), RMK_MATCH_FOLDED, "4"},
	    {S("lor"), RMK_MATCH_PART, "12"},
	    {S("2305.11206"), RMK_MATCH_LINK, "0"},
	    {S("ARXIV.org/abs/2305"), RMK_MATCH_LINK, "02"},
	    {S("qlora"), RMK_MATCH_FOLDED, "2"},
	    {S("a.b/"), RMK_MATCH_LINK, "3"},
	    {S("Not read"), RMK_MATCH_NONE, ""},
	    {S(""), RMK_MATCH_NONE, ""},
	    {S("LINE:10"), RMK_MATCH_LINE, "0"},
	    {S("LINE:9"), RMK_MATCH_NONE, ""},
	    // as messages call them
	    {S("line 13"), RMK_MATCH_EXACT, "3"},
	    {S("QLoRA (line 12)"), RMK_MATCH_EXACT, "2"},
	    {S("QLoRA (https://arxiv.org/abs/2305.14314)"), RMK_MATCH_EXACT, "2"},
	    {S("QLoRA (line 10)"), RMK_MATCH_NONE, ""},
	    {S("LIMA (line 12)"), RMK_MATCH_NONE, ""},
	};
	struct fixture f;
	struct rmk_schema *s;

	(void)state;
	open_fixture(&f);
	s = rmk_schema_of(&f.a, f.doc, 1);
	for (size_t i = 0; i < NELEM(cases); i++) {
		struct rmk_hits hits = rmk_address_rows(&f.a, f.doc, 1, s, cases[i].row);
		char got[10] = "";

		for (size_t k = 0; k < hits.n && k < 9; k++)
			got[k] = (char)('0' + hits.rows[k]);
		assert_string_equal(got, cases[i].rows);
		assert_int_equal(hits.level, cases[i].level);
	}
	assert_text(rmk_address_row(&f.a, f.doc, 1, s, 1), S("LoRA"), "shown");
	assert_text(rmk_address_row(&f.a, f.doc, 1, s, 3), S("line 13"), "without a key");
	rmk_arena_free(&f.a);
}

static void
test_find_column(void **state)
{
	static const struct {
		size_t table;
		const char *name;
		enum rmk_code code;
		size_t col;
		const char *msg, *hint;
	} cases[] = {
	    {1, "status", RMK_OK, 2, NULL, NULL},
	    {1, "read OR not", RMK_OK, 2, NULL, NULL},
	    {1, "**Link**", RMK_OK, 1, NULL, NULL},
	    {1, "Lnik", RMK_NOT_FOUND, 0,
		"dir#1/t.md#list: no column 'Lnik'; there are: Link, Paper, Read or Not",
		"did you mean 'Link'?"},
	    {1, "nope", RMK_NOT_FOUND, 0, // 3 of 4 letters are others
		"dir#1/t.md#list: no column 'nope'; there are: Paper, Link, Read or Not",
		""},
	    {2, "status", RMK_AMBIGUOUS, 0,
		"dir#1/t.md#papers-1: 2 status columns: Go, Rust",
		"name the column with -c COLUMN"},
	    {0, "status", RMK_NOT_FOUND, 0,
		"dir#1/t.md#1: no status column; the columns are: A, B",
		"name the column with -c COLUMN"},
	    {3, "a", RMK_OK, 1, NULL, NULL}, // exactly, before folded
	    {3, "b", RMK_AMBIGUOUS, 0, "dir#1/t.md#twice: 2 columns are called 'b'", ""},
	};
	struct fixture f;

	(void)state;
	open_fixture(&f);
	for (size_t i = 0; i < NELEM(cases); i++) {
		struct rmk_schema *s = rmk_schema_of(&f.a, f.doc, cases[i].table);
		size_t col = 99;
		enum rmk_code code = rmk_address_column(&f.a, f.doc, cases[i].table, s,
		    rmk_str_of(cases[i].name), &col, &f.err);

		if (code != cases[i].code)
			fail_msg("%s: %s", cases[i].name, rmk_code_name(code));
		assert_int_equal(col, code == RMK_OK ? cases[i].col : 99);
		if (cases[i].msg)
			assert_string_equal(f.err.msg, cases[i].msg);
		if (cases[i].hint)
			assert_string_equal(f.err.hint, cases[i].hint);
	}
	rmk_arena_free(&f.a);
}

// Whatever is asked for: the index says what looking through the rows says.
static void
check_index(struct rmk_arena *a, struct rmk_doc *doc)
{
	static const char *const names[] = {"", " ", "LIMA", "lima", " Lima ", "LoRA",
	    "lora", "QLORA", "qlora", "[**LoRA**](https://arxiv.org/abs/2106.09685)",
	    "snake_case & x", "snake_case &amp; x", "SNAKE_CASE & X", "RA", "2305.11206",
	    "LINE:10", "LINE:1", "k", "K", "a", "A", "b", "**b**", "**B**",
	    "none of these"};

	for (size_t t = 0; t < doc->ntables; t++) {
		struct rmk_schema *s = rmk_schema_of(a, doc, t);
		struct rmk_address_index *index = rmk_address_index(a, doc, t, s);

		for (size_t i = 0; i < NELEM(names); i++) {
			struct rmk_str name = rmk_str_of(names[i]);
			struct rmk_hits want = rmk_address_rows(a, doc, t, s, name);
			struct rmk_hits got = rmk_address_index_rows(a, index, name);

			if (got.n != want.n || got.level != want.level ||
			    (got.n && memcmp(got.rows, want.rows,
					  got.n * sizeof *got.rows) != 0))
				fail_msg("table %zu, '%s'", t, names[i]);
		}
	}
}

static void
test_index_says_the_same(void **state)
{
	static const char alike[] =
	    "<!-- rowmark: t; K: key -->\n| K | V |\n|---|---|\n| a | 1 |\n| A | 2 |\n"
	    "| a | 3 |\n| **b** | 4 |\n| b | 5 |\n";
	struct fixture f;

	(void)state;
	open_fixture(&f);
	check_index(&f.a, f.doc);
	assert_int_equal(
	    rmk_doc_parse(&f.a, S("t.md"), rmk_str_of(alike), 0, &f.doc, &f.err), RMK_OK);
	check_index(&f.a, f.doc);
	rmk_arena_free(&f.a);
}

// 1,000 tables have names, 1,001 have numbers (address.c, MOST_NAMED).
static void
test_bounds(void **state)
{
	(void)state;
	for (unsigned n = 1000; n <= 1001; n++) {
		struct fixture f = {0};
		struct rmk_buf b = {.arena = &f.a};

		for (unsigned i = 0; i < n; i++)
			rmk_buf_printf(&b, "# T%u\n\n| A |\n|---|\n\n", i);
		assert_int_equal(
		    rmk_doc_parse(&f.a, S("t.md"), rmk_buf_str(&b), 0, &f.doc, &f.err),
		    0);
		assert_text(rmk_address_name(&f.a, f.doc, n - 1),
		    n == 1000 ? S("t999") : S("1001"), "name");
		rmk_arena_free(&f.a);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_parse),
	    cmocka_unit_test(test_table_names),
	    cmocka_unit_test(test_find_table),
	    cmocka_unit_test(test_find_rows),
	    cmocka_unit_test(test_index_says_the_same),
	    cmocka_unit_test(test_find_column),
	    cmocka_unit_test(test_bounds),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
