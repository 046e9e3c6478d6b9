// Trees as bytes: "MODE NAME\0" and an id, entry after entry.
#include "git/engine.h"

#include <stdlib.h>

struct tree_entry {
	struct rmk_str name;
	uint32_t mode;
	size_t at, id_at; // where it and its id stand in the tree
};

// False at the end, and where the bytes are no tree.
static bool
tree_next(struct rmk_str tree, size_t *at, size_t id_size, struct tree_entry *out)
{
	struct rmk_str rest = rmk_str_from(tree, *at);
	size_t space = rmk_str_chr(rest, ' '), nul = rmk_str_chr(rest, '\0');

	if (space > 6 || nul == RMK_NONE || nul < space || rest.n - nul - 1 < id_size)
		return false;
	out->mode = (uint32_t)strtoul(rest.s, NULL, 8);
	out->name = rmk_str_part(rest, space + 1, nul - space - 1);
	out->at = *at;
	out->id_at = *at + nul + 1;
	*at = out->id_at + id_size;
	return true;
}

static bool
tree_is_tree(uint32_t mode)
{
	return (mode & 0170000) == 0040000;
}

static enum rmk_code
tree_open(struct rmk_repo *repo, const struct rmk_oid *id, struct rmk_object *out,
    struct rmk_err *err)
{
	enum rmk_code code = rmk_object_open(repo, id, RMK_KIND_TREE, out, err);

	if (code == RMK_NOT_FOUND)
		return rmk_fail(err, RMK_GIT, "tree %.*s is missing",
		    RMK_FMT(rmk_oid_hex(repo->a, id, 10)));
	return code;
}

// One name in one tree; mode 0: it is not there.
static enum rmk_code
tree_look(struct rmk_repo *repo, const struct rmk_oid *tree, struct rmk_str name,
    struct rmk_oid *id, uint32_t *mode, struct rmk_err *err)
{
	struct rmk_object object;
	struct tree_entry e;
	size_t at = 0;

	*mode = 0;
	if (tree_open(repo, tree, &object, err))
		return RMK_GIT;
	while (!*mode && tree_next(object.text, &at, repo->id_size, &e)) {
		if (!rmk_str_eq(e.name, name))
			continue;
		*id = rmk_oid_of(object.text.s + e.id_at, repo->id_size);
		*mode = e.mode;
	}
	rmk_object_close(&object);
	return RMK_OK;
}

enum rmk_code
rmk_tree_find(struct rmk_repo *repo, const struct rmk_oid *tree, struct rmk_str path,
    struct rmk_oid *id, uint32_t *mode, struct rmk_err *err)
{
	struct rmk_oid at = *tree;
	struct rmk_str name;

	while (rmk_str_split(&path, '/', &name)) {
		if (tree_look(repo, &at, name, id, mode, err))
			return RMK_GIT;
		if (path.s && !tree_is_tree(*mode)) {
			*mode = 0;
			return RMK_OK;
		}
		if (!*mode)
			return RMK_OK;
		at = *id;
	}
	return RMK_OK;
}

// --- all files ------------------------------------------------------------------

struct tree_walk {
	struct rmk_arena *a;
	struct rmk_repo *repo;
	void (*add)(void *ctx, struct rmk_str path, uint32_t mode);
	void *ctx;
};

#define DEEPEST 2048 // a path is no longer than this

static enum rmk_code
tree_walk(struct tree_walk *w, const struct rmk_oid *tree, struct rmk_str above,
    unsigned depth, struct rmk_err *err)
{
	struct rmk_object object;
	enum rmk_code code = RMK_OK;
	struct tree_entry e;
	size_t at = 0;

	if (depth > DEEPEST)
		return rmk_fail(
		    err, RMK_TOO_BIG, "%.*s: too many folders", RMK_FMT(above));
	if (tree_open(w->repo, tree, &object, err))
		return RMK_GIT;
	while (!code && tree_next(object.text, &at, w->repo->id_size, &e)) {
		struct rmk_oid id = rmk_oid_of(object.text.s + e.id_at, w->repo->id_size);
		struct rmk_str path = rmk_str_printf(
		    w->a, "%.*s%.*s", RMK_FMT(above), RMK_FMT(e.name));
		if (tree_is_tree(e.mode))
			code = tree_walk(w, &id,
			    rmk_str_printf(w->a, "%.*s/", RMK_FMT(path)), depth + 1, err);
		else
			w->add(w->ctx, path, e.mode);
	}
	rmk_object_close(&object);
	return code;
}

enum rmk_code
rmk_tree_list(struct rmk_arena *a, struct rmk_repo *repo, const struct rmk_oid *tree,
    void (*add)(void *ctx, struct rmk_str path, uint32_t mode), void *ctx,
    struct rmk_err *err)
{
	struct tree_walk w = {.a = a, .repo = repo, .add = add, .ctx = ctx};

	return tree_walk(&w, tree, RMK_STR(""), 0, err);
}

// --- a tree with other files in it ----------------------------------------------

struct tree_update {
	struct rmk_arena *a;
	struct rmk_repo *repo;
	const struct rmk_tree_change *changes; // in the order of their paths
};

static enum rmk_code tree_update(struct tree_update *u, const struct rmk_oid *tree,
    size_t skip, size_t first, size_t end, struct rmk_oid *out, struct rmk_err *err);

// The changes from `first` on that are below the same name; skip: the length of the path to
// this tree.
static size_t
tree_same_name(const struct tree_update *u, size_t skip, size_t first, size_t end,
    struct rmk_str *name)
{
	struct rmk_str path = rmk_str_from(u->changes[first].path, skip);
	size_t last = first, slash = rmk_str_chr(path, '/');

	*name = rmk_str_part(path, 0, slash);
	while (slash != RMK_NONE && ++last < end) {
		struct rmk_str next = rmk_str_from(u->changes[last].path, skip);
		if (!rmk_str_starts(next, rmk_str_part(path, 0, slash + 1)))
			return last;
	}
	return slash == RMK_NONE ? first + 1 : last;
}

static bool
tree_seek(struct rmk_str tree, size_t id_size, struct rmk_str name, struct tree_entry *e)
{
	for (size_t at = 0; tree_next(tree, &at, id_size, e);) {
		if (rmk_str_eq(e->name, name))
			return true;
	}
	return false;
}

// One entry: the id is written over, and the mode, which has as many digits.
static enum rmk_code
tree_change_entry(struct tree_update *u, char *tree, const struct tree_entry *e,
    struct rmk_str name, size_t skip, size_t first, size_t end, struct rmk_err *err)
{
	const struct rmk_tree_change *c = &u->changes[first];
	struct rmk_oid old = rmk_oid_of(tree + e->id_at, u->repo->id_size), now = c->id;
	enum rmk_code code = RMK_OK;

	if (tree_is_tree(e->mode))
		code = tree_update(u, &old, skip + name.n + 1, first, end, &now, err);
	else
		memcpy(tree + e->at, c->mode & 0111 ? "100755" : "100644", 6);
	memcpy(tree + e->id_at, now.b, u->repo->id_size);
	return code;
}

static enum rmk_code
tree_update(struct tree_update *u, const struct rmk_oid *tree, size_t skip, size_t first,
    size_t end, struct rmk_oid *out, struct rmk_err *err)
{
	struct rmk_object object;
	enum rmk_code code = RMK_OK;
	struct rmk_str name, text;
	struct tree_entry e;

	if (tree_open(u->repo, tree, &object, err))
		return RMK_GIT;
	text = rmk_str_copy(u->a, object.text);
	rmk_object_close(&object);
	for (size_t next; !code && first < end; first = next) {
		next = tree_same_name(u, skip, first, end, &name);
		bool folder = name.n < u->changes[first].path.n - skip;
		if (!tree_seek(text, u->repo->id_size, name, &e) ||
		    tree_is_tree(e.mode) != folder)
			return rmk_fail(err, RMK_GIT, "%.*s: not in the commit's tree",
			    RMK_FMT(u->changes[first].path));
		code = tree_change_entry(
		    u, (char *)(uintptr_t)text.s, &e, name, skip, first, next, err);
	}
	return code ? code
	            : u->repo->engine->write(u->repo, RMK_KIND_TREE, text, out, err);
}

static int
tree_by_path(const void *a, const void *b)
{
	return rmk_str_cmp(((const struct rmk_tree_change *)a)->path,
	    ((const struct rmk_tree_change *)b)->path);
}

enum rmk_code
rmk_tree_update(struct rmk_repo *repo, const struct rmk_oid *tree,
    struct rmk_tree_change *changes, size_t n, struct rmk_oid *out, struct rmk_err *err)
{
	struct rmk_arena a = {.oom = repo->a->oom, .ctx = repo->a->ctx};
	struct tree_update u = {.a = &a, .repo = repo, .changes = changes};

	*out = *tree;
	if (!n)
		return RMK_OK;
	qsort(changes, n, sizeof *changes, tree_by_path);
	enum rmk_code code = tree_update(&u, tree, 0, 0, n, out, err);
	rmk_arena_free(&a);
	return code;
}
