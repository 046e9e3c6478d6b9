// Commits made anew on another one: see replay.h.
#include "sync/replay.h"

#include "sync/commit_object.h"
#include "sync/replay_rows.h"

static enum rmk_code
refuse_unreplayable(struct rmk_str id, size_t nparents, struct rmk_err *err)
{
	if (nparents == 1)
		return RMK_OK;
	rmk_fail(err, RMK_REFUSED,
	    "%.10s is %s: it cannot be made anew on another commit", id.s,
	    nparents ? "a merge" : "the first commit of a history");
	return rmk_hint(err, "merge instead of rebasing");
}

// The tip as if it came from the commit's parent: then that is the base of a merge of the two,
// and what the merge adds to the tip is what the commit changed.
static enum rmk_code
merge_change(struct rmk_arena *a, struct rmk_repo *repo, const struct rmk_merging *m,
    struct rmk_str commit, struct rmk_str parent, struct rmk_str tip_tree,
    struct rmk_tree_merge *out, struct rmk_err *err)
{
	struct rmk_commit_text moved = {
	    .tree = tip_tree, .parents = {parent}, .message = RMK_STR("replay\n")};
	struct rmk_str id;

	if (rmk_commit_write(a, repo, &moved, &id, err))
		return err->code;
	return rmk_tree_merge(a, repo, m, id, commit, out, err);
}

// What the commit makes of the tip's tree. *same: nothing.
static enum rmk_code
change_tip(struct rmk_arena *a, struct rmk_repo *repo, const struct rmk_merging *m,
    const struct rmk_commit_text *commit, struct rmk_str id,
    const struct rmk_branch_commit *rows, struct rmk_replay *r, bool *same,
    struct rmk_err *err)
{
	struct rmk_commit_text tip;
	size_t unused;

	if (rows && rmk_replay_rows(a, repo, m, rows, r->tip, &r->merge, same))
		return RMK_OK;
	if (rmk_commit_read(a, repo, r->tip, &tip, &unused, err) ||
	    merge_change(a, repo, m, id, commit->parents[0], tip.tree, &r->merge, err))
		return err->code;
	*same = rmk_str_eq(r->merge.tree, tip.tree);
	return RMK_OK;
}

static enum rmk_code
replay_one(struct rmk_arena *a, struct rmk_repo *repo, const struct rmk_merging *m,
    struct rmk_str id, const struct rmk_branch_commit *rows, struct rmk_replay *r,
    struct rmk_err *err)
{
	struct rmk_commit_text commit;
	struct rmk_str made;
	size_t nparents;
	bool same;

	if (rmk_commit_read(a, repo, id, &commit, &nparents, err) ||
	    refuse_unreplayable(id, nparents, err))
		return err->code;
	if (rmk_str_eq(commit.parents[0], r->tip)) {
		r->tip = id;
		return RMK_OK;
	}
	if (change_tip(a, repo, m, &commit, id, rows, r, &same, err))
		return err->code;
	if (r->merge.n) {
		r->stopped_at = id;
		return RMK_OK;
	}
	if (same) {
		r->nleft_out++;
		return RMK_OK;
	}
	commit.tree = r->merge.tree;
	commit.parents[0] = r->tip;
	commit.sign = m->sign;
	if (rmk_commit_write(a, repo, &commit, &made, err))
		return err->code;
	r->made[r->nmade][0] = id;
	r->made[r->nmade++][1] = made;
	r->tip = made;
	return RMK_OK;
}

static enum rmk_code
replay_all(struct rmk_arena *a, struct rmk_repo *repo, const struct rmk_merging *m,
    const struct rmk_str *commits, const struct rmk_branch_commit *rows, size_t n,
    struct rmk_replay *r, size_t *done, struct rmk_err *err)
{
	for (*done = 0; *done < n; ++*done) {
		size_t i = *done;

		if (replay_one(a, repo, m, commits[i], rows ? &rows[i] : NULL, r, err))
			return err->code;
		if (r->stopped_at.n)
			break;
	}
	return RMK_OK;
}

// What one commit changed otherwise than the tip, a later one may have settled: then the commits
// as a whole merge with the tip, and so they do one by one where the tip's value goes before that
// of each commit but for what is left in the end.
static enum rmk_code
replay_settled(struct rmk_arena *a, struct rmk_repo *repo, const struct rmk_merging *m,
    const struct rmk_str *commits, size_t n, struct rmk_replay *r, struct rmk_err *err)
{
	struct rmk_merging tip_first = *m;
	struct rmk_replay again = *r;
	struct rmk_commit_text first, tip, last;
	struct rmk_tree_merge whole;
	size_t unused;

	if (rmk_commit_read(a, repo, commits[0], &first, &unused, err) ||
	    rmk_commit_read(a, repo, r->tip, &tip, &unused, err) ||
	    merge_change(
		a, repo, m, commits[n - 1], first.parents[0], tip.tree, &whole, err))
		return err->code;
	if (whole.n)
		return RMK_OK;
	tip_first.prefer = RMK_PREFER_OURS;
	again.stopped_at = RMK_STR("");
	if (replay_all(a, repo, &tip_first, commits, NULL, n, &again, &unused, err) ||
	    rmk_commit_read(a, repo, again.tip, &last, &unused, err))
		return err->code;
	if (!again.stopped_at.n && rmk_str_eq(last.tree, whole.tree))
		*r = again;
	return RMK_OK;
}

enum rmk_code
rmk_replay_commits(struct rmk_arena *a, struct rmk_repo *repo,
    const struct rmk_merging *m, const struct rmk_str *commits,
    const struct rmk_branch_commit *rows, size_t n, struct rmk_str tip,
    struct rmk_replay *out, struct rmk_err *err)
{
	struct rmk_replay r = {.tip = tip};
	size_t at;

	r.made = rmk_arena_alloc(a, (n + 1) * sizeof *r.made);
	if (replay_all(a, repo, m, commits, rows, n, &r, &at, err) ||
	    (at + 1 < n && replay_settled(a, repo, m, commits + at, n - at, &r, err)))
		return err->code;
	*out = r;
	return RMK_OK;
}
