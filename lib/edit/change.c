// Changes: the same wish in HEAD, in the index and in the worktree.
//
// A row's index means nothing in another version, so a change is found anew in each
// (change_find.c), and what it holds is compared before it is made.
#include "edit/change_find.h"

#include "gfm/cells.h"
#include "schema/address.h"
#include "table/value.h"

#include <string.h>

// From so many changes on, the rows of a version are indexed.
#define MANY 8

// --- naming -------------------------------------------------------------------

struct rmk_table_id
rmk_table_identify(struct rmk_arena *a, const struct rmk_doc *doc, size_t t,
    const struct rmk_schema *schema)
{
	const struct rmk_table *table = &doc->tables[t];
	struct rmk_table_id id = {
	    .name = schema->name,
	    .anchor = rmk_change_anchor(doc, table),
	    .nth = table->nth,
	    .of = rmk_change_siblings(doc, table->heading),
	    .labels = RMK_NEW_N(a, struct rmk_str, table->ncols),
	    .ncols = table->ncols,
	};

	for (size_t col = 0; col < table->ncols; col++)
		id.labels[col] = rmk_change_key(a, doc, &table->header, col);
	return id;
}

static struct rmk_row_id
row_id(struct rmk_arena *a, const struct rmk_doc *doc, size_t t,
    const struct rmk_schema *schema, size_t row)
{
	const struct rmk_table *table = &doc->tables[t];
	struct rmk_row_id id = {
	    .key_col = schema->key,
	    .key = rmk_change_key(a, doc, &table->rows[row], schema->key),
	    .shown = rmk_address_row(a, doc, t, schema, row),
	    .cells = RMK_NEW_N(a, struct rmk_str, table->ncols),
	    .ncells = table->ncols,
	};

	for (size_t col = 0; col < table->ncols; col++)
		id.cells[col] = rmk_change_key(a, doc, &table->rows[row], col);
	return id;
}

// One row needs no map of all the others.
static struct rmk_row_id *
one_row(struct rmk_arena *a, const struct rmk_doc *doc, size_t t,
    const struct rmk_schema *schema, size_t row)
{
	struct rmk_row_id *id = RMK_NEW(a, struct rmk_row_id);

	*id = rmk_row_identify(a, doc, t, schema, row);
	return id;
}

struct rmk_row_id *
rmk_rows_identify(struct rmk_arena *a, const struct rmk_doc *doc, size_t t,
    const struct rmk_schema *schema, const size_t *rows, size_t n)
{
	const struct rmk_table *table = &doc->tables[t];
	struct rmk_row_id *ids = RMK_NEW_N(a, struct rmk_row_id, n);
	uint32_t *nth = RMK_NEW_N(a, uint32_t, table->nrows);
	struct rmk_map counts = {.arena = a};

	if (n == 1)
		return one_row(a, doc, t, schema, rows[0]);
	for (size_t r = 0; r < table->nrows; r++) {
		size_t *count = rmk_map_put(
		    &counts, rmk_change_key(a, doc, &table->rows[r], schema->key));

		*count = *count == RMK_NONE ? 1 : *count + 1;
		nth[r] = (uint32_t)*count - 1;
	}
	for (size_t i = 0; i < n; i++) {
		ids[i] = row_id(a, doc, t, schema, rows[i]);
		ids[i].nth = nth[rows[i]];
		ids[i].of = (uint32_t)rmk_map_get(&counts, ids[i].key);
		if (ids[i].of > 1)
			ids[i].shown = rmk_address_row_apart(a, doc, t, schema, rows[i]);
	}
	return ids;
}

struct rmk_row_id
rmk_row_identify(struct rmk_arena *a, const struct rmk_doc *doc, size_t t,
    const struct rmk_schema *schema, size_t row)
{
	const struct rmk_table *table = &doc->tables[t];
	struct rmk_row_id id = row_id(a, doc, t, schema, row);

	for (size_t r = 0; r < table->nrows; r++) {
		bool same = rmk_change_has_key(
		    a, doc, &table->rows[r], schema->key, id.key);

		id.nth += same && r < row;
		id.of += same;
	}
	if (id.of > 1)
		id.shown = rmk_address_row_apart(a, doc, t, schema, row);
	return id;
}

// --- from a change to an edit -------------------------------------------------

// The label (an index) of the column that is set. Of columns with one name each has its own
// place only where the version has the same columns.
static enum rmk_code
find_label(const struct change_finder *f, const struct rmk_change *c, size_t *out)
{
	size_t n = 0, label = 0, first = RMK_NONE;
	bool merged = false;

	for (size_t i = 0; i < f->id->ncols; i++) {
		if (!rmk_str_eq(f->id->labels[i], c->label))
			continue;
		merged = merged || f->cols[i] == first;
		first = n == 0 ? f->cols[i] : first;
		if (n++ == c->label_nth)
			label = i;
	}
	if (n > 1 && merged)
		return rmk_fail(f->err, RMK_AMBIGUOUS,
		    "%s: %.*s has several columns '%.*s'", f->version,
		    RMK_FMT(rmk_change_shown(f)), RMK_FMT(c->label_shown));
	if (n == 0 || f->cols[label] == RMK_NONE)
		return rmk_change_missing(f, "table",
		    rmk_str_printf(f->arena, "%.*s has no column '%.*s'",
			RMK_FMT(rmk_change_shown(f)), RMK_FMT(c->label_shown)));
	*out = label;
	return RMK_OK;
}

// Whether the row is here under the key that it is to be given.
static bool
change_is_renamed(struct change_finder *f, const struct rmk_change *c, size_t label)
{
	struct rmk_row_id id = c->row;

	if (label != id.key_col)
		return false;
	id.key = rmk_value_key(f->arena, rmk_cell_raw(f->arena, c->value));
	return rmk_change_has_row(f, &id, label);
}

// The cell of a SET: its row and column in out, its raw bytes.
static enum rmk_code
find_cell(struct change_finder *f, const struct rmk_change *c, size_t label,
    struct rmk_edit *out, struct rmk_str *raw)
{
	enum rmk_code code = rmk_change_row(f, &c->row, label, &out->row);

	if (code)
		return code;
	out->col = f->cols[label];
	*raw = rmk_doc_cell(f->doc, &f->doc->tables[f->table].rows[out->row], out->col);
	return RMK_OK;
}

static enum rmk_code
edit_set(
    struct change_finder *f, const struct rmk_change *c, struct rmk_edit *out, bool *made)
{
	struct rmk_edit edit = {
	    .kind = RMK_EDIT_CELL, .table = f->table, .value = c->value};
	struct rmk_str raw;
	enum rmk_code code;
	size_t label = 0;

	if ((code = find_label(f, c, &label)))
		return code;
	code = find_cell(f, c, label, &edit, &raw);
	if (code == RMK_NOT_FOUND && change_is_renamed(f, c, label)) {
		*made = true;
		return RMK_OK;
	}
	if (code)
		return code;
	*made = rmk_str_eq(rmk_cell_content(f->arena, raw), c->value);
	*out = edit;
	if (*made || rmk_str_eq(raw, c->old))
		return RMK_OK;
	rmk_fail(f->err, RMK_CONFLICT, "%s: %.*s: %.*s of '%.*s' is '%.*s', not '%.*s'",
	    f->version, RMK_FMT(rmk_change_shown(f)), RMK_FMT(c->label_shown),
	    RMK_FMT(c->row.shown), RMK_FMT(raw), RMK_FMT(c->old));
	return rmk_hint(f->err, "commit or undo that change first, or use --no-commit");
}

// Whether the version may hold the change already: see change.h.
static bool
may_be_made(const struct change_finder *f)
{
	return strcmp(f->version, RMK_VERSION_HOOK) == 0;
}

static bool
has_equal(const struct change_finder *f, const struct rmk_row_id *id)
{
	const struct rmk_table *table = &f->doc->tables[f->table];

	for (size_t r = 0; r < table->nrows; r++) {
		if (rmk_change_has_cells(f, id, r, RMK_NONE))
			return true;
	}
	return false;
}

// A row that is there already is made; another one with its key is in the way, where keys
// are unique in this version.
static enum rmk_code
find_equal(struct change_finder *f, const struct rmk_change *c, bool *made)
{
	size_t found;
	struct rmk_row_id id = {
	    .cells = RMK_NEW_N(f->arena, struct rmk_str, f->id->ncols),
	    .ncells = f->id->ncols};

	if (f->schema_key == RMK_NONE)
		f->schema_key = rmk_schema_of(f->arena, f->doc, f->table)->key;
	for (size_t i = 0; i < id.ncells; i++) {
		id.cells[i] = rmk_value_key(
		    f->arena, rmk_cell_raw(f->arena, c->values[i]));
		if (f->cols[i] == f->schema_key)
			id.key = id.cells[i];
	}
	if (may_be_made(f) && (*made = has_equal(f, &id)))
		return RMK_OK;
	found = rmk_change_unique(f, f->schema_key, id.key);
	if (found == RMK_NONE || id.key.n == 0)
		return RMK_OK;
	if ((*made = rmk_change_has_cells(f, &id, found, RMK_NONE)))
		return RMK_OK;
	return rmk_fail(f->err, RMK_FASTER, "%s: %.*s has another row '%.*s' on line %u",
	    f->version, RMK_FMT(rmk_change_shown(f)), RMK_FMT(id.key),
	    f->doc->tables[f->table].rows[found].line);
}

static enum rmk_code
edit_add(
    struct change_finder *f, const struct rmk_change *c, struct rmk_edit *out, bool *made)
{
	const struct rmk_table *table = &f->doc->tables[f->table];
	struct rmk_edit edit = {
	    .kind = RMK_EDIT_INSERT, .table = f->table, .row = table->nrows};
	enum rmk_code code;

	edit.values = RMK_NEW_N(f->arena, struct rmk_str, table->ncols);
	for (size_t i = 0; i < f->id->ncols; i++) {
		if (f->cols[i] != RMK_NONE)
			edit.values[f->cols[i]] = c->values[i];
		else if (c->values[i].n)
			return rmk_change_missing(f, "table",
			    rmk_str_printf(f->arena, "%.*s has no column '%.*s'",
				RMK_FMT(rmk_change_shown(f)), RMK_FMT(f->id->labels[i])));
	}
	if ((code = find_equal(f, c, made)))
		return code;
	if (c->line.s && rmk_str_eq(c->header, rmk_row_written(f->doc, &table->header)))
		edit.line = c->line;
	if (c->first)
		edit.row = 0;
	else if (!*made && (c->row.key.n || c->row.ncells)) {
		if ((code = rmk_change_row(f, &c->row, RMK_NONE, &edit.row)))
			return code;
		edit.row++;
	}
	*out = edit;
	return RMK_OK;
}

static enum rmk_code
edit_remove(
    struct change_finder *f, const struct rmk_change *c, struct rmk_edit *out, bool *made)
{
	struct rmk_edit edit = {.kind = RMK_EDIT_DELETE, .table = f->table};
	enum rmk_code code = rmk_change_row(f, &c->row, RMK_NONE, &edit.row);

	*made = code == RMK_NOT_FOUND && may_be_made(f);
	if (!code)
		*out = edit;
	return *made ? RMK_OK : code;
}

static enum rmk_code
change_make_edit(
    struct change_finder *f, const struct rmk_change *c, struct rmk_edit *out, bool *made)
{
	enum rmk_code code = rmk_change_enter(f, &c->table);

	*made = false;
	if (code)
		return code;
	if (c->kind == RMK_CHANGE_SET)
		return edit_set(f, c, out, made);
	return c->kind == RMK_CHANGE_ADD ? edit_add(f, c, out, made)
	                                 : edit_remove(f, c, out, made);
}

enum rmk_code
rmk_changes_apply(struct rmk_arena *a, const char *version, const struct rmk_doc *doc,
    const struct rmk_change *changes, size_t n, struct rmk_str *out, struct rmk_err *err)
{
	struct rmk_arena scratch = {.oom = a->oom, .ctx = a->ctx};
	struct change_finder f = {.arena = &scratch,
	    .version = version,
	    .doc = doc,
	    .many = n >= MANY,
	    .err = err};
	struct rmk_edit *edits = RMK_NEW_N(&scratch, struct rmk_edit, n);
	enum rmk_code code = RMK_OK;
	size_t nedits = 0;
	bool made;

	for (size_t i = 0; i < n && !code; i++) {
		code = change_make_edit(&f, &changes[i], &edits[nedits], &made);
		nedits += !made;
	}
	if (!code)
		code = rmk_edits_apply(a, doc, edits, nedits, out, err);
	rmk_arena_free(&scratch);
	return code;
}

enum rmk_code
rmk_change_cell(struct rmk_arena *a, const char *version, const struct rmk_doc *doc,
    const struct rmk_change *change, struct rmk_str *out, struct rmk_err *err)
{
	struct change_finder f = {.arena = a, .version = version, .doc = doc, .err = err};
	struct rmk_edit edit = {0};
	enum rmk_code code;
	size_t label = 0;

	if ((code = rmk_change_enter(&f, &change->table)) ||
	    (code = find_label(&f, change, &label)))
		return code;
	return find_cell(&f, change, label, &edit, out);
}
