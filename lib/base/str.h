// Text: a pointer and a length.
//
//	struct rmk_str   s ──▶ "Not read| ..."     n = 8
//	struct rmk_span  at = 120, len = 8          the same, as a place in a file
//
// Text is never owned by the struct and never assumed to end in NUL: it points
// into a file's bytes, a literal, or an arena, and lives as long as that.
//
// Units: bytes.
#ifndef RMK_BASE_STR_H
#define RMK_BASE_STR_H

#include "base/arena.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

// "No such index", what a look-up gives that finds nothing.
#define RMK_NONE SIZE_MAX

struct rmk_str {
	const char *s;
	size_t n;
};

// A place in a file's bytes. Files are limited to 4 GiB (RMK_MAX_FILE is lower).
struct rmk_span {
	uint32_t at;
	uint32_t len;
};

// A literal as text; and text as the two arguments of "%.*s".
#ifdef __cplusplus
#define RMK_STR(literal) (rmk_str{"" literal, sizeof(literal) - 1})
#else
#define RMK_STR(literal) ((struct rmk_str){"" literal, sizeof(literal) - 1})
#endif
#define RMK_FMT(str) (int)((str).n), ((str).n ? (str).s : "")

struct rmk_str rmk_str_of(const char *cstring);             // NULL gives empty text
bool rmk_str_eq_nocase(struct rmk_str a, struct rmk_str b); // ASCII
int rmk_str_cmp(struct rmk_str a, struct rmk_str b);        // bytewise
bool rmk_str_starts(struct rmk_str text, struct rmk_str prefix);
bool rmk_str_ends(struct rmk_str text, struct rmk_str suffix);
bool rmk_str_is_digits(struct rmk_str text, size_t at, size_t n); // n of them, from at
bool rmk_str_has_only(struct rmk_str text, const char *these);    // characters
size_t rmk_str_find(struct rmk_str text, struct rmk_str part);    // or RMK_NONE
size_t rmk_str_chr(struct rmk_str text, char c);                  // or RMK_NONE
size_t rmk_str_rchr(struct rmk_str text, char c);                 // or RMK_NONE

// The first is the same in every run. A hash table of what strangers wrote takes another,
// with a seed they cannot know (the address of its slots will do): else they can write
// texts that all fall on one slot. The last is the same for rmk_str_eq_nocase.
uint64_t rmk_str_hash(struct rmk_str text);
uint64_t rmk_str_hash_seeded(struct rmk_str text, uint64_t seed);
uint64_t rmk_str_hash_nocase(struct rmk_str text, uint64_t seed);

// Asked of every cell, several times: these stand here so that they are compiled in place.
static inline bool
rmk_str_eq(struct rmk_str a, struct rmk_str b)
{
	return a.n == b.n && (a.n == 0 || memcmp(a.s, b.s, a.n) == 0);
}

// A part: from byte at to the end, or n bytes; clipped to what is there.
static inline struct rmk_str
rmk_str_from(struct rmk_str text, size_t at)
{
	if (at > text.n)
		at = text.n;
	if (text.s)
		text.s += at;
	text.n -= at;
	return text;
}

static inline struct rmk_str
rmk_str_part(struct rmk_str text, size_t at, size_t n)
{
	text = rmk_str_from(text, at);
	if (n < text.n)
		text.n = n;
	return text;
}

static inline struct rmk_str
rmk_str_at(struct rmk_str text, struct rmk_span span)
{
	return rmk_str_part(text, span.at, span.len);
}

// Without the spaces, tabs, CRs and LFs at both ends.
struct rmk_str rmk_str_trim(struct rmk_str text);

// Take the text up to the next c off the front of rest, c itself dropped; at the
// last piece rest becomes empty with s == NULL. False when rest.s is NULL.
bool rmk_str_split(struct rmk_str *rest, char c, struct rmk_str *piece);

// A decimal number that is the whole text. False otherwise, or on overflow.
bool rmk_str_to_u32(struct rmk_str text, uint32_t *out);

// Copies in an arena. rmk_str_c ends in NUL, for the calls of C.
struct rmk_str rmk_str_copy(struct rmk_arena *a, struct rmk_str text);
char *rmk_str_c(struct rmk_arena *a, struct rmk_str text);
struct rmk_str rmk_str_printf(struct rmk_arena *a, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

// How many single-character edits apart, up to most; most + 1 when further.
// Swapped neighbours count one. For did-you-mean and near-miss spellings.
unsigned rmk_str_distance(struct rmk_str a, struct rmk_str b, unsigned most);

#endif
