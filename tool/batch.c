// Many assignments at once: lines ROW<TAB>VALUE, or JSON objects, one a line.
#include "set_cells.h"
#include "sql/json_object.h"

// A second tab is more likely a column too many than part of a value.
static enum rmk_code
read_tab(struct rmk_str line, struct assignment *w, struct rmk_err *err)
{
	size_t tab = rmk_str_chr(line, '\t');

	if (tab == RMK_NONE)
		return rmk_fail(err, RMK_INVALID,
		    "line %zu: no tab: wanted ROW<TAB>VALUE, or a JSON object", w->line);
	w->row = rmk_str_part(line, 0, tab);
	w->value = rmk_str_from(line, tab + 1);
	if (rmk_str_chr(w->value, '\t') == RMK_NONE)
		return RMK_OK;
	rmk_fail(err, RMK_INVALID, "line %zu: more than one tab: wanted ROW<TAB>VALUE",
	    w->line);
	return rmk_hint(err, "a value that holds a tab can be written as JSON");
}

static struct rmk_str *
member_place(struct assignment *w, struct rmk_str name)
{
	const struct {
		const char *name;
		struct rmk_str *at;
	} places[] = {
	    {"row", &w->row},
	    {"value", &w->value},
	    {"column", &w->column},
	    {"expect", &w->expect},
	    {"table", &w->table},
	};

	for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
		if (rmk_str_eq(name, rmk_str_of(places[i].name)))
			return places[i].at;
	}
	return NULL;
}

static enum rmk_code
read_json(struct rmk_arena *a, struct rmk_sql_json *parser, struct rmk_str line,
    struct assignment *w, struct rmk_err *err)
{
	struct rmk_member *members;
	struct rmk_err why;
	size_t n;

	if (rmk_sql_json_members(a, parser, line, &members, &n, &why))
		return rmk_fail(err, why.code, "line %zu: %s", w->line, why.msg);
	for (size_t i = 0; i < n; i++) {
		struct rmk_str *place = member_place(w, members[i].name);

		if (!place)
			return rmk_fail(err, RMK_INVALID,
			    "line %zu: unknown member \"%.*s\": there are row, value, "
			    "column, expect, table",
			    w->line, RMK_FMT(members[i].name));
		if (!members[i].is_null)
			*place = members[i].value;
	}
	if (!w->row.s || !w->value.s)
		return rmk_fail(err, RMK_INVALID,
		    "line %zu: wanted the members row and value", w->line);
	return RMK_OK;
}

// Lines, with the parser that the JSON ones need.
static enum rmk_code
batch_read_lines(struct call *c, struct rmk_sql_json *parser, struct rmk_str text,
    struct assignment **out, size_t *n, struct rmk_err *err)
{
	struct assignment *v = NULL;
	size_t count = 0, cap = 0, number = 0;
	struct rmk_str line;

	if (rmk_str_starts(text, RMK_STR("\xEF\xBB\xBF")))
		text = rmk_str_from(text, 3);
	while (rmk_str_split(&text, '\n', &line)) {
		struct assignment w = {.line = ++number};

		if (rmk_str_ends(line, RMK_STR("\r")))
			line.n--;
		if (line.n == 0)
			continue;
		if (line.s[0] == '{' ? read_json(c->arena, parser, line, &w, err)
				     : read_tab(line, &w, err))
			return err->code;
		*RMK_PUSH(c->arena, v, count, cap) = w;
	}
	if (count == 0)
		return rmk_fail(err, RMK_INVALID, "--batch: standard input is empty");
	*out = v;
	*n = count;
	return RMK_OK;
}

enum rmk_code
batch_read(struct call *c, struct rmk_str text, struct assignment **out, size_t *n,
    struct rmk_err *err)
{
	struct rmk_sql_json *parser;
	enum rmk_code code;

	if (rmk_sql_json_open(&parser, err))
		return err->code;
	code = batch_read_lines(c, parser, text, out, n, err);
	rmk_sql_json_close(parser);
	return code;
}
