// Mapped files and the ids in them.
#include "git/id_table.h"

#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

uint32_t
rmk_ids_find(const struct rmk_ids *ids, const uint8_t id[RMK_ID])
{
	uint32_t low = id[0] ? rmk_be32(ids->fanout + 4 * (id[0] - 1)) : 0;
	uint32_t high = rmk_be32(ids->fanout + 4 * id[0]);

	while (low < high && high <= ids->n) {
		uint32_t mid = low + (high - low) / 2;
		int order = memcmp(ids->ids + (size_t)mid * RMK_ID, id, RMK_ID);
		if (order == 0)
			return mid;
		if (order < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return UINT32_MAX;
}

const uint8_t *
rmk_map_file(const char *name, size_t *size)
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

void
rmk_unmap(const uint8_t *bytes, size_t size)
{
	if (bytes)
		munmap((void *)(uintptr_t)bytes, size);
}
