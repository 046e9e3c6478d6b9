// Schemas in words.
#include "schema/describe.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "table/value.h"

#include <string.h>

// --- a declaration ----------------------------------------------------------------------

static void
put_rule(struct rmk_buf *out, const char *rule)
{
	if (out->n)
		rmk_buf_adds(out, ", ");
	rmk_buf_adds(out, rule);
}

bool
rmk_describe_can_say(struct rmk_str value)
{
	return value.n && rmk_str_chr(value, '"') == RMK_NONE &&
	       rmk_str_find(value, RMK_STR("--")) == RMK_NONE;
}

// A value or a column's name, in quotes where the grammar has marks in it, or a rule.
void
rmk_describe_word(struct rmk_buf *out, struct rmk_str word, const char *marks)
{
	static const char *const rules[] = {
	    "key", "required", "unique", "min", "max", "pattern", "merge"};
	bool quoted = word.n == 0 || word.s[0] == '@' ||
	              rmk_str_chr(word, '=') != RMK_NONE ||
	              rmk_str_eq_nocase(rmk_str_part(word, 0, 4), RMK_STR("on d")) ||
	              rmk_str_eq_nocase(rmk_str_part(word, 0, 4), RMK_STR("on c"));

	for (size_t i = 0; i < word.n; i++)
		quoted |= strchr(marks, word.s[i]) != NULL;
	for (size_t i = 0; i < sizeof rules / sizeof *rules; i++)
		quoted |= rmk_str_eq_nocase(
		    rmk_str_part(word, 0, strlen(rules[i])), rmk_str_of(rules[i]));
	rmk_buf_adds(out, quoted ? "\"" : "");
	rmk_buf_add(out, word);
	rmk_buf_adds(out, quoted ? "\"" : "");
}

// ", closed = A, B": what is over without being done.
static void
put_closed(struct rmk_buf *out, const struct rmk_field *f)
{
	const char *before = ", closed = ";

	for (size_t i = 0; i < f->nterms; i++) {
		if (!f->terms[i].closed)
			continue;
		rmk_buf_adds(out, before);
		rmk_describe_word(out, f->terms[i].raw, ",<;");
		before = ", ";
	}
}

// "A < B, C": the terms in the order of their ranks; those in no order are left out, since
// a declaration would give them one.
static void
put_status(struct rmk_buf *out, const struct rmk_field *f)
{
	rmk_buf_adds(out, "status = ");
	for (uint32_t rank = 0, shown = 0; rank < f->nranks; rank++) {
		const char *before = shown ? " < " : "";

		for (size_t i = 0; i < f->nterms; i++) {
			if (f->terms[i].rank != rank || f->terms[i].closed)
				continue;
			rmk_buf_adds(out, before);
			rmk_describe_word(out, f->terms[i].raw, ",<;");
			before = ", ";
			shown++;
		}
	}
	put_closed(out, f);
}

static void
put_terms(struct rmk_buf *out, const struct rmk_field *f)
{
	rmk_buf_adds(out, "enum = ");
	for (size_t i = 0; i < f->nterms; i++) {
		rmk_buf_adds(out, i ? ", " : "");
		rmk_describe_word(out, f->terms[i].raw, ",;");
	}
}

static void
put_type(struct rmk_buf *out, const struct rmk_field *f)
{
	if (f->type == RMK_STATUS)
		put_status(out, f);
	else if (f->type == RMK_ENUM)
		put_terms(out, f);
	else
		rmk_buf_adds(out, rmk_type_name(f->type));
	if (f->type == RMK_REF && f->ref_col.n)
		rmk_buf_printf(
		    out, " %.*s.%.*s", RMK_FMT(f->ref_table), RMK_FMT(f->ref_col));
	else if (f->type == RMK_REF)
		rmk_buf_printf(out, " %.*s", RMK_FMT(f->ref_table));
}

struct rmk_str
rmk_describe_field(struct rmk_arena *a, const struct rmk_field *f)
{
	struct rmk_buf out = {.arena = a};

	if (f->is_key)
		put_rule(&out, "key");
	if (f->type == RMK_STATUS ? f->nranks > 0 : f->type != RMK_TEXT) {
		put_rule(&out, "");
		put_type(&out, f);
	}
	if (f->required)
		put_rule(&out, "required");
	if (f->unique)
		put_rule(&out, "unique");
	if (f->is_owner)
		put_rule(&out, "owner");
	if (f->furthest)
		put_rule(&out, "merge furthest");
	if (f->has_on)
		put_rule(&out, rmk_str_printf(a, "on %s", rmk_progress_name(f->on)).s);
	if (f->has_min)
		put_rule(&out, rmk_str_printf(a, "min %.15g", f->min).s);
	if (f->has_max)
		put_rule(&out, rmk_str_printf(a, "max %.15g", f->max).s);
	if (f->id_random)
		put_rule(&out, "id = random");
	if (f->id_prefix.s) {
		put_rule(&out, "id-prefix ");
		rmk_describe_word(&out, f->id_prefix, ",;");
	}
	if (f->pattern.s)
		put_rule(
		    &out, rmk_str_printf(a, "pattern /%.*s/", RMK_FMT(f->pattern)).s);
	return rmk_buf_str(&out);
}

// Whether an entry with this column's label is read as one of this column.
static bool
can_name(struct rmk_arena *a, const struct rmk_schema *schema, size_t col)
{
	const struct rmk_field *f = &schema->fields[col];

	for (size_t c = 0; c < col; c++) {
		if (rmk_str_eq(schema->fields[c].key, f->key))
			return false;
	}
	return rmk_describe_can_say(f->label) &&
	       rmk_str_eq(rmk_value_key(a, f->label), f->key);
}

// A number is no name: it is what another table may be called one day.
static bool
is_number_word(struct rmk_str name)
{
	uint32_t n;

	return rmk_str_to_u32(name, &n);
}

struct rmk_str
rmk_describe_declaration(struct rmk_arena *a, const struct rmk_doc *doc, size_t table,
    const struct rmk_schema *schema, struct rmk_str name)
{
	uint32_t header = doc->tables[table].header.line;
	struct rmk_str eol = rmk_doc_line_end(doc, header);
	struct rmk_buf out = {.arena = a};
	bool says = false;

	if (schema->name.n)
		name = schema->name;
	rmk_buf_adds(&out, "<!-- rowmark:");
	if (name.n && !is_number_word(name))
		rmk_buf_printf(&out, " %.*s", RMK_FMT(name));
	rmk_buf_add(&out, eol);
	for (size_t c = 0; c < schema->ncols; c++) {
		struct rmk_str rules = rmk_describe_field(a, &schema->fields[c]);

		if (rules.n == 0 || !can_name(a, schema, c))
			continue;
		says = true;
		rmk_describe_word(&out, schema->fields[c].label, ":;,");
		rmk_buf_adds(&out, ": ");
		rmk_buf_add(&out, rules);
		rmk_buf_add(&out, eol);
	}
	rmk_buf_adds(&out, "-->");
	return says ? rmk_buf_str(&out) : (struct rmk_str){0};
}

// --- Frictionless -----------------------------------------------------------------------

static const char *
frictionless_type(const struct rmk_field *f)
{
	switch (f->type) {
	case RMK_INTEGER:
		return "integer";
	case RMK_NUMBER:
		return "number";
	case RMK_DATE:
		return "date";
	case RMK_FLAG:
		return "boolean";
	default:
		return "string";
	}
}

static void
put_constraints(const struct rmk_field *f, struct rmk_json *j)
{
	bool listed = f->declared && (f->type == RMK_ENUM || f->type == RMK_STATUS);

	if (!listed && !f->required && !f->is_key && !f->unique && !f->has_min &&
	    !f->has_max && !f->pattern.s)
		return;
	rmk_json_object(j, "constraints");
	if (f->required || f->is_key)
		rmk_json_bool(j, "required", true);
	if (f->unique || f->is_key)
		rmk_json_bool(j, "unique", true);
	if (f->has_min)
		rmk_json_real(j, "minimum", f->min);
	if (f->has_max)
		rmk_json_real(j, "maximum", f->max);
	if (f->pattern.s)
		rmk_json_text(j, "pattern", f->pattern);
	if (listed) {
		rmk_json_array(j, "enum");
		for (size_t i = 0; i < f->nterms; i++)
			rmk_json_text(j, NULL, f->terms[i].text);
		rmk_json_end(j);
	}
	rmk_json_end(j);
}

static void
put_categories(const struct rmk_field *f, struct rmk_json *j)
{
	if (f->type != RMK_ENUM && f->type != RMK_STATUS)
		return;
	rmk_json_array(j, "categories");
	for (uint32_t rank = 0; f->type == RMK_STATUS && rank < f->nranks; rank++) {
		for (size_t i = 0; i < f->nterms; i++) {
			if (f->terms[i].rank == rank)
				rmk_json_text(j, NULL, f->terms[i].text);
		}
	}
	for (size_t i = 0; f->type == RMK_ENUM && i < f->nterms; i++)
		rmk_json_text(j, NULL, f->terms[i].text);
	rmk_json_end(j);
	rmk_json_bool(j, "categoriesOrdered", f->type == RMK_STATUS);
}

struct rmk_str
rmk_describe_name(
    struct rmk_arena *a, struct rmk_map *taken, struct rmk_str label, size_t col)
{
	struct rmk_str want = label.n ? label : rmk_str_printf(a, "column_%zu", col + 1);
	struct rmk_str key = rmk_utf8_fold(a, want), name = want, name_key = key;
	size_t number = rmk_map_get(taken, key); // the one last put behind it

	if (number == RMK_NONE)
		number = 1;
	while (rmk_map_get(taken, name_key) != RMK_NONE) {
		name = rmk_str_printf(a, "%.*s_%zu", RMK_FMT(want), ++number);
		name_key = rmk_utf8_fold(a, name);
	}
	*rmk_map_put(taken, name_key) = 1;
	*rmk_map_put(taken, key) = number;
	return name;
}

// The standard wants names, and each once.
static struct rmk_str *
field_names(struct rmk_arena *a, const struct rmk_schema *s)
{
	struct rmk_str *names = RMK_NEW_N(a, struct rmk_str, s->ncols);
	struct rmk_map taken = {.arena = a};

	for (size_t c = 0; c < s->ncols; c++)
		names[c] = rmk_describe_name(a, &taken, s->fields[c].label, c);
	return names;
}

// A reference whose table nobody knows is left out: the standard wants its column's name.
static void
put_foreign_keys(const struct rmk_schema *s, const struct rmk_str *names,
    const struct rmk_describe_known *known, struct rmk_json *j)
{
	bool any = false;

	for (size_t c = 0; c < s->ncols; c++) {
		const struct rmk_field *f = &s->fields[c];
		struct rmk_str column = f->ref_col;

		if (f->type == RMK_REF && column.n == 0 && known)
			column = known->key_of(known->ctx, f->ref_table);
		if (f->type != RMK_REF || f->ref_table.n == 0 || column.n == 0)
			continue;
		if (!any)
			rmk_json_array(j, "foreignKeys");
		any = true;
		rmk_json_object(j, NULL);
		rmk_json_text(j, "fields", names[c]);
		rmk_json_object(j, "reference");
		rmk_json_text(j, "resource", f->ref_table);
		rmk_json_text(j, "fields", column);
		rmk_json_end(j);
		rmk_json_end(j);
	}
	if (any)
		rmk_json_end(j);
}

void
rmk_describe_frictionless(struct rmk_arena *a, const struct rmk_schema *s,
    const struct rmk_describe_known *known, struct rmk_json *j, const char *name)
{
	struct rmk_str *names = field_names(a, s);

	rmk_json_object(j, name);
	rmk_json_array(j, "fields");
	for (size_t c = 0; c < s->ncols; c++) {
		const struct rmk_field *f = &s->fields[c];

		rmk_json_object(j, NULL);
		rmk_json_text(j, "name", names[c]);
		rmk_json_cstr(j, "type", frictionless_type(f));
		put_constraints(f, j);
		put_categories(f, j);
		rmk_json_end(j);
	}
	rmk_json_end(j);
	if (s->ncols && s->fields[s->key].is_key) {
		rmk_json_array(j, "primaryKey");
		rmk_json_text(j, NULL, names[s->key]);
		rmk_json_end(j);
	}
	put_foreign_keys(s, names, known, j);
	rmk_json_end(j);
}
