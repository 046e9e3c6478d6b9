// What columns mean: declared, inferred, and looked up.
#include "unit.h"

#include <dirent.h>
#include <stdio.h>
#include <sys/stat.h>
#include <time.h>

#include "schema/describe.h"
#include "schema/owner.h"
#include "schema/status_words.h"

static struct rmk_doc *
parse(struct rmk_arena *a, struct rmk_str text)
{
	struct rmk_doc *doc = NULL;
	struct rmk_err err;

	if (rmk_doc_parse(a, S("t.md"), text, 0, &doc, &err))
		fail_msg("%s", err.msg);
	return doc;
}

// A field as text: "type why rank:term*count/spellings ..." for comparing at a glance.
static void
show_field(struct rmk_buf *out, const struct rmk_field *f)
{
	rmk_buf_printf(out, "%.*s: %s", RMK_FMT(f->label), rmk_type_name(f->type));
	for (size_t i = 0; i < f->nterms; i++) {
		const struct rmk_term *t = &f->terms[i];

		rmk_buf_printf(out, "%s%s(%.*s)%u/%u", i ? " " : " = ",
		    rmk_progress_name(rmk_term_progress(f, t)), RMK_FMT(t->raw), t->count,
		    t->spellings);
	}
	rmk_buf_adds(out, f->is_key ? ", key" : "");
	rmk_buf_adds(out, f->required ? ", required" : "");
	rmk_buf_adds(out, f->unique ? ", unique" : "");
	rmk_buf_adds(out, f->is_owner ? ", owner" : "");
	rmk_buf_adds(out, f->furthest ? ", furthest" : "");
	if (f->has_min)
		rmk_buf_printf(out, ", min %g", f->min);
	if (f->has_max)
		rmk_buf_printf(out, ", max %g", f->max);
	if (f->pattern.s)
		rmk_buf_printf(out, ", /%.*s/", RMK_FMT(f->pattern));
	if (f->ref_table.n)
		rmk_buf_printf(
		    out, " %.*s.%.*s", RMK_FMT(f->ref_table), RMK_FMT(f->ref_col));
	rmk_buf_addc(out, '\n');
}

// The columns that are more than text, a line each, then the problems.
static struct rmk_str
show(struct rmk_arena *a, const struct rmk_doc *doc, size_t table)
{
	struct rmk_schema *s = rmk_schema_of(a, doc, table);
	struct rmk_buf out = {.arena = a};

	if (s->name.n)
		rmk_buf_printf(&out, "#%.*s\n", RMK_FMT(s->name));
	for (size_t i = 0; i < s->ncols; i++)
		if (s->fields[i].type != RMK_TEXT || s->fields[i].is_key ||
		    s->fields[i].required || s->fields[i].pattern.s)
			show_field(&out, &s->fields[i]);
	for (size_t i = 0; i < s->noff; i++)
		rmk_buf_printf(&out, "off %.*s\n", RMK_FMT(s->off[i]));
	for (size_t i = 0; i < s->nproblems; i++)
		rmk_buf_printf(&out, "! %.*s: %.*s\n",
		    RMK_FMT(rmk_doc_str(doc, s->problems[i].span)),
		    RMK_FMT(s->problems[i].msg));
	return rmk_buf_str(&out);
}

static void
test_declared(void **state)
{
	static const struct {
		struct rmk_str text, want;
	} cases[] = {
	    {S("<!-- rowmark: papers\nPaper: key\nLink: link, required, unique\n"
	       "Read or Not: status = Not read < Reading < Read, Dropped\n"
	       "Score: integer, min 1, max 5\nArea: enum = NLP, Vision, Audio\n"
	       "Builds on: ref papers\n-->\n\n"
	       "| Paper | Link | Read or Not | Score | Area | Builds on |\n"
	       "|---|---|---|---|---|---|\n| a | | **not READ** | | NLP | |\n"
	       "| b | | Not read | | nlp | |\n| c | | read? | | | |\n"),
		S("#papers\nPaper: text, key\nLink: link, required, unique\n"
		  "Read or Not: status = todo(Not read)2/2 doing(Reading)0/0 "
		  "done(Read)0/0 done(Dropped)0/0\n"
		  "Score: integer, min 1, max 5\n"
		  "Area: enum = todo(NLP)2/2 todo(Vision)0/0 todo(Audio)0/0\n"
		  "Builds on: ref papers.\n")},
	    {S("<!-- rowmark: papers; Paper: key; Read or Not: status = Not read < "
	       "Read, merge furthest -->\n| Paper | Read or Not |\n|---|---|\n"),
		S("#papers\nPaper: text, key\n"
		  "Read or Not: status = todo(Not read)0/0 done(Read)0/0, furthest\n")},
	    {S("[//]: # (rowmark: p; A: key; B: pattern /a;b, [:)]/, required)\n\n"
	       "| A | B |\n|---|---|\n"),
		S("#p\nA: text, key\nB: text, required, /a;b, [:)]/\n")},
	    {S("<!-- rowmark: m\nGo, Java, \"C: x\": status = - < +\n@off: missing-cell, "
	       "duplicate-link\n-->\n| F | Go | Java | C: x |\n|---|---|---|---|\n"
	       "| a | + | - | - |\n"),
		S("#m\nGo: status = todo(-)0/0 done(+)1/1\n"
		  "Java: status = todo(-)1/1 done(+)0/0\n"
		  "C: x: status = todo(-)1/1 done(+)0/0\n"
		  "off missing-cell\noff duplicate-link\n")},
	    // quoted values, a pipe in one, rules before and behind the list
	    {S("<!-- rowmark: q; A: required, enum = \"x, y\", \"required\", a|b, unique "
	       "-->\n| A |\n|---|\n| a\\|b |\n"),
		S("#q\nA: enum = todo(x, y)0/0 todo(required)0/0 todo(a\\|b)1/1, "
		  "required, unique\n")},
	    // a name is not needed; a column name with commas needs no quotes if it is one
	    {S("<!-- rowmark: A, b: key -->\n| A, b |\n|---|\n"), S("A, b: text, key\n")},
	    {S("<!-- rowmark:\nA: ref people.\"Full name\" -->\n| A |\n|---|\n"),
		S("A: ref people.Full name\n")},
	    // in a quote the lines have its marks
	    {S("> <!-- rowmark: q\n> A: key\n> -->\n>\n> | A |\n> |---|\n"),
		S("#q\nA: text, key\n")},
	    // status without a list: values as they occur
	    {S("<!-- rowmark: s; A: status -->\n| A |\n|---|\n| x1 |\n| done |\n"),
		S("#s\nA: status = todo(to do)0/0 doing(doing)0/0 done(done)1/1 "
		  "unknown(x1)1/1\n")},
	    // letters of any script in a name
	    {S("<!-- rowmark: \xE8\xAF\xBB\xE4\xB9\xA6-\xC3\xA9_1; A: key -->\n| A "
	       "|\n|---|\n| x |\n"),
		S("#\xE8\xAF\xBB\xE4\xB9\xA6-\xC3\xA9_1\nA: text, key\n")},
	    // no status declared: it is inferred still
	    {S("<!-- rowmark: s; A: key -->\n| A | Status |\n|---|---|\n| x | ✅ |\n"),
		S("#s\nA: text, key\nStatus: status = done(✅)1/1\n")},
	};
	struct rmk_arena a = {0};

	(void)state;
	for (size_t i = 0; i < NELEM(cases); i++)
		assert_text(show(&a, parse(&a, cases[i].text), 0), cases[i].want,
		    cases[i].text.s);
	rmk_arena_free(&a);
}

static void
test_problems(void **state)
{
	static const struct {
		const char *decl;
		struct rmk_str want;
	} cases[] = {
	    {"p; Papr: key", S("! Papr: no column 'Papr'; did you mean 'Paper'?\n")},
	    {"p; Quux: key", S("! Quux: no column 'Quux' in this table\n")},
	    {"p; Score: requird", S("! requird: no rule 'requird'; did you mean "
				    "'required'?\n")},
	    {"p; Score: blah", S("! blah: no rule 'blah'\n")},
	    {"a b; Paper: text", S("! a b: 'a b' is no name: letters, digits, '-' and "
				   "'_'\n")},
	    {"p; Paper",
		S("! Paper: 'Paper' is no entry: wanted 'COLUMN: RULE, RULE'\n")},
	    {"p; Paper: text; paper: link",
		S("! paper: column 'Paper' is declared already\n")},
	    {"p; Score: min 1", S("! Score: min 1: min and max need 'integer' or "
				  "'number'\n")},
	    {"p; Score: min x, integer",
		S("Score: integer\n! min x: min needs a number\n")},
	    {"p; Score: integer, min 3, max 2",
		S("Score: integer, min 3, max 2\n! Score: integer, min 3, max 2: min is "
		  "over max: no value fits\n")},
	    {"p; Score: integer, link",
		S("Score: integer\n! link: a second type for one column\n")},
	    {"p; Score: enum", S("Score: enum\n! enum: enum needs its values, as in "
				 "'enum = A, B'\n")},
	    {"p; Score: enum = a, A", S("Score: enum = todo(a)0/0\n! A: 'A' is in the "
					"list already\n")},
	    {"p; Score: enum = a,, b", S("Score: enum = todo(a)0/0 todo(b)1/1\n! : an "
					 "empty value in the list\n")},
	    {"p; Score: status = a, b",
		S("Score: status = todo(a)0/0 todo(b)1/1\n! a: a status needs an order, "
		  "as in 'status = to do < done'\n")},
	    {"p; Score: ref", S("Score: ref\n! ref: ref needs a table, as in 'ref "
				"papers'\n")},
	    {"p; Score: pattern x", S("! pattern x: pattern needs a regex between "
				      "slashes\n")},
	    {"p; Score: merge nearest", S("! merge nearest: merge knows 'furthest' "
					  "only\n! Score: merge nearest: 'merge "
					  "furthest' needs a status column\n")},
	    {"p; Paper: key; Score: key",
		S("Paper: text, key\n! key: a table has one key column\n")},
	    {"p; Paper: owner; Score: owner",
		S("! owner: a table has one owner column\n")},
	    {"p; Score: owner 2", S("! 2: nothing can follow 'owner'\n")},
	    {"p; Score: key 2", S("! 2: nothing can follow 'key'\n")},
	    {"p; Score: link 2", S("Score: link\n! 2: nothing can follow 'link' here\n")},
	    {"p; @of: x", S("! @of: no '@of'; did you mean '@off'?\n")},
	    {"p; @off: a,,b", S("off a\noff b\n! : @off needs the names of rules\n")},
	    {"p; Score:", S("! Score:: an empty rule\n")},
	};
	struct rmk_arena a = {0};

	(void)state;
	for (size_t i = 0; i < NELEM(cases); i++) {
		struct rmk_str text = rmk_str_printf(&a,
		    "<!-- rowmark: %s -->\n| Paper | Score |\n|---|---|\n| a | b |\n",
		    cases[i].decl);
		struct rmk_str got = show(&a, parse(&a, text), 0);

		if (rmk_str_starts(got, S("#p\n")))
			got = rmk_str_from(got, 3);
		assert_text(got, cases[i].want, cases[i].decl);
	}
	rmk_arena_free(&a);
}

// A list may be long, up to a limit, and costs no more than its length.
static void
test_long_lists(void **state)
{
	static const struct {
		size_t n, nterms, nproblems;
	} cases[] = {{1000, 1000, 0}, {1001, 1000, 1}, {200000, 1000, 1}};

	(void)state;
	for (size_t i = 0; i < NELEM(cases); i++) {
		struct rmk_arena a = {0};
		struct rmk_buf text = {.arena = &a};
		struct rmk_schema *s;

		rmk_buf_adds(&text, "<!-- rowmark: p; A: enum = ");
		for (size_t k = 0; k < cases[i].n; k++)
			rmk_buf_printf(&text, "%sv%zu", k ? ", " : "", k);
		rmk_buf_adds(&text, " -->\n| A | B |\n|---|---|\n| v1 | b |\n");
		s = rmk_schema_of(&a, parse(&a, rmk_buf_str(&text)), 0);
		assert_int_equal(s->fields[0].nterms, cases[i].nterms);
		assert_int_equal(s->nproblems, cases[i].nproblems);
		rmk_arena_free(&a);
	}
}

// A table of one column beside a key column, with values separated by '/'.
static struct rmk_doc *
column_doc(struct rmk_arena *a, const char *label, const char *values)
{
	struct rmk_buf text = {.arena = a};
	struct rmk_str rest = rmk_str_of(values), value;
	unsigned n = 0;

	rmk_buf_printf(&text, "| Task | %s |\n|---|---|\n", label);
	while (rmk_str_split(&rest, ',', &value))
		rmk_buf_printf(&text, "| t%u | %.*s |\n", n++, RMK_FMT(value));
	return parse(a, rmk_buf_str(&text));
}

static struct rmk_str
column_shown(struct rmk_arena *a, const char *label, const char *values)
{
	return show(a, column_doc(a, label, values), 0);
}

static void
test_inferred(void **state)
{
	static const struct {
		const char *label, *values, *want;
	} cases[] = {
	    {"Read or Not", "Not read,Not Read,Not Read",
		"todo(Not Read)3/2 doing(Reading)0/0 done(Read)0/0"},
	    {"Read or Not", "not read,Not read,read,**Read**,**Read**,Read",
		"todo(not read)2/2 doing(Reading)0/0 done(**Read**)4/2"},
	    {"Status", "**Done**,Done,todo",
		"todo(todo)1/1 doing(Doing)0/0 done(Done)2/1"},
	    {"Read or Not", "unread,read",
		"todo(unread)1/1 doing(reading)0/0 "
		"done(read)1/1"},
	    {"Status", "TODO,DONE", "todo(TODO)1/1 doing(DOING)0/0 done(DONE)1/1"},
	    {"Status", "✅ Yes,❌ No,🚧 Partial,Not Needed",
		"todo(❌ No)1/1 doing(🚧 Partial)1/1 done(✅ Yes)1/1 closed(Not "
		"Needed)1/1"},
	    {"Status", "✅,✅️,⚠", "doing(⚠)1/1 done(✅)2/2"},
	    {"Status", ":heavy_check_mark:,:x:",
		"todo(:x:)1/1 "
		"done(:heavy_check_mark:)1/1"},
	    {"Status", "[✔️][1] [^1],❌", "todo(❌)1/1 done(✔️)1/1"},
	    {"Status", "done,2024-01-02,https://a.b",
		"done(done)1/1 unknown(2024-01-02)1/1 "
		"unknown(https://a.b)1/1"},
	    {"Status", "☑️ partially,❌ no",
		"todo(❌ no)1/1 doing(☑️ partially)1/1"},
	    {"Progress", "0%,40 %,100%", "todo(0%)1/1 doing(40 %)1/1 done(100%)1/1"},
	    {"Done", "x,,x", "done(x)2/1"},
	    {"Done", "x,✓", "todo(x)1/1 done(✓)1/1"},
	    {"Done?", "[ ],[x]", "todo([ ])1/1 done([x])1/1"},
	    {"Status", ",,", ""},
	    {"Status", "-,-", "unknown(-)2/1"},
	    {"Done ✅", "x,", "done(x)1/1"},
	    {"✅", "x,,x", "done(x)2/1"},
	    {"Have I read?", "Yes,No", "todo(No)1/1 doing(Partial)0/0 done(Yes)1/1"},
	    {"Linux", "✔️,-", "todo(-)1/1 done(✔️)1/1"},
	    {"Linux", "Yes,No,-",
		"todo(No)1/1 doing(Partial)0/0 done(Yes)1/1 "
		"unknown(-)1/1"},
	    {"Go", "+,+,N/A", "todo(-)0/0 done(+)2/1 closed(N/A)1/1"},
	    {"转码状态", ":heavy_check_mark:,", "done(:heavy_check_mark:)1/1"},
	    {"Supported (Tests OK?)", "yes,not yet,(no tests)",
		"todo(not yet)1/1 doing(partial)0/0 done(yes)1/1 unknown((no tests))1/1"},
	    {"Status", "Active,Proposed,Inactive",
		"todo(Proposed)1/1 doing(Review)0/0 done(Active)1/1 "
		"closed(Inactive)1/1"},
	    {"Status", "Active,Completed",
		"todo(To do)0/0 doing(Active)1/1 done(Completed)1/1"},
	    {"Status", "TODO,In progress",
		"todo(TODO)1/1 doing(In progress)1/1 done(Done)0/0"},
	    {"Status", "todo,wip", "todo(todo)1/1 doing(wip)1/1 done(done)0/0"},
	    // no status
	    {"Priority", "Yes,No", NULL},
	    {"Foo", "alpha,planned,alpha,planned", NULL},
	    {"Severity", "🔴,🟢", NULL},
	    {"Required", "Yes,No", NULL},
	    {"是否需要提交 RFC", "是,否", NULL},
	    {"Release", "v1.0,v1.1,v1.0", NULL},
	    {"Result", "ok then,not so good,ok then", NULL},
	    {"Result", "12,13", NULL},
	    {"HTTP Status Code", "200,404", NULL},
	    {"HTTP Status", "200,404,500", NULL},
	    {"Supported Version", "1.0,2.0", NULL},
	    {"Auth", "No,No,No", NULL},
	    {"Secure", "No,No,No", NULL},
	    {"Kind", "testing,testing", NULL},
	    {"Time", "O(n),O(nm),O(n)", NULL},
	    {"Alice", "x,,x", NULL},
	    {"Frequency", "★★★★★,★★★★", NULL},
	    {"CORS", "Unknown,Unknown", NULL},
	    {"Mood", "💀,☠", NULL},
	};
	struct rmk_arena a = {0};

	(void)state;
	for (size_t i = 0; i < NELEM(cases); i++) {
		struct rmk_str got = column_shown(&a, cases[i].label, cases[i].values);
		struct rmk_str want = {0};

		if (cases[i].want)
			want = rmk_str_printf(&a, "%s: status%s%s\n", cases[i].label,
			    *cases[i].want ? " = " : "", cases[i].want);
		assert_text(got, want, cases[i].values);
	}
	rmk_arena_free(&a);
}

// The word that a row is begun or done with: one that others have, or nothing is written.
static void
test_words_for(void **state)
{
	static const struct {
		const char *values, *doing, *done;
	} cases[] = {
	    {"Not read,Read", "Reading", "Read"},
	    {"todo,done (v1.2),done (v1.2)", "", ""},
	    {"todo,done: see below", "", ""},
	    {"todo,30%,100%", "", "100%"},
	    {"todo,blocked,done", "", "done"},
	    {"❌,✅ v2,✅", "", "✅"},
	};
	struct rmk_arena a = {0};

	(void)state;
	for (size_t i = 0; i < NELEM(cases); i++) {
		struct rmk_schema *schema = rmk_schema_of(
		    &a, column_doc(&a, "Status", cases[i].values), 0);
		const struct rmk_field *field = &schema->fields[1];
		const struct rmk_term *term;

		if (rmk_field_word_for(&a, field, RMK_DOING, &term, NULL))
			assert_text(S(""), rmk_str_of(cases[i].doing), cases[i].values);
		else
			assert_text(
			    term->raw, rmk_str_of(cases[i].doing), cases[i].values);
		if (rmk_field_word_for(&a, field, RMK_DONE, &term, NULL))
			assert_text(S(""), rmk_str_of(cases[i].done), cases[i].values);
		else
			assert_text(
			    term->raw, rmk_str_of(cases[i].done), cases[i].values);
	}
	rmk_arena_free(&a);
}

static void
test_matrix_and_legend(void **state)
{
	static const struct {
		struct rmk_str text;
		size_t nstatus;
	} cases[] = {
	    // all dashes and all empty columns join; the remarks do not
	    {S("| F | Optional | Go | JS | Swift | Kotlin | Notes |\n"
	       "|---|---|---|---|---|---|---|\n| a | X | + | - | | - | |\n"
	       "| b | | + | + | | - | see x |\n"),
		4},
	    {S("| A | B |\n|---|---|\n| - | - |\n| x | - |\n"), 0},
	    // what only one of three has; dashes beside ticks, or in one column, may be none
	    {S("| F | Go | JS | PHP |\n|---|---|---|---|\n| a | + | - | - |\n"
	       "| b | + | - | |\n"),
		3},
	    {S("| F | Go | JS |\n|---|---|---|\n| a | + | - |\n| b | + | - |\n"), 1},
	    {S("| F | Go | JS | PHP |\n|---|---|---|---|\n| a | ✅ | - | - |\n"
	       "| b | ✅ | - | |\n"),
		1},
	    // a legend explains states
	    {S("| Status | Meaning |\n|---|---|\n| ✅ | is done |\n| ❌ | is not |\n"), 0},
	    // a checklist with its box first
	    {S("| Done | Task |\n|---|---|\n| [ ] | a |\n| [x] | b |\n"), 1},
	};
	struct rmk_arena a = {0};

	(void)state;
	for (size_t i = 0; i < NELEM(cases); i++)
		if (rmk_schema_of(&a, parse(&a, cases[i].text), 0)->nstatus !=
		    cases[i].nstatus)
			fail_msg("%s", cases[i].text.s);
	rmk_arena_free(&a);
}

// A header that says status is enough, whatever the cells say and however many they are.
static void
test_own_words(void **state)
{
	(void)state;
	for (unsigned n = 2; n <= 200; n += 66) {
		struct rmk_arena a = {0};
		struct rmk_buf text = {.arena = &a};
		const struct rmk_schema *s;

		rmk_buf_adds(&text, "| T | Status |\n|---|---|\n");
		for (unsigned i = 0; i < n; i++)
			rmk_buf_printf(&text, "| %u | in state %u |\n", i, i);
		s = rmk_schema_of(&a, parse(&a, rmk_buf_str(&text)), 0);
		assert_int_equal(s->nstatus, 1);
		assert_true(s->fields[1].nterms <= 64 + 3);
		rmk_arena_free(&a);
	}
}

// What is offered to be pasted is read, and makes the column a status.
static void
test_draft(void **state)
{
	static const char *const cases[][2] = {
	    {"| Feature | Ampel |\n|---|---|\n| a | Idee |\n| b | in Arbeit |\n"
	     "| c | in Arbeit |\n| d | Umbau |\n| e | Umbau |\n",
		"<!-- rowmark: Ampel: status = in Arbeit < Umbau < Idee -->"},
	    {"| Feature | Size |\n|---|---|\n| a | 10 |\n| b | 20 |\n", ""},
	    // what is declared is declared
	    {"<!-- rowmark: t; Ampel: enum -->\n| Feature | Ampel |\n|---|---|\n"
	     "| a | Idee |\n| b | in Arbeit |\n| c | in Arbeit |\n| d | Umbau |\n"
	     "| e | Umbau |\n",
		""},
	    {"| Feature | Status |\n|---|---|\n| a | todo |\n| b | done |\n", ""},
	    {"| Feature | Note |\n|---|---|\n| a | todo |\n| b | done |\n| c | x |\n",
		""},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct rmk_arena a = {0};
		struct rmk_str text = rmk_str_of(cases[i][0]);
		struct rmk_doc *doc = parse(&a, text);
		struct rmk_str draft = rmk_describe_draft(
		    &a, doc, 0, rmk_schema_of(&a, doc, 0));

		if (!rmk_str_eq(draft, rmk_str_of(cases[i][1])))
			fail_msg("got: %.*s", RMK_FMT(draft));
		if (draft.n) {
			doc = parse(&a, rmk_str_printf(&a, "%.*s\n%.*s", RMK_FMT(draft),
					    RMK_FMT(text)));
			assert_int_equal(rmk_schema_of(&a, doc, 0)->nstatus, 1);
			assert_int_equal(rmk_schema_of(&a, doc, 0)->nproblems, 0);
		}
		rmk_arena_free(&a);
	}
}

static void
test_key(void **state)
{
	static const struct {
		struct rmk_str text;
		size_t key;
	} cases[] = {
	    {S("| A | B |\n|---|---|\n| a | x |\n| b | x |\n"), 0},
	    // what a column is decides, not whether its values differ today
	    {S("| A | B |\n|---|---|\n| a | x |\n| A | y |\n"), 0},
	    {S("| A | B |\n|---|---|\n| a | x |\n| | y |\n"), 0},
	    {S("| A | B |\n|---|---|\n| a | x |\n| a | x |\n"), 0},
	    {S("| A | B |\n|---|---|\n"), 0},
	    {S("| A | B |\n|---|---|\n| + | one |\n| - | two |\n| + | three |\n"), 1},
	    {S("| A | B |\n|---|---|\n| ! | one |\n| ? | two |\n| ! | three |\n"), 1},
	    {S("<!-- rowmark: t; B: key -->\n| A | B |\n|---|---|\n| a | |\n"), 1},
	};
	struct rmk_arena a = {0};

	(void)state;
	for (size_t i = 0; i < NELEM(cases); i++) {
		struct rmk_schema *s = rmk_schema_of(&a, parse(&a, cases[i].text), 0);

		if (s->key != cases[i].key || s->key_declared != (i == NELEM(cases) - 1))
			fail_msg("%s", cases[i].text.s);
	}
	rmk_arena_free(&a);
}

static void
test_look_ups(void **state)
{
	struct rmk_arena a = {0};
	struct rmk_err err;
	struct rmk_str out;
	struct rmk_doc *doc = parse(
	    &a, S("<!-- rowmark: t; S: status = Not read < Reading < Read; E: enum = a|b "
		  "-->\n"
		  "| K | S | E |\n|---|---|---|\n| k | Not read | |\n\n"
		  "# Two\n\n| K | Status |\n|---|---|\n| k | ✅ Yes |\n| l | ❌ No |\n"));
	struct rmk_schema *one = rmk_schema_of(&a, doc, 0);
	struct rmk_schema *two = rmk_schema_of(&a, doc, 1);
	const struct rmk_field *s = &one->fields[1], *t = &two->fields[1];

	(void)state;
	assert_int_equal(rmk_field_progress(&a, s, S("*reading*")), RMK_DOING);
	assert_int_equal(rmk_field_progress(&a, s, S(" ")), RMK_EMPTY);
	assert_int_equal(rmk_field_progress(&a, s, S("&nbsp;")), RMK_EMPTY);
	assert_int_equal(rmk_field_progress(&a, s, S("what")), RMK_UNKNOWN);
	assert_text(rmk_field_first(s, RMK_DOING)->text, S("Reading"), "first doing");
	assert_null(rmk_field_first(t, RMK_DOING));
	assert_int_equal(rmk_field_spell(&a, s, S("READING"), &out, &err), RMK_OK);
	assert_text(out, S("Reading"), "canonical");
	assert_int_equal(rmk_field_spell(&a, s, S("Raeding"), &out, &err), RMK_INVALID);
	assert_string_equal(err.msg,
	    "'Raeding' is no value of column 'S', which has: Not "
	    "read, Reading, Read");
	assert_string_equal(err.hint, "did you mean 'Reading'?");
	assert_int_equal(rmk_field_spell(&a, s, S("Rexxing"), &out, &err), RMK_INVALID);
	assert_string_equal(err.hint, "did you mean 'Reading'?");
	assert_int_equal(rmk_field_spell(&a, s, S("Rexxinx"), &out, &err), RMK_INVALID);
	assert_null(strstr(err.hint, "Reading"));
	// content, not raw: the pipe is escaped when it is written
	assert_int_equal(rmk_field_spell(&a, &one->fields[2], S("A|B"), &out, &err), 0);
	assert_text(out, S("a|b"), "pipe");
	// what stands behind the emoji is enough; what is not known is taken as it is
	assert_int_equal(rmk_field_spell(&a, t, S("yes"), &out, &err), RMK_OK);
	assert_text(out, S("✅ Yes"), "behind the emoji");
	assert_int_equal(rmk_field_spell(&a, t, S("later"), &out, &err), RMK_OK);
	assert_text(out, S("later"), "as typed");
	rmk_arena_free(&a);
}

// Which columns of a table are statuses.
static struct rmk_str
statuses(struct rmk_arena *a, const struct rmk_doc *doc)
{
	const struct rmk_schema *s = rmk_schema_of(a, doc, 0);
	struct rmk_buf out = {.arena = a};

	for (size_t i = 0; i < s->nstatus; i++)
		rmk_buf_printf(
		    &out, "%s%.*s", i ? "," : "", RMK_FMT(s->fields[s->status[i]].label));
	return rmk_buf_str(&out);
}

static void
test_statuses_beside_each_other(void **state)
{
	static const struct {
		const char *rows, *want;
	} cases[] = {
	    // what is empty is one by its name where nothing else is
	    {"T | Status\n a | \n", "Status"},
	    {"T | Status | Progress\n a | Done | \n", "Status"},
	    {"T | Progress | Status\n a | | Done \n", "Status"},
	    {"T | Status | Progress | Done\n a | | | \n", "Status"},
	    {"T | Mark | Done\n a | ✅ | \n b | ❌ | \n", "Mark"},
	    {"T | Status | Progress\n a | Done | Doing\n", "Status,Progress"},
	    {"T | Go status | C status | D status\n a | ✅ | ✅ | \n b | ❌ | ✅ | \n",
		"Go status,C status,D status"},
	    // days
	    {"T | Finished\n a | \n", ""},
	    {"T | Finished\n a | 2026-11-30\n", ""},
	    {"T | Finished\n a | ✅\n b | ❌\n", "Finished"},
	    {"T | Finished\n a | x\n b | \n", "Finished"},
	    {"T | Started\n a | \n", ""},
	    {"T | Due\n a | \n", ""},
	    {"T | Date completed\n a | \n", ""},
	    {"T | Date read\n a | \n", ""},
	    // what is over without being done is nothing's progress
	    {"T | State | Rule\n a | ❌ | N/A\n b | ✅ | N/A\n c | ✅ | [a/b]\n d | ❌ | "
	     "N/A\n",
		"State"},
	    {"T | | Rule\n a | 🛑 | N/A\n b | 🔌 | [`x/y`]\n c | 🛑 | N/A\n", ""},
	};
	struct rmk_arena arena = {0}, *a = &arena;

	(void)state;
	for (size_t i = 0; i < NELEM(cases); i++) {
		struct rmk_str rest = rmk_str_of(cases[i].rows), row, header;
		struct rmk_buf text = {.arena = a};

		rmk_str_split(&rest, '\n', &header);
		rmk_buf_printf(&text, "| %.*s |\n|", RMK_FMT(header));
		for (size_t k = 0; k < header.n; k++)
			rmk_buf_adds(&text, header.s[k] == '|' ? "--|" : "");
		rmk_buf_adds(&text, "--|\n");
		while (rest.n && rmk_str_split(&rest, '\n', &row))
			rmk_buf_printf(&text, "| %.*s |\n", RMK_FMT(row));
		assert_text(statuses(a, parse(a, rmk_buf_str(&text))),
		    rmk_str_of(cases[i].want), cases[i].rows);
	}
	rmk_arena_free(a);
}

static void
test_what_is_new_to_a_column(void **state)
{
	static const struct {
		const char *cells, *value;
		bool want;
	} cases[] = {
	    {"| a | ✅ |\n| b | |\n", "✅", false},
	    {"| a | ✅ |\n| b | |\n", "❌", false}, // the other mark
	    {"| a | ✅ |\n| b | |\n", "🚧", false}, {"| a | ✅ |\n| b | |\n", "", false},
	    {"| a | ✅ |\n| b | |\n", "no", true}, // another way to write it
	    {"| a | ✅ |\n| b | ❌ |\n", "✗", true},
	    {"| a | Not read |\n| b | Read |\n", "reading", false},
	    {"| a | Not read |\n| b | Read |\n", "raeding", true},
	    {"| a | Not read |\n| b | Read |\n", "unread", true}, // is there
	};
	struct rmk_arena a = {0};

	(void)state;
	for (size_t i = 0; i < NELEM(cases); i++) {
		struct rmk_buf text = {.arena = &a};
		struct rmk_schema *s;

		rmk_buf_printf(&text, "| K | Status |\n|---|---|\n%s", cases[i].cells);
		s = rmk_schema_of(&a, parse(&a, rmk_buf_str(&text)), 0);
		if (rmk_field_is_new(&a, &s->fields[1], rmk_str_of(cases[i].value)) !=
		    cases[i].want)
			fail_msg("%s: %s", cases[i].cells, cases[i].value);
	}
	rmk_arena_free(&a);
}

static void
test_vocabulary_is_sorted_and_folded(void **state)
{
	struct rmk_arena a = {0};
	size_t n;

	(void)state;
	for (size_t i = 0; i < rmk_nwords; i++) {
		struct rmk_str key = rmk_str_of(rmk_words[i].key);

		assert_text(rmk_value_key(&a, key), key, "a key is folded");
		assert_non_null(rmk_words_of(key, &n));
		if (i > 0) {
			int order = rmk_str_cmp(rmk_str_of(rmk_words[i - 1].key), key);

			assert_true(order < 0 || (order == 0 && rmk_words[i - 1].ladder <
								    rmk_words[i].ladder));
		}
	}
	rmk_arena_free(&a);
}

// --- the corpus -----------------------------------------------------------------

static void
check_field(struct rmk_arena *a, const struct rmk_doc *doc, const struct rmk_table *t,
    const struct rmk_schema *s, size_t col)
{
	const struct rmk_field *f = &s->fields[col];
	size_t filled = 0, counted = 0;

	for (size_t i = 0; i < t->nrows; i++)
		filled += rmk_value_key(a, rmk_doc_cell(doc, &t->rows[i], col)).n > 0;
	for (size_t i = 0; i < f->nterms; i++) {
		counted += f->terms[i].count;
		assert_true((f->terms[i].count > 0) == (f->terms[i].spellings > 0));
		assert_text(rmk_value_key(a, f->terms[i].raw), f->terms[i].key, "raw");
	}
	assert_int_equal(filled, counted);
}

static void
check_file(const char *path)
{
	struct rmk_arena a = {0};
	struct rmk_buf text = {.arena = &a};
	FILE *in = fopen(path, "rb");
	char part[65536];
	struct rmk_doc *doc;
	size_t n;

	assert_non_null(in);
	while ((n = fread(part, 1, sizeof part, in)) > 0)
		rmk_buf_add(&text, (struct rmk_str){part, n});
	fclose(in);
	doc = parse(&a, rmk_buf_str(&text));
	for (size_t i = 0; i < doc->ntables; i++) {
		struct rmk_schema *s = rmk_schema_of(&a, doc, i);
		size_t found;

		assert_true(s->key < s->ncols);
		for (size_t k = 0; k < s->nstatus; k++)
			check_field(&a, doc, &doc->tables[i], s, s->status[k]);
		assert_text(show(&a, doc, i), show(&a, doc, i), "the same again");
		assert_int_equal(rmk_address_table(
				     &a, doc, rmk_address_name(&a, doc, i), &found, NULL),
		    RMK_OK);
		assert_int_equal(found, i);
	}
	rmk_arena_free(&a);
}

static void
check_folder(const char *path, size_t *nfiles)
{
	DIR *dir = opendir(path);
	struct dirent *e;
	char name[4096];
	struct stat st;

	while (dir && (e = readdir(dir))) {
		if (e->d_name[0] == '.')
			continue;
		snprintf(name, sizeof name, "%s/%s", path, e->d_name);
		if (stat(name, &st) != 0)
			continue;
		if (S_ISDIR(st.st_mode)) {
			check_folder(name, nfiles);
		} else {
			check_file(name);
			++*nfiles;
		}
	}
	if (dir)
		closedir(dir);
}

static void
test_corpus(void **state)
{
	const char *corpus = getenv("ROWMARK_CORPUS");
	char path[4096];
	size_t nfiles = 0;

	(void)state;
	snprintf(path, sizeof path, "%s/markdown", corpus ? corpus : "../shared/corpus");
	check_folder(path, &nfiles);
	if (nfiles == 0)
		print_message("test_corpus skipped: no corpus\n");
}

// 100,000 rows in a moment.
static void
test_big_table_is_quick(void **state)
{
	struct rmk_arena a = {0};
	struct rmk_buf text = {.arena = &a};
	struct rmk_doc *doc;
	clock_t start;

	(void)state;
	rmk_buf_adds(&text, "| Title | Link | Status |\n|---|---|---|\n");
	for (unsigned i = 0; i < 100000; i++)
		rmk_buf_printf(&text, "| Paper %u | [l](https://a.b/%u) | %s |\n", i, i,
		    i % 3 ? "Not read" : "Read");
	doc = parse(&a, rmk_buf_str(&text));
	start = clock();
	assert_int_equal(rmk_schema_of(&a, doc, 0)->nstatus, 1);
	if (clock() - start > CLOCKS_PER_SEC)
		fail_msg("%.2f s", (double)(clock() - start) / CLOCKS_PER_SEC);
	rmk_arena_free(&a);
}

// Which column says who has a row, and which cells of it say nobody.
static void
test_owner(void **state)
{
	const struct {
		const char *text;
		size_t owner;
	} cases[] = {
	    {"| Task | Owner |\n|---|---|\n", 1},
	    {"| Task | Assigned to | Status |\n|---|---|---|\n", 1},
	    {"| 任务 | 状态 | 认领人 |\n|---|---|---|\n", 2},
	    {"| Task | Owner (handle) |\n|---|---|\n", 1},
	    {"| Task | Owner | Assignee |\n|---|---|---|\n", RMK_NONE}, // which?
	    {"| Task | Date assigned |\n|---|---|\n", RMK_NONE},
	    {"| Repository | Repository owner |\n|---|---|\n", RMK_NONE},
	    {"<!-- rowmark: t; Reviewer: owner -->\n| Task | Owner | Reviewer "
	     "|\n|---|---|---|\n",
		2},
	};
	const struct {
		const char *cell;
		bool nobody, ada;
	} cells[] = {{"", true, false}, {"-", true, false}, {"\u2014", true, false},
	    {"Unassigned", true, false}, {"待认领", true, false}, {"Ada", false, true},
	    {"[ada](https://github.com/ada)", false, true}, {"**ADA**", false, true},
	    {"ada, bob", false, false}};
	struct rmk_arena a = {0};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct rmk_doc *doc = parse(&a, rmk_str_of(cases[i].text));

		if (rmk_schema_owner(rmk_schema_of(&a, doc, 0)) != cases[i].owner)
			fail_msg("%s", cases[i].text);
	}
	for (size_t i = 0; i < sizeof cells / sizeof *cells; i++) {
		struct rmk_str cell = rmk_str_of(cells[i].cell);

		if (rmk_owner_is_nobody(&a, cell) != cells[i].nobody ||
		    rmk_owner_is(&a, cell, RMK_STR("ada")) != cells[i].ada)
			fail_msg("%s", cells[i].cell);
	}
	rmk_arena_free(&a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_owner),
	    cmocka_unit_test(test_declared),
	    cmocka_unit_test(test_problems),
	    cmocka_unit_test(test_long_lists),
	    cmocka_unit_test(test_inferred),
	    cmocka_unit_test(test_statuses_beside_each_other),
	    cmocka_unit_test(test_words_for),
	    cmocka_unit_test(test_matrix_and_legend),
	    cmocka_unit_test(test_own_words),
	    cmocka_unit_test(test_draft),
	    cmocka_unit_test(test_key),
	    cmocka_unit_test(test_look_ups),
	    cmocka_unit_test(test_what_is_new_to_a_column),
	    cmocka_unit_test(test_vocabulary_is_sorted_and_folded),
	    cmocka_unit_test(test_corpus),
	    cmocka_unit_test(test_big_table_is_quick),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
