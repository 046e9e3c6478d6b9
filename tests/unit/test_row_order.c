// By which column a table stands sorted, and what counts as a number or a date.
#include "unit.h"

#include "edit/row_order.h"

// "1:number" the column and what its values are, "-" before it: downwards; "none".
static struct rmk_str
told(struct rmk_arena *a, const struct rmk_order *o)
{
	static const char *const kinds[] = {"text", "number", "date"};

	if (o->col == RMK_NONE)
		return S("none");
	return rmk_str_printf(
	    a, "%s%zu:%s", o->descending ? "-" : "", o->col, kinds[o->kind]);
}

// A table of two columns, its rows as "a b/c d".
static struct rmk_doc *
table_of(struct rmk_arena *a, const char *rows)
{
	struct rmk_buf text = {.arena = a};

	rmk_buf_adds(&text, "| k | v |\n|---|---|\n| ");
	for (const char *p = rows; *p; p++) {
		if (*p == '/')
			rmk_buf_adds(&text, " |\n| ");
		else if (*p == ' ')
			rmk_buf_adds(&text, " | ");
		else
			rmk_buf_addc(&text, *p);
	}
	rmk_buf_adds(&text, " |\n");
	return parse_md(a, rmk_buf_str(&text), 0);
}

static void
test_order_of(void **state)
{
	static const struct {
		const char *rows;
		struct rmk_str want;
	} cases[] = {
	    {"a x/b x/c x", S("none")}, // three prove nothing
	    {"a x/b x/c x/d x", S("0:text")},
	    {"d x/c x/b x/a x", S("-0:text")},
	    {"a x/b x/d x/c x", S("none")},
	    {"d 2/a 3/c 10/b 11", S("1:number")},
	    {"d #2./a 3./c 1,000/b +1000.5", S("1:number")},
	    {"d -3/a 2/c 10/b 1,00", S("none")},  // no group of three
	    {"d 1.2.3/a 2/c 3/b 4", S("1:text")}, // a version
	    {"d 2021-03/a 2021-04/c 2022-01/b 2022-01", S("1:date")},
	    {"d 2021-3-04/a 2021-4-04/c 2022-1-01/b 2022-2-02", S("1:text")},
	    {"d abcdefg/a bcdefgh/c cdefghi/b defghij",
		S("1:text")}, // as long as a month
	    {"d abcdefghij/a bcdefghijk/c cdefghijkl/b defghijklm", S("1:text")},
	    {"d 2019.03/a 2020.03/c 2021.03/b 2022.0x", S("1:text")},
	    {"d 2/a /c 3/b 4/e 5", S("1:number")}, // no value, no voice
	    {"d 1/a 1/c 1/b 1", S("none")},        // all equal
	    {"d 1/a 1/c 1/b 2", S("none")},        // one step
	    {"d 9999999999999999999999999999999999999999/a 1/c 2/b 3", S("none")},
	};
	struct rmk_arena a = {0};
	(void)state;

	for (size_t i = 0; i < NELEM(cases); i++) {
		struct rmk_doc *doc = table_of(&a, cases[i].rows);
		struct rmk_order o = rmk_order_of(&a, doc, 0, rmk_schema_of(&a, doc, 0));

		assert_text(told(&a, &o), cases[i].want, cases[i].rows);
	}
	rmk_arena_free(&a);
}

static void
test_one_wrong(void **state)
{
	static const struct {
		const char *rows;
		size_t one_wrong_in;
		bool want;
	} cases[] = {
	    {"a x/b x/d x/c x/e x", 5, true},
	    {"a x/b x/d x/c x/e x", 6, false},
	    {"a x/b x/d x/c x/e x", RMK_NONE, false},
	    {"a x/b x/c x/d x/e x", RMK_NONE, true},
	    {"e x/c x/d x/b x/a x", 5, true},
	};
	struct rmk_arena a = {0};
	(void)state;

	for (size_t i = 0; i < NELEM(cases); i++) {
		struct rmk_doc *doc = table_of(&a, cases[i].rows);
		struct rmk_order o;

		if (rmk_order_by(&a, doc, &doc->tables[0], 0, cases[i].one_wrong_in,
			&o) != cases[i].want)
			fail_msg("%s, one in %zu", cases[i].rows, cases[i].one_wrong_in);
	}
	rmk_arena_free(&a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_order_of),
	    cmocka_unit_test(test_one_wrong),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
