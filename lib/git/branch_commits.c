// The newest commits of a branch, as git log lists them: see branch_commits.h.
#include "git/branch_commits.h"
#include "git/git_internal.h"

#include <stdio.h>

// A commit begins with \1, its fields end in NUL, and so do the lines of --raw and the paths.
#define LOG_FORMAT "--format=%x01%H%x00%P%x00%ae%x00%s%x00%B%x00"

static struct rmk_str
next_field(struct rmk_str *rest)
{
	struct rmk_str field = {0};

	rmk_str_split(rest, '\0', &field);
	return field;
}

static struct rmk_str
without_newline(struct rmk_str text)
{
	return rmk_str_starts(text, RMK_STR("\n")) ? rmk_str_from(text, 1) : text;
}

static void
read_files(struct rmk_arena *a, struct rmk_str *rest, struct rmk_branch_commit *c)
{
	size_t cap = 0;

	while (rest->n && rest->s[0] != '\1') {
		struct rmk_str raw = without_newline(next_field(rest));

		if (raw.n == 0 || raw.s[0] != ':')
			continue;
		*RMK_PUSH(a, c->files, c->nfiles, cap) = (struct rmk_changed_file){
		    next_field(rest), raw.s[raw.n - 1]};
	}
}

static struct rmk_branch_commit
read_logged_commit(struct rmk_arena *a, struct rmk_str *rest)
{
	struct rmk_branch_commit c = {0};
	struct rmk_str parents;
	size_t space;

	c.id = rmk_str_from(next_field(rest), 1);
	parents = next_field(rest);
	space = rmk_str_chr(parents, ' ');
	c.merge = space != RMK_NONE;
	c.parent = rmk_str_part(parents, 0, space);
	c.mail = next_field(rest);
	c.subject = next_field(rest);
	c.body = next_field(rest);
	read_files(a, rest, &c);
	return c;
}

enum rmk_code
rmk_branch_commits(struct rmk_arena *a, struct rmk_repo *repo, struct rmk_str rev,
    uint32_t most, struct rmk_branch_commit **out, size_t *n, struct rmk_err *err)
{
	char number[16];
	const char *argv[] = {"git", "log", "--first-parent", "--raw", "-z",
	    "--no-renames", "--no-abbrev", "--no-show-signature", "--encoding=UTF-8",
	    LOG_FORMAT, "-n", number, rmk_str_c(a, rev), "--", NULL};
	struct rmk_run run = {.argv = argv, .quiet = true};
	struct rmk_branch_commit *v = NULL;
	size_t count = 0, cap = 0;
	struct rmk_str rest;

	if (rmk_repo_check_rev(a, repo, rev, err))
		return err->code;
	snprintf(number, sizeof number, "%u", most);
	if (rmk_git_run(a, repo, &run, err))
		return err->code;
	rest = run.out;
	while (rest.n && rest.s[0] == '\1')
		*RMK_PUSH(a, v, count, cap) = read_logged_commit(a, &rest);
	*out = v;
	*n = count;
	return RMK_OK;
}

enum rmk_code
rmk_git_author_mail(struct rmk_arena *a, const struct rmk_repo *repo, struct rmk_str *out,
    struct rmk_err *err)
{
	const char *argv[] = {"git", "var", "GIT_AUTHOR_IDENT", NULL};
	struct rmk_run run = {.argv = argv, .quiet = true};
	size_t from, to;

	if (rmk_git_run(a, repo, &run, err))
		return err->code;
	from = rmk_str_chr(run.out, '<');
	to = rmk_str_rchr(run.out, '>');
	if (from == RMK_NONE || to == RMK_NONE || to < from)
		return rmk_fail(err, RMK_GIT, "git var GIT_AUTHOR_IDENT names no mail");
	*out = rmk_str_part(run.out, from + 1, to - from - 1);
	return RMK_OK;
}
