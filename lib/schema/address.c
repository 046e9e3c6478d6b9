// Finding a table, a row and a column by what people call them.
#include "schema/address.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "schema/describe.h"
#include "schema/schema_internal.h"
#include "table/inline_references.h"
#include "table/value.h"

#include <string.h>

// An error is one line: so many names at most are listed.
#define MOST_LISTED 12
// Whether a name is no other table's takes a look at each, so that naming all tables is
// quadratic: past so many a file's tables are called by their numbers.
#define MOST_NAMED 1000

struct rmk_address
rmk_address_parse(struct rmk_str text)
{
	size_t slash = rmk_str_rchr(text, '/');
	size_t hash = rmk_str_rchr(text, '#');

	if (hash == RMK_NONE || (slash != RMK_NONE && hash < slash))
		return (struct rmk_address){.file = text};
	return (struct rmk_address){
	    rmk_str_part(text, 0, hash), rmk_str_from(text, hash + 1)};
}

// --- lists for messages ---------------------------------------------------------

// "a, b, c ... (20)", the nearest to the wanted name first.
struct names {
	struct rmk_str *v;
	size_t n;
};

static size_t
nearest_name(struct rmk_arena *a, const struct names *names, struct rmk_str wanted)
{
	struct rmk_str key = rmk_utf8_fold(a, wanted);
	unsigned best = key.n < 2 ? 1 : key.n < 4 ? 2 : key.n < 6 ? 3 : 4;
	size_t near = RMK_NONE;

	for (size_t i = 0; i < names->n; i++) {
		struct rmk_str name = rmk_utf8_fold(a, names->v[i]);
		unsigned d = rmk_str_distance(name, key, best);

		if (key.n >= 3 && rmk_str_find(name, key) != RMK_NONE)
			d = 1;
		if (d < best) {
			best = d;
			near = i;
		}
	}
	return near;
}

static struct rmk_str
list_names(struct rmk_arena *a, const struct names *names, size_t first)
{
	struct rmk_buf out = {.arena = a};
	size_t listed = 0;

	if (first != RMK_NONE) {
		rmk_buf_add(&out, names->v[first]);
		listed++;
	}
	for (size_t i = 0; i < names->n && listed < MOST_LISTED; i++) {
		if (i == first)
			continue;
		rmk_buf_printf(&out, "%s%.*s", listed ? ", " : "", RMK_FMT(names->v[i]));
		listed++;
	}
	if (names->n > listed)
		rmk_buf_printf(&out, " ... (%zu in all)", names->n);
	return rmk_buf_str(&out);
}

// "<what>; there are: nearest, others", with the nearest as a hint.
static enum rmk_code
address_not_found(struct rmk_arena *a, struct rmk_err *err, struct rmk_str what,
    const struct names *names, struct rmk_str wanted)
{
	size_t near = nearest_name(a, names, wanted);
	struct rmk_str list = list_names(a, names, near);

	rmk_fail(
	    err, RMK_NOT_FOUND, "%.*s; there are: %.*s", RMK_FMT(what), RMK_FMT(list));
	if (near != RMK_NONE)
		rmk_hint(err, "did you mean '%.*s'?", RMK_FMT(names->v[near]));
	return RMK_NOT_FOUND;
}

// --- tables ---------------------------------------------------------------------

// Whether a table is called name by its declaration, or by the anchor of its heading
// with "-1", "-2" ... for those after the first.
static bool
is_called(const struct rmk_doc *doc, size_t table, struct rmk_str name)
{
	const struct rmk_table *t = &doc->tables[table];
	struct rmk_str anchor;
	uint32_t nth;

	if (name.n == 0)
		return false;
	if (t->decl.len > 0 && rmk_str_eq_nocase(rmk_schema_name(doc, t), name))
		return true;
	if (t->heading == RMK_NONE)
		return false;
	anchor = doc->headings[t->heading].anchor;
	if (!rmk_str_eq_nocase(rmk_str_part(name, 0, anchor.n), anchor))
		return false;
	name = rmk_str_from(name, anchor.n);
	if (name.n == 0)
		return anchor.n > 0 && t->nth == 0;
	return name.s[0] == '-' && rmk_str_to_u32(rmk_str_from(name, 1), &nth) &&
	       nth > 0 && nth == t->nth && name.s[1] != '0';
}

// How many tables a name finds; *found is the first. A number is always a table's.
static size_t
find_tables(const struct rmk_doc *doc, struct rmk_str name, size_t *found)
{
	uint32_t number;
	size_t n = 0;

	if (rmk_str_to_u32(name, &number) && number >= 1 && number <= doc->ntables) {
		*found = number - 1;
		return 1;
	}
	for (size_t i = 0; i < doc->ntables; i++)
		if (is_called(doc, i, name) && n++ == 0)
			*found = i;
	return n;
}

struct rmk_str
rmk_address_name(struct rmk_arena *a, const struct rmk_doc *doc, size_t table)
{
	const struct rmk_table *t = &doc->tables[table];
	struct rmk_str name = rmk_schema_name(doc, t);
	size_t found;

	if (doc->ntables > MOST_NAMED)
		return rmk_str_printf(a, "%u", t->number);
	if (name.n > 0 && find_tables(doc, name, &found) == 1 && found == table)
		return name;
	if (t->heading != RMK_NONE) {
		name = doc->headings[t->heading].anchor;
		if (t->nth > 0)
			name = rmk_str_printf(a, "%.*s-%u", RMK_FMT(name), t->nth);
		if (find_tables(doc, name, &found) == 1 && found == table)
			return name;
	}
	return rmk_str_printf(a, "%u", t->number);
}

struct rmk_str
rmk_address_of(struct rmk_arena *a, const struct rmk_doc *doc, size_t table)
{
	struct rmk_str name = rmk_address_name(a, doc, table);

	return rmk_str_printf(a, "%.*s#%.*s", RMK_FMT(doc->path), RMK_FMT(name));
}

static struct names
table_names(struct rmk_arena *a, const struct rmk_doc *doc, struct rmk_str called)
{
	struct names names = {.v = RMK_NEW_N(a, struct rmk_str, doc->ntables)};

	for (size_t i = 0; i < doc->ntables; i++)
		if (called.n == 0 || is_called(doc, i, called))
			names.v[names.n++] = rmk_address_name(a, doc, i);
	return names;
}

enum rmk_code
rmk_address_table(struct rmk_arena *a, const struct rmk_doc *doc, struct rmk_str name,
    size_t *out, struct rmk_err *err)
{
	size_t found = 0, n = find_tables(doc, name, &found);
	struct names names;
	struct rmk_str list;

	if (n == 1) {
		*out = found;
		return RMK_OK;
	}
	if (doc->ntables == 0)
		return rmk_fail(err, RMK_NOT_FOUND, "%.*s: no table in this file",
		    RMK_FMT(doc->path));
	if (n == 0) {
		names = table_names(a, doc, (struct rmk_str){0});
		return address_not_found(a, err,
		    rmk_str_printf(
			a, "%.*s: no table '%.*s'", RMK_FMT(doc->path), RMK_FMT(name)),
		    &names, name);
	}
	names = table_names(a, doc, name);
	list = list_names(a, &names, RMK_NONE);
	return rmk_fail(err, RMK_AMBIGUOUS, "%.*s: '%.*s' names %zu tables: %.*s",
	    RMK_FMT(doc->path), RMK_FMT(name), n, RMK_FMT(list));
}

// --- rows -----------------------------------------------------------------------

// What was typed for a row, in the forms it is compared in.
struct wanted {
	struct rmk_str text;
	struct rmk_str key;    // folded as it is
	struct rmk_str marked; // folded, read as Markdown
};

static enum rmk_match
match_key(struct rmk_arena *a, const struct rmk_doc *doc, struct rmk_str raw,
    const struct wanted *w)
{
	struct rmk_str text = rmk_value_text(a, rmk_references_inline(a, doc, raw)), key;

	if (rmk_str_eq(text, w->text) || rmk_str_eq(raw, w->text))
		return RMK_MATCH_EXACT;
	key = rmk_utf8_fold(a, text);
	if (rmk_str_eq(key, w->key) || rmk_str_eq(key, w->marked))
		return RMK_MATCH_FOLDED;
	if (rmk_str_find(key, w->key) != RMK_NONE)
		return RMK_MATCH_PART;
	return RMK_MATCH_NONE;
}

static bool
contains_nocase(struct rmk_str text, struct rmk_str part)
{
	for (size_t i = 0; i + part.n <= text.n; i++)
		if ((text.s[i] | 32) == (part.s[0] | 32) &&
		    rmk_str_eq_nocase(rmk_str_part(text, i, part.n), part))
			return true;
	return false;
}

static bool
match_link(struct rmk_arena *a, const struct rmk_doc *doc, const struct rmk_row *row,
    size_t ncols, struct rmk_str part)
{
	size_t pipe = rmk_str_chr(part, '|'); // "\\|" in the cell
	struct rmk_str sure = rmk_str_part(part, 0, pipe == RMK_NONE ? part.n : pipe);

	for (size_t col = 0; col < row->ncells && col < ncols; col++) {
		struct rmk_str raw = rmk_doc_cell(doc, row, col);
		struct rmk_link *links;
		struct rmk_str seen = rmk_references_inline(a, doc, raw);
		size_t n = sure.n == 0 || contains_nocase(seen, sure)
		               ? rmk_value_links(a, seen, &links)
		               : 0;

		for (size_t i = 0; i < n; i++)
			if (contains_nocase(links[i].url, part))
				return true;
	}
	return false;
}

// The rows at the best level.
static struct rmk_hits
best_rows(struct rmk_arena *a, const uint8_t *levels, size_t n, enum rmk_match best)
{
	struct rmk_hits hits = {.level = best};

	for (size_t i = 0; i < n; i++)
		hits.n += best != RMK_MATCH_NONE && levels[i] == best;
	hits.rows = RMK_NEW_N(a, size_t, hits.n);
	hits.n = 0;
	for (size_t i = 0; i < n; i++)
		if (best != RMK_MATCH_NONE && levels[i] == best)
			hits.rows[hits.n++] = i;
	return hits;
}

// By a number or code beside the key, in full: what was typed is one of them or nothing.
static struct rmk_hits
rows_by_number(struct rmk_arena *a, const struct rmk_doc *doc, const struct rmk_table *t,
    const struct rmk_schema *schema, const struct wanted *w)
{
	uint8_t *levels = RMK_NEW_N(a, uint8_t, t->nrows);
	enum rmk_match best = RMK_MATCH_NONE;

	for (size_t i = 0; schema->number != RMK_NONE && i < t->nrows; i++) {
		struct rmk_arena_mark before = rmk_arena_mark(a);
		enum rmk_match m = match_key(
		    a, doc, rmk_doc_cell(doc, &t->rows[i], schema->number), w);

		rmk_arena_reset(a, before);
		levels[i] = m == RMK_MATCH_PART ? RMK_MATCH_NONE : (uint8_t)m;
		if (levels[i] && (!best || levels[i] < best))
			best = (enum rmk_match)levels[i];
	}
	return best_rows(a, levels, t->nrows, best);
}

// By the key, else by a number beside it, else by a link. What looking at a row took in the arena is freed, so that
// a search in a big table costs no memory.
static struct rmk_hits
rows_by_text(struct rmk_arena *a, const struct rmk_doc *doc, const struct rmk_table *t,
    const struct rmk_schema *schema, const struct wanted *w)
{
	uint8_t *levels = RMK_NEW_N(a, uint8_t, t->nrows);
	enum rmk_match best = RMK_MATCH_NONE;
	struct rmk_hits hits;

	for (size_t i = 0; i < t->nrows; i++) {
		struct rmk_arena_mark before = rmk_arena_mark(a);
		enum rmk_match m = match_key(
		    a, doc, rmk_doc_cell(doc, &t->rows[i], schema->key), w);

		rmk_arena_reset(a, before);
		levels[i] = (uint8_t)m;
		if (m != RMK_MATCH_NONE && (best == RMK_MATCH_NONE || m < best))
			best = m;
	}
	if (best == RMK_MATCH_NONE || best == RMK_MATCH_PART) {
		hits = rows_by_number(a, doc, t, schema, w);
		if (hits.n > 0)
			return hits;
	}
	if (best != RMK_MATCH_NONE)
		return best_rows(a, levels, t->nrows, best);
	for (size_t i = 0; i < t->nrows; i++) {
		struct rmk_arena_mark before = rmk_arena_mark(a);

		if (match_link(a, doc, &t->rows[i], t->ncols, w->text)) {
			levels[i] = RMK_MATCH_LINK;
			best = RMK_MATCH_LINK;
		}
		rmk_arena_reset(a, before);
	}
	return best_rows(a, levels, t->nrows, best);
}

static struct rmk_hits
row_by_line(struct rmk_arena *a, const struct rmk_table *t, uint32_t line)
{
	for (size_t i = 0; i < t->nrows; i++) {
		if (t->rows[i].line == line) {
			size_t *row = RMK_NEW(a, size_t);

			*row = i;
			return (struct rmk_hits){RMK_MATCH_LINE, row, 1};
		}
	}
	return (struct rmk_hits){0};
}

// Called as messages call it: "Write (12)", "Write (line 42)", "line 42".
static bool
is_printed_as(struct rmk_arena *a, const struct rmk_doc *doc, size_t table,
    const struct rmk_schema *schema, size_t row, struct rmk_str text)
{
	struct rmk_str name = rmk_address_row(a, doc, table, schema, row);

	return rmk_str_eq(text, name) ||
	       (rmk_str_starts(text, name) &&
		   (rmk_str_eq(text, rmk_address_row_apart(a, doc, table, schema, row)) ||
		       rmk_str_eq(text, rmk_str_printf(a, "%.*s (line %u)", RMK_FMT(name),
					    doc->tables[table].rows[row].line))));
}

static struct rmk_hits
rows_as_printed(struct rmk_arena *a, const struct rmk_doc *doc, size_t table,
    const struct rmk_schema *schema, struct rmk_str text)
{
	size_t nrows = doc->tables[table].nrows;
	uint8_t *levels = RMK_NEW_N(a, uint8_t, nrows);
	enum rmk_match best = RMK_MATCH_NONE;

	for (size_t i = 0; i < nrows; i++) {
		struct rmk_arena_mark before = rmk_arena_mark(a);

		if (is_printed_as(a, doc, table, schema, i, text))
			levels[i] = best = RMK_MATCH_EXACT;
		rmk_arena_reset(a, before);
	}
	return best_rows(a, levels, nrows, best);
}

struct rmk_hits
rmk_address_rows(struct rmk_arena *a, const struct rmk_doc *doc, size_t table,
    const struct rmk_schema *schema, struct rmk_str row)
{
	const struct rmk_table *t = &doc->tables[table];
	struct rmk_str prefix = RMK_STR("LINE:");
	struct wanted w = {.text = rmk_str_trim(row)};
	struct rmk_hits hits;
	uint32_t line;

	if (rmk_str_starts(w.text, prefix) &&
	    rmk_str_to_u32(rmk_str_from(w.text, prefix.n), &line))
		return row_by_line(a, t, line);
	w.key = rmk_utf8_fold(a, w.text);
	w.marked = rmk_value_key(a, w.text);
	if (w.key.n == 0 || schema->ncols == 0)
		return (struct rmk_hits){0};
	hits = rows_by_text(a, doc, t, schema, &w);
	return hits.n ? hits : rows_as_printed(a, doc, table, schema, w.text);
}

// --- columns --------------------------------------------------------------------

static struct names
column_names(struct rmk_arena *a, const struct rmk_schema *schema, bool status_only)
{
	struct names names = {.v = RMK_NEW_N(a, struct rmk_str, schema->ncols)};

	for (size_t i = 0; i < schema->ncols; i++)
		if (!status_only || schema->fields[i].type == RMK_STATUS)
			names.v[names.n++] = schema->fields[i].label;
	return names;
}

// How many headers are name, exactly or folded; *found is the first.
static size_t
find_columns(struct rmk_arena *a, const struct rmk_schema *schema, struct rmk_str name,
    bool exactly, size_t *found)
{
	struct rmk_str key = rmk_value_key(a, name), plain = rmk_utf8_fold(a, name);
	size_t n = 0;

	for (size_t i = 0; i < schema->ncols; i++) {
		const struct rmk_field *f = &schema->fields[i];
		bool fits = exactly
		                ? rmk_str_eq(f->label, name)
		                : rmk_str_eq(f->key, key) || rmk_str_eq(f->key, plain);

		if (fits && n++ == 0)
			*found = i;
	}
	return n;
}

static enum rmk_code
the_status(struct rmk_arena *a, const struct rmk_doc *doc, size_t table,
    const struct rmk_schema *schema, size_t *out, struct rmk_err *err)
{
	struct rmk_str where = rmk_address_of(a, doc, table);
	struct names names = column_names(a, schema, schema->nstatus > 0);
	struct rmk_str list = list_names(a, &names, RMK_NONE);
	struct rmk_str draft = rmk_describe_draft(a, doc, table, schema);

	if (schema->nstatus == 1) {
		*out = schema->status[0];
		return RMK_OK;
	}
	if (schema->nstatus == 0)
		rmk_fail(err, RMK_NOT_FOUND,
		    "%.*s: no status column; the columns are: %.*s", RMK_FMT(where),
		    RMK_FMT(list));
	else
		rmk_fail(err, RMK_AMBIGUOUS, "%.*s: %zu status columns: %.*s",
		    RMK_FMT(where), schema->nstatus, RMK_FMT(list));
	return rmk_hint(err,
	    draft.n
		? "name the column with -c COLUMN, or declare it in the line above the "
		  "table: %.*s"
		: "name the column with -c COLUMN%.*s",
	    RMK_FMT(draft));
}

enum rmk_code
rmk_address_column(struct rmk_arena *a, const struct rmk_doc *doc, size_t table,
    const struct rmk_schema *schema, struct rmk_str name, size_t *out,
    struct rmk_err *err)
{
	struct rmk_str where = rmk_address_of(a, doc, table),
		       key = rmk_utf8_fold(a, name);
	size_t found = 0, n = find_columns(a, schema, name, true, &found);
	struct names names;

	if (n != 1)
		n = find_columns(a, schema, name, false, &found);
	if (n == 1) {
		*out = found;
		return RMK_OK;
	}
	if (n > 1)
		return rmk_fail(err, RMK_AMBIGUOUS, "%.*s: %zu columns are called '%.*s'",
		    RMK_FMT(where), n, RMK_FMT(name));
	if (rmk_str_eq(key, RMK_STR("status")))
		return the_status(a, doc, table, schema, out, err);
	names = column_names(a, schema, false);
	address_not_found(a, err,
	    rmk_str_printf(a, "%.*s: no column '%.*s'", RMK_FMT(where), RMK_FMT(name)),
	    &names, name);
	if (err && !err->hint[0] && schema->nstatus &&
	    rmk_str_distance(key, RMK_STR("status"), 2) <= 2)
		rmk_hint(err, "did you mean 'status'?");
	return RMK_NOT_FOUND;
}
