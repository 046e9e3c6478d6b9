// Rows of a virtual table by a value: an index of a column, made when first asked for.
#include "gfm/cells.h"
#include "sql/vtab.h"
#include "table/value.h"

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
	index->mixed[row] = next != RMK_NONE &&
	                    (index->mixed[next] || !rmk_str_eq(sql_table_raw(t, row, col),
						       sql_table_raw(t, next, col)));
}

// From the last row to the first, so that each chain runs in the table's order.
static void
build_index(struct sql_table *t, size_t col)
{
	struct sql_index *index = &t->indexes[col];

	rmk_arena_free(&index->arena);
	index->map = (struct rmk_map){.arena = &index->arena};
	index->next = RMK_NEW_N(&index->arena, size_t, t->draft->nrows);
	index->mixed = RMK_NEW_N(&index->arena, bool, t->draft->nrows);
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

// The key of a value that is looked for in a column.
static struct rmk_str
vtab_lookup_wanted(struct sql_table *t, size_t col, struct sql_value v)
{
	enum rmk_type type = t->schema->fields[col].type;

	if (type != RMK_INTEGER && type != RMK_NUMBER && type != RMK_FLAG)
		v.kind = SQL_VALUE_TEXT;
	else if (v.kind == SQL_VALUE_TEXT)
		sql_value_read_number(v.text, &v);
	return vtab_lookup_key_of(&t->scratch, v);
}

// The first row of the chain of a value, deleted or not.
static size_t
vtab_lookup_chain(struct sql_table *t, size_t col, struct sql_value v)
{
	struct rmk_arena_mark mark = rmk_arena_mark(&t->scratch);
	struct rmk_str key = vtab_lookup_wanted(t, col, v);
	size_t first;

	if (!is_current(t, col))
		build_index(t, col);
	first = rmk_map_get(&t->indexes[col].map, key);
	rmk_arena_reset(&t->scratch, mark);
	return first;
}

bool
sql_table_find(
    struct sql_table *t, size_t col, sqlite3_value *value, size_t **rows, size_t *n)
{
	struct sql_index *index = &t->indexes[col];
	int kind = sqlite3_value_type(value);
	size_t first, count = 0;

	*rows = NULL;
	*n = 0;
	// Only SQLite's own comparison can tell.
	if (kind == SQLITE_BLOB || kind == SQLITE_NULL)
		return false;
	first = vtab_lookup_chain(t, col, sql_value_given(value));
	for (size_t r = first; r != RMK_NONE; r = index->next[r])
		count += !t->draft->rows[r].deleted;
	if (count == 0)
		return true;
	*rows = sqlite3_malloc64(count * sizeof **rows);
	if (!*rows)
		return false;
	for (size_t r = first; r != RMK_NONE; r = index->next[r]) {
		if (!t->draft->rows[r].deleted)
			(*rows)[(*n)++] = r;
	}
	return true;
}

struct sql_match
sql_table_first(struct sql_table *t, size_t col, const struct sql_value *v)
{
	size_t first = vtab_lookup_chain(t, col, *v);
	const struct sql_index *index = &t->indexes[col];
	struct sql_match match = {.row = RMK_NONE};

	for (size_t row = first; row != RMK_NONE; row = index->next[row]) {
		struct rmk_arena_mark mark = rmk_arena_mark(&t->scratch);
		struct sql_value shown = sql_table_at(
		    t, row, (struct sql_column){SQL_SHOWN, col});
		bool found = !t->draft->rows[row].deleted && sql_value_eq(&shown, v);

		rmk_arena_reset(&t->scratch, mark);
		if (!found)
			continue;
		match.row = row;
		match.alone = row == first && index->next[row] == RMK_NONE;
		match.mixed = index->mixed[row];
		break;
	}
	return match;
}

static void
add_key(struct sql_table *t, struct sql_key_index *keys, size_t row)
{
	struct rmk_arena_mark mark = rmk_arena_mark(&t->scratch);
	struct rmk_str key = rmk_value_key(
	    &t->scratch, sql_table_seen(t, row, t->schema->key));
	size_t older = rmk_map_get(&keys->map, key);

	if (older == RMK_NONE)
		key = rmk_str_copy(&keys->arena, key);
	*rmk_map_put(&keys->map, key) = row;
	*RMK_PUSH(&keys->arena, keys->older, keys->nrows, keys->cap) = older;
	rmk_arena_reset(&t->scratch, mark);
}

// Rows that only came are added; anything else makes the index anew.
static void
bring_keys_up_to_date(struct sql_table *t)
{
	struct sql_key_index *keys = &t->keys;
	const struct rmk_draft *d = t->draft;

	if (!keys->built || keys->built_at < d->column_at[t->schema->key] ||
	    keys->built_at < d->taken_at) {
		rmk_arena_free(&keys->arena);
		*keys = (struct sql_key_index){.map.arena = &keys->arena, .built = true};
	}
	while (keys->nrows < d->nrows)
		add_key(t, keys, keys->nrows);
	keys->built_at = d->clock;
}

size_t
sql_table_row_of_key(struct sql_table *t, sqlite3_value **values, bool *several)
{
	struct rmk_arena_mark mark = rmk_arena_mark(&t->scratch);
	struct rmk_str content = sql_table_given(t, values, t->schema->key).text;
	struct rmk_str key = rmk_value_key(
	    &t->scratch, rmk_cell_raw(&t->scratch, content));
	size_t found = RMK_NONE, n = 0;

	*several = false;
	if (key.n)
		bring_keys_up_to_date(t);
	for (size_t row = key.n ? rmk_map_get(&t->keys.map, key) : RMK_NONE;
	     row != RMK_NONE && n < 2; row = t->keys.older[row]) {
		if (t->draft->rows[row].deleted)
			continue;
		found = n++ ? found : row;
	}
	*several = n > 1;
	rmk_arena_reset(&t->scratch, mark);
	return found;
}
