// Reading a file for the extension, and again when it has changed.
#include "sql/extension.h"

#include "base/system.h"
#include "schema/address.h"

static enum rmk_code
extension_find_table(struct rmk_arena *a, const struct rmk_doc *doc, struct rmk_str name,
    size_t *table, struct rmk_err *err)
{
	if (name.n)
		return rmk_address_table(a, doc, name, table, err);
	if (doc->ntables == 1) {
		*table = 0;
		return RMK_OK;
	}
	rmk_fail(err, doc->ntables ? RMK_AMBIGUOUS : RMK_NOT_FOUND,
	    "%.*s holds %zu tables", RMK_FMT(doc->path), doc->ntables);
	return rmk_hint(err, "name one: FILE#TABLE");
}

// A reading that failed has no schema, and nothing in the arena is of use.
void
extension_drop(struct loaded *l)
{
	sql_table_free(&l->t);
	rmk_arena_free(&l->readings[l->turn]);
}

// Clocks of files move in steps: a file that was changed in the step in which it is read
// can be changed once more and look the same.
static bool
changed_just_now(const struct rmk_file_id *id, struct timespec before)
{
	return id->ctime.tv_sec > before.tv_sec ||
	       (id->ctime.tv_sec == before.tv_sec && id->ctime.tv_nsec >= before.tv_nsec);
}

static enum rmk_code
extension_read(struct loaded *l, struct rmk_arena *a, struct sql_table *t,
    struct rmk_file_id *id, struct rmk_err *err)
{
	struct rmk_address address = rmk_address_parse(l->typed);
	struct rmk_str text;
	struct rmk_doc *doc;
	enum rmk_code code;
	size_t table;

	if ((code = rmk_file_read(a, l->file, &text, id, err)) ||
	    (code = rmk_doc_parse(a, address.file, text, 0, &doc, err)) ||
	    (code = extension_find_table(a, doc, address.table, &table, err)))
		return code;
	sql_table_init(t, a, doc, table, rmk_address_of(a, doc, table));
	t->writable = l->may_write;
	if (!l->columns.s)
		l->columns = rmk_str_copy(&l->lasting, sql_table_declare(t, a));
	else if (!rmk_str_eq(l->columns, sql_table_declare(t, a)))
		return rmk_fail(err, RMK_STALE,
		    "%.*s has other columns now; drop and create it again",
		    RMK_FMT(l->typed));
	return RMK_OK;
}

enum rmk_code
extension_load(struct loaded *l, struct rmk_err *err)
{
	struct rmk_arena *a = &l->readings[!l->turn];
	struct sql_table t = l->t;
	struct timespec before;
	struct rmk_file_id id;
	enum rmk_code code;

	t.scratch = (struct rmk_arena){0};
	t.keys = (struct sql_key_index){0};
	clock_gettime(RMK_CLOCK_FILES, &before);
	code = extension_read(l, a, &t, &id, err);
	if (code) {
		rmk_arena_free(a);
		return code;
	}
	extension_drop(l);
	l->turn = !l->turn;
	l->t = t;
	l->id = id;
	l->racy = changed_just_now(&id, before);
	return RMK_OK;
}

// Whether the file is the one that was read. One that may have changed unseen is read.
static bool
extension_is_current(struct loaded *l)
{
	struct rmk_arena arena = {0};
	struct timespec before;
	struct rmk_file_id id;
	struct rmk_str text;
	struct rmk_err err;

	if (!rmk_file_is_same(l->file, &l->id))
		return false;
	if (!l->racy)
		return true;
	clock_gettime(RMK_CLOCK_FILES, &before);
	bool same = !rmk_file_read(&arena, l->file, &text, &id, &err) &&
	            rmk_str_eq(text, l->t.doc->text);
	rmk_arena_free(&arena);
	if (same) {
		l->id = id;
		l->racy = changed_just_now(&id, before);
	}
	return same;
}

// What is written goes on what was read last, and a statement goes on reading what it
// began with, as SQLite has it with its own tables: the numbers of rows are of that reading.
enum rmk_code
extension_refresh(struct sql_table *t, bool to_write, struct rmk_err *err)
{
	struct loaded *l = t->owner;

	if (rmk_draft_mark(t->draft) > 0 || (t->cursors && !to_write) ||
	    extension_is_current(l))
		return RMK_OK;
	if (t->cursors)
		return rmk_fail(err, RMK_STALE,
		    "%.*s has changed while a statement still reads it; finish that one "
		    "first",
		    RMK_FMT(l->typed));
	return extension_load(l, err);
}
