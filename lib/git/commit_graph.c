// The commit-graph as git documents it in gitformat-commit-graph(5).
#include "git/commit_graph.h"
#include "git/git_internal.h"

#include <string.h>

#define HEADER 8
#define CHUNK 12             // of the table of chunks: four letters and an offset
#define RECORD (RMK_ID + 16) // tree, two parents, generation and date
#define NO_PARENT 0x70000000u

// The bytes of a chunk, or NULL. The table ends in a chunk without a name, where the last
// one ends.
static const uint8_t *
chunk(const struct rmk_graph *g, const char *name, size_t *size)
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
read_chunks(struct rmk_graph *g)
{
	size_t fanout, ids, data;

	if (g->size < HEADER || memcmp(g->bytes, "CGPH\1\1", 6) != 0 || g->bytes[7] ||
	    g->size < HEADER + ((size_t)g->bytes[6] + 1) * CHUNK)
		return false;
	g->ids.fanout = chunk(g, "OIDF", &fanout);
	g->ids.ids = chunk(g, "OIDL", &ids);
	g->data = chunk(g, "CDAT", &data);
	if (!g->ids.fanout || !g->ids.ids || !g->data || fanout != RMK_FANOUT)
		return false;
	g->ids.n = rmk_be32(g->ids.fanout + RMK_FANOUT - 4);
	return g->ids.n < NO_PARENT && ids == (size_t)g->ids.n * RMK_ID &&
	       data == (size_t)g->ids.n * RECORD;
}

void
rmk_graph_open(struct rmk_graph *g, struct rmk_arena *a, const struct rmk_repo *repo)
{
	struct rmk_str name = rmk_str_printf(
	    a, "%.*sobjects/info/commit-graph", RMK_FMT(repo->common));

	*g = (struct rmk_graph){0};
	g->bytes = rmk_map_file(rmk_str_c(a, name), &g->size);
	if (g->bytes && !read_chunks(g))
		rmk_graph_close(g);
}

void
rmk_graph_close(struct rmk_graph *g)
{
	rmk_unmap(g->bytes, g->size);
	*g = (struct rmk_graph){0};
}

uint32_t
rmk_graph_find(const struct rmk_graph *g, const struct rmk_oid *id)
{
	return g->bytes ? rmk_ids_find(&g->ids, id->b) : RMK_NO_PLACE;
}

static const uint8_t *
record_of(const struct rmk_graph *g, uint32_t place)
{
	return g->data + (size_t)place * RECORD;
}

uint32_t
rmk_graph_generation(const struct rmk_graph *g, uint32_t place)
{
	return rmk_be32(record_of(g, place) + RMK_ID + 8) >> 2;
}

uint32_t
rmk_graph_parent(const struct rmk_graph *g, uint32_t place)
{
	uint32_t parent = place < g->ids.n ? rmk_be32(record_of(g, place) + RMK_ID)
	                                   : NO_PARENT;

	return parent < g->ids.n ? parent : RMK_NO_PLACE;
}

bool
rmk_graph_commit(const struct rmk_graph *g, uint32_t place, struct rmk_graph_commit *out)
{
	const uint8_t *record;
	uint32_t parent;

	if (place >= g->ids.n)
		return false;
	record = record_of(g, place);
	out->id = rmk_oid_of(g->ids.ids + (size_t)place * RMK_ID, RMK_ID);
	out->tree = rmk_oid_of(record, RMK_ID);
	parent = rmk_be32(record + RMK_ID);
	out->merge = rmk_be32(record + RMK_ID + 4) != NO_PARENT;
	out->parent = parent == NO_PARENT ? RMK_NO_PLACE : parent;
	return parent == NO_PARENT ||
	       (parent < g->ids.n &&
		   rmk_graph_generation(g, parent) < rmk_graph_generation(g, place));
}
