// The key: the column by which people name rows.
//
//	| # | Paper | Link | Read or Not |        Paper: a name beside a number, a link, a status
//	| ID | Paket | Status |                   Paket
//	| v1.2 | Done |                           the first, where nothing says more
//
//	| Module | API | State |              API, where most rows share their module
//
// What a column is decides, not whether today's values differ: rows that are added, removed
// or renamed change nothing. Its header says most; where that says nothing, what most of
// its first cells are (numbers, dates, links alone, marks; what most rows share, where
// another column has words that no two rows share).
#include "base/utf8.h"
#include "schema/schema_internal.h"
#include "schema/status_words.h"
#include "table/value.h"

// How well a column names rows: the lowest is the key.
enum key_place {
	KEY_NAME,   // a header that says so
	KEY_TEXT,   // words, and a header that says nothing
	KEY_NOTE,   // short descriptions
	KEY_ID,     // a number, a code
	KEY_GROUP,  // what several rows have in common
	KEY_DATE,   // a day
	KEY_AMOUNT, // how much, how many
	KEY_PROSE,  // long descriptions, links alone
	KEY_STATUS, // how far they are
	KEY_MARKS   // emoji, or nothing
};

// So many filled cells of a column say what it holds.
#define KEY_SAMPLE 32
// A description longer than this in most rows names nothing.
#define KEY_PROSE_CHARS 60

// So few cells do not show that a first column describes.
#define KEY_FEW 2

struct key_sample {
	size_t cells, numbers, dates, links, marks, prose, words, people;
};

// "12", "#12", "12.", "(0042)", "1️⃣"; but "3.1" is a version.
static bool
is_key_number(struct rmk_str text)
{
	static const char *const keycaps[] = {"\xE2\x83\xA3", "\xEF\xB8\x8F"};
	size_t from = 0, to = text.n;

	for (size_t i = 0; i < 2; i++)
		if (rmk_str_ends(rmk_str_part(text, 0, to), rmk_str_of(keycaps[i])))
			to -= 3;

	while (from < to && (text.s[from] == '#' || text.s[from] == '('))
		from++;
	while (to > from && (text.s[to - 1] == '.' || text.s[to - 1] == ')'))
		to--;
	return to > from && rmk_str_is_digits(text, from, to - from);
}

// "Yes" and "Done" answer a question about a row, whatever the header asks.
static bool
is_progress_word(struct rmk_str key)
{
	size_t n;

	rmk_words_of(key, &n);
	return n > 0;
}

// "@name", or a link to somebody's page on GitHub.
static bool
is_person(struct rmk_str raw, struct rmk_str text)
{
	struct rmk_str page = RMK_STR("](https://github.com/");
	size_t at;

	if (text.s[0] == '@' || raw.s[raw.n - 1] != ')')
		return text.s[0] == '@';
	at = rmk_str_find(raw, page);
	return at != RMK_NONE && rmk_str_rchr(raw, '/') == at + page.n - 1;
}

static void
sample_cell(struct rmk_arena *scratch, struct key_sample *s, struct rmk_str raw)
{
	struct rmk_str text = rmk_value_text(scratch, raw);
	struct rmk_str key = rmk_utf8_fold(scratch, text);

	s->cells++;
	s->numbers += is_key_number(text);
	s->dates += rmk_value_is_date(text) && text.n > 4;
	s->links += rmk_str_starts(text, RMK_STR("http://")) ||
	            rmk_str_starts(text, RMK_STR("https://")) || key.n == 0;
	s->marks += text.n > 0 && !rmk_utf8_has_word(text);
	s->prose += text.n > KEY_PROSE_CHARS;
	s->people += text.n > 0 && is_person(raw, text);
	s->words += is_progress_word(key);
}

static struct key_sample
sample_column(struct rmk_arena *scratch, const struct rmk_doc *doc,
    const struct rmk_table *table, size_t col)
{
	struct key_sample s = {0};

	for (size_t i = 0; i < table->nrows && s.cells < KEY_SAMPLE; i++) {
		struct rmk_arena_mark before = rmk_arena_mark(scratch);
		struct rmk_str raw = rmk_doc_cell(doc, &table->rows[i], col);

		if (raw.n > 0)
			sample_cell(scratch, &s, raw);
		rmk_arena_reset(scratch, before);
	}
	return s;
}

// All that a header leaves open, the cells answer.
static enum key_place
place_by_cells(const struct key_sample *s, bool legend, enum key_place otherwise)
{
	if (s->cells == 0)
		return otherwise;
	if (s->marks * 2 > s->cells)
		return KEY_MARKS;
	if (!legend && s->words * 4 > s->cells * 3)
		return KEY_STATUS;
	if (otherwise != KEY_NAME && s->people * 2 > s->cells)
		return KEY_GROUP;
	if (s->numbers * 2 > s->cells)
		return KEY_AMOUNT;
	if (s->dates * 2 > s->cells)
		return KEY_DATE;
	if (s->links * 2 > s->cells)
		return KEY_PROSE;
	return otherwise;
}

static enum key_place
place_of_column(struct rmk_arena *scratch, const struct rmk_doc *doc,
    const struct rmk_table *table, const struct rmk_field *field, size_t col)
{
	enum rmk_header_says says = rmk_words_header_names(field->key);
	struct key_sample s;
	enum key_place place;
	bool legend;

	if (field->type == RMK_STATUS)
		return KEY_STATUS;
	if (says == RMK_HEADER_GROUP || says == RMK_HEADER_ID || says == RMK_HEADER_DATE)
		return says == RMK_HEADER_GROUP ? KEY_GROUP
		       : says == RMK_HEADER_ID  ? KEY_ID
		                                : KEY_DATE;
	s = sample_column(scratch, doc, table, col);
	// States that are no status column are what the table explains.
	legend = col == 0 || rmk_words_header(field->key) == RMK_HEADER_STATUS;
	if (says == RMK_HEADER_NAME)
		return place_by_cells(&s, legend, KEY_NAME);
	if (says == RMK_HEADER_NOTE)
		return s.prose * 2 > s.cells ? KEY_PROSE
		                             : place_by_cells(&s, legend, KEY_NOTE);
	place = place_by_cells(&s, legend, KEY_TEXT);
	// One long name in front of all else makes no descriptions of a column; numbers there number
	// the rows.
	return s.prose * 2 > s.cells && (col > 0 || s.cells > KEY_FEW) ? KEY_NOTE
	       : place == KEY_AMOUNT && col == 0                       ? KEY_ID
	                                                               : place;
}

// What a column's first filled cells share.
struct key_kinds {
	size_t cells, kinds, figures, links; // figures: they begin with a digit
};

static struct key_kinds
key_kinds_of(const struct rmk_doc *doc, const struct rmk_table *table, size_t col)
{
	struct rmk_str seen[KEY_SAMPLE];
	struct key_kinds n = {0};

	for (size_t i = 0; i < table->nrows && n.cells < KEY_SAMPLE; i++) {
		struct rmk_str raw = rmk_doc_cell(doc, &table->rows[i], col);
		size_t k = 0;

		if (raw.n == 0)
			continue;
		n.cells++;
		n.figures += raw.s[0] >= '0' && raw.s[0] <= '9';
		n.links += rmk_str_chr(raw, '[') != RMK_NONE;
		while (k < n.kinds && !rmk_str_eq(seen[k], raw))
			k++;
		if (k == n.kinds)
			seen[n.kinds++] = raw;
	}
	return n;
}

// A column that most rows share their values of groups them, and names none; where each leads
// somewhere, they are names.
static bool
is_group(const struct rmk_doc *doc, const struct rmk_table *table, size_t col)
{
	struct key_kinds n = key_kinds_of(doc, table, col);

	return n.cells > 2 && n.kinds * 2 <= n.cells && n.links * 2 <= n.cells;
}

// Words that no two rows share, in every row.
static bool
tells_apart(const struct rmk_doc *doc, const struct rmk_table *table, size_t col)
{
	struct key_kinds n = key_kinds_of(doc, table, col);

	return n.kinds == n.cells && (n.cells == KEY_SAMPLE || n.cells == table->nrows) &&
	       n.figures * 2 < n.cells;
}

// The column that rows are named by where the one that seems to is shared by most.
static size_t
key_beside_group(struct rmk_arena *scratch, const struct rmk_doc *doc,
    const struct rmk_table *table, const struct rmk_schema *schema, size_t group)
{
	if (!is_group(doc, table, group))
		return group;
	for (size_t i = 0; i < schema->ncols; i++) {
		if (i != group && tells_apart(doc, table, i) &&
		    place_of_column(scratch, doc, table, &schema->fields[i], i) <=
			KEY_NOTE)
			return i;
	}
	return group;
}

static bool
key_is_filled(const struct rmk_doc *doc, const struct rmk_table *table, size_t col)
{
	for (size_t r = 0; r < table->nrows; r++) {
		if (rmk_doc_cell(doc, &table->rows[r], col).n)
			return true;
	}
	return false;
}

// A column without one value, as it was just added, names no row while another can: one that is as
// good, or that has words where its own header promises no name.
static size_t
key_with_values(const struct rmk_doc *doc, const struct rmk_table *table,
    const enum key_place *places, size_t best)
{
	enum key_place most = places[best] == KEY_NAME ? KEY_TEXT : KEY_NOTE, least;
	size_t other = best;

	if (table->nrows == 0 || key_is_filled(doc, table, best))
		return best;
	least = most + 1;
	for (size_t i = 0; i < table->ncols; i++) {
		if (places[i] < least && key_is_filled(doc, table, i)) {
			least = places[i];
			other = i;
		}
	}
	return other;
}

void
rmk_schema_choose_key(struct rmk_arena *scratch, const struct rmk_doc *doc,
    const struct rmk_table *table, struct rmk_schema *schema)
{
	enum key_place *places = RMK_NEW_N(scratch, enum key_place, schema->ncols + 1);
	size_t best = 0, number = RMK_NONE;

	for (size_t i = 0; i < schema->ncols; i++) {
		places[i] = place_of_column(scratch, doc, table, &schema->fields[i], i);
		if (places[i] < places[best])
			best = i;
		if (places[i] == KEY_ID && number == RMK_NONE)
			number = i;
	}
	if (schema->ncols)
		best = key_with_values(doc, table, places, best);
	if (schema->key == RMK_NONE)
		schema->key = places[best] <= KEY_NOTE && number == RMK_NONE
		                  ? key_beside_group(scratch, doc, table, schema, best)
		                  : best;
	schema->number = number == schema->key ? RMK_NONE : number;
}
