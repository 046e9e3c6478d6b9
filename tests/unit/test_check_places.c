// Where a finding is: the bytes that are underlined, the other lines it is about, what it found.
// Each case is a text and its findings, "rule line:from-to also LINES 'found'".
#include "check/check.h"
#include "unit.h"

#define T3 "| a | b | c |\n|---|---|---|\n"
#define T "| a | b |\n|---|---|\n"

static struct rmk_str
written(struct rmk_arena *a, const struct rmk_findings *found)
{
	struct rmk_buf out = {.arena = a};

	for (size_t i = 0; i < found->n; i++) {
		const struct rmk_finding *f = &found->v[i];

		rmk_buf_printf(&out, "%s%s %u:%u-%u", i ? "; " : "", f->rule->name,
		    f->at.line, f->at.from, f->at.to);
		for (size_t k = 0; k < f->nothers; k++)
			rmk_buf_printf(
			    &out, "%s%u", k ? "," : " also ", f->others[k].line);
		if (f->found.n)
			rmk_buf_printf(&out, " '%.*s'", RMK_FMT(f->found));
	}
	return rmk_buf_str(&out);
}

static struct rmk_str
places_of(struct rmk_arena *a, struct rmk_str text)
{
	const struct rmk_check_opts opts = {0};
	struct rmk_findings found = {0};

	rmk_check_text(a, S("t.md"), text, &opts, NULL, &found);
	return written(a, &found);
}

static void
test_places(void **state)
{
	static const struct {
		struct rmk_str text, want;
	} cases[] = {
	    {S("| a | b |\n|---|---|---|\n| 1 | 2 |\n"), S("not-a-table 1:1-10 also 2")},
	    {S("Text\n\n| a | b |\n|—|—|\n| 1 | 2 |\n"),
		S("not-a-table 3:1-10 also 4 '|—|—|'")},
	    {S(T "| 1 | 2 |\n\n| 3 | 4 |\n| 5 | 6 |\n"), S("split-table 5:1-10 also 3")},
	    {S(T "| 1 | 2 |\n\n| 3 | 4 |\n\n5 | 6\n"), S("split-table 5:1-10 also 3")},
	    // A row that lacks a cell is one of them, unless text of its own is between.
	    {S(T3 "| 1 | 2 | 3 |\n\n| 4 | 5 | 6 |\n\n| 7 | 8 |\n"),
		S("split-table 5:1-14 also 3,7")},
	    {S(T3 "| 1 | 2 | 3 |\n\n| 4 | 5 | 6 |\n\nText\n\n| 7 | 8 |\n"),
		S("split-table 5:1-14 also 3; no-delimiter 9:1-10")},
	    {S(T "| 1 | 2 | 3 |\n| 4 |\n"),
		S("extra-cell 3:11-12 '3'; missing-cell 4:6-6")},
	    {S(T "| one\ntwo | 2 |\n| 3 | 4 |\n"), S("wrapped-row 3:1-6 also 4")},
	    {S("| a | b | \n|---|---|\n| one\ntwo | 2 |\n| 3 | 4 |\n"),
		S("wrapped-row 3:1-6 also 4")},
	    {S(T "| LIMA | 1 |\n| LIMA | 1 |\n"),
		S("duplicate-row 4:1-13 also 3 'LIMA'")},
	    {S(T "| x | [l](https://a.org |\n| y | [l] (https://b.org) |\n"),
		S("broken-link 3:11-24 'https://a.org'; broken-link 4:9-26 '] "
		  "(https://b.org)'")},
	    {S(T "| 1 | 2 |\nText.\n"), S("absorbed-text 4:1-6 'Text.'")},
	    {S("Text\n\n    | a | b |\n    |---|---|\n    | 1 | 2 |\n"),
		S("indented-table 3:5-14")},
	    {S("> | a | b |\n> |---|---|\n> | 1 | 2 |\n| 3 | 4 |\n"),
		S("split-table 4:1-10 also 3")},
	    {S("<!-- rowmark: x: nonsense -->\n" T "| 1 | 2 |\n"),
		S("missing-label 1:15-16; schema-error 1:18-26")},
	    {S(T "| 1 | 2 ¦\n"), S("fullwidth-pipe 3:9-11 '¦'")},
	    {S("<!-- rowmark: a: key; b: integer, min 3 -->\n" T
	       "| x | 2 |\n| x | y |\n"),
		S("constraint-range 4:7-8 '2'; primary-key 5:3-4 also 4 'x'; type-error "
		  "5:7-8 'y'")},
	};

	(void)state;
	for (size_t i = 0; i < NELEM(cases); i++) {
		struct rmk_arena a = {0};

		assert_text(places_of(&a, cases[i].text), cases[i].want, cases[i].text.s);
		rmk_arena_free(&a);
	}
}

// A table in two files: its keys are those of both, and so are references to it.
static void
test_across(void **state)
{
	const struct rmk_check_opts opts = {0};
	struct rmk_arena a = {0};
	struct rmk_findings found[2] = {{0}, {0}};
	const struct rmk_doc *docs[] = {
	    parse_md(&a, S("<!-- rowmark: p; a: key -->\n" T "| x | 1 |\n| y | 2 |\n"),
		RMK_PARSE_ALL),
	    parse_md(&a,
		S("<!-- rowmark: p; a: key -->\n" T "| w | 1 |\n| y | 2 |\n\n# R\n\n"
		  "<!-- rowmark: r; b: ref = p -->\n" T "| 1 | x |\n| 2 | z |\n"),
		RMK_PARSE_ALL)};

	(void)state;
	rmk_check_across(&a, docs, 2, &opts, found);
	assert_text(written(&a, &found[0]), S(""), "first");
	assert_text(written(&a, &found[1]),
	    S("primary-key 5:3-4 'y'; foreign-key 10:7-8"), "second");
	rmk_arena_free(&a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_places),
	    cmocka_unit_test(test_across),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
