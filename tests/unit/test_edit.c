// Edits and the gate: each case is a document, a list of edits, and what comes out.
#include "unit.h"

#include "edit/edit_gate.h"

#include <stdio.h>

#define CELL(r, c, v)                                                                    \
	{                                                                                \
		.kind = RMK_EDIT_CELL, .row = (r), .col = (c), .value = S(v)             \
	}
#define DELETE(r)                                                                        \
	{                                                                                \
		.kind = RMK_EDIT_DELETE, .row = (r)                                      \
	}
#define INSERT(r, ...)                                                                   \
	{                                                                                \
		.kind = RMK_EDIT_INSERT, .row = (r), .values = (struct rmk_str[])        \
		{                                                                        \
			__VA_ARGS__                                                      \
		}                                                                        \
	}
#define TEXT(from, n, v)                                                                 \
	{                                                                                \
		.kind = RMK_EDIT_TEXT, .span = {(from), (n)}, .value = S(v)              \
	}
#define LAYOUT(from, n, v)                                                               \
	{                                                                                \
		.kind = RMK_EDIT_LAYOUT, .span = {(from), (n)}, .value = S(v)            \
	}

#define MOST 3

struct edit_case {
	const char *what;
	struct rmk_str text;
	struct rmk_edit
	    edits[MOST];     // up to the first that is all zero but for a CELL's value
	struct rmk_str want; // where code is RMK_OK
	enum rmk_code code;
};

static size_t
count_edits(const struct edit_case *c)
{
	size_t n = 0;

	while (n < MOST && (c->edits[n].kind != RMK_EDIT_CELL || c->edits[n].value.s))
		n++;
	return n;
}

static enum rmk_code
apply(struct rmk_arena *a, struct rmk_str text, const struct rmk_edit *edits, size_t n,
    struct rmk_str *out, struct rmk_err *err)
{
	enum rmk_code code;
	struct rmk_doc *doc;

	code = rmk_doc_parse(a, S("t.md"), text, 0, &doc, err);
	assert_int_equal(code, RMK_OK);
	return rmk_edits_apply(a, doc, edits, n, out, err);
}

static void
run_cases(const struct edit_case *cases, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const struct edit_case *c = &cases[i];
		struct rmk_arena arena = {0};
		struct rmk_str out = S("untouched");
		struct rmk_err err = {0};
		enum rmk_code code = apply(
		    &arena, c->text, c->edits, count_edits(c), &out, &err);

		if (code != c->code)
			fail_msg("%s: %s, wanted %s: %s [%.*s]", c->what,
			    rmk_code_name(code), rmk_code_name(c->code), err.msg,
			    RMK_FMT(out));
		assert_text(out, code ? S("untouched") : c->want, c->what);
		rmk_arena_free(&arena);
	}
}

#define RUN(cases) run_cases(cases, NELEM(cases))

#define AB "| A | B |\n|---|---|\n"

static void
test_cell(void **state)
{
	const struct edit_case cases[] = {
	    {"its own white space is kept", S("| A | B |\n|---|---|\n|  x\t|y|\n"),
		{CELL(0, 0, "longer"), CELL(0, 1, "z")},
		S("| A | B |\n|---|---|\n|  longer\t|z|\n"), 0},
	    {"an empty cell", S(AB "| x ||\n"), {CELL(0, 1, "y")}, S(AB "| x | y |\n"),
		0},
	    {"a blank cell", S(AB "| x |    |\n"), {CELL(0, 1, "y")}, S(AB "| x | y |\n"),
		0},
	    {"emptied", S(AB "| x | y |\n"), {CELL(0, 1, "")}, S(AB "| x | |\n"), 0},
	    {"emptied as its neighbours are", S(AB "| x | y |\n| z ||\n"),
		{CELL(0, 1, "")}, S(AB "| x ||\n| z ||\n"), 0},
	    {"a pipe is escaped", S(AB "| x | y |\n"), {CELL(0, 0, "a|b")},
		S(AB "| a\\|b | y |\n"), 0},
	    {"a backslash before a pipe", S(AB "| x | y |\n"), {CELL(0, 0, "a\\|b")},
		S(AB "| a\\\\|b | y |\n"), 0},
	    {"a backslash at the end", S(AB "|x|y|\n"),
		{CELL(0, 0, "a\\"), CELL(0, 1, "\\")}, S(AB "|a\\ |\\ |\n"), 0},
	    {"the same value", S(AB "|x|y|\n"), {CELL(0, 0, "x")}, S(AB "|x|y|\n"), 0},
	    {"the same value, escaped", S(AB "|a\\|b|y|\n"), {CELL(0, 0, "a|b")},
		S(AB "|a\\|b|y|\n"), 0},
	    {"missing and to be empty", S(AB "|x|\n"), {CELL(0, 1, "")}, S(AB "|x|\n"),
		0},
	    {"no edit", S(AB "|x|y|\n"), {{0}}, S(AB "|x|y|\n"), 0},
	    {"excess cells stay", S(AB "| x | y | z |  \n"), {CELL(0, 1, "longer")},
		S(AB "| x | longer | z |  \n"), 0},
	    {"CRLF, BOM, no last line end",
		S("\xEF\xBB\xBF| A | B |\r\n|---|---|\r\n| x | y |"),
		{CELL(0, 1, "long")},
		S("\xEF\xBB\xBF| A | B |\r\n|---|---|\r\n| x | long |"), 0},
	    {"in a quote and a list", S("> - | A |\n>   |---|\n>   | x |\n> text\n"),
		{{.kind = RMK_EDIT_INSERT, .row = 9}}, S(""), RMK_INVALID},
	    {"in a quote", S("> | A |\n> |---|\n>| x |\n"), {CELL(0, 0, "long")},
		S("> | A |\n> |---|\n>| long |\n"), 0},
	    {"in a list", S("- | A |\n  |---|\n  | x |\n"), {CELL(0, 0, "long")},
		S("- | A |\n  |---|\n  | long |\n"), 0},
	    {"other rows and tables stay", S(AB "|x|y|\n\n" AB "|x|y|\n"),
		{{.kind = RMK_EDIT_CELL, .table = 1, .value = S("z")}},
		S(AB "|x|y|\n\n" AB "|z|y|\n"), 0},
	    {"two rows, in any order", S(AB "|x|y|\n|z|w|\n"),
		{CELL(1, 0, "b"), CELL(0, 1, "c"), CELL(0, 0, "a")},
		S(AB "|a|c|\n|b|w|\n"), 0},
	    {"twice one cell", S(AB "|x|y|\n"), {CELL(0, 0, "a"), CELL(0, 0, "b")}, S(""),
		RMK_INVALID},
	    {"twice one cell, one the same", S(AB "|x|y|\n"),
		{CELL(0, 0, "a"), CELL(0, 0, "x")}, S(""), RMK_INVALID},
	    {"no such row", S(AB "|x|y|\n"), {CELL(1, 0, "a")}, S(""), RMK_INVALID},
	    {"no such column", S(AB "|x|y|z|\n"), {CELL(0, 2, "a")}, S(""), RMK_INVALID},
	    {"no such table", S("text\n"), {CELL(0, 0, "a")}, S(""), RMK_INVALID},
	};

	(void)state;
	RUN(cases);
}

static void
test_short_rows(void **state)
{
	const struct edit_case cases[] = {
	    {"closed", S("|A|B|C|D|\n|-|-|-|-|\n| a |\n"), {CELL(0, 2, "c")},
		S("|A|B|C|D|\n|-|-|-|-|\n| a | | c |\n"), 0},
	    {"closed, white space behind", S("| A | B | C |\n|-|-|-|\n| a |  \n"),
		{CELL(0, 2, "c"), CELL(0, 1, "b")},
		S("| A | B | C |\n|-|-|-|\n| a | b | c |  \n"), 0},
	    {"open", S("| A | B | C |\n|-|-|-|\n| a\n"), {CELL(0, 2, "c")},
		S("| A | B | C |\n|-|-|-|\n| a | | c\n"), 0},
	    {"open, a backslash at the end", S("| A | B |\n|-|-|\n| a\\\n"),
		{CELL(0, 1, "c")}, S("| A | B |\n|-|-|\n| a\\ | c\n"), 0},
	    {"no pipe at all", S("A | B\n-|-\na\n"), {CELL(0, 1, "c")},
		S("A | B\n-|-\na | c\n"), 0},
	    {"aligned", S("| Aaa | Bbb |\n|-----|-----|\n| a   |\n| b   | c   |\n"),
		{CELL(0, 1, "d")},
		S("| Aaa | Bbb |\n|-----|-----|\n| a   | d   |\n| b   | c   |\n"), 0},
	};

	(void)state;
	RUN(cases);
}

#define BARE "A | B\n--|--\n"

static void
test_bare_rows(void **state)
{
	const struct edit_case cases[] = {
	    {"a word", S(BARE "x | y\n"), {CELL(0, 0, "word")}, S(BARE "word | y\n"), 0},
	    {"a link", S(BARE "x | y\n"), {CELL(0, 0, "[a](b)")}, S(BARE "[a](b) | y\n"),
		0},
	    {"bold", S(BARE "x | y\n"), {CELL(0, 0, "**a**")}, S(BARE "**a** | y\n"), 0},
	    {"a number", S(BARE "x | y\n"), {CELL(0, 0, "2024")}, S(BARE "2024 | y\n"),
		0},
	    {"empty first", S(BARE "x | y\n"), {CELL(0, 0, "")}, S(BARE "| | y\n"), 0},
	    {"empty last", S(BARE "x | y\n"), {CELL(0, 1, "")}, S(BARE "x | |\n"), 0},
	    {"last, white space behind", S(BARE "x | y  \n"), {CELL(0, 1, "z")},
		S(BARE "x | z  \n"), 0},
	    {"a bullet", S(BARE "x | y\n"), {CELL(0, 0, "-")}, S(BARE "| - | y\n"), 0},
	    {"a bullet and text", S(BARE "x | y\n"), {CELL(0, 0, "* a")},
		S(BARE "| * a | y\n"), 0},
	    {"a number and dot", S(BARE "x | y\n"), {CELL(0, 0, "1.")},
		S(BARE "| 1. | y\n"), 0},
	    {"a heading", S(BARE "x | y\n"), {CELL(0, 0, "# a")}, S(BARE "| # a | y\n"),
		0},
	    {"a quote", S(BARE "x | y\n"), {CELL(0, 0, ">")}, S(BARE "| > | y\n"), 0},
	    {"a fence", S(BARE "x | y\n"), {CELL(0, 0, "```")}, S(BARE "| ``` | y\n"), 0},
	    {"a comment", S(BARE "x | y\n"), {CELL(0, 0, "<!--")}, S(BARE "| <!-- | y\n"),
		0},
	    {"a rule", S(BARE "x | y\n"), {CELL(0, 0, "---")}, S(BARE "| --- | y\n"), 0},
	    {"a footnote", S(BARE "x | y\n"), {CELL(0, 0, "[^a]: b")},
		S(BARE "| [^a]: b | y\n"), 0},
	    {"a pipe", S(BARE "x | y\n"), {CELL(0, 0, "|")}, S(BARE "| \\| | y\n"), 0},
	    {"one column", S("A\n:-\nx\n"), {CELL(0, 0, "word")}, S("A\n:-\nword\n"), 0},
	    {"one column, a rule", S("A\n:-\nx\n"), {CELL(0, 0, "---")},
		S("A\n:-\n| ---\n"), 0},
	    {"one column, empty", S("A\n:-\nx\n"), {CELL(0, 0, "")}, S("A\n:-\n| |\n"),
		0},
	    {"an inner cell", S("A | B | C\n-|-|-\nx | y | z\n"), {CELL(0, 1, "- #")},
		S("A | B | C\n-|-|-\nx | - # | z\n"), 0},
	};

	(void)state;
	RUN(cases);
}

#define WIDE "| Paper  | State    |\n|--------|----------|\n"

static void
test_alignment(void **state)
{
	const struct edit_case cases[] = {
	    {"shorter", S(WIDE "| LoRA   | Not read |\n| LIMA   | Read     |\n"),
		{CELL(0, 1, "Read")},
		S(WIDE "| LoRA   | Read     |\n| LIMA   | Read     |\n"), 0},
	    {"longer", S(WIDE "| LoRA   | Read     |\n| LIMA   | Read     |\n"),
		{CELL(0, 1, "Reading")},
		S(WIDE "| LoRA   | Reading  |\n| LIMA   | Read     |\n"), 0},
	    {"too long", S(WIDE "| LoRA   | Read     |\n| LIMA   | Read     |\n"),
		{CELL(0, 1, "Read it twice")},
		S(WIDE "| LoRA   | Read it twice |\n| LIMA   | Read     |\n"), 0},
	    {"and back", S(WIDE "| LoRA   | Read it twice |\n| LIMA   | Read     |\n"),
		{CELL(0, 1, "Read")},
		S(WIDE "| LoRA   | Read     |\n| LIMA   | Read     |\n"), 0},
	    {"the only row", S(WIDE "| LoRA   | Not read |\n"), {CELL(0, 1, "Read")},
		S(WIDE "| LoRA   | Read     |\n"), 0},
	    {"emptied", S(WIDE "| LoRA   | Not read |\n| LIMA   | Read     |\n"),
		{CELL(0, 1, "")},
		S(WIDE "| LoRA   |          |\n| LIMA   | Read     |\n"), 0},
	    {"was empty", S(WIDE "| LoRA   |          |\n| LIMA   | Read     |\n"),
		{CELL(0, 1, "Read")},
		S(WIDE "| LoRA   | Read     |\n| LIMA   | Read     |\n"), 0},
	    {"by display width", S(WIDE "| LoRA   | 読む     |\n| LIMA   | Read     |\n"),
		{CELL(0, 1, "未読 ✅")},
		S(WIDE "| LoRA   | 未読 ✅  |\n| LIMA   | Read     |\n"), 0},
	    {"an escape is seen",
		S(WIDE "| LoRA   | Read     |\n| LIMA   | Read     |\n"),
		{CELL(0, 1, "a|b")},
		S(WIDE "| LoRA   | a\\|b     |\n| LIMA   | Read     |\n"), 0},
	    {"a compact column", S(WIDE "| LoRA | Not read |\n| LIMA | Read |\n"),
		{CELL(0, 1, "Read")}, S(WIDE "| LoRA | Read |\n| LIMA | Read |\n"), 0},
	    {"a cell laid out by hand",
		S(WIDE "| LoRA   | Read  |\n| LIMA   | Read     |\n"), {CELL(0, 1, "No")},
		S(WIDE "| LoRA   | No  |\n| LIMA   | Read     |\n"), 0},
	    {"by hand, yet as the new text should be",
		S(WIDE "| LoRA   | Read  |\n| LIMA   | Read     |\n"),
		{CELL(0, 1, "Reading")},
		S(WIDE "| LoRA   | Reading     |\n| LIMA   | Read     |\n"), 0},
	    {"and back", S(WIDE "| LoRA   | Reading     |\n| LIMA   | Read     |\n"),
		{CELL(0, 1, "Read")},
		S(WIDE "| LoRA   | Read  |\n| LIMA   | Read     |\n"), 0},
	    {"right", S("|  No |\n|----:|\n|   1 |\n|   2 |\n"), {CELL(0, 0, "12")},
		S("|  No |\n|----:|\n|  12 |\n|   2 |\n"), 0},
	    {"right without colons", S("|  No |\n|-----|\n|   1 |\n|   2 |\n"),
		{CELL(0, 0, "12")}, S("|  No |\n|-----|\n|  12 |\n|   2 |\n"), 0},
	    {"centre", S("| State |\n|:-----:|\n|   a   |\n|  bc   |\n"),
		{CELL(0, 0, "abc")}, S("| State |\n|:-----:|\n|  abc  |\n|  bc   |\n"),
		0},
	    {"no pipes, first column",
		S("Paper  | B\n-------|--\nLoRA   | y\nLIMA   | z\n"),
		{CELL(0, 0, "QLoRA")},
		S("Paper  | B\n-------|--\nQLoRA  | y\nLIMA   | z\n"), 0},
	};

	(void)state;
	RUN(cases);
}

static void
test_insert(void **state)
{
	const struct edit_case cases[] = {
	    {"at the end", S(AB "| x | y |\n\ntext\n"), {INSERT(1, S("a"), S("b"))},
		S(AB "| x | y |\n| a | b |\n\ntext\n"), 0},
	    {"before", S(AB "| x | y |\n"), {INSERT(0, S("a"), S(""))},
		S(AB "| a | |\n| x | y |\n"), 0},
	    {"several at one place", S(AB "| x | y |\n"),
		{INSERT(1, S("a"), S("b")), INSERT(1, S("c"), S("d")), CELL(0, 0, "z")},
		S(AB "| z | y |\n| a | b |\n| c | d |\n"), 0},
	    {"no last line end", S(AB "| x | y |"), {INSERT(1, S("a"), S("b"))},
		S(AB "| x | y |\n| a | b |"), 0},
	    {"CRLF", S("|A|\r\n|-|\r\n|x|\r\n"), {INSERT(1, S("a"))},
		S("|A|\r\n|-|\r\n|x|\r\n|a|\r\n"), 0},
	    {"CRLF, no last line end", S("|A|\r\n|-|\r\n|x|"), {INSERT(1, S("a"))},
		S("|A|\r\n|-|\r\n|x|\r\n|a|"), 0},
	    {"only a header", S(AB), {INSERT(0, S("a"), S("b"))}, S(AB "| a | b |\n"), 0},
	    {"only a header, no last line end", S("|A|B|\n|-|-|"),
		{INSERT(0, S("a"), S("b"))}, S("|A|B|\n|-|-|\n|a|b|"), 0},
	    {"only a header, aligned", S(WIDE), {INSERT(0, S("a"), S("b"))},
		S(WIDE "| a      | b        |\n"), 0},
	    {"aligned", S(WIDE "| LIMA   | Read     |\n"), {INSERT(1, S("a"), S(""))},
		S(WIDE "| LIMA   | Read     |\n| a      |          |\n"), 0},
	    {"aligned, does not fit", S(WIDE "| LIMA   | Read     |\n"),
		{INSERT(1, S("long name"), S("b"))},
		S(WIDE "| LIMA   | Read     |\n| long name | b        |\n"), 0},
	    {"in a quote", S("> | A |\n> |---|\n>  | x |\n"), {INSERT(1, S("a"))},
		S("> | A |\n> |---|\n>  | x |\n>  | a |\n"), 0},
	    {"in a list", S("1. | A |\n   |---|\n\ntext\n"), {INSERT(0, S("a"))},
		S("1. | A |\n   |---|\n   | a |\n\ntext\n"), 0},
	    {"no outer pipes", S(BARE "x | y\n"), {INSERT(1, S("a"), S("b"))},
		S(BARE "x | y\na | b\n"), 0},
	    {"no outer pipes, but needed", S(BARE "x | y\n"),
		{INSERT(1, S("- a"), S(""))}, S(BARE "x | y\n| - a | |\n"), 0},
	    {"one column without pipes", S("A\n:-\nx\n"), {INSERT(1, S("b"))},
		S("A\n:-\nx\nb\n"), 0},
	    {"a backslash", S("|A|\n|-|\n|x|\n"), {INSERT(1, S("b\\"))},
		S("|A|\n|-|\n|x|\n|b\\ |\n"), 0},
	    {"behind the end", S(AB), {INSERT(1, S("a"), S("b"))}, S(""), RMK_INVALID},
	    {"a bad value", S(AB), {INSERT(0, S("a"), S("b\n"))}, S(""), RMK_INVALID},
	    {"among rows alike", S(AB "| x | y |\n| x | y |\n"),
		{INSERT(0, S("x"), S("y"))}, S(AB "| x | y |\n| x | y |\n| x | y |\n"),
		0},
	    {"far apart", S(AB "| x | y |\n| x | y |\n| x | y |\n"),
		{INSERT(0, S("x"), S("y")), CELL(2, 0, "z")},
		S(AB "| x | y |\n| x | y |\n| x | y |\n| z | y |\n"), 0},
	};

	(void)state;
	RUN(cases);
}

static void
test_delete(void **state)
{
	const struct edit_case cases[] = {
	    {"first", S(AB "|x|y|\n|z|w|\ntext\n"), {DELETE(0)}, S(AB "|z|w|\ntext\n"),
		0},
	    {"last", S(AB "|x|y|\n|z|w|\n\ntext\n"), {DELETE(1)}, S(AB "|x|y|\n\ntext\n"),
		0},
	    {"all", S(AB "|x|y|\n|z|w|\n"), {DELETE(1), DELETE(0)}, S(AB), 0},
	    {"no last line end", S(AB "|x|y|\n|z|w|"), {DELETE(1)}, S(AB "|x|y|"), 0},
	    {"no last line end, all", S(AB "|x|y|\n|z|w|"), {DELETE(0), DELETE(1)},
		S("| A | B |\n|---|---|"), 0},
	    {"no last line end, another", S(AB "|x|y|\n|z|w|"), {DELETE(0)},
		S(AB "|z|w|"), 0},
	    {"CRLF, no last line end", S("|A|\r\n|-|\r\n|x|\r\n|y|"), {DELETE(1)},
		S("|A|\r\n|-|\r\n|x|"), 0},
	    {"replaced", S(AB "|x|y|\n|z|w|"), {DELETE(1), INSERT(1, S("a"), S("b"))},
		S(AB "|x|y|\n|a|b|"), 0},
	    {"replaced at the end", S(AB "|x|y|\n|z|w|"),
		{DELETE(1), INSERT(2, S("a"), S("b"))}, S(AB "|x|y|\n|a|b|"), 0},
	    {"with its cell", S(AB "|x|y|\n"), {CELL(0, 1, "z"), DELETE(0)}, S(""),
		RMK_INVALID},
	    {"twice", S(AB "|x|y|\n"), {DELETE(0), DELETE(0)}, S(""), RMK_INVALID},
	    {"a lone CR before a blank line and a list", S("|A|\n|-|\n|x|\r|y|\n\n- b\n"),
		{DELETE(1)}, S(""), RMK_REFUSED},
	    {"a lone CR before a blank line", S("|A|\n|-|\n|x|\r|y|\r\n\nb\n"),
		{DELETE(1)}, S("|A|\n|-|\n|x|\r\nb\n"), RMK_REFUSED},
	    {"one of rows alike", S(AB "| x | y |\n| x | y |\n| x | y |\n"), {DELETE(0)},
		S(AB "| x | y |\n| x | y |\n"), 0},
	};

	(void)state;
	RUN(cases);
}

static void
test_text(void **state)
{
	const struct edit_case cases[] = {
	    {"above", S("one\n\n" AB "|x|y|\n"), {TEXT(0, 3, "two | three")},
		S("two | three\n\n" AB "|x|y|\n"), 0},
	    {"right above", S("one\n\n" AB "|x|y|\n"),
		{TEXT(5, 0, "<!-- rowmark: a -->\n")},
		S("one\n\n<!-- rowmark: a -->\n" AB "|x|y|\n"), 0},
	    {"below, with a cell", S(AB "|x|y|\n\none\n"),
		{TEXT(27, 3, "two"), CELL(0, 0, "z")}, S(AB "|z|y|\n\ntwo\n"), 0},
	    {"a table swallowed", S("one\n\n" AB "|x|y|\n"), {TEXT(0, 3, "<!--")}, S(""),
		RMK_REFUSED},
	    {"a table more", S("one\n\n" AB), {TEXT(0, 0, AB "\n")}, S(AB "\none\n\n" AB),
		0},
	    {"a table more that holds the old text", S("one\n\n" AB), {TEXT(0, 0, AB)},
		S(""), RMK_REFUSED},
	    {"a table replaced", S(AB "|x|y|\n\n" AB "|z|w|\n"), {TEXT(0, 20, "none\n")},
		S("none\n\n" AB "|z|w|\n"), RMK_INVALID},
	    {"a whole table replaced", S(AB "|x|y|\n\n" AB "|z|w|\n"),
		{TEXT(0, 26, "none\n")}, S("none\n\n" AB "|z|w|\n"), 0},
	    {"a line right above the header", S("one\n\n" AB "|x|y|\n"),
		{TEXT(4, 1, "| C | D |\n")}, S("one\n| C | D |\n" AB "|x|y|\n"), 0},
	    {"inside", S(AB "|x|y|\n"), {TEXT(21, 1, "a")}, S(""), RMK_INVALID},
	    {"at a row's start", S(AB "|x|y|\n"), {TEXT(20, 0, "|a|b|\n")}, S(""),
		RMK_INVALID},
	    {"below, a row more", S(AB "|x|y|\n\none\n"), {TEXT(26, 0, "|a|b|\n")}, S(""),
		RMK_REFUSED},
	    {"behind the end", S("one\n"), {TEXT(3, 2, "a")}, S(""), RMK_INVALID},
	    {"no table at all", S("one\n"), {TEXT(0, 3, "two")}, S("two\n"), 0},
	    {"two of one place", S("one\n"), {TEXT(0, 3, "two"), TEXT(2, 1, "x")}, S(""),
		RMK_INVALID},
	    {"layout", S(AB "|x|y|\n"), {LAYOUT(20, 5, "| x | y |")}, S(AB "| x | y |\n"),
		0},
	    {"layout, a missing cell made", S(AB "|x|\n"), {LAYOUT(20, 3, "|x||")},
		S(AB "|x||\n"), 0},
	    {"layout of the head", S(AB "|x|y|\n"), {LAYOUT(0, 19, "|A|B|\n|:-|-|")},
		S(""), RMK_REFUSED},
	    {"layout of the head, the same", S(AB "|x|y|\n"),
		{LAYOUT(0, 19, "|A|B|\n|-|-|")}, S("|A|B|\n|-|-|\n|x|y|\n"), 0},
	    {"layout that changes a cell", S(AB "|x|y|\n"), {LAYOUT(20, 5, "| x | z |")},
		S(""), RMK_REFUSED},
	    {"layout outside", S(AB "\none\n"), {LAYOUT(21, 3, "two")}, S(""),
		RMK_INVALID},
	};

	(void)state;
	RUN(cases);
}

static void
test_gate(void **state)
{
	const struct edit_case cases[] = {
	    {"conflict markers", S(AB "| x | y |\n<<<<<<< ours\n| a | b |\n=======\n"),
		{CELL(0, 0, "z")}, S(""), RMK_REFUSED},
	    {"conflict markers taken away", S(AB "| x | y |\n<<<<<<< ours\n"),
		{DELETE(1)}, S(AB "| x | y |\n"), 0},
	    {"the base's marker", S(AB "| x | y |\n||||||| 1a2b3c4\n"), {CELL(0, 0, "z")},
		S(""), RMK_REFUSED},
	    {"a row of empty cells is none",
		S("|A|B|C|D|E|F|\n|-|-|-|-|-|-|\n|||||||\n|x||||||\n"), {CELL(1, 0, "z")},
		S("|A|B|C|D|E|F|\n|-|-|-|-|-|-|\n|||||||\n|z||||||\n"), 0},
	    {"eight are none", S(AB "<<<<<<<< | y |\n| x | y |\n"), {CELL(1, 0, "z")},
		S(AB "<<<<<<<< | y |\n| z | y |\n"), 0},
	    {"a row that would be the base's marker",
		S("|A|B|C|D|E|F|G|\n|-|-|-|-|-|-|-|\n|x|||||||\n"),
		{{.kind = RMK_EDIT_INSERT,
		    .row = 1,
		    .values = (struct rmk_str[]){S(""), S(""), S(""), S(""), S(""), S(""),
			S("base")},
		    .line = S("||||||| base")}},
		S(""), RMK_REFUSED},
	};

	(void)state;
	RUN(cases);
}

// The gate by itself: new bytes that the edit, or none, does not account for.
static void
test_gate_alone(void **state)
{
	static const struct {
		const char *what;
		struct rmk_str old, now;
		const char *value; // of cell (0, 1); NULL: no edit
		bool ok;
	} cases[] = {
	    {"the same", S(AB "|x|y|\n"), S(AB "|x|y|\n"), NULL, true},
	    {"a cell", S(AB "|x|y|\n"), S(AB "|x|z|\n"), NULL, false},
	    {"white space", S(AB "|x|y|\n"), S(AB "|x| y|\n"), NULL, false},
	    {"a cell more", S(AB "|x|y|\n"), S(AB "|x|y|z|\n"), NULL, false},
	    {"a row more", S(AB "|x|y|\n"), S(AB "|x|y|\n|x|y|\n"), NULL, false},
	    {"a row less", S(AB "|x|y|\n|z|w|\n"), S(AB "|x|y|\n"), NULL, false},
	    {"the header", S(AB "|x|y|\n"), S("| A | C |\n|---|---|\n|x|y|\n"), NULL,
		false},
	    {"an alignment", S(AB "|x|y|\n"), S("| A | B |\n|---|--:|\n|x|y|\n"), NULL,
		false},
	    {"a quote", S("|A|\n|-|\n"), S("> |A|\n> |-|\n"), NULL, false},
	    {"a table more", S(AB), S(AB "\n" AB), NULL, false},
	    {"a table less", S(AB "\n" AB), S(AB), NULL, false},
	    {"the text around", S("a\n\n" AB), S("# a\n\n" AB), NULL, false},
	    {"text more", S(AB), S(AB "\na\n"), NULL, false},
	    {"the wished cell", S(AB "|x|y|\n"), S(AB "|x|z|\n"), "z", true},
	    {"another value", S(AB "|x|y|\n"), S(AB "|x|w|\n"), "z", false},
	    {"the cell before too", S(AB "|x|y|\n"), S(AB "|w|z|\n"), "z", false},
	    {"the cell behind too", S(AB "|x|y|v|\n"), S(AB "|x|z|w|\n"), "z", false},
	    {"a cell behind more", S(AB "|x|y|\n"), S(AB "|x|z|w|\n"), "z", false},
	    {"a row behind too", S(AB "|x|y|\n|a|b|\n|c|d|\n"),
		S(AB "|x|z|\n|a|b|\n|c|e|\n"), "z", false},
	    {"a row behind instead", S(AB "|x|y|\n|a|b|\n|c|d|\n"),
		S(AB "|x|y|\n|a|b|\n|c|z|\n"), "z", false},
	    {"in another table too", S(AB "|x|y|\n\n" AB "|c|d|\n"),
		S(AB "|x|z|\n\n" AB "|c|e|\n"), "z", false},
	    {"in another table instead", S(AB "|x|y|\n\n" AB "|c|d|\n"),
		S(AB "|x|y|\n\n" AB "|c|z|\n"), "z", false},
	};

	(void)state;
	for (size_t i = 0; i < NELEM(cases); i++) {
		struct rmk_arena arena = {0};
		struct rmk_edit edit = {.col = 1, .value = rmk_str_of(cases[i].value)};
		const struct rmk_edit *edits[] = {&edit};
		struct rmk_gate gate = {.edits = edits, .nedits = cases[i].value != NULL};
		struct rmk_err err = {0};
		struct rmk_doc *old;

		assert_int_equal(
		    rmk_doc_parse(&arena, S("t"), cases[i].old, 0, &old, &err), 0);
		gate.old = old;
		if ((rmk_gate_pass(&arena, &gate, cases[i].now, &err) == RMK_OK) !=
		    cases[i].ok)
			fail_msg("%s: %s", cases[i].what, err.msg);
		rmk_arena_free(&arena);
	}
}

static void
test_value_ok(void **state)
{
	static const struct {
		struct rmk_str value;
		bool ok;
	} cases[] = {
	    {S(""), true},
	    {S("a|b \\ c"), true},
	    {S("\xC3\xA9"), true},
	    {S("a\tb\vc"), true},
	    {S("a\n"), false},
	    {S("a\rb"), false},
	    {S("a\0b"), false},
	    {S("\xC3"), false},
	    {S(" a"), false},
	    {S("\ta"), false},
	    {S("\va"), false},
	    {S("\fa"), false},
	    {S("a "), false},
	    {S("a\t"), false},
	    {S("\xC2\xA0"), true},
	};
	struct rmk_err err;

	(void)state;
	for (size_t i = 0; i < NELEM(cases); i++)
		if ((rmk_edit_value_ok(cases[i].value, &err) == RMK_OK) != cases[i].ok)
			fail_msg("case %zu: %s", i, err.msg);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_cell),
	    cmocka_unit_test(test_short_rows),
	    cmocka_unit_test(test_bare_rows),
	    cmocka_unit_test(test_alignment),
	    cmocka_unit_test(test_insert),
	    cmocka_unit_test(test_delete),
	    cmocka_unit_test(test_text),
	    cmocka_unit_test(test_gate),
	    cmocka_unit_test(test_gate_alone),
	    cmocka_unit_test(test_value_ok),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
