// The names of tables, and the schema that SQLite reads them from.
//
// SQLite is told of a table by a row of its schema, as if the table had been made long ago:
// it connects to the table when a statement first names it. CREATE VIRTUAL TABLE would
// look at all the tables there are, for each one anew, and connect to every one.
#include "sql/table_names.h"
#include "base/ascii.h"
#include "schema/address.h"

// SQLite ignores case in names, so two that differ only by it are shared.
static struct rmk_str
name_key(struct rmk_arena *a, struct rmk_str name)
{
	char *key = rmk_str_c(a, name);

	for (size_t i = 0; i < name.n; i++)
		key[i] = rmk_lower(key[i]);
	return (struct rmk_str){key, name.n};
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
			*RMK_PUSH(names->arena, names->v, names->n,
			    names->cap) = (struct sql_name){said[i], &tables[i]};
	}
}

void
sql_names_make(struct sql_names *names, struct sql_table *tables, size_t n)
{
	struct rmk_str *said = RMK_NEW_N(names->arena, struct rmk_str, n);

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

int
sql_names_declare(const struct sql_names *names, sqlite3 *db)
{
	sqlite3_stmt *insert = NULL;
	int rc;

	sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, 0, NULL);
	sqlite3_db_config(db, SQLITE_DBCONFIG_WRITABLE_SCHEMA, 1, NULL);
	rc = sqlite3_prepare_v2(db,
	    "INSERT INTO sqlite_schema VALUES ('table', ?1, ?1, 0, ?2)", -1, &insert,
	    NULL);
	if (!rc)
		rc = sqlite3_exec(db, "BEGIN", NULL, NULL, NULL);
	for (size_t i = 0; i < names->n && !rc; i++)
		rc = declare_name(names, i, insert);
	sqlite3_finalize(insert);
	return rc ? rc
	          : sqlite3_exec(
			db, "COMMIT; PRAGMA writable_schema = RESET", NULL, NULL, NULL);
}

struct rmk_str
sql_names_shortest(const struct sql_names *names, const struct sql_table *table)
{
	size_t i = 0;

	while (i < names->n && names->v[i].table != table)
		i++;
	return i < names->n ? names->v[i].text : table->address;
}
