// libgit2's three-way merge of lines, which is git's own (xdiff).
#include "world/git_merge.h"

#include <git2.h>

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
