// The terms that the values of a column make.
#include "base/map.h"
#include "base/utf8.h"
#include "schema/schema_internal.h"
#include "schema/status_words.h"
#include "table/value.h"

// --- ranks ----------------------------------------------------------------------

static enum rmk_word_rank
rank_of_key(size_t ladder, struct rmk_str key)
{
	enum rmk_word_rank rank = rmk_words_rank(ladder, key);

	return rank == RMK_WORD_NONE ? rmk_words_share(key) : rank;
}

// Which ranks a column has, without the marks whose own rank depends on that.
struct ranks_seen {
	bool todo, doing, done;
};

static struct ranks_seen
look_for_ranks(size_t ladder, const struct rmk_column *c)
{
	struct ranks_seen seen = {0};

	for (size_t i = 0; i < c->n; i++) {
		struct rmk_str key = c->spellings[i].key;
		enum rmk_word_rank rank = key.n ? rank_of_key(ladder, key)
		                                : RMK_WORD_NONE;

		if (rmk_words_is_dash(key) || rmk_words_is_hourglass(key))
			continue;
		seen.todo |= rank == RMK_WORD_TODO;
		seen.doing |= rank == RMK_WORD_DOING;
		seen.done |= rank == RMK_WORD_DONE;
	}
	return seen;
}

// Three marks get their meaning from what else is in the column. A dash is "no" beside
// what says yes, where nothing else says no; else it is no value. An x is a tick where
// nothing else says yes or no, and a cross beside a tick. An hourglass is under way
// beside what says no, unless something else is under way; else it waits to begin.
static void
choose_marks(struct rmk_field *field, const struct rmk_column *column)
{
	struct ranks_seen seen = look_for_ranks(field->ladder, column);
	bool plus = field->ladder == RMK_LADDER_PLUS_MINUS;

	field->dash = plus || (seen.done && !seen.todo) ? RMK_WORD_TODO
	                                                : RMK_WORD_NEUTRAL;
	field->cross = seen.todo && seen.done ? RMK_WORD_NONE
	               : seen.done            ? RMK_WORD_TODO
	                                      : RMK_WORD_DONE;
	field->hourglass = seen.todo && !seen.doing ? RMK_WORD_DOING : RMK_WORD_TODO;
}

enum rmk_word_rank
rmk_field_rank(const struct rmk_field *field, struct rmk_str key)
{
	if (rmk_words_is_dash(key))
		return field->dash;
	if (rmk_words_is_hourglass(key))
		return field->hourglass;
	if (rmk_str_eq(key, RMK_STR("x")) && field->cross != RMK_WORD_NONE)
		return field->cross;
	return rank_of_key(field->ladder, key);
}

// --- terms ----------------------------------------------------------------------

// Where a term is listed: by rank, what waits behind what does not, what is closed behind
// what is done.
static uint32_t
place_of_term(const struct rmk_term *t)
{
	return t->rank == RMK_TERM_UNRANKED ? UINT32_MAX
	                                    : 2 * t->rank + (t->waits || t->closed);
}

// What is seen more often first, then what is seen first. Terms are few.
static void
sort_terms(struct rmk_term *terms, size_t n)
{
	for (size_t i = 1; i < n; i++) {
		struct rmk_term t = terms[i];
		uint32_t place = place_of_term(&t);
		size_t k = i;

		for (; k > 0 && (place_of_term(&terms[k - 1]) > place ||
				    (place_of_term(&terms[k - 1]) == place &&
					terms[k - 1].count < t.count));
		     k--)
			terms[k] = terms[k - 1];
		terms[k] = t;
	}
}

// A word of the vocabulary in the case of the terms that are there.
static struct rmk_str
in_their_case(
    struct rmk_arena *a, struct rmk_str word, const struct rmk_term *terms, size_t n)
{
	bool upper = false, lower = false, capital = false;
	char *text;

	for (size_t i = 0; i < n; i++) {
		struct rmk_str t = terms[i].text;
		bool first_upper = t.n > 0 && t.s[0] >= 'A' && t.s[0] <= 'Z';

		upper |= first_upper && t.n > 1 && t.s[1] >= 'A' && t.s[1] <= 'Z';
		capital |= first_upper && !(t.n > 1 && t.s[1] >= 'A' && t.s[1] <= 'Z');
		lower |= t.n > 0 && t.s[0] >= 'a' && t.s[0] <= 'z';
	}
	if (lower && !upper && !capital)
		return rmk_utf8_fold(a, word);
	if (!upper || lower || capital)
		return word;
	text = rmk_str_c(a, word);
	for (char *p = text; *p; p++)
		*p = (char)(*p >= 'a' && *p <= 'z' ? *p - 32 : *p);
	return rmk_str_of(text);
}

// Words of the ladder for the ranks that no cell has yet, so that they can be set: but
// only where the ladder is what the column is written in.
static size_t
offer_words(struct rmk_arena *a, struct rmk_term *terms, size_t n, size_t ladder)
{
	size_t seen = n;

	for (uint32_t rank = RMK_WORD_TODO; rank <= RMK_WORD_DONE; rank++) {
		struct rmk_str word = rmk_words_offered(ladder, rank);
		bool has = word.n == 0;

		for (size_t i = 0; i < seen && !has; i++)
			has = terms[i].rank == rank && !terms[i].waits &&
			      !terms[i].closed;
		if (has)
			continue;
		terms[n].text = in_their_case(a, word, terms, seen);
		terms[n].raw = terms[n].text;
		terms[n].key = rmk_utf8_fold(a, word);
		terms[n++].rank = rank;
	}
	return n;
}

static bool
is_written_in(size_t ladder, const struct rmk_term *terms, size_t n)
{
	size_t in = 0, cells = 0;

	for (size_t i = 0; i < n && ladder != RMK_NONE; i++) {
		cells += terms[i].count;
		if (rmk_words_has(ladder, terms[i].key))
			in += terms[i].count;
	}
	return in > 0 && in * 2 >= cells;
}

static void
set_rank(struct rmk_term *term, enum rmk_word_rank rank)
{
	term->waits = rank == RMK_WORD_WAITING;
	term->closed = rank == RMK_WORD_CLOSED;
	term->rank = term->waits             ? RMK_WORD_DOING
	             : term->closed          ? RMK_WORD_DONE
	             : rank <= RMK_WORD_DONE ? (uint32_t)rank
	                                     : RMK_TERM_UNRANKED;
}

// Words make terms, however many; of what is none of the vocabulary this many do.
#define MOST_OWN_TERMS 64

static bool
makes_term(const struct rmk_cell_spelling *s, size_t *own)
{
	size_t n = 0;

	if (s->rank != RMK_WORD_NONE)
		rmk_words_of(s->key, &n);
	return n > 0 || (*own)++ < MOST_OWN_TERMS;
}

// One term a key, in the order of their first cell.
static size_t
make_terms(const struct rmk_column *column, const struct rmk_field *field,
    struct rmk_term *terms, struct rmk_map *by_key)
{
	size_t n = 0, own = 0;

	for (size_t i = 0; i < column->n; i++) {
		const struct rmk_cell_spelling *s = &column->spellings[i];
		size_t at = s->key.n ? rmk_map_get(by_key, s->key) : RMK_NONE;

		if (s->key.n == 0 || (at == RMK_NONE && !makes_term(s, &own)))
			continue;
		if (at == RMK_NONE) {
			at = *rmk_map_put(by_key, s->key) = n++;
			terms[at] = (struct rmk_term){.text = s->text, .key = s->key};
			set_rank(&terms[at], rmk_field_rank(field, s->key));
		}
		terms[at].count += s->count;
	}
	return n;
}

void
rmk_terms_infer(
    struct rmk_arena *a, struct rmk_field *field, const struct rmk_column *column)
{
	struct rmk_term *terms = RMK_NEW_N(a, struct rmk_term, column->n + 3);
	struct rmk_map by_key = {.arena = a};
	size_t n;

	choose_marks(field, column);
	n = make_terms(column, field, terms, &by_key);
	rmk_terms_spell(a, terms, n, &by_key, column);
	if (is_written_in(field->ladder, terms, n))
		n = offer_words(a, terms, n, field->ladder);
	sort_terms(terms, n);
	field->terms = terms;
	field->nterms = n;
	field->nranks = RMK_WORD_DONE + 1;
}

static struct rmk_str
status_terms_keep(struct rmk_arena *a, const struct rmk_doc *doc, struct rmk_str s)
{
	bool in_text = s.s >= doc->text.s && s.s <= doc->text.s + doc->text.n;

	return in_text ? s : rmk_str_copy(a, s);
}

static void
keep_written(struct rmk_arena *a, const struct rmk_doc *doc, struct rmk_term *term)
{
	struct rmk_spelling *written =
	    term->nwritten ? RMK_NEW_N(a, struct rmk_spelling, term->nwritten) : NULL;

	for (size_t i = 0; i < term->nwritten; i++) {
		written[i].raw = status_terms_keep(a, doc, term->written[i].raw);
		written[i].text = status_terms_keep(a, doc, term->written[i].text);
	}
	term->written = written;
}

void
rmk_terms_keep(struct rmk_arena *a, const struct rmk_doc *doc, struct rmk_field *field)
{
	struct rmk_term *terms = RMK_NEW_N(a, struct rmk_term, field->nterms);

	for (size_t i = 0; i < field->nterms; i++) {
		const struct rmk_term *t = &field->terms[i];
		bool plain = rmk_str_eq(t->text, t->raw);

		terms[i] = *t;
		terms[i].raw = status_terms_keep(a, doc, t->raw);
		terms[i].text = plain ? terms[i].raw : status_terms_keep(a, doc, t->text);
		terms[i].key = status_terms_keep(a, doc, t->key);
		keep_written(a, doc, &terms[i]);
	}
	field->terms = terms;
}

// Whether a word is on the ladder of a term that occurs, at a rank that none has.
static bool
is_first_at_its_rank(const struct rmk_field *field, const struct rmk_word *word)
{
	bool akin = false;

	for (size_t i = 0; i < field->nterms; i++) {
		const struct rmk_term *t = &field->terms[i];

		if (t->count && t->rank == word->rank && !t->closed)
			return false;
		akin |= t->count && rmk_words_has(word->ladder, t->key);
	}
	return akin && word->rank < RMK_WORD_NEUTRAL;
}

bool
rmk_field_is_new(struct rmk_arena *a, const struct rmk_field *field, struct rmk_str raw)
{
	struct rmk_str key = rmk_value_key(a, raw);
	size_t n;
	const struct rmk_word *words = rmk_words_of(key, &n);
	bool known = key.n == 0 || rmk_field_term(a, field, raw);

	for (size_t i = 0; i < n && !known; i++)
		known = is_first_at_its_rank(field, &words[i]);
	return !known;
}

void
rmk_terms_count(
    struct rmk_arena *a, struct rmk_field *field, const struct rmk_column *column)
{
	struct rmk_map by_key = {.arena = a}, texts = {.arena = a};

	for (size_t i = field->nterms; i-- > 0;) // of equal terms the first counts
		*rmk_map_put(&by_key, field->terms[i].key) = i;
	for (size_t i = 0; i < column->n; i++) {
		size_t term = rmk_map_get(&by_key, column->spellings[i].key);

		if (term != RMK_NONE)
			field->terms[term].count += column->spellings[i].count;
	}
	rmk_terms_count_texts(field->terms, &by_key, column, &texts);
}
