// Rows of a clean result, each as all that it says.
//
//	base   ours   theirs   result
//	 1      0      1        0      ours deleted or edited it, so it must not be there as it was
//	 1      1      1        1      both left it, wherever they took it
//
// Only rows that stand at most once in each version decide: a word may go from row to row, and a
// whole row does not. Where a side has a table of other columns than any in base its rows may say the
// same in other cells, so nothing is asked.
#include "merge/facts.h"

#include "base/map.h"

struct whole_row {
	const struct rmk_doc *doc;
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

// Empty cells at the end of a row need not be written.
static bool
says_the_same(const void *ctx, size_t item)
{
	const struct whole_row_wanted *wanted = ctx;
	const struct whole_row *x = &wanted->all->v[item], *y = wanted->row;

	for (size_t c = 0; c < x->row->ncells || c < y->row->ncells; c++) {
		if (!rmk_str_eq(
			rmk_doc_cell(x->doc, x->row, c), rmk_doc_cell(y->doc, y->row, c)))
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
	for (size_t r = 0; r < rows->list.n; r++) {
		struct whole_row row = {rows->list.doc, rows->list.v[r], {0}};

		if (!rows->same[r])
			count_row(all, &row, version);
	}
}

static struct rmk_str
all_labels(struct rmk_arena *a, const struct rmk_doc *doc, const struct rmk_table *t)
{
	struct rmk_buf out = {.arena = a};

	for (size_t c = 0; c < t->ncols; c++) {
		rmk_buf_add(&out, rmk_doc_cell(doc, &t->header, c));
		rmk_buf_addc(&out, '\n');
	}
	return rmk_buf_str(&out);
}

static bool
has_other_columns(const struct facts *f)
{
	const struct rmk_doc *base = f->rows[RMK_BASE].list.doc;
	struct rmk_map known = {.arena = f->a};

	for (size_t t = 0; t < base->ntables; t++)
		*rmk_map_put(&known, all_labels(f->a, base, &base->tables[t])) = t;
	for (int v = RMK_OURS; v <= RMK_THEIRS; v++) {
		const struct rmk_doc *side = f->rows[v].list.doc;

		for (size_t t = 0; t < side->ntables; t++) {
			if (rmk_map_get(&known,
				all_labels(f->a, side, &side->tables[t])) == RMK_NONE)
				return true;
		}
	}
	return false;
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
	return wrong && has_other_columns(f) ? NULL : wrong;
}
