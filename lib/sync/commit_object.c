// Commits as objects, by git's plumbing: see commit_object.h.
#include "sync/commit_object.h"

#include "git/process.h"
#include "git/tree_files.h"

// --- reading ----------------------------------------------------------------------------

static void
take_header(struct rmk_str line, struct rmk_commit_text *c, size_t *nparents)
{
	struct rmk_str word;

	if (!rmk_str_split(&line, ' ', &word) || !line.s)
		return;
	if (rmk_str_eq(word, RMK_STR("tree")))
		c->tree = line;
	else if (rmk_str_eq(word, RMK_STR("parent")) && (*nparents)++ < 2)
		c->parents[*nparents - 1] = line;
	else if (rmk_str_eq(word, RMK_STR("author")))
		c->author = line;
	else if (rmk_str_eq(word, RMK_STR("encoding")))
		c->encoding = line;
}

enum rmk_code
rmk_commit_read(struct rmk_arena *a, struct rmk_repo *repo, struct rmk_str id,
    struct rmk_commit_text *out, size_t *nparents, struct rmk_err *err)
{
	struct rmk_str line, rest;

	if (rmk_commit_raw(a, repo, id, &rest, err))
		return err->code;
	*out = (struct rmk_commit_text){0};
	*nparents = 0;
	while (rmk_str_split(&rest, '\n', &line) && line.n)
		take_header(line, out, nparents);
	out->message = rest;
	return RMK_OK;
}

enum rmk_code
rmk_commit_is_in(struct rmk_arena *a, const struct rmk_repo *repo, struct rmk_str old,
    struct rmk_str new_, bool *out, struct rmk_err *err)
{
	const char *const argv[] = {"git", "merge-base", "--is-ancestor",
	    rmk_str_c(a, old), rmk_str_c(a, new_), NULL};
	struct rmk_run run = {.argv = argv};

	if (rmk_git_run(a, repo, &run, err) && run.status != 1)
		return err->code;
	*out = run.status == 0;
	return RMK_OK;
}

enum rmk_code
rmk_commits_between(struct rmk_arena *a, const struct rmk_repo *repo, struct rmk_str from,
    struct rmk_str to, struct rmk_between *out, struct rmk_err *err)
{
	const char *const argv[] = {"git", "rev-list", "--reverse", "--topo-order",
	    "--left-right", "--boundary",
	    rmk_str_printf(a, "%.*s...%.*s", RMK_FMT(from), RMK_FMT(to)).s, NULL};
	struct rmk_run run = {.argv = argv};
	struct rmk_between b = {0};
	struct rmk_str line;
	size_t cap = 0;

	if (rmk_git_run(a, repo, &run, err))
		return err->code;
	while (run.out.n && rmk_str_split(&run.out, '\n', &line)) {
		if (rmk_str_starts(line, RMK_STR(">")))
			*RMK_PUSH(a, b.to, b.nto, cap) = rmk_str_from(line, 1);
		else if (rmk_str_starts(line, RMK_STR("<")))
			b.nfrom++;
		else if (rmk_str_starts(line, RMK_STR("-")))
			b.base = rmk_str_from(line, 1);
	}
	*out = b;
	return RMK_OK;
}

// --- writing ----------------------------------------------------------------------------

enum rmk_code
rmk_commit_wants_signature(
    struct rmk_arena *a, const struct rmk_repo *repo, bool *out, struct rmk_err *err)
{
	static const char *const argv[] = {"git", "config", "--type=bool", "--default",
	    "false", "--get", "commit.gpgsign", NULL};
	struct rmk_run run = {.argv = argv};

	if (rmk_git_run(a, repo, &run, err))
		return err->code;
	*out = rmk_str_starts(run.out, RMK_STR("true"));
	return RMK_OK;
}

// "Name <mail> 1700000000 +0000" in the three variables of git.
static void
author_env(struct rmk_arena *a, struct rmk_str author, const char **env)
{
	size_t from = rmk_str_chr(author, '<'), to = rmk_str_rchr(author, '>');

	if (!author.s || from == RMK_NONE || to == RMK_NONE || to < from)
		return;
	env[0] = rmk_str_printf(a, "GIT_AUTHOR_NAME=%.*s",
	    RMK_FMT(rmk_str_trim(rmk_str_part(author, 0, from))))
	             .s;
	env[1] = rmk_str_printf(a, "GIT_AUTHOR_EMAIL=%.*s",
	    RMK_FMT(rmk_str_part(author, from + 1, to - from - 1)))
	             .s;
	env[2] = rmk_str_printf(a, "GIT_AUTHOR_DATE=@%.*s",
	    RMK_FMT(rmk_str_trim(rmk_str_from(author, to + 1))))
	             .s;
}

enum rmk_code
rmk_commit_write(struct rmk_arena *a, struct rmk_repo *repo,
    const struct rmk_commit_text *commit, struct rmk_str *id, struct rmk_err *err)
{
	const char *argv[11] = {"git", "-c",
	    rmk_str_printf(a, "i18n.commitEncoding=%.*s",
		RMK_FMT(commit->encoding.n ? commit->encoding : RMK_STR("UTF-8")))
		.s,
	    "commit-tree", rmk_str_c(a, commit->tree)};
	const char *env[4] = {0};
	struct rmk_run run = {
	    .argv = argv, .env = env, .in = commit->message, .lasts = true};
	size_t n = 5;
	for (int i = 0; i < 2 && commit->parents[i].n; i++) {
		argv[n++] = "-p";
		argv[n++] = rmk_str_c(a, commit->parents[i]);
	}
	if (commit->sign)
		argv[n] = "-S";
	author_env(a, commit->author, env);
	if (rmk_git_run(a, repo, &run, err))
		return err->code;
	*id = rmk_str_trim(run.out);
	return RMK_OK;
}
