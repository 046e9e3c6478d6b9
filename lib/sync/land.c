// Branches merged into another: see land.h.
#include "sync/land.h"

#include "base/buf.h"
#include "git/process.h"
#include "git/tree_files.h"
#include "sync/commit_object.h"
#include "sync/merged_gate.h"
#include "sync/replay.h"

// --- names and messages ----------------------------------------------------------------

static enum rmk_code
find_land_target(struct rmk_arena *a, struct rmk_repo *repo, struct rmk_str onto,
    struct rmk_str *ref, struct rmk_str *id, struct rmk_err *err)
{
	struct rmk_str heads = RMK_STR("refs/heads/");

	*ref = rmk_str_starts(onto, heads)
	           ? onto
	           : rmk_str_printf(a, "refs/heads/%.*s", RMK_FMT(onto));
	if (rmk_commit_id(a, repo, *ref, id, NULL) == RMK_OK)
		return RMK_OK;
	rmk_fail(err, RMK_NOT_FOUND, "--onto: there is no branch '%.*s'", RMK_FMT(onto));
	return rmk_hint(err, "'git branch' lists them");
}

static bool
is_branch(struct rmk_arena *a, struct rmk_repo *repo, struct rmk_str name)
{
	struct rmk_str unused;

	return rmk_commit_id(a, repo, rmk_str_printf(a, "refs/heads/%.*s", RMK_FMT(name)),
		   &unused, NULL) == RMK_OK;
}

// What `git merge` would write, merge.log and merge.suppressDest honoured.
static enum rmk_code
merge_message(struct rmk_arena *a, struct rmk_repo *repo, const struct rmk_land *land,
    const struct rmk_landed *branch, struct rmk_str *out, struct rmk_err *err)
{
	const char *const argv[] = {
	    "git", "fmt-merge-msg", "--into-name", rmk_str_c(a, land->onto), NULL};
	const char *kind = is_branch(a, repo, branch->branch) ? "branch" : "commit";
	struct rmk_run run = {.argv = argv,
	    .in = rmk_str_printf(a, "%.*s\t\t%s '%.*s' of .\n", RMK_FMT(branch->id), kind,
		RMK_FMT(branch->branch))};

	*out = land->message;
	if (out->n)
		return RMK_OK;
	if (rmk_git_run(a, repo, &run, err))
		return err->code;
	*out = run.out;
	return RMK_OK;
}

// One commit keeps its message; of several the subjects are listed.
static enum rmk_code
squash_message(struct rmk_arena *a, struct rmk_repo *repo, const struct rmk_land *land,
    const struct rmk_landed *branch, const struct rmk_str *commits, size_t n,
    struct rmk_str *out, struct rmk_err *err)
{
	struct rmk_buf text = {.arena = a};
	struct rmk_commit_text commit;
	size_t unused;

	*out = land->message;
	if (out->n)
		return RMK_OK;
	if (n != 1)
		rmk_buf_printf(
		    &text, "Squash branch '%.*s'\n\n", RMK_FMT(branch->branch));
	for (size_t i = 0; i < n; i++) {
		if (rmk_commit_read(a, repo, commits[i], &commit, &unused, err))
			return err->code;
		if (n == 1)
			rmk_buf_add(&text, commit.message);
		else
			rmk_buf_printf(&text, "- %.*s\n",
			    RMK_FMT(rmk_str_part(
				commit.message, 0, rmk_str_chr(commit.message, '\n'))));
	}
	*out = rmk_buf_str(&text);
	return RMK_OK;
}

// --- one branch -------------------------------------------------------------------------

// Who wrote all of it, so that blame names them and not who landed it; empty: several did.
static enum rmk_code
only_author(struct rmk_arena *a, struct rmk_repo *repo, const struct rmk_str *commits,
    size_t n, struct rmk_str *out, struct rmk_err *err)
{
	struct rmk_commit_text commit;
	struct rmk_str name = {0};
	size_t unused;

	*out = RMK_STR("");
	for (size_t i = 0; i < n; i++) {
		struct rmk_str now;

		if (rmk_commit_read(a, repo, commits[i], &commit, &unused, err))
			return err->code;
		now = rmk_str_part(commit.author, 0, rmk_str_rchr(commit.author, '>'));
		if (i && !rmk_str_eq(name, now))
			return RMK_OK;
		name = now;
	}
	*out = commit.author;
	return RMK_OK;
}

static enum rmk_code
land_merged(struct rmk_arena *a, struct rmk_repo *repo, const struct rmk_merging *m,
    const struct rmk_land *land, struct rmk_str tip, struct rmk_landed *out,
    struct rmk_err *err)
{
	struct rmk_commit_text commit = {.parents = {tip}, .sign = m->sign};
	struct rmk_tree_merge merge;
	struct rmk_between new_;

	if (rmk_tree_merge(a, repo, m, tip, out->id, &merge, err))
		return err->code;
	out->obstacles = merge.obstacles;
	out->n = merge.n;
	if (merge.n)
		return RMK_OK;
	commit.tree = merge.tree;
	if (land->way == RMK_LAND_MERGE) {
		commit.parents[1] = out->id;
		if (merge_message(a, repo, land, out, &commit.message, err))
			return err->code;
	} else if (rmk_commits_between(a, repo, tip, out->id, &new_, err) ||
		   squash_message(
		       a, repo, land, out, new_.to, new_.nto, &commit.message, err) ||
		   only_author(a, repo, new_.to, new_.nto, &commit.author, err)) {
		return err->code;
	}
	return rmk_commit_write(a, repo, &commit, &out->commit, err);
}

static enum rmk_code
land_rebased(struct rmk_arena *a, struct rmk_repo *repo, const struct rmk_merging *m,
    struct rmk_str tip, struct rmk_landed *out, struct rmk_err *err)
{
	struct rmk_replay replay;
	struct rmk_between new_;

	if (rmk_commits_between(a, repo, tip, out->id, &new_, err) ||
	    rmk_replay_commits(a, repo, m, new_.to, NULL, new_.nto, tip, &replay, err))
		return err->code;
	out->obstacles = replay.merge.obstacles;
	out->n = replay.merge.n;
	if (!replay.stopped_at.n)
		out->commit = replay.tip;
	return RMK_OK;
}

static enum rmk_code
land_one(struct rmk_arena *a, struct rmk_repo *repo, const struct rmk_merging *m,
    const struct rmk_land *land, struct rmk_str tip, struct rmk_landed *out,
    struct rmk_err *err)
{
	if (rmk_commit_id(a, repo, out->branch, &out->id, err) ||
	    rmk_commit_is_in(a, repo, out->id, tip, &out->already, err))
		return err->code;
	if (out->already)
		return RMK_OK;
	if (land->way == RMK_LAND_REBASE ? land_rebased(a, repo, m, tip, out, err)
					 : land_merged(a, repo, m, land, tip, out, err))
		return err->code;
	if (!out->commit.n)
		return RMK_OK;
	if (rmk_merged_gate(
		a, repo, tip, out->id, out->commit, &out->obstacles, &out->n, err))
		return err->code;
	if (out->n)
		out->commit = (struct rmk_str){0};
	return RMK_OK;
}

enum rmk_code
rmk_land_make(struct rmk_arena *a, struct rmk_repo *repo, const struct rmk_merging *m,
    const struct rmk_land *land, char *const *branches, size_t n,
    struct rmk_land_result *out, struct rmk_err *err)
{
	struct rmk_land_result r = {.v = RMK_NEW_N(a, struct rmk_landed, n), .n = n};

	if (find_land_target(a, repo, land->onto, &r.ref, &r.from, err))
		return err->code;
	r.to = r.from;
	for (size_t i = 0; i < n; i++)
		r.v[i].branch = rmk_str_of(branches[i]);
	for (size_t i = 0; i < n && !r.blocked; i++) {
		if (land_one(a, repo, m, land, r.to, &r.v[i], err))
			return err->code;
		r.blocked = r.v[i].n > 0;
		if (r.v[i].commit.n)
			r.to = r.v[i].commit;
	}
	*out = r;
	return RMK_OK;
}
