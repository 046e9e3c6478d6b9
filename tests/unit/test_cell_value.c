// What is written into a cell for what a person asked.
#include "unit.h"

#include "edit/cell_value.h"
#include "table/doc.h"

// A table with these values in its column, ',' between.
static void
put_table(struct rmk_buf *text, const char *values)
{
	struct rmk_str rest = rmk_str_of(values), value;
	unsigned n = 0;

	rmk_buf_adds(text, "| Task | Status |\n|---|---|\n");
	while (rmk_str_split(&rest, ',', &value))
		rmk_buf_printf(text, "| t%u | %.*s |\n", n++, RMK_FMT(value));
	rmk_buf_adds(text, "\n");
}

// The first row is the one that is changed.
static struct rmk_doc *
column_of(struct rmk_arena *a, const char *declared, const char *values)
{
	struct rmk_buf text = {.arena = a};

	rmk_buf_adds(&text, declared);
	put_table(&text, values);
	return parse_md(a, rmk_buf_str(&text), 0);
}

// What is written, or "refused".
static struct rmk_str
written(struct rmk_arena *a, const struct rmk_doc *doc, struct rmk_cell_wish wish)
{
	const struct rmk_field *field = &rmk_schema_of(a, doc, 0)->fields[1];
	struct rmk_str raw = rmk_doc_cell(doc, &doc->tables[0].rows[0], 1), out;
	struct rmk_err err;

	return rmk_cell_value(a, field, raw, &wish, NULL, &out, &err) ? S("refused")
	                                                              : out;
}

#define DECLARED "<!-- rowmark: t; Status: status = Not read < Read -->\n"

static void
test_typed(void **state)
{
	static const struct {
		const char *declared, *values, *typed, *want;
	} cases[] = {
	    // what is there already, and what others have, as it is typed
	    {"", "Not Read,Not read,Not read,Read", "Not Read", "Not Read"},
	    {"", "Not read,Not Read,Not Read,Read", "Not read", "Not read"},
	    {"", "Read,Not read,Not Read,Not Read", "Not read", "Not read"},
	    {"", "Read,Not read,Not Read,Not Read", "Not Read", "Not Read"},
	    // another spelling as most have it; of as many the first
	    {"", "Read,Not read,Not Read,Not Read", "not read", "Not Read"},
	    {"", "Read,Not read,not read,not read", "NOT READ", "not read"},
	    {"", "Read,Not read,Not Read", "NOT READ", "Not read"},
	    {"", "Todo,**Done**,**Done**,Done", "Done", "Done"},
	    {"", "Todo,**Done**,**Done**", "Done", "**Done**"},
	    {"", "Todo,Done,Done", "**Done**", "Done"},
	    {"", "Todo,**DONE**,Done,Done", "DONE", "DONE"},
	    {"", "Todo,[Done](x/1),Done,Done", "[Done](x/1)", "[Done](x/1)"},
	    {"", "Todo,\\*a\\*,\\*a\\*", "*a*", "\\*a\\*"},
	    {"", "Todo,a\\|b,A\\|B,A\\|B", "a|b", "a|b"},
	    // marks of one row are its own
	    {"", "Todo,~~Done~~,Todo", "done", "Done"},
	    {"", "Todo,~~Done~~,Todo", "~~Done~~", "~~Done~~"},
	    {"", "**Todo**,**Done**,**Todo**", "done", "**Done**"},
	    // a slip; not what is another word, nor what is as short
	    {"", "Not read,Read", "Red", "refused"},
	    {"", "Not read,Read", "Raed", "refused"},
	    {"", "Not read,Read", "notread", "refused"},
	    {"", "Not read,Read", "Rd", "Rd"},
	    {"", "Not read,Ready", "Read", "Read"},
	    {"", "Todo,Doing", "Done", "Done"},
	    {"", "Yes,No", "Now", "Now"},
	    {"", "P1,P2", "P3", "P3"},
	    // a declaration decides; but what is there is there
	    {DECLARED, "Not Read,Read", "Not Read", "Not Read"},
	    {DECLARED, "Read,Not Read", "Not Read", "Not read"},
	    {DECLARED, "Nope,Read", "Nope", "refused"},
	};
	struct rmk_arena arena = {0}, *a = &arena;

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_text(
		    written(a, column_of(a, cases[i].declared, cases[i].values),
			(struct rmk_cell_wish){.typed = rmk_str_of(cases[i].typed)}),
		    rmk_str_of(cases[i].want), cases[i].values);
	rmk_arena_free(a);
}

static void
test_progress(void **state)
{
	static const struct {
		const char *declared, *values, *want;
	} cases[] = {
	    {"", "Todo,~~Done~~,Todo", "Done"},
	    {"", "Todo,~~Done~~,~~Done~~", "~~Done~~"},
	    {"", "Todo,**Done**,`Done`", "Done"},
	    {"", "**Todo**,**Done**", "**Done**"},
	    {"", "Todo,<b>Done</b>", "Done"},
	    {"", "~~Todo~~,<b>Todo</b>,~~Done~~,Doing", "Done"},
	    {"", "✅,❌", "✅"},
	};
	struct rmk_arena arena = {0}, *a = &arena;

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_text(written(a, column_of(a, cases[i].declared, cases[i].values),
				(struct rmk_cell_wish){.progress = RMK_DONE}),
		    rmk_str_of(cases[i].want), cases[i].values);
	rmk_arena_free(a);
}

// The first row of the first table is changed; others of the file have words that it lacks.
static void
test_words_of_the_file(void **state)
{
	static const struct {
		const char *first, *second, *third, *typed, *want, *note;
	} cases[] = {
#define NO "❌ Not supported"
#define OF "' is a word of the file's other tables\n"
	    {NO, NO ",✅ Supported", NO ",✅ Supported", "", "✅ Supported",
		"'✅ Supported" OF},
	    {NO, NO ",✅ Supported", NO, "supported", "✅ Supported", "'✅ Supported" OF},
	    {NO, NO ",🟡 Partial", NO, "Partial", "🟡 Partial", "'🟡 Partial" OF},
	    {NO, NO ",Partial", NO ",🟡 Partial", "partial", "Partial", "'Partial" OF},
	    {NO, NO ",Partial,Partial", NO ",PARTIAL", "PARTIAL", "Partial",
		"'Partial" OF},
	    // its own words come first
	    {NO ",✅ Yes", NO ",✅ Supported", NO, "", "✅ Yes", ""},
	    {NO ",Partial", NO ",🟡 Partial", NO, "partial", "Partial", ""},
	    // nothing in common, or two words
	    {"Todo", "Open,Merged", "Open", "", "Done", ""},
	    {"Backlog", "Open,Merged", "Open", "", "refused", ""},
	    {"Backlog", "Backlog,Merged", "Backlog,Resolved", "", "refused", ""},
	    // an empty column
	    {"", "Todo,Finished", "Todo,Finished", "", "Finished", "'Finished" OF},
	};
	struct rmk_arena arena = {0}, *a = &arena;

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const char *tables[] = {cases[i].first, cases[i].second, cases[i].third};
		struct rmk_file_words words = {0};
		struct rmk_buf text = {.arena = a}, notes = {.arena = a};
		struct rmk_cell_wish wish = {.progress = RMK_DONE, .words = &words};
		const struct rmk_field *field;
		struct rmk_err err;
		struct rmk_str out;

		for (size_t t = 0; t < 3; t++)
			put_table(&text, tables[t]);
		wish.doc = parse_md(a, rmk_buf_str(&text), 0);
		wish.typed = *cases[i].typed ? rmk_str_of(cases[i].typed) : wish.typed;
		field = &rmk_schema_of(a, wish.doc, 0)->fields[1];
		if (rmk_cell_value(a, field,
			rmk_doc_cell(wish.doc, &wish.doc->tables[0].rows[0], 1), &wish,
			&notes, &out, &err))
			out = S("refused");
		assert_text(out, rmk_str_of(cases[i].want), cases[i].second);
		if (*cases[i].note || *cases[i].want == *cases[i].first)
			assert_text(rmk_buf_str(&notes), rmk_str_of(cases[i].note),
			    cases[i].second);
	}
	rmk_arena_free(a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_typed),
	    cmocka_unit_test(test_progress),
	    cmocka_unit_test(test_words_of_the_file),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
