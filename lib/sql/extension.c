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
//
// SQLite commits one virtual table after another, and cannot take the first back when the
// second fails. So the first that is asked writes for all of the connection: the tables of
// one file together, and no file before the new bytes of all are on the disk.
#include "sql/vtab.h"

SQLITE_EXTENSION_INIT1

#include "check/constraint_gate.h"
#include "io/file.h"
#include "schema/address.h"
#include "sql/regexp.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

// A connection's tables.
struct connection {
	struct sql_catalog catalog;
	struct loaded *tables;
};

// A table and what it came from. The struct itself is sqlite3_malloc's; what it holds is
// thrown away and read anew with the arena.
struct loaded {
	struct sql_table t;
	struct connection *connection;
	struct loaded *next;
	struct rmk_arena arena;
	struct rmk_file_id id;
	char *typed; // FILE#TABLE
	bool may_write;
	size_t ncols; // of the first reading: SQLite was told so
};

static enum rmk_code
extension_find_table(struct loaded *l, const struct rmk_doc *doc, struct rmk_str name,
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
extension_drop(struct loaded *l)
{
	for (size_t c = 0; l->t.schema && c < l->t.schema->ncols; c++)
		rmk_arena_free(&l->t.indexes[c].arena);
	rmk_arena_free(&l->t.scratch);
	rmk_arena_free(&l->arena);
	l->t.schema = NULL;
}

static enum rmk_code
extension_load(struct loaded *l, struct rmk_err *err)
{
	struct rmk_address address = rmk_address_parse(rmk_str_of(l->typed));
	struct rmk_str text;
	struct rmk_doc *doc;
	enum rmk_code code;
	size_t table;

	if ((code = rmk_file_read(&l->arena, address.file, &text, &l->id, err)) ||
	    (code = rmk_doc_parse(&l->arena, address.file, text, 0, &doc, err)) ||
	    (code = extension_find_table(l, doc, address.table, &table, err)))
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
	extension_drop(l);
	if ((code = extension_load(l, err)))
		return code;
	if (t->schema->ncols != l->ncols)
		return rmk_fail(err, RMK_STALE,
		    "%s has other columns now; drop and create it again", l->typed);
	return RMK_OK;
}

// --- a transaction into the files -------------------------------------------------

// A file's part of it: the edits of all its tables, which were read from the same bytes.
struct part {
	const struct loaded *first;
	struct rmk_edit *edits;
	size_t n, cap;
	struct rmk_str text; // made
	struct rmk_file_new file;
};

struct transaction {
	struct rmk_arena arena;
	struct part *parts;
	size_t n, cap;
};

static bool
extension_is_same_file(const struct loaded *a, const struct loaded *b)
{
	return a->id.dev == b->id.dev && a->id.ino == b->id.ino &&
	       rmk_str_eq(a->t.doc->text, b->t.doc->text);
}

// Tables read at different times are parts of their own: the older one is refused then,
// before anything is written.
static void
extension_collect(struct transaction *tr, struct loaded *l)
{
	struct rmk_edit *edits;
	size_t n = rmk_draft_edits(l->t.draft, &tr->arena, &edits), i = 0;

	if (n == 0)
		return;
	while (i < tr->n && !extension_is_same_file(tr->parts[i].first, l))
		i++;
	if (i == tr->n)
		*RMK_PUSH(&tr->arena, tr->parts, tr->n, tr->cap) = (struct part){
		    .first = l};
	for (size_t e = 0; e < n; e++)
		*RMK_PUSH(&tr->arena, tr->parts[i].edits, tr->parts[i].n,
		    tr->parts[i].cap) = edits[e];
}

// The new bytes of all files, past both gates.
static enum rmk_code
extension_make(struct transaction *tr, struct rmk_err *err)
{
	struct rmk_arena *a = &tr->arena;
	const struct rmk_doc **old = RMK_NEW_N(a, const struct rmk_doc *, tr->n);
	const struct rmk_doc **now = RMK_NEW_N(a, const struct rmk_doc *, tr->n);
	struct rmk_doc *made;

	for (size_t i = 0; i < tr->n; i++) {
		struct part *p = &tr->parts[i];

		old[i] = p->first->t.doc;
		if (rmk_edits_apply(a, old[i], p->edits, p->n, &p->text, err) ||
		    rmk_doc_parse(a, old[i]->path, p->text, 0, &made, err))
			return err->code;
		now[i] = made;
	}
	return rmk_check_gate(a, old, now, tr->n, err);
}

static enum rmk_code
write_parts(struct transaction *tr, struct rmk_err *err)
{
	size_t ready = 0, done = 0;

	for (; ready < tr->n; ready++) {
		struct part *p = &tr->parts[ready];

		if (rmk_file_prepare(&tr->arena, (struct rmk_str){0},
			p->first->t.doc->path, &p->first->id, p->text, &p->file, err))
			break;
	}
	while (ready == tr->n && done < tr->n &&
	       !rmk_file_commit(&tr->parts[done].file, err))
		done++;
	if (done == tr->n)
		return RMK_OK;
	// The one whose commit failed gave up what it had.
	for (size_t i = ready == tr->n ? done + 1 : 0; i < ready; i++)
		rmk_file_abandon(&tr->parts[i].file);
	return err->code;
}

// Write what all tables of the connection wish, and read those anew.
static enum rmk_code
flush(struct sql_table *t, struct rmk_err *err)
{
	struct loaded *l = t->owner, *all = l->connection->tables;
	struct transaction tr = {0};
	enum rmk_code code = RMK_OK;

	for (l = all; l; l = l->next)
		extension_collect(&tr, l);
	if (tr.n && !(code = extension_make(&tr, err)))
		code = write_parts(&tr, err);
	for (l = all; !code && l; l = l->next) {
		if (rmk_draft_mark(l->t.draft) == 0)
			continue;
		extension_drop(l);
		code = extension_load(l, err);
	}
	rmk_arena_free(&tr.arena);
	return code;
}

static void
release(struct sql_table *t)
{
	struct loaded *l = t->owner, **at = &l->connection->tables;

	while (*at != l)
		at = &(*at)->next;
	*at = l->next;
	extension_drop(l);
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
extension_open_file(void *ctx, int argc, const char *const *argv, struct sql_table **out,
    struct rmk_err *err)
{
	bool writable = argc == 5 && strcmp(argv[4], "writable") == 0;
	struct connection *connection = ctx;
	struct loaded *l;
	enum rmk_code code;

	if (argc != 4 && !writable)
		return rmk_fail(err, RMK_INVALID,
		    "usage: rowmark('FILE#TABLE') or "
		    "rowmark('FILE#TABLE', writable)");
	l = sqlite3_malloc64(sizeof *l);
	if (!l)
		return rmk_fail(err, RMK_TOO_BIG, "out of memory");
	memset(l, 0, sizeof *l);
	l->connection = connection;
	l->next = connection->tables;
	connection->tables = l;
	l->typed = unquote(argv[3]);
	l->may_write = writable;
	l->t.owner = l;
	l->t.refresh = refresh;
	l->t.flush = flush;
	l->t.release = release;
	if ((code = extension_load(l, err))) {
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
	struct connection *c;
	int rc;

	(void)message;
	SQLITE_EXTENSION_INIT2(api);
	c = sqlite3_malloc64(sizeof *c);
	if (!c)
		return SQLITE_NOMEM;
	*c = (struct connection){.catalog = {extension_open_file, c}};
	rc = sql_func_register(db);
	if (rc) {
		sqlite3_free(c);
		return rc;
	}
	// SQLite frees it with the module, when the last of its tables is gone.
	return sql_vtab_register(db, &c->catalog, sqlite3_free);
}
