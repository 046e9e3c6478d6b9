// Counts of a version from those of its neighbour, and texts of more cells than are remembered.
#include "story.h"

#include "history/texts.h"

#define VERSIONS 600
#define ROWS_MOST 160

// A table whose rows come, go and change, with a column that has now few values, now many,
// and one that hardly ever changes. Now and then the text between them does, so that the
// file is parsed whole.
struct wander {
	struct rmk_arena *a;
	struct rmk_moment moments[VERSIONS]; // newest first
	struct rmk_str texts[VERSIONS];
	unsigned note[ROWS_MOST], other, words, seed;
	size_t nrows;
};

static unsigned
draw(struct wander *w, unsigned below)
{
	w->seed = w->seed * 1103515245 + 12345;
	return (w->seed >> 16) % below;
}

static void
wander(struct wander *w, size_t version)
{
	unsigned at = draw(w, (unsigned)w->nrows), what = draw(w, 9);
	struct rmk_buf b = {.arena = w->a};

	if (what == 0 && w->nrows < ROWS_MOST)
		w->note[w->nrows++] = draw(w, 60);
	else if (what == 1 && w->nrows > 70)
		w->nrows--;
	else
		w->note[at] = draw(w, version / 150 % 2 ? 300 : 30);
	if (draw(w, 20) == 0)
		w->other = draw(w, 300);
	if (draw(w, 3) == 0)
		w->words = draw(w, 300);
	rmk_buf_printf(&b, "# A\n\n%u\n\n", w->words);
	rmk_buf_add(&b, S("| Name | Note |\n|---|---|\n"));
	for (size_t i = 0; i < w->nrows; i++)
		rmk_buf_printf(&b, "| row %zu | n%u |\n", i, w->note[i]);
	rmk_buf_printf(&b, "\n%u\n\n# B\n\n| x | Note |\n|---|---|\n| a | n%u |\n",
	    w->words, w->other);
	w->texts[version] = rmk_buf_str(&b);
	w->moments[version] = (struct rmk_moment){.id = S("c"),
	    .blob = rmk_str_printf(w->a, "%zu", version),
	    .joined = true,
	    .order = version};
}

static enum rmk_code
read_wander(void *ctx, struct rmk_arena *a, size_t moment, struct rmk_str *text,
    struct rmk_err *err)
{
	struct wander *w = ctx;

	(void)err;
	*text = rmk_str_copy(a, w->texts[moment]);
	return RMK_OK;
}

static enum rmk_code
read_one(void *ctx, struct rmk_arena *a, size_t moment, struct rmk_str *text,
    struct rmk_err *err)
{
	(void)moment;
	(void)err;
	*text = rmk_str_copy(a, *(struct rmk_str *)ctx);
	return RMK_OK;
}

// The counts of a point in the order of their values' texts, which are of one length or
// two; and the rows of which nothing is known.
static struct rmk_str
point_told(struct rmk_arena *a, const struct rmk_history *h, size_t point)
{
	const struct rmk_history_point *p = &h->points[point];
	struct rmk_buf b = {.arena = a};
	size_t n[300] = {0};

	for (size_t i = 0; i < p->ncounts; i++) {
		struct rmk_str text = h->values[p->counts[i].value].text;
		n[strtoul(rmk_str_c(a, text) + 1, NULL, 10)] += p->counts[i].n;
	}
	rmk_buf_printf(&b, "%zu", p->total);
	for (size_t i = 0; i < NELEM(n); i++) {
		if (n[i])
			rmk_buf_printf(&b, " n%zu:%zu", i, n[i]);
	}
	return rmk_buf_str(&b);
}

// What is counted from a neighbour is what is counted alone.
static void
test_counted_beside(void **state)
{
	struct rmk_arena a = {0};
	struct wander *w = RMK_NEW(&a, struct wander);
	struct rmk_str column = S("note");
	struct rmk_history_opts o = {.path = S("l.md"),
	    .read = read_wander,
	    .ctx = w,
	    .count = {.columns = &column, .ncolumns = 1}};
	struct rmk_err err = {0};
	struct rmk_history all, one;
	size_t many = 0;

	(void)state;
	w->a = &a;
	w->nrows = 90;
	for (size_t i = 0; i < VERSIONS; i++)
		wander(w, i);
	assert_int_equal(rmk_history_of(&a, w->moments, VERSIONS, &o, &all, &err), 0);
	o.read = read_one;
	for (size_t i = 0; i < VERSIONS; i++) {
		o.ctx = &w->texts[i];
		assert_int_equal(
		    rmk_history_of(&a, &w->moments[i], 1, &o, &one, &err), 0);
		assert_text(point_told(&a, &all, VERSIONS - 1 - i),
		    point_told(&a, &one, 0), "alone");
		many += one.points[0].ncounts == 1;
	}
	assert_true(many > VERSIONS / 10 && many < VERSIONS / 10 * 9);
	rmk_arena_free(&a);
}

// More cells than are remembered: each is read all the same.
static void
test_texts_of_many_cells(void **state)
{
	struct rmk_arena a = {0};
	struct rmk_texts t = rmk_texts_new(&a);

	(void)state;
	rmk_texts_ready(&t, 0);
	for (unsigned i = 0; i < 40000; i++)
		assert_text(rmk_text_of_cell(&t, rmk_str_printf(&a, "**%u**", i)),
		    rmk_str_printf(&a, "%u", i), "cell");
	rmk_texts_free(&t);
	rmk_arena_free(&a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_counted_beside),
	    cmocka_unit_test(test_texts_of_many_cells),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
