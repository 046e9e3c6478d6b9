// Whether a commit changed rows alone: see rows_only.h.
#include "sync/rows_only.h"

#include "edit/outside.h"
#include "io/file.h"

static enum rmk_code
read_doc_of_commit(struct rmk_arena *a, struct rmk_repo *repo, struct rmk_str rev,
    struct rmk_str path, struct rmk_doc **out)
{
	struct rmk_err err;
	struct rmk_str text;

	if (rmk_repo_read(a, repo, rev, path, &text, &err))
		return err.code;
	return rmk_doc_parse(a, path, text, RMK_PARSE_ALL, out, &err);
}

bool
rmk_commit_is_of_rows(
    struct rmk_arena *a, struct rmk_repo *repo, const struct rmk_branch_commit *commit)
{
	for (size_t i = 0; i < commit->nfiles; i++) {
		const struct rmk_changed_file *f = &commit->files[i];
		struct rmk_doc *old, *new_;

		if (f->status != 'M' || !rmk_file_is_markdown(f->path) ||
		    read_doc_of_commit(a, repo, commit->parent, f->path, &old) ||
		    read_doc_of_commit(a, repo, commit->id, f->path, &new_) ||
		    !rmk_outside_same(a, old, new_))
			return false;
	}
	return commit->nfiles > 0 && !commit->merge && commit->parent.n;
}
