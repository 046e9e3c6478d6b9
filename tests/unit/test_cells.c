// Where the cells of a row are, and what their bytes mean.
#include "unit.h"

// "[a][b]" for the cells of a row.
static struct rmk_str
shown(struct rmk_arena *a, struct rmk_str text, uint32_t at)
{
	struct rmk_buf out = {.arena = a};
	struct rmk_span cells[64];
	size_t n = rmk_cells_scan(text, at, (uint32_t)text.n, cells, NELEM(cells));

	for (size_t i = 0; i < n && i < NELEM(cells); i++) {
		rmk_buf_addc(&out, '[');
		rmk_buf_add(&out, rmk_str_at(text, cells[i]));
		rmk_buf_addc(&out, ']');
	}
	return rmk_buf_str(&out);
}

static void
test_scan(void **state)
{
	static const struct {
		struct rmk_str row;
		struct rmk_str cells;
	} cases[] = {
	    {S("| a | b |"), S("[a][b]")},
	    {S("a | b"), S("[a][b]")},
	    {S("|a|b|"), S("[a][b]")},
	    {S("| a | b"), S("[a][b]")},
	    {S("a | b |"), S("[a][b]")},
	    {S("| a | b |  "), S("[a][b]")},
	    {S("| a | b |\t\v\f "), S("[a][b]")},
	    {S("a"), S("[a]")},
	    {S("  a  "), S("[a]")},
	    // empty cells
	    {S(""), S("")},
	    {S("|"), S("")},
	    {S("|  "), S("")},
	    {S("||"), S("[]")},
	    {S("| |"), S("[]")},
	    {S("|||"), S("[][]")},
	    {S("| a | | b |"), S("[a][][b]")},
	    {S("  | a"), S("[][a]")}, // before a pipe that is not first
	    // escapes: the byte before decides, whatever stands before it
	    {S("| a \\| b |"), S("[a \\| b]")},
	    {S("| a \\\\| b |"), S("[a \\\\| b]")},
	    {S("| a\\ | b |"), S("[a\\][b]")},
	    {S("|\\|"), S("[\\|]")},
	    {S("\\|a|b"), S("[\\|a][b]")},
	    {S("| a \\"), S("[a \\]")},
	    {S("a|\\|"), S("[a][\\|]")},
	    // code spans do not protect
	    {S("| `a|b` | c |"), S("[`a][b`][c]")},
	    {S("| `a\\|b` |"), S("[`a\\|b`]")},
	    // vertical tab and form feed: skipped behind a pipe, not trimmed
	    {S("|\v\f a \v| b |"), S("[a \v][b]")},
	    {S("\v| a"), S("[\v][a]")},
	    {S("|\ta\t|"), S("[a]")},
	    {S("| \xC2\xA0 |"), S("[\xC2\xA0]")},
	    {S("| a\0b |"), S("[a\0b]")},
	};
	struct rmk_arena a = {0};
	(void)state;

	for (size_t i = 0; i < NELEM(cases); i++)
		assert_text(shown(&a, cases[i].row, 0), cases[i].cells, cases[i].row.s);
	assert_text(shown(&a, S("> | a | b |"), 2), S("[a][b]"), "behind a prefix");
	rmk_arena_free(&a);
}

static void
test_room(void **state)
{
	struct rmk_span cells[3] = {{7, 7}, {7, 7}, {7, 7}};
	(void)state;

	assert_int_equal(rmk_cells_scan(S("|a|b|c|"), 0, 7, cells, 2), 3);
	assert_int_equal(cells[1].at, 3);
	assert_int_equal(cells[2].at, 7); // not written
	assert_int_equal(rmk_cells_scan(S("|a|b|c|"), 0, 7, NULL, 0), 3);
}

// An empty cell stands behind its pipe, or where the row starts.
static void
test_empty_place(void **state)
{
	struct rmk_span cells[4];
	(void)state;

	assert_int_equal(rmk_cells_scan(S("|   |  | x"), 0, 10, cells, 4), 3);
	assert_int_equal(cells[0].at, 1);
	assert_int_equal(cells[0].len, 0);
	assert_int_equal(cells[1].at, 5);
	assert_int_equal(rmk_cells_scan(S("  |a"), 0, 4, cells, 4), 2);
	assert_int_equal(cells[0].at, 0);
}

static void
test_between(void **state)
{
	static const struct {
		struct rmk_str row;
		size_t cell;
		struct rmk_str between;
	} cases[] = {
	    {S("|  a | b|"), 0, S("  a ")},
	    {S("|  a | b|"), 1, S(" b")},
	    {S("|   |"), 0, S("   ")},
	    {S("||"), 0, S("")},
	    {S("a |  b  "), 0, S("a ")},
	    {S("a |  b  "), 1, S("  b  ")},
	    {S("| x \\| y |"), 0, S(" x \\| y ")},
	    {S("  |a"), 0, S("  ")},
	};
	struct rmk_span cells[8];
	(void)state;

	for (size_t i = 0; i < NELEM(cases); i++) {
		struct rmk_str row = cases[i].row;
		uint32_t n = (uint32_t)row.n;

		rmk_cells_scan(row, 0, n, cells, NELEM(cells));
		assert_text(
		    rmk_str_at(row, rmk_cell_between(row, 0, n, cells[cases[i].cell])),
		    cases[i].between, row.s);
	}
}

static void
test_content(void **state)
{
	static const struct {
		struct rmk_str raw, content;
	} cases[] = {
	    {S("a"), S("a")},
	    {S("a \\| b"), S("a | b")},
	    {S("\\\\|"), S("\\|")},
	    {S("a\\"), S("a\\")},
	    {S("\\|\\|"), S("||")},
	    {S(""), S("")},
	};
	struct rmk_arena a = {0};
	(void)state;

	for (size_t i = 0; i < NELEM(cases); i++) {
		assert_text(
		    rmk_cell_content(&a, cases[i].raw), cases[i].content, cases[i].raw.s);
		assert_text(
		    rmk_cell_raw(&a, cases[i].content), cases[i].raw, cases[i].raw.s);
	}
	assert_ptr_equal(rmk_cell_content(&a, cases[0].raw).s, cases[0].raw.s);
	rmk_arena_free(&a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_scan),
	    cmocka_unit_test(test_room),
	    cmocka_unit_test(test_empty_place),
	    cmocka_unit_test(test_between),
	    cmocka_unit_test(test_content),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
