// A hash map from text to an index.
//
//	"lora"  ──▶ 7
//	"qlora" ──▶ 11
//
// Ownership: entries live in the arena; keys are not copied and must outlive the map.
#ifndef RMK_BASE_MAP_H
#define RMK_BASE_MAP_H

#include "base/hash_index.h"

// For a value that would be more than one.
#define RMK_SEVERAL (RMK_NONE - 1)

struct rmk_map_entry {
	struct rmk_str key;
	size_t value;
};

// {.arena = a} is an empty map.
struct rmk_map {
	struct rmk_arena *arena;
	struct rmk_map_entry *entries; // [n] in the order in which they came
	size_t n, cap;
	struct rmk_hash_index index;
};

// The value of key, or RMK_NONE.
size_t rmk_map_get(const struct rmk_map *m, struct rmk_str key);

// The place of key's value, made with RMK_NONE when it was not there. True until
// the next put.
size_t *rmk_map_put(struct rmk_map *m, struct rmk_str key);

#endif
