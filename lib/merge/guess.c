// Rows that may be one, though nothing proves it, and rows that became equal.
//
//	base    ours    theirs
//	a 1     b 1     -          ours renamed it, or deleted it and added another: if it was
//	                           renamed, theirs deleted what ours edited
//	a 1     b 1     c 1        two names for one row, or two rows
//
// A step of the match joins two rows only where it is sure (diff/match.h). Here the question
// is which others a person would have to look at: a row that is gone on one side, and a row that is new
// there, with a cell that no other row has, or at the same place with any cell in common.
// Both readings give the same result where the other side left the row alone: the new line in
// the place of the old one. Where it edited or deleted the row they do not, and a person
// decides. Those are looked for first.
#include "merge/merge_internal.h"

#include "base/map.h"
#include "diff/match_rows.h"

#define SEVERAL (RMK_NONE - 1)

// The rows of one side.
struct guesses {
	struct rmk_plan *p;
	enum rmk_version v;
	bool *
	    disputed; // [base rows] before any guess was made, so that both sides are asked alike
	bool *explained; // [rows of v] it looks like a row that the other side left alone
	bool want;       // which of them are looked for
	bool joined;     // by rows that are new on both sides; else by those of v alone
};

static const struct rmk_pairs *
cols_of(const struct rmk_plan *p, enum rmk_version v)
{
	return v == RMK_OURS ? &p->ours.cols : &p->theirs.cols;
}

// Whether version v wrote in a column that is new.
static bool
wrote_in_new(
    const struct rmk_plan *p, const struct rmk_merge_row *row, enum rmk_version v)
{
	for (size_t c = 0; c < cols_of(p, v)->nnew; c++) {
		if (cols_of(p, v)->to_old[c] == RMK_NONE &&
		    rmk_doc_cell(p->v[v].doc, rmk_plan_line(p, row, v), c).n)
			return true;
	}
	return false;
}

// Whether it makes a difference if the row is gone from version v or was edited there.
bool
rmk_plan_disputed(
    const struct rmk_plan *p, const struct rmk_merge_row *row, enum rmk_version v)
{
	enum rmk_version w = rmk_other_side(v);

	return row->at[w] == RMK_NONE || rmk_plan_edited(p, row, w) ||
	       wrote_in_new(p, row, w);
}

bool
rmk_plan_is_guess(const struct rmk_plan *p, const struct rmk_merge_row *row)
{
	return (row->guessed[RMK_OURS] && rmk_plan_disputed(p, row, RMK_OURS)) ||
	       (row->guessed[RMK_THEIRS] && rmk_plan_disputed(p, row, RMK_THEIRS));
}

// Row n of version v, which is new there, is taken for row b of base.
static void
take_for(const struct guesses *g, size_t b, size_t n)
{
	struct rmk_plan *p = g->p;
	enum rmk_version v = g->v, w = rmk_other_side(v);
	struct rmk_merge_row *row = &p->rows[p->owner[RMK_BASE][b]];
	struct rmk_merge_row *new_ = &p->rows[p->owner[v][n]];

	if (new_->at[RMK_BASE] != RMK_NONE || row->at[v] != RMK_NONE ||
	    (new_->at[w] != RMK_NONE) != g->joined ||
	    (g->joined && row->at[w] != RMK_NONE))
		return;
	for (int i = RMK_OURS; i <= RMK_THEIRS; i++) {
		if (new_->at[i] == RMK_NONE)
			continue;
		row->at[i] = new_->at[i];
		row->guessed[i] = true;
		p->owner[i][new_->at[i]] = (size_t)(row - p->rows);
		new_->at[i] = RMK_NONE;
	}
	new_->fate = RMK_FATE_JOINED;
}

// Whether a row of base is one of those that are looked for now.
static bool
is_wanted(const struct guesses *g, size_t b)
{
	return g->disputed[b] == g->want;
}

// How much of a row of base, in bytes, row n of version v has in the same columns.
static size_t
common_part(const struct rmk_plan *p, enum rmk_version v, size_t b, size_t n)
{
	const struct rmk_pairs *cols = cols_of(p, v);
	const struct rmk_merge_table *was = &p->v[RMK_BASE], *is = &p->v[v];
	size_t common = 0;

	for (size_t c = 0; c < cols->nold && c < was->t->rows[b].ncells; c++) {
		struct rmk_str cell = rmk_doc_cell(was->doc, &was->t->rows[b], c);

		if (cols->to_new[c] != RMK_NONE &&
		    rmk_str_eq(
			cell, rmk_doc_cell(is->doc, &is->t->rows[n], cols->to_new[c])))
			common += cell.n;
	}
	return common;
}

// --- a cell that no other row has -----------------------------------------------------------

bool
rmk_merge_tells(struct rmk_str cell)
{
	uint32_t number;

	return cell.n > 0 && !(cell.n < 5 && rmk_str_to_u32(cell, &number));
}

static void
find_cells(const struct rmk_merge_table *of, size_t col, struct rmk_map *rows)
{
	for (size_t r = 0; r < of->t->nrows; r++) {
		struct rmk_str cell = rmk_doc_cell(of->doc, &of->t->rows[r], col);
		size_t *at;

		if (!rmk_merge_tells(cell))
			continue;
		at = rmk_map_put(rows, cell);
		*at = *at == RMK_NONE ? r : SEVERAL;
	}
}

// Whether a row that was found by its key has little else of what it had, and a new one has it.
static bool
contradicts_key(const struct guesses *g, size_t b, size_t n)
{
	const struct rmk_plan *p = g->p;
	const struct rmk_merge_row *row = &p->rows[p->owner[RMK_BASE][b]];
	const struct rmk_merge_row *new_ = &p->rows[p->owner[g->v][n]];

	return row->at[g->v] != RMK_NONE && new_->at[RMK_BASE] == RMK_NONE &&
	       common_part(p, g->v, b, row->at[g->v]) < common_part(p, g->v, b, n);
}

static void
join_by_cell(const struct guesses *g, size_t col)
{
	const struct rmk_plan *p = g->p;
	enum rmk_version v = g->v;
	const struct rmk_merge_table *is = &p->v[v];
	struct rmk_arena_mark mark = rmk_arena_mark(p->a);
	struct rmk_map was = {.arena = p->a}, now = {.arena = p->a};
	size_t to = cols_of(p, v)->to_new[col];

	find_cells(&p->v[RMK_BASE], col, &was);
	find_cells(is, to, &now);
	for (size_t n = 0; n < is->t->nrows; n++) {
		struct rmk_str cell = rmk_doc_cell(is->doc, &is->t->rows[n], to);
		size_t b = rmk_merge_tells(cell) ? rmk_map_get(&was, cell) : RMK_NONE;

		if (b >= SEVERAL || rmk_map_get(&now, cell) == SEVERAL)
			continue;
		if (contradicts_key(g, b, n))
			p->rows[p->owner[RMK_BASE][b]].guessed[v] = true;
		else if (is_wanted(g, b))
			take_for(g, b, n);
		else if (p->rows[p->owner[RMK_BASE][b]].at[v] == RMK_NONE)
			g->explained[n] = true;
	}
	rmk_arena_reset(p->a, mark);
}

// --- the same place ------------------------------------------------------------------------

static bool
shares_cell(const struct rmk_plan *p, enum rmk_version v, size_t b, size_t n)
{
	const struct rmk_pairs *cols = cols_of(p, v);
	const struct rmk_merge_table *was = &p->v[RMK_BASE], *is = &p->v[v];

	for (size_t c = 0; c < cols->nold && c < was->t->rows[b].ncells; c++) {
		struct rmk_str cell = rmk_doc_cell(was->doc, &was->t->rows[b], c);

		if (rmk_merge_tells(cell) && cols->to_new[c] != RMK_NONE &&
		    rmk_str_eq(
			cell, rmk_doc_cell(is->doc, &is->t->rows[n], cols->to_new[c])))
			return true;
	}
	return false;
}

static bool
is_new(const struct rmk_plan *p, enum rmk_version v, size_t n)
{
	return p->rows[p->owner[v][n]].at[RMK_BASE] == RMK_NONE;
}

// Rows of base from b on that are gone from v, and rows of v from n on that are new.
static size_t
count_gone(const struct rmk_plan *p, enum rmk_version v, size_t b)
{
	size_t i = b;

	while (i < p->v[RMK_BASE].t->nrows &&
	       p->rows[p->owner[RMK_BASE][i]].at[v] == RMK_NONE)
		i++;
	return i - b;
}

static size_t
count_new(const struct rmk_plan *p, enum rmk_version v, size_t n)
{
	size_t i = n;

	while (i < p->v[v].t->nrows && is_new(p, v, i))
		i++;
	return i - n;
}

// Rows of base that are gone, and rows that are new, between two neighbours.
struct merge_gap_rows {
	size_t b, gone;
	size_t n, fresh;
};

// Whether another row that is gone from the gap has more of what a new one says, or another new
// one more of what the gone one said.
static bool
fits_another(
    const struct guesses *g, const struct merge_gap_rows *gap, size_t i, size_t k)
{
	size_t common = common_part(g->p, g->v, gap->b + i, gap->n + k);

	for (size_t j = i + 1; j < gap->gone && j <= i + RMK_AHEAD; j++) {
		if (common_part(g->p, g->v, gap->b + j, gap->n + k) > common)
			return true;
	}
	for (size_t j = k + 1; j < gap->fresh && j <= k + RMK_AHEAD; j++) {
		if (common_part(g->p, g->v, gap->b + i, gap->n + j) > common)
			return true;
	}
	return false;
}

// Rows between two neighbours, in their order: gone ones with new ones that share a cell.
static void
join_in_gap(const struct guesses *g, const struct merge_gap_rows *gap)
{
	for (size_t i = 0, j = 0; i < gap->gone && j < gap->fresh; i++) {
		for (size_t k = j; k < gap->fresh && k < j + RMK_AHEAD; k++) {
			size_t b = gap->b + i, n = gap->n + k;

			if (!is_wanted(g, b) || (g->want && g->explained[n]) ||
			    !shares_cell(g->p, g->v, b, n) || fits_another(g, gap, i, k))
				continue;
			take_for(g, b, n);
			j = k + 1;
			break;
		}
	}
}

// Whether row b of base and row n of v, behind a gap, are one: it is the same gap.
static bool
meet(const struct rmk_plan *p, enum rmk_version v, size_t b, size_t n)
{
	if (b == p->v[RMK_BASE].t->nrows)
		return n == p->v[v].t->nrows;
	return p->rows[p->owner[RMK_BASE][b]].at[v] == n;
}

static void
join_by_place(const struct guesses *g)
{
	const struct rmk_plan *p = g->p;
	enum rmk_version v = g->v;
	struct merge_gap_rows gap = {0};

	for (size_t b = 0; b < p->v[RMK_BASE].t->nrows; b += gap.gone) {
		gap.b = b;
		gap.gone = count_gone(p, v, b);
		if (gap.gone == 0) {
			gap.n = p->rows[p->owner[RMK_BASE][b]].at[v] + 1;
			gap.gone = 1;
			continue;
		}
		gap.fresh = count_new(p, v, gap.n);
		if (g->want || meet(p, v, b + gap.gone, gap.n + gap.fresh))
			join_in_gap(g, &gap);
	}
}

// Where it makes no difference whether two rows are one, only rows of one place are: others would
// change places.
static void
guess(const struct guesses *g)
{
	const struct rmk_pairs *cols = cols_of(g->p, g->v);
	bool fresh = false;

	for (size_t n = 0; n < g->p->v[g->v].t->nrows; n++)
		fresh |= is_new(g->p, g->v, n);
	for (size_t c = 0; fresh && g->want && c < cols->nold && c < RMK_COLS_TRIED;
	     c++) {
		if (cols->to_new[c] != RMK_NONE)
			join_by_cell(g, c);
	}
	if (fresh)
		join_by_place(g);
}

static bool *
find_disputed(struct rmk_plan *p, enum rmk_version v)
{
	size_t n = p->v[RMK_BASE].t->nrows;
	bool *disputed = RMK_NEW_N(p->a, bool, n);

	for (size_t b = 0; b < n; b++)
		disputed[b] = rmk_plan_disputed(p, &p->rows[p->owner[RMK_BASE][b]], v);
	return disputed;
}

void
rmk_plan_guess(struct rmk_plan *p)
{
	struct guesses ours = {.p = p, .v = RMK_OURS, .want = true};
	struct guesses theirs = {.p = p, .v = RMK_THEIRS, .want = true};

	if (!p->v[RMK_BASE].t)
		return;
	ours.disputed = find_disputed(p, RMK_OURS);
	theirs.disputed = find_disputed(p, RMK_THEIRS);
	ours.explained = RMK_NEW_N(p->a, bool, p->v[RMK_OURS].t->nrows);
	theirs.explained = RMK_NEW_N(p->a, bool, p->v[RMK_THEIRS].t->nrows);
	for (int turn = 0; turn < 4; turn++) {
		ours.want = theirs.want = turn < 2;
		ours.joined = theirs.joined = turn % 2 == 0;
		guess(&ours);
		guess(&theirs);
	}
}
