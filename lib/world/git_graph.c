// The commit-graph as git documents it in gitformat-commit-graph(5).
#include "world/git_graph.h"
#include "world/git_door.h"

#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#define ID 20
#define HEADER 8
#define CHUNK 12 // of the table of chunks: four letters and an offset
#define FANOUT (256 * 4)
#define RECORD (ID + 16) // tree, two parents, generation and date
#define NO_PARENT 0x70000000u

static uint32_t
number(const uint8_t *p)
{
	return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

// The bytes of a chunk, or NULL. The table ends in a chunk without a name, where the last
// one ends.
static const uint8_t *
chunk(const struct rmk_graph *g, const char *name, size_t *size)
{
	const uint8_t *entry = g->bytes + HEADER;

	for (size_t i = 0; i < g->bytes[6]; i++, entry += CHUNK) {
		size_t at = (size_t)number(entry + 4) << 32 | number(entry + 8);
		size_t end = (size_t)number(entry + CHUNK + 4) << 32 |
		             number(entry + CHUNK + 8);
		if (memcmp(entry, name, 4) != 0)
			continue;
		if (at > end || end > g->size)
			return NULL;
		*size = end - at;
		return g->bytes + at;
	}
	return NULL;
}

static bool
read_chunks(struct rmk_graph *g)
{
	size_t fanout, ids, data;

	if (g->size < HEADER || memcmp(g->bytes, "CGPH\1\1", 6) != 0 || g->bytes[7] ||
	    g->size < HEADER + ((size_t)g->bytes[6] + 1) * CHUNK)
		return false;
	g->fanout = chunk(g, "OIDF", &fanout);
	g->ids = chunk(g, "OIDL", &ids);
	g->data = chunk(g, "CDAT", &data);
	if (!g->fanout || !g->ids || !g->data || fanout != FANOUT)
		return false;
	g->n = number(g->fanout + FANOUT - 4);
	return g->n < NO_PARENT && ids == (size_t)g->n * ID &&
	       data == (size_t)g->n * RECORD;
}

void
rmk_graph_open(struct rmk_graph *g, struct rmk_arena *a, const struct rmk_repo *repo)
{
	const char *name = rmk_str_c(
	    a, rmk_str_printf(a, "%.*sobjects/info/commit-graph", RMK_FMT(repo->common)));
	int fd = open(name, O_RDONLY | O_CLOEXEC);
	struct stat st;
	void *map;

	*g = (struct rmk_graph){0};
	if (fd < 0)
		return;
	if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && st.st_size > 0) {
		map = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
		if (map != MAP_FAILED)
			*g = (struct rmk_graph){.bytes = map, .size = (size_t)st.st_size};
	}
	close(fd);
	if (g->bytes && !read_chunks(g))
		rmk_graph_close(g);
}

void
rmk_graph_close(struct rmk_graph *g)
{
	if (g->bytes)
		munmap((void *)(uintptr_t)g->bytes, g->size);
	*g = (struct rmk_graph){0};
}

uint32_t
rmk_graph_find(const struct rmk_graph *g, const struct rmk_oid *id)
{
	uint32_t low, high;

	if (!g->bytes)
		return RMK_NO_PLACE;
	low = id->b[0] ? number(g->fanout + 4 * (id->b[0] - 1)) : 0;
	high = number(g->fanout + 4 * id->b[0]);
	while (low < high && high <= g->n) {
		uint32_t mid = low + (high - low) / 2;
		int order = memcmp(g->ids + (size_t)mid * ID, id->b, ID);
		if (order == 0)
			return mid;
		if (order < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return RMK_NO_PLACE;
}

static const uint8_t *
record_of(const struct rmk_graph *g, uint32_t place)
{
	return g->data + (size_t)place * RECORD;
}

// A parent's is lower, so that no graph leads round in a circle.
static uint32_t
generation(const struct rmk_graph *g, uint32_t place)
{
	return number(record_of(g, place) + ID + 8) >> 2;
}

uint32_t
rmk_graph_parent(const struct rmk_graph *g, uint32_t place)
{
	uint32_t parent = place < g->n ? number(record_of(g, place) + ID) : NO_PARENT;

	return parent < g->n ? parent : RMK_NO_PLACE;
}

bool
rmk_graph_commit(const struct rmk_graph *g, uint32_t place, struct rmk_graph_commit *out)
{
	const uint8_t *record;
	uint32_t parent;

	if (place >= g->n)
		return false;
	record = record_of(g, place);
	memcpy(out->id.b, g->ids + (size_t)place * ID, ID);
	memcpy(out->tree.b, record, ID);
	parent = number(record + ID);
	out->merge = number(record + ID + 4) != NO_PARENT;
	out->parent = parent == NO_PARENT ? RMK_NO_PLACE : parent;
	return parent == NO_PARENT ||
	       (parent < g->n && generation(g, parent) < generation(g, place));
}
