// Finding things of an array again by a hash: the only open-addressing table there is.
//
//	things   "lora" "qlora" "alibi"        the caller's, of any form
//	slots    .  2  .  .  0  .  1  .        where each is, beside 32 bits of its hash
//
// Equal hashes prove nothing: whether a thing is the one that is looked for, `same` decides
// by looking at it. The hash should end in a mix of all bits (rmk_str_hash_seeded does) and,
// where strangers wrote what is hashed, begin with rmk_hash_index_seed: else they can write
// texts that all fall on one slot.
//
// Ownership: slots are in the arena. Units: an index counts from 0, up to 2^32 - 2.
#ifndef RMK_BASE_HASH_INDEX_H
#define RMK_BASE_HASH_INDEX_H

#include "base/str.h"

struct rmk_hash_slot {
	uint32_t hash;
	uint32_t item; // index + 1; 0: free
};

// {.arena = a} is an empty one.
struct rmk_hash_index {
	struct rmk_arena *arena;
	struct rmk_hash_slot *slots;
	size_t n;
	size_t cap; // a power of two, or 0; at most half of it is used
};

// Make room for n things in all.
void rmk_hash_index_reserve(struct rmk_hash_index *x, size_t n);

// What hashes begin with: an address, which differs from run to run.
static inline uint64_t
rmk_hash_index_seed(const struct rmk_hash_index *x)
{
	return (uintptr_t)x->arena;
}

// The slot of the thing of this hash, or the free one where it goes. x has slots.
static inline struct rmk_hash_slot *
rmk_hash_index_slot(const struct rmk_hash_index *x, uint32_t hash,
    bool (*same)(const void *ctx, size_t item), const void *ctx)
{
	size_t i = hash & (x->cap - 1);

	while (x->slots[i].item &&
	       (x->slots[i].hash != hash || !same(ctx, x->slots[i].item - 1)))
		i = (i + 1) & (x->cap - 1);
	return &x->slots[i];
}

// The index of the thing for which `same` is true, or RMK_NONE.
static inline size_t
rmk_hash_index_get(const struct rmk_hash_index *x, uint64_t hash,
    bool (*same)(const void *ctx, size_t item), const void *ctx)
{
	if (x->n == 0)
		return RMK_NONE;
	return (size_t)rmk_hash_index_slot(x, (uint32_t)(hash >> 32), same, ctx)->item -
	       1;
}

// The same; where there is none, `item` is put in and returned.
static inline size_t
rmk_hash_index_put(struct rmk_hash_index *x, uint64_t hash, size_t item,
    bool (*same)(const void *ctx, size_t item), const void *ctx)
{
	struct rmk_hash_slot *slot;

	if ((x->n + 1) * 2 > x->cap)
		rmk_hash_index_reserve(x, x->n + 1);
	slot = rmk_hash_index_slot(x, (uint32_t)(hash >> 32), same, ctx);
	if (slot->item == 0) {
		slot->hash = (uint32_t)(hash >> 32);
		slot->item = (uint32_t)item + 1;
		x->n++;
	}
	return slot->item - 1;
}

#endif
