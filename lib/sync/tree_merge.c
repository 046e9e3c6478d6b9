// A merge by git merge-tree, and what stands in its way: see tree_merge.h.
#include "sync/tree_merge.h"

#include "gfm/cells.h"
#include "git/drivers.h"
#include "git/line_merge.h"
#include "git/process.h"
#include "io/file.h"
#include "sync/follow_rows.h"
#include "table/value.h"

// One line of what merge-tree -z says of a path that is not merged.
struct unmerged {
	struct rmk_str path, ids[3]; // base, ours, theirs; empty: it has none
};

static struct rmk_str
next_text(struct rmk_str *rest)
{
	struct rmk_str text = {0};

	rmk_str_split(rest, '\0', &text);
	return text;
}

// "100644 ID STAGE<tab>PATH" for each version, until an empty one.
static struct unmerged *
read_unmerged(struct rmk_arena *a, struct rmk_str *rest, size_t *n)
{
	struct unmerged *v = NULL;
	struct rmk_str line, mode, id, stage;
	size_t cap = 0;

	for (*n = 0; rest->n && (line = next_text(rest)).n;) {
		rmk_str_split(&line, ' ', &mode);
		rmk_str_split(&line, ' ', &id);
		rmk_str_split(&line, '\t', &stage);
		if (*n == 0 || !rmk_str_eq(v[*n - 1].path, line))
			*RMK_PUSH(a, v, *n, cap) = (struct unmerged){.path = line};
		if (stage.n == 1 && stage.s[0] >= '1' && stage.s[0] <= '3')
			v[*n - 1].ids[stage.s[0] - '1'] = id;
	}
	return v;
}

static enum rmk_code
read_blob(struct rmk_arena *a, const struct rmk_repo *repo, struct rmk_str id,
    struct rmk_str *out, struct rmk_err *err)
{
	const char *const argv[] = {"git", "cat-file", "blob", rmk_str_c(a, id), NULL};
	struct rmk_run run = {.argv = argv};

	*out = RMK_STR("");
	if (!id.n)
		return RMK_OK;
	if (rmk_git_run(a, repo, &run, err))
		return err->code;
	*out = run.out;
	return RMK_OK;
}

// The rows of a file that are not merged, as the driver told them. False: it is no matter of
// rows.
static bool
add_rows_in_conflict(struct rmk_arena *a, const struct rmk_repo *repo,
    const struct rmk_merging *m, const struct unmerged *u, struct rmk_tree_merge *out,
    size_t *cap)
{
	struct rmk_merge_opts opts = {.lines = rmk_git_merge_lines,
	    .view = m->view,
	    .labels = {RMK_STR("base"), RMK_STR("ours"), RMK_STR("theirs")}};
	struct rmk_str texts[3];
	struct rmk_merge merged;

	if (!u->ids[RMK_OURS].n || !u->ids[RMK_THEIRS].n ||
	    !rmk_file_is_markdown(u->path))
		return false;
	for (int v = RMK_BASE; v <= RMK_THEIRS; v++) {
		int shown = m->swapped && v != RMK_BASE ? RMK_OURS + RMK_THEIRS - v : v;

		if (read_blob(a, repo, u->ids[v], &texts[shown], NULL))
			return false;
	}
	if (rmk_merge_texts(a, u->path, texts, &opts, &merged, NULL))
		return false;
	for (size_t i = 0; i < merged.nconflicts; i++)
		*RMK_PUSH(a, out->obstacles, out->n, *cap) = (struct rmk_obstacle){
		    u->path, merged.conflicts[i].where, merged.conflicts[i].what, false};
	return merged.nconflicts > 0;
}

static bool
has_obstacle(const struct rmk_tree_merge *m, struct rmk_str path)
{
	for (size_t i = 0; i < m->n; i++) {
		if (rmk_str_eq(m->obstacles[i].path, path))
			return true;
	}
	return false;
}

// What git says: "N<0>PATH...<0>TYPE<0>TEXT" each. Of what rows said already it adds nothing.
static void
add_messages(
    struct rmk_arena *a, struct rmk_str rest, struct rmk_tree_merge *out, size_t *cap)
{
	uint32_t npaths;

	while (rest.n && rmk_str_to_u32(next_text(&rest), &npaths)) {
		struct rmk_str path = {0}, type, text;

		for (uint32_t i = 0; i < npaths && rest.n; i++) {
			struct rmk_str one = next_text(&rest);
			path = i ? path : one;
		}
		type = next_text(&rest);
		text = rmk_str_trim(next_text(&rest));
		if (rmk_str_starts(type, RMK_STR("CONFLICT")) && !has_obstacle(out, path))
			*RMK_PUSH(a, out->obstacles, out->n,
			    *cap) = (struct rmk_obstacle){path, RMK_STR(""), text, false};
	}
}

static enum rmk_code
read_answer(struct rmk_arena *a, const struct rmk_repo *repo, const struct rmk_merging *m,
    struct rmk_str rest, bool clean, struct rmk_tree_merge *out, struct rmk_err *err)
{
	struct unmerged *unmerged;
	size_t n, cap = 0;

	*out = (struct rmk_tree_merge){.tree = rmk_str_trim(next_text(&rest))};
	if (!out->tree.n)
		return rmk_fail(err, RMK_GIT, "git merge-tree named no tree");
	if (clean)
		return RMK_OK;
	unmerged = read_unmerged(a, &rest, &n);
	for (size_t i = 0; i < n; i++)
		add_rows_in_conflict(a, repo, m, &unmerged[i], out, &cap);
	add_messages(a, rest, out, &cap);
	for (size_t i = 0; i < n; i++) {
		if (!has_obstacle(out, unmerged[i].path))
			*RMK_PUSH(a, out->obstacles, out->n, cap) = (struct rmk_obstacle){
			    unmerged[i].path, RMK_STR(""), RMK_STR("not merged"), false};
	}
	return RMK_OK;
}

static enum rmk_code
merge_trees(struct rmk_arena *a, struct rmk_repo *repo, const struct rmk_merging *m,
    struct rmk_str ours, struct rmk_str theirs, struct rmk_tree_merge *out,
    struct rmk_err *err)
{
	static const char *const options[] = {
	    "", "--prefer ours", "--prefer theirs", "--prefer furthest"};
	struct rmk_driver_once once;
	enum rmk_code code = rmk_driver_once(
	    a, repo, m->scratch->path, m->program, options[m->prefer], &once, err);

	if (code)
		return code;
	const char *const argv[] = {"git", once.settings[0], once.settings[1],
	    once.settings[2], once.settings[3], "merge-tree", "--write-tree", "-z",
	    "--messages", rmk_str_c(a, ours), rmk_str_c(a, theirs), NULL};
	const char *const env[] = {once.env[0], once.env[1], NULL};
	struct rmk_run run = {.argv = argv, .env = env, .lasts = true, .quiet = true};
	code = rmk_git_run_in(a, repo, m->scratch->path, &run, err);
	if (code && run.status != 1) {
		if (run.status == 129) { // it does not know --write-tree
			rmk_fail(
			    err, RMK_GIT, "this git cannot merge without a worktree");
			return rmk_hint(err, "git 2.38 or later is wanted");
		}
		return rmk_fail(err, RMK_GIT,
		    "git merge-tree %.*s %.*s failed (exit status %d)", RMK_FMT(ours),
		    RMK_FMT(theirs), run.status);
	}
	return read_answer(a, repo, m, run.out, run.status == 0, out, err);
}

// Where the other side has a row now that it took to another file.
static void
say_where_rows_are(struct rmk_arena *a, const struct rmk_merging *m,
    const struct rmk_followed *f, struct rmk_tree_merge *out)
{
	for (size_t i = 0; i < out->n; i++) {
		struct rmk_obstacle *o = &out->obstacles[i];
		size_t space = rmk_str_chr(o->where, ' ');
		struct rmk_str key;

		if (space == RMK_NONE)
			continue;
		key = rmk_value_key(
		    a, rmk_cell_raw(a, rmk_str_from(o->where, space + 1)));
		for (size_t k = 0; k < f->nleft; k++) {
			const struct rmk_left_row *l = &f->left[k];
			bool ours = (l->moved == RMK_OURS) != m->swapped;

			if (l->old_file != l->new_file && rmk_str_eq(l->key, key) &&
			    rmk_str_eq(f->files[l->old_file].path, o->path))
				o->what = rmk_str_printf(a,
				    "%.*s; %s has it in %.*s, line %u", RMK_FMT(o->what),
				    ours ? "ours" : "theirs",
				    RMK_FMT(f->files[l->new_file].path), l->line);
		}
	}
}

enum rmk_code
rmk_tree_merge(struct rmk_arena *a, struct rmk_repo *repo, const struct rmk_merging *m,
    struct rmk_str ours, struct rmk_str theirs, struct rmk_tree_merge *out,
    struct rmk_err *err)
{
	struct rmk_followed f;

	if (merge_trees(a, repo, m, ours, theirs, out, err))
		return err->code;
	if (out->n == 0)
		return RMK_OK;
	if (rmk_follow_rows(a, repo, ours, theirs, &f, err) ||
	    (f.any && merge_trees(a, repo, m, f.ours, f.theirs, out, err)))
		return err->code;
	say_where_rows_are(a, m, &f, out);
	return RMK_OK;
}
