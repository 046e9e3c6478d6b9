// A hash map from text to an index.
//
//	"lora"  ──▶ 7
//	"qlora" ──▶ 11
//
// Ownership: the slots live in the arena; keys are not copied and must outlive the
// map. Hashes are seeded with an address, so that no set of keys is slow in every run.
#ifndef RMK_BASE_MAP_H
#define RMK_BASE_MAP_H

#include "base/str.h"

struct rmk_map_slot {
	struct rmk_str key; // s == NULL: free
	size_t value;
	uint64_t hash;
};

// {.arena = a} is an empty map.
struct rmk_map {
	struct rmk_arena *arena;
	struct rmk_map_slot *slots;
	size_t n;
	size_t cap; // a power of two, or 0
	uint64_t seed;
};

// The value of key, or RMK_NONE.
RMK_API size_t rmk_map_get(const struct rmk_map *m, struct rmk_str key);

// The place of key's value, made with RMK_NONE when it was not there. True until
// the next put.
RMK_API size_t *rmk_map_put(struct rmk_map *m, struct rmk_str key);

#endif
