// Rows that left a table for another: which they are, and edits that follow them. Two files a.md and
// d/b.md of a change, or three versions of both.
#include "unit.h"

#include "diff/moved_rows.h"
#include "merge/follow.h"

#define AB "| k | v |\n|---|---|\n"
#define BA "| v | k |\n|---|---|\n"
#define STORY "a story that no other row will tell"

static const char *const paths[] = {"a.md", "d/b.md"};

static struct rmk_doc *
moved_parse(struct rmk_arena *a, size_t file, const char *text)
{
	struct rmk_doc *doc;
	struct rmk_err err;

	if (rmk_doc_parse(a, rmk_str_of(paths[file]), rmk_str_of(text), 0, &doc, &err))
		fail_msg("%s", err.msg);
	return doc;
}

// moves: "FILE.TABLE.ROW>FILE.TABLE.ROW" each, from 0, and ":" and the cells that differ.
static const struct {
	const char *what, *old[2], *new_[2], *moves;
} moves[] = {
    {"nothing", {AB "| a | 1 |\n", AB}, {AB "| a | 1 |\n", AB}, ""},
    {"gone, not come", {AB "| a | 1 |\n", AB}, {AB, AB}, ""},
    {"to another file", {AB "| a | 1 |\n| b | 2 |\n", AB "| z | 9 |\n"},
	{AB "| b | 2 |\n", AB "| z | 9 |\n| a | 1 |\n"}, "0.0.0>1.0.1:0"},
    {"to a file that is new", {AB "| a | 1 |\n| b | 2 |\n", ""},
	{AB "| b | 2 |\n", AB "| a | 1 |\n"}, "0.0.0>1.0.0:0"},
    {"from a file that is gone", {AB "| b | 2 |\n", AB "| a | 1 |\n"},
	{AB "| b | 2 |\n| a | 1 |\n", ""}, "1.0.0>0.0.1:0"},
    {"to another table of the file",
	{"# A\n\n" AB "| a | 1 |\n| b | 2 |\n\n# B\n\n" AB "| z | 9 |\n", ""},
	{"# A\n\n" AB "| b | 2 |\n\n# B\n\n" AB "| z | 9 |\n| a | 1 |\n", ""},
	"0.0.0>0.1.1:0"},
    {"another order of columns, and a cell changed",
	{AB "| a | 1 |\n| b | 2 |\n", BA "| 9 | z |\n"},
	{AB "| b | 2 |\n", BA "| 9 | z |\n| 3 | a |\n"}, "0.0.0>1.0.1:1"},
    {"two of one name went: nobody knows", {AB "| a | 1 |\n| a | 2 |\n", AB},
	{AB, AB "| a | 3 |\n"}, ""},
    {"two of one name went, told apart by their bytes", {AB "| a | 1 |\n| a | 2 |\n", AB},
	{AB, AB "| a | 2 |\n| a | 1 |\n"}, "0.0.1>1.0.0:0 0.0.0>1.0.1:0"},
    {"two equal ones, in their order", {AB "| a | 1 |\n| a | 1 |\n", AB},
	{AB, AB "| a | 1 |\n| a | 1 |\n"}, "0.0.0>1.0.0:0 0.0.1>1.0.1:0"},
    {"a number alone is no name", {AB "| 1 | x |\n", AB}, {AB, AB "| 1 | y |\n"}, ""},
    {"a number beside another cell is", {AB "| 1 | x |\n", AB}, {AB, BA "| x | 1 |\n"},
	"0.0.0>1.0.0:0"},
    {"a row without a name", {AB "|  | x |\n", AB}, {AB, AB "|  | y |\n"}, ""},
    {"removed and added again in one table has not left it",
	{AB "| a | 1 |\n| b | " STORY " |\n", AB},
	{AB "| b | " STORY " |\n| a | 2 |\n", AB}, ""},
    {"a name that several rows of its table have names none",
	{AB "| a | 1 |\n| a | 2 |\n", AB}, {AB "| a | 1 |\n", AB "| a | 3 |\n"}, ""},
    {"... unless it is there with another cell of the row",
	{AB "| a | 1 |\n| a | 2 |\n", AB}, {AB "| a | 1 |\n", BA "| 2 | a |\n"},
	"0.0.1>1.0.0:0"},
    {"nor is any other of that table one", {AB "| a | 1 |\n| b | 2 |\n| a | 3 |\n", AB},
	{AB "| a | 1 |\n| a | 3 |\n", AB "| b | 4 |\n"}, ""},
    {"... but with another cell of the row", {AB "| a | 1 |\n| b | 2 |\n| a | 3 |\n", AB},
	{AB "| a | 1 |\n| a | 3 |\n", BA "| 2 | b |\n"}, "0.0.1>1.0.0:0"},
    {"a row of the table that is called so now is none that came",
	{AB "| a | 1 |\n", AB "| b | in words |\n"}, {AB, AB "| a | in words |\n"}, ""},
    {"a name in another case is the same name", {AB "| Ä b | 1 |\n", AB},
	{AB, AB "| ä  B | 1 |\n"}, "0.0.0>1.0.0:1"},
};

static void
test_moves(void **state)
{
	(void)state;
	for (size_t i = 0; i < NELEM(moves); i++) {
		struct rmk_arena a = {0};
		struct rmk_buf got = {.arena = &a};
		struct rmk_diff d[2];
		const struct rmk_diff *files[] = {&d[0], &d[1]};
		struct rmk_moved_row *v;
		struct rmk_cell_diff *cells;
		size_t n;

		for (size_t f = 0; f < 2; f++)
			d[f] = rmk_diff_docs(&a, moved_parse(&a, f, moves[i].old[f]),
			    moved_parse(&a, f, moves[i].new_[f]));
		n = rmk_moved_rows(&a, files, 2, &v);
		for (size_t k = 0; k < n; k++) {
			const struct rmk_moved_row *m = &v[k];

			rmk_buf_printf(&got, "%s%zu.%zu.%zu>%zu.%zu.%zu:%zu",
			    k ? " " : "", m->old_file, m->old_table, m->old_row,
			    m->new_file, m->new_table, m->new_row,
			    rmk_moved_cells(&a, files, m, &cells));
			assert_ptr_equal(
			    rmk_moved_from(v, n, m->old_file, m->old_table, m->old_row),
			    m);
			assert_ptr_equal(
			    rmk_moved_to(v, n, m->new_file, m->new_table, m->new_row), m);
		}
		assert_text(rmk_buf_str(&got), rmk_str_of(moves[i].moves), moves[i].what);
		rmk_arena_free(&a);
	}
}

// Ours took rows away, theirs edited them where they were. want: both files of ours, and the first
// of theirs; NULL: as it was. The same must come out with the sides changed.
static const struct {
	const char *what, *base[2], *ours[2], *theirs, *want[3];
	const char *left; // "KEY FILE LINE" of rows whose edits did not follow
} follows[] = {
    {"an edit follows", {AB "| a | 1 |\n| b | 2 |\n", AB "| z | 9 |\n"},
	{AB "| b | 2 |\n", AB "| z | 9 |\n| a | 1 |\n"}, AB "| a | 5 |\n| b | 2 |\n",
	{NULL, AB "| z | 9 |\n| a | 5 |\n", AB "| a | 1 |\n| b | 2 |\n"}, ""},
    {"into a file that base has not", {AB "| a | 1 |\n| b | 2 |\n", ""},
	{AB "| b | 2 |\n", AB "| a | 1 |\n"}, AB "| a | 5 |\n| b | 2 |\n",
	{NULL, AB "| a | 5 |\n", AB "| a | 1 |\n| b | 2 |\n"}, ""},
    {"by the name of the column", {AB "| a | 1 |\n| b | 2 |\n", BA "| 9 | z |\n"},
	{AB "| b | 2 |\n", BA "| 9 | z |\n| 1 | a |\n"}, AB "| a | 5 |\n| b | 3 |\n",
	{NULL, BA "| 9 | z |\n| 5 | a |\n", AB "| a | 1 |\n| b | 3 |\n"}, ""},
    {"its name does", {AB "| a | " STORY " |\n| b | 2 |\n", AB "| z | 9 |\n"},
	{AB "| b | 2 |\n", AB "| z | 9 |\n| a | " STORY " |\n"},
	AB "| new | " STORY " |\n| b | 2 |\n",
	{NULL, AB "| z | 9 |\n| new | " STORY " |\n",
	    AB "| a | " STORY " |\n| b | 2 |\n"},
	""},
    {"a link leads where it led", {AB "| a | 1 |\n| b | 2 |\n", AB "| z | 9 |\n"},
	{AB "| b | 2 |\n", AB "| z | 9 |\n| a | 1 |\n"},
	AB "| a | [x](n.md) |\n| b | 2 |\n",
	{NULL, AB "| z | 9 |\n| a | [x](../n.md) |\n", AB "| a | 1 |\n| b | 2 |\n"}, ""},
    {"a link that was written anew there and changed here",
	{AB "| a | [x](n.md) |\n| b | 2 |\n", AB "| z | 9 |\n"},
	{AB "| b | 2 |\n", AB "| z | 9 |\n| a | [x](../n.md) |\n"},
	AB "| a | [y](n.md) |\n| b | 2 |\n",
	{NULL, AB "| z | 9 |\n| a | [y](../n.md) |\n",
	    AB "| a | [x](n.md) |\n| b | 2 |\n"},
	""},
    {"a link by reference says where it leads",
	{AB "| a | 1 |\n| b | 2 |\n\n[r]: https://x.y/r\n", AB "| z | 9 |\n"},
	{AB "| b | 2 |\n\n[r]: https://x.y/r\n", AB "| z | 9 |\n| a | 1 |\n"},
	AB "| a | [x][r] |\n| b | 2 |\n\n[r]: https://x.y/r\n",
	{NULL, AB "| z | 9 |\n| a | [x](https://x.y/r) |\n",
	    AB "| a | 1 |\n| b | 2 |\n\n[r]: https://x.y/r\n"},
	""},
    {"both changed the cell in the same way",
	{AB "| a | 1 |\n| b | 2 |\n", AB "| z | 9 |\n"},
	{AB "| b | 2 |\n", AB "| z | 9 |\n| a | 5 |\n"}, AB "| a | 5 |\n| b | 2 |\n",
	{NULL, NULL, AB "| a | 1 |\n| b | 2 |\n"}, ""},
    {"both changed the cell: left", {AB "| a | 1 |\n| b | 2 |\n", AB "| z | 9 |\n"},
	{AB "| b | 2 |\n", AB "| z | 9 |\n| a | 4 |\n"}, AB "| a | 5 |\n| b | 2 |\n",
	{NULL, NULL, NULL}, "a 1 4"},
    {"no column for it there: left",
	{AB "| a | 1 |\n| b | 2 |\n", "| k |\n|---|\n| z |\n"},
	{AB "| b | 2 |\n", "| k |\n|---|\n| z |\n| a |\n"}, AB "| a | 5 |\n| b | 2 |\n",
	{NULL, NULL, NULL}, "a 1 4"},
    {"a new column with something in it: left",
	{AB "| a | 1 |\n| b | 2 |\n", AB "| z | 9 |\n"},
	{AB "| b | 2 |\n", AB "| z | 9 |\n| a | 1 |\n"},
	"| k | v | w |\n|---|---|---|\n| a | 5 | x |\n| b | 2 | |\n", {NULL, NULL, NULL},
	"a 1 4"},
    {"a footnote stays in its file: left",
	{AB "| a | 1 |\n| b | 2 |\n\n[^f]: note\n", AB "| z | 9 |\n"},
	{AB "| b | 2 |\n\n[^f]: note\n", AB "| z | 9 |\n| a | 1 |\n"},
	AB "| a | 1[^f] |\n| b | 2 |\n\n[^f]: note\n", {NULL, NULL, NULL}, "a 1 4"},
    {"one follows, the other is left",
	{AB "| a | 1 |\n| b | 2 |\n| c | 3 |\n", AB "| z | 9 |\n"},
	{AB "| c | 3 |\n", AB "| z | 9 |\n| a | 4 |\n| b | 2 |\n"},
	AB "| a | 5 |\n| b | 6 |\n| c | 3 |\n",
	{NULL, AB "| z | 9 |\n| a | 4 |\n| b | 6 |\n",
	    AB "| a | 5 |\n| b | 2 |\n| c | 3 |\n"},
	"a 1 4"},
    {"deleted there: nothing is left to follow",
	{AB "| a | 1 |\n| b | 2 |\n", AB "| z | 9 |\n"},
	{AB "| b | 2 |\n", AB "| z | 9 |\n| a | 1 |\n"}, AB "| b | 2 |\n",
	{NULL, NULL, NULL}, ""},
    {"nothing moved", {AB "| a | 1 |\n", AB}, {AB, AB}, AB "| a | 5 |\n",
	{NULL, NULL, NULL}, ""},
};

static void
follow_check(
    struct rmk_arena *a, size_t i, enum rmk_version ours, enum rmk_version theirs)
{
	struct rmk_follow_file files[2] = {0};
	struct rmk_buf said = {.arena = a};
	struct rmk_left_row *left;
	const char *was[3];
	size_t nleft;
	bool any = false, got;

	for (size_t f = 0; f < 2; f++) {
		files[f].path = rmk_str_of(paths[f]);
		files[f].texts[RMK_BASE] = rmk_str_of(follows[i].base[f]);
		files[f].texts[ours] = rmk_str_of(follows[i].ours[f]);
		files[f].texts[theirs] = files[f].texts[RMK_BASE];
	}
	files[0].texts[theirs] = rmk_str_of(follows[i].theirs);
	was[0] = follows[i].ours[0];
	was[1] = follows[i].ours[1];
	was[2] = follows[i].theirs;
	got = rmk_merge_follow(a, files, 2, &left, &nleft);
	for (size_t k = 0; k < 3; k++) {
		const char *want = follows[i].want[k];
		size_t f = k == 1;
		enum rmk_version v = k == 2 ? theirs : ours;

		any |= want != NULL;
		assert_text(
		    files[f].texts[v], rmk_str_of(want ? want : was[k]), follows[i].what);
	}
	assert_int_equal(got, any);
	for (size_t k = 0; k < nleft; k++) {
		assert_int_equal(left[k].moved, ours);
		assert_int_equal(left[k].old_file, 0);
		rmk_buf_printf(&said, "%s%.*s %zu %u", k ? ", " : "",
		    RMK_FMT(left[k].key), left[k].new_file, left[k].line);
	}
	assert_text(rmk_buf_str(&said), rmk_str_of(follows[i].left), follows[i].what);
}

static void
test_follows(void **state)
{
	(void)state;
	for (size_t i = 0; i < NELEM(follows); i++) {
		struct rmk_arena a = {0};

		follow_check(&a, i, RMK_OURS, RMK_THEIRS);
		follow_check(&a, i, RMK_THEIRS, RMK_OURS);
		rmk_arena_free(&a);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_moves),
	    cmocka_unit_test(test_follows),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
