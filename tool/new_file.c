// A new file and its first commit, which git makes: see new_file.h.
#include "new_file.h"
#include "answer.h"
#include "git/process.h"
#include "out.h"
#include "save.h"

#include <string.h>
#include <unistd.h>

enum rmk_code
new_file_hint(
    struct call *c, const char *word, const struct picked *like, struct rmk_err *err)
{
	struct rmk_address at = rmk_address_parse(rmk_str_of(word));

	if (err->code == RMK_OK || !rmk_file_is_markdown(at.file) ||
	    access(rmk_str_c(c->arena, at.file), F_OK) == 0)
		return err->code;
	return rmk_hint(err,
	    "'rowmark new %s --like %.*s' makes it, with the columns of %s", word,
	    RMK_FMT(like ? picked_address(c->arena, like) : RMK_STR("FILE#TABLE")),
	    like ? "that table" : "another");
}

static enum rmk_code
new_file_git(struct call *c, const char *const *argv, bool show, struct rmk_err *err)
{
	struct rmk_run run = {.argv = argv, .show = false};

	if (rmk_run(c->arena, &run, err))
		return err->code;
	if (run.status)
		return rmk_fail(err, RMK_GIT, "git %s did not succeed", argv[1]);
	if (show)
		out_str(run.out);
	return RMK_OK;
}

// git commit's own words for the options that are given.
static enum rmk_code
commit_new(struct call *c, const char *path, struct rmk_str message, struct rmk_err *err)
{
	const char **given, *argv[32] = {"git", "commit", "--only"};
	size_t n = 3, nmessages = opt_all(c, "message", &given);

	if (opt_on(c, "no-verify"))
		argv[n++] = "--no-verify";
	if (c->quiet)
		argv[n++] = "-q";
	if (opt_text(c, "author"))
		argv[n++] = rmk_str_c(c->arena,
		    rmk_str_printf(c->arena, "--author=%s", opt_text(c, "author")));
	if (opt_text(c, "date"))
		argv[n++] = rmk_str_c(
		    c->arena, rmk_str_printf(c->arena, "--date=%s", opt_text(c, "date")));
	for (size_t i = 0; i < nmessages && n < 26; i++) {
		argv[n++] = "-m";
		argv[n++] = given[i];
	}
	if (nmessages == 0) {
		argv[n++] = "-m";
		argv[n++] = rmk_str_c(c->arena, message);
	}
	argv[n++] = "--";
	argv[n++] = path;
	return new_file_git(c, argv, !c->quiet, err);
}

static enum rmk_code
add_and_commit(
    struct call *c, const char *path, struct rmk_str message, struct rmk_err *err)
{
	const char *add[] = {"git", "add", "--", path, NULL};
	const char *forget[] = {"git", "rm", "-q", "--cached", "--", path, NULL};
	struct rmk_repo *repo;
	enum rmk_code code;

	if (opt_on(c, "no-commit") || (!opt_on(c, "stage") && commits_off(c)))
		return RMK_OK;
	if (call_repo(c, &repo, err))
		return rmk_hint(err,
		    "--no-commit writes the file alone; 'git init' makes "
		    "a repository");
	if (new_file_git(c, add, false, err) || opt_on(c, "stage"))
		return opt_on(c, "stage") ? RMK_OK : err->code;
	code = commit_new(c, path, message, err);
	if (code)
		new_file_git(c, forget, false, NULL);
	return code;
}

// The commit that git has made.
static void
answer_head(struct call *c)
{
	const char *const argv[] = {
	    "git", "log", "-1", "--format=%H%n%D%n%s", "--decorate=short", NULL};
	struct rmk_run run = {.argv = argv, .quiet = true};
	struct rmk_commit_result r = {0};
	struct rmk_str id, refs;

	if (!answer_is_on() || rmk_run(c->arena, &run, NULL) || run.status)
		return;
	r.subject = rmk_str_trim(run.out);
	rmk_str_split(&r.subject, '\n', &id);
	rmk_str_split(&r.subject, '\n', &refs);
	memcpy(r.id, id.s, id.n < sizeof r.id ? id.n : sizeof r.id - 1);
	r.branch = RMK_STR("detached HEAD");
	if (rmk_str_starts(refs, RMK_STR("HEAD -> ")))
		r.branch = rmk_str_part(refs, 8, rmk_str_chr(rmk_str_from(refs, 8), ','));
	answer_commit(&r);
}

enum exit_status
new_file_write(
    struct call *c, struct rmk_str path, struct rmk_str text, struct rmk_str message)
{
	const char *name = rmk_str_c(c->arena, path);
	struct rmk_repo *repo = NULL;
	struct rmk_err err;

	if (opt_on(c, "dry-run")) {
		(void)call_repo(c, &repo, NULL);
		if (write_print_patch(
			c->arena, repo, path, (struct rmk_str){0}, text, &err))
			return complain(&err);
		answer_texts(path, RMK_STR(""), text);
		answer_not_done("write", "--dry-run");
		return FINE;
	}
	if (save_file(c->arena, path, text, 0666, &err)) {
		size_t slash = rmk_str_rchr(path, '/');

		if (slash != RMK_NONE && slash > 0 &&
		    access(rmk_str_c(c->arena, rmk_str_part(path, 0, slash)), F_OK))
			rmk_hint(&err, "'mkdir -p %.*s' makes the folder",
			    RMK_FMT(rmk_str_part(path, 0, slash)));
		return complain(&err);
	}
	if (add_and_commit(c, name, message, &err)) {
		unlink(name);
		return complain(&err);
	}
	answer_texts(path, RMK_STR(""), text);
	if (opt_on(c, "no-commit") || opt_on(c, "stage") || commits_off(c))
		answer_commit_left(c);
	else
		answer_head(c);
	return FINE;
}
