// A unified diff through libgit2, whose lines are those of `git diff`.
//
// libgit2 notes each line of both texts, several times the file. Where few lines differ it is given
// those and some around them, and the numbers of lines are counted from the whole.
#include "git/unified_diff.h"

#include "git/git_internal.h"

#include "base/ascii.h"
#include "base/buf.h"

#include <sha2.h>

static enum rmk_code
fail(struct rmk_str path, struct rmk_err *err)
{
	const git_error *e = git_error_last();

	return rmk_fail(err, RMK_GIT, "%.*s: cannot make a diff: %s", RMK_FMT(path),
	    e ? e->message : "unknown");
}

// --- what is cut off ------------------------------------------------------------------

// Lines that may differ, lines that are kept around them, and bytes for which cutting is worth it.
#define FEW_LINES 16
#define KEPT_LINES 64
#define WORTH_CUTTING ((size_t)256 << 10)

struct diff_cut {
	struct rmk_str
	    head; // the last line cut off before them that git would name, or empty
	size_t from, end[2]; // of what is kept, in both texts
	size_t lines;        // fewer before it than in the whole
};

static size_t
cut_line_ends(struct rmk_str text)
{
	size_t n = 0;

	for (size_t at; (at = rmk_str_chr(text, '\n')) != RMK_NONE; n++)
		text = rmk_str_from(text, at + 1);
	return n;
}

// The start of the line at `at`, or of the n-th before it.
static size_t
lines_back(struct rmk_str text, size_t at, size_t n)
{
	while (at > 0 && (text.s[at - 1] != '\n' || n-- > 0))
		at--;
	return at;
}

// Behind the n-th line end from `at` on.
static size_t
lines_on(struct rmk_str text, size_t at, size_t n)
{
	for (size_t to; n && (to = rmk_str_chr(rmk_str_from(text, at), '\n')) != RMK_NONE;
	     n--)
		at += to + 1;
	return n ? text.n : at;
}

// git names the last line before a hunk that begins with a letter, '_' or '$'.
static struct rmk_str
line_named(struct rmk_str text)
{
	size_t end = text.n;

	while (end > 0) {
		size_t at = lines_back(text, end - 1, 0);

		if (rmk_is_letter(text.s[at]) || text.s[at] == '_' || text.s[at] == '$')
			return rmk_str_part(text, at, end - at);
		end = at;
	}
	return RMK_STR("");
}

// False: too much differs, or too little would be cut off.
static bool
cut_equal(struct rmk_str before, struct rmk_str after, struct diff_cut *out)
{
	size_t least = before.n < after.n ? before.n : after.n, from = 0, same = 0;

	while (from < least && before.s[from] == after.s[from])
		from++;
	from = lines_back(before, from, 0);
	while (same < least - from &&
	       before.s[before.n - 1 - same] == after.s[after.n - 1 - same])
		same++;
	same -= lines_on(before, before.n - same, 1) - (before.n - same);
	if (cut_line_ends(rmk_str_part(before, from, before.n - same - from)) >
		FEW_LINES ||
	    cut_line_ends(rmk_str_part(after, from, after.n - same - from)) > FEW_LINES)
		return false;
	out->from = lines_back(before, from, KEPT_LINES);
	out->end[0] = lines_on(before, before.n - same, KEPT_LINES);
	out->end[1] = after.n - (before.n - out->end[0]);
	out->head = line_named(rmk_str_part(before, 0, out->from));
	out->lines = cut_line_ends(rmk_str_part(before, 0, out->from)) -
	             (out->head.n > 0);
	return before.n - (out->end[0] - out->from) >= WORTH_CUTTING;
}

static struct rmk_str
cut_text(struct rmk_arena *a, const struct diff_cut *cut, struct rmk_str text, int which)
{
	return rmk_str_printf(a, "%.*s%.*s", RMK_FMT(cut->head),
	    RMK_FMT(rmk_str_part(text, cut->from, cut->end[which] - cut->from)));
}

// "@@ -8,3 +8,3 @@" as it is in the whole.
static void
count_from_whole(struct rmk_buf *out, struct rmk_str line, size_t lines)
{
	size_t at = 0;

	for (int side = 0; side < 2; side++) {
		size_t from = at, number = 0;

		while (at < line.n && line.s[at] != "-+"[side])
			at++;
		rmk_buf_add(out, rmk_str_part(line, from, ++at - from));
		for (; at < line.n && rmk_is_digit(line.s[at]); at++)
			number = number * 10 + (size_t)(line.s[at] - '0');
		rmk_buf_number(out, (long long)(number + lines));
	}
	rmk_buf_add(out, rmk_str_from(line, at));
}

static struct rmk_str
uncut(struct rmk_arena *a, const struct diff_cut *cut, struct rmk_str patch)
{
	struct rmk_buf out = {.arena = a};

	while (patch.n) {
		size_t end = lines_on(patch, 0, 1);
		struct rmk_str line = rmk_str_part(patch, 0, end);

		if (rmk_str_starts(line, RMK_STR("@@ -")))
			count_from_whole(&out, line, cut->lines);
		else
			rmk_buf_add(&out, line);
		patch = rmk_str_from(patch, end);
	}
	return rmk_buf_str(&out);
}

// --- the diff -------------------------------------------------------------------------

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

static struct rmk_str
sha1_name(struct rmk_arena *a, struct rmk_str text)
{
	git_oid oid;

	if (!text.n || git_odb_hash(&oid, text.s, text.n, GIT_OBJECT_BLOB))
		return RMK_STR("0000000");
	return rmk_str_printf(a, "%.7s", git_oid_tostr_s(&oid));
}

// libgit2's names are SHA-1, and of what it was given: "index 1234567..89abcde 100644".
static struct rmk_str
with_names(struct rmk_arena *a, struct rmk_str patch, struct rmk_str before,
    struct rmk_str after)
{
	size_t at = rmk_str_find(patch, RMK_STR("\nindex ")), names = 7 + 2 + 7;

	if (at == RMK_NONE || (at += 7) + names > patch.n)
		return patch;
	return rmk_str_printf(a, "%.*s%.*s..%.*s%.*s",
	    RMK_FMT(rmk_str_part(patch, 0, at)), RMK_FMT(before), RMK_FMT(after),
	    RMK_FMT(rmk_str_from(patch, at + names)));
}

enum rmk_code
rmk_patch_text(struct rmk_arena *a, const struct rmk_repo *repo, struct rmk_str path,
    struct rmk_str before, struct rmk_str after, struct rmk_str *out, struct rmk_err *err)
{
	bool sha256 = repo && repo->id_size == SHA256_DIGEST_LENGTH, cut;
	struct rmk_str given[2] = {before, after};
	enum rmk_code code;
	struct diff_cut c = {0};

	if (rmk_str_eq(before, after)) {
		*out = RMK_STR("");
		return RMK_OK;
	}
	if (git_libgit2_init() < 0)
		return fail(path, err);
	cut = cut_equal(before, after, &c);
	for (int i = 0; cut && i < 2; i++)
		given[i] = cut_text(a, &c, given[i], i);
	code = patch_text(a, path, given[0], given[1], out, err);
	if (!code && cut)
		*out = uncut(a, &c, *out);
	if (!code && sha256)
		*out = with_names(a, *out, sha256_name(a, before), sha256_name(a, after));
	else if (!code && cut)
		*out = with_names(a, *out, sha1_name(a, before), sha1_name(a, after));
	git_libgit2_shutdown();
	return code;
}
