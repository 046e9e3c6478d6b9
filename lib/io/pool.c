// Threads that take the next item until there are no more.
//
// Items are handed out in order under one lock. A file takes tens of microseconds at the
// least, a lock a tenth of one, so nothing cleverer pays.
#include "io/pool.h"

#include <pthread.h>
#include <stdbool.h>
#include <unistd.h>

// Enough threads for any machine this meets; each costs a stack.
#define MAX_THREADS 64

// How far threads run ahead of done, in items a thread: memory for the one, waiting for
// the other.
#define AHEAD 64

struct pool {
	pthread_mutex_t lock;
	pthread_cond_t moved;  // something was finished, or taken by done
	size_t n, next, taken; // next to work on; next for done
	size_t ahead;          // room, a power of two not needed
	bool *ready;           // [ahead] item i is finished, at i % ahead
	void (*work)(void *ctx, size_t i);
	void *ctx;
};

// Take one item and work on it; false when there are no more. Held: the lock.
static bool
pool_step(struct pool *p)
{
	size_t i = p->next;

	if (i == p->n || i >= p->taken + p->ahead)
		return false;
	p->next++;
	pthread_mutex_unlock(&p->lock);
	p->work(p->ctx, i);
	pthread_mutex_lock(&p->lock);
	p->ready[i % p->ahead] = true;
	pthread_cond_broadcast(&p->moved);
	return true;
}

static void *
pool_run(void *arg)
{
	struct pool *p = arg;

	pthread_mutex_lock(&p->lock);
	while (p->next < p->n)
		if (!pool_step(p))
			pthread_cond_wait(&p->moved, &p->lock);
	pthread_mutex_unlock(&p->lock);
	return NULL;
}

// The caller's thread hands results on in order, and works while the next is not there.
static void
pool_lead(struct pool *p, void (*done)(void *ctx, size_t i))
{
	pthread_mutex_lock(&p->lock);
	while (p->taken < p->n) {
		size_t i = p->taken;

		if (!p->ready[i % p->ahead]) {
			if (!pool_step(p))
				pthread_cond_wait(&p->moved, &p->lock);
			continue;
		}
		p->ready[i % p->ahead] = false;
		pthread_mutex_unlock(&p->lock);
		if (done)
			done(p->ctx, i);
		pthread_mutex_lock(&p->lock);
		p->taken++;
		pthread_cond_broadcast(&p->moved);
	}
	pthread_mutex_unlock(&p->lock);
}

void
rmk_pool_run(size_t n, unsigned threads, void (*work)(void *ctx, size_t i),
    void (*done)(void *ctx, size_t i), void *ctx)
{
	bool ready[MAX_THREADS * AHEAD] = {false};
	pthread_t ids[MAX_THREADS];
	struct pool p = {.n = n, .work = work, .ctx = ctx, .ready = ready};
	long cores = sysconf(_SC_NPROCESSORS_ONLN);
	unsigned started = 0;

	if (threads == 0)
		threads = cores > 0 ? (unsigned)cores : 1;
	if (threads > MAX_THREADS)
		threads = MAX_THREADS;
	p.ahead = (size_t)threads * AHEAD;
	pthread_mutex_init(&p.lock, NULL);
	pthread_cond_init(&p.moved, NULL);
	while (started + 1 < threads && started + 1 < n &&
	       pthread_create(&ids[started], NULL, pool_run, &p) == 0)
		started++;
	pool_lead(&p, done);
	for (unsigned i = 0; i < started; i++)
		pthread_join(ids[i], NULL);
	pthread_cond_destroy(&p.moved);
	pthread_mutex_destroy(&p.lock);
}
