// Files for check: see check_run.h.
#include "check_run.h"
#include "base/map.h"
#include "base/system.h"
#include "io/pool.h"
#include "opt.h"
#include "out.h"
#include "sql/view.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

// --- which files --------------------------------------------------------------

static void
make_files(struct check_run *run, const struct wanted *wanted, size_t n)
{
	run->files = RMK_NEW_N(run->call->arena, struct check_file, n + 1);
	run->nfiles = n;
	for (size_t i = 0; i < n; i++)
		run->files[i].wanted = &wanted[i];
}

static enum rmk_code
list_staged(struct check_run *run, struct rmk_str **paths, size_t *n, struct rmk_err *err)
{
	struct rmk_repo *repo;

	if (call_repo(run->call, &repo, err))
		return err->code;
	return rmk_repo_staged(run->call->arena, repo, paths, n, err);
}

static void
use_staged(struct call *c, struct wanted *w, struct rmk_str path)
{
	struct rmk_source *source = RMK_NEW(c->arena, struct rmk_source);

	*source = (struct rmk_source){RMK_FROM_INDEX, RMK_STR(""), path, path};
	w->source = source;
}

// What is staged: only paths that differ from HEAD, and only those the configuration wants.
static enum rmk_code
collect_staged(struct check_run *run, struct rmk_err *err)
{
	struct wanted *wanted;
	struct rmk_str *paths;
	size_t n, kept = 0;

	if (list_staged(run, &paths, &n, err))
		return err->code;
	wanted = RMK_NEW_N(run->call->arena, struct wanted, n);
	for (size_t i = 0; i < n; i++)
		if (rmk_config_wants(&run->config, paths[i]))
			use_staged(run->call, &wanted[kept++], paths[i]);
	make_files(run, wanted, kept);
	run->skip_missing = true;
	return RMK_OK;
}

// Of the files below a folder those that are staged; a file that is named is always meant.
static enum rmk_code
keep_staged(struct check_run *run, struct wanted *wanted, size_t *n, struct rmk_err *err)
{
	struct rmk_map staged = {.arena = run->call->arena};
	struct rmk_str *paths;
	size_t npaths, kept = 0;

	if (list_staged(run, &paths, &npaths, err))
		return err->code;
	for (size_t i = 0; i < npaths; i++)
		*rmk_map_put(&staged, paths[i]) = i;
	for (size_t i = 0; i < *n; i++)
		if (wanted[i].named ||
		    rmk_map_get(&staged, wanted[i].source->path) != RMK_NONE)
			wanted[kept++] = wanted[i];
	*n = kept;
	return RMK_OK;
}

static enum rmk_code
collect_words(struct check_run *run, struct rmk_err *err)
{
	struct call *c = run->call;
	struct wanted *wanted;
	size_t n;

	if (open_wanted(c, c->args, c->nargs, &wanted, &n, err) ||
	    (run->whole_files && open_whole_files(c, wanted, n, err)) ||
	    (run->staged && keep_staged(run, wanted, &n, err)))
		return err->code;
	make_files(run, wanted, n);
	run->skip_missing = c->nargs == 0;
	return RMK_OK;
}

// Where relative links lead: known inside a repository.
static void
find_tree(struct check_run *run)
{
	struct call *c = run->call;
	char *cwd;
	struct rmk_str here;

	if (c->repo == NULL)
		return;
	run->top = rmk_repo_top(c->repo);
	cwd = getcwd(NULL, 0);
	here = rmk_str_printf(c->arena, "%s/", cwd && strcmp(cwd, "/") != 0 ? cwd : "");
	if (run->top.n && rmk_str_starts(here, run->top))
		run->below = rmk_str_from(here, run->top.n);
	free(cwd);
}

enum rmk_code
check_collect(struct check_run *run, struct rmk_err *err)
{
	struct call *c = run->call;
	const char **narrow;

	if (run->staged)
		c->from = RMK_FROM_INDEX;
	if (call_config(c, &run->config, err) || check_collect_levels(run, err) ||
	    check_find_revs(run, err))
		return err->code;
	run->tree = (struct check_tree){.run = run,
	    .side = c->from == RMK_FROM_COMMIT ? RMK_SIDE_COMMIT : RMK_SIDE_INDEX,
	    .rev = c->rev};
	pthread_mutex_init(&run->lock, NULL);
	if (run->staged && c->nargs + opt_all(c, "file", &narrow) == 0
		? collect_staged(run, err)
		: collect_words(run, err))
		return err->code;
	find_tree(run);
	return RMK_OK;
}

// --- one file -----------------------------------------------------------------

struct rmk_str
check_tree_path(struct check_run *run, const struct check_file *f, struct rmk_arena *a)
{
	struct rmk_str path = f->wanted->source->path;

	if (f->wanted->source->place != RMK_FROM_WORKTREE &&
	    !rmk_str_starts(path, RMK_STR("./")))
		return path;
	if (path.n && path.s[0] == '/')
		return rmk_str_starts(path, run->top) ? rmk_str_from(path, run->top.n)
		                                      : path;
	return rmk_str_printf(a, "%.*s%.*s", RMK_FMT(run->below), RMK_FMT(path));
}

// What cannot be looked at is neither there nor missing: no finding, but trouble. Held: the
// lock.
static void
cannot_look(struct check_run *run, const struct rmk_err *err)
{
	if (!run->call->incomplete)
		out_warn("%s", err->msg);
	run->call->incomplete = true;
}

// Paths of an index or commit, with the folders they stand in. Held: the lock.
static struct rmk_map *
make_tree(struct check_tree *tree)
{
	struct call *c = tree->run->call;
	struct rmk_map *map = RMK_NEW(c->arena, struct rmk_map);
	struct rmk_str *paths;
	struct rmk_err err;
	size_t n;

	map->arena = c->arena;
	if (rmk_repo_list(
		c->arena, c->repo, tree->side, tree->rev, NULL, NULL, &paths, &n, &err)) {
		cannot_look(tree->run, &err);
		tree->unknown = true;
		return map;
	}
	for (size_t i = 0; i < n; i++) {
		struct rmk_str path = paths[i];

		for (; path.n && path.n != RMK_NONE; path.n = rmk_str_rchr(path, '/'))
			*rmk_map_put(map, path) = 0;
	}
	return map;
}

bool
check_in_tree(void *ctx, struct rmk_str path)
{
	struct check_tree *tree = ctx;
	bool found;

	pthread_mutex_lock(&tree->run->lock);
	if (tree->paths == NULL)
		tree->paths = make_tree(tree);
	found = tree->unknown || rmk_map_get(tree->paths, path) != RMK_NONE;
	pthread_mutex_unlock(&tree->run->lock);
	return found;
}

static bool
in_worktree(void *ctx, struct rmk_str path)
{
	struct check_run *run = ctx;
	struct rmk_arena a = {0};
	struct rmk_str full = rmk_str_printf(
	    &a, "%.*s%.*s", RMK_FMT(run->top), RMK_FMT(path));
	struct stat st;
	bool found = lstat(full.s, &st) == 0;
	struct rmk_err err;

	if (!found && errno != ENOENT && errno != ENOTDIR && errno != ENAMETOOLONG &&
	    errno != ELOOP) {
		rmk_fail_errno(&err, "%.*s: cannot be looked at", RMK_FMT(path));
		pthread_mutex_lock(&run->lock);
		cannot_look(run, &err);
		pthread_mutex_unlock(&run->lock);
		found = true;
	}
	rmk_arena_free(&a);
	return found;
}

struct rmk_check_opts
check_opts_of(struct check_run *run, struct check_file *f, struct rmk_arena *a)
{
	struct rmk_check_opts opts = {.ctx = run,
	    .nsettings = run->nsettings,
	    .view = rmk_view_make,
	    .apart = run->nrevs > 0,
	    .unnamed = run->unnamed && run->nrevs == 0};
	struct rmk_rule_setting *settings = RMK_NEW_N(
	    a, struct rmk_rule_setting, run->nsettings);

	// Each file marks what it used for itself: threads share nothing that changes.
	if (f->work->used == NULL)
		f->work->used = RMK_NEW_N(a, bool, run->nsettings);
	for (size_t i = 0; i < run->nsettings; i++) {
		settings[i] = run->settings[i];
		settings[i].used = &f->work->used[i];
	}
	opts.settings = settings;
	check_open_beside_of(run, f->wanted->source, a, &opts);
	if (run->top.n ? f->wanted->source->place != RMK_FROM_STDIN
		       : run->call->bare && f->wanted->source->place == RMK_FROM_COMMIT) {
		opts.tree_path = check_tree_path(run, f, a);
		opts.exists = f->wanted->source->place == RMK_FROM_WORKTREE
		                  ? in_worktree
		                  : check_in_tree;
		if (opts.exists == check_in_tree)
			opts.ctx = &run->tree;
	}
	return opts;
}

static enum rmk_code
read_source(struct check_run *run, const struct rmk_source *source, struct check_work *w)
{
	bool shared = source->place != RMK_FROM_WORKTREE;
	struct rmk_repo *none = NULL;
	enum rmk_code code;

	if (shared)
		pthread_mutex_lock(&run->lock);
	code = rmk_source_read(&w->arena, source, shared ? &run->call->repo : &none,
	    &w->text, &w->id, &w->err);
	if (shared)
		pthread_mutex_unlock(&run->lock);
	return code;
}

// An arena that holds the struct it is a part of.
static struct check_work *
begin_work(void)
{
	struct rmk_arena arena = {0};
	struct check_work *w = RMK_NEW(&arena, struct check_work);

	w->arena = arena;
	return w;
}

static void
end_work(struct check_file *f)
{
	struct rmk_arena arena = f->work->arena;

	f->work = NULL;
	rmk_arena_free(&arena);
}

// Everything that one file needs.
static void
check_file_alone(struct check_run *run, struct check_file *f)
{
	struct check_work *w = f->work = begin_work();
	struct rmk_check_opts opts;

	if (read_source(run, f->wanted->source, w)) {
		f->missing = run->skip_missing && w->err.code == RMK_NOT_FOUND;
		return;
	}
	// What was read for references alone need not be looked at without a declaration.
	if (f->context && rmk_str_find(w->text, RMK_STR("rowmark:")) == RMK_NONE)
		return;
	opts = check_opts_of(run, f, &w->arena);
	rmk_check_text(
	    &w->arena, f->wanted->source->shown, w->text, &opts, &w->doc, &w->found);
	if (run->nrevs && !f->context)
		check_compare(run, f);
}

static void
give_back(struct check_run *run, struct check_file *f)
{
	struct check_work *w = f->work;
	struct rmk_kept packed = {0};

	if (w->found.n && run->lines_only)
		rmk_findings_leave_lines(&w->found);
	if (w->found.n)
		packed = rmk_findings_pack(
		    &w->arena, f->wanted->source->shown, &w->found);
	pthread_mutex_lock(&run->lock);
	if (w->err.code && check_messages(f)) {
		f->err = RMK_NEW(&run->kept, struct rmk_err);
		*f->err = w->err;
	}
	if (w->found.n) {
		f->kept = RMK_NEW(&run->kept, struct rmk_kept);
		*f->kept = packed;
		f->kept->bytes = rmk_str_copy(&run->kept, packed.bytes);
	}
	pthread_mutex_unlock(&run->lock);
	f->nerrors = (uint32_t)w->found.nerrors;
	f->nwarnings = (uint32_t)w->found.nwarnings;
	f->nfixable = (uint32_t)w->found.nfixable;
	f->nbefore = (uint32_t)w->nbefore;
	end_work(f);
}

// What is asked of a file when all are read: to be held against others, mended, or shown.
static bool
is_wanted_later(const struct check_run *run, const struct check_file *f)
{
	const struct check_work *w = f->work;

	return run->keep || (w->doc && rmk_check_spans(w->doc)) ||
	       (run->fix &&
		   (w->found.nfixable || f->wanted->source->place == RMK_FROM_STDIN));
}

// Work for the pool. What is not wanted later is given back by the thread that did it, which takes
// the same memory for its next file.
static void
check_run_check_one(void *ctx, size_t i)
{
	struct check_run *run = ctx;
	struct check_file *f = &run->files[i];
	const bool *used;

	check_file_alone(run, f);
	used = f->work->used;
	pthread_mutex_lock(&run->lock);
	for (size_t k = 0; used && k < run->nsettings; k++)
		if (used[k] && run->settings[k].used)
			*run->settings[k].used = true;
	pthread_mutex_unlock(&run->lock);
	if (!is_wanted_later(run, f))
		give_back(run, f);
}

// --- across files -------------------------------------------------------------

static bool
refers(const struct check_file *f)
{
	const struct rmk_doc *doc = f->work ? f->work->doc : NULL;

	for (size_t t = 0; doc && t < doc->ntables; t++) {
		struct rmk_str decl = rmk_doc_str(doc, doc->tables[t].decl);

		if (rmk_str_find(decl, RMK_STR("ref")) != RMK_NONE)
			return true;
	}
	return false;
}

static bool
is_checked(const struct check_run *run, size_t n, const struct rmk_source *source)
{
	for (size_t i = 0; i < n; i++)
		if (rmk_str_eq(run->files[i].wanted->source->path, source->path))
			return true;
	return false;
}

// A reference leads to any file of the place, checked or not: read the others as well.
static void
add_context(struct check_run *run)
{
	size_t n = run->nfiles, nall;
	struct wanted *all;
	bool wanted = false;

	for (size_t i = 0; i < n && !wanted; i++)
		wanted = refers(&run->files[i]);
	if (!wanted || open_wanted(run->call, NULL, 0, &all, &nall, NULL))
		return;
	struct check_file *files = RMK_NEW_N(
	    run->call->arena, struct check_file, n + nall);
	memcpy(files, run->files, n * sizeof *files);
	run->files = files;
	for (size_t i = 0; i < nall; i++) {
		if (is_checked(run, n, all[i].source))
			continue;
		files[run->nfiles++] = (struct check_file){
		    .wanted = &all[i], .context = true};
	}
}

static void
check_spanning(struct check_run *run)
{
	struct rmk_arena *a = run->call->arena;
	const struct rmk_doc **docs = RMK_NEW_N(a, const struct rmk_doc *, run->nfiles);
	struct rmk_findings *lists = RMK_NEW_N(a, struct rmk_findings, run->nfiles);
	size_t *index = RMK_NEW_N(a, size_t, run->nfiles), n = 0;
	struct rmk_check_opts opts = {
	    .settings = run->settings, .nsettings = run->nsettings, .apart = true};

	for (size_t i = 0; i < run->nfiles; i++) {
		struct check_file *f = &run->files[i];

		if (!f->work || !f->work->doc || !rmk_check_spans(f->work->doc))
			continue;
		docs[n] = f->work->doc;
		lists[n] = f->work->found;
		index[n++] = i;
	}
	if (n)
		rmk_check_across(a, docs, n, &opts, lists);
	if (n && run->nrevs)
		check_compare_across(run, index, n, lists);
	for (size_t i = 0; i < n; i++)
		run->files[index[i]].work->found = lists[i];
}

void
check_all(struct check_run *run)
{
	size_t n = run->nfiles;

	// Files follow each other by the thousand, each with an arena of its own.
	rmk_system_keep_memory();
	rmk_pool_run(n, 0, check_run_check_one, NULL, run);
	add_context(run);
	for (size_t i = n; i < run->nfiles; i++)
		check_run_check_one(run, i);
	check_spanning(run);
}

const struct rmk_err *
check_error(const struct check_file *f)
{
	if (f->work)
		return f->work->err.code ? &f->work->err : NULL;
	return f->err;
}

bool
check_messages(const struct check_file *f)
{
	return !f->context && !f->missing;
}

void
check_settle_all(struct check_run *run)
{
	for (size_t i = 0; i < run->nfiles; i++)
		if (run->files[i].work)
			give_back(run, &run->files[i]);
}

void
check_free(struct check_run *run)
{
	for (size_t i = 0; i < run->nfiles; i++)
		if (run->files[i].work)
			end_work(&run->files[i]);
	rmk_arena_free(&run->kept);
}
