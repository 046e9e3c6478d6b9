// A schema made from the data: the types that all values of a column have, the key, and of
// the status columns those that a declaration can say.
//
// What is inferred is going to be declared, so it must hold for the data it comes from.
#include "base/ascii.h"
#include "base/map.h"
#include "schema/describe.h"
#include "table/value.h"

#include <string.h>

static bool
is_integer(struct rmk_str text)
{
	size_t i = text.n && text.s[0] == '-';

	// A leading zero means an identifier, not a number.
	if (i == text.n || (text.s[i] == '0' && text.n > i + 1) || text.n > 18)
		return false;
	for (; i < text.n; i++) {
		if (!rmk_is_digit(text.s[i]))
			return false;
	}
	return true;
}

static bool
infer_types_is_number(struct rmk_str text)
{
	size_t dot = rmk_str_chr(text, '.');

	if (dot == RMK_NONE)
		return is_integer(text);
	return dot + 1 < text.n && is_integer(rmk_str_part(text, 0, dot)) &&
	       strspn(text.s + dot + 1, "0123456789") >= text.n - dot - 1;
}

// A whole date: a year alone looks like any number.
static bool
is_day(struct rmk_str text)
{
	return text.n == sizeof "2024-01-31" - 1 && rmk_value_is_date(text);
}

// Whether the cell is one link and nothing else.
static bool
infer_types_is_link(struct rmk_arena *a, struct rmk_str raw)
{
	struct rmk_link *links;

	return rmk_value_links(a, raw, &links) == 1 && !links[0].image &&
	       links[0].url.n > 0 && links[0].raw.n == raw.n;
}

// The types a cell fits, as bits of 1 << enum rmk_type.
static unsigned
fits(struct rmk_arena *a, struct rmk_str raw)
{
	struct rmk_str text = rmk_value_text(a, raw);
	unsigned bits = 1u << RMK_TEXT;

	bits |= is_integer(text) ? 1u << RMK_INTEGER : 0;
	bits |= infer_types_is_number(text) ? 1u << RMK_NUMBER : 0;
	bits |= is_day(text) ? 1u << RMK_DATE : 0;
	bits |= infer_types_is_link(a, raw) ? 1u << RMK_LINK : 0;
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

// Whether a declaration can say what is known of a status column: a place in the order for
// every value that occurs, and an order to have a place in.
static bool
is_certain(const struct rmk_field *f)
{
	uint32_t ranks = 0;

	for (size_t i = 0; i < f->nterms; i++) {
		const struct rmk_term *t = &f->terms[i];

		if (t->rank == RMK_TERM_UNRANKED && t->count == 0)
			continue;
		if (t->rank == RMK_TERM_UNRANKED || !rmk_describe_can_say(t->raw))
			return false;
		if (!t->closed)
			ranks |= 1u << (t->rank < 31 ? t->rank : 31);
	}
	return (ranks & (ranks - 1)) != 0;
}

static bool
has_terms_of(const struct rmk_field *g, const struct rmk_field *f)
{
	for (size_t i = 0; i < f->nterms; i++) {
		size_t k = 0;

		if (f->terms[i].count == 0)
			continue;
		while (k < g->nterms && !rmk_str_eq(g->terms[k].key, f->terms[i].key))
			k++;
		if (k == g->nterms)
			return false;
	}
	return true;
}

// A column of a matrix that holds one value so far has the scale of one that holds it too.
static void
borrow_scale(struct rmk_schema *s, struct rmk_field *f)
{
	for (size_t c = 0; c < s->ncols; c++) {
		const struct rmk_field *g = &s->fields[c];

		if (g->declared || g->type != RMK_STATUS || !is_certain(g) ||
		    !has_terms_of(g, f))
			continue;
		f->terms = g->terms;
		f->nterms = g->nterms;
		f->nranks = g->nranks;
		return;
	}
}

// Where one status column is declared none is inferred, so all are declared or none.
static void
leave_out_statuses(struct rmk_schema *s)
{
	bool certain = true;

	for (size_t c = 0; c < s->ncols; c++) {
		struct rmk_field *f = &s->fields[c];

		if (!f->declared && f->type == RMK_STATUS && !is_certain(f))
			borrow_scale(s, f);
		certain &= f->declared || f->type != RMK_STATUS || is_certain(f);
	}
	for (size_t c = 0; c < s->ncols && !certain; c++) {
		if (!s->fields[c].declared && s->fields[c].type == RMK_STATUS)
			s->fields[c].type = RMK_TEXT;
	}
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
	leave_out_statuses(s);
	if (!s->key_declared && s->ncols && is_real_key(a, doc, table, s->key))
		s->fields[s->key].is_key = true;
	return s;
}
