// Statuses that were misspelled, or forgotten; and which columns are looked at for it.
//
// Only columns of categories are: those inferred or declared as a status, and those whose
// values are few and repeat.
#include "base/ascii.h"
#include "check/check_context.h"
#include "schema/status_words.h"
#include "table/value.h"

#include <string.h>

// Rows a column needs, and how often its values repeat, before it counts as categories.
#define MIN_FILLED 4
#define MIN_REPEAT 2

static bool
is_status(struct rmk_checking *c, size_t table, size_t col)
{
	const struct rmk_schema *schema = check_schema(c, &c->tables[table]);

	for (size_t i = 0; i < schema->nstatus; i++)
		if (schema->status[i] == col)
			return true;
	return false;
}

bool
check_repeats(const struct table_info *t, size_t col, size_t nvalues)
{
	const struct column *column = &t->columns[col];

	return nvalues && col != t->schema->key && column->nfilled >= MIN_FILLED &&
	       nvalues * MIN_REPEAT <= column->nfilled;
}

bool
check_is_category(struct rmk_checking *c, size_t table, size_t col)
{
	const struct table_info *t = &c->tables[table];
	const struct column *column = &t->columns[col];

	if (column->many || column->nvalues == 0)
		return false;
	if (check_repeats(t, col, column->nvalues))
		return true;
	return t->schema->fields[col].type == RMK_ENUM || is_status(c, table, col);
}

static const char *
status_rows(uint32_t n)
{
	return n == 1 ? "row" : "rows";
}

// --- status-typo --------------------------------------------------------------

// Short words one letter apart are too often both words.
#define MIN_WORD 5

// A word that stands this many times as often is what was meant. In a long word a letter
// left out, put in or swapped makes no other word so soon.
#define MUCH_COMMONER 4
#define LONG_WORD 8
#define COMMONER 3

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
	if (ends && odd.n != common.n &&
	    (odd.n > common.n ? odd : common).s[part.from] == 's')
		return 0;
	if (odd.n == common.n && part.end - part.from == 1)
		return MUCH_COMMONER;
	return word >= LONG_WORD && !ends ? COMMONER : MUCH_COMMONER;
}

static void
check_typos(struct rmk_checking *c, const struct table_info *t, size_t col)
{
	const struct column *column = &t->columns[col];

	for (size_t i = 0; i < column->nvalues; i++) {
		const struct value_count *odd = &column->values[i];

		for (size_t k = 0; k < column->nvalues; k++) {
			const struct value_count *common = &column->values[k];
			struct rmk_finding *f;
			uint32_t share;

			if (common->count < COMMONER * odd->count)
				continue;
			share = misspelled(rmk_value_key(c->a, odd->raw),
			    rmk_value_key(c->a, common->raw));
			if (share == 0 || common->count < share * odd->count ||
			    !(check_repeats(t, col, column->nvalues - 1) ||
				check_is_category(c, t->index, col)))
				continue;
			f = check_report_cell(c, t, odd->first, col,
			    check_printf(c,
				"'%.*s' in %u %s is one letter from '%.*s' in %u",
				RMK_FMT(check_short(c, odd->raw)), odd->count,
				status_rows(odd->count),
				RMK_FMT(check_short(c, common->raw)), common->count));
			if (f) {
				f->found = odd->raw;
				f->wanted = common->raw;
				f->hint = RMK_STR("correct it, or declare both values");
			}
			break;
		}
	}
}

void
check_status_typo(struct rmk_checking *c)
{
	for (size_t i = 0; i < c->doc->ntables; i++) {
		const struct table_info *t = &c->tables[i];

		for (size_t col = 0; col < t->table->ncols; col++)
			if (!t->columns[col].many && !t->schema->fields[col].declared)
				check_typos(c, t, col);
	}
}

// --- empty-status -------------------------------------------------------------

// A blank among this many filled cells was forgotten; more of them mean something.
#define FILLED_PER_BLANK 10

// A mark, not a word: at most one letter, as 'X' and '(x)'.
static bool
is_mark(struct rmk_str raw)
{
	size_t letters = 0;

	for (size_t i = 0; i < raw.n; i++)
		letters += rmk_is_letter(raw.s[i]);
	return letters < 2 && (letters || !check_has_word(raw));
}

static bool
says_no(struct rmk_str key)
{
	enum rmk_word_rank rank = rmk_words_rank(RMK_NONE, key);

	return rank == RMK_WORD_TODO || rank == RMK_WORD_NEUTRAL ||
	       rank == RMK_WORD_CLOSED || rmk_words_is_dash(key);
}

// Where a column holds nothing but marks, and none in the table says 'no', blank is how it
// says so.
static bool
blank_is_no(struct rmk_checking *c, const struct table_info *t, size_t col)
{
	for (size_t i = 0; i < t->columns[col].nvalues; i++)
		if (!is_mark(rmk_value_key(c->a, t->columns[col].values[i].raw)))
			return false;
	for (size_t other = 0; other < t->table->ncols; other++) {
		const struct column *column = &t->columns[other];

		for (size_t i = 0; !column->many && i < column->nvalues; i++)
			if (says_no(rmk_value_key(c->a, column->values[i].raw)))
				return false;
	}
	return true;
}

static bool
is_forgotten(struct rmk_checking *c, size_t table, size_t col)
{
	const struct column *column = &c->tables[table].columns[col];

	if (column->nempty == 0 || column->nempty * FILLED_PER_BLANK > column->nfilled)
		return false;
	return (is_status(c, table, col) ||
		   (check_is_category(c, table, col) && column->nvalues <= 6)) &&
	       !blank_is_no(c, &c->tables[table], col);
}

// Blanks among the columns of categories that tell of a row that is yet to be filled in.
#define NEW_ROW 3

static bool
status_is_new(struct rmk_checking *c, size_t table, const struct rmk_row *row)
{
	uint32_t blank = 0;

	for (uint32_t col = 0; col < row->ncells && blank < NEW_ROW; col++)
		blank += row->cells[col].len == 0 && check_is_category(c, table, col);
	return blank >= NEW_ROW;
}

// A row that has nothing else heads others, or is itself to be filled in.
static bool
is_filled(const struct rmk_row *row, uint32_t ncols)
{
	uint32_t filled = 0;

	for (uint32_t i = 0; i < row->ncells; i++)
		filled += row->cells[i].len > 0;
	return filled > 1 || (filled == 1 && ncols == 2);
}

void
check_empty_status(struct rmk_checking *c)
{
	for (size_t i = 0; i < c->doc->ntables; i++) {
		const struct table_info *t = &c->tables[i];

		for (size_t col = 0; col < t->table->ncols; col++) {
			if (!is_forgotten(c, i, col))
				continue;
			for (uint32_t r = 0; r < t->table->nrows; r++) {
				const struct rmk_row *row = &t->table->rows[r];
				struct rmk_finding *f;

				if (rmk_doc_cell(c->doc, row, col).n ||
				    row->ncells <= col ||
				    !is_filled(row, t->table->ncols) ||
				    status_is_new(c, i, row))
					continue;
				f = check_report_cell(c, t, r, col,
				    check_printf(c,
					"'%.*s' is empty here, and filled in %u of %u "
					"rows",
					RMK_FMT(
					    check_short(c, t->schema->fields[col].label)),
					t->columns[col].nfilled, t->table->nrows));
				if (f)
					f->hint = RMK_STR("fill it in");
			}
		}
	}
}
