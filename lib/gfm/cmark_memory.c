// The memory of cmark-gfm: a budget, and a way out.
//
//	blocks ──▶ slab ──▶ paragraph's text ──▶ ...    all of it, freed together
//	           │ small │ small │ small │            cut from a slab,
//	spare[2] ──▶ small ──▶ small                     and used again
//
// cmark-gfm aborts when memory runs out. Its allocator here gives up by longjmp to
// rmk_blocks_scan, which frees every block that cmark-gfm had.
//
// A file of a few lines is dozens of small blocks, and most files are small: these are cut
// from a slab. Not under AddressSanitizer, which then sees each of them by itself.
//
// The allocator gets no context, so the reading under way is found through a variable of the
// thread, set before cmark-gfm is called and of no meaning else.
#include "gfm/block_scan_state.h"

#include <cmark-gfm.h>
#include <stdalign.h>
#include <stdlib.h>
#include <string.h>

// Blocks are taken from the tree as they end, so that what stays is the open ones: text
// of a paragraph or code block, which grows by copying.
#define MOST_MEMORY(size) (((size_t)16 << 20) + 8 * (size))

// Small blocks come in steps of so many bytes, from slabs of so many.
#define STEP ((size_t)32)
#define SLAB ((size_t)16 << 10)

#ifdef __has_feature
#if __has_feature(address_sanitizer)
#define EACH_BY_ITSELF
#endif
#elif defined __SANITIZE_ADDRESS__
#define EACH_BY_ITSELF
#endif

struct cmark_block {
	struct cmark_block *prev, *next;
	size_t size;
	alignas(max_align_t) unsigned char bytes[];
};

static _Thread_local struct block_scan *scan_now;

static struct cmark_block *
block_of(void *p)
{
	return (void *)((unsigned char *)p - offsetof(struct cmark_block, bytes));
}

static bool
is_small(size_t size)
{
#ifdef EACH_BY_ITSELF
	(void)size;
	return false;
#else
	return size && size <= STEP * CMARK_BLOCK_SIZES;
#endif
}

static void
link_block(struct block_scan *w, struct cmark_block *b, size_t size)
{
	b->size = size;
	b->prev = NULL;
	b->next = w->blocks;
	if (b->next)
		b->next->prev = b;
	w->blocks = b;
	w->live += size;
}

static void
unlink_block(struct block_scan *w, struct cmark_block *b)
{
	if (b->prev)
		b->prev->next = b->next;
	else
		w->blocks = b->next;
	if (b->next)
		b->next->prev = b->prev;
	w->live -= b->size;
}

static void
check_budget(struct block_scan *w, size_t size)
{
	size_t budget = MOST_MEMORY(w->text.n);

	if (size > budget || w->live > budget - size)
		rmk_scan_give_up(w, w->line, "over %zu MB of memory", budget >> 20);
	if (w->live + size > MOST_MEMORY(0))
		w->out->tight = true;
}

static struct cmark_block *
add_block(struct block_scan *w, size_t size)
{
	struct cmark_block *b;

	check_budget(w, size);
	b = malloc(sizeof *b + size);
	if (!b)
		rmk_scan_give_up(w, w->line, "no memory");
	link_block(w, b, size);
	return b;
}

static struct cmark_block *
cut_block(struct block_scan *w, size_t steps)
{
	size_t room = offsetof(struct cmark_block, bytes) + steps * STEP;
	struct cmark_block *b;

	if (w->slab_left < room) {
		w->slab = add_block(w, SLAB)->bytes;
		w->slab_left = SLAB;
	}
	b = (void *)w->slab;
	w->slab += room;
	w->slab_left -= room;
	return b;
}

static struct cmark_block *
add_small(struct block_scan *w, size_t size)
{
	size_t steps = (size + STEP - 1) / STEP;
	struct cmark_block **spare = &w->spare[steps - 1], *b = *spare;

	if (b)
		*spare = b->next;
	else
		b = cut_block(w, steps);
	b->size = size;
	return b;
}

static void *
mem_calloc(size_t n, size_t size)
{
	struct cmark_block *b;
	size_t total;

	if (__builtin_mul_overflow(n, size, &total))
		total = SIZE_MAX;
	b = is_small(total) ? add_small(scan_now, total) : add_block(scan_now, total);
	return memset(b->bytes, 0, total);
}

static void
mem_free(void *p)
{
	struct block_scan *w = scan_now;
	struct cmark_block *b, **spare;

	if (!p)
		return;
	b = block_of(p);
	if (!is_small(b->size)) {
		unlink_block(w, b);
		free(b);
		return;
	}
	spare = &w->spare[(b->size - 1) / STEP];
	b->next = *spare;
	*spare = b;
}

static void *
grow_large(struct block_scan *w, struct cmark_block *old, size_t size)
{
	struct cmark_block *b;

	check_budget(w, size);
	unlink_block(w, old);
	b = realloc(old, sizeof *b + size);
	if (!b) {
		link_block(w, old, old->size);
		rmk_scan_give_up(w, w->line, "no memory");
	}
	link_block(w, b, size);
	return b->bytes;
}

static void *
mem_realloc(void *p, size_t size)
{
	struct cmark_block *old;
	void *to;

	if (!p)
		return mem_calloc(1, size);
	old = block_of(p);
	if (!is_small(old->size) && !is_small(size))
		return grow_large(scan_now, old, size);
	to = mem_calloc(1, size);
	memcpy(to, p, old->size < size ? old->size : size);
	mem_free(p);
	return to;
}

struct cmark_mem *
rmk_scan_memory(struct block_scan *w)
{
	static cmark_mem memory = {mem_calloc, mem_realloc, mem_free};

	scan_now = w;
	return &memory;
}

void
rmk_scan_free(struct block_scan *w)
{
	while (w->blocks) {
		struct cmark_block *b = w->blocks;

		w->blocks = b->next;
		free(b);
	}
}
