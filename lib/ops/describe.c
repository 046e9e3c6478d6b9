// Schemas in words.
#include "ops/describe.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "table/value.h"

#include <string.h>

// --- types from data ------------------------------------------------------------------

static bool
is_integer(struct rmk_str text)
{
	size_t i = text.n && text.s[0] == '-';

	// A leading zero means an identifier, not a number.
	if (i == text.n || (text.s[i] == '0' && text.n > i + 1) || text.n > 18)
		return false;
	for (; i < text.n; i++) {
		if (text.s[i] < '0' || text.s[i] > '9')
			return false;
	}
	return true;
}

static bool
is_number(struct rmk_str text)
{
	size_t dot = rmk_str_chr(text, '.');

	if (dot == RMK_NONE)
		return is_integer(text);
	return dot + 1 < text.n && is_integer(rmk_str_part(text, 0, dot)) &&
	       strspn(text.s + dot + 1, "0123456789") >= text.n - dot - 1;
}

static bool
is_date(struct rmk_str text)
{
	static const char shape[] = "dddd-dd-dd";

	if (text.n != sizeof shape - 1)
		return false;
	for (size_t i = 0; i < text.n; i++) {
		bool digit = text.s[i] >= '0' && text.s[i] <= '9';

		if (shape[i] == 'd' ? !digit : text.s[i] != '-')
			return false;
	}
	return true;
}

// Whether the cell is one link and nothing else.
static bool
is_link(struct rmk_arena *a, struct rmk_str raw)
{
	struct rmk_link *links;

	return rmk_value_links(a, raw, &links) == 1 && !links[0].image &&
	       links[0].raw.n == raw.n;
}

// The types a cell fits, as bits of 1 << enum rmk_type.
static unsigned
fits(struct rmk_arena *a, struct rmk_str raw)
{
	struct rmk_str text = rmk_value_text(a, raw);
	unsigned bits = 1u << RMK_TEXT;

	bits |= is_integer(text) ? 1u << RMK_INTEGER : 0;
	bits |= is_number(text) ? 1u << RMK_NUMBER : 0;
	bits |= is_date(text) ? 1u << RMK_DATE : 0;
	bits |= is_link(a, raw) ? 1u << RMK_LINK : 0;
	return bits;
}

// Values seen before a type is believed.
#define EVIDENCE_LEAST 2

static enum rmk_type
type_of_column(struct rmk_arena *a, const struct rmk_doc *doc, size_t table, size_t col)
{
	static const enum rmk_type order[] = {
	    RMK_INTEGER, RMK_NUMBER, RMK_DATE, RMK_LINK};
	const struct rmk_table *t = &doc->tables[table];
	unsigned bits = ~0u;
	size_t seen = 0;

	for (size_t r = 0; r < t->nrows && bits != 1u << RMK_TEXT; r++) {
		struct rmk_arena_mark mark = rmk_arena_mark(a);
		struct rmk_str raw = rmk_doc_cell(doc, &t->rows[r], col);

		if (raw.n) {
			bits &= fits(a, raw);
			seen++;
		}
		rmk_arena_reset(a, mark);
	}
	for (size_t i = 0; seen >= EVIDENCE_LEAST && i < sizeof order / sizeof *order;
	     i++) {
		if (bits & 1u << order[i])
			return order[i];
	}
	return RMK_TEXT;
}

// Whether the key column is one: no value empty, none twice.
static bool
is_real_key(struct rmk_arena *a, const struct rmk_doc *doc, size_t table, size_t col)
{
	const struct rmk_table *t = &doc->tables[table];
	struct rmk_map seen = {.arena = a};

	for (size_t r = 0; r < t->nrows; r++) {
		struct rmk_str key = rmk_value_key(
		    a, rmk_doc_cell(doc, &t->rows[r], col));
		size_t *slot = rmk_map_put(&seen, key);

		if (key.n == 0 || *slot != RMK_NONE)
			return false;
		*slot = r;
	}
	return t->nrows > 0;
}

struct rmk_schema *
rmk_describe_infer(struct rmk_arena *a, const struct rmk_doc *doc, size_t table,
    const struct rmk_schema *schema)
{
	struct rmk_schema *s = RMK_NEW(a, struct rmk_schema);

	*s = *schema;
	s->fields = rmk_arena_alloc(a, s->ncols * sizeof *s->fields);
	memcpy(s->fields, schema->fields, s->ncols * sizeof *s->fields);
	for (size_t c = 0; c < s->ncols; c++) {
		struct rmk_field *f = &s->fields[c];

		if (!f->declared && f->type == RMK_TEXT)
			f->type = type_of_column(a, doc, table, c);
	}
	if (!s->key_declared && s->ncols && is_real_key(a, doc, table, s->key))
		s->fields[s->key].is_key = true;
	return s;
}

// --- a declaration ----------------------------------------------------------------------

static void
put_rule(struct rmk_buf *out, const char *rule)
{
	if (out->n)
		rmk_buf_adds(out, ", ");
	rmk_buf_adds(out, rule);
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
			if (f->terms[i].rank != rank)
				continue;
			rmk_buf_adds(out, before);
			rmk_buf_add(out, f->terms[i].raw);
			before = ", ";
			shown++;
		}
	}
}

static void
put_terms(struct rmk_buf *out, const struct rmk_field *f)
{
	rmk_buf_adds(out, "enum = ");
	for (size_t i = 0; i < f->nterms; i++) {
		rmk_buf_adds(out, i ? ", " : "");
		rmk_buf_add(out, f->terms[i].raw);
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
	if (f->furthest)
		put_rule(&out, "merge furthest");
	if (f->has_min)
		put_rule(&out, rmk_str_printf(a, "min %.15g", f->min).s);
	if (f->has_max)
		put_rule(&out, rmk_str_printf(a, "max %.15g", f->max).s);
	if (f->pattern.s)
		put_rule(
		    &out, rmk_str_printf(a, "pattern /%.*s/", RMK_FMT(f->pattern)).s);
	return rmk_buf_str(&out);
}

static void
put_label(struct rmk_buf *out, struct rmk_str label)
{
	bool quoted = label.n == 0 || label.s[0] == '@' ||
	              rmk_str_chr(label, ':') != RMK_NONE ||
	              rmk_str_chr(label, ';') != RMK_NONE ||
	              rmk_str_chr(label, ',') != RMK_NONE;

	rmk_buf_adds(out, quoted ? "\"" : "");
	rmk_buf_add(out, label);
	rmk_buf_adds(out, quoted ? "\"" : "");
}

struct rmk_str
rmk_describe_declaration(struct rmk_arena *a, const struct rmk_doc *doc, size_t table,
    const struct rmk_schema *schema, struct rmk_str name)
{
	uint32_t header = doc->tables[table].header.line;
	struct rmk_str eol = rmk_doc_line_end(doc, header);
	struct rmk_buf out = {.arena = a};

	rmk_buf_printf(
	    &out, "<!-- rowmark: %.*s", RMK_FMT(schema->name.n ? schema->name : name));
	rmk_buf_add(&out, eol);
	for (size_t c = 0; c < schema->ncols; c++) {
		struct rmk_str rules = rmk_describe_field(a, &schema->fields[c]);

		if (rules.n == 0 || schema->fields[c].label.n == 0)
			continue;
		put_label(&out, schema->fields[c].label);
		rmk_buf_adds(&out, ": ");
		rmk_buf_add(&out, rules);
		rmk_buf_add(&out, eol);
	}
	rmk_buf_adds(&out, "-->");
	return rmk_buf_str(&out);
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
	struct rmk_str want = label.n ? label : rmk_str_printf(a, "column_%zu", col + 1),
		       name = want;

	for (unsigned i = 2;; i++) {
		size_t *slot = rmk_map_put(taken, rmk_utf8_fold(a, name));

		if (*slot == RMK_NONE) {
			*slot = col;
			return name;
		}
		name = rmk_str_printf(a, "%.*s_%u", RMK_FMT(want), i);
	}
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
