// What a commit is compared with: see the header.
//
// git is asked, not libgit2, which walks past the edge of a shallow clone and fails there.
#include "git/parents.h"

#include "git/git_internal.h"
#include "io/file.h"

#include <string.h>
#include <unistd.h>

extern char **environ;

static enum rmk_code
ask(struct rmk_arena *a, const struct rmk_repo *repo, const char *const *argv,
    struct rmk_str *out, bool *said, struct rmk_err *err)
{
	struct rmk_run run = {.argv = argv, .quiet = true};

	run.cwd = rmk_str_c(a, repo->top.n ? repo->top : repo->gitdir);
	if (rmk_run(a, &run, err))
		return err->code;
	*out = run.out;
	*said = run.status == 0;
	return RMK_OK;
}

struct parents {
	struct rmk_arena *a;
	struct rmk_str *v;
	size_t n, cap;
};

static void
parents_add(struct parents *p, struct rmk_str id)
{
	for (size_t i = 0; i < p->n; i++)
		if (rmk_str_eq(p->v[i], id))
			return;
	if (id.n)
		*RMK_PUSH(p->a, p->v, p->n, p->cap) = rmk_str_copy(p->a, id);
}

// One id a line, in the middle of a merge; no file otherwise.
static void
parents_of_merge(struct parents *p, const struct rmk_repo *repo)
{
	struct rmk_str text, line,
	    path = rmk_str_printf(p->a, "%.*sMERGE_HEAD", RMK_FMT(repo->gitdir));

	if (rmk_file_read(p->a, path, &text, NULL, NULL))
		return;
	while (rmk_str_split(&text, '\n', &line))
		parents_add(p, rmk_str_trim(line));
}

// GITHEAD_<id>=name, for each head that git merge was given.
static void
parents_of_environment(struct parents *p)
{
	const struct rmk_str mark = RMK_STR("GITHEAD_");

	for (char **e = environ; e && *e; e++) {
		struct rmk_str word = rmk_str_of(*e), name;

		if (rmk_str_starts(word, mark) && rmk_str_split(&word, '=', &name))
			parents_add(p, rmk_str_from(name, mark.n));
	}
}

enum rmk_code
rmk_git_parents(struct rmk_arena *a, struct rmk_repo *repo, struct rmk_str **out,
    size_t *n, struct rmk_err *err)
{
	const char *const argv[] = {
	    "git", "rev-parse", "--verify", "-q", "HEAD^{commit}", NULL};
	struct parents p = {.a = a};
	struct rmk_str head;
	bool said;

	if (ask(a, repo, argv, &head, &said, err))
		return err->code;
	if (said) {
		parents_add(&p, rmk_str_trim(head));
		parents_of_merge(&p, repo);
		parents_of_environment(&p);
	}
	*out = p.v;
	*n = p.n;
	return RMK_OK;
}

static bool
repo_is_shallow(struct rmk_arena *a, const struct rmk_repo *repo)
{
	return access(rmk_str_printf(a, "%.*sshallow", RMK_FMT(repo->common)).s, F_OK) ==
	       0;
}

enum rmk_code
rmk_git_since(struct rmk_arena *a, struct rmk_repo *repo, struct rmk_str rev,
    struct rmk_str *out, struct rmk_err *err)
{
	const char *const argv[] = {
	    "git", "merge-base", "--", rmk_str_c(a, rev), "HEAD", NULL};
	struct rmk_str base;
	bool said;

	if (rmk_repo_check_rev(a, repo, rev, err)) {
		*out = RMK_STR("");
		return repo_is_shallow(a, repo) ? RMK_OK : err->code;
	}
	if (ask(a, repo, argv, &base, &said, err))
		return err->code;
	if (said)
		*out = rmk_str_trim(base);
	else
		*out = repo_is_shallow(a, repo) ? RMK_STR("") : rev;
	return RMK_OK;
}

enum rmk_code
rmk_git_renames(struct rmk_arena *a, struct rmk_repo *repo, struct rmk_str rev,
    bool staged, struct rmk_git_rename **out, size_t *n, struct rmk_err *err)
{
	const char *const argv[] = {"git", "diff", "-M", "-z", "--name-status",
	    "--diff-filter=R", rmk_str_c(a, rev), staged ? "--cached" : "--", NULL};
	struct rmk_str rest, status, from, to;
	size_t cap = 0;
	bool said;

	*out = NULL;
	*n = 0;
	if (ask(a, repo, argv, &rest, &said, err))
		return err->code;
	while (said && rest.n && rmk_str_split(&rest, '\0', &status) && status.n &&
	       rmk_str_split(&rest, '\0', &from) && rmk_str_split(&rest, '\0', &to))
		*RMK_PUSH(a, *out, *n, cap) = (struct rmk_git_rename){from, to};
	return RMK_OK;
}
