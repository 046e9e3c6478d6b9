// The same causes in other surroundings: what people do to a table, and what looks like it and
// is meant. Each case is a text and what is found in it, "line:rule", with '!' for an error.
#include "check/check.h"
#include "unit.h"

#define T "| a | b |\n|---|---|\n"
#define T5 "| a | b | c | d | e |\n|---|---|---|---|---|\n"
#define PM(k) "| " k "1 | + | - | + | - |\n| " k "2 | - | + | - | + |\n"
#define QHEAD "| a | b | c | d | e |\n|---|---|---|---|---|\n"
#define QM(k) "| + | " k "1 | - | + | of " k " |\n| - | " k "2 | + | - | on " k " |\n"
#define ROWS(k, x) "| " k "1 | " x " |\n| " k "2 | " x " |\n| " k "3 | " x " |\n"

struct cause_case {
	struct rmk_str text;
	const char *want; // "3:extra-cell! 5:missing-cell"; "" for nothing
};

static void
run_cases(const struct cause_case *cases, size_t n)
{
	const struct rmk_check_opts opts = {0};

	for (size_t i = 0; i < n; i++) {
		struct rmk_arena a = {0};
		struct rmk_findings found = {0};
		struct rmk_buf out = {.arena = &a};

		rmk_check_text(&a, S("t.md"), cases[i].text, &opts, NULL, &found);
		for (size_t k = 0; k < found.n; k++)
			rmk_buf_printf(&out, "%s%u:%s%s", k ? " " : "",
			    found.v[k].at.line, found.v[k].rule->name,
			    found.v[k].level == RMK_ERROR ? "!" : "");
		if (!rmk_str_eq(rmk_buf_str(&out), rmk_str_of(cases[i].want)))
			fail_msg("%.*s\n  got:  %.*s\n  want: %s", RMK_FMT(cases[i].text),
			    RMK_FMT(rmk_buf_str(&out)), cases[i].want);
		rmk_arena_free(&a);
	}
}

static void
test_spoiled_delimiter(void **state)
{
	static const struct cause_case cases[] = {
	    {S("a | b\n—|—\n1 | 2\n"), "1:not-a-table!"},
	    {S("a | b\r\n—|—\r\n1 | 2\r\n"), "1:not-a-table!"},
	    {S("> a | b\n> —|—\n> 1 | 2\n"), "1:not-a-table!"},
	    {S("| a | b |\n| ---- | ---- | |\n| 1 | 2 |\n"), "1:not-a-table!"},
	    {S("| a | b |\n||---|---|\n| 1 | 2 |\n"), "1:not-a-table!"},
	    {S("| a | b |\n|---|---|.\n| 1 | 2 |\n"), "1:not-a-table!"},
	    // A table whose line ends were lost.
	    {S("Text: |a|b| |—|—| |1|2| |3|4|\n"), "1:not-a-table!"},
	    {S("Run `cat | --x` and `a | b` | c | d | e | f |\n"), ""},
	    {S("|a|b| |—|—| |1|2| |3|4|\n"), "1:not-a-table!"},
	    {S("> | a | b | |---|---| | 1 | 2 |\n"), "1:not-a-table!"},
	    {S("Text:\n| a | b | | :-- | --: | | 1 | 2 |\n\nMore\n"), "2:not-a-table!"},
	    {S("Text:\n\n| a | b | c | | --- | --- | --- |\n| 1 | 2 | 3 |\n"),
		"3:not-a-table!"},
	    {S("| a | -- | b | c | -- | d | e | f |\n"), "1:no-delimiter"},
	    {S("`| a | b | |---|---| | 1 | 2 |` on one line\n"), ""},
	    {S("English | [中文](zh.md)\n- - -\nText\n"), ""},
	    {S("[Home](a) | [Docs](b)\n---------------------\nText\n"), ""},
	};

	(void)state;
	run_cases(cases, NELEM(cases));
}

static void
test_cut_off(void **state)
{
	static const struct cause_case cases[] = {
	    {S(T "| 1 | 2 |\n\n| 3 | 4 |\n"), "5:split-table!"},
	    {S(T "| 1 | 2 |\n<br>\n| 3 | 4 |\n"), "5:split-table!"},
	    {S("a | b\n--|--\n1 | 2\n | \n3 | 4\n"), "5:split-table!"},
	    {S("a | b\n--|--\n1 | 2\n\n3 | 4\n5 | 6\n"), "5:split-table!"},
	    // One line with one pipe may be a sentence.
	    {S("a | b\n--|--\n1 | 2\n\nSee also: c | d\n"), "5:split-table"},
	    {S("| a | b | c |\n|--|--|--|\n| 1 | 2 | 3 |\n\n[x](a) | [y](b) | [z](c)\n"),
		"5:split-table"},
	    // A block of code behind the table shows what it holds.
	    {S(T "| 1 | 2 |\n\n    | 3 | 4 |\n"), "5:split-table"},
	    {S(T "| 1 | 2 |\n\n    | c | d |\n    |---|---|\n"), "5:indented-table"},
	    // The text right above may say that it is shown as it is written.
	    {S("Text\n\nExample:\n\n    | a | b |\n    |---|---|\n    | 1 | 2 |\n"),
		"5:indented-table"},
	    {S("Example:\n\nText\n\n    | a | b |\n    |---|---|\n    | 1 | 2 |\n"),
		"5:indented-table!"},
	    // A quote that begins behind the table is no part of it.
	    {S(T "| 1 | 2 |\n\n> | 3 | 4 |\n"), "5:no-delimiter"},
	    {S("> | a | b |\n> |---|---|\n> | 1 | 2 |\n>\n> | 3 | 4 |\n"),
		"5:split-table!"},
	};

	(void)state;
	run_cases(cases, NELEM(cases));
}

static void
test_rows(void **state)
{
	static const struct cause_case cases[] = {
	    {S(T "| 1 | a long text\nthat goes on |\n| 3 | 4 |\n"), "3:wrapped-row"},
	    {S("| a | b | c |\n|--|--|--|\n| 1 | 2 | 3 |\n｜ 1 | 2 | 3 |\n"),
		"4:fullwidth-pipe"},
	    {S(T "| 1 | 2 ￨\n"), "3:fullwidth-pipe"},
	    {S(T "| 1 | 2 │\n"), "3:fullwidth-pipe"},
	    {S(T "| 1 | 2 ¦\n"), "3:fullwidth-pipe"},
	    {S(T "| 1 | │ |\n"), ""},
	    // Headings and spacers of one cell are meant, in a table of two columns too.
	    {S(T "| **Front** |\n| 1 | 2 |\n| **Back** |\n| 3 | 4 |\n"), ""},
	    {S(T "| 1 | 2 |\n| &nbsp; |\n| 3 | 4 |\n"), ""},
	    {S(T "| Front |\n| 1 | 2 |\n"), "3:missing-cell"},
	    // without a pipe at the end an empty last cell is not written
	    {S("a | b | c\n-|-|-\n1 | 2\n3 | 4\n5 | 6 | 7\n"), ""},
	    {S("a | b | c\n-|-|-\n1 | 2\n3 | 4 | 5\n5 | 6 | 7\n"), "3:missing-cell"},
	    {S("a | b | c\n-|-|-\n1 | 2 |\n3 | 4\n5 | 6 |\n5 | 9 | |\n7 | 8 | |\n"),
		"3:missing-cell 5:missing-cell"},
	    {S(T5 "| Core |\n| 1 | 2 | 3 | 4 | 5 |\n| 2 | 2 | 3 | 4 | 5 |\n"), ""},
	    // People, so many in a row.
	    {S("| ![](a.png) | ![](b.png) |\n|:-:|:-:|\n| ![](c.png) |\n"), ""},
	    {S("| | |\n|---|---|\n| Ann | Bob |\n| Cat |\n"), ""},
	    {S("| | x |\n|---|---|\n| Ann | Bob |\n| Cat |\n"), "4:missing-cell"},
	};

	(void)state;
	run_cases(cases, NELEM(cases));
}

static void
test_names(void **state)
{
	static const struct cause_case cases[] = {
	    // A name written out for each row of its group.
	    {S(T "| -i | first |\n| -V | V_FLAG |\n| -V | V_FLAG_SET |\n| -x | other "
		 "|\n"),
		""},
	    {S(T "| LIMA | Read |\n| LIMA | Not read |\n| LoRA | Read |\n| QLoRA | Not "
		 "read |\n"),
		"4:duplicate-key"},
	    // Where more than one in ten is blank, a name holds for the rows below it.
	    {S(T "| A1 | 1 |\n| A2 | 2 |\n| A1 | 3 |\n| A4 | 4 |\n| A5 | 5 |\n| A6 | 6 "
		 "|\n"
		 "| A7 | 7 |\n| A8 | 8 |\n| | 9 |\n"),
		""},
	    {S(T "| A1 | 1 |\n| A2 | 2 |\n| A1 | 3 |\n| A4 | 4 |\n| A5 | 5 |\n| A6 | 6 "
		 "|\n"
		 "| A7 | 7 |\n| A8 | 8 |\n| A9 | 9 |\n| | 10 |\n"),
		"5:duplicate-key"},
	    {S(T "| -V | V_FLAG |\n| -i | first |\n| -V | V_FLAG_SET |\n| -x | other "
		 "|\n"),
		"5:duplicate-key"},
	    // Emphasised names head sections, however few rows they have.
	    {S(T "| **Traces** | |\n| Create | + |\n| **Metrics** | |\n| Create | - |\n"),
		""},
	};

	(void)state;
	run_cases(cases, NELEM(cases));
}

#define LINKS "| a | Link |\n|---|---|\n"
#define ANY(x, y) "| " x " | [Link](https://a.org/" y ") |\n"
#define DOC(x) "| " x " | [" x "](./" x ".md) |\n"

static void
test_same_links(void **state)
{
	static const struct cause_case cases[] = {
	    {S(LINKS "| A | <https://a.org/1> |\n| B | <https://a.org/2> |\n"
		     "| C | <https://a.org/1> |\n"),
		"5:duplicate-link"},
	    {S(LINKS DOC("A") DOC("B") DOC("C") DOC("D") DOC("E") DOC("F")
		     DOC("G") "| H | [H](./C.md) |\n"),
		"10:duplicate-link"},
	    {S(LINKS DOC("A") DOC("B") "| C | [C](./A.md) |\n"), ""},
	    {S(LINKS "| A | [a](http://a.org/1/) |\n| B | [b](https://a.org/2) |\n"
		     "| C | [c](https://www.a.org/1) |\n"),
		"5:duplicate-link"},
	    {S(LINKS
		 "| A | [MIT](https://a.org/mit) |\n| B | [MIT](https://a.org/mit) |\n"
		 "| C | [Apache](https://a.org/2) |\n"),
		""},
	    // Of a word that stands for any link, a few are told too.
	    {S(LINKS ANY("1", "1") ANY("2", "2") ANY("3", "3") ANY("4", "4") ANY("5", "5")
		     ANY("6", "6") ANY("7", "7") ANY("8", "8") ANY("9", "1")
			 ANY("10", "2")),
		"11:duplicate-link 12:duplicate-link"},
	    {S(LINKS ANY("1", "1") ANY("2", "2") ANY("3", "3") ANY("4", "3") ANY("5", "1")
		     ANY("6", "2")),
		""},
	    {S(LINKS "| 1 | [A](https://a.org/x) |\n| 2 | [B](https://a.org/x) |\n"
		     "| 3 | [C](https://a.org/x) |\n| 4 | [D](https://a.org/y) |\n"),
		""},
	    {S(LINKS "| 1 | checks whether the text is an "
		     "[ISO code](https://a.org/1) |\n| 2 | [x](https://a.org/2) |\n"
		     "| 3 | the same as 1, for a text that is an "
		     "[ISO code](https://a.org/1) |\n"),
		""},
	    {S(LINKS "| 1 | [![](a.png)](https://a.org/1) |\n"
		     "| 2 | [![](b.png)](https://a.org/2) |\n"
		     "| 3 | [![](c.png)](https://a.org/1) |\n"),
		"5:duplicate-link"},
	    {S(LINKS "| 1 | [x]（https://a.org） |\n"), "3:broken-link"},
	    {S(LINKS "| 1 | [x](https：//a.org) |\n"), "3:broken-link"},
	    {S(LINKS "| 1 | [x](ttps://a.org) |\n"), "3:broken-link"},
	    {S(LINKS "| 1 | [x](me@a.org) |\n"), "3:broken-link"},
	    {S(LINKS "| 1 | [x](mailto:me@a.org) |\n"), ""},
	    {S(LINKS "| 1 | [x](https://a.org/@me) |\n"), ""},
	};

	(void)state;
	run_cases(cases, NELEM(cases));
}

static void
test_values(void **state)
{
	static const struct cause_case cases[] = {
	    // Only a status has one spelling.
	    {S(T "| 1 | P0 |\n| 2 | P1 |\n| 3 | p1 |\n| 4 | P0 |\n| 5 | P1 |\n"), ""},
	    {S(T "| 1 | [x] |\n| 2 | [ ] |\n| 3 | [X] |\n| 4 | [x] |\n"),
		"5:status-spelling"},
	    {S(T "| 1 | O(n) |\n| 2 | O(1) |\n| 3 | O(N) |\n| 4 | O(n) |\n| 5 | O(1) |\n"
		 "| 6 | O(n) |\n"),
		""},
	    {S(T ROWS("A", "Implemented") "| 4 | Implmented |\n| 5 | Missing |\n"),
		"6:status-typo"},
	    {S(T ROWS("A", "Not read") "| 4 | Not read |\n| 5 | Not raed |\n"),
		"7:status-typo"},
	    {S(T ROWS("A", "Terminé") "| 4 | Terminé |\n| 5 | Termié |\n"),
		"7:status-typo"},
	    {S(T ROWS("A", "✅ Supported") "| 4 | ✅ Supported |\n| 5 | ✅ Suported |\n"),
		"7:status-typo"},
	    {S(T ROWS("A", "---") "| 4 | ----- |\n| 5 | --- |\n"), ""},
	    // Other words, one letter apart at their start.
	    {S(T ROWS("A", "FreeBSD") "| 4 | FreeBSD |\n| 5 | kFreeBSD |\n"), ""},
	    {S(T ROWS("A", "Light") "| 4 | Light |\n| 5 | Right |\n"), ""},
	    {S(T ROWS("A", "Version A") "| 4 | Version A |\n| 5 | Version B |\n"), ""},
	    // Where marks only say yes, blank says no.
	    {S(T ROWS("A", "X") ROWS("B", "X") ROWS("C", "(X)")
		     ROWS("D", "X") "| 5 | |\n"),
		""},
	    {S(T ROWS("A", "✅") ROWS("B", "✅") ROWS("C", "✅") "| 4 | ❌ |\n| 5 | |\n"),
		"13:empty-status"},
	    // A row that is yet to be filled in is not one of forgotten cells.
	    {S(T5 PM("A") PM("B") PM("C") PM("D") PM("E") "| F | + | | | |\n"), ""},
	    {S(T5 PM("A") PM("B") PM("C") PM("D") PM("E") "| F | + | | - | + |\n"),
		"13:empty-status"},
	    {S("| a | b | c |\n|---|---|---|\n| 1 | + | + |\n| 2 | + | - |\n| 3 | + | + "
	       "|\n"
	       "| 4 | + | - |\n| 5 | + | - |\n| 6 | + | - |\n| 7 | + | - |\n| 8 | + | - "
	       "|\n"
	       "| 9 | + | - |\n| 10 | + | - |\n| 11 | | - |\n"),
		"13:empty-status"},
	    {S(QHEAD QM("A") QM("B") QM("C") QM("D") QM("E") "| | F | | | of F |\n"), ""},
	    {S(QHEAD QM("A") QM("B") QM("C") QM("D") QM("E") "| | F | | + | of F |\n"),
		"13:empty-status 13:empty-status"},
	    {S(T ROWS("A", "Done!") ROWS("B", "Open") "| 4 | Done！ |\n"),
		"9:status-spelling"},
	    // Alone in its row, a name heads the rows below it.
	    {S("| a | b | c |\n|---|---|---|\n| 1 | + | + |\n| 2 | + | - |\n| 3 | + | + "
	       "|\n"
	       "| 4 | + | - |\n| 5 | + | - |\n| 6 | + | - |\n| 7 | + | - |\n| 8 | + | - "
	       "|\n"
	       "| 9 | + | - |\n| 10 | + | - |\n| 11 | | |\n"),
		""},
	};

	(void)state;
	run_cases(cases, NELEM(cases));
}

#define LINKED "<!-- rowmark: papers; Link: link, unique -->\n" LINKS

static void
test_unique_links(void **state)
{
	static const struct cause_case cases[] = {
	    {S(LINKED "| 1 | [Link](https://a.org/1) |\n"
		      "| 2 | [Link](https://a.org/2) |\n"),
		""},
	    {S(LINKED "| 1 | [Link](https://a.org/x) |\n"
		      "| 2 | [Link](https://a.org/X) |\n"),
		""},
	    {S(LINKED "| 1 | [A](https://a.org/1) |\n| 2 | [B](https://a.org/2) |\n"
		      "| 3 | [C](https://a.org/1) |\n"),
		"6:unique-error! 6:duplicate-link"},
	};

	(void)state;
	run_cases(cases, NELEM(cases));
}

// An indent cannot be mended by a blank line: no fix is offered.
static void
test_no_false_fix(void **state)
{
	const struct rmk_check_opts opts = {0};
	struct rmk_arena a = {0};
	struct rmk_findings found = {0};

	(void)state;
	rmk_check_text(&a, S("t.md"), S("Text\n| a | b |\n    |---|---|\n| 1 | 2 |\n"),
	    &opts, NULL, &found);
	assert_int_equal(found.n, 1);
	assert_int_equal(found.nfixable, 0);
	rmk_arena_free(&a);
}

// Whoever reads of a fault is told what to do next.
static void
test_hints(void **state)
{
	const struct rmk_check_opts opts = {0};

	(void)state;
	for (size_t i = 0; i < rmk_nrules; i++) {
		struct rmk_arena a = {0};
		struct rmk_findings found = {0};

		if (rmk_rules[i].bad)
			rmk_check_text(&a, S("t.md"), rmk_str_of(rmk_rules[i].bad), &opts,
			    NULL, &found);
		for (size_t k = 0; k < found.n; k++)
			if (found.v[k].hint.n == 0)
				fail_msg("%s: '%.*s' has no hint", found.v[k].rule->name,
				    RMK_FMT(found.v[k].message));
		rmk_arena_free(&a);
	}
}

// What HTML shows as it is, settings, and what shows nothing.
static void
test_no_markdown(void **state)
{
	static const struct cause_case no_faults[] = {
	    {S("<pre>\n| a | b |\n|---|---|\n| 1 | 2 |\n</pre>\n"), ""},
	    {S("<div>\n<pre>\n| a | b |\n|---|---|\n| 1 | 2 |\n</pre>\n</div>\n"), ""},
	    {S("<details>\n<TEXTAREA rows=3>\n| a | b |\n|---|---|\n</TEXTAREA>\n"), ""},
	    {S("<table><tr><td>\n<xmp>\n| a | b |\n|---|---|\n</xmp>\n</table>\n"), ""},
	    {S("<script>\nx = a | b\n|---|---|\n</script>\n"), ""},
	    {S("<div>\n<!-- later:\n| a | b |\n|---|---|\n-->\n</div>\n"), ""},
	    {S("<div>\n<!-- done -->\n| a | b |\n|---|---|\n</div>\n"), "3:not-a-table!"},
	    {S("<div>\n<preface>\n| a | b |\n|---|---|\n"), "3:not-a-table!"},
	    {S("---\ntitle: x\nnote: |\n  | a | b |\n  |---|---|---|\n---\n\n" T), ""},
	    {S("---\n<<<<<<< x\n| a | b |\n...\n\n" T "| 1 | 2 |\n"), ""},
	    {S("+++\n| a | b |\n| 1 | 2 |\n+++\n\n" T "| 1 | 2 |\n"), ""},
	    {S("---\n| a | b |\n|---|---|---|\n"), "2:not-a-table!"},
	    {S(T "| 1 | 2 | <!-- markdownlint-disable-line -->\n"), ""},
	    {S(T "| 1 | 2 | <!-- a --> <!-- b -->\n"), ""},
	};

	(void)state;
	run_cases(no_faults, NELEM(no_faults));
}

// What people mean, though it looks like a fault.
static void
test_meant_so(void **state)
{
	static const struct cause_case meant[] = {
	    {S("| | i | c | i | c | |\n|-|-|-|-|-|-|\n| t | 1 | a | 2 | b | t |\n"), ""},
	    {S("| a | b |\n|-|-|\n| p | O(nlogn) |\n| q | O(nlogn) |\n| r | O(nlogn) |\n"
	       "| s | O(nlogn) |\n| t | O(nlogk) |\n"),
		""},
	    {S(T "| ToolChain.X | 1 |\n| Toolchain.X | 2 |\n| Other.Y | 3 |\n"), ""},
	    {S(T "| 2024-05-01 | Visit |\n| 2024-05-02 | Visit |\n| 2024-05-03 | Walk "
		 "|\n"),
		""},
	};

	(void)state;
	run_cases(meant, NELEM(meant));
}

// A frequent word has its misspellings in a column of many values as well, but no names do.
static void
test_wide_column(void **state)
{
	const struct rmk_check_opts opts = {0};
	struct rmk_arena a = {0};
	struct rmk_findings found = {0};
	struct rmk_buf text = {.arena = &a};

	(void)state;
	rmk_buf_adds(&text, T);
	for (int i = 0; i < 100; i++)
		rmk_buf_printf(&text, "| row %d | %s |\n", i,
		    i % 4 == 0 ? "Medium"
		    : i == 97  ? "Meidum"
			       : "-");
	for (int i = 0; i < 70; i++)
		rmk_buf_printf(
		    &text, "| more %d | value %c%c |\n", i, 'a' + i / 26, 'a' + i % 26);
	rmk_check_text(&a, S("t.md"), rmk_buf_str(&text), &opts, NULL, &found);
	assert_int_equal(found.n, 1);
	assert_string_equal(found.v[0].rule->name, "status-typo");
	assert_int_equal(found.v[0].at.line, 100);
	rmk_arena_free(&a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_spoiled_delimiter),
	    cmocka_unit_test(test_cut_off),
	    cmocka_unit_test(test_rows),
	    cmocka_unit_test(test_names),
	    cmocka_unit_test(test_same_links),
	    cmocka_unit_test(test_values),
	    cmocka_unit_test(test_unique_links),
	    cmocka_unit_test(test_hints),
	    cmocka_unit_test(test_no_false_fix),
	    cmocka_unit_test(test_no_markdown),
	    cmocka_unit_test(test_meant_so),
	    cmocka_unit_test(test_wide_column),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
