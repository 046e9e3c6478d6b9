// What is written into a virtual table: from values of SQL to Markdown in the draft.
//
// A cell that shows the value already is left as it is, however it is spelled.
#include "gfm/cells.h"
#include "sql/vtab.h"
#include "table/value.h"

#include <math.h>

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

// 3.0 in a column of numbers is 3, as in any column of SQLite's that is one of numbers.
static bool
is_whole(enum rmk_type type, const struct sql_value *v)
{
	return (type == RMK_INTEGER || type == RMK_NUMBER || type == RMK_FLAG) &&
	       v->kind == SQL_VALUE_REAL && fabs(v->real) < SQL_WHOLE_MOST &&
	       v->real == floor(v->real);
}

// The content to write in a column for a value of SQL.
static enum rmk_code
content_for(struct sql_table *t, size_t col, const struct sql_value *v,
    struct rmk_str *out, struct rmk_err *err)
{
	const struct rmk_field *field = &t->schema->fields[col];
	bool whole = is_whole(field->type, v);

	*out = whole ? rmk_str_printf(t->arena, "%lld", (long long)v->integer) : v->text;
	if (field->type == RMK_FLAG && (whole || v->kind == SQL_VALUE_INTEGER) &&
	    (v->integer == 0 || v->integer == 1))
		*out = flag_spelling(t, col, (int)v->integer);
	if (!field->declared || out->n == 0)
		return RMK_OK;
	return rmk_field_spell(t->arena, field, *out, out, err);
}

// Whether an UPDATE sets column c of a row to something else. UPDATE ... FROM gives every
// column a value, and those it leaves alone their own.
static bool
vtab_write_is_new(
    struct sql_table *t, size_t row, struct sql_column c, sqlite3_value *value)
{
	struct rmk_arena_mark mark = rmk_arena_mark(&t->scratch);
	struct sql_value was, is;
	bool same;

	if (sqlite3_value_nochange(value))
		return false;
	was = sql_table_at(t, row, c);
	is = sql_value_given(value);
	same = was.kind == is.kind &&
	       (is.kind == SQL_VALUE_TEXT ? rmk_str_eq(was.text, is.text)
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
	int n = first * (t->wide ? 1 + SQL_PARTS : 1) + SQL_SPECIALS;

	for (int i = first; i < n; i++) {
		struct sql_column c = sql_table_column(t, i);

		if (c.part == SQL_RAW)
			continue;
		if (row == RMK_NONE ? sqlite3_value_type(values[i]) != SQLITE_NULL
				    : vtab_write_is_new(t, row, c, values[i]))
			return refuse_column(t, c, err);
	}
	return RMK_OK;
}

// A new row's cell: the Markdown of where the value was read, else the value itself.
static enum rmk_code
vtab_write_content(struct sql_table *t, sqlite3_value **values, size_t col,
    struct rmk_str *out, struct rmk_err *err)
{
	struct sql_value v = sql_table_given(t, values, col);
	struct rmk_str markup = {0};

	if (sqlite3_value_type(values[col]) != SQLITE_NULL &&
	    sql_table_markup(t, values, col, &markup, err))
		return err->code;
	if (markup.s)
		v = (struct sql_value){.kind = SQL_VALUE_TEXT, .text = markup};
	return content_for(t, col, &v, out, err);
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

	for (size_t c = 0; c < ncols && !code; c++)
		code = vtab_write_content(t, values, c, &contents[c], err);
	return code ? code : rmk_draft_insert(t->draft, contents, row, err);
}

// Whether the cell shows this text already, so that its Markdown is kept.
static bool
shows_text(struct sql_table *t, size_t row, size_t col, struct rmk_str text)
{
	struct rmk_arena_mark mark = rmk_arena_mark(&t->scratch);
	bool same = rmk_str_eq(
	    rmk_value_text(&t->scratch, sql_table_seen(t, row, col)), text);

	rmk_arena_reset(&t->scratch, mark);
	return same;
}

// The same of a value: numbers by what they are, however they are written.
static bool
shows(struct sql_table *t, size_t row, size_t col, const struct sql_value *wish)
{
	struct rmk_arena_mark mark = rmk_arena_mark(&t->scratch);
	struct sql_value v = sql_table_at(t, row, (struct sql_column){SQL_SHOWN, col});
	bool same;

	if (v.kind == SQL_VALUE_INTEGER && wish->kind == SQL_VALUE_INTEGER)
		same = v.integer == wish->integer;
	else if (v.kind == SQL_VALUE_INTEGER && wish->kind == SQL_VALUE_REAL)
		same = (double)v.integer == wish->real;
	else if (v.kind == SQL_VALUE_REAL && wish->kind == SQL_VALUE_REAL)
		same = v.real == wish->real;
	else if (v.kind == SQL_VALUE_TEXT)
		same = rmk_str_eq(v.text, wish->text);
	else
		same = shows_text(t, row, col, wish->text);
	rmk_arena_reset(&t->scratch, mark);
	return same;
}

static enum rmk_code
update_cell(struct sql_table *t, sqlite3_value **values, size_t row, size_t col,
    struct rmk_err *err)
{
	sqlite3_value *raw = raw_value(t, values, col);
	struct rmk_str content;
	struct sql_value v;

	if (raw && vtab_write_is_new(t, row, (struct sql_column){SQL_RAW, col}, raw))
		return rmk_draft_set(t->draft, row, col, sql_value_given(raw).text, err);
	if (sqlite3_value_nochange(values[col]))
		return RMK_OK;
	v = sql_value_given(values[col]);
	if (shows(t, row, col, &v))
		return RMK_OK;
	if (content_for(t, col, &v, &content, err))
		return err->code;
	if (!rmk_str_eq(content, v.text) && shows_text(t, row, col, content))
		return RMK_OK;
	return rmk_draft_set(t->draft, row, col, content, err);
}

enum rmk_code
sql_table_replace(
    struct sql_table *t, sqlite3_value **values, size_t row, struct rmk_err *err)
{
	enum rmk_code code = refuse_hidden(t, values, RMK_NONE, err);
	struct rmk_str content;

	for (size_t c = 0; c < t->schema->ncols && !code; c++) {
		struct sql_value v = sql_table_given(t, values, c);

		if (shows(t, row, c, &v))
			continue;
		code = vtab_write_content(t, values, c, &content, err);
		if (!code)
			code = rmk_draft_set(t->draft, row, c, content, err);
	}
	return code;
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
