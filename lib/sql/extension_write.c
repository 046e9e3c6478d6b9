// A transaction of the extension into the files.
#include "sql/extension.h"

#include "check/constraint_gate.h"
#include "edit/dates.h"

#include <time.h>

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
static enum rmk_code
extension_collect(struct transaction *tr, struct loaded *l, struct rmk_err *err)
{
	struct rmk_edit *edits;
	size_t n, i = 0;

	rmk_dates_fill(
	    &tr->arena, l->t.draft, rmk_dates_day(&tr->arena, (int64_t)time(NULL)));
	n = rmk_draft_edits(l->t.draft, &tr->arena, &edits);
	for (size_t e = 0; l->t.cursors && e < n; e++) {
		if (edits[e].kind == RMK_EDIT_DELETE)
			return rmk_fail(err, RMK_REFUSED,
			    "%.*s: rows cannot go while a statement still reads the "
			    "table; "
			    "finish that one first",
			    RMK_FMT(l->typed));
	}
	if (n == 0)
		return RMK_OK;
	while (i < tr->n && !extension_is_same_file(tr->parts[i].first, l))
		i++;
	if (i == tr->n)
		*RMK_PUSH(&tr->arena, tr->parts, tr->n, tr->cap) = (struct part){
		    .first = l};
	for (size_t e = 0; e < n; e++)
		*RMK_PUSH(&tr->arena, tr->parts[i].edits, tr->parts[i].n,
		    tr->parts[i].cap) = edits[e];
	return RMK_OK;
}

// Whether the file is one of those that are written, or that stand before it in the list.
static bool
extension_is_known(const struct transaction *tr, const struct loaded *l)
{
	for (size_t i = 0; i < tr->n; i++) {
		if (tr->parts[i].first->id.dev == l->id.dev &&
		    tr->parts[i].first->id.ino == l->id.ino)
			return true;
	}
	for (const struct loaded *k = l->connection->tables; k != l; k = k->next) {
		if (k->id.dev == l->id.dev && k->id.ino == l->id.ino)
			return true;
	}
	return false;
}

// The documents that the connection only reads: what is written may refer to them, and they
// to it. One that cannot be read any more is as if it had not been named.
static size_t
extension_read_only_docs(struct transaction *tr, struct loaded *tables,
    const struct rmk_doc **old, const struct rmk_doc **now, size_t n)
{
	struct rmk_err err;

	for (struct loaded *l = tables; l; l = l->next) {
		if (extension_is_known(tr, l) || extension_refresh(&l->t, false, &err))
			continue;
		old[n] = now[n] = l->t.doc;
		n++;
	}
	return n;
}

// The new bytes of all files, past both gates.
static enum rmk_code
extension_make(struct transaction *tr, struct loaded *tables, struct rmk_err *err)
{
	struct rmk_arena *a = &tr->arena;
	const struct rmk_doc **old, **now;
	size_t most = tr->n, n = tr->n;
	struct rmk_doc *made;

	for (const struct loaded *l = tables; l; l = l->next)
		most++;
	old = RMK_NEW_N(a, const struct rmk_doc *, most);
	now = RMK_NEW_N(a, const struct rmk_doc *, most);
	for (size_t i = 0; i < tr->n; i++) {
		struct part *p = &tr->parts[i];

		old[i] = p->first->t.doc;
		if (rmk_edits_apply(a, old[i], p->edits, p->n, &p->text, err) ||
		    rmk_doc_parse(a, old[i]->path, p->text, 0, &made, err))
			return err->code;
		now[i] = made;
	}
	n = extension_read_only_docs(tr, tables, old, now, n);
	return rmk_check_gate(a, old, now, n, err);
}

static enum rmk_code
write_parts(struct transaction *tr, struct rmk_err *err)
{
	size_t ready = 0, done = 0;

	for (; ready < tr->n; ready++) {
		struct part *p = &tr->parts[ready];

		if (rmk_file_prepare(&tr->arena, (struct rmk_str){0}, p->first->file,
			&p->first->id, p->text, &p->file, err))
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

// Write the edits of all tables of the connection, and read those files anew.
enum rmk_code
extension_flush(struct sql_table *t, struct rmk_err *err)
{
	struct loaded *l = t->owner, *all = l->connection->tables;
	struct transaction tr = {0};
	enum rmk_code code = RMK_OK;

	for (l = all; l && !code; l = l->next)
		code = extension_collect(&tr, l, err);
	if (tr.n && !code && !(code = extension_make(&tr, all, err)))
		code = write_parts(&tr, err);
	for (l = all; !code && l; l = l->next) {
		if (rmk_draft_mark(l->t.draft) > 0)
			code = extension_load(l, err);
	}
	rmk_arena_free(&tr.arena);
	return code;
}
