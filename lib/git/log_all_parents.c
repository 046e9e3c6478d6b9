// The walk over all commits, as git log makes it for a path: newest first by date; a
// commit whose file is the same in a parent is passed over, and of its parents only that
// one is followed.
//
//	      m        m has the file as a: only a is followed
//	     / \.
//	    a   b
//	     \ /
//	      c
#include "git/object_read.h"

#include "base/map.h"

#include <string.h>

struct place {
	struct rmk_oid id, tree, blob; // blob: none when the file is not there
	struct rmk_str path;           // what the file is called in it
	int64_t time;
	size_t parents[RMK_PARENTS_READ]; // places, once they are known
	size_t nparents;
	struct rmk_oid parent_ids[RMK_PARENTS_READ];
	size_t follow;  // passed over: the parent that says the same
	size_t version; // the version it made, or RMK_NONE
	bool queued;
};

struct full {
	struct rmk_walk *w;
	size_t file;
	struct place **v; // [n] each alone, since the map's keys point into them
	size_t n, cap;
	struct rmk_map seen; // commit to place
	size_t *heap;        // places, the newest first
	size_t nheap, heap_cap;
};

// --- the file in a tree ---------------------------------------------------------

struct wanted {
	struct rmk_str name;
	bool last;
	struct rmk_oid found;
};

static bool
want_entry(
    void *ctx, struct rmk_str name, bool is_tree, bool is_file, const struct rmk_oid *id)
{
	struct wanted *want = ctx;

	if (!rmk_str_eq(name, want->name) || !(want->last ? is_file : is_tree))
		return true;
	want->found = *id;
	return false;
}

static enum rmk_code
find_blob(struct rmk_walk *w, const struct rmk_oid *tree, struct rmk_str path,
    struct rmk_oid *out, struct rmk_err *err)
{
	struct wanted want = {.found = *tree};
	enum rmk_code code;

	while (rmk_str_split(&path, '/', &want.name)) {
		struct rmk_oid folder = want.found;
		want.last = !path.s;
		want.found = (struct rmk_oid){0};
		if ((code = rmk_walk_tree(w, &folder, want_entry, &want, err)))
			return code;
		if (rmk_oid_is_none(&want.found))
			break;
	}
	*out = want.found;
	return RMK_OK;
}

// --- places ---------------------------------------------------------------------

static enum rmk_code
place_of(struct full *f, const struct rmk_oid *id, struct rmk_str path, size_t *out,
    struct rmk_err *err)
{
	struct rmk_commit_raw c;
	struct place *p = RMK_NEW(f->w->a, struct place);
	size_t *at;
	enum rmk_code code;

	p->id = *id;
	at = rmk_map_put(&f->seen, (struct rmk_str){(const char *)p->id.b, p->id.n});
	*out = *at;
	if (*at != RMK_NONE)
		return RMK_OK;
	if ((code = rmk_walk_commit(f->w, id, &c, err)))
		return code;
	p->tree = c.tree;
	p->time = c.time;
	p->path = path;
	p->nparents = c.nparents;
	memcpy(p->parent_ids, c.parents, sizeof c.parents);
	p->follow = p->version = RMK_NONE;
	rmk_commit_close(&c);
	*out = *at = f->n;
	*RMK_PUSH(f->w->a, f->v, f->n, f->cap) = p;
	return find_blob(f->w, &p->tree, path, &p->blob, err);
}

static bool
newer(const struct full *f, size_t a, size_t b)
{
	return f->v[f->heap[a]]->time > f->v[f->heap[b]]->time;
}

static void
swap(struct full *f, size_t a, size_t b)
{
	size_t t = f->heap[a];

	f->heap[a] = f->heap[b];
	f->heap[b] = t;
}

static void
push(struct full *f, size_t place)
{
	size_t i = f->nheap;

	if (f->v[place]->queued)
		return;
	f->v[place]->queued = true;
	*RMK_PUSH(f->w->a, f->heap, f->nheap, f->heap_cap) = place;
	for (; i && newer(f, i, (i - 1) / 2); i = (i - 1) / 2)
		swap(f, i, (i - 1) / 2);
}

static size_t
pop(struct full *f)
{
	size_t top = f->heap[0], i = 0;

	f->heap[0] = f->heap[--f->nheap];
	for (;;) {
		size_t best = i, left = 2 * i + 1;
		if (left < f->nheap && newer(f, left, best))
			best = left;
		if (left + 1 < f->nheap && newer(f, left + 1, best))
			best = left + 1;
		if (best == i)
			return top;
		swap(f, i, best);
		i = best;
	}
}

// --- the walk -------------------------------------------------------------------

static enum rmk_code
find_parents(struct full *f, struct place *p, struct rmk_err *err)
{
	enum rmk_code code;

	for (size_t i = 0; i < p->nparents; i++) {
		code = place_of(f, &p->parent_ids[i], p->path, &p->parents[i], err);
		if (code)
			return code;
		if (rmk_oid_eq(&f->v[p->parents[i]]->blob, &p->blob)) {
			p->follow = p->parents[i];
			break;
		}
	}
	return RMK_OK;
}

// The file may have had another name in the first parent.
static enum rmk_code
look_for_rename(struct full *f, struct place *p, struct rmk_err *err)
{
	struct place *parent = f->v[p->parents[0]];
	struct rmk_str from;

	if (parent->queued || !rmk_oid_is_none(&parent->blob) ||
	    rmk_oid_is_none(&p->blob) ||
	    !rmk_walk_renamed(f->w, &parent->tree, &p->tree, p->path, &from))
		return RMK_OK;
	parent->path = from;
	return find_blob(f->w, &parent->tree, from, &parent->blob, err);
}

static enum rmk_code
emit(struct full *f, struct place *p, struct rmk_err *err)
{
	struct rmk_commit_raw c;
	struct rmk_revision *v;
	enum rmk_code code = rmk_walk_commit(f->w, &p->id, &c, err);

	if (code)
		return code;
	v = rmk_walk_emit(f->w, &c, f->file, p->path);
	v->blob = p->blob;
	v->gone = rmk_oid_is_none(&p->blob);
	p->version = f->w->out->n - 1;
	rmk_commit_close(&c);
	return RMK_OK;
}

static enum rmk_code
log_all_parents_visit(struct full *f, struct place *p, struct rmk_err *err)
{
	enum rmk_code code = find_parents(f, p, err);

	if (code)
		return code;
	if (p->follow != RMK_NONE) {
		push(f, p->follow);
		return RMK_OK;
	}
	if (p->nparents == 0 && rmk_oid_is_none(&p->blob))
		return RMK_OK;
	if (p->nparents && (code = look_for_rename(f, p, err)))
		return code;
	for (size_t i = 0; i < p->nparents; i++)
		push(f, p->parents[i]);
	return emit(f, p, err);
}

// A version's parent is the version that the first parent's file comes from.
static void
join_parents(struct full *f)
{
	for (size_t i = 0; i < f->n; i++) {
		struct place *p = f->v[i];
		size_t at;
		if (p->version == RMK_NONE || p->nparents == 0)
			continue;
		at = p->parents[0];
		while (f->v[at]->version == RMK_NONE && f->v[at]->follow != RMK_NONE) {
			size_t next = f->v[at]->follow;
			if (f->v[next]->follow != RMK_NONE)
				f->v[at]->follow = f->v[next]->follow;
			at = next;
		}
		f->w->out->v[p->version].parent = f->v[at]->version;
	}
}

static enum rmk_code
walk_file(
    struct rmk_walk *w, const struct rmk_oid *start, size_t file, struct rmk_err *err)
{
	struct full f = {.w = w, .file = file, .seen = {.arena = w->a}};
	enum rmk_code code;
	size_t first;

	if ((code = place_of(&f, start, w->opts->paths[file], &first, err)))
		return code;
	push(&f, first);
	while (f.nheap && !code) {
		code = log_all_parents_visit(&f, f.v[pop(&f)], err);
		if (!code && w->opts->tick &&
		    !w->opts->tick(w->opts->ctx, w->out->ncommits))
			return rmk_fail(err, RMK_REFUSED, "stopped");
	}
	join_parents(&f);
	return code;
}

enum rmk_code
rmk_walk_full(struct rmk_walk *w, const struct rmk_oid *start, struct rmk_err *err)
{
	enum rmk_code code = RMK_OK;

	for (size_t i = 0; i < w->opts->npaths && !code; i++)
		code = walk_file(w, start, i, err);
	return code;
}
