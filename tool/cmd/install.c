// rowmark install, uninstall: hooks and drivers of a repository.
//
// All that is written is the repository's own, and printed; what somebody else put there is
// left as it is.
#include "install.h"
#include "opt.h"
#include "out.h"

static const struct install_part *const parts[] = {
    &install_hook, &install_merge, &install_diff};

#define NPARTS (sizeof parts / sizeof *parts)

static const struct opt install_opts[] = {
    {0, "hook", NULL, "the hooks pre-commit and pre-merge-commit", NULL},
    {0, "merge", NULL, "the merge driver: .gitattributes and configuration", NULL},
    {0, "diff", "rows", "git diff shows rows in this clone, and is no patch", "rows"},
    {0, "local", NULL, "drivers: for this repository (the default)", NULL},
    {0, "global", NULL, "drivers: for all repositories of this user", NULL},
    {0, "chain", NULL, "keep a hook that is there, and run both", NULL},
    {0, "global-hooks", NULL, "hooks in a folder that serves all repositories", NULL},
    {0, "check", NULL, "only say what is installed", NULL},
    OPT_JSON,
    OPT_END,
};

static const struct opt uninstall_opts[] = {
    {0, "hook", NULL, "the hooks pre-commit and pre-merge-commit", NULL},
    {0, "merge", NULL, "the merge driver", NULL},
    {0, "diff", NULL, "the diff driver", NULL},
    {0, "local", NULL, "drivers: of this repository (the default)", NULL},
    {0, "global", NULL, "drivers: of all repositories of this user", NULL},
    OPT_JSON,
    OPT_END,
};

static const struct example install_examples[] = {
    {"Check tables before each commit", "rowmark install --hook"},
    {"Say what is installed", "rowmark install --hook --check"},
    {"Merge tables by rows", "rowmark install --merge"},
    {NULL, NULL},
};

static const struct example uninstall_examples[] = {
    {"Take the hooks away again", "rowmark uninstall --hook"},
    {NULL, NULL},
};

// Do it for the parts chosen; the worst status of them. When none is: for all but the diff
// driver, which has a price and is asked for by name. (A hook is never global: it belongs to
// a repository.)
static enum exit_status
each_part(
    struct call *c, enum exit_status (*act)(struct call *, const struct install_part *))
{
	enum exit_status status = FINE;
	bool usual = true;

	for (size_t i = 0; i < NPARTS; i++)
		usual = usual && !opt_on(c, parts[i]->option);
	for (size_t i = 0; i < NPARTS; i++) {
		bool hook = parts[i] == &install_hook, diff = parts[i] == &install_diff;
		bool meant = usual && !(hook && opt_on(c, "global")) &&
		             !(diff && c->cmd == &cmd_install);
		enum exit_status one = FINE;

		if (meant || opt_on(c, parts[i]->option))
			one = act(c, parts[i]);
		status = one > status ? one : status;
	}
	return status;
}

static enum exit_status
install_one_part(struct call *c, const struct install_part *part)
{
	return (opt_on(c, "check") ? part->check : part->install)(c, part);
}

static enum exit_status
uninstall_one_part(struct call *c, const struct install_part *part)
{
	return part->uninstall(c, part);
}

// There must be a repository, but for global drivers, and where nobody works nothing is to
// be installed.
static enum rmk_code
check_place(struct call *c, bool bare_too, struct rmk_err *err)
{
	struct rmk_repo *repo;

	if (opt_on(c, "global") && opt_on(c, "local"))
		return rmk_fail(err, RMK_INVALID, "--local or --global, not both");
	if (opt_on(c, "global") && !opt_on(c, "hook"))
		return RMK_OK;
	if (call_repo(c, &repo, err))
		return err->code;
	if (bare_too || rmk_repo_top(repo).n)
		return RMK_OK;
	rmk_fail(err, RMK_REFUSED, "install: the repository is bare: it has no files");
	return rmk_hint(err, "run it in each clone");
}

static enum exit_status
run_install(struct call *c)
{
	struct rmk_err err;

	if (check_place(c, opt_on(c, "check"), &err))
		return complain(&err);
	return each_part(c, install_one_part);
}

static enum exit_status
run_uninstall(struct call *c)
{
	struct rmk_err err;

	if (check_place(c, true, &err))
		return complain(&err);
	return each_part(c, uninstall_one_part);
}

const struct cmd cmd_install = {
    .name = "install",
    .args = "",
    .line = "Install hooks, and drivers for git's merge and diff",
    .about =
	"--hook writes the hooks pre-commit and pre-merge-commit, which run `rowmark "
	"check\n"
	"--staged`: a commit that would put a broken table into the repository is "
	"refused.\n"
	"What is checked is what is staged, not what the worktree holds; `git commit\n"
	"--no-verify` goes past it. Hooks are put where git looks for them: "
	"core.hooksPath\n"
	"and linked worktrees are honoured.\n"
	"\n"
	"A hook that is there already and is not ours is left alone, and the line to add "
	"to\n"
	"it is printed. With --chain it is kept under another name, and run first; "
	"--check\n"
	"says when somebody wrote the hook anew.\n"
	"\n"
	"Hooks that another program writes are left to it: for husky a line is added to\n"
	".husky/pre-commit; for lefthook, pre-commit, prek and simple-git-hooks the "
	"lines to\n"
	"add to their file are printed. Where core.hooksPath is a folder for all your\n"
	"repositories, nothing is put there without --global-hooks. Where rowmark is "
	"gone,\n"
	"the hook says so and lets the commit pass.\n"
	"\n"
	"--merge makes git merge tables by rows (`rowmark help merge`): lines in\n"
	".gitattributes, which are to be committed, say for which files; git's\n"
	"configuration says what is run, and each clone needs its own: so everyone runs\n"
	"`rowmark install` once. The lines are put first, so that what you ask for\n"
	"yourself (`*.md merge=union`) goes before them. Where rowmark cannot be run, "
	"git\n"
	"merges by lines. With --global the lines go to the user's own file of "
	"attributes\n"
	"and the settings to the user's configuration. The merge buttons of hosts run "
	"no\n"
	"drivers: docs/merging.md shows the way around.\n"
	"\n"
	"--diff=rows makes git show tables by rows (`rowmark help diff`), in this clone\n"
	"alone: the line is in .git/info/attributes. It has a price: what `git "
	"diff`\n"
	"prints for Markdown files is then for reading, and no patch. `git apply`, and\n"
	"programs that keep unstaged changes as a patch (lefthook, lint-staged), cannot "
	"use\n"
	"it, or worse, use it wrongly; `git diff --no-textconv` is a patch. Without "
	"this\n"
	"option `git diff` stays as it is.\n"
	"\n"
	"Without an option the hooks and the merge driver are installed, with --global "
	"alone\n"
	"the merge driver. What an older rowmark installed is found by --check and "
	"mended by\n"
	"`install`. --check changes nothing, says what is installed, and exits 1 when\n"
	"something is missing.\n",
    .examples = install_examples,
    .opts = install_opts,
    .least = 0,
    .most = 0,
    .run = run_install,
};

const struct cmd cmd_uninstall = {
    .name = "uninstall",
    .args = "",
    .line = "Take away what install wrote",
    .about =
	"Removes the hooks that `rowmark install` wrote, and no others. A hook that\n"
	"--chain kept is put back. Of .gitattributes and the configuration the lines\n"
	"of rowmark go, and nothing else.\n",
    .examples = uninstall_examples,
    .opts = uninstall_opts,
    .least = 0,
    .most = 0,
    .run = run_uninstall,
};
