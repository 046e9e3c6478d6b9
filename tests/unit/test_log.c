// The changes of rows and cells in a list of versions, and since when each row is as it is.
#include "story.h"

#include "history/log.h"

#define NINE(s)                                                                          \
	ROW("a", s)                                                                      \
	ROW("b", s)                                                                      \
	ROW("c", s)                                                                      \
	ROW("d", s)                                                                      \
	ROW("e", s)                                                                      \
	ROW("f", s)                                                                      \
	ROW("g", s)                                                                      \
	ROW("h", s)                                                                      \
	ROW("i", s)

static struct rmk_str
log_lines(struct rmk_arena *a, struct story *s, const char *row, const char *table)
{
	static const char *const kinds[] = {"set", "added", "removed", "moved"};
	struct rmk_log_opts o = {.path = S("l.md"),
	    .row = rmk_str_of(row),
	    .table = rmk_str_of(table),
	    .read = read_text,
	    .ctx = s};
	struct rmk_buf b = {.arena = a};
	struct rmk_err err = {0};
	struct rmk_log log;

	prepare(s, a);
	if (rmk_log_of(a, s->moments, s->n, &o, &log, &err))
		return rmk_str_copy(a, rmk_str_of(err.msg));
	for (size_t i = 0; i < log.n; i++) {
		const struct rmk_log_entry *e = &log.v[i];
		rmk_buf_printf(&b, "%s%.*s %s %.*s#%.*s", i ? "; " : "",
		    RMK_FMT(s->moments[e->moment].id), kinds[e->kind], RMK_FMT(e->row),
		    RMK_FMT(e->table));
		if (e->column.n)
			rmk_buf_printf(&b, " %.*s", RMK_FMT(e->column));
		if (e->old.s || e->new_.s)
			rmk_buf_printf(
			    &b, " %.*s>%.*s", RMK_FMT(e->old), RMK_FMT(e->new_));
	}
	return rmk_buf_str(&b);
}

static void
test_log(void **state)
{
	static const struct {
		const char *what;
		struct story story;
		const char *row, *table, *want;
	} cases[] = {
	    {"birth and changes",
		{.texts = {HEAD ROW("x", "todo"), HEAD ROW("x", "todo") ROW("a", "todo"),
		     HEAD ROW("x", "done") ROW("a", "doing"),
		     HEAD ROW("a", "done") ROW("x", "done")}},
		"a", "",
		"c3 set a#a Status doing>done; c2 set a#a Status todo>doing; c1 added "
		"a#a"},
	    {"all rows",
		{.texts = {HEAD ROW("a", "todo") ROW("b", "todo"),
		     HEAD ROW("a", "done") ROW("c", "todo")}},
		"", "",
		"c1 set a#a Status todo>done; c1 added c#a; c1 removed b#a; c0 added "
		"a#a; "
		"c0 added b#a"},
	    {"a row that is gone",
		{.texts = {HEAD ROW("a", "todo") ROW("b", "todo"),
		     HEAD ROW("a", "todo") ROW("b", "done"), HEAD ROW("a", "todo")}},
		"b", "", "c2 removed b#a; c1 set b#a Status todo>done; c0 added b#a"},
	    {"the key re-worded, the rest stayed",
		{.texts = {"# A\n\n| Name | Link | Status |\n|---|---|---|\n"
			   "| LoRa | https://example.org/1 | done |\n| x | y | done |\n",
		     "# A\n\n| Name | Link | Status |\n|---|---|---|\n"
		     "| LoRA | https://example.org/1 | done |\n| x | y | done |\n"}},
		"lora", "", "c1 set LoRA#a Name LoRa>LoRA; c0 added LoRa#a"},
	    {"moved to another table",
		{.texts = {HEAD ROW("a", "todo")
			       ROW("b", "todo") "\n# B\n\n| Name | Status "
						"|\n|---|---|\n| c | todo |\n",
		     HEAD ROW("a", "todo") "\n# B\n\n| Name | Status |\n|---|---|\n| c | "
					   "todo |\n| b | todo |\n"}},
		"b", "", "c1 moved b#b a>b; c0 added b#a"},
	    {"one table",
		{.texts = {HEAD ROW("a",
			       "todo") "\n# B\n\n| x | Done |\n|---|---|\n| 1 | no |\n",
		     HEAD ROW(
			 "a", "done") "\n# B\n\n| x | Done |\n|---|---|\n| 1 | yes |\n"}},
		"", "b", "c1 set 1#b Done no>yes; c0 added 1#b"},
	    {"deleted and back",
		{.texts = {HEAD ROW("a", "todo"), "", HEAD ROW("a", "done")}}, "a", "",
		"c2 added a#a"},
	    {"a row of the first of two tables",
		{.texts = {HEAD ROW("a",
			       "todo") "\n# B\n\n| x | Done |\n|---|---|\n| 1 | no |\n",
		     HEAD ROW(
			 "a", "done") "\n# B\n\n| x | Done |\n|---|---|\n| 1 | no |\n"}},
		"a", "", "c1 set a#a Status todo>done; c0 added a#a"},
	    {"a row named whole, and one by a part of its name",
		{.texts = {HEAD ROW(
		     "ab", "todo") "\n# B\n\n| x | Done |\n|---|---|\n| a | no |\n"}},
		"a", "", "c0 added a#b"},
	    {"no such row", {.texts = {HEAD ROW("a", "todo")}}, "zz", "",
		"l.md: no version has a row 'zz'"},
	    {"several rows", {.texts = {HEAD ROW("ab", "todo") ROW("ac", "todo")}}, "a",
		"", "'a' fits 2 rows: l.md#a ab (line 5), l.md#a ac (line 6)"},
	};

	(void)state;
	for (size_t i = 0; i < NELEM(cases); i++) {
		struct rmk_arena a = {0};
		struct story story = cases[i].story;

		assert_text(log_lines(&a, &story, cases[i].row, cases[i].table),
		    rmk_str_of(cases[i].want), cases[i].what);
		rmk_arena_free(&a);
	}
}

static void
test_blame(void **state)
{
	static const struct {
		const char *what;
		struct story story;
		const char *column, *want;
	} cases[] = {
	    {"the last change of the status",
		{.texts = {HEAD ROW("a", "todo") ROW("b", "todo"),
		     HEAD ROW("a", "done") ROW("b", "todo"),
		     HEAD ROW("c", "todo") ROW("a", "done") ROW("b", "todo")}},
		"", "c=todo c2+; a=done c1; b=todo c0+"},
	    {"a column that came later",
		{.texts = {"# A\n\n| Name |\n|---|\n| a |\n| b |\n| c |\n",
		     HEAD ROW("a", "todo") ROW("b", "todo") ROW("c", "todo"),
		     HEAD ROW("a", "todo") ROW("b", "done") ROW("c", "todo")}},
		"", "a=todo c1; b=done c2; c=todo c1"},
	    {"rows that stay in their places, and one that takes another's",
		{.texts = {HEAD ROW("a", "todo") ROW("b", "todo") ROW("c", "todo"),
		     HEAD ROW("a", "done") ROW("b", "todo") ROW("c", "todo"),
		     HEAD ROW("a", "done") ROW("c", "todo") ROW("b", "done"),
		     HEAD ROW("a", "done") ROW("c", "todo") ROW("b", "doing"),
		     HEAD ROW("a", "done") ROW("d", "todo") ROW("b", "doing")}},
		"", "a=done c1; d=todo c4+; b=doing c3"},
	    {"a renamed vocabulary is no change",
		{.texts = {HEAD ROW("a", "No") ROW("b", "Yes"),
		     HEAD ROW("a", "Yes") ROW("b", "Yes") ROW("c", "No"),
		     HEAD ROW("a", "✅ Yes") ROW("b", "✅ Yes") ROW("c", "❌ No")}},
		"", "a=✅ Yes c1; b=✅ Yes c0+; c=❌ No c1+"},
	    {"nine of ten done on one day are no new name, as one is still to do",
		{.texts = {HEAD NINE("todo") ROW("j", "todo"),
		     HEAD NINE("done") ROW("j", "todo")}},
		"",
		"a=done c1; b=done c1; c=done c1; d=done c1; e=done c1; f=done c1; "
		"g=done c1; h=done c1; i=done c1; j=todo c0+"},
	    {"another column", {.texts = {HEAD ROW("a", "todo"), HEAD ROW("A", "todo")}},
		"name", "A=A c0+"},
	    {"the cell of a matrix that changed last",
		{.texts = {"# M\n\n| f | Go | Rust |\n|---|---|---|\n| a | ✅ | ❌ |\n| b "
			   "| ❌ | ❌ "
			   "|\n",
		     "# M\n\n| f | Go | Rust |\n|---|---|---|\n| a | ✅ | ✅ |\n| b | ❌ | "
		     "❌ "
		     "|\n"}},
		"", "a=✅ c1; b=❌ c0+"},
	};

	(void)state;
	for (size_t i = 0; i < NELEM(cases); i++) {
		struct rmk_arena a = {0};
		struct story s = cases[i].story;
		struct rmk_log_opts o = {.path = S("l.md"), .read = read_text, .ctx = &s};
		struct rmk_buf b = {.arena = &a};
		struct rmk_blame blame;
		struct rmk_err err = {0};

		prepare(&s, &a);
		if (rmk_blame_of(&a, s.moments, s.n, &o, rmk_str_of(cases[i].column),
			NULL, 0, &blame, &err))
			fail_msg("%s: %s", cases[i].what, err.msg);
		for (size_t k = 0; k < blame.n; k++)
			rmk_buf_printf(&b, "%s%.*s=%.*s %.*s%s", k ? "; " : "",
			    RMK_FMT(blame.v[k].name), RMK_FMT(blame.v[k].status),
			    RMK_FMT(s.moments[blame.v[k].moment].id),
			    blame.v[k].born ? "+" : "");
		assert_text(rmk_buf_str(&b), rmk_str_of(cases[i].want), cases[i].what);
		rmk_arena_free(&a);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_log),
	    cmocka_unit_test(test_blame),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
