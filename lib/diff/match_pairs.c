// Groups of equal ids in one hash map, each with the chain of its members on both sides.
#include "diff/match_pairs.h"

#include "base/map.h"

#include <string.h>

struct group {
	size_t nold, nnew;
	size_t old, new_; // the first of each, then along the chains
};

struct groups {
	struct group *v;
	size_t n;
	size_t *next_old, *next_new;
};

struct rmk_pairs
rmk_pairs_new(struct rmk_arena *a, size_t nold, size_t nnew)
{
	struct rmk_pairs p = {rmk_arena_alloc(a, nold * sizeof *p.to_new),
	    rmk_arena_alloc(a, nnew * sizeof *p.to_old), nold, nnew};

	memset(p.to_new, 0xFF, nold * sizeof *p.to_new); // RMK_NONE
	memset(p.to_old, 0xFF, nnew * sizeof *p.to_old);
	return p;
}

void
rmk_pairs_join(struct rmk_pairs *p, size_t old, size_t new_)
{
	p->to_new[old] = new_;
	p->to_old[new_] = old;
}

bool
rmk_pairs_some_left(const size_t *partner, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (partner[i] == RMK_NONE)
			return true;
	}
	return false;
}

struct rmk_left
rmk_left_of(struct rmk_arena *a, const size_t *partner, size_t n)
{
	struct rmk_left left = {rmk_arena_alloc(a, n * sizeof *left.v), 0};

	for (size_t i = 0; i < n; i++) {
		if (partner[i] == RMK_NONE)
			left.v[left.n++] = i;
	}
	return left;
}

static struct group *
match_pairs_group_of(struct groups *g, struct rmk_map *map, const uint64_t *id)
{
	size_t *at = rmk_map_put(map, (struct rmk_str){(const char *)id, sizeof *id});

	if (*at == RMK_NONE) {
		*at = g->n;
		g->v[g->n++] = (struct group){0, 0, RMK_NONE, RMK_NONE};
	}
	return &g->v[*at];
}

// Members are taken from the last to the first, so that chains run forwards.
static struct groups
groups_of(struct rmk_arena *a, const struct rmk_pairing *by, bool whole)
{
	const struct rmk_pairs *p = by->pairs;
	const struct rmk_left *old_left = whole ? NULL : by->old_left;
	const struct rmk_left *new_left = whole ? NULL : by->new_left;
	struct rmk_map map = {.arena = a};
	size_t nold = old_left ? old_left->n : p->nold;
	size_t nnew = new_left ? new_left->n : p->nnew;
	// Each is filled before it is read; mostly few are.
	struct groups g = {rmk_arena_alloc(a, (nold + nnew) * sizeof *g.v), 0,
	    rmk_arena_alloc(a, p->nold * sizeof *g.next_old),
	    rmk_arena_alloc(a, p->nnew * sizeof *g.next_new)};
	struct group *to;

	for (size_t k = nold; k-- > 0;) {
		size_t i = old_left ? old_left->v[k] : k;

		if (!by->old_ids[i] || (!whole && p->to_new[i] != RMK_NONE))
			continue;
		to = match_pairs_group_of(&g, &map, &by->old_ids[i]);
		g.next_old[i] = to->old;
		to->old = i;
		to->nold++;
	}
	for (size_t k = nnew; k-- > 0;) {
		size_t i = new_left ? new_left->v[k] : k;

		if (!by->new_ids[i] || (!whole && p->to_old[i] != RMK_NONE))
			continue;
		to = match_pairs_group_of(&g, &map, &by->new_ids[i]);
		g.next_new[i] = to->new_;
		to->new_ = i;
		to->nnew++;
	}
	return g;
}

static bool
join_if_same(const struct rmk_pairing *by, size_t old, size_t new_)
{
	if (by->pairs->to_new[old] != RMK_NONE || by->pairs->to_old[new_] != RMK_NONE)
		return false;
	if (by->same && !by->same(by->ctx, old, new_))
		return false;
	rmk_pairs_join(by->pairs, old, new_);
	return true;
}

void
rmk_pair_unique(struct rmk_arena *a, const struct rmk_pairing *by, bool whole)
{
	struct rmk_arena_mark mark = rmk_arena_mark(a);
	struct groups g = groups_of(a, by, whole);

	for (size_t i = 0; i < g.n; i++) {
		if (g.v[i].nold == 1 && g.v[i].nnew == 1)
			join_if_same(by, g.v[i].old, g.v[i].new_);
	}
	rmk_arena_reset(a, mark);
}

bool
rmk_pair_in_order(struct rmk_arena *a, const struct rmk_pairing *by, bool equal)
{
	struct rmk_arena_mark mark = rmk_arena_mark(a);
	struct groups g = groups_of(a, by, false);
	bool left = false;

	for (size_t i = 0; i < g.n; i++) {
		size_t old = g.v[i].old, new_ = g.v[i].new_;
		bool joined = false;

		if (equal && g.v[i].nold != g.v[i].nnew)
			continue;
		for (; old != RMK_NONE && new_ != RMK_NONE;
		     old = g.next_old[old], new_ = g.next_new[new_])
			joined |= join_if_same(by, old, new_);
		left |= joined && old != RMK_NONE;
	}
	rmk_arena_reset(a, mark);
	return left;
}
