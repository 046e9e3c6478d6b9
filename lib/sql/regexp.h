// SQL functions that SQLite leaves to its host. Internal.
//
//	SELECT * FROM papers WHERE Title REGEXP 'Lo(RA|RD)'
#ifndef RMK_SQL_REGEXP_H
#define RMK_SQL_REGEXP_H

#include "sql/vtab.h"

// REGEXP: `text REGEXP pattern`, a POSIX extended regular expression.
int sql_func_register(sqlite3 *db);

#endif
