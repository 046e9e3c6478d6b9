// The commit-graph as git documents it in gitformat-commit-graph(5).
#include "git/commit_graph.h"
#include "git/checksum.h"
#include "git/git_internal.h"

#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#define HEADER 8
#define CHUNK 12 // of the table of chunks: four letters and an offset
#define FANOUT 1024
#define ID ((size_t)20)  // bytes of a name: graphs of SHA-256 have another version
#define RECORD (ID + 16) // tree, two parents, generation and date
#define NO_PARENT 0x70000000u

// --- the file -------------------------------------------------------------------

static void
graph_map(struct rmk_graph *g, const char *name)
{
	int fd = open(name, O_RDONLY | O_CLOEXEC);
	void *map = MAP_FAILED;
	struct stat st;

	if (fd < 0)
		return;
	if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && st.st_size > HEADER + (off_t)ID)
		map = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
	close(fd);
	if (map == MAP_FAILED)
		return;
	g->bytes = map;
	g->size = (size_t)st.st_size;
}

static bool
graph_is_sound(const struct rmk_graph *g)
{
	return rmk_format_sealed((struct rmk_str){(const char *)g->bytes, g->size});
}

// The bytes of a chunk, or NULL. The table ends in a chunk without a name, where the last
// one ends.
static const uint8_t *
graph_chunk(const struct rmk_graph *g, const char *name, size_t *size)
{
	const uint8_t *entry = g->bytes + HEADER;

	for (size_t i = 0; i < g->bytes[6]; i++, entry += CHUNK) {
		size_t at = rmk_be64(entry + 4), end = rmk_be64(entry + CHUNK + 4);
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
graph_read_chunks(struct rmk_graph *g)
{
	size_t fanout, ids, data;

	if (memcmp(g->bytes, "CGPH\1\1", 6) != 0 || g->bytes[7] ||
	    g->size < HEADER + ((size_t)g->bytes[6] + 1) * CHUNK)
		return false;
	g->fanout = graph_chunk(g, "OIDF", &fanout);
	g->ids = graph_chunk(g, "OIDL", &ids);
	g->data = graph_chunk(g, "CDAT", &data);
	if (!g->fanout || !g->ids || !g->data || fanout != FANOUT)
		return false;
	g->n = rmk_be32(g->fanout + FANOUT - 4);
	return g->n < NO_PARENT && ids == g->n * ID && data == g->n * RECORD;
}

void
rmk_graph_close(struct rmk_graph *g)
{
	if (g->bytes)
		munmap((void *)(uintptr_t)g->bytes, g->size);
	*g = (struct rmk_graph){0};
}

// --- whether it may be used -----------------------------------------------------

static bool
graph_has_file(struct rmk_arena *a, const struct rmk_repo *repo, const char *name)
{
	struct rmk_str path = rmk_str_printf(a, "%.*s%s", RMK_FMT(repo->common), name);
	struct stat st;

	return stat(rmk_str_c(a, path), &st) == 0 && st.st_size > 0;
}

static const struct rmk_graph no_graph;

const struct rmk_graph *
rmk_graph_of(struct rmk_arena *a, struct rmk_repo *repo)
{
	struct rmk_graph *g = &repo->graph;
	struct rmk_str name = rmk_str_printf(
	    a, "%.*sobjects/info/commit-graph", RMK_FMT(repo->common));

	if (graph_has_file(a, repo, "shallow") ||
	    graph_has_file(a, repo, "info/grafts") || repo->replaces)
		return &no_graph;
	if (repo->graph_known)
		return g;
	repo->graph_known = true;
	graph_map(g, rmk_str_c(a, name));
	if (g->bytes && (!graph_read_chunks(g) || !graph_is_sound(g)))
		rmk_graph_close(g);
	return g;
}

// --- commits --------------------------------------------------------------------

uint32_t
rmk_graph_find(const struct rmk_graph *g, const struct rmk_oid *id)
{
	uint32_t low, high;

	if (!g->bytes || id->n != ID)
		return RMK_NO_PLACE;
	low = id->b[0] ? rmk_be32(g->fanout + 4 * (id->b[0] - 1)) : 0;
	high = rmk_be32(g->fanout + 4 * id->b[0]);
	while (low < high && high <= g->n) {
		uint32_t mid = low + (high - low) / 2;
		int order = memcmp(g->ids + mid * ID, id->b, ID);
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
graph_record(const struct rmk_graph *g, uint32_t place)
{
	return g->data + place * RECORD;
}

// How many commits lead to one at most, itself among them.
static uint32_t
graph_generation(const struct rmk_graph *g, uint32_t place)
{
	return rmk_be32(graph_record(g, place) + ID + 8) >> 2;
}

bool
rmk_graph_commit(const struct rmk_graph *g, uint32_t place, struct rmk_graph_commit *out)
{
	const uint8_t *record;
	uint32_t parent;

	if (place >= g->n)
		return false;
	record = graph_record(g, place);
	out->id = rmk_oid_of(g->ids + place * ID, ID);
	out->tree = rmk_oid_of(record, ID);
	parent = rmk_be32(record + ID);
	out->merge = rmk_be32(record + ID + 4) != NO_PARENT;
	out->parent = parent == NO_PARENT ? RMK_NO_PLACE : parent;
	return parent == NO_PARENT || (parent < g->n && graph_generation(g, parent) <
							    graph_generation(g, place));
}
