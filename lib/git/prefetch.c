// Reading versions ahead: see prefetch.h.
//
// The versions that wait stand in a ring, one slot a version. Whoever has time claims the
// next version nobody has claimed, reads it without the lock, and puts it there. libgit2's
// objects belong to one thread, so the other one opens the object database for itself.
#include "git/prefetch.h"

#include "git/git_internal.h"
#include "git/pack.h"
#include "table/doc.h"

#include <pthread.h>
#include <string.h>

// So many versions asked for one after another begin a run.
#define RUN_LEAST 3

struct slot {
	git_odb_object
	    *object; // NULL: it could not be read, and is read again when asked for
	bool ready;
};

struct rmk_git_ahead {
	struct rmk_arena *arena;
	struct rmk_repo *repo;
	struct rmk_revision *const *v;
	size_t n;
	size_t asked, run; // the version asked for last; how many in turn
	git_odb *mine, *theirs;
	struct rmk_arena their_arena;
	bool started, failed;
	pthread_t thread;
	pthread_mutex_t lock; // of all below
	pthread_cond_t moved;
	struct slot slots[RMK_AHEAD]; // of version i at i % RMK_AHEAD
	size_t taken;                 // versions before this one are not wanted any more
	size_t next;                  // nobody has claimed this one
	size_t bytes;                 // that wait
	bool over;
};

static bool
prefetch_is_gone(const struct rmk_git_ahead *h, size_t i)
{
	return h->v[i]->gone;
}

static git_odb_object *
prefetch_read_object(git_odb *odb, const struct rmk_revision *v)
{
	git_odb_object *object;
	git_oid id;

	memcpy(id.id, v->blob.b, sizeof id.id);
	return git_odb_read(&object, odb, &id) < 0 ? NULL : object;
}

static size_t
size_of(const struct slot *s)
{
	return s->object ? git_odb_object_size(s->object) : 0;
}

// Claim a version and read it; false when none is to be read now. Held: the lock.
static bool
prefetch_step(struct rmk_git_ahead *h, git_odb *odb)
{
	size_t i = h->next;
	struct slot read = {.ready = true};

	if (i == h->n || i >= h->taken + RMK_AHEAD || h->bytes >= RMK_AHEAD_BYTES)
		return false;
	h->next++;
	pthread_mutex_unlock(&h->lock);
	if (!prefetch_is_gone(h, i))
		read.object = prefetch_read_object(odb, h->v[i]);
	pthread_mutex_lock(&h->lock);
	h->slots[i % RMK_AHEAD] = read;
	h->bytes += size_of(&read);
	pthread_cond_broadcast(&h->moved);
	return true;
}

static void *
prefetch_run(void *arg)
{
	struct rmk_git_ahead *h = arg;

	if (!h->theirs && rmk_pack_odb(&h->theirs, &h->their_arena, h->repo) < 0)
		return NULL;
	pthread_mutex_lock(&h->lock);
	while (!h->over) {
		if (!prefetch_step(h, h->theirs))
			pthread_cond_wait(&h->moved, &h->lock);
	}
	pthread_mutex_unlock(&h->lock);
	return NULL;
}

static void
prefetch_start(struct rmk_git_ahead *h, size_t first)
{
	h->taken = h->next = first;
	if ((h->mine || rmk_pack_odb(&h->mine, h->arena, h->repo) == 0) &&
	    pthread_create(&h->thread, NULL, prefetch_run, h) == 0)
		h->started = true;
	h->failed = !h->started;
}

// Let go of what waits before version i, and hand it out. Held: the lock.
static git_odb_object *
prefetch_take(struct rmk_git_ahead *h, size_t i)
{
	git_odb_object *object = NULL;

	for (; h->taken <= i; h->taken++) {
		struct slot *s = &h->slots[h->taken % RMK_AHEAD];
		while (!s->ready) {
			if (!prefetch_step(h, h->mine))
				pthread_cond_wait(&h->moved, &h->lock);
		}
		h->bytes -= size_of(s);
		if (h->taken == i)
			object = s->object;
		else
			git_odb_object_free(s->object);
		*s = (struct slot){0};
	}
	// The other thread sleeps until half of the ring is free: waking it for each version
	// costs more than a version.
	if (h->next - h->taken <= RMK_AHEAD / 2)
		pthread_cond_broadcast(&h->moved);
	return object;
}

// Whether version i follows the one asked for last.
static bool
follows(const struct rmk_git_ahead *h, size_t i)
{
	size_t from = h->asked + 1; // RMK_NONE: 0

	while (from < i && prefetch_is_gone(h, from))
		from++;
	return from == i;
}

static void
stop(struct rmk_git_ahead *h)
{
	if (!h->started)
		return;
	pthread_mutex_lock(&h->lock);
	h->over = true;
	pthread_cond_broadcast(&h->moved);
	pthread_mutex_unlock(&h->lock);
	pthread_join(h->thread, NULL);
	for (size_t i = 0; i < RMK_AHEAD; i++) {
		git_odb_object_free(h->slots[i].object);
		h->slots[i] = (struct slot){0};
	}
	h->bytes = 0;
	h->started = h->over = false;
}

struct rmk_git_ahead *
rmk_git_ahead_open(
    struct rmk_arena *a, struct rmk_repo *repo, struct rmk_revision *const *v, size_t n)
{
	struct rmk_git_ahead *h = RMK_NEW(a, struct rmk_git_ahead);

	*h = (struct rmk_git_ahead){
	    .arena = a, .repo = repo, .v = v, .n = n, .asked = RMK_NONE};
	h->their_arena = (struct rmk_arena){.oom = a->oom, .ctx = a->ctx};
	pthread_mutex_init(&h->lock, NULL);
	pthread_cond_init(&h->moved, NULL);
	return h;
}

enum rmk_code
rmk_git_ahead_read(struct rmk_git_ahead *h, struct rmk_arena *a, size_t i,
    struct rmk_str *out, struct rmk_err *err)
{
	git_odb_object *object = NULL;

	h->run = follows(h, i) ? h->run + 1 : 0;
	h->asked = i;
	if (h->run == 0)
		stop(h);
	if (h->run >= RUN_LEAST && !h->started && !h->failed)
		prefetch_start(h, i);
	if (h->started) {
		pthread_mutex_lock(&h->lock);
		object = prefetch_take(h, i);
		pthread_mutex_unlock(&h->lock);
	}
	if (!object || git_odb_object_size(object) > RMK_MAX_FILE) {
		git_odb_object_free(object);
		return rmk_git_log_read(a, h->repo, h->v[i], out, err);
	}
	*out = rmk_str_copy(a,
	    (struct rmk_str){git_odb_object_data(object), git_odb_object_size(object)});
	git_odb_object_free(object);
	return RMK_OK;
}

void
rmk_git_ahead_close(struct rmk_git_ahead *h)
{
	stop(h);
	git_odb_free(h->theirs);
	git_odb_free(h->mine);
	rmk_arena_free(&h->their_arena);
	pthread_cond_destroy(&h->moved);
	pthread_mutex_destroy(&h->lock);
}
