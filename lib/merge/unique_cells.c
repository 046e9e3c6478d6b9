// Cells that no other row has: see unique_cells.h.
#include "merge/unique_cells.h"

#include "base/map.h"
#include "base/sieve.h"
#include "diff/match_rows.h"

#include <stdlib.h>

const struct rmk_pairs *
rmk_plan_cols_of(const struct rmk_plan *p, enum rmk_version v)
{
	return v == RMK_OURS ? &p->ours.cols : &p->theirs.cols;
}

const struct rmk_pairs *
rmk_plan_lines_of(const struct rmk_plan *p, enum rmk_version v)
{
	return v == RMK_OURS ? &p->ours.lines : &p->theirs.lines;
}

bool
rmk_plan_is_gone(const struct rmk_plan *p, enum rmk_version v, size_t b)
{
	return p->rows[p->owner[RMK_BASE][b]].at[v] == RMK_NONE;
}

bool
rmk_plan_is_new(const struct rmk_plan *p, enum rmk_version v, size_t n)
{
	return p->rows[p->owner[v][n]].at[RMK_BASE] == RMK_NONE;
}

struct rmk_loose_rows
rmk_loose_rows_of(const struct rmk_plan *p, enum rmk_version v)
{
	struct rmk_loose_rows out = {0};
	size_t gone = 0, fresh = 0;

	for (size_t b = 0; b < p->v[RMK_BASE].t->nrows; b++) {
		if (rmk_plan_is_gone(p, v, b))
			*RMK_PUSH(p->a, out.gone, out.ngone, gone) = b;
	}
	for (size_t n = 0; n < p->v[v].t->nrows; n++) {
		if (rmk_plan_is_new(p, v, n))
			*RMK_PUSH(p->a, out.fresh, out.nfresh, fresh) = n;
	}
	return out;
}

bool
rmk_merge_identifies(struct rmk_str cell)
{
	uint32_t number;

	return cell.n > 0 && !(cell.n < 5 && rmk_str_to_u32(cell, &number));
}

// Where a text is in a column of base, and of v; how often.
struct placed {
	size_t b, n, times_b, times_n;
};

// The texts that are asked for: those of rows that are gone or new, or of contested rows. Few
// are, and all cells are looked at.
struct asked {
	struct rmk_map at;
	struct placed *v;
	size_t n, cap;
	struct rmk_str last; // a text that was found, since many cells say the same
	size_t last_at;
	struct rmk_sieve may;
};

static void
ask_for(struct asked *asked, struct rmk_str cell)
{
	size_t *at;

	if (!rmk_merge_identifies(cell))
		return;
	at = rmk_map_put(&asked->at, cell);
	if (*at == RMK_NONE) {
		rmk_sieve_add(&asked->may, cell);
		*at = asked->n;
		*RMK_PUSH(
		    asked->at.arena, asked->v, asked->n, asked->cap) = (struct placed){0};
	}
}

static void
ask_for_cells(const struct rmk_plan *p, enum rmk_version v, size_t col,
    const struct rmk_loose_rows *rows, struct asked *asked)
{
	const struct rmk_merge_table *was = &p->v[RMK_BASE], *is = &p->v[v];
	size_t to = rmk_plan_cols_of(p, v)->to_new[col];

	for (size_t i = 0; i < rows->ngone; i++)
		ask_for(asked, rmk_doc_cell(was->doc, &was->t->rows[rows->gone[i]], col));
	for (size_t i = 0; i < rows->nfresh; i++)
		ask_for(asked, rmk_doc_cell(is->doc, &is->t->rows[rows->fresh[i]], to));
}

// A cell of row b of base, of row n of the side, or of both.
static void
place_cell(struct asked *asked, struct rmk_str cell, size_t b, size_t n)
{
	if (!rmk_sieve_may(&asked->may, cell))
		return;
	if (!asked->last.s || !rmk_str_eq(asked->last, cell)) {
		size_t at = rmk_map_get(&asked->at, cell);

		if (at == RMK_NONE)
			return;
		asked->last = cell;
		asked->last_at = at;
	}
	if (b != RMK_NONE) {
		asked->v[asked->last_at].b = b;
		asked->v[asked->last_at].times_b++;
	}
	if (n != RMK_NONE) {
		asked->v[asked->last_at].n = n;
		asked->v[asked->last_at].times_n++;
	}
}

// The cells of rows that are no line of both.
static void
place_changed(
    const struct rmk_plan *p, enum rmk_version v, size_t col, struct asked *asked)
{
	const struct rmk_merge_table *was = &p->v[RMK_BASE], *is = &p->v[v];
	const struct rmk_pairs *lines = rmk_plan_lines_of(p, v);
	size_t to = rmk_plan_cols_of(p, v)->to_new[col];

	for (size_t b = 0; b < was->t->nrows; b++) {
		if (lines->to_new[b] == RMK_NONE)
			place_cell(asked, rmk_doc_cell(was->doc, &was->t->rows[b], col),
			    b, RMK_NONE);
	}
	for (size_t n = 0; n < is->t->nrows; n++) {
		if (lines->to_old[n] == RMK_NONE)
			place_cell(asked, rmk_doc_cell(is->doc, &is->t->rows[n], to),
			    RMK_NONE, n);
	}
}

// Rows that are one line in both add as much to either side: where a text stands more often in
// the others of one side, it is not alone, whatever they hold.
static bool
may_be_alone(const struct asked *asked)
{
	for (size_t i = 0; i < asked->n; i++) {
		if (asked->v[i].times_b == asked->v[i].times_n &&
		    asked->v[i].times_b <= 1)
			return true;
	}
	return false;
}

static void
place_cells(const struct rmk_plan *p, enum rmk_version v, size_t col, struct asked *asked)
{
	const struct rmk_merge_table *was = &p->v[RMK_BASE];
	const struct rmk_pairs *lines = rmk_plan_lines_of(p, v);

	place_changed(p, v, col, asked);
	if (!may_be_alone(asked))
		return;
	for (size_t b = 0; b < was->t->nrows; b++) {
		if (lines->to_new[b] != RMK_NONE)
			place_cell(asked, rmk_doc_cell(was->doc, &was->t->rows[b], col),
			    b, lines->to_new[b]);
	}
}

static void
cells_of_column(struct rmk_plan *p, enum rmk_version v, size_t col,
    const struct rmk_loose_rows *rows, struct rmk_unique_cells *out)
{
	struct rmk_arena scratch = {.oom = p->a->oom, .ctx = p->a->ctx};
	struct asked asked = {.at = {.arena = &scratch}};

	ask_for_cells(p, v, col, rows, &asked);
	if (asked.n)
		place_cells(p, v, col, &asked);
	for (size_t i = 0; i < asked.n; i++) {
		if (asked.v[i].times_b == 1 && asked.v[i].times_n == 1)
			*RMK_PUSH(p->a, out->v, out->n, out->cap) =
			    (struct rmk_unique_cell){col, asked.v[i].b, asked.v[i].n};
	}
	rmk_arena_free(&scratch);
}

struct rmk_unique_cells
rmk_unique_cells_of(
    struct rmk_plan *p, enum rmk_version v, const struct rmk_loose_rows *rows)
{
	const struct rmk_pairs *cols = rmk_plan_cols_of(p, v);
	struct rmk_unique_cells out = {0};

	for (size_t c = 0; c < cols->nold && c < RMK_COLS_TRIED; c++) {
		if (cols->to_new[c] != RMK_NONE)
			cells_of_column(p, v, c, rows, &out);
	}
	return out;
}

void
rmk_unique_cells_visit(
    const struct rmk_unique_cells *cells, rmk_unique_visit *visit, const void *ctx)
{
	for (size_t i = 0; i < cells->n; i++)
		visit(ctx, cells->v[i].b, cells->v[i].n);
}

static int
by_base(const void *x, const void *y)
{
	const struct rmk_unique_cell *a = x, *b = y;

	return (a->b > b->b) - (a->b < b->b);
}

static int
by_side(const void *x, const void *y)
{
	const struct rmk_unique_cell *a = x, *b = y;

	return (a->n > b->n) - (a->n < b->n);
}

// Those of one column that are left, sorted; gone: of rows that are gone, else of the others that
// are new.
static size_t
cells_left(const struct rmk_plan *p, enum rmk_version v,
    const struct rmk_unique_cell *cells, size_t n, bool gone, struct rmk_unique_cell *out)
{
	size_t left = 0;

	for (size_t i = 0; i < n; i++) {
		if (gone ? rmk_plan_is_gone(p, v, cells[i].b)
			 : !rmk_plan_is_gone(p, v, cells[i].b) &&
			       rmk_plan_is_new(p, v, cells[i].n))
			out[left++] = cells[i];
	}
	qsort(out, left, sizeof *out, gone ? by_base : by_side);
	return left;
}

void
rmk_unique_cells_visit_left(struct rmk_plan *p, enum rmk_version v,
    const struct rmk_unique_cells *cells, rmk_unique_visit *visit, const void *ctx)
{
	struct rmk_arena_mark mark = rmk_arena_mark(p->a);
	struct rmk_unique_cell *left = RMK_NEW_N(p->a, struct rmk_unique_cell, cells->n);

	for (size_t from = 0, to; from < cells->n; from = to) {
		size_t n;

		for (to = from; to < cells->n && cells->v[to].col == cells->v[from].col;)
			to++;
		n = cells_left(p, v, cells->v + from, to - from, true, left);
		n += cells_left(p, v, cells->v + from, to - from, false, left + n);
		for (size_t i = 0; i < n; i++)
			visit(ctx, left[i].b, left[i].n);
	}
	rmk_arena_reset(p->a, mark);
}
