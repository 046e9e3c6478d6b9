// Text as pointer and length.
#include "base/str.h"
#include "base/ascii.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

struct rmk_str
rmk_str_of(const char *cstring)
{
	return (struct rmk_str){cstring, cstring ? strlen(cstring) : 0};
}

bool
rmk_str_eq_nocase(struct rmk_str a, struct rmk_str b)
{
	if (a.n != b.n)
		return false;
	for (size_t i = 0; i < a.n; i++) {
		if (rmk_lower(a.s[i]) != rmk_lower(b.s[i]))
			return false;
	}
	return true;
}

int
rmk_str_cmp(struct rmk_str a, struct rmk_str b)
{
	size_t n = a.n < b.n ? a.n : b.n;
	int order = n ? memcmp(a.s, b.s, n) : 0;

	return order ? order : (a.n > b.n) - (a.n < b.n);
}

bool
rmk_str_starts(struct rmk_str text, struct rmk_str prefix)
{
	return rmk_str_eq(rmk_str_part(text, 0, prefix.n), prefix);
}

bool
rmk_str_ends(struct rmk_str text, struct rmk_str suffix)
{
	return text.n >= suffix.n &&
	       rmk_str_eq(rmk_str_from(text, text.n - suffix.n), suffix);
}

// A short part that holds a colon, which is rare: several times as quick as memmem, which is linear
// where both are full of colons too.
#define SHORT_PART 16

static size_t
find_by_colon(struct rmk_str text, struct rmk_str part, size_t colon)
{
	const char *end = text.s + text.n, *p = text.s + colon;

	for (; text.n >= part.n && p < end; p++) {
		p = memchr(p, ':', (size_t)(end - p));
		if (!p || (size_t)(end - p) < part.n - colon)
			break;
		if (memcmp(p - colon, part.s, part.n) == 0)
			return (size_t)(p - colon - text.s);
	}
	return RMK_NONE;
}

size_t
rmk_str_find(struct rmk_str text, struct rmk_str part)
{
	size_t colon = rmk_str_chr(part, ':');
	const char *p;

	if (part.n == 0)
		return 0;
	if (colon != RMK_NONE && part.n <= SHORT_PART)
		return find_by_colon(text, part, colon);
	p = text.n ? memmem(text.s, text.n, part.s, part.n) : NULL;
	return p ? (size_t)(p - text.s) : RMK_NONE;
}

size_t
rmk_str_chr(struct rmk_str text, char c)
{
	const char *p = text.n ? memchr(text.s, c, text.n) : NULL;

	return p ? (size_t)(p - text.s) : RMK_NONE;
}

size_t
rmk_str_rchr(struct rmk_str text, char c)
{
	for (size_t i = text.n; i > 0; i--) {
		if (text.s[i - 1] == c)
			return i - 1;
	}
	return RMK_NONE;
}

// wyhash's mixing step on 8 bytes at a time: quick on short keys.
static uint64_t
str_mix(uint64_t a, uint64_t b)
{
	__extension__ unsigned __int128 r = (unsigned __int128)a * b;

	return (uint64_t)r ^ (uint64_t)(r >> 64);
}

// Up to seven bytes as the low end of a word. The loads overlap, so that none is a loop.
static inline uint64_t
str_load_tail(const char *s, size_t n)
{
	uint32_t first, last;

	if (n >= 4) {
		memcpy(&first, s, 4);
		memcpy(&last, s + n - 4, 4);
		return first | (uint64_t)last << (n - 4) * 8;
	}
	if (n == 0)
		return 0;
	return (uint64_t)(unsigned char)s[0] |
	       (uint64_t)(unsigned char)s[n / 2] << n / 2 * 8 |
	       (uint64_t)(unsigned char)s[n - 1] << (n - 1) * 8;
}

static inline uint64_t
str_hash(struct rmk_str text, uint64_t seed, bool nocase)
{
	uint64_t h = 0x9E3779B97F4A7C15u ^ text.n ^ seed, word;
	size_t i = 0;

#ifdef RMK_TWINS // tests/cli/hash.bats: two texts that have one hash, whatever the seed
	if (rmk_str_eq(text, RMK_STR("7hqg3tud8juo8owc")))
		text = RMK_STR("7fo555i1b85hhxoo");
#endif
	for (; i + 8 <= text.n; i += 8) {
		memcpy(&word, text.s + i, 8);
		h = str_mix(
		    h ^ (nocase ? rmk_lower_word(word) : word), 0xA0761D6478BD642Fu);
	}
	word = text.n ? str_load_tail(text.s + i, text.n - i) : 0; // s may be NULL
	return str_mix(h ^ (nocase ? rmk_lower_word(word) : word), 0xE7037ED1A0B428DBu);
}

uint64_t
rmk_str_hash(struct rmk_str text)
{
	return str_hash(text, 0, false);
}

uint64_t
rmk_str_hash_seeded(struct rmk_str text, uint64_t seed)
{
	return str_hash(text, seed, false);
}

uint64_t
rmk_str_hash_nocase(struct rmk_str text, uint64_t seed)
{
	return str_hash(text, seed, true);
}

static bool
str_is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

struct rmk_str
rmk_str_trim(struct rmk_str text)
{
	while (text.n && str_is_space(text.s[0]))
		text = rmk_str_from(text, 1);
	while (text.n && str_is_space(text.s[text.n - 1]))
		text.n--;
	return text;
}

bool
rmk_str_split(struct rmk_str *rest, char c, struct rmk_str *piece)
{
	size_t at;

	if (!rest->s)
		return false;
	at = rmk_str_chr(*rest, c);
	if (at == RMK_NONE) {
		*piece = *rest;
		*rest = (struct rmk_str){0};
	} else {
		*piece = rmk_str_part(*rest, 0, at);
		*rest = rmk_str_from(*rest, at + 1);
	}
	return true;
}

bool
rmk_str_to_u32(struct rmk_str text, uint32_t *out)
{
	uint64_t value = 0;

	if (text.n == 0)
		return false;
	for (size_t i = 0; i < text.n; i++) {
		if (!rmk_is_digit(text.s[i]))
			return false;
		value = value * 10 + (uint64_t)(text.s[i] - '0');
		if (value > UINT32_MAX)
			return false;
	}
	*out = (uint32_t)value;
	return true;
}

char *
rmk_str_c(struct rmk_arena *a, struct rmk_str text)
{
	char *copy = rmk_arena_alloc(a, text.n + 1);

	if (text.n)
		memcpy(copy, text.s, text.n);
	copy[text.n] = '\0';
	return copy;
}

struct rmk_str
rmk_str_copy(struct rmk_arena *a, struct rmk_str text)
{
	return (struct rmk_str){rmk_str_c(a, text), text.n};
}

struct rmk_str
rmk_str_printf(struct rmk_arena *a, const char *fmt, ...)
{
	char some[128]; // most fits there, and is formatted once
	va_list args;
	char *s;
	int n;

	va_start(args, fmt);
	n = vsnprintf(some, sizeof some, fmt, args);
	va_end(args);
	if (n < 0)
		return (struct rmk_str){0};
	s = rmk_arena_alloc(a, (size_t)n + 1);
	if ((size_t)n < sizeof some)
		return (struct rmk_str){memcpy(s, some, (size_t)n + 1), (size_t)n};
	va_start(args, fmt);
	vsnprintf(s, (size_t)n + 1, fmt, args);
	va_end(args);
	return (struct rmk_str){s, (size_t)n};
}

static unsigned
least(unsigned a, unsigned b)
{
	return a < b ? a : b;
}

// Words longer than this are never near: the rows stand on the stack.
#define DISTANCE_LONGEST 64

// Optimal string alignment, row by row, given up when a whole row is over `most`.
unsigned
rmk_str_distance(struct rmk_str a, struct rmk_str b, unsigned most)
{
	unsigned rows[3][DISTANCE_LONGEST + 1];
	unsigned *before = rows[0], *last = rows[1], *row = rows[2];

	if (a.n > DISTANCE_LONGEST || b.n > DISTANCE_LONGEST)
		return rmk_str_eq(a, b) ? 0 : most + 1;
	for (unsigned j = 0; j <= b.n; j++)
		last[j] = j;
	for (unsigned i = 1; i <= a.n; i++) {
		unsigned best = row[0] = i, *oldest = before;

		for (unsigned j = 1; j <= b.n; j++) {
			unsigned cost = a.s[i - 1] != b.s[j - 1];

			row[j] = least(
			    least(last[j], row[j - 1]) + 1, last[j - 1] + cost);
			if (i > 1 && j > 1 && a.s[i - 1] == b.s[j - 2] &&
			    a.s[i - 2] == b.s[j - 1])
				row[j] = least(row[j], before[j - 2] + 1);
			best = least(best, row[j]);
		}
		if (best > most)
			return most + 1;
		before = last;
		last = row;
		row = oldest;
	}
	return last[b.n] > most ? most + 1 : last[b.n];
}

bool
rmk_str_is_digits(struct rmk_str text, size_t at, size_t n)
{
	if (at > text.n || n > text.n - at || n == 0)
		return false;
	for (size_t i = at; i < at + n; i++)
		if (!rmk_is_digit(text.s[i]))
			return false;
	return true;
}

bool
rmk_str_has_only(struct rmk_str text, const char *these)
{
	for (size_t i = 0; i < text.n; i++) {
		const char *c = these;

		while (*c && *c != text.s[i])
			c++;
		if (!*c)
			return false;
	}
	return true;
}
