// What a statement may reach: tables, and nothing else. Internal.
//
//	SELECT, INSERT, UPDATE, DELETE ──▶ allowed
//	ATTACH, PRAGMA, BEGIN, ...     ──▶ sql_authorizer_forbids says what it is
#ifndef RMK_SQL_AUTHORIZER_H
#define RMK_SQL_AUTHORIZER_H

#include <sqlite3.h>

// The connection's own settings and limits.
void sql_authorizer_settings(sqlite3 *db);

// What an action of the authorizer is called, when it is forbidden; NULL: it is not.
const char *sql_authorizer_forbids(int action, const char *second);

// The same for a view, which says the same tomorrow.
const char *sql_authorizer_forbids_view(int action, const char *second);

#endif
