// Which tables, columns and rows are the same: tables of two documents and the pairs
// they must give, "old-new" from 0, 'x' without a partner.
#include "unit.h"

#include "diff/match.h"

static struct rmk_doc *
parse(struct rmk_arena *a, const char *text)
{
	struct rmk_doc *doc;
	struct rmk_err err;

	assert_int_equal(rmk_doc_parse(a, RMK_STR("a.md"), rmk_str_of(text),
			     RMK_PARSE_ALL, &doc, &err),
	    RMK_OK);
	return doc;
}

static const char *
show(struct rmk_arena *a, const struct rmk_pairs *p)
{
	struct rmk_buf out = {.arena = a};

	for (size_t i = 0; i < p->nold; i++) {
		if (p->to_new[i] == RMK_NONE)
			rmk_buf_printf(&out, "%s%zu-x", i ? " " : "", i);
		else
			rmk_buf_printf(&out, "%s%zu-%zu", i ? " " : "", i, p->to_new[i]);
	}
	for (size_t i = 0; i < p->nnew; i++) {
		if (p->to_old[i] == RMK_NONE)
			rmk_buf_printf(&out, "%sx-%zu", out.n ? " " : "", i);
		else
			assert_int_equal(p->to_new[p->to_old[i]], i);
	}
	return rmk_str_c(a, rmk_buf_str(&out));
}

#define ONE "|a|b|\n|-|-|\n|one|1|\n|two|2|\n"
#define FOUR "|a|b|\n|-|-|\n|p|1|\n|q|2|\n|r|3|\n|s|4|\n"
#define TWO "|a|b|\n|-|-|\n|three|3|\n|four|4|\n"

// Two texts that rmk_str_hash cannot tell apart. Whoever knows it can write such.
#define HASHED "1i8uffpdaatpaapa"
#define ALIKE "p0ysrcz6er96ye3h"

static const struct {
	const char *what, *old, *new_, *pairs;
} table_cases[] = {
    {"the same", ONE, ONE, "0-0"},
    {"one file each, nothing alike", ONE, "|x|\n|-|\n|y|\n", "0-x x-0"},
    {"one file each, one heading re-worded", "# A\n\n" ONE,
	"# B\n\n|a|b|\n|-|-|\n|six|6|\n", "0-0"},
    {"reordered", "# A\n\n" ONE "\n# B\n\n" TWO, "# B\n\n" TWO "\n# A\n\n" ONE,
	"0-1 1-0"},
    {"reordered under one heading", "# A\n\n" ONE "\n" TWO, "# A\n\n" TWO "\n" ONE,
	"0-1 1-0"},
    {"moved to another heading", "# A\n\n" ONE "\n# B\n\ntext\n\n" TWO "\n# C\n",
	"# A\n\n# B\n\n" TWO "\n# C\n\n" ONE, "0-1 1-0"},
    {"sections of one shape are never mixed", "# A\n\n" ONE "\n# B\n\n" TWO,
	"# C\n\n|a|b|\n|-|-|\n|nine|9|\n\n# B\n\n" TWO, "0-x 1-1 x-0"},
    {"the same heading twice, a section before",
	"## F\n### P\n\n" ONE "\n## G\n### P\n\n" TWO,
	"## E\n### P\n\n|a|b|\n|-|-|\n|five|5|\n\n## F\n### P\n\n" ONE
	"\n## G\n### P\n\n" TWO,
	"0-1 1-2 x-0"},
    {"the title of the file re-worded", "# Old\n## P\n\n" ONE "\n## Q\n\n" TWO,
	"# New\n## P\n\n" TWO "\n## Q\n\n" ONE, "0-0 1-1"},
    {"the title re-worded, a table filled and given a column",
	"# Old\n## P\n\n|a|b|\n|-|-|\n\n## Q\n\n" TWO,
	"# New\n## P\n\n|a|b|c|\n|-|-|-|\n|one|1|z|\n\n## Q\n\n" TWO, "0-0 1-1"},
    {"declared names", "<!-- rowmark: x -->\n" ONE "\n<!-- rowmark: y -->\n" ONE,
	"<!-- rowmark: y -->\n" ONE "\n<!-- rowmark: x -->\n" ONE, "0-1 1-0"},
    {"a column added", "# A\n\n" ONE "\n# B\n\n" TWO,
	"# A\n\n|a|b|c|\n|-|-|-|\n|one|1|z|\n\n# B\n\n" TWO, "0-0 1-1"},
    {"half of the rows under a heading re-worded and other labels",
	"# A\n\n" FOUR "\n# B\n\n" TWO,
	"# Z\n\n|a|c|\n|-|-|\n|p|1|\n|q|2|\n|x|7|\n|y|8|\n\n# B\n\n" TWO, "0-0 1-1"},
    {"a quarter of them", "# A\n\n" FOUR "\n# B\n\n" TWO,
	"# Z\n\n|a|c|\n|-|-|\n|p|1|\n|w|6|\n|x|7|\n|y|8|\n\n# B\n\n" TWO, "0-x 1-1 x-0"},
    {"a quarter of them under the same labels", "# A\n\n" FOUR "\n# B\n\n" TWO,
	"# Z\n\n|a|b|\n|-|-|\n|p|1|\n|w|6|\n|x|7|\n|y|8|\n\n# B\n\n" TWO, "0-0 1-1"},
    {"headings of one hash", "# " HASHED "\n\n" ONE "\n# B\n\n" TWO,
	"# " ALIKE "\n\n|a|b|\n|-|-|\n|nine|9|\n\n# B\n\n" TWO, "0-x 1-1 x-0"},
    {"labels of one hash, under a heading re-worded",
	"# A\n\n|" HASHED "|b|\n|-|-|\n|one|1|\n\n# B\n\n" TWO,
	"# A\n\n|" ALIKE "|c|\n|-|-|\n|nine|9|\n\n# B\n\n" TWO, "0-x 1-1 x-0"},
    {"rows of one hash do not vote",
	"# A\n\n|" HASHED "|\n|-|\n|" HASHED "|\n\n# B\n\n" TWO,
	"# C\n\n|d|\n|-|\n|" ALIKE "|\n\n# B\n\n" TWO, "0-x 1-1 x-0"},
    {"no tables", "text\n", ONE, "x-0"},
};

static void
test_tables(void **state)
{
	(void)state;
	for (size_t i = 0; i < NELEM(table_cases); i++) {
		struct rmk_arena a = {0};
		struct rmk_pairs p = rmk_match_tables(
		    &a, parse(&a, table_cases[i].old), parse(&a, table_cases[i].new_));

		if (strcmp(show(&a, &p), table_cases[i].pairs) != 0)
			print_error("%s\n", table_cases[i].what);
		assert_string_equal(show(&a, &p), table_cases[i].pairs);
		rmk_arena_free(&a);
	}
}

enum { SOUND = 1, UNSURE = 2 };

#define KV "|k|v|\n|-|-|\n"
#define KVW "|k|v|w|\n|-|-|-|\n"

static const struct {
	const char *what, *old, *new_, *cols, *rows;
	int flags;
} row_cases[] = {
    {"the same", KV "|a|1|\n|b|2|\n", KV "|a|1|\n|b|2|\n", "0-0 1-1", "0-0 1-1", SOUND},
    {"padding does not count", KV "|a|1|\n|b|2|\n", KV "|  a | 1 |\n| b|2   \n",
	"0-0 1-1", "0-0 1-1", SOUND},
    {"added, removed, edited", KV "|a|1|\n|b|2|\n|c|3|\n", KV "|z|0|\n|a|9|\n|c|3|\n",
	"0-0 1-1", "0-1 1-x 2-2 x-0", SOUND},
    {"reordered and all edited", KV "|a|1|\n|b|2|\n", KV "|b|8|\n|a|9|\n", "0-0 1-1",
	"0-1 1-0", SOUND},
    {"a key in another spelling", KV "|**A**|1|\n|b|2|\n", KV "|a|9|\n|b|2|\n", "0-0 1-1",
	"0-0 1-1", SOUND},
    {"keys of one hash", KV "|a|1|\n|" HASHED "|2|\n", KV "|a|1|\n|" ALIKE "|3|\n",
	"0-0 1-1", "0-0 1-x x-1", SOUND},
    {"labels of one hash", "|k|" HASHED "|\n|-|-|\n|a|1|\n",
	"|k|" ALIKE "|\n|-|-|\n|a|2|\n", "0-0 1-x x-1", "0-0", SOUND},
    {"behind a row that is the same, keys spelled a little differently",
	KVW "|a|1|x|\n|papers|2|a text they share|\n|models|3|one more shared|\n",
	KVW "|a|1|x|\n|paperz|4|a text they share|\n|modelz|5|one more shared|\n",
	"0-0 1-1 2-2", "0-0 1-1 2-2", SOUND},
    {"a number at the start of a key is the same, or another",
	KVW "|a|1|x|\n|1 paper|2|a text they share|\n|2 papers|3|one more shared|\n",
	KVW "|a|1|x|\n|1 papers|4|a text they share|\n|3 papers|5|one more shared|\n",
	"0-0 1-1 2-2", "0-0 1-1 2-x x-2", SOUND},
    {"a key re-worded, the rest telling",
	KV "|a|a story that no other row will tell|\n|b|2|\n",
	KV "|c|a story that no other row will tell|\n|b|2|\n", "0-0 1-1", "0-0 1-1",
	SOUND},
    {"a key replaced, the rest saying little", KV "|a|yes|\n|b|no|\n",
	KV "|c|yes|\n|b|no|\n", "0-0 1-1", "0-x 1-1 x-0", SOUND},
    {"a key re-worded, the rest telling as a whole, by 32 bytes",
	KVW "|a|Mail address validation.|`apiKey`|\n|b|2|3|\n",
	KVW "|c|Mail address validation.|`apiKey`|\n|b|2|3|\n", "0-0 1-1 2-2", "0-0 1-1",
	SOUND},
    {"a key replaced, the rest one byte too short to tell",
	KVW "|a|Mail address validation|`apiKey`|\n|b|2|3|\n",
	KVW "|c|Mail address validation|`apiKey`|\n|b|2|3|\n", "0-0 1-1 2-2",
	"0-x 1-1 x-0", SOUND},
    {"a key replaced, the rest of its kind", KV "|a|In progress|\n|b|Done|\n",
	KV "|c|In progress|\n|b|Done|\n", "0-0 1-1", "0-x 1-1 x-0", SOUND},
    {"all columns renamed, and an empty one more", "|k|v|\n|-|-|\n|a|1|\n",
	"|x|y|z|\n|-|-|-|\n|b|2||\n", "0-x 1-x x-0 x-1 x-2", "0-0", 0},
    {"a number is no spelling", KV "|Task 12|In progress|\n|b|Done|\n",
	KV "|Task 13|In progress|\n|b|Done|\n", "0-0 1-1", "0-x 1-1 x-0", SOUND},
    {"a key spelled a little differently", KV "|Leningard|In progress|\n|b|Done|\n",
	KV "|Leningrad|In progress|\n|b|Done|\n", "0-0 1-1", "0-0 1-1", SOUND},
    {"a long key spelled a little differently, all else new",
	KVW "|one, two, three, and four of five|a|b|\n|b|c|d|\n",
	KVW "|one, two, three and four of five|x|y|\n|b|c|d|\n", "0-0 1-1 2-2", "0-0 1-1",
	SOUND},
    {"two letters of 33, all else new",
	KVW "|The aggregation None is available|a|b|\n|b|c|d|\n",
	KVW "|The aggregation Nove is availaxle|x|y|\n|b|c|d|\n", "0-0 1-1 2-2",
	"0-0 1-1", SOUND},
    {"another word, all else new",
	KVW "|The aggregation None is available|a|b|\n|b|c|d|\n",
	KVW "|The aggregation Drop is available|x|y|\n|b|c|d|\n", "0-0 1-1 2-2",
	"0-x 1-1 x-0", SOUND},
    {"a short key with a long link",
	KVW "|[fox](a/long/way/down/to/the/page.md)|a|b|\n|b|c|d|\n",
	KVW "|[fob](a/long/way/down/to/the/page.md)|x|y|\n|b|c|d|\n", "0-0 1-1 2-2",
	"0-x 1-1 x-0", SOUND},
    {"a key said more fully is another", KV "|GPT-4|In progress|\n|b|Done|\n",
	KV "|b|Done|\n|GPT-4 Turbo|In progress|\n", "0-0 1-1", "0-x 1-0 x-1", SOUND},
    {"a key said more fully where the other was", KV "|GPT-4|In progress|\n|b|Done|\n",
	KV "|GPT-4 Turbo|In progress|\n|b|Done|\n", "0-0 1-1", "0-0 1-1", SOUND},
    {"a key that got a number", KV "|b|Done|\n|Canvas|Todo|\n",
	KV "|b|Done|\n|Canvas2|Todo|\n", "0-0 1-1", "0-0 1-1", SOUND},
    {"the same words and others, and half of the cells",
	KVW "|a|1|x|\n|Canvas hosting|Todo|here|\n|b|1|x|\n",
	KVW "|a|2|x|\n|Hosting of canvas|Done|here|\n|b|2|x|\n", "0-0 1-1 2-2",
	"0-0 1-1 2-2", SOUND},
    {"the same words and others, and no cell",
	KVW "|a|1|x|\n|Canvas hosting|Todo|here|\n|b|1|x|\n",
	KVW "|a|2|x|\n|Hosting of canvas|Done|there|\n|b|2|x|\n", "0-0 1-1 2-2",
	"0-0 1-x 2-2 x-1", SOUND},
    {"half of the words", KV "|Buy milk|Todo|\n|b|Done|\n",
	KV "|Buy bread|Todo|\n|b|Done|\n", "0-0 1-1", "0-x 1-1 x-0", SOUND},
    {"one of two that went where one came",
	KV "|a|1|\n|Canvas|Todo|\n|Irc|Todo|\n|b|Done|\n",
	KV "|a|1|\n|Canvas2|Todo|\n|b|Done|\n", "0-0 1-1", "0-0 1-x 2-x 3-2 x-1", SOUND},
    {"a link that moved with the key spelled otherwise",
	KVW "|a thing, and more|no|[x](https://x.org/1)|\n|b|c|d|\n",
	KVW "|a thing and more|[y](https://x.org/1)|-|\n|b|c|d|\n", "0-0 1-1 2-2",
	"0-0 1-1", SOUND},
    {"keys that name no rows, and still differ",
	KV "|Task 12|In progress|\n|b|2|\n|b|2|\n",
	KV "|Task 13|In progress|\n|b|2|\n|b|2|\n", "0-0 1-1", "0-x 1-1 2-2 x-0", 0},
    {"a link that now stands for something else is not telling",
	KVW "|a|[x](https://x.org/1)|no|\n|b|c|no|\n",
	KVW "|d|yes|[x](https://x.org/1)|\n|b|c|no|\n", "0-0 1-1 2-2", "0-x 1-1 x-0",
	SOUND},
    {"a link that others have too is not telling",
	KVW "|a|[x](https://x.org/1)|no|\n|b|[x](https://x.org/1)|no|\n",
	KVW "|c|[x](https://x.org/1)|yes|\n|b|[x](https://x.org/1)|no|\n", "0-0 1-1 2-2",
	"0-x 1-1 x-0", SOUND},
    {"a rest that others have too is not telling",
	KV "|a|the same story|\n|b|the same story|\n",
	KV "|c|the same story|\n|b|the same story|\n", "0-0 1-1", "0-x 1-1 x-0", SOUND},
    {"by link", KV "|[a](https://x.org/1)|no|\n|b|no|\n",
	KV "|[The A](https://x.org/1)|yes|\n|b|no|\n", "0-0 1-1", "0-0 1-1", SOUND},
    {"a typing error and a status", KVW "|Leningard|a city in Russia|no|\n|b|c|no|\n",
	KVW "|Leningrad|a city in Russia|yes|\n|b|c|no|\n", "0-0 1-1 2-2", "0-0 1-1",
	SOUND},
    {"columns swapped", KV "|a|1|\n|b|2|\n", "|v|k|\n|-|-|\n|1|a|\n|2|b|\n", "0-1 1-0",
	"0-0 1-1", SOUND},
    {"a column added, another gone", KVW "|a|1|x|\n|b|2|y|\n",
	"|k|n|v|\n|-|-|-|\n|a||1|\n|b|p|3|\n", "0-0 1-2 2-x x-1", "0-0 1-1", SOUND},
    {"the key column renamed", KV "|a|1|\n|b|2|\n",
	"|name|v|\n|-|-|\n|a|1|\n|b|3|\n|c|4|\n", "0-0 1-1", "0-0 1-1 x-2", SOUND},
    {"one yes-no column for another", KVW "|a|1|y|\n|b|2|n|\n|c|3|n|\n",
	"|k|v|z|\n|-|-|-|\n|a|1|n|\n|b|2|y|\n|c|3|n|\n", "0-0 1-1 2-x x-2", "0-0 1-1 2-2",
	SOUND},
    {"a yes-no column renamed", KVW "|a|1|y|\n|b|2|n|\n|c|3|n|\n",
	"|k|v|z|\n|-|-|-|\n|a|1|y|\n|b|2|n|\n|c|3|n|\n", "0-0 1-1 2-2", "0-0 1-1 2-2",
	SOUND},
    {"a column renamed behind a new one that holds the same texts in other rows",
	KVW "|a|1|p|\n|b|2|q|\n|c|3|r|\n|d|4|s|\n",
	"|k|v|n|z|\n|-|-|-|-|\n|a|1|q|p|\n|b|2|r|q|\n|c|3|s|r|\n|d|4|p|s|\n",
	"0-0 1-1 2-3 x-2", "0-0 1-1 2-2 3-3", SOUND},
    {"running numbers name a place", "|#|k|v|\n|-|-|-|\n|1|a|x|\n|2|b|x|\n",
	"|#|k|v|\n|-|-|-|\n|1|n|x|\n|2|a|x|\n|3|b|y|\n", "0-0 1-1 2-2", "0-1 1-2 x-0",
	SOUND},
    {"equal rows, as many", KV "|a|1|\n|a|1|\n|b|2|\n", KV "|b|2|\n|a|1|\n|a|1|\n",
	"0-0 1-1", "0-1 1-2 2-0", 0},
    {"equal rows, one gone, told by its neighbour", KV "|-|1|\n|x|2|\n|-|1|\n|y|3|\n",
	KV "|x|2|\n|-|1|\n|y|3|\n", "0-0 1-1", "0-x 1-0 2-1 3-2", 0},
    {"equal rows, one gone, no one can tell", KV "|a|1|\n|a|1|\n", KV "|a|1|\n",
	"0-0 1-1", "0-0 1-x", UNSURE},
    {"equal rows, one gone, told by the row below",
	KV "|x|2|\n|-|1|\n|-|1|\n|-|1|\n|y|3|\n", KV "|z|2|\n|-|1|\n|y|3|\n", "0-0 1-1",
	"0-x 1-x 2-x 3-1 4-2 x-0", 0},
    {"equal rows, one more", KV "|a|1|\n", KV "|a|1|\n|a|1|\n", "0-0 1-1", "0-0 x-1", 0},
    {"a later column names the rows", KVW "|a|v1.0 final|no|\n|a|v2.0 final|no|\n",
	KVW "|a|v2.0 final|yes|\n|a|v1.0 final|no|\n", "0-0 1-1 2-2", "0-1 1-0", SOUND},
    {"no column names the rows, one cell edited",
	KVW "|a|x|first note|\n|a|x|second note|\n|b|x|second note|\n",
	KVW "|a|x|first note|\n|a|z|second note|\n|b|x|second note|\n", "0-0 1-1 2-2",
	"0-0 1-1 2-2", 0},
    {"empty keys", KVW "|a|first one|no|\n||second one|no|\n||third one|no|\n",
	KVW "|a|first one|no|\n||second one|yes|\n||third one|no|\n", "0-0 1-1 2-2",
	"0-0 1-1 2-2", SOUND},
    {"short and long rows", KV "|a|\n|b|2|\n|c|3|4|\n", KV "|a|\n|b|2|\n|c|3|4|\n",
	"0-0 1-1", "0-0 1-1 2-2", SOUND},
    {"a declared key", "<!-- rowmark: t; v: key -->\n" KV "|a|1|\n|a|2|\n",
	"<!-- rowmark: t; v: key -->\n" KV "|z|2|\n|y|1|\n", "0-0 1-1", "0-1 1-0", SOUND},
    {"no rows", KV, KV "|a|1|\n", "0-0 1-1", "x-0", SOUND},
};

static void
test_rows(void **state)
{
	(void)state;
	for (size_t i = 0; i < NELEM(row_cases); i++) {
		struct rmk_arena a = {0};
		struct rmk_table_match m = rmk_match_table(
		    &a, parse(&a, row_cases[i].old), 0, parse(&a, row_cases[i].new_), 0);
		int flags = (m.key_sound ? SOUND : 0) | (m.unsure ? UNSURE : 0);

		if (strcmp(show(&a, &m.cols), row_cases[i].cols) != 0 ||
		    strcmp(show(&a, &m.rows), row_cases[i].rows) != 0 ||
		    flags != row_cases[i].flags)
			print_error("%s\n", row_cases[i].what);
		assert_string_equal(show(&a, &m.cols), row_cases[i].cols);
		assert_string_equal(show(&a, &m.rows), row_cases[i].rows);
		assert_int_equal(flags, row_cases[i].flags);
		rmk_arena_free(&a);
	}
}

static void
test_moved(void **state)
{
	size_t to_old[] = {0, 4, RMK_NONE, 1, 2, 3};
	struct rmk_pairs rows = {.to_old = to_old, .nnew = 6, .nold = 5};
	struct rmk_arena a = {0};
	bool *moved = rmk_match_moved(&a, &rows);

	(void)state;
	for (size_t i = 0; i < 6; i++)
		assert_int_equal(moved[i], i == 1);
	rmk_arena_free(&a);
}

// A table as wide as a line may be, of short rows without a partner: the time is that
// of its cells, not of rows times columns.
static void
test_hostile(void **state)
{
	struct rmk_arena a = {0};
	struct rmk_buf old = {.arena = &a}, new_ = {.arena = &a};
	struct rmk_buf *side[] = {&old, &new_};
	struct rmk_table_match m;

	(void)state;
	for (int s = 0; s < 2; s++) {
		rmk_buf_fill(side[s], '|', 500);
		rmk_buf_adds(side[s], "|\n");
		for (int c = 0; c < 500; c++)
			rmk_buf_adds(side[s], "|-");
		rmk_buf_adds(side[s], "|\n");
		for (int r = 0; r < 1000; r++)
			rmk_buf_printf(side[s], "|%c%d\n", s ? 'x' : 'y', r % 50);
	}
	rmk_buf_addc(&old, '\0');
	rmk_buf_addc(&new_, '\0');
	m = rmk_match_table(&a, parse(&a, old.s), 0, parse(&a, new_.s), 0);
	assert_int_equal(m.rows.nold, 1000);
	rmk_arena_free(&a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_tables),
	    cmocka_unit_test(test_rows),
	    cmocka_unit_test(test_moved),
	    cmocka_unit_test(test_hostile),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
