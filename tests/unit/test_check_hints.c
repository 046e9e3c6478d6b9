// What a hint says is what undoes the fault: each case is a text with a fault, a part of the
// message and of the hint it gets, and the text after someone did as the hint says, in which the
// rule finds nothing any more.
#include "check/check.h"
#include "unit.h"

#define T "| a | b |\n|---|---|\n"
#define R T "| 1 | 2 |\n"

struct hint_case {
	const char *rule, *message, *hint;
	struct rmk_str before, after;
};

static const struct hint_case cases[] = {
    // Rows that fell out of their table.
    {"split-table", "by a blank line", "take the blank line out", S(R "\n| 3 | 4 |\n"),
	S(R "| 3 | 4 |\n")},
    {"split-table", "by a comment", "move it up", S(R "<!-- x -->\n| 3 | 4 |\n"),
	S(R "| 3 | 4 |\n<!-- x -->\n")},
    {"split-table", "by a list", "move it up", S(R "- x\n| 3 | 4 |\n"),
	S(R "| 3 | 4 |\n- x\n")},
    {"split-table", "by a quote", "move it up", S(R "> x\n| 3 | 4 |\n"),
	S(R "| 3 | 4 |\n> x\n")},
    {"split-table", "by a thematic break", "move it up", S(R "***\n| 3 | 4 |\n"),
	S(R "| 3 | 4 |\n***\n")},
    {"split-table", "by an indent of four", "take the indent away",
	S(R "    | 3 | 4 |\n"), S(R "| 3 | 4 |\n")},
    {"split-table", "by HTML", "move it up", S(R "<br>\n| 3 | 4 |\n"),
	S(R "| 3 | 4 |\n<br>\n")},
    {"split-table", "shown as code", "move them up",
	S(T "| 1 | ```\n``` |\n| 3 | 4 |\n| 5 | 6 |\n"),
	S(T "| 1 | ```\n| 3 | 4 |\n| 5 | 6 |\n``` |\n")},
    {"split-table", "", "lacks the '>'",
	S("> | a | b |\n> |---|---|\n> | 1 | 2 |\n| 3 | 4 |\n"),
	S("> | a | b |\n> |---|---|\n> | 1 | 2 |\n> | 3 | 4 |\n")},
    // Rows on several lines.
    {"wrapped-row", "goes on in the next line", "join the lines",
	S(T "| one\ntwo | 2 |\n| 3 | 4 |\n"), S(T "| one<br>two | 2 |\n| 3 | 4 |\n")},
    {"wrapped-row", "up to line 5", "join the lines",
	S(T "| 1 | one\ntwo\nthree |\n| 3 | 4 |\n"),
	S(T "| 1 | one<br>two<br>three |\n| 3 | 4 |\n")},
    {"wrapped-row", "goes on in the next line", "join the lines",
	S("| a | b | c |\n|--|--|--|\n| 1 | 2\n| 3 |\n"),
	S("| a | b | c |\n|--|--|--|\n| 1 | 2 | 3 |\n")},
    {"wrapped-row", "the rest is shown as text", "join the lines",
	S(T "| 1 | - x\n- y |\n"), S(T "| 1 | - x<br>- y |\n")},
    {"wrapped-row", "the header goes on", "join the header",
	S("| a | b\nc | d |\n|--|--|--|\n| 1 | 2 | 3 |\n"),
	S("| a | b c | d |\n|--|--|--|\n| 1 | 2 | 3 |\n")},
    {"wrapped-row", "above the header", "join it", S("| a | b |\n| c | d |\n|---|---|\n"),
	S("| a c | b d |\n|---|---|\n")},
    // Headers and dashes that make no table.
    {"not-a-table", "U+2014 em dash, column 2", "plain '-'",
	S("| a | b |\n|—|—|\n| 1 | 2 |\n"), S(R)},
    {"not-a-table", "U+00A0 no-break space, column 2", "put a space",
	S("| a | b |\n|\u00A0---|---|\n| 1 | 2 |\n"), S(R)},
    {"not-a-table", "U+00A0 no-break space, column 10", "take it out",
	S("| a | b |\u00A0\n|---|---|\n| 1 | 2 |\n"), S(R)},
    {"not-a-table", "U+000C form feed, column 1", "take it out",
	S("\f| a | b |\n|---|---|\n| 1 | 2 |\n"), S(R)},
    {"not-a-table", "U+2502 box drawing", "plain '|'",
	S("| a │ b |\n|---|---|\n| 1 | 2 |\n"), S(R)},
    {"not-a-table", "the header has 3", "in code too",
	S("| a | `b|c` |\n|---|---|\n| 1 | 2 |\n"),
	S("| a | `b\\|c` |\n|---|---|\n| 1 | 2 |\n")},
    {"not-a-table", "the header has 1", "divides no cells",
	S("| a \\| b |\n|---|---|\n| 1 | 2 |\n"), S(R)},
    {"not-a-table", "the delimiter row 3", "wants 2 cells",
	S("| a | b |\n|---|---|---|\n"), S(T)},
    {"not-a-table", "'<!--' on line 1 is never closed", "-->",
	S("<!-- x\n| a | b |\n|---|---|\n"), S("<!-- x -->\n\n| a | b |\n|---|---|\n")},
    {"not-a-table", "'<pre' on line 1 is never closed", "close it: </pre>",
	S("<pre>\n| a | b |\n|---|---|\n"), S("<pre>\n</pre>\n\n| a | b |\n|---|---|\n")},
    {"not-a-table", "inside HTML", "blank line", S("<div>\n" R "</div>\n"),
	S("<div>\n\n" R "\n</div>\n")},
    {"not-a-table", "the quote above", "blank line", S("> x\n" R), S("> x\n\n" R)},
    {"not-a-table", "dashes above the header", "take the line out", S("|---|---|\n" R),
	S(R)},
    {"no-delimiter", "2 rows", "dashes for 2 cells", S("| a | b |\n| 1 | 2 |\n"), S(R)},
    {"indented-table", "indented by four", "take the indent away",
	S("Text\n\n    | a | b |\n    |---|---|\n    | 1 | 2 |\n"), S("Text\n\n" R)},
    // Cells.
    {"extra-cell", "'z$' is not shown", "a pipe in a formula", S(T "| 1 | $x | z$ |\n"),
	S(T "| 1 | $x \\| z$ |\n")},
    {"extra-cell", "is not shown", "a pipe in a link", S(T "| 1 | [[x|y]] |\n"),
	S(T "| 1 | [[x\\|y]] |\n")},
    {"extra-cell", "is not shown", "an HTML tag", S(T "| 1 | <a title=\"x|y\">z</a> |\n"),
	S(T "| 1 | <a title=\"x\\|y\">z</a> |\n")},
    {"extra-cell", "U+00A0 no-break space, column 1", "take it out",
	S(T "\u00A0| 1 | 2 |\n"), S(R)},
    {"rows-joined", "2 rows on one line", "start a new line",
	S(T "| 1 | 2 | | 3 | 4 |\n"), S(R "| 3 | 4 |\n")},
    {"empty-extra-cell", "U+200B zero-width space", "take it out",
	S(R "| 3 | 4 |\u200B\n"), S(R "| 3 | 4 |\n")},
    {"fullwidth-pipe", "U+2223 divides, column 5", "plain '|'", S(T "| 1 ∣ 2 |\n"), S(R)},
    {"absorbed-table", "dashes between rows", "remove the lines",
	S(R "|---|---|\n| 3 | 4 |\n"), S(R "| 3 | 4 |\n")},
    {"absorbed-table", "a second table", "blank line before line 4",
	S(R "| c | d |\n|---|---|\n| 3 | 4 |\n"),
	S(R "\n| c | d |\n|---|---|\n| 3 | 4 |\n")},
    {"constraint-enum", "'Raed' is no value of 'b'", "did you mean 'Read'?",
	S("<!-- rowmark: b: enum = Read, Open -->\n" T "| 1 | Raed |\n"),
	S("<!-- rowmark: b: enum = Read, Open -->\n" T "| 1 | Read |\n")},
    {"constraint-enum", "'Xyzzy' is no value of 'b'", "one of: Read, Open",
	S("<!-- rowmark: b: enum = Read, Open -->\n" T "| 1 | Xyzzy |\n"),
	S("<!-- rowmark: b: enum = Read, Open -->\n" T "| 1 | Open |\n")},
    {"absorbed-text", "U+200B zero-width space, column 1", "make it blank",
	S(R "\u200B\n"), S(R "\n")},
};

// The first finding of a rule, or NULL.
static const struct rmk_finding *
find_rule(struct rmk_arena *a, struct rmk_str text, const char *rule)
{
	const struct rmk_check_opts opts = {0};
	struct rmk_findings found = {0};

	rmk_check_text(a, S("t.md"), text, &opts, NULL, &found);
	for (size_t i = 0; i < found.n; i++)
		if (strcmp(found.v[i].rule->name, rule) == 0)
			return &found.v[i];
	return NULL;
}

static void
test_hints(void **state)
{
	(void)state;
	for (size_t i = 0; i < NELEM(cases); i++) {
		const struct hint_case *h = &cases[i];
		struct rmk_arena a = {0};
		const struct rmk_finding *f = find_rule(&a, h->before, h->rule);

		if (f == NULL)
			fail_msg("%.*s\n  no %s", RMK_FMT(h->before), h->rule);
		else if (rmk_str_find(f->message, rmk_str_of(h->message)) == RMK_NONE ||
			 rmk_str_find(f->hint, rmk_str_of(h->hint)) == RMK_NONE)
			fail_msg("%.*s\n  got:  %.*s; %.*s\n  want: %s; %s",
			    RMK_FMT(h->before), RMK_FMT(f->message), RMK_FMT(f->hint),
			    h->message, h->hint);
		f = find_rule(&a, h->after, h->rule);
		if (f)
			fail_msg("%.*s\n  still: %.*s", RMK_FMT(h->after),
			    RMK_FMT(f->message));
		rmk_arena_free(&a);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_hints),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
