// Memory that is freed all at once.
//
//	chunk ◀── chunk ◀── chunk           one arena a document, or a command
//	[....]    [....]    [...   ]
//	                        ▲ next      rmk_arena_free gives all back
//
// The caller frees the arena and nothing else. A zeroed struct is an empty arena:
//
//	struct rmk_arena arena = {0};
//	...
//	rmk_arena_free(&arena);
//
// Errors: none to handle. When memory runs out the arena calls its oom hook, which
// must not return (exit, or longjmp of the caller's own); without one it aborts.
// Threads: an arena belongs to one thread at a time.
#ifndef RMK_BASE_ARENA_H
#define RMK_BASE_ARENA_H

#include <stddef.h>

struct rmk_arena_chunk;

struct rmk_arena {
	struct rmk_arena_chunk *chunk;       // the newest; NULL when empty
	struct rmk_arena_chunk *spare;       // one that was given back, for the next
	size_t used;                         // bytes handed out, for bounds and tests
	void (*oom)(void *ctx, size_t size); // never returns; NULL aborts
	void *ctx;
};

// A place to come back to: all that was allocated after it is freed at once.
struct rmk_arena_mark {
	struct rmk_arena_chunk *chunk;
	size_t next;
	size_t used;
};

// size bytes aligned for any type, not zeroed. Size 0 gives a valid pointer.
void *rmk_arena_alloc(struct rmk_arena *a, size_t size);
void *rmk_arena_zero(struct rmk_arena *a, size_t n, size_t size); // n * size, zeroed

// Grow the block at p from had to want bytes: in place when p is the newest block,
// else a copy. p may be NULL with had 0.
void *rmk_arena_grow(struct rmk_arena *a, void *p, size_t had, size_t want);

// Take over what another arena holds, which is empty then.
void rmk_arena_adopt(struct rmk_arena *a, struct rmk_arena *from);

struct rmk_arena_mark rmk_arena_mark(const struct rmk_arena *a);
void rmk_arena_reset(struct rmk_arena *a, struct rmk_arena_mark mark);
void rmk_arena_free(struct rmk_arena *a);

#define RMK_NEW(a, type) ((type *)rmk_arena_zero((a), 1, sizeof(type)))
#define RMK_NEW_N(a, type, n) ((type *)rmk_arena_zero((a), (n), sizeof(type)))

// Room for one more in an array that grows: v[n], with room for cap.
#define RMK_PUSH(a, v, n, cap)                                                           \
	((n) < (cap) ? (void)0                                                           \
		     : (void)((v) = rmk_arena_more((a), (v), sizeof *(v), &(cap))),      \
	    &(v)[(n)++])

// Keep want of had bytes at p. Those behind are free again where p is the newest block, else nothing
// happens.
void rmk_arena_shrink(struct rmk_arena *a, void *p, size_t had, size_t want);

// Double cap (at least 8) and grow v to it.
void *rmk_arena_more(struct rmk_arena *a, void *v, size_t size, size_t *cap);

#endif
