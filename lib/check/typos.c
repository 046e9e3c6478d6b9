// Words that were misspelled: one letter from one that is much more frequent in their column.
//
// Columns of few values are looked at as a whole. In one of many only those values count as what
// was meant that fill a good part of it.
#include "base/ascii.h"
#include "base/map.h"
#include "check/check_context.h"
#include "table/value.h"

#include <string.h>

// Short words one letter apart are too often both words.
#define MIN_WORD 5

// A word that is this many times as frequent is what was meant. In a long word a letter
// left out, put in or swapped makes no other word so soon.
#define MUCH_COMMONER 4
#define LONG_WORD 8
#define COMMONER 3

// In a column of many values: how often one must stand, and in one row of how many; how often
// among the first values of the column; and how long a value is that is looked at.
#define OFTEN 8
#define OFTEN_SHARE 20
#define OFTEN_AT_FIRST 3
#define MAX_VALUE 64

// Emphasis and the like may make one value longer than another that shows the same.
#define MAX_MARKUP 8

// What two texts do not share: from..end in each, nothing where a letter was left out.
struct odd_part {
	size_t from, end, common_end;
};

static struct odd_part
find_odd_part(struct rmk_str odd, struct rmk_str common)
{
	struct odd_part part = {.end = odd.n, .common_end = common.n};

	while (part.from < odd.n && part.from < common.n &&
	       odd.s[part.from] == common.s[part.from])
		part.from++;
	while (part.end > part.from && part.common_end > part.from &&
	       odd.s[part.end - 1] == common.s[part.common_end - 1]) {
		part.end--;
		part.common_end--;
	}
	return part;
}

static bool
are_letters(struct rmk_str text, size_t from, size_t end)
{
	while (from < end && rmk_is_letter(text.s[from]))
		from++;
	return from == end;
}

// The length of the word around a place, which may hold letters beyond ASCII; 0 at its
// start: 'Light' and 'Right', 'FreeBSD' and 'kFreeBSD' are both words.
static size_t
word_around(struct rmk_str text, size_t at)
{
	size_t start = at, end = at;

	while (start && (rmk_is_letter(text.s[start - 1]) || text.s[start - 1] & 0x80))
		start--;
	while (end < text.n && (rmk_is_letter(text.s[end]) || text.s[end] & 0x80))
		end++;
	return start < at && rmk_is_letter(text.s[at - 1]) ? end - start : 0;
}

// Whether the letter at `at` is an 's' that ends a word.
static bool
is_plural(struct rmk_str text, size_t at)
{
	return text.s[at] == 's' && (at + 1 == text.n || !rmk_is_letter(text.s[at + 1]));
}

// A letter left out, put in, exchanged or swapped within a word; not a plural. Gives the
// share by which the common spelling must be commoner, or 0.
static uint32_t
misspelled(struct rmk_str odd, struct rmk_str common)
{
	struct odd_part part;
	size_t word;
	bool ends;

	if (odd.n < MIN_WORD - 1 || common.n < MIN_WORD ||
	    rmk_str_distance(odd, common, 1) != 1)
		return 0;
	part = find_odd_part(odd, common);
	word = word_around(common, part.from);
	ends = part.end == odd.n && part.common_end == common.n;
	if (word + (common.n >= LONG_WORD) < MIN_WORD ||
	    !are_letters(odd, part.from, part.end) ||
	    !are_letters(common, part.from, part.common_end))
		return 0;
	if (odd.n != common.n && is_plural(odd.n > common.n ? odd : common, part.from))
		return 0;
	if (odd.n == common.n && part.end - part.from == 1)
		return MUCH_COMMONER;
	return word >= LONG_WORD && !ends ? COMMONER : MUCH_COMMONER;
}

static const char *
rows_word(uint32_t n)
{
	return n == 1 ? "row" : "rows";
}

// Code and formulas differ in single letters: '_O(nlogk)_' is not '_O(nlogn)_'.
static bool
is_formula(struct rmk_str raw)
{
	for (size_t i = 0; i < raw.n; i++)
		if (memchr("`$=^", raw.s[i], 4) ||
		    (raw.s[i] == '(' && i > 0 && rmk_is_letter(raw.s[i - 1])))
			return true;
	return false;
}

// Whether all of a text is letters and digits of ASCII, which show as they are.
static bool
is_alphanumeric(struct rmk_str raw)
{
	for (size_t i = 0; i < raw.n; i++)
		if (!rmk_is_letter(raw.s[i]) && !rmk_is_digit(raw.s[i]))
			return false;
	return true;
}

// Whether one value is a misspelling of another, which is so much more frequent.
static bool
is_typo(struct rmk_checking *c, const struct value_count *odd,
    const struct value_count *common, uint32_t least)
{
	size_t n = odd->raw.n, m = common->raw.n;
	uint32_t share;

	if (common->count < least * odd->count || n > m + MAX_MARKUP ||
	    m > n + MAX_MARKUP || (m < MIN_WORD && is_alphanumeric(common->raw)) ||
	    is_formula(odd->raw))
		return false;
	share = misspelled(
	    rmk_value_key(c->a, odd->raw), rmk_value_key(c->a, common->raw));
	return share && common->count >= share * odd->count;
}

static void
report_typo(struct rmk_checking *c, const struct table_info *t, size_t col,
    const struct value_count *odd, const struct value_count *common)
{
	struct rmk_finding *f = check_report_cell(c, t, odd->first, col,
	    check_printf(c, "'%.*s' in %u %s is one letter from '%.*s' in %u",
		RMK_FMT(check_short(c, odd->raw)), odd->count, rows_word(odd->count),
		RMK_FMT(check_short(c, common->raw)), common->count));

	if (f == NULL)
		return;
	f->found = odd->raw;
	f->wanted = common->raw;
	f->hint = RMK_STR("correct it, or declare both values");
}

// --- columns of few values ----------------------------------------------------

static void
check_few(struct rmk_checking *c, const struct table_info *t, size_t col)
{
	const struct column *column = &t->columns[col];
	uint32_t most = 0;

	for (size_t i = 0; i < column->nvalues; i++)
		if (column->values[i].count > most)
			most = column->values[i].count;
	if (most < COMMONER)
		return;
	for (size_t i = 0; i < column->nvalues; i++) {
		const struct value_count *odd = &column->values[i];

		for (size_t k = 0; k < column->nvalues; k++) {
			const struct value_count *common = &column->values[k];

			if (common->count < COMMONER ||
			    !is_typo(c, odd, common, COMMONER) ||
			    !(check_repeats(t, col, column->nvalues - 1) ||
				check_is_category(c, t->index, col)))
				continue;
			report_typo(c, t, col, odd, common);
			break;
		}
	}
}

// --- columns of many values ---------------------------------------------------

struct value_list {
	struct value_count *v;
	size_t n, cap;
};

// Whether some of the first values stood more than once or twice before there were too many to
// count: a column of names or links is not counted at all.
static bool
may_repeat(const struct column *column)
{
	for (size_t i = 0; i < column->nvalues; i++)
		if (column->values[i].count >= OFTEN_AT_FIRST)
			return true;
	return false;
}

static void
count_all(struct rmk_checking *c, const struct table_info *t, size_t col,
    struct value_list *out)
{
	struct rmk_map seen = {.arena = c->a};

	for (uint32_t r = 0; r < t->table->nrows; r++) {
		struct rmk_str raw = rmk_doc_cell(c->doc, &t->table->rows[r], col);
		size_t *at;

		// A number is no word, nor a letter away from one.
		if (raw.n == 0 || raw.n > MAX_VALUE || rmk_str_is_digits(raw, 0, raw.n))
			continue;
		at = rmk_map_put(&seen, raw);
		if (*at == RMK_NONE) {
			*at = out->n;
			*RMK_PUSH(c->a, out->v, out->n, out->cap) = (struct value_count){
			    raw, 0, r};
		}
		out->v[*at].count++;
	}
}

static void
check_many(struct rmk_checking *c, const struct table_info *t, size_t col)
{
	struct value_list all = {0};

	if (!may_repeat(&t->columns[col]))
		return;
	count_all(c, t, col, &all);
	for (size_t k = 0; k < all.n; k++) {
		const struct value_count *common = &all.v[k];

		if (common->count < OFTEN ||
		    common->count * OFTEN_SHARE < t->table->nrows)
			continue;
		for (size_t i = 0; i < all.n; i++)
			if (i != k && is_typo(c, &all.v[i], common, OFTEN))
				report_typo(c, t, col, &all.v[i], common);
	}
}

void
check_status_typo(struct rmk_checking *c)
{
	for (size_t i = 0; i < c->doc->ntables; i++) {
		const struct table_info *t = &c->tables[i];

		for (size_t col = 0; col < t->table->ncols; col++) {
			if (t->schema->fields[col].declared)
				continue;
			if (t->columns[col].many)
				check_many(c, t, col);
			else
				check_few(c, t, col);
		}
	}
}
