// What is written in whole: findings, schemas and histories in each format, as tests/unit/written/
// has them. WRITE=1 build/unit/test_written writes those files anew, to be read before they are kept.
#include "unit.h"

#include "check/kept.h"
#include "check/report.h"
#include "history/history.h"
#include "io/file.h"
#include "schema/describe.h"

#include <stdio.h>

static void
compare(struct rmk_arena *a, const char *name, struct rmk_str got)
{
	struct rmk_str path = rmk_str_printf(a, "tests/unit/written/%s", name), want;
	FILE *f;

	if (getenv("WRITE")) {
		assert_non_null(f = fopen(path.s, "w"));
		assert_int_equal(fwrite(got.s, 1, got.n, f), got.n);
		fclose(f);
	}
	if (rmk_file_read(a, path, &want, NULL, NULL))
		fail_msg("%s cannot be read", path.s);
	assert_text(got, want, name);
}

static struct rmk_doc *
parse(struct rmk_arena *a, const char *text)
{
	return parse_md(a, rmk_str_of(text), RMK_PARSE_ALL);
}

// --- findings -------------------------------------------------------------------

// Rows, cells, keys, links and statuses that are wrong, in lines longer than a screen, with
// letters of two and four bytes and with bytes that a terminal would obey.
static const char faulty[] =
    "# Papers & \"more\" <b>\n\n"
    "<!-- rowmark: papers; Paper: key; Status: status = Not read < Reading < Read; "
    "Year: integer, min 1900 -->\n"
    "| Paper | Status | Year |\n|---|---|---|\n"
    "| LoRA | Read | 2021 |\n"
    "| LoRA | Raed | 2021 |\n"
    "| QLoRA | Reading | 1023 | lost 🚧 |\n"
    "| Ünï\033[31m | | x |\n"
    "| GPTQ |\n"
    "\nText with a row behind it.\n\n"
    "| a | b |\n|---|---|---|\n| 1 | 2 |\n\n"
    "| Name | Link |\n|---|---|\n"
    "| A text that is rather long, and says more than a cell of a table ever should, so "
    "that "
    "the line is cut | [é](https://example.org/😀 |\n\n"
    "# Twins\n\n| Name | State |\n|---|---|\n"
    "| LIMA | Read |\n| LIMA | Read |\n| LIMA | Read |\n";

static void
test_reports(void **state)
{
	const struct rmk_check_opts opts = {0};
	struct rmk_arena a = {0};
	struct rmk_findings found = {0};
	struct rmk_str paths[] = {S("t.md"), S("docs/clean.md")};
	struct rmk_report r;

	(void)state;
	rmk_check_text(&a, paths[0], rmk_str_of(faulty), &opts, NULL, &found);
	r = (struct rmk_report){.v = found.v, .n = found.n, .paths = paths, .npaths = 2};
	for (size_t i = 0; rmk_report_formats[i].name; i++) {
		const char *name = rmk_report_formats[i].name;
		struct rmk_buf out = {.arena = &a};

		// It holds all rules, and tests/cli/formats.bats looks at it.
		if (strcmp(name, "sarif") == 0)
			continue;
		rmk_report_formats[i].write(&out, &r);
		compare(&a, rmk_str_printf(&a, "report.%s", name).s, rmk_buf_str(&out));
	}
	struct rmk_buf out = {.arena = &a};
	r.color = true;
	rmk_report_full(&out, &r);
	compare(&a, "report.color", rmk_buf_str(&out));
	rmk_arena_free(&a);
}

// Findings that are kept without their file, in each format, are reported as those that are not;
// two files of them, since a report goes back and forth between the two.
static void
test_kept(void **state)
{
	const struct rmk_check_opts opts = {0};
	struct rmk_arena a = {0};
	struct rmk_str paths[] = {S("t.md"), S("docs/clean.md"), S("u.md")};
	struct rmk_findings both = {0}, one[2] = {{0}};
	struct rmk_kept kept[2];
	const struct rmk_kept *const files[] = {&kept[0], &kept[1]};
	struct rmk_kept_cursor cursor = {.files = files, .nfiles = 2};

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		rmk_check_text(&a, paths[2 * i], rmk_str_from(rmk_str_of(faulty), i * 30),
		    &opts, NULL, &one[i]);
		kept[i] = rmk_findings_pack(&a, paths[2 * i], &one[i]);
		for (size_t k = 0; k < one[i].n; k++)
			*RMK_PUSH(&a, both.v, both.n, both.cap) = one[i].v[k];
	}
	assert_true(one[0].n > 5 && one[1].n > 5);
	for (size_t i = 0; rmk_report_formats[i].name; i++) {
		struct rmk_buf want = {.arena = &a}, got = {.arena = &a};
		struct rmk_report r = {both.v, both.n, paths, 3, false, NULL, NULL};

		rmk_report_formats[i].write(&want, &r);
		r = (struct rmk_report){
		    NULL, both.n, paths, 3, false, rmk_kept_at, &cursor};
		rmk_report_formats[i].write(&got, &r);
		assert_text(
		    rmk_buf_str(&got), rmk_buf_str(&want), rmk_report_formats[i].name);
	}
	rmk_arena_free(&cursor.scratch);
	rmk_arena_free(&a);
}

static void
test_rules(void **state)
{
	static const char *const members[] = {
	    "\"name\":", "\"family\":", "\"level\":", "\"fixable\":", "\"meaning\":"};
	struct rmk_arena a = {0};
	struct rmk_buf out = {.arena = &a};

	(void)state;
	rmk_report_rules_json(&out);
	for (size_t i = 0; i < NELEM(members); i++) {
		struct rmk_str rest = rmk_buf_str(&out);
		size_t n = 0, at;

		while ((at = rmk_str_find(rest, rmk_str_of(members[i]))) != RMK_NONE) {
			rest = rmk_str_from(rest, at + 1);
			n++;
		}
		assert_int_equal(n, rmk_nrules);
	}
	rmk_arena_free(&a);
}

// --- schemas ----------------------------------------------------------------------

static const char tables[] =
    "<!-- rowmark: papers; Paper: key; Status: status = Not read < Reading < Read; "
    "Link: link, unique; Year: integer, required, min 1900, max 2100; "
    "Area: enum = NLP, Vision; Of: ref = people; Code: /[a-z]+/ -->\n"
    "| Paper | Status | Link | Year | Area | Of | Code |\n|---|---|---|---|---|---|---|\n"
    "| LoRA | Read | [l](https://example.org/1) | 2021 | NLP | Ada | a |\n\n"
    "# Inferred\n\n"
    "| Name | State | Rows | Share | Since | Page | Id | Note | Empty |\n"
    "|---|---|---|---|---|---|---|---|---|\n"
    "| a | todo | 1 | 0.5 | 2024-01-02 | https://example.org/1 | 007 | x | |\n"
    "| b | doing | -20 | 1 | 2024-02-29 | https://example.org/2 | 008 | 1x | |\n"
    "| c | done | 300 | -1.5 | 2023-12-31 | https://example.org/3 | 009 | | |\n\n"
    "# Twice\n\n"
    "| Name | Status |\n|---|---|\n| a | fertig |\n| a | offen |\n| b | offen |\n| | zu "
    "\"x\" "
    "|\n";

static void
test_schemas(void **state)
{
	struct rmk_arena a = {0};
	struct rmk_doc *doc = parse(&a, tables);

	(void)state;
	for (size_t t = 0; t < doc->ntables; t++) {
		struct rmk_schema *s = rmk_schema_of(&a, doc, t);
		struct rmk_schema *inferred = rmk_describe_infer(&a, doc, t, s);
		struct rmk_buf out = {.arena = &a};
		struct rmk_json j = {.out = &out};

		rmk_buf_add(&out, rmk_describe_declaration(&a, doc, t, s, S("")));
		rmk_buf_adds(&out, "\n");
		rmk_buf_add(
		    &out, rmk_describe_declaration(&a, doc, t, inferred, S("name")));
		rmk_buf_adds(&out, "\n");
		rmk_describe_frictionless(&a, s, NULL, &j, NULL);
		rmk_buf_adds(&out, "\n");
		compare(&a, rmk_str_printf(&a, "schema.%zu", t).s, rmk_buf_str(&out));
	}
	rmk_arena_free(&a);
}

// --- histories ------------------------------------------------------------------

static enum rmk_code
read_text(void *ctx, struct rmk_arena *a, size_t moment, struct rmk_str *text,
    struct rmk_err *err)
{
	static const char *const states[] = {"done", "✅ done", "doing", "todo"};
	struct rmk_buf b = {.arena = a};

	(void)ctx, (void)err;
	rmk_buf_adds(&b, "# A\n\n| Name | Status |\n|---|---|\n");
	for (size_t i = 0; i < 8; i++)
		rmk_buf_printf(&b, "| row %zu | %s |\n", i,
		    i % 3 > moment / 3 ? states[moment < 2]
				       : states[2 + (i + moment) % 2]);
	*text = rmk_buf_str(&b);
	return RMK_OK;
}

static void
test_histories(void **state)
{
	static const char *const names[] = {"text", "csv", "json", "svg", "mermaid"};
	struct rmk_moment moments[8];
	struct rmk_arena a = {0};
	struct rmk_history_opts opts = {.path = S("l.md"), .read = read_text};
	struct rmk_history h;
	struct rmk_err err;

	(void)state;
	for (size_t i = 0; i < NELEM(moments); i++)
		moments[i] = (struct rmk_moment){
		    .id = rmk_str_printf(&a, "c%zu23456789", 7 - i),
		    .blob = rmk_str_printf(&a, "%016zx", i),
		    .joined = true,
		    .time = 1704067200 + (int64_t)(7 - i) * 86400 * 11,
		    .order = i,
		    .author = S("Ada")};
	if (rmk_history_of(&a, moments, NELEM(moments), &opts, &h, &err))
		fail_msg("%s", err.msg);
	for (size_t i = 0; i < NELEM(names); i++) {
		struct rmk_history_style style = {
		    .label = S("l.md"), .cut = S("c023456789"), .limit = 5};
		struct rmk_buf out = {.arena = &a};

		assert_true(rmk_history_format_of(rmk_str_of(names[i]), &style.format));
		rmk_history_write(&a, &h, &style, &out);
		compare(
		    &a, rmk_str_printf(&a, "history.%s", names[i]).s, rmk_buf_str(&out));
	}
	rmk_arena_free(&a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_reports),
	    cmocka_unit_test(test_kept),
	    cmocka_unit_test(test_rules),
	    cmocka_unit_test(test_schemas),
	    cmocka_unit_test(test_histories),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
