// What a commit is compared with: see the header.
//
// git is asked where it is there: libgit2 walks past the edge of a shallow clone and fails there.
#include "git/parents.h"

#include "git/git_internal.h"
#include "git/without_git.h"
#include "io/file.h"

#include <string.h>
#include <unistd.h>

extern char **environ;

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
	struct parents p = {.a = a};
	struct rmk_oid head;
	enum rmk_code code = rmk_repo_rev(
	    repo, RMK_STR("HEAD"), RMK_KIND_COMMIT, &head, err);

	if (code && code != RMK_NOT_FOUND)
		return code;
	if (!code) {
		parents_add(&p, rmk_oid_hex(a, &head, RMK_NONE));
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
	struct rmk_run run = {.argv = argv, .quiet = true};
	enum rmk_code code;

	if (rmk_repo_check_rev(a, repo, rev, err)) {
		*out = RMK_STR("");
		return repo_is_shallow(a, repo) ? RMK_OK : err->code;
	}
	code = rmk_git_run(a, repo, &run, err);
	*out = rmk_str_trim(run.out);
	if (run.missing)
		code = rmk_libgit2_merge_base(a, repo, rev, RMK_STR("HEAD"), out, err);
	if (run.missing ? code == RMK_NOT_FOUND : run.status != 0) {
		*out = repo_is_shallow(a, repo) ? RMK_STR("") : rev;
		return RMK_OK;
	}
	return code;
}

enum rmk_code
rmk_git_renames(struct rmk_arena *a, struct rmk_repo *repo, struct rmk_str rev,
    bool staged, struct rmk_git_rename **out, size_t *n, struct rmk_err *err)
{
	const char *const argv[] = {"git", "diff", "-M", "-z", "--name-status",
	    "--diff-filter=R", rmk_str_c(a, rev), staged ? "--cached" : "--", NULL};
	struct rmk_run run = {.argv = argv, .quiet = true};
	struct rmk_str status, from, to;
	enum rmk_code code = rmk_git_run(a, repo, &run, err);
	size_t cap = 0;

	*out = NULL;
	*n = 0;
	if (run.missing)
		return rmk_libgit2_renames(a, repo, rev, staged, out, n, err);
	while (!code && run.out.n && rmk_str_split(&run.out, '\0', &status) && status.n &&
	       rmk_str_split(&run.out, '\0', &from) && rmk_str_split(&run.out, '\0', &to))
		*RMK_PUSH(a, *out, *n, cap) = (struct rmk_git_rename){from, to};
	return code;
}
