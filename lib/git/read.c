// Reading versions: a path's bytes in a commit or the index, and which paths there are.
//
// The index is read by our own reader (index.h). What only git knows at all times -
// which files are ignored, and what a split index holds - git is asked for.
#include "git/git_internal.h"
#include "git/index.h"

#include "table/doc.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum rmk_code
rmk_repo_blob(struct rmk_arena *a, const struct rmk_repo *repo, const git_oid *id,
    struct rmk_str path, struct rmk_str *out, struct rmk_err *err)
{
	enum rmk_code code = RMK_OK;
	git_blob *blob;

	if (git_blob_lookup(&blob, repo->git, id) < 0)
		return rmk_git_fail(err, "%.*s: cannot read its blob", RMK_FMT(path));
	size_t n = (size_t)git_blob_rawsize(blob);
	if (n > RMK_MAX_FILE)
		code = rmk_fail(err, RMK_TOO_BIG, "%.*s: larger than %zu bytes",
		    RMK_FMT(path), RMK_MAX_FILE);
	else
		*out = rmk_str_copy(a, (struct rmk_str){git_blob_rawcontent(blob), n});
	git_blob_free(blob);
	return code;
}

enum rmk_code
rmk_tree_find(struct rmk_arena *a, const struct rmk_repo *repo, const git_oid *tree,
    struct rmk_str path, git_oid *id, uint32_t *mode, struct rmk_err *err)
{
	git_tree_entry *entry = NULL;
	git_tree *top;

	*mode = 0;
	if (git_tree_lookup(&top, repo->git, tree) < 0)
		return rmk_git_fail(err, "%.*s: cannot read its tree", RMK_FMT(path));
	int e = git_tree_entry_bypath(&entry, top, rmk_str_c(a, path));
	if (e == 0) {
		*id = *git_tree_entry_id(entry);
		*mode = (uint32_t)git_tree_entry_filemode(entry);
	}
	git_tree_entry_free(entry);
	git_tree_free(top);
	return e == 0 || e == GIT_ENOTFOUND
	           ? RMK_OK
	           : rmk_git_fail(err, "%.*s: cannot read its tree", RMK_FMT(path));
}

static bool
read_is_file(uint32_t mode)
{
	return (mode & 0170000) == 0100000;
}

// --- one path -------------------------------------------------------------------

enum rmk_code
rmk_repo_rev(struct rmk_arena *a, const struct rmk_repo *repo, struct rmk_str rev,
    git_object_t type, git_oid *out, struct rmk_err *err)
{
	git_object *object = NULL, *peeled = NULL;
	int e = git_revparse_single(&object, repo->git, rmk_str_c(a, rev));

	if (e == 0)
		e = git_object_peel(&peeled, object, type);
	if (e == 0)
		*out = *git_object_id(peeled);
	git_object_free(peeled);
	git_object_free(object);
	if (e == 0)
		return RMK_OK;
	if (rmk_str_eq(rev, RMK_STR("HEAD")) &&
	    git_repository_head_unborn(repo->git) == 1)
		return rmk_fail(err, RMK_NOT_FOUND, "HEAD: there is no commit yet");
	// What is too short to be looked for is no abbreviation to git.
	if (e == GIT_EAMBIGUOUS && rev.n >= GIT_OID_MINPREFIXLEN)
		return rmk_fail(err, RMK_AMBIGUOUS,
		    "%.*s: more than one object starts so", RMK_FMT(rev));
	return rmk_fail(err, RMK_NOT_FOUND, "%.*s: no such commit", RMK_FMT(rev));
}

static enum rmk_code
read_rev(struct rmk_arena *a, const struct rmk_repo *repo, struct rmk_str rev,
    struct rmk_str path, struct rmk_str *out, struct rmk_err *err)
{
	enum rmk_code code;
	git_oid tree, id;
	uint32_t mode;

	code = rmk_repo_rev(a, repo, rev, GIT_OBJECT_TREE, &tree, err);
	if (!code)
		code = rmk_tree_find(a, repo, &tree, path, &id, &mode, err);
	if (code)
		return code;
	if (!mode)
		return rmk_fail(err, RMK_NOT_FOUND,
		    "%.*s:%.*s: no such file in that commit", RMK_FMT(rev),
		    RMK_FMT(path));
	if (!read_is_file(mode))
		return rmk_fail(err, RMK_INVALID, "%.*s:%.*s: not a regular file",
		    RMK_FMT(rev), RMK_FMT(path));
	return rmk_repo_blob(a, repo, &id, path, out, err);
}

// A split index is asked of git: `ls-files` prints MODE ID STAGE TAB PATH NUL.
static enum rmk_code
ls_index(struct rmk_arena *a, const struct rmk_repo *repo, struct rmk_str *out,
    struct rmk_err *err)
{
	static const char *const argv[] = {"git", "ls-files", "-z", "-s", NULL};
	struct rmk_run run = {.argv = argv};
	enum rmk_code code = rmk_git_run(a, repo, &run, err);

	*out = run.out;
	return code;
}

struct listed {
	struct rmk_str path;
	uint32_t mode;
	unsigned stage;
	git_oid id;
};

static bool
ls_next(struct rmk_str *rest, struct listed *out)
{
	struct rmk_str line;
	char hex[GIT_OID_HEXSZ + 1] = "";

	if (!rest->n || !rmk_str_split(rest, '\0', &line) || line.n < 51)
		return false;
	memcpy(hex, line.s + 7, GIT_OID_HEXSZ);
	out->mode = (uint32_t)strtoul(line.s, NULL, 8);
	out->stage = (unsigned)(line.s[48] - '0');
	out->path = rmk_str_from(line, 50);
	return git_oid_fromstr(&out->id, hex) == 0;
}

static enum rmk_code
find_in_split(struct rmk_arena *a, const struct rmk_repo *repo, struct rmk_str path,
    struct listed *out, bool *found, struct rmk_err *err)
{
	struct rmk_str rest;
	enum rmk_code code = ls_index(a, repo, &rest, err);

	*found = false;
	while (!code && !*found && ls_next(&rest, out))
		*found = rmk_str_eq(out->path, path);
	return code;
}

static enum rmk_code
read_index(struct rmk_arena *a, const struct rmk_repo *repo, struct rmk_str path,
    struct rmk_str *out, struct rmk_err *err)
{
	struct rmk_index index;
	struct rmk_index_entry e;
	struct listed in = {0};
	bool found = false;
	enum rmk_code code = rmk_index_read(a, repo->index, &index, err);

	if (!code && index.split) {
		code = find_in_split(a, repo, path, &in, &found, err);
	} else if (!code && rmk_index_find(&index, path, &e) && !e.intent) {
		found = true;
		in = (struct listed){.path = path, .mode = e.mode, .stage = e.stage};
		git_oid_fromraw(&in.id, e.oid);
	}
	if (code)
		return code;
	if (!found)
		return rmk_fail(err, RMK_NOT_FOUND, ":%.*s: no such file in the index",
		    RMK_FMT(path));
	if (in.stage)
		return rmk_fail(err, RMK_CONFLICT, ":%.*s: unmerged", RMK_FMT(path));
	if (!read_is_file(in.mode))
		return rmk_fail(
		    err, RMK_INVALID, ":%.*s: not a regular file", RMK_FMT(path));
	return rmk_repo_blob(a, repo, &in.id, path, out, err);
}

enum rmk_code
rmk_repo_read(struct rmk_arena *a, struct rmk_repo *repo, struct rmk_str rev,
    struct rmk_str path, struct rmk_str *out, struct rmk_err *err)
{
	return rev.n ? read_rev(a, repo, rev, path, out, err)
	             : read_index(a, repo, path, out, err);
}

enum rmk_code
rmk_repo_check_rev(
    struct rmk_arena *a, struct rmk_repo *repo, struct rmk_str rev, struct rmk_err *err)
{
	git_oid tree;

	return rmk_repo_rev(a, repo, rev, GIT_OBJECT_TREE, &tree, err);
}

// --- all paths ------------------------------------------------------------------

struct list {
	struct rmk_arena *a;
	bool (*want)(void *ctx, struct rmk_str path);
	void *ctx;
	struct rmk_str *v;
	size_t n, cap;
};

static void
read_add(struct list *list, struct rmk_str path)
{
	if (!list->want || list->want(list->ctx, path))
		*RMK_PUSH(list->a, list->v, list->n, list->cap) = rmk_str_copy(
		    list->a, path);
}

static int
on_tree_entry(const char *folder, const git_tree_entry *entry, void *ctx)
{
	struct list *list = ctx;

	if (read_is_file((uint32_t)git_tree_entry_filemode(entry)))
		read_add(list,
		    rmk_str_printf(list->a, "%s%s", folder, git_tree_entry_name(entry)));
	return 0;
}

static enum rmk_code
list_rev(struct list *list, const struct rmk_repo *repo, struct rmk_str rev,
    struct rmk_err *err)
{
	git_tree *tree;
	git_oid id;
	enum rmk_code code = rmk_repo_rev(list->a, repo, rev, GIT_OBJECT_TREE, &id, err);

	if (code)
		return code;
	if (git_tree_lookup(&tree, repo->git, &id) < 0 ||
	    git_tree_walk(tree, GIT_TREEWALK_PRE, on_tree_entry, list) < 0)
		code = rmk_git_fail(err, "%.*s: cannot read its tree", RMK_FMT(rev));
	git_tree_free(tree);
	return code;
}

static enum rmk_code
list_index(struct list *list, const struct rmk_repo *repo, struct rmk_err *err)
{
	struct rmk_index index;
	struct rmk_index_cursor c = {.index = &index};
	struct rmk_index_entry e;
	struct listed in;
	struct rmk_str rest;
	enum rmk_code code = rmk_index_read(list->a, repo->index, &index, err);

	if (!code && index.split) {
		code = ls_index(list->a, repo, &rest, err);
		while (!code && ls_next(&rest, &in)) {
			if (read_is_file(in.mode) && !in.stage)
				read_add(list, in.path);
		}
		return code;
	}
	while (!code && rmk_index_next(&c, &e)) {
		if (read_is_file(e.mode) && !e.stage && !e.intent)
			read_add(list, e.path);
	}
	return code;
}

// Tracked and untracked, not ignored; without those deleted in the worktree.
static enum rmk_code
list_worktree(struct list *list, const struct rmk_repo *repo, struct rmk_err *err)
{
	static const char *const argv[] = {"git", "ls-files", "-z", "-c", "-o",
	    "--exclude-standard", "--deduplicate", NULL};
	struct rmk_run run = {.argv = argv};
	enum rmk_code code = rmk_git_run(list->a, repo, &run, err);
	struct rmk_str path;
	size_t kept = 0;
	struct stat st;

	while (!code && run.out.n && rmk_str_split(&run.out, '\0', &path)) {
		if (path.n)
			read_add(list, path);
	}
	for (size_t i = 0; i < list->n; i++) {
		struct rmk_str full = rmk_str_printf(
		    list->a, "%.*s%.*s", RMK_FMT(repo->top), RMK_FMT(list->v[i]));
		if (lstat(full.s, &st) == 0 && S_ISREG(st.st_mode))
			list->v[kept++] = list->v[i];
	}
	list->n = kept;
	return code;
}

static int
by_bytes(const void *a, const void *b)
{
	return rmk_str_cmp(*(const struct rmk_str *)a, *(const struct rmk_str *)b);
}

enum rmk_code
rmk_repo_list(struct rmk_arena *a, struct rmk_repo *repo, enum rmk_repo_side side,
    struct rmk_str rev, bool (*want)(void *ctx, struct rmk_str path), void *ctx,
    struct rmk_str **out, size_t *n, struct rmk_err *err)
{
	struct list list = {.a = a, .want = want, .ctx = ctx};
	enum rmk_code code;

	if (side == RMK_SIDE_COMMIT || (side == RMK_SIDE_WORKTREE && !repo->top.n))
		code = list_rev(&list, repo, rev.n ? rev : RMK_STR("HEAD"), err);
	else if (side == RMK_SIDE_INDEX)
		code = list_index(&list, repo, err);
	else
		code = list_worktree(&list, repo, err);
	if (code)
		return code;
	if (list.n)
		qsort(list.v, list.n, sizeof *list.v, by_bytes);
	*out = list.v;
	*n = list.n;
	return RMK_OK;
}

// --- what is staged -------------------------------------------------------------

enum rmk_code
rmk_repo_staged(struct rmk_arena *a, struct rmk_repo *repo, struct rmk_str **out,
    size_t *n, struct rmk_err *err)
{
	static const char *const argv[] = {"git", "diff-index", "--cached", "-z",
	    "--name-only", "--no-renames", "--diff-filter=AMT", "HEAD", "--", NULL};
	struct rmk_run run = {.argv = argv};
	struct list list = {.a = a};
	struct rmk_str path;
	enum rmk_code code;

	if (git_repository_head_unborn(repo->git) == 1) // then all that is staged is new
		return rmk_repo_list(
		    a, repo, RMK_SIDE_INDEX, RMK_STR(""), NULL, NULL, out, n, err);
	code = rmk_git_run(a, repo, &run, err);
	if (code)
		return code;
	while (run.out.n && rmk_str_split(&run.out, '\0', &path)) {
		if (path.n)
			read_add(&list, path);
	}
	*out = list.v;
	*n = list.n;
	return RMK_OK;
}
