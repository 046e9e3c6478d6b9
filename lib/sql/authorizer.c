// What a statement may reach: see authorizer.h.
#include "sql/authorizer.h"

#include <stdbool.h>
#include <stddef.h>

// Bytes of one value: more than any table holds, less than takes a machine down.
#define VALUE_MOST (100 << 20)

// A pattern of LIKE with many wildcards runs long, and nothing can stop it meanwhile.
#define LIKE_MOST 200

void
sql_authorizer_settings(sqlite3 *db)
{
	sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	sqlite3_db_config(db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
	sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, NULL);
	sqlite3_limit(db, SQLITE_LIMIT_LENGTH, VALUE_MOST);
	sqlite3_limit(db, SQLITE_LIMIT_LIKE_PATTERN_LENGTH, LIKE_MOST);
}

const char *
sql_authorizer_forbids(int action, const char *second)
{
	switch (action) {
	case SQLITE_ATTACH:
		return "ATTACH (or VACUUM INTO)";
	case SQLITE_DETACH:
		return "DETACH";
	case SQLITE_PRAGMA:
		return "PRAGMA";
	case SQLITE_TRANSACTION:
		return "BEGIN, COMMIT or ROLLBACK (all statements of one call are one "
		       "transaction)";
	case SQLITE_ALTER_TABLE:
		return "ALTER TABLE (a table's name and columns stand in the Markdown)";
	case SQLITE_CREATE_VTABLE:
	case SQLITE_DROP_VTABLE:
		return "creating or dropping a virtual table";
	case SQLITE_FUNCTION:
		return second && sqlite3_stricmp(second, "load_extension") == 0
		           ? "load_extension"
		           : NULL;
	default:
		return NULL;
	}
}

// What answers differently when it is asked again.
static bool
is_fickle(const char *function)
{
	static const char *const names[] = {"random", "randomblob", "date", "time",
	    "datetime", "julianday", "unixepoch", "strftime", "timediff", "current_date",
	    "current_time", "current_timestamp", "changes", "total_changes",
	    "last_insert_rowid", "sqlite_version", "sqlite_source_id",
	    "sqlite_compileoption_get", "sqlite_compileoption_used", "load_extension",
	    "sqlite_offset"};

	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (sqlite3_stricmp(function, names[i]) == 0)
			return true;
	return false;
}

const char *
sql_authorizer_forbids_view(int action, const char *second)
{
	if (action == SQLITE_FUNCTION && second && is_fickle(second))
		return "a function of time or chance (a view says the same tomorrow)";
	return sql_authorizer_forbids(action, second);
}
