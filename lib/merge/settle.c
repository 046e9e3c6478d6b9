// Cells that both sides changed, decided beforehand: see settle.h.
#include "merge/settle.h"

#include "diff/match.h"
#include "edit/edit.h"
#include "gfm/cells.h"
#include "schema/schema.h"
#include "table/value.h"

#include <string.h>

// Edits of one side, those of the cells that it loses.
struct losses {
	struct rmk_edit *v;
	size_t n, cap;
};

struct settling {
	struct rmk_arena *a;
	enum rmk_prefer prefer;
	const struct rmk_merge *conflicts; // NULL: cells and removed rows are settled
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

// --- rows that one side removed ----------------------------------------------------

static bool
settle_is_edited(const struct settling *s, enum rmk_version v, size_t base, size_t row)
{
	const struct rmk_pairs *cols = &s->match[v].cols;

	for (size_t c = 0; c < cols->nold; c++) {
		if (cols->to_new[c] != RMK_NONE &&
		    !rmk_str_eq(settle_cell(s, RMK_BASE, base, c),
			settle_cell(s, v, row, cols->to_new[c])))
			return true;
	}
	return false;
}

static struct rmk_str
settle_key(const struct settling *s, const struct rmk_doc *doc, size_t table, size_t row,
    size_t col)
{
	return rmk_value_key(s->a, rmk_doc_cell(doc, &doc->tables[table].rows[row], col));
}

// Whether another table of a version has a row of this name: then it was not removed but moved.
static bool
settle_is_elsewhere(const struct settling *s, enum rmk_version v, size_t base)
{
	struct rmk_str key = settle_key(
	    s, s->docs[RMK_BASE], s->table[RMK_BASE], base, s->schema[RMK_BASE]->key);

	for (size_t t = 0; t < s->docs[v]->ntables; t++) {
		size_t col;

		if (t == s->table[v])
			continue;
		col = rmk_schema_of(s->a, s->docs[v], t)->key;
		for (size_t r = 0; r < s->docs[v]->tables[t].nrows; r++) {
			if (rmk_str_eq(settle_key(s, s->docs[v], t, r, col), key))
				return true;
		}
	}
	return false;
}

// A row of a side as base has it, so that the other side alone changed it.
static void
settle_back(struct settling *s, enum rmk_version v, size_t base, size_t row)
{
	const struct rmk_pairs *cols = &s->match[v].cols;

	for (size_t c = 0; c < cols->nold; c++) {
		if (cols->to_new[c] == RMK_NONE)
			continue;
		*RMK_PUSH(s->a, s->of[v].v, s->of[v].n, s->of[v].cap) = (struct rmk_edit){
		    .kind = RMK_EDIT_CELL,
		    .table = s->table[v],
		    .row = row,
		    .col = cols->to_new[c],
		    .value = rmk_cell_content(s->a, settle_cell(s, RMK_BASE, base, c))};
	}
}

// The new row of a side between the rows that were beside one that it has no more; RMK_NONE: none,
// or several.
static size_t
settle_in_place(const struct settling *s, enum rmk_version v, size_t base)
{
	const struct rmk_pairs *p = &s->match[v].rows;
	size_t row = base && p->to_new[base - 1] != RMK_NONE ? p->to_new[base - 1] + 1
	                                                     : 0;
	bool begins = base == 0 || p->to_new[base - 1] != RMK_NONE;

	if (!begins || row >= p->nnew || p->to_old[row] != RMK_NONE)
		return RMK_NONE;
	if (base + 1 == p->nold)
		return row + 1 == p->nnew ? row : RMK_NONE;
	return p->to_new[base + 1] == row + 1 ? row : RMK_NONE;
}

static void
settle_removed(struct settling *s, const size_t rows[3])
{
	enum rmk_version has = rows[RMK_OURS] == RMK_NONE ? RMK_THEIRS : RMK_OURS;
	enum rmk_version lacks = has == RMK_OURS ? RMK_THEIRS : RMK_OURS;
	bool ours = s->prefer == RMK_PREFER_OURS;
	size_t instead;

	if (rows[has] == RMK_NONE || s->prefer == RMK_PREFER_FURTHEST ||
	    !settle_is_edited(s, has, rows[RMK_BASE], rows[has]) ||
	    settle_is_elsewhere(s, lacks, rows[RMK_BASE]))
		return;
	instead = settle_in_place(s, lacks, rows[RMK_BASE]);
	if (ours != (has == RMK_OURS))
		settle_back(s, has, rows[RMK_BASE], rows[has]);
	else if (instead != RMK_NONE)
		settle_back(s, lacks, rows[RMK_BASE], instead);
	else
		*RMK_PUSH(s->a, s->of[RMK_BASE].v, s->of[RMK_BASE].n,
		    s->of[RMK_BASE].cap) = (struct rmk_edit){.kind = RMK_EDIT_DELETE,
		    .table = s->table[RMK_BASE],
		    .row = rows[RMK_BASE]};
}

// --- rows that one side renamed ----------------------------------------------------

// Whether a conflict is of a row: "#papers LIMA".
static bool
settle_in_conflict(const struct settling *s, const size_t rows[3])
{
	for (int v = RMK_BASE; v <= RMK_THEIRS; v++) {
		struct rmk_str name = rmk_str_printf(s->a, " %.*s",
		    RMK_FMT(rmk_value_text(s->a, settle_cell(s, (enum rmk_version)v,
						     rows[v], s->schema[v]->key))));

		for (size_t i = 0; i < s->conflicts->nconflicts; i++) {
			if (rmk_str_ends(s->conflicts->conflicts[i].where, name))
				return true;
		}
	}
	return false;
}

static void
settle_renamed(struct settling *s, const size_t rows[3])
{
	enum rmk_version loser = s->prefer == RMK_PREFER_OURS ? RMK_THEIRS : RMK_OURS;

	if (s->prefer == RMK_PREFER_FURTHEST || !settle_in_conflict(s, rows) ||
	    !settle_is_edited(s, RMK_OURS, rows[RMK_BASE], rows[RMK_OURS]) ||
	    !settle_is_edited(s, RMK_THEIRS, rows[RMK_BASE], rows[RMK_THEIRS]))
		return;
	settle_back(s, loser, rows[RMK_BASE], rows[loser]);
}

// --- all of it -----------------------------------------------------------------------

static void
settle_row(struct settling *s, const size_t rows[3])
{
	const size_t *ours = s->match[RMK_OURS].cols.to_new,
		     *theirs = s->match[RMK_THEIRS].cols.to_new;

	if (rows[RMK_OURS] == RMK_NONE || rows[RMK_THEIRS] == RMK_NONE) {
		settle_removed(s, rows);
		return;
	}
	if (s->conflicts) {
		settle_renamed(s, rows);
		return;
	}
	for (size_t c = 0; c < s->match[RMK_OURS].cols.nold; c++) {
		const size_t cols[3] = {c, ours[c], theirs[c]};

		if (ours[c] != RMK_NONE && theirs[c] != RMK_NONE)
			settle_cells(s, rows, cols);
	}
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
	s->schema[RMK_BASE] = rmk_schema_of(s->a, s->docs[RMK_BASE], s->table[RMK_BASE]);
	for (size_t r = 0; r < base->nrows; r++) {
		const size_t rows[3] = {r, s->match[RMK_OURS].rows.to_new[r],
		    s->match[RMK_THEIRS].rows.to_new[r]};

		settle_row(s, rows);
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
    enum rmk_prefer prefer, const struct rmk_merge *conflicts, struct rmk_str out[3])
{
	struct settling s = {.a = a, .prefer = prefer, .conflicts = conflicts};
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
	for (int v = RMK_BASE; v <= RMK_THEIRS; v++)
		rmk_edits_apply(a, s.docs[v], s.of[v].v, s.of[v].n, &out[v], NULL);
}
