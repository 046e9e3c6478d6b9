// The branch of a remote: see remote.h.
#include "sync/remote.h"

#include "base/buf.h"
#include "git/process.h"

#include <stdio.h>
#include <unistd.h>

// --- which one ----------------------------------------------------------------------------

static enum rmk_code
current_branch(struct rmk_arena *a, const struct rmk_repo *repo, struct rmk_str *out,
    struct rmk_err *err)
{
	static const char *const argv[] = {"git", "symbolic-ref", "-q", "HEAD", NULL};
	struct rmk_run run = {.argv = argv};
	enum rmk_code code = rmk_git_run(a, repo, &run, err);

	*out = rmk_str_trim(run.out);
	if (!code)
		return RMK_OK;
	rmk_fail(
	    err, RMK_REFUSED, "HEAD is detached: there is no branch to keep in step");
	return rmk_hint(err, "'git switch BRANCH' goes to one");
}

// What git says of a branch, in the order of the format below.
enum { IS_AT, UPSTREAM, FROM_REMOTE, FROM_REF, TO_REMOTE, TO_REF, NANSWERS };

static enum rmk_code
ask_branch(struct rmk_arena *a, const struct rmk_repo *repo, struct rmk_str ref,
    struct rmk_str out[NANSWERS], struct rmk_err *err)
{
	const char *const argv[] = {"git", "for-each-ref",
	    "--format=%(objectname)%00%(upstream)%00%(upstream:remotename)%00"
	    "%(upstream:remoteref)%00%(push:remotename)%00%(push:remoteref)",
	    rmk_str_c(a, ref), NULL};
	struct rmk_run run = {.argv = argv};
	struct rmk_str line;

	if (rmk_git_run(a, repo, &run, err))
		return err->code;
	line = rmk_str_trim(run.out);
	for (int i = 0; i < NANSWERS; i++) {
		out[i] = RMK_STR("");
		rmk_str_split(&line, '\0', &out[i]);
	}
	if (out[IS_AT].n)
		return RMK_OK;
	return rmk_fail(err, RMK_REFUSED, "%.*s has no commit yet", RMK_FMT(ref));
}

static struct rmk_str
short_branch(struct rmk_str ref)
{
	return rmk_str_from(ref, rmk_str_starts(ref, RMK_STR("refs/heads/")) ? 11 : 0);
}

static enum rmk_code
no_upstream(struct rmk_str ref, struct rmk_err *err)
{
	rmk_fail(err, RMK_NOT_FOUND, "%.*s has no upstream", RMK_FMT(short_branch(ref)));
	return rmk_hint(err,
	    "'git push -u REMOTE %.*s' makes one; or name it: rowmark sync REMOTE BRANCH",
	    RMK_FMT(short_branch(ref)));
}

// What one fetches from and pushes to must be one branch. push.default=simple pushes nothing
// where the names differ.
static enum rmk_code
refuse_triangle(
    struct rmk_str ref, const struct rmk_str said[NANSWERS], struct rmk_err *err)
{
	bool other = said[TO_REF].n ? !rmk_str_eq(said[TO_REF], said[FROM_REF])
	                            : !rmk_str_eq(ref, said[FROM_REF]);

	if (rmk_str_eq(said[TO_REMOTE], said[FROM_REMOTE]) && !other)
		return RMK_OK;
	rmk_fail(err, RMK_REFUSED,
	    "%.*s comes from %.*s %.*s, and git push goes elsewhere",
	    RMK_FMT(short_branch(ref)), RMK_FMT(said[FROM_REMOTE]),
	    RMK_FMT(short_branch(said[FROM_REF])));
	return rmk_hint(err, "name the one that is meant: rowmark sync REMOTE BRANCH");
}

static enum rmk_code
check_remote(struct rmk_arena *a, const struct rmk_repo *repo, const char *remote,
    struct rmk_err *err)
{
	const char *const argv[] = {
	    "git", "config", "--get", rmk_str_printf(a, "remote.%s.url", remote).s, NULL};
	struct rmk_run run = {.argv = argv};

	if (rmk_git_run(a, repo, &run, err) == RMK_OK)
		return RMK_OK;
	rmk_fail(err, RMK_NOT_FOUND, "there is no remote '%s'", remote);
	return rmk_hint(err, "'git remote add %s URL' makes one", remote);
}

static void
name_upstream(
    struct rmk_arena *a, struct rmk_upstream *up, const char *remote, const char *branch)
{
	struct rmk_str name = branch ? rmk_str_of(branch) : short_branch(up->ref);

	up->remote = rmk_str_of(remote);
	up->branch = rmk_str_printf(a, "refs/heads/%.*s", RMK_FMT(name));
	up->tracking = rmk_str_printf(a, "refs/remotes/%s/%.*s", remote, RMK_FMT(name));
}

enum rmk_code
rmk_upstream_find(struct rmk_arena *a, const struct rmk_repo *repo, const char *remote,
    const char *branch, struct rmk_upstream *out, struct rmk_err *err)
{
	struct rmk_str said[NANSWERS];
	struct rmk_upstream up;

	if (current_branch(a, repo, &up.ref, err) ||
	    ask_branch(a, repo, up.ref, said, err) ||
	    (remote && check_remote(a, repo, remote, err)))
		return err->code;
	up.head = said[IS_AT];
	if (remote) {
		name_upstream(a, &up, remote, branch);
	} else {
		if (!said[UPSTREAM].n || !said[FROM_REMOTE].n)
			return no_upstream(up.ref, err);
		if (refuse_triangle(up.ref, said, err))
			return err->code;
		up.remote = said[FROM_REMOTE];
		up.branch = said[FROM_REF];
		up.tracking = said[UPSTREAM];
	}
	up.shown = rmk_str_printf(
	    a, "%.*s/%.*s", RMK_FMT(up.remote), RMK_FMT(short_branch(up.branch)));
	*out = up;
	return RMK_OK;
}

enum rmk_code
rmk_upstream_is_there(struct rmk_arena *a, const struct rmk_repo *repo,
    const struct rmk_upstream *up, struct rmk_err *err)
{
	const char *const known[] = {
	    "git", "rev-parse", "-q", "--verify", rmk_str_c(a, up->tracking), NULL};
	const char *const ask[] = {"git", "ls-remote", "--exit-code",
	    rmk_str_c(a, up->remote), rmk_str_c(a, up->branch), NULL};
	struct rmk_run run = {.argv = known, .quiet = true};
	struct rmk_run asked = {.argv = ask, .quiet = true, .lasts = true};
	struct rmk_str name = short_branch(up->branch);

	if (rmk_git_run(a, repo, &run, err) == RMK_OK ||
	    rmk_git_run(a, repo, &asked, err) == RMK_OK || asked.status != 2)
		return RMK_OK; // what else there is the fetch says
	rmk_fail(err, RMK_NOT_FOUND, "%.*s has no branch %.*s yet", RMK_FMT(up->remote),
	    RMK_FMT(name));
	return rmk_hint(err,
	    "nothing is there to be in step with: 'git push -u %.*s HEAD:%.*s' makes it",
	    RMK_FMT(up->remote), RMK_FMT(name));
}

// --- fetching --------------------------------------------------------------------------------

enum rmk_code
rmk_upstream_fetch(struct rmk_arena *a, const struct rmk_repo *repo,
    const struct rmk_upstream *up, unsigned deepen, bool loud, struct rmk_err *err)
{
	const char *argv[12] = {"git", "fetch", "--no-tags", "--no-prune",
	    "--no-write-fetch-head", "--no-recurse-submodules"};
	struct rmk_run run = {.argv = argv, .lasts = true};
	size_t n = 6;

	if (!loud)
		argv[n++] = "-q";
	if (deepen)
		argv[n++] = rmk_str_printf(a, "--deepen=%u", deepen).s;
	argv[n++] = rmk_str_c(a, up->remote);
	argv[n] =
	    rmk_str_printf(a, "+%.*s:%.*s", RMK_FMT(up->branch), RMK_FMT(up->tracking)).s;
	if (rmk_git_run(a, repo, &run, err) == RMK_OK)
		return RMK_OK;
	rmk_fail(err, RMK_GIT, "%.*s could not be fetched", RMK_FMT(up->shown));
	return rmk_hint(err,
	    "what git said stands above; commits stay here, and the next "
	    "sync takes them along");
}

bool
rmk_upstream_is_cut(struct rmk_arena *a, const struct rmk_repo *repo)
{
	static const char *const argv[] = {
	    "git", "rev-parse", "--is-shallow-repository", NULL};
	struct rmk_run run = {.argv = argv};

	return rmk_git_run(a, repo, &run, NULL) == RMK_OK &&
	       rmk_str_starts(run.out, RMK_STR("true"));
}

// --- pushing ---------------------------------------------------------------------------------

// The reason in "!<tab>FROM:TO<tab>[rejected] (fetch first)"; empty: git did not come that far.
static struct rmk_str
rejection(struct rmk_str said)
{
	struct rmk_str line, field;

	while (said.n && rmk_str_split(&said, '\n', &line)) {
		if (!rmk_str_starts(line, RMK_STR("!\t")))
			continue;
		for (int i = 0; i < 2; i++)
			rmk_str_split(&line, '\t', &field);
		return line;
	}
	return RMK_STR("");
}

// Somebody else pushed, before this one or at the same moment.
static bool
is_race(struct rmk_str reason)
{
	static const char *const words[] = {"(fetch first)", "(non-fast-forward)",
	    "lock ref", "failed to update ref", "incorrect old value", "failed to lock",
	    "reference already exists"};

	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		if (rmk_str_find(reason, rmk_str_of(words[i])) != RMK_NONE)
			return true;
	}
	return false;
}

// What the remote said, in one line.
static struct rmk_str
words_of_remote(struct rmk_arena *a, struct rmk_str said, const char *front)
{
	struct rmk_buf out = {.arena = a};
	struct rmk_str line;

	while (said.n && rmk_str_split(&said, '\n', &line)) {
		if (!rmk_str_starts(line, rmk_str_of(front)))
			continue;
		line = rmk_str_trim(rmk_str_from(line, strlen(front)));
		rmk_buf_printf(
		    &out, "%s%.*s", out.n && line.n ? " / " : "", RMK_FMT(line));
	}
	return rmk_buf_str(&out);
}

static enum rmk_code
push_failed(struct rmk_arena *a, const struct rmk_upstream *up, struct rmk_str branch,
    struct rmk_str said, struct rmk_err *err)
{
	struct rmk_str reason = rejection(said), words;

	if (is_race(reason))
		return rmk_fail(err, RMK_FASTER, "somebody else keeps pushing to %.*s",
		    RMK_FMT(up->shown));
	if (!reason.n) {
		words = words_of_remote(a, said, "fatal: ");
		rmk_fail(err, RMK_GIT, "the push to %.*s failed: %.*s",
		    RMK_FMT(up->remote), RMK_FMT(words));
		return rmk_hint(
		    err, "commits stay here, and the next sync takes them along");
	}
	words = words_of_remote(a, said, "remote: ");
	rmk_fail(err, RMK_HOOK, "%.*s refused the push to %.*s: %.*s %.*s",
	    RMK_FMT(up->remote), RMK_FMT(short_branch(branch)), RMK_FMT(reason),
	    RMK_FMT(words));
	return rmk_hint(err,
	    "commits stay here; where the branch is protected, 'rowmark sync "
	    "--to BRANCH' pushes them to another one for a pull request");
}

enum rmk_code
rmk_upstream_push(struct rmk_arena *a, const struct rmk_repo *repo,
    const struct rmk_upstream *up, struct rmk_str commit, struct rmk_str branch,
    struct rmk_err *err)
{
	const char *const argv[] = {"git", "push", "--porcelain", "--no-follow-tags",
	    "--no-recurse-submodules", rmk_str_c(a, up->remote),
	    rmk_str_printf(a, "%.*s:%.*s", RMK_FMT(commit), RMK_FMT(branch)).s, NULL};
	// git's words are read here, whatever language the person has.
	static const char *const env[] = {"LANGUAGE=C", NULL};
	struct rmk_run run = {.argv = argv, .env = env, .both = true, .lasts = true};
	enum rmk_code code = rmk_git_run(a, repo, &run, err);

	return code && run.status ? push_failed(a, up, branch, run.out, err) : code;
}
