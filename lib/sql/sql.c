// A connection: documents registered as tables, statements run as one transaction.
//
// What a statement can reach is decided here: an authorizer refuses everything that could
// touch a file, another database or the connection's own settings, and a progress handler
// ends what runs too long.
#include "sql/sql.h"
#include "base/buf.h"
#include "edit/dates.h"
#include "schema/address.h"
#include "sql/authorizer.h"
#include "sql/regexp.h"
#include "sql/table_names.h"
#include "sql/vtab.h"

#include <time.h>

// How many steps of SQLite's machine between two looks at the clock: about 50 µs.
#define STEPS_BETWEEN_LOOKS 1000
// Of a view: bytes of a value, and of all that SQLite holds meanwhile.
#define VIEW_VALUE (1 << 16)
#define VIEW_MEMORY ((sqlite3_int64)256 << 20)

// How many names a message lists: more would hide what it says.
#define MOST_NAMES 8

struct rmk_sql {
	sqlite3 *db;
	struct rmk_arena arena; // drafts, names
	struct rmk_sql_opts opts;
	struct sql_catalog catalog;
	struct sql_table *tables; // [ntables] of all documents, in order
	size_t ntables;
	struct sql_names names;
	bool ours;          // a statement of ours runs: all is allowed
	const char *denied; // what the authorizer last refused
	struct timespec deadline;
	bool late, over; // a limit of time, of steps or memory, was passed
	size_t steps;
};

// Whether a table is called so that has no name, since another is but for case.
static bool
is_hidden(const struct rmk_sql *sql, struct rmk_str name)
{
	for (size_t i = 0; i < sql->ntables; i++) {
		if (rmk_str_eq_nocase(sql->tables[i].address, name))
			return true;
	}
	return false;
}

// A name that no table has: say which there are, as they are written in SQL.
static enum rmk_code
no_table(struct rmk_sql *sql, const char *said, struct rmk_str name, struct rmk_err *err)
{
	struct rmk_buf list = {.arena = &sql->arena};

	rmk_fail(err, RMK_NOT_FOUND, "%s", said);
	if (is_hidden(sql, name))
		return rmk_hint(err, "two are called so, and SQL does not tell case "
				     "apart: name the file with -f");
	if (!sql->names.n)
		return rmk_hint(err, "no table was found in the files read");
	for (size_t i = 0; i < sql->names.n && i < MOST_NAMES; i++)
		rmk_buf_printf(
		    &list, "%s\"%.*s\"", i ? ", " : "", RMK_FMT(sql->names.v[i].text));
	return rmk_hint(err, "the tables are %.*s%s", RMK_FMT(rmk_buf_str(&list)),
	    sql->names.n > MOST_NAMES ? " ... ('rowmark ls' lists them)" : "");
}

static enum rmk_code
sqlite_error(struct rmk_sql *sql, struct rmk_err *err)
{
	const char *said;

	if (sql->denied)
		return rmk_fail(err, RMK_REFUSED, "%s is not allowed here", sql->denied);
	if (sql->over)
		return rmk_fail(err, RMK_TOO_BIG,
		    "the statement takes more than %zu steps of SQLite, or more memory",
		    sql->opts.steps);
	if (sql->late)
		return rmk_fail(err, RMK_REFUSED,
		    "the statement ran longer than %u ms and was stopped",
		    sql->opts.timeout_ms);
	said = sqlite3_errmsg(sql->db);
	if (rmk_str_starts(rmk_str_of(said), RMK_STR("no such table: ")))
		return no_table(sql, said,
		    rmk_str_from(rmk_str_of(said), sizeof "no such table: " - 1), err);
	return rmk_fail(err, RMK_INVALID, "%s", said);
}

// --- what is allowed ---------------------------------------------------------------

static int
authorize(void *ctx, int action, const char *first, const char *second, const char *third,
    const char *fourth)
{
	struct rmk_sql *sql = ctx;
	const char *what;

	(void)first;
	(void)third;
	(void)fourth;
	if (sql->ours)
		return SQLITE_OK;
	what = sql->opts.view ? sql_authorizer_forbids_view(action, second)
	                      : sql_authorizer_forbids(action, second);
	if (what)
		sql->denied = what;
	return what ? SQLITE_DENY : SQLITE_OK;
}

static int
look_at_clock(void *ctx)
{
	struct rmk_sql *sql = ctx;
	struct timespec now;

	sql->steps += STEPS_BETWEEN_LOOKS;
	sql->over = sql->opts.steps &&
	            (sql->steps > sql->opts.steps || sqlite3_memory_used() > VIEW_MEMORY);
	if (sql->over)
		return 1;
	if (sql->opts.stop && sql->opts.stop(sql->opts.ctx))
		return 1;
	if (!sql->opts.timeout_ms)
		return 0;
	clock_gettime(CLOCK_MONOTONIC, &now);
	sql->late = now.tv_sec > sql->deadline.tv_sec ||
	            (now.tv_sec == sql->deadline.tv_sec &&
			now.tv_nsec > sql->deadline.tv_nsec);
	return sql->late;
}

static void
start_clock(struct rmk_sql *sql)
{
	clock_gettime(CLOCK_MONOTONIC, &sql->deadline);
	sql->deadline.tv_sec += sql->opts.timeout_ms / 1000;
	sql->deadline.tv_nsec += (long)(sql->opts.timeout_ms % 1000) * 1000000;
	if (sql->deadline.tv_nsec >= 1000000000) {
		sql->deadline.tv_nsec -= 1000000000;
		sql->deadline.tv_sec++;
	}
	sql->late = sql->over = false;
	sql->steps = 0;
	sql->denied = NULL;
}

// --- opening -----------------------------------------------------------------------

// A table is read when it is first used: most of many never are.
static struct sql_table *
sql_look_at(struct sql_table *t)
{
	if (!t->schema)
		sql_table_init(t, t->arena, t->doc, t->table, t->address);
	return t;
}

// SQLite names a table to the module by the number of its name.
static enum rmk_code
sql_open_table(void *ctx, int argc, const char *const *argv, struct sql_table **out,
    struct rmk_err *err)
{
	struct rmk_sql *sql = ctx;
	uint32_t i;

	if (argc != 4 || !rmk_str_to_u32(rmk_str_of(argv[3]), &i) || i >= sql->names.n)
		return rmk_fail(err, RMK_NOT_FOUND, "no such table of rowmark");
	*out = sql_look_at(sql->names.v[i].table);
	return RMK_OK;
}

static int
exec(struct rmk_sql *sql, const char *text)
{
	int rc;

	sql->ours = true;
	rc = sqlite3_exec(sql->db, text, NULL, NULL, NULL);
	sql->ours = false;
	return rc;
}

static void
sql_add_table(struct rmk_sql *sql, const struct rmk_doc *doc, size_t table)
{
	sql->tables[sql->ntables++] = (struct sql_table){.arena = &sql->arena,
	    .doc = doc,
	    .table = table,
	    .address = rmk_address_of(&sql->arena, doc, table)};
}

// The tables that were picked, else all.
static void
add_tables(struct rmk_sql *sql, const struct rmk_doc *const *docs, size_t n)
{
	const struct rmk_sql_opts *o = &sql->opts;
	size_t total = o->npicks;

	for (size_t d = 0; d < n; d++)
		total += docs[d]->ntables;
	sql->tables = RMK_NEW_N(&sql->arena, struct sql_table, total);
	for (size_t i = 0; o->picks && i < o->npicks; i++)
		sql_add_table(sql, o->picks[i].doc, o->picks[i].table);
	for (size_t d = 0; !o->picks && d < n; d++) {
		for (size_t i = 0; i < docs[d]->ntables; i++)
			sql_add_table(sql, docs[d], i);
	}
}

static int
connect(struct rmk_sql *sql)
{
	int rc = sqlite3_open_v2(":memory:", &sql->db,
	    SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_MEMORY |
		SQLITE_OPEN_NOMUTEX,
	    NULL);

	sql->catalog = (struct sql_catalog){.open = sql_open_table, .ctx = sql};
	if (!rc)
		rc = exec(sql, "PRAGMA temp_store = memory");
	if (!rc)
		rc = sql_func_register(sql->db);
	if (!rc)
		rc = sql_vtab_register(sql->db, &sql->catalog, NULL);
	if (rc)
		return rc;
	sql_authorizer_settings(sql->db);
	sqlite3_set_authorizer(sql->db, authorize, sql);
	if (sql->opts.view)
		sqlite3_limit(sql->db, SQLITE_LIMIT_LENGTH, VIEW_VALUE);
	sqlite3_progress_handler(sql->db, STEPS_BETWEEN_LOOKS, look_at_clock, sql);
	return SQLITE_OK;
}

enum rmk_code
rmk_sql_open(struct rmk_arena *a, const struct rmk_doc *const *docs, size_t n,
    const struct rmk_sql_opts *opts, struct rmk_sql **out, struct rmk_err *err)
{
	struct rmk_sql *sql = RMK_NEW(a, struct rmk_sql);

	sql->arena.oom = a->oom;
	sql->arena.ctx = a->ctx;
	sql->names.arena = &sql->arena;
	if (opts)
		sql->opts = *opts;
	add_tables(sql, docs, n);
	sql_names_make(&sql->names, sql->tables, sql->ntables);
	if (connect(sql)) {
		sqlite_error(sql, err);
		rmk_sql_close(sql);
		return err ? err->code : RMK_INVALID;
	}
	*out = sql;
	return RMK_OK;
}

void
rmk_sql_close(struct rmk_sql *sql)
{
	struct rmk_arena arena;

	if (!sql)
		return;
	sqlite3_close_v2(sql->db);
	for (size_t i = 0; i < sql->ntables; i++)
		sql_table_free(&sql->tables[i]);
	arena = sql->arena;
	rmk_arena_free(&arena);
}

// --- running -----------------------------------------------------------------------

// The value for parameter i of a statement: by name, or by place.
static const struct rmk_sql_param *
find_param(sqlite3_stmt *stmt, int i, const struct rmk_sql_param *params, size_t n)
{
	const char *name = sqlite3_bind_parameter_name(stmt, i);
	uint32_t place;

	for (size_t p = 0; p < n; p++) {
		if (name && *name != '?' &&
		    rmk_str_eq(params[p].name, rmk_str_of(name + 1)))
			return &params[p];
		if ((!name || *name == '?') && rmk_str_to_u32(params[p].name, &place) &&
		    place == (uint32_t)i)
			return &params[p];
	}
	return NULL;
}

static enum rmk_code
bind(struct rmk_sql *sql, sqlite3_stmt *stmt, const struct rmk_sql_param *params,
    size_t n, struct rmk_err *err)
{
	int count = sqlite3_bind_parameter_count(stmt);

	for (int i = 1; i <= count; i++) {
		const struct rmk_sql_param *p = find_param(stmt, i, params, n);
		const char *name = sqlite3_bind_parameter_name(stmt, i);

		if (!p) {
			rmk_fail(err, RMK_INVALID, "no value for the parameter %s",
			    name ? name : "?");
			return rmk_hint(err,
			    "give it with -p NAME=VALUE (-p 1=VALUE for the first '?')");
		}
		if (sqlite3_bind_text64(stmt, i, p->value.n ? p->value.s : "", p->value.n,
			SQLITE_STATIC, SQLITE_UTF8))
			return sqlite_error(sql, err);
	}
	return RMK_OK;
}

static struct rmk_sql_value
read_value(sqlite3_stmt *stmt, int i)
{
	struct rmk_sql_value v = {.kind = RMK_SQL_TEXT};

	switch (sqlite3_column_type(stmt, i)) {
	case SQLITE_NULL:
		return (struct rmk_sql_value){.kind = RMK_SQL_NULL, .text = {"", 0}};
	case SQLITE_INTEGER:
	case SQLITE_FLOAT:
		v.kind = RMK_SQL_NUMBER;
		break;
	default:
		break;
	}
	v.text.s = (const char *)sqlite3_column_text(stmt, i);
	v.text.n = (size_t)sqlite3_column_bytes(stmt, i);
	return v;
}

static enum rmk_code
give_columns(struct rmk_arena *a, sqlite3_stmt *stmt, int n,
    const struct rmk_sql_sink *sink, struct rmk_err *err)
{
	struct rmk_str *names = RMK_NEW_N(a, struct rmk_str, (size_t)n);

	for (int i = 0; i < n; i++)
		names[i] = rmk_str_of(sqlite3_column_name(stmt, i));
	return sink->columns(sink->ctx, names, (size_t)n, err);
}

static enum rmk_code
step_all(struct rmk_arena *a, struct rmk_sql *sql, sqlite3_stmt *stmt,
    const struct rmk_sql_sink *sink, struct rmk_err *err)
{
	int n = sqlite3_column_count(stmt), rc;
	struct rmk_sql_value *values = RMK_NEW_N(a, struct rmk_sql_value, (size_t)n);
	enum rmk_code code = RMK_OK;

	if (n && sink && sink->columns)
		code = give_columns(a, stmt, n, sink, err);
	while (!code && (rc = sqlite3_step(stmt)) != SQLITE_DONE) {
		if (rc != SQLITE_ROW)
			return sqlite_error(sql, err);
		if (!sink)
			continue;
		for (int i = 0; i < n; i++)
			values[i] = read_value(stmt, i);
		code = sink->row(sink->ctx, values, (size_t)n, err);
	}
	return code;
}

// Run the first statement of text and move past it.
static enum rmk_code
run_one(struct rmk_arena *a, struct rmk_sql *sql, const char **text,
    const struct rmk_sql_param *params, size_t n, const struct rmk_sql_sink *sink,
    struct rmk_err *err)
{
	sqlite3_stmt *stmt = NULL;
	enum rmk_code code = RMK_OK;

	if (sqlite3_prepare_v2(sql->db, *text, -1, &stmt, text))
		return sqlite_error(sql, err);
	if (stmt && sql->opts.view &&
	    (!sqlite3_stmt_readonly(stmt) || sqlite3_stmt_isexplain(stmt)))
		code = rmk_fail(err, RMK_REFUSED, "a view is a SELECT");
	if (stmt && !code) {
		code = bind(sql, stmt, params, n, err);
		if (!code)
			code = step_all(a, sql, stmt, sink, err);
	}
	sqlite3_finalize(stmt);
	return code;
}

// The guards are down only meanwhile.
static int
declare_tables(struct rmk_sql *sql, struct rmk_str text)
{
	int rc;

	sql->ours = true;
	rc = sql_names_declare(&sql->names, sql->db, text);
	sql->ours = false;
	sql_authorizer_settings(sql->db);
	if (sql->opts.view)
		sqlite3_limit(sql->db, SQLITE_LIMIT_LENGTH, VIEW_VALUE);
	return rc;
}

enum rmk_code
rmk_sql_run(struct rmk_arena *a, struct rmk_sql *sql, struct rmk_str text,
    const struct rmk_sql_param *params, size_t nparams, const struct rmk_sql_sink *sink,
    struct rmk_err *err)
{
	const char *rest = rmk_str_c(a, text);
	enum rmk_code code = RMK_OK;

	if (rmk_str_chr(text, '\0') != RMK_NONE)
		return rmk_fail(err, RMK_INVALID, "a statement cannot hold NUL");
	start_clock(sql);
	if (declare_tables(sql, text) || exec(sql, "BEGIN"))
		return sqlite_error(sql, err);
	while (!code && *rest)
		code = run_one(a, sql, &rest, params, nparams, sink, err);
	if (!code && exec(sql, "COMMIT"))
		code = sqlite_error(sql, err);
	if (code)
		exec(sql, "ROLLBACK");
	return code;
}

// --- what came of it ----------------------------------------------------------------

size_t
rmk_sql_edits(struct rmk_arena *a, struct rmk_sql *sql, const struct rmk_doc *doc,
    struct rmk_edit **out)
{
	struct rmk_edit *all = NULL;
	size_t n = 0, cap = 0;

	for (size_t i = 0; i < sql->ntables; i++) {
		struct rmk_draft *draft = sql->tables[i].draft;
		struct rmk_edit *edits;
		size_t more;

		if (sql->tables[i].doc != doc || !draft)
			continue;
		if (sql->opts.day.n)
			rmk_dates_fill(a, draft, sql->opts.day);
		more = rmk_draft_edits(draft, a, &edits);
		for (size_t e = 0; e < more; e++)
			*RMK_PUSH(a, all, n, cap) = edits[e];
	}
	*out = all;
	return n;
}

bool
rmk_sql_is_complete(struct rmk_arena *a, struct rmk_str text)
{
	return sqlite3_complete(rmk_str_c(a, text)) != 0;
}

size_t
rmk_sql_tables(struct rmk_arena *a, const struct rmk_sql *sql, struct rmk_str **names,
    struct rmk_str **schemas)
{
	*names = RMK_NEW_N(a, struct rmk_str, sql->ntables);
	*schemas = RMK_NEW_N(a, struct rmk_str, sql->ntables);
	for (size_t i = 0; i < sql->ntables; i++) {
		struct rmk_str name = sql_names_shortest(&sql->names, &sql->tables[i]);
		struct rmk_str declared = sql_table_declare(
		    sql_look_at(&sql->tables[i]), a);
		size_t columns = rmk_str_chr(declared, '(');

		(*names)[i] = name;
		(*schemas)[i] = rmk_str_printf(a, "CREATE TABLE \"%.*s\"%.*s;",
		    RMK_FMT(name), RMK_FMT(rmk_str_from(declared, columns)));
	}
	return sql->ntables;
}
