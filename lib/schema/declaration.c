// Reading a declaration.
//
//	<!-- rowmark: papers; Paper: key; Go, Rust: status = - < + -->
//	              ^^^^^^  ^^^^^^^^^^  ^^^^^^^^  ^^^^^^^^^^^^^^
//	              name    an entry    columns   rules of an entry
//
//	declaration = "rowmark:" [name] { (";" | line end) entry }
//	entry       = column {"," column} ":" rule {"," rule}  |  "@off:" name {"," name}
//	rule        = type | "key" | "required" | "unique" | "min" N | "max" N
//	            | "owner" | "pattern" "/" regex "/" | "merge" "furthest"
//	            | "id" "=" "random" | "id-prefix" text
//	            | "on" ("doing" | "done" | "closed")
//	            | "closed" "=" value {"," value}
//	type        = "status" ["=" value {("<" | ",") value}] | "enum" "=" value {"," value}
//	            | "ref" table ["." column] | "text" | "integer" | ...
//
// Columns and values may stand in double quotes, and must where they hold a mark of
// this grammar. What follows a list of values and is a rule is read as one. Nothing here
// fails: what is wrong becomes a problem with its place, and the rest counts.
#include "base/utf8.h"
#include "schema/declaration_reader.h"
#include "schema/schema_internal.h"
#include "table/value.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

// --- problems -------------------------------------------------------------------

void
rmk_reader_problem(struct rmk_reader *r, struct rmk_str where, const char *fmt, ...)
{
	struct rmk_schema *s = r->schema;
	struct rmk_span span = {(uint32_t)(where.s - r->doc->text.s), (uint32_t)where.n};
	char text[400];
	struct rmk_str msg;
	va_list args;

	va_start(args, fmt);
	vsnprintf(text, sizeof text, fmt, args);
	va_end(args);
	msg = rmk_str_of(text);
	if (msg.n + 1 == sizeof text && rmk_utf8_invalid(msg) != RMK_NONE)
		msg.n = rmk_utf8_invalid(msg); // cut inside a character
	*RMK_PUSH(r->arena, s->problems, s->nproblems, r->problems_cap) =
	    (struct rmk_schema_problem){span, rmk_str_copy(r->arena, msg)};
}

// A word of five characters may have two mistyped, a long one three.
unsigned
rmk_reader_tolerance(struct rmk_str word)
{
	return word.n < 5 ? 1 : word.n < 10 ? 2 : 3;
}

static void
unknown_column(struct rmk_reader *r, struct rmk_str where, struct rmk_str name)
{
	struct rmk_str key = rmk_value_key(r->arena, name), near = {0};
	unsigned best = rmk_reader_tolerance(key) + 1;

	for (size_t i = 0; i < r->schema->ncols; i++) {
		unsigned d = rmk_str_distance(r->schema->fields[i].key, key, best);

		if (d < best) {
			best = d;
			near = r->schema->fields[i].label;
		}
	}
	if (near.n > 0)
		rmk_reader_problem(r, where, "no column '%.*s'; did you mean '%.*s'?",
		    RMK_FMT(name), RMK_FMT(near));
	else
		rmk_reader_problem(
		    r, where, "no column '%.*s' in this table", RMK_FMT(name));
}

// --- pieces ---------------------------------------------------------------------

// Whether the '/' at byte at starts the regex of a pattern.
static bool
starts_regex(struct rmk_str text, size_t at)
{
	return rmk_str_ends(rmk_str_trim(rmk_str_part(text, 0, at)), RMK_STR("pattern"));
}

struct rmk_str
rmk_reader_take(struct rmk_str *rest, const char *marks, char *mark)
{
	struct rmk_str text = *rest;
	bool quoted = false, regex = false;
	size_t i = 0;

	for (; i < text.n; i++) {
		char c = text.s[i];

		if (regex && c == '\\')
			i++;
		else if (c == '/' && !quoted && (regex || starts_regex(text, i)))
			regex = !regex;
		else if (c == '"' && !regex)
			quoted = !quoted;
		else if (c == '\n' || c == '\r' ||
			 (!quoted && !regex && c && strchr(marks, c)))
			break;
	}
	if (i > text.n)
		i = text.n;
	*mark = i < text.n ? text.s[i] : 0;
	*rest = i < text.n ? rmk_str_from(text, i + 1)
	                   : (struct rmk_str){text.s + text.n, 0};
	return rmk_str_trim(rmk_str_part(text, 0, i));
}

struct rmk_str
rmk_reader_unquote(struct rmk_str text)
{
	if (text.n >= 2 && text.s[0] == '"' && text.s[text.n - 1] == '"')
		return rmk_str_part(text, 1, text.n - 2);
	return text;
}

// --- entries --------------------------------------------------------------------

static struct rmk_field *
find_field(struct rmk_reader *r, struct rmk_str name)
{
	struct rmk_str key = rmk_value_key(r->arena, name);

	for (size_t i = 0; i < r->schema->ncols; i++)
		if (rmk_str_eq(r->schema->fields[i].key, key))
			return &r->schema->fields[i];
	return NULL;
}

static void
add_field(struct rmk_reader *r, struct rmk_str where, struct rmk_field *field)
{
	if (!field) {
		unknown_column(r, where, rmk_reader_unquote(where));
	} else if (field->declared) {
		rmk_reader_problem(
		    r, where, "column '%.*s' is declared already", RMK_FMT(field->label));
	} else {
		field->declared = true;
		field->named = where;
		field->entry = r->entry;
		r->fields[r->nfields++] = field;
	}
}

// Column names separated by commas; or one name that holds commas.
static void
read_columns(struct rmk_reader *r, struct rmk_str names)
{
	struct rmk_field *whole = find_field(r, rmk_reader_unquote(names));
	char mark = ',';

	r->nfields = 0;
	r->has_type = false;
	if (whole) {
		add_field(r, names, whole);
		return;
	}
	while (mark == ',') {
		struct rmk_str name = rmk_reader_take(&names, ",", &mark);

		add_field(r, name, find_field(r, rmk_reader_unquote(name)));
	}
}

static void
read_off(struct rmk_reader *r, struct rmk_str names)
{
	struct rmk_schema *s = r->schema;
	char mark = ',';

	while (mark == ',') {
		struct rmk_str name = rmk_reader_take(&names, ",", &mark);
		size_t n = s->noff, cap = r->off_cap;

		if (name.n == 0) {
			rmk_reader_problem(r, name, "@off needs the names of rules");
			continue;
		}
		*RMK_PUSH(r->arena, s->off, n, cap) = name;
		*RMK_PUSH(
		    r->arena, s->off_spans, s->noff, r->off_cap) = (struct rmk_span){
		    (uint32_t)(name.s - r->doc->text.s), (uint32_t)name.n};
	}
}

static void
declaration_read_entry(struct rmk_reader *r, struct rmk_str entry)
{
	struct rmk_str rest = entry, head;
	char mark;

	r->entry = entry;
	head = rmk_reader_take(&rest, ":", &mark);
	if (mark != ':') {
		rmk_reader_problem(r, entry,
		    "'%.*s' is no entry: wanted 'COLUMN: RULE, RULE'", RMK_FMT(entry));
		return;
	}
	if (head.n > 0 && head.s[0] == '@') {
		if (rmk_str_eq_nocase(head, RMK_STR("@off")))
			read_off(r, rest);
		else
			rmk_reader_problem(
			    r, head, "no '%.*s'; did you mean '@off'?", RMK_FMT(head));
		return;
	}
	read_columns(r, head);
	do {
		struct rmk_str rule = rmk_reader_take(&rest, ",", &mark);

		if (rule.n > 0)
			rmk_reader_rule(r, rule, &rest);
		else
			rmk_reader_problem(r, entry, "an empty rule");
	} while (rest.n > 0);
	rmk_reader_check(r, entry);
}

// --- the declaration ------------------------------------------------------------

// The text of the comment, behind "rowmark:".
static struct rmk_str
body_of(struct rmk_str comment)
{
	struct rmk_str body = comment;
	size_t at = rmk_str_chr(comment, '(');

	if (rmk_str_starts(comment, RMK_STR("<!--"))) {
		body = rmk_str_from(comment, 4);
		if (rmk_str_ends(body, RMK_STR("-->")))
			body.n -= 3;
	} else if (at != RMK_NONE) {
		body = rmk_str_from(comment, at + 1);
		at = rmk_str_rchr(body, ')');
		body = at == RMK_NONE ? body : rmk_str_part(body, 0, at);
	}
	at = rmk_str_chr(body, ':');
	return at == RMK_NONE ? (struct rmk_str){0} : rmk_str_from(body, at + 1);
}

// What an anchor can hold: letters of any script.
static bool
declaration_is_name(struct rmk_str name)
{
	int32_t c;

	for (size_t i = 0; i < name.n;) {
		i += rmk_utf8_decode(name, i, &c);
		if (c != '-' && !rmk_utf8_is_word(c))
			return false;
	}
	return true;
}

// A line in a block quote or list begins with their marks.
static struct rmk_str
without_quote_marks(struct rmk_str entry)
{
	size_t n = 0;

	while (n < entry.n && strchr("> \t", entry.s[n]) && entry.s[n])
		n++;
	return rmk_str_from(entry, n);
}

struct rmk_str
rmk_schema_name(const struct rmk_doc *doc, const struct rmk_table *table)
{
	struct rmk_str rest = body_of(rmk_doc_str(doc, table->decl)), name;
	char mark;

	if (table->decl.len == 0)
		return (struct rmk_str){0};
	name = rmk_reader_take(&rest, ";", &mark);
	return declaration_is_name(name) ? name : (struct rmk_str){0};
}

void
rmk_schema_declare(struct rmk_arena *a, const struct rmk_doc *doc,
    const struct rmk_table *table, struct rmk_schema *schema)
{
	struct rmk_reader r = {.arena = a, .doc = doc, .schema = schema};
	struct rmk_str rest, entry;
	char mark;

	if (table->decl.len == 0)
		return;
	schema->declared = true;
	r.fields = RMK_NEW_N(a, struct rmk_field *, schema->ncols);
	rest = body_of(rmk_doc_str(doc, table->decl));
	entry = rmk_reader_take(&rest, ";", &mark);
	if (declaration_is_name(entry)) {
		schema->name = entry;
	} else if (rmk_str_chr(entry, ':') != RMK_NONE) {
		declaration_read_entry(&r, entry); // no name given
	} else {
		rmk_reader_problem(&r, entry,
		    "'%.*s' is no name: letters, digits, '-' and '_'", RMK_FMT(entry));
	}
	while (rest.n > 0) {
		entry = without_quote_marks(rmk_reader_take(&rest, ";", &mark));
		if (entry.n > 0)
			declaration_read_entry(&r, entry);
	}
}
