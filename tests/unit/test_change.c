// Changes: seen in one version of a file, made in another.
#include "unit.h"

#include <stdio.h>

struct change_case {
	const char *what;
	struct rmk_str seen; // where the user pointed at a table, row and column
	enum rmk_change_kind kind;
	size_t table, row, col; // ADD: behind `row`; RMK_NONE: at the end
	const char *value;      // SET; ADD: its cells, divided by '|'
	struct rmk_str other;   // the version the change is made in
	struct rmk_str want;    // its new bytes; else
	enum rmk_code code;     // why not
	const char *says;       // a part of the message
};

static struct rmk_doc *
parse(struct rmk_arena *a, struct rmk_str text)
{
	struct rmk_doc *doc = NULL;
	struct rmk_err err;

	assert_int_equal(rmk_doc_parse(a, S("README.md"), text, 0, &doc, &err), RMK_OK);
	return doc;
}

static struct rmk_str *
split_values(struct rmk_arena *a, const char *text, size_t ncols)
{
	struct rmk_str *values = RMK_NEW_N(a, struct rmk_str, ncols),
		       rest = rmk_str_of(text);

	for (size_t i = 0; i < ncols; i++)
		assert_true(rmk_str_split(&rest, '|', &values[i]));
	return values;
}

// As the tool does it: by index in the version that the user saw.
static struct rmk_change
make_change(struct rmk_arena *a, const struct change_case *c)
{
	struct rmk_doc *doc = parse(a, c->seen);
	struct rmk_schema *schema = rmk_schema_of(a, doc, c->table);
	const struct rmk_table *table = &doc->tables[c->table];
	struct rmk_change change = {
	    .kind = c->kind, .table = rmk_table_identify(a, doc, c->table, schema)};

	if (c->row != RMK_NONE)
		change.row = rmk_row_identify(a, doc, c->table, schema, c->row);
	if (c->kind == RMK_CHANGE_SET) {
		struct rmk_str label = rmk_doc_cell(doc, &table->header, c->col);

		change.label = rmk_value_key(a, label);
		change.label_shown = rmk_value_text(a, label);
		change.old = rmk_doc_cell(doc, &table->rows[c->row], c->col);
		change.value = rmk_str_of(c->value);
	} else if (c->kind == RMK_CHANGE_ADD) {
		change.values = split_values(a, c->value, table->ncols);
	}
	return change;
}

static void
run_cases(const struct change_case *cases, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const struct change_case *c = &cases[i];
		struct rmk_arena arena = {0};
		struct rmk_change change = make_change(&arena, c);
		struct rmk_str out = S("untouched");
		struct rmk_err err = {0};
		enum rmk_code code = rmk_changes_apply(
		    &arena, "HEAD", parse(&arena, c->other), &change, 1, &out, &err);

		if (code != c->code)
			fail_msg("%s: %s, wanted %s: %s [%.*s]", c->what,
			    rmk_code_name(code), rmk_code_name(c->code), err.msg,
			    RMK_FMT(out));
		assert_text(out, code ? S("untouched") : c->want, c->what);
		if (code && !strstr(err.msg, c->says))
			fail_msg("%s: says [%s], wanted [%s]", c->what, err.msg, c->says);
		rmk_arena_free(&arena);
	}
}

#define RUN(cases) run_cases(cases, NELEM(cases))
#define SET RMK_CHANGE_SET
#define ADD RMK_CHANGE_ADD
#define REMOVE RMK_CHANGE_REMOVE

#define HEAD_ROW "|Paper|Status|\n|-|-|\n"
#define LIST HEAD_ROW "|LoRA|todo|\n|LIMA|todo|\n"

static void
test_set(void **state)
{
	const struct change_case cases[] = {
	    {"the same version", S(LIST), SET, 0, 1, 1, "done", S(LIST),
		S(HEAD_ROW "|LoRA|todo|\n|LIMA|done|\n"), 0, NULL},
	    {"another place, other rows", S(LIST), SET, 0, 1, 1, "done",
		S("# P\n\n" HEAD_ROW "|LIMA|todo|\n|X|done|\n"),
		S("# P\n\n" HEAD_ROW "|LIMA|done|\n|X|done|\n"), 0, NULL},
	    {"key spelled otherwise", S(LIST), SET, 0, 1, 1, "done",
		S(HEAD_ROW "|[lima](x)|todo|\n"), S(HEAD_ROW "|[lima](x)|done|\n"), 0,
		NULL},
	    {"another column changed", S("|Paper|Status|Note|\n|-|-|-|\n|LIMA|todo|a|\n"),
		SET, 0, 0, 1, "done", S("|Paper|Status|Note|\n|-|-|-|\n|LIMA|todo|b|\n"),
		S("|Paper|Status|Note|\n|-|-|-|\n|LIMA|done|b|\n"), 0, NULL},
	    {"made already", S(LIST), SET, 0, 1, 1, "done", S(HEAD_ROW "|LIMA| done |\n"),
		S(HEAD_ROW "|LIMA| done |\n"), 0, NULL},
	    {"neither old nor new", S(LIST), SET, 0, 1, 1, "done",
		S(HEAD_ROW "|LIMA|doing|\n"), S(""), RMK_CONFLICT,
		"HEAD: README.md#1: Status of 'LIMA' is 'doing', not 'todo'"},
	    {"no such row", S("# Papers\n\n" LIST), SET, 0, 1, 1, "done",
		S("# Papers\n\n" HEAD_ROW "|LoRA|todo|\n"), S(""), RMK_NOT_FOUND,
		"HEAD: README.md#papers has no row 'LIMA'; it is new in the worktree"},
	    {"no such column", S(LIST), SET, 0, 1, 1, "done",
		S("<!-- rowmark: p -->\n\n|Paper|State|\n|-|-|\n|LIMA|todo|\n"), S(""),
		RMK_NOT_FOUND, "has no table"},
	    {"a column less, by name", S("<!-- rowmark: p -->\n" LIST), SET, 0, 1, 1,
		"done", S("<!-- rowmark: p -->\n|Paper|State|\n|-|-|\n|LIMA|todo|\n"),
		S(""), RMK_NOT_FOUND,
		"has no column 'Status'; it is new in the worktree"},
	    {"columns moved, by name", S("<!-- rowmark: p -->\n" LIST), SET, 0, 1, 1,
		"done", S("<!-- rowmark: p -->\n|Status|Paper|\n|-|-|\n|todo|LIMA|\n"),
		S("<!-- rowmark: p -->\n|Status|Paper|\n|-|-|\n|done|LIMA|\n"), 0, NULL},
	    {"labels that are equal", S("|A|S|S|\n|-|-|-|\n|a|b|c|\n"), SET, 0, 0, 1, "d",
		S("|A|S|S|\n|-|-|-|\n|a|b|c|\n"), S("|A|S|S|\n|-|-|-|\n|a|d|c|\n"), 0,
		NULL},
	    {"labels that are equal, and one of them is not there",
		S("<!-- rowmark: p -->\n|A|S|S|\n|-|-|-|\n|a|b|c|\n"), SET, 0, 0, 1, "d",
		S("<!-- rowmark: p -->\n|A|S|\n|-|-|\n|a|b|\n"), S(""), RMK_AMBIGUOUS,
		"several columns 'S'"},
	    {"a short row", S("|A|S|\n|-|-|\n|a|\n"), SET, 0, 0, 1, "b",
		S("|A|S|\n|-|-|\n|a|\n"), S("|A|S|\n|-|-|\n|a|b|\n"), 0, NULL},
	};

	(void)state;
	RUN(cases);
}

#define KEYED "<!-- rowmark: t; A: key -->\n|A|N|S|\n|-|-|-|\n"

// Rows that share their key.
static void
test_twins(void **state)
{
	const struct change_case cases[] = {
	    {"told apart by another cell", S(KEYED "|x|1|todo|\n|x|2|todo|\n"), SET, 0, 1,
		2, "done", S(KEYED "|x|2|todo|\n|x|1|todo|\n"),
		S(KEYED "|x|2|done|\n|x|1|todo|\n"), 0, NULL},
	    {"made already", S(KEYED "|x|1|todo|\n|x|2|todo|\n"), SET, 0, 1, 2, "done",
		S(KEYED "|x|1|todo|\n|x|2|done|\n"), S(KEYED "|x|1|todo|\n|x|2|done|\n"),
		0, NULL},
	    {"told apart by the old value", S(KEYED "|x|1|todo|\n|x|1|doing|\n"), SET, 0,
		1, 2, "done", S(KEYED "|x|1|doing|\n|y|1|todo|\n|x|1|todo|\n"),
		S(KEYED "|x|1|done|\n|y|1|todo|\n|x|1|todo|\n"), 0, NULL},
	    {"the nth of as many", S(KEYED "|x|1|a|\n|x|1|a|\n"), SET, 0, 1, 2, "b",
		S(KEYED "|x|1|a|\n|y|1|a|\n|x|1|a|\n"),
		S(KEYED "|x|1|a|\n|y|1|a|\n|x|1|b|\n"), 0, NULL},
	    {"the nth of more", S(KEYED "|x|1|a|\n|x|1|a|\n"), SET, 0, 1, 2, "b",
		S(KEYED "|x|1|a|\n|x|1|a|\n|x|1|a|\n"), S(""), RMK_AMBIGUOUS,
		"several rows 'x'"},
	    {"none is the same", S(KEYED "|x|1|a|\n|x|2|a|\n"), SET, 0, 1, 2, "b",
		S(KEYED "|x|3|a|\n|x|4|a|\n"), S(""), RMK_AMBIGUOUS, "several rows 'x'"},
	    {"an empty key, the same cells", S(KEYED "|a|0|a|\n||1|a|\n"), SET, 0, 1, 2,
		"b", S(KEYED "||1|a|\n"), S(KEYED "||1|b|\n"), 0, NULL},
	    {"an empty key, another cell", S(KEYED "|a|0|a|\n||1|a|\n"), SET, 0, 1, 2,
		"b", S(KEYED "||2|a|\n"), S(""), RMK_NOT_FOUND, "has no row"},
	    {"the key itself", S(KEYED "|x|1|a|\n"), SET, 0, 0, 0, "z",
		S(KEYED "|y|1|a|\n|x|1|a|\n"), S(KEYED "|y|1|a|\n|z|1|a|\n"), 0, NULL},
	    {"the key itself, made already", S(KEYED "|x|1|a|\n"), SET, 0, 0, 0, "z",
		S(KEYED "|y|1|a|\n|z|1|a|\n"), S(KEYED "|y|1|a|\n|z|1|a|\n"), 0, NULL},
	    {"the key itself, another row has it", S(KEYED "|x|1|a|\n"), SET, 0, 0, 0,
		"z", S(KEYED "|z|2|a|\n"), S(""), RMK_NOT_FOUND, "has no row 'x'"},
	};

	(void)state;
	RUN(cases);
}

#define ONE(label, value) "|" label "|S|\n|-|-|\n|x|" value "|\n"

// Which table it is.
static void
test_table(void **state)
{
	const struct change_case cases[] = {
	    {"by anchor", S("# A\n\n" ONE("P", "0") "\n# B\n\n" ONE("P", "0")), SET, 1, 0,
		1, "1", S("# B\n\n" ONE("P", "0") "\n# A\n\n" ONE("P", "0")),
		S("# B\n\n" ONE("P", "1") "\n# A\n\n" ONE("P", "0")), 0, NULL},
	    {"the nth under a heading", S("# A\n\n" ONE("P", "0") "\n" ONE("P", "0")),
		SET, 0, 0, 1, "1", S("t\n\n# A\n\n" ONE("P", "0") "\n" ONE("P", "0")),
		S("t\n\n# A\n\n" ONE("P", "1") "\n" ONE("P", "0")), 0, NULL},
	    {"one more under the heading", S("# A\n\n" ONE("P", "0")), SET, 0, 0, 1, "1",
		S("# A\n\n" ONE("P", "0") "\n" ONE("P", "0")), S(""), RMK_AMBIGUOUS,
		"2 tables that could be 'a'"},
	    {"one more, with other labels", S("# A\n\n" ONE("P", "0")), SET, 0, 0, 1, "1",
		S("# A\n\n" ONE("Q", "0") "\n" ONE("P", "0")),
		S("# A\n\n" ONE("Q", "0") "\n" ONE("P", "1")), 0, NULL},
	    {"the heading has another text", S("# A\n\n" ONE("P", "0")), SET, 0, 0, 1,
		"1", S("# B\n\n" ONE("Q", "0") "\n# C\n\n" ONE("P", "0")),
		S("# B\n\n" ONE("Q", "0") "\n# C\n\n" ONE("P", "1")), 0, NULL},
	    {"two headings of one anchor", S("# a\n\n# a\n\n" ONE("P", "0")), SET, 0, 0,
		1, "1", S("# a\n\n# a\n\n" ONE("P", "0") "\n# a-1\n\n" ONE("P", "0")),
		S(""), RMK_AMBIGUOUS, "2 tables that could be 'a-1'"},
	    {"other labels", S("# A\n\n" ONE("P", "0")), SET, 0, 0, 1, "1",
		S("# A\n\n" ONE("Q", "0")), S(""), RMK_NOT_FOUND, "has no table 'a'"},
	    {"no table", S("# A\n\n" ONE("P", "0")), SET, 0, 0, 1, "1", S("# A\n"), S(""),
		RMK_NOT_FOUND,
		"HEAD: README.md has no table 'a' with these columns; it is new"},
	    {"by name", S("<!-- rowmark: n -->\n" ONE("P", "0") "\n" ONE("P", "0")), SET,
		0, 0, 1, "1", S(ONE("P", "0") "\n<!-- rowmark: n -->\n" ONE("P", "0")),
		S(ONE("P", "0") "\n<!-- rowmark: n -->\n" ONE("P", "1")), 0, NULL},
	    {"a new name", S("<!-- rowmark: n -->\n" ONE("P", "0")), SET, 0, 0, 1, "1",
		S(ONE("P", "0")), S(ONE("P", "1")), 0, NULL},
	};

	(void)state;
	RUN(cases);
}

static void
test_rows(void **state)
{
	const struct change_case cases[] = {
	    {"added at the end", S(LIST), ADD, 0, RMK_NONE, 0, "QLoRA|todo",
		S(HEAD_ROW "|a|b|\n"), S(HEAD_ROW "|a|b|\n|QLoRA|todo|\n"), 0, NULL},
	    {"added behind a row", S(LIST), ADD, 0, 0, 0, "QLoRA|todo",
		S(HEAD_ROW "|LoRA|x|\n|a|b|\n"),
		S(HEAD_ROW "|LoRA|x|\n|QLoRA|todo|\n|a|b|\n"), 0, NULL},
	    {"behind a row that is not there", S(LIST), ADD, 0, 0, 0, "QLoRA|todo",
		S(HEAD_ROW "|a|b|\n"), S(""), RMK_NOT_FOUND, "has no row 'LoRA'"},
	    {"added already", S(LIST), ADD, 0, RMK_NONE, 0, "QLoRA|todo",
		S(HEAD_ROW "|QLoRA| todo|\n|a|b|\n"),
		S(HEAD_ROW "|QLoRA| todo|\n|a|b|\n"), 0, NULL},
	    {"another with its key", S(LIST), ADD, 0, RMK_NONE, 0, "QLoRA|todo",
		S(HEAD_ROW "|qlora|done|\n"), S(""), RMK_FASTER,
		"another row 'qlora' on line 3"},
	    {"keys are not unique there", S(LIST), ADD, 0, RMK_NONE, 0, "x|y",
		S(HEAD_ROW "|x|y|\n|x|y|\n"), S(HEAD_ROW "|x|y|\n|x|y|\n|x|y|\n"), 0,
		NULL},
	    {"a column less", S("<!-- rowmark: p -->\n|A|B|C|\n|-|-|-|\n"), ADD, 0,
		RMK_NONE, 0, "a|b|", S("<!-- rowmark: p -->\n|B|A|\n|-|-|\n"),
		S("<!-- rowmark: p -->\n|B|A|\n|-|-|\n|b|a|\n"), 0, NULL},
	    {"a column less that is needed", S("<!-- rowmark: p -->\n|A|B|C|\n|-|-|-|\n"),
		ADD, 0, RMK_NONE, 0, "a|b|c", S("<!-- rowmark: p -->\n|B|A|\n|-|-|\n"),
		S(""), RMK_NOT_FOUND, "has no column 'c'"},
	    {"removed", S(LIST), REMOVE, 0, 0, 0, NULL,
		S(HEAD_ROW "|a|b|\n|LoRA|other|\n"), S(HEAD_ROW "|a|b|\n"), 0, NULL},
	    {"removed, but not there", S(LIST), REMOVE, 0, 0, 0, NULL,
		S(HEAD_ROW "|a|b|\n"), S(""), RMK_NOT_FOUND, "has no row 'LoRA'"},
	};

	(void)state;
	RUN(cases);
}

// Many changes at once are found through one index, and written as one.
static void
test_many(void **state)
{
	enum { N = 2000 };
	struct rmk_arena arena = {0};
	struct rmk_buf text = {.arena = &arena}, want = {.arena = &arena};
	struct rmk_change *changes = RMK_NEW_N(&arena, struct rmk_change, N);
	struct rmk_schema *schema;
	struct rmk_row_id *ids;
	struct rmk_table_id id;
	struct rmk_err err = {0};
	size_t rows[N];
	struct rmk_doc *doc;
	struct rmk_str out;

	(void)state;
	rmk_buf_adds(&text, HEAD_ROW);
	rmk_buf_adds(&want, HEAD_ROW);
	for (size_t i = 0; i < N; i++) {
		rmk_buf_printf(&text, "|row %zu|todo|\n", i);
		rmk_buf_printf(&want, "|row %zu|done|\n", i);
		rows[i] = N - 1 - i;
	}
	doc = parse(&arena, rmk_buf_str(&text));
	schema = rmk_schema_of(&arena, doc, 0);
	id = rmk_table_identify(&arena, doc, 0, schema);
	ids = rmk_rows_identify(&arena, doc, 0, schema, rows, N);
	for (size_t i = 0; i < N; i++)
		changes[i] = (struct rmk_change){.kind = SET,
		    .table = id,
		    .row = ids[i],
		    .label = S("status"),
		    .label_shown = S("Status"),
		    .old = S("todo"),
		    .value = S("done")};
	if (rmk_changes_apply(&arena, "the index", doc, changes, N, &out, &err))
		fail_msg("%s", err.msg);
	assert_text(out, rmk_buf_str(&want), "all rows");
	changes[N - 1].old = S("x");
	changes[N - 1].value = S("y");
	assert_int_equal(
	    rmk_changes_apply(&arena, "the index", doc, changes, N, &out, &err),
	    RMK_CONFLICT);
	rmk_arena_free(&arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_set),
	    cmocka_unit_test(test_twins),
	    cmocka_unit_test(test_table),
	    cmocka_unit_test(test_rows),
	    cmocka_unit_test(test_many),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
