// What columns mean: declared, and looked up.
#include "shown_schema.h"

static void
test_declared(void **state)
{
	static const struct {
		struct rmk_str text, want;
	} cases[] = {
	    {S("<!-- rowmark: papers\nPaper: key\nLink: link, required, unique\n"
	       "Read or Not: status = Not read < Reading < Read, Dropped\n"
	       "Score: integer, min 1, max 5\nArea: enum = NLP, Vision, Audio\n"
	       "Builds on: ref papers\n-->\n\n"
	       "| Paper | Link | Read or Not | Score | Area | Builds on |\n"
	       "|---|---|---|---|---|---|\n| a | | **not READ** | | NLP | |\n"
	       "| b | | Not read | | nlp | |\n| c | | read? | | | |\n"),
		S("#papers\nPaper: text, key\nLink: link, required, unique\n"
		  "Read or Not: status = todo(Not read)2/2 doing(Reading)0/0 "
		  "done(Read)0/0 done(Dropped)0/0\n"
		  "Score: integer, min 1, max 5\n"
		  "Area: enum = todo(NLP)2/2 todo(Vision)0/0 todo(Audio)0/0\n"
		  "Builds on: ref papers.\n")},
	    {S("<!-- rowmark: papers; Paper: key; Read or Not: status = Not read < "
	       "Read, merge furthest -->\n| Paper | Read or Not |\n|---|---|\n"),
		S("#papers\nPaper: text, key\n"
		  "Read or Not: status = todo(Not read)0/0 done(Read)0/0, furthest\n")},
	    {S("[//]: # (rowmark: p; A: key; B: pattern /a;b, [:)]/, required)\n\n"
	       "| A | B |\n|---|---|\n"),
		S("#p\nA: text, key\nB: text, required, /a;b, [:)]/\n")},
	    {S("<!-- rowmark: m\nGo, Java, \"C: x\": status = - < +\n@off: missing-cell, "
	       "duplicate-link\n-->\n| F | Go | Java | C: x |\n|---|---|---|---|\n"
	       "| a | + | - | - |\n"),
		S("#m\nGo: status = todo(-)0/0 done(+)1/1\n"
		  "Java: status = todo(-)1/1 done(+)0/0\n"
		  "C: x: status = todo(-)1/1 done(+)0/0\n"
		  "off missing-cell\noff duplicate-link\n")},
	    // quoted values, a pipe in one, rules before and behind the list
	    {S("<!-- rowmark: q; A: required, enum = \"x, y\", \"required\", a|b, unique "
	       "-->\n| A |\n|---|\n| a\\|b |\n"),
		S("#q\nA: enum = todo(x, y)0/0 todo(required)0/0 todo(a\\|b)1/1, "
		  "required, unique\n")},
	    // a name is not needed; a column name with commas needs no quotes if it is one
	    {S("<!-- rowmark: A, b: key -->\n| A, b |\n|---|\n"), S("A, b: text, key\n")},
	    {S("<!-- rowmark:\nA: ref people.\"Full name\" -->\n| A |\n|---|\n"),
		S("A: ref people.Full name\n")},
	    // in a quote the lines have its marks
	    {S("> <!-- rowmark: q\n> A: key\n> -->\n>\n> | A |\n> |---|\n"),
		S("#q\nA: text, key\n")},
	    // status without a list: values as they occur
	    {S("<!-- rowmark: s; A: status -->\n| A |\n|---|\n| x1 |\n| done |\n"),
		S("#s\nA: status = todo(to do)0/0 doing(doing)0/0 done(done)1/1 "
		  "unknown(x1)1/1\n")},
	    // letters of any script in a name
	    {S("<!-- rowmark: \xE8\xAF\xBB\xE4\xB9\xA6-\xC3\xA9_1; A: key -->\n| A "
	       "|\n|---|\n| x |\n"),
		S("#\xE8\xAF\xBB\xE4\xB9\xA6-\xC3\xA9_1\nA: text, key\n")},
	    // no status declared: it is inferred still
	    {S("<!-- rowmark: s; A: key -->\n| A | Status |\n|---|---|\n| x | ✅ |\n"),
		S("#s\nA: text, key\nStatus: status = done(✅)1/1\n")},
	};
	struct rmk_arena a = {0};

	(void)state;
	for (size_t i = 0; i < NELEM(cases); i++)
		assert_text(show(&a, parse(&a, cases[i].text), 0), cases[i].want,
		    cases[i].text.s);
	rmk_arena_free(&a);
}

static void
test_problems(void **state)
{
	static const struct {
		const char *decl;
		struct rmk_str want;
	} cases[] = {
	    {"p; Papr: key", S("! Papr: no column 'Papr'; did you mean 'Paper'?\n")},
	    {"p; Quux: key", S("! Quux: no column 'Quux' in this table\n")},
	    {"p; Score: requird", S("! requird: no rule 'requird'; did you mean "
				    "'required'?\n")},
	    {"p; Score: blah", S("! blah: no rule 'blah'\n")},
	    {"a b; Paper: text", S("! a b: 'a b' is no name: letters, digits, '-' and "
				   "'_'\n")},
	    {"p; Paper",
		S("! Paper: 'Paper' is no entry: wanted 'COLUMN: RULE, RULE'\n")},
	    {"p; Paper: text; paper: link",
		S("! paper: column 'Paper' is declared already\n")},
	    {"p; Score: min 1", S("! Score: min 1: min and max need 'integer' or "
				  "'number'\n")},
	    {"p; Score: min x, integer",
		S("Score: integer\n! min x: min needs a number\n")},
	    {"p; Score: integer, min 3, max 2",
		S("Score: integer, min 3, max 2\n! Score: integer, min 3, max 2: min is "
		  "over max: no value fits\n")},
	    {"p; Score: integer, link",
		S("Score: integer\n! link: a second type for one column\n")},
	    {"p; Score: enum", S("Score: enum\n! enum: enum needs its values, as in "
				 "'enum = A, B'\n")},
	    {"p; Score: enum = a, A", S("Score: enum = todo(a)0/0\n! A: 'A' is in the "
					"list already\n")},
	    {"p; Score: enum = a,, b", S("Score: enum = todo(a)0/0 todo(b)1/1\n! : an "
					 "empty value in the list\n")},
	    {"p; Score: status = a, b",
		S("Score: status = todo(a)0/0 todo(b)1/1\n! a: a status needs an order, "
		  "as in 'status = to do < done'\n")},
	    {"p; Score: ref", S("Score: ref\n! ref: ref needs a table, as in 'ref "
				"papers'\n")},
	    {"p; Score: pattern x", S("! pattern x: pattern needs a regex between "
				      "slashes\n")},
	    {"p; Score: merge nearest", S("! merge nearest: merge knows 'furthest' "
					  "only\n! Score: merge nearest: 'merge "
					  "furthest' needs a status column\n")},
	    {"p; Paper: key; Score: key",
		S("Paper: text, key\n! key: a table has one key column\n")},
	    {"p; Paper: owner; Score: owner",
		S("! owner: a table has one owner column\n")},
	    {"p; Score: owner 2", S("! 2: nothing can follow 'owner'\n")},
	    {"p; Score: key 2", S("! 2: nothing can follow 'key'\n")},
	    {"p; Score: link 2", S("Score: link\n! 2: nothing can follow 'link' here\n")},
	    {"p; @of: x", S("! @of: no '@of'; did you mean '@off'?\n")},
	    {"p; @off: a,,b", S("off a\noff b\n! : @off needs the names of rules\n")},
	    {"p; Score:", S("! Score:: an empty rule\n")},
	};
	struct rmk_arena a = {0};

	(void)state;
	for (size_t i = 0; i < NELEM(cases); i++) {
		struct rmk_str text = rmk_str_printf(&a,
		    "<!-- rowmark: %s -->\n| Paper | Score |\n|---|---|\n| a | b |\n",
		    cases[i].decl);
		struct rmk_str got = show(&a, parse(&a, text), 0);

		if (rmk_str_starts(got, S("#p\n")))
			got = rmk_str_from(got, 3);
		assert_text(got, cases[i].want, cases[i].decl);
	}
	rmk_arena_free(&a);
}

// A list may be long, up to a limit, and costs no more than its length.
static void
test_long_lists(void **state)
{
	static const struct {
		size_t n, nterms, nproblems;
	} cases[] = {{1000, 1000, 0}, {1001, 1000, 1}, {200000, 1000, 1}};

	(void)state;
	for (size_t i = 0; i < NELEM(cases); i++) {
		struct rmk_arena a = {0};
		struct rmk_buf text = {.arena = &a};
		struct rmk_schema *s;

		rmk_buf_adds(&text, "<!-- rowmark: p; A: enum = ");
		for (size_t k = 0; k < cases[i].n; k++)
			rmk_buf_printf(&text, "%sv%zu", k ? ", " : "", k);
		rmk_buf_adds(&text, " -->\n| A | B |\n|---|---|\n| v1 | b |\n");
		s = rmk_schema_of(&a, parse(&a, rmk_buf_str(&text)), 0);
		assert_int_equal(s->fields[0].nterms, cases[i].nterms);
		assert_int_equal(s->nproblems, cases[i].nproblems);
		rmk_arena_free(&a);
	}
}

static void
test_key(void **state)
{
	static const struct {
		struct rmk_str text;
		size_t key;
	} cases[] = {
	    {S("| A | B |\n|---|---|\n| a | x |\n| b | x |\n"), 0},
	    // what a column is decides, not whether its values differ today
	    {S("| A | B |\n|---|---|\n| a | x |\n| A | y |\n"), 0},
	    {S("| A | B |\n|---|---|\n| a | x |\n| | y |\n"), 0},
	    {S("| A | B |\n|---|---|\n| a | x |\n| a | x |\n"), 0},
	    {S("| A | B |\n|---|---|\n"), 0},
	    {S("| A | B |\n|---|---|\n| + | one |\n| - | two |\n| + | three |\n"), 1},
	    {S("| A | B |\n|---|---|\n| ! | one |\n| ? | two |\n| ! | three |\n"), 1},
	    // what most rows share groups them, where another column tells them apart
	    {S("| A | B |\n|---|---|\n| a | x |\n| a | y |\n| a | z |\n"), 1},
	    {S("| A | B |\n|---|---|\n| a | x |\n| a | y |\n| b | z |\n"), 0},
	    {S("| A | B |\n|---|---|\n| a | x |\n| a | x |\n| a | z |\n"), 0},
	    {S("| A | B |\n|---|---|\n| a | x |\n| a | |\n| a | z |\n"), 0},
	    {S("| A | B |\n|---|---|\n| a | 1.5 |\n| a | 2.5 |\n| a | 3.5 |\n"), 0},
	    {S("| No. | A | B |\n|---|---|---|\n| 1 | a | x |\n| 2 | a | y |\n"
	       "| 3 | a | z |\n"),
		1},
	    // a column without one value names none where another can
	    {S("| Area | B |\n|---|---|\n| | x |\n| | y |\n"), 1},
	    {S("| A | B | C |\n|---|---|---|\n| | 2020-01-01 | x |\n"), 2},
	    {S("| Name | B |\n|---|---|\n| | x |\n| | y |\n"), 1},
	    {S("| Name | Notes |\n|---|---|\n| | x |\n| | y |\n"), 0},
	    {S("| Name | B |\n|---|---|\n| | |\n| | |\n"), 0},
	    // one long name
	    {S("| A | B |\n|---|---|\n| Introduction to Computer Science and "
	       "Programming using Python | 14 weeks |\n"),
		0},
	    {S("<!-- rowmark: t; B: key -->\n| A | B |\n|---|---|\n| a | |\n"), 1},
	};
	struct rmk_arena a = {0};

	(void)state;
	for (size_t i = 0; i < NELEM(cases); i++) {
		struct rmk_schema *s = rmk_schema_of(&a, parse(&a, cases[i].text), 0);

		if (s->key != cases[i].key || s->key_declared != (i == NELEM(cases) - 1))
			fail_msg("%s", cases[i].text.s);
	}
	rmk_arena_free(&a);
}

static void
test_look_ups(void **state)
{
	struct rmk_arena a = {0};
	struct rmk_err err;
	struct rmk_str out;
	struct rmk_doc *doc = parse(
	    &a, S("<!-- rowmark: t; S: status = Not read < Reading < Read; E: enum = a|b "
		  "-->\n"
		  "| K | S | E |\n|---|---|---|\n| k | Not read | |\n\n"
		  "# Two\n\n| K | Status |\n|---|---|\n| k | ✅ Yes |\n| l | ❌ No |\n"));
	struct rmk_schema *one = rmk_schema_of(&a, doc, 0);
	struct rmk_schema *two = rmk_schema_of(&a, doc, 1);
	const struct rmk_field *s = &one->fields[1], *t = &two->fields[1];

	(void)state;
	assert_int_equal(rmk_field_progress(&a, s, S("*reading*")), RMK_DOING);
	assert_int_equal(rmk_field_progress(&a, s, S(" ")), RMK_EMPTY);
	assert_int_equal(rmk_field_progress(&a, s, S("&nbsp;")), RMK_EMPTY);
	assert_int_equal(rmk_field_progress(&a, s, S("what")), RMK_UNKNOWN);
	assert_text(rmk_field_first(s, RMK_DOING)->text, S("Reading"), "first doing");
	assert_null(rmk_field_first(t, RMK_DOING));
	assert_int_equal(rmk_field_spell(&a, s, S("READING"), &out, &err), RMK_OK);
	assert_text(out, S("Reading"), "canonical");
	assert_int_equal(rmk_field_spell(&a, s, S("Raeding"), &out, &err), RMK_INVALID);
	assert_string_equal(err.msg,
	    "'Raeding' is no value of column 'S', which has: Not "
	    "read, Reading, Read");
	assert_string_equal(err.hint, "did you mean 'Reading'?");
	assert_int_equal(rmk_field_spell(&a, s, S("Rexxing"), &out, &err), RMK_INVALID);
	assert_string_equal(err.hint, "did you mean 'Reading'?");
	assert_int_equal(rmk_field_spell(&a, s, S("Rexxinx"), &out, &err), RMK_INVALID);
	assert_null(strstr(err.hint, "Reading"));
	// content, not raw: the pipe is escaped when it is written
	assert_int_equal(rmk_field_spell(&a, &one->fields[2], S("A|B"), &out, &err), 0);
	assert_text(out, S("a|b"), "pipe");
	// what stands behind the emoji is enough; what is not known is taken as it is
	assert_int_equal(rmk_field_spell(&a, t, S("yes"), &out, &err), RMK_OK);
	assert_text(out, S("✅ Yes"), "behind the emoji");
	assert_int_equal(rmk_field_spell(&a, t, S("later"), &out, &err), RMK_OK);
	assert_text(out, S("later"), "as typed");
	rmk_arena_free(&a);
}

static void
test_what_is_new_to_a_column(void **state)
{
	static const struct {
		const char *cells, *value;
		bool want;
	} cases[] = {
	    {"| a | ✅ |\n| b | |\n", "✅", false},
	    {"| a | ✅ |\n| b | |\n", "❌", false}, // the other mark
	    {"| a | ✅ |\n| b | |\n", "🚧", false}, {"| a | ✅ |\n| b | |\n", "", false},
	    {"| a | ✅ |\n| b | |\n", "no", true}, // another way to write it
	    {"| a | ✅ |\n| b | ❌ |\n", "✗", true},
	    {"| a | Not read |\n| b | Read |\n", "reading", false},
	    {"| a | Not read |\n| b | Read |\n", "raeding", true},
	    {"| a | Not read |\n| b | Read |\n", "unread", true}, // is there
	};
	struct rmk_arena a = {0};

	(void)state;
	for (size_t i = 0; i < NELEM(cases); i++) {
		struct rmk_buf text = {.arena = &a};
		struct rmk_schema *s;

		rmk_buf_printf(&text, "| K | Status |\n|---|---|\n%s", cases[i].cells);
		s = rmk_schema_of(&a, parse(&a, rmk_buf_str(&text)), 0);
		if (rmk_field_is_new(&a, &s->fields[1], rmk_str_of(cases[i].value)) !=
		    cases[i].want)
			fail_msg("%s: %s", cases[i].cells, cases[i].value);
	}
	rmk_arena_free(&a);
}

// Which column says who has a row, and which cells of it say nobody.
static void
test_owner(void **state)
{
	const struct {
		const char *text;
		size_t owner;
	} cases[] = {
	    {"| Task | Owner |\n|---|---|\n", 1},
	    {"| Task | Assigned to | Status |\n|---|---|---|\n", 1},
	    {"| 任务 | 状态 | 认领人 |\n|---|---|---|\n", 2},
	    {"| Task | Owner (handle) |\n|---|---|\n", 1},
	    {"| Task | Owner | Assignee |\n|---|---|---|\n", RMK_NONE}, // which?
	    {"| Task | Date assigned |\n|---|---|\n", RMK_NONE},
	    {"| Repository | Repository owner |\n|---|---|\n", RMK_NONE},
	    {"<!-- rowmark: t; Reviewer: owner -->\n| Task | Owner | Reviewer "
	     "|\n|---|---|---|\n",
		2},
	};
	const struct {
		const char *cell;
		bool nobody, ada;
	} cells[] = {{"", true, false}, {"-", true, false}, {"\u2014", true, false},
	    {"Unassigned", true, false}, {"待认领", true, false}, {"Ada", false, true},
	    {"[ada](https://github.com/ada)", false, true}, {"**ADA**", false, true},
	    {"ada, bob", false, false}};
	struct rmk_arena a = {0};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct rmk_doc *doc = parse(&a, rmk_str_of(cases[i].text));

		if (rmk_schema_owner(rmk_schema_of(&a, doc, 0)) != cases[i].owner)
			fail_msg("%s", cases[i].text);
	}
	for (size_t i = 0; i < sizeof cells / sizeof *cells; i++) {
		struct rmk_str cell = rmk_str_of(cells[i].cell);

		if (rmk_owner_is_nobody(&a, cell) != cells[i].nobody ||
		    rmk_owner_is(&a, cell, RMK_STR("ada")) != cells[i].ada)
			fail_msg("%s", cells[i].cell);
	}
	rmk_arena_free(&a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_owner),
	    cmocka_unit_test(test_declared),
	    cmocka_unit_test(test_problems),
	    cmocka_unit_test(test_long_lists),
	    cmocka_unit_test(test_key),
	    cmocka_unit_test(test_look_ups),
	    cmocka_unit_test(test_what_is_new_to_a_column),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
