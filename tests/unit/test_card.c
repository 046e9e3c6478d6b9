// A row as text that a person edits: cases, and every row of the corpus there and back.
#include "corpus.h"
#include "unit.h"

#include "edit/card.h"

#define TABLE                                                                            \
	"| Paper | A: b | | Paper |\n|---|---|---|---|\n"                                \
	"| [LoRA](x) | one<br>two \\| three<br><br>four | | x |\n"

static void
test_write(void **state)
{
	struct rmk_arena a = {0};
	struct rmk_doc *doc = parse_md(&a, S(TABLE), 0);

	(void)state;
	assert_text(rmk_card_write(&a, doc, 0, rmk_schema_of(&a, doc, 0), 0),
	    S("Paper: [LoRA](x)\nA: b: one\n    two | three\n    \n    four\ncolumn_3:\n"
	      "Paper_2: x\n"),
	    "card");
	rmk_arena_free(&a);
}

static void
test_read(void **state)
{
	static const struct {
		struct rmk_str text, want; // want: values, "-" where a line is gone
	} cases[] = {
	    {S("Paper: LoRA\nA: b: x\ncolumn_3: y\nPaper_2:\n"), S("LoRA/x/y//")},
	    {S("<!-- say -->\n\nPaper: LoRA\n\n\nPaper_2: z"), S("LoRA/-/-/z/")},
	    {S("A: b: one\n    two\n\n    four\n\n"), S("-/one<br>two<br><br>four/-/-/")},
	    {S("Paper: a\r\n\tb  \r\n"), S("a<br>b/-/-/-/")},
	    {S("Paper:x: y\n"), S("x: y/-/-/-/")},
	    {S("Papers: x\n"), {0}},
	    {S("Paper: x\nmore\n"), {0}},
	    {S("Paper: x\nPaper: y\n"), {0}},
	};
	struct rmk_arena a = {0};
	struct rmk_doc *doc = parse_md(&a, S(TABLE), 0);

	(void)state;
	for (size_t i = 0; i < NELEM(cases); i++) {
		struct rmk_buf b = {.arena = &a};
		struct rmk_str *values;
		struct rmk_err err;
		enum rmk_code code = rmk_card_read(
		    &a, rmk_schema_of(&a, doc, 0), cases[i].text, &values, &err);

		for (size_t col = 0; !code && col < 4; col++)
			rmk_buf_printf(
			    &b, "%.*s/", RMK_FMT(values[col].s ? values[col] : S("-")));
		if (!cases[i].want.s)
			assert_int_equal(code, RMK_INVALID);
		else
			assert_text(rmk_buf_str(&b), cases[i].want, cases[i].text.s);
	}
	rmk_arena_free(&a);
}

static void
check_table(struct rmk_arena *a, const struct rmk_doc *doc, size_t t, size_t *nrows)
{
	struct rmk_schema *schema = rmk_schema_columns(a, doc, t);

	for (size_t r = 0; r < doc->tables[t].nrows && r < 400; r++) {
		struct rmk_str *values;
		struct rmk_err err;

		if (rmk_card_read(
			a, schema, rmk_card_write(a, doc, t, schema, r), &values, &err))
			fail_msg("%.*s:%u: %s", RMK_FMT(doc->path),
			    doc->tables[t].rows[r].line, err.msg);
		for (size_t col = 0; col < schema->ncols; col++)
			assert_text(values[col],
			    rmk_cell_content(
				a, rmk_doc_cell(doc, &doc->tables[t].rows[r], col)),
			    "a cell");
		++*nrows;
	}
}

static void
test_corpus_cards(void **state)
{
	struct rmk_arena names_arena = {0};
	struct rmk_str *names;
	size_t n = corpus_files(&names_arena, &names), nrows = 0;

	(void)state;
	for (size_t i = 0; i < n; i += getenv("ROWMARK_SAN") ? 8 : 1) {
		struct rmk_arena a = {0};
		struct rmk_doc *doc;
		struct rmk_err err;

		if (rmk_doc_parse(
			&a, names[i], corpus_read(&a, names[i]), 0, &doc, &err) == RMK_OK)
			for (size_t t = 0; t < doc->ntables; t++)
				check_table(&a, doc, t, &nrows);
		rmk_arena_free(&a);
	}
	rmk_arena_free(&names_arena);
	printf(n ? "%zu rows of the corpus as cards\n" : "skipped: no corpus (%zu)\n",
	    nrows);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_write),
	    cmocka_unit_test(test_read),
	    cmocka_unit_test(test_corpus_cards),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
