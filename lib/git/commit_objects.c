// The objects of a commit: blobs, trees, and the commit itself, as git writes it.
//
// The commit is put together here, byte for byte what git commit makes, so that it does
// not depend on how a library words it. Signing is left to git: it knows every format,
// every program and every setting there is.
#include "git/commit_internal.h"

#include "base/buf.h"
#include "base/utf8.h"

#include <iconv.h>
#include <string.h>

static enum rmk_code
write_blob(struct rmk_job *job, struct rmk_job_file *f, struct rmk_file_version *v,
    struct rmk_err *err)
{
	struct rmk_err why = {0};

	if (!v->changed) {
		v->new_id = v->id;
		return RMK_OK;
	}
	enum rmk_code code = job->repo->engine->write(
	    job->repo, RMK_KIND_BLOB, v->new_text, &v->new_id, &why);
	if (code)
		return rmk_fail(
		    err, code, "%s: cannot write the new blob: %s", f->path.s, why.msg);
	return RMK_OK;
}

enum rmk_code
rmk_job_blobs(struct rmk_job *job, struct rmk_err *err)
{
	enum rmk_code code = RMK_OK;

	for (size_t i = 0; !code && i < job->n; i++) {
		struct rmk_job_file *f = &job->files[i];
		code = write_blob(job, f, &f->head, err);
		if (!code && f->index.changed && f->head.changed &&
		    rmk_str_eq(f->index.new_text, f->head.new_text))
			f->index.new_id = f->head.new_id;
		else if (!code && f->index.mode)
			code = write_blob(job, f, &f->index, err);
	}
	return code;
}

// HEAD's tree with our files in it.
enum rmk_code
rmk_job_tree(struct rmk_job *job, struct rmk_err *err)
{
	struct rmk_tree_change *changes = RMK_NEW_N(
	    job->a, struct rmk_tree_change, job->n);
	struct rmk_err why = {0};
	size_t n = 0;

	for (size_t i = 0; i < job->n; i++) {
		struct rmk_job_file *f = &job->files[i];
		if (f->head.changed)
			changes[n++] = (struct rmk_tree_change){
			    f->path, f->head.new_id, f->head.mode};
	}
	if (rmk_tree_update(job->repo, &job->tree, changes, n, &job->new_tree, &why))
		return rmk_fail(err, RMK_GIT, "cannot write the new tree: %s", why.msg);
	return RMK_OK;
}

// --- the message ----------------------------------------------------------------

// The character that begins a comment; '\0' where the setting is longer, or git would choose.
static char
comment_char(struct rmk_job *job)
{
	struct rmk_str value;

	if (rmk_repo_config(job->a, job->repo, "core.commentstring", &value) == RMK_OK)
		return '\0';
	if (rmk_repo_config(job->a, job->repo, "core.commentchar", &value))
		return '#';
	return value.n == 1 ? value.s[0] : '\0';
}

// libgit2 measures what is left of a message at each line, which is quadratic: longer ones are
// cleaned by git.
#define MESSAGE_SHORT ((size_t)64 << 10)

static enum rmk_code
clean_by_git(struct rmk_job *job, bool strip, struct rmk_err *err)
{
	const char *argv[] = {
	    "git", "stripspace", strip ? "--strip-comments" : NULL, NULL};
	struct rmk_run run = {.argv = argv, .in = job->message};
	enum rmk_code code = rmk_git_run(job->a, job->repo, &run, err);

	if (!code)
		job->message = run.out;
	return code;
}

// commit.cleanup, as git commit -m has it: "whitespace" but for strip and verbatim.
static enum rmk_code
cleanup_mode(struct rmk_job *job, struct rmk_str *out, struct rmk_err *err)
{
	static const char *const modes[] = {
	    "default", "verbatim", "whitespace", "strip", "scissors"};
	enum rmk_code code;

	*out = RMK_STR("default");
	code = rmk_setting_text(job->repo, "commit.cleanup", out, err);
	for (size_t i = 0; !code && i < sizeof modes / sizeof *modes; i++) {
		if (rmk_str_eq(*out, rmk_str_of(modes[i])))
			return RMK_OK;
	}
	return code ? code
	            : rmk_fail(err, RMK_INVALID,
			  "the setting commit.cleanup is '%.*s', which git does not know",
			  RMK_FMT(*out));
}

enum rmk_code
rmk_message_clean(struct rmk_job *job, struct rmk_err *err)
{
	git_buf clean = {0};
	struct rmk_str mode;
	enum rmk_code code = cleanup_mode(job, &mode, err);
	bool strip = rmk_str_eq(mode, RMK_STR("strip"));
	bool verbatim = rmk_str_eq(mode, RMK_STR("verbatim"));
	char comment = comment_char(job);
	bool only_git = strip && !comment;
	bool by_git = !verbatim && (only_git || job->message.n > MESSAGE_SHORT);

	if (!code && by_git) {
		code = clean_by_git(job, strip, err);
		by_git = !code || only_git;
		if (!by_git) // there is no git: slower, and right as well
			code = RMK_OK;
	}
	if (code)
		return code;
	if (!verbatim && !by_git) {
		if (git_message_prettify(
			&clean, rmk_str_c(job->a, job->message), strip, comment) < 0)
			return rmk_git_fail(err, "the message cannot be cleaned up");
		job->message = rmk_str_copy(
		    job->a, (struct rmk_str){clean.ptr, clean.size});
		git_buf_dispose(&clean);
	}
	if (!rmk_str_trim(job->message).n) {
		rmk_fail(err, RMK_INVALID, "the commit's message is empty");
		rmk_hint(err, "give one with -m");
		return RMK_INVALID;
	}
	return RMK_OK;
}

static bool
is_ascii(struct rmk_str text)
{
	for (size_t i = 0; i < text.n; i++) {
		if (text.s[i] & 0x80)
			return false;
	}
	return true;
}

// The text in another encoding; s NULL where that cannot hold it.
static struct rmk_str
encoded(struct rmk_arena *a, struct rmk_str text, const char *to)
{
	iconv_t conv = iconv_open(to, "UTF-8");
	char *in = rmk_str_c(a, text), *out, *start;
	size_t left = text.n, room = text.n * 4 + 16;
	struct rmk_str result = {0};

	if (conv == (iconv_t)-1)
		return result;
	start = out = rmk_arena_alloc(a, room);
	if (iconv(conv, &in, &left, &out, &room) == 0 &&
	    iconv(conv, NULL, NULL, &out, &room) == 0)
		result = (struct rmk_str){start, (size_t)(out - start)};
	iconv_close(conv);
	return result;
}

// i18n.commitEncoding: what a commit is written in, when that is not UTF-8. Our words
// are UTF-8; where the encoding cannot hold them they stay so, and say so by no header. An
// empty name is one to git.
static struct rmk_str
commit_encoding(struct rmk_job *job)
{
	struct rmk_str name;

	if (rmk_repo_config(job->a, job->repo, "i18n.commitencoding", &name) ||
	    rmk_str_eq_nocase(name, RMK_STR("utf-8")) ||
	    rmk_str_eq_nocase(name, RMK_STR("utf8")))
		return (struct rmk_str){0};
	if (is_ascii(job->message))
		return name;
	struct rmk_str text = encoded(job->a, job->message, rmk_str_c(job->a, name));
	if (!text.s)
		return (struct rmk_str){0};
	job->message = text;
	return name;
}

// --- the commit -----------------------------------------------------------------

static enum rmk_code
plain_commit(struct rmk_job *job, struct rmk_err *err)
{
	struct rmk_buf out = {.arena = job->a};
	struct rmk_str encoding = commit_encoding(job);
	struct rmk_err why = {0};

	rmk_buf_printf(
	    &out, "tree %s\n", rmk_oid_hex(job->a, &job->new_tree, RMK_NONE).s);
	rmk_buf_printf(&out, "parent %s\n", rmk_oid_hex(job->a, &job->head, RMK_NONE).s);
	rmk_buf_printf(&out, "author %.*s\ncommitter %.*s\n", RMK_FMT(job->author),
	    RMK_FMT(job->committer));
	if (encoding.s)
		rmk_buf_printf(&out, "encoding %.*s\n", RMK_FMT(encoding));
	rmk_buf_addc(&out, '\n');
	rmk_buf_add(&out, job->message);
	if (job->repo->engine->write(
		job->repo, RMK_KIND_COMMIT, rmk_buf_str(&out), &job->new_head, &why))
		return rmk_fail(err, RMK_GIT, "cannot write the commit: %s", why.msg);
	return RMK_OK;
}

static enum rmk_code
signed_commit(struct rmk_job *job, struct rmk_err *err)
{
	const char *argv[] = {"git", "commit-tree", "-S",
	    rmk_oid_hex(job->a, &job->new_tree, RMK_NONE).s, "-p",
	    rmk_oid_hex(job->a, &job->head, RMK_NONE).s, NULL};
	const char *env[7] = {0};
	struct rmk_run run = {
	    .lasts = true, .argv = argv, .env = env, .in = job->message};

	rmk_ident_env(job->a, env, "AUTHOR", job->author);
	rmk_ident_env(job->a, env + 3, "COMMITTER", job->committer);
	commit_encoding(job);
	enum rmk_code code = rmk_git_run(job->a, job->repo, &run, err);
	struct rmk_str id = rmk_str_trim(run.out);
	if (run.missing) {
		rmk_fail(err, RMK_REFUSED,
		    "commit.gpgsign asks for a signature, and there is no git to make "
		    "one");
		return rmk_hint(err, "install git; --no-commit and --stage sign nothing");
	}
	if (code || !rmk_oid_parse(id, &job->new_head)) {
		rmk_fail(
		    err, RMK_GIT, "the commit could not be signed; nothing was written");
		rmk_hint(err, "what the signing program said stands above; "
			      "commit.gpgsign asks for a signature");
		return RMK_GIT;
	}
	return RMK_OK;
}

enum rmk_code
rmk_job_commit(struct rmk_job *job, struct rmk_err *err)
{
	bool sign = false;
	enum rmk_code code = rmk_setting_bool(job->repo, "commit.gpgsign", &sign, err);

	if (code)
		return code;
	return sign ? signed_commit(job, err) : plain_commit(job, err);
}
