// The older half of a long walk: see log_half.h.
//
// libgit2's objects belong to one thread, so the half opens the repository for itself. Its
// arena is its own too, and is handed to the walk's when it is joined.
#include "git/log_half.h"
#include "git/pack.h"

#include <pthread.h>
#include <stdatomic.h>

// A walk of fewer commits takes no longer than to start a thread and open a repository.
#define COMMITS_LEAST 2000

struct rmk_half {
	struct rmk_walk *whole;
	struct rmk_oid start;
	struct rmk_arena arena;
	struct rmk_repo repo; // the walk's, with another git
	struct rmk_git_log_opts opts;
	struct rmk_walk w;
	struct rmk_revisions found;
	struct rmk_err err;
	enum rmk_code code;
	atomic_bool over; // nobody waits
	bool running;
	pthread_t thread;
};

static bool
log_half_tick(void *ctx, size_t n)
{
	struct rmk_half *h = ctx;

	(void)n;
	return !atomic_load(&h->over);
}

// The commit in the middle of the first parents, as far as generations tell; a little further
// down, since the other thread begins a little later.
static bool
find_middle(
    const struct rmk_graph *g, const struct rmk_oid *start, struct rmk_oid *middle)
{
	uint32_t at = rmk_graph_find(g, start), n = 0, lowest;
	struct rmk_graph_commit c;

	if (at == RMK_NO_PLACE)
		return false;
	lowest = rmk_graph_generation(g, at) / 16 * 7;
	while (
	    at != RMK_NO_PLACE && n < g->ids.n && rmk_graph_generation(g, at) > lowest) {
		at = rmk_graph_parent(g, at);
		n++;
	}
	if (n < COMMITS_LEAST / 2 || !rmk_graph_commit(g, at, &c))
		return false;
	*middle = c.id;
	return true;
}

static bool
open_half(struct rmk_half *h)
{
	git_repository *git;

	if (git_repository_open(&git, rmk_str_c(&h->arena, h->repo.gitdir)) < 0)
		return false;
	h->repo.git = git;
	return rmk_pack_odb(&h->w.odb, &h->arena, &h->repo) == 0;
}

static void *
log_half_run(void *arg)
{
	struct rmk_half *h = arg;

	h->code = open_half(h) ? rmk_walk_first(&h->w, &h->start, &h->err) : RMK_GIT;
	return NULL;
}

static void
close_half(struct rmk_half *h)
{
	git_odb_free(h->w.odb);
	if (h->repo.git != h->whole->repo->git)
		git_repository_free(h->repo.git);
	rmk_arena_free(&h->arena);
}

struct rmk_half *
rmk_half_start(struct rmk_walk *w, const struct rmk_oid *start)
{
	struct rmk_half *h;
	struct rmk_oid middle;

	if (w->opts->npaths != 1 || w->opts->known ||
	    !find_middle(&w->graph, start, &middle))
		return NULL;
	h = RMK_NEW(w->a, struct rmk_half);
	h->whole = w;
	h->start = middle;
	h->arena = (struct rmk_arena){.oom = w->a->oom, .ctx = w->a->ctx};
	h->repo = *w->repo;
	h->opts = *w->opts;
	h->opts.tick = log_half_tick;
	h->opts.ctx = h;
	// Known without being asked: the half is not halved again.
	h->opts.known = &h->found;
	h->w = (struct rmk_walk){.a = &h->arena,
	    .repo = &h->repo,
	    .graph = w->graph,
	    .out = &h->found,
	    .opts = &h->opts};
	h->running = pthread_create(&h->thread, NULL, log_half_run, h) == 0;
	if (h->running)
		return h;
	close_half(h);
	return NULL;
}

bool
rmk_half_is_at(const struct rmk_half *h, const struct rmk_oid *id)
{
	return rmk_oid_eq(&h->start, id);
}

bool
rmk_half_join(struct rmk_half *h, struct rmk_revisions *out)
{
	pthread_join(h->thread, NULL);
	h->running = false;
	if (h->code == RMK_OK) {
		*out = h->found;
		h->whole->out->ncommits += h->found.ncommits;
		rmk_arena_adopt(h->whole->a, &h->arena);
	}
	close_half(h);
	return h->code == RMK_OK;
}

void
rmk_half_stop(struct rmk_half *h)
{
	struct rmk_revisions unused;

	if (!h || !h->running)
		return;
	atomic_store(&h->over, true);
	rmk_half_join(h, &unused);
}
