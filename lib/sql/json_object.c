// JSON in, through SQLite's json_each: no second parser to keep right.
#include "sql/json_object.h"

#include <sqlite3.h>

// The database is the parser: nothing is stored in it. Its atoms are values: 1.10 would come
// back as 1.1, and true as 1.
static const char query[] =
    "SELECT key, CASE type WHEN 'text' THEN atom ELSE ?1 -> fullkey END, type "
    "FROM json_each(CASE json_valid(?1) WHEN 1 THEN ?1 END)";

enum rmk_code
rmk_sql_json_open(struct rmk_sql_json **out, struct rmk_err *err)
{
	sqlite3 *db = NULL;
	sqlite3_stmt *stmt = NULL;

	if (sqlite3_open_v2(":memory:", &db, SQLITE_OPEN_READWRITE, NULL) ||
	    sqlite3_prepare_v2(db, query, sizeof query, &stmt, NULL)) {
		rmk_fail(err, RMK_IO, "cannot read JSON: %s", sqlite3_errmsg(db));
		sqlite3_close(db);
		return RMK_IO;
	}
	*out = (struct rmk_sql_json *)stmt;
	return RMK_OK;
}

void
rmk_sql_json_close(struct rmk_sql_json *parser)
{
	sqlite3_stmt *stmt = (sqlite3_stmt *)parser;
	sqlite3 *db = sqlite3_db_handle(stmt);

	sqlite3_finalize(stmt);
	sqlite3_close(db);
}

static struct rmk_str
column(struct rmk_arena *a, sqlite3_stmt *stmt, int i)
{
	const char *s = (const char *)sqlite3_column_text(stmt, i);

	return rmk_str_copy(
	    a, (struct rmk_str){s ? s : "", (size_t)sqlite3_column_bytes(stmt, i)});
}

static enum rmk_code
json_object_read_rows(struct rmk_arena *a, sqlite3_stmt *stmt, struct rmk_member **out,
    size_t *n, struct rmk_err *err)
{
	struct rmk_member *v = NULL;
	size_t count = 0, cap = 0;
	int step;

	while ((step = sqlite3_step(stmt)) == SQLITE_ROW) {
		struct rmk_str type = column(a, stmt, 2);
		struct rmk_member m = {.name = column(a, stmt, 0),
		    .value = column(a, stmt, 1),
		    .is_null = rmk_str_eq(type, RMK_STR("null"))};

		if (rmk_str_eq(type, RMK_STR("object")) ||
		    rmk_str_eq(type, RMK_STR("array")))
			return rmk_fail(err, RMK_INVALID, "\"%.*s\" is an %.*s, not text",
			    RMK_FMT(m.name), RMK_FMT(type));
		*RMK_PUSH(a, v, count, cap) = m;
	}
	if (step != SQLITE_DONE)
		return rmk_fail(err, RMK_INVALID, "cannot read JSON: %s",
		    sqlite3_errmsg(sqlite3_db_handle(stmt)));
	if (count == 0)
		return rmk_fail(err, RMK_INVALID, "not a JSON object with members");
	*out = v;
	*n = count;
	return RMK_OK;
}

// SQLite ends a text at the escape of a NUL.
static bool
has_nul(struct rmk_str text)
{
	bool escaped = false; // the byte before is a backslash that counts

	for (size_t i = 0; i < text.n; i++) {
		if (escaped && rmk_str_starts(rmk_str_from(text, i), RMK_STR("u0000")))
			return true;
		escaped = !escaped && text.s[i] == '\\';
	}
	return false;
}

enum rmk_code
rmk_sql_json_members(struct rmk_arena *a, struct rmk_sql_json *parser,
    struct rmk_str text, struct rmk_member **out, size_t *n, struct rmk_err *err)
{
	sqlite3_stmt *stmt = (sqlite3_stmt *)parser;
	enum rmk_code code;

	if (text.n > INT32_MAX || rmk_str_trim(text).n == 0 ||
	    rmk_str_trim(text).s[0] != '{')
		return rmk_fail(err, RMK_INVALID, "not a JSON object");
	if (has_nul(text))
		return rmk_fail(err, RMK_INVALID, "a text cannot hold \\u0000");
	sqlite3_bind_text(stmt, 1, text.s, (int)text.n, SQLITE_STATIC);
	code = json_object_read_rows(a, stmt, out, n, err);
	sqlite3_reset(stmt);
	sqlite3_clear_bindings(stmt);
	return code;
}
