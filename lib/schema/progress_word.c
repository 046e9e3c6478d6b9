// Which value makes a row begun, or done: the column's own word, never one made up.
//
//	Todo, In progress, Done     start: In progress     a word that rows have
//	Not read                    start: Reading         people have no other word there
//	Unclaimed                   done: refused          done, merged, closed ... are all meant
//	Supported, Has Quirks       start: refused         no ladder has both
//	Doing, In review            start: Doing           the word that leads
//	active, ongoing             start: refused         two words, none of which leads
//
// What is written without having been typed must be what the person would have typed. Where
// that is not certain, the values and the candidates are listed, and nothing is written.
#include "base/buf.h"
#include "base/utf8.h"
#include "schema/cell_word.h"
#include "schema/schema.h"
#include "schema/status_words.h"

#include <string.h>

// A word that leads is seen so many times as often as the next one.
#define LEAD 3

// The words of a term, a mark before it aside: those of "done" for "✅ Done".
static const struct rmk_word *
words_of_term(const struct rmk_term *t, size_t *n)
{
	const struct rmk_word *words = rmk_words_of(t->key, n);

	return *n ? words : rmk_words_of(rmk_words_behind_mark(t->key), n);
}

// Whether other rows can take the value over: it says nothing of its own row, as a share
// done, a number or a remark behind the word do. Of a text that is no word ("⚠ no uploads")
// two rows must have it.
static bool
is_transferable(const struct rmk_term *t, enum rmk_progress progress)
{
	size_t n;

	if (rmk_str_eq(t->key, RMK_STR("100%")))
		return progress == RMK_DONE;
	for (size_t i = 0; i < t->key.n; i++)
		if (strchr("0123456789(%,:;", t->key.s[i]))
			return false;
	words_of_term(t, &n);
	return !t->waits && (n > 0 || t->count > 1); // waiting is no beginning
}

static bool
is_candidate(
    const struct rmk_field *field, const struct rmk_term *t, enum rmk_progress progress)
{
	return t->count > 0 && rmk_term_progress(field, t) == progress &&
	       is_transferable(t, progress);
}

// How many of the column's terms are on each ladder. Each counts once: of many rows in review
// the column is no list of reviews.
static void
count_terms(const struct rmk_field *field, size_t terms[RMK_LADDERS_MOST])
{
	for (size_t i = 0; i < field->nterms; i++) {
		size_t n;
		const struct rmk_word *words = words_of_term(&field->terms[i], &n);

		for (size_t k = 0; k < n && field->terms[i].count; k++)
			if (words[k].ladder != RMK_LADDER_NONE)
				terms[words[k].ladder]++;
	}
}

// How many terms are on the ladder on which this one leads its rank: "Doing" leads among
// tasks, "In review" on none. 0: it leads nowhere.
static size_t
lead_of_term(const struct rmk_term *t, const size_t terms[RMK_LADDERS_MOST])
{
	size_t n, best = 0;
	const struct rmk_word *words = words_of_term(t, &n);

	for (size_t i = 0; i < n; i++)
		if (words[i].leads && terms[words[i].ladder] > best)
			best = terms[words[i].ladder];
	return best;
}

// A mark alone says no more than that it is so, and all say the same: that of most rows.
static bool
is_only_mark(const struct rmk_term *t)
{
	for (size_t at = 0; at < t->key.n;) {
		int32_t c;

		at += rmk_utf8_decode(t->key, at, &c);
		if (rmk_utf8_is_word(c))
			return false;
	}
	return t->key.n > 0;
}

static const struct rmk_term *
most_seen_mark(const struct rmk_field *field, enum rmk_progress progress,
    const struct rmk_term *lead)
{
	for (size_t i = 0; i < field->nterms; i++) {
		const struct rmk_term *t = &field->terms[i];

		if (is_candidate(field, t, progress) && is_only_mark(t) &&
		    t->count > lead->count)
			lead = t;
	}
	return lead;
}

// The word that rows have: the only one, else the one that leads, on the ladder that has most
// of the others, or by far in number.
static const struct rmk_term *
seen_term(const struct rmk_field *field, enum rmk_progress progress, size_t *n)
{
	const struct rmk_term *best = NULL, *lead = NULL;
	size_t terms[RMK_LADDERS_MOST] = {0}, most = 0;
	uint32_t second = 0;

	count_terms(field, terms);
	*n = 0;
	for (size_t i = 0; i < field->nterms; i++) {
		const struct rmk_term *t = &field->terms[i];
		size_t leads;

		if (!is_candidate(field, t, progress))
			continue;
		++*n;
		leads = lead_of_term(t, terms);
		if (leads > most || (lead && leads == most && t->count > lead->count)) {
			most = leads;
			lead = t;
		}
		if (!best || t->count > best->count) {
			second = best ? best->count : 0;
			best = t;
		} else if (t->count > second) {
			second = t->count;
		}
	}
	if (lead)
		return is_only_mark(lead) ? most_seen_mark(field, progress, lead) : lead;
	return *n == 1 || (best && best->count >= LEAD * second) ? best : NULL;
}

// Whether every value that rows have leads its rank on the ladder. "Unclaimed" is on the
// ladder of tasks too, but who writes it may well go on with another one's words.
static bool
ladder_fits(const struct rmk_field *field, size_t ladder)
{
	size_t seen = 0;

	for (size_t i = 0; i < field->nterms; i++) {
		const struct rmk_term *t = &field->terms[i];

		if (t->count == 0)
			continue;
		if (t->rank > RMK_WORD_DONE || !rmk_words_leads(ladder, t->key))
			return false;
		seen++;
	}
	return seen > 0;
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

// The word that all ladders agree on that fit the column, and for which people have no other
// on one of them at least; NULL: there is none.
static const struct rmk_term *
agreed_term(
    struct rmk_arena *a, const struct rmk_field *field, enum rmk_progress progress)
{
	struct rmk_str agreed = {0};
	bool differ = false, sure = false;

	for (size_t ladder = 0; ladder < rmk_nladders; ladder++) {
		struct rmk_str word = rmk_words_offered(
		    ladder, (enum rmk_word_rank)progress);

		if (!ladder_fits(field, ladder))
			continue;
		differ |= agreed.s && !rmk_str_eq(word, agreed);
		sure |= rmk_ladders[ladder].sure >> progress & 1;
		agreed = word;
	}
	return agreed.n && sure && !differ ? term_called(a, field, agreed) : NULL;
}

// A date, a number, something in parentheses, or a link alone: of its own row, whatever the word is. Of
// "Done, as a new script" nobody knows.
static bool
is_plain_note(struct rmk_str note)
{
	return note.n == 0 || strchr("0123456789(#", note.s[0]) != NULL;
}

// The one word that all values of a progress begin with where each has such a note of its own: "done" of
// "done (2024-01-01)" and "done (2024-01-03)".
static const struct rmk_term *
bare_term(struct rmk_arena *a, const struct rmk_field *field, enum rmk_progress progress)
{
	struct rmk_term *bare = NULL;
	size_t values = 0;

	for (size_t i = 0; i < field->nterms; i++) {
		const struct rmk_term *t = &field->terms[i];
		struct rmk_cell_word is;
		struct rmk_str word;

		if (t->count == 0 || t->waits || rmk_term_progress(field, t) != progress)
			continue;
		is = rmk_cell_word_of(a, t->raw);
		word = is.word;
		if (word.n == 0 || !is_plain_note(is.note) ||
		    (bare && !rmk_str_eq(word, bare->raw)))
			return NULL;
		values++;
		if (bare)
			continue;
		bare = RMK_NEW(a, struct rmk_term);
		*bare = *t;
		bare->raw = bare->text = word;
		bare->key = rmk_utf8_fold(a, word);
	}
	return values > 1 && is_transferable(bare, progress) ? bare : NULL;
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
	const char *means = progress == RMK_DONE    ? "done"
	                    : progress == RMK_DOING ? "begun"
	                                            : "to do";

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
			term = bare_term(a, field, progress);
		if (n == 0 && !term)
			term = agreed_term(a, field, progress);
	}
	if (!term)
		return refuse_to_guess(a, field, progress, err);
	*out = term;
	return RMK_OK;
}
