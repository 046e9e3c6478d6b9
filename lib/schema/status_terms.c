// The values of a column, and the terms they make.
//
// Cells are told apart by their bytes first, so that text and key are made once a
// spelling and not once a cell: a status column has few spellings and many rows.
#include "base/map.h"
#include "base/utf8.h"
#include "schema/schema_internal.h"
#include "schema/status_words.h"
#include "table/value.h"

// What the cells say, once it is known that there are few enough of them: nearly all
// columns are too varied, and are given up before.
static void
read_spellings(struct rmk_arena *a, struct rmk_column *c)
{
	for (size_t i = 0; i < c->n; i++) {
		struct rmk_spelling *s = &c->spellings[i];

		s->text = rmk_value_text(a, s->raw);
		s->key = rmk_utf8_fold(a, s->text);
		if (s->key.n > 0)
			c->nfilled += s->count;
	}
}

struct rmk_column
rmk_column_read(struct rmk_arena *a, const struct rmk_doc *doc,
    const struct rmk_table *table, size_t col, size_t most)
{
	struct rmk_map seen = {.arena = a};
	struct rmk_column c = {0};
	size_t cap = 0;

	for (size_t i = 0; i < table->nrows; i++) {
		struct rmk_str raw = rmk_doc_cell(doc, &table->rows[i], col);
		size_t *at;

		if (raw.n == 0)
			continue;
		at = rmk_map_put(&seen, raw);
		if (*at == RMK_NONE) {
			if (c.n == most) {
				c.over = true;
				return c;
			}
			*at = c.n;
			*RMK_PUSH(a, c.spellings, c.n, cap) = (struct rmk_spelling){
			    .raw = raw};
		}
		c.spellings[*at].count++;
	}
	read_spellings(a, &c);
	return c;
}

size_t
rmk_column_family(const struct rmk_column *column)
{
	size_t cells[RMK_FAMILIES] = {0}, best = 0;

	for (size_t i = 0; i < column->n; i++) {
		size_t n;
		const struct rmk_word *words = rmk_words_of(column->spellings[i].key, &n);

		for (size_t k = 0; k < n; k++)
			if (words[k].rank < RMK_WORD_NEUTRAL)
				cells[words[k].family] += column->spellings[i].count;
	}
	for (size_t i = 1; i < RMK_FAMILIES; i++)
		if (cells[i] > cells[best])
			best = i;
	return cells[best] ? best : RMK_NONE;
}

// --- ranks ----------------------------------------------------------------------

static enum rmk_word_rank
rank_of_key(size_t family, struct rmk_str key)
{
	enum rmk_word_rank rank = rmk_words_rank(family, key);

	return rank == RMK_WORD_NONE ? rmk_words_percentage(key) : rank;
}

// Two marks get their meaning from what else is in the column. A dash is "no" beside
// what says yes, where nothing else says no; else it is no value. An x is a tick where
// nothing else says yes or no, and a cross beside a tick.
static void
rank_marks(size_t family, struct rmk_term *terms, size_t n)
{
	bool todo = false, done = false;

	for (size_t i = 0; i < n; i++) {
		todo |= terms[i].rank == RMK_WORD_TODO &&
		        !rmk_words_is_dash(terms[i].key);
		done |= terms[i].rank == RMK_WORD_DONE;
	}
	for (size_t i = 0; i < n; i++) {
		if (rmk_str_eq(terms[i].key, RMK_STR("x")) && !(todo && done))
			terms[i].rank = done ? RMK_WORD_TODO : RMK_WORD_DONE;
		else if (rmk_words_is_dash(terms[i].key) &&
			 family != RMK_FAMILY_PLUS_MINUS && (todo || !done))
			terms[i].rank = RMK_TERM_UNRANKED;
	}
}

// --- spelling -------------------------------------------------------------------

// A spelling that others can copy: not one that links to a row's own page.
static bool
status_terms_is_plain(struct rmk_arena *a, const struct rmk_spelling *s)
{
	struct rmk_link *links;

	return rmk_str_eq(s->raw, s->text) || rmk_value_links(a, s->raw, &links) == 0;
}

// What is written for a term: the vocabulary's own spelling where it is a word and a cell
// has it, else the most frequent one; the text alone where every cell has a link of its
// own. Of an emoji with and without U+FE0F no vocabulary knows the better.
static void
choose_spelling(struct rmk_arena *a, struct rmk_term *term, const struct rmk_column *c)
{
	size_t nwords, best = RMK_NONE;
	const struct rmk_word *word = rmk_words_of(term->key, &nwords);

	for (size_t i = 0; i < c->n; i++) {
		const struct rmk_spelling *s = &c->spellings[i];

		if (!rmk_str_eq(s->key, term->key) || !status_terms_is_plain(a, s))
			continue;
		if (word && (unsigned char)word->text[0] < 0x80 &&
		    rmk_str_eq(s->raw, rmk_str_of(word->text))) {
			best = i;
			break;
		}
		if (best == RMK_NONE || s->count > c->spellings[best].count)
			best = i;
	}
	if (best == RMK_NONE) {
		term->raw = term->text;
		return;
	}
	term->raw = c->spellings[best].raw;
	term->text = c->spellings[best].text;
}

// How many ways a reader sees each term spelled. Equal texts have equal keys, so one
// map serves all terms.
static void
count_spellings(struct rmk_arena *a, struct rmk_term *terms, const struct rmk_map *by_key,
    const struct rmk_column *c)
{
	struct rmk_map texts = {.arena = a};

	for (size_t i = 0; i < c->n; i++) {
		size_t term = rmk_map_get(by_key, c->spellings[i].key);
		size_t *seen;

		if (term == RMK_NONE)
			continue;
		seen = rmk_map_put(&texts, c->spellings[i].text);
		terms[term].spellings += *seen == RMK_NONE;
		*seen = term;
	}
}

// --- terms ----------------------------------------------------------------------

// By rank; what is seen more often first, then what is seen first. Terms are few.
static void
sort_terms(struct rmk_term *terms, size_t n)
{
	for (size_t i = 1; i < n; i++) {
		struct rmk_term t = terms[i];
		size_t k = i;

		for (; k > 0 &&
		       (terms[k - 1].rank > t.rank ||
			   (terms[k - 1].rank == t.rank && terms[k - 1].count < t.count));
		     k--)
			terms[k] = terms[k - 1];
		terms[k] = t;
	}
}

// A word of the vocabulary in the case of the terms that are there.
static struct rmk_str
in_their_case(struct rmk_arena *a, const struct rmk_word *word,
    const struct rmk_term *terms, size_t n)
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
		return rmk_str_of(word->key);
	if (!upper || lower || capital)
		return rmk_str_of(word->text);
	text = rmk_str_c(a, rmk_str_of(word->text));
	for (char *p = text; *p; p++)
		*p = (char)(*p >= 'a' && *p <= 'z' ? *p - 32 : *p);
	return rmk_str_of(text);
}

// Words of the family for the ranks that no cell has yet, so that they can be set: but
// only where the family is what the column is written in.
static size_t
offer_words(struct rmk_arena *a, struct rmk_term *terms, size_t n, size_t family)
{
	size_t seen = n;

	for (uint32_t rank = RMK_WORD_TODO; rank <= RMK_WORD_DONE; rank++) {
		const struct rmk_word *word = rmk_words_offered(family, rank);
		bool has = !word;

		for (size_t i = 0; i < seen && !has; i++)
			has = terms[i].rank == rank;
		if (has)
			continue;
		terms[n].text = in_their_case(a, word, terms, seen);
		terms[n].raw = terms[n].text;
		terms[n].key = rmk_str_of(word->key);
		terms[n++].rank = rank;
	}
	return n;
}

static bool
is_word_of(size_t family, struct rmk_str key)
{
	size_t n;
	const struct rmk_word *words = rmk_words_of(key, &n);

	for (size_t i = 0; i < n; i++)
		if (words[i].family == family)
			return true;
	return false;
}

static bool
is_written_in(size_t family, const struct rmk_term *terms, size_t n)
{
	size_t in = 0, cells = 0;

	for (size_t i = 0; i < n && family != RMK_NONE; i++) {
		cells += terms[i].count;
		if (is_word_of(family, terms[i].key))
			in += terms[i].count;
	}
	return in > 0 && in * 2 >= cells;
}

// One term a key, in the order of their first cell.
static size_t
make_terms(const struct rmk_column *column, size_t family, struct rmk_term *terms,
    struct rmk_map *by_key)
{
	size_t n = 0;

	for (size_t i = 0; i < column->n; i++) {
		const struct rmk_spelling *s = &column->spellings[i];
		enum rmk_word_rank rank;
		size_t *at;

		if (s->key.n == 0)
			continue;
		at = rmk_map_put(by_key, s->key);
		if (*at == RMK_NONE) {
			rank = rank_of_key(family, s->key);
			*at = n++;
			terms[*at] = (struct rmk_term){.text = s->text, .key = s->key};
			terms[*at].rank = rank < RMK_WORD_NEUTRAL ? rank
			                                          : RMK_TERM_UNRANKED;
		}
		terms[*at].count += s->count;
	}
	return n;
}

void
rmk_terms_infer(struct rmk_arena *a, struct rmk_field *field,
    const struct rmk_column *column, size_t family)
{
	struct rmk_term *terms = RMK_NEW_N(a, struct rmk_term, column->n + 3);
	struct rmk_map by_key = {.arena = a};
	size_t n = make_terms(column, family, terms, &by_key);

	rank_marks(family, terms, n);
	for (size_t i = 0; i < n; i++)
		choose_spelling(a, &terms[i], column);
	count_spellings(a, terms, &by_key, column);
	if (is_written_in(family, terms, n))
		n = offer_words(a, terms, n, family);
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
	}
	field->terms = terms;
}

// Whether a word is of the family of a term that occurs, at a rank that none has.
static bool
is_first_at_its_rank(const struct rmk_field *field, const struct rmk_word *word)
{
	bool akin = false;

	for (size_t i = 0; i < field->nterms; i++) {
		const struct rmk_term *t = &field->terms[i];

		if (t->count && t->rank == word->rank)
			return false;
		akin |= t->count && is_word_of(word->family, t->key);
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
	struct rmk_map by_key = {.arena = a};

	for (size_t i = field->nterms; i-- > 0;) // of equal terms the first counts
		*rmk_map_put(&by_key, field->terms[i].key) = i;
	for (size_t i = 0; i < column->n; i++) {
		size_t term = rmk_map_get(&by_key, column->spellings[i].key);

		if (term != RMK_NONE)
			field->terms[term].count += column->spellings[i].count;
	}
	count_spellings(a, field->terms, &by_key, column);
}
