// From edits by index to changes by key.
#include "edit/replay.h"

// The row that an edit names, in a document: its own, or the one it is behind;
// RMK_NONE at either end of the table.
static size_t
replay_row_of(const struct rmk_doc *doc, const struct rmk_edit *e)
{
	if (e->kind != RMK_EDIT_INSERT)
		return e->row;
	return e->row > 0 && e->row < doc->tables[e->table].nrows ? e->row - 1 : RMK_NONE;
}

static struct rmk_change
change_of(const struct rmk_doc *doc, const struct rmk_schema *schema,
    const struct rmk_edit *e, struct rmk_table_id table, const struct rmk_row_id *row)
{
	const struct rmk_table *t = &doc->tables[e->table];
	struct rmk_change change = {.kind = RMK_CHANGE_REMOVE, .table = table};

	if (row)
		change.row = *row;
	if (e->kind == RMK_EDIT_INSERT) {
		change.kind = RMK_CHANGE_ADD;
		change.values = e->values;
		change.first = e->row == 0 && t->nrows;
	} else if (e->kind == RMK_EDIT_CELL) {
		change.kind = RMK_CHANGE_SET;
		change.label = schema->fields[e->col].key;
		change.label_shown = schema->fields[e->col].label;
		change.old = rmk_doc_cell(doc, &t->rows[e->row], e->col);
		change.value = e->value;
	}
	return change;
}

// The changes of one table; all its rows are named at once.
static void
change_table(struct rmk_arena *a, const struct rmk_doc *doc, size_t table,
    const struct rmk_edit *edits, size_t n, struct rmk_change *out)
{
	const struct rmk_schema *schema = rmk_schema_of(a, doc, table);
	struct rmk_table_id id = rmk_table_identify(a, doc, table, schema);
	size_t *rows = RMK_NEW_N(a, size_t, n), nrows = 0;
	const struct rmk_row_id *row = NULL;

	for (size_t i = 0; i < n; i++) {
		if (edits[i].table == table && replay_row_of(doc, &edits[i]) != RMK_NONE)
			rows[nrows++] = replay_row_of(doc, &edits[i]);
	}
	if (nrows)
		row = rmk_rows_identify(a, doc, table, schema, rows, nrows);
	for (size_t i = 0; i < n; i++) {
		bool named = replay_row_of(doc, &edits[i]) != RMK_NONE;

		if (edits[i].table == table)
			out[i] = change_of(
			    doc, schema, &edits[i], id, named ? row++ : NULL);
	}
}

enum rmk_code
rmk_changes_of_edits(struct rmk_arena *a, const struct rmk_doc *doc,
    const struct rmk_edit *edits, size_t n, struct rmk_change **out, struct rmk_err *err)
{
	struct rmk_change *changes = RMK_NEW_N(a, struct rmk_change, n);
	bool *done = RMK_NEW_N(a, bool, doc->ntables);

	for (size_t i = 0; i < n; i++) {
		if (edits[i].kind == RMK_EDIT_TEXT)
			return rmk_fail(err, RMK_REFUSED,
			    "%.*s: the text outside the tables differs between versions",
			    RMK_FMT(doc->path));
	}
	for (size_t i = 0; i < n; i++) {
		if (!done[edits[i].table])
			change_table(a, doc, edits[i].table, edits, n, changes);
		done[edits[i].table] = true;
	}
	*out = changes;
	return RMK_OK;
}

enum rmk_code
rmk_edits_replay(struct rmk_arena *a, const char *version, const struct rmk_doc *doc,
    const struct rmk_edit *edits, size_t n, struct rmk_str text, struct rmk_str *out,
    struct rmk_err *err)
{
	struct rmk_change *changes;
	struct rmk_doc *other;
	enum rmk_code code;

	if (rmk_str_eq(text, doc->text))
		return rmk_edits_apply(a, doc, edits, n, out, err);
	if ((code = rmk_changes_of_edits(a, doc, edits, n, &changes, err)) ||
	    (code = rmk_doc_parse(a, doc->path, text, 0, &other, err)))
		return code;
	return rmk_changes_apply(a, version, other, changes, n, out, err);
}
