// REGEXP, which SQLite parses but does not have: the C library's extended expressions.
//
// Nothing can stop the C library once it runs, so what may run for ever is refused before:
// back-references take exponential time, and repetitions in repetitions exponential memory.
#include "sql/regexp.h"
#include "base/ascii.h"

#include <regex.h>
#include <string.h>

// A pattern as long as a paragraph, whose counted repetitions write it out to a page.
#define PATTERN_MOST 1000
#define WRITTEN_OUT_MOST 100000

// Why a pattern is refused, or NULL. The product of the counts is at least as large as what
// nested repetitions come to.
static const char *
refuse_pattern(const char *p)
{
	size_t n = strlen(p), product = n, number = 0;

	if (n > PATTERN_MOST)
		return "a regular expression longer than 1000 bytes";
	for (; *p; p++) {
		if (p[0] == '\\' && p[1] >= '1' && p[1] <= '9')
			return "a back-reference in a regular expression";
		p += p[0] == '\\' && p[1];
		number = rmk_is_digit(*p) ? number * 10 + (size_t)(*p - '0') : 0;
		if (number && (p[1] == ',' || p[1] == '}'))
			product *= number;
		if (number > WRITTEN_OUT_MOST || product > WRITTEN_OUT_MOST)
			return "a regular expression that repeats repetitions";
	}
	return NULL;
}

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
	const char *text = (const char *)sqlite3_value_text(pattern);
	const char *refused = text ? refuse_pattern(text) : NULL;
	regex_t *regex = text && !refused ? sqlite3_malloc(sizeof *regex) : NULL;
	char why[200];
	int rc;

	if (refused)
		sqlite3_result_error(ctx, refused, -1);
	else if (!regex)
		sqlite3_result_error_nomem(ctx);
	if (!regex)
		return NULL;
	rc = regcomp(regex, text, REG_EXTENDED | REG_NOSUB);
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
	if (!kept) // may free it at once: nothing is read after this
		sqlite3_set_auxdata(ctx, 0, regex, free_regex);
}

int
sql_func_register(sqlite3 *db)
{
	return sqlite3_create_function_v2(db, "regexp", 2,
	    SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS, NULL, regexp, NULL,
	    NULL, NULL);
}
