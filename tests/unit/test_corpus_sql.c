// SQLite itself as the reference: every table of the corpus is copied into a real table of
// SQLite, and random statements must come to the same in both.
//
// ROWMARK_FULL runs 200 SELECTs on each table and 2,000 sequences of writes; without it
// some on some, so that the tests stay quick.
#include "corpus.h"

#include "sql/sql.h"

#include <sqlite3.h>

#define SELECTS (getenv("ROWMARK_FULL") ? 200 : 10)
#define TABLE_STEP (getenv("ROWMARK_FULL") ? 1 : 17) // one table in so many
#define SEQUENCES (getenv("ROWMARK_FULL") ? 2000 : 40)
#define STATEMENTS_MOST 6

struct pair {
	struct rmk_arena *arena;
	struct rmk_doc *doc;
	size_t table;
	struct rmk_sql *ours;
	sqlite3 *real;
	struct rmk_str name;    // quoted
	struct rmk_str *labels; // quoted
	size_t ncols;
	uint64_t seed;
	struct rmk_buf got;
};

static void
put_value(struct rmk_buf *out, const char *text, size_t n, bool null)
{
	rmk_buf_adds(out, null ? "NULL" : "");
	rmk_buf_add(out, (struct rmk_str){text, n});
	rmk_buf_addc(out, '\x1f');
}

static enum rmk_code
on_columns(void *ctx, const struct rmk_str *names, size_t n, struct rmk_err *err)
{
	(void)ctx, (void)names, (void)n, (void)err;
	return RMK_OK;
}

static enum rmk_code
on_row(void *ctx, const struct rmk_sql_value *values, size_t n, struct rmk_err *err)
{
	struct pair *p = ctx;

	(void)err;
	for (size_t i = 0; i < n; i++)
		put_value(&p->got, values[i].text.s, values[i].text.n,
		    values[i].kind == RMK_SQL_NULL);
	rmk_buf_addc(&p->got, '\n');
	return RMK_OK;
}

static struct rmk_str
run_ours(struct pair *p, struct rmk_str sql)
{
	struct rmk_sql_sink sink = {on_columns, on_row, p};
	struct rmk_err err;

	p->got = (struct rmk_buf){.arena = p->arena};
	if (rmk_sql_run(p->arena, p->ours, sql, NULL, 0, &sink, &err))
		rmk_buf_printf(&p->got, "error");
	return rmk_buf_str(&p->got);
}

static struct rmk_str
run_real(struct pair *p, struct rmk_str sql)
{
	struct rmk_buf out = {.arena = p->arena};
	const char *rest = rmk_str_c(p->arena, sql);
	sqlite3_stmt *stmt;
	int rc = SQLITE_OK;

	while (*rest &&
	       sqlite3_prepare_v2(p->real, rest, -1, &stmt, &rest) == SQLITE_OK && stmt) {
		while ((rc = sqlite3_step(stmt)) == SQLITE_ROW) {
			for (int i = 0; i < sqlite3_column_count(stmt); i++)
				put_value(&out,
				    (const char *)sqlite3_column_text(stmt, i),
				    (size_t)sqlite3_column_bytes(stmt, i),
				    sqlite3_column_type(stmt, i) == SQLITE_NULL);
			rmk_buf_addc(&out, '\n');
		}
		sqlite3_finalize(stmt);
	}
	if (rc != SQLITE_DONE)
		rmk_buf_printf(&out, "error");
	return rmk_buf_str(&out);
}

static struct rmk_str
quoted(struct rmk_arena *a, struct rmk_str text, char quote)
{
	struct rmk_buf out = {.arena = a};

	rmk_buf_addc(&out, quote);
	for (size_t i = 0; i < text.n; i++) {
		if (text.s[i] == quote)
			rmk_buf_addc(&out, quote);
		rmk_buf_addc(&out, text.s[i]);
	}
	rmk_buf_addc(&out, quote);
	return rmk_buf_str(&out);
}

// A real table with the same columns, filled with what ours shows.
static void
copy_table(struct pair *p)
{
	struct rmk_buf create = {.arena = p->arena};
	struct rmk_str rows = run_ours(
	    p, rmk_str_printf(p->arena, "SELECT * FROM %.*s", RMK_FMT(p->name)));
	struct rmk_str row, cell;

	rmk_buf_printf(&create, "CREATE TABLE %.*s(", RMK_FMT(p->name));
	for (size_t c = 0; c < p->ncols; c++)
		rmk_buf_printf(
		    &create, "%s%.*s TEXT", c ? ", " : "", RMK_FMT(p->labels[c]));
	rmk_buf_adds(&create, ");BEGIN");
	run_real(p, rmk_buf_str(&create));
	while (rmk_str_split(&rows, '\n', &row) && row.n) {
		struct rmk_buf insert = {.arena = p->arena};

		rmk_buf_printf(&insert, "INSERT INTO %.*s VALUES(", RMK_FMT(p->name));
		for (size_t c = 0; c < p->ncols && rmk_str_split(&row, '\x1f', &cell);
		     c++)
			rmk_buf_printf(&insert, "%s%.*s", c ? "," : "",
			    RMK_FMT(quoted(p->arena, cell, '\'')));
		rmk_buf_adds(&insert, ")");
		run_real(p, rmk_buf_str(&insert));
	}
	run_real(p, S("COMMIT"));
}

// The names that the connection gives to the columns: those of its own CREATE TABLE.
static void
read_labels(struct pair *p)
{
	struct rmk_str *names, *schemas, rest;

	assert_true(rmk_sql_tables(p->arena, p->ours, &names, &schemas) > p->table);
	rest = schemas[p->table];
	rest = rmk_str_from(rest, rmk_str_chr(rest, '(') + 1);
	for (size_t c = 0; c < p->ncols; c++) {
		size_t end = 1;

		while (rest.s[end] != '"' || rest.s[end + 1] == '"')
			end += rest.s[end] == '"' ? 2 : 1;
		p->labels[c] = rmk_str_part(rest, 0, end + 1);
		rest = rmk_str_from(rest, rmk_str_find(rest, S(", ")) + 2);
		while (rest.s[0] != '"')
			rest = rmk_str_from(rest, rmk_str_find(rest, S(", ")) + 2);
	}
}

static bool
open_pair(struct pair *p, struct rmk_doc *doc, size_t table, uint64_t seed)
{
	const struct rmk_doc *docs[] = {doc};
	struct rmk_err err;

	p->doc = doc;
	p->table = table;
	p->seed = seed;
	p->ncols = doc->tables[table].ncols;
	p->labels = RMK_NEW_N(p->arena, struct rmk_str, p->ncols);
	p->name = quoted(p->arena, rmk_address_of(p->arena, doc, table), '"');
	if (p->ncols > 60)
		return false;
	if (rmk_sql_open(p->arena, docs, 1, NULL, &p->ours, &err))
		fail_msg("%s", err.msg);
	assert_int_equal(sqlite3_open(":memory:", &p->real), SQLITE_OK);
	read_labels(p);
	copy_table(p);
	return true;
}

static void
close_pair(struct pair *p)
{
	rmk_sql_close(p->ours);
	sqlite3_close(p->real);
}

static struct rmk_str
any_label(struct pair *p)
{
	return p->labels[random_below(&p->seed, (uint32_t)p->ncols)];
}

// A value that stands in the table, or one of a few that do not.
static struct rmk_str
any_value(struct pair *p)
{
	static const struct rmk_str others[] = {{"x", 1}, {"two words", 9}, {"42", 2},
	    {"a|b", 3}, {"\xE6\x97\xA5\xE6\x9C\xAC", 6}, {"\xE2\x9C\x85 Yes", 7},
	    {"It's", 4}};
	const struct rmk_table *t = &p->doc->tables[p->table];
	struct rmk_str value = others[random_below(&p->seed, NELEM(others))];

	if (t->nrows && random_below(&p->seed, 2)) {
		const struct rmk_row *row = &t->rows[random_below(&p->seed, t->nrows)];
		struct rmk_str cell = rmk_doc_cell(
		    p->doc, row, random_below(&p->seed, t->ncols));

		value = rmk_value_text(p->arena, cell);
		// What is written is Markdown: only text that shows as itself can be compared.
		if (!rmk_str_eq(
			rmk_value_text(p->arena, rmk_cell_raw(p->arena, value)), value))
			value = S("x");
	}
	return quoted(p->arena, value, '\'');
}

static struct rmk_str
any_condition(struct pair *p)
{
	static const char *const shapes[] = {"%.*s = %.*s", "%.*s <> %.*s", "%.*s > %.*s",
	    "%.*s LIKE '%%' || substr(%.*s, 1, 2) || '%%'", "%.*s = %.*s COLLATE NOCASE",
	    "length(%.*s) > length(%.*s)"};
	const char *shape = shapes[random_below(&p->seed, NELEM(shapes))];
	struct rmk_str label = any_label(p), value = any_value(p);

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
	return rmk_str_printf(p->arena, shape, RMK_FMT(label), RMK_FMT(value));
#pragma GCC diagnostic pop
}

static struct rmk_str
any_select(struct pair *p)
{
	struct rmk_str a = any_label(p), b = any_label(p),
		       where = any_condition(p), and = any_condition(p);

	switch (random_below(&p->seed, 6)) {
	case 0:
		return rmk_str_printf(p->arena, "SELECT %.*s, %.*s FROM %.*s WHERE %.*s",
		    RMK_FMT(a), RMK_FMT(b), RMK_FMT(p->name), RMK_FMT(where));
	case 1:
		return rmk_str_printf(p->arena,
		    "SELECT %.*s, count(*), min(%.*s) FROM %.*s GROUP BY 1 ORDER BY 2 "
		    "DESC, 1",
		    RMK_FMT(a), RMK_FMT(b), RMK_FMT(p->name));
	case 2:
		return rmk_str_printf(p->arena,
		    "SELECT count(*) FROM %.*s x JOIN %.*s y ON x.%.*s = y.%.*s",
		    RMK_FMT(p->name), RMK_FMT(p->name), RMK_FMT(a), RMK_FMT(b));
	case 3:
		return rmk_str_printf(p->arena,
		    "SELECT rowid, %.*s FROM %.*s WHERE (%.*s) OR (%.*s) ORDER BY %.*s, "
		    "rowid LIMIT 5",
		    RMK_FMT(a), RMK_FMT(p->name), RMK_FMT(where), RMK_FMT(and),
		    RMK_FMT(b));
	case 4:
		return rmk_str_printf(p->arena,
		    "SELECT %.*s, row_number() OVER (ORDER BY %.*s, rowid) FROM %.*s "
		    "WHERE %.*s",
		    RMK_FMT(a), RMK_FMT(b), RMK_FMT(p->name), RMK_FMT(where));
	default:
		return rmk_str_printf(p->arena,
		    "SELECT DISTINCT %.*s FROM %.*s WHERE %.*s AND rowid > 2 ORDER BY 1",
		    RMK_FMT(a), RMK_FMT(p->name), RMK_FMT(where));
	}
}

static struct rmk_str
any_write(struct pair *p)
{
	struct rmk_buf out = {.arena = p->arena};
	struct rmk_str where = any_condition(p), value = any_value(p),
		       label = any_label(p);

	switch (random_below(&p->seed, 4)) {
	case 0:
		rmk_buf_printf(&out, "INSERT INTO %.*s(", RMK_FMT(p->name));
		for (size_t c = 0; c < p->ncols; c++)
			rmk_buf_printf(
			    &out, "%s%.*s", c ? ", " : "", RMK_FMT(p->labels[c]));
		rmk_buf_adds(&out, ") VALUES (");
		for (size_t c = 0; c < p->ncols; c++) {
			rmk_buf_adds(&out, c ? ", " : "");
			rmk_buf_add(&out, any_value(p));
		}
		rmk_buf_adds(&out, ")");
		break;
	case 1:
		rmk_buf_printf(&out, "DELETE FROM %.*s WHERE %.*s", RMK_FMT(p->name),
		    RMK_FMT(where));
		break;
	default:
		rmk_buf_printf(&out, "UPDATE %.*s SET %.*s = %.*s WHERE %.*s",
		    RMK_FMT(p->name), RMK_FMT(label), RMK_FMT(value), RMK_FMT(where));
	}
	return rmk_buf_str(&out);
}

static void
assert_same(struct pair *p, struct rmk_str sql)
{
	struct rmk_str ours = run_ours(p, sql), real = run_real(p, sql);

	if (!rmk_str_eq(ours, real))
		fail_msg("%.*s\n%.*s\nours: [%.*s]\nreal: [%.*s]", RMK_FMT(p->doc->path),
		    RMK_FMT(sql), RMK_FMT(rmk_str_part(ours, 0, 2000)),
		    RMK_FMT(rmk_str_part(real, 0, 2000)));
}

static struct rmk_doc *
parse(struct rmk_arena *a, struct rmk_str name, struct rmk_str text)
{
	struct rmk_doc *doc;
	struct rmk_err err;

	if (rmk_doc_parse(a, name, text, 0, &doc, &err))
		fail_msg("%s", err.msg);
	return doc;
}

static void
test_selects(void **state)
{
	struct rmk_arena names = {0};
	struct rmk_str *files;
	size_t nfiles = corpus_files(&names, &files), tables = 0, selects = 0;

	(void)state;
	if (nfiles == 0)
		print_message("skipped: no corpus\n");
	for (size_t f = 0; f < nfiles; f++) {
		struct rmk_arena a = {0};
		struct rmk_doc *doc = parse(&a, files[f], corpus_read(&a, files[f]));

		for (size_t t = f % (size_t)TABLE_STEP; t < doc->ntables;
		     t += (size_t)TABLE_STEP) {
			struct rmk_arena own = {0};
			struct pair p = {.arena = &own};

			if (!open_pair(&p, doc, t, (f + 1) * 7919 + t))
				continue;
			for (int i = 0; i < SELECTS; i++)
				assert_same(&p, any_select(&p));
			close_pair(&p);
			rmk_arena_free(&own);
			tables++;
			selects += (size_t)SELECTS;
		}
		rmk_arena_free(&a);
	}
	print_message("%zu SELECTs on %zu tables: the same answers\n", selects, tables);
	rmk_arena_free(&names);
}

// The lines of rows that no edit touched must stand in the new text as they were, in order.
static void
assert_untouched(
    struct pair *p, struct rmk_doc *now, const struct rmk_edit *edits, size_t n)
{
	const struct rmk_table *was = &p->doc->tables[p->table],
			       *is = &now->tables[p->table];
	size_t at = 0, e = 0;

	for (size_t r = 0; r < was->nrows; r++) {
		bool deleted = false, touched = false;

		for (; e < n && edits[e].row == r && edits[e].kind != RMK_EDIT_INSERT;
		     e++) {
			touched = true;
			deleted |= edits[e].kind == RMK_EDIT_DELETE;
		}
		if (!touched &&
		    was->rows[r].span.at + was->rows[r].span.len < p->doc->text.n)
			assert_text(rmk_doc_str(now, is->rows[at].span),
			    rmk_doc_str(p->doc, was->rows[r].span), "an untouched line");
		at += !deleted;
	}
}

// The rows of the file as written must be those of the real table.
static bool
check_written(struct pair *p)
{
	struct rmk_edit *edits;
	size_t n = rmk_sql_edits(p->arena, p->ours, p->doc, &edits);
	struct rmk_str out, real,
	    all = rmk_str_printf(p->arena, "SELECT * FROM %.*s", RMK_FMT(p->name));
	struct pair again = {.arena = p->arena};
	struct rmk_doc *now;
	struct rmk_err err;

	if (rmk_edits_apply(p->arena, p->doc, edits, n, &out, &err))
		return false;
	now = parse(p->arena, p->doc->path, out);
	assert_untouched(p, now, edits, n);
	real = run_real(p, all);
	if (!open_pair(&again, now, p->table, 1))
		return true;
	assert_text(run_ours(&again, all), real, "the file after the writes");
	close_pair(&again);
	return true;
}

static void
test_writes(void **state)
{
	struct rmk_arena names = {0};
	struct rmk_str *files;
	size_t nfiles = corpus_files(&names, &files), refused = 0;
	uint64_t seed = 20231;

	(void)state;
	if (nfiles == 0)
		print_message("skipped: no corpus\n");
	for (int i = 0; i < SEQUENCES && nfiles; i++) {
		struct rmk_arena a = {0};
		struct rmk_str name = files[random_below(&seed, (uint32_t)nfiles)];
		struct rmk_doc *doc = parse(&a, name, corpus_read(&a, name));
		struct pair p = {.arena = &a};
		size_t t = random_below(&seed, (uint32_t)doc->ntables);

		if (doc->ntables && !doc->tables[t].read_only &&
		    open_pair(&p, doc, t, seed)) {
			for (uint32_t k = random_below(&seed, STATEMENTS_MOST) + 1; k > 0;
			     k--)
				assert_same(&p, any_write(&p));
			refused += !check_written(&p);
			close_pair(&p);
		}
		rmk_arena_free(&a);
	}
	print_message("%d sequences of writes: the same rows; %zu refused by the gate\n",
	    SEQUENCES, refused);
	assert_true(refused * 100 <= (size_t)SEQUENCES);
	rmk_arena_free(&names);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_selects),
	    cmocka_unit_test(test_writes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
