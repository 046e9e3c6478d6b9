// SHA-1 as FIPS 180-4 has it. The rounds are unrolled by macro: an index of 50,000
// files is five megabytes, and its checksum is most of what a commit there costs.
#include "git/sha1.h"

#include <stdio.h>
#include <string.h>

#define ROL(x, n) (((x) << (n)) | ((x) >> (32 - (n))))
#define MIX(i)                                                                           \
	(w[(i)&15] = ROL(                                                                \
	     w[((i) + 13) & 15] ^ w[((i) + 8) & 15] ^ w[((i) + 2) & 15] ^ w[(i)&15], 1))
#define STEP(f, k, word, a, b, c, d, e)                                                  \
	do {                                                                             \
		(e) += ROL(a, 5) + (f) + (k) + (word);                                   \
		(b) = ROL(b, 30);                                                        \
	} while (0)
#define F1(b, c, d) ((d) ^ ((b) & ((c) ^ (d))))
#define F2(b, c, d) ((b) ^ (c) ^ (d))
#define F3(b, c, d) (((b) & (c)) | ((d) & ((b) | (c))))
#define FIVE(f, k, get, i)                                                               \
	STEP(f(b, c, d), k, get(i), a, b, c, d, e);                                      \
	STEP(f(a, b, c), k, get(i + 1), e, a, b, c, d);                                  \
	STEP(f(e, a, b), k, get(i + 2), d, e, a, b, c);                                  \
	STEP(f(d, e, a), k, get(i + 3), c, d, e, a, b);                                  \
	STEP(f(c, d, e), k, get(i + 4), b, c, d, e, a)
#define FIRST(i) ((i) < 16 ? w[(i)&15] : MIX(i))

static uint32_t
sha1_load(const uint8_t *p)
{
	return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

static void
sha1_store(uint8_t *p, uint32_t v)
{
	for (int i = 0; i < 4; i++)
		p[i] = (uint8_t)(v >> (24 - 8 * i));
}

static void
block(uint32_t h[5], const uint8_t *p)
{
	uint32_t a = h[0], b = h[1], c = h[2], d = h[3], e = h[4], w[16];

	for (int i = 0; i < 16; i++)
		w[i] = sha1_load(p + 4 * i);
	for (int i = 0; i < 20; i += 5) {
		FIVE(F1, 0x5a827999, FIRST, i);
	}
	for (int i = 20; i < 40; i += 5) {
		FIVE(F2, 0x6ed9eba1, MIX, i);
	}
	for (int i = 40; i < 60; i += 5) {
		FIVE(F3, 0x8f1bbcdc, MIX, i);
	}
	for (int i = 60; i < 80; i += 5) {
		FIVE(F2, 0xca62c1d6, MIX, i);
	}
	h[0] += a;
	h[1] += b;
	h[2] += c;
	h[3] += d;
	h[4] += e;
}

void
rmk_sha1_start(struct rmk_sha1 *s)
{
	*s = (struct rmk_sha1){
	    .h = {0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0}};
}

void
rmk_sha1_add(struct rmk_sha1 *s, struct rmk_str bytes)
{
	size_t had = s->n % 64;

	s->n += bytes.n;
	if (had) {
		size_t take = bytes.n < 64 - had ? bytes.n : 64 - had;
		memcpy(s->block + had, bytes.s, take);
		bytes = rmk_str_from(bytes, take);
		if (had + take < 64)
			return;
		block(s->h, s->block);
	}
	for (; bytes.n >= 64; bytes = rmk_str_from(bytes, 64))
		block(s->h, (const uint8_t *)bytes.s);
	if (bytes.n)
		memcpy(s->block, bytes.s, bytes.n);
}

void
rmk_sha1_end(struct rmk_sha1 *s, uint8_t out[20])
{
	static const char pad[64] = {(char)0x80};
	uint64_t bits = s->n * 8;
	uint8_t length[8];

	rmk_sha1_add(s, (struct rmk_str){pad, 1 + (119 - s->n % 64) % 64});
	sha1_store(length, (uint32_t)(bits >> 32));
	sha1_store(length + 4, (uint32_t)bits);
	rmk_sha1_add(s, (struct rmk_str){(char *)length, 8});
	for (int i = 0; i < 5; i++)
		sha1_store(out + 4 * i, s->h[i]);
}

void
rmk_sha1_blob(struct rmk_str bytes, uint8_t out[20])
{
	struct rmk_sha1 s;
	char head[32];
	int n = snprintf(head, sizeof head, "blob %zu", bytes.n);

	rmk_sha1_start(&s);
	rmk_sha1_add(&s, (struct rmk_str){head, (size_t)n + 1});
	rmk_sha1_add(&s, bytes);
	rmk_sha1_end(&s, out);
}
