// Headers of entries, and deltas.
#include "git/pack_entry.h"

#include <string.h>

#define COMMIT 1
#define TAG 4
#define DELTA_BY_OFFSET 6

static bool
take_byte(struct rmk_str *in, uint8_t *c)
{
	if (in->n == 0)
		return false;
	*c = (uint8_t)*in->s;
	*in = (struct rmk_str){in->s + 1, in->n - 1};
	return true;
}

// A number whose first byte has room for so many bits: seven more a byte, the lowest
// first, while the highest bit is set.
static bool
take_size(struct rmk_str *in, uint8_t c, unsigned bits, size_t *size)
{
	*size = c & ((1u << bits) - 1);
	for (unsigned shift = bits; c & 0x80; shift += 7) {
		if (shift > 28 || !take_byte(in, &c))
			return false;
		*size |= (size_t)(c & 0x7f) << shift;
	}
	return *size <= RMK_PACK_OBJECT;
}

// How far back the base is: seven bits a byte, the highest first, and one more for each
// byte that follows.
static bool
pack_entry_take_base(struct rmk_str *in, size_t offset, size_t *base)
{
	size_t back;
	uint8_t c;

	if (!take_byte(in, &c))
		return false;
	back = c & 0x7f;
	while (c & 0x80) {
		if (back > offset || !take_byte(in, &c))
			return false;
		back = ((back + 1) << 7) + (c & 0x7f);
	}
	*base = offset - back;
	return back > 0 && back < offset;
}

bool
rmk_pack_entry(const struct rmk_pack *pack, size_t offset, struct rmk_pack_entry *out)
{
	struct rmk_str in;
	uint8_t c;

	if (offset > pack->size)
		return false;
	in = (struct rmk_str){(const char *)pack->data + offset, pack->size - offset};
	if (!take_byte(&in, &c))
		return false;
	*out = (struct rmk_pack_entry){.offset = offset, .type = c >> 4 & 7};
	if (!take_size(&in, c, 4, &out->size))
		return false;
	if (out->type == DELTA_BY_OFFSET ? !pack_entry_take_base(&in, offset, &out->base)
					 : out->type < COMMIT || out->type > TAG)
		return false;
	out->stream = pack->size - in.n;
	return true;
}

bool
rmk_delta_open(struct rmk_str *delta, size_t base, size_t *made)
{
	size_t size;
	uint8_t c;

	return take_byte(delta, &c) && take_size(delta, c, 7, &size) && size == base &&
	       take_byte(delta, &c) && take_size(delta, c, 7, made);
}

// The bits of a copy's first byte tell which bytes of its offset and its size follow.
static bool
take_copy(struct rmk_str *in, uint8_t bits, size_t *from, size_t *size)
{
	uint8_t c;

	*from = *size = 0;
	for (unsigned i = 0; i < 7; i++) {
		if (!(bits >> i & 1))
			continue;
		if (!take_byte(in, &c))
			return false;
		if (i < 4)
			*from |= (size_t)c << 8 * i;
		else
			*size |= (size_t)c << 8 * (i - 4);
	}
	if (*size == 0)
		*size = 0x10000;
	return true;
}

bool
rmk_delta_apply(
    struct rmk_str delta, const uint8_t *base, size_t nbase, uint8_t *to, size_t size)
{
	const void *from;
	size_t at, n;
	uint8_t c;

	while (take_byte(&delta, &c)) {
		if (c & 0x80) {
			if (!take_copy(&delta, c, &at, &n) || at > nbase ||
			    n > nbase - at)
				return false;
			from = base + at;
		} else {
			n = c;
			from = delta.s;
			if (n == 0 || n > delta.n)
				return false;
			delta = (struct rmk_str){delta.s + n, delta.n - n};
		}
		if (n > size)
			return false;
		memcpy(to, from, n);
		to += n;
		size -= n;
	}
	return size == 0;
}
