// Status columns of tables that are alike: all columns of one name, or none.
#include "unit.h"

#include "schema/schema.h"
#include "schema/siblings.h"
#include "schema/status_words.h"

#define ROW3(a, b, c) "| " a " | " b " | " c " |\n"
#define HEAD(name) "## " name "\n\n| Feature | Go | Rust |\n|---|---|---|\n"
#define AUTH(name) "## " name "\n\n| API | Login | HTTPS | CORS |\n|---|---|---|---|\n"

// "Go Rust, -": of each table its status columns.
static struct rmk_str
statuses(struct rmk_arena *a, const char *text, bool last_first)
{
	struct rmk_buf b = {.arena = a};
	struct rmk_err err = {0};
	struct rmk_doc *doc;

	if (rmk_doc_parse(a, S("l.md"), rmk_str_of(text), 0, &doc, &err))
		fail_msg("%s", err.msg);
	if (last_first)
		rmk_schema_of(a, doc, doc->ntables - 1);
	for (size_t t = 0; t < doc->ntables; t++) {
		const struct rmk_schema *schema = rmk_schema_of(a, doc, t);

		rmk_buf_adds(&b, t ? "," : "");
		for (size_t i = 0; i < schema->nstatus; i++)
			rmk_buf_printf(&b, "%s%.*s", t || i ? " " : "",
			    RMK_FMT(schema->fields[schema->status[i]].label));
		rmk_buf_adds(&b, schema->nstatus ? "" : " -");
	}
	return rmk_buf_str(&b);
}

static void
test_tables_alike(void **state)
{
	static const struct {
		const char *what, *text, *want;
	} cases[] = {
	    {"an empty column of a matrix elsewhere",
		HEAD("A") ROW3("a", "+", "-") ROW3("b", "+", "+") "\n" HEAD("B")
		    ROW3("a", "+", "") ROW3("b", "+", ""),
		"Go Rust, Go Rust"},
	    {"all empty",
		HEAD("A") ROW3("a", "✅", "❌") ROW3("b", "✅", "✅") "\n" HEAD("B")
		    ROW3("a", "", "") ROW3("b", "", ""),
		"Go Rust, Go Rust"},
	    {"no in every row answers what yes and no answer elsewhere",
		HEAD("A") ROW3("a", "Yes", "No") ROW3("b", "No", "Yes") "\n" HEAD("B")
		    ROW3("a", "No", "Yes") ROW3("b", "No", "Yes"),
		"Go Rust, Go Rust"},
	    {"remarks in most cells of one table of three",
		HEAD("A") ROW3("a", "✅", "❌") ROW3("b", "✅", "✅") "\n" HEAD("B")
		    ROW3("a", "✅", "since 3.1") ROW3("b", "✅", "soon") ROW3("c", "❌",
			"✅") "\n" HEAD("C") ROW3("a", "✅", "❌") ROW3("b", "❌", "✅"),
		"Go Rust, Go Rust, Go Rust"},
	    {"one against one: as each says itself",
		HEAD("A") ROW3("a", "✅", "❌") ROW3("b", "✅", "✅") "\n" HEAD("B") ROW3(
		    "a", "✅", "since 3.1") ROW3("b", "✅", "soon") ROW3("c", "❌", "✅"),
		"Go Rust, Go"},
	    {"one column of that name is no matrix",
		HEAD("A") ROW3("a", "✅", "❌")
		    ROW3("b", "✅", "✅") "\n## B\n\n| Name | Go |\n|---|---|\n| a | |\n",
		"Go Rust, -"},
	    {"numbers are none",
		HEAD("A") ROW3("a", "✅", "❌") ROW3("b", "✅", "✅") "\n" HEAD("B")
		    ROW3("a", "✅", "12") ROW3("b", "❌", "13"),
		"Go Rust, Go"},
	    {"what holds something else in most tables is none in the others",
		AUTH("A") "| a | No | Yes | No |\n| b | No | No | Yes |\n\n" AUTH(
		    "B") "| a | apiKey | Yes | No |\n| b | OAuth | No | Yes "
			 "|\n\n" AUTH("C") "| a | apiKey | Yes | No |\n| b | apiKey "
					   "| No | Yes |\n",
		"HTTPS CORS, HTTPS CORS, HTTPS CORS"},
	    {"a declared table is left alone, and lends nothing",
		"## A\n\n<!-- rowmark: a\nGo: status = - < +\n-->\n\n| Feature | Go "
		"| Rust "
		"|\n|---|---|---|\n" ROW3("a", "+", "-") "\n" HEAD("B") ROW3("a", "", "")
		    ROW3("b", "", ""),
		"Go, -"},
	};

	(void)state;
	for (size_t i = 0; i < NELEM(cases); i++) {
		struct rmk_arena a = {0};

		assert_text(statuses(&a, cases[i].text, false), rmk_str_of(cases[i].want),
		    cases[i].what);
		assert_text(statuses(&a, cases[i].text, true), rmk_str_of(cases[i].want),
		    cases[i].what);
		rmk_arena_free(&a);
	}
}

// Matrices of one header, filled at random: in no order of the tables is a column a status here and
// none there.
static void
test_all_or_none(void **state)
{
	static const char *const words[][4] = {{"✅", "❌", "🚧", ""}, {"+", "-", "+", "-"},
	    {"Yes", "No", "Partial", ""}, {"✓", "✗", "", "✓"}};
	static const char *const labels[] = {"Go", "Rust", "Java", "Perl", "Ruby"};
	unsigned seed = 1, partly = 0, whole = 0;

	(void)state;
	for (size_t round = 0; round < 200; round++) {
		struct rmk_arena a = {0};
		struct rmk_buf b = {.arena = &a};
		struct rmk_str found, part;
		size_t ntables = 2 + round % 3;

		for (size_t t = 0; t < ntables; t++) {
			rmk_buf_printf(&b, "## T%zu\n\n| Name |", t);
			for (size_t c = 0; c < NELEM(labels); c++)
				rmk_buf_printf(&b, " %s |", labels[c]);
			rmk_buf_adds(&b, "\n|---|---|---|---|---|---|\n");
			for (size_t r = 0; r < 6; r++) {
				rmk_buf_printf(&b, "| row %zu |", r);
				for (size_t c = 0; c < NELEM(labels); c++) {
					seed = seed * 1103515245 + 12345;
					// A column may be empty in one table.
					bool empty = (t + c + round) % 7 == 0;
					rmk_buf_printf(&b, " %s |",
					    empty ? ""
						  : words[round % 4][seed >> 16 & 3]);
				}
				rmk_buf_adds(&b, "\n");
			}
			rmk_buf_adds(&b, "\n");
		}
		rmk_buf_addc(&b, '\0');
		found = statuses(&a, rmk_buf_str(&b).s, round % 2);
		part = S("Go Rust Java Perl Ruby");
		for (size_t t = 0; t < ntables; t++) {
			struct rmk_str rest = found;
			bool all = rmk_str_starts(rest, part);
			size_t end = rmk_str_find(rest, S(", "));

			whole += all;
			partly += !all;
			found = end == RMK_NONE ? S("") : rmk_str_from(rest, end + 2);
		}
		rmk_arena_free(&a);
	}
	assert_int_equal(partly, 0);
	assert_int_equal(whole, 599);
}

static unsigned
draw_below(unsigned *seed, unsigned most)
{
	*seed = *seed * 1103515245 + 12345;
	return (*seed >> 16) % most;
}

static struct rmk_evidence
draw_evidence(unsigned *seed, struct rmk_str key)
{
	size_t cells = draw_below(seed, 4);

	return (struct rmk_evidence){.key = key,
	    .says = draw_below(seed, 4) ? RMK_HEADER_NOTHING : RMK_HEADER_MAYBE,
	    .ladder = draw_below(seed, 3) ? draw_below(seed, 2) : RMK_NONE,
	    .cells = cells,
	    .kinds = cells,
	    .known = draw_below(seed, (unsigned)cells + 1),
	    .numbers = draw_below(seed, (unsigned)cells + 1),
	    .plain = draw_below(seed, 2),
	    .beside = draw_below(seed, 5) == 0,
	    .accepted = draw_below(seed, 2),
	    .column.over = draw_below(seed, 6) == 0};
}

#define NTABLES 3
#define NCOLS 3

static void
draw_joined(struct rmk_arena *a, const struct rmk_evidence from[NTABLES][NCOLS],
    struct rmk_evidence to[NTABLES][NCOLS])
{
	struct rmk_sibling tables[NTABLES];

	for (size_t t = 0; t < NTABLES; t++) {
		memcpy(to[t], from[t], NCOLS * sizeof to[t][0]);
		tables[t] = (struct rmk_sibling){to[t], NCOLS};
	}
	rmk_siblings_join(a, tables, NTABLES);
}

// Where the same is seen of a column, the same columns are accepted in all tables.
static void
test_what_is_seen(void **state)
{
	static const char *const keys[NCOLS] = {"go", "rust", "java"};
	struct rmk_evidence one[NTABLES][NCOLS], joined[NTABLES][NCOLS],
	    again[NTABLES][NCOLS];
	unsigned seed = 3, same = 0, changed = 0;

	(void)state;
	for (size_t round = 0; round < 300000; round++) {
		struct rmk_arena a = {0};
		struct rmk_evidence *e = &one[round % NTABLES][round / 3 % NCOLS];
		uint32_t seen;

		for (size_t t = 0; t < NTABLES; t++)
			for (size_t c = 0; c < NCOLS; c++)
				one[t][c] = draw_evidence(&seed, rmk_str_of(keys[c]));
		draw_joined(&a, one, joined);
		seen = rmk_sibling_seen(e);
		*e = draw_evidence(&seed, e->key);
		if (rmk_sibling_seen(e) == seen) {
			draw_joined(&a, one, again);
			for (size_t t = 0; t < NTABLES; t++)
				for (size_t c = 0; c < NCOLS; c++) {
					assert_int_equal(
					    joined[t][c].accepted, again[t][c].accepted);
					changed += joined[t][c].accepted !=
					           one[t][c].accepted;
				}
			same++;
		}
		rmk_arena_free(&a);
	}
	assert_true(same > 1000 && changed > 100);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_tables_alike),
	    cmocka_unit_test(test_all_or_none),
	    cmocka_unit_test(test_what_is_seen),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
