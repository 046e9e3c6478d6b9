// Linear probing, kept at most half full.
#include "base/map.h"

static struct rmk_map_slot *
map_find(const struct rmk_map *m, struct rmk_str key, uint64_t hash)
{
	size_t i = (size_t)hash & (m->cap - 1);

	while (m->slots[i].key.s &&
	       (m->slots[i].hash != hash || !rmk_str_eq(m->slots[i].key, key)))
		i = (i + 1) & (m->cap - 1);
	return &m->slots[i];
}

static void
grow(struct rmk_map *m)
{
	struct rmk_map old = *m;

	m->cap = old.cap ? old.cap * 2 : 16;
	m->slots = RMK_NEW_N(m->arena, struct rmk_map_slot, m->cap);
	if (!old.cap)
		m->seed = (uintptr_t)m->slots;
	for (size_t i = 0; i < old.cap; i++) {
		if (old.slots[i].key.s)
			*map_find(m, old.slots[i].key, old.slots[i].hash) = old.slots[i];
	}
}

size_t
rmk_map_get(const struct rmk_map *m, struct rmk_str key)
{
	const struct rmk_map_slot *slot;

	if (m->n == 0)
		return RMK_NONE;
	slot = map_find(m, key, rmk_str_hash_seeded(key, m->seed));
	return slot->key.s ? slot->value : RMK_NONE;
}

size_t *
rmk_map_put(struct rmk_map *m, struct rmk_str key)
{
	struct rmk_map_slot *slot;
	uint64_t hash;

	if ((m->n + 1) * 2 > m->cap)
		grow(m);
	hash = rmk_str_hash_seeded(key, m->seed);
	slot = map_find(m, key, hash);
	if (!slot->key.s) {
		*slot = (struct rmk_map_slot){
		    {key.s ? key.s : "", key.n}, RMK_NONE, hash};
		m->n++;
	}
	return &slot->value;
}
