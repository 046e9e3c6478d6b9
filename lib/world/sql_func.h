// SQL functions that SQLite leaves to its host. Internal.
#ifndef RMK_WORLD_SQL_FUNC_H
#define RMK_WORLD_SQL_FUNC_H

#include "world/sql_vtab.h"

// REGEXP: `text REGEXP pattern`, a POSIX extended regular expression.
int sql_func_register(sqlite3 *db);

#endif
