// The virtual table module: SQLite's calls on one side, vtab_values.c on the other.
//
// A read takes either every row in order, or, for an equality on one column, the rows
// that an index finds; SQLite compares again, so an index need only never miss. What is
// written goes into the draft; statements and savepoints that fail roll it back.
#include "sql/vtab.h"

#include <string.h>

struct vtab {
	sqlite3_vtab base;
	sqlite3 *db;
	struct sql_table *t;
	size_t begin;  // the draft's mark when the transaction began
	size_t *marks; // [nmarks] of open savepoints
	int nmarks;
};

struct cursor {
	sqlite3_vtab_cursor base;
	struct sql_place place;
	size_t row, end; // all rows in [row, end)
	size_t *found;   // or these
	size_t nfound, i;
};

// What xBestIndex chose: idxNum is one of these, or PLAN_EQUAL + column.
enum { PLAN_ALL, PLAN_ROWID, PLAN_EQUAL };

static struct sql_table *
vtab_table_of(sqlite3_vtab_cursor *c)
{
	return ((struct vtab *)c->pVtab)->t;
}

static int
vtab_complain(sqlite3_vtab *v, const struct rmk_err *err)
{
	sqlite3_free(v->zErrMsg);
	v->zErrMsg = sqlite3_mprintf(err->hint[0] ? "%s; %s" : "%s", err->msg, err->hint);
	return SQLITE_ERROR;
}

static int
vtab_connect(sqlite3 *db, void *aux, int argc, const char *const *argv,
    sqlite3_vtab **out, char **message)
{
	struct sql_catalog *catalog = aux;
	struct rmk_arena scratch = {0};
	struct sql_table *t = NULL;
	struct rmk_err err;
	struct vtab *v;
	int rc;

	if (catalog->open(catalog->ctx, argc, argv, &t, &err)) {
		*message = sqlite3_mprintf("%s", err.msg);
		return SQLITE_ERROR;
	}
	rc = sqlite3_declare_vtab(db, sql_table_declare(t, &scratch).s);
	rmk_arena_free(&scratch);
	if (rc)
		*message = sqlite3_mprintf("%s", sqlite3_errmsg(db));
	v = rc ? NULL : sqlite3_malloc64(sizeof *v);
	if (!v) {
		if (t->release)
			t->release(t);
		return rc ? rc : SQLITE_NOMEM;
	}
	memset(v, 0, sizeof *v);
	v->db = db;
	v->t = t;
	t->catalog = catalog;
	// Views and triggers of a database file, which a stranger may have made, must not
	// reach Markdown. In a connection of sql.c they are its own statements'.
	sqlite3_vtab_config(
	    db, t->owner ? SQLITE_VTAB_DIRECTONLY : SQLITE_VTAB_INNOCUOUS);
	sqlite3_vtab_config(db, SQLITE_VTAB_CONSTRAINT_SUPPORT, 1);
	*out = &v->base;
	return SQLITE_OK;
}

static int
vtab_disconnect(sqlite3_vtab *base)
{
	struct vtab *v = (struct vtab *)base;

	if (v->t->release)
		v->t->release(v->t);
	sqlite3_free(v->marks);
	sqlite3_free(v);
	return SQLITE_OK;
}

// An equality that the index can serve: on the rowid, or on a shown column compared
// byte by byte. Not an IN: SQLite makes one of `x = 'a' COLLATE NOCASE OR x = 'b'` and
// then calls its collation BINARY, so rows would be missed.
static bool
usable(const struct vtab *v, sqlite3_index_info *info, int i)
{
	const struct sqlite3_index_constraint *c = &info->aConstraint[i];

	if (!c->usable || c->op != SQLITE_INDEX_CONSTRAINT_EQ)
		return false;
	if (sqlite3_vtab_in(info, i, -1))
		return false;
	return c->iColumn < 0 ||
	       ((size_t)c->iColumn < v->t->schema->ncols &&
		   sqlite3_stricmp(sqlite3_vtab_collation(info, i), "BINARY") == 0);
}

static int
vtab_best_index(sqlite3_vtab *base, sqlite3_index_info *info)
{
	struct vtab *v = (struct vtab *)base;

	info->idxNum = PLAN_ALL;
	info->estimatedRows = (sqlite3_int64)v->t->draft->nrows;
	info->estimatedCost = (double)v->t->draft->nrows + 1;
	for (int i = 0; i < info->nConstraint; i++) {
		if (!usable(v, info, i))
			continue;
		info->idxNum = info->aConstraint[i].iColumn < 0
		                   ? PLAN_ROWID
		                   : PLAN_EQUAL + info->aConstraint[i].iColumn;
		info->aConstraintUsage[i].argvIndex = 1;
		info->estimatedRows = 1;
		info->estimatedCost = 1;
		return SQLITE_OK;
	}
	return SQLITE_OK;
}

static int
cursor_open(sqlite3_vtab *base, sqlite3_vtab_cursor **out)
{
	struct vtab *v = (struct vtab *)base;
	struct cursor *c;
	struct rmk_err err;

	if (v->t->refresh && v->t->refresh(v->t, false, &err))
		return vtab_complain(base, &err);
	c = sqlite3_malloc64(sizeof *c);
	if (!c)
		return SQLITE_NOMEM;
	memset(c, 0, sizeof *c);
	v->t->cursors++;
	c->place = (struct sql_place){
	    .next = v->t->catalog->places, .t = v->t, .row = RMK_NONE};
	v->t->catalog->places = &c->place;
	*out = &c->base;
	return SQLITE_OK;
}

static int
cursor_close(sqlite3_vtab_cursor *base)
{
	struct cursor *c = (struct cursor *)base;
	struct sql_place **at = &c->place.t->catalog->places;

	while (*at != &c->place)
		at = &(*at)->next;
	*at = c->place.next;
	c->place.t->cursors--;
	sqlite3_free(c->place.same);
	sqlite3_free(c->found);
	sqlite3_free(base);
	return SQLITE_OK;
}

static int
cursor_eof(sqlite3_vtab_cursor *base)
{
	const struct cursor *c = (const struct cursor *)base;

	return c->found ? c->i >= c->nfound : c->row >= c->end;
}

static size_t
cursor_row(const struct cursor *c)
{
	return c->found ? c->found[c->i] : c->row;
}

static void
skip_deleted(struct cursor *c)
{
	const struct rmk_draft *d = vtab_table_of(&c->base)->draft;

	// A commit may have read the file anew below this cursor.
	if (c->end > d->nrows)
		c->end = d->nrows;
	while (c->found && c->i < c->nfound && c->found[c->i] >= d->nrows)
		c->i++;
	while (!c->found && c->row < c->end && d->rows[c->row].deleted)
		c->row++;
	c->place.row = cursor_eof(&c->base) ? RMK_NONE : cursor_row(c);
}

static int
cursor_filter(
    sqlite3_vtab_cursor *base, int plan, const char *text, int argc, sqlite3_value **argv)
{
	struct cursor *c = (struct cursor *)base;
	struct sql_table *t = vtab_table_of(base);

	(void)text;
	sqlite3_free(c->found);
	*c = (struct cursor){.base = c->base, .place = c->place, .end = t->draft->nrows};
	if (plan == PLAN_ROWID && argc == 1 &&
	    sqlite3_value_type(argv[0]) == SQLITE_INTEGER) {
		sqlite3_int64 id = sqlite3_value_int64(argv[0]);
		bool there = id >= 1 && (size_t)id <= c->end;

		c->row = there ? (size_t)id - 1 : c->end;
		c->end = there ? (size_t)id : c->end;
	} else if (plan >= PLAN_EQUAL && argc == 1 &&
		   sql_table_find(
		       t, (size_t)(plan - PLAN_EQUAL), argv[0], &c->found, &c->nfound) &&
		   !c->found) {
		c->row = c->end;
	}
	skip_deleted(c);
	return SQLITE_OK;
}

static int
cursor_next(sqlite3_vtab_cursor *base)
{
	struct cursor *c = (struct cursor *)base;

	if (c->found)
		c->i++;
	else
		c->row++;
	skip_deleted(c);
	return SQLITE_OK;
}

static int
cursor_column(sqlite3_vtab_cursor *base, sqlite3_context *ctx, int number)
{
	// An UPDATE asks for the columns it leaves alone: no answer means "as it is".
	if (!sqlite3_vtab_nochange(ctx))
		sql_table_value(
		    vtab_table_of(base), ctx, cursor_row((struct cursor *)base), number);
	return SQLITE_OK;
}

static int
cursor_rowid(sqlite3_vtab_cursor *base, sqlite3_int64 *out)
{
	*out = (sqlite3_int64)cursor_row((struct cursor *)base) + 1;
	return SQLITE_OK;
}

// OR REPLACE and OR IGNORE are about a key that another row has. The key is the column by
// which rows are named, declared or not. done: nothing is left to do for this row.
static enum rmk_code
vtab_settle_conflict(struct vtab *v, sqlite3_value **values, bool is_new, size_t *row,
    bool *done, bool *ignored, struct rmk_err *err)
{
	int mode = sqlite3_vtab_on_conflict(v->db);
	size_t there = RMK_NONE;
	bool several;

	if (mode == SQLITE_REPLACE || mode == SQLITE_IGNORE)
		there = sql_table_row_of_key(v->t, values, &several);
	*done = there != RMK_NONE && (is_new || there != *row);
	*ignored = *done && mode == SQLITE_IGNORE;
	if (!*done || *ignored)
		return RMK_OK;
	if (several || !is_new)
		return rmk_fail(err, RMK_REFUSED, "%.*s: %s", RMK_FMT(v->t->address),
		    several ? "several rows have this key; which one is to be replaced?"
			    : "another row has this key already");
	*row = there;
	return sql_table_replace(v->t, values, there, err);
}

static enum rmk_code
vtab_write_row(struct vtab *v, int argc, sqlite3_value **argv, sqlite3_int64 *rowid,
    bool *ignored, struct rmk_err *err)
{
	bool is_new = sqlite3_value_type(argv[0]) == SQLITE_NULL, done;
	size_t row = is_new ? 0 : (size_t)sqlite3_value_int64(argv[0]) - 1;
	struct sql_table *t = v->t;
	enum rmk_code code;

	if (!t->writable)
		return rmk_fail(err, RMK_READ_ONLY, "%.*s was opened for reading only",
		    RMK_FMT(t->address));
	if (argc == 1)
		return rmk_draft_delete(t->draft, row, err);
	if (sqlite3_value_type(argv[1]) != SQLITE_NULL &&
	    (is_new || sqlite3_value_int64(argv[1]) != sqlite3_value_int64(argv[0])))
		return rmk_fail(err, RMK_REFUSED,
		    "%.*s: a rowid is a row's place and cannot be set",
		    RMK_FMT(t->address));
	code = vtab_settle_conflict(v, argv + 2, is_new, &row, &done, ignored, err);
	if (!code && !done)
		code = is_new ? sql_table_insert(t, argv + 2, &row, err)
		              : sql_table_update(t, argv + 2, row, err);
	*rowid = (sqlite3_int64)row + 1;
	return code;
}

static int
vtab_update(sqlite3_vtab *base, int argc, sqlite3_value **argv, sqlite3_int64 *rowid)
{
	struct vtab *v = (struct vtab *)base;
	struct rmk_err err = {0};
	bool ignored = false;

	if (vtab_write_row(v, argc, argv, rowid, &ignored, &err))
		return vtab_complain(base, &err);
	return ignored ? SQLITE_CONSTRAINT : SQLITE_OK;
}

// --- transactions -----------------------------------------------------------------

static int
vtab_begin(sqlite3_vtab *base)
{
	struct vtab *v = (struct vtab *)base;
	struct rmk_err err = {0};

	if (v->t->refresh && v->t->refresh(v->t, true, &err))
		return vtab_complain(base, &err);
	v->begin = rmk_draft_mark(v->t->draft);
	v->nmarks = 0;
	return SQLITE_OK;
}

static int
vtab_sync(sqlite3_vtab *base)
{
	struct vtab *v = (struct vtab *)base;
	struct rmk_err err = {0};

	return v->t->flush && v->t->flush(v->t, &err) ? vtab_complain(base, &err)
	                                              : SQLITE_OK;
}

static int
vtab_commit(sqlite3_vtab *base)
{
	((struct vtab *)base)->nmarks = 0;
	return SQLITE_OK;
}

static int
vtab_rollback(sqlite3_vtab *base)
{
	struct vtab *v = (struct vtab *)base;

	rmk_draft_rollback(v->t->draft, v->begin);
	v->nmarks = 0;
	return SQLITE_OK;
}

// Savepoint n is opened; those that SQLite did not announce began where this one does.
static int
vtab_savepoint(sqlite3_vtab *base, int n)
{
	struct vtab *v = (struct vtab *)base;
	size_t *marks = sqlite3_realloc64(v->marks, ((size_t)n + 1) * sizeof *marks);

	if (!marks)
		return SQLITE_NOMEM;
	v->marks = marks;
	for (int i = v->nmarks < n ? v->nmarks : n; i <= n; i++)
		marks[i] = rmk_draft_mark(v->t->draft);
	v->nmarks = n + 1;
	return SQLITE_OK;
}

static int
vtab_release(sqlite3_vtab *base, int n)
{
	struct vtab *v = (struct vtab *)base;

	if (v->nmarks > n)
		v->nmarks = n;
	return SQLITE_OK;
}

static int
vtab_rollback_to(sqlite3_vtab *base, int n)
{
	struct vtab *v = (struct vtab *)base;

	rmk_draft_rollback(v->t->draft, n < v->nmarks ? v->marks[n] : v->begin);
	return SQLITE_OK;
}

int
sql_vtab_register(sqlite3 *db, struct sql_catalog *catalog, void (*gone)(void *))
{
	static const sqlite3_module module = {
	    .iVersion = 2,
	    .xCreate = vtab_connect,
	    .xConnect = vtab_connect,
	    .xBestIndex = vtab_best_index,
	    .xDisconnect = vtab_disconnect,
	    .xDestroy = vtab_disconnect,
	    .xOpen = cursor_open,
	    .xClose = cursor_close,
	    .xFilter = cursor_filter,
	    .xNext = cursor_next,
	    .xEof = cursor_eof,
	    .xColumn = cursor_column,
	    .xRowid = cursor_rowid,
	    .xUpdate = vtab_update,
	    .xBegin = vtab_begin,
	    .xSync = vtab_sync,
	    .xCommit = vtab_commit,
	    .xRollback = vtab_rollback,
	    .xSavepoint = vtab_savepoint,
	    .xRelease = vtab_release,
	    .xRollbackTo = vtab_rollback_to,
	};

	return sqlite3_create_module_v2(db, "rowmark", &module, catalog, gone);
}
