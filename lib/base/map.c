// Entries in an array, found by a hash index.
#include "base/map.h"

struct map_wanted {
	const struct rmk_map *m;
	struct rmk_str key;
};

static inline bool
map_same_key(const void *ctx, size_t item)
{
	const struct map_wanted *w = ctx;

	return rmk_str_eq(w->m->entries[item].key, w->key);
}

size_t
rmk_map_get(const struct rmk_map *m, struct rmk_str key)
{
	struct map_wanted w = {m, key};
	size_t at;

	at = rmk_hash_index_get(&m->index,
	    rmk_str_hash_seeded(key, rmk_hash_index_seed(&m->index)), map_same_key, &w);
	return at == RMK_NONE ? RMK_NONE : m->entries[at].value;
}

size_t *
rmk_map_put(struct rmk_map *m, struct rmk_str key)
{
	struct map_wanted w = {m, key};
	size_t at;

	m->index.arena = m->arena;
	at = rmk_hash_index_put(&m->index,
	    rmk_str_hash_seeded(key, rmk_hash_index_seed(&m->index)), m->n, map_same_key,
	    &w);
	if (at == m->n)
		*RMK_PUSH(m->arena, m->entries, m->n, m->cap) = (struct rmk_map_entry){
		    key, RMK_NONE};
	return &m->entries[at].value;
}
