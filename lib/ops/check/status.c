// Statuses that were misspelled, or forgotten; and which columns are looked at for it.
//
// Only columns of categories are: those inferred or declared as a status, and those whose
// values are few and repeat.
#include "ops/check/checking.h"
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
check_is_category(struct rmk_checking *c, size_t table, size_t col)
{
	const struct table_info *t = &c->tables[table];
	const struct column *column = &t->columns[col];

	if (column->many || column->nvalues == 0)
		return false;
	if (col != t->schema->key && column->nfilled >= MIN_FILLED &&
	    column->nvalues * MIN_REPEAT <= column->nfilled)
		return true;
	return t->schema->fields[col].type == RMK_ENUM || is_status(c, table, col);
}

static const char *
rows(uint32_t n)
{
	return n == 1 ? "row" : "rows";
}

// --- status-typo --------------------------------------------------------------

// Short words one letter apart are too often both words.
#define MIN_WORD 5

// A word that stands this many times as often is what was meant.
#define MUCH_COMMONER 4

static bool
is_word(struct rmk_str text)
{
	if (text.n < MIN_WORD)
		return false;
	for (size_t i = 0; i < text.n; i++)
		if (!((text.s[i] | 0x20) >= 'a' && (text.s[i] | 0x20) <= 'z') &&
		    text.s[i] != ' ' && text.s[i] != '-')
			return false;
	return true;
}

// A letter left out, put in, exchanged or swapped; not a plural.
static bool
is_misspelled(struct rmk_str odd, struct rmk_str common)
{
	if (!is_word(odd) || !is_word(common) || rmk_str_distance(odd, common, 1) != 1)
		return false;
	return odd.n == common.n ||
	       (odd.n > common.n
		       ? odd.s[odd.n - 1] != 's' || rmk_str_ends(common, RMK_STR("s"))
		       : common.s[common.n - 1] != 's' ||
			     rmk_str_ends(odd, RMK_STR("s")));
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

			if (common->count < MUCH_COMMONER * odd->count ||
			    common->count < 4 ||
			    !is_misspelled(rmk_value_key(c->a, odd->raw),
				rmk_value_key(c->a, common->raw)) ||
			    !check_is_category(c, t->index, col))
				continue;
			f = check_report_cell(c, t, odd->first, col,
			    check_printf(c,
				"'%.*s' in %u %s is one letter from '%.*s' in %u",
				RMK_FMT(check_short(c, odd->raw)), odd->count,
				rows(odd->count), RMK_FMT(check_short(c, common->raw)),
				common->count));
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

static bool
is_forgotten(struct rmk_checking *c, size_t table, size_t col)
{
	const struct column *column = &c->tables[table].columns[col];

	if (column->nempty == 0 || column->nempty * FILLED_PER_BLANK > column->nfilled)
		return false;
	return is_status(c, table, col) ||
	       (check_is_category(c, table, col) && column->nvalues <= 6);
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

				if (rmk_doc_cell(c->doc, row, col).n ||
				    row->ncells <= col ||
				    !is_filled(row, t->table->ncols))
					continue;
				check_report_cell(c, t, r, col,
				    check_printf(c,
					"'%.*s' is empty here, and filled in %u of %u "
					"rows",
					RMK_FMT(
					    check_short(c, t->schema->fields[col].label)),
					t->columns[col].nfilled, t->table->nrows));
			}
		}
	}
}
