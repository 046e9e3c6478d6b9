// Linear probing, kept at most half full.
#include "base/hash_index.h"

void
rmk_hash_index_reserve(struct rmk_hash_index *x, size_t n)
{
	struct rmk_hash_index old = *x;

	if (x->cap == 0)
		x->cap = 16;
	while (x->cap < n * 2)
		x->cap *= 2;
	x->slots = RMK_NEW_N(x->arena, struct rmk_hash_slot, x->cap);
	for (size_t i = 0; i < old.cap; i++) {
		size_t to = old.slots[i].hash & (x->cap - 1);

		if (old.slots[i].item == 0)
			continue;
		while (x->slots[to].item)
			to = (to + 1) & (x->cap - 1);
		x->slots[to] = old.slots[i];
	}
}
