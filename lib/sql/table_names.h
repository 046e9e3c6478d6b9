// What tables are called in SQL, and how SQLite is told of them. Internal.
//
//	README.md#papers ──▶ papers               where no other table is called so
//	                 └─▶ "README.md#papers"   always
#ifndef RMK_SQL_TABLE_NAMES_H
#define RMK_SQL_TABLE_NAMES_H

#include "sql/vtab.h"

// Several names may lead to one table. Short ones stand first.
struct sql_name {
	struct rmk_str text;
	struct sql_table *table;
};

struct sql_names {
	struct rmk_arena *arena;
	struct sql_name *v;
	size_t n, cap;
};

void sql_names_make(struct sql_names *names, struct sql_table *tables, size_t n);

// Tell SQLite of them all: name i is CREATE VIRTUAL TABLE ... USING rowmark(i). To be done
// before the connection is guarded.
int sql_names_declare(const struct sql_names *names, sqlite3 *db);

struct rmk_str sql_names_shortest(
    const struct sql_names *names, const struct sql_table *table);

#endif
