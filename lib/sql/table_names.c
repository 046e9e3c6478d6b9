// The names of tables, and the schema that SQLite reads them from.
//
// SQLite learns of a table by a row of its schema, as if the table had been made long ago:
// it connects to the table when a statement first names it. CREATE VIRTUAL TABLE would
// look at all the tables there are, for each one anew, and connect to every one. It is told
// of those only whose names stand somewhere in the statements: its own table of names has 64
// slots however many there are, so that all of many would take the square of them.
#include "sql/table_names.h"
#include "base/ascii.h"
#include "base/buf.h"
#include "schema/address.h"

#include <string.h>

// SQLite ignores case in names, so two that differ only by it are shared.
static struct rmk_str
name_key(struct rmk_arena *a, struct rmk_str name)
{
	char *key = rmk_str_c(a, name);

	for (size_t i = 0; i < name.n; i++)
		key[i] = rmk_lower(key[i]);
	return (struct rmk_str){key, name.n};
}

static void
names_push(struct sql_names *names, struct rmk_str key, struct rmk_str said,
    struct sql_table *table)
{
	*rmk_map_put(&names->by_key, key) = names->n;
	*RMK_PUSH(names->arena, names->v, names->n, names->cap) = (struct sql_name){
	    said, table, false};
	if (key.n > names->longest)
		names->longest = key.n;
}

// A name that two tables have, but for case, would lead to the wrong one of them.
static void
add_unique(struct sql_names *names, struct sql_table *tables, const struct rmk_str *said,
    size_t n)
{
	struct rmk_map uses = {.arena = names->arena};
	struct rmk_str *keys = RMK_NEW_N(names->arena, struct rmk_str, n);

	for (size_t i = 0; i < n; i++) {
		size_t *count;

		keys[i] = name_key(names->arena, said[i]);
		count = rmk_map_put(&uses, keys[i]);
		*count = *count == RMK_NONE ? 1 : *count + 1;
	}
	// Names that start with sqlite_ belong to SQLite's own tables.
	for (size_t i = 0; i < n; i++) {
		if (rmk_map_get(&uses, keys[i]) == 1 &&
		    (rmk_str_chr(said[i], '#') != RMK_NONE ||
			!rmk_str_starts(keys[i], RMK_STR("sqlite_"))))
			names_push(names, keys[i], said[i], &tables[i]);
	}
}

void
sql_names_make(struct sql_names *names, struct sql_table *tables, size_t n)
{
	struct rmk_str *said = RMK_NEW_N(names->arena, struct rmk_str, n);

	names->by_key.arena = names->arena;
	// No short name holds a '#', so that none is an address.
	for (size_t i = 0; i < n; i++)
		said[i] = rmk_address_name(names->arena, tables[i].doc, tables[i].table);
	add_unique(names, tables, said, n);
	for (size_t i = 0; i < n; i++)
		said[i] = tables[i].address;
	add_unique(names, tables, said, n);
}

static int
declare_name(const struct sql_names *names, size_t i, sqlite3_stmt *insert)
{
	const char *name = rmk_str_c(names->arena, names->v[i].text);

	sqlite3_bind_text(insert, 1, name, -1, SQLITE_STATIC);
	sqlite3_bind_text(insert, 2,
	    sqlite3_mprintf(
		"CREATE VIRTUAL TABLE \"%w\" USING rowmark(%d)", name, (int)i),
	    -1, sqlite3_free);
	sqlite3_step(insert);
	return sqlite3_reset(insert);
}

static bool
is_name_char(char c)
{
	return rmk_is_letter(c) || rmk_is_digit(c) || c == '_' || c == '$' ||
	       (unsigned char)c >= 0x80;
}

// The name in quotes that begins at i, its doubled quotes single; none where it would be
// longer than any table's.
static struct rmk_str
quoted_name(struct rmk_arena *a, struct rmk_str text, size_t i, size_t longest)
{
	char quote = text.s[i] == '[' ? ']' : text.s[i];
	struct rmk_buf out = {.arena = a};

	for (i++; i < text.n && out.n <= longest; i++) {
		if (text.s[i] == quote && i + 1 < text.n && text.s[i + 1] == quote)
			i++;
		else if (text.s[i] == quote)
			return rmk_buf_str(&out);
		rmk_buf_addc(&out, text.s[i]);
	}
	return (struct rmk_str){0};
}

static int
declare_named(
    struct sql_names *names, struct rmk_str name, sqlite3_stmt *insert, size_t *n)
{
	size_t i = name.n ? rmk_map_get(&names->by_key, name_key(names->arena, name))
	                  : RMK_NONE;

	if (i == RMK_NONE || names->v[i].declared)
		return SQLITE_OK;
	names->v[i].declared = true;
	*n += 1;
	return declare_name(names, i, insert);
}

// Every word, and whatever begins with a quote: what is in comments and strings too, since a
// name too many does no harm.
static int
declare_words(
    struct sql_names *names, struct rmk_str text, sqlite3_stmt *insert, size_t *n)
{
	int rc = SQLITE_OK;

	for (size_t i = 0, end; i < text.n && !rc; i = end) {
		struct rmk_arena_mark mark = rmk_arena_mark(names->arena);
		struct rmk_str name = {0};
		size_t had = *n;

		for (end = i; end < text.n && is_name_char(text.s[end]);)
			end++;
		if (end > i)
			name = rmk_str_part(text, i, end - i);
		else if (memchr("\"'`[", text.s[end++], 4))
			name = quoted_name(names->arena, text, i, names->longest);
		rc = declare_named(names, name, insert, n);
		if (*n == had)
			rmk_arena_reset(names->arena, mark);
	}
	return rc;
}

// Who asks SQLite what there is means all.
static bool
asks_for_all(struct rmk_arena *a, struct rmk_str text)
{
	struct rmk_str lower = name_key(a, text);

	return rmk_str_find(lower, RMK_STR("sqlite_")) != RMK_NONE ||
	       rmk_str_find(lower, RMK_STR("pragma_")) != RMK_NONE;
}

static int
declare_meant(
    struct sql_names *names, struct rmk_str text, sqlite3_stmt *insert, size_t *n)
{
	int rc = SQLITE_OK;

	if (!asks_for_all(names->arena, text))
		return declare_words(names, text, insert, n);
	for (size_t i = 0; i < names->n && !rc; i++)
		rc = declare_named(names, names->v[i].text, insert, n);
	return rc;
}

int
sql_names_declare(struct sql_names *names, sqlite3 *db, struct rmk_str text)
{
	sqlite3_stmt *insert = NULL;
	size_t n = 0;
	int rc;

	sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, 0, NULL);
	sqlite3_db_config(db, SQLITE_DBCONFIG_WRITABLE_SCHEMA, 1, NULL);
	rc = sqlite3_prepare_v2(db,
	    "INSERT INTO sqlite_schema VALUES ('table', ?1, ?1, 0, ?2)", -1, &insert,
	    NULL);
	if (!rc)
		rc = sqlite3_exec(db, "BEGIN", NULL, NULL, NULL);
	if (!rc)
		rc = declare_meant(names, text, insert, &n);
	sqlite3_finalize(insert);
	if (!rc)
		rc = sqlite3_exec(db, "COMMIT", NULL, NULL, NULL);
	if (!rc && n)
		rc = sqlite3_exec(db, "PRAGMA writable_schema = RESET", NULL, NULL, NULL);
	sqlite3_db_config(db, SQLITE_DBCONFIG_WRITABLE_SCHEMA, 0, NULL);
	return rc;
}

struct rmk_str
sql_names_shortest(const struct sql_names *names, const struct sql_table *table)
{
	size_t i = 0;

	while (i < names->n && names->v[i].table != table)
		i++;
	return i < names->n ? names->v[i].text : table->address;
}
