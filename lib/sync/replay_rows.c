// A commit of rows made anew, file by file: see replay_rows.h.
#include "sync/replay_rows.h"

#include "base/buf.h"
#include "git/line_merge.h"
#include "git/process.h"
#include "git/tree_files.h"

// "PATH<0>merge<0>VALUE<0>" each.
static bool
all_by_driver(struct rmk_str said)
{
	struct rmk_str path, name, value;

	while (said.n && rmk_str_split(&said, '\0', &path) &&
	       rmk_str_split(&said, '\0', &name) && rmk_str_split(&said, '\0', &value)) {
		if (!rmk_str_eq(value, RMK_STR("unspecified")) &&
		    !rmk_str_eq(value, RMK_STR("rowmark")))
			return false;
	}
	return true;
}

bool
rmk_replay_rows_may(struct rmk_arena *a, const struct rmk_repo *repo,
    const struct rmk_branch_commit *commits, size_t n)
{
	static const char *const argv[] = {
	    "git", "check-attr", "-z", "--stdin", "merge", NULL};
	struct rmk_buf paths = {.arena = a};
	struct rmk_run run = {.argv = argv, .quiet = true};
	struct rmk_err unused;

	for (size_t i = 0; i < n; i++) {
		for (size_t f = 0; f < commits[i].nfiles; f++) {
			rmk_buf_add(&paths, commits[i].files[f].path);
			rmk_buf_addc(&paths, '\0');
		}
	}
	run.in = rmk_buf_str(&paths);
	return rmk_git_run(a, repo, &run, &unused) == RMK_OK && all_by_driver(run.out);
}

static bool
read_three(struct rmk_arena *a, struct rmk_repo *repo,
    const struct rmk_branch_commit *commit, struct rmk_str tip, struct rmk_str path,
    struct rmk_str texts[3])
{
	const struct rmk_str revs[] = {commit->parent, tip, commit->id};
	struct rmk_err unused;

	for (int v = RMK_BASE; v <= RMK_THEIRS; v++) {
		if (rmk_repo_read(a, repo, revs[v], path, &texts[v], &unused))
			return false;
	}
	return true;
}

bool
rmk_replay_rows(struct rmk_arena *a, struct rmk_repo *repo, const struct rmk_merging *m,
    const struct rmk_branch_commit *commit, struct rmk_str tip,
    struct rmk_tree_merge *out, bool *same)
{
	struct rmk_tree_file *files = RMK_NEW_N(a, struct rmk_tree_file, commit->nfiles);
	struct rmk_merge_opts opts = {.lines = rmk_git_merge_lines, .view = m->view};
	struct rmk_err unused;

	*out = (struct rmk_tree_merge){0};
	*same = true;
	if (m->prefer)
		return false;
	for (size_t i = 0; i < commit->nfiles; i++) {
		struct rmk_str texts[3], path = commit->files[i].path;
		struct rmk_merge merged;

		if (commit->files[i].status != 'M' ||
		    !read_three(a, repo, commit, tip, path, texts) ||
		    rmk_merge_texts(a, path, texts, &opts, &merged, &unused) ||
		    merged.nconflicts)
			return false; // git says it with the ids of all versions
		files[i] = (struct rmk_tree_file){path, merged.text};
		*same = *same && rmk_str_eq(merged.text, texts[RMK_OURS]);
	}
	return *same || rmk_tree_with_files(a, repo, tip, files, commit->nfiles,
			    &out->tree, &unused) == RMK_OK;
}
