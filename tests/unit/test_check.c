// The rules: each case is a text and what is found in it, "line:rule" for all findings, in
// order. The examples of the table of rules are run as well.
#include "check/check.h"
#include "unit.h"

#include <stdio.h>

#define T "| a | b |\n|---|---|\n"

#define ST "| Paper | Status |\n|---|---|\n"

struct check_case {
	struct rmk_str text;
	const char *want; // "3:extra-cell 5:missing-cell"; "" for nothing
};

// Find all, over files too, as "line:rule line:rule".
static const char *
findings_of(struct rmk_arena *a, struct rmk_str text, const struct rmk_check_opts *opts)
{
	struct rmk_findings found = {0};
	struct rmk_buf out = {.arena = a};
	struct rmk_doc *doc;

	rmk_check_text(a, S("t.md"), text, opts, &doc, &found);
	if (doc && rmk_check_spans(doc)) {
		const struct rmk_doc *docs[] = {doc};

		rmk_check_across(a, docs, 1, opts, &found);
	}
	for (size_t i = 0; i < found.n; i++)
		rmk_buf_printf(&out, "%s%u:%s", i ? " " : "", found.v[i].at.line,
		    found.v[i].rule->name);
	return rmk_str_c(a, rmk_buf_str(&out));
}

static void
run_cases(const struct check_case *cases, size_t n)
{
	const struct rmk_check_opts opts = {0};

	for (size_t i = 0; i < n; i++) {
		struct rmk_arena a = {0};
		const char *got = findings_of(&a, cases[i].text, &opts);

		if (strcmp(got, cases[i].want))
			fail_msg("%.*s\n  got:  %s\n  want: %s", RMK_FMT(cases[i].text),
			    got, cases[i].want);
		rmk_arena_free(&a);
	}
}

static void
test_not_a_table(void **state)
{
	static const struct check_case cases[] = {
	    {S(T "| 1 | 2 |\n"), ""},
	    {S("| a | b |\n|---|---|---|\n| 1 | 2 |\n"), "1:not-a-table"},
	    {S("| a | b | c |\n|---|---|\n| 1 | 2 |\n"), "1:not-a-table"},
	    {S("Text:\n| a | b |\n|---|\n| 1 | 2 |\n"), "2:not-a-table"},
	    {S("| a | `x|y` |\n|---|---|\n"), "1:not-a-table"},
	    {S("| a | b |\n|—|—|\n| 1 | 2 |\n"), "1:not-a-table"},
	    {S("| a | b |\n|===|===|\n| 1 | 2 |\n"), "1:not-a-table"},
	    {S("| a | b |\n|---+---|\n| 1 | 2 |\n"), "1:not-a-table"},
	    {S("| a | b |\n| - - | --- |\n| 1 | 2 |\n"), "1:not-a-table"},
	    {S("| a | b |\n|--- |---\xC2\xA0|\n| 1 | 2 |\n"), "1:not-a-table"},
	    {S("| a | b |\n|:--:|::|\n| 1 | 2 |\n"), "1:not-a-table"},
	    {S("｜ a ｜ b ｜\n｜---｜---｜\n｜ 1 ｜ 2 ｜\n"), "1:not-a-table"},
	    {S("| a | b |\n\n|---|---|\n| 1 | 2 |\n"), "3:not-a-table"},
	    {S("> quote\n| a | b |\n|---|---|\n| 1 | 2 |\n"), "2:not-a-table"},
	    {S("- item\n| a | b |\n|---|---|\n| 1 | 2 |\n"), "2:not-a-table"},
	    {S("- item\n\n  | a | b |\n  |---|---|\n  | 1 | 2 |\n"), ""},
	    {S("<div>\n| a | b |\n|---|---|\n| 1 | 2 |\n</div>\n"), "2:not-a-table"},
	    {S("<details><summary>x</summary>\n\n" T "| 1 | 2 |\n\n</details>\n"), ""},
	    {S("<!--\n| a | b |\n|---|---|\n| 1 | 2 |\n-->\n"), ""},
	    {S("<!--\n| a | b |\n|---|---|\n| 1 | 2 |\n"), "2:not-a-table"},
	    {S("<pre>\n| a | b |\n|---|---|\n</pre>\n"), ""},
	    {S("```\n| a | b |\n|---|---|---|\n| 1 | 2 |\n```\n"), ""},
	    {S("Text\n\n    | a | b |\n    |---|---|\n    | 1 | 2 |\n"),
		"3:indented-table"},
	    {S("Text\n    | a | b |\n    |---|---|\n    | 1 | 2 |\n"), "2:not-a-table"},
	    {S("Title\n-----\n\nText - with | a pipe\n"), ""},
	    {S("a\n\n| b\n"), ""},
	    {S("\t0----1\n\t|    |\n\t|    |\n\t3----2\n"), ""},
	};

	(void)state;
	run_cases(cases, NELEM(cases));
}

static void
test_no_delimiter(void **state)
{
	static const struct check_case cases[] = {
	    {S("| a | b |\n| 1 | 2 |\n| 3 | 4 |\n"), "1:no-delimiter"},
	    {S("Text\n| a | b |\n| 1 | 2 |\n"), "2:no-delimiter"},
	    {S("| a | b |\n|--x|---y|\n| 1 | 2 |\n"), "1:no-delimiter"},
	    {S("| only one line |\n"), ""},
	    {S("|x| is the size of x\n|y| that of y\n"), ""},
	    {S("[a](x) | [b](y)\n[c](z) | [d](w)\n"), ""},
	    {S("    | a | b |\n    | 1 | 2 |\n"), ""},
	    {S("```\n| a | b |\n| 1 | 2 |\n```\n"), ""},
	    {S("    +---+---+\n    | a | b |\n    +---+---+\n"), ""},
	};

	(void)state;
	run_cases(cases, NELEM(cases));
}

static void
test_split(void **state)
{
	static const struct check_case cases[] = {
	    {S(T "| 1 | 2 |\n\n| 3 | 4 |\n| 5 | 6 |\n"), "5:split-table"},
	    {S(T "| 1 | 2 |\n\n\n| 3 | 4 |\n"), "6:split-table"},
	    {S(T "| 1 | 2 |\n\n- | 3 | 4 |\n"), "5:no-delimiter"},
	    {S(T "| 1 | 2 |\n\n\0 | 3 | 4 |\n"), ""},
	    {S(T "| 1 | 2 |\n    | 3 | 4 |\n"), "4:split-table"},
	    {S(T "| 1 | 2 |\n<!-- note -->\n| 3 | 4 |\n"), "5:split-table"},
	    {S(T "| 1 | 2 |\n\n## More\n\n" T "| 3 | 4 |\n"), ""},
	    {S(T "| 1 | 2 |\n\n" T "| 3 | 4 |\n"), ""},
	    {S(T "| 1 | 2 |\n\nText with a | pipe.\n"), ""},
	    {S(T "| 1 | 2 |\n\n| 3 | 4 | 5 |\n| 3 | 4 | 5 |\n"), "5:split-table"},
	    {S(T "| 1 | 2 |\n\n# More\n\n| 3 | 4 |\n| 5 | 6 |\n"), "7:no-delimiter"},
	    {S("> | a | b |\n> |---|---|\n> | 1 | 2 |\n| 3 | 4 |\n"), "4:split-table"},
	    {S("a | b\n--|--\n1 | 2\n\n3 | 4\n"), "5:split-table"},
	    {S("a | b\n--|--\n1 | 2\n\nx | y | z\n"), ""},
	};

	(void)state;
	run_cases(cases, NELEM(cases));
}

static void
test_absorbed(void **state)
{
	static const struct check_case cases[] = {
	    {S(T "| 1 | 2 |\nText.\n"), "4:absorbed-text"},
	    {S(T "| 1 | 2 |\nText.\nMore.\n"), "4:absorbed-text"},
	    {S(T "| 1 | 2 |\n\nText.\n"), ""},
	    {S(T "| 1 | 2 |\n{: .table}\n"), "4:absorbed-text"},
	    {S(T "Text.\n"), "3:absorbed-text"},
	    {S("a\n:--\nb\nc\n"), ""},
	    {S("| a |\n|---|\n| 1 |\nText\n"), "4:absorbed-text"},
	    {S(T "| 1 | 2 |\n| c | d |\n|---|---|\n| 3 | 4 |\n"), "5:absorbed-table"},
	    {S(T "|---|---|\n| 1 | 2 |\n"), "3:absorbed-table"},
	    {S(T "| 1 | 2 |\n|---|---|\n"), ""},
	    {S(T "| - | - |\n| 1 | 2 |\n"), ""},
	    {S(T "| 1 | 2 |\n<<<<<<< HEAD\n| 3 | 4 |\n=======\n| 3 | 5 |\n>>>>>>> b\n| 6 "
		 "| 7 |\n"),
		"4:conflict-marker 6:conflict-marker 8:conflict-marker"},
	    // conflict-marker-size: another number, but then all three of it.
	    {S(T "| 1 | 2 |\n<<<<<<<<<< a\n| 3 | 4 |\n==========\n| 3 | 5 |\n>>>>>>>>>> "
		 "b\n"),
		"4:conflict-marker 6:conflict-marker 8:conflict-marker"},
	    {S(T "| 1 | 2 |\n<<<<<<<<<< a\n| 3 | 4 |\n"), "4:absorbed-text"},
	    {S(T "| 1 | 2 |\n<<<<<<<<<< a\n| 3 | 4 |\n>>>>>>>>>> b\n"),
		"4:absorbed-text"},
	    {S(T "| 1 | 2 |\n<<<<<<< HEAD\n| 3 | 4 |\n||||||| base\n=======\n>>>>>>> "
		 "b\n"),
		"4:conflict-marker 6:conflict-marker 7:conflict-marker "
		"8:conflict-marker"},
	    {S(T "| 1 | 2 |\n\n<<<<<<< HEAD\nText\n=======\nWord\n>>>>>>> b\n"), ""},
	    {S("```\n<<<<<<< HEAD\n| 3 | 4 |\n=======\n>>>>>>> b\n```\n\n" T), ""},
	    {S(T "| 1 | 2 |\n| caf\xE9 | 4 |\n| 5 | 6 |\n"), "4:encoding-error"},
	    {S(T "| 1 | 2 |\n\ncaf\xE9\n"), ""},
	    {S("| a | b | c |\n|---|---|---|\n| 1 | two\nlines | 3 |\n"),
		"3:wrapped-row"},
	};

	(void)state;
	run_cases(cases, NELEM(cases));
}

static void
test_cells(void **state)
{
	static const struct check_case cases[] = {
	    {S(T "| 1 | 2 | 3 |\n"), "3:extra-cell"},
	    {S(T "| 1 | 2 | |\n"), "3:empty-extra-cell"},
	    {S(T "| 1 | 2 | | |\n| 1 | 3 |\n"), "3:empty-extra-cell"},
	    {S(T "| 1 | 2 | | |\n| 3 | 4 | | |\n| 5 | 6 | | |\n"), "3:empty-extra-cell"},
	    {S(T "| 1 | 2 |)\n"), "3:extra-cell"},
	    {S(T "| 1 | 2 | | 3 | 4 |\n"), "3:rows-joined"},
	    // Without the empty cell where the line end was it may as well be a pipe too many.
	    {S(T "| 1 | 2 | 3 | 4 |\n"), "3:extra-cell"},
	    {S(T "| 1 | 2 | | 3 | 4 |\n"), "3:rows-joined"},
	    {S(T "| 1 | `x | y` |\n"), "3:unescaped-pipe"},
	    {S(T "| 1 | `x \\| y` |\n"), ""},
	    {S(T "| ` | ` |\n"), ""},
	    {S(T "| 1 | ``x | y`` | |\n"), "3:unescaped-pipe"},
	    {S(T "| 1 |\n| 2 | 3 |\n"), "3:missing-cell"},
	    {S(T "| 1 |\n| 2 |\n| 3 |\n| 4 |\n"), "3:missing-cell"},
	    {S("| a | b | c |\n|---|---|---|\n| A |\n| 1 | 2 | 3 |\n| B |\n| 4 | 5 | 6 "
	       "|\n"),
		""},
	    {S("| a | b | c |\n|---|---|---|\n| TBD |\n"), ""},
	    {S(T "|  |\n| 1 | 2 |\n"), "3:blank-row"},
	    {S(T "| 1 | 2 |\n| | |\n"), "4:blank-row"},
	    {S(T "| 1 | 2 |\n| | |\n| 3 | 4 |\n| | |\n| 5 | 6 |\n"), ""},
	    {S(T "| | |\n| | |\n"), ""},
	    {S(T "| 1 | 2｜\n| 3 | 4 |\n"), "3:fullwidth-pipe"},
	    {S(T "| 1 ｜ 2 |\n| 3 | 4 |\n"), "3:fullwidth-pipe"},
	    {S(T "| 1｜2 | 3 |\n"), ""},
	    {S("| a | | c |\n|---|---|---|\n| 1 | x | 2 |\n"), "1:blank-label"},
	    {S("| | a | b |\n|---|---|---|\n| 1 | x | 2 |\n"), ""},
	    {S("| | |\n|---|---|\n| 1 | x |\n"), ""},
	    {S("| a | | c |\n|---|---|---|\n| 1 | ✅ | 2 |\n"), ""},
	    {S("| a | b | a |\n|---|---|---|\n| 1 | x | 2 |\n"), "1:duplicate-label"},
	    {S("| a | b | a | b |\n|---|---|---|---|\n| 1 | x | 2 | y |\n"), ""},
	    {S("| k | 1 | % | 2 | % | 3 | % |\n|---|---|---|---|---|---|---|\n"), ""},
	    {S("| a | b |\n|---|---|\n| 1 | 2 |\r\n"), "3:mixed-line-ends"},
	    {S("| a | b |\r\n|---|---|\n| 1 | 2 |\r\n"), "2:mixed-line-ends"},
	    {S("| a | b |\r\n|---|---|\r\n| 1 | 2 |\r\n"), ""},
	};

	(void)state;
	run_cases(cases, NELEM(cases));
}

static void
test_links(void **state)
{
	static const struct check_case cases[] = {
	    {S(T "| 1 | [x](https://a.org) |\n"), ""},
	    {S(T "| 1 | [x]() |\n"), "3:broken-link"},
	    {S(T "| 1 | []() |\n"), ""},
	    {S(T "| 1 | [x](https:// a.org) |\n"), "3:broken-link"},
	    {S(T "| 1 | [x](https://a.org \"title\") |\n"), ""},
	    {S(T "| 1 | [x](https://a.org 'a title') |\n"), ""},
	    {S(T "| 1 | [x](<my file.md>) |\n"), ""},
	    {S(T "| 1 | [x](my file.md) |\n"), "3:broken-link"},
	    {S(T "| 1 | [x](https://a.org/b_(c)) |\n"), ""},
	    {S(T "| 1 | [x](https://a.org |\n"), "3:broken-link"},
	    {S(T "| 1 | [x]([https://a.org](https://b.org)) |\n"), "3:broken-link"},
	    {S(T "| 1 | [x](www.a.org) |\n"), "3:broken-link"},
	    {S(T "| 1 | [x](typefox.io) |\n"), "3:broken-link"},
	    {S(T "| 1 | [x](a.org/b) |\n"), "3:broken-link"},
	    {S(T "| 1 | [x](README.md) |\n"), ""},
	    {S(T "| 1 | [x](src/main.rs) |\n"), ""},
	    {S(T "| 1 | [x](./a.com) |\n"), ""},
	    {S(T "| 1 | [x](http//a.org) |\n"), "3:broken-link"},
	    {S(T "| 1 | [x](https:/a.org) |\n"), "3:broken-link"},
	    {S(T "| 1 | [x](htps://a.org) |\n"), "3:broken-link"},
	    {S(T "| 1 | [x](ftp://a.org) |\n"), ""},
	    {S(T "| 1 | [x](https://https://a.org) |\n"), "3:broken-link"},
	    {S(T "| 1 | [x](https://web.archive.org/web/2020/http://a.org) |\n"), ""},
	    {S(T "| 1 | [x] (https://a.org) |\n"), "3:broken-link"},
	    {S(T "| 1 | (x)[https://a.org] |\n"), "3:broken-link"},
	    {S(T "| 1 | `[x]()` |\n"), ""},
	    {S(T "| 1 | [![x](a.png)](https://a.org) |\n"), ""},
	    {S(T "| 1 | [x]({{< relref \"a b\" >}}) |\n"), ""},
	    {S(T "| 1 | a[i](x) |\n"), ""},
	    {S("# Papers\n\n" T "| 1 | [x](#papers) |\n| 2 | [y](#nothing) |\n"),
		"6:missing-anchor"},
	    {S("<a id=\"x\"></a>\n\n" T "| 1 | [x](#x) |\n"), ""},
	    {S("<a id=x></a>\n\n" T "| 1 | [x](#x) |\n"), ""},
	    // A place is found without the backslash before a mark, and with %XX undone.
	    {S("<a id=\"x_y\"></a>\n\n" T "| 1 | [x](#x\\_y) |\n| 2 | [y](#x%5Fy) |\n"),
		""},
	    {S("<a id=\"x\\y\"></a>\n\n" T "| 1 | [x](#x\\y) |\n"), ""},
	    {S("<a id=\"x%4z\"></a>\n\n" T "| 1 | [x](#x%4z) |\n"), ""},
	    {S("# Aj\n\n" T "| 1 | [x](#%61%6A) |\n| 2 | [x](#%61%6a) |\n"), ""},
	    {S("| a | Link |\n|--|--|\n| 1 | [Link](https://a.org/1) |\n"
	       "| 2 | [Link](https://a.org/2) |\n| 3 | [Link](https://a.org/1/) |\n"),
		"5:duplicate-link"},
	    {S("| a | By |\n|--|--|\n| 1 | [me](https://a.org/1) |\n| 2 | "
	       "[me](https://a.org/1) |\n"
	       "| 3 | [me](https://a.org/1) |\n| 4 | [you](https://a.org/2) |\n"),
		""},
	};

	(void)state;
	run_cases(cases, NELEM(cases));
}

static void
test_keys(void **state)
{
	static const struct check_case cases[] = {
	    {S(T "| LIMA | x |\n| LoRA | y |\n| LIMA | x |\n"), "5:duplicate-row"},
	    {S(T "| LIMA | x |\n| LoRA | y |\n| QLoRA | x |\n| LIMA | z |\n"),
		"6:duplicate-key"},
	    {S(T "| RowSet | x |\n| RowId | y |\n| Read | z |\n| Rowid | w |\n"),
		"6:duplicate-key"},
	    {S(T "| `wc -l` | x |\n| `wc -L` | y |\n| `wc -m` | z |\n"), ""},
	    {S(T "| [A](https://a.org) | x |\n| [B](https://b.org) | y |\n"
		 "| [C](https://c.org) | z |\n| [A](https://d.org) | w |\n"),
		""},
	    {S(T "| one | x |\n| | y |\n| | z |\n| two | x |\n| | y |\n"), ""},
	    {S(T "| crypto | |\n| -- rand | yes |\n| -- aes | yes |\n| math | |\n"
		 "| -- rand | yes |\n| -- big | yes |\n"),
		""},
	    {S("| a | b | c |\n|--|--|--|\n| Span | b | c |\n| get | 1 | 2 |\n| set | 1 "
	       "| 3 |\n"
	       "| Context | b | c |\n| get | 1 | 2 |\n"),
		""},
	    {S(T "| 1 | 2 |\n| 1 | 2 |\n| 3 | 4 |\n"), "4:duplicate-row"},
	    {S(T "| ... | ... |\n| LIMA | 2 |\n| ... | ... |\n| LoRA | 2 |\n"), ""},
	    {S(T "| Go | x |\n| Go | y |\n| Rust | z |\n| Rust | w |\n| C | v |\n"), ""},
	};

	(void)state;
	run_cases(cases, NELEM(cases));
}

static void
test_status(void **state)
{
	static const struct check_case cases[] = {
	    {S(ST "| A | Not read |\n| B | Not Read |\n| C | Not Read |\n| D | Read |\n"),
		"3:status-spelling"},
	    {S(ST "| A | ⚠ |\n| B | ⚠️ |\n| C | ⚠️ |\n| D | ✅ |\n"),
		"3:status-spelling"},
	    {S(ST "| A | Not Needed |\n| B | Not Needed |\n| C | NotNeeded |\n| D | Yes "
		  "|\n"),
		"5:status-spelling"},
	    {S(ST
		 "| A | Not  read |\n| B | Not read |\n| C | Not read |\n| D | Read |\n"),
		"3:status-spelling"},
	    {S(ST "| A | **Read** |\n| B | Read |\n| C | Read |\n| D | Not read |\n"),
		""},
	    {S(ST "| A | Unknown |\n| B | Unknown |\n| C | Unknown |\n| D | Unknown |\n"
		  "| E | Unkown |\n"),
		"7:status-typo"},
	    {S("| a | Time |\n|--|--|\n| 1 | O(n) |\n| 2 | O(n) |\n| 3 | O(n) |\n| 4 | "
	       "O(n) |\n"
	       "| 5 | O(m) |\n| 6 | O(m) |\n"),
		""},
	    {S("| a | Stars |\n|--|--|\n| 1 | ★★★ |\n| 2 | ★★★ |\n| 3 | ★★★ |\n| 4 | ★★★ "
	       "|\n"
	       "| 5 | ★★ |\n"),
		""},
	    {S("| a | Out |\n|--|--|\n| 1 | `!x` |\n| 2 | `x` |\n| 3 | `!x` |\n| 4 | `x` "
	       "|\n"),
		""},
	};

	(void)state;
	run_cases(cases, NELEM(cases));
}

#define NEEDS "<!-- rowmark: t; a: key; n: ref t -->\n| a | Status | n |\n|---|---|---|\n"
#define DECL(columns) "<!-- rowmark: papers\n" columns "\n-->\n| Paper | b |\n|---|---|\n"

static void
test_declared(void **state)
{
	static const struct check_case cases[] = {
	    {S(DECL("Paper: key") "| A | x |\n| A | y |\n"), "7:primary-key"},
	    {S(DECL("Paper: key") "| A | x |\n| | y |\n"), "7:primary-key"},
	    {S(DECL("b: unique") "| A | x |\n| B | x |\n"), "7:unique-error"},
	    {S(DECL("b: required") "| A | |\n"), "6:constraint-required"},
	    {S(DECL("b: enum = x, y") "| A | z |\n| B | X |\n"),
		"6:constraint-enum 7:status-spelling"},
	    {S(DECL("b: status = x < y < z") "| A | w |\n| B | |\n"),
		"6:constraint-enum"},
	    {S(DECL("b: integer") "| A | 1 |\n| B | 1.5 |\n| C | |\n"), "7:type-error"},
	    {S(DECL("b: integer") "| A | +1 |\n| B | -1 |\n| C | *1 |\n"),
		"8:type-error"},
	    {S(DECL("b: number") "| A | 1.5 |\n| B | 1e3 |\n| C | x |\n"),
		"8:type-error"},
	    {S(DECL("b: date") "| A | 2023-05-22 |\n| B | 22.5.2023 |\n| C | 2023-02-29 "
			       "|\n"),
		"7:type-error 8:type-error"},
	    {S(DECL("b: link") "| A | [x](https://a.org) |\n| B | x |\n| C | "
			       "https://a.org |\n"),
		"7:type-error"},
	    {S(DECL("b: path") "| A | [x](a.md) |\n| B | [x](https://a.org) |\n"),
		"7:type-error"},
	    {S(DECL("b: flag") "| A | [x] |\n| B | ✅ |\n| C | perhaps |\n"),
		"8:type-error"},
	    {S(DECL("b: integer, min 1, max 5") "| A | 1 |\n"), ""},
	    {S(DECL("b: integer, min 1, max 5") "| A | 0 |\n| B | 5 |\n| C | 6 |\n"),
		"6:constraint-range 8:constraint-range"},
	    {S(DECL("b: pattern /^[A-Z]+$/") "| A | AB |\n| B | ab |\n"),
		"7:constraint-pattern"},
	    {S(DECL("b: pattern /(a)\\1/") "| A | AB |\n"), "4:constraint-pattern"},
	    {S(DECL("c: integer") "| A | x |\n"), "2:missing-label"},
	    {S(DECL("b: colour") "| A | x |\n"), "2:schema-error"},
	    {S(DECL("@off: no-such-rule") "| A | x |\n"), "2:schema-error"},
	    {S(DECL("@off: missing-cell") "| A | x |\n"), "2:unused-disable"},
	    {S(DECL("@off: missing-cell") "| A |\n"), ""},
	    {S(DECL("b: ref papers") "| A | B |\n| B | A |\n| C | D |\n| D | A, B |\n| E "
				     "| A, F |\n"),
		"10:foreign-key"},
	    {S(DECL("b: ref nothing") "| A | B |\n"), "4:foreign-key"},
	    {S(NEEDS "| x | Todo | y |\n| y | Todo | z |\n| z | Todo | x, w |\n| w | "
		     "Todo | |\n"),
		"4:reference-cycle"},
	    {S(NEEDS "| w | Todo | x |\n| x | Todo | y, z |\n| y | Todo | z |\n| z | "
		     "Done | |\n"),
		""},
	    {S(NEEDS "| x | Todo | x |\n| y | Todo | z |\n| z | Todo | y |\n"),
		"4:reference-cycle 5:reference-cycle"},
	    {S("<!-- rowmark: t; a: key; n: ref t -->\n| a | n |\n|---|---|\n| x | y |\n"
	       "| y | x |\n"),
		""},
	    {S("<!-- rowmark: papers; a: key -->\n\nText\n\n" T "| 1 | 2 |\n"),
		"1:missing-table"},
	    {S(ST "| A | Read |\n\n<!-- rowmark:begin summary -->\n<!-- rowmark:end "
		  "-->\n"),
		"5:stale-region"},
	    {S(ST "| A | Read |\n\n<!-- rowmark:begin summary -->\n"), "5:stale-region"},
	    {S("```\n<!-- rowmark: papers; a: key -->\n```\n\n" T "| 1 | 2 |\n"), ""},
	};

	(void)state;
	run_cases(cases, NELEM(cases));
}

static bool
has_rule(const char *found, const char *rule)
{
	size_t n = strlen(rule);

	for (const char *p = found; (p = strstr(p, rule)); p += n)
		if (p > found && p[-1] == ':' && (p[n] == '\0' || p[n] == ' '))
			return true;
	return false;
}

// Every rule that has examples: the bad one has the fault, the good one has nothing at all
// (unused-disable has one example: it finds itself).
static void
test_examples(void **state)
{
	const struct rmk_check_opts opts = {0};

	(void)state;
	for (size_t i = 0; i < rmk_nrules; i++) {
		const struct rmk_rule *rule = &rmk_rules[i];
		struct rmk_arena a = {0};
		const char *found;

		if (rule->bad == NULL)
			continue;
		found = findings_of(&a, rmk_str_of(rule->bad), &opts);
		if (!has_rule(found, rule->name))
			fail_msg("%s: its bad example gives '%s'", rule->name, found);
		found = findings_of(&a, rmk_str_of(rule->good), &opts);
		if (*found)
			fail_msg("%s: its good example gives '%s'", rule->name, found);
		rmk_arena_free(&a);
	}
}

static void
test_settings(void **state)
{
	bool used = false, idle = false;
	struct rmk_rule_setting settings[] = {
	    {S("extra-cell"), RMK_OFF, &used}, {S("blank-row"), RMK_OFF, &idle}};
	struct rmk_check_opts opts = {.settings = settings, .nsettings = 2};
	struct rmk_findings found = {0};
	struct rmk_arena a = {0};

	(void)state;
	// A row claimed by a rule that is off is not reported by a vaguer one.
	assert_string_equal(findings_of(&a, S(T "| 1 | 2 | 3 |\n"), &opts), "");
	assert_true(used);
	assert_false(idle);
	settings[0].level = RMK_WARN;
	rmk_check_text(&a, S("t.md"), S(T "| 1 | 2 | 3 |\n"), &opts, NULL, &found);
	assert_int_equal(found.n, 1);
	assert_int_equal(found.v[0].level, RMK_WARN);
	assert_int_equal(found.nwarnings, 1);
	assert_int_equal(found.nerrors, 0);
	assert_int_equal(rmk_level_parse(S("warn")), RMK_WARN);
	assert_int_equal(rmk_level_parse(S("loud")), RMK_LEVEL_DEFAULT);
	assert_string_equal(rmk_rule_nearest(S("extra-cels")), "extra-cell");
	assert_null(rmk_rule_nearest(S("something else")));
	rmk_arena_free(&a);
}

// The place of a finding: line, columns, what was found and wanted.
static void
test_places(void **state)
{
	static const struct {
		struct rmk_str text;
		uint32_t line, from, to;
		const char *found, *wanted;
	} cases[] = {
	    {S(T "| 1 | 2 | lost |\n"), 3, 11, 15, "lost", ""},
	    {S(T "| é | `x | y` |\n"), 3, 11, 12, "|", "\\|"},
	    {S(ST "| A | Not read |\n| B | Not Read |\n| C | Not Read |\n| D | Read |\n"),
		3, 7, 15, "Not read", "Not Read"},
	    {S("> | a | b |\n> |---|---|\n> | 1 | 2 | 3 |\n"), 3, 13, 14, "3", ""},
	    {S(T "| 1 |\n| 2 | 3 |\n"), 3, 6, 6, "", ""},
	    {S(T "| 1 | [x](www.a.org) |\n"), 3, 11, 20, "www.a.org",
		"https://www.a.org"},
	};
	const struct rmk_check_opts opts = {0};

	(void)state;
	for (size_t i = 0; i < NELEM(cases); i++) {
		struct rmk_findings found = {0};
		struct rmk_arena a = {0};

		rmk_check_text(&a, S("t.md"), cases[i].text, &opts, NULL, &found);
		assert_int_equal(found.n, 1);
		assert_int_equal(found.v[0].at.line, cases[i].line);
		assert_int_equal(found.v[0].at.from, cases[i].from);
		assert_int_equal(found.v[0].at.to, cases[i].to);
		assert_text(found.v[0].found, rmk_str_of(cases[i].found), "found");
		assert_text(found.v[0].wanted, rmk_str_of(cases[i].wanted), "wanted");
		rmk_arena_free(&a);
	}
}

// Relative links are held against a tree that is asked by name.
static bool
exists(void *ctx, struct rmk_str path)
{
	(void)ctx;
	return rmk_str_eq(path, S("docs/a.md")) || rmk_str_eq(path, S("README.md")) ||
	       rmk_str_eq(path, S("docs")) || rmk_str_eq(path, S("docs/my file.md"));
}

static void
test_paths(void **state)
{
	static const struct check_case cases[] = {
	    {S(T "| 1 | [x](a.md) |\n"), ""},
	    {S(T "| 1 | [x](a.md#top) |\n"), ""},
	    {S(T "| 1 | [x](../README.md) |\n"), ""},
	    {S(T "| 1 | [x](/README.md) |\n"), ""},
	    {S(T "| 1 | [x](my%20file.md) |\n"), ""},
	    {S(T "| 1 | [x](b.md) |\n"), "3:missing-path"},
	    {S(T "| 1 | [x](README.md) |\n"), "3:missing-path"},
	    {S(T "| 1 | [x](../../x.md) |\n"), "3:missing-path"},
	    {S(T "| 1 | [x](https://a.org/b.md) |\n"), ""},
	    {S(T "| 1 | [x](mailto:a@b.org) |\n"), ""},
	};
	const struct rmk_check_opts opts = {
	    .exists = exists, .tree_path = {"docs/t.md", 9}};

	(void)state;
	for (size_t i = 0; i < NELEM(cases); i++) {
		struct rmk_arena a = {0};

		assert_string_equal(findings_of(&a, cases[i].text, &opts), cases[i].want);
		rmk_arena_free(&a);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_not_a_table),
	    cmocka_unit_test(test_no_delimiter),
	    cmocka_unit_test(test_split),
	    cmocka_unit_test(test_absorbed),
	    cmocka_unit_test(test_cells),
	    cmocka_unit_test(test_links),
	    cmocka_unit_test(test_keys),
	    cmocka_unit_test(test_status),
	    cmocka_unit_test(test_declared),
	    cmocka_unit_test(test_examples),
	    cmocka_unit_test(test_settings),
	    cmocka_unit_test(test_places),
	    cmocka_unit_test(test_paths),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
