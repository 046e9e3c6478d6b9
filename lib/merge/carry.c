// A row that one side took to another table, and the other edited where it was: the edit goes
// along.
//
//	base               ours                theirs            merged of
//	| a | todo |       ## Archived         | a | edited |    ours, with a edited there, and
//	## Archived        | a | todo |        ## Archived       theirs, with a as base has it
//
// So the merge that follows sees a row that one side alone touched. A cell that both changed is
// not carried, nor one for which the other table has no column: that stays a conflict.
#include "merge/merge_internal.h"

#include "diff/moved_rows.h"
#include "edit/edit.h"
#include "gfm/cells.h"

struct carry_edits {
	struct rmk_edit *v;
	size_t n, cap;
};

struct carry {
	struct rmk_arena *a;
	struct rmk_doc *docs[3];
	struct carry_edits edits[3];
};

// The row of base in the version of the side that left it in its table.
struct carry_stay {
	size_t table, row;
	struct rmk_table_match m;
};

static bool
carry_find(struct carry *c, enum rmk_version stays, const struct rmk_moved_row *m,
    struct carry_stay *out)
{
	out->table = rmk_match_tables(c->a, c->docs[RMK_BASE], c->docs[stays])
	                 .to_new[m->old_table];
	if (out->table == RMK_NONE)
		return false;
	out->m = rmk_match_for_merge(c->a, c->docs[RMK_BASE], m->old_table,
	    c->docs[stays], out->table, RMK_NONE, true);
	out->row = out->m.rows.to_new[m->old_row];
	return out->row != RMK_NONE;
}

static void
carry_edit(struct carry *c, enum rmk_version side, size_t table, size_t row, size_t col,
    struct rmk_str raw)
{
	*RMK_PUSH(c->a, c->edits[side].v, c->edits[side].n,
	    c->edits[side].cap) = (struct rmk_edit){.kind = RMK_EDIT_CELL,
	    .table = table,
	    .row = row,
	    .col = col,
	    .value = rmk_cell_content(c->a, raw)};
}

// One cell of base: edited where the row stayed, it is edited where the row is now. False: it
// cannot be.
static bool
carry_cell(struct carry *c, enum rmk_version moved, enum rmk_version stays,
    const struct rmk_moved_row *m, const struct carry_stay *stay, size_t col)
{
	const struct rmk_doc *base = c->docs[RMK_BASE];
	size_t there = stay->m.cols.to_new[col], here = m->cols->to_new[col];
	struct rmk_str was, edited, now;

	was = rmk_doc_cell(base, &base->tables[m->old_table].rows[m->old_row], col);
	if (there == RMK_NONE)
		return was.n == 0;
	edited = rmk_doc_cell(
	    c->docs[stays], &c->docs[stays]->tables[stay->table].rows[stay->row], there);
	if (rmk_str_eq(was, edited))
		return true;
	if (here == RMK_NONE)
		return false;
	now = rmk_doc_cell(
	    c->docs[moved], &c->docs[moved]->tables[m->new_table].rows[m->new_row], here);
	if (!rmk_str_eq(now, was) && !rmk_str_eq(now, edited))
		return false;
	carry_edit(c, moved, m->new_table, m->new_row, here, edited);
	carry_edit(c, stays, stay->table, stay->row, there, was);
	return true;
}

// All cells of a row, or none.
static void
carry_row(struct carry *c, enum rmk_version moved, enum rmk_version stays,
    const struct rmk_moved_row *m)
{
	size_t before[] = {c->edits[moved].n, c->edits[stays].n};
	struct carry_stay stay;
	bool ok = true;

	if (!carry_find(c, stays, m, &stay))
		return;
	for (size_t col = 0; col < stay.m.cols.nold && ok; col++)
		ok = carry_cell(c, moved, stays, m, &stay, col);
	for (size_t col = 0; col < stay.m.cols.nnew && ok; col++)
		ok = stay.m.cols.to_old[col] != RMK_NONE ||
		     rmk_doc_cell(c->docs[stays],
			 &c->docs[stays]->tables[stay.table].rows[stay.row], col)
		             .n == 0;
	if (ok)
		return;
	c->edits[moved].n = before[0];
	c->edits[stays].n = before[1];
}

static void
carry_side(struct carry *c, enum rmk_version moved, enum rmk_version stays)
{
	struct rmk_diff d = rmk_diff_docs(c->a, c->docs[RMK_BASE], c->docs[moved]);
	const struct rmk_diff *files[] = {&d};
	struct rmk_moved_row *v;
	size_t n = rmk_moved_rows(c->a, files, 1, &v);

	for (size_t i = 0; i < n; i++)
		carry_row(c, moved, stays, &v[i]);
}

bool
rmk_merge_carry(struct rmk_arena *a, struct rmk_str path, struct rmk_str texts[3])
{
	struct carry c = {.a = a};
	struct rmk_str made[3];
	struct rmk_err unused;

	for (int v = RMK_BASE; v <= RMK_THEIRS; v++)
		if (rmk_doc_parse(a, path, texts[v], 0, &c.docs[v], &unused))
			return false;
	carry_side(&c, RMK_OURS, RMK_THEIRS);
	carry_side(&c, RMK_THEIRS, RMK_OURS);
	if (c.edits[RMK_OURS].n == 0)
		return false;
	for (int v = RMK_OURS; v <= RMK_THEIRS; v++)
		if (rmk_edits_apply(
			a, c.docs[v], c.edits[v].v, c.edits[v].n, &made[v], &unused))
			return false;
	texts[RMK_OURS] = made[RMK_OURS];
	texts[RMK_THEIRS] = made[RMK_THEIRS];
	return true;
}
