// The last look at a merge: what it is to catch no merge does, so the plans are broken here.
#include "unit.h"

#include "merge/merge_internal.h"

#define TABLE "| k | v |\n|---|---|\n"
#define BASE TABLE "| a | 1 |\n| b | 2 |\n| c | 3 |\n"
#define OURS TABLE "| a | 9 |\n| b | 2 |\n| c | 3 |\n| n | 7 |\n"
#define THEIRS TABLE "| a | 1 |\n| b | 8 |\n"
#define MERGED TABLE "| a | 9 |\n| b | 8 |\n| n | 7 |\n"

static struct rmk_plan *
plan_of_texts(struct rmk_arena *a, const struct rmk_str texts[3])
{
	struct rmk_merge_table v[3] = {0};
	struct rmk_plan *p;

	for (int i = 0; i < 3; i++) {
		v[i].doc = parse_md(a, texts[i], 0);
		v[i].t = &v[i].doc->tables[0];
	}
	p = rmk_plan_new(a, v);
	assert_null(p->undecided);
	return p;
}

static struct rmk_plan *
plan_of(struct rmk_arena *a)
{
	const struct rmk_str texts[] = {S(BASE), S(OURS), S(THEIRS)};

	return plan_of_texts(a, texts);
}

static struct rmk_merge_row *
row_named(struct rmk_plan *p, struct rmk_str name)
{
	struct rmk_row_names names[3] = {0};

	for (size_t r = 0; r < p->nrows; r++) {
		if (rmk_str_eq(rmk_plan_name(p, &p->rows[r], names), name))
			return &p->rows[r];
	}
	fail_msg("no row %.*s", RMK_FMT(name));
	return NULL;
}

static void
leave_as_it_is(struct rmk_plan *p)
{
	(void)p;
}

static void
lose(struct rmk_plan *p)
{
	p->norder--;
}

static void
lose_and_double(struct rmk_plan *p)
{
	p->order[1] = p->order[0];
}

static void
bring_back(struct rmk_plan *p)
{
	row_named(p, S("c"))->fate = RMK_FATE_KEEP;
}

static void
disown(struct rmk_plan *p)
{
	p->owner[RMK_THEIRS][1] = p->owner[RMK_THEIRS][0];
}

// The row it belongs to is behind the last of the plan.
static void
disown_for_none(struct rmk_plan *p)
{
	struct rmk_merge_row *rows = RMK_NEW_N(p->a, struct rmk_merge_row, p->nrows + 1);

	memcpy(rows, p->rows, p->nrows * sizeof *rows);
	rows[p->nrows] = rows[p->owner[RMK_THEIRS][1]];
	p->rows = rows;
	p->owner[RMK_THEIRS][1] = p->nrows;
}

// Take a row out of the order, as if somebody had deleted it.
static void
delete_row(struct rmk_plan *p, struct rmk_str name)
{
	size_t gone = (size_t)(row_named(p, name) - p->rows), n = 0;

	for (size_t i = 0; i < p->norder; i++) {
		if (p->order[i] != gone)
			p->order[n++] = p->order[i];
	}
	p->norder = n;
	p->rows[gone].fate = RMK_FATE_GONE;
}

static void
delete_what_both_have(struct rmk_plan *p)
{
	delete_row(p, S("b"));
}

static void
delete_what_is_new(struct rmk_plan *p)
{
	delete_row(p, S("n"));
}

static void
put_cell(struct rmk_plan *p, struct rmk_str row, struct rmk_str value)
{
	struct rmk_merge_row *r = row_named(p, row);

	r->cells = RMK_NEW_N(p->a, struct rmk_str, p->ncols);
	r->cells[0] = row;
	r->cells[1] = value;
	r->is[RMK_OURS] = r->is[RMK_THEIRS] = false;
}

static void
invent(struct rmk_plan *p)
{
	put_cell(p, S("a"), S("5"));
}

static void
take_back(struct rmk_plan *p)
{
	put_cell(p, S("a"), S("1"));
}

static void
test_plan(void **state)
{
	static const struct {
		const char *what;
		void (*spoil)(struct rmk_plan *p);
		const char *want;
	} cases[] = {
	    {"as it is", leave_as_it_is, NULL},
	    {"a row is not written", lose, "a row would be lost or doubled"},
	    {"one for another", lose_and_double, "a row would be lost or doubled"},
	    {"a deleted row", bring_back, "a row would be lost or doubled"},
	    {"a row of theirs", disown, "a row of a side has no place"},
	    {"a row of none", disown_for_none, "a row of a side has no place"},
	    {"both have it", delete_what_both_have, "a row nobody deleted would be gone"},
	    {"added by ours", delete_what_is_new, "a row nobody deleted would be gone"},
	    {"of no side", invent, "a cell would hold what no side wrote"},
	    {"base's, which ours changed", take_back,
		"a cell would hold what no side wrote"},
	};
	(void)state;

	for (size_t i = 0; i < NELEM(cases); i++) {
		struct rmk_arena a = {0};
		struct rmk_plan *p = plan_of(&a);
		const char *got;

		cases[i].spoil(p);
		got = rmk_plan_check(p);
		assert_text(rmk_str_of(got ? got : "sound"),
		    rmk_str_of(cases[i].want ? cases[i].want : "sound"), cases[i].what);
		rmk_arena_free(&a);
	}
}

// A row without a name is of the group above it.
static void
test_groups(void **state)
{
	const struct rmk_str texts[] = {S(TABLE "| G | 1 |\n| | 2 |\n| H | 3 |\n"),
	    S(TABLE "| G | 1 |\n| | 2 |\n| H | 4 |\n"),
	    S(TABLE "| G | 1 |\n| | 5 |\n| H | 3 |\n")};
	struct rmk_arena a = {0};
	struct rmk_plan *p = plan_of_texts(&a, texts);
	size_t row = p->order[1];
	(void)state;

	assert_null(rmk_plan_check(p));
	p->order[1] = p->order[2];
	p->order[2] = row;
	assert_string_equal(rmk_plan_check(p), "a row would come into another group");
	rmk_arena_free(&a);
}

static void
test_result(void **state)
{
	static const struct {
		struct rmk_str text;
		const char *want;
	} cases[] = {
	    {S(MERGED), "sound"},
	    {S("| k |\n|---|\n| a |\n"), "the result has other columns"},
	    {S("| k | w |\n|---|---|\n| a | 9 |\n"), "the result has another header row"},
	    {S(TABLE "| a | 9 |\n| b | 8 |\n"), "the result has other rows"},
	    {S(TABLE "| a | 9 |\n| b | 2 |\n| n | 7 |\n"), "the result has other rows"},
	    {S(TABLE "| a | 9 | x |\n| b | 8 |\n| n | 7 |\n"),
		"the result has other rows"},
	    {S(MERGED "| c | 3 |\n"), "the result has more rows"},
	};
	struct rmk_arena a = {0};
	struct rmk_plan *p = plan_of(&a);
	(void)state;

	for (size_t i = 0; i < NELEM(cases); i++) {
		struct rmk_doc *doc = parse_md(&a, cases[i].text, 0);
		const char *got = rmk_plan_check_result(
		    p, doc, &doc->tables[0], RMK_WRITE_MARKERS);

		assert_text(rmk_str_of(got ? got : "sound"), rmk_str_of(cases[i].want),
		    cases[i].text.s);
	}
	rmk_arena_free(&a);
}

// What is asked of the four texts, whatever made the last of them.
static void
test_facts(void **state)
{
	static const struct {
		const char *what;
		struct rmk_str base, ours, theirs, result;
		const char *want;
	} cases[] = {
	    {"as it is", S(BASE), S(OURS), S(THEIRS), S(MERGED), "sound"},
	    {"a cell that ours took away", S(TABLE "| a | word |\n| b | other |\n"),
		S(TABLE "| b | other |\n"), S(TABLE "| a | word |\n| b | new |\n"),
		S(TABLE "| a | word |\n| b | new |\n"),
		"what one side took away would be back"},
	    {"a cell that theirs wrote", S(TABLE "| a | word |\n| b | other |\n"),
		S(TABLE "| a | word |\n| b | other |\n| c | x |\n"),
		S(TABLE "| a | word |\n| b | new |\n"),
		S(TABLE "| a | word |\n| b | other |\n| c | x |\n"),
		"what one side took away would be back"},
	    {"the same, in nothing else", S(TABLE "| a | word |\n| b | |\n"),
		S(TABLE "| a | word |\n| b | |\n| c | x |\n"),
		S(TABLE "| a | word |\n| b | new |\n"),
		S(TABLE "| a | word |\n| b | |\n| c | x |\n"),
		"what one side wrote would be lost"},
	    {"a row edited here, and as it was", S(TABLE "| a | word |\n"),
		S(TABLE "| a | word |\n| b | new |\n"), S(TABLE "| a | word | x |\n"),
		S(TABLE "| a | word |\n| a | word | x |\n| b | new |\n"),
		"a row would stand twice"},
	    {"a row that ours renamed, as it was beside it",
		S(TABLE "| a | x |\n| b | x |\n| a | y |\n"),
		S(TABLE "| c | x |\n| b | x |\n| a | y |\n"),
		S(TABLE "| b | x |\n| a | x |\n| a | y |\n"),
		S(TABLE "| b | x |\n| c | x |\n| a | x |\n| a | y |\n"),
		"a row that one side changed would be back"},
	    {"a row of words that others have too",
		S(TABLE "| a | x |\n| b | x |\n| a | y |\n"),
		S(TABLE "| b | x |\n| a | x |\n| a | y |\n"),
		S(TABLE "| a | x |\n| a | y |\n| b | y |\n"),
		S(TABLE "| a | x |\n| b | y |\n"),
		"a row that both sides have would be lost"},
	    {"a row below another one than in either side",
		S(TABLE "| one | x |\n| two | x |\n"),
		S(TABLE "| one | x |\n| two | x |\n| three | x |\n"),
		S(TABLE "| one | x |\n| two | y |\n"),
		S(TABLE "| one | x |\n| three | x |\n| two | y |\n"),
		"rows would change places"},
	    {"a table that both added, each in its own place", S("# A\n\n" TABLE),
		S("# B\n\n" TABLE "| b | x |\n\n# A\n\n" TABLE),
		S("# A\n\n" TABLE "\n# B\n\n" TABLE "| c | y |\n"),
		S("# B\n\n" TABLE "| b | x |\n\n# A\n\n" TABLE "\n# B\n\n" TABLE
		  "| c | y |\n"),
		"a table would stand twice"},
	};
	(void)state;

	for (size_t i = 0; i < NELEM(cases); i++) {
		const struct rmk_str texts[3] = {
		    cases[i].base, cases[i].ours, cases[i].theirs};
		struct rmk_arena a = {0};
		struct rmk_merge_file m = {.a = &a, .path = S("t.md")};
		const char *got;

		for (int v = RMK_BASE; v <= RMK_THEIRS; v++)
			m.docs[v] = parse_md(&a, texts[v], 0);
		got = rmk_merge_facts(&m, cases[i].result, true);
		assert_text(rmk_str_of(got ? got : "sound"), rmk_str_of(cases[i].want),
		    cases[i].what);
		rmk_arena_free(&a);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_plan),
	    cmocka_unit_test(test_groups),
	    cmocka_unit_test(test_result),
	    cmocka_unit_test(test_facts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
