// rowmark as a loadable extension of SQLite, for sqlite3, Python and others.
//
//	.load ./rowmark
//	CREATE VIRTUAL TABLE temp.papers USING rowmark('README.md#papers');
//	CREATE VIRTUAL TABLE temp.papers USING rowmark('README.md#papers', writable);
//
// Each virtual table reads its file when it is made, and again before a query when the
// file has changed. Read-only unless 'writable' is said; then a transaction's edits pass
// both gates, that of edits and that of the declaration, and replace the file when SQLite
// commits. Nothing is committed to git: the file is what changes, as with an editor.
#include "world/sql_vtab.h"

SQLITE_EXTENSION_INIT1

#include "ops/check/gate.h"
#include "table/address.h"
#include "world/file.h"
#include "world/sql_func.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

// A table and what it came from. The struct itself is sqlite3_malloc's; what it holds is
// thrown away and read anew with the arena.
struct loaded {
	struct sql_table t;
	struct rmk_arena arena;
	struct rmk_file_id id;
	char *typed; // FILE#TABLE
	bool may_write;
	size_t ncols; // of the first reading: SQLite was told so
};

static enum rmk_code
find_table(struct loaded *l, const struct rmk_doc *doc, struct rmk_str name,
    size_t *table, struct rmk_err *err)
{
	if (name.n)
		return rmk_address_table(&l->arena, doc, name, table, err);
	if (doc->ntables == 1) {
		*table = 0;
		return RMK_OK;
	}
	rmk_fail(err, doc->ntables ? RMK_AMBIGUOUS : RMK_NOT_FOUND,
	    "%.*s holds %zu tables", RMK_FMT(doc->path), doc->ntables);
	return rmk_hint(err, "name one: FILE#TABLE");
}

static void
drop(struct loaded *l)
{
	for (size_t c = 0; l->t.schema && c < l->t.schema->ncols; c++)
		rmk_arena_free(&l->t.indexes[c].arena);
	rmk_arena_free(&l->t.scratch);
	rmk_arena_free(&l->arena);
	l->t.schema = NULL;
}

static enum rmk_code
load(struct loaded *l, struct rmk_err *err)
{
	struct rmk_address address = rmk_address_parse(rmk_str_of(l->typed));
	struct rmk_str text;
	struct rmk_doc *doc;
	enum rmk_code code;
	size_t table;

	if ((code = rmk_file_read(&l->arena, address.file, &text, &l->id, err)) ||
	    (code = rmk_doc_parse(&l->arena, address.file, text, 0, &doc, err)) ||
	    (code = find_table(l, doc, address.table, &table, err)))
		return code;
	sql_table_init(
	    &l->t, &l->arena, doc, table, rmk_address_of(&l->arena, doc, table));
	l->t.writable = l->may_write;
	return RMK_OK;
}

// Whether the file is the one that was read.
static bool
is_fresh(const struct loaded *l)
{
	struct rmk_str path = rmk_address_parse(rmk_str_of(l->typed)).file;
	struct stat st;
	char *name = sqlite3_mprintf("%.*s", RMK_FMT(path));
	bool fresh = name && stat(name, &st) == 0 && st.st_ino == l->id.ino &&
	             st.st_size == l->id.size &&
	             st.st_mtim.tv_sec == l->id.mtime.tv_sec &&
	             st.st_mtim.tv_nsec == l->id.mtime.tv_nsec;

	sqlite3_free(name);
	return fresh;
}

static enum rmk_code
refresh(struct sql_table *t, struct rmk_err *err)
{
	struct loaded *l = t->owner;
	enum rmk_code code;

	if (rmk_draft_mark(t->draft) > 0 || is_fresh(l))
		return RMK_OK;
	drop(l);
	if ((code = load(l, err)))
		return code;
	if (t->schema->ncols != l->ncols)
		return rmk_fail(err, RMK_STALE,
		    "%s has other columns now; drop and create it again", l->typed);
	return RMK_OK;
}

// The transaction's edits into the file, then the file read anew.
static enum rmk_code
flush(struct sql_table *t, struct rmk_err *err)
{
	struct loaded *l = t->owner;
	struct rmk_file_new file;
	struct rmk_edit *edits;
	struct rmk_str text;
	enum rmk_code code;
	size_t n = rmk_draft_edits(t->draft, t->arena, &edits);
	struct rmk_doc *made;

	if (n == 0)
		return RMK_OK;
	if ((code = rmk_edits_apply(t->arena, t->doc, edits, n, &text, err)) ||
	    (code = rmk_doc_parse(t->arena, t->doc->path, text, 0, &made, err)) ||
	    (code = rmk_check_gate(
		 t->arena, &t->doc, (const struct rmk_doc *const[]){made}, 1, err)) ||
	    (code = rmk_file_prepare(t->arena, (struct rmk_str){0}, t->doc->path, &l->id,
		 text, &file, err)) ||
	    (code = rmk_file_commit(&file, err)))
		return code;
	drop(l);
	return load(l, err);
}

static void
release(struct sql_table *t)
{
	struct loaded *l = t->owner;

	drop(l);
	sqlite3_free(l->typed);
	sqlite3_free(l);
}

// An argument as written in SQL, its quotes taken off.
static char *
unquote(const char *argument)
{
	size_t n = strlen(argument);

	if (n >= 2 && (argument[0] == '\'' || argument[0] == '"') &&
	    argument[n - 1] == argument[0])
		return sqlite3_mprintf("%.*s", (int)n - 2, argument + 1);
	return sqlite3_mprintf("%s", argument);
}

static enum rmk_code
open_file(void *ctx, int argc, const char *const *argv, struct sql_table **out,
    struct rmk_err *err)
{
	bool writable = argc == 5 && strcmp(argv[4], "writable") == 0;
	struct loaded *l;
	enum rmk_code code;

	(void)ctx;
	if (argc != 4 && !writable)
		return rmk_fail(err, RMK_INVALID,
		    "usage: rowmark('FILE#TABLE') or "
		    "rowmark('FILE#TABLE', writable)");
	l = sqlite3_malloc64(sizeof *l);
	if (!l)
		return rmk_fail(err, RMK_TOO_BIG, "out of memory");
	memset(l, 0, sizeof *l);
	l->typed = unquote(argv[3]);
	l->may_write = writable;
	l->t.owner = l;
	l->t.refresh = refresh;
	l->t.flush = flush;
	l->t.release = release;
	if ((code = load(l, err))) {
		release(&l->t);
		return code;
	}
	l->ncols = l->t.schema->ncols;
	*out = &l->t;
	return RMK_OK;
}

RMK_API int sqlite3_rowmark_init(
    sqlite3 *db, char **message, const sqlite3_api_routines *api);

int
sqlite3_rowmark_init(sqlite3 *db, char **message, const sqlite3_api_routines *api)
{
	static struct sql_catalog catalog = {open_file, NULL};
	int rc;

	(void)message;
	SQLITE_EXTENSION_INIT2(api);
	rc = sql_func_register(db);
	return rc ? rc : sql_vtab_register(db, &catalog);
}
