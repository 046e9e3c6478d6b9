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

#include "diff/match_rows.h"
#include "merge/unique_cells.h"

// The rows of one side.
struct guesses {
	struct rmk_plan *p;
	enum rmk_version v;
	bool *
	    disputed; // [base rows] before any guess was made, so that both sides are asked alike
	bool *explained; // [rows of v] it looks like a row that the other side left alone
	uint8_t
	    *anchors; // [base rows] cells that no other row has, shared with its row of v
	bool *contested; // [base rows] its partner is claimed, or it by another row
	size_t *claim;   // [rows of v] a row of base that shares such cells with it
	uint8_t *claims; // [rows of v] and how many
	bool want;       // which of them are looked for
	bool joined;     // by rows that are new on both sides; else by those of v alone
};

// Whether version v wrote in a column that is new.
static bool
wrote_in_new(
    const struct rmk_plan *p, const struct rmk_merge_row *row, enum rmk_version v)
{
	for (size_t c = 0; c < rmk_plan_cols_of(p, v)->nnew; c++) {
		if (rmk_plan_cols_of(p, v)->to_old[c] == RMK_NONE &&
		    rmk_doc_cell(p->v[v].doc, rmk_plan_line(p, row, v), c).n)
			return true;
	}
	return false;
}

bool
rmk_plan_disputed(
    const struct rmk_plan *p, const struct rmk_merge_row *row, enum rmk_version v)
{
	enum rmk_version w = rmk_other_side(v);

	return row->at[w] == RMK_NONE || rmk_plan_edited(p, row, w) ||
	       wrote_in_new(p, row, w) ||
	       (p->regrouped[w] && row->at[RMK_BASE] != RMK_NONE &&
		   p->regrouped[w][row->at[RMK_BASE]]);
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

// How much of a row of base, in bytes, row n of version v has in the same columns. The first column
// counts one more, to decide between equals.
static size_t
common_part(const struct rmk_plan *p, enum rmk_version v, size_t b, size_t n)
{
	const struct rmk_pairs *cols = rmk_plan_cols_of(p, v);
	const struct rmk_merge_table *was = &p->v[RMK_BASE], *is = &p->v[v];
	size_t common = 0;

	for (size_t c = 0; c < cols->nold && c < was->t->rows[b].ncells; c++) {
		struct rmk_str cell = rmk_doc_cell(was->doc, &was->t->rows[b], c);

		if (cols->to_new[c] != RMK_NONE &&
		    rmk_str_eq(
			cell, rmk_doc_cell(is->doc, &is->t->rows[n], cols->to_new[c])))
			common += cell.n + (c == 0 && cell.n);
	}
	return common;
}

// --- a cell that no other row has -----------------------------------------------------------

// The row of a pair that has a partner while the other has none; NULL: it is not so.
static struct rmk_merge_row *
paired_alone(const struct guesses *g, size_t b, size_t n)
{
	struct rmk_plan *p = g->p;
	struct rmk_merge_row *row = &p->rows[p->owner[RMK_BASE][b]];
	struct rmk_merge_row *other = &p->rows[p->owner[g->v][n]];

	if ((row->at[g->v] == RMK_NONE) == (other->at[RMK_BASE] == RMK_NONE))
		return NULL;
	return row->at[g->v] == RMK_NONE ? other : row;
}

// A row that is new or gone shares a cell that no other row has with one that has a partner.
static void
claim_cell(const void *ctx, size_t b, size_t n)
{
	const struct guesses *g = ctx;

	if (paired_alone(g, b, n) && (g->claims[n] == 0 || g->claim[n] == b)) {
		g->claim[n] = b;
		g->claims[n]++;
	}
}

static void
anchor_cell(const void *ctx, size_t b, size_t n)
{
	const struct guesses *g = ctx;

	if (g->p->rows[g->p->owner[RMK_BASE][b]].at[g->v] == n)
		g->anchors[b]++;
}

// Row n is taken for row b of base instead of what either was taken for, and all of it is a guess.
static void
take_instead(const struct guesses *g, size_t b, size_t n)
{
	const struct rmk_plan *p = g->p;
	enum rmk_version v = g->v;
	struct rmk_merge_row *row = &p->rows[p->owner[RMK_BASE][b]];
	struct rmk_merge_row *other = &p->rows[p->owner[v][n]];
	size_t was = row->at[v];

	row->guessed[v] = true;
	if (other->at[RMK_BASE] != RMK_NONE)
		other->guessed[v] = true;
	else if (other->at[rmk_other_side(v)] != RMK_NONE)
		return;
	row->at[v] = n;
	other->at[v] = was;
	p->owner[v][n] = (size_t)(row - p->rows);
	if (was != RMK_NONE)
		p->owner[v][was] = (size_t)(other - p->rows);
}

// The partners of those that are claimed. False: there are none.
static bool
mark_contested(const struct guesses *g)
{
	bool any = false;

	for (size_t n = 0; n < g->p->v[g->v].t->nrows; n++) {
		const struct rmk_merge_row *paired = g->claims[n]
		                                         ? paired_alone(g, g->claim[n], n)
		                                         : NULL;

		if (paired)
			any = g->contested[paired->at[RMK_BASE]] = true;
	}
	return any;
}

// A key that was found may be a word that another row has now: where more cells say so, that row
// is it; where as many do, nobody knows. It does not matter while the other side left both rows
// as they were.
static void
settle_claims(const struct guesses *g)
{
	for (size_t n = 0; n < g->p->v[g->v].t->nrows; n++) {
		struct rmk_merge_row *paired;
		size_t b = g->claim[n];

		if (g->claims[n] == 0)
			continue;
		paired = paired_alone(g, b, n);
		if (!paired || !(g->disputed[b] || g->disputed[paired->at[RMK_BASE]]))
			continue;
		if (g->claims[n] > g->anchors[paired->at[RMK_BASE]])
			take_instead(g, b, n);
		else if (g->claims[n] == g->anchors[paired->at[RMK_BASE]])
			paired->guessed[g->v] = true;
	}
}

// Whether rows b and n have more in common than the one of them that has a partner has with it.
static bool
contradict_pair(
    const struct guesses *g, size_t b, size_t n, const struct rmk_merge_row *paired)
{
	return common_part(g->p, g->v, paired->at[RMK_BASE], paired->at[g->v]) <
	       common_part(g->p, g->v, b, n);
}

static void
join_cell(const void *ctx, size_t b, size_t n)
{
	const struct guesses *g = ctx;
	struct rmk_merge_row *paired = paired_alone(g, b, n);

	if (paired && contradict_pair(g, b, n, paired))
		paired->guessed[g->v] = true;
	else if (is_wanted(g, b))
		take_for(g, b, n);
	else if (g->p->rows[g->p->owner[RMK_BASE][b]].at[g->v] == RMK_NONE)
		g->explained[n] = true;
}

// --- the same place ------------------------------------------------------------------------

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

// A row that both sides added ends a gap where the guess makes no difference: the new row must not
// change places with it.
static size_t
count_new(const struct guesses *g, size_t n)
{
	const struct rmk_plan *p = g->p;
	enum rmk_version w = rmk_other_side(g->v);
	size_t i = n;

	while (i < p->v[g->v].t->nrows && rmk_plan_is_new(p, g->v, i) &&
	       (g->want || p->rows[p->owner[g->v][i]].at[w] == RMK_NONE))
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

// Rows that both sides added and that stand before what is gone, on either side.
static size_t
skip_joined(const struct guesses *g, size_t b, size_t n)
{
	const struct rmk_plan *p = g->p;
	enum rmk_version w = rmk_other_side(g->v);
	size_t there = p->rows[p->owner[RMK_BASE][b]].at[w];

	while (!g->want && there != RMK_NONE && n < p->v[g->v].t->nrows &&
	       rmk_plan_is_new(p, g->v, n) && p->rows[p->owner[g->v][n]].at[w] < there)
		n++;
	return n;
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
		gap.n = skip_joined(g, b, gap.n);
		gap.fresh = count_new(g, gap.n);
		if (g->want || meet(p, v, b + gap.gone, gap.n + gap.fresh))
			join_in_gap(g, &gap);
	}
}

static bool
some_are_new(const struct guesses *g)
{
	for (size_t n = 0; n < g->p->v[g->v].t->nrows; n++) {
		if (rmk_plan_is_new(g->p, g->v, n))
			return true;
	}
	return false;
}

// Whether a row of base is gone, and another one has become little like itself.
static bool
some_changed_names(const struct guesses *g)
{
	const struct rmk_plan *p = g->p;
	const struct rmk_merge_table *base = &p->v[RMK_BASE];
	bool gone = false, changed = false;

	for (size_t b = 0; b < base->t->nrows && !(gone && changed); b++) {
		const struct rmk_merge_row *row = &p->rows[p->owner[RMK_BASE][b]];

		if (row->at[g->v] == RMK_NONE)
			gone = true;
		else if (!changed && rmk_plan_edited(p, row, g->v))
			changed = common_part(p, g->v, b, row->at[g->v]) * 2 <
			          base->t->rows[b].span.len;
	}
	return gone && changed;
}

static bool
guess_is_same_line(const struct guesses *g, size_t b, size_t n)
{
	const struct rmk_merge_table *was = &g->p->v[RMK_BASE], *is = &g->p->v[g->v];

	return rmk_str_eq(rmk_doc_str(was->doc, was->t->rows[b].span),
	    rmk_doc_str(is->doc, is->t->rows[n].span));
}

// A key is what a cell shows: two links with one word may be all that two rows have in common.
static void
question_keys(const struct guesses *g)
{
	for (size_t b = 0; b < g->p->v[RMK_BASE].t->nrows; b++) {
		struct rmk_merge_row *row = &g->p->rows[g->p->owner[RMK_BASE][b]];
		size_t n = row->at[g->v];

		if (n != RMK_NONE && !guess_is_same_line(g, b, n) &&
		    common_part(g->p, g->v, b, n) == 0)
			row->guessed[g->v] = true;
	}
}

// Before anything is guessed, so that the sides are asked alike.
static void
question_pairs(const struct guesses *g)
{
	question_keys(g);
	if (!some_are_new(g) && !some_changed_names(g))
		return;
	rmk_merge_unique_cells(g->p, g->v, NULL, claim_cell, g);
	if (mark_contested(g)) {
		rmk_merge_unique_cells(g->p, g->v, g->contested, anchor_cell, g);
		settle_claims(g);
	}
}

// Where it makes no difference whether two rows are one, only rows of one place are: others would
// change places.
static void
guess(const struct guesses *g)
{
	bool fresh = some_are_new(g);

	if (g->want && (fresh || some_changed_names(g)))
		rmk_merge_unique_cells(g->p, g->v, NULL, join_cell, g);
	if (fresh)
		join_by_place(g);
}

static struct guesses
new_guesses(struct rmk_plan *p, enum rmk_version v)
{
	size_t nbase = p->v[RMK_BASE].t->nrows, n = p->v[v].t->nrows;
	struct guesses g = {.p = p,
	    .v = v,
	    .disputed = RMK_NEW_N(p->a, bool, nbase),
	    .explained = RMK_NEW_N(p->a, bool, n),
	    .anchors = RMK_NEW_N(p->a, uint8_t, nbase),
	    .contested = RMK_NEW_N(p->a, bool, nbase),
	    .claim = RMK_NEW_N(p->a, size_t, n),
	    .claims = RMK_NEW_N(p->a, uint8_t, n)};

	for (size_t b = 0; b < nbase; b++)
		g.disputed[b] = rmk_plan_disputed(p, &p->rows[p->owner[RMK_BASE][b]], v);
	return g;
}

void
rmk_plan_guess(struct rmk_plan *p)
{
	struct guesses ours, theirs;

	if (!p->v[RMK_BASE].t)
		return;
	rmk_plan_regrouped(p);
	ours = new_guesses(p, RMK_OURS);
	theirs = new_guesses(p, RMK_THEIRS);
	question_pairs(&ours);
	question_pairs(&theirs);
	for (int turn = 0; turn < 4; turn++) {
		ours.want = theirs.want = turn < 2;
		ours.joined = theirs.joined = turn % 2 == 0;
		guess(&ours);
		guess(&theirs);
	}
}
