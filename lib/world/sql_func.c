// REGEXP, which SQLite parses but does not have.
#include "world/sql_func.h"

#include <regex.h>

static void
free_regex(void *regex)
{
	regfree(regex);
	sqlite3_free(regex);
}

// The compiled pattern, kept by SQLite as long as the pattern is the same constant.
static regex_t *
compile(sqlite3_context *ctx, sqlite3_value *pattern)
{
	regex_t *regex = sqlite3_malloc(sizeof *regex);
	char why[200];
	int rc;

	if (!regex) {
		sqlite3_result_error_nomem(ctx);
		return NULL;
	}
	rc = regcomp(
	    regex, (const char *)sqlite3_value_text(pattern), REG_EXTENDED | REG_NOSUB);
	if (rc) {
		regerror(rc, regex, why, sizeof why);
		sqlite3_free(regex);
		sqlite3_result_error(ctx, why, -1);
		return NULL;
	}
	return regex;
}

static void
regexp(sqlite3_context *ctx, int argc, sqlite3_value **argv)
{
	regex_t *regex = sqlite3_get_auxdata(ctx, 0);
	bool kept = regex != NULL;

	(void)argc;
	if (sqlite3_value_type(argv[0]) == SQLITE_NULL ||
	    sqlite3_value_type(argv[1]) == SQLITE_NULL)
		return;
	if (!regex && !(regex = compile(ctx, argv[0])))
		return;
	sqlite3_result_int(ctx,
	    regexec(regex, (const char *)sqlite3_value_text(argv[1]), 0, NULL, 0) == 0);
	if (!kept)
		sqlite3_set_auxdata(ctx, 0, regex, free_regex);
}

int
sql_func_register(sqlite3 *db)
{
	return sqlite3_create_function_v2(db, "regexp", 2,
	    SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS, NULL, regexp, NULL,
	    NULL, NULL);
}
