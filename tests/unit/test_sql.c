// SQL over documents: reading, writing, transactions, and what is refused.
#include "unit.h"

#include "sql/sql.h"

static const char text[] =
    "## Papers\n\n<!-- rowmark: papers; Paper: key; Score: integer; Read: flag -->\n\n"
    "| Paper | Link | Status | Score | Read |\n|---|---|---|---|---|\n"
    "| LoRA | [one](https://a.example) | Read | 9 | [x] |\n"
    "| **LIMA** | [two](https://b.example) | Not read | 10 | [ ] |\n"
    "| RLHF |  | Reading |  | yes |\n"
    "\n## Other\n\n| Name | Name |\n|---|---|\n| x | y |\n";

struct fixture {
	struct rmk_arena arena;
	struct rmk_doc *doc;
	struct rmk_sql *sql;
	struct rmk_buf out; // what the sink was told: "a,b;" a row
};

static enum rmk_code
on_columns(void *ctx, const struct rmk_str *names, size_t n, struct rmk_err *err)
{
	(void)ctx;
	(void)names;
	(void)n;
	(void)err;
	return RMK_OK;
}

static enum rmk_code
on_row(void *ctx, const struct rmk_sql_value *values, size_t n, struct rmk_err *err)
{
	struct fixture *f = ctx;

	(void)err;
	for (size_t i = 0; i < n; i++) {
		rmk_buf_adds(&f->out, i ? "," : "");
		if (values[i].kind == RMK_SQL_NULL)
			rmk_buf_adds(&f->out, "NULL");
		rmk_buf_add(&f->out, values[i].text);
	}
	rmk_buf_adds(&f->out, ";");
	return RMK_OK;
}

static int
open(void **state)
{
	struct fixture *f = calloc(1, sizeof *f);
	const struct rmk_doc *docs[1];
	struct rmk_sql_opts opts = {.timeout_ms = 200};
	struct rmk_err err;

	f->out.arena = &f->arena;
	assert_int_equal(
	    rmk_doc_parse(&f->arena, S("f.md"), rmk_str_of(text), 0, &f->doc, &err),
	    RMK_OK);
	docs[0] = f->doc;
	assert_int_equal(rmk_sql_open(&f->arena, docs, 1, &opts, &f->sql, &err), RMK_OK);
	*state = f;
	return 0;
}

static int
closed(void **state)
{
	struct fixture *f = *state;

	rmk_sql_close(f->sql);
	rmk_arena_free(&f->arena);
	free(f);
	return 0;
}

static enum rmk_code
run(struct fixture *f, const char *sql, struct rmk_err *err)
{
	struct rmk_sql_param params[] = {{S("p"), S("LoRA")}, {S("1"), S("RLHF")}};
	struct rmk_sql_sink sink = {on_columns, on_row, f};

	f->out.n = 0;
	return rmk_sql_run(&f->arena, f->sql, rmk_str_of(sql), params, 2, &sink, err);
}

static void
test_reads(void **state)
{
	static const struct {
		const char *sql, *want;
	} cases[] = {
	    {"SELECT Paper FROM papers", "LoRA;LIMA;RLHF;"},
	    {"SELECT Paper_raw, Link, Link_url, Link_label FROM papers WHERE Paper = "
	     "'LIMA'",
		"**LIMA**,two,https://b.example,two;"},
	    {"SELECT Paper FROM papers WHERE Score > 9", "LIMA;"},
	    {"SELECT Paper FROM papers WHERE Score = 9", "LoRA;"},
	    {"SELECT Paper FROM papers WHERE Score = 9.0", "LoRA;"},
	    {"SELECT Score, typeof(Score), typeof(Link) FROM papers WHERE Paper = 'RLHF'",
		"NULL,null,text;"},
	    {"SELECT sum(Read) FROM papers", "2;"},
	    {"SELECT Paper FROM papers ORDER BY Score DESC LIMIT 1", "LIMA;"},
	    {"SELECT _status, _line, _row, _file FROM papers",
		"done,7,1,f.md;todo,8,2,f.md;"
		"doing,9,3,f.md;"},
	    {"SELECT count(*) FROM \"f.md#papers\"", "3;"},
	    {"SELECT Paper FROM papers WHERE Paper = :p", "LoRA;"},
	    {"SELECT Paper FROM papers WHERE Paper = ?", "RLHF;"},
	    {"SELECT Paper FROM papers WHERE Paper REGEXP '^L.*A$'", "LoRA;LIMA;"},
	    {"SELECT Paper FROM papers WHERE Paper = 'lora'", ""},
	    {"SELECT Paper FROM papers WHERE Paper = 'lora' COLLATE NOCASE", "LoRA;"},
	    {"SELECT Paper FROM papers WHERE Paper = 'lora' COLLATE NOCASE OR Paper = "
	     "'lima'"
	     " COLLATE NOCASE",
		"LoRA;LIMA;"},
	    {"SELECT Paper FROM papers WHERE Paper = 'lora' COLLATE NOCASE OR Paper = "
	     "'LIMA'",
		"LoRA;LIMA;"},
	    {"SELECT a.Paper, b.Paper FROM papers a JOIN papers b ON a.Paper = b.Paper "
	     "WHERE a.rowid = 3",
		"RLHF,RLHF;"},
	    {"SELECT Name, Name_2 FROM other", "x,y;"},
	    {"SELECT Paper FROM papers WHERE Paper IN ('RLHF', 'LoRA') ORDER BY 1",
		"LoRA;RLHF;"},
	    {"SELECT json_group_array(Paper) FROM papers",
		"[\"LoRA\",\"LIMA\",\"RLHF\"];"},
	    {"SELECT Paper FROM papers WHERE Paper IS NULL", ""},
	};
	struct rmk_err err;

	for (size_t i = 0; i < NELEM(cases); i++) {
		if (run(*state, cases[i].sql, &err))
			fail_msg("%s: %s", cases[i].sql, err.msg);
		assert_text(rmk_buf_str(&((struct fixture *)*state)->out),
		    rmk_str_of(cases[i].want), cases[i].sql);
	}
}

// The document that the edits so far make.
static struct rmk_str
changed(struct fixture *f)
{
	struct rmk_edit *edits;
	size_t n = rmk_sql_edits(&f->arena, f->sql, f->doc, &edits);
	struct rmk_str out;
	struct rmk_err err;

	if (rmk_edits_apply(&f->arena, f->doc, edits, n, &out, &err))
		fail_msg("%s", err.msg);
	return out;
}

static void
assert_line(struct rmk_str out, const char *line, bool there)
{
	if ((rmk_str_find(out, rmk_str_of(line)) != RMK_NONE) != there)
		fail_msg(
		    "%s '%s' in\n%.*s", there ? "no" : "there is", line, RMK_FMT(out));
}

static void
test_writes(void **state)
{
	struct fixture *f = *state;
	struct rmk_err err;
	struct rmk_str out;

	assert_int_equal(run(f,
			     "UPDATE papers SET Status = 'Read' WHERE Paper = 'LIMA';"
			     "UPDATE papers SET Score = Score + 1, Paper = Paper;"
			     "UPDATE papers SET Read = 1 WHERE Paper = 'LIMA';"
			     "INSERT INTO papers(Paper, Link_raw, Score)"
			     " VALUES ('new | one', '[n](u)', 3);"
			     "DELETE FROM papers WHERE Paper = 'RLHF';"
			     "SELECT count(*) FROM papers",
			     &err),
	    RMK_OK);
	assert_text(
	    rmk_buf_str(&f->out), S("3;"), "a later statement sees the earlier ones");
	out = changed(f);
	assert_line(out, "| LoRA | [one](https://a.example) | Read | 10 | [x] |", true);
	assert_line(
	    out, "| **LIMA** | [two](https://b.example) | Read | 11 | [x] |", true);
	assert_line(out, "| new \\| one | [n](u) | | 3 | |", true);
	assert_line(out, "RLHF", false);
}

// What a cell shows already is not written again, however it is spelled.
static void
test_kept(void **state)
{
	static const char markdown[] =
	    "<!-- rowmark: t; K: key; N: integer; F: flag; R: number; S: status = A < B; "
	    "E: "
	    "enum = x, y -->\n\n| K | N | F | R | S | E |\n|---|---|---|---|---|---|\n"
	    "| a | 007 | yes | 1.50 | **b** | X |\n| b | 1 | [x] | -2e3 | what | |\n"
	    "| c | | | | | |\n";
	static const struct {
		const char *sql, *want; // the row with key a; or none of it changed: ""
	} cases[] = {
	    {"UPDATE t SET K = K, N = N, F = F, R = R, S = S, E = E", ""},
	    {"UPDATE t SET N = 7.0, F = 1, R = 1.5, S = 'b' WHERE K = 'a'", ""},
	    {"UPDATE t SET F = 0, N = NULL, R = '' WHERE K = 'c'", ""},
	    {"UPDATE t SET N = 8.0, R = R * 2, F = 0.0 WHERE K = 'a'",
		"| a | 8 | [ ] | 3 | **b** | X |"},
	    {"UPDATE t SET R = '1.5', F = 'no' WHERE K = 'a'",
		"| a | 007 | no | 1.5 | **b** | X |"},
	    {"UPDATE t SET F = 2 WHERE K = 'a'", "| a | 007 | 2 | 1.50 | **b** | X |"},
	    {"UPDATE t SET F = NULL WHERE K = 'a'", "| a | 007 | | 1.50 | **b** | X |"},
	};

	(void)state;
	for (size_t i = 0; i < NELEM(cases); i++) {
		struct rmk_arena a = {0};
		struct fixture f = {.out.arena = &a};
		const struct rmk_doc *docs[1];
		struct rmk_edit *edits;
		struct rmk_err err;

		assert_int_equal(
		    rmk_doc_parse(&a, S("f.md"), rmk_str_of(markdown), 0, &f.doc, &err),
		    RMK_OK);
		docs[0] = f.doc;
		if (rmk_sql_open(&a, docs, 1, NULL, &f.sql, &err) ||
		    run(&f, cases[i].sql, &err))
			fail_msg("%s: %s", cases[i].sql, err.msg);
		if (!*cases[i].want && rmk_sql_edits(&a, f.sql, f.doc, &edits))
			fail_msg("%s: something changed", cases[i].sql);
		assert_line(changed(&f), cases[i].want, true);
		rmk_sql_close(f.sql);
		rmk_arena_free(&f.arena);
		rmk_arena_free(&a);
	}
}

static void
test_all_or_nothing(void **state)
{
	static const struct {
		const char *sql;
		enum rmk_code want;
		const char *why;
	} cases[] = {
	    {"UPDATE papers SET Status = 'x'; SELECT missing", RMK_INVALID,
		"no such column"},
	    {"UPDATE papers SET Status = 'a' || char(10)", RMK_INVALID, "line break"},
	    {"UPDATE papers SET _line = 3", RMK_INVALID, "cannot be written"},
	    {"UPDATE papers SET rowid = 9", RMK_INVALID, "a rowid is a row's place"},
	    {"INSERT INTO papers(rowid, Paper) VALUES (1, 'x')", RMK_INVALID,
		"a rowid is a row's place"},
	    {"UPDATE papers SET Status = 'x'; COMMIT", RMK_REFUSED, "one transaction"},
	    {"ATTACH 'x.db' AS x", RMK_REFUSED, "ATTACH"},
	    {"VACUUM INTO 'x.db'", RMK_INVALID, "within a transaction"},
	    {"PRAGMA writable_schema = 1", RMK_REFUSED, "PRAGMA"},
	    {"SELECT load_extension('x')", RMK_REFUSED, "load_extension"},
	    {"CREATE VIRTUAL TABLE t USING rowmark(0)", RMK_REFUSED, "virtual table"},
	    {"SELECT readfile('x')", RMK_INVALID, "no such function"},
	    {"SELECT Paper FROM papers WHERE Paper = :other", RMK_INVALID, ":other"},
	    {"WITH RECURSIVE r(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM r) "
	     "SELECT count(*) FROM r",
		RMK_REFUSED, "longer than 200 ms"},
	};
	struct fixture *f = *state;

	for (size_t i = 0; i < NELEM(cases); i++) {
		struct rmk_err err = {0};
		struct rmk_edit *edits;
		enum rmk_code code = run(f, cases[i].sql, &err);

		if (code != cases[i].want || !strstr(err.msg, cases[i].why))
			fail_msg(
			    "%s: %s: %s", cases[i].sql, rmk_code_name(code), err.msg);
		assert_int_equal(rmk_sql_edits(&f->arena, f->sql, f->doc, &edits), 0);
	}
}

static void
test_savepoints(void **state)
{
	struct fixture *f = *state;
	struct rmk_err err;

	if (run(f,
		"UPDATE papers SET Status = 'one' WHERE Paper = 'LoRA';"
		"SAVEPOINT s; UPDATE papers SET Status = 'two'; DELETE FROM papers;"
		"ROLLBACK TO s; RELEASE s; SELECT Status FROM papers",
		&err))
		fail_msg("%s", err.msg);
	assert_text(rmk_buf_str(&f->out), S("one;Not read;Reading;"),
	    "rolled back to the savepoint");
}

// Parse, open, run one statement: what the sink was told.
static struct rmk_str
answer(struct rmk_arena *a, const char *path, struct rmk_str markdown, const char *sql)
{
	struct fixture f = {.out.arena = a};
	const struct rmk_doc *docs[1];
	struct rmk_err err;

	if (rmk_doc_parse(a, rmk_str_of(path), markdown, 0, &f.doc, &err))
		fail_msg("%s", err.msg);
	docs[0] = f.doc;
	if (rmk_sql_open(a, docs, 1, NULL, &f.sql, &err) || run(&f, sql, &err))
		fail_msg("%s: %s", sql, err.msg);
	rmk_sql_close(f.sql);
	rmk_arena_free(&f.arena);
	return rmk_buf_str(&f.out);
}

// What a declared number is to SQL is what a numeric column of SQLite's makes of the text.
static void
test_numbers(void **state)
{
	static const char *const texts[] = {"7", "007", "+7", "-7", "1.50", ".5", "5.",
	    "-.5e3", "1E30", "1e30", "1E3", "1e18", "0.30000000000000004",
	    "9007199254740993", "-9223372036854775808", "9223372036854775808",
	    "99999999999999999999", "0x1F", "0X1F", "inf", "nan", "1e999", "1 2", "1,5",
	    "e5", "--1", "1e", "+", "."};

	(void)state;
	for (size_t i = 0; i < NELEM(texts); i++) {
		struct rmk_arena a = {0};
		struct rmk_str markdown = rmk_str_printf(&a,
		    "<!-- rowmark: t; K: key; N: number -->\n\n|K|N|\n|-|-|\n|k|%s|\n",
		    texts[i]);
		struct rmk_str sql = rmk_str_printf(&a,
		    "CREATE TABLE real(N NUMERIC); INSERT INTO real VALUES ('%s');"
		    "SELECT t.N IS real.N AND typeof(t.N) = typeof(real.N) AND"
		    " (SELECT count(*) FROM t WHERE N = real.N) = 1 AND"
		    " (SELECT count(*) FROM t WHERE N = CAST(real.N AS REAL)) ="
		    " (SELECT count(*) FROM t WHERE +N = CAST(real.N AS REAL)) AND"
		    " (SELECT count(*) FROM t WHERE N = CAST(real.N AS INTEGER)) ="
		    " (SELECT count(*) FROM t WHERE +N = CAST(real.N AS INTEGER))"
		    " FROM t, real;"
		    "SELECT typeof(N), N FROM t UNION ALL SELECT typeof(N), N FROM real",
		    texts[i]);
		struct rmk_str said = answer(&a, "f.md", markdown, rmk_str_c(&a, sql));

		if (said.s[0] != '1')
			fail_msg("%s: %.*s", texts[i], RMK_FMT(said));
		rmk_arena_free(&a);
	}
}

// Names that mean something to SQLite, or to its quotes.
static void
test_names(void **state)
{
	static const char markdown[] = "## sqlite_master\n\n|A|\n|-|\n|1|\n\n## "
				       "sqlite_stat1\n\n|tbl|idx|stat|\n|-|-|-|\n"
				       "|1|2|3|\n\n## json_each\n\n|A|\n|-|\n|2|\n\n## "
				       "JSON_EACH\n\n|A|\n|-|\n|3|\n\n"
				       "## select\n\n|A|\n|-|\n|4|\n\n## \xE6\x97\xA5 "
				       "\xE6\x9C\xAC\n\n|A|\n|-|\n|5|\n";
	static const struct {
		const char *sql, *want;
	} cases[] = {
	    {"SELECT count(*) FROM sqlite_master WHERE name LIKE '%#sqlite_master'",
		"1;"},
	    {"SELECT A FROM \"sqlite_a\"\"'[b];--.md#sqlite_master\"", "1;"},
	    {"ANALYZE; SELECT stat FROM \"sqlite_a\"\"'[b];--.md#sqlite_stat1\"", "3;"},
	    {"SELECT A FROM json_each", "2;"},
	    {"SELECT A FROM \"json_each-1\"", "3;"},
	    {"-- it's not \"closed\nSELECT A FROM/* [ */main.[json_each-1]", "3;"},
	    {"SELECT A FROM `Select`", "4;"},
	    {"SELECT A FROM 'select'", "4;"},
	    {"SELECT A FROM \"SELECT\"", "4;"},
	    {"SELECT A FROM \"\xE6\x97\xA5-\xE6\x9C\xAC\"", "5;"},
	};

	(void)state;
	for (size_t i = 0; i < NELEM(cases); i++) {
		struct rmk_arena a = {0};

		assert_text(answer(&a, "sqlite_a\"'[b];--.md", rmk_str_of(markdown),
				cases[i].sql),
		    rmk_str_of(cases[i].want), cases[i].sql);
		rmk_arena_free(&a);
	}
}

// Only what was picked is there, and a name that another table has besides is free again.
static void
test_picks(void **state)
{
	struct rmk_arena a = {0};
	struct rmk_sql_pick picks[1];
	struct rmk_sql_opts opts = {.picks = picks, .npicks = 1};
	struct fixture f = {.out.arena = &a};
	struct rmk_doc *docs[2];
	struct rmk_str *names, *schemas;
	struct rmk_err err;

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		struct rmk_str path = i ? S("b.md") : S("a.md");

		assert_int_equal(rmk_doc_parse(&a, path, S("## T\n\n|A|\n|-|\n|1|\n"), 0,
				     &docs[i], &err),
		    RMK_OK);
	}
	picks[0] = (struct rmk_sql_pick){docs[1], 0};
	assert_int_equal(rmk_sql_open(&a, NULL, 0, &opts, &f.sql, &err), RMK_OK);
	assert_int_equal(rmk_sql_tables(&a, f.sql, &names, &schemas), 1);
	assert_text(names[0], S("t"), "the short name");
	assert_int_equal(
	    run(&f, "SELECT _file FROM t; UPDATE t SET A = 2", &err), RMK_OK);
	assert_text(rmk_buf_str(&f.out), S("b.md;"), "the one table");
	f.doc = docs[1];
	assert_line(changed(&f), "|2|", true);
	rmk_sql_close(f.sql);
	rmk_arena_free(&f.arena);
	rmk_arena_free(&a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(test_reads, open, closed),
	    cmocka_unit_test_setup_teardown(test_writes, open, closed),
	    cmocka_unit_test_setup_teardown(test_all_or_nothing, open, closed),
	    cmocka_unit_test_setup_teardown(test_savepoints, open, closed),
	    cmocka_unit_test(test_kept),
	    cmocka_unit_test(test_names),
	    cmocka_unit_test(test_numbers),
	    cmocka_unit_test(test_picks),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
