// The columns of a virtual table, as they are declared to SQLite.
#include "base/buf.h"
#include "schema/describe.h"
#include "sql/vtab.h"

static void
put_identifier(struct rmk_buf *out, struct rmk_str name)
{
	rmk_buf_addc(out, '"');
	for (size_t i = 0; i < name.n; i++) {
		if (name.s[i] == '"')
			rmk_buf_addc(out, '"');
		if (name.s[i])
			rmk_buf_addc(out, name.s[i]);
	}
	rmk_buf_addc(out, '"');
}

static const char *
affinity(enum rmk_type type)
{
	switch (type) {
	case RMK_INTEGER:
	case RMK_FLAG:
		return "INTEGER";
	case RMK_NUMBER:
		return "NUMERIC";
	default:
		return "TEXT";
	}
}

struct rmk_str
sql_table_declare(struct sql_table *t, struct rmk_arena *a)
{
	static const char *const parts[SQL_PARTS] = {"raw", "url", "label"};
	struct rmk_buf out = {.arena = a};
	struct rmk_map taken = {.arena = a};
	size_t ncols = t->schema->ncols;
	struct rmk_str *names = RMK_NEW_N(a, struct rmk_str, ncols);

	rmk_buf_adds(&out, "CREATE TABLE x(");
	for (size_t c = 0; c < ncols; c++) {
		names[c] = rmk_describe_name(a, &taken, t->schema->fields[c].label, c);
		put_identifier(&out, names[c]);
		rmk_buf_printf(&out, " %s, ", affinity(t->schema->fields[c].type));
	}
	for (size_t c = 0; t->wide && c < ncols; c++) {
		for (size_t p = 0; p < SQL_PARTS; p++) {
			struct rmk_str name = rmk_str_printf(
			    a, "%.*s_%s", RMK_FMT(names[c]), parts[p]);

			put_identifier(&out, rmk_describe_name(a, &taken, name, c));
			rmk_buf_adds(&out, " TEXT HIDDEN, ");
		}
	}
	rmk_buf_adds(&out, "_file TEXT HIDDEN, _table TEXT HIDDEN, _line INTEGER HIDDEN, "
			   "_row INTEGER HIDDEN, _status TEXT HIDDEN)");
	rmk_buf_addc(&out, '\0');
	return rmk_buf_str(&out);
}
