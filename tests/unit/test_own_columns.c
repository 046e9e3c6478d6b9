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

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_same_cells),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
