// Finding a change's place in another version of its file.
//
// It is refused where that leaves a doubt: a change in the wrong row of a commit is worse
// than none.
#include "edit/change_find.h"
#include "base/ascii.h"

#include "schema/address.h"
#include "table/value.h"

#include <string.h>

// --- what a version has for a name --------------------------------------------

struct rmk_str
rmk_change_anchor(const struct rmk_doc *doc, const struct rmk_table *table)
{
	return table->heading == RMK_NONE ? RMK_STR("")
	                                  : doc->headings[table->heading].anchor;
}

struct rmk_str
rmk_change_key(
    struct rmk_arena *a, const struct rmk_doc *doc, const struct rmk_row *row, size_t col)
{
	return rmk_value_key(a, rmk_doc_cell(doc, row, col));
}

uint32_t
rmk_change_siblings(const struct rmk_doc *doc, size_t heading)
{
	uint32_t n = 0;

	for (size_t t = 0; t < doc->ntables; t++)
		n += doc->tables[t].heading == heading;
	return n;
}

static bool
is_alnum(char c)
{
	return rmk_is_digit(c) || rmk_is_letter(c);
}

// Whether raw can have this key, by the words of ASCII letters and digits at its front:
// Markdown and folding leave them as they are but for their case. (Of two characters the
// first one is sure: the second may be part of a longer one.) It spares most rows the making
// of their key.
static bool
may_have_key(struct rmk_str raw, struct rmk_str key)
{
	for (size_t i = 0; i + 1 < raw.n; i++) {
		char c = raw.s[i], lower = (char)(c | (c >= 'A' ? 0x20 : 0));

		if (!is_alnum(raw.s[i + 1]) && !(raw.s[i + 1] == ' ' && is_alnum(c)))
			break;
		if (!is_alnum(c) && !(c == ' ' && i > 0))
			break;
		if (i >= key.n || key.s[i] != lower)
			return false;
	}
	return true;
}

bool
rmk_change_has_key(struct rmk_arena *a, const struct rmk_doc *doc,
    const struct rmk_row *row, size_t col, struct rmk_str key)
{
	struct rmk_str raw = rmk_doc_cell(doc, row, col);

	return may_have_key(raw, key) && rmk_str_eq(rmk_value_key(a, raw), key);
}

// --- the table ----------------------------------------------------------------

// What to say of something that this version lacks.
enum rmk_code
rmk_change_missing(const struct change_finder *f, const char *kind, struct rmk_str what)
{
	bool here = strcmp(f->version, "the worktree") == 0;

	rmk_fail(f->err, RMK_NOT_FOUND, "%s: %.*s%s", f->version, RMK_FMT(what),
	    here ? "" : "; it is new in the worktree");
	return here ? RMK_NOT_FOUND
	            : rmk_hint(f->err, "commit the %s first, or use --no-commit", kind);
}

static bool
has_labels(const struct change_finder *f, const struct rmk_table_id *id, size_t t)
{
	const struct rmk_table *table = &f->doc->tables[t];
	bool same = table->ncols == id->ncols;

	for (size_t col = 0; col < id->ncols && same; col++)
		same = rmk_str_eq(rmk_change_key(f->arena, f->doc, &table->header, col),
		    id->labels[col]);
	return same;
}

static bool
has_name(const struct change_finder *f, const struct rmk_table_id *id, size_t t)
{
	return f->doc->tables[t].decl.len &&
	       rmk_str_eq(rmk_schema_of(f->arena, f->doc, t)->name, id->name);
}

static bool
has_anchor(const struct change_finder *f, const struct rmk_table_id *id, size_t t)
{
	return rmk_str_eq(rmk_change_anchor(f->doc, &f->doc->tables[t]), id->anchor) &&
	       has_labels(f, id, t);
}

// How many tables are so, and the first of them.
static size_t
count_tables(const struct change_finder *f, const struct rmk_table_id *id,
    bool (*is)(const struct change_finder *, const struct rmk_table_id *, size_t),
    size_t *first)
{
	size_t n = 0;

	for (size_t t = 0; t < f->doc->ntables; t++) {
		if (is(f, id, t) && n++ == 0)
			*first = t;
	}
	return n;
}

// The nth under its heading, which counts only where both versions have as many tables
// there, and no other heading has the same anchor.
static bool
find_nth(const struct change_finder *f, const struct rmk_table_id *id, size_t *out)
{
	size_t n = 0;

	for (size_t t = 0; t < f->doc->ntables; t++) {
		const struct rmk_table *table = &f->doc->tables[t];

		if (table->nth == id->nth && has_anchor(f, id, t) &&
		    rmk_change_siblings(f->doc, table->heading) == id->of && n++ == 0)
			*out = t;
	}
	return n == 1;
}

static enum rmk_code
change_find_table(
    const struct change_finder *f, const struct rmk_table_id *id, size_t *out)
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
		return rmk_change_missing(f, "table",
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
place_labels(struct change_finder *f)
{
	const struct rmk_table *table = &f->doc->tables[f->table];
	bool same = has_labels(f, f->id, f->table);

	f->cols = RMK_NEW_N(f->arena, size_t, f->id->ncols);
	for (size_t i = 0; i < f->id->ncols; i++) {
		f->cols[i] = same ? i : RMK_NONE;
		for (size_t col = table->ncols; !same && col-- > 0;) {
			if (rmk_str_eq(
				rmk_change_key(f->arena, f->doc, &table->header, col),
				f->id->labels[i]))
				f->cols[i] = col;
		}
	}
}

static bool
is_same_id(const struct rmk_table_id *a, const struct rmk_table_id *b)
{
	bool same = a->nth == b->nth && a->of == b->of && a->ncols == b->ncols &&
	            rmk_str_eq(a->name, b->name) && rmk_str_eq(a->anchor, b->anchor);

	for (size_t i = 0; i < a->ncols && same; i++)
		same = rmk_str_eq(a->labels[i], b->labels[i]);
	return same;
}

enum rmk_code
rmk_change_enter(struct change_finder *f, const struct rmk_table_id *id)
{
	enum rmk_code code;
	size_t table = 0;

	if (f->id && is_same_id(f->id, id))
		return RMK_OK;
	if ((code = change_find_table(f, id, &table)))
		return code;
	f->id = id;
	f->table = table;
	f->key_col = f->schema_key = RMK_NONE;
	place_labels(f);
	return RMK_OK;
}

enum rmk_code
rmk_table_find(struct rmk_arena *a, const char *version, const struct rmk_doc *doc,
    const struct rmk_table_id *id, size_t *out, struct rmk_err *err)
{
	struct change_finder f = {.arena = a, .version = version, .doc = doc, .err = err};

	f.id = id;
	return change_find_table(&f, id, out);
}

struct rmk_str
rmk_change_shown(const struct change_finder *f)
{
	return rmk_address_of(f->arena, f->doc, f->table);
}

// --- the row ------------------------------------------------------------------

// Every row by its key.
static void
index_rows(struct change_finder *f, size_t col)
{
	const struct rmk_table *table = &f->doc->tables[f->table];

	if (f->key_col == col)
		return;
	f->key_col = col;
	f->firsts = (struct rmk_map){.arena = f->arena};
	f->next = RMK_NEW_N(f->arena, size_t, table->nrows);
	for (size_t r = table->nrows; r-- > 0;) {
		size_t *first = rmk_map_put(
		    &f->firsts, rmk_change_key(f->arena, f->doc, &table->rows[r], col));

		f->next[r] = *first;
		*first = r;
	}
}

// The first row with a key, or RMK_NONE; f->next chains it to the others, downwards.
static size_t
first_row(struct change_finder *f, size_t col, struct rmk_str key)
{
	const struct rmk_table *table = &f->doc->tables[f->table];
	size_t first = RMK_NONE;

	if (f->many || f->key_col == col) {
		index_rows(f, col);
		return rmk_map_get(&f->firsts, key);
	}
	f->next = RMK_NEW_N(f->arena, size_t, table->nrows);
	f->key_col = RMK_NONE;
	for (size_t r = table->nrows; r-- > 0;) {
		if (!rmk_change_has_key(f->arena, f->doc, &table->rows[r], col, key))
			continue;
		f->next[r] = first;
		first = r;
	}
	return first;
}

// Whether all cells of a row are those that were named; column `except` does not count.
bool
rmk_change_has_cells(
    const struct change_finder *f, const struct rmk_row_id *id, size_t row, size_t except)
{
	const struct rmk_table *table = &f->doc->tables[f->table];

	for (size_t i = 0; i < id->ncells; i++) {
		size_t col = f->cols[i];

		if (i == except)
			continue;
		if (col == RMK_NONE ||
		    !rmk_str_eq(rmk_change_key(f->arena, f->doc, &table->rows[row], col),
			id->cells[i]))
			return false;
	}
	return true;
}

// How many rows of a chain have the cells, and the first of them.
static size_t
change_find_count_rows(const struct change_finder *f, const struct rmk_row_id *id,
    size_t first, size_t except, size_t *out)
{
	size_t n = 0;

	for (size_t r = first; r != RMK_NONE; r = f->next[r]) {
		if (rmk_change_has_cells(f, id, r, except) && n++ == 0)
			*out = r;
	}
	return n;
}

// The nth of the chain, where it is as long as in the version that was seen.
static bool
find_nth_row(const struct change_finder *f, const struct rmk_row_id *id, size_t first,
    size_t except, size_t *out)
{
	size_t n = 0, nth = RMK_NONE;

	for (size_t r = first; r != RMK_NONE; r = f->next[r]) {
		if (n++ == id->nth)
			nth = r;
	}
	if (nth == RMK_NONE || n != id->of || !rmk_change_has_cells(f, id, nth, except))
		return false;
	*out = nth;
	return true;
}

// except: the label (an index) of the cell that is set, whose value may differ.
enum rmk_code
rmk_change_row(
    struct change_finder *f, const struct rmk_row_id *id, size_t except, size_t *out)
{
	size_t col = f->cols[id->key_col], first, n;

	if (col == RMK_NONE)
		return rmk_change_missing(f, "table",
		    rmk_str_printf(f->arena, "%.*s lacks the key column of '%.*s'",
			RMK_FMT(rmk_change_shown(f)), RMK_FMT(id->shown)));
	first = first_row(f, col, id->key);
	if (first != RMK_NONE && f->next[first] == RMK_NONE && id->key.n) {
		*out = first;
		return RMK_OK;
	}
	n = first == RMK_NONE ? 0 : change_find_count_rows(f, id, first, except, out);
	if (n == 1 ||
	    (n > 1 && (change_find_count_rows(f, id, first, RMK_NONE, out) == 1 ||
			  find_nth_row(f, id, first, except, out))))
		return RMK_OK;
	if (first == RMK_NONE || id->key.n == 0)
		return rmk_change_missing(f, "row",
		    rmk_str_printf(f->arena, "%.*s has no row '%.*s'",
			RMK_FMT(rmk_change_shown(f)), RMK_FMT(id->shown)));
	rmk_fail(f->err, RMK_AMBIGUOUS, "%s: %.*s has several rows '%.*s'", f->version,
	    RMK_FMT(rmk_change_shown(f)), RMK_FMT(id->key));
	return rmk_hint(f->err, "make their keys different, or use --no-commit");
}

bool
rmk_change_has_row(struct change_finder *f, const struct rmk_row_id *id, size_t except)
{
	size_t col = f->cols[id->key_col], row;

	return col != RMK_NONE && change_find_count_rows(f, id,
				      first_row(f, col, id->key), except, &row) == 1;
}

size_t
rmk_change_unique(struct change_finder *f, size_t col, struct rmk_str key)
{
	index_rows(f, col);
	if (f->firsts.n != f->doc->tables[f->table].nrows)
		return RMK_NONE;
	return rmk_map_get(&f->firsts, key);
}
