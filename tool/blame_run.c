// Rows followed through tables and files: see blame_run.h.
#include "blame_run.h"

#include <stdlib.h>

// A row goes from table to table so often at most.
#define BLAME_MOST_MOVES 20

// A row that goes on elsewhere.
struct blame_hop {
	struct rmk_blame_row *row;     // in the result
	const struct versions *file;   // whose commit brought it
	const struct rmk_moment *when; // that commit
	struct rmk_log_place from;
};

struct blame_hops {
	struct blame_hop *v;
	size_t n, cap;
};

static int
blame_hop_order(const void *a, const void *b)
{
	const struct blame_hop *x = a, *y = b;
	int by = rmk_str_cmp(x->from.path, y->from.path);

	if (by == 0)
		by = rmk_str_cmp(x->when->id, y->when->id);
	if (by == 0)
		by = (x->from.table > y->from.table) - (x->from.table < y->from.table);
	return by ? by : (x->from.row > y->from.row) - (x->from.row < y->from.row);
}

static bool
blame_same_hop(const struct blame_hop *a, const struct blame_hop *b)
{
	return rmk_str_eq(a->from.path, b->from.path) &&
	       rmk_str_eq(a->when->id, b->when->id);
}

static void
blame_note_hop(struct call *c, struct rmk_blame_row *row, const struct versions *f,
    const struct rmk_blame_row *found, struct blame_hops *out)
{
	struct blame_hop hop = {row, f, found->when, found->from};

	if (!found->came)
		return;
	if (hop.from.path.n == 0 && found->moment + 1 < f->n)
		hop.from.path = f->v[found->moment + 1]->path;
	if (hop.from.path.n)
		*RMK_PUSH(c->arena, out->v, out->n, out->cap) = hop;
}

static enum rmk_code
blame_file(struct call *c, const struct versions_list *list, const struct versions *f,
    struct rmk_str column, const struct rmk_log_place *places, size_t n,
    struct progress *progress, struct rmk_blame *out, struct rmk_err *err)
{
	struct versions_job j = versions_begin(list, f, progress);
	struct rmk_log_opts o = {.path = f->shown,
	    .table = f->table,
	    .read = versions_text,
	    .beside = versions_beside,
	    .tick = versions_tick,
	    .ctx = &j};

	return rmk_blame_of(c->arena, f->moments, f->n, &o, column, places, n, out, err);
}

// The hops of one commit into one file. What cannot be found out stays as the commit that
// brought the row.
static enum rmk_code
blame_hop(struct call *c, const struct versions_list *list, const struct blame_hop *hops,
    size_t n, struct rmk_str column, struct progress *progress, struct blame_hops *next,
    struct rmk_err *err)
{
	struct rmk_log_place *places = RMK_NEW_N(c->arena, struct rmk_log_place, n);
	struct versions_list *older = RMK_NEW(c->arena, struct versions_list);
	struct rmk_blame b;

	for (size_t i = 0; i < n; i++)
		places[i] = hops[i].from;
	if (versions_before(
		c, list, hops[0].when, hops[0].from.path, progress, older, err))
		return err->code;
	if (blame_file(c, older, &older->files[0], column, places, n, progress, &b, err))
		return err->code == RMK_NOT_FOUND ? RMK_OK : err->code;
	for (size_t i = 0; i < n && b.n == n; i++) {
		hops[i].row->when = b.v[i].when;
		hops[i].row->born = b.v[i].born;
		blame_note_hop(c, hops[i].row, &older->files[0], &b.v[i], next);
	}
	return RMK_OK;
}

enum rmk_code
blame_run(struct call *c, const struct versions_list *list, const struct versions *f,
    struct rmk_str column, struct progress *progress, struct rmk_blame *out,
    struct rmk_err *err)
{
	struct blame_hops hops = {0};

	if (blame_file(c, list, f, column, NULL, 0, progress, out, err))
		return err->code;
	for (size_t i = 0; i < out->n; i++)
		blame_note_hop(c, &out->v[i], f, &out->v[i], &hops);
	for (size_t hop = 0; hops.n && hop < BLAME_MOST_MOVES; hop++) {
		struct blame_hops next = {0};

		qsort(hops.v, hops.n, sizeof *hops.v, blame_hop_order);
		for (size_t i = 0, end; i < hops.n; i = end) {
			for (end = i + 1;
			     end < hops.n && blame_same_hop(&hops.v[i], &hops.v[end]);)
				end++;
			if (blame_hop(c, list, &hops.v[i], end - i, column, progress,
				&next, err))
				return err->code;
		}
		hops = next;
	}
	return RMK_OK;
}
