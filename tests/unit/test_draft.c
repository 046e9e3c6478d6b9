// Drafts: rows over a document, taken back to marks, ending in edits.
#include "unit.h"

#include "edit/draft.h"

static const char text[] = "| Paper | Status |\n|---|---|\n| LoRA | Read |\n"
			   "| a \\| b | Not read |\n| LIMA |\n";

static struct rmk_draft *
open(struct rmk_arena *a)
{
	struct rmk_doc *doc;
	struct rmk_err err;

	if (rmk_doc_parse(a, S("f.md"), rmk_str_of(text), 0, &doc, &err))
		fail_msg("%s", err.msg);
	return rmk_draft_open(a, doc, 0);
}

static void
test_cells_are_content(void **state)
{
	struct rmk_arena a = {0};
	struct rmk_draft *d = open(&a);

	(void)state;
	assert_text(rmk_draft_cell(d, &a, 0, 0), S("LoRA"), "as written");
	assert_text(rmk_draft_cell(d, &a, 1, 0), S("a | b"), "a pipe is unescaped");
	assert_text(rmk_draft_cell(d, &a, 2, 1), S(""), "a missing cell is empty");
	rmk_arena_free(&a);
}

static void
test_no_change_is_no_edit(void **state)
{
	struct rmk_arena a = {0};
	struct rmk_draft *d = open(&a);
	struct rmk_edit *edits;
	struct rmk_err err;

	(void)state;
	assert_int_equal(rmk_draft_set(d, 1, 0, S("a | b"), &err), RMK_OK);
	assert_int_equal(rmk_draft_mark(d), 0);
	assert_int_equal(rmk_draft_set(d, 0, 1, S("x"), &err), RMK_OK);
	assert_int_equal(rmk_draft_set(d, 0, 1, S("Read"), &err), RMK_OK);
	assert_int_equal(rmk_draft_edits(d, &a, &edits), 0);
	rmk_arena_free(&a);
}

static void
test_edits(void **state)
{
	struct rmk_str row[] = {S("New | one"), S("Read")};
	struct rmk_arena a = {0};
	struct rmk_draft *d = open(&a);
	struct rmk_edit *edits;
	struct rmk_err err;
	struct rmk_str out;
	size_t at, n;

	(void)state;
	assert_int_equal(rmk_draft_set(d, 2, 1, S("Reading"), &err), RMK_OK);
	assert_int_equal(rmk_draft_insert(d, row, &at, &err), RMK_OK);
	assert_int_equal(at, 3);
	assert_int_equal(rmk_draft_set(d, 3, 1, S("Not read"), &err), RMK_OK);
	assert_int_equal(rmk_draft_delete(d, 0, &err), RMK_OK);
	n = rmk_draft_edits(d, &a, &edits);
	assert_int_equal(n, 3);
	assert_int_equal(rmk_edits_apply(&a, d->doc, edits, n, &out, &err), RMK_OK);
	assert_text(out,
	    S("| Paper | Status |\n|---|---|\n| a \\| b | Not read |\n| LIMA | Reading "
	      "|\n"
	      "| New \\| one | Not read |\n"),
	    "applied");
	rmk_arena_free(&a);
}

static void
test_rollback(void **state)
{
	struct rmk_str row[] = {S("New"), S("Read")};
	struct rmk_arena a = {0};
	struct rmk_draft *d = open(&a);
	struct rmk_edit *edits;
	struct rmk_err err;
	size_t at, mark;

	(void)state;
	rmk_draft_set(d, 0, 1, S("kept"), &err);
	mark = rmk_draft_mark(d);
	rmk_draft_insert(d, row, &at, &err);
	rmk_draft_set(d, at, 0, S("other"), &err);
	rmk_draft_delete(d, 1, &err);
	rmk_draft_set(d, 0, 1, S("lost"), &err);
	rmk_draft_rollback(d, mark);
	assert_int_equal(d->nrows, 3);
	assert_text(rmk_draft_cell(d, &a, 0, 1), S("kept"), "before the mark");
	assert_int_equal(rmk_draft_edits(d, &a, &edits), 1);
	rmk_draft_rollback(d, 0);
	assert_int_equal(rmk_draft_edits(d, &a, &edits), 0);
	rmk_arena_free(&a);
}

static void
test_bad_values_change_nothing(void **state)
{
	static const struct {
		const char *value;
		enum rmk_code want;
	} cases[] = {{"a\nb", RMK_INVALID}, {"\xFF", RMK_INVALID}, {" a", RMK_INVALID},
	    {"", RMK_OK}, {"|", RMK_OK}};
	struct rmk_arena a = {0};
	struct rmk_draft *d = open(&a);
	struct rmk_err err;

	(void)state;
	for (size_t i = 0; i < NELEM(cases); i++) {
		size_t mark = rmk_draft_mark(d);

		assert_int_equal(rmk_draft_set(d, 0, 0, rmk_str_of(cases[i].value), &err),
		    cases[i].want);
		assert_int_equal(rmk_draft_mark(d) - mark, cases[i].want == RMK_OK);
	}
	rmk_arena_free(&a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_cells_are_content),
	    cmocka_unit_test(test_no_change_is_no_edit),
	    cmocka_unit_test(test_edits),
	    cmocka_unit_test(test_rollback),
	    cmocka_unit_test(test_bad_values_change_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
