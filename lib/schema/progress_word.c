// Which value makes a row begun, or done: the column's own word, never one made up.
//
//	Todo, In progress, Done     start: In progress     a word that rows have
//	Not read                    start: Reading         the only ladder that it belongs to
//	Supported, Has Quirks       start: refused         no ladder has both
//	Doing, In review            start: refused         two words, none of which leads
//
// What is written without having been typed must be what the person would have typed. Where
// that is not certain, the values and the candidates are listed, and nothing is written.
#include "base/buf.h"
#include "base/utf8.h"
#include "schema/schema.h"
#include "schema/status_words.h"

#include <string.h>

// A word that leads is seen so many times as often as the next one.
#define LEAD 3

// Whether other rows can take the value over: it says nothing of its own row, as a share
// done, a number or a remark behind the word do.
static bool
is_transferable(const struct rmk_term *t, enum rmk_progress progress)
{
	if (rmk_str_eq(t->key, RMK_STR("100%")))
		return progress == RMK_DONE;
	for (size_t i = 0; i < t->key.n; i++)
		if (strchr("0123456789(%,:;", t->key.s[i]))
			return false;
	return !t->waits; // waiting is no beginning
}

static bool
is_candidate(
    const struct rmk_field *field, const struct rmk_term *t, enum rmk_progress progress)
{
	return t->count > 0 && rmk_term_progress(field, t) == progress &&
	       is_transferable(t, progress);
}

// The word that rows have: the only one, else the one that leads.
static const struct rmk_term *
seen_term(const struct rmk_field *field, enum rmk_progress progress, size_t *n)
{
	const struct rmk_term *best = NULL;
	uint32_t second = 0;

	*n = 0;
	for (size_t i = 0; i < field->nterms; i++) {
		const struct rmk_term *t = &field->terms[i];

		if (!is_candidate(field, t, progress))
			continue;
		++*n;
		if (!best || t->count > best->count) {
			second = best ? best->count : 0;
			best = t;
		} else if (t->count > second) {
			second = t->count;
		}
	}
	return *n == 1 || (best && best->count >= LEAD * second) ? best : NULL;
}

// How well a ladder explains the values that rows have.
enum fit { FIT_NOT, FIT_RUNGS, FIT_LEADERS };

// Every value is a rung of the ladder; better, each is the word that leads its rung: "to do"
// is on many ladders, and leads on few.
static enum fit
ladder_fit(struct rmk_arena *a, const struct rmk_field *field, size_t ladder)
{
	enum fit fit = FIT_LEADERS;
	size_t seen = 0;

	for (size_t i = 0; i < field->nterms; i++) {
		const struct rmk_term *t = &field->terms[i];
		size_t n;
		const struct rmk_word *words, *leads;

		if (t->count == 0)
			continue;
		if (t->rank > RMK_WORD_DONE || !rmk_words_has(ladder, t->key))
			return FIT_NOT;
		words = rmk_words_of(t->key, &n);
		leads = rmk_words_of(rmk_utf8_fold(a, rmk_words_offered(ladder,
							  (enum rmk_word_rank)t->rank)),
		    &n);
		if (words != leads)
			fit = FIT_RUNGS;
		seen++;
	}
	return seen ? fit : FIT_NOT;
}

static const struct rmk_term *
term_called(struct rmk_arena *a, const struct rmk_field *field, struct rmk_str word)
{
	size_t n;
	const struct rmk_word *wanted = rmk_words_of(rmk_utf8_fold(a, word), &n);

	for (size_t i = 0; i < field->nterms; i++)
		if (rmk_words_of(field->terms[i].key, &n) == wanted)
			return &field->terms[i];
	return NULL;
}

// The word that all ladders agree on that fit the column best; NULL: they do not, or none
// fits.
static const struct rmk_term *
agreed_term(
    struct rmk_arena *a, const struct rmk_field *field, enum rmk_progress progress)
{
	struct rmk_str agreed = {0};
	enum fit best = FIT_NOT;
	bool differ = false;

	for (size_t ladder = 0; ladder < rmk_nladders; ladder++) {
		enum fit fit = ladder_fit(a, field, ladder);
		struct rmk_str word = rmk_words_offered(
		    ladder, (enum rmk_word_rank)progress);

		if (fit == FIT_NOT || fit < best)
			continue;
		differ = fit == best && (differ || !rmk_str_eq(word, agreed));
		agreed = word;
		best = fit;
	}
	return agreed.n && !differ ? term_called(a, field, agreed) : NULL;
}

static void
list_term(struct rmk_buf *out, const struct rmk_term *t)
{
	rmk_buf_printf(out, "%s'%.*s'", out->n ? ", " : "", RMK_FMT(t->text));
}

static enum rmk_code
refuse_to_guess(struct rmk_arena *a, const struct rmk_field *field,
    enum rmk_progress progress, struct rmk_err *err)
{
	struct rmk_buf values = {.arena = a}, candidates = {.arena = a};
	const char *means = progress == RMK_DONE ? "done" : "begun";

	for (size_t i = 0; i < field->nterms; i++) {
		if (field->terms[i].count == 0)
			continue;
		list_term(&values, &field->terms[i]);
		if (is_candidate(field, &field->terms[i], progress))
			list_term(&candidates, &field->terms[i]);
	}
	if (candidates.n)
		rmk_fail(err, RMK_AMBIGUOUS,
		    "column '%.*s' has several words for %s: %.*s", RMK_FMT(field->label),
		    means, RMK_FMT(rmk_buf_str(&candidates)));
	else if (values.n)
		rmk_fail(err, RMK_NOT_FOUND,
		    "column '%.*s' has no word for %s; it holds %.*s",
		    RMK_FMT(field->label), means, RMK_FMT(rmk_buf_str(&values)));
	else
		rmk_fail(err, RMK_NOT_FOUND,
		    "column '%.*s' is empty, so no word for %s is known",
		    RMK_FMT(field->label), means);
	return rmk_hint(
	    err, "say which: rowmark set ROW VALUE%s", candidates.n ? "" : " --new");
}

enum rmk_code
rmk_field_word_for(struct rmk_arena *a, const struct rmk_field *field,
    enum rmk_progress progress, const struct rmk_term **out, struct rmk_err *err)
{
	const struct rmk_term *term;
	size_t n;

	if (field->declared && !field->why) {
		term = rmk_field_first(field, progress);
	} else {
		term = seen_term(field, progress, &n);
		if (n == 0)
			term = agreed_term(a, field, progress);
	}
	if (!term)
		return refuse_to_guess(a, field, progress, err);
	*out = term;
	return RMK_OK;
}
