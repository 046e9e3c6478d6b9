// A unified diff through libgit2, whose lines are those of `git diff`.
#include "git/unified_diff.h"

#include "git/git_internal.h"

#include <sha2.h>

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

// What git would call a blob of this text where names are SHA-256, as short as in a diff.
static struct rmk_str
sha256_name(struct rmk_arena *a, struct rmk_str text)
{
	struct rmk_str header = rmk_str_printf(a, "blob %zu", text.n);
	uint8_t sum[SHA256_DIGEST_LENGTH];
	SHA2_CTX sha;

	if (!text.n)
		return RMK_STR("0000000");
	SHA256Init(&sha);
	SHA256Update(&sha, (const uint8_t *)header.s, header.n + 1); // its NUL too
	SHA256Update(&sha, (const uint8_t *)text.s, text.n);
	SHA256Final(sum, &sha);
	return rmk_str_printf(
	    a, "%02x%02x%02x%x", sum[0], sum[1], sum[2], (unsigned)sum[3] >> 4);
}

// libgit2's names are SHA-1: "index 1234567..89abcde 100644".
static struct rmk_str
with_sha256_names(struct rmk_arena *a, struct rmk_str patch, struct rmk_str before,
    struct rmk_str after)
{
	size_t at = rmk_str_find(patch, RMK_STR("\nindex ")), names = 7 + 2 + 7;

	if (at == RMK_NONE || (at += 7) + names > patch.n)
		return patch;
	return rmk_str_printf(a, "%.*s%.*s..%.*s%.*s",
	    RMK_FMT(rmk_str_part(patch, 0, at)), RMK_FMT(sha256_name(a, before)),
	    RMK_FMT(sha256_name(a, after)), RMK_FMT(rmk_str_from(patch, at + names)));
}

enum rmk_code
rmk_patch_text(struct rmk_arena *a, const struct rmk_repo *repo, struct rmk_str path,
    struct rmk_str before, struct rmk_str after, struct rmk_str *out, struct rmk_err *err)
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
	if (!code && repo && repo->id_size == SHA256_DIGEST_LENGTH)
		*out = with_sha256_names(a, *out, before, after);
	return code;
}
