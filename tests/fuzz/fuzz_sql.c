// SQL text against a small document: it may fail, and never more than that.
//
// Bytes choose pieces of SQL, or are SQL themselves; one connection runs up to four such
// texts. What failed must have left nothing behind: the edits are those from before. What
// went well gives edits which the gate applies or refuses; when it applies them, the new
// bytes, read again, hold the rows that SELECT * gave. No statement may touch a file.
#include "fuzz/fuzz.h"
#include "internal.h"

#include "sql/sql.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char document[] =
    "# Books\n\n<!-- rowmark: books; N: integer; Done: flag; On: date -->\n\n"
    "| Title | Link | N | Done | On | Status |\n|---|---|--:|---|---|---|\n"
    "| LoRA | [a](http://x/1) | 1 | [x] | 2024-01-02 | Not read |\n"
    "| *LIMA* | [b](http://x/2) | 22 | [ ] | | Reading |\n"
    "| x \\| y | | n/a | | | Read |\n"
    "|short|\n"
    "\n# Notes\n\nK | V\n--|--\na | 1\nb | 2\n"
    "\n> | Q |\n> |---|\n> | q |\n";

static const char *const pieces[] = {"SELECT ", "* ", "FROM ", "books ", "notes ", "q ",
    "WHERE ", "Title ", "N ", "Done ", "\"On\" ", "Status ", "Link_url ", "Title_raw ",
    "_row ", "_status ", "_line ", "rowid ", "K ", "V ", "= ", "<> ", "< ", "LIKE ",
    "REGEXP ", "'LoRA' ", "'a|b' ", "'' ", "NULL ", "1 ", "22 ", "1.5 ", "x'00' ",
    "'[x](y)' ", "'\n' ", "' a' ", "'\\' ", "'---' ", "'```' ", "'%' ",
    "'(a{1,9}){1,9}' ", "( ", ") ", ", ", "; ", "; ", "AND ", "OR ", "NOT ", "IN ",
    "BETWEEN ", "IS ", "COLLATE NOCASE ", "|| ", "+ ", "* ", "count(*) ", "GROUP BY ",
    "ORDER BY 1 ", "LIMIT 3 ", "JOIN ", "USING (K) ", "CROSS JOIN ", "UNION ALL ",
    "EXCEPT ", "WITH r(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM r LIMIT 9) ", "r ", "i ",
    "INSERT INTO ", "INSERT OR REPLACE INTO ", "VALUES ", "DEFAULT VALUES ", "UPDATE ",
    "UPDATE OR ROLLBACK ", "SET ", "DELETE FROM ",
    "UPDATE books SET Status = ", "UPDATE notes SET V = V || ",
    "INSERT INTO notes VALUES (", "INSERT INTO notes(K) ",
    "DELETE FROM notes WHERE K = ", "DELETE FROM books WHERE rowid = ", "SAVEPOINT s; ",
    "ROLLBACK TO s; ", "RELEASE s; ", "BEGIN; ", "COMMIT; ", "ROLLBACK; ",
    "ATTACH 'fuzz.db' AS z; ", "VACUUM INTO 'fuzz.db'; ", "PRAGMA writable_schema = 1; ",
    "SELECT writefile('fuzz.db', 'x'); ", "SELECT load_extension('fuzz.db'); ",
    "CREATE TABLE t(a); ", "CREATE TEMP TABLE u AS SELECT * FROM notes; ",
    "INSERT INTO t SELECT K FROM notes; ", "DROP TABLE notes; ",
    "ALTER TABLE notes RENAME TO m; ", "CREATE VIEW w AS SELECT * FROM notes; ", "w ",
    "CREATE TRIGGER g AFTER INSERT ON t BEGIN DELETE FROM notes; END; ",
    "CREATE VIRTUAL TABLE v USING rowmark(0); ", "EXPLAIN ", "json_object('a', ", ":p ",
    "? ", "RETURNING * ", "printf('%s', ", "zeroblob(9) ", "CAST(", "AS INTEGER) "};
#define NPIECES (sizeof pieces / sizeof *pieces)

// With their schema, since a statement may make temporary tables of the same names.
static const char *const names[] = {
    "main.books", "main.notes", "main.\"fuzz.md#notes-1\"", "main.\"fuzz.md#3\""};

static uint64_t texts, went_well, failed, applied, refused;

static void
print_counts(void)
{
	fprintf(stderr,
	    "documents: %" PRIu64 " texts (%" PRIu64 " ran, %" PRIu64
	    " failed; edits %" PRIu64 " applied, %" PRIu64 " refused)\n",
	    texts, went_well, failed, applied, refused);
}

int LLVMFuzzerInitialize(int *argc, char ***argv);
int
LLVMFuzzerInitialize(int *argc, char ***argv)
{
	(void)argc;
	(void)argv;
	return atexit(print_counts);
}

// --- answers as text ----------------------------------------------------------

static enum rmk_code
on_columns(void *ctx, const struct rmk_str *labels, size_t n, struct rmk_err *err)
{
	struct rmk_buf *out = ctx;

	(void)err;
	for (size_t i = 0; i < n && out; i++)
		rmk_buf_add(out, labels[i]);
	return RMK_OK;
}

static enum rmk_code
on_row(void *ctx, const struct rmk_sql_value *values, size_t n, struct rmk_err *err)
{
	struct rmk_buf *out = ctx;

	(void)err;
	for (size_t i = 0; i < n && out; i++) {
		rmk_buf_addc(out, "N#T"[values[i].kind]);
		rmk_buf_add(out, values[i].text);
		rmk_buf_addc(out, '\x1f');
	}
	return RMK_OK;
}

// The raw cells of a table as SQL tells them; a missing name tells nothing.
static struct rmk_str
rows_of(struct rmk_arena *a, struct rmk_sql *sql, const char *name)
{
	struct rmk_buf out = {.arena = a};
	struct rmk_sql_sink sink = {on_columns, on_row, &out};
	struct rmk_err err;

	rmk_sql_run(
	    a, sql, rmk_str_printf(a, "SELECT * FROM %s", name), NULL, 0, &sink, &err);
	return rmk_buf_str(&out);
}

// --- what the edits come to ----------------------------------------------------

static void
check_edits(struct rmk_arena *a, struct rmk_sql *sql, const struct rmk_doc *doc,
    struct rmk_str ran)
{
	const struct rmk_doc *now;
	struct rmk_edit *edits;
	struct rmk_doc *parsed;
	struct rmk_sql *again;
	struct rmk_str text;
	struct rmk_err err;
	size_t n = rmk_sql_edits(a, sql, doc, &edits);

	if (rmk_edits_apply(a, doc, edits, n, &text, &err)) {
		refused++;
		return;
	}
	applied += n > 0;
	CHECK(n > 0 || rmk_str_eq(text, doc->text));
	CHECK(rmk_doc_parse(a, doc->path, text, 0, &parsed, &err) == RMK_OK);
	now = parsed;
	CHECK(rmk_sql_open(a, &now, 1, NULL, &again, &err) == RMK_OK);
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		struct rmk_str was = rows_of(a, sql, names[i]),
			       is = rows_of(a, again, names[i]);

		if (!rmk_str_eq(was, is))
			fprintf(stderr,
			    "%.*s\n--- %s was\n%.*s\n--- is\n%.*s\n--- text\n%.*s",
			    RMK_FMT(ran), names[i], RMK_FMT(was), RMK_FMT(is),
			    RMK_FMT(text));
		CHECK(rmk_str_eq(was, is));
	}
	rmk_sql_close(again);
}

static size_t
count_edits(struct rmk_arena *a, struct rmk_sql *sql, const struct rmk_doc *doc)
{
	struct rmk_edit *edits;

	return rmk_sql_edits(a, sql, doc, &edits);
}

// --- from bytes to texts --------------------------------------------------------

static struct rmk_str
take_text(struct rmk_arena *a, const uint8_t **at, const uint8_t *end)
{
	struct rmk_buf text = {.arena = a};
	bool plain = *at < end && (**at & 3) == 0;
	size_t n = *at < end ? 1 + (*(*at)++ >> 2) : 0;

	for (; n && *at < end; n--, (*at)++) {
		if (plain)
			rmk_buf_addc(&text, (char)**at);
		else
			rmk_buf_adds(&text, pieces[**at % NPIECES]);
	}
	return rmk_buf_str(&text);
}

static void
run_text(struct rmk_arena *a, struct rmk_sql *sql, const struct rmk_doc *doc,
    struct rmk_str text)
{
	struct rmk_sql_param param = {RMK_STR("p"), RMK_STR("it's")};
	struct rmk_sql_sink sink = {on_columns, on_row, NULL};
	size_t before = count_edits(a, sql, doc);
	struct rmk_err err;

	texts++;
	if (rmk_sql_run(a, sql, text, &param, 1, &sink, &err)) {
		failed++;
		CHECK(count_edits(a, sql, doc) == before);
		return;
	}
	went_well++;
	check_edits(a, sql, doc, text);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const uint8_t *at = data, *end = data + size;
	struct rmk_sql_opts opts = {.timeout_ms = 50};
	struct rmk_arena a = {0};
	const struct rmk_doc *docs;
	struct rmk_sql *sql;
	struct rmk_doc *doc;
	struct rmk_err err;

	CHECK(rmk_doc_parse(
		  &a, RMK_STR("fuzz.md"), rmk_str_of(document), 0, &doc, &err) == RMK_OK);
	docs = doc;
	CHECK(rmk_sql_open(&a, &docs, 1, &opts, &sql, &err) == RMK_OK);
	for (int i = 0; i < 4 && at < end; i++)
		run_text(&a, sql, doc, take_text(&a, &at, end));
	rmk_sql_close(sql);
	rmk_arena_free(&a);
	CHECK(access("fuzz.db", F_OK) != 0);
	return 0;
}
