// The name of a git object.
//
//	n   b[32]
//	20  ce 01 36 25 ...     SHA-1
//	32  6e f1 9b 41 ...     SHA-256
//	0   00 00 00 00 ...     no object
//
// One size for both, so that no header changes with the format of a repository.
#ifndef RMK_GIT_OBJECT_ID_H
#define RMK_GIT_OBJECT_ID_H

#include "base/str.h"

#define RMK_OID_MAX 32

struct rmk_oid {
	uint8_t b[RMK_OID_MAX]; // zeros behind the first n
	uint8_t n;              // bytes in use
};

// The id of n bytes, at most RMK_OID_MAX.
struct rmk_oid rmk_oid_of(const void *bytes, size_t n);

// From all its digits, 40 or 64 of them. False for anything else.
bool rmk_oid_parse(struct rmk_str digits, struct rmk_oid *out);

bool rmk_oid_eq(const struct rmk_oid *a, const struct rmk_oid *b);
bool rmk_oid_is_none(const struct rmk_oid *id);

// The first n hexadecimal digits, or all there are; then they end in NUL.
struct rmk_str rmk_oid_hex(struct rmk_arena *a, const struct rmk_oid *id, size_t n);

#endif
