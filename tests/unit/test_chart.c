// Charts: sparklines, and SVGs that hold their numbers.
#include "unit.h"

#include "history/date.h"
#include "history/smoothing.h"
#include "history/words.h"
#include "summary/chart.h"
#include "summary/chart_svg.h"

static void
test_spark(void **state)
{
	static const struct {
		size_t values[6], n;
		bool ascii;
		const char *want;
	} cases[] = {
	    {{0}, 0, false, ""},
	    {{7}, 1, false, "▁"},
	    {{5, 5, 5}, 3, false, "▁▁▁"},
	    {{0, 1, 2, 3, 4, 7}, 6, false, "▁▂▃▄▅█"},
	    {{100, 0}, 2, false, "█▁"},
	    {{0, 7}, 2, true, "_#"},
	};

	(void)state;
	for (size_t i = 0; i < NELEM(cases); i++) {
		struct rmk_arena a = {0};
		struct rmk_buf out = {.arena = &a};

		rmk_chart_spark(&out, cases[i].values, cases[i].n, cases[i].ascii);
		assert_text(rmk_buf_str(&out), rmk_str_of(cases[i].want), "spark");
		rmk_arena_free(&a);
	}
}

// A history of two points, ten days apart.
static struct rmk_str
burn_up(struct rmk_arena *a, size_t done, size_t total, struct rmk_str title,
    enum rmk_history_format format)
{
	static const struct rmk_moment moments[2] = {
	    {.id = RMK_STR("aaaaaaaaaa"), .time = 1704067200},
	    {.id = RMK_STR("bbbbbbbbbb"), .time = 1704067200 + 40 * 86400}};
	struct rmk_history_point points[2] = {
	    {.moment = &moments[0], .total = 1, .by = {1}},
	    {.moment = &moments[1], .total = total, .by = {[RMK_DONE] = done}}};
	struct rmk_history h = {.points = points, .n = 2};
	struct rmk_history_style style = {.format = format, .label = title};
	struct rmk_buf out = {.arena = a};

	rmk_history_smooth(a, &h);
	rmk_history_write(a, &h, &style, &out);
	return rmk_buf_str(&out);
}

static void
test_burn_up(void **state)
{
	static const struct {
		const char *what;
		size_t done, total;
		const char *has, *has_not;
	} cases[] = {
	    {"numbers as text", 30, 60, ">total 60</text>", NULL},
	    {"done as text", 30, 60, ">done 30</text>", NULL},
	    {"description", 30, 60, "Done 0 of 1 on 2024-01-01; 30 of 60 on 2024-02-10.",
		NULL},
	    {"all done", 60, 60, ">done 60</text>", NULL},
	    {"nothing done", 0, 60, ">done 0</text>", NULL},
	    {"zero base", 1000, 2000, ">0</text>", NULL},
	    {"steps", 30, 60, "H", NULL},
	    {"both backgrounds", 30, 60, "prefers-color-scheme:dark", NULL},
	};

	(void)state;
	for (size_t i = 0; i < NELEM(cases); i++) {
		struct rmk_arena a = {0};
		struct rmk_str svg = burn_up(
		    &a, cases[i].done, cases[i].total, S("t"), RMK_HISTORY_SVG);

		if (rmk_str_find(svg, rmk_str_of(cases[i].has)) == RMK_NONE ||
		    (cases[i].has_not &&
			rmk_str_find(svg, rmk_str_of(cases[i].has_not)) != RMK_NONE))
			fail_msg("%s: %.*s", cases[i].what, RMK_FMT(svg));
		rmk_arena_free(&a);
	}
}

static void
test_titles_are_escaped(void **state)
{
	struct rmk_arena a = {0};
	struct rmk_str title = S("<b>&\"'\n");

	(void)state;
	assert_int_equal(
	    rmk_str_find(burn_up(&a, 1, 2, title, RMK_HISTORY_SVG), S("<b>")), RMK_NONE);
	assert_int_equal(
	    rmk_str_find(burn_up(&a, 1, 2, title, RMK_HISTORY_MERMAID), S("\"'\n\"")),
	    RMK_NONE);
	rmk_arena_free(&a);
}

// What fits is as wide as the widest usual font draws it, in half pixels: i 11, a 16, A 19, m 25,
// é 18, 表 28.
static void
test_clip(void **state)
{
	static const struct {
		struct rmk_str text;
		unsigned pixels;
		struct rmk_str want;
	} cases[] = {
	    {S("aaaaaaaaaa"), 80, S("aaaaaaaaaa")},
	    {S("aaaaaaaaaa"), 79, S("aaaaaaaaa")},
	    {S("zzzzzzzzzz"), 80, S("zzzzzzzzzz")},
	    {S("AAAAAAAAAA"), 95, S("AAAAAAAAAA")},
	    {S("ZZZZZZZZZZ"), 94, S("ZZZZZZZZZ")},
	    {S("iiiiiiiiii"), 55, S("iiiiiiiiii")},
	    {S("iiiiiiiiii"), 54, S("iiiiiiiii")},
	    {S("mmmmmmmmmm"), 125, S("mmmmmmmmmm")},
	    {S("mmmmmmmmmm"), 124, S("mmmmmmmmm")},
	    {S("éééé"), 36, S("éééé")},
	    {S("éééé"), 35, S("ééé")},
	    {S("表表"), 28, S("表表")},
	    {S("表表"), 27, S("表")},
	    {S("a"), 0, S("")},
	    {S(""), 9, S("")},
	};

	(void)state;
	for (size_t i = 0; i < NELEM(cases); i++)
		assert_text(rmk_svg_clip(cases[i].text, cases[i].pixels), cases[i].want,
		    cases[i].text.s);
}

// A date is as fine as the steps need, in its zone.
static void
test_labels(void **state)
{
	static const struct {
		int64_t step;
		const char *want;
	} cases[] = {
	    {RMK_MONTH, "2024-01"},
	    {RMK_MONTH - 1, "2024-01-01"},
	    {86400, "2024-01-01"},
	    {86399, "2024-01-01 01:30"},
	    {60, "2024-01-01 01:30"},
	    {59, "2024-01-01 01:30:05"},
	};
	struct rmk_arena a = {0};

	(void)state;
	for (size_t i = 0; i < NELEM(cases); i++)
		assert_text(rmk_history_label(&a, 1704067200 + 5, 90, cases[i].step),
		    rmk_str_of(cases[i].want), "label");
	for (int m = 0; m < 24; m++) {
		struct rmk_str first = rmk_date(&a, rmk_date_month(2024 * 12 + m), 0);

		assert_text(first,
		    rmk_str_printf(&a, "%d-%02d-01", 2024 + m / 12, m % 12 + 1), "month");
	}
	rmk_arena_free(&a);
}

static void
test_mermaid(void **state)
{
	struct rmk_arena a = {0};

	(void)state;
	assert_text(burn_up(&a, 2, 5, S("Papers \"read\""), RMK_HISTORY_MERMAID),
	    S("xychart-beta\n    title \"Papers 'read'\"\n    x-axis [\"2024-01\", "
	      "\"2024-02\"]\n"
	      "    y-axis \"rows\" 0 --> 5\n    line [1, 5]\n    line [0, 2]\n"),
	    "mermaid");
	rmk_arena_free(&a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_spark),
	    cmocka_unit_test(test_burn_up),
	    cmocka_unit_test(test_clip),
	    cmocka_unit_test(test_labels),
	    cmocka_unit_test(test_mermaid),
	    cmocka_unit_test(test_titles_are_escaped),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
