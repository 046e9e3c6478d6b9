// A unified diff through libgit2, whose lines are those of `git diff`.
#include "git/unified_diff.h"

#include <git2.h>

static enum rmk_code
fail(struct rmk_str path, struct rmk_err *err)
{
	const git_error *e = git_error_last();

	return rmk_fail(err, RMK_GIT, "%.*s: cannot make a diff: %s", RMK_FMT(path),
	    e ? e->message : "unknown");
}

static enum rmk_code
patch_text(struct rmk_arena *a, struct rmk_str path, struct rmk_str before,
    struct rmk_str after, struct rmk_str *out, struct rmk_err *err)
{
	git_diff_options opts;
	const char *name = rmk_str_c(a, path);
	git_buf buf = GIT_BUF_INIT_CONST("", 0);
	git_patch *patch;

	git_diff_options_init(&opts, GIT_DIFF_OPTIONS_VERSION);
	opts.flags = GIT_DIFF_FORCE_TEXT;
	if (git_patch_from_buffers(
		&patch, before.s, before.n, name, after.s, after.n, name, &opts))
		return fail(path, err);
	if (git_patch_to_buf(&buf, patch)) {
		git_patch_free(patch);
		return fail(path, err);
	}
	*out = rmk_str_copy(a, (struct rmk_str){buf.ptr, buf.size});
	git_buf_dispose(&buf);
	git_patch_free(patch);
	return RMK_OK;
}

enum rmk_code
rmk_patch_text(struct rmk_arena *a, struct rmk_str path, struct rmk_str before,
    struct rmk_str after, struct rmk_str *out, struct rmk_err *err)
{
	enum rmk_code code;

	if (rmk_str_eq(before, after)) {
		*out = RMK_STR("");
		return RMK_OK;
	}
	if (git_libgit2_init() < 0)
		return fail(path, err);
	code = patch_text(a, path, before, after, out, err);
	git_libgit2_shutdown();
	return code;
}
