// What tables are called in SQL, and how SQLite learns of them. Internal.
//
//	README.md#papers ──▶ papers               where no other table is called so
//	                 └─▶ "README.md#papers"   always
#ifndef RMK_SQL_TABLE_NAMES_H
#define RMK_SQL_TABLE_NAMES_H

#include "sql/vtab.h"

// Several names may lead to one table. Short ones come first.
struct sql_name {
	struct rmk_str text;
	struct sql_table *table;
	bool declared; // SQLite has been told
};

struct sql_names {
	struct rmk_arena *arena;
	struct sql_name *v;
	size_t n, cap;
	struct rmk_map by_key; // in lower case
	size_t longest;        // bytes of a name
};

void sql_names_make(struct sql_names *names, struct sql_table *tables, size_t n);

// Tell SQLite of those that may be meant in a text of SQL: name i is CREATE VIRTUAL TABLE ...
// USING rowmark(i). The connection's guards are down afterwards.
int sql_names_declare(struct sql_names *names, sqlite3 *db, struct rmk_str text);

struct rmk_str sql_names_shortest(
    const struct sql_names *names, const struct sql_table *table);

#endif
