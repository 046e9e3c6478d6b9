// Changes as lines: see rows_lines.h.
#include "history/log.h"
#include "opt.h"
#include "progress.h"
#include "rows_lines.h"
#include "versions.h"

#include "base/map.h"
#include "git/git_internal.h"
#include "git/without_git.h"
#include "table/value.h"

#include <stdio.h>
#include <time.h>

// A day begins for git at the time of day that it is now.
static bool
moment_of_day(const char *day, int64_t *out)
{
	time_t now = time(NULL);
	struct tm tm;

	localtime_r(&now, &tm);
	if (sscanf(day, "%4d-%2d-%2d", &tm.tm_year, &tm.tm_mon, &tm.tm_mday) != 3)
		return false;
	tm.tm_year -= 1900;
	tm.tm_mon--;
	tm.tm_isdst = -1;
	*out = mktime(&tm);
	return true;
}

static enum rmk_code
rows_since_without_git(struct call *c, const char *since, bool date, struct rmk_map *out,
    struct rmk_err *err)
{
	struct rmk_str rev = date ? RMK_STR("") : rmk_str_of(since);
	int64_t moment = 0;

	if (date && !moment_of_day(since, &moment))
		return rmk_fail(err, RMK_INVALID,
		    "--since %s: without git, a whole day as 2026-01-31 is wanted",
		    since);
	return rmk_libgit2_commits_since(c->arena, c->repo, rev, moment, out, err);
}

// The commits after a revision or a day, as git understands them.
static enum rmk_code
rows_since(struct call *c, const char *since, struct rmk_map *out, struct rmk_err *err)
{
	struct rmk_str rev = rmk_str_of(since), line;
	const char *range = rmk_str_printf(c->arena, "%s..HEAD", since).s;
	const char *after = rmk_str_printf(c->arena, "--since=%s", since).s;
	const char *const by_rev[] = {
	    "git", "rev-list", "--end-of-options", range, "--", NULL};
	const char *const by_date[] = {"git", "rev-list", after, "HEAD", "--", NULL};
	bool date = rmk_value_is_date(rev);
	struct rmk_run run = {.argv = date ? by_date : by_rev, .quiet = true};

	enum rmk_code code = rmk_git_run(c->arena, c->repo, &run, err);
	if (run.missing)
		return rows_since_without_git(c, since, date, out, err);
	if (code) {
		rmk_fail(err, RMK_INVALID, "--since %s: no commit and no day", since);
		return rmk_hint(err, "a revision, or a day as 2026-01-31");
	}
	while (run.out.n && rmk_str_split(&run.out, '\n', &line))
		if (line.n)
			*rmk_map_put(out, line) = 0;
	return RMK_OK;
}

static void
rows_put_change(
    struct rows_of *r, const struct versions *f, const struct rmk_log_entry *e)
{
	static const char *const kinds[] = {"set", "added", "removed", "moved"};
	const struct rmk_moment *m = &f->moments[e->moment];
	struct rmk_json j = rows_begin(r, "change");

	rmk_json_cstr(&j, "kind", kinds[e->kind]);
	rmk_json_text(&j, "commit", m->id);
	rmk_json_text(&j, "author", m->author);
	rmk_json_text(&j, "date", rmk_date(r->a, m->time, m->zone));
	rmk_json_number(&j, "time", m->time);
	rmk_json_text(&j, "table",
	    rmk_str_printf(r->a, "%.*s#%.*s", RMK_FMT(f->shown), RMK_FMT(e->table)));
	rmk_json_text(&j, "key", e->row);
	if (e->kind == RMK_LOG_SET)
		rmk_json_text(&j, "column", e->column);
	if (e->kind == RMK_LOG_SET || e->kind == RMK_LOG_MOVED) {
		rmk_json_text(&j, "old", e->old);
		rmk_json_text(&j, "new", e->new_);
	}
	rows_end(&j);
}

// The changes of one file, newest first. What never had a table has none.
static enum rmk_code
rows_put_log(struct rows_of *r, const struct versions_list *list,
    const struct versions *f, const struct rmk_map *only, struct progress *progress,
    struct rmk_err *err)
{
	struct rmk_arena arena = {0};
	struct versions_job job = versions_begin(list, f, progress);
	struct rmk_log_opts o = {.path = f->shown,
	    .table = f->table,
	    .read = versions_text,
	    .tick = versions_tick,
	    .ctx = &job};
	struct rmk_log log = {0};
	enum rmk_code code = rmk_log_of(&arena, f->moments, f->n, &o, &log, err);

	r->a = &arena;
	for (size_t i = 0; !code && i < log.n; i++)
		if (!only ||
		    rmk_map_get(only, f->moments[log.v[i].moment].id) != RMK_NONE)
			rows_put_change(r, f, &log.v[i]);
	rmk_arena_free(&arena);
	return code == RMK_NOT_FOUND ? RMK_OK : code;
}

enum rmk_code
rows_put_history(struct rows_of *r, struct rmk_err *err)
{
	const char *since = opt_text(r->c, "since");
	struct rmk_map only = {.arena = r->c->arena};
	struct versions_list list;
	struct progress progress;
	enum rmk_code code;

	progress_begin(&progress, "Reading versions");
	code = versions_open(r->c, NULL, 0, &progress, 0, &list, err);
	if (code == RMK_NOT_FOUND) // nothing is committed yet
		code = RMK_OK;
	else if (!code && since)
		code = rows_since(r->c, since, &only, err);
	else if (code)
		list.nfiles = 0;
	for (size_t i = 0; !code && i < list.nfiles; i++)
		code = rows_put_log(
		    r, &list, &list.files[i], since ? &only : NULL, &progress, err);
	progress_end(&progress);
	return code;
}
