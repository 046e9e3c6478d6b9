// Whether a value is in all versions: see unchanged.h.
#include "unchanged.h"

#include "gfm/cells.h"

// A file's version in HEAD (rev "HEAD") or in the index (""). NULL: there is none.
static struct rmk_doc *
version_at(struct call *c, const struct file *file, const char *rev)
{
	struct rmk_str path, text;
	struct rmk_repo *repo;
	struct rmk_doc *doc;
	struct rmk_err unused;

	if (call_repo(c, &repo, &unused) ||
	    rmk_repo_path(c->arena, repo, file->source.path, &path, &unused) ||
	    rmk_repo_read(c->arena, repo, rmk_str_of(rev), path, &text, &unused) ||
	    rmk_doc_parse(c->arena, path, text, 0, &doc, &unused))
		return NULL;
	return doc;
}

// The cell of a change there. False: there is none.
static bool
version_cell(struct call *c, const struct write *w, const char *rev,
    const struct rmk_doc *doc, struct rmk_str *out)
{
	struct rmk_err unused;

	return doc &&
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
	const char *rev = wants_head(c) ? "HEAD" : "";
	struct rmk_str old;

	if (w->change.kind != RMK_CHANGE_SET || !wants_index(c) ||
	    w->file->source.place != RMK_FROM_WORKTREE ||
	    !holds_value(c, w, w->change.old))
		return;
	// Read once: when it is written it is still to be this (rmk_rewrite.seen_beside).
	if (!w->file->beside)
		w->file->beside = version_at(c, w->file, rev);
	if (version_cell(c, w, rev, w->file->beside, &old))
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
		    (!version_cell(c, w, "HEAD", version_at(c, w->file, "HEAD"), &head) ||
			!holds_value(c, w, head)))
			return false;
		if (!nowhere && wants_index(c) &&
		    (!version_cell(c, w, "", version_at(c, w->file, ""), &index) ||
			!holds_value(c, w, index)))
			return false;
	}
	return true;
}
