// Counting statuses, and the formats they are written in.
#include "unit.h"

#include "summary/chart.h"
#include "summary/summary.h"

static struct rmk_doc *
parse(struct rmk_arena *a, const char *text)
{
	struct rmk_doc *doc;
	struct rmk_err err;

	if (rmk_doc_parse(a, S("l.md"), rmk_str_of(text), RMK_PARSE_ALL, &doc, &err))
		fail_msg("%s", err.msg);
	return doc;
}

static struct rmk_summary
sum(struct rmk_arena *a, const char *text, const struct rmk_summary_opts *opts)
{
	struct rmk_summary s = {.arena = a};
	struct rmk_err err;

	if (rmk_summary_doc(&s, parse(a, text), opts, &err))
		fail_msg("%s", err.msg);
	rmk_summary_finish(&s);
	return s;
}

static struct rmk_str
written(const struct rmk_summary *s, struct rmk_summary_style style)
{
	struct rmk_buf out = {.arena = s->arena};

	rmk_summary_write(s, &style, &out);
	return rmk_buf_str(&out);
}

#define LIST                                                                             \
	"# Papers\n\n"                                                                   \
	"| Paper | Read or Not | Area |\n|---|---|---|\n"                                \
	"| LIMA | Not read | NLP |\n"                                                    \
	"| LoRA | Read | NLP |\n"                                                        \
	"| QLoRA | Not Read | NLP |\n"                                                   \
	"| ViT | reading | Vision |\n"                                                   \
	"| GPT | perhaps | |\n"                                                          \
	"| BERT | | NLP |\n"

#define MATRIX                                                                           \
	"# Matrix\n\n"                                                                   \
	"| Feature | Go | Java |\n|---|---|---|\n"                                       \
	"| a | ✅ | ❌ |\n| b | ✅ | ✅ |\n| c | ❌ | ✅ |\n"

static void
test_formats(void **state)
{
	static const struct {
		const char *what, *text, *by;
		struct rmk_summary_style style;
		const char *want;
	} cases[] = {
	    {"text", LIST, "", {.format = RMK_SUMMARY_TEXT},
		"l.md#papers  1 of 6  ██▋░░░░░░░░░░░░░   16 %  Not read 2 · reading 1 · "
		"Read 1 · unknown: perhaps 1 · empty 1\n"
		"  one status in 2 spellings: Not read 1, Not Read 1\n"},
	    {"ascii, narrow", LIST, "",
		{.format = RMK_SUMMARY_TEXT, .width = 64, .ascii = true},
		"l.md#papers  1 of 6  ##..............   16 %  Not read 2, rea...\n"
		"  one status in 2 spellings: Not read 1, Not Read 1\n"},
	    {"narrower", LIST, "", {.format = RMK_SUMMARY_TEXT, .width = 30},
		"l.md#papers  1 of 6   16 %\n"
		"  one status in 2 spellings: …\n"},
	    {"by", LIST, "area", {.format = RMK_SUMMARY_TEXT},
		"l.md#papers  1 of 6  ██▋░░░░░░░░░░░░░   16 %  Not read 2 · reading 1 · "
		"Read 1 · unknown: perhaps 1 · empty 1\n"
		"  one status in 2 spellings: Not read 1, Not Read 1\n"
		"  NLP        1 of 4  ████░░░░░░░░░░░░   25 %  Not read 2 · Read 1 · "
		"empty 1\n"
		"  Vision     0 of 1  ░░░░░░░░░░░░░░░░    0 %  reading 1\n"
		"  (empty)    0 of 1  ░░░░░░░░░░░░░░░░    0 %  unknown: perhaps 1\n"},
	    {"matrix", MATRIX, "", {.format = RMK_SUMMARY_TEXT},
		"l.md#matrix  4 of 6  ██████████▋░░░░░   66 %  ❌ 2 · ✅ 4\n"
		"  Go         2 of 3  ██████████▋░░░░░   66 %  ❌ 1 · ✅ 2\n"
		"  Java       2 of 3  ██████████▋░░░░░   66 %  ❌ 1 · ✅ 2\n"},
	    {"md", LIST, "area", {.format = RMK_SUMMARY_MD, .local = true},
		"| Area | Rows | Share | Values |\n| :-- | --: | :-- | :-- |\n"
		"| NLP | 1 of 4 | ██▌░░░░░░░ 25 % | Not read 2 · Read 1 · empty 1 |\n"
		"| Vision | 0 of 1 | ░░░░░░░░░░ 0 % | reading 1 |\n"
		"| (empty) | 0 of 1 | ░░░░░░░░░░ 0 % | unknown: perhaps 1 |\n"},
	    {"md, two tables", LIST MATRIX, "", {.format = RMK_SUMMARY_MD, .local = true},
		"| Table | Column | Rows | Share | Values |\n"
		"| :-- | :-- | --: | :-- | :-- |\n"
		"| [papers](#papers) | Read or Not | 1 of 6 | █▋░░░░░░░░ 16 % | "
		"Not read 2 · reading 1 · Read 1 · unknown: perhaps 1 · empty 1 |\n"
		"| [matrix](#matrix) | Go | 2 of 3 | ██████▋░░░ 66 % | ❌ 1 · ✅ 2 |\n"
		"| [matrix](#matrix) | Java | 2 of 3 | ██████▋░░░ 66 % | ❌ 1 · ✅ 2 |\n"
		"| total | | 5 of 12 | ████▏░░░░░ 41 % | Not read 2 · ❌ 2 · reading 1 "
		"· Read 1 · ✅ 4 · unknown: perhaps 1 · empty 1 |\n"},
	    {"csv", MATRIX, "", {.format = RMK_SUMMARY_CSV},
		"table,column,group,total,todo,doing,done,unknown,empty,percent,"
		"values,closed\r\n"
		"l.md#matrix,,,6,2,0,4,0,0,66,\"❌ 2, ✅ 4\",0\r\n"
		"l.md#matrix,Go,,3,1,0,2,0,0,66,\"❌ 1, ✅ 2\",0\r\n"
		"l.md#matrix,Java,,3,1,0,2,0,0,66,\"❌ 1, ✅ 2\",0\r\n"},
	    {"mermaid pie", LIST, "", {.format = RMK_SUMMARY_MERMAID},
		"pie showData\n    title 1 of 6 (16 %)\n    \"Not read\" : 2\n"
		"    \"reading\" : 1\n    \"Read\" : 1\n    \"perhaps\" : 1\n"
		"    \"(empty)\" : 1\n"},
	    {"mermaid bars", MATRIX, "", {.format = RMK_SUMMARY_MERMAID},
		"xychart-beta\n    title \"Progress\"\n    x-axis [\"Go\", \"Java\"]\n"
		"    y-axis \"done, percent\" 0 --> 100\n    bar [66, 66]\n"},
	    {"shields", LIST, "",
		{.format = RMK_SUMMARY_SHIELDS, .label = RMK_STR("papers")},
		"{\"schemaVersion\":1,\"label\":\"papers\",\"message\":\"1 of 6\","
		"\"color\":\"orange\"}\n"},
	};

	(void)state;
	for (size_t i = 0; i < NELEM(cases); i++) {
		struct rmk_arena a = {0};
		struct rmk_summary_opts opts = {.by = rmk_str_of(cases[i].by)};
		struct rmk_summary s = sum(&a, cases[i].text, &opts);

		assert_text(written(&s, cases[i].style), rmk_str_of(cases[i].want),
		    cases[i].what);
		rmk_arena_free(&a);
	}
}

static void
test_json(void **state)
{
	struct rmk_arena a = {0};
	struct rmk_summary_opts opts = {0};
	struct rmk_summary s = sum(&a,
	    "# A\n\n| x | Done |\n|---|---|\n| 1 | yes |\n| 2 | no |\n| 3 | Yes |\n",
	    &opts);

	(void)state;
	assert_text(written(&s, (struct rmk_summary_style){.format = RMK_SUMMARY_JSON}),
	    S("{\"version\":1,\"tables\":[{\"address\":\"l.md#a\",\"file\":\"l.md\","
	      "\"table\":\"a\",\"column\":\"Done\",\"total\":3,\"todo\":1,\"doing\":0,"
	      "\"done\":2,\"unknown\":0,\"empty\":0,\"closed\":0,\"percent\":66,"
	      "\"values\":["
	      "{\"value\":\"no\",\"progress\":\"todo\",\"count\":1,\"spellings\":["
	      "{\"text\":\"no\",\"count\":1}]},"
	      "{\"value\":\"yes\",\"progress\":\"done\",\"count\":2,\"spellings\":["
	      "{\"text\":\"yes\",\"count\":1},{\"text\":\"Yes\",\"count\":1}]}]}],"
	      "\"total\":{\"total\":3,\"todo\":1,\"doing\":0,\"done\":2,\"unknown\":0,"
	      "\"empty\":0,\"closed\":0,\"percent\":66,\"values\":["
	      "{\"value\":\"no\",\"progress\":\"todo\",\"count\":1,\"spellings\":["
	      "{\"text\":\"no\",\"count\":1}]},"
	      "{\"value\":\"yes\",\"progress\":\"done\",\"count\":2,\"spellings\":["
	      "{\"text\":\"yes\",\"count\":1},{\"text\":\"Yes\",\"count\":1}]}]}}\n"),
	    "json");
	rmk_arena_free(&a);
}

// Named columns and values that count as done besides.
static void
test_options(void **state)
{
	static const char text[] = "# A\n\n| x | Solution |\n|---|---|\n| 1 | Go |\n"
				   "| 2 | |\n| 3 | Go |\n\n# B\n\n| y | z |\n|---|---|\n"
				   "| 1 | 2 |\n";
	struct rmk_arena a = {0};
	struct rmk_str column = S("solution"), done = S("go"), none = S("nothing");
	struct rmk_summary_opts opts = {
	    .columns = &column, .ncolumns = 1, .done = &done, .ndone = 1};
	struct rmk_summary s = sum(&a, text, &opts);
	struct rmk_err err;

	(void)state;
	assert_int_equal(s.ntables, 1);
	assert_int_equal(s.total.by[RMK_DONE], 2);
	assert_int_equal(s.total.by[RMK_EMPTY], 1);
	opts.columns = &none;
	assert_int_equal(
	    rmk_summary_doc(&s, parse(&a, text), &opts, &err), RMK_NOT_FOUND);
	rmk_arena_free(&a);
}

// A table that a region holds is a summary itself.
static void
test_regions_are_left_out(void **state)
{
	struct rmk_arena a = {0};
	struct rmk_summary_opts opts = {0};
	struct rmk_summary s = sum(&a,
	    "<!-- rowmark:begin summary -->\n\n| A | Done |\n|---|---|\n| 1 | yes |\n\n"
	    "<!-- rowmark:end -->\n\n| B | Done |\n|---|---|\n| 1 | no |\n",
	    &opts);

	(void)state;
	assert_int_equal(s.ntables, 1);
	assert_int_equal(s.total.by[RMK_DONE], 0);
	rmk_arena_free(&a);
}

static void
test_bar(void **state)
{
	static const struct {
		size_t part, whole, columns;
		bool ascii;
		const char *want;
	} cases[] = {
	    {0, 0, 4, false, "░░░░"},
	    {0, 5, 4, false, "░░░░"},
	    {5, 5, 4, false, "████"},
	    {1, 1000, 4, false, "▏░░░"},
	    {999, 1000, 4, false, "███▉"},
	    {2, 13, 16, false, "██▍░░░░░░░░░░░░░"},
	    {1, 2, 3, true, "#.."},
	    {999, 1000, 3, true, "##."},
	    {3, 3, 3, true, "###"},
	};

	(void)state;
	for (size_t i = 0; i < NELEM(cases); i++) {
		struct rmk_arena a = {0};
		struct rmk_buf out = {.arena = &a};

		rmk_chart_bar(&out, cases[i].part, cases[i].whole, cases[i].columns,
		    cases[i].ascii);
		assert_text(rmk_buf_str(&out), rmk_str_of(cases[i].want), "bar");
		rmk_arena_free(&a);
	}
}

// No name in a file may steer a terminal, end a cell, or leave an attribute.
static void
test_hostile_text(void **state)
{
	static const char text[] = "# A\n\n| x | Done |\n|---|---|\n"
				   "| 1 | \033[31m<b>\"|\n| 2 | yes |\n";
	static const enum rmk_summary_format formats[] = {RMK_SUMMARY_TEXT,
	    RMK_SUMMARY_MD, RMK_SUMMARY_JSON, RMK_SUMMARY_SVG, RMK_SUMMARY_MERMAID};
	struct rmk_arena a = {0};
	struct rmk_summary_opts opts = {0};
	struct rmk_summary s = sum(&a, text, &opts);

	(void)state;
	for (size_t i = 0; i < NELEM(formats); i++) {
		struct rmk_summary_style style = {
		    .format = formats[i], .label = S("<\"&")};
		struct rmk_str out = written(&s, style);
		assert_true(
		    formats[i] == RMK_SUMMARY_MD || rmk_str_chr(out, '\033') == RMK_NONE);
		assert_true(formats[i] != RMK_SUMMARY_SVG ||
			    rmk_str_find(out, S("<\"&")) == RMK_NONE);
	}
	rmk_arena_free(&a);
}

// A label that is wider than its place is cut; one of the place's width is whole.
static void
test_svg_labels(void **state)
{
	static const struct {
		const char *name, *want;
	} cases[] = {
	    {"Papers", ">l.md#papers</text>"},
	    {"Papers that are read, and papers that nobody has ever read before",
		"…<title>l.md#papers-that-are"},
	};

	(void)state;
	for (size_t i = 0; i < NELEM(cases); i++) {
		struct rmk_arena a = {0};
		struct rmk_summary_opts opts = {0};
		struct rmk_summary_style style = {.format = RMK_SUMMARY_SVG};
		struct rmk_summary s = sum(&a,
		    rmk_str_printf(&a,
			"# %s\n\n| x | Done |\n|---|---|\n| 1 | no |\n\n# B\n\n"
			"| x | Done |\n|---|---|\n| 1 | no |\n",
			cases[i].name)
			.s,
		    &opts);
		struct rmk_str out = written(&s, style);

		if (rmk_str_find(out, rmk_str_of(cases[i].want)) == RMK_NONE)
			fail_msg("%s\n%.*s", cases[i].want, RMK_FMT(out));
		// A frame ends before the bars, which begin at 190: it cuts what a font draws wider.
		if (rmk_str_find(out, RMK_STR("<svg width=\"184\"")) == RMK_NONE)
			fail_msg("no frame around the labels\n%.*s", RMK_FMT(out));
		rmk_arena_free(&a);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_formats),
	    cmocka_unit_test(test_json),
	    cmocka_unit_test(test_options),
	    cmocka_unit_test(test_regions_are_left_out),
	    cmocka_unit_test(test_bar),
	    cmocka_unit_test(test_hostile_text),
	    cmocka_unit_test(test_svg_labels),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
