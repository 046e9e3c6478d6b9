// The three versions of each file, read and made anew in memory.
//
// Nothing is written here. What cannot be done is refused here, with the reason and what
// to do instead, before anything was touched.
#include "git/commit_internal.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static bool
commit_versions_is_file(uint32_t mode)
{
	return (mode & 0170000) == 0100000;
}

enum rmk_code
rmk_plan_make(struct rmk_job *job, struct rmk_job_file *f, const char *version,
    struct rmk_file_version *v, struct rmk_err *err)
{
	enum rmk_code code = f->rewrite->make(
	    f->rewrite->ctx, job->a, version, f->path, v->text, &v->new_text, err);

	if (code)
		return code;
	v->changed = !rmk_str_eq(v->text, v->new_text);
	if (!v->changed)
		v->new_id = v->id;
	return RMK_OK;
}

// A version whose text is that of another needs no parsing of its own.
static bool
same_as(struct rmk_file_version *v, const struct rmk_file_version *other)
{
	if (!other->mode || !rmk_str_eq(v->text, other->text))
		return false;
	v->new_text = other->new_text;
	v->changed = other->changed;
	return true;
}

// What the caller decided must rest on what is there now.
static enum rmk_code
check_seen(struct rmk_job *job, const struct rmk_job_file *f, struct rmk_str seen,
    struct rmk_str now, struct rmk_err *err)
{
	if (!seen.s || rmk_str_eq(now, seen))
		return RMK_OK;
	job->unseen = true;
	rmk_fail(err, RMK_STALE, "%s: changed while it was being edited", f->path.s);
	return rmk_hint(err, "run the command again");
}

// --- HEAD -----------------------------------------------------------------------

// The folder above a file that is a repository of its own: a submodule, or one that git
// knows nothing of; empty when there is none.
static struct rmk_str
inner_repo(struct rmk_job *job, const struct rmk_job_file *f)
{
	for (size_t i = f->path.n; i-- > 1;) {
		struct rmk_str folder = rmk_str_part(f->path, 0, i);
		struct stat st;

		if (f->path.s[i] == '/' &&
		    lstat(rmk_str_printf(job->a, "%.*s%.*s/.git", RMK_FMT(job->repo->top),
			      RMK_FMT(folder))
			      .s,
			&st) == 0)
			return folder;
	}
	return (struct rmk_str){"", 0};
}

// A commit of the whole file would take with it what nobody asked for; that holds for
// the first commit of a branch too.
static enum rmk_code
not_committed(struct rmk_job *job, struct rmk_job_file *f, struct rmk_err *err)
{
	struct rmk_str inner = inner_repo(job, f);

	if (f->index.mode) {
		rmk_fail(err, RMK_NOT_FOUND,
		    "%s: is staged, but %s: there is nothing to commit the change to",
		    f->path.s,
		    job->unborn ? "there is no commit yet" : "HEAD does not have it");
		rmk_hint(err, "commit the file first, or use --stage");
		return RMK_NOT_FOUND;
	}
	if (inner.n) {
		rmk_fail(err, RMK_NOT_FOUND, "%s: %.*s is a repository of its own",
		    f->path.s, RMK_FMT(inner));
		rmk_hint(err, "run rowmark there: -C %.*s", RMK_FMT(inner));
		return RMK_NOT_FOUND;
	}
	rmk_fail(err, RMK_NOT_FOUND, "%s: git does not track this file", f->path.s);
	rmk_hint(err, "git add and commit it first, or use --no-commit");
	return RMK_NOT_FOUND;
}

static enum rmk_code
plan_head(struct rmk_job *job, struct rmk_job_file *f, struct rmk_err *err)
{
	struct rmk_file_version *v = &f->head;
	enum rmk_code code = RMK_OK;

	if (!job->unborn)
		code = rmk_tree_find(
		    job->repo, &job->tree, f->path, &v->id, &v->mode, err);
	if (code)
		return code;
	if (!v->mode)
		return not_committed(job, f, err);
	if (!commit_versions_is_file(v->mode))
		return rmk_fail(
		    err, RMK_INVALID, "%s: not a regular file in HEAD", f->path.s);
	code = rmk_repo_blob_like(
	    job->a, job->repo, &v->id, f->path, f->rewrite->seen, &v->text, err);
	if (!code && !job->repo->top.n)
		code = check_seen(job, f, f->rewrite->seen, v->text, err);
	if (!code)
		code = check_seen(job, f, f->rewrite->seen_beside, v->text, err);
	return code ? code : rmk_plan_make(job, f, "HEAD", v, err);
}

// --- the index ------------------------------------------------------------------

// A sparse index has one entry for a folder of which nothing is checked out.
static bool
in_sparse_folder(struct rmk_job *job, struct rmk_job_file *f, struct rmk_index_entry *e)
{
	for (size_t i = 1; i < f->path.n; i++) {
		if (f->path.s[i - 1] != '/')
			continue;
		struct rmk_str folder = rmk_str_part(f->path, 0, i);
		if (rmk_index_find(&job->index, folder, e) &&
		    (e->mode & 0170000) == 0040000)
			return true;
	}
	return false;
}

// What is only announced has the blob of nothing.
static bool
commit_versions_is_empty(struct rmk_job *job, const struct rmk_oid *id)
{
	struct rmk_object object;
	bool empty;

	if (rmk_object_open(job->repo, id, RMK_KIND_BLOB, &object, NULL))
		return true; // it need not be there
	empty = object.text.n == 0;
	rmk_object_close(&object);
	return empty;
}

// The entry of a file in an index that only git reads.
static enum rmk_code
commit_versions_ask_git(struct rmk_job *job, struct rmk_job_file *f,
    struct rmk_index_entry *e, bool *found, struct rmk_err *err)
{
	struct rmk_ls_entry *in = RMK_NEW(job->a, struct rmk_ls_entry);
	struct rmk_str rest;
	enum rmk_code code = rmk_ls_files(job->a, job->repo, f->path.s, &rest, err);

	*found = !code && rmk_ls_next(&rest, in);
	*e = (struct rmk_index_entry){.path = f->path,
	    .oid = in->id.b,
	    .mode = in->mode,
	    .stage = in->stage,
	    .skip = in->skip};
	f->skip = in->skip;
	f->assume = in->assume;
	if (*found && commit_versions_is_empty(job, &in->id))
		e->intent = rmk_ls_intent(job->a, job->repo, f->path.s);
	return code;
}

static enum rmk_code
find_entry(struct rmk_job *job, struct rmk_job_file *f, struct rmk_index_entry *e,
    bool *found, struct rmk_err *err)
{
	if (job->index.by_git)
		return commit_versions_ask_git(job, f, e, found, err);
	*found = rmk_index_find(&job->index, f->path, e);
	return RMK_OK;
}

// The folder's tree changes in the index as it changes in the commit.
static enum rmk_code
plan_sparse(struct rmk_job *job, struct rmk_job_file *f, const struct rmk_index_entry *e,
    struct rmk_err *err)
{
	struct rmk_oid id;
	uint32_t mode;
	struct rmk_str folder = rmk_str_part(e->path, 0, e->path.n - 1);
	enum rmk_code code = rmk_tree_find(
	    job->repo, &job->tree, folder, &id, &mode, err);

	if (code)
		return code;
	if (job->opts->depth != RMK_WRITE_COMMIT || memcmp(id.b, e->oid, RMK_OID))
		return rmk_fail(err, RMK_REFUSED,
		    "%s: lies outside the sparse checkout, in a folder that is staged as "
		    "a "
		    "whole",
		    f->path.s);
	f->entry = folder;
	return RMK_OK;
}

static enum rmk_code
refuse_entry(struct rmk_job_file *f, const struct rmk_index_entry *e, struct rmk_err *err)
{
	if (e->stage) {
		rmk_fail(err, RMK_CONFLICT, "%s: unmerged", f->path.s);
		rmk_hint(err,
		    "resolve the conflict ('rowmark merge --resolve %s' does it cell by "
		    "cell) and git add the file first",
		    f->path.s);
		return RMK_CONFLICT;
	}
	if (e->intent) {
		rmk_fail(err, RMK_REFUSED,
		    "%s: announced with git add -N, with no content", f->path.s);
		rmk_hint(err, "git add it first, or use --no-commit");
		return RMK_REFUSED;
	}
	return commit_versions_is_file(e->mode)
	           ? RMK_OK
	           : rmk_fail(err, RMK_INVALID, "%s: not a regular file in the index",
			 f->path.s);
}

// What the index has; nothing is made yet, since HEAD comes first.
static enum rmk_code
commit_versions_read_entry(
    struct rmk_job *job, struct rmk_job_file *f, bool *skip, struct rmk_err *err)
{
	struct rmk_index_entry e;
	bool found;
	enum rmk_code code = find_entry(job, f, &e, &found, err);

	*skip = false;
	if (code)
		return code;
	if (!found && in_sparse_folder(job, f, &e)) {
		*skip = true;
		return plan_sparse(job, f, &e, err);
	}
	if (!found)
		return RMK_OK;
	code = refuse_entry(f, &e, err);
	if (code)
		return code;
	*skip = e.skip;
	f->entry = f->path;
	f->entry_at = e.at;
	f->index.mode = e.mode;
	f->index.id = rmk_oid_of(e.oid, job->repo->id_size);
	return RMK_OK;
}

static enum rmk_code
plan_index(struct rmk_job *job, struct rmk_job_file *f, struct rmk_err *err)
{
	struct rmk_file_version *v = &f->index;
	enum rmk_code code;

	if (!v->mode) {
		if (f->entry.n) // a sparse folder
			return RMK_OK;
		if (job->opts->depth == RMK_WRITE_COMMIT && f->head.mode) {
			rmk_fail(
			    err, RMK_REFUSED, "%s: is staged for deletion", f->path.s);
			rmk_hint(err, "git restore --staged it first");
			return RMK_REFUSED;
		}
		return not_committed(job, f, err);
	}
	if (f->head.mode && rmk_oid_eq(&v->id, &f->head.id)) {
		v->text = f->head.text;
		same_as(v, &f->head);
		v->new_id = v->changed ? v->new_id : v->id;
		return RMK_OK;
	}
	code = rmk_repo_blob_like(
	    job->a, job->repo, &v->id, f->path, f->rewrite->seen, &v->text, err);
	if (!code && job->opts->depth == RMK_WRITE_STAGE)
		code = check_seen(job, f, f->rewrite->seen_beside, v->text, err);
	return code ? code : rmk_plan_make(job, f, "the index", v, err);
}

// --- the worktree ---------------------------------------------------------------

// A folder on the way may not be a link: git would not take the path for this file.
static enum rmk_code
commit_versions_check_path(struct rmk_job *job, struct rmk_job_file *f,
    struct rmk_str full, struct stat *st, struct rmk_err *err)
{
	char *real = realpath(full.s, NULL);
	bool same = real && rmk_str_eq(rmk_str_of(real), full);

	(void)job;
	free(real);
	if (lstat(full.s, st))
		return errno == ENOENT || errno == ENOTDIR
		           ? rmk_fail(err, RMK_NOT_FOUND, "%s: is not in the worktree",
				 f->path.s)
		           : rmk_fail_errno(err, "%s: cannot stat", f->path.s);
	if (!same || !S_ISREG(st->st_mode))
		return rmk_fail(err, RMK_REFUSED,
		    "%s: is a symbolic link in the worktree, or lies behind one",
		    f->path.s);
	return RMK_OK;
}

// What the caller has seen already takes no second room.
static enum rmk_code
read_work(struct rmk_job *job, struct rmk_job_file *f, struct rmk_err *err)
{
	struct rmk_str seen = f->rewrite->seen;
	struct rmk_file_version *v = &f->work;
	struct rmk_arena_mark mark;
	struct rmk_str full = rmk_str_printf(
	    job->a, "%.*s%.*s", RMK_FMT(job->repo->top), RMK_FMT(f->path));
	struct stat st;
	enum rmk_code code = commit_versions_check_path(job, f, full, &st, err);

	mark = rmk_arena_mark(job->a);
	if (!code)
		code = rmk_file_read(job->a, full, &v->text, &f->id, err);
	if (code)
		return code;
	v->mode = (uint32_t)f->id.mode;
	if (seen.s && rmk_str_eq(v->text, seen)) {
		rmk_arena_reset(job->a, mark);
		v->text = seen;
	}
	return code;
}

static enum rmk_code
make_work(struct rmk_job *job, struct rmk_job_file *f, struct rmk_err *err)
{
	struct rmk_file_version *v = &f->work;

	// Read again after the hooks: bytes that we wrote hold the change already, and what
	// a hook made of them should.
	if (f->wrote.s && rmk_str_eq(v->text, f->wrote)) {
		v->new_text = v->text;
		v->new_id = v->id;
		v->changed = false;
		return RMK_OK;
	}
	if (same_as(v, &f->index) || same_as(v, &f->head))
		return RMK_OK;
	return rmk_plan_make(
	    job, f, f->wrote.s ? RMK_VERSION_HOOK : "the worktree", v, err);
}

enum rmk_code
rmk_plan_work(struct rmk_job *job, struct rmk_job_file *f, struct rmk_err *err)
{
	enum rmk_code code = read_work(job, f, err);

	return code ? code : make_work(job, f, err);
}

static enum rmk_code
plan_work(struct rmk_job *job, struct rmk_job_file *f, bool skip, struct rmk_err *err)
{
	if (f->unread.code == RMK_OK)
		return make_work(job, f, err);
	if (f->unread.code == RMK_NOT_FOUND && skip)
		return RMK_OK; // sparse: it is right that it is not there
	if (err)
		*err = f->unread;
	return f->unread.code;
}

// --- all ------------------------------------------------------------------------

static enum rmk_code
plan_file(struct rmk_job *job, struct rmk_job_file *f, struct rmk_err *err)
{
	enum rmk_depth depth = job->opts->depth;
	bool bare = !job->repo->top.n, skip = false;
	enum rmk_code code = RMK_OK;

	if (depth != RMK_WRITE_FILE && !bare) {
		code = rmk_attr_check(job, f, err);
		if (!code)
			code = commit_versions_read_entry(job, f, &skip, err);
	}
	if (!code && depth == RMK_WRITE_COMMIT)
		code = plan_head(job, f, err);
	if (!code && depth != RMK_WRITE_FILE && !bare)
		code = plan_index(job, f, err);
	if (!code && !bare)
		code = plan_work(job, f, skip, err);
	return code;
}

// Git keeps its own folder out of every tree; so do we.
static bool
enters_git(struct rmk_str path)
{
	struct rmk_str part;

	while (rmk_str_split(&path, '/', &part)) {
		if (rmk_str_eq_nocase(part, RMK_STR(".git")) ||
		    rmk_str_eq(part, RMK_STR("..")))
			return true;
	}
	return false;
}

// What is in the worktree, before anything is made of it. That it cannot be read is
// said when it is wanted.
static enum rmk_code
see_file(struct rmk_job *job, struct rmk_job_file *f, struct rmk_err *err)
{
	f->path.n = f->rewrite->path.n;
	f->path.s = rmk_str_c(job->a, f->rewrite->path);
	if (enters_git(f->path))
		return rmk_fail(
		    err, RMK_REFUSED, "%s: lies in git's own folder", f->path.s);
	if (!job->repo->top.n)
		return RMK_OK;
	f->unread = (struct rmk_err){0};
	f->unread.code = read_work(job, f, &f->unread);
	return f->unread.code ? RMK_OK
	                      : check_seen(job, f, f->rewrite->seen, f->work.text, err);
}

enum rmk_code
rmk_job_plan(struct rmk_job *job, struct rmk_err *err)
{
	enum rmk_code code = RMK_OK;

	if (job->repo->top.n && job->opts->depth != RMK_WRITE_FILE)
		code = rmk_move_index(job, err);
	for (size_t i = 0; !code && i < job->n; i++)
		code = see_file(job, &job->files[i], err);
	for (size_t i = 0; !code && i < job->n; i++) {
		struct rmk_job_file *f = &job->files[i];
		code = plan_file(job, f, err);
		job->commits = job->commits || f->head.changed;
	}
	job->commits = job->commits || job->opts->move;
	return code;
}
