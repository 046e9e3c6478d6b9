// A declaration to paste, for a table where no status is seen but a column is near.
//
//	| Paper | Phase |       header or a few words     <!-- rowmark: Phase: status =
//	| A     | Idea  |      ───────────────────────▶       Idea < Drafting < Done -->
//
// The words that are known are in their order; the others are between to do and done, where
// a person has to look at them.
#include "base/buf.h"
#include "schema/describe.h"
#include "schema/schema_internal.h"
#include "schema/status_words.h"

// A set of states has so many values at most.
#define DRAFT_MOST 12

struct near_column {
	struct rmk_field field;
	size_t known; // cells that are words of progress
	bool close;   // the header may be a status
};

// The values of a column, and whether they could be states.
static bool
look_for_states(struct rmk_arena *a, const struct rmk_doc *doc, const struct rmk_table *t,
    const struct rmk_field *field, size_t col, struct near_column *out)
{
	struct rmk_column c = rmk_column_read(a, doc, t, col, DRAFT_MOST);

	*out = (struct near_column){.field = *field};
	out->close = rmk_words_header(field->key) == RMK_HEADER_MAYBE;
	if (c.over || c.n < 2 || rmk_words_header_names(field->key) != RMK_HEADER_NOTHING)
		return false;
	for (size_t i = 0; i < c.n; i++)
		out->known += c.spellings[i].rank != RMK_WORD_NONE &&
		                      !rmk_words_is_dash(c.spellings[i].key)
		                  ? c.spellings[i].count
		                  : 0;
	out->field.ladder = rmk_column_ladder(&c);
	rmk_terms_infer(a, &out->field, &c);
	return out->field.nterms <= DRAFT_MOST &&
	       (out->close || out->known * 4 >= c.nfilled);
}

// Where a term goes in the draft: to do, begun, in no order, done; or nowhere.
static size_t
draft_place(const struct rmk_term *t)
{
	static const size_t places[] = {0, 1, 3};

	if (t->count == 0 || t->closed || !rmk_describe_can_say(t->raw))
		return RMK_NONE;
	return t->rank == RMK_TERM_UNRANKED ? 2 : places[t->rank];
}

// "A < B < C": values of one place are apart, since nothing says they are one rank.
static size_t
put_states(struct rmk_buf *out, const struct rmk_field *f)
{
	size_t n = 0;

	for (size_t place = 0; place < 4; place++)
		for (size_t i = 0; i < f->nterms; i++) {
			if (draft_place(&f->terms[i]) != place)
				continue;
			rmk_buf_adds(out, n++ ? " < " : "");
			rmk_describe_word(out, f->terms[i].raw, ",<;");
		}
	for (size_t i = 0, closed = 0; i < f->nterms; i++)
		if (f->terms[i].closed && f->terms[i].count) {
			rmk_buf_adds(out, closed++ ? ", " : ", closed = ");
			rmk_describe_word(out, f->terms[i].raw, ",<;");
		}
	return n;
}

struct rmk_str
rmk_describe_draft(struct rmk_arena *a, const struct rmk_doc *doc, size_t table,
    const struct rmk_schema *schema)
{
	struct near_column best = {0}, near;
	struct rmk_buf out = {.arena = a};
	bool found = false;

	for (size_t i = 0; i < schema->ncols && schema->nstatus == 0; i++) {
		if (schema->fields[i].declared || i == schema->key ||
		    !look_for_states(
			a, doc, &doc->tables[table], &schema->fields[i], i, &near))
			continue;
		if (!found || near.close > best.close ||
		    (near.close == best.close && near.known > best.known))
			best = near;
		found = true;
	}
	if (!found)
		return (struct rmk_str){0};
	rmk_buf_adds(&out, "<!-- rowmark: ");
	rmk_describe_word(&out, best.field.label, ",:;");
	rmk_buf_adds(&out, ": status = ");
	if (put_states(&out, &best.field) < 2)
		return (struct rmk_str){0};
	rmk_buf_adds(&out, " -->");
	return rmk_buf_str(&out);
}
