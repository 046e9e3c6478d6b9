// Commits made anew on another one: see replay.h.
#include "sync/replay.h"

#include "sync/commit_object.h"

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
	struct rmk_commit_text moved = {.tree = tip_tree,
	    .parents = {parent},
	    .message = RMK_STR("replay\n"),
	    .temporary = true};
	struct rmk_str id;

	if (rmk_commit_write(a, repo, &moved, &id, err))
		return err->code;
	return rmk_tree_merge(a, repo, m, id, commit, out, err);
}

static enum rmk_code
replay_one(struct rmk_arena *a, struct rmk_repo *repo, const struct rmk_merging *m,
    struct rmk_str id, struct rmk_replay *r, struct rmk_err *err)
{
	struct rmk_commit_text commit, tip;
	struct rmk_str made;
	size_t nparents, unused;

	if (rmk_commit_read(a, repo, id, &commit, &nparents, err) ||
	    refuse_unreplayable(id, nparents, err))
		return err->code;
	if (rmk_str_eq(commit.parents[0], r->tip)) {
		r->tip = id;
		return RMK_OK;
	}
	if (rmk_commit_read(a, repo, r->tip, &tip, &unused, err) ||
	    merge_change(a, repo, m, id, commit.parents[0], tip.tree, &r->merge, err))
		return err->code;
	if (r->merge.n) {
		r->stopped_at = id;
		return RMK_OK;
	}
	if (rmk_str_eq(r->merge.tree, tip.tree)) {
		r->nleft_out++;
		return RMK_OK;
	}
	commit.tree = r->merge.tree;
	commit.parents[0] = r->tip;
	if (rmk_commit_write(a, repo, &commit, &made, err))
		return err->code;
	r->made[r->nmade][0] = id;
	r->made[r->nmade++][1] = made;
	r->tip = made;
	return RMK_OK;
}

enum rmk_code
rmk_replay_commits(struct rmk_arena *a, struct rmk_repo *repo,
    const struct rmk_merging *m, const struct rmk_str *commits, size_t n,
    struct rmk_str tip, struct rmk_replay *out, struct rmk_err *err)
{
	struct rmk_replay r = {.tip = tip};

	r.made = rmk_arena_alloc(a, (n + 1) * sizeof *r.made);
	for (size_t i = 0; i < n && !r.stopped_at.n; i++) {
		if (replay_one(a, repo, m, commits[i], &r, err))
			return err->code;
	}
	*out = r;
	return RMK_OK;
}
