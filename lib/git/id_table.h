// What the indexes that git maps have in common: ids in order, and numbers of four bytes.
//
//	fanout  256 numbers: how many ids begin with a byte of at most 0, 1 ... 255
//	ids     of 20 bytes, sorted: those of byte b are between fanout[b - 1] and fanout[b]
//
// Form: gitformat-pack(5) and gitformat-commit-graph(5).
#ifndef RMK_GIT_ID_TABLE_H
#define RMK_GIT_ID_TABLE_H

#include <stddef.h>
#include <stdint.h>

#define RMK_ID 20       // bytes of an id
#define RMK_FANOUT 1024 // bytes of a fanout

struct rmk_ids {
	const uint8_t *fanout, *ids;
	uint32_t n;
};

// Numbers of four and of eight bytes, the highest byte first.
static inline uint32_t
rmk_be32(const void *bytes)
{
	const uint8_t *p = bytes;

	return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

static inline uint64_t
rmk_be64(const uint8_t *p)
{
	return (uint64_t)rmk_be32(p) << 32 | rmk_be32(p + 4);
}

// The place of an id, or UINT32_MAX. A fanout that leads beyond n finds nothing.
uint32_t rmk_ids_find(const struct rmk_ids *ids, const uint8_t id[RMK_ID]);

// A regular file, mapped to be read; NULL: it is none, or empty.
const uint8_t *rmk_map_file(const char *name, size_t *size);
void rmk_unmap(const uint8_t *bytes, size_t size); // NULL is fine

#endif
