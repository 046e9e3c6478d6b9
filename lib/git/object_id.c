// Names of objects: made, compared, written out.
#include "git/object_id.h"

#include <string.h>

struct rmk_oid
rmk_oid_of(const void *bytes, size_t n)
{
	struct rmk_oid id = {.n = (uint8_t)n};

	memcpy(id.b, bytes, n);
	return id;
}

bool
rmk_oid_eq(const struct rmk_oid *a, const struct rmk_oid *b)
{
	return a->n == b->n && memcmp(a->b, b->b, sizeof a->b) == 0;
}

bool
rmk_oid_is_none(const struct rmk_oid *id)
{
	return id->n == 0;
}

struct rmk_str
rmk_oid_hex(struct rmk_arena *a, const struct rmk_oid *id, size_t n)
{
	static const char digits[] = "0123456789abcdef";
	char *s = rmk_arena_alloc(a, 2 * (size_t)id->n + 1);

	for (size_t i = 0; i < id->n; i++) {
		s[2 * i] = digits[id->b[i] >> 4];
		s[2 * i + 1] = digits[id->b[i] & 15];
	}
	s[2 * (size_t)id->n] = '\0';
	return (struct rmk_str){s, n < 2 * (size_t)id->n ? n : 2 * (size_t)id->n};
}

static int
oid_digit(char ch)
{
	if (ch >= '0' && ch <= '9')
		return ch - '0';
	return ch >= 'a' && ch <= 'f' ? ch - 'a' + 10 : -1;
}

bool
rmk_oid_parse(struct rmk_str digits, struct rmk_oid *out)
{
	struct rmk_oid id = {.n = (uint8_t)(digits.n / 2)};

	if (digits.n != 40 && digits.n != 64)
		return false;
	for (size_t i = 0; i < id.n; i++) {
		int high = oid_digit(digits.s[2 * i]),
		    low = oid_digit(digits.s[2 * i + 1]);
		if (high < 0 || low < 0)
			return false;
		id.b[i] = (uint8_t)(high << 4 | low);
	}
	*out = id;
	return true;
}
