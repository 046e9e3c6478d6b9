// What a virtual table holds: its columns and their values.
#include "gfm/cells.h"
#include "sql/vtab.h"
#include "table/inline_references.h"
#include "table/value.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// SQLite takes 2000 columns; a table so wide goes without the hidden ones.
#define COLUMNS_MOST 1990

void
sql_table_init(struct sql_table *t, struct rmk_arena *a, const struct rmk_doc *doc,
    size_t table, struct rmk_str address)
{
	t->arena = a;
	t->doc = doc;
	t->table = table;
	t->address = address;
	t->schema = rmk_schema_of(a, doc, table);
	t->draft = rmk_draft_open(a, doc, table);
	t->indexes = RMK_NEW_N(a, struct sql_index, t->schema->ncols);
	t->wide = t->schema->ncols * (1 + SQL_PARTS) + SQL_SPECIALS <= COLUMNS_MOST;
	t->writable = true;
}

void
sql_table_free(struct sql_table *t)
{
	for (size_t c = 0; t->schema && c < t->schema->ncols; c++)
		rmk_arena_free(&t->indexes[c].arena);
	rmk_arena_free(&t->keys.arena);
	rmk_arena_free(&t->scratch);
	t->keys = (struct sql_key_index){0};
	t->schema = NULL;
}

struct sql_column
sql_table_column(const struct sql_table *t, int number)
{
	size_t n = (size_t)number, ncols = t->schema->ncols;

	if (n < ncols)
		return (struct sql_column){SQL_SHOWN, n};
	n -= ncols;
	if (t->wide && n < ncols * SQL_PARTS)
		return (struct sql_column){
		    (enum sql_part)(SQL_RAW + n % SQL_PARTS), n / SQL_PARTS};
	if (t->wide)
		n -= ncols * SQL_PARTS;
	return (struct sql_column){(enum sql_part)(SQL_FILE + n), 0};
}

// --- reading --------------------------------------------------------------------

static bool
vtab_values_is_typed(enum rmk_type type)
{
	return type == RMK_INTEGER || type == RMK_NUMBER || type == RMK_FLAG ||
	       type == RMK_DATE;
}

bool
sql_value_read_number(struct rmk_str text, struct sql_value *out)
{
	char copy[64], *end;

	if (text.n == 0 || text.n >= sizeof copy)
		return false;
	snprintf(copy, sizeof copy, "%.*s", RMK_FMT(text));
	// strtod knows words and hexadecimal numbers besides.
	if (strspn(copy, "+-.0123456789eE") != text.n)
		return false;
	errno = 0;
	out->integer = strtoll(copy, &end, 10);
	if (!*end && end > copy && !errno) {
		out->kind = SQL_VALUE_INTEGER;
		return true;
	}
	out->real = strtod(copy, &end);
	if (*end)
		return false;
	out->kind = SQL_VALUE_REAL;
	if (fabs(out->real) < SQL_WHOLE_MOST && out->real == floor(out->real)) {
		out->kind = SQL_VALUE_INTEGER;
		out->integer = (sqlite3_int64)out->real;
	}
	return true;
}

struct rmk_str
sql_table_raw(struct sql_table *t, size_t row, size_t col)
{
	return rmk_cell_raw(&t->scratch, rmk_draft_cell(t->draft, &t->scratch, row, col));
}

struct rmk_str
sql_table_seen(struct sql_table *t, size_t row, size_t col)
{
	return rmk_references_inline(
	    &t->scratch, t->draft->doc, sql_table_raw(t, row, col));
}

// A shown cell by its column's type; what does not fit the type stays text.
static struct sql_value
shown_value(struct sql_table *t, size_t row, size_t col)
{
	enum rmk_type type = t->schema->fields[col].type;
	struct rmk_str raw = sql_table_seen(t, row, col);
	struct sql_value v = {
	    .kind = SQL_VALUE_TEXT, .text = rmk_value_text(&t->scratch, raw)};
	int flag;

	if (vtab_values_is_typed(type) && v.text.n == 0 && type != RMK_FLAG)
		v.kind = SQL_VALUE_NULL;
	else if (type == RMK_INTEGER || type == RMK_NUMBER)
		sql_value_read_number(v.text, &v);
	else if (type == RMK_FLAG && (flag = rmk_value_flag(&t->scratch, raw)) >= 0)
		v = (struct sql_value){.kind = SQL_VALUE_INTEGER, .integer = flag};
	return v;
}

static struct sql_value
link_value(struct sql_table *t, size_t row, struct sql_column c)
{
	struct rmk_link *links;
	size_t n = rmk_value_links(&t->scratch, sql_table_seen(t, row, c.col), &links);

	if (n == 0)
		return (struct sql_value){.kind = SQL_VALUE_NULL};
	return (struct sql_value){.kind = SQL_VALUE_TEXT,
	    .text = c.part == SQL_URL ? links[0].url : links[0].label};
}

// How far the row is by several columns, as schema/row_progress.h has it, of the values as they are
// now in the transaction.
static enum rmk_progress
matrix_progress(struct sql_table *t, size_t row)
{
	size_t n[RMK_NPROGRESS] = {0};

	for (size_t i = 0; i < t->schema->nstatus; i++) {
		size_t col = t->schema->status[i];

		n[rmk_field_progress(
		    &t->scratch, &t->schema->fields[col], sql_table_raw(t, row, col))]++;
	}
	if (n[RMK_DONE] + n[RMK_DOING] + n[RMK_TODO] == 0)
		return n[RMK_CLOSED] ? RMK_CLOSED : RMK_UNKNOWN;
	if (n[RMK_DOING] + n[RMK_TODO] + n[RMK_EMPTY] == 0)
		return RMK_DONE;
	return n[RMK_DONE] + n[RMK_DOING] ? RMK_DOING : RMK_TODO;
}

static struct sql_value
status_value(struct sql_table *t, size_t row)
{
	enum rmk_progress p;
	size_t col;

	if (t->schema->nstatus == 0)
		return (struct sql_value){.kind = SQL_VALUE_NULL};
	col = t->schema->status[0];
	p = t->schema->nstatus > 1
	        ? matrix_progress(t, row)
	        : rmk_field_progress(
		      &t->scratch, &t->schema->fields[col], sql_table_raw(t, row, col));
	if (p == RMK_UNKNOWN || p == RMK_EMPTY)
		return (struct sql_value){.kind = SQL_VALUE_NULL};
	return (struct sql_value){
	    .kind = SQL_VALUE_TEXT, .text = rmk_str_of(rmk_progress_name(p))};
}

struct sql_value
sql_table_at(struct sql_table *t, size_t row, struct sql_column c)
{
	const struct rmk_table *table = &t->doc->tables[t->table];
	struct sql_value integer = {.kind = SQL_VALUE_INTEGER},
			 text = {.kind = SQL_VALUE_TEXT};

	switch (c.part) {
	case SQL_SHOWN:
		return shown_value(t, row, c.col);
	case SQL_RAW:
		text.text = rmk_draft_cell(t->draft, &t->scratch, row, c.col);
		return text;
	case SQL_URL:
	case SQL_LABEL:
		return link_value(t, row, c);
	case SQL_FILE:
		text.text = t->doc->path;
		return text;
	case SQL_TABLE_NAME:
		text.text = t->address;
		return text;
	case SQL_LINE:
		if (row >= t->draft->nold)
			return (struct sql_value){.kind = SQL_VALUE_NULL};
		integer.integer = table->rows[row].line;
		return integer;
	case SQL_ROW:
		integer.integer = (sqlite3_int64)row + 1;
		return integer;
	default:
		return status_value(t, row);
	}
}

// The type is asked for first: to read the text may change it.
struct sql_value
sql_value_given(sqlite3_value *from)
{
	int type = sqlite3_value_type(from);
	struct sql_value v = {.kind = SQL_VALUE_TEXT};

	if (type == SQLITE_NULL)
		return (struct sql_value){.kind = SQL_VALUE_NULL, .text = RMK_STR("")};
	if (type == SQLITE_INTEGER)
		v.kind = SQL_VALUE_INTEGER;
	else if (type == SQLITE_FLOAT)
		v.kind = SQL_VALUE_REAL;
	v.integer = sqlite3_value_int64(from);
	v.real = sqlite3_value_double(from);
	v.text.s = (const char *)sqlite3_value_text(from);
	v.text.n = (size_t)sqlite3_value_bytes(from);
	return v.text.s ? v : (struct sql_value){.kind = v.kind, .text = RMK_STR("")};
}

struct sql_value
sql_table_given(const struct sql_table *t, sqlite3_value **values, size_t col)
{
	size_t raw = t->schema->ncols + col * SQL_PARTS;

	return sql_value_given(t->wide && sqlite3_value_type(values[col]) == SQLITE_NULL
				   ? values[raw]
				   : values[col]);
}

bool
sql_value_eq(const struct sql_value *a, const struct sql_value *b)
{
	if (a->kind != b->kind)
		return false;
	return a->kind == SQL_VALUE_TEXT   ? rmk_str_eq(a->text, b->text)
	       : a->kind == SQL_VALUE_REAL ? a->real == b->real
	                                   : a->integer == b->integer;
}

// Text of the document outlives every statement, but where the file may be read anew; all
// else is copied.
static void
give_text(const struct sql_table *t, sqlite3_context *ctx, struct rmk_str text)
{
	const char *from = t->doc->text.s;
	bool lasting = text.n == 0 ||
	               (!t->refresh && text.s >= from && text.s < from + t->doc->text.n);

	sqlite3_result_text64(ctx, text.n ? text.s : "", text.n,
	    lasting ? SQLITE_STATIC : SQLITE_TRANSIENT, SQLITE_UTF8);
}

void
sql_table_value(struct sql_table *t, sqlite3_context *ctx, size_t row, int number)
{
	struct rmk_arena_mark mark = rmk_arena_mark(&t->scratch);
	struct sql_value v = sql_table_at(t, row, sql_table_column(t, number));

	if (v.kind == SQL_VALUE_INTEGER)
		sqlite3_result_int64(ctx, v.integer);
	else if (v.kind == SQL_VALUE_REAL)
		sqlite3_result_double(ctx, v.real);
	else if (v.kind == SQL_VALUE_TEXT)
		give_text(t, ctx, v.text);
	rmk_arena_reset(&t->scratch, mark);
}
