// A commit's tree with other bytes in some files: see tree_files.h.
#include "git/tree_files.h"

#include "git/engine.h"

enum rmk_code
rmk_commit_id(struct rmk_arena *a, struct rmk_repo *repo, struct rmk_str rev,
    struct rmk_str *id, struct rmk_err *err)
{
	struct rmk_oid oid;
	struct rmk_err unused;

	if (rmk_repo_rev(repo, rev, RMK_KIND_COMMIT, &oid, &unused))
		return rmk_fail(err, RMK_NOT_FOUND, "%.*s: is no commit", RMK_FMT(rev));
	*id = rmk_oid_hex(a, &oid, RMK_NONE);
	return RMK_OK;
}

enum rmk_code
rmk_commit_raw(struct rmk_arena *a, struct rmk_repo *repo, struct rmk_str id,
    struct rmk_str *out, struct rmk_err *err)
{
	struct rmk_object object;
	struct rmk_oid oid;
	enum rmk_code code;

	if (!rmk_oid_parse(id, &oid))
		return rmk_fail(err, RMK_NOT_FOUND, "%.*s: is no id", RMK_FMT(id));
	code = rmk_object_open(repo, &oid, RMK_KIND_COMMIT, &object, err);
	if (code == RMK_NOT_FOUND)
		rmk_fail(err, RMK_GIT, "commit %.10s is missing", id.s);
	if (code)
		return code;
	*out = rmk_str_copy(a, object.text);
	rmk_object_close(&object);
	return RMK_OK;
}

// What libgit2 writes has not the rights that a shared repository asks for.
static enum rmk_code
engine_of_objects(
    struct rmk_repo *repo, const struct rmk_engine **out, struct rmk_err *err)
{
	int shared;

	if (rmk_setting_shared(repo, &shared, err))
		return err->code;
	*out = shared ? &rmk_engine_git : repo->engine;
	return RMK_OK;
}

static enum rmk_code
tree_of_changed(struct rmk_arena *a, struct rmk_repo *repo, const struct rmk_oid *tree,
    const struct rmk_tree_file *files, size_t n, struct rmk_oid *out, struct rmk_err *err)
{
	struct rmk_tree_change *changes = RMK_NEW_N(a, struct rmk_tree_change, n + 1);

	for (size_t i = 0; i < n; i++) {
		struct rmk_tree_change *change = &changes[i];
		struct rmk_oid unused;

		change->path = files[i].path;
		if (rmk_tree_find(repo, tree, change->path, &unused, &change->mode, err))
			return err->code;
		if (!change->mode)
			return rmk_fail(err, RMK_NOT_FOUND, "%.*s: is not there",
			    RMK_FMT(change->path));
		if (repo->engine->write(
			repo, RMK_KIND_BLOB, files[i].text, &change->id, err))
			return err->code;
	}
	return rmk_tree_update(repo, tree, changes, n, out, err);
}

enum rmk_code
rmk_tree_with_files(struct rmk_arena *a, struct rmk_repo *repo, struct rmk_str commit,
    const struct rmk_tree_file *files, size_t n, struct rmk_str *out, struct rmk_err *err)
{
	const struct rmk_engine *usual = repo->engine;
	struct rmk_oid tree, made;
	enum rmk_code code = rmk_repo_rev(repo, commit, RMK_KIND_TREE, &tree, err);

	if (!code)
		code = engine_of_objects(repo, &repo->engine, err);
	if (!code)
		code = tree_of_changed(a, repo, &tree, files, n, &made, err);
	repo->engine = usual;
	if (!code)
		*out = rmk_oid_hex(a, &made, RMK_NONE);
	return code;
}
