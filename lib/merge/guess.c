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
#include "merge/guess.h"

#include <string.h>

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

	return row->at[w] == RMK_NONE ||
	       (!rmk_plan_is_line(p, row, w) &&
		   (rmk_plan_edited(p, row, w) || wrote_in_new(p, row, w))) ||
	       (p->regrouped[w] && row->at[RMK_BASE] != RMK_NONE &&
		   p->regrouped[w][row->at[RMK_BASE]]);
}

bool
rmk_plan_is_guess(const struct rmk_plan *p, const struct rmk_merge_row *row)
{
	return (row->guessed[RMK_OURS] && rmk_plan_disputed(p, row, RMK_OURS)) ||
	       (row->guessed[RMK_THEIRS] && rmk_plan_disputed(p, row, RMK_THEIRS));
}

void
rmk_guess_take(const struct rmk_guesses *g, size_t b, size_t n)
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

bool
rmk_guess_wants(const struct rmk_guesses *g, size_t b)
{
	return g->disputed[b] == g->want;
}

size_t
rmk_guess_common_part(const struct rmk_plan *p, enum rmk_version v, size_t b, size_t n)
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

const struct rmk_loose_rows *
rmk_guess_rows(const struct rmk_guesses *g)
{
	if (!g->loose->known)
		*g->loose = (struct rmk_guess_loose){.known = true,
		    .rows = rmk_loose_rows_of(g->p, g->v),
		    .others_known = g->loose->others_known,
		    .others = g->loose->others};
	return &g->loose->rows;
}

const struct rmk_left *
rmk_guess_others(const struct rmk_guesses *g)
{
	const struct rmk_plan *p = g->p;
	struct rmk_left others = {0};
	size_t cap = 0;

	if (g->loose->others_known)
		return &g->loose->others;
	for (size_t b = 0; b < p->v[RMK_BASE].t->nrows; b++) {
		if (!rmk_plan_is_line(p, &p->rows[p->owner[RMK_BASE][b]], g->v))
			*RMK_PUSH(p->a, others.v, others.n, cap) = b;
	}
	g->loose->others = others;
	g->loose->others_known = true;
	return &g->loose->others;
}

bool
rmk_guess_some_gone(const struct rmk_guesses *g)
{
	const struct rmk_loose_rows *rows = rmk_guess_rows(g);

	for (size_t i = 0; i < rows->ngone; i++) {
		if (rmk_plan_is_gone(g->p, g->v, rows->gone[i]))
			return true;
	}
	return false;
}

bool
rmk_guess_some_new(const struct rmk_guesses *g)
{
	const struct rmk_loose_rows *rows = rmk_guess_rows(g);

	for (size_t i = 0; i < rows->nfresh; i++) {
		if (rmk_plan_is_new(g->p, g->v, rows->fresh[i]))
			return true;
	}
	return false;
}

// --- a cell that no other row has -----------------------------------------------------------

struct rmk_merge_row *
rmk_guess_paired_alone(const struct rmk_guesses *g, size_t b, size_t n)
{
	struct rmk_plan *p = g->p;
	struct rmk_merge_row *row = &p->rows[p->owner[RMK_BASE][b]];
	struct rmk_merge_row *other = &p->rows[p->owner[g->v][n]];

	if ((row->at[g->v] == RMK_NONE) == (other->at[RMK_BASE] == RMK_NONE))
		return NULL;
	return row->at[g->v] == RMK_NONE ? other : row;
}

// Whether rows b and n have more in common than the one of them that has a partner has with it.
static bool
contradict_pair(
    const struct rmk_guesses *g, size_t b, size_t n, const struct rmk_merge_row *paired)
{
	return rmk_guess_common_part(g->p, g->v, paired->at[RMK_BASE], paired->at[g->v]) <
	       rmk_guess_common_part(g->p, g->v, b, n);
}

// Whether both rows are without a partner, and could be one.
static bool
are_free(const struct rmk_guesses *g, size_t b, size_t n)
{
	const struct rmk_plan *p = g->p;
	const struct rmk_merge_row *row = &p->rows[p->owner[RMK_BASE][b]];
	const struct rmk_merge_row *new_ = &p->rows[p->owner[g->v][n]];
	enum rmk_version w = rmk_other_side(g->v);

	return row->at[g->v] == RMK_NONE && new_->at[RMK_BASE] == RMK_NONE &&
	       (row->at[w] == RMK_NONE || new_->at[w] == RMK_NONE);
}

static void
fit_cell(const void *ctx, size_t b, size_t n)
{
	const struct rmk_guesses *g = ctx;
	size_t common;

	if (!are_free(g, b, n))
		return;
	common = rmk_guess_common_part(g->p, g->v, b, n);
	if (common > g->fit_base[b])
		g->fit_base[b] = common;
	if (common > g->fit_side[n])
		g->fit_side[n] = common;
}

// Whether no other row that is free has more in common with either; where both sides have the new
// row, on both.
static bool
fits_best(const struct rmk_guesses *g, size_t b, size_t n)
{
	size_t common = rmk_guess_common_part(g->p, g->v, b, n);
	size_t there = g->p->rows[g->p->owner[g->v][n]].at[rmk_other_side(g->v)];

	if (common < g->fit_base[b] || common < g->fit_side[n])
		return false;
	return there == RMK_NONE || !g->joined ||
	       rmk_guess_common_part(g->p, g->other->v, b, there) >=
	           g->other->fit_base[b];
}

static void
join_cell(const void *ctx, size_t b, size_t n)
{
	const struct rmk_guesses *g = ctx;
	struct rmk_merge_row *paired = rmk_guess_paired_alone(g, b, n);

	if (paired && contradict_pair(g, b, n, paired))
		paired->guessed[g->v] = true;
	else if (rmk_guess_wants(g, b) && fits_best(g, b, n))
		rmk_guess_take(g, b, n);
	else if (g->p->rows[g->p->owner[RMK_BASE][b]].at[g->v] == RMK_NONE)
		g->explained[n] = true;
}

const struct rmk_unique_cells *
rmk_guess_cells(const struct rmk_guesses *g)
{
	const struct rmk_loose_rows *rows = rmk_guess_rows(g);

	if (!g->loose->cells_known)
		g->loose->cells = rmk_unique_cells_of(g->p, g->v, rows);
	g->loose->cells_known = true;
	return &g->loose->cells;
}

static bool
asks_cells(const struct rmk_guesses *g)
{
	return g->want && (rmk_guess_some_new(g) || rmk_guess_some_changed_names(g));
}

static void
measure_fits(const struct rmk_guesses *g)
{
	if (g->loose->measured) {
		memset(g->fit_base, 0, g->p->v[RMK_BASE].t->nrows * sizeof *g->fit_base);
		memset(g->fit_side, 0, g->p->v[g->v].t->nrows * sizeof *g->fit_side);
	}
	g->loose->measured = asks_cells(g) && rmk_guess_cells(g)->n > 0;
	if (g->loose->measured)
		rmk_unique_cells_visit_left(g->p, g->v, rmk_guess_cells(g), fit_cell, g);
}

static void
guess_by_cells(const struct rmk_guesses *g)
{
	if (asks_cells(g))
		rmk_unique_cells_visit_left(g->p, g->v, rmk_guess_cells(g), join_cell, g);
}

static struct rmk_guesses
new_guesses(struct rmk_plan *p, enum rmk_version v)
{
	size_t nbase = p->v[RMK_BASE].t->nrows, n = p->v[v].t->nrows;
	struct rmk_guesses g = {.p = p,
	    .v = v,
	    .disputed = RMK_NEW_N(p->a, bool, nbase),
	    .explained = RMK_NEW_N(p->a, bool, n),
	    .anchors = RMK_NEW_N(p->a, uint8_t, nbase),
	    .contested = RMK_NEW_N(p->a, bool, nbase),
	    .claim = RMK_NEW_N(p->a, size_t, n),
	    .claims = RMK_NEW_N(p->a, uint8_t, n),
	    .loose = RMK_NEW(p->a, struct rmk_guess_loose),
	    .fit_base = RMK_NEW_N(p->a, size_t, nbase),
	    .fit_side = RMK_NEW_N(p->a, size_t, n)};

	return g;
}

// Of rows that the other side left as they were, only one that it took to another group is disputed.
static void
mark_disputed(const struct rmk_guesses *g)
{
	const struct rmk_plan *p = g->p;
	const struct rmk_left *others = rmk_guess_others(g->other);
	bool all = p->regrouped[g->other->v];
	size_t n = all ? p->v[RMK_BASE].t->nrows : others->n;

	for (size_t i = 0; i < n; i++) {
		size_t b = all ? i : others->v[i];

		g->disputed[b] = rmk_plan_disputed(
		    p, &p->rows[p->owner[RMK_BASE][b]], g->v);
	}
}

void
rmk_plan_guess(struct rmk_plan *p)
{
	struct rmk_guesses ours, theirs;
	struct rmk_arena_mark mark;

	if (!p->v[RMK_BASE].t)
		return;
	rmk_plan_regrouped(p);
	mark = rmk_arena_mark(p->a); // rows are all that is changed
	ours = new_guesses(p, RMK_OURS);
	theirs = new_guesses(p, RMK_THEIRS);
	ours.other = &theirs;
	theirs.other = &ours;
	mark_disputed(&ours);
	mark_disputed(&theirs);
	rmk_guess_doubt_pairs(&ours);
	rmk_guess_doubt_pairs(&theirs);
	for (int turn = 0; turn < 8; turn++) {
		bool by_place = turn / 2 % 2;

		ours.want = theirs.want = turn < 4;
		ours.joined = theirs.joined = turn % 2 == 0;
		if (!by_place) {
			measure_fits(&ours);
			measure_fits(&theirs);
		}
		(by_place ? rmk_guess_by_place : guess_by_cells)(&ours);
		(by_place ? rmk_guess_by_place : guess_by_cells)(&theirs);
	}
	rmk_arena_reset(p->a, mark);
	rmk_guess_part_equal(p);
}
