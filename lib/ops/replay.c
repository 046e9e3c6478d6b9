// From edits by index to changes by key.
#include "ops/replay.h"

static struct rmk_change
change_of(struct rmk_arena *a, const struct rmk_doc *doc, const struct rmk_schema *schema,
    const struct rmk_edit *e)
{
	const struct rmk_table *t = &doc->tables[e->table];
	struct rmk_change change = {
	    .table = rmk_table_identify(a, doc, e->table, schema)};

	if (e->kind == RMK_EDIT_INSERT) {
		change.kind = RMK_CHANGE_ADD;
		change.values = e->values;
		change.first = e->row == 0 && t->nrows;
		if (e->row > 0 && e->row < t->nrows)
			change.row = rmk_row_identify(
			    a, doc, e->table, schema, e->row - 1);
		return change;
	}
	change.row = rmk_row_identify(a, doc, e->table, schema, e->row);
	change.kind = RMK_CHANGE_REMOVE;
	if (e->kind == RMK_EDIT_CELL) {
		change.kind = RMK_CHANGE_SET;
		change.label = schema->fields[e->col].key;
		change.label_shown = schema->fields[e->col].label;
		change.old = rmk_doc_cell(doc, &t->rows[e->row], e->col);
		change.value = e->value;
	}
	return change;
}

enum rmk_code
rmk_changes_of_edits(struct rmk_arena *a, const struct rmk_doc *doc,
    const struct rmk_edit *edits, size_t n, struct rmk_change **out, struct rmk_err *err)
{
	const struct rmk_schema **schemas = RMK_NEW_N(
	    a, const struct rmk_schema *, doc->ntables);
	struct rmk_change *changes = RMK_NEW_N(a, struct rmk_change, n);

	for (size_t i = 0; i < n; i++) {
		if (edits[i].kind == RMK_EDIT_TEXT)
			return rmk_fail(err, RMK_REFUSED,
			    "%.*s: the text outside the tables differs between versions",
			    RMK_FMT(doc->path));
		if (!schemas[edits[i].table])
			schemas[edits[i].table] = rmk_schema_of(a, doc, edits[i].table);
		changes[i] = change_of(a, doc, schemas[edits[i].table], &edits[i]);
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
