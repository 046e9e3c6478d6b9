// Indexes of packs as git documents them in gitformat-pack(5), version 2.
#include "world/git_pack_index.h"

#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#define ID 20
#define IDX_HEADER 8
#define FANOUT 1024
#define ENTRY (ID + 4 + 4) // id, sum, offset
#define PACK_HEADER 12
#define FAR 0x80000000u // an offset in the table of those of 64 bits

static uint32_t
number(const uint8_t *p)
{
	return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

static const uint8_t *
map_file(const char *name, size_t *size)
{
	int fd = open(name, O_RDONLY | O_CLOEXEC);
	struct stat st;
	void *map = MAP_FAILED;

	if (fd < 0)
		return NULL;
	if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && st.st_size > 0)
		map = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
	close(fd);
	if (map == MAP_FAILED)
		return NULL;
	*size = (size_t)st.st_size;
	return map;
}

static void
unmap(const uint8_t *bytes, size_t size)
{
	if (bytes)
		munmap((void *)(uintptr_t)bytes, size);
}

static const uint8_t *
fanout(const struct rmk_pack *p)
{
	return p->idx + IDX_HEADER;
}

static bool
is_index(struct rmk_pack *p)
{
	static const uint8_t header[IDX_HEADER] = {0xff, 't', 'O', 'c', 0, 0, 0, 2};

	if (p->nidx < IDX_HEADER + FANOUT + 2 * ID ||
	    memcmp(p->idx, header, sizeof header) != 0)
		return false;
	p->n = number(fanout(p) + FANOUT - 4);
	return (p->nidx - IDX_HEADER - FANOUT - 2 * ID) / ENTRY >= p->n;
}

bool
rmk_pack_open(struct rmk_pack *p, struct rmk_arena *a, struct rmk_str idx)
{
	struct rmk_str stem = rmk_str_part(idx, 0, idx.n - strlen("idx"));

	*p = (struct rmk_pack){0};
	p->name = rmk_str_c(a, rmk_str_printf(a, "%.*spack", RMK_FMT(stem)));
	p->idx = map_file(rmk_str_c(a, idx), &p->nidx);
	if (p->idx && is_index(p))
		return true;
	rmk_pack_close(p);
	return false;
}

void
rmk_pack_close(struct rmk_pack *p)
{
	unmap(p->idx, p->nidx);
	unmap(p->data, p->size + ID);
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
	p->data = map_file(p->name, &size);
	if (!p->data)
		return false;
	p->unusable = size < PACK_HEADER + ID ||
	              memcmp(p->data, header, sizeof header) != 0 ||
	              memcmp(p->data + size - ID, p->idx + p->nidx - 2 * ID, ID) != 0;
	if (p->unusable) {
		unmap(p->data, size);
		p->data = NULL;
	} else {
		p->size = size - ID;
	}
	return p->data;
}

static uint32_t
place_of(const struct rmk_pack *p, const uint8_t id[ID])
{
	const uint8_t *ids = fanout(p) + FANOUT;
	uint32_t low = id[0] ? number(fanout(p) + 4 * (id[0] - 1)) : 0;
	uint32_t high = number(fanout(p) + 4 * id[0]);

	while (low < high && high <= p->n) {
		uint32_t mid = low + (high - low) / 2;
		int order = memcmp(ids + (size_t)mid * ID, id, ID);
		if (order == 0)
			return mid;
		if (order < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return UINT32_MAX;
}

static size_t
offset_at(const struct rmk_pack *p, uint32_t place)
{
	const uint8_t *offsets = fanout(p) + FANOUT + (size_t)p->n * (ID + 4);
	const uint8_t *far = offsets + (size_t)p->n * 4;
	size_t nfar = (size_t)(p->idx + p->nidx - 2 * ID - far) / 8;
	uint32_t offset = number(offsets + (size_t)place * 4);

	if (!(offset & FAR))
		return offset;
	offset &= ~FAR;
	if (offset >= nfar)
		return 0;
	far += (size_t)offset * 8;
	return (size_t)number(far) << 32 | number(far + 4);
}

size_t
rmk_pack_find(struct rmk_pack *p, const uint8_t id[ID])
{
	uint32_t place = place_of(p, id);
	size_t offset = place == UINT32_MAX ? 0 : offset_at(p, place);

	return offset >= PACK_HEADER && map_pack(p) && offset < p->size ? offset : 0;
}
