// Rows that may be one since they are at one place, with a cell in common: part of guess.h.
//
//	base       ours
//	| a | 1 |  | a | 1 |
//	| b | 2 |  | x | 2 |    between a and c: b is gone, x is new, and 2 is in both
//	| c | 3 |  | c | 3 |
//
// Where it makes no difference whether two rows are one, only rows of one place are: others would
// change places.
#include "merge/guess.h"

#include "diff/match_rows.h"

static bool
shares_cell(const struct rmk_plan *p, enum rmk_version v, size_t b, size_t n)
{
	const struct rmk_pairs *cols = rmk_plan_cols_of(p, v);
	const struct rmk_merge_table *was = &p->v[RMK_BASE], *is = &p->v[v];

	for (size_t c = 0; c < cols->nold && c < was->t->rows[b].ncells; c++) {
		struct rmk_str cell = rmk_doc_cell(was->doc, &was->t->rows[b], c);

		if (rmk_merge_identifies(cell) && cols->to_new[c] != RMK_NONE &&
		    rmk_str_eq(
			cell, rmk_doc_cell(is->doc, &is->t->rows[n], cols->to_new[c])))
			return true;
	}
	return false;
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
count_new(const struct rmk_guesses *g, size_t n)
{
	size_t i = n;

	while (i < g->p->v[g->v].t->nrows && rmk_plan_is_new(g->p, g->v, i))
		i++;
	return i - n;
}

// Rows of base that are gone, and rows that are new, between two neighbours. Of those that both
// sides added, the last one before each new row, and the next one, as the other side has them.
struct merge_gap_rows {
	size_t b, gone;
	size_t n, fresh;
	size_t *last, *next; // [fresh]; NULL: they do not count
};

// Whether another row that is gone from the gap has more of what a new one says, or another new
// one more of what the gone one said.
static bool
fits_another(
    const struct rmk_guesses *g, const struct merge_gap_rows *gap, size_t i, size_t k)
{
	size_t common = rmk_guess_common_part(g->p, g->v, gap->b + i, gap->n + k);

	for (size_t j = i + 1; j < gap->gone && j <= i + RMK_AHEAD; j++) {
		if (rmk_guess_common_part(g->p, g->v, gap->b + j, gap->n + k) > common)
			return true;
	}
	for (size_t j = k + 1; j < gap->fresh && j <= k + RMK_AHEAD; j++) {
		if (rmk_guess_common_part(g->p, g->v, gap->b + i, gap->n + j) > common)
			return true;
	}
	return false;
}

static void
find_joined(const struct rmk_guesses *g, struct merge_gap_rows *gap)
{
	const struct rmk_plan *p = g->p;
	enum rmk_version w = rmk_other_side(g->v);
	size_t last = RMK_NONE, next = RMK_NONE;

	gap->last = RMK_NEW_N(p->a, size_t, gap->fresh);
	gap->next = RMK_NEW_N(p->a, size_t, gap->fresh);
	for (size_t k = 0; k < gap->fresh; k++) {
		size_t there = p->rows[p->owner[g->v][gap->n + k]].at[w];

		gap->last[k] = last;
		last = there == RMK_NONE ? last : there;
	}
	for (size_t k = gap->fresh; k-- > 0;) {
		size_t there = p->rows[p->owner[g->v][gap->n + k]].at[w];

		gap->next[k] = next;
		next = there == RMK_NONE ? next : there;
	}
}

// Whether the two would change places with a row that both sides added, if they were one.
static bool
passes_joined(
    const struct rmk_guesses *g, const struct merge_gap_rows *gap, size_t i, size_t k)
{
	const struct rmk_plan *p = g->p;
	size_t there = p->rows[p->owner[RMK_BASE][gap->b + i]].at[rmk_other_side(g->v)];

	return gap->last && there != RMK_NONE &&
	       ((gap->last[k] != RMK_NONE && gap->last[k] > there) ||
		   (gap->next[k] != RMK_NONE && gap->next[k] < there));
}

// Rows between two neighbours, in their order: gone ones with new ones that share a cell.
static void
join_in_gap(const struct rmk_guesses *g, const struct merge_gap_rows *gap)
{
	for (size_t i = 0, j = 0; i < gap->gone && j < gap->fresh; i++) {
		for (size_t k = j; k < gap->fresh && k < j + RMK_AHEAD; k++) {
			size_t b = gap->b + i, n = gap->n + k;

			if (!rmk_guess_wants(g, b) || (g->want && g->explained[n]) ||
			    !shares_cell(g->p, g->v, b, n) ||
			    fits_another(g, gap, i, k) || passes_joined(g, gap, i, k))
				continue;
			rmk_guess_take(g, b, n);
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

void
rmk_guess_by_place(const struct rmk_guesses *g)
{
	const struct rmk_plan *p = g->p;
	const struct rmk_loose_rows *rows = rmk_guess_rows(g);
	enum rmk_version v = g->v;
	struct merge_gap_rows gap = {0};
	struct rmk_arena_mark mark;
	bool fresh = rmk_guess_some_new(g);

	for (size_t i = 0; fresh && i < rows->ngone; i++) {
		size_t b = rows->gone[i];

		if (b < gap.b + gap.gone || !rmk_plan_is_gone(p, v, b))
			continue;
		gap.b = b;
		gap.gone = count_gone(p, v, b);
		gap.n = b ? p->rows[p->owner[RMK_BASE][b - 1]].at[v] + 1 : 0;
		gap.fresh = count_new(g, gap.n);
		if (!g->want && !meet(p, v, b + gap.gone, gap.n + gap.fresh))
			continue;
		mark = rmk_arena_mark(p->a);
		gap.last = gap.next = NULL;
		if (!g->want)
			find_joined(g, &gap);
		join_in_gap(g, &gap);
		rmk_arena_reset(p->a, mark);
	}
}

// --- two rows that became equal ---------------------------------------------------------------

// A row of base that is gone from v at the place of row n, is in the other side, and shares a cell with
// it; or RMK_NONE.
static size_t
gone_at(const struct rmk_plan *p, enum rmk_version v, size_t n)
{
	size_t first = n, b = 0, end;

	while (first > 0 && n - first < RMK_AHEAD && rmk_plan_is_new(p, v, first - 1))
		first--;
	if (first > 0 && !rmk_plan_is_new(p, v, first - 1))
		b = p->rows[p->owner[v][first - 1]].at[RMK_BASE] + 1;
	for (end = b + RMK_AHEAD; b < end && b < p->v[RMK_BASE].t->nrows; b++) {
		if (!rmk_plan_is_gone(p, v, b))
			break;
		if (!rmk_plan_is_gone(p, rmk_other_side(v), b) && shares_cell(p, v, b, n))
			return b;
	}
	return RMK_NONE;
}

// Base has two rows, and each side made another of them what seems to be one row that both added. They
// are two again.
void
rmk_guess_part_equal(struct rmk_plan *p)
{
	if (p->ours.key_sound && p->theirs.key_sound)
		return;
	for (size_t r = 0; r < p->nrows; r++) {
		struct rmk_merge_row *row = &p->rows[r];
		size_t was[3];

		if (row->at[RMK_BASE] != RMK_NONE || row->at[RMK_OURS] == RMK_NONE ||
		    row->at[RMK_THEIRS] == RMK_NONE)
			continue;
		was[RMK_OURS] = gone_at(p, RMK_OURS, row->at[RMK_OURS]);
		was[RMK_THEIRS] = gone_at(p, RMK_THEIRS, row->at[RMK_THEIRS]);
		if (was[RMK_OURS] == RMK_NONE || was[RMK_THEIRS] == RMK_NONE)
			continue;
		for (int v = RMK_OURS; v <= RMK_THEIRS; v++) {
			size_t owner = p->owner[RMK_BASE][was[v]];

			p->rows[owner].at[v] = row->at[v];
			p->rows[owner].guessed[v] = true;
			p->owner[v][row->at[v]] = owner;
			row->at[v] = RMK_NONE;
		}
		row->fate = RMK_FATE_JOINED;
	}
}
