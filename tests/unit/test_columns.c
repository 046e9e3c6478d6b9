// Columns that come, go, change places or names: cases, and that the bytes return in every
// table of the corpus.
#include "corpus.h"
#include "unit.h"

#include "edit/columns.h"

#include <stdio.h>

// One step, as a test writes it: "add A 0", "rm 1", "move 2 0", "name 1 B"; places are counted
// from 0, and what is new or moved stands there afterwards.
static enum rmk_code
step(struct rmk_arena *a, struct rmk_str text, size_t table, const char *what,
    struct rmk_str *out, struct rmk_err *err)
{
	struct rmk_doc *doc;
	size_t ncols, from[70000], n = 0;
	char name[40] = "";
	int x = 0, y = 0;

	if (rmk_doc_parse(a, S("t.md"), text, RMK_PARSE_ALL, &doc, err))
		return err->code;
	ncols = doc->tables[table].ncols;
	if (sscanf(what, "rm %d", &x) == 1)
		return rmk_column_remove(a, doc, table, (size_t)x, out, err);
	if (sscanf(what, "name %d %39[^\n]", &x, name) == 2)
		return rmk_column_rename(
		    a, doc, table, (size_t)x, rmk_str_of(name), out, err);
	if (sscanf(what, "add %39s %d", name, &y) == 2) {
		for (size_t i = 0; i <= ncols; i++)
			from[n++] = i < (size_t)y ? i : i == (size_t)y ? RMK_NONE : i - 1;
	} else if (sscanf(what, "move %d %d", &x, &y) == 2) {
		for (size_t i = 0; i < ncols; i++) {
			size_t old = i;

			if (i == (size_t)y)
				old = (size_t)x;
			else if (x < y && i >= (size_t)x && i < (size_t)y)
				old = i + 1;
			else if (y < x && i > (size_t)y && i <= (size_t)x)
				old = i - 1;
			from[n++] = old;
		}
	}
	const struct rmk_columns columns = {from, n, rmk_str_of(name)};
	return rmk_columns_arrange(a, doc, table, &columns, out, err);
}

#define DECL "<!-- rowmark: t; K: key; Go, Rust: status = - < +; \"A: b\": date -->\n\n"

static void
test_steps(void **state)
{
	static const struct {
		struct rmk_str text;
		const char *step;
		struct rmk_str want; // s NULL: refused
	} cases[] = {
	    {S("|a|b|\n|-|:-:|\n|1|2|\n"), "add N 1", S("|a|N|b|\n|-|-|:-:|\n|1||2|\n")},
	    {S("| a | b |\n| --- | --- |\n| 1 | 2 |\n"), "add N 2",
		S("| a | b | N |\n| --- | --- | --- |\n| 1 | 2 | |\n")},
	    {S("| a    | b |\n|------|---|\n| 1    | 2 |\n| long | 3 |\n"), "add Name 1",
		S("| a    | Name | b |\n|------|------|---|\n| 1    |      | 2 |\n"
		  "| long |      | 3 |\n")},
	    {S("a | b\n-|-\n1 | 2\n"), "add N 0", S("N | a | b\n-| -|-\n| | 1 | 2\n")},
	    {S("N | a | b\n-| -|-\n| | 1 | 2\n"), "rm 0", S("a | b\n-|-\n1 | 2\n")},
	    {S("a | b\n-- | --\n1 | 2\n"), "add N 1",
		S("a | N | b\n-- | -- | --\n1 | | 2\n")},
	    {S("a | b\n-- | --\n1 | 2\n"), "add N 2",
		S("a | b | N\n-- | -- | --\n1 | 2\n")},
	    {S("|a|b|\n|-|-|\n|1|\n|1|2|3|\n"), "add N 2",
		S("|a|b|N|\n|-|-|-|\n|1|\n|1|2||3|\n")},
	    // A row without a pipe at its end has its bytes when an empty cell comes and goes there.
	    {S("|a|b|\n|-|-|\n|1|2  \n| 1 | 2\n"), "add N 2",
		S("|a|b|N|\n|-|-|-|\n|1|2  \n| 1 | 2\n")},
	    {S("|a|b|N|\n|-|-|-|\n|1|2  \n| 1 | 2\n"), "rm 2",
		S("|a|b|\n|-|-|\n|1|2  \n| 1 | 2\n")},
	    {S("|a|b|\n|-|-|\n|1|2\n"), "add N 1", S("|a|N|b|\n|-|-|-|\n|1||2\n")},
	    {S("a | b |\n--|--|\n1 | 2 |\n"), "add N 2",
		S("a | b | N |\n--|--|--|\n1 | 2 | |\n")},
	    {S("a | b | N |\n--|--|--|\n1 | 2 | |\n"), "rm 2",
		S("a | b |\n--|--|\n1 | 2 |\n")},
	    {S("> |a|b|\r\n> |-|-|\r\n> |1|2|\r\n"), "rm 0",
		S("> |b|\r\n> |-|\r\n> |2|\r\n")},
	    {S("|a|b|c|\n|-|:-|-:|\n|1| 2 |3|\n|x|\n"), "move 2 0",
		S("|c|a|b|\n|-:|-|:-|\n|3|1| 2 |\n||x|\n")},
	    {S("|a|b|\n|-|-|\n|1|2|\n"), "name 1 B|C", S("|a|B\\|C|\n|-|-|\n|1|2|\n")},
	    {S("|a|\n|-|\n|1|\n"), "rm 0", {0}},
	    {S("a|b\n-|-\n1|2\n"), "rm 1", {0}},
	    {S(DECL "|K|Go|Rust|A: b|\n|-|-|-|-|\n"), "name 1 C, D",
		S("<!-- rowmark: t; K: key; \"C, D\", Rust: status = - < +; \"A: b\": "
		  "date "
		  "-->\n\n|K|C, D|Rust|A: b|\n|-|-|-|-|\n")},
	    {S(DECL "|K|Go|Rust|A: b|\n|-|-|-|-|\n"), "rm 1",
		S("<!-- rowmark: t; K: key; Rust: status = - < +; \"A: b\": date -->\n\n"
		  "|K|Rust|A: b|\n|-|-|-|\n")},
	    {S(DECL "|K|Go|Rust|A: b|\n|-|-|-|-|\n"), "rm 2",
		S("<!-- rowmark: t; K: key; Go: status = - < +; \"A: b\": date -->\n\n"
		  "|K|Go|A: b|\n|-|-|-|\n")},
	    {S(DECL "|K|Go|Rust|A: b|\n|-|-|-|-|\n"), "rm 3",
		S("<!-- rowmark: t; K: key; Go, Rust: status = - < + -->\n\n"
		  "|K|Go|Rust|\n|-|-|-|\n")},
	    {S("<!-- rowmark: t\nK: key\nS: date\n-->\n\n|K|S|\n|-|-|\n"), "rm 1",
		S("<!-- rowmark: t\nK: key\n-->\n\n|K|\n|-|\n")},
	    {S("<!-- rowmark: S: date; K: key -->\n\n|K|S|\n|-|-|\n"), "rm 1",
		S("<!-- rowmark: K: key -->\n\n|K|\n|-|\n")},
	    {S("<!-- rowmark: t; P: ref t.K -->\n\n|K|P|\n|-|-|\n"), "name 0 L",
		S("<!-- rowmark: t; P: ref t.L -->\n\n|L|P|\n|-|-|\n")},
	};

	(void)state;
	for (size_t i = 0; i < NELEM(cases); i++) {
		struct rmk_arena a = {0};
		struct rmk_str got;
		struct rmk_err err;
		enum rmk_code code = step(
		    &a, cases[i].text, 0, cases[i].step, &got, &err);

		if (!cases[i].want.s)
			assert_int_equal(code, RMK_REFUSED);
		else if (code)
			fail_msg("%s: %s", cases[i].text.s, err.msg);
		else
			assert_text(got, cases[i].want, cases[i].step);
		rmk_arena_free(&a);
	}
}

struct tally {
	size_t tables, tried, refused;
};

// There and back, by two steps.
static void
round_trip(struct tally *tally, struct rmk_str text, size_t table, const char *there,
    const char *back)
{
	struct rmk_arena a = {0};
	struct rmk_str one, two;
	struct rmk_err err;

	tally->tried++;
	if (step(&a, text, table, there, &one, &err))
		tally->refused++;
	else if (step(&a, one, table, back, &two, &err))
		fail_msg("table %zu, %s, %s: %s", table + 1, there, back, err.msg);
	else
		assert_text(two, text, there);
	rmk_arena_free(&a);
}

static void
one_table(struct tally *tally, struct rmk_str text, const struct rmk_doc *doc, size_t t)
{
	size_t ncols = doc->tables[t].ncols;
	char there[40], back[40];

	tally->tables++;
	round_trip(tally, text, t, "add zzz 0", "rm 0");
	snprintf(there, sizeof there, "add zzz %zu", ncols);
	snprintf(back, sizeof back, "rm %zu", ncols);
	round_trip(tally, text, t, there, back);
	if (ncols > 1) {
		snprintf(there, sizeof there, "move 0 %zu", ncols - 1);
		snprintf(back, sizeof back, "move %zu 0", ncols - 1);
		round_trip(tally, text, t, there, back);
	}
}

// Rows without outer pipes, or short ones, cannot all come back: those tables are left out.
static bool
is_whole(const struct rmk_doc *doc, const struct rmk_table *table)
{
	for (size_t r = 0; r < table->nrows; r++) {
		struct rmk_str line = rmk_doc_str(doc, table->rows[r].span);

		if (table->rows[r].ncells != table->ncols ||
		    doc->text.s[table->rows[r].at] != '|' ||
		    !rmk_str_ends(rmk_str_trim(line), S("|")))
			return false;
	}
	return doc->text.s[table->header.at] == '|' && table->nrows > 0 &&
	       doc->text.s[table->delim.at] == '|' &&
	       rmk_str_ends(rmk_str_trim(rmk_doc_str(doc, table->header.span)), S("|")) &&
	       rmk_str_ends(rmk_str_trim(rmk_doc_str(doc, table->delim.span)), S("|"));
}

static void
test_corpus(void **state)
{
	struct rmk_arena names_arena = {0};
	struct tally tally = {0};
	struct rmk_str *names;
	size_t n = corpus_files(&names_arena, &names);

	(void)state;
	for (size_t i = 0; i < n; i += getenv("ROWMARK_SAN") ? 8 : 1) {
		struct rmk_arena a = {0};
		struct rmk_str text = corpus_read(&a, names[i]);
		struct rmk_doc *doc;
		struct rmk_err err;

		// Of large files with many tables some will do.
		if (rmk_doc_parse(&a, names[i], text, RMK_PARSE_ALL, &doc, &err) ==
		    RMK_OK) {
			size_t by = 1 + doc->ntables * text.n / 800000;

			for (size_t t = 0; t < doc->ntables; t += by)
				if (is_whole(doc, &doc->tables[t]))
					one_table(&tally, text, doc, t);
		}
		rmk_arena_free(&a);
	}
	rmk_arena_free(&names_arena);
	printf(n ? "%zu tables, %zu times there and back, %zu refused\n"
		 : "skipped: no corpus\n",
	    tally.tables, tally.tried, tally.refused);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_steps),
	    cmocka_unit_test(test_corpus),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
