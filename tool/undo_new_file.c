// Files of tables that a commit made, and that go again: see undo_new_file.h.
#include "undo_new_file.h"
#include "git/process.h"
#include "git/unified_diff.h"
#include "io/file.h"
#include "opt.h"
#include "out.h"
#include "table/doc.h"
#include "write_report.h"

#include <unistd.h>

static const char *const undo_rm[] = {"rm", "-q", "--ignore-unmatch"};

static bool
undo_holds_new_tables(const struct rmk_doc *doc)
{
	for (size_t i = 0; i < doc->nblocks; i++) {
		const struct rmk_block *b = &doc->blocks[i];

		if (b->kind == RMK_BLOCK_HTML &&
		    rmk_str_starts(rmk_doc_str(doc, doc->lines[b->line - 1]),
			RMK_STR("<!-- rowmark")))
			continue;
		if (b->kind != RMK_BLOCK_HEADING && b->kind != RMK_BLOCK_TABLE)
			return false;
	}
	for (size_t i = 0; i < doc->ntables; i++)
		if (doc->tables[i].nrows)
			return false;
	return doc->ntables > 0;
}

bool
undo_is_new_file(struct call *c, const struct rmk_branch_commit *k)
{
	for (size_t i = 0; i < k->nfiles; i++) {
		struct rmk_str path = k->files[i].path, text;
		struct rmk_err unused;
		struct rmk_doc *doc;

		if (k->files[i].status != 'A' || !rmk_file_is_markdown(path) ||
		    rmk_repo_read(c->arena, c->repo, k->id, path, &text, &unused) ||
		    rmk_doc_parse(c->arena, path, text, RMK_PARSE_ALL, &doc, &unused) ||
		    !undo_holds_new_tables(doc))
			return false;
	}
	return k->nfiles > 0 && !k->merge;
}

static struct rmk_str
undo_real_path(struct call *c, struct rmk_str path)
{
	return rmk_str_printf(
	    c->arena, "%.*s%.*s", RMK_FMT(rmk_repo_top(c->repo)), RMK_FMT(path));
}

// What is gone already is no obstacle: an undo that was killed half way is finished so.
static bool
undo_is_same_or_gone(enum rmk_code code, struct rmk_str now, struct rmk_str made)
{
	return code == RMK_NOT_FOUND || (code == RMK_OK && rmk_str_eq(now, made));
}

// HEAD, the index and the worktree still have it as the commit made it.
static enum rmk_code
undo_check_same(struct call *c, const struct rmk_branch_commit *k, struct rmk_str path,
    struct rmk_str *made, struct rmk_err *err)
{
	struct rmk_str head = RMK_STR("HEAD"), index = {0}, now = {0};
	struct rmk_err why;
	enum rmk_code code;
	bool same;

	if (rmk_repo_read(c->arena, c->repo, k->id, path, made, err))
		return err->code;
	same = rmk_repo_read(c->arena, c->repo, head, path, &now, &why) == RMK_OK &&
	       rmk_str_eq(now, *made);
	code = rmk_repo_read(c->arena, c->repo, index, path, &now, &why);
	same = same && undo_is_same_or_gone(code, now, *made);
	code = rmk_file_read(c->arena, undo_real_path(c, path), &now, NULL, &why);
	if (same && undo_is_same_or_gone(code, now, *made))
		return RMK_OK;
	rmk_fail(err, RMK_CONFLICT, "%.*s: changed since %.7s, which made it",
	    RMK_FMT(path), k->id.s);
	return rmk_hint(err, "'git rm %.*s' takes it away as it is", RMK_FMT(path));
}

static enum rmk_code
undo_git(struct call *c, const char *const *words, size_t n,
    const struct rmk_branch_commit *k, struct rmk_err *err)
{
	const char **argv = RMK_NEW_N(c->arena, const char *, n + k->nfiles + 6);
	struct rmk_run run = {.argv = argv};
	size_t i = 0;

	argv[i++] = "git";
	argv[i++] = "-C";
	argv[i++] = rmk_str_c(c->arena, rmk_repo_top(c->repo));
	argv[i++] = "--literal-pathspecs";
	for (size_t w = 0; w < n; w++)
		argv[i++] = words[w];
	argv[i++] = "--";
	for (size_t f = 0; f < k->nfiles; f++)
		argv[i++] = rmk_str_c(c->arena, k->files[f].path);
	if (rmk_run(c->arena, &run, err))
		return err->code;
	return run.status ? rmk_fail(err, RMK_GIT, "git %s failed", words[0]) : RMK_OK;
}

// Of the files alone: what else is staged stays so. `git rm` refuses what was edited meanwhile.
// Where git makes no commit they come back.
static enum rmk_code
undo_commit_files(struct call *c, const struct rmk_branch_commit *k,
    struct rmk_str message, struct rmk_err *err)
{
	const char *words[12] = {"commit", "-q", "-m", NULL};
	const char *back[] = {"checkout", "-q", "HEAD"};
	const char *author = opt_text(c, "author"), *date = opt_text(c, "date");
	struct rmk_err unused;
	size_t n = 4;

	words[3] = opt_text(c, "message") ? opt_text(c, "message")
	                                  : rmk_str_c(c->arena, message);
	if (author)
		words[n++] = rmk_str_printf(c->arena, "--author=%s", author).s;
	if (date)
		words[n++] = rmk_str_printf(c->arena, "--date=%s", date).s;
	if (opt_on(c, "no-verify"))
		words[n++] = "--no-verify";
	if (undo_git(c, undo_rm, 3, k, err))
		return err->code;
	if (undo_git(c, words, n, k, err) == RMK_OK)
		return RMK_OK;
	undo_git(c, back, 3, k, &unused);
	return err->code;
}

static void
undo_report_gone(struct call *c, const struct rmk_branch_commit *k)
{
	const char *const argv[] = {"git", "rev-parse", "--abbrev-ref", "HEAD", NULL};
	struct rmk_run run = {.argv = argv, .quiet = true};
	struct rmk_commit_result result = {0};
	struct rmk_branch_commit *made;
	struct rmk_err unused;
	size_t n;

	for (size_t i = 0; i < k->nfiles && !c->quiet; i++) {
		out_shown(STYLE_DIM, k->files[i].path);
		out_str(RMK_STR("  is gone\n"));
	}
	if (rmk_branch_commits(
		c->arena, c->repo, RMK_STR("HEAD"), 1, &made, &n, &unused) ||
	    n == 0 || rmk_run(c->arena, &run, &unused))
		return;
	memcpy(result.id, made[0].id.s,
	    made[0].id.n < sizeof result.id ? made[0].id.n : sizeof result.id - 1);
	result.branch = rmk_str_trim(run.out);
	result.subject = made[0].subject;
	report_commit(c, &result);
}

enum exit_status
undo_new_file(struct call *c, const struct rmk_branch_commit *k, struct rmk_str message)
{
	struct rmk_str made, patch;
	struct rmk_err err;

	for (size_t i = 0; i < k->nfiles; i++) {
		if (undo_check_same(c, k, k->files[i].path, &made, &err))
			return complain(&err);
		if (!opt_on(c, "dry-run"))
			continue;
		if (rmk_patch_text(c->arena, c->repo, k->files[i].path, made,
			(struct rmk_str){0}, &patch, &err))
			return complain(&err);
		write_print_diff(patch);
	}
	if (opt_on(c, "dry-run"))
		return FINE;
	if (opt_on(c, "stage"))
		return undo_git(c, undo_rm, 3, k, &err) ? complain(&err) : FINE;
	for (size_t i = 0; i < k->nfiles && opt_on(c, "no-commit"); i++)
		unlink(rmk_str_c(c->arena, undo_real_path(c, k->files[i].path)));
	if (opt_on(c, "no-commit"))
		return FINE;
	if (undo_commit_files(c, k, message, &err))
		return complain(&err);
	undo_report_gone(c, k);
	return FINE;
}
