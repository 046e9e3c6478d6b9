// Two trees, folder by folder: see commit_diff.h.
#include "git/commit_diff.h"

#include "base/map.h"
#include "git/object_read.h"

struct commit_diff_entry {
	struct rmk_str name;
	struct rmk_oid id;
	bool is_tree, is_file;
};

struct commit_diff_folder {
	struct rmk_arena *a;
	struct commit_diff_entry *v;
	size_t n, cap;
};

struct commit_diff {
	struct rmk_walk walk;
	struct rmk_arena *a;
	bool (*want)(struct rmk_str path);
	struct rmk_commit_file *v;
	size_t n, cap;
	struct rmk_err *err;
};

#define COMMIT_DIFF_DEEPEST 2048 // a path is no longer than this

static bool
commit_diff_note(
    void *ctx, struct rmk_str name, bool is_tree, bool is_file, const struct rmk_oid *id)
{
	struct commit_diff_folder *f = ctx;

	if (is_tree || is_file)
		*RMK_PUSH(f->a, f->v, f->n, f->cap) = (struct commit_diff_entry){
		    rmk_str_copy(f->a, name), *id, is_tree, is_file};
	return true;
}

static enum rmk_code
commit_diff_read(
    struct commit_diff *d, const struct rmk_oid *tree, struct commit_diff_folder *out)
{
	*out = (struct commit_diff_folder){.a = d->a};
	return rmk_oid_is_none(tree)
	           ? RMK_OK
	           : rmk_walk_tree(&d->walk, tree, commit_diff_note, out, d->err);
}

static enum rmk_code commit_diff_trees(struct commit_diff *d, const struct rmk_oid *old,
    const struct rmk_oid *new_, struct rmk_str above, unsigned depth);

// One name, in one or both.
static enum rmk_code
commit_diff_name(struct commit_diff *d, const struct commit_diff_entry *old,
    const struct commit_diff_entry *new_, struct rmk_str above, unsigned depth)
{
	const struct rmk_oid none = {0};
	struct rmk_str name = old ? old->name : new_->name;
	struct rmk_str path = rmk_str_printf(
	    d->a, "%.*s%.*s", RMK_FMT(above), RMK_FMT(name));
	const struct rmk_oid *o = old && old->is_file ? &old->id : &none;
	const struct rmk_oid *n = new_ && new_->is_file ? &new_->id : &none;

	if (old && new_ && rmk_oid_eq(&old->id, &new_->id))
		return RMK_OK;
	if (!(rmk_oid_is_none(o) && rmk_oid_is_none(n)) && d->want(path))
		*RMK_PUSH(d->a, d->v, d->n, d->cap) = (struct rmk_commit_file){
		    path, *o, *n};
	o = old && old->is_tree ? &old->id : &none;
	n = new_ && new_->is_tree ? &new_->id : &none;
	if (rmk_oid_is_none(o) && rmk_oid_is_none(n))
		return RMK_OK;
	return commit_diff_trees(
	    d, o, n, rmk_str_printf(d->a, "%.*s/", RMK_FMT(path)), depth + 1);
}

static enum rmk_code
commit_diff_trees(struct commit_diff *d, const struct rmk_oid *old,
    const struct rmk_oid *new_, struct rmk_str above, unsigned depth)
{
	struct commit_diff_folder was, is;
	struct rmk_map names = {.arena = d->a};
	enum rmk_code code = RMK_OK;
	bool *seen;

	if (depth > COMMIT_DIFF_DEEPEST)
		return rmk_fail(
		    d->err, RMK_TOO_BIG, "%.*s: too many folders", RMK_FMT(above));
	if (commit_diff_read(d, old, &was) || commit_diff_read(d, new_, &is))
		return d->err->code;
	seen = RMK_NEW_N(d->a, bool, was.n + 1);
	for (size_t i = 0; i < was.n; i++)
		*rmk_map_put(&names, was.v[i].name) = i;
	for (size_t i = 0; i < is.n && !code; i++) {
		size_t at = rmk_map_get(&names, is.v[i].name);

		if (at != RMK_NONE)
			seen[at] = true;
		code = commit_diff_name(
		    d, at == RMK_NONE ? NULL : &was.v[at], &is.v[i], above, depth);
	}
	for (size_t i = 0; i < was.n && !code; i++)
		if (!seen[i])
			code = commit_diff_name(d, &was.v[i], NULL, above, depth);
	return code;
}

// old: none, the newer one has added all of its files.
static enum rmk_code
commit_diff_all(struct rmk_arena *a, struct rmk_repo *repo, const struct rmk_oid *old,
    struct rmk_str rev, bool (*want)(struct rmk_str path), struct rmk_commit_file **out,
    size_t *n, struct rmk_err *err)
{
	struct commit_diff d = {
	    .walk = {.a = a, .repo = repo}, .a = a, .want = want, .err = err};
	struct rmk_oid new_;
	enum rmk_code code;

	if (rmk_repo_rev(repo, rev, RMK_KIND_TREE, &new_, err))
		return err->code;
	code = commit_diff_trees(&d, old, &new_, RMK_STR(""), 0);
	*out = d.v;
	*n = d.n;
	return code;
}

enum rmk_code
rmk_commit_files(struct rmk_arena *a, struct rmk_repo *repo, struct rmk_str commit,
    bool (*want)(struct rmk_str path), struct rmk_commit_file **out, size_t *n,
    struct rmk_err *err)
{
	struct rmk_str parent = rmk_str_printf(a, "%.*s^", RMK_FMT(commit));
	struct rmk_oid old = {0};
	enum rmk_code code = rmk_repo_rev(repo, parent, RMK_KIND_TREE, &old, err);

	if (code && code != RMK_NOT_FOUND)
		return code;
	return commit_diff_all(a, repo, &old, commit, want, out, n, err);
}

enum rmk_code
rmk_commit_files_between(struct rmk_arena *a, struct rmk_repo *repo, struct rmk_str old,
    struct rmk_str new_, bool (*want)(struct rmk_str path), struct rmk_commit_file **out,
    size_t *n, struct rmk_err *err)
{
	struct rmk_oid tree;

	if (rmk_repo_rev(repo, old, RMK_KIND_TREE, &tree, err))
		return err->code;
	return commit_diff_all(a, repo, &tree, new_, want, out, n, err);
}

enum rmk_code
rmk_commit_file_read(struct rmk_arena *a, struct rmk_repo *repo,
    const struct rmk_commit_file *file, bool old, struct rmk_str *out,
    struct rmk_err *err)
{
	const struct rmk_oid *id = old ? &file->old : &file->new_;

	*out = (struct rmk_str){0};
	return rmk_oid_is_none(id) ? RMK_OK
	                           : rmk_repo_blob(a, repo, id, file->path, out, err);
}
