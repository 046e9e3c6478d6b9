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

enum rmk_code
rmk_replay_commits(struct rmk_arena *a, struct rmk_repo *repo,
    const struct rmk_merging *m, const struct rmk_str *commits,
    const struct rmk_branch_commit *rows, size_t n, struct rmk_str tip,
    struct rmk_replay *out, struct rmk_err *err)
{
	struct rmk_replay r = {.tip = tip};

	r.made = rmk_arena_alloc(a, (n + 1) * sizeof *r.made);
	for (size_t i = 0; i < n && !r.stopped_at.n; i++) {
		if (replay_one(a, repo, m, commits[i], rows ? &rows[i] : NULL, &r, err))
			return err->code;
	}
	*out = r;
	return RMK_OK;
}
