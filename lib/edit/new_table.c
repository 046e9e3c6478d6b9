// A table from nothing: see new_table.h.
#include "edit/new_table.h"

#include "base/ascii.h"
#include "base/buf.h"
#include "edit/edit.h"
#include "gfm/cells.h"
#include "schema/schema.h"
#include "schema/status_words.h"
#include "table/value.h"

// --- columns ----------------------------------------------------------------------

static bool
is_rule(struct rmk_str rules)
{
	static const char *const names[] = {"key", "link", "required", "unique", "text",
	    "integer", "number", "date", "path", "flag", "status", "enum", "ref", "min",
	    "max", "pattern", "owner", "id"};
	size_t n = 0;

	while (n < rules.n && rmk_is_letter(rules.s[n]))
		n++;
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		if (rmk_str_eq(rmk_str_part(rules, 0, n), rmk_str_of(names[i])))
			return true;
	}
	return false;
}

// "todo, doing, done": words of progress, one behind the other.
static bool
are_statuses(struct rmk_arena *a, struct rmk_str list)
{
	bool open = false, over = false;
	struct rmk_str value;
	size_t n;

	while (rmk_str_split(&list, ',', &value)) {
		const struct rmk_word *word = rmk_words_of(
		    rmk_value_key(a, rmk_str_trim(value)), &n);
		enum rmk_progress is;

		if (n == 0)
			return false;
		is = rmk_progress_of_rank(word->rank);
		open |= is == RMK_TODO || is == RMK_DOING;
		over |= is == RMK_DONE;
	}
	return open && over;
}

static struct rmk_str
as_scale(struct rmk_arena *a, struct rmk_str list)
{
	struct rmk_buf b = {.arena = a};
	struct rmk_str value;

	while (rmk_str_split(&list, ',', &value))
		rmk_buf_printf(&b, "%s%.*s",
		    b.n ? " < " : "status = ", RMK_FMT(rmk_str_trim(value)));
	return rmk_buf_str(&b);
}

struct rmk_new_column
rmk_new_column_parse(struct rmk_arena *a, struct rmk_str typed)
{
	struct rmk_new_column c = {.label = rmk_str_trim(typed)};
	bool quoted = rmk_str_starts(c.label, RMK_STR("\""));
	struct rmk_str behind = rmk_str_from(c.label, quoted);
	size_t end = rmk_str_chr(behind, quoted ? '"' : ':');

	if (end == RMK_NONE)
		return c;
	c.label = rmk_str_trim(rmk_str_part(behind, 0, end));
	c.rules = rmk_str_trim(rmk_str_from(behind, end + 1));
	if (rmk_str_starts(c.rules, RMK_STR(":")))
		c.rules = rmk_str_trim(rmk_str_from(c.rules, 1));
	if (c.rules.n == 0 || is_rule(c.rules))
		return c;
	if (rmk_str_chr(c.rules, '<') != RMK_NONE)
		c.rules = rmk_str_printf(a, "status = %.*s", RMK_FMT(c.rules));
	else if (are_statuses(a, c.rules))
		c.rules = as_scale(a, c.rules);
	else if (rmk_str_chr(c.rules, ',') != RMK_NONE)
		c.rules = rmk_str_printf(a, "enum = %.*s", RMK_FMT(c.rules));
	return c;
}

// --- text -------------------------------------------------------------------------

// The name that a declaration gives: letters, digits, '-' and '_'.
static void
add_declared_name(struct rmk_buf *b, const struct rmk_new_table *t)
{
	struct rmk_str heading = t->name.n ? t->name : t->heading;
	size_t before = b->n;

	for (size_t i = 0; i < heading.n; i++) {
		char ch = heading.s[i];

		if (rmk_is_letter(ch) || rmk_is_digit(ch) || ch == '_')
			rmk_buf_addc(b, (char)(ch >= 'A' && ch <= 'Z' ? ch + 32 : ch));
		else if (b->n > before && b->s[b->n - 1] != '-')
			rmk_buf_addc(b, '-');
	}
	while (b->n > before && b->s[b->n - 1] == '-')
		b->n--;
	if (b->n == before)
		rmk_buf_adds(b, "table");
}

static void
add_declaration(struct rmk_buf *b, const struct rmk_new_table *t)
{
	bool any = false;

	for (size_t i = 0; i < t->ncolumns; i++) {
		const struct rmk_new_column *c = &t->columns[i];
		bool quote = rmk_str_chr(c->label, ':') != RMK_NONE ||
		             rmk_str_chr(c->label, ';') != RMK_NONE;

		if (c->rules.n == 0)
			continue;
		if (!any) {
			rmk_buf_adds(b, "<!-- rowmark: ");
			add_declared_name(b, t);
			rmk_buf_addc(b, '\n');
		}
		any = true;
		rmk_buf_printf(b, "%s%.*s%s: %.*s\n", quote ? "\"" : "",
		    RMK_FMT(c->label), quote ? "\"" : "", RMK_FMT(c->rules));
	}
	if (any)
		rmk_buf_adds(b, "-->\n\n");
}

static void
add_header(struct rmk_buf *b, const struct rmk_new_table *t)
{
	for (size_t i = 0; i < t->ncolumns; i++) {
		rmk_buf_adds(b, i ? " | " : "| ");
		rmk_buf_add(b, rmk_cell_raw(b->arena, t->columns[i].label));
	}
	rmk_buf_adds(b, " |\n");
	for (size_t i = 0; i < t->ncolumns; i++)
		rmk_buf_adds(b, "|---");
	rmk_buf_adds(b, "|\n");
}

// Header and delimiter row as they stand there, the declaration with another name.
static void
add_like(struct rmk_buf *b, const struct rmk_new_table *t)
{
	const struct rmk_doc *doc = t->like;
	const struct rmk_table *table = &doc->tables[t->like_table];
	struct rmk_str decl = rmk_doc_str(doc, table->decl), word = RMK_STR("rowmark:");
	size_t at = rmk_str_find(decl, word);
	const struct rmk_row *rows[] = {&table->header, &table->delim};

	if (at != RMK_NONE) {
		size_t end = at + word.n;

		rmk_buf_add(b, rmk_str_part(decl, 0, end));
		rmk_buf_addc(b, ' ');
		add_declared_name(b, t);
		while (end < decl.n && decl.s[end] == ' ')
			end++;
		while (end < decl.n &&
		       (rmk_is_letter(decl.s[end]) || rmk_is_digit(decl.s[end]) ||
			   decl.s[end] == '-' || decl.s[end] == '_'))
			end++;
		rmk_buf_add(b, rmk_str_from(decl, end));
		rmk_buf_adds(b, "\n\n");
	}
	for (size_t i = 0; i < 2; i++) {
		size_t prefix = rows[i]->at - rows[i]->span.at;

		rmk_buf_add(b, rmk_str_from(rmk_doc_str(doc, rows[i]->span), prefix));
		rmk_buf_addc(b, '\n');
	}
}

// What is added has the file's line ends.
static struct rmk_str
with_ends_of(struct rmk_arena *a, struct rmk_str text, struct rmk_str added)
{
	size_t first = rmk_str_chr(text, '\n');
	struct rmk_buf b = {.arena = a};

	if (first == RMK_NONE || first == 0 || text.s[first - 1] != '\r')
		return added;
	for (size_t i = 0; i < added.n; i++) {
		if (added.s[i] == '\n' && (i == 0 || added.s[i - 1] != '\r'))
			rmk_buf_addc(&b, '\r');
		rmk_buf_addc(&b, added.s[i]);
	}
	return rmk_buf_str(&b);
}

// --- the gate ---------------------------------------------------------------------

static enum rmk_code
new_table_check(struct rmk_arena *a, struct rmk_str path, struct rmk_str before,
    struct rmk_str made, const struct rmk_new_table *t, struct rmk_err *err)
{
	size_t ncols = t->like ? t->like->tables[t->like_table].ncols : t->ncolumns;
	struct rmk_doc *old, *new_;
	struct rmk_schema *schema;

	if (rmk_doc_parse(a, path, before, RMK_PARSE_ALL, &old, err) ||
	    rmk_doc_parse(a, path, made, RMK_PARSE_ALL, &new_, err))
		return err->code;
	if (new_->ntables != old->ntables + 1 ||
	    new_->tables[old->ntables].ncols != ncols ||
	    new_->tables[old->ntables].containers || new_->tables[old->ntables].read_only)
		return rmk_fail(err, RMK_REFUSED,
		    "%.*s: what is added at the end would be no table of %zu columns",
		    RMK_FMT(path), ncols);
	schema = rmk_schema_of(a, new_, old->ntables);
	if (schema->nproblems)
		return rmk_fail(
		    err, RMK_INVALID, "%.*s", RMK_FMT(schema->problems[0].msg));
	for (size_t i = 0; i < ncols; i++) {
		for (size_t k = 0; k < i; k++) {
			if (rmk_str_eq(schema->fields[i].key, schema->fields[k].key))
				return rmk_fail(err, RMK_INVALID,
				    "two columns are called '%.*s'",
				    RMK_FMT(schema->fields[i].label));
		}
	}
	return RMK_OK;
}

enum rmk_code
rmk_table_append(struct rmk_arena *a, struct rmk_str path, struct rmk_str text,
    const struct rmk_new_table *t, struct rmk_str *out, struct rmk_err *err)
{
	struct rmk_buf b = {.arena = a}, all = {.arena = a};
	struct rmk_str trimmed = rmk_str_trim(text);

	for (size_t i = 0; i < t->ncolumns; i++) {
		if (t->columns[i].label.n == 0)
			return rmk_fail(err, RMK_INVALID, "a column without a name");
		if (rmk_edit_value_ok(t->columns[i].label, err) ||
		    rmk_edit_value_ok(t->columns[i].rules, err))
			return err->code;
	}
	if (text.n)
		rmk_buf_adds(&b, text.s[text.n - 1] == '\n' ? "\n" : "\n\n");
	if (t->heading.n)
		rmk_buf_printf(
		    &b, "%s %.*s\n\n", trimmed.n ? "##" : "#", RMK_FMT(t->heading));
	if (t->like) {
		add_like(&b, t);
	} else {
		add_declaration(&b, t);
		add_header(&b, t);
	}
	rmk_buf_add(&all, text);
	rmk_buf_add(&all, with_ends_of(a, text, rmk_buf_str(&b)));
	if (new_table_check(a, path, text, rmk_buf_str(&all), t, err))
		return err->code;
	*out = rmk_buf_str(&all);
	return RMK_OK;
}
