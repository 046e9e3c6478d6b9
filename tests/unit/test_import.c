// Records from elsewhere: how they are read, and what they change in a table.
#include "corpus.h"
#include "unit.h"

#include "table/inline_references.h"

#include "edit/import.h"
#include "edit/import_text.h"
#include "io/separated.h"

// --- reading ------------------------------------------------------------------------

// Records as "a|b/c|-/": '-' is not given.
static struct rmk_str
written(struct rmk_arena *a, const struct rmk_records *r)
{
	struct rmk_buf b = {.arena = a};

	for (size_t i = 0; i <= r->n; i++) {
		for (size_t k = 0; k < r->ncols; k++) {
			struct rmk_str cell = i ? r->v[i - 1].cells[k] : r->labels[k];

			rmk_buf_adds(&b, k ? "|" : "");
			rmk_buf_add(&b, cell.s ? cell : S("-"));
		}
		rmk_buf_adds(&b, "/");
	}
	return rmk_buf_str(&b);
}

static void
test_separated(void **state)
{
	static const struct {
		char separator;
		struct rmk_str text, want; // want.s NULL: refused
	} cases[] = {
	    {',', S("a,b\n1,2\n"), S("a|b/1|2/")},
	    {',', S("a,b\r\n1,2"), S("a|b/1|2/")},
	    {',', S("a,b\r1,2\r"), S("a|b/1|2/")},
	    {',', S("a;b\n1;2,3\n"), S("a|b/1|2,3/")},
	    {',', S("a\n\"x,\n\"\"y\"\"\"\n"), S("a/x,\n\"y\"/")},
	    {',', S("a\n\"\"\n\nx\n"), S("a//x/")},
	    {',', S("a,b\n1\n,\n"), S("a|b/1|-/|/")},
	    {',', S("a\n1,2\n"), {0}},
	    {',', S("a\n\"x\n"), {0}},
	    {',', S("a\nx\"y\n"), {0}},
	    {',', S("a\n\"x\" y\n"), {0}},
	    {',', S(""), {0}},
	    {'\t', S("a\tb\r\n\"1\t2\n\n\t\n3\n"), S("a|b/\"1|2/|/3|-/")},
	    {'\t', S("a\n\nx\n"), S("a//x/")},
	    {'\t', S("a\n1\t2\n"), {0}},
	};
	struct rmk_arena arena = {0}, *a = &arena;

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct rmk_records r = {0};
		struct rmk_err err;
		enum rmk_code code = rmk_separated_read(
		    a, cases[i].text, cases[i].separator, &r, &err);

		if (!cases[i].want.s)
			assert_int_equal(code, RMK_INVALID);
		else
			assert_text(written(a, &r), cases[i].want, cases[i].text.s);
	}
	rmk_arena_free(a);
}

static void
test_decode(void **state)
{
	static const struct {
		struct rmk_str bytes, name, want; // want.s NULL: refused
	} cases[] = {
	    {S("\xEF\xBB\xBFx"), S(""), S("x")},
	    {S("\xFF\xFEx\0\xE4\0"), S(""), S("x\xC3\xA4")},
	    {S("\xFE\xFF\0x\0\xE4"), S(""), S("x\xC3\xA4")},
	    {S("x\xE4"), S("LATIN1"), S("x\xC3\xA4")},
	    {S("x\x80"), S("WINDOWS-1252"), S("x\xE2\x82\xAC")},
	    {S("x\xE4"), S(""), {0}},
	    {S("x\xE4y"), S("UTF-8"), {0}},
	    {S("\xFF\xFEx"), S(""), {0}},
	    {S("x"), S("no such"), {0}},
	};
	struct rmk_arena arena = {0}, *a = &arena;

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct rmk_str got;
		struct rmk_err err;
		enum rmk_code code = rmk_text_decode(
		    a, cases[i].bytes, cases[i].name, &got, &err);

		if (!cases[i].want.s)
			assert_int_equal(code, RMK_INVALID);
		else
			assert_text(got, cases[i].want, cases[i].bytes.s);
	}
	rmk_arena_free(a);
}

// --- texts --------------------------------------------------------------------------

// Whatever a text is, the cell shows it.
static void
test_content(void **state)
{
	static const struct {
		struct rmk_str text, want;
	} cases[] = {
	    {S("plain text, 5 * 3"), S("plain text, 5 * 3")},
	    {S("a *b* c"), S("a \\*b\\* c")},
	    {S("vector<T>"), S("vector\\<T>")},
	    {S("a\r\nb\nc"), S("a<br>b<br>c")},
	    {S("[x](y)"), S("\\[x\\](y)")},
	    {S(":x:"), S("\\:x\\:")},
	    {S("a&amp;b"), S("a\\&amp;b")},
	    {S("a|b"), S("a|b")},
	    {S("snake_case_name"), S("snake_case_name")},
	    {S("https://x.y/a_b_c"), S("https://x.y/a_b_c")},
	    {S("back\\*slash"), S("back\\\\*slash")},
	};
	struct rmk_arena arena = {0}, *a = &arena;

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct rmk_str got = rmk_import_content(a, cases[i].text, false);

		assert_text(got, cases[i].want, cases[i].text.s);
		assert_text(rmk_import_norm(a, rmk_value_text(a, rmk_cell_raw(a, got))),
		    rmk_import_norm(a, cases[i].text), cases[i].text.s);
	}
	rmk_arena_free(a);
}

// --- against a table ------------------------------------------------------------------

#define TABLE                                                                            \
	"| Paper | Link | Status |\n|---|---|---|\n"                                     \
	"| [LoRA](x) | [Link](https://a.b/1) | Not read |\n"                             \
	"| LIMA | [Link](https://a.b/2) | **Read** |\n"                                  \
	"| | [Link](https://a.b/3) | Reading |\n"                                        \
	"| | [Link](https://a.b/4) | Read |\n"

// What is set as "row,col=value;", a link that goes with '!', rows as "+a|b|c;", and keys that
// were written otherwise as "(row key)".
static struct rmk_str
planned(struct rmk_arena *a, const struct rmk_import *plan, size_t ncols)
{
	struct rmk_buf b = {.arena = a};

	for (size_t i = 0; i < plan->ncells; i++)
		rmk_buf_printf(&b, "%zu,%zu=%.*s%s;", plan->cells[i].row,
		    plan->cells[i].col, RMK_FMT(plan->cells[i].value),
		    plan->cells[i].had_link ? "!" : "");
	for (size_t i = 0; i < plan->nrows; i++) {
		for (size_t k = 0; k < ncols; k++)
			rmk_buf_printf(
			    &b, "%s%.*s", k ? "|" : "+", RMK_FMT(plan->rows[i][k]));
		rmk_buf_adds(&b, ";");
	}
	for (size_t i = 0; i < plan->nnames; i++)
		rmk_buf_printf(
		    &b, "(%zu %.*s)", plan->names[i].row, RMK_FMT(plan->names[i].value));
	return rmk_buf_str(&b);
}

static enum rmk_code
plan_as(struct rmk_arena *a, const struct rmk_doc *doc, size_t table, struct rmk_str csv,
    struct rmk_str map, bool markdown, struct rmk_import *out, struct rmk_err *err)
{
	struct rmk_schema *schema = rmk_schema_of(a, doc, table);
	struct rmk_records records;
	size_t *cols;

	if (rmk_separated_read(a, csv, ',', &records, err) ||
	    rmk_import_columns(a, schema, &records, &map, map.n != 0, &cols, err))
		return err->code;
	return rmk_import_plan(a, doc, table, schema, &records, cols,
	    (struct rmk_import_opts){.markdown = markdown}, out, err);
}

static enum rmk_code
plan(struct rmk_arena *a, const struct rmk_doc *doc, size_t table, struct rmk_str csv,
    struct rmk_str map, struct rmk_import *out, struct rmk_err *err)
{
	return plan_as(a, doc, table, csv, map, false, out, err);
}

// Records that are Markdown themselves.
static void
test_markdown(void **state)
{
	static const struct {
		struct rmk_str csv, want;
	} cases[] = {
	    {S("Paper,Link\n[LoRA](x),[Link](https://a.b/1)\nLIMA,\"[Link](https://a.b/"
	       "2)\"\n"),
		S("")},
	    {S("Paper,Status\nLoRA,Not read\nLIMA,Read\n"), S("")},
	    {S("Paper,Status\n[LoRA](x),Not read\nLIMA,**Read**\n"), S("")},
	    {S("Paper,Link\n[LoRA](y),[Link](https://a.b/9)\n"),
		S("0,0=[LoRA](y);0,1=[Link](https://a.b/9);")},
	};
	struct rmk_arena arena = {0}, *a = &arena;
	struct rmk_doc *doc = parse_md(a, S(TABLE), 0);

	(void)state;
	for (size_t i = 0; i < NELEM(cases); i++) {
		struct rmk_import got = {0};
		struct rmk_err err = {0};

		assert_int_equal(
		    plan_as(a, doc, 0, cases[i].csv, S(""), true, &got, &err), RMK_OK);
		assert_text(planned(a, &got, 3), cases[i].want, cases[i].csv.s);
	}
	rmk_arena_free(a);
}

static void
test_plan(void **state)
{
	static const struct {
		struct rmk_str csv, map, want; // want.s NULL: refused
	} cases[] = {
	    // A key in another case is the row's, which keeps its own; of two the one it is.
	    {S("Paper,Status\nLORA,Not read\nLIMA,Read\n"), S(""), S("(0 LORA)")},
	    {S("Paper,Status\nlima,read\n"), S(""), S("1,2=Read;(1 lima)")},
	    {S("Paper,Status\nlIMA,Reading\nLIMA,read\n"), S(""),
		S("1,2=Reading;+LIMA||Read;(1 lIMA)")},
	    {S("Paper,Status\nLoRA,read\n"), S(""), S("0,2=Read;")},
	    {S("paper,LINK\nLIMA,https://a.b/9\n"), S(""),
		S("1,1=[Link](https://a.b/9);")},
	    {S("Paper,Link\nLIMA,\n"), S(""), S("1,1=!;")},
	    {S("Paper,Link\nNew,https://a.b/9\n"), S(""),
		S("+New|[Link](https://a.b/9)|Not read;")},
	    {S("Paper,Status\n,Reading\n,Reading\n,Read\n"), S(""), S("+||Reading;")},
	    {S("Paper\nLIMA\nLIMA\n"), S(""), S("+LIMA||Not read;")},
	    {S("Title,Status\nLIMA,Read\n"), S("Title=Paper"), S("")},
	    {S("Title,Status\nLIMA,Read\n"), S(""), {0}},
	    {S("Paper,Status,Foo\nLIMA,Read,1\n"), S("foo="), S("")},
	    {S("Status\nRead\n"), S(""), {0}},
	    {S("Paper,Title\nLIMA,Read\n"), S("Title=Paper"), {0}},
	    {S("Paper,Status\nLIMA,Raed\n"), S(""), {0}},
	};
	struct rmk_arena arena = {0}, *a = &arena;
	struct rmk_doc *doc = parse_md(a, S(TABLE), 0);

	(void)state;

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct rmk_import got = {0};
		struct rmk_err err = {0};
		enum rmk_code code = plan(
		    a, doc, 0, cases[i].csv, cases[i].map, &got, &err);

		if (!cases[i].want.s)
			assert_int_not_equal(code, RMK_OK);
		else
			assert_text(planned(a, &got, 3), cases[i].want, cases[i].csv.s);
	}
	rmk_arena_free(a);
}

// Rows that only case tells apart, in whatever order they come back.
static void
test_namesakes(void **state)
{
	struct rmk_arena arena = {0}, *a = &arena;
	struct rmk_doc *doc = parse_md(
	    a, S("| K | V |\n|---|---|\n| a | 1 |\n| A | 2 |\n| a | 3 |\n"), 0);
	struct rmk_import got = {0};
	struct rmk_err err = {0};

	(void)state;
	assert_int_equal(
	    plan(a, doc, 0, S("K,V\nA,2\na,1\na,3\n"), S(""), &got, &err), RMK_OK);
	assert_text(planned(a, &got, 2), S(""), "another order");
	assert_int_equal(
	    plan(a, doc, 0, S("K,V\nA,5\nA,6\n"), S(""), &got, &err), RMK_OK);
	assert_text(planned(a, &got, 2), S("1,1=5;0,1=6;(0 A)"), "one more");
	rmk_arena_free(a);
}

// --- the corpus -----------------------------------------------------------------------

// A table as show prints it.
static struct rmk_str
exported(struct rmk_arena *a, const struct rmk_doc *doc, size_t table)
{
	struct rmk_schema *schema = rmk_schema_of(a, doc, table);
	const struct rmk_table *t = &doc->tables[table];
	struct rmk_buf b = {.arena = a};

	for (size_t i = 0; i <= t->nrows; i++) {
		size_t before = b.n;

		for (size_t col = 0; col < t->ncols; col++) {
			struct rmk_str raw = rmk_doc_cell(
			    doc, i ? &t->rows[i - 1] : &t->header, col);
			bool urls = i && rmk_column_is_urls(
					     a, doc, table, schema, col, NULL, 0);
			struct rmk_str url = urls ? rmk_cell_url(a, raw) : S("");

			rmk_buf_adds(&b, col ? "," : "");
			if (i)
				raw = rmk_references_inline(a, doc, raw);
			rmk_buf_csv(&b, url.n ? url : rmk_value_text(a, raw));
		}
		rmk_buf_adds(&b, b.n == before ? "\"\"\n" : "\n");
	}
	return rmk_buf_str(&b);
}

// What was exported changes nothing, table after table; of a large one the columns are asked
// for each row, so that it takes part in the command-line test alone.
#define MOST_ROWS 300
static void
test_corpus_export(void **state)
{
	struct rmk_arena names_arena = {0};
	struct rmk_str *names;
	size_t n = corpus_files(&names_arena, &names), ntables = 0;

	(void)state;
	for (size_t i = 0; i < n; i += getenv("ROWMARK_SAN") ? 8 : 1) {
		struct rmk_arena a = {0};
		struct rmk_doc *doc = NULL;
		struct rmk_err err = {0};

		if (rmk_doc_parse(&a, names[i], corpus_read(&a, names[i]), 0, &doc, &err))
			doc = NULL;
		for (size_t t = 0; doc && t < doc->ntables; t++) {
			struct rmk_import got = {0};

			if (doc->tables[t].nrows > MOST_ROWS)
				continue;
			ntables++;
			if (plan(&a, doc, t, exported(&a, doc, t), S(""), &got, &err) ||
			    got.ncells + got.nrows)
				fail_msg("%.*s, table %zu: %s %.*s", RMK_FMT(names[i]),
				    t + 1, err.msg,
				    RMK_FMT(planned(&a, &got, doc->tables[t].ncols)));
		}
		rmk_arena_free(&a);
	}
	rmk_arena_free(&names_arena);
	printf(n ? "%zu tables of the corpus, exported and imported\n"
		 : "skipped: no corpus (%zu)\n",
	    ntables);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_separated),
	    cmocka_unit_test(test_decode),
	    cmocka_unit_test(test_content),
	    cmocka_unit_test(test_plan),
	    cmocka_unit_test(test_markdown),
	    cmocka_unit_test(test_namesakes),
	    cmocka_unit_test(test_corpus_export),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
