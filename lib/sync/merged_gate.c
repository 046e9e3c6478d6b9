// Merged files held to what they declare: see merged_gate.h.
#include "sync/merged_gate.h"

#include "check/constraint_gate.h"
#include "git/commit_diff.h"
#include "io/file.h"

// The file among those that differ from the other side too.
static const struct rmk_commit_file *
find_changed(const struct rmk_commit_file *v, size_t n, struct rmk_str path)
{
	for (size_t i = 0; i < n; i++) {
		if (rmk_str_eq(v[i].path, path))
			return &v[i];
	}
	return NULL;
}

static enum rmk_code
parse_version(struct rmk_arena *a, struct rmk_repo *repo,
    const struct rmk_commit_file *file, bool old, struct rmk_doc **out,
    struct rmk_err *err)
{
	struct rmk_str text;

	if (rmk_commit_file_read(a, repo, file, old, &text, err))
		return err->code;
	return rmk_doc_parse(a, file->path, text.s ? text : RMK_STR(""), 0, out, err);
}

static struct rmk_obstacle
obstacle_of(struct rmk_arena *a, struct rmk_str path, const struct rmk_finding *f)
{
	struct rmk_str table = f->table;

	if (rmk_str_starts(table, path))
		table = rmk_str_from(table, path.n);
	return (struct rmk_obstacle){.path = rmk_str_copy(a, path),
	    .where = rmk_str_printf(
		a, "%.*s%s%.*s", RMK_FMT(table), f->key.n ? " " : "", RMK_FMT(f->key)),
	    .what = rmk_str_printf(a, "%.*s [%s]", RMK_FMT(f->message), f->rule->name),
	    .declared = true};
}

// Whether the file breaks a rule; what cannot be read by tables is nobody's fault here.
static bool
breaks(struct rmk_arena *a, struct rmk_repo *repo, const struct rmk_commit_file *ours,
    const struct rmk_commit_file *theirs, struct rmk_obstacle *out)
{
	struct rmk_arena scratch = {.oom = a->oom, .ctx = a->ctx};
	const struct rmk_finding *found = NULL;
	struct rmk_doc *merged, *docs[3];
	struct rmk_err unused;

	if (!parse_version(&scratch, repo, ours, false, &merged, &unused) &&
	    rmk_check_spans(merged) &&
	    !parse_version(&scratch, repo, ours, true, &docs[RMK_OURS], &unused) &&
	    !parse_version(&scratch, repo, theirs, true, &docs[RMK_THEIRS], &unused))
		found = rmk_check_merged(
		    &scratch, docs[RMK_OURS], docs[RMK_THEIRS], merged);
	if (found)
		*out = obstacle_of(a, ours->path, found);
	rmk_arena_free(&scratch);
	return found != NULL;
}

enum rmk_code
rmk_merged_gate(struct rmk_arena *a, struct rmk_repo *repo, struct rmk_str ours,
    struct rmk_str theirs, struct rmk_str merged, struct rmk_obstacle **out, size_t *n,
    struct rmk_err *err)
{
	struct rmk_commit_file *mine, *its;
	size_t nmine, nits;

	*n = 0;
	if (rmk_commit_files_between(
		a, repo, ours, merged, rmk_file_is_markdown, &mine, &nmine, err) ||
	    rmk_commit_files_between(
		a, repo, theirs, merged, rmk_file_is_markdown, &its, &nits, err))
		return err->code;
	*out = RMK_NEW_N(a, struct rmk_obstacle, nmine);
	for (size_t i = 0; i < nmine; i++) {
		const struct rmk_commit_file *other = find_changed(
		    its, nits, mine[i].path);

		if (other && breaks(a, repo, &mine[i], other, &(*out)[*n]))
			++*n;
	}
	return RMK_OK;
}
