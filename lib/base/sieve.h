// Whether a text may be one of a few: a look at its length and its end leaves most others out.
//
//	few    "lima" "qlora"        a bit for each, by length and end
//	many   "lora" ──▶ may be     so a map is asked for few of many
#ifndef RMK_BASE_SIEVE_H
#define RMK_BASE_SIEVE_H

#include "base/str.h"

#include <string.h>

#define RMK_SIEVE_BITS 15

// A zeroed struct lets nothing through.
struct rmk_sieve {
	uint64_t bits[(1 << RMK_SIEVE_BITS) / 64];
};

static inline size_t
rmk_sieve_bit(struct rmk_str text)
{
	size_t n = text.n < 8 ? text.n : 8;
	uint64_t end = 0;

	if (n)
		memcpy(&end, text.s + text.n - n, n);
	return (size_t)(((end ^ text.n) * 0x9E3779B97F4A7C15u) >> (64 - RMK_SIEVE_BITS));
}

static inline void
rmk_sieve_add(struct rmk_sieve *s, struct rmk_str text)
{
	size_t bit = rmk_sieve_bit(text);

	s->bits[bit / 64] |= (uint64_t)1 << bit % 64;
}

static inline bool
rmk_sieve_may(const struct rmk_sieve *s, struct rmk_str text)
{
	size_t bit = rmk_sieve_bit(text);

	return s->bits[bit / 64] >> bit % 64 & 1;
}

#endif
