// The new index: written beside the old one before anything is put in place, so that a
// full disk is met while nothing has happened yet; completed and renamed after the file.
//
// Stat data says that the file need not be looked at. It is set only when the file's new
// bytes are what the entry stands for; else zeroed, and git looks for itself.
#include "git/journal.h"

#include "base/system.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

// One name is enough: the lock lets one of us in at a time, and what a killed one left
// is written over.
static struct rmk_str
temp_path(struct rmk_job *job)
{
	return rmk_str_printf(job->a, "%.*s.rowmark", RMK_FMT(job->repo->index));
}

static int
open_temp(struct rmk_job *job)
{
	struct stat st;

	if (rmk_journal_park(&job->lock, temp_path(job), NULL))
		return -1;
	int fd = open(temp_path(job).s,
	    O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0666);

	if (fd >= 0 && job->shared && stat(rmk_str_c(job->a, job->repo->index), &st) == 0)
		fchmod(fd, st.st_mode & 07777); // as git made it
	return fd;
}

static bool
write_at(int fd, struct rmk_str text, size_t at)
{
	while (text.n) {
		ssize_t n = pwrite(fd, text.s, text.n, (off_t)at);
		if (n < 0 && errno != EINTR)
			return false;
		size_t did = n > 0 ? (size_t)n : 0;
		text = rmk_str_from(text, did);
		at += did;
	}
	return true;
}

// --- which entries, which trees -------------------------------------------------

static enum rmk_code
changes_of(
    struct rmk_job *job, struct rmk_index_change *v, size_t *n, struct rmk_err *err)
{
	struct rmk_oid id;
	uint32_t mode;

	for (size_t i = 0; i < job->n; i++) {
		struct rmk_job_file *f = &job->files[i];
		if (f->index.changed || (f->index.mode && f->work.changed)) {
			v[*n].path = f->path;
			memcpy(v[(*n)++].oid, f->index.new_id.b, RMK_OID_MAX);
		} else if (!f->index.mode && f->entry.n && f->head.changed) {
			enum rmk_code code = rmk_tree_find(
			    job->repo, &job->new_tree, f->entry, &id, &mode, err);
			if (code)
				return code;
			v[*n].path = rmk_str_printf(job->a, "%.*s/", RMK_FMT(f->entry));
			memcpy(v[(*n)++].oid, id.b, RMK_OID_MAX);
		}
	}
	return RMK_OK;
}

static enum rmk_code
add_tree(struct rmk_job *job, struct rmk_str folder, struct rmk_index_tree *out,
    struct rmk_err *err)
{
	struct rmk_oid old = job->tree, now = job->new_tree;
	uint32_t mode;
	enum rmk_code code = RMK_OK;

	if (folder.n)
		code = rmk_tree_find(job->repo, &job->tree, folder, &old, &mode, err);
	if (folder.n && !code)
		code = rmk_tree_find(job->repo, &job->new_tree, folder, &now, &mode, err);
	out->folder = folder;
	memcpy(out->old, old.b, RMK_OID);
	memcpy(out->now, now.b, RMK_OID);
	return code;
}

// The folders above our files, with their trees before and after. Only where the index
// gets what the commit got is a tree of the commit one of the index too.
static enum rmk_code
trees_of(struct rmk_job *job, struct rmk_index_tree **out, size_t *n, struct rmk_err *err)
{
	size_t cap = 0;
	enum rmk_code code = RMK_OK;

	*out = NULL;
	*n = 0;
	if (!job->commits || job->hook_changed)
		return RMK_OK;
	for (size_t i = 0; i < job->n && !code; i++) {
		struct rmk_str path = job->files[i].path;
		for (size_t at = 0; at < path.n && !code; at++) {
			if (at == 0 || path.s[at] == '/')
				code = add_tree(job, rmk_str_part(path, 0, at),
				    RMK_PUSH(job->a, *out, *n, cap), err);
		}
	}
	return code;
}

// --- an index that git makes ----------------------------------------------------------------

// What a git that was killed left: nobody else takes the lock of our copy.
static void
drop_git_lock(struct rmk_job *job)
{
	unlink(rmk_str_printf(job->a, "%.*s.lock", RMK_FMT(temp_path(job))).s);
}

static enum rmk_code
copy_index(struct rmk_job *job, struct rmk_err *err)
{
	drop_git_lock(job);
	int fd = open_temp(job);
	bool ok = fd >= 0 && write_at(fd, job->index.bytes, 0) &&
	          rmk_index_keep_time(job->a, temp_path(job), job->repo->index);

	if (!ok)
		rmk_fail_errno(err, "%s: cannot write", temp_path(job).s);
	if (fd >= 0)
		close(fd);
	return ok ? RMK_OK : RMK_IO;
}

static enum rmk_code
set_flag(struct rmk_job *job, const char *const *env, const char *flag, const char *path,
    struct rmk_err *err)
{
	const char *const argv[] = {NO_HOOKS, "update-index", flag, path, NULL};
	struct rmk_run run = {.argv = argv, .env = env};

	return rmk_git_run(job->a, job->repo, &run, err);
}

// A new entry has none of the flags of the old one.
static enum rmk_code
keep_flags(struct rmk_job *job, const char *const *env, struct rmk_err *err)
{
	enum rmk_code code = RMK_OK;

	for (size_t i = 0; !code && i < job->n; i++) {
		const struct rmk_job_file *f = &job->files[i];
		if (f->skip)
			code = set_flag(job, env, "--skip-worktree", f->path.s, err);
		if (!code && f->assume)
			code = set_flag(job, env, "--assume-unchanged", f->path.s, err);
	}
	return code;
}

// git edits a copy of it.
static enum rmk_code
prepare_by_git(struct rmk_job *job, const struct rmk_index_change *changes, size_t n,
    struct rmk_err *err)
{
	const char *const env[] = {
	    rmk_str_printf(job->a, "GIT_INDEX_FILE=%s", temp_path(job).s).s, NULL};
	enum rmk_code code = copy_index(job, err);

	for (size_t i = 0; !code && i < n; i++) {
		struct rmk_oid id = rmk_oid_of(changes[i].oid, job->repo->id_size);
		struct rmk_str hex = rmk_oid_hex(job->a, &id, RMK_NONE);
		uint32_t mode = 0100644;
		for (size_t k = 0; k < job->n; k++) {
			if (rmk_str_eq(job->files[k].path, changes[i].path))
				mode = job->files[k].index.mode;
		}
		struct rmk_str entry = rmk_str_printf(
		    job->a, "%o,%.*s,%.*s", mode, RMK_FMT(hex), RMK_FMT(changes[i].path));
		const char *const argv[] = {
		    NO_HOOKS, "update-index", "--cacheinfo", entry.s, NULL};
		struct rmk_run run = {.argv = argv, .env = env};
		code = rmk_git_run(job->a, job->repo, &run, err);
	}
	return code ? code : keep_flags(job, env, err);
}

// The file has been put in place: its entry may say so. Exit status 1: others differ.
static void
refresh_by_git(struct rmk_job *job)
{
	static const char *const argv[] = {
	    NO_HOOKS, "update-index", "-q", "--refresh", NULL};
	const char *const env[] = {
	    rmk_str_printf(job->a, "GIT_INDEX_FILE=%s", temp_path(job).s).s, NULL};
	struct rmk_run run = {.argv = argv, .env = env, .quiet = true};

	if (job->repo->top.n && rmk_git_run(job->a, job->repo, &run, NULL))
		drop_git_lock(job);
}

// --- both steps -----------------------------------------------------------------

enum rmk_code
rmk_stage_prepare(struct rmk_job *job, struct rmk_err *err)
{
	struct rmk_index_change *changes = RMK_NEW_N(
	    job->a, struct rmk_index_change, job->n);
	struct rmk_index_tree *trees;
	size_t n = 0, ntrees;
	struct rmk_str bytes;
	enum rmk_code code = changes_of(job, changes, &n, err);

	if (code || (!n && !job->carried) || !job->repo->top.n)
		return code;
	job->stages = true;
	if (job->index.by_git)
		return prepare_by_git(job, changes, n, err);
	code = trees_of(job, &trees, &ntrees, err);
	if (!code)
		code = rmk_index_patch(
		    job->a, &job->index, changes, n, trees, ntrees, &bytes, err);
	if (code)
		return code;
	job->new_index = bytes;
	job->index_fd = open_temp(job);
	if (job->index_fd < 0 || !write_at(job->index_fd, bytes, 0))
		return rmk_fail_errno(err, "%s: cannot write", temp_path(job).s);
	return RMK_OK;
}

static void
set_stat(struct rmk_job *job, struct rmk_job_file *f, char *bytes)
{
	struct rmk_str full = rmk_str_printf(
	    job->a, "%.*s%.*s", RMK_FMT(job->repo->top), RMK_FMT(f->path));
	struct stat st;

	if (f->index.mode && f->work.text.s && lstat(full.s, &st) == 0 &&
	    f->id.ino == st.st_ino && f->id.size == st.st_size &&
	    f->id.mtime.tv_sec == st.st_mtim.tv_sec &&
	    f->id.mtime.tv_nsec == st.st_mtim.tv_nsec &&
	    rmk_attr_same(job, f, &f->index.new_id))
		rmk_index_set_stat(bytes, f->entry_at, &st);
}

// The old index stays in the temporary file until all is done.
static enum rmk_code
put_index(struct rmk_job *job, struct rmk_err *err)
{
	char *temp = rmk_str_c(job->a, temp_path(job));
	char *index = rmk_str_c(job->a, job->repo->index);
	struct rmk_file_id now = {0};
	enum rmk_code code;
	struct stat st;
	int swapped;

	if (stat(temp, &st))
		return rmk_fail_errno(err, "%s: cannot stat", temp);
	now = (struct rmk_file_id){
	    .ino = st.st_ino, .size = st.st_size, .mtime = st.st_mtim};
	code = rmk_journal_swap(
	    &job->lock, rmk_str_of(index), rmk_str_of(temp), &now, err);
	if (code)
		return code;
	swapped = rmk_system_exchange_alone(AT_FDCWD, temp, AT_FDCWD, index);
	job->parked = swapped == 0;
	if (swapped && rename(temp, index))
		return rmk_fail_errno(
		    err, "%.*s: cannot put it in place", RMK_FMT(job->repo->index));
	job->stages = job->parked;
	job->staged = true;
	return RMK_OK;
}

enum rmk_code
rmk_stage_finish(struct rmk_job *job, struct rmk_err *err)
{
	char *bytes = (char *)(uintptr_t)job->new_index.s;
	size_t n = job->new_index.n;

	if (!job->stages)
		return RMK_OK;
	if (job->index.by_git)
		refresh_by_git(job);
	for (size_t i = 0; bytes && i < job->n; i++) {
		struct rmk_job_file *f = &job->files[i];
		set_stat(job, f, bytes);
		if (f->index.mode &&
		    !write_at(job->index_fd, (struct rmk_str){bytes + f->entry_at, 40},
			f->entry_at))
			return rmk_fail_errno(err, "%s: cannot write", temp_path(job).s);
	}
	if (bytes) {
		rmk_index_seal(bytes, n);
		if (!write_at(job->index_fd,
			(struct rmk_str){bytes + n - RMK_OID, RMK_OID}, n - RMK_OID))
			return rmk_fail_errno(err, "%s: cannot write", temp_path(job).s);
	}
	if (bytes && !rmk_index_keep_time(job->a, temp_path(job), job->repo->index))
		return rmk_fail_errno(err, "%s: cannot set its time", temp_path(job).s);
	return put_index(job, err);
}

// The old bytes back; the lock is still ours.
void
rmk_stage_undo(struct rmk_job *job, struct rmk_err *err)
{
	if (!job->staged)
		return;
	job->staged = false;
	if ((!job->parked && copy_index(job, NULL)) ||
	    rename(temp_path(job).s, rmk_str_c(job->a, job->repo->index)))
		rmk_hint(
		    err, "the change stays staged: the old index could not be put back");
}

void
rmk_stage_drop(struct rmk_job *job)
{
	if (job->index_fd >= 0)
		close(job->index_fd);
	job->index_fd = -1;
	if (job->stages || job->copied)
		unlink(temp_path(job).s);
	if ((job->stages && job->index.by_git) || job->copied)
		drop_git_lock(job);
	job->stages = false;
}
