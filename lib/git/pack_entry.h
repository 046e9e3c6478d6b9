// What stands in a pack at an offset.
//
//	type and size | deflated                    commit, tree, blob, tag: the object
//	type and size | how far back | deflated     what to make of the object there
//
//	a delta, inflated:  size of the base | size made | copy from the base, or new bytes ...
//
// Form: gitformat-pack(5). Every length is held against the bytes there are: a pack may be
// anybody's.
#ifndef RMK_GIT_PACK_ENTRY_H
#define RMK_GIT_PACK_ENTRY_H

#include "git/pack_index.h"

#define RMK_PACK_OBJECT ((size_t)32 << 20) // more bytes than this are not read

struct rmk_pack_entry {
	size_t offset;
	unsigned type; // as libgit2's git_object_t; of a delta: none of its own
	size_t size;   // inflated
	size_t base;   // offset of what it is a delta to; 0: it is whole
	size_t stream; // offset of what is deflated
};

// False: malformed, too big, or a delta whose base is named by its id.
bool rmk_pack_entry(
    const struct rmk_pack *pack, size_t offset, struct rmk_pack_entry *out);

// Take the two sizes off the front of a delta. False: it is not for a base of that size.
bool rmk_delta_open(struct rmk_str *delta, size_t base, size_t *made);

// Make size bytes. False: the delta leaves the base, or makes another size.
bool rmk_delta_apply(
    struct rmk_str delta, const uint8_t *base, size_t nbase, uint8_t *to, size_t size);

#endif
