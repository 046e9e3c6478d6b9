// Objects and refs by git itself.
//
//	git cat-file --batch  ◀── "HEAD^{tree}\n"        one process, as long as the
//	                      ──▶ "ID tree 123\n...\n"    repository is open
//	git hash-object -w    a process an object
//
// It does whatever git does: replaced objects, fetching what a partial clone lacks, the
// names of SHA-256, the rights of a shared repository.
#include "git/engine.h"

#include "table/doc.h"

#include <stdio.h>

#define LONGEST_NAME 4000

const char *const rmk_kind_names[RMK_KINDS] = {"", "commit", "tree", "blob", "tag"};

static enum rmk_kind
engine_git_kind(const char *name)
{
	for (size_t i = 1; i < RMK_KINDS; i++) {
		if (strcmp(name, rmk_kind_names[i]) == 0)
			return (enum rmk_kind)i;
	}
	return RMK_KIND_ANY;
}

static enum rmk_code
engine_git_start(struct rmk_repo *repo, struct rmk_err *err)
{
	static const char *const argv[] = {"git", "cat-file", "--batch", NULL};
	struct rmk_run run = {.argv = argv};

	if (repo->talk.from)
		return RMK_OK;
	rmk_git_place(repo->a, repo, &run);
	return rmk_talk_start(repo->a, &run, &repo->talk, err);
}

static enum rmk_code
engine_git_lost(struct rmk_repo *repo, struct rmk_err *err)
{
	rmk_talk_end(&repo->talk);
	return rmk_fail(err, RMK_GIT, "git cat-file ended in the middle of an answer");
}

// The content, and the end of line behind it.
static enum rmk_code
engine_git_content(
    struct rmk_repo *repo, size_t size, struct rmk_object *out, struct rmk_err *err)
{
	char *text = rmk_arena_alloc(&out->arena, size + 1);

	if (fread(text, 1, size + 1, repo->talk.from) != size + 1)
		return engine_git_lost(repo, err);
	out->text = (struct rmk_str){text, size};
	return RMK_OK;
}

// The answer to a name: "ID KIND SIZE", or "NAME missing", or "NAME ambiguous".
static enum rmk_code
engine_git_answer(struct rmk_repo *repo, struct rmk_oid *id, struct rmk_object *out,
    struct rmk_err *err)
{
	char line[LONGEST_NAME + 100], hex[2 * RMK_OID_MAX + 1], kind[16];
	unsigned long long size;

	if (!fgets(line, sizeof line, repo->talk.from))
		return engine_git_lost(repo, err);
	if (rmk_str_ends(rmk_str_of(line), RMK_STR(" ambiguous\n")))
		return RMK_AMBIGUOUS;
	if (sscanf(line, "%64s %15s %llu\n", hex, kind, &size) != 3 ||
	    !rmk_oid_parse(rmk_str_of(hex), id))
		return RMK_NOT_FOUND;
	out->kind = engine_git_kind(kind);
	if (size <= RMK_MAX_FILE)
		return engine_git_content(repo, (size_t)size, out, err);
	rmk_talk_end(&repo->talk);
	return rmk_fail(
	    err, RMK_TOO_BIG, "object %s: larger than %zu bytes", hex, RMK_MAX_FILE);
}

static enum rmk_code
engine_git_ask(struct rmk_repo *repo, struct rmk_str name, struct rmk_oid *id,
    struct rmk_object *out, struct rmk_err *err)
{
	enum rmk_code code;

	*out = (struct rmk_object){0};
	if (!name.n || name.n > LONGEST_NAME || memchr(name.s, '\n', name.n) ||
	    memchr(name.s, 0, name.n))
		return RMK_NOT_FOUND;
	code = engine_git_start(repo, err);
	if (code)
		return code;
	if (!rmk_talk_say(
		&repo->talk, rmk_str_printf(&out->arena, "%.*s\n", RMK_FMT(name))))
		code = engine_git_lost(repo, err);
	else
		code = engine_git_answer(repo, id, out, err);
	if (code)
		rmk_object_close(out);
	return code;
}

static enum rmk_code
engine_git_find(struct rmk_repo *repo, struct rmk_str name, enum rmk_kind kind,
    struct rmk_oid *out, struct rmk_err *err)
{
	struct rmk_arena a = {.oom = repo->a->oom, .ctx = repo->a->ctx};
	struct rmk_object object;
	struct rmk_str full = rmk_str_printf(
	    &a, "%.*s^{%s}", RMK_FMT(name), rmk_kind_names[kind]);
	enum rmk_code code = engine_git_ask(repo, kind ? full : name, out, &object, err);

	if (!code)
		rmk_object_close(&object);
	rmk_arena_free(&a);
	return code;
}

static enum rmk_code
engine_git_read(struct rmk_repo *repo, const struct rmk_oid *id, struct rmk_object *out,
    struct rmk_err *err)
{
	struct rmk_arena a = {.oom = repo->a->oom, .ctx = repo->a->ctx};
	struct rmk_oid same;
	enum rmk_code code = engine_git_ask(
	    repo, rmk_oid_hex(&a, id, RMK_NONE), &same, out, err);

	rmk_arena_free(&a);
	return code;
}

static enum rmk_code
engine_git_write(struct rmk_repo *repo, enum rmk_kind kind, struct rmk_str text,
    struct rmk_oid *out, struct rmk_err *err)
{
	const char *const argv[] = {
	    "git", "hash-object", "-w", "-t", rmk_kind_names[kind], "--stdin", NULL};
	struct rmk_arena a = {.oom = repo->a->oom, .ctx = repo->a->ctx};
	struct rmk_run run = {.argv = argv, .in = text};
	enum rmk_code code = rmk_git_run(&a, repo, &run, err);

	if (!code && !rmk_oid_parse(rmk_str_trim(run.out), out))
		code = rmk_fail(err, RMK_GIT, "git hash-object gave no id");
	rmk_arena_free(&a);
	return code;
}

// Exit status 1 and no word: HEAD is detached, or there is no such ref.
static enum rmk_code
engine_git_say(struct rmk_arena *a, struct rmk_repo *repo, const char *const *argv,
    struct rmk_str *out, struct rmk_err *err)
{
	struct rmk_run run = {.argv = argv};
	struct rmk_err why = {0};
	enum rmk_code code = rmk_git_run(a, repo, &run, &why);

	*out = rmk_str_trim(run.out);
	if (code && run.status == 1)
		return RMK_NOT_FOUND;
	if (code && err)
		*err = why;
	return code;
}

static enum rmk_code
engine_git_head(
    struct rmk_arena *a, struct rmk_repo *repo, struct rmk_str *out, struct rmk_err *err)
{
	static const char *const argv[] = {"git", "symbolic-ref", "-q", "HEAD", NULL};
	enum rmk_code code = engine_git_say(a, repo, argv, out, err);

	if (code == RMK_NOT_FOUND)
		*out = RMK_STR("");
	return code == RMK_NOT_FOUND ? RMK_OK : code;
}

static enum rmk_code
engine_git_ref(
    struct rmk_repo *repo, struct rmk_str name, struct rmk_oid *out, struct rmk_err *err)
{
	struct rmk_arena a = {.oom = repo->a->oom, .ctx = repo->a->ctx};
	const char *const argv[] = {
	    "git", "rev-parse", "-q", "--verify", rmk_str_c(&a, name), NULL};
	struct rmk_str id;
	enum rmk_code code = engine_git_say(&a, repo, argv, &id, err);

	if (!code && !rmk_oid_parse(id, out))
		code = RMK_NOT_FOUND;
	rmk_arena_free(&a);
	return code;
}

const struct rmk_engine rmk_engine_git = {
    .find = engine_git_find,
    .read = engine_git_read,
    .write = engine_git_write,
    .head = engine_git_head,
    .ref = engine_git_ref,
};
