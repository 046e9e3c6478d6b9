// The files of the worktree, as part of a commit.
#include "git/commit_internal.h"

#include <dirent.h>
#include <string.h>
#include <unistd.h>

// How often a file may change under us before we give up.
#define TRIES 20

static enum rmk_code
prepare(struct rmk_job *job, struct rmk_job_file *f, struct rmk_err *err)
{
	if (!f->work.changed || f->written)
		return RMK_OK;
	enum rmk_code code = rmk_file_prepare(
	    job->a, job->repo->top, f->path, &f->id, f->work.new_text, &f->new, err);

	f->prepared = code == RMK_OK;
	return code;
}

enum rmk_code
rmk_work_prepare(struct rmk_job *job, struct rmk_err *err)
{
	enum rmk_code code = RMK_OK;

	for (size_t i = 0; !code && i < job->n; i++)
		code = prepare(job, &job->files[i], err);
	return code;
}

// Somebody saved the file meanwhile: what they saved gets our change too.
static enum rmk_code
finish(struct rmk_job *job, struct rmk_job_file *f, struct rmk_err *err)
{
	enum rmk_code code = RMK_OK;

	for (int tries = 0; tries < TRIES && f->work.changed && !f->written; tries++) {
		if (!f->prepared)
			code = prepare(job, f, err);
		if (!code) {
			code = rmk_file_commit(&f->new, err);
			f->prepared = false;
		}
		if (code == RMK_OK) {
			f->written = true;
			f->id = f->new.now;
			if (f->new.left)
				job->result->note = rmk_str_printf(job->a,
				    "%s: the old version beside it, %.*s, could not be "
				    "removed",
				    f->path.s, RMK_FMT(f->new.temp));
			f->before = f->work.text;
			f->wrote = f->work.new_text;
			return RMK_OK;
		}
		if (code != RMK_STALE)
			return code;
		code = rmk_plan_work(job, f, err);
		if (code)
			return code;
	}
	return code;
}

enum rmk_code
rmk_work_finish(struct rmk_job *job, struct rmk_err *err)
{
	enum rmk_code code = RMK_OK;

	for (size_t i = 0; !code && i < job->n; i++)
		code = finish(job, &job->files[i], err);
	return code;
}

void
rmk_work_drop(struct rmk_job *job)
{
	for (size_t i = 0; i < job->n; i++) {
		if (job->files[i].prepared)
			rmk_file_abandon(&job->files[i].new);
		job->files[i].prepared = false;
	}
}

// Hooks may have changed the file too; it must still hold the change.
enum rmk_code
rmk_work_reread(struct rmk_job *job, struct rmk_err *err)
{
	enum rmk_code code = RMK_OK;

	for (size_t i = 0; !code && i < job->n; i++) {
		struct rmk_job_file *f = &job->files[i];
		if (!f->work.mode)
			continue;
		f->written = false;
		code = rmk_plan_work(job, f, err);
	}
	return code;
}

// The old bytes back, unless somebody else has changed the file since: then theirs stay.
static bool
undo(struct rmk_job *job, struct rmk_job_file *f)
{
	struct rmk_str now, full = rmk_str_printf(job->a, "%.*s%.*s",
				RMK_FMT(job->repo->top), RMK_FMT(f->path));
	struct rmk_file_id id;

	if (!f->before.s)
		return true;
	struct rmk_str before = f->before;
	f->before.s = NULL;
	return rmk_file_read(job->a, full, &now, &id, NULL) == RMK_OK &&
	       rmk_str_eq(now, f->wrote) &&
	       rmk_file_prepare(job->a, job->repo->top, f->path, &id, before, &f->new,
		   NULL) == RMK_OK &&
	       rmk_file_commit(&f->new, NULL) == RMK_OK;
}

void
rmk_work_undo(struct rmk_job *job, struct rmk_err *err)
{
	for (size_t i = 0; i < job->n; i++) {
		if (!undo(job, &job->files[i]))
			rmk_hint(err, "%s keeps the new value: it was changed meanwhile",
			    job->files[i].path.s);
	}
}

// --- what a killed process left --------------------------------------------------

// ".README.md.1a2b3c4d", as rmk_file_prepare names its temporary files.
static bool
is_temp_of(const char *entry, struct rmk_str name)
{
	struct rmk_str text = rmk_str_of(entry), base = rmk_str_part(name, 0, 200);

	return text.n == base.n + 10 && text.s[0] == '.' && text.s[base.n + 1] == '.' &&
	       rmk_str_eq(rmk_str_part(text, 1, base.n), base) &&
	       strspn(entry + base.n + 2, "0123456789abcdef") == 8;
}

// Only what can be made from elsewhere goes: a temporary file with other bytes may be
// what an editor saved in the last instant. Ours is the new version, or the old one, from
// which the new one follows.
static bool
is_ours(struct rmk_job *job, struct rmk_job_file *f, struct rmk_str text)
{
	struct rmk_version v = {.text = text};
	struct rmk_err err; // a caller's make() may take it for granted

	return !text.n || (rmk_plan_make(job, f, RMK_VERSION_TEMP, &v, &err) == RMK_OK &&
			      rmk_str_eq(v.new_text, f->work.new_text));
}

static void
sweep(struct rmk_job *job, struct rmk_job_file *f)
{
	size_t cut = rmk_str_rchr(f->path, '/');
	struct rmk_str name = cut == RMK_NONE ? f->path : rmk_str_from(f->path, cut + 1),
		       folder = rmk_str_printf(job->a, "%.*s%.*s",
			   RMK_FMT(job->repo->top),
			   RMK_FMT(
			       rmk_str_part(f->path, 0, cut == RMK_NONE ? 0 : cut + 1))),
		       text;
	DIR *dir = opendir(folder.s);
	struct dirent *entry;

	while (dir && (entry = readdir(dir))) {
		struct rmk_str path = rmk_str_printf(
		    job->a, "%.*s%s", RMK_FMT(folder), entry->d_name);
		if (is_temp_of(entry->d_name, name) &&
		    rmk_file_read(job->a, path, &text, NULL, NULL) == RMK_OK &&
		    is_ours(job, f, text))
			unlink(path.s);
	}
	if (dir)
		closedir(dir);
}

void
rmk_work_sweep(struct rmk_job *job)
{
	for (size_t i = 0; i < job->n; i++)
		sweep(job, &job->files[i]);
}
