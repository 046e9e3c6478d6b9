// Cells that both sides changed, decided beforehand: see settle.h.
#include "merge/settle.h"

#include "diff/match.h"
#include "edit/edit.h"
#include "gfm/cells.h"
#include "schema/schema.h"

#include <string.h>

// Edits of one side, those of the cells that it loses.
struct losses {
	struct rmk_edit *v;
	size_t n, cap;
};

struct settling {
	struct rmk_arena *a;
	enum rmk_prefer prefer;
	const struct rmk_doc *docs[3];
	struct losses of[3];
	// The table at hand, in each version, and how base's columns and rows are found.
	size_t table[3];
	struct rmk_table_match match[3];
	const struct rmk_schema *schema[3];
};

static struct rmk_str
settle_cell(const struct settling *s, enum rmk_version v, size_t row, size_t col)
{
	const struct rmk_doc *doc = s->docs[v];

	return rmk_doc_cell(doc, &doc->tables[s->table[v]].rows[row], col);
}

// The side whose status is further on; RMK_BASE: that is not known.
static enum rmk_version
further_side(
    const struct settling *s, const size_t cols[3], const struct rmk_str cells[3])
{
	const struct rmk_field *f = &s->schema[RMK_OURS]->fields[cols[RMK_OURS]];
	const struct rmk_term *ours = rmk_field_term(s->a, f, cells[RMK_OURS]);
	const struct rmk_term *theirs = rmk_field_term(s->a, f, cells[RMK_THEIRS]);

	if (!ours || !theirs || ours->rank == RMK_TERM_UNRANKED ||
	    theirs->rank == RMK_TERM_UNRANKED || ours->rank == theirs->rank)
		return RMK_BASE;
	return ours->rank > theirs->rank ? RMK_OURS : RMK_THEIRS;
}

static enum rmk_version
preferred_side(
    const struct settling *s, const size_t cols[3], const struct rmk_str cells[3])
{
	if (s->schema[RMK_OURS]->fields[cols[RMK_OURS]].furthest &&
	    s->schema[RMK_THEIRS]->fields[cols[RMK_THEIRS]].furthest)
		return RMK_BASE;
	return s->prefer == RMK_PREFER_OURS     ? RMK_OURS
	       : s->prefer == RMK_PREFER_THEIRS ? RMK_THEIRS
	                                        : further_side(s, cols, cells);
}

static void
settle_cells(struct settling *s, const size_t rows[3], const size_t cols[3])
{
	struct rmk_str cells[3];
	enum rmk_version winner, loser;

	for (int v = RMK_BASE; v <= RMK_THEIRS; v++)
		cells[v] = settle_cell(s, (enum rmk_version)v, rows[v], cols[v]);
	if (rmk_str_eq(cells[RMK_OURS], cells[RMK_THEIRS]) ||
	    rmk_str_eq(cells[RMK_BASE], cells[RMK_OURS]) ||
	    rmk_str_eq(cells[RMK_BASE], cells[RMK_THEIRS]))
		return;
	winner = preferred_side(s, cols, cells);
	if (winner == RMK_BASE)
		return;
	loser = winner == RMK_OURS ? RMK_THEIRS : RMK_OURS;
	*RMK_PUSH(s->a, s->of[loser].v, s->of[loser].n,
	    s->of[loser].cap) = (struct rmk_edit){.kind = RMK_EDIT_CELL,
	    .table = s->table[loser],
	    .row = rows[loser],
	    .col = cols[loser],
	    .value = rmk_cell_content(s->a, cells[winner])};
}

static void
settle_table(struct settling *s)
{
	const struct rmk_table *base = &s->docs[RMK_BASE]->tables[s->table[RMK_BASE]];

	for (int v = RMK_OURS; v <= RMK_THEIRS; v++) {
		s->match[v] = rmk_match_table(
		    s->a, s->docs[RMK_BASE], s->table[RMK_BASE], s->docs[v], s->table[v]);
		s->schema[v] = rmk_schema_of(s->a, s->docs[v], s->table[v]);
	}
	for (size_t r = 0; r < base->nrows; r++) {
		const size_t rows[3] = {r, s->match[RMK_OURS].rows.to_new[r],
		    s->match[RMK_THEIRS].rows.to_new[r]};

		if (rows[RMK_OURS] == RMK_NONE || rows[RMK_THEIRS] == RMK_NONE)
			continue;
		for (size_t c = 0; c < base->ncols; c++) {
			const size_t cols[3] = {c, s->match[RMK_OURS].cols.to_new[c],
			    s->match[RMK_THEIRS].cols.to_new[c]};

			if (cols[RMK_OURS] != RMK_NONE && cols[RMK_THEIRS] != RMK_NONE)
				settle_cells(s, rows, cols);
		}
	}
}

static bool
settle_parse(struct settling *s, struct rmk_str path, const struct rmk_str texts[3])
{
	for (int v = RMK_BASE; v <= RMK_THEIRS; v++) {
		struct rmk_doc *doc;

		if (rmk_doc_parse(s->a, path, texts[v], 0, &doc, NULL))
			return false;
		s->docs[v] = doc;
	}
	return true;
}

void
rmk_merge_settle(struct rmk_arena *a, struct rmk_str path, const struct rmk_str texts[3],
    enum rmk_prefer prefer, struct rmk_str out[3])
{
	struct settling s = {.a = a, .prefer = prefer};
	struct rmk_pairs pairs[3];

	memcpy(out, texts, 3 * sizeof *out);
	if (prefer == RMK_PREFER_NONE || !settle_parse(&s, path, texts))
		return;
	for (int v = RMK_OURS; v <= RMK_THEIRS; v++)
		pairs[v] = rmk_match_tables(a, s.docs[RMK_BASE], s.docs[v]);
	for (size_t t = 0; t < s.docs[RMK_BASE]->ntables; t++) {
		s.table[RMK_BASE] = t;
		s.table[RMK_OURS] = pairs[RMK_OURS].to_new[t];
		s.table[RMK_THEIRS] = pairs[RMK_THEIRS].to_new[t];
		if (s.table[RMK_OURS] != RMK_NONE && s.table[RMK_THEIRS] != RMK_NONE)
			settle_table(&s);
	}
	for (int v = RMK_OURS; v <= RMK_THEIRS; v++)
		rmk_edits_apply(a, s.docs[v], s.of[v].v, s.of[v].n, &out[v], NULL);
}
