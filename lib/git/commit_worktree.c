// The files of the worktree, as part of a commit.
#include "git/journal.h"

#include <dirent.h>
#include <string.h>
#include <unistd.h>

// How often a file may change under us before we give up.
#define TRIES 20

static struct rmk_str
full_path(struct rmk_job *job, const struct rmk_job_file *f)
{
	return rmk_str_printf(
	    job->a, "%.*s%.*s", RMK_FMT(job->repo->top), RMK_FMT(f->path));
}

// ".README.md.rowmark" beside a file, where git's folder is of another file system.
static struct rmk_str
park_beside(struct rmk_job *job, const struct rmk_job_file *f)
{
	struct rmk_str path = full_path(job, f);
	size_t cut = rmk_str_rchr(path, '/');

	return rmk_str_printf(job->a, "%.*s.%.*s.rowmark",
	    RMK_FMT(rmk_str_part(path, 0, cut + 1)),
	    RMK_FMT(rmk_str_part(rmk_str_from(path, cut + 1), 0, 200)));
}

static struct rmk_str
parked_path(
    struct rmk_job *job, const struct rmk_job_file *f, const struct rmk_file_new *new)
{
	if (new->tempfd == new->dirfd)
		return park_beside(job, f);
	return rmk_str_printf(
	    job->a, "%.*s%.*s", RMK_FMT(job->repo->gitdir), RMK_FMT(new->temp));
}

// Both places are noted before a file is made in one of them.
static enum rmk_code
note_park(struct rmk_job *job, struct rmk_job_file *f, const struct rmk_file_park *park,
    struct rmk_err *err)
{
	struct rmk_str path = rmk_str_printf(
	    job->a, "%.*s%.*s", RMK_FMT(park->folder), RMK_FMT(park->name));
	enum rmk_code code = rmk_journal_park(&job->lock, path, err);

	return code ? code : rmk_journal_park(&job->lock, park_beside(job, f), err);
}

static enum rmk_code
prepare(struct rmk_job *job, struct rmk_job_file *f, struct rmk_err *err)
{
	struct rmk_file_park park = {.folder = job->repo->gitdir, .locked = true};
	enum rmk_code code;

	if (!f->work.changed || f->written)
		return RMK_OK;
	if (job->lock.fd < 0) {
		code = rmk_file_prepare(job->a, job->repo->top, f->path, &f->id,
		    f->work.new_text, &f->new, err);
	} else {
		park.name = rmk_str_printf(job->a, "rowmark-file-%zu", job->nparked++);
		code = note_park(job, f, &park, err);
		if (!code)
			code = rmk_file_prepare_parked(job->a, job->repo->top, f->path,
			    &park, &f->id, f->work.new_text, &f->new, err);
	}
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

// What is not wanted any more: what could not be removed is said.
static void
give_up(struct rmk_job *job, struct rmk_job_file *f, struct rmk_file_new *new)
{
	struct rmk_str path = parked_path(job, f, new);

	rmk_file_abandon(new);
	if (new->left)
		job->result->note = rmk_str_printf(job->a,
		    "%s: the old version, %.*s, could not be removed", f->path.s,
		    RMK_FMT(path));
}

// The new version into its place. The old one stays parked until all is done; of several,
// the first.
static enum rmk_code
put(struct rmk_job *job, struct rmk_job_file *f, struct rmk_err *err)
{
	enum rmk_code code = rmk_journal_swap(&job->lock, full_path(job, f),
	    parked_path(job, f, &f->new), &f->new.now, err);

	if (code)
		return code;
	f->prepared = false;
	code = rmk_file_swap(&f->new, err);
	if (code)
		return code;
	f->written = true;
	f->id = f->new.now;
	f->before = f->work.text;
	f->wrote = f->work.new_text;
	if (f->swapped) {
		f->first.now = f->new.now;
		give_up(job, f, &f->new);
	} else {
		f->first = f->new;
		f->swapped = true;
	}
	return RMK_OK;
}

// Somebody saved the file meanwhile: what they saved gets our change too.
static enum rmk_code
finish(struct rmk_job *job, struct rmk_job_file *f, struct rmk_err *err)
{
	enum rmk_code code = RMK_OK;

	for (int tries = 0; tries < TRIES && f->work.changed && !f->written; tries++) {
		if (!f->prepared)
			code = prepare(job, f, err);
		if (!code)
			code = put(job, f, err);
		if (code == RMK_OK)
			return RMK_OK;
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

size_t
rmk_work_count(const struct rmk_job *job)
{
	size_t n = 0;

	for (size_t i = 0; i < job->n; i++)
		n += job->files[i].work.changed || job->files[i].swapped;
	return n;
}

void
rmk_work_drop(struct rmk_job *job)
{
	for (size_t i = 0; i < job->n; i++) {
		if (job->files[i].prepared)
			rmk_file_abandon(&job->files[i].new);
		job->files[i].prepared = false;
		if (job->files[i].swapped)
			give_up(job, &job->files[i], &job->files[i].first);
		job->files[i].swapped = false;
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

// The old bytes where the file system could not exchange the two.
static bool
write_back(struct rmk_job *job, struct rmk_job_file *f)
{
	struct rmk_file_id id;
	struct rmk_str now;

	return rmk_file_read(job->a, full_path(job, f), &now, &id, NULL) == RMK_OK &&
	       rmk_str_eq(now, f->wrote) &&
	       rmk_file_prepare(job->a, job->repo->top, f->path, &id, f->before, &f->new,
		   NULL) == RMK_OK &&
	       rmk_file_commit(&f->new, NULL) == RMK_OK;
}

// The old version back, unless somebody else has changed the file since: then theirs stays.
static bool
undo(struct rmk_job *job, struct rmk_job_file *f)
{
	if (!f->before.s)
		return true;
	if (!rmk_file_swap_back(&f->first) && !write_back(job, f))
		return false;
	f->before.s = NULL;
	return true;
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
