// Indexes of packs as git documents them in gitformat-pack(5), version 2.
#include "git/pack_index.h"

#include <string.h>

#define IDX_HEADER 8
#define ENTRY (RMK_ID + 4 + 4) // id, sum, offset
#define PACK_HEADER 12
#define FAR 0x80000000u // an offset in the table of those of 64 bits

static bool
is_index(struct rmk_pack *p)
{
	static const uint8_t header[IDX_HEADER] = {0xff, 't', 'O', 'c', 0, 0, 0, 2};

	if (p->nidx < IDX_HEADER + RMK_FANOUT + 2 * RMK_ID ||
	    memcmp(p->idx, header, sizeof header) != 0)
		return false;
	p->ids.fanout = p->idx + IDX_HEADER;
	p->ids.ids = p->ids.fanout + RMK_FANOUT;
	p->ids.n = rmk_be32(p->ids.ids - 4);
	return (p->nidx - IDX_HEADER - RMK_FANOUT - 2 * RMK_ID) / ENTRY >= p->ids.n;
}

bool
rmk_pack_open(struct rmk_pack *p, struct rmk_arena *a, struct rmk_str idx)
{
	struct rmk_str stem = rmk_str_part(idx, 0, idx.n - strlen("idx"));

	*p = (struct rmk_pack){0};
	p->name = rmk_str_c(a, rmk_str_printf(a, "%.*spack", RMK_FMT(stem)));
	p->idx = rmk_map_file(rmk_str_c(a, idx), &p->nidx);
	if (p->idx && is_index(p))
		return true;
	rmk_pack_close(p);
	return false;
}

void
rmk_pack_close(struct rmk_pack *p)
{
	rmk_unmap(p->idx, p->nidx);
	rmk_unmap(p->data, p->size + RMK_ID);
	*p = (struct rmk_pack){0};
}

// The index ends in the checksum of its pack, and its own.
static bool
map_pack(struct rmk_pack *p)
{
	static const uint8_t header[] = {'P', 'A', 'C', 'K', 0, 0, 0, 2};
	size_t size;

	if (p->data || p->unusable)
		return p->data;
	p->unusable = true;
	p->data = rmk_map_file(p->name, &size);
	if (!p->data)
		return false;
	p->unusable =
	    size < PACK_HEADER + RMK_ID || memcmp(p->data, header, sizeof header) != 0 ||
	    memcmp(p->data + size - RMK_ID, p->idx + p->nidx - 2 * RMK_ID, RMK_ID) != 0;
	if (p->unusable) {
		rmk_unmap(p->data, size);
		p->data = NULL;
	} else {
		p->size = size - RMK_ID;
	}
	return p->data;
}

static size_t
offset_at(const struct rmk_pack *p, uint32_t place)
{
	const uint8_t *offsets = p->ids.ids + (size_t)p->ids.n * (RMK_ID + 4);
	const uint8_t *far = offsets + (size_t)p->ids.n * 4;
	size_t nfar = (size_t)(p->idx + p->nidx - 2 * RMK_ID - far) / 8;
	uint32_t offset = rmk_be32(offsets + (size_t)place * 4);

	if (!(offset & FAR))
		return offset;
	offset &= ~FAR;
	if (offset >= nfar)
		return 0;
	return rmk_be64(far + (size_t)offset * 8);
}

size_t
rmk_pack_find(struct rmk_pack *p, const uint8_t id[RMK_ID])
{
	uint32_t place = rmk_ids_find(&p->ids, id);
	size_t offset = place == UINT32_MAX ? 0 : offset_at(p, place);

	return offset >= PACK_HEADER && map_pack(p) && offset < p->size ? offset : 0;
}
