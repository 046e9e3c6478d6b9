// A view: see view.h.
#include "sql/view.h"

#include "gfm/cells.h"
#include "sql/sql.h"

#include <string.h>

struct view_table {
	struct rmk_arena *a;
	struct rmk_buf *out;
	size_t statements, rows;
	bool ordered;
};

// --- whether the rows have an order ---------------------------------------------

// Behind what begins at a byte and is no word: a string, a quoted name, a comment.
static size_t
view_skip(struct rmk_str s, size_t at)
{
	static const char *const pairs[][2] = {
	    {"'", "'"}, {"\"", "\""}, {"`", "`"}, {"[", "]"}, {"--", "\n"}, {"/*", "*/"}};
	struct rmk_str rest = rmk_str_from(s, at);

	for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
		size_t open = strlen(pairs[i][0]), end;

		if (!rmk_str_starts(rest, rmk_str_of(pairs[i][0])))
			continue;
		end = rmk_str_find(rmk_str_from(rest, open), rmk_str_of(pairs[i][1]));
		return end == RMK_NONE ? s.n : at + open + end + strlen(pairs[i][1]);
	}
	return at;
}

static bool
view_is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || (c & 0x80);
}

// ORDER BY outside all parentheses orders the rows that come out.
static bool
view_is_ordered(struct rmk_str s)
{
	struct rmk_str before = {0};
	int depth = 0;

	for (size_t i = 0; i < s.n;) {
		size_t behind = view_skip(s, i), end = i;

		if (behind > i) {
			i = behind;
			continue;
		}
		depth += s.s[i] == '(' ? 1 : s.s[i] == ')' ? -1 : 0;
		while (end < s.n && view_is_letter(s.s[end]))
			end++;
		if (end == i) {
			i++;
			continue;
		}
		struct rmk_str word = rmk_str_part(s, i, end - i);
		if (depth == 0 && rmk_str_eq_nocase(before, RMK_STR("order")) &&
		    rmk_str_eq_nocase(word, RMK_STR("by")))
			return true;
		before = word;
		i = end;
	}
	return false;
}

// --- the table ------------------------------------------------------------------

// One line, its pipes escaped.
static void
view_cell(struct view_table *v, struct rmk_str text)
{
	struct rmk_buf line = {.arena = v->a};

	for (size_t i = 0; i < text.n; i++)
		rmk_buf_addc(&line, (unsigned char)text.s[i] < ' ' || text.s[i] == 0x7F
					? ' '
					: text.s[i]);
	text = rmk_str_trim(rmk_buf_str(&line));
	rmk_buf_printf(v->out, "| %.*s ", RMK_FMT(rmk_cell_raw(v->a, text)));
}

static enum rmk_code
view_columns(void *ctx, const struct rmk_str *names, size_t n, struct rmk_err *err)
{
	struct view_table *v = ctx;

	if (v->statements++)
		return rmk_fail(err, RMK_REFUSED, "a view is one statement");
	for (size_t i = 0; i < n; i++)
		view_cell(v, names[i]);
	rmk_buf_adds(v->out, "|\n");
	for (size_t i = 0; i < n; i++)
		rmk_buf_adds(v->out, "|---");
	rmk_buf_adds(v->out, "|\n");
	return RMK_OK;
}

static enum rmk_code
view_row(void *ctx, const struct rmk_sql_value *values, size_t n, struct rmk_err *err)
{
	struct view_table *v = ctx;

	if (++v->rows == 2 && !v->ordered)
		return rmk_fail(err, RMK_REFUSED,
		    "several rows need ORDER BY: without it they may come in any order");
	if (v->rows > RMK_VIEW_ROWS || v->out->n > RMK_VIEW_BYTES)
		return rmk_fail(err, RMK_TOO_BIG,
		    "a view has at most %d rows, and %zu bytes", RMK_VIEW_ROWS,
		    RMK_VIEW_BYTES);
	for (size_t i = 0; i < n; i++)
		view_cell(v, values[i].text);
	rmk_buf_adds(v->out, "|\n");
	return RMK_OK;
}

enum rmk_code
rmk_view_make(struct rmk_arena *a, const struct rmk_doc *doc, struct rmk_str statement,
    struct rmk_buf *out, struct rmk_err *err)
{
	const struct rmk_sql_opts opts = {.view = true, .steps = RMK_VIEW_STEPS};
	struct view_table v = {.a = a, .out = out, .ordered = view_is_ordered(statement)};
	const struct rmk_sql_sink sink = {
	    .columns = view_columns, .row = view_row, .ctx = &v};
	struct rmk_sql *sql;
	enum rmk_code code = rmk_sql_open(a, &doc, 1, &opts, &sql, err);

	if (code)
		return code;
	code = rmk_sql_run(a, sql, statement, NULL, 0, &sink, err);
	rmk_sql_close(sql);
	if (code == RMK_INVALID) // SQLite's words: a view that is wrong is refused
		code = err->code = RMK_REFUSED;
	return code;
}
