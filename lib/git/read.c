// Reading versions: a path's bytes in a commit or the index, and which paths there are.
//
// The index is read by our own reader (index.h). What only git knows at all times -
// which files are ignored, and what a split index holds - git is asked for.
#include "git/engine.h"
#include "git/index_by_git.h"
#include "git/untracked.h"
#include "git/without_git.h"

#include "io/file.h"
#include "table/doc.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum rmk_code
rmk_repo_blob(struct rmk_arena *a, struct rmk_repo *repo, const struct rmk_oid *id,
    struct rmk_str path, struct rmk_str *out, struct rmk_err *err)
{
	return rmk_repo_blob_like(a, repo, id, path, (struct rmk_str){0}, out, err);
}

enum rmk_code
rmk_repo_blob_like(struct rmk_arena *a, struct rmk_repo *repo, const struct rmk_oid *id,
    struct rmk_str path, struct rmk_str like, struct rmk_str *out, struct rmk_err *err)
{
	struct rmk_object object;
	struct rmk_err why = {0};
	enum rmk_code code = rmk_object_open(repo, id, RMK_KIND_BLOB, &object, &why);

	if (code)
		return rmk_fail(err, RMK_GIT, "%.*s: cannot read its blob: %s",
		    RMK_FMT(path), code == RMK_NOT_FOUND ? "it is missing" : why.msg);
	if (object.text.n > RMK_MAX_FILE)
		code = rmk_fail(err, RMK_TOO_BIG, "%.*s: larger than %zu bytes",
		    RMK_FMT(path), RMK_MAX_FILE);
	else
		*out = like.s && rmk_str_eq(like, object.text)
		           ? like
		           : rmk_str_copy(a, object.text);
	rmk_object_close(&object);
	return code;
}

static bool
read_is_file(uint32_t mode)
{
	return (mode & 0170000) == 0100000;
}

// --- one path -------------------------------------------------------------------

enum rmk_code
rmk_repo_rev(struct rmk_repo *repo, struct rmk_str rev, enum rmk_kind kind,
    struct rmk_oid *out, struct rmk_err *err)
{
	enum rmk_code code = repo->engine->find(repo, rev, kind, out, err);
	struct rmk_str head = RMK_STR("HEAD");
	struct rmk_oid id;

	if (code == RMK_AMBIGUOUS)
		return rmk_fail(err, RMK_AMBIGUOUS,
		    "%.*s: more than one object starts so", RMK_FMT(rev));
	if (code != RMK_NOT_FOUND)
		return code;
	if (rmk_str_eq(rev, head) && repo->engine->ref(repo, head, &id, err) == code)
		return rmk_fail(err, RMK_NOT_FOUND, "HEAD: there is no commit yet");
	return rmk_fail(err, RMK_NOT_FOUND, "%.*s: no such commit", RMK_FMT(rev));
}

static enum rmk_code
read_rev(struct rmk_arena *a, struct rmk_repo *repo, struct rmk_str rev,
    struct rmk_str path, struct rmk_str *out, struct rmk_err *err)
{
	enum rmk_code code;
	struct rmk_oid tree, id;
	uint32_t mode;

	code = rmk_repo_rev(repo, rev, RMK_KIND_TREE, &tree, err);
	if (!code)
		code = rmk_tree_find(repo, &tree, path, &id, &mode, err);
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

// --- the index ------------------------------------------------------------------

enum rmk_code
rmk_repo_index(struct rmk_arena *a, struct rmk_repo *repo, struct rmk_index *out,
    struct rmk_err *err)
{
	struct rmk_err why = {0};
	enum rmk_code code;

	if (repo->engine != &rmk_engine_git)
		return rmk_index_read(a, repo->index, out, err);
	*out = (struct rmk_index){.shown = repo->index, .by_git = true};
	code = rmk_file_read(a, repo->index, &out->bytes, NULL, &why);
	if (code == RMK_OK)
		return rmk_index_check(repo->index, out->bytes, repo->id_size, err);
	if (code != RMK_NOT_FOUND && err)
		*err = why;
	return code == RMK_NOT_FOUND ? RMK_OK : code;
}

enum rmk_code
rmk_ls_files(struct rmk_arena *a, const struct rmk_repo *repo, const char *path,
    struct rmk_str *out, struct rmk_err *err)
{
	const char *const argv[] = {"git", "--literal-pathspecs", "ls-files", "-z", "-s",
	    "-v", "--full-name", "--", path, NULL};
	struct rmk_run run = {.argv = argv};
	enum rmk_code code = rmk_git_run(a, repo, &run, err);

	*out = run.out;
	return code;
}

// TAG SPACE MODE SPACE ID SPACE STAGE TAB PATH NUL
bool
rmk_ls_next(struct rmk_str *rest, struct rmk_ls_entry *out)
{
	struct rmk_str line, word[4];
	size_t tab;

	if (!rest->n || !rmk_str_split(rest, '\0', &line))
		return false;
	tab = rmk_str_chr(line, '\t');
	struct rmk_str front = rmk_str_part(line, 0, tab);
	for (size_t i = 0; i < 4; i++) {
		if (!rmk_str_split(&front, ' ', &word[i]))
			return false;
	}
	out->skip = rmk_str_eq_nocase(word[0], RMK_STR("S"));
	out->assume = islower((unsigned char)word[0].s[0]);
	out->mode = (uint32_t)strtoul(word[1].s, NULL, 8);
	out->stage = (unsigned)strtoul(word[3].s, NULL, 10);
	out->path = rmk_str_from(line, tab + 1);
	return tab != RMK_NONE && rmk_oid_parse(word[2], &out->id);
}

bool
rmk_ls_intent(struct rmk_arena *a, const struct rmk_repo *repo, const char *path)
{
	const char *const argv[] = {
	    "git", "--literal-pathspecs", "ls-files", "--debug", "--", path, NULL};
	struct rmk_run run = {.argv = argv, .quiet = true};
	struct rmk_str flags = RMK_STR("flags: ");

	if (rmk_git_run(a, repo, &run, NULL))
		return false;
	size_t at = rmk_str_find(run.out, flags);
	return at != RMK_NONE && strtoul(run.out.s + at + flags.n, NULL, 16) & 1u << 29;
}

static enum rmk_code
find_by_git(struct rmk_arena *a, const struct rmk_repo *repo, struct rmk_str path,
    struct rmk_ls_entry *out, bool *found, struct rmk_err *err)
{
	struct rmk_str rest;
	enum rmk_code code = rmk_ls_files(a, repo, rmk_str_c(a, path), &rest, err);

	*found = false;
	while (!code && !*found && rmk_ls_next(&rest, out))
		*found = rmk_str_eq(out->path, path);
	return code;
}

static enum rmk_code
read_index(struct rmk_arena *a, struct rmk_repo *repo, struct rmk_str path,
    struct rmk_str *out, struct rmk_err *err)
{
	struct rmk_index index;
	struct rmk_index_entry e;
	struct rmk_ls_entry in = {0};
	bool found = false;
	enum rmk_code code = rmk_repo_index(a, repo, &index, err);

	if (!code && index.by_git) {
		code = find_by_git(a, repo, path, &in, &found, err);
	} else if (!code && rmk_index_find(&index, path, &e) && !e.intent) {
		found = true;
		in = (struct rmk_ls_entry){.mode = e.mode, .stage = e.stage};
		in.id = rmk_oid_of(e.oid, RMK_OID);
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
	struct rmk_oid tree;

	(void)a;
	return rmk_repo_rev(repo, rev, RMK_KIND_TREE, &tree, err);
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

static void
on_tree_entry(void *ctx, struct rmk_str path, uint32_t mode)
{
	if (read_is_file(mode))
		read_add(ctx, path);
}

static enum rmk_code
list_rev(
    struct list *list, struct rmk_repo *repo, struct rmk_str rev, struct rmk_err *err)
{
	struct rmk_oid id;
	enum rmk_code code = rmk_repo_rev(repo, rev, RMK_KIND_TREE, &id, err);

	return code ? code : rmk_tree_list(list->a, repo, &id, on_tree_entry, list, err);
}

// An unmerged path has an entry for each side, one after the other.
static bool
added_last(const struct list *list, struct rmk_str path)
{
	return list->n && rmk_str_eq(list->v[list->n - 1], path);
}

// What can be read from the index is merged, and has been added; of the worktree's files
// (tracked) all that have an entry count.
static enum rmk_code
list_index(struct list *list, struct rmk_repo *repo, bool tracked, struct rmk_err *err)
{
	struct rmk_index index;
	struct rmk_index_cursor c = {.index = &index};
	struct rmk_index_entry e;
	struct rmk_ls_entry in;
	struct rmk_str rest;
	enum rmk_code code = rmk_repo_index(list->a, repo, &index, err);

	if (!code && index.by_git) {
		code = rmk_ls_files(list->a, repo, NULL, &rest, err);
		while (!code && rmk_ls_next(&rest, &in)) {
			if (read_is_file(in.mode) && (tracked || !in.stage) &&
			    !(in.stage && added_last(list, in.path)))
				read_add(list, in.path);
		}
		return code;
	}
	while (!code && rmk_index_next(&c, &e)) {
		if (read_is_file(e.mode) && (tracked || (!e.stage && !e.intent)) &&
		    !(e.stage && added_last(list, e.path)))
			read_add(list, e.path);
	}
	return code;
}

// Without those deleted in the worktree.
static enum rmk_code
drop_deleted(struct list *list, const struct rmk_repo *repo, struct rmk_err *err)
{
	enum rmk_code code = RMK_OK;
	size_t kept = 0;
	struct stat st;

	for (size_t i = 0; i < list->n && !code; i++) {
		struct rmk_arena_mark mark = rmk_arena_mark(list->a);
		struct rmk_str full = rmk_str_printf(
		    list->a, "%.*s%.*s", RMK_FMT(repo->top), RMK_FMT(list->v[i]));
		if (lstat(full.s, &st) == 0) {
			if (S_ISREG(st.st_mode))
				list->v[kept++] = list->v[i];
		} else if (errno != ENOENT && errno != ENOTDIR) {
			code = rmk_fail_errno(
			    err, "%.*s: cannot be looked at", RMK_FMT(list->v[i]));
		}
		rmk_arena_reset(list->a, mark);
	}
	list->n = kept;
	return code;
}

static enum rmk_code
list_tracked(struct list *list, struct rmk_repo *repo, struct rmk_err *err)
{
	enum rmk_code code = list_index(list, repo, true, err);

	return code ? code : drop_deleted(list, repo, err);
}

static void
on_path(void *ctx, struct rmk_str path)
{
	read_add(ctx, path);
}

// Tracked and untracked, not ignored.
static enum rmk_code
list_worktree(struct list *list, struct rmk_repo *repo, struct rmk_err *err)
{
	static const char *const argv[] = {
	    "git", "ls-files", "-z", "-c", "-o", "--exclude-standard", NULL};
	struct rmk_run run = {.argv = argv};
	struct rmk_err why = {0};
	enum rmk_code code = rmk_git_run(list->a, repo, &run, &why);
	struct rmk_str path;

	if (run.missing) {
		code = list_index(list, repo, true, err);
		if (!code)
			code = rmk_untracked(repo, on_path, list, err);
	} else if (code && err) {
		*err = why;
	}
	while (!code && run.out.n && rmk_str_split(&run.out, '\0', &path)) {
		if (path.n)
			read_add(list, path);
	}
	return code ? code : drop_deleted(list, repo, err);
}

static int
by_bytes(const void *a, const void *b)
{
	return rmk_str_cmp(*(const struct rmk_str *)a, *(const struct rmk_str *)b);
}

// In order, and each once: a file in conflict is listed for each of its sides. (Git's own
// --deduplicate came with 2.31.)
static void
sort_paths(struct list *list)
{
	size_t kept = 0;

	if (list->n)
		qsort(list->v, list->n, sizeof *list->v, by_bytes);
	for (size_t i = 0; i < list->n; i++) {
		if (!kept || !rmk_str_eq(list->v[kept - 1], list->v[i]))
			list->v[kept++] = list->v[i];
	}
	list->n = kept;
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
		code = list_index(&list, repo, false, err);
	else if (side == RMK_SIDE_TRACKED)
		code = list_tracked(&list, repo, err);
	else
		code = list_worktree(&list, repo, err);
	if (code)
		return code;
	sort_paths(&list);
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
	struct rmk_oid head;
	struct rmk_str path;
	enum rmk_code code;

	if (repo->engine->ref(repo, RMK_STR("HEAD"), &head, err) == RMK_NOT_FOUND)
		// Then all that is staged is new.
		return rmk_repo_list(
		    a, repo, RMK_SIDE_INDEX, RMK_STR(""), NULL, NULL, out, n, err);
	code = rmk_git_run(a, repo, &run, err);
	if (run.missing)
		code = rmk_libgit2_staged(repo, on_path, &list, err);
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
