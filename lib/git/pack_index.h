// Where in a pack an object stands.
//
//	id ── fanout: between which ids ── ids, by halves ── offset ──▶ bytes of the pack
//
// Files stay mapped until closed; git writes packs whole and renames them into place, so a
// mapped one does not change, and one that git gc removes stays readable.
#ifndef RMK_GIT_PACK_INDEX_H
#define RMK_GIT_PACK_INDEX_H

#include "base/arena.h"
#include "base/str.h"
#include "git/id_table.h"

#include <stdbool.h>

struct rmk_pack {
	const char *name;   // of the pack file
	const uint8_t *idx; // mapped [nidx]
	size_t nidx;
	struct rmk_ids ids;  // of its objects
	const uint8_t *data; // mapped [size] when first asked for; NULL: not yet
	size_t size;         // without its checksum
	bool unusable;       // the pack could not be mapped, or is not the index's
};

// Map the index file of that name; false: it is none, or of an old form.
bool rmk_pack_open(struct rmk_pack *p, struct rmk_arena *a, struct rmk_str idx);
void rmk_pack_close(struct rmk_pack *p);

// The offset of an object in p->data; 0: it is not in here.
size_t rmk_pack_find(struct rmk_pack *p, const uint8_t id[RMK_ID]);

#endif
