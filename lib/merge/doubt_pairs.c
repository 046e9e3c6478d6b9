// Pairs that a key made, and that other cells deny: part of guess.h.
//
//	base           ours
//	| a | x.org |  | a | z.org |    a names both, and x.org says that it is another row
//	               | b | x.org |
//
//	| a | x.org |  | b | x.org |    two rows changed names, or what else they say
//	| b | y.org |  | a | y.org |
#include "merge/guess.h"

#include <string.h>

bool
rmk_guess_some_changed_names(const struct rmk_guesses *g)
{
	const struct rmk_plan *p = g->p;
	const struct rmk_merge_table *base = &p->v[RMK_BASE];
	const struct rmk_left *others = rmk_guess_others(g);
	bool gone = rmk_guess_some_gone(g), changed = false;

	for (size_t i = 0; gone && i < others->n && !changed; i++) {
		size_t b = others->v[i];
		const struct rmk_merge_row *row = &p->rows[p->owner[RMK_BASE][b]];

		if (row->at[g->v] != RMK_NONE && !rmk_plan_is_line(p, row, g->v) &&
		    rmk_plan_edited(p, row, g->v))
			changed = rmk_guess_common_part(p, g->v, b, row->at[g->v]) * 2 <
			          base->t->rows[b].span.len;
	}
	return changed;
}

// A row that is new or gone shares a cell that no other row has with one that has a partner.
static void
claim_cell(const void *ctx, size_t b, size_t n)
{
	const struct rmk_guesses *g = ctx;

	if (rmk_guess_paired_alone(g, b, n) && (g->claims[n] == 0 || g->claim[n] == b)) {
		g->claim[n] = b;
		g->claims[n]++;
	}
}

static void
visit_contested(const struct rmk_guesses *g, rmk_unique_visit *visit)
{
	struct rmk_loose_rows rows = {0};
	struct rmk_unique_cells cells;
	size_t cap = 0;

	for (size_t b = 0; b < g->p->v[RMK_BASE].t->nrows; b++) {
		if (g->contested[b])
			*RMK_PUSH(g->p->a, rows.gone, rows.ngone, cap) = b;
	}
	cells = rmk_unique_cells_of(g->p, g->v, &rows);
	rmk_unique_cells_visit(&cells, visit, g);
}

static void
anchor_cell(const void *ctx, size_t b, size_t n)
{
	const struct rmk_guesses *g = ctx;

	if (g->p->rows[g->p->owner[RMK_BASE][b]].at[g->v] == n)
		g->anchors[b]++;
}

// Row n is taken for row b of base instead of what either was taken for, and all of it is a guess.
static void
take_instead(const struct rmk_guesses *g, size_t b, size_t n)
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
	g->loose->known = g->loose->others_known = false;
}

// The partners of those that are claimed. False: there are none.
static bool
mark_contested(const struct rmk_guesses *g)
{
	bool any = false;

	for (size_t n = 0; n < g->p->v[g->v].t->nrows; n++) {
		const struct rmk_merge_row *paired =
		    g->claims[n] ? rmk_guess_paired_alone(g, g->claim[n], n) : NULL;

		if (paired)
			any = g->contested[paired->at[RMK_BASE]] = true;
	}
	return any;
}

// How many cells of a row of base, in the same columns, row n has too.
static size_t
common_cells(const struct rmk_guesses *g, size_t b, size_t n)
{
	const struct rmk_pairs *cols = rmk_plan_cols_of(g->p, g->v);
	const struct rmk_merge_table *was = &g->p->v[RMK_BASE], *is = &g->p->v[g->v];
	size_t common = 0;

	for (size_t c = 0; c < cols->nold; c++) {
		struct rmk_str cell = rmk_doc_cell(was->doc, &was->t->rows[b], c);

		common += cell.n && cols->to_new[c] != RMK_NONE &&
		          rmk_str_eq(cell,
			      rmk_doc_cell(is->doc, &is->t->rows[n], cols->to_new[c]));
	}
	return common;
}

// Whether a row and its partner have one name in the first column, by which rows are found.
static bool
have_one_key(const struct rmk_guesses *g, const struct rmk_merge_row *paired)
{
	const struct rmk_plan *p = g->p;
	struct rmk_str was = rmk_doc_cell(
	    p->v[RMK_BASE].doc, rmk_plan_line(p, paired, RMK_BASE), 0);
	size_t to = rmk_plan_cols_of(p, g->v)->to_new[0];

	return p->key[RMK_BASE] == 0 && was.n && to != RMK_NONE &&
	       rmk_str_eq(
		   was, rmk_doc_cell(p->v[g->v].doc, rmk_plan_line(p, paired, g->v), to));
}

// A key that was found may be a word that another row has now: where more cells say so, that row
// is it; where as many do, nobody knows. While the other side left both rows as they were only their
// places depend on it: a key in the first column is worth a cell more, and of as many the row is it
// that has more cells of the other, those included that several rows have.
static void
settle_claims(const struct rmk_guesses *g)
{
	for (size_t n = 0; n < g->p->v[g->v].t->nrows; n++) {
		struct rmk_merge_row *paired;
		size_t b = g->claim[n], anchors;
		bool undisputed;

		if (g->claims[n] == 0)
			continue;
		paired = rmk_guess_paired_alone(g, b, n);
		if (!paired)
			continue;
		anchors = g->anchors[paired->at[RMK_BASE]];
		undisputed = !g->disputed[b] && !g->disputed[paired->at[RMK_BASE]];
		if (undisputed)
			anchors += have_one_key(g, paired);
		if (g->claims[n] > anchors ||
		    (g->claims[n] == anchors && undisputed && g->p->key[RMK_BASE] != 0 &&
			common_cells(g, b, n) >
			    common_cells(g, paired->at[RMK_BASE], paired->at[g->v])))
			take_instead(g, b, n);
		else if (g->claims[n] == anchors)
			paired->guessed[g->v] = true;
	}
}

static bool
guess_is_same_line(const struct rmk_guesses *g, size_t b, size_t n)
{
	const struct rmk_merge_table *was = &g->p->v[RMK_BASE], *is = &g->p->v[g->v];

	if (rmk_plan_lines_of(g->p, g->v)->to_new[b] == n)
		return true;
	return rmk_str_eq(rmk_doc_str(was->doc, was->t->rows[b].span),
	    rmk_doc_str(is->doc, is->t->rows[n].span));
}

// A key is what a cell shows: two links with one word may be all that two rows have in common.
static void
question_keys(const struct rmk_guesses *g)
{
	const struct rmk_left *others = rmk_guess_others(g);

	for (size_t i = 0; i < others->n; i++) {
		size_t b = others->v[i];
		struct rmk_merge_row *row = &g->p->rows[g->p->owner[RMK_BASE][b]];
		size_t n = row->at[g->v];

		if (n != RMK_NONE && !guess_is_same_line(g, b, n) &&
		    rmk_guess_common_part(g->p, g->v, b, n) == 0)
			row->guessed[g->v] = true;
	}
}

// --- two pairs that should change partners -----------------------------------------------------

// The rows of base that have become little like themselves. False: there are not two.
static bool
mark_changed(const struct rmk_guesses *g)
{
	const struct rmk_merge_table *base = &g->p->v[RMK_BASE];
	const struct rmk_left *others = rmk_guess_others(g);
	size_t changed = 0;

	for (size_t i = 0; i < others->n; i++) {
		size_t b = others->v[i];
		size_t n = g->p->rows[g->p->owner[RMK_BASE][b]].at[g->v];

		if (n == RMK_NONE || guess_is_same_line(g, b, n))
			continue;
		g->contested[b] = rmk_guess_common_part(g->p, g->v, b, n) * 2 <
		                  base->t->rows[b].span.len;
		changed += g->contested[b];
	}
	return changed > 1;
}

static void
cross_cell(const void *ctx, size_t b, size_t n)
{
	const struct rmk_guesses *g = ctx;
	size_t is = g->p->rows[g->p->owner[RMK_BASE][b]].at[g->v];
	size_t was = g->p->rows[g->p->owner[g->v][n]].at[RMK_BASE];

	if (is == n)
		g->anchors[b]++;
	else if (is != RMK_NONE && was != RMK_NONE && g->contested[was] &&
		 (g->claims[n] == 0 || g->claim[n] == b)) {
		g->claim[n] = b;
		g->claims[n]++;
	}
}

// Where more cells say that row n is b than say that it is the one it was taken for, it is; where as
// many do, nobody knows.
static void
settle_crossed(const struct rmk_guesses *g, size_t b, size_t n)
{
	struct rmk_merge_row *row = &g->p->rows[g->p->owner[g->v][n]];
	struct rmk_merge_row *other = &g->p->rows[g->p->owner[RMK_BASE][b]];

	if (row == other || g->claims[n] < g->anchors[row->at[RMK_BASE]])
		return;
	if (g->claims[n] > g->anchors[row->at[RMK_BASE]] && g->claims[n] > g->anchors[b])
		take_instead(g, b, n);
	row->guessed[g->v] = other->guessed[g->v] = true;
}

static void
question_crossed(const struct rmk_guesses *g)
{
	size_t nbase = g->p->v[RMK_BASE].t->nrows, nside = g->p->v[g->v].t->nrows;

	if (mark_changed(g)) {
		visit_contested(g, cross_cell);
		for (size_t n = 0; n < nside; n++) {
			if (g->claims[n])
				settle_crossed(g, g->claim[n], n);
		}
	}
	memset(g->contested, 0, nbase * sizeof *g->contested);
	memset(g->anchors, 0, nbase * sizeof *g->anchors);
	memset(g->claims, 0, nside * sizeof *g->claims);
}

void
rmk_guess_doubt_pairs(const struct rmk_guesses *g)
{
	question_keys(g);
	question_crossed(g);
	if (!rmk_guess_some_new(g) && !rmk_guess_some_changed_names(g))
		return;
	rmk_unique_cells_visit(rmk_guess_cells(g), claim_cell, g);
	if (mark_contested(g)) {
		visit_contested(g, anchor_cell);
		settle_claims(g);
	}
}
