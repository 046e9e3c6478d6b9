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

// Empty cells at the end say nothing; the others say it in columns of the same labels.
static bool
says_the_same(const void *ctx, size_t item)
{
	const struct whole_row_wanted *wanted = ctx;
	const struct whole_row *x = &wanted->all->v[item], *y = wanted->row;

	for (size_t c = 0; c < x->row->ncells || c < y->row->ncells; c++) {
		struct rmk_str cell = rmk_doc_cell(x->doc, x->row, c);

		if (!rmk_str_eq(cell, rmk_doc_cell(y->doc, y->row, c)) ||
		    (cell.n && !rmk_str_eq(rmk_doc_cell(x->doc, &x->table->header, c),
				   rmk_doc_cell(y->doc, &y->table->header, c))))
			return false;
	}
	return true;
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

static const char *
wrong_with_row(const struct whole_row *row)
{
	bool b = row->times[RMK_BASE], o = row->times[RMK_OURS],
	     t = row->times[RMK_THEIRS];

	for (int v = 0; v <= 3; v++) {
		if (row->times[v] > 1)
			return NULL;
	}
	if (o && t && !row->times[3])
		return "a row that both sides have would be lost";
	return b && o != t && row->times[3] ? "a row that one side changed would be back"
	                                    : NULL;
}

const char *
rmk_facts_whole_rows(const struct facts *f)
{
	struct whole_rows all = {.index = {.arena = f->a}};
	const char *wrong = NULL;

	for (int v = 0; v <= 3; v++)
		count_version(&all, &f->rows[v], v);
	for (size_t i = 0; i < all.n && !wrong; i++)
		wrong = wrong_with_row(&all.v[i]);
	return wrong;
}
