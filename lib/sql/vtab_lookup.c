// Rows of a virtual table by a value: an index of a column, made when first asked for.
#include "sql/vtab.h"

#include <math.h>

// Equal values of one column have equal keys. Different ones may share a key, since SQLite
// compares again: whole numbers too large for a double do.
static struct rmk_str
vtab_lookup_key_of(struct rmk_arena *a, struct sql_value v)
{
	double d = v.kind == SQL_VALUE_INTEGER ? (double)v.integer : v.real;

	if (v.kind == SQL_VALUE_TEXT)
		return v.text;
	if (fabs(d) < SQL_WHOLE_MOST && d == floor(d))
		return rmk_str_printf(a, "%lld", (long long)d);
	return rmk_str_printf(a, "%.17g", d);
}

static void
add_to_index(struct sql_table *t, struct sql_index *index, size_t row, size_t col)
{
	struct sql_value v = sql_table_at(t, row, (struct sql_column){SQL_SHOWN, col});
	struct rmk_str key;
	size_t next;

	if (v.kind == SQL_VALUE_NULL)
		return;
	key = vtab_lookup_key_of(&t->scratch, v);
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

// The key of a value that is looked for in a column; false when only SQLite's own
// comparison can tell.
static bool
vtab_lookup_wanted(
    struct sql_table *t, size_t col, sqlite3_value *value, struct rmk_str *out)
{
	enum rmk_type type = t->schema->fields[col].type;
	int kind = sqlite3_value_type(value);
	struct sql_value v;

	if (kind == SQLITE_BLOB || kind == SQLITE_NULL)
		return false;
	v = sql_value_given(value);
	if (type != RMK_INTEGER && type != RMK_NUMBER && type != RMK_FLAG)
		v.kind = SQL_VALUE_TEXT;
	else if (v.kind == SQL_VALUE_TEXT)
		sql_value_read_number(v.text, &v);
	*out = vtab_lookup_key_of(&t->scratch, v);
	return true;
}

bool
sql_table_find(
    struct sql_table *t, size_t col, sqlite3_value *value, size_t **rows, size_t *n)
{
	struct rmk_arena_mark mark = rmk_arena_mark(&t->scratch);
	struct sql_index *index = &t->indexes[col];
	struct rmk_str key;
	size_t first, count = 0;
	bool known = vtab_lookup_wanted(t, col, value, &key);

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
