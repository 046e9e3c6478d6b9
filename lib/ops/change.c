// Changes: the same wish in HEAD, in the index and in the worktree.
//
// A row's index means nothing in another version, so a change is found anew in each, by
// table, key and label, and it is refused where that leaves a doubt: a change in the wrong
// row of a commit is worse than none.
#include "ops/change.h"

#include "base/map.h"
#include "table/address.h"
#include "table/cells.h"
#include "table/value.h"

#include <string.h>

struct finder {
	struct rmk_arena *arena;
	const char *version;
	const struct rmk_doc *doc;
	struct rmk_err *err;

	// The table of the change before, which most often is that of the next too.
	const struct rmk_table_id *id; // NULL: none yet
	size_t table;
	size_t *cols; // [id->ncols] where a label stands in this version, or RMK_NONE

	// Its rows by key: the first of a key, and the next one with the same.
	size_t key_col; // RMK_NONE: not made yet
	struct rmk_map firsts;
	size_t *next;
};

// --- naming -------------------------------------------------------------------

static struct rmk_str
anchor_of(const struct rmk_doc *doc, const struct rmk_table *table)
{
	return table->heading == RMK_NONE ? RMK_STR("")
	                                  : doc->headings[table->heading].anchor;
}

static struct rmk_str
label_of(struct rmk_arena *a, const struct rmk_doc *doc, const struct rmk_table *table,
    size_t col)
{
	return rmk_value_key(a, rmk_doc_cell(doc, &table->header, col));
}

static struct rmk_str
key_of(struct rmk_arena *a, const struct rmk_doc *doc, const struct rmk_table *table,
    size_t row, size_t col)
{
	return rmk_value_key(a, rmk_doc_cell(doc, &table->rows[row], col));
}

static uint32_t
count_siblings(const struct rmk_doc *doc, size_t heading)
{
	uint32_t n = 0;

	for (size_t t = 0; t < doc->ntables; t++)
		n += doc->tables[t].heading == heading;
	return n;
}

struct rmk_table_id
rmk_table_identify(struct rmk_arena *a, const struct rmk_doc *doc, size_t t,
    const struct rmk_schema *schema)
{
	const struct rmk_table *table = &doc->tables[t];
	struct rmk_table_id id = {
	    .name = schema->name,
	    .anchor = anchor_of(doc, table),
	    .nth = table->nth,
	    .of = count_siblings(doc, table->heading),
	    .labels = RMK_NEW_N(a, struct rmk_str, table->ncols),
	    .ncols = table->ncols,
	};

	for (size_t col = 0; col < table->ncols; col++)
		id.labels[col] = label_of(a, doc, table, col);
	return id;
}

static bool
is_alnum(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

// Whether raw can have this key, by the letters and digits at its front, which Markdown and
// folding leave as they are but for their case (the last one may be part of a character).
// It spares most rows the making of their key.
static bool
may_have_key(struct rmk_str raw, struct rmk_str key)
{
	for (size_t i = 0; i + 1 < raw.n && is_alnum(raw.s[i]) && is_alnum(raw.s[i + 1]);
	     i++) {
		char lower = (char)(raw.s[i] | (raw.s[i] >= 'A' ? 0x20 : 0));

		if (i >= key.n || key.s[i] != lower)
			return false;
	}
	return true;
}

struct rmk_row_id
rmk_row_identify(struct rmk_arena *a, const struct rmk_doc *doc, size_t t,
    const struct rmk_schema *schema, size_t row)
{
	const struct rmk_table *table = &doc->tables[t];
	struct rmk_row_id id = {
	    .key_col = schema->key,
	    .key = key_of(a, doc, table, row, schema->key),
	    .shown = rmk_address_row(a, doc, t, schema, row),
	    .cells = RMK_NEW_N(a, struct rmk_str, table->ncols),
	    .ncells = table->ncols,
	};

	for (size_t col = 0; col < table->ncols; col++)
		id.cells[col] = key_of(a, doc, table, row, col);
	for (size_t r = 0; r < table->nrows; r++) {
		struct rmk_arena_mark mark = rmk_arena_mark(a);
		struct rmk_str raw = rmk_doc_cell(doc, &table->rows[r], schema->key);
		bool same = may_have_key(raw, id.key) &&
		            rmk_str_eq(rmk_value_key(a, raw), id.key);

		id.nth += same && r < row;
		id.of += same;
		rmk_arena_reset(a, mark);
	}
	return id;
}

// --- the table ----------------------------------------------------------------

// What to say of something that this version lacks.
static enum rmk_code
not_found(const struct finder *f, const char *kind, struct rmk_str what)
{
	bool here = strcmp(f->version, "the worktree") == 0;

	rmk_fail(f->err, RMK_NOT_FOUND, "%s: %.*s%s", f->version, RMK_FMT(what),
	    here ? "" : "; it is new in the worktree");
	return here ? RMK_NOT_FOUND
	            : rmk_hint(f->err, "commit the %s first, or use --no-commit", kind);
}

static bool
has_labels(const struct finder *f, const struct rmk_table_id *id, size_t t)
{
	const struct rmk_table *table = &f->doc->tables[t];
	bool same = table->ncols == id->ncols;

	for (size_t col = 0; col < id->ncols && same; col++)
		same = rmk_str_eq(
		    label_of(f->arena, f->doc, table, col), id->labels[col]);
	return same;
}

static bool
has_name(const struct finder *f, const struct rmk_table_id *id, size_t t)
{
	return f->doc->tables[t].decl.len &&
	       rmk_str_eq(rmk_schema_of(f->arena, f->doc, t)->name, id->name);
}

static bool
has_anchor(const struct finder *f, const struct rmk_table_id *id, size_t t)
{
	return rmk_str_eq(anchor_of(f->doc, &f->doc->tables[t]), id->anchor) &&
	       has_labels(f, id, t);
}

// How many tables are so, and the first of them.
static size_t
count_tables(const struct finder *f, const struct rmk_table_id *id,
    bool (*is)(const struct finder *, const struct rmk_table_id *, size_t), size_t *first)
{
	size_t n = 0;

	for (size_t t = 0; t < f->doc->ntables; t++) {
		if (is(f, id, t) && n++ == 0)
			*first = t;
	}
	return n;
}

// Under its heading the nth counts only where both versions have as many tables there.
static bool
find_nth(const struct finder *f, const struct rmk_table_id *id, size_t *out)
{
	for (size_t t = 0; t < f->doc->ntables; t++) {
		const struct rmk_table *table = &f->doc->tables[t];

		if (table->nth != id->nth || !has_anchor(f, id, t) ||
		    count_siblings(f->doc, table->heading) != id->of)
			continue;
		*out = t;
		return true;
	}
	return false;
}

static enum rmk_code
find_table(const struct finder *f, const struct rmk_table_id *id, size_t *out)
{
	struct rmk_str name = id->name.n ? id->name : id->anchor;
	struct rmk_str path = f->doc->path;
	size_t n = id->name.n ? count_tables(f, id, has_name, out) : 0;

	if (n == 0 && find_nth(f, id, out))
		return RMK_OK;
	if (n == 0)
		n = count_tables(f, id, has_anchor, out);
	if (n == 0)
		n = count_tables(f, id, has_labels, out);
	if (n == 1)
		return RMK_OK;
	if (n == 0)
		return not_found(f, "table",
		    rmk_str_printf(f->arena,
			"%.*s has no table '%.*s' with these columns", RMK_FMT(path),
			RMK_FMT(name)));
	rmk_fail(f->err, RMK_AMBIGUOUS, "%s: %.*s has %zu tables that could be '%.*s'",
	    f->version, RMK_FMT(path), n, RMK_FMT(name));
	return rmk_hint(
	    f->err, "name the table in a comment above it: <!-- rowmark: NAME -->");
}

// Where the labels stand in this version: in a table with the same labels, in their order,
// else each at its first.
static void
place_labels(struct finder *f)
{
	const struct rmk_table *table = &f->doc->tables[f->table];
	bool same = has_labels(f, f->id, f->table);

	f->cols = RMK_NEW_N(f->arena, size_t, f->id->ncols);
	for (size_t i = 0; i < f->id->ncols; i++) {
		f->cols[i] = same ? i : RMK_NONE;
		for (size_t col = table->ncols; !same && col-- > 0;) {
			if (rmk_str_eq(
				label_of(f->arena, f->doc, table, col), f->id->labels[i]))
				f->cols[i] = col;
		}
	}
}

static enum rmk_code
enter_table(struct finder *f, const struct rmk_table_id *id)
{
	enum rmk_code code;
	size_t table = 0;

	if (f->id && f->id->labels == id->labels && f->id->nth == id->nth &&
	    f->id->anchor.s == id->anchor.s && f->id->name.s == id->name.s)
		return RMK_OK;
	if ((code = find_table(f, id, &table)))
		return code;
	f->id = id;
	f->table = table;
	f->key_col = RMK_NONE;
	place_labels(f);
	return RMK_OK;
}

static struct rmk_str
table_shown(const struct finder *f)
{
	return rmk_address_of(f->arena, f->doc, f->table);
}

// --- the row ------------------------------------------------------------------

// Rows by their key; the chain of a key runs downwards.
static void
index_rows(struct finder *f, size_t col)
{
	const struct rmk_table *table = &f->doc->tables[f->table];

	if (f->key_col == col)
		return;
	f->key_col = col;
	f->firsts = (struct rmk_map){.arena = f->arena};
	f->next = RMK_NEW_N(f->arena, size_t, table->nrows);
	for (size_t r = table->nrows; r-- > 0;) {
		size_t *first = rmk_map_put(
		    &f->firsts, key_of(f->arena, f->doc, table, r, col));

		f->next[r] = *first;
		*first = r;
	}
}

// Whether all cells of a row are those that were named; column `except` does not count.
static bool
has_cells(const struct finder *f, const struct rmk_row_id *id, size_t row, size_t except)
{
	const struct rmk_table *table = &f->doc->tables[f->table];

	for (size_t i = 0; i < id->ncells; i++) {
		size_t col = f->cols[i];

		if (i == except)
			continue;
		if (col == RMK_NONE ||
		    !rmk_str_eq(key_of(f->arena, f->doc, table, row, col), id->cells[i]))
			return false;
	}
	return true;
}

// How many rows of a chain have the cells, and the first of them.
static size_t
count_rows(const struct finder *f, const struct rmk_row_id *id, size_t first,
    size_t except, size_t *out)
{
	size_t n = 0;

	for (size_t r = first; r != RMK_NONE; r = f->next[r]) {
		if (has_cells(f, id, r, except) && n++ == 0)
			*out = r;
	}
	return n;
}

// The nth of the chain, where it is as long as in the version that was seen.
static bool
find_nth_row(const struct finder *f, const struct rmk_row_id *id, size_t first,
    size_t except, size_t *out)
{
	size_t n = 0, nth = RMK_NONE;

	for (size_t r = first; r != RMK_NONE; r = f->next[r]) {
		if (n++ == id->nth)
			nth = r;
	}
	if (nth == RMK_NONE || n != id->of || !has_cells(f, id, nth, except))
		return false;
	*out = nth;
	return true;
}

// except: the label (an index) of the cell that is set, whose value may differ.
static enum rmk_code
find_row(struct finder *f, const struct rmk_row_id *id, size_t except, size_t *out)
{
	size_t col = f->cols[id->key_col], first, n;

	if (col == RMK_NONE)
		return not_found(f, "table",
		    rmk_str_printf(f->arena, "%.*s lacks the key column of '%.*s'",
			RMK_FMT(table_shown(f)), RMK_FMT(id->shown)));
	index_rows(f, col);
	first = rmk_map_get(&f->firsts, id->key);
	if (first != RMK_NONE && f->next[first] == RMK_NONE && id->key.n) {
		*out = first;
		return RMK_OK;
	}
	n = first == RMK_NONE ? 0 : count_rows(f, id, first, except, out);
	if (n == 1 || (n > 1 && (count_rows(f, id, first, RMK_NONE, out) == 1 ||
				    find_nth_row(f, id, first, except, out))))
		return RMK_OK;
	if (first == RMK_NONE || id->key.n == 0)
		return not_found(f, "row",
		    rmk_str_printf(f->arena, "%.*s has no row '%.*s'",
			RMK_FMT(table_shown(f)), RMK_FMT(id->shown)));
	rmk_fail(f->err, RMK_AMBIGUOUS, "%s: %.*s has several rows '%.*s'", f->version,
	    RMK_FMT(table_shown(f)), RMK_FMT(id->shown));
	return rmk_hint(f->err, "make their keys different, or use --no-commit");
}

// --- from a change to an edit -------------------------------------------------

// The label (an index) of the column that is set.
static enum rmk_code
find_label(const struct finder *f, const struct rmk_change *c, size_t *out)
{
	size_t n = 0, label = 0;

	for (size_t i = 0; i < f->id->ncols; i++) {
		if (rmk_str_eq(f->id->labels[i], c->label) && n++ == 0)
			label = i;
	}
	if (n > 1)
		return rmk_fail(f->err, RMK_AMBIGUOUS,
		    "%s: %.*s has several columns '%.*s'", f->version,
		    RMK_FMT(table_shown(f)), RMK_FMT(c->label_shown));
	if (n == 0 || f->cols[label] == RMK_NONE)
		return not_found(f, "table",
		    rmk_str_printf(f->arena, "%.*s has no column '%.*s'",
			RMK_FMT(table_shown(f)), RMK_FMT(c->label_shown)));
	*out = label;
	return RMK_OK;
}

// Whether the row stands here under the key that it is to be given.
static bool
is_renamed(struct finder *f, const struct rmk_change *c, size_t label)
{
	struct rmk_row_id id = c->row;
	size_t first, row;

	if (label != id.key_col || f->cols[label] == RMK_NONE)
		return false;
	id.key = rmk_value_key(f->arena, rmk_cell_raw(f->arena, c->value));
	first = rmk_map_get(&f->firsts, id.key);
	return first != RMK_NONE && count_rows(f, &id, first, label, &row) == 1;
}

// The cell of a SET: its row and column in out, its raw bytes.
static enum rmk_code
find_cell(struct finder *f, const struct rmk_change *c, size_t label,
    struct rmk_edit *out, struct rmk_str *raw)
{
	enum rmk_code code = find_row(f, &c->row, label, &out->row);

	if (code)
		return code;
	out->col = f->cols[label];
	*raw = rmk_doc_cell(f->doc, &f->doc->tables[f->table].rows[out->row], out->col);
	return RMK_OK;
}

static enum rmk_code
edit_set(struct finder *f, const struct rmk_change *c, struct rmk_edit *out, bool *made)
{
	struct rmk_edit edit = {
	    .kind = RMK_EDIT_CELL, .table = f->table, .value = c->value};
	struct rmk_str raw;
	enum rmk_code code;
	size_t label = 0;

	if ((code = find_label(f, c, &label)))
		return code;
	code = find_cell(f, c, label, &edit, &raw);
	if (code == RMK_NOT_FOUND && is_renamed(f, c, label)) {
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
	    f->version, RMK_FMT(table_shown(f)), RMK_FMT(c->label_shown),
	    RMK_FMT(c->row.shown), RMK_FMT(raw), RMK_FMT(c->old));
	return rmk_hint(f->err, "commit or undo that change first, or use --no-commit");
}

// A row that is there already is made; another one with its key is in the way, where keys
// are unique in this version.
static enum rmk_code
find_equal(struct finder *f, const struct rmk_change *c, bool *made)
{
	const struct rmk_table *table = &f->doc->tables[f->table];
	size_t key_col = rmk_schema_of(f->arena, f->doc, f->table)->key, found;
	struct rmk_row_id id = {
	    .cells = RMK_NEW_N(f->arena, struct rmk_str, f->id->ncols),
	    .ncells = f->id->ncols};

	for (size_t i = 0; i < id.ncells; i++) {
		id.cells[i] = rmk_value_key(
		    f->arena, rmk_cell_raw(f->arena, c->values[i]));
		if (f->cols[i] == key_col)
			id.key = id.cells[i];
	}
	index_rows(f, key_col);
	found = rmk_map_get(&f->firsts, id.key);
	if (found == RMK_NONE || id.key.n == 0 || f->firsts.n != table->nrows)
		return RMK_OK;
	if ((*made = has_cells(f, &id, found, RMK_NONE)))
		return RMK_OK;
	return rmk_fail(f->err, RMK_EXISTS, "%s: %.*s has another row '%.*s' on line %u",
	    f->version, RMK_FMT(table_shown(f)), RMK_FMT(id.key),
	    table->rows[found].line);
}

static enum rmk_code
edit_add(struct finder *f, const struct rmk_change *c, struct rmk_edit *out, bool *made)
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
			return not_found(f, "table",
			    rmk_str_printf(f->arena, "%.*s has no column '%.*s'",
				RMK_FMT(table_shown(f)), RMK_FMT(f->id->labels[i])));
	}
	if ((code = find_equal(f, c, made)))
		return code;
	if (!*made && (c->row.key.n || c->row.ncells)) {
		if ((code = find_row(f, &c->row, RMK_NONE, &edit.row)))
			return code;
		edit.row++;
	}
	*out = edit;
	return RMK_OK;
}

static enum rmk_code
edit_remove(struct finder *f, const struct rmk_change *c, struct rmk_edit *out)
{
	struct rmk_edit edit = {.kind = RMK_EDIT_DELETE, .table = f->table};
	enum rmk_code code = find_row(f, &c->row, RMK_NONE, &edit.row);

	if (!code)
		*out = edit;
	return code;
}

enum rmk_code
rmk_changes_apply(struct rmk_arena *a, const char *version, const struct rmk_doc *doc,
    const struct rmk_change *changes, size_t n, struct rmk_str *out, struct rmk_err *err)
{
	struct finder f = {.arena = a, .version = version, .doc = doc, .err = err};
	struct rmk_edit *edits = RMK_NEW_N(a, struct rmk_edit, n);
	enum rmk_code code;
	size_t nedits = 0;

	for (size_t i = 0; i < n; i++) {
		const struct rmk_change *c = &changes[i];
		bool made = false;

		if ((code = enter_table(&f, &c->table)))
			return code;
		if (c->kind == RMK_CHANGE_SET)
			code = edit_set(&f, c, &edits[nedits], &made);
		else if (c->kind == RMK_CHANGE_ADD)
			code = edit_add(&f, c, &edits[nedits], &made);
		else
			code = edit_remove(&f, c, &edits[nedits]);
		if (code)
			return code;
		nedits += !made;
	}
	return rmk_edits_apply(a, doc, edits, nedits, out, err);
}

enum rmk_code
rmk_change_cell(struct rmk_arena *a, const char *version, const struct rmk_doc *doc,
    const struct rmk_change *change, struct rmk_str *out, struct rmk_err *err)
{
	struct finder f = {.arena = a, .version = version, .doc = doc, .err = err};
	struct rmk_edit edit = {0};
	enum rmk_code code;
	size_t label = 0;

	if ((code = enter_table(&f, &change->table)) ||
	    (code = find_label(&f, change, &label)))
		return code;
	return find_cell(&f, change, label, &edit, out);
}
