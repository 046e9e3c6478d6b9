// What is written into a cell for what a person asked.
#include "unit.h"

#include "edit/cell_value.h"
#include "table/doc.h"

// The values of a column, with ',' between; the first row is the one that is changed.
static struct rmk_doc *
column_of(struct rmk_arena *a, const char *declared, const char *values)
{
	struct rmk_str rest = rmk_str_of(values), value;
	struct rmk_buf text = {.arena = a};
	struct rmk_doc *doc = NULL;
	struct rmk_err err;
	unsigned n = 0;

	rmk_buf_printf(&text, "%s| Task | Status |\n|---|---|\n", declared);
	while (rmk_str_split(&rest, ',', &value))
		rmk_buf_printf(&text, "| t%u | %.*s |\n", n++, RMK_FMT(value));
	if (rmk_doc_parse(a, S("t.md"), rmk_buf_str(&text), 0, &doc, &err))
		fail_msg("%s", err.msg);
	return doc;
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

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_typed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
