// A patched document is the parsed one, or there is none.
#include "unit.h"

#include "table/patch.h"

#define HEAD "# A\n\n| a | b |\n|---|---|\n"
#define TAIL "\n# B\n\n> | c | d |\n> |---|---|\n> | 1 | 2 |\n\nend"

static struct rmk_doc *
parse(struct rmk_arena *a, const char *text)
{
	struct rmk_doc *doc;
	struct rmk_err err;

	if (rmk_doc_parse(a, S("l.md"), rmk_str_of(text), RMK_PARSE_ALL, &doc, &err))
		fail_msg("%s", err.msg);
	return doc;
}

static void
same_row(const struct rmk_row *a, const struct rmk_row *b, const char *what)
{
	assert_int_equal(a->line, b->line);
	assert_int_equal(a->at, b->at);
	assert_memory_equal(&a->span, &b->span, sizeof a->span);
	assert_int_equal(a->ncells, b->ncells);
	for (size_t i = 0; i < a->ncells; i++) {
		if (a->cells[i].at != b->cells[i].at ||
		    a->cells[i].len != b->cells[i].len)
			fail_msg("%s: cell %zu of line %u", what, i, a->line);
	}
}

static void
same_doc(const struct rmk_doc *a, const struct rmk_doc *b, const char *what)
{
	assert_int_equal(a->ntables, b->ntables);
	assert_int_equal(a->nlines, b->nlines);
	assert_int_equal(a->nblocks, b->nblocks);
	assert_int_equal(a->nheadings, b->nheadings);
	assert_memory_equal(a->lines, b->lines, a->nlines * sizeof *a->lines);
	for (size_t i = 0; i < a->nblocks; i++) {
		assert_int_equal(a->blocks[i].line, b->blocks[i].line);
		assert_int_equal(a->blocks[i].nlines, b->blocks[i].nlines);
	}
	for (size_t i = 0; i < a->nheadings; i++) {
		assert_int_equal(a->headings[i].line, b->headings[i].line);
		assert_text(a->headings[i].text, b->headings[i].text, what);
	}
	for (size_t i = 0; i < a->ntables; i++) {
		const struct rmk_table *x = &a->tables[i], *y = &b->tables[i];
		assert_int_equal(x->nrows, y->nrows);
		assert_memory_equal(&x->decl, &y->decl, sizeof x->decl);
		same_row(&x->header, &y->header, what);
		same_row(&x->delim, &y->delim, what);
		for (size_t r = 0; r < x->nrows; r++)
			same_row(&x->rows[r], &y->rows[r], what);
	}
}

static void
test_patched(void **state)
{
	static const struct {
		const char *what, *old, *new;
		bool patched;
	} cases[] = {
	    {"a cell", HEAD "| 1 | x |\n" TAIL, HEAD "| 1 | yes |\n" TAIL, true},
	    {"a row at the end", HEAD "| 1 | x |\n" TAIL,
		HEAD "| 1 | x |\n| 2 | y |\n" TAIL, true},
	    {"a row in front", HEAD "| 1 | x |\n" TAIL,
		HEAD "| 0 | y |\n| 1 | x |\n" TAIL, true},
	    {"the first row", HEAD TAIL, HEAD "| 1 | x |\n" TAIL, true},
	    {"all rows gone", HEAD "| 1 | x |\n| 2 | y |\n" TAIL, HEAD TAIL, true},
	    {"rows replaced by more", HEAD "| 1 | x |\n| 2 | y |\n| 3 | z |\n" TAIL,
		HEAD "| 1 | x |\n| 4 |\n| 5 | a | b |\n| 3 | z |\n" TAIL, true},
	    {"a row twice", HEAD "| 1 | x |\n| 1 | x |\n" TAIL, HEAD "| 1 | x |\n" TAIL,
		true},
	    {"in a quote", "> | a |\n> |---|\n> | 1 |\n> | 2 |\n\nx\n",
		"> | a |\n> |---|\n> | 1 |\n> | 3 |\n\nx\n", true},
	    {"CR LF", "| a |\r\n|---|\r\n| 1 |\r\n\r\nx\r\n",
		"| a |\r\n|---|\r\n| 1 |\r\n| 2 |\r\n\r\nx\r\n", true},
	    {"a declaration below", HEAD "| 1 | x |\n\n<!-- rowmark: t -->\n" HEAD,
		HEAD "| 1 | long |\n\n<!-- rowmark: t -->\n" HEAD, true},
	    {"not in a table", HEAD "| 1 | x |\n\nold\n", HEAD "| 1 | x |\n\nnew\n",
		false},
	    {"a header", HEAD "| 1 | x |\n", "# A\n\n| a | c |\n|---|---|\n| 1 | x |\n",
		false},
	    {"a row without a pipe in front", HEAD "| 1 | x |\n" TAIL,
		HEAD "1 | y |\n" TAIL, false},
	    {"an indented row", HEAD "| 1 | x |\n" TAIL, HEAD " | 1 | x |\n" TAIL, false},
	    {"a blank line between rows", HEAD "| 1 | x |\n| 2 | x |\n" TAIL,
		HEAD "| 1 | x |\n\n| 2 | x |\n" TAIL, false},
	    {"a pipe alone", HEAD "| 1 | x |\n" TAIL, HEAD "|\n" TAIL, false},
	    {"a quote left out", "> | a |\n> |---|\n> | 1 |\n> | 2 |\n",
		"> | a |\n> |---|\n> | 1 |\n| 2 |\n", false},
	    {"invalid UTF-8", HEAD "| 1 | x |\n" TAIL, HEAD "| \xFF | x |\n" TAIL, false},
	    {"a lone CR", HEAD "| 1 | x |\n" TAIL, HEAD "| 1 \r| x |\n" TAIL, false},
	    {"the last line without an end", HEAD "| 1 | x |", HEAD "| 1 | y |", false},
	    {"two tables", HEAD "| 1 | x |\n\n" HEAD "| 1 | x |\n",
		HEAD "| 1 | y |\n\n" HEAD "| 1 | y |\n", false},
	    {"text under a table", HEAD "| 1 | x |\ntext\n" TAIL,
		HEAD "| 1 | x |\n| 2 | y |\ntext\n" TAIL, true},
	};

	(void)state;
	for (size_t i = 0; i < NELEM(cases); i++) {
		struct rmk_arena a = {0};
		struct rmk_doc *old = parse(&a, cases[i].old), *new;
		struct rmk_patch p;

		new = rmk_doc_patch(&a, old, rmk_str_of(cases[i].new), &p);
		if ((new != NULL) != cases[i].patched)
			fail_msg("%s: patched %d", cases[i].what, new != NULL);
		if (new)
			same_doc(new, parse(&a, cases[i].new), cases[i].what);
		rmk_arena_free(&a);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_patched)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
