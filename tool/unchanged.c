// Whether a value is in all versions: see unchanged.h.
#include "unchanged.h"

#include "gfm/cells.h"

// The cell of a change in HEAD (rev "HEAD") or in the index (""). False: there is none.
static bool
cell_at(struct call *c, const struct write *w, const char *rev, struct rmk_str *out)
{
	struct rmk_str path, text;
	struct rmk_repo *repo;
	struct rmk_doc *doc;
	struct rmk_err unused;

	return call_repo(c, &repo, &unused) == RMK_OK &&
	       rmk_repo_path(c->arena, repo, w->file->source.path, &path, &unused) ==
	           RMK_OK &&
	       rmk_repo_read(c->arena, repo, rmk_str_of(rev), path, &text, &unused) ==
	           RMK_OK &&
	       rmk_doc_parse(c->arena, path, text, 0, &doc, &unused) == RMK_OK &&
	       rmk_change_cell(c->arena, rev, doc, &w->change, out, &unused) == RMK_OK;
}

static bool
holds_value(struct call *c, const struct write *w, struct rmk_str raw)
{
	return rmk_str_eq(rmk_cell_content(c->arena, raw), w->change.value);
}

// Which versions besides the file are to hold it.
static bool
wants_head(struct call *c)
{
	return can_commit(c) && !commits_off(c) && !opt_on(c, "no-commit") &&
	       !opt_on(c, "stage");
}

static bool
wants_index(struct call *c)
{
	return can_commit(c) && (opt_on(c, "stage") || !commits_off(c)) &&
	       !opt_on(c, "no-commit");
}

void
unchanged_look_further(struct call *c, struct write *w)
{
	struct rmk_str old;

	if (w->change.kind != RMK_CHANGE_SET || !wants_index(c) ||
	    w->file->source.place != RMK_FROM_WORKTREE ||
	    !holds_value(c, w, w->change.old))
		return;
	if (cell_at(c, w, wants_head(c) ? "HEAD" : "", &old))
		w->change.old = old;
}

bool
unchanged_all(struct call *c, const struct write *writes, size_t n, enum rmk_code code)
{
	bool nowhere = code == RMK_NO_REPO;

	for (size_t i = 0; i < n; i++) {
		const struct write *w = &writes[i];
		struct rmk_str head, index;

		if (w->change.kind != RMK_CHANGE_SET || !holds_value(c, w, w->change.old))
			return false;
		if (!nowhere && wants_head(c) &&
		    (!cell_at(c, w, "HEAD", &head) || !holds_value(c, w, head)))
			return false;
		if (!nowhere && wants_index(c) &&
		    (!cell_at(c, w, "", &index) || !holds_value(c, w, index)))
			return false;
	}
	return true;
}
