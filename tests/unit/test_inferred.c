// What columns mean: inferred from their names and values.
#include "shown_schema.h"

#include <dirent.h>
#include <stdio.h>
#include <sys/stat.h>
#include <time.h>

#include "schema/status_words.h"

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

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_inferred),
	    cmocka_unit_test(test_statuses_beside_each_other),
	    cmocka_unit_test(test_words_for),
	    cmocka_unit_test(test_matrix_and_legend),
	    cmocka_unit_test(test_own_words),
	    cmocka_unit_test(test_draft),
	    cmocka_unit_test(test_vocabulary_is_sorted_and_folded),
	    cmocka_unit_test(test_corpus),
	    cmocka_unit_test(test_big_table_is_quick),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
