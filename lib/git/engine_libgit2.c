// Objects and refs by libgit2, and what it does not find by git.
#include "git/engine.h"

#include "table/doc.h"

static const git_object_t kinds[] = {
    GIT_OBJECT_ANY, GIT_OBJECT_COMMIT, GIT_OBJECT_TREE, GIT_OBJECT_BLOB, GIT_OBJECT_TAG};

static struct rmk_oid
engine_libgit2_id(const git_oid *id)
{
	return rmk_oid_of(id->id, GIT_OID_RAWSZ);
}

git_oid
rmk_libgit2_oid(const struct rmk_oid *id)
{
	git_oid oid;

	git_oid_fromraw(&oid, id->b);
	return oid;
}

static enum rmk_kind
engine_libgit2_kind(git_object_t type)
{
	for (size_t i = 1; i < sizeof kinds / sizeof *kinds; i++) {
		if (kinds[i] == type)
			return (enum rmk_kind)i;
	}
	return RMK_KIND_ANY;
}

static enum rmk_code
engine_libgit2_find(struct rmk_repo *repo, struct rmk_str name, enum rmk_kind kind,
    struct rmk_oid *out, struct rmk_err *err)
{
	git_object *object = NULL, *peeled = NULL;
	struct rmk_arena a = {.oom = repo->a->oom, .ctx = repo->a->ctx};
	int e = git_revparse_single(&object, repo->git, rmk_str_c(&a, name));

	if (e == 0)
		e = git_object_peel(&peeled, object, kinds[kind]);
	if (e == 0)
		*out = engine_libgit2_id(git_object_id(peeled));
	git_object_free(peeled);
	git_object_free(object);
	rmk_arena_free(&a);
	// What is too short to be looked for is no abbreviation to git.
	if (e == GIT_EAMBIGUOUS && name.n >= GIT_OID_MINPREFIXLEN)
		return RMK_AMBIGUOUS;
	// That there is no commit yet is believed only if git says so, too: to libgit2 a HEAD
	// that cannot be read is the same.
	if (e && rmk_str_starts(name, RMK_STR("HEAD")))
		return rmk_engine_git.find(repo, name, kind, out, err);
	return e == 0 ? RMK_OK : RMK_NOT_FOUND;
}

static enum rmk_code
engine_libgit2_read(struct rmk_repo *repo, const struct rmk_oid *id,
    struct rmk_object *out, struct rmk_err *err)
{
	git_oid oid = rmk_libgit2_oid(id);
	git_odb_object *object;
	git_odb *odb = NULL;
	int e = git_repository_odb(&odb, repo->git);

	if (e == 0)
		e = git_odb_read(&object, odb, &oid);
	git_odb_free(odb);
	if (e == GIT_ENOTFOUND)
		return RMK_NOT_FOUND;
	if (e < 0)
		return rmk_git_fail(err, "object %.10s", git_oid_tostr_s(&oid));
	*out = (struct rmk_object){
	    .kind = engine_libgit2_kind(git_odb_object_type(object)),
	    .text = {git_odb_object_data(object), git_odb_object_size(object)},
	    .held = object};
	return RMK_OK;
}

static enum rmk_code
engine_libgit2_write(struct rmk_repo *repo, enum rmk_kind kind, struct rmk_str text,
    struct rmk_oid *out, struct rmk_err *err)
{
	git_odb *odb = NULL;
	git_oid oid;

	git_error_clear();
	int e = git_repository_odb(&odb, repo->git);
	if (e == 0)
		e = git_odb_write(&oid, odb, text.s ? text.s : "", text.n, kinds[kind]);
	git_odb_free(odb);
	if (e < 0)
		return rmk_git_fail(err, "cannot write");
	*out = engine_libgit2_id(&oid);
	return RMK_OK;
}

static enum rmk_code
engine_libgit2_head(
    struct rmk_arena *a, struct rmk_repo *repo, struct rmk_str *out, struct rmk_err *err)
{
	git_reference *head = NULL;

	if (git_reference_lookup(&head, repo->git, "HEAD") < 0)
		return rmk_git_fail(err, "HEAD cannot be read");
	*out = rmk_str_copy(a, rmk_str_of(git_reference_symbolic_target(head)));
	git_reference_free(head);
	return RMK_OK;
}

static enum rmk_code
engine_libgit2_ref(
    struct rmk_repo *repo, struct rmk_str name, struct rmk_oid *out, struct rmk_err *err)
{
	struct rmk_arena a = {.oom = repo->a->oom, .ctx = repo->a->ctx};
	git_oid oid;
	int e = git_reference_name_to_id(&oid, repo->git, rmk_str_c(&a, name));

	if (e == 0)
		*out = engine_libgit2_id(&oid);
	else if (e != GIT_ENOTFOUND)
		rmk_git_fail(err, "%.*s cannot be read", RMK_FMT(name));
	rmk_arena_free(&a);
	if (e == GIT_ENOTFOUND)
		return rmk_engine_git.ref(repo, name, out, err);
	return e == 0 ? RMK_OK : RMK_GIT;
}

const struct rmk_engine rmk_engine_libgit2 = {
    .find = engine_libgit2_find,
    .read = engine_libgit2_read,
    .write = engine_libgit2_write,
    .head = engine_libgit2_head,
    .ref = engine_libgit2_ref,
};

enum rmk_code
rmk_object_open(struct rmk_repo *repo, const struct rmk_oid *id, enum rmk_kind kind,
    struct rmk_object *out, struct rmk_err *err)
{
	enum rmk_code code = repo->engine->read(repo, id, out, err);

	if (code == RMK_NOT_FOUND && repo->engine != &rmk_engine_git)
		code = rmk_engine_git.read(repo, id, out, NULL) ? RMK_NOT_FOUND : RMK_OK;
	if (code || out->kind == kind)
		return code;
	rmk_object_close(out);
	return rmk_fail(err, RMK_GIT, "object %.*s is no %s",
	    RMK_FMT(rmk_oid_hex(repo->a, id, 10)), rmk_kind_names[kind]);
}

void
rmk_object_close(struct rmk_object *object)
{
	git_odb_object_free(object->held);
	rmk_arena_free(&object->arena);
	*object = (struct rmk_object){0};
}
