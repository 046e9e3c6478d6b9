// Regions: finding them, writing them, and leaving alone what is not ours.
#include "unit.h"

#include "summary/region.h"

#define TABLE "# Papers\n\n| Paper | Done |\n|---|---|\n| LIMA | yes |\n| LoRA | no |\n"
#define BEGIN "<!-- rowmark:begin summary -->\n"
#define SUM                                                                              \
	"\n| Table | Rows | Share | Values |\n| :-- | --: | :-- | :-- |\n"               \
	"| [papers](#papers) | 1 of 2 | █████░░░░░ 50 % | no 1 · yes 1 |\n\n"
#define END "<!-- rowmark:end f03058d5 -->\n"

static struct rmk_doc *
parse(struct rmk_arena *a, struct rmk_str text)
{
	struct rmk_doc *doc;
	struct rmk_err err;

	if (rmk_doc_parse(a, S("l.md"), text, RMK_PARSE_ALL, &doc, &err))
		fail_msg("%s", err.msg);
	return doc;
}

static struct rmk_str
replaced(struct rmk_arena *a, struct rmk_str text, struct rmk_str from, struct rmk_str to)
{
	struct rmk_buf out = {.arena = a};

	for (size_t at; (at = rmk_str_find(text, from)) != RMK_NONE;) {
		rmk_buf_add(&out, rmk_str_part(text, 0, at));
		rmk_buf_add(&out, to);
		text = rmk_str_from(text, at + from.n);
	}
	rmk_buf_add(&out, text);
	return rmk_buf_str(&out);
}

static void
test_written(void **state)
{
	static const struct {
		const char *what, *text;
		bool force;
		const char *want; // NULL: nothing changes
		enum rmk_region_state state;
	} cases[] = {
	    {"empty", "x\n\n" BEGIN "<!-- rowmark:end -->\n" TABLE, false,
		"x\n\n" BEGIN SUM END TABLE, RMK_REGION_STALE},
	    {"blank", BEGIN "\n \n<!-- rowmark:end -->\n" TABLE, false,
		BEGIN SUM END TABLE, RMK_REGION_STALE},
	    {"fresh", BEGIN SUM END TABLE, false, NULL, RMK_REGION_FRESH},
	    {"right, without a checksum", BEGIN SUM "<!-- rowmark:end -->\n" TABLE, false,
		BEGIN SUM END TABLE, RMK_REGION_STALE},
	    {"stale", BEGIN "old\n<!-- rowmark:end a7a65b54 -->\n" TABLE, false,
		BEGIN SUM END TABLE, RMK_REGION_STALE},
	    {"edited", BEGIN "mine\n<!-- rowmark:end a7a65b54 -->\n" TABLE, false, NULL,
		RMK_REGION_EDITED},
	    {"edited, forced", BEGIN "mine\n<!-- rowmark:end a7a65b54 -->\n" TABLE, true,
		BEGIN SUM END TABLE, RMK_REGION_EDITED},
	    {"text that was never ours", BEGIN "mine\n<!-- rowmark:end -->\n" TABLE,
		false, NULL, RMK_REGION_EDITED},
	    {"no last newline", TABLE "\n" BEGIN "<!-- rowmark:end -->", false,
		TABLE "\n" BEGIN SUM "<!-- rowmark:end f03058d5 -->", RMK_REGION_STALE},
	    {"other files are left",
		"<!-- rowmark:begin summary other.md -->\n<!-- rowmark:end -->\n" TABLE,
		false, NULL, RMK_REGION_SKIPPED},
	    {"fenced text",
		"<!-- rowmark:begin summary #papers format=text -->\n"
		"<!-- rowmark:end -->\n" TABLE,
		false,
		"<!-- rowmark:begin summary #papers format=text -->\n"
		"\n```text\nl.md#papers  1 of 2  ████████░░░░░░░░   50 %  no 1 · yes 1\n"
		"```\n\n<!-- rowmark:end 35e8c800 -->\n" TABLE,
		RMK_REGION_STALE},
	    {"words in quotes",
		"<!-- rowmark:begin summary by=\"Paper\" column=done format=mermaid -->\n"
		"<!-- rowmark:end -->\n" TABLE,
		false,
		"<!-- rowmark:begin summary by=\"Paper\" column=done format=mermaid -->\n"
		"\n```mermaid\nxychart-beta\n    title \"Progress\"\n"
		"    x-axis [\"LIMA\", \"LoRA\"]\n"
		"    y-axis \"done, percent\" 0 --> 100\n    bar [100, 0]\n```\n\n"
		"<!-- rowmark:end e5579ca9 -->\n" TABLE,
		RMK_REGION_STALE},
	};

	(void)state;
	for (size_t i = 0; i < NELEM(cases); i++) {
		for (int crlf = 0; crlf < 2; crlf++) {
			struct rmk_arena a = {0};
			struct rmk_render_opts opts = {.force = cases[i].force};
			struct rmk_regions regions;
			struct rmk_str text = rmk_str_of(cases[i].text), out;
			struct rmk_str want = rmk_str_of(
			    cases[i].want ? cases[i].want : cases[i].text);
			struct rmk_err err = {0};

			if (crlf) {
				text = replaced(&a, text, S("\n"), S("\r\n"));
				want = replaced(&a, want, S("\n"), S("\r\n"));
			}
			if (rmk_render(&a, parse(&a, text), &opts, &out, &regions, &err))
				fail_msg("%s: %s", cases[i].what, err.msg);
			assert_text(out, want, cases[i].what);
			assert_int_equal(regions.v[0].state, cases[i].state);
			// What was written is fresh.
			if (!rmk_str_eq(out, text)) {
				assert_int_equal(rmk_render(&a, parse(&a, out), &opts,
						     &text, &regions, &err),
				    RMK_OK);
				assert_int_equal(regions.v[0].state, RMK_REGION_FRESH);
			}
			rmk_arena_free(&a);
		}
	}
}

static void
test_broken_markers(void **state)
{
	static const struct {
		const char *text, *want;
	} cases[] = {
	    {BEGIN TABLE, "l.md:1: rowmark:begin without a rowmark:end after it"},
	    {TABLE "\n<!-- rowmark:end -->\n",
		"l.md:8: rowmark:end without a rowmark:begin before it"},
	    {BEGIN "\n" BEGIN "\n<!-- rowmark:end -->\n",
		"l.md:3: rowmark:begin inside the region that begins on line 1"},
	    {BEGIN "<!-- rowmark:end -->\n<!-- rowmark:end -->\n",
		"l.md:3: rowmark:end without a rowmark:begin before it"},
	    {"<!-- rowmark:begin summary\n-->\n",
		"l.md:1: a region's marker must be a comment of one line with nothing "
		"else on it"},
	    {"<!-- rowmark:end --> tail\n",
		"l.md:1: a region's marker must be a comment of one line with nothing "
		"else on it"},
	    {"- x\n\n  <!-- rowmark:begin summary -->\n",
		"l.md:3: a region's marker must be a comment of one line outside lists "
		"and quotes"},
	    {"> <!-- rowmark:begin summary -->\n> <!-- rowmark:end -->\n",
		"l.md:1: a region's marker must be a comment of one line outside lists "
		"and quotes"},
	    {"1. <!-- rowmark:begin summary -->\n",
		"l.md:1: a region's marker must be a comment of one line outside lists "
		"and quotes"},
	    // A fence that a hand opened inside swallows the end.
	    {BEGIN "```\n<!-- rowmark:end -->\n" TABLE,
		"l.md:1: rowmark:begin without a rowmark:end after it"},
	    {"<!-- rowmark:begin chart -->\n<!-- rowmark:end -->\n" TABLE,
		"l.md:1: unknown kind of region 'chart', wanted summary, next, board or "
		"sql"},
	    {"<!-- rowmark:begin next n=0 -->\n<!-- rowmark:end -->\n" TABLE,
		"l.md:1: n is '0', wanted a number from 1 to 1000"},
	    {"<!-- rowmark:begin board n=2 -->\n<!-- rowmark:end -->\n" TABLE,
		"l.md:1: unknown word 'n=2', wanted by= or the address of a table"},
	    {"<!-- rowmark:begin sql -->\n<!-- rowmark:end -->\n" TABLE,
		"l.md:1: behind sql stands '', wanted \"SELECT ...\""},
	    {"<!-- rowmark:begin summary format=svg -->\n<!-- rowmark:end -->\n" TABLE,
		"l.md:1: unknown format 'svg', wanted md, text or mermaid"},
	    {"<!-- rowmark:begin summary size=3 -->\n<!-- rowmark:end -->\n" TABLE,
		"l.md:1: unknown word 'size=3', wanted by=, column=, format=, label= or "
		"the address of a table"},
	    {BEGIN "<!-- rowmark:end -->\n",
		"l.md:1: nothing to sum up: no table with a status column"},
	};

	(void)state;
	for (size_t i = 0; i < NELEM(cases); i++) {
		struct rmk_arena a = {0};
		struct rmk_render_opts opts = {.force = true};
		struct rmk_regions regions;
		struct rmk_err err = {0};
		struct rmk_str out = {0};

		assert_int_not_equal(rmk_render(&a, parse(&a, rmk_str_of(cases[i].text)),
					 &opts, &out, &regions, &err),
		    RMK_OK);
		assert_text(
		    rmk_str_of(err.msg), rmk_str_of(cases[i].want), cases[i].text);
		assert_null(out.s);
		rmk_arena_free(&a);
	}
}

// Where the syntax is explained it is no marker.
static void
test_no_markers(void **state)
{
	static const char *const texts[] = {
	    "```\n<!-- rowmark:begin summary -->\n```\n",
	    "    <!-- rowmark:begin summary -->\n",
	    "`<!-- rowmark:begin summary -->`\n",
	    "<!-- rowmark:beginner -->\n",
	    "<!-- rowmark: papers; Paper: key -->\n",
	};

	(void)state;
	for (size_t i = 0; i < NELEM(texts); i++) {
		struct rmk_arena a = {0};
		struct rmk_regions r = rmk_regions_of(
		    &a, parse(&a, rmk_str_of(texts[i])));

		assert_int_equal(r.n, 0);
		assert_int_equal(r.code, RMK_OK);
		rmk_arena_free(&a);
	}
}

static enum rmk_code
open_other(
    void *ctx, struct rmk_str path, const struct rmk_doc **out, struct rmk_err *err)
{
	if (!rmk_str_eq(path, S("docs/other.md")))
		return rmk_fail(err, RMK_NOT_FOUND, "no file");
	*out = parse(ctx, S("# B\n\n| x | Done |\n|---|---|\n| 1 | yes |\n"));
	return RMK_OK;
}

static void
test_other_files(void **state)
{
	struct rmk_arena a = {0};
	struct rmk_render_opts opts = {.open = open_other, .ctx = &a};
	struct rmk_regions regions;
	struct rmk_err err = {0};
	struct rmk_str out;
	struct rmk_doc *doc = parse(
	    &a, S("<!-- rowmark:begin summary docs/other.md#b -->\n"
		  "<!-- rowmark:end -->\n"));

	(void)state;
	assert_int_equal(rmk_render(&a, doc, &opts, &out, &regions, &err), RMK_OK);
	assert_true(rmk_str_find(out, S("| 1 of 1 |")) != RMK_NONE);
	doc = parse(
	    &a, S("<!-- rowmark:begin summary no.md -->\n<!-- rowmark:end -->\n"));
	assert_int_equal(rmk_render(&a, doc, &opts, &out, &regions, &err), RMK_NOT_FOUND);
	rmk_arena_free(&a);
}

// A table of 200 KB under n regions, each of words of its own, or all of the same.
static enum rmk_code
render_many(struct rmk_arena *a, size_t n, bool own, struct rmk_err *err)
{
	struct rmk_buf text = {.arena = a};
	struct rmk_render_opts opts = {0};
	struct rmk_regions regions;
	struct rmk_str out;

	for (size_t i = 0; i < n; i++) {
		rmk_buf_printf(
		    &text, "<!-- rowmark:begin summary label=%zu -->\n", own ? i : 0);
		rmk_buf_adds(&text, "<!-- rowmark:end -->\n\n");
	}
	rmk_buf_adds(&text, TABLE);
	for (size_t i = 0; i < 200; i++) {
		rmk_buf_adds(&text, "| ");
		rmk_buf_fill(&text, 'x', 1000);
		rmk_buf_adds(&text, " | yes |\n");
	}
	return rmk_render(a, parse(a, rmk_buf_str(&text)), &opts, &out, &regions, err);
}

// Regions that sum up a large file each their own way are bounded; those of the same words
// are made once, and what one was made from is not kept for the next.
static void
test_many(void **state)
{
	struct rmk_arena a = {0};
	struct rmk_err err = {0};

	(void)state;
	assert_int_equal(render_many(&a, 10, true, &err), RMK_OK);
	assert_int_equal(render_many(&a, 1000, false, &err), RMK_OK);
	assert_true(a.used < 16 << 20);
	assert_int_equal(render_many(&a, 200, true, &err), RMK_TOO_BIG);
	assert_true(rmk_str_find(rmk_str_of(err.msg), S("sum up too much")) != RMK_NONE);
	rmk_arena_free(&a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_written),
	    cmocka_unit_test(test_broken_markers),
	    cmocka_unit_test(test_no_markers),
	    cmocka_unit_test(test_other_files),
	    cmocka_unit_test(test_many),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
