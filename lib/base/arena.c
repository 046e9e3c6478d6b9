// The one place that allocates.
//
// Chunks double in size up to CHUNK_MOST, so that a small command takes one page-sized
// chunk and a large document a few; what is larger gets a chunk of its own.
#include "base/arena.h"

#include "base/system.h"

#include <stdalign.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define CHUNK_LEAST ((size_t)16 << 10)
#define CHUNK_MOST ((size_t)4 << 20)

struct rmk_arena_chunk {
	struct rmk_arena_chunk *prev;
	size_t cap;
	size_t next;
	alignas(max_align_t) unsigned char bytes[];
};

static void
arena_out_of_memory(struct rmk_arena *a, size_t size)
{
	if (a->oom)
		a->oom(a->ctx, size);
	abort();
}

static size_t
align_up(size_t size)
{
	return (size + alignof(max_align_t) - 1) & ~(alignof(max_align_t) - 1);
}

static void
add_chunk(struct rmk_arena *a, size_t size)
{
	size_t cap = a->chunk ? a->chunk->cap * 2 : CHUNK_LEAST;
	struct rmk_arena_chunk *c;

	if (cap > CHUNK_MOST)
		cap = CHUNK_MOST;
	if (cap < size)
		cap = size;
	c = a->spare;
	if (c && c->cap >= size) {
		a->spare = NULL;
	} else {
		c = cap > SIZE_MAX / 2 ? NULL : malloc(sizeof *c + cap);
		if (!c)
			arena_out_of_memory(a, size);
		if (cap > CHUNK_MOST) // asked for in one piece: it will be filled
			rmk_system_large_pages(c, sizeof *c + cap);
		c->cap = cap;
	}
	c->prev = a->chunk;
	c->next = 0;
	a->chunk = c;
}

void *
rmk_arena_alloc(struct rmk_arena *a, size_t size)
{
	void *p;

	if (size > SIZE_MAX / 2)
		arena_out_of_memory(a, size);
	size = align_up(size ? size : 1);
	if (!a->chunk || a->chunk->cap - a->chunk->next < size)
		add_chunk(a, size);
	p = a->chunk->bytes + a->chunk->next;
	a->chunk->next += size;
	a->used += size;
	return p;
}

void *
rmk_arena_zero(struct rmk_arena *a, size_t n, size_t size)
{
	size_t total;

	if (__builtin_mul_overflow(n, size, &total))
		arena_out_of_memory(a, SIZE_MAX);
	return memset(rmk_arena_alloc(a, total), 0, total);
}

// Whether the block of had bytes at p is the newest of the newest chunk.
static bool
is_newest(const struct rmk_arena *a, const unsigned char *p, size_t had)
{
	const struct rmk_arena_chunk *c = a->chunk;

	return c && p && p + align_up(had ? had : 1) == c->bytes + c->next;
}

void *
rmk_arena_grow(struct rmk_arena *a, void *p, size_t had, size_t want)
{
	size_t more;
	void *q;

	if (want > SIZE_MAX / 2)
		arena_out_of_memory(a, want);
	if (want <= had)
		return p;
	more = align_up(want) - align_up(had ? had : 1);
	if (is_newest(a, p, had) && a->chunk->cap - a->chunk->next >= more) {
		a->chunk->next += more;
		a->used += more;
		return p;
	}
	q = rmk_arena_alloc(a, want);
	if (had)
		memcpy(q, p, had);
	return q;
}

void
rmk_arena_shrink(struct rmk_arena *a, void *p, size_t had, size_t want)
{
	size_t less = align_up(had ? had : 1) - align_up(want ? want : 1);

	if (want < had && is_newest(a, p, had)) {
		a->chunk->next -= less;
		a->used -= less;
	}
}

void *
rmk_arena_more(struct rmk_arena *a, void *v, size_t size, size_t *cap)
{
	size_t want = *cap ? *cap * 2 : 8;
	size_t bytes = 0;

	if (want < *cap || __builtin_mul_overflow(want, size, &bytes))
		arena_out_of_memory(a, SIZE_MAX);
	v = rmk_arena_grow(a, v, *cap * size, bytes);
	*cap = want;
	return v;
}

// Its chunks go below the newest one, which has room.
void
rmk_arena_adopt(struct rmk_arena *a, struct rmk_arena *from)
{
	struct rmk_arena_chunk **below = a->chunk ? &a->chunk->prev : &a->chunk;
	struct rmk_arena_chunk *prev = *below;

	*below = from->chunk;
	while (*below)
		below = &(*below)->prev;
	*below = prev;
	a->used += from->used;
	free(from->spare);
	from->spare = NULL;
	from->chunk = NULL;
	from->used = 0;
}

struct rmk_arena_mark
rmk_arena_mark(const struct rmk_arena *a)
{
	return (struct rmk_arena_mark){a->chunk, a->chunk ? a->chunk->next : 0, a->used};
}

// Coming back again and again to a place at the end of a chunk costs no allocation each time,
// since one chunk is kept. An arena that is emptied keeps none.
void
rmk_arena_reset(struct rmk_arena *a, struct rmk_arena_mark mark)
{
	while (a->chunk != mark.chunk) {
		struct rmk_arena_chunk *c = a->chunk;

		a->chunk = c->prev;
		if (mark.chunk && !a->spare && c->cap <= CHUNK_MOST)
			a->spare = c;
		else
			free(c);
	}
	if (!mark.chunk) {
		free(a->spare);
		a->spare = NULL;
	}
	if (a->chunk)
		a->chunk->next = mark.next;
	a->used = mark.used;
}

void
rmk_arena_free(struct rmk_arena *a)
{
	rmk_arena_reset(a, (struct rmk_arena_mark){NULL, 0, 0});
}
