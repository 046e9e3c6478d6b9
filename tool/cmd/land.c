// rowmark land: merge branches into another by row, in no worktree.
#include "sync/land.h"
#include "git/process.h"
#include "opt.h"
#include "out.h"
#include "sync/carry.h"
#include "sync_run.h"

#include <string.h>

// The branch moved while the merge was made: again, so many times.
#define LAND_ATTEMPTS 10

static const struct opt opts[] = {
    {0, "onto", "BRANCH", "the branch that gets them", NULL},
    {0, "squash", NULL, "one commit for each branch, with its author", NULL},
    {0, "rebase", NULL, "their commits made anew, no merge commit", NULL},
    {'m', "message", "MESSAGE", "of the merge or the squashed commit", NULL},
    {0, "verify", "COMMAND", "run it on the result first; it must exit with 0", NULL},
    {'n', "dry-run", NULL, "say whether it can be done, and do nothing", NULL},
    OPT_FORMAT("text json"),
    OPT_END,
};

static const struct example examples[] = {
    {"Neighbouring rows change: one on a branch",
	"git checkout -q -b topic && rowmark set -q lima reading"},
    {"The other on main", "git checkout -q main && rowmark set -q alibi reading"},
    {"Would they merge?", "rowmark land topic --onto main --dry-run"},
    {"Merge the branch, and show what main is now",
	"rowmark land topic --onto main && git log --format=%s --graph -3"},
    {NULL, NULL},
};

struct landing {
	struct call *c;
	struct sync_run run;
	struct rmk_land land;
	struct rmk_land_result result;
	bool verified; // or nothing was to be verified
};

// --- the check before the branch moves ------------------------------------------------------

static enum rmk_code
land_git(struct landing *l, const char *const *argv, bool quiet, struct rmk_err *err)
{
	struct rmk_run run = {.argv = argv, .quiet = quiet};

	return rmk_git_run(l->c->arena, l->run.repo, &run, err);
}

// The person's command gets a worktree of the result, and finds its repository itself.
static enum rmk_code
run_in_worktree(
    struct landing *l, const char *command, const char *folder, struct rmk_err *err)
{
	const char *const argv[] = {"sh", "-c", command, NULL};
	static const char *const env[] = {
	    "GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", NULL};
	struct rmk_run run = {
	    .argv = argv, .env = env, .cwd = folder, .show = true, .lasts = true};

	if (rmk_run(l->c->arena, &run, err))
		return err->code;
	l->verified = run.status == 0;
	return RMK_OK;
}

static enum rmk_code
land_verify(struct landing *l, struct rmk_err *err)
{
	const char *command = opt_text(l->c, "verify");
	const char *folder =
	    rmk_str_printf(l->c->arena, "%.*sverify", RMK_FMT(l->run.scratch.path)).s;
	const char *const add[] = {"git", "-c", "core.hooksPath=/dev/null", "worktree",
	    "add", "-q", "--detach", folder, rmk_str_c(l->c->arena, l->result.to), NULL};
	const char *const drop[] = {"git", "worktree", "remove", "--force", folder, NULL};
	enum rmk_code code;

	l->verified = true;
	if (!command || rmk_str_eq(l->result.from, l->result.to))
		return RMK_OK;
	land_git(l, drop, true, NULL); // of one that was killed
	code = land_git(l, add, false, err);
	if (!code)
		code = run_in_worktree(l, command, folder, err);
	land_git(l, drop, true, NULL);
	return code;
}

// --- saying so --------------------------------------------------------------------------

static const char *
landed_state(const struct landing *l, const struct rmk_landed *b)
{
	return b->n           ? "blocked"
	       : b->already   ? "already"
	       : !b->commit.n ? "not-tried"
	       : l->result.blocked || !l->verified || opt_on(l->c, "dry-run")
	           ? "mergeable"
	           : "landed";
}

static void
print_landed(const struct landing *l, const struct rmk_landed *b)
{
	const char *state = landed_state(l, b);

	out_shown(STYLE_BOLD, b->branch);
	if (strcmp(state, "already") == 0)
		out_printf(": is in %.*s already\n", RMK_FMT(l->land.onto));
	else if (strcmp(state, "landed") == 0)
		out_printf(
		    ": landed on %.*s as %.7s\n", RMK_FMT(l->land.onto), b->commit.s);
	else if (strcmp(state, "mergeable") == 0)
		out_printf(": can be landed on %.*s\n", RMK_FMT(l->land.onto));
	else if (strcmp(state, "not-tried") == 0)
		out_printf(": was not tried\n");
	else
		out_printf(": cannot be landed; ours is %.*s, theirs is the branch:\n",
		    RMK_FMT(l->land.onto));
	sync_print_obstacles(b->obstacles, b->n);
}

static void
print_landing(const struct landing *l)
{
	for (size_t i = 0; i < l->result.n; i++)
		print_landed(l, &l->result.v[i]);
	if (!l->verified)
		out_printf("not landed: '%s' failed\n", opt_text(l->c, "verify"));
}

static void
json_landing(const struct landing *l, bool moved)
{
	struct rmk_buf b = {.arena = l->c->arena};
	struct rmk_json j = {.out = &b};

	rmk_json_object(&j, NULL);
	rmk_json_number(&j, "version", 1);
	rmk_json_text(&j, "onto", l->land.onto);
	rmk_json_bool(&j, "mergeable", !l->result.blocked);
	rmk_json_bool(&j, "verified", l->verified);
	rmk_json_bool(&j, "moved", moved);
	rmk_json_text(&j, "from", l->result.from);
	rmk_json_text(&j, "to", l->result.to);
	rmk_json_array(&j, "branches");
	for (size_t i = 0; i < l->result.n; i++) {
		const struct rmk_landed *branch = &l->result.v[i];

		rmk_json_object(&j, NULL);
		rmk_json_text(&j, "branch", branch->branch);
		rmk_json_cstr(&j, "state", landed_state(l, branch));
		rmk_json_cstr(&j, "commit",
		    branch->commit.n ? rmk_str_c(l->c->arena, branch->commit) : NULL);
		sync_json_obstacles(&j, branch->obstacles, branch->n);
		rmk_json_end(&j);
	}
	rmk_json_end(&j);
	rmk_json_end(&j);
	rmk_buf_addc(&b, '\n');
	out_str(rmk_buf_str(&b));
}

// --- landing ----------------------------------------------------------------------------

static enum rmk_code
land_read_opts(struct landing *l, struct rmk_err *err)
{
	struct call *c = l->c;
	const char *onto = opt_text(c, "onto");

	if (!onto) {
		rmk_fail(err, RMK_INVALID, "land: --onto BRANCH is missing");
		return rmk_hint(err, "usage: rowmark land %s", c->cmd->args);
	}
	if (opt_on(c, "squash") && opt_on(c, "rebase"))
		return rmk_fail(
		    err, RMK_INVALID, "land: --squash and --rebase exclude each other");
	if (opt_on(c, "rebase") && opt_on(c, "message"))
		return rmk_fail(err, RMK_INVALID,
		    "land: with --rebase commits keep their own messages");
	l->land.onto = rmk_str_of(onto);
	l->land.way = opt_on(c, "squash")   ? RMK_LAND_SQUASH
	              : opt_on(c, "rebase") ? RMK_LAND_REBASE
	                                    : RMK_LAND_MERGE;
	if (opt_on(c, "message"))
		l->land.message = rmk_str_printf(
		    c->arena, "%s\n", opt_text(c, "message"));
	return RMK_OK;
}

static enum rmk_code
land_once(struct landing *l, struct rmk_err *err)
{
	struct call *c = l->c;
	struct rmk_carry carry = {
	    .action = "land", .message = l->land.onto, .dry_run = opt_on(c, "dry-run")};

	if (rmk_land_make(c->arena, l->run.repo, &l->run.merging, &l->land, c->args,
		c->nargs, &l->result, err) ||
	    (!l->result.blocked && land_verify(l, err)))
		return err->code;
	if (l->result.blocked || !l->verified)
		return RMK_OK;
	carry.ref = l->result.ref;
	carry.from = l->result.from;
	carry.to = l->result.to;
	carry.message = rmk_str_printf(
	    c->arena, "%zu branch%s", c->nargs, c->nargs == 1 ? "" : "es");
	return rmk_carry_branch(c->arena, l->run.repo, &l->run.merging, &carry, err);
}

static enum exit_status
land_run(struct call *c)
{
	struct landing l = {.c = c, .verified = true};
	enum rmk_code code = RMK_STALE;
	struct rmk_err err;

	if (land_read_opts(&l, &err) || sync_begin(c, &l.run, &err))
		return complain(&err);
	for (int i = 0; i < LAND_ATTEMPTS && code == RMK_STALE; i++)
		code = land_once(&l, &err);
	sync_end(&l.run);
	if (code)
		return complain(&err);
	if (opt_format_is(c, "json"))
		json_landing(
		    &l, !l.result.blocked && l.verified && !opt_on(c, "dry-run"));
	else if (!c->quiet || l.result.blocked || !l.verified)
		print_landing(&l);
	return l.result.blocked || !l.verified ? FOUND : FINE;
}

const struct cmd cmd_land = {
    .name = "land",
    .args = "BRANCH... --onto BRANCH",
    .line = "Merge branches into another by row, without a worktree",
    .about =
	"Merges each BRANCH into the one named with --onto as `git merge` does with the\n"
	"merge driver installed, but nothing need be installed, no .gitattributes asks\n"
	"for it, and the repository may be bare: the merge button of a host runs no\n"
	"merge drivers, this does. A merge commit is made for each; --squash makes one\n"
	"ordinary commit of each, --rebase makes their commits anew.\n"
	"\n"
	"All branches land or none. What a person must decide is listed, row by row,\n"
	"and what would break a declaration that neither side breaks, and nothing is\n"
	"changed. --verify runs a command in a worktree of the result,\n"
	"such as 'rowmark check --since main', before the branch moves.\n"
	"\n"
	"The branch moves once, and only from where it was; when somebody moved it\n"
	"meanwhile the merge is made anew. Where it is checked out, index and files\n"
	"follow, with what is staged and edited in tables; other files that are edited\n"
	"and would change are refused.\n"
	"\n"
	"Exit status: 0 landed, or with --dry-run it could be; 1 rows need a person, or\n"
	"the command of --verify failed; 2 trouble.\n",
    .examples = examples,
    .opts = opts,
    .least = 1,
    .most = SIZE_MAX,
    .run = land_run,
};
