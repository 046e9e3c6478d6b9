// A version's status columns by its counts are those of its document.
#include "story.h"

#include "schema/schema.h"

#define ROW3(a, b, c) "| " a " | " b " | " c " |\n"
#define GO_RUST(name) "## " name "\n\n| Feature | Go | Rust |\n|---|---|---|\n"

// The cells that the status columns of a document have.
static size_t
cells_of_doc(struct rmk_arena *a, struct rmk_str text)
{
	struct rmk_err err = {0};
	struct rmk_doc *doc;
	size_t n = 0;

	if (rmk_doc_parse(a, S("l.md"), text, 0, &doc, &err))
		fail_msg("%s", err.msg);
	for (size_t t = 0; t < doc->ntables; t++)
		n += rmk_schema_of(a, doc, t)->nstatus * doc->tables[t].nrows;
	return n;
}

static void
assert_same_cells(struct rmk_arena *a, const char *text, size_t want, const char *what)
{
	struct story story = {.texts = {text}};
	struct rmk_history h = history_of(a, &story, (struct rmk_history_opts){0});
	size_t doc = cells_of_doc(a, rmk_str_of(text)),
	       counted = h.n ? h.points[0].total : 0;

	if (counted != doc || (want != RMK_NONE && doc != want))
		fail_msg("%s: %zu cells, by the document %zu, wanted %zu:\n%s", what,
		    counted, doc, want, text);
}

static void
test_same_cells(void **state)
{
	static const struct {
		const char *what, *text;
		size_t want;
	} cases[] = {
	    {"two matrices",
		GO_RUST("A") ROW3("a", "+", "-") ROW3("b", "+", "+") "\n" GO_RUST("B")
		    ROW3("a", "+", "") ROW3("b", "+", ""),
		8},
	    {"one column of a table could be part of a matrix, the other is something "
	     "else",
		GO_RUST("A") ROW3("a", "✅", "❌") ROW3("b", "✅", "✅") "\n" GO_RUST("B")
		    ROW3("a", "Yes", "https://e.example") ROW3("b", "since 3.1",
			"https://e.example") ROW3("c", "No", "https://e.example"),
		4},
	};

	(void)state;
	for (size_t i = 0; i < NELEM(cases); i++) {
		struct rmk_arena a = {0};

		assert_same_cells(&a, cases[i].text, cases[i].want, cases[i].what);
		rmk_arena_free(&a);
	}
}

// Remarks first in a column of progress, or last: it is one all the same.
static void
test_remarks_first(void **state)
{
	(void)state;
	for (unsigned remarks = 20; remarks <= 46; remarks += 2) {
		struct rmk_arena a = {0};
		struct rmk_buf first = {.arena = &a}, last = {.arena = &a};

		rmk_buf_adds(&first, "| Name | State |\n|---|---|\n");
		rmk_buf_adds(&last, "| Name | State |\n|---|---|\n");
		for (unsigned i = 0; i < 120; i++) {
			unsigned rev = 119 - i;
			rmk_buf_printf(&first,
			    i < remarks ? "| %u | see %u |\n" : "| %u | ✅ |\n", i, i);
			rmk_buf_printf(&last,
			    rev < remarks ? "| %u | see %u |\n" : "| %u | ✅ |\n", i, rev);
		}
		rmk_buf_addc(&first, '\0');
		rmk_buf_addc(&last, '\0');
		assert_same_cells(&a, first.s, 120, "remarks first");
		assert_same_cells(&a, last.s, 120, "remarks last");
		rmk_arena_free(&a);
	}
}

// A cell of a column that was drawn: a word, or a remark of its own.
static void
add_cell(struct rmk_buf *b, unsigned kind, unsigned drawn)
{
	static const char *const words[][4] = {{"✅", "❌", "🚧", ""}, {"+", "-", "", "+"},
	    {"Yes", "No", "Partial", "since 3.1"}, {"done", "todo", "done", "todo"}};

	if (kind >= NELEM(words) || drawn % 7 < kind)
		rmk_buf_printf(b, " %s%u |", kind == 2 ? "" : "see ", drawn / 7 % 40);
	else
		rmk_buf_printf(b, " %s |", words[kind][drawn % 4]);
}

// Tables that share labels, with remarks in all of the rows, in the first, or in none.
static struct rmk_str
drawn_text(struct rmk_arena *a, unsigned *seed, unsigned rows_most)
{
	static const char *const labels[] = {"State", "Go", "Rust", "Default", "Result"};
	struct rmk_buf b = {.arena = a};
	unsigned kinds[NELEM(labels)];

	for (size_t t = 0; t < 3; t++) {
		unsigned nrows = (*seed = *seed * 1103515245 + 12345) >> 16 & rows_most;
		rmk_buf_printf(&b, "## T%zu\n\n| Name |", t);
		for (size_t c = 0; c < NELEM(labels); c++) {
			kinds[c] = (*seed = *seed * 1103515245 + 12345) >> 16 & 15;
			rmk_buf_printf(&b, " %s |", labels[c]);
		}
		rmk_buf_adds(&b, "\n|---|---|---|---|---|---|\n");
		for (unsigned r = 0; r < nrows; r++) {
			rmk_buf_printf(&b, "| row %u |", r);
			for (size_t c = 0; c < NELEM(labels); c++) {
				unsigned drawn = (*seed = *seed * 1103515245 + 12345) >>
				                 16;
				bool early = r < kinds[c] * 4;
				add_cell(
				    &b, early && kinds[c] > 3 ? 9 : kinds[c] & 3, drawn);
			}
			rmk_buf_adds(&b, "\n");
		}
		rmk_buf_adds(&b, "\n");
	}
	rmk_buf_addc(&b, '\0');
	return rmk_buf_str(&b);
}

// Versions that are seen alike, and others.
static void
test_drawn(void **state)
{
	unsigned seed = 7;
	size_t some = 0;

	(void)state;
	for (size_t i = 0; i < 30; i++) {
		struct rmk_arena a = {0};
		struct story story = {0};
		struct rmk_history h;

		for (size_t k = 0; k < MOST; k++)
			story.texts[k] = drawn_text(&a, &seed, i % 2 ? 127 : 3).s;
		h = history_of(&a, &story, (struct rmk_history_opts){0});
		for (size_t k = 0; k < h.n; k++) {
			size_t doc = cells_of_doc(&a, rmk_str_of(story.texts[k]));
			if (h.points[k].total != doc)
				fail_msg("%zu cells, by the document %zu:\n%s",
				    h.points[k].total, doc, story.texts[k]);
			some += doc > 0;
		}
		rmk_arena_free(&a);
	}
	assert_true(some > 150);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_same_cells),
	    cmocka_unit_test(test_remarks_first),
	    cmocka_unit_test(test_drawn),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
