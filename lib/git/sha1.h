// SHA-1, for the checksum at the end of a git index and for the names of blobs.
//
// Only ever of bytes that we made or that git checked: no defence against collisions.
#ifndef RMK_GIT_SHA1_H
#define RMK_GIT_SHA1_H

#include "base/str.h"

struct rmk_sha1 {
	uint32_t h[5];
	uint64_t n;
	uint8_t block[64];
};

void rmk_sha1_start(struct rmk_sha1 *s);
void rmk_sha1_add(struct rmk_sha1 *s, struct rmk_str bytes);
void rmk_sha1_end(struct rmk_sha1 *s, uint8_t out[20]);

// The name git gives these bytes as a blob.
void rmk_sha1_blob(struct rmk_str bytes, uint8_t out[20]);

#endif
