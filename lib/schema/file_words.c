// The words of columns of one name in the tables of a file: see file_words.h.
#include "schema/file_words.h"

#include "base/map.h"

struct gathered_words {
	struct rmk_arena *a;
	struct rmk_map keys; // to a term
	struct rmk_term *terms;
	uint32_t *most; // in how many cells of one table its spelling is
	size_t n, terms_cap, nmost, most_cap;
};

static bool
is_field_word(const struct rmk_field *field, const struct rmk_term *t)
{
	return t->count > 0 || (field->declared && !field->why);
}

static bool
has_own_words(const struct rmk_field *field)
{
	for (size_t i = 0; i < field->nterms; i++)
		if (is_field_word(field, &field->terms[i]))
			return true;
	return false;
}

static bool
shares_a_word(const struct rmk_field *one, const struct rmk_field *other)
{
	for (size_t i = 0; i < one->nterms; i++)
		for (size_t k = 0;
		     is_field_word(one, &one->terms[i]) && k < other->nterms; k++)
			if (is_field_word(other, &other->terms[k]) &&
			    rmk_str_eq(one->terms[i].key, other->terms[k].key))
				return true;
	return false;
}

// A word that several tables have is spelled as the one does in which it is in most cells.
static void
gather_words(struct gathered_words *w, const struct rmk_field *field)
{
	for (size_t i = 0; i < field->nterms; i++) {
		const struct rmk_term *t = &field->terms[i];
		size_t *at = is_field_word(field, t) ? rmk_map_put(&w->keys, t->key)
		                                     : NULL;
		uint32_t count;

		if (!at)
			continue;
		if (*at == RMK_NONE) {
			*at = w->n;
			*RMK_PUSH(w->a, w->terms, w->n, w->terms_cap) = *t;
			*RMK_PUSH(w->a, w->most, w->nmost, w->most_cap) = t->count;
			continue;
		}
		count = w->terms[*at].count + t->count;
		if (t->count > w->most[*at]) {
			w->terms[*at] = *t;
			w->most[*at] = t->count;
		}
		w->terms[*at].count = count;
	}
}

// The words of the column and of those like it; whether the others add any.
static bool
gather_file_words(struct rmk_arena *a, const struct rmk_doc *doc, size_t table,
    const struct rmk_field *field, struct rmk_field *out)
{
	struct gathered_words w = {.a = a, .keys = {.arena = a}};
	bool empty = !has_own_words(field);
	size_t own;

	gather_words(&w, field);
	own = w.n;
	for (size_t t = 0; t < doc->ntables; t++) {
		const struct rmk_schema *s = t == table ? NULL
		                                        : rmk_schema_columns(a, doc, t);

		for (size_t i = 0; s && i < s->nstatus; i++) {
			const struct rmk_field *other = &s->fields[s->status[i]];

			if (rmk_str_eq(other->key, field->key) &&
			    (empty || shares_a_word(field, other)))
				gather_words(&w, other);
		}
	}
	*out = *field;
	out->why = "the tables of the file";
	out->terms = w.terms;
	out->nterms = w.n;
	return w.n > own;
}

const struct rmk_field *
rmk_file_words(struct rmk_arena *a, const struct rmk_doc *doc, size_t table,
    const struct rmk_field *field, struct rmk_file_words *kept)
{
	if (doc->ntables < 2 || field->type != RMK_STATUS ||
	    (field->declared && !field->why))
		return NULL;
	if (kept->of != field)
		kept->more = gather_file_words(a, doc, table, field, &kept->field);
	kept->of = field;
	return kept->more ? &kept->field : NULL;
}
