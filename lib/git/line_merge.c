// libgit2's three-way merge of lines, which is git's own (xdiff); the stages of an unmerged
// path; and where two histories part.
#include "git/line_merge.h"

#include "git/index_by_git.h"
#include "git/without_git.h"

#include <string.h>

static git_merge_file_input
input(struct rmk_str text)
{
	git_merge_file_input in;

	git_merge_file_input_init(&in, GIT_MERGE_FILE_INPUT_VERSION);
	in.ptr = text.s ? text.s : "";
	in.size = text.n;
	return in;
}

static uint32_t
style_flag(enum rmk_conflict_style style)
{
	switch (style) {
	case RMK_STYLE_DIFF3:
		return GIT_MERGE_FILE_STYLE_DIFF3;
	case RMK_STYLE_ZDIFF3:
		return GIT_MERGE_FILE_STYLE_ZDIFF3;
	default:
		return GIT_MERGE_FILE_STYLE_MERGE;
	}
}

static enum rmk_code
merge_lines(struct rmk_arena *a, const struct rmk_str texts[3],
    const struct rmk_merge_opts *opts, struct rmk_str *out, bool *conflicts,
    struct rmk_err *err)
{
	git_merge_file_options o;
	git_merge_file_input in[3];
	git_merge_file_result result = {0};

	git_merge_file_options_init(&o, GIT_MERGE_FILE_OPTIONS_VERSION);
	for (int v = RMK_BASE; v <= RMK_THEIRS; v++)
		in[v] = input(texts[v]);
	o.ancestor_label = rmk_str_c(a, opts->labels[RMK_BASE]);
	o.our_label = rmk_str_c(a, opts->labels[RMK_OURS]);
	o.their_label = rmk_str_c(a, opts->labels[RMK_THEIRS]);
	o.flags = style_flag(opts->style);
	o.marker_size = (unsigned short)opts->marker_size;
	if (git_merge_file(&result, &in[RMK_BASE], &in[RMK_OURS], &in[RMK_THEIRS], &o)) {
		const git_error *e = git_error_last();

		return rmk_fail(err, RMK_GIT, "cannot merge the lines: %s",
		    e ? e->message : "unknown");
	}
	*out = rmk_str_copy(a, (struct rmk_str){result.ptr, result.len});
	*conflicts = !result.automergeable;
	git_merge_file_result_free(&result);
	return RMK_OK;
}

enum rmk_code
rmk_git_merge_lines(void *ctx, struct rmk_arena *a, const struct rmk_str texts[3],
    const struct rmk_merge_opts *opts, struct rmk_str *out, bool *conflicts,
    struct rmk_err *err)
{
	enum rmk_code code;

	(void)ctx;
	if (git_libgit2_init() < 0)
		return rmk_fail(err, RMK_GIT, "libgit2 does not start");
	code = merge_lines(a, texts, opts, out, conflicts, err);
	git_libgit2_shutdown();
	return code;
}

enum rmk_conflict_style
rmk_git_conflict_style(struct rmk_arena *a, struct rmk_repo *repo)
{
	struct rmk_str value;

	if (!repo || rmk_repo_config(a, repo, "merge.conflictStyle", &value))
		return RMK_STYLE_MERGE;
	if (rmk_str_eq_nocase(value, RMK_STR("diff3")))
		return RMK_STYLE_DIFF3;
	return rmk_str_eq_nocase(value, RMK_STR("zdiff3")) ? RMK_STYLE_ZDIFF3
	                                                   : RMK_STYLE_MERGE;
}

// --- the index ----------------------------------------------------------------------

static enum rmk_code
take_stage(struct rmk_arena *a, struct rmk_repo *repo, struct rmk_str path,
    const struct rmk_ls_entry *in, struct rmk_str out[3], bool have[3],
    struct rmk_err *err)
{
	if (!in->stage)
		return RMK_OK;
	have[in->stage - 1] = true;
	return rmk_repo_blob(a, repo, &in->id, path, &out[in->stage - 1], err);
}

static enum rmk_code
stages_by_git(struct rmk_arena *a, struct rmk_repo *repo, struct rmk_str path,
    struct rmk_str out[3], bool have[3], struct rmk_err *err)
{
	struct rmk_ls_entry in;
	struct rmk_str rest;
	enum rmk_code code = rmk_ls_files(a, repo, rmk_str_c(a, path), &rest, err);

	while (!code && rmk_ls_next(&rest, &in))
		code = take_stage(a, repo, path, &in, out, have, err);
	return code;
}

static enum rmk_code
read_stages(struct rmk_arena *a, struct rmk_repo *repo, struct rmk_str path,
    struct rmk_str out[3], bool have[3], struct rmk_err *err)
{
	struct rmk_index_cursor c = {0};
	struct rmk_index_entry e;
	struct rmk_index index;
	enum rmk_code code = rmk_repo_index(a, repo, &index, err);

	if (!code && index.by_git)
		return stages_by_git(a, repo, path, out, have, err);
	c.index = &index;
	while (!code && rmk_index_next(&c, &e)) {
		struct rmk_ls_entry in = {
		    .id = rmk_oid_of(e.oid, RMK_OID), .stage = e.stage};
		if (rmk_str_eq(e.path, path))
			code = take_stage(a, repo, path, &in, out, have, err);
	}
	return code;
}

enum rmk_code
rmk_git_stages(struct rmk_arena *a, struct rmk_repo *repo, struct rmk_str path,
    struct rmk_str out[3], struct rmk_err *err)
{
	bool have[3] = {false};
	struct rmk_str texts[3] = {{0}};

	if (read_stages(a, repo, path, texts, have, err))
		return err->code;
	if (!have[RMK_BASE] && !have[RMK_OURS] && !have[RMK_THEIRS])
		return rmk_fail(err, RMK_NOT_FOUND,
		    "%.*s: git knows of no conflict in it", RMK_FMT(path));
	if (!have[RMK_OURS] || !have[RMK_THEIRS]) {
		rmk_fail(err, RMK_REFUSED, "%.*s: %s deleted it", RMK_FMT(path),
		    have[RMK_OURS] ? "theirs" : "ours");
		return rmk_hint(err, "git add or git rm decides");
	}
	memcpy(out, texts, sizeof texts);
	return RMK_OK;
}

// --- where two histories part -------------------------------------------------------------

enum rmk_code
rmk_git_merge_base(struct rmk_arena *a, struct rmk_repo *repo, struct rmk_str one,
    struct rmk_str two, struct rmk_str *out, struct rmk_err *err)
{
	struct rmk_oid x, y;
	enum rmk_code code = rmk_repo_rev(repo, one, RMK_KIND_COMMIT, &x, err);

	if (!code)
		code = rmk_repo_rev(repo, two, RMK_KIND_COMMIT, &y, err);
	if (code)
		return code;
	const char *const argv[] = {"git", "merge-base", rmk_oid_hex(a, &x, RMK_NONE).s,
	    rmk_oid_hex(a, &y, RMK_NONE).s, NULL};
	struct rmk_run run = {.argv = argv};
	code = rmk_git_run(a, repo, &run, err);
	if (run.missing)
		code = rmk_libgit2_merge_base(a, repo, one, two, &run.out, err);
	if (run.missing ? code == RMK_NOT_FOUND : code && run.status == 1) {
		rmk_fail(err, RMK_NOT_FOUND, "%.*s...%.*s: no commit that both come from",
		    RMK_FMT(one), RMK_FMT(two));
		return rmk_hint(err, "in a shallow clone: git fetch --unshallow");
	}
	*out = rmk_str_trim(run.out);
	return code;
}
