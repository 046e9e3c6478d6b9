// Of the findings of a file only what is new: see check_run.h.
//
//	--staged       the parents of the commit to come; --whole: no comparison
//	--since REV    where REV and HEAD part
//
// A file that a version does not have, or has under another name, is looked for among its
// renames.
#include "base/map.h"
#include "check_run.h"
#include "out.h"

// --- which versions -------------------------------------------------------------------

static void
add_rev(struct check_run *run, struct rmk_str rev)
{
	struct check_rev *r = &run->revs[run->nrevs++];

	r->rev = rev;
	r->tree = (struct check_tree){.run = run, .side = RMK_SIDE_COMMIT, .rev = rev};
}

static enum rmk_code
use_parents(struct check_run *run, struct rmk_repo *repo, struct rmk_err *err)
{
	struct rmk_str *parents;
	size_t n;

	if (rmk_git_parents(run->call->arena, repo, &parents, &n, err))
		return err->code;
	run->revs = RMK_NEW_N(run->call->arena, struct check_rev, n);
	for (size_t i = 0; i < n; i++)
		add_rev(run, parents[i]);
	return RMK_OK;
}

enum rmk_code
check_find_revs(struct check_run *run, struct rmk_err *err)
{
	struct rmk_arena *a = run->call->arena;
	struct rmk_repo *repo;
	struct rmk_str base;

	if (!run->since.n && (!run->staged || run->whole))
		return RMK_OK;
	if (call_repo(run->call, &repo, err))
		return err->code;
	if (!run->since.n)
		return use_parents(run, repo, err);
	if (rmk_git_since(a, repo, run->since, &base, err))
		return err->code;
	run->revs = RMK_NEW(a, struct check_rev);
	if (base.n)
		add_rev(run, base);
	else
		out_warn(
		    "%.*s: this shallow clone does not reach where it and HEAD part: "
		    "files are judged whole",
		    RMK_FMT(run->since));
	return RMK_OK;
}

// --- one file -------------------------------------------------------------------------

static struct rmk_str
name_before(struct check_run *run, struct check_rev *rev, struct rmk_str path)
{
	struct call *c = run->call;

	if (!rev->asked)
		rmk_git_renames(c->arena, c->repo, rev->rev, c->from == RMK_FROM_INDEX,
		    &rev->renames, &rev->nrenames, NULL);
	rev->asked = true;
	for (size_t i = 0; i < rev->nrenames; i++)
		if (rmk_str_eq(rev->renames[i].to, path))
			return rev->renames[i].from;
	return (struct rmk_str){0};
}

static bool
read_before(struct check_run *run, struct check_rev *rev, struct rmk_arena *a,
    struct rmk_str path, struct rmk_str *text)
{
	struct rmk_repo *repo = run->call->repo;
	enum rmk_code code;

	pthread_mutex_lock(&run->lock);
	code = rmk_repo_read(a, repo, rev->rev, path, text, NULL);
	if (code == RMK_NOT_FOUND && (path = name_before(run, rev, path)).n)
		code = rmk_repo_read(a, repo, rev->rev, path, text, NULL);
	pthread_mutex_unlock(&run->lock);
	return code == RMK_OK;
}

// The findings of an older version are asked for only where there are new ones to compare.
static void
check_before(struct check_run *run, struct check_file *f, struct check_rev *rev,
    struct rmk_check_base *base)
{
	struct rmk_arena *a = &f->work->arena;
	struct rmk_str shown = f->wanted->source->shown, text;
	struct rmk_check_opts opts = check_opts_of(run, f, a);
	struct rmk_doc *doc = NULL;

	if (!read_before(run, rev, a, check_tree_path(run, f, a), &text))
		return;
	check_open_in(&opts, a, rev->rev);
	if (opts.exists) {
		opts.exists = check_in_tree;
		opts.ctx = &rev->tree;
	}
	if (f->work->found.n)
		rmk_check_text(a, shown, text, &opts, &doc, &base->found);
	else if (rmk_doc_parse(a, shown, text, 0, &doc, NULL))
		doc = NULL;
	base->doc = doc;
}

void
check_compare(struct check_run *run, struct check_file *f)
{
	struct check_work *w = f->work;
	struct rmk_check_opts opts = check_opts_of(run, f, &w->arena);

	w->bases = RMK_NEW_N(&w->arena, struct rmk_check_base, run->nrevs);
	for (size_t i = 0; i < run->nrevs; i++)
		check_before(run, f, &run->revs[i], &w->bases[i]);
	w->nbefore = rmk_check_since(&w->arena, w->doc, w->bases, run->nrevs, &w->found);
	rmk_check_hidden(&w->arena, w->doc, w->bases, run->nrevs, &opts, &w->found);
}

// --- across files ---------------------------------------------------------------------

// All files of a version that declare a table.
struct version {
	struct rmk_map index; // by path
	const struct rmk_doc **docs;
	struct rmk_findings *found;
	size_t n;
};

static bool
wants_path(void *ctx, struct rmk_str path)
{
	return rmk_config_wants(ctx, path);
}

static void
read_version(struct check_run *run, const struct check_rev *rev, struct version *v)
{
	struct rmk_arena *a = run->call->arena;
	struct rmk_str *paths, text;
	struct rmk_doc *doc;
	size_t n;

	*v = (struct version){.index.arena = a};
	if (rmk_repo_list(a, run->call->repo, RMK_SIDE_COMMIT, rev->rev, wants_path,
		&run->config, &paths, &n, NULL))
		return;
	v->docs = RMK_NEW_N(a, const struct rmk_doc *, n);
	v->found = RMK_NEW_N(a, struct rmk_findings, n);
	for (size_t i = 0; i < n; i++) {
		if (rmk_repo_read(a, run->call->repo, rev->rev, paths[i], &text, NULL) ||
		    rmk_str_find(text, RMK_STR("rowmark:")) == RMK_NONE ||
		    rmk_doc_parse(a, paths[i], text, 0, &doc, NULL) ||
		    !rmk_check_spans(doc))
			continue;
		*rmk_map_put(&v->index, paths[i]) = v->n;
		v->docs[v->n++] = doc;
	}
}

static void
compare_version(struct check_run *run, struct check_rev *rev, const size_t *index,
    size_t n, struct rmk_findings *lists)
{
	struct rmk_arena *a = run->call->arena;
	struct rmk_check_opts opts = {
	    .settings = run->settings, .nsettings = run->nsettings, .apart = true};
	struct version v;

	read_version(run, rev, &v);
	if (v.n)
		rmk_check_across(a, v.docs, v.n, &opts, v.found);
	for (size_t i = 0; i < n; i++) {
		struct check_file *f = &run->files[index[i]];
		struct rmk_str path = check_tree_path(run, f, a);
		size_t at = rmk_map_get(&v.index, path);

		if (at == RMK_NONE)
			at = rmk_map_get(&v.index, name_before(run, rev, path));
		if (at == RMK_NONE || !lists[i].n)
			continue;
		f->work->nbefore += rmk_check_since(a, f->work->doc,
		    &(struct rmk_check_base){v.docs[at], v.found[at]}, 1, &lists[i]);
	}
}

void
check_compare_across(
    struct check_run *run, const size_t *index, size_t n, struct rmk_findings *lists)
{
	size_t added = 0;

	for (size_t i = 0; i < n; i++)
		added += lists[i].n - run->files[index[i]].work->found.n;
	for (size_t r = 0; added && r < run->nrevs; r++)
		compare_version(run, &run->revs[r], index, n, lists);
}
