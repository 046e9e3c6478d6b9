// What git's own files have in common: numbers with the highest byte first, and a checksum of all
// before it at the end.
//
//	index   DIRC 00000002 00000007 ...entries... | SHA-1 of all to the left
#ifndef RMK_GIT_CHECKSUM_H
#define RMK_GIT_CHECKSUM_H

#include "base/str.h"

static inline uint32_t
rmk_be32(const void *bytes)
{
	const uint8_t *p = bytes;

	return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

static inline uint64_t
rmk_be64(const void *bytes)
{
	const uint8_t *p = bytes;

	return (uint64_t)rmk_be32(p) << 32 | rmk_be32(p + 4);
}

// A checksum against damage; libgit2 hashes objects itself.
#define RMK_SUM 20
void rmk_format_sum(struct rmk_str bytes, uint8_t out[RMK_SUM]);

// Whether bytes end in the checksum of those before it.
bool rmk_format_sealed(struct rmk_str bytes);

// The same of an index, where git may leave it out; in a repository of SHA-256 it is one, and
// size 32.
bool rmk_format_index_sealed(struct rmk_str bytes, size_t size);

#endif
