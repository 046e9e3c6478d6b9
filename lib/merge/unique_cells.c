// Cells that no other row has: see unique_cells.h.
#include "merge/unique_cells.h"

#include "base/map.h"
#include "diff/match_rows.h"

#include <string.h>

const struct rmk_pairs *
rmk_plan_cols_of(const struct rmk_plan *p, enum rmk_version v)
{
	return v == RMK_OURS ? &p->ours.cols : &p->theirs.cols;
}

bool
rmk_plan_is_new(const struct rmk_plan *p, enum rmk_version v, size_t n)
{
	return p->rows[p->owner[v][n]].at[RMK_BASE] == RMK_NONE;
}

bool
rmk_merge_identifies(struct rmk_str cell)
{
	uint32_t number;

	return cell.n > 0 && !(cell.n < 5 && rmk_str_to_u32(cell, &number));
}

// Where a text is in a column of base, and of v.
struct placed {
	size_t b, n, times_b, times_n;
};

// The texts that are asked for: those of rows that are gone or new, or of contested rows. Few
// are, and all cells are looked at: most are left at a bit of their length and their end.
#define ASKED_BITS 13
struct asked {
	struct rmk_map at;
	struct placed *v;
	size_t n, cap;
	uint64_t may[(1 << ASKED_BITS) / 64];
};

static size_t
asked_bit(struct rmk_str cell)
{
	size_t n = cell.n < 8 ? cell.n : 8;
	uint64_t end = 0;

	if (n)
		memcpy(&end, cell.s + cell.n - n, n);
	return (size_t)(((end ^ cell.n) * 0x9E3779B97F4A7C15u) >> (64 - ASKED_BITS));
}

static bool
may_be_asked(const struct asked *asked, struct rmk_str cell)
{
	size_t bit = asked_bit(cell);

	return asked->may[bit / 64] >> bit % 64 & 1;
}

static void
ask_for(struct rmk_arena *a, struct asked *asked, struct rmk_str cell)
{
	size_t *at;

	if (!rmk_merge_identifies(cell))
		return;
	at = rmk_map_put(&asked->at, cell);
	if (*at == RMK_NONE) {
		asked->may[asked_bit(cell) / 64] |= (uint64_t)1 << asked_bit(cell) % 64;
		*at = asked->n;
		*RMK_PUSH(a, asked->v, asked->n, asked->cap) = (struct placed){0};
	}
}

static void
ask_for_cells(const struct rmk_plan *p, enum rmk_version v, size_t col,
    const bool *contested, struct asked *asked)
{
	const struct rmk_merge_table *was = &p->v[RMK_BASE], *is = &p->v[v];
	size_t to = rmk_plan_cols_of(p, v)->to_new[col];

	for (size_t b = 0; b < was->t->nrows; b++) {
		if (contested ? contested[b]
			      : p->rows[p->owner[RMK_BASE][b]].at[v] == RMK_NONE)
			ask_for(
			    p->a, asked, rmk_doc_cell(was->doc, &was->t->rows[b], col));
	}
	for (size_t n = 0; !contested && n < is->t->nrows; n++) {
		if (rmk_plan_is_new(p, v, n))
			ask_for(p->a, asked, rmk_doc_cell(is->doc, &is->t->rows[n], to));
	}
}

static void
place_cells(const struct rmk_merge_table *of, size_t col, bool base, struct asked *asked)
{
	for (size_t r = 0; r < of->t->nrows; r++) {
		struct rmk_str cell = rmk_doc_cell(of->doc, &of->t->rows[r], col);
		size_t at = may_be_asked(asked, cell) ? rmk_map_get(&asked->at, cell)
		                                      : RMK_NONE;

		if (at == RMK_NONE)
			continue;
		if (base) {
			asked->v[at].b = r;
			asked->v[at].times_b++;
		} else {
			asked->v[at].n = r;
			asked->v[at].times_n++;
		}
	}
}

static void
visit_column(struct rmk_plan *p, enum rmk_version v, size_t col, const bool *contested,
    rmk_unique_visit *visit, const void *ctx)
{
	struct rmk_arena_mark mark = rmk_arena_mark(p->a);
	struct asked asked = {.at = {.arena = p->a}};

	ask_for_cells(p, v, col, contested, &asked);
	if (asked.n) {
		place_cells(&p->v[RMK_BASE], col, true, &asked);
		place_cells(&p->v[v], rmk_plan_cols_of(p, v)->to_new[col], false, &asked);
	}
	for (size_t i = 0; i < asked.n; i++) {
		if (asked.v[i].times_b == 1 && asked.v[i].times_n == 1)
			visit(ctx, asked.v[i].b, asked.v[i].n);
	}
	rmk_arena_reset(p->a, mark);
}

void
rmk_merge_unique_cells(struct rmk_plan *p, enum rmk_version v, const bool *contested,
    rmk_unique_visit *visit, const void *ctx)
{
	const struct rmk_pairs *cols = rmk_plan_cols_of(p, v);

	for (size_t c = 0; c < cols->nold && c < RMK_COLS_TRIED; c++) {
		if (cols->to_new[c] != RMK_NONE)
			visit_column(p, v, c, contested, visit, ctx);
	}
}
