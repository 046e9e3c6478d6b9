// A value that gets another name: in cells, in the declaration, where other tables refer to it.
#include "unit.h"

#include "edit/dates.h"
#include "edit/rename.h"

#define DECL                                                                             \
	"<!-- rowmark: p; K: key; S: status = a < b < c, d, closed = d; R: ref p "       \
	"-->\n\n"
#define HEAD DECL "| K | S | R |\n|---|---|---|\n"

// What comes of it; s NULL: refused.
static struct rmk_str
renamed(struct rmk_arena *a, struct rmk_str text, size_t col, struct rmk_str old,
    struct rmk_str new_)
{
	struct rmk_doc *doc = parse_md(a, text, 0);
	struct rmk_schema *schema = rmk_schema_of(a, doc, 0);
	const struct rmk_rename r = {old, new_};
	struct rmk_renamed found = {0};
	struct rmk_str out;
	struct rmk_err err;

	if (rmk_rename_value(a, doc, 0, schema, col, &r, &found, &err))
		return (struct rmk_str){0};
	for (size_t i = 0; i < schema->ncols; i++) {
		if (rmk_refers_to(a, &schema->fields[i], schema, col) &&
		    rmk_rename_refs(a, doc, 0, i, &r, &found, &err))
			return (struct rmk_str){0};
	}
	if (rmk_edits_apply(a, doc, found.edits, found.n, &out, &err))
		fail_msg("%s", err.msg);
	return out;
}

static void
test_rename(void **state)
{
	static const struct {
		struct rmk_str text;
		size_t col;
		struct rmk_str old, new_, want;
	} cases[] = {
	    {S(HEAD "| x | a | |\n| y | [**A**](u) | |\n"), 1, S("a"), S("e"),
		S("<!-- rowmark: p; K: key; S: status = e < b < c, d, closed = d; R: ref "
		  "p "
		  "-->\n\n| K | S | R |\n|---|---|---|\n| x | e | |\n| y | [**e**](u) | "
		  "|\n")},
	    {S(HEAD "| x | d | |\n"), 1, S("d"), S("e, f"),
		S("<!-- rowmark: p; K: key; S: status = a < b < c, \"e, f\", closed = "
		  "\"e, f\"; R: ref p -->\n\n| K | S | R |\n|---|---|---|\n| x | e, f | "
		  "|\n")},
	    {S(HEAD "| x | a | y, x |\n| y | a | [x](#x),y |\n"), 0, S("x"), S("z|"),
		S(HEAD "| z\\| | a | y, z\\| |\n| y | a | [z\\|](#x),y |\n")},
	    {S(HEAD "| [x](x) | a | xy |\n"), 0, S("x"), S("q"),
		S(HEAD "| [q](x) | a | xy |\n")},
	    {S(HEAD "| x | a | |\n| y | a | |\n"), 0, S("x"), S("Y"), {0}},
	    {S(HEAD "| x | a | |\n"), 1, S("a"), S("b"), {0}},
	    {S(HEAD "| x | a | |\n"), 1, S("a"), S("\""), {0}},
	    // Links by reference keep where they lead.
	    {S(HEAD "| [x] | a | y, [x] |\n| [y][] | a | [x][] |\n\n[x]: /u\n[y]: /v\n"),
		0, S("x"), S("z"),
		S(HEAD "| [z][x] | a | y, [z][x] |\n| [y][] | a | [z][x] |\n\n[x]: "
		       "/u\n[y]: /v\n")},
	    {S(HEAD "| [`x`] | a | |\n| [y][u] | a | |\n\n[`x`]: /x\n[u]: /v\n"), 0,
		S("x"), S("z"),
		S(HEAD "| [`z`][`x`] | a | |\n| [y][u] | a | |\n\n[`x`]: /x\n[u]: /v\n")},
	    {S(HEAD "| [y][u] | a | |\n\n[u]: /v\n"), 0, S("y"), S("z"),
		S(HEAD "| [z][u] | a | |\n\n[u]: /v\n")},
	    {S(HEAD "| [x] | a | |\n"), 0, S("x"), S("z"), S(HEAD "| [x] | a | |\n")},
	    // In a column of references, named itself, parts of a cell too.
	    {S(HEAD "| x | a | y, x |\n"), 2, S("x"), S("z"),
		S(HEAD "| x | a | y, z |\n")},
	    {S(HEAD "| x | a | |\n"), 0, S("nobody"), S("z"), S(HEAD "| x | a | |\n")},
	};

	(void)state;
	for (size_t i = 0; i < NELEM(cases); i++) {
		struct rmk_arena a = {0};
		struct rmk_str got = renamed(
		    &a, cases[i].text, cases[i].col, cases[i].old, cases[i].new_);

		assert_int_equal(got.s != NULL, cases[i].want.s != NULL);
		assert_text(got, cases[i].want, cases[i].new_.s);
		rmk_arena_free(&a);
	}
}

static void
test_dates(void **state)
{
	static const struct {
		struct rmk_str from, to;
		size_t n, col;
	} cases[] = {
	    {S("a"), S("b"), 1, 1},
	    {S(""), S("b"), 1, 1},
	    {S("b"), S("c"), 1, 2},
	    {S("c"), S("c"), 0, 0},
	    {S("b"), S("a"), 0, 0},
	};
	struct rmk_arena a = {0};
	struct rmk_doc *doc = parse_md(&a,
	    S("<!-- rowmark: p; S: status = a < b < c; D: date, on doing; E: date, on "
	      "done "
	      "-->\n\n| S | D | E |\n|---|---|---|\n"),
	    0);
	struct rmk_schema *schema = rmk_schema_of(&a, doc, 0);

	(void)state;
	for (size_t i = 0; i < NELEM(cases); i++) {
		size_t cols[3] = {0};

		assert_int_equal(
		    rmk_dates_due(&a, schema, 0, cases[i].from, cases[i].to, cols),
		    cases[i].n);
		assert_int_equal(cols[0], cases[i].col);
	}
	assert_int_equal(rmk_dates_due(&a, schema, 1, S(""), S("x"), (size_t[3]){0}), 0);
	rmk_arena_free(&a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_rename),
	    cmocka_unit_test(test_dates),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
