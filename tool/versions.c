// FILE#TABLE to the versions of it: see versions.h.
#include "versions.h"
#include "git/commit_diff.h"
#include "opt.h"
#include "out.h"

#include <string.h>

// The path from the top, and the commit to start at.
static enum rmk_code
versions_place(struct call *c, struct rmk_repo *repo, const struct rmk_source *src,
    struct rmk_str *path, struct rmk_str *rev, struct rmk_err *err)
{
	if (src->place == RMK_FROM_STDIN)
		return rmk_fail(err, RMK_INVALID, "standard input has no history");
	*rev = src->place == RMK_FROM_COMMIT ? src->rev : (struct rmk_str){"", 0};
	*path = src->path;
	if (src->place == RMK_FROM_COMMIT && !rmk_str_starts(src->path, RMK_STR("./")))
		return RMK_OK;
	return rmk_repo_path(c->arena, repo, src->path, path, err);
}

static bool
versions_on_tick(void *ctx, size_t n)
{
	return progress_tick(ctx, n, 0);
}

static enum rmk_code
list_paths(struct call *c, const struct wanted *wanted, size_t n,
    struct versions_list *list, struct rmk_git_log_opts *opts, struct rmk_err *err)
{
	struct rmk_str *paths = RMK_NEW_N(c->arena, struct rmk_str, n + 1), rev;
	enum rmk_code code;

	list->files = RMK_NEW_N(c->arena, struct versions, n + 1);
	for (size_t i = 0; i < n; i++) {
		code = versions_place(
		    c, list->repo, wanted[i].source, &paths[i], &rev, err);
		if (code)
			return code;
		if (i && !rmk_str_eq(rev, opts->rev))
			return rmk_fail(err, RMK_INVALID,
			    "%s: all files must be of one commit", c->cmd->name);
		opts->rev = rev;
		list->files[i] = (struct versions){.path = paths[i],
		    .shown = wanted[i].source->shown,
		    .table = wanted[i].table};
	}
	opts->paths = paths;
	opts->npaths = n;
	return RMK_OK;
}

static struct rmk_moment
moment_of(struct call *c, const struct rmk_revisions *all, size_t i, bool committer)
{
	const struct rmk_revision *v = &all->v[i];
	const struct rmk_stamp *s = committer ? &v->committer : &v->author;
	struct rmk_moment m = {.id = rmk_oid_hex(c->arena, &v->commit, RMK_NONE),
	    .blob = rmk_oid_hex(c->arena, &v->blob, RMK_NONE),
	    .gone = v->gone,
	    .time = s->time,
	    .zone = s->zone,
	    .author = v->author.name,
	    .subject = v->subject};

	// A date that lies behind the commit's own is a clock gone wrong.
	if (m.time > v->committer.time) {
		m.time = v->committer.time;
		m.zone = v->committer.zone;
	}
	return m;
}

static void
share_out(struct call *c, const struct rmk_revisions *all, struct versions_list *list)
{
	size_t order = 0;

	for (size_t i = 0; i < all->n; i++)
		list->files[all->v[i].file].n++;
	for (size_t i = 0; i < list->nfiles; i++) {
		struct versions *f = &list->files[i];
		f->v = rmk_arena_alloc(c->arena, (f->n + 1) * sizeof *f->v);
		f->moments = RMK_NEW_N(c->arena, struct rmk_moment, f->n + 1);
		f->n = 0;
	}
	for (size_t i = 0; i < all->n; i++) {
		struct versions *f = &list->files[all->v[i].file];
		order += i && !rmk_oid_eq(&all->v[i].commit, &all->v[i - 1].commit);
		f->moments[f->n] = moment_of(c, all, i, list->by_committer);
		f->moments[f->n].order = order;
		f->v[f->n++] = &all->v[i];
	}
	for (size_t i = 0; i < list->nfiles; i++) {
		struct versions *f = &list->files[i];
		for (size_t k = 0; k + 1 < f->n; k++)
			f->moments[k].joined = f->v[k]->parent != RMK_NONE &&
			                       &all->v[f->v[k]->parent] == f->v[k + 1];
	}
}

static enum rmk_code
drop_empty(struct versions_list *list, const struct wanted *wanted, struct rmk_err *err)
{
	size_t kept = 0;

	for (size_t i = 0; i < list->nfiles; i++) {
		if (list->files[i].n)
			list->files[kept++] = list->files[i];
		else if (wanted[i].named)
			return rmk_fail(err, RMK_NOT_FOUND, "%.*s: no commit has it",
			    RMK_FMT(list->files[i].shown));
	}
	list->nfiles = kept;
	return kept ? RMK_OK
	            : rmk_fail(err, RMK_NOT_FOUND, "no commit has a Markdown file here");
}

// What entries of a cache mean changes with the program, and what they are of with the file:
// its path is in the name as a hash alone.
static struct rmk_str
cache_version(struct rmk_arena *a, const struct versions *f)
{
	return rmk_str_printf(a, RMK_VERSION " 3 %.*s", RMK_FMT(f->path));
}

static void
open_cache(struct call *c, struct rmk_repo *repo, struct versions *f)
{
	struct rmk_arena *a = c->arena;

	rmk_cache_open(&f->cache, a, rmk_repo_cache(a, repo),
	    rmk_str_printf(
		a, "history-%016llx", (unsigned long long)rmk_str_hash(f->path)),
	    cache_version(a, f));
	f->cached = true;
}

void
versions_close(struct versions_list *list)
{
	for (size_t i = 0; i < list->nfiles; i++) {
		struct versions *f = &list->files[i];

		if (f->cached)
			rmk_cache_close(&f->cache, cache_version(f->cache.arena, f));
	}
}

// The walk of one file along first parents begins with what is kept of an earlier one.
static enum rmk_code
versions_walk(struct call *c, struct versions_list *list, struct rmk_git_log_opts *opts,
    bool cache, struct rmk_revisions *out, struct rmk_err *err)
{
	static const struct rmk_str key = RMK_STR("walk");
	struct versions *f = &list->files[0];
	bool keep = cache && opts->npaths == 1 && !opts->full;
	struct rmk_revisions known;
	struct rmk_str bytes;
	enum rmk_code code;

	cache = cache && !rmk_repo_replaces(list->repo);
	keep = keep && cache;
	for (size_t i = 0; cache && i < opts->npaths; i++)
		open_cache(c, list->repo, &list->files[i]);
	if (keep && rmk_cache_get(&f->cache, key, &bytes) &&
	    rmk_log_cache_read(c->arena, f->path, bytes, &known))
		opts->known = &known;
	rmk_git_log_tune();
	code = rmk_git_log(c->arena, list->repo, opts, out, err);
	if (!code && keep && !out->cut &&
	    (!opts->known || !rmk_oid_eq(&known.start, &out->start)))
		rmk_cache_put(&f->cache, key, rmk_log_cache_write(c->arena, out));
	return code;
}

static void
show_people(struct call *c, struct rmk_repo *repo, struct rmk_revisions *all)
{
	if (!rmk_git_log_show(c->arena, repo, all))
		out_warn(
		    "git does not say how it shows all people and subjects: some are as "
		    "the commits hold them");
}

enum rmk_code
versions_open(struct call *c, char *const *words, size_t n, struct progress *progress,
    unsigned how, struct versions_list *out, struct rmk_err *err)
{
	bool cache = how & VERSIONS_CACHED;
	struct rmk_git_log_opts opts = {.full = opt_has(c, "full") && opt_on(c, "full"),
	    .tick = versions_on_tick,
	    .ctx = progress};
	struct versions_list list = {
	    .by_committer = (how & VERSIONS_BY_COMMITTER) ||
	                    (opt_has(c, "date-order") && opt_on(c, "date-order"))};
	struct rmk_revisions all;
	struct wanted *wanted;
	size_t nwanted;

	if (call_repo(c, &list.repo, err) ||
	    open_wanted(c, words, n, &wanted, &nwanted, err) ||
	    list_paths(c, wanted, nwanted, &list, &opts, err) ||
	    versions_walk(c, &list, &opts, cache, &all, err))
		return err->code;
	if (!cache) // then it is about who, not about how many
		show_people(c, list.repo, &all);
	list.nfiles = nwanted;
	share_out(c, &all, &list);
	if (drop_empty(&list, wanted, err))
		return err->code;
	if (all.cut)
		list.cut = rmk_oid_hex(c->arena, &all.cut_at, 10);
	*out = list;
	return RMK_OK;
}

void
versions_report_cut(const struct versions_list *list)
{
	if (list->cut.n)
		out_warn("history is cut at %.*s: this is a shallow clone (git fetch "
			 "--unshallow, or fetch-depth: 0 in CI)",
		    RMK_FMT(list->cut));
}

struct versions_job
versions_begin(const struct versions_list *list, const struct versions *file,
    struct progress *progress)
{
	return (struct versions_job){list->repo, file, progress, list};
}

enum rmk_code
versions_text(void *job, struct rmk_arena *a, size_t moment, struct rmk_str *text,
    struct rmk_err *err)
{
	const struct versions_job *j = job;

	return rmk_git_log_read(a, j->repo, j->file->v[moment], text, err);
}

bool
versions_tick(void *job, size_t done, size_t of)
{
	return progress_tick(((struct versions_job *)job)->progress, done, of);
}

// --- other files ------------------------------------------------------------------

static bool
versions_is_own(const struct versions *f, size_t moment, struct rmk_str path)
{
	for (size_t i = moment; i < f->n && i <= moment + 1; i++)
		if (rmk_str_eq(f->v[i]->path, path))
			return true;
	return false;
}

enum rmk_code
versions_beside(void *job, struct rmk_arena *a, size_t moment, struct rmk_beside **out,
    size_t *n, struct rmk_err *err)
{
	const struct versions_job *j = job;
	struct rmk_commit_file *files;
	size_t nfiles;

	*n = 0;
	if (rmk_commit_files(a, j->repo, j->file->moments[moment].id,
		rmk_file_is_markdown, &files, &nfiles, err))
		return err->code;
	*out = RMK_NEW_N(a, struct rmk_beside, nfiles + 1);
	for (size_t i = 0; i < nfiles; i++) {
		struct rmk_beside *b = &(*out)[*n];

		if (versions_is_own(j->file, moment, files[i].path))
			continue;
		b->path = files[i].path;
		if (rmk_commit_file_read(a, j->repo, &files[i], true, &b->old, err) ||
		    rmk_commit_file_read(a, j->repo, &files[i], false, &b->new_, err))
			return err->code;
		++*n;
	}
	return RMK_OK;
}

enum rmk_code
versions_before(struct call *c, const struct versions_list *list,
    const struct rmk_moment *commit, struct rmk_str path, struct progress *progress,
    struct versions_list *out, struct rmk_err *err)
{
	struct rmk_git_log_opts opts = {
	    .rev = rmk_str_printf(c->arena, "%.*s^", RMK_FMT(commit->id)),
	    .paths = &path,
	    .npaths = 1,
	    .full = opt_has(c, "full") && opt_on(c, "full"),
	    .tick = versions_on_tick,
	    .ctx = progress};
	struct rmk_revisions all;

	*out = (struct versions_list){.repo = list->repo,
	    .files = RMK_NEW(c->arena, struct versions),
	    .nfiles = 1,
	    .by_committer = list->by_committer};
	out->files[0] = (struct versions){.path = path, .shown = path};
	if (rmk_git_log(c->arena, list->repo, &opts, &all, err))
		return err->code;
	show_people(c, list->repo, &all);
	share_out(c, &all, out);
	for (size_t i = 0; i < out->files[0].n; i++)
		out->files[0].moments[i].order += commit->order + 1;
	return RMK_OK;
}
