// Rows of a clean result, each as all that it says.
//
//	base   ours   theirs   result
//	 1      0      1        0      ours deleted or edited it, so it must not be there as it was
//	 1      1      1        1      both left it, wherever they took it
//
// Only rows that stand at most once in each version decide: a word may go from row to row, and a
// whole row does not.
#include "merge/facts.h"

struct whole_row {
	const struct rmk_doc *doc;
	const struct rmk_table *table;
	const struct rmk_row *row;
	uint8_t times[4]; // base, ours, theirs, result; 2: more than once
};

struct whole_rows {
	struct rmk_hash_index index;
	struct whole_row *v;
	size_t n, cap;
};

struct whole_row_wanted {
	const struct whole_rows *all;
	const struct whole_row *row;
};

static bool
have_same_cells(const struct whole_row *x, const struct rmk_row *in_x,
    const struct whole_row *y, const struct rmk_row *in_y)
{
	for (size_t c = 0; c < in_x->ncells || c < in_y->ncells; c++) {
		if (!rmk_str_eq(
			rmk_doc_cell(x->doc, in_x, c), rmk_doc_cell(y->doc, in_y, c)))
			return false;
	}
	return true;
}

static bool
have_same_columns(const struct whole_row *x, const struct whole_row *y)
{
	return x->table->ncols == y->table->ncols &&
	       have_same_cells(x, &x->table->header, y, &y->table->header);
}

// The same cells in the same columns; empty ones at the end of a row need not be written.
static bool
says_the_same(const void *ctx, size_t item)
{
	const struct whole_row_wanted *wanted = ctx;
	const struct whole_row *x = &wanted->all->v[item], *y = wanted->row;

	return have_same_cells(x, x->row, y, y->row) &&
	       (x->table == y->table || have_same_columns(x, y));
}

static uint64_t
hash_of_row(const struct whole_rows *all, const struct whole_row *row)
{
	uint64_t hash = rmk_hash_index_seed(&all->index);

	for (size_t c = 0; c < row->row->ncells; c++) {
		struct rmk_str cell = rmk_doc_cell(row->doc, row->row, c);

		if (cell.n)
			hash = rmk_str_hash_seeded(cell, hash + c);
	}
	return hash;
}

static void
count_row(struct whole_rows *all, const struct whole_row *row, int version)
{
	struct whole_row_wanted wanted = {all, row};
	size_t at = rmk_hash_index_put(
	    &all->index, hash_of_row(all, row), all->n, says_the_same, &wanted);

	if (at == all->n)
		*RMK_PUSH(all->index.arena, all->v, all->n, all->cap) = *row;
	all->v[at].times[version] = all->v[at].times[version] ? 2 : 1;
}

static void
count_version(struct whole_rows *all, const struct fact_rows *rows, int version)
{
	const struct rmk_doc *doc = rows->list.doc;
	size_t i = 0;

	for (size_t t = 0; t < doc->ntables; t++) {
		for (size_t r = 0; r < doc->tables[t].nrows; r++, i++) {
			struct whole_row row = {
			    doc, &doc->tables[t], &doc->tables[t].rows[r], {0}};

			if (!rows->same[i])
				count_row(all, &row, version);
		}
	}
}

static struct rmk_str
whole_rows_heading(const struct rmk_doc *doc, const struct rmk_table *t)
{
	return t->heading == RMK_NONE ? (struct rmk_str){0}
	                              : doc->headings[t->heading].text;
}

// Whether a side changed the columns of the table of a row: it may say the same there in others.
static bool
has_other_columns(const struct whole_row *row, const struct rmk_doc *side)
{
	for (size_t t = 0; t < side->ntables; t++) {
		const struct whole_row is = {side, &side->tables[t], NULL, {0}};

		if (rmk_str_eq(whole_rows_heading(row->doc, row->table),
			whole_rows_heading(side, is.table)) &&
		    !have_same_columns(row, &is))
			return true;
	}
	return false;
}

static const char *
wrong_with_row(const struct facts *f, const struct whole_row *row)
{
	bool b = row->times[RMK_BASE], o = row->times[RMK_OURS],
	     t = row->times[RMK_THEIRS];

	for (int v = 0; v <= 3; v++) {
		if (row->times[v] > 1)
			return NULL;
	}
	if (o && t && !row->times[3])
		return "a row that both sides have would be lost";
	if (b && o != t && row->times[3] &&
	    !has_other_columns(row, f->rows[o ? RMK_THEIRS : RMK_OURS].list.doc))
		return "a row that one side changed would be back";
	return NULL;
}

const char *
rmk_facts_whole_rows(const struct facts *f)
{
	struct whole_rows all = {.index = {.arena = f->a}};
	const char *wrong = NULL;

	for (int v = 0; v <= 3; v++)
		count_version(&all, &f->rows[v], v);
	for (size_t i = 0; i < all.n && !wrong; i++)
		wrong = wrong_with_row(f, &all.v[i]);
	return wrong;
}
