// What stands in a virtual table: its columns, their values, and how they are written.
#include "base/buf.h"
#include "base/utf8.h"
#include "table/cells.h"
#include "table/value.h"
#include "world/sql_vtab.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// SQLite takes 2000 columns; a table so wide goes without the hidden ones.
#define COLUMNS_MOST 1990
#define SPECIALS 5

// Below this each whole number has a double of its own.
#define WHOLE_MOST 9e15

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
	t->wide = t->schema->ncols * (1 + SQL_PARTS) + SPECIALS <= COLUMNS_MOST;
	t->writable = true;
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

// One value of SQL, before SQLite sees it.
struct value {
	enum { VALUE_NULL, VALUE_INTEGER, VALUE_REAL, VALUE_TEXT } kind;
	sqlite3_int64 integer;
	double real;
	struct rmk_str text;
};

static bool
is_typed(enum rmk_type type)
{
	return type == RMK_INTEGER || type == RMK_NUMBER || type == RMK_FLAG ||
	       type == RMK_DATE;
}

// A number that is the whole text, as SQLite's numeric affinity reads it.
static bool
read_number(struct rmk_str text, struct value *out)
{
	char copy[64], *end;

	if (text.n == 0 || text.n >= sizeof copy ||
	    (text.s[0] != '-' && text.s[0] != '+' && text.s[0] != '.' &&
		(text.s[0] < '0' || text.s[0] > '9')))
		return false;
	snprintf(copy, sizeof copy, "%.*s", RMK_FMT(text));
	out->real = strtod(copy, &end);
	if (*end || end == copy || !isfinite(out->real) || memchr(copy, 'x', text.n))
		return false;
	out->kind = VALUE_REAL;
	if (fabs(out->real) < WHOLE_MOST && out->real == floor(out->real)) {
		out->kind = VALUE_INTEGER;
		out->integer = (sqlite3_int64)out->real;
	} else if (!memchr(copy, '.', text.n) && !memchr(copy, 'e', text.n)) {
		out->integer = strtoll(copy, &end, 10);
		out->kind = VALUE_INTEGER;
	}
	return true;
}

static struct rmk_str
raw_of(struct sql_table *t, size_t row, size_t col)
{
	return rmk_cell_raw(&t->scratch, rmk_draft_cell(t->draft, &t->scratch, row, col));
}

// A shown cell by its column's type; what does not fit the type stays text.
static struct value
shown_value(struct sql_table *t, size_t row, size_t col)
{
	enum rmk_type type = t->schema->fields[col].type;
	struct rmk_str raw = raw_of(t, row, col);
	struct value v = {.kind = VALUE_TEXT, .text = rmk_value_text(&t->scratch, raw)};
	int flag;

	if (is_typed(type) && v.text.n == 0 && type != RMK_FLAG)
		v.kind = VALUE_NULL;
	else if (type == RMK_INTEGER || type == RMK_NUMBER)
		read_number(v.text, &v);
	else if (type == RMK_FLAG && (flag = rmk_value_flag(&t->scratch, raw)) >= 0)
		v = (struct value){.kind = VALUE_INTEGER, .integer = flag};
	return v;
}

static struct value
link_value(struct sql_table *t, size_t row, struct sql_column c)
{
	struct rmk_link *links;
	size_t n = rmk_value_links(&t->scratch, raw_of(t, row, c.col), &links);

	if (n == 0)
		return (struct value){.kind = VALUE_NULL};
	return (struct value){.kind = VALUE_TEXT,
	    .text = c.part == SQL_URL ? links[0].url : links[0].label};
}

// How far the row is, where the table has one status column.
static struct value
status_value(struct sql_table *t, size_t row)
{
	enum rmk_progress p;
	size_t col;

	if (t->schema->nstatus != 1)
		return (struct value){.kind = VALUE_NULL};
	col = t->schema->status[0];
	p = rmk_field_progress(&t->scratch, &t->schema->fields[col], raw_of(t, row, col));
	if (p == RMK_UNKNOWN || p == RMK_EMPTY)
		return (struct value){.kind = VALUE_NULL};
	return (struct value){
	    .kind = VALUE_TEXT, .text = rmk_str_of(rmk_progress_name(p))};
}

static struct value
value_at(struct sql_table *t, size_t row, struct sql_column c)
{
	const struct rmk_table *table = &t->doc->tables[t->table];
	struct value integer = {.kind = VALUE_INTEGER}, text = {.kind = VALUE_TEXT};

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
			return (struct value){.kind = VALUE_NULL};
		integer.integer = table->rows[row].line;
		return integer;
	case SQL_ROW:
		integer.integer = (sqlite3_int64)row + 1;
		return integer;
	default:
		return status_value(t, row);
	}
}

// Text of the document outlives every statement; all else is copied.
static void
give_text(const struct sql_table *t, sqlite3_context *ctx, struct rmk_str text)
{
	const char *from = t->doc->text.s;
	bool lasting = text.n == 0 || (text.s >= from && text.s < from + t->doc->text.n);

	sqlite3_result_text64(ctx, text.n ? text.s : "", text.n,
	    lasting ? SQLITE_STATIC : SQLITE_TRANSIENT, SQLITE_UTF8);
}

void
sql_table_value(struct sql_table *t, sqlite3_context *ctx, size_t row, int number)
{
	struct rmk_arena_mark mark = rmk_arena_mark(&t->scratch);
	struct value v = value_at(t, row, sql_table_column(t, number));

	if (v.kind == VALUE_INTEGER)
		sqlite3_result_int64(ctx, v.integer);
	else if (v.kind == VALUE_REAL)
		sqlite3_result_double(ctx, v.real);
	else if (v.kind == VALUE_TEXT)
		give_text(t, ctx, v.text);
	rmk_arena_reset(&t->scratch, mark);
}

// --- looking up -------------------------------------------------------------------

// A value's printed form, the same for equal values of one column.
static struct rmk_str
printed(struct rmk_arena *a, struct value v)
{
	if (v.kind == VALUE_INTEGER)
		return rmk_str_printf(a, "%lld", (long long)v.integer);
	if (v.kind == VALUE_REAL)
		return rmk_str_printf(a, "%.17g", v.real);
	return v.text;
}

static void
add_to_index(struct sql_table *t, struct sql_index *index, size_t row, size_t col)
{
	struct value v = shown_value(t, row, col);
	struct rmk_str key;
	size_t next;

	if (v.kind == VALUE_NULL)
		return;
	key = printed(&t->scratch, v);
	next = rmk_map_get(&index->map, key);
	if (next == RMK_NONE)
		key = rmk_str_copy(&index->arena, key);
	*rmk_map_put(&index->map, key) = row;
	index->next[row] = next;
}

// From the last row to the first, so that each chain runs in the table's order.
static void
build_index(struct sql_table *t, size_t col)
{
	struct sql_index *index = &t->indexes[col];

	rmk_arena_free(&index->arena);
	index->map = (struct rmk_map){.arena = &index->arena};
	index->next = rmk_arena_alloc(
	    &index->arena, t->draft->nrows * sizeof *index->next);
	for (size_t r = t->draft->nrows; r-- > 0;) {
		struct rmk_arena_mark mark = rmk_arena_mark(&t->scratch);

		add_to_index(t, index, r, col);
		rmk_arena_reset(&t->scratch, mark);
	}
	index->built_at = t->draft->clock;
	index->built = true;
}

static bool
is_current(const struct sql_table *t, size_t col)
{
	const struct sql_index *index = &t->indexes[col];

	return index->built && index->built_at >= t->draft->rows_at &&
	       index->built_at >= t->draft->column_at[col];
}

// The printed form of a value that is looked for in a column; false when only SQLite's
// own comparison can tell.
static bool
wanted(struct sql_table *t, size_t col, sqlite3_value *value, struct rmk_str *out)
{
	enum rmk_type type = t->schema->fields[col].type;
	struct value v = {.kind = VALUE_TEXT};
	int kind = sqlite3_value_type(value);

	if (kind == SQLITE_BLOB || kind == SQLITE_NULL)
		return false;
	v.text.s = (const char *)sqlite3_value_text(value);
	v.text.n = (size_t)sqlite3_value_bytes(value);
	if (type == RMK_INTEGER || type == RMK_NUMBER || type == RMK_FLAG)
		read_number(v.text, &v);
	*out = printed(&t->scratch, v);
	return v.text.s != NULL;
}

bool
sql_table_find(
    struct sql_table *t, size_t col, sqlite3_value *value, size_t **rows, size_t *n)
{
	struct rmk_arena_mark mark = rmk_arena_mark(&t->scratch);
	struct sql_index *index = &t->indexes[col];
	struct rmk_str key;
	size_t first, count = 0;
	bool known = wanted(t, col, value, &key);

	*rows = NULL;
	*n = 0;
	if (known && !is_current(t, col))
		build_index(t, col);
	first = known ? rmk_map_get(&index->map, key) : RMK_NONE;
	rmk_arena_reset(&t->scratch, mark);
	for (size_t r = first; r != RMK_NONE; r = index->next[r])
		count += !t->draft->rows[r].deleted;
	if (count == 0)
		return known;
	*rows = sqlite3_malloc64(count * sizeof **rows);
	if (!*rows)
		return false;
	for (size_t r = first; r != RMK_NONE; r = index->next[r]) {
		if (!t->draft->rows[r].deleted)
			(*rows)[(*n)++] = r;
	}
	return true;
}

// --- writing ----------------------------------------------------------------------

// How this column writes a flag: as its own cells do, else as a check box.
static struct rmk_str
flag_spelling(struct sql_table *t, size_t col, int flag)
{
	for (size_t r = 0; r < t->draft->nrows; r++) {
		struct rmk_str content = rmk_draft_cell(t->draft, t->arena, r, col);

		if (content.n &&
		    rmk_value_flag(t->arena, rmk_cell_raw(t->arena, content)) == flag)
			return content;
	}
	return flag ? RMK_STR("[x]") : RMK_STR("[ ]");
}

// A value that SQLite gives. Its type is asked for first: to read the text may change it.
static struct value
given(sqlite3_value *from)
{
	int type = sqlite3_value_type(from);
	struct value v = {.kind = VALUE_TEXT};

	if (type == SQLITE_NULL)
		return (struct value){.kind = VALUE_NULL, .text = RMK_STR("")};
	if (type == SQLITE_INTEGER)
		v.kind = VALUE_INTEGER;
	else if (type == SQLITE_FLOAT)
		v.kind = VALUE_REAL;
	v.integer = sqlite3_value_int64(from);
	v.real = sqlite3_value_double(from);
	v.text.s = (const char *)sqlite3_value_text(from);
	v.text.n = (size_t)sqlite3_value_bytes(from);
	return v.text.s ? v : (struct value){.kind = v.kind, .text = RMK_STR("")};
}

// 3.0 in a column of numbers is 3, as in any column of SQLite's that is one of numbers.
static bool
is_whole(enum rmk_type type, const struct value *v)
{
	return (type == RMK_INTEGER || type == RMK_NUMBER || type == RMK_FLAG) &&
	       v->kind == VALUE_REAL && fabs(v->real) < WHOLE_MOST &&
	       v->real == floor(v->real);
}

// The content to write in a column for a value of SQL.
static enum rmk_code
content_for(struct sql_table *t, size_t col, const struct value *v, struct rmk_str *out,
    struct rmk_err *err)
{
	const struct rmk_field *field = &t->schema->fields[col];
	bool whole = is_whole(field->type, v);

	*out = whole ? rmk_str_printf(t->arena, "%lld", (long long)v->integer) : v->text;
	if (field->type == RMK_FLAG && (whole || v->kind == VALUE_INTEGER) &&
	    (v->integer == 0 || v->integer == 1))
		*out = flag_spelling(t, col, (int)v->integer);
	if (!field->declared || out->n == 0)
		return RMK_OK;
	return rmk_field_spell(t->arena, field, *out, out, err);
}

// Whether an UPDATE sets column c of a row to something else. UPDATE ... FROM gives every
// column a value, and those it leaves alone their own.
static bool
is_new(struct sql_table *t, size_t row, struct sql_column c, sqlite3_value *value)
{
	struct rmk_arena_mark mark = rmk_arena_mark(&t->scratch);
	struct value was, is;
	bool same;

	if (sqlite3_value_nochange(value))
		return false;
	was = value_at(t, row, c);
	is = given(value);
	same = was.kind == is.kind &&
	       (is.kind == VALUE_TEXT ? rmk_str_eq(was.text, is.text)
				      : was.integer == is.integer);
	rmk_arena_reset(&t->scratch, mark);
	return !same;
}

static enum rmk_code
refuse_column(const struct sql_table *t, struct sql_column c, struct rmk_err *err)
{
	static const char *const names[] = {[SQL_URL] = "_url",
	    [SQL_LABEL] = "_label",
	    [SQL_FILE] = "_file",
	    [SQL_TABLE_NAME] = "_table",
	    [SQL_LINE] = "_line",
	    [SQL_ROW] = "_row",
	    [SQL_STATUS] = "_status"};
	bool of_column = c.part == SQL_URL || c.part == SQL_LABEL;
	struct rmk_str label = of_column ? t->schema->fields[c.col].label : RMK_STR("");

	rmk_fail(err, RMK_REFUSED,
	    "%.*s: %.*s%s is made from what stands in the row and "
	    "cannot be written",
	    RMK_FMT(t->address), RMK_FMT(label), names[c.part]);
	return of_column ? rmk_hint(err, "write %.*s, as Markdown", RMK_FMT(label))
	                 : err->code;
}

// row: of an UPDATE; RMK_NONE for a new one.
static enum rmk_code
refuse_hidden(
    struct sql_table *t, sqlite3_value **values, size_t row, struct rmk_err *err)
{
	int first = (int)t->schema->ncols;
	int n = first * (t->wide ? 1 + SQL_PARTS : 1) + SPECIALS;

	for (int i = first; i < n; i++) {
		struct sql_column c = sql_table_column(t, i);

		if (c.part == SQL_RAW)
			continue;
		if (row == RMK_NONE ? sqlite3_value_type(values[i]) != SQLITE_NULL
				    : is_new(t, row, c, values[i]))
			return refuse_column(t, c, err);
	}
	return RMK_OK;
}

static sqlite3_value *
raw_value(const struct sql_table *t, sqlite3_value **values, size_t col)
{
	return t->wide ? values[t->schema->ncols + col * SQL_PARTS] : NULL;
}

enum rmk_code
sql_table_insert(
    struct sql_table *t, sqlite3_value **values, size_t *row, struct rmk_err *err)
{
	size_t ncols = t->schema->ncols;
	struct rmk_str *contents = RMK_NEW_N(t->arena, struct rmk_str, ncols);
	enum rmk_code code = refuse_hidden(t, values, RMK_NONE, err);

	for (size_t c = 0; c < ncols && !code; c++) {
		sqlite3_value *raw = raw_value(t, values, c);
		struct value v = given(values[c]);

		if (v.kind == VALUE_NULL && raw)
			v = given(raw);
		code = content_for(t, c, &v, &contents[c], err);
	}
	return code ? code : rmk_draft_insert(t->draft, contents, row, err);
}

// Whether the cell shows this text already, so that its Markdown is kept.
static bool
shows_text(struct sql_table *t, size_t row, size_t col, struct rmk_str text)
{
	struct rmk_arena_mark mark = rmk_arena_mark(&t->scratch);
	bool same = rmk_str_eq(rmk_value_text(&t->scratch, raw_of(t, row, col)), text);

	rmk_arena_reset(&t->scratch, mark);
	return same;
}

// The same of a value: numbers by what they are, however they are written.
static bool
shows(struct sql_table *t, size_t row, size_t col, const struct value *wish)
{
	struct rmk_arena_mark mark = rmk_arena_mark(&t->scratch);
	struct value v = shown_value(t, row, col);

	rmk_arena_reset(&t->scratch, mark);
	if (v.kind == VALUE_INTEGER && wish->kind == VALUE_INTEGER)
		return v.integer == wish->integer;
	if (v.kind == VALUE_INTEGER && wish->kind == VALUE_REAL)
		return (double)v.integer == wish->real;
	if (v.kind == VALUE_REAL && wish->kind == VALUE_REAL)
		return v.real == wish->real;
	return shows_text(t, row, col, wish->text);
}

static enum rmk_code
update_cell(struct sql_table *t, sqlite3_value **values, size_t row, size_t col,
    struct rmk_err *err)
{
	sqlite3_value *raw = raw_value(t, values, col);
	struct rmk_str content;
	struct value v;

	if (raw && is_new(t, row, (struct sql_column){SQL_RAW, col}, raw))
		return rmk_draft_set(t->draft, row, col, given(raw).text, err);
	if (sqlite3_value_nochange(values[col]))
		return RMK_OK;
	v = given(values[col]);
	if (shows(t, row, col, &v))
		return RMK_OK;
	if (content_for(t, col, &v, &content, err))
		return err->code;
	return shows_text(t, row, col, content)
	           ? RMK_OK
	           : rmk_draft_set(t->draft, row, col, content, err);
}

enum rmk_code
sql_table_update(
    struct sql_table *t, sqlite3_value **values, size_t row, struct rmk_err *err)
{
	enum rmk_code code = refuse_hidden(t, values, row, err);

	for (size_t c = 0; c < t->schema->ncols && !code; c++)
		code = update_cell(t, values, row, c, err);
	return code;
}
