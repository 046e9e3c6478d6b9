// Progress over lists of versions: no git, texts from a table.
#include "story.h"

#include "history/date.h"

#define TEN(status)                                                                      \
	ROW("a", status)                                                                 \
	ROW("b", status)                                                                 \
	ROW("c", status)                                                                 \
	ROW("d", status)                                                                 \
	ROW("e", status)                                                                 \
	ROW("f", status)                                                                 \
	ROW("g", status)                                                                 \
	ROW("h", status)                                                                 \
	ROW("i", status)                                                                 \
	ROW("j", status)

#define HEAD2 "| Name | Colour |\n|---|---|\n"

static void
test_stories(void **state)
{
	static const struct {
		const char *what;
		struct story story;
		const char *want;
	} cases[] = {
	    {"a row done, a row added",
		{.texts = {HEAD ROW("a", "todo"), HEAD ROW("a", "done"),
		     HEAD ROW("a", "done") ROW("b", "todo")}},
		"0/1 1/1 1/2"},
	    {"known words renamed are no progress",
		{.texts = {HEAD ROW("a", "Yes") ROW("b", "Yes") ROW("c", "Yes")
			       ROW("d", "No"),
		     HEAD ROW("a", "✅ Yes") ROW("b", "✅ Yes") ROW("c", "✅ Yes")
			 ROW("d", "❌ No")}},
		"3/4 3/4; 1 renamed No>❌ No 1; 1 renamed Yes>✅ Yes 3"},
	    {"a word renamed in two tables is one mark",
		{.texts = {HEAD ROW("a", "Yes") ROW("b", "Yes") ROW("c",
			       "No") "\n# B\n\n| Name | Status |\n|---|---|\n" ROW("d",
			       "Yes") ROW("e", "No"),
		     HEAD ROW("a", "✅ Yes") ROW("b", "✅ Yes")
			 ROW("c", "No") "\n# B\n\n| Name | Status |\n|---|---|\n" ROW(
			     "d", "✅ Yes") ROW("e", "No")}},
		"3/5 3/5; 1 renamed Yes>✅ Yes 3"},
	    {"unknown words renamed are joined to what they became",
		{.texts = {HEAD ROW("a", "gemacht") ROW("b", "gemacht")
			       ROW("c", "gemacht") ROW("d", "todo"),
		     HEAD ROW("a", "done") ROW("b", "done") ROW("c", "done")
			 ROW("d", "todo")}},
		"3/4 3/4; 1 renamed gemacht>done 3"},
	    {"all open rows done on one day is progress",
		{.texts = {HEAD ROW("a", "todo") ROW("b", "todo") ROW("c", "todo"),
		     HEAD ROW("a", "done") ROW("b", "done") ROW("c", "done")}},
		"0/3 3/3"},
	    {"U+FE0F added", {.texts = {HEAD TEN("✔"), HEAD TEN("✔️")}},
		"10/10 10/10; 1 spelled ✔>✔️ 10"},
	    {"spelled anew, and one row more",
		{.texts = {HEAD TEN("✔"), HEAD TEN("✔️") ROW("k", "✔️")}},
		"10/10 11/11; 1 spelled ✔>✔️ 10"},
	    {"five of six are too few for a rename",
		{.texts = {HEAD ROW("a", "gemacht") ROW("b", "gemacht")
			       ROW("c", "gemacht") ROW("d", "gemacht") ROW("e", "gemacht")
				   ROW("f", "gemacht"),
		     HEAD ROW("a", "done") ROW("b", "done") ROW("c", "done")
			 ROW("d", "done") ROW("e", "done") ROW("f", "todo")}},
		"0/6 5/6"},
	    {"a loss taken back is held",
		{.texts = {HEAD TEN("done"), HEAD ROW("a", "done"), HEAD ROW("a", "done"),
		     HEAD TEN("done") ROW("k", "todo")}},
		"10/10 1/1(10/10) 1/1(10/10) 10/11; 1 lost 9; 3 back 0"},
	    {"a loss that stays is a fall",
		{.texts = {HEAD TEN("done"), HEAD ROW("a", "done"),
		     HEAD ROW("a", "done")}},
		"10/10 1/1 1/1"},
	    {"a column renamed and a table moved",
		{.texts = {"# B\n\n| Name | State |\n|---|---|\n" ROW("a", "done")
			       ROW("b", "todo"),
		     HEAD ROW("a", "done") ROW("b", "todo")}},
		"1/2 1/2"},
	    {"a table that is gone had a status of its own",
		{.texts = {HEAD ROW("a",
			       "done") "\n# B\n\n| x | Done |\n|---|---|\n| 1 | yes |\n",
		     HEAD ROW("a", "done")}},
		"2/2 1/1"},
	    {"deleted and back", {.texts = {HEAD TEN("done"), "", HEAD TEN("done")}},
		"10/10 0/0(10/10) 10/10; 1 lost 10; 2 back 0"},
	    {"deleted and back, and another table has changed",
		{.texts = {HEAD ROW("a",
			       "todo") "\n# B\n\n| x | Done |\n|---|---|\n| 1 | yes |\n",
		     "",
		     HEAD ROW(
			 "a", "done") "\n# B\n\n| x | Done |\n|---|---|\n| 1 | yes |\n"}},
		"1/2 0/0 2/2"},
	    {"a status column that was dropped later was one then",
		{.texts = {HEAD ROW("a", "done") ROW("b", "todo"),
		     "# A\n\n| Name | Note |\n|---|---|\n" ROW("a", "x") ROW("b", "y")}},
		"1/2 0/0"},
	    {"each version counts the columns that it sees itself",
		{.texts = {"# A\n\n| Name | Status | Ready |\n|---|---|---|\n"
			   "| a | done | yes |\n| b | todo | no |\n",
		     "# A\n\n| Name | Status | Ready |\n|---|---|---|\n"
		     "| a | done | see the wiki |\n| b | todo | next spring |\n"}},
		"2/4 1/2"},
	    {"a column of badges now was one of words then",
		{.texts = {"# A\n\n| Name | Go | Rust |\n|---|---|---|\n"
			   "| a | ✅ | ❌ |\n| b | ✅ | ✅ |\n",
		     "# A\n\n| Name | Go | Rust |\n|---|---|---|\n"
		     "| a | 1.2 | 1.3 |\n| b | 2.4 | 2.5 |\n"}},
		"3/4 0/0"},
	    {"what the newest version declares counted before that was declared",
		{.texts = {HEAD2 "| a | red |\n| b | green |\n",
		     "<!-- rowmark: l\nColour: status = red < green\n-->\n\n" HEAD2
		     "| a | red |\n| b | green |\n"}},
		"1/2 1/2"},
	    {"and not where something else was declared",
		{.texts = {"<!-- rowmark: l\nName: key\n-->\n\n" HEAD2
			   "| a | red |\n| b | green |\n",
		     "<!-- rowmark: l\nColour: status = red < green\n-->\n\n" HEAD2
		     "| a | red |\n| b | green |\n"}},
		"0/0 1/2"},
	    {"no heading, and another table in front that comes and goes",
		{.texts = {HEAD2 "| a | done |\n| b | todo |\n",
		     "| x | Done |\n|---|---|\n| 1 | yes |\n\n" HEAD2
		     "| a | done |\n| b | todo |\n",
		     HEAD2 "| a | done |\n| b | todo |\n| c | done |\n"}},
		"1/2 2/3 2/3"},
	    {"no table yet", {.texts = {"text\n", HEAD ROW("a", "done")}}, "0/0 1/1"},
	    {"a region's own table does not count",
		{.texts = {HEAD ROW(
		     "a", "done") "\n<!-- rowmark:begin summary -->\n\n| x | Done "
				  "|\n|---|---|\n| 1 | yes |\n\n<!-- rowmark:end -->\n"}},
		"1/1"},
	};

	(void)state;
	for (size_t i = 0; i < NELEM(cases); i++) {
		struct rmk_arena a = {0};
		struct story story = cases[i].story;
		struct rmk_history h = history_of(
		    &a, &story, (struct rmk_history_opts){0});

		assert_text(told(&a, &h), rmk_str_of(cases[i].want), cases[i].what);
		rmk_arena_free(&a);
	}
}

// One table of several; a named column; values that count as done besides.
static void
test_options(void **state)
{
	struct story story = {
	    .texts = {HEAD ROW("a", "done"),
		HEAD ROW("a", "done") "\n# B\n\n| x | Solution |\n|---|---|\n| 1 | Go |\n"
				      "| 2 | |\n"}};
	struct rmk_str column = S("solution"), done = S("go");
	struct rmk_arena a = {0};
	struct rmk_history h;
	struct rmk_err err = {0};
	struct rmk_history_opts o = {.table = S("a")};

	(void)state;
	h = history_of(&a, &story, o);
	assert_text(told(&a, &h), S("1/1 1/1"), "table");
	o = (struct rmk_history_opts){.count = {
					  .columns = &column,
					  .ncolumns = 1,
					  .done = &done,
					  .ndone = 1,
				      }};
	h = history_of(&a, &story, o);
	assert_text(told(&a, &h), S("0/0 1/2"), "column");
	o = (struct rmk_history_opts){
	    .table = S("nowhere"), .path = S("l.md"), .read = read_text, .ctx = &story};
	assert_int_equal(
	    rmk_history_of(&a, story.moments, story.n, &o, &h, &err), RMK_NOT_FOUND);
	rmk_arena_free(&a);
}

// Cells that lead to as many places as there are rows say one thing.
static void
test_linked_values(void **state)
{
	struct rmk_arena a = {0};
	struct rmk_buf text = {.arena = &a};
	struct rmk_str column = S("solution");
	struct rmk_history_opts o = {.count = {.columns = &column, .ncolumns = 1}};
	struct story story = {0};
	struct rmk_history h;

	(void)state;
	rmk_buf_adds(&text, "# A\n\n| x | Solution |\n|---|---|\n");
	for (int i = 0; i < 400; i++)
		rmk_buf_printf(&text, "| %d | [Go](https://example.org/%d) |\n", i, i);
	rmk_buf_addc(&text, '\0');
	story.texts[0] = text.s;
	h = history_of(&a, &story, o);
	assert_int_equal(h.nvalues, 1);
	assert_text(h.values[0].text, S("Go"), "value");
	assert_int_equal(h.points[0].counts[0].n, 400);
	rmk_arena_free(&a);
}

static void
test_sum(void **state)
{
	struct story one = {.texts = {HEAD ROW("a", "todo") ROW("b", "todo"),
				HEAD ROW("a", "done") ROW("b", "todo")}};
	struct story two = {.texts = {HEAD ROW("x", "done")}};
	struct rmk_arena a = {0};
	struct rmk_history h[2], sum;

	(void)state;
	h[0] = history_of(&a, &one, (struct rmk_history_opts){0});
	h[1] = history_of(&a, &two, (struct rmk_history_opts){0});
	sum = rmk_history_sum(&a, h, 2);
	// The second file's version is of the first one's newest commit.
	assert_text(told(&a, &sum), S("0/2 2/3"), "sum");
	rmk_arena_free(&a);
}

static void
test_date_time(void **state)
{
	struct rmk_arena a = {0};

	(void)state;
	assert_text(
	    rmk_date_time(&a, 82800, 0), S("1970-01-01T23:00:00+00:00"), "zone 0");
	assert_text(rmk_date_time(&a, -1, -90), S("1969-12-31T22:29:59-01:30"), "west");
	assert_text(rmk_date_time(&a, 0, 330), S("1970-01-01T05:30:00+05:30"), "east");
	rmk_arena_free(&a);
}

struct ticked {
	struct story story; // first: read_text reads it
	struct rmk_buf seen;
};

static bool
tick_twice(void *ctx, size_t done, size_t of)
{
	struct ticked *t = ctx;

	rmk_buf_printf(&t->seen, "%zu/%zu ", done, of);
	return done < 2;
}

// Who waits is told how many versions were read, and may stop it.
static void
test_tick(void **state)
{
	struct rmk_arena a = {0};
	struct ticked t = {
	    {.texts = {HEAD ROW("a", "x"), HEAD ROW("a", "y"), HEAD ROW("a", "z")}},
	    {.arena = &a}};
	struct rmk_history_opts o = {
	    .path = S("l.md"), .read = read_text, .ctx = &t, .tick = tick_twice};
	struct rmk_history h;
	struct rmk_err err;

	(void)state;
	prepare(&t.story, &a);
	assert_int_equal(
	    rmk_history_of(&a, t.story.moments, 3, &o, &h, &err), RMK_REFUSED);
	assert_text(rmk_buf_str(&t.seen), S("1/3 2/3 "), "seen");
	rmk_arena_free(&a);
}

static void
test_date(void **state)
{
	static const struct {
		int64_t time;
		int zone;
		const char *want;
	} cases[] = {
	    {0, 0, "1970-01-01"},
	    {-1, 0, "1969-12-31"},
	    {951782400, 0, "2000-02-29"},
	    {951782399, 0, "2000-02-28"},
	    {951782399, 60, "2000-02-29"},
	    {4102444800, 0, "2100-01-01"},
	    {-62135596800, 0, "0001-01-01"},
	};

	(void)state;
	for (size_t i = 0; i < NELEM(cases); i++) {
		struct rmk_arena a = {0};

		assert_text(rmk_date(&a, cases[i].time, cases[i].zone),
		    rmk_str_of(cases[i].want), "date");
		rmk_arena_free(&a);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_stories),
	    cmocka_unit_test(test_options),
	    cmocka_unit_test(test_linked_values),
	    cmocka_unit_test(test_sum),
	    cmocka_unit_test(test_date),
	    cmocka_unit_test(test_date_time),
	    cmocka_unit_test(test_tick),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
