// Edits that follow their rows from file to file: see follow_rows.h.
#include "sync/follow_rows.h"

#include "base/map.h"
#include "git/commit_diff.h"
#include "git/process.h"
#include "git/tree_files.h"
#include "io/file.h"
#include "sync/commit_object.h"

// The only commit that both come from; empty: there is none, or several.
static struct rmk_str
only_base(struct rmk_arena *a, const struct rmk_repo *repo, struct rmk_str ours,
    struct rmk_str theirs)
{
	const char *const argv[] = {
	    "git", "merge-base", "--all", rmk_str_c(a, ours), rmk_str_c(a, theirs), NULL};
	struct rmk_run run = {.argv = argv, .quiet = true};
	struct rmk_err unused;
	struct rmk_str base;

	if (rmk_git_run(a, repo, &run, &unused))
		return RMK_STR("");
	base = rmk_str_trim(run.out);
	return rmk_str_chr(base, '\n') == RMK_NONE ? base : RMK_STR("");
}

// The Markdown files that either side changed, in all three versions.
struct changed_files {
	struct rmk_map paths; // to their places in v
	struct rmk_follow_file *v;
	size_t n, cap;
};

static enum rmk_code
add_changed_side(struct rmk_arena *a, struct rmk_repo *repo, struct rmk_str base,
    struct rmk_str rev, enum rmk_version side, struct changed_files *out,
    struct rmk_err *err)
{
	struct rmk_commit_file *files;
	size_t n;

	if (rmk_commit_files_between(
		a, repo, base, rev, rmk_file_is_markdown, &files, &n, err))
		return err->code;
	for (size_t i = 0; i < n; i++) {
		size_t *at = rmk_map_put(&out->paths, files[i].path);
		struct rmk_str old, new_;

		if (rmk_commit_file_read(a, repo, &files[i], true, &old, err) ||
		    rmk_commit_file_read(a, repo, &files[i], false, &new_, err))
			return err->code;
		old = old.s ? old : RMK_STR("");
		if (*at == RMK_NONE) {
			*at = out->n;
			*RMK_PUSH(a, out->v, out->n, out->cap) = (struct rmk_follow_file){
			    .path = files[i].path, .texts = {old, old, old}};
		}
		out->v[*at].texts[side] = new_.s ? new_ : RMK_STR("");
	}
	return RMK_OK;
}

// The side with its new texts, as a child of it.
static enum rmk_code
commit_side(struct rmk_arena *a, struct rmk_repo *repo, const struct changed_files *files,
    enum rmk_version side, struct rmk_str *rev, struct rmk_err *err)
{
	struct rmk_tree_file *v = RMK_NEW_N(a, struct rmk_tree_file, files->n);
	struct rmk_commit_text commit = {
	    .parents = {*rev}, .message = RMK_STR("rows followed\n")};
	size_t n = 0;

	for (size_t i = 0; i < files->n; i++)
		if (files->v[i].changed[side])
			v[n++] = (struct rmk_tree_file){
			    files->v[i].path, files->v[i].texts[side]};
	if (n == 0)
		return RMK_OK;
	if (rmk_tree_with_files(a, repo, *rev, v, n, &commit.tree, err))
		return err->code;
	return rmk_commit_write(a, repo, &commit, rev, err);
}

enum rmk_code
rmk_follow_rows(struct rmk_arena *a, struct rmk_repo *repo, struct rmk_str ours,
    struct rmk_str theirs, struct rmk_followed *out, struct rmk_err *err)
{
	struct rmk_followed f = {.ours = ours, .theirs = theirs};
	struct changed_files files = {.paths = {.arena = a}};
	struct rmk_str base = only_base(a, repo, ours, theirs);
	struct rmk_left_row *left;

	*out = f;
	if (!base.n)
		return RMK_OK;
	if (add_changed_side(a, repo, base, ours, RMK_OURS, &files, err) ||
	    add_changed_side(a, repo, base, theirs, RMK_THEIRS, &files, err))
		return err->code;
	f.any = rmk_merge_follow(a, files.v, files.n, &left, &f.nleft);
	f.left = left;
	f.files = files.v;
	if (f.any && (commit_side(a, repo, &files, RMK_OURS, &f.ours, err) ||
			 commit_side(a, repo, &files, RMK_THEIRS, &f.theirs, err)))
		return err->code;
	*out = f;
	return RMK_OK;
}
