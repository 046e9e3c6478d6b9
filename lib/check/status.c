// Statuses that were forgotten, and which columns hold statuses or categories.
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

bool
check_is_status(struct rmk_checking *c, size_t table, size_t col)
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
	return t->schema->fields[col].type == RMK_ENUM || check_is_status(c, table, col);
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
	return check_is_status(c, table, col) && !blank_is_no(c, &c->tables[table], col);
}

// Blanks among the columns of categories that tell of a row that is yet to be filled in.
#define NEW_ROW 3

static bool
status_is_new(struct rmk_checking *c, size_t table, const struct rmk_row *row)
{
	uint32_t blank = 0, ncols = c->doc->tables[table].ncols;

	for (uint32_t col = 0; col < row->ncells && col < ncols && blank < NEW_ROW; col++)
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
