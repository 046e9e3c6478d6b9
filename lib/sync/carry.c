// A branch to a commit, with index and files: see carry.h.
#include "sync/carry.h"

#include "base/buf.h"
#include "git/commit.h"
#include "git/line_merge.h"
#include "git/process.h"
#include "git/worktrees.h"
#include "io/file.h"

// --- what differs -------------------------------------------------------------------------

// One line of `git diff-tree --raw -z`.
struct differing {
	struct rmk_str path, mode, id; // as in `from`
	bool is_table;                 // the same file with other bytes, and Markdown
};

// ":100644 100644 ID ID M"
static struct differing
read_raw(struct rmk_str raw, struct rmk_str path)
{
	struct rmk_str old_mode, new_mode, old_id, new_id;

	rmk_str_split(&raw, ' ', &old_mode);
	rmk_str_split(&raw, ' ', &new_mode);
	rmk_str_split(&raw, ' ', &old_id);
	rmk_str_split(&raw, ' ', &new_id);
	old_mode = rmk_str_from(old_mode, 1);
	return (struct differing){path, old_mode, old_id,
	    rmk_str_eq(old_mode, new_mode) && rmk_str_starts(old_mode, RMK_STR("100")) &&
		rmk_file_is_markdown(path)};
}

static enum rmk_code
list_differing(struct rmk_arena *a, const struct rmk_repo *repo, struct rmk_str from,
    struct rmk_str to, struct differing **out, size_t *n, struct rmk_err *err)
{
	const char *const argv[] = {"git", "diff-tree", "-r", "-z", "--raw",
	    "--no-renames", "--no-abbrev", rmk_str_c(a, from), rmk_str_c(a, to), NULL};
	struct rmk_run run = {.argv = argv};
	struct rmk_str raw, path;
	size_t cap = 0;

	*out = NULL;
	*n = 0;
	if (rmk_git_run(a, repo, &run, err))
		return err->code;
	while (run.out.n && rmk_str_split(&run.out, '\0', &raw) && raw.n &&
	       rmk_str_split(&run.out, '\0', &path))
		*RMK_PUSH(a, *out, *n, cap) = read_raw(raw, path);
	return RMK_OK;
}

// --- the tables ----------------------------------------------------------------------------

struct carried_file {
	const struct rmk_merging *m;
	struct rmk_str from, to; // the file in both commits
};

// A version that git stores with LF, and that has CR LF in the worktree, wants both others so.
static struct rmk_str
with_line_ends_of(struct rmk_arena *a, struct rmk_str text, struct rmk_str like)
{
	struct rmk_buf out = {.arena = a};
	struct rmk_str line;

	if (rmk_str_find(like, RMK_STR("\r\n")) == RMK_NONE ||
	    rmk_str_find(text, RMK_STR("\r\n")) != RMK_NONE)
		return text;
	while (rmk_str_split(&text, '\n', &line)) {
		rmk_buf_add(&out, line);
		if (text.s)
			rmk_buf_adds(&out, "\r\n");
	}
	return rmk_buf_str(&out);
}

static enum rmk_code
refuse_edit(const char *version, struct rmk_str path, const struct rmk_merge *merged,
    struct rmk_err *err)
{
	const struct rmk_merge_note *first = &merged->conflicts[0];

	rmk_fail(err, RMK_CONFLICT, "%.*s%.*s: %s has an edit of what came: %.*s",
	    RMK_FMT(path), RMK_FMT(first->where), version, RMK_FMT(first->what));
	return rmk_hint(err, "commit that edit first, or take it back");
}

static enum rmk_code
carry_make(void *ctx, struct rmk_arena *a, const char *version, struct rmk_str path,
    struct rmk_str text, struct rmk_str *out, struct rmk_err *err)
{
	const struct carried_file *f = ctx;
	const struct rmk_str texts[] = {
	    with_line_ends_of(a, f->from, text), text, with_line_ends_of(a, f->to, text)};
	struct rmk_merge_opts opts = {.lines = rmk_git_merge_lines,
	    .view = f->m->view,
	    .labels = {RMK_STR("base"), RMK_STR("ours"), RMK_STR("theirs")}};
	struct rmk_merge merged;

	if (rmk_str_eq(text, texts[RMK_BASE]) || rmk_str_eq(text, texts[RMK_THEIRS])) {
		*out = texts[RMK_THEIRS];
		return RMK_OK;
	}
	if (rmk_merge_texts(a, path, texts, &opts, &merged, err))
		return err->code;
	if (merged.nconflicts)
		return refuse_edit(version, path, &merged, err);
	*out = merged.text;
	return RMK_OK;
}

static enum rmk_code
carried_tables(struct rmk_arena *a, struct rmk_repo *repo, const struct rmk_merging *m,
    const struct rmk_carry *carry, const struct differing *v, size_t n,
    struct rmk_rewrite *out, size_t *nout, struct rmk_err *err)
{
	for (size_t i = *nout = 0; i < n; i++) {
		struct carried_file *f;

		if (!v[i].is_table)
			continue;
		f = RMK_NEW(a, struct carried_file);
		f->m = m;
		if (rmk_repo_read(a, repo, carry->from, v[i].path, &f->from, err) ||
		    rmk_repo_read(a, repo, carry->to, v[i].path, &f->to, err))
			return err->code;
		out[(*nout)++] = (struct rmk_rewrite){
		    .path = v[i].path, .make = carry_make, .ctx = f};
	}
	return RMK_OK;
}

// --- the other files -----------------------------------------------------------------------

static enum rmk_code
run_on_scratch_index(struct rmk_arena *a, const struct rmk_repo *repo,
    const struct rmk_merging *m, struct rmk_run *run, struct rmk_err *err)
{
	const char *env[] = {
	    rmk_str_printf(a, "GIT_INDEX_FILE=%.*stree", RMK_FMT(m->scratch->path)).s,
	    NULL};

	run->env = env;
	return rmk_git_run(a, repo, run, err);
}

// The tree of `to` with the tables of `from`: to that git can go without touching a table.
static enum rmk_code
tree_of_others(struct rmk_arena *a, const struct rmk_repo *repo,
    const struct rmk_merging *m, const struct rmk_carry *carry, const struct differing *v,
    size_t n, struct rmk_str *out, struct rmk_err *err)
{
	const char *const read[] = {"git", "read-tree", rmk_str_c(a, carry->to), NULL};
	static const char *const put[] = {
	    "git", "update-index", "-z", "--index-info", NULL};
	static const char *const write[] = {"git", "write-tree", NULL};
	struct rmk_run reading = {.argv = read}, putting = {.argv = put},
		       writing = {.argv = write};
	struct rmk_buf lines = {.arena = a};
	bool any = false;

	for (size_t i = 0; i < n; i++) {
		if (v[i].is_table) {
			rmk_buf_printf(&lines, "%.*s %.*s\t%.*s", RMK_FMT(v[i].mode),
			    RMK_FMT(v[i].id), RMK_FMT(v[i].path));
			rmk_buf_addc(&lines, '\0');
		} else {
			any = true;
		}
	}
	*out = RMK_STR("");
	putting.in = rmk_buf_str(&lines);
	if (!any)
		return RMK_OK;
	if (run_on_scratch_index(a, repo, m, &reading, err) ||
	    (lines.n && run_on_scratch_index(a, repo, m, &putting, err)) ||
	    run_on_scratch_index(a, repo, m, &writing, err))
		return err->code;
	*out = rmk_str_trim(writing.out);
	return RMK_OK;
}

// --- both, and the branch ------------------------------------------------------------------

static enum rmk_code
carry_checked_out(struct rmk_arena *a, struct rmk_repo *repo, const struct rmk_merging *m,
    const struct rmk_carry *carry, struct rmk_err *err)
{
	struct rmk_move move = {.from = carry->from,
	    .to = carry->to,
	    .scratch = m->scratch->path,
	    .action = carry->action};
	struct rmk_commit_opts opts = {.depth = RMK_WRITE_COMMIT,
	    .message = carry->message,
	    .dry_run = carry->dry_run,
	    .move = &move};
	struct rmk_commit_result result;
	struct rmk_rewrite *files;
	struct differing *v;
	size_t n, nfiles;

	if (list_differing(a, repo, carry->from, carry->to, &v, &n, err))
		return err->code;
	files = RMK_NEW_N(a, struct rmk_rewrite, n + 1);
	if (carried_tables(a, repo, m, carry, v, n, files, &nfiles, err) ||
	    tree_of_others(a, repo, m, carry, v, n, &move.others, err))
		return err->code;
	return rmk_commit_make(a, repo, files, nfiles, &opts, &result, err);
}

static enum rmk_code
carry_ref_alone(struct rmk_arena *a, const struct rmk_repo *repo,
    const struct rmk_carry *carry, struct rmk_err *err)
{
	const char *const argv[] = {"git", "update-ref", "-m",
	    rmk_str_printf(a, "%s: %.*s", carry->action, RMK_FMT(carry->message)).s,
	    rmk_str_c(a, carry->ref), rmk_str_c(a, carry->to), rmk_str_c(a, carry->from),
	    NULL};
	struct rmk_run run = {.argv = argv, .both = true};

	if (carry->dry_run || rmk_git_run(a, repo, &run, err) == RMK_OK)
		return RMK_OK;
	rmk_fail(err, RMK_STALE, "%.*s cannot be moved: %.*s", RMK_FMT(carry->ref),
	    RMK_FMT(rmk_str_part(run.out, 0, rmk_str_chr(run.out, '\n'))));
	return rmk_hint(err, "run the command again");
}

// The folders of all worktrees that have the branch checked out.
static enum rmk_code
find_worktrees(struct rmk_arena *a, const struct rmk_repo *repo, struct rmk_str ref,
    struct rmk_str *folder, size_t *n, struct rmk_err *err)
{
	const struct rmk_str heads = RMK_STR("refs/heads/");
	struct rmk_worktree *all;
	size_t nall;

	*n = 0;
	if (rmk_git_all_worktrees(a, repo, &all, &nall, err))
		return err->code;
	for (size_t i = 0; i < nall && rmk_str_starts(ref, heads); i++) {
		if (!rmk_str_eq(all[i].branch, rmk_str_from(ref, heads.n)))
			continue;
		*folder = all[i].path;
		++*n;
	}
	return RMK_OK;
}

static bool
is_top(const struct rmk_repo *repo, struct rmk_str folder)
{
	struct rmk_str top = rmk_repo_top(repo);

	return top.n > 0 && rmk_str_eq(rmk_str_part(top, 0, top.n - 1), folder);
}

static enum rmk_code
carry_elsewhere(struct rmk_arena *a, struct rmk_str folder, const struct rmk_merging *m,
    const struct rmk_carry *carry, struct rmk_err *err)
{
	struct rmk_repo *repo;
	enum rmk_code code = rmk_repo_open(a, folder, &repo, err);

	if (code)
		return code;
	if (is_top(repo, folder)) {
		code = carry_checked_out(a, repo, m, carry, err);
	} else { // GIT_DIR names another
		code = rmk_fail(err, RMK_REFUSED, "%.*s is checked out in %.*s",
		    RMK_FMT(carry->ref), RMK_FMT(folder));
		rmk_hint(err, "run the command there");
	}
	rmk_repo_close(repo);
	return code;
}

enum rmk_code
rmk_carry_branch(struct rmk_arena *a, struct rmk_repo *repo, const struct rmk_merging *m,
    const struct rmk_carry *carry, struct rmk_err *err)
{
	struct rmk_str folder;
	size_t n;

	if (carry->here && rmk_repo_top(repo).n)
		return carry_checked_out(a, repo, m, carry, err);
	if (find_worktrees(a, repo, carry->ref, &folder, &n, err))
		return err->code;
	if (n == 0 || rmk_str_eq(carry->from, carry->to))
		return carry_ref_alone(a, repo, carry, err);
	if (n > 1)
		return rmk_fail(err, RMK_REFUSED, "%.*s is checked out in %zu worktrees",
		    RMK_FMT(carry->ref), n);
	return is_top(repo, folder) ? carry_checked_out(a, repo, m, carry, err)
	                            : carry_elsewhere(a, folder, m, carry, err);
}
