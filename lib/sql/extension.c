// rowmark as a loadable extension of SQLite, for sqlite3, Python and others.
//
//	.load ./rowmark
//	CREATE VIRTUAL TABLE temp.papers USING rowmark('README.md#papers');
//	CREATE VIRTUAL TABLE temp.papers USING rowmark('README.md#papers', writable);
//
// Each virtual table reads its file when it is made, and again before a query when the
// file has changed. Read-only unless it is 'writable'; then a transaction's edits pass
// both gates, that of edits and that of the declaration, and replace the file when SQLite
// commits. Nothing is committed to git: the file is what changes, as with an editor.
//
// SQLite commits one virtual table after another, and cannot take the first back when the
// second fails. So the first to be committed writes for all of the connection: the tables of
// one file together, and no file before the new bytes of all are on the disk.
#include "sql/extension.h"

SQLITE_EXTENSION_INIT1

#include "base/buf.h"
#include "schema/address.h"
#include "sql/regexp.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void
release(struct sql_table *t)
{
	struct loaded *l = t->owner, **at = &l->connection->tables;

	while (*at != l)
		at = &(*at)->next;
	*at = l->next;
	extension_drop(l);
	rmk_arena_free(&l->lasting);
	sqlite3_free(l);
}

// An argument as written in SQL: its quotes taken off, and those within it single.
static struct rmk_str
unquote(struct rmk_arena *a, struct rmk_str argument)
{
	char quote = argument.n >= 2 ? argument.s[0] : 0;
	struct rmk_buf out = {.arena = a};

	if ((quote != '\'' && quote != '"') || argument.s[argument.n - 1] != quote)
		return rmk_str_copy(a, argument);
	for (size_t i = 1; i < argument.n - 1; i++) {
		rmk_buf_addc(&out, argument.s[i]);
		if (argument.s[i] == quote && argument.s[i + 1] == quote)
			i++;
	}
	return rmk_buf_str(&out);
}

// A path from the root: the host may go to another folder later.
static enum rmk_code
extension_path(
    struct rmk_arena *a, struct rmk_str path, struct rmk_str *out, struct rmk_err *err)
{
	char *here;

	if (rmk_str_starts(path, RMK_STR("/"))) {
		*out = path;
		return RMK_OK;
	}
	here = getcwd(NULL, 0);
	if (!here)
		return rmk_fail_errno(err, "the current folder");
	*out = rmk_str_printf(a, "%s/%.*s", here, RMK_FMT(path));
	free(here);
	return RMK_OK;
}

static struct loaded *
extension_new(struct connection *connection)
{
	struct loaded *l = sqlite3_malloc64(sizeof *l);

	if (!l)
		return NULL;
	memset(l, 0, sizeof *l);
	l->connection = connection;
	l->next = connection->tables;
	connection->tables = l;
	l->t.owner = l;
	l->t.refresh = extension_refresh;
	l->t.flush = extension_flush;
	l->t.release = release;
	return l;
}

static enum rmk_code
extension_open_file(void *ctx, int argc, const char *const *argv, struct sql_table **out,
    struct rmk_err *err)
{
	bool writable = argc == 5 && strcmp(argv[4], "writable") == 0;
	struct loaded *l;
	enum rmk_code code;

	if (argc != 4 && !writable)
		return rmk_fail(err, RMK_INVALID,
		    "usage: rowmark('FILE#TABLE') or "
		    "rowmark('FILE#TABLE', writable)");
	l = extension_new(ctx);
	if (!l)
		return rmk_fail(err, RMK_TOO_BIG, "out of memory");
	l->typed = unquote(&l->lasting, rmk_str_of(argv[3]));
	l->may_write = writable;
	if ((code = extension_path(
		 &l->lasting, rmk_address_parse(l->typed).file, &l->file, err)) ||
	    (code = extension_load(l, err))) {
		release(&l->t);
		return code;
	}
	*out = &l->t;
	return RMK_OK;
}

__attribute__((visibility("default"))) int sqlite3_rowmark_init(
    sqlite3 *db, char **message, const sqlite3_api_routines *api);

// A host's own REGEXP stays.
static int
extension_regexp(sqlite3 *db)
{
	sqlite3_stmt *stmt;
	int rc = sqlite3_prepare_v2(db, "SELECT regexp('', '')", -1, &stmt, NULL);

	sqlite3_finalize(stmt);
	return rc ? sql_func_register(db) : SQLITE_OK;
}

int
sqlite3_rowmark_init(sqlite3 *db, char **message, const sqlite3_api_routines *api)
{
	struct connection *c;
	int rc;

	(void)message;
	SQLITE_EXTENSION_INIT2(api);
	c = sqlite3_malloc64(sizeof *c);
	if (!c)
		return SQLITE_NOMEM;
	*c = (struct connection){.catalog = {.open = extension_open_file, .ctx = c}};
	rc = extension_regexp(db);
	if (rc) {
		sqlite3_free(c);
		return rc;
	}
	// SQLite frees it with the module, when the last of its tables is gone.
	return sql_vtab_register(db, &c->catalog, sqlite3_free);
}
