// The virtual table module, for the connection of sql.c and for the loadable extension.
// Internal: not installed for others.
//
//	catalog ── open(argument) ──▶ sql_table ── draft ── document
#ifndef RMK_SQL_VTAB_H
#define RMK_SQL_VTAB_H

#ifdef RMK_SQL_EXTENSION
#include <sqlite3ext.h>
SQLITE_EXTENSION_INIT3
#else
#include <sqlite3.h>
#endif
#if SQLITE_VERSION_NUMBER < 3038000
#error "SQLite: another version is wanted, 3.38 or later (libsqlite3-dev)"
#endif

#include "base/map.h"
#include "edit/draft.h"
#include "schema/schema.h"

// Rows of a column, deleted ones too, by a key of their value: built when first
// asked for, and anew when the column has changed since or rows came.
struct sql_index {
	struct rmk_arena arena;
	struct rmk_map map; // key of a value to first row
	size_t *next;       // [nrows] the next row with the same value, or RMK_NONE
	bool *mixed;        // [nrows] whether its and the next ones' Markdown differs
	uint64_t built_at;  // the draft's clock
	bool built;
};

// Rows by their key, folded as 'rowmark add' compares keys. Rows that came since are added.
struct sql_key_index {
	struct rmk_arena arena;
	struct rmk_map map; // to the newest row
	size_t *older, nrows,
	    cap; // [nrows] the row before with the same key, or RMK_NONE
	uint64_t built_at;
	bool built;
};

struct sql_table {
	struct rmk_arena *arena;
	struct sql_catalog *catalog;
	struct rmk_arena scratch; // of one value
	const struct rmk_doc *doc;
	size_t table;
	struct rmk_str address;
	const struct rmk_schema *schema;
	struct rmk_draft *draft;
	struct sql_index *indexes; // [ncols]
	struct sql_key_index keys;
	bool wide; // has the hidden columns of each column
	bool writable;
	size_t cursors; // open ones, which go on reading what they began with
	// The extension's: bring the table up to date before a read or a write, and put a
	// transaction into the file. NULL in a connection of sql.c, which hands the edits out.
	enum rmk_code (*refresh)(struct sql_table *t, bool to_write, struct rmk_err *err);
	enum rmk_code (*flush)(struct sql_table *t, struct rmk_err *err);
	void (*release)(struct sql_table *t);
	void *owner;
};

// Where an open cursor is, for values that are copied with their Markdown.
struct sql_place {
	struct sql_place *next;
	struct sql_table *t;
	size_t row;                 // RMK_NONE: behind the last, or before the first
	const struct sql_table *to; // whose columns were looked for last:
	size_t *same; // [to's ncols] the column here that is called so, or RMK_NONE
	size_t key;   // to's column that is called as the key here, or RMK_NONE
};

struct sql_catalog {
	struct sql_place *places;
	enum rmk_code (*open)(void *ctx, int argc, const char *const *argv,
	    struct sql_table **out, struct rmk_err *err);
	void *ctx;
};

// What kind of column a number of the virtual table is, and of which column.
enum sql_part {
	SQL_SHOWN,
	SQL_RAW,
	SQL_URL,
	SQL_LABEL,
	SQL_FILE,
	SQL_TABLE_NAME,
	SQL_LINE,
	SQL_ROW,
	SQL_STATUS
};

#define SQL_PARTS 3    // hidden columns of each column: RAW, URL, LABEL
#define SQL_SPECIALS 5 // of the table: FILE and those behind it

struct sql_column {
	enum sql_part part;
	size_t col;
};

// gone is called with the catalog when the connection has no more use for it; or NULL.
int sql_vtab_register(sqlite3 *db, struct sql_catalog *catalog, void (*gone)(void *));

// One value of SQL, apart from SQLite.
struct sql_value {
	enum { SQL_VALUE_NULL, SQL_VALUE_INTEGER, SQL_VALUE_REAL, SQL_VALUE_TEXT } kind;
	sqlite3_int64 integer;
	double real;
	struct rmk_str text;
};

// A real number that is whole and below this is an integer, in a column of numbers.
#define SQL_WHOLE_MOST 0x1p63

// vtab_columns.c: the columns of a table, for SQLite.
struct rmk_str sql_table_declare(struct sql_table *t, struct rmk_arena *a);

// vtab_values.c: what is in it. Values live in its scratch arena.
void sql_table_init(struct sql_table *t, struct rmk_arena *a, const struct rmk_doc *doc,
    size_t table, struct rmk_str address);
void sql_table_free(struct sql_table *t); // what it holds beside its arena
struct sql_column sql_table_column(const struct sql_table *t, int number);
struct rmk_str sql_table_raw(struct sql_table *t, size_t row, size_t col);
// The same with links by reference as links, for what a reader sees.
struct rmk_str sql_table_seen(struct sql_table *t, size_t row, size_t col);
struct sql_value sql_table_at(struct sql_table *t, size_t row, struct sql_column c);
void sql_table_value(struct sql_table *t, sqlite3_context *ctx, size_t row, int number);
struct sql_value sql_value_given(sqlite3_value *from);
// What a column is given in an INSERT: X, else X_raw.
struct sql_value sql_table_given(
    const struct sql_table *t, sqlite3_value **values, size_t col);
// A number that is the whole text, as SQLite's numeric affinity reads it.
bool sql_value_read_number(struct rmk_str text, struct sql_value *out);

// vtab_lookup.c: the rows whose column col may equal value, in order, in memory of
// sqlite3_malloc; false when the value cannot be looked up and every row must be read.
bool sql_table_find(
    struct sql_table *t, size_t col, sqlite3_value *value, size_t **rows, size_t *n);

// The first live row whose column shows a value, or RMK_NONE; whether no other row does, and
// whether the Markdown of others differs.
struct sql_match {
	size_t row;
	bool alone, mixed;
};
struct sql_match sql_table_first(
    struct sql_table *t, size_t col, const struct sql_value *v);
// The last live row with the key of the values for a row; RMK_NONE where there is none, or
// the key is empty. several: more rows than one have it.
size_t sql_table_row_of_key(struct sql_table *t, sqlite3_value **values, bool *several);
bool sql_value_eq(const struct sql_value *a, const struct sql_value *b);

// vtab_markup.c: the Markdown of the cell that a new row's value was read from, in a column
// of the same name; s is NULL where there is none. RMK_AMBIGUOUS when several could be meant.
enum rmk_code sql_table_markup(struct sql_table *t, sqlite3_value **values, size_t col,
    struct rmk_str *out, struct rmk_err *err);

// vtab_write.c
enum rmk_code sql_table_insert(
    struct sql_table *t, sqlite3_value **values, size_t *row, struct rmk_err *err);
// The same in place of a row.
enum rmk_code sql_table_replace(
    struct sql_table *t, sqlite3_value **values, size_t row, struct rmk_err *err);
enum rmk_code sql_table_update(
    struct sql_table *t, sqlite3_value **values, size_t row, struct rmk_err *err);

#endif
