// check --fix: mended bytes into the worktree, or into the index.
//
//	worktree   file ─▶ rmk_fix ─▶ file
//	--staged   staged blob ─▶ rmk_fix ─▶ index
//	                           `─ the lines that changed ─▶ the same lines in the worktree
//
// No stash: the worktree's own changes are never taken away. Where a line that was mended
// does not stand there as it was staged, the worktree is left as it is.
#include "check_run.h"
#include "git/commit.h"
#include "opt.h"
#include "out.h"
#include "resume.h"
#include "signals.h"
#include "write.h"

#include <string.h>

// The bytes that are mended, and how many findings that took.
struct mending {
	struct check_run *run;
	struct check_file *file;
	struct rmk_str before, after;
	size_t nfixed;
};

static enum rmk_code
mend(struct mending *m, struct rmk_err *err)
{
	struct check_file *f = m->file;
	struct rmk_check_opts opts = check_opts_of(m->run, f, &f->work->arena);

	m->before = m->after = f->work->text;
	return rmk_fix(&f->work->arena, f->wanted->source->shown, f->work->text, &opts,
	    &m->after, &m->nfixed, err);
}

// --- the index ----------------------------------------------------------------

// The text between two places where lines end, and the next place.
static struct rmk_str
check_fix_next_line(struct rmk_str text, size_t *at)
{
	const char *end = memchr(text.s + *at, '\n', text.n - *at);
	size_t n = end ? (size_t)(end - text.s) + 1 - *at : text.n - *at;
	struct rmk_str line = rmk_str_part(text, *at, n);

	*at += n;
	return line;
}

// Where a line is exactly once in a text, or RMK_NONE.
static size_t
find_once(struct rmk_str text, struct rmk_str line)
{
	size_t found = RMK_NONE;

	for (size_t at = 0; at < text.n;) {
		size_t start = at;

		if (!rmk_str_eq(check_fix_next_line(text, &at), line))
			continue;
		if (found != RMK_NONE)
			return RMK_NONE;
		found = start;
	}
	return found;
}

// Make in text what was made from before to after: fixes change lines, or put blank ones
// in, and never move any, so that the two are walked side by side.
static struct rmk_str
check_fix_follow(
    struct rmk_arena *a, struct rmk_str before, struct rmk_str after, struct rmk_str text)
{
	size_t i = 0, k = 0;

	while (i < before.n && k < after.n) {
		size_t start = k, at;
		struct rmk_str old = check_fix_next_line(before, &i),
			       made = check_fix_next_line(after, &k);

		if (rmk_str_eq(old, made))
			continue;
		if (rmk_str_trim(made).n == 0 ||
		    rmk_str_eq(rmk_str_trim(made), RMK_STR(">"))) {
			check_fix_next_line(after, &k);
			made = rmk_str_part(after, start, k - start);
		}
		at = find_once(text, old);
		if (at != RMK_NONE)
			text = rmk_str_printf(a, "%.*s%.*s%.*s",
			    RMK_FMT(rmk_str_part(text, 0, at)), RMK_FMT(made),
			    RMK_FMT(rmk_str_from(text, at + old.n)));
	}
	return text;
}

// The change for git_commit: of the staged bytes as they were mended, of the worktree's as
// far as the same lines stand there.
static enum rmk_code
check_fix_make(void *ctx, struct rmk_arena *a, const char *version, struct rmk_str path,
    struct rmk_str text, struct rmk_str *out, struct rmk_err *err)
{
	const struct mending *m = ctx;

	(void)version, (void)path, (void)err;
	*out = rmk_str_eq(text, m->before)
	           ? m->after
	           : check_fix_follow(a, m->before, m->after, text);
	return RMK_OK;
}

static enum rmk_code
write_index(struct mending *m, struct rmk_err *err)
{
	struct rmk_rewrite rewrite = {
	    .path = m->file->wanted->source->path, .make = check_fix_make, .ctx = m};
	struct rmk_commit_opts opts = {
	    .depth = RMK_WRITE_STAGE, .trace = signals_watch()};
	struct rmk_commit_result result = {0};

	return rmk_commit_make(
	    m->run->call->arena, m->run->call->repo, &rewrite, 1, &opts, &result, err);
}

// --- the worktree -------------------------------------------------------------

static enum rmk_code
check_fix_write_file(struct mending *m, struct rmk_err *err)
{
	struct rmk_file_new new;
	enum rmk_code code = rmk_file_prepare(&m->file->work->arena, RMK_STR(""),
	    m->file->wanted->source->path, &m->file->work->id, m->after, &new, err);

	return code ? code : rmk_file_commit(&new, err);
}

static enum rmk_code
check_fix_show(struct mending *m, struct rmk_err *err)
{
	if (opt_format_is(m->run->call, "json"))
		return RMK_OK; // the findings are the one document
	return write_print_patch(&m->file->work->arena, m->run->call->repo,
	    m->file->wanted->source->shown, m->before, m->after, err);
}

static enum rmk_code
write_out(struct mending *m, struct rmk_err *err)
{
	if (opt_on(m->run->call, "dry-run"))
		return check_fix_show(m, err);
	if (m->file->wanted->source->place == RMK_FROM_STDIN) {
		out_str(m->after);
		return RMK_OK;
	}
	if (m->file->wanted->source->place == RMK_FROM_INDEX)
		return write_index(m, err);
	if (m->file->wanted->source->place == RMK_FROM_WORKTREE)
		return check_fix_write_file(m, err);
	return rmk_fail(err, RMK_INVALID, "%.*s: a commit cannot be mended",
	    RMK_FMT(m->file->wanted->source->shown));
}

// What is left to be said of the mended bytes.
static void
check_again(struct check_run *run, struct check_file *f, struct rmk_str text)
{
	struct rmk_check_opts opts = check_opts_of(run, f, &f->work->arena);

	f->work->text = text;
	f->work->found = (struct rmk_findings){0};
	rmk_check_text(&f->work->arena, f->wanted->source->shown, text, &opts,
	    &f->work->doc, &f->work->found);
}

enum exit_status
check_fix_all(struct check_run *run, size_t *nfixed)
{
	enum exit_status status = FINE;

	for (size_t i = 0; i < run->nfiles; i++) {
		struct mending m = {.run = run, .file = &run->files[i]};
		struct rmk_err err;
		bool plain = m.file->wanted->source->place == RMK_FROM_STDIN &&
		             !opt_on(run->call, "dry-run");

		call_tidy(run->call, m.file->wanted->source);
		if (m.file->context || !m.file->work || m.file->work->err.code ||
		    !(m.file->work->found.nfixable || plain))
			continue;
		if (mend(&m, &err)) {
			status = complain(&err);
			continue;
		}
		if (rmk_str_eq(m.before, m.after) && !plain)
			continue;
		if (write_out(&m, &err)) {
			status = complain(&err);
			continue;
		}
		*nfixed += m.nfixed;
		if (!opt_on(run->call, "dry-run"))
			check_again(run, m.file, m.after);
	}
	return status;
}
