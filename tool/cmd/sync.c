// rowmark sync: a branch and its upstream in step, row by row.
#include "opt.h"
#include "out.h"
#include "sync_report.h"

#include <unistd.h>

static const struct opt opts[] = {
    {0, "to", "BRANCH", "push to this branch of the remote, for a pull request", NULL},
    {0, "all", NULL, "push commits that change more than rows too", NULL},
    {0, "ours", NULL, "where both changed a cell, what was written here", NULL},
    {0, "theirs", NULL, "where both changed a cell, what the remote has", NULL},
    {0, "furthest", NULL, "where both changed a status, the further one", NULL},
    {0, "tries", "N", "pushes before it is given up (100)", NULL},
    OPT_FORMAT("text json"),
    OPT_END,
};

static const struct example examples[] = {
    {"A remote, and two clones of it",
	"git clone -q --bare . origin.git && git clone -q origin.git a && git clone -q "
	"origin.git b"},
    {"Each changes a row",
	"rowmark -C a set -q lima reading && rowmark -C b set -q lora read"},
    {"The first pushes", "rowmark -C a sync"},
    {"The second takes that, and pushes", "rowmark -C b sync"},
    {"One line of history", "git --git-dir=origin.git log --format=%s --graph -3"},
    {NULL, NULL},
};

// Of a rebase "ours" is the other side; here it is what was written here, as people mean it.
static enum rmk_code
sync_preference(const struct call *c, enum rmk_prefer *out, struct rmk_err *err)
{
	bool ours = opt_on(c, "ours"), theirs = opt_on(c, "theirs"),
	     furthest = opt_on(c, "furthest");

	if (ours + theirs + furthest > 1)
		return rmk_fail(err, RMK_INVALID,
		    "sync: --ours, --theirs and --furthest exclude each other");
	*out = ours       ? RMK_PREFER_THEIRS
	       : theirs   ? RMK_PREFER_OURS
	       : furthest ? RMK_PREFER_FURTHEST
	                  : RMK_PREFER_NONE;
	return RMK_OK;
}

static enum exit_status
cmd_sync_run(struct call *c)
{
	struct rmk_sync sync = {.remote = c->nargs > 0 ? c->args[0] : NULL,
	    .branch = c->nargs > 1 ? c->args[1] : NULL,
	    .to = opt_text(c, "to"),
	    .all = opt_on(c, "all"),
	    .loud = isatty(2) && !c->quiet};
	struct rmk_sync_result result;
	struct sync_run run;
	enum rmk_prefer prefer = RMK_PREFER_NONE;
	enum rmk_code code;
	struct rmk_err err;

	if (opt_number(c, "tries", 100, &sync.tries, &err) ||
	    sync_preference(c, &prefer, &err) || sync_begin(c, &run, &err))
		return complain(&err);
	run.merging.swapped = true;
	run.merging.prefer = prefer;
	code = rmk_sync_run(c->arena, run.repo, &run.merging, &sync, &result, &err);
	sync_end(&run);
	if (code)
		return complain(&err);
	if (opt_format_is(c, "json"))
		sync_print_json(&run, &result);
	else
		sync_print(&run, &result);
	return result.replay.stopped_at.n ? FOUND : FINE;
}

const struct cmd cmd_sync = {
    .name = "sync",
    .args = "[REMOTE [BRANCH]]",
    .line = "Take what others pushed and push what is new, by row",
    .about =
	"Fetches the upstream of the branch, makes the commits that are new here anew "
	"on\n"
	"it, row by row, with author, date and message, and pushes that one commit to\n"
	"that one branch; branch, index and files follow when the push has succeeded,\n"
	"with what is staged and edited in tables. History stays one line: no merge\n"
	"commit is made, and nothing is ever forced. Who pushed too late tries again.\n"
	"\n"
	"Commits that change more than rows are not pushed by surprise: they stop it, "
	"or\n"
	"--all takes them along. A detached HEAD, a branch without upstream, one that\n"
	"git push would take elsewhere, and a remote that was rewritten are refused.\n"
	"\n"
	"A cell that was changed here and there is shown with both values, who wrote\n"
	"them and when, and nothing is pushed: --ours takes what was written here,\n"
	"--theirs what the remote has, --furthest the status that is further on; so do\n"
	"--ours and --theirs with a row that one deleted and the other edited. In a\n"
	"column declared 'merge furthest' that needs no option. Where each side keeps "
	"to\n"
	"what its tables declare and both together would not (a status renamed there, "
	"the\n"
	"old word written here), nothing is pushed either.\n"
	"\n"
	"Where the remote refuses, its words are shown and the commits stay; --to "
	"pushes\n"
	"them to another branch of it.\n"
	"\n"
	"git fetches and pushes, so transport, credentials and hooks are those of git.\n"
	"With git's setting rowmark.sync = auto, or with --sync, commands that commit\n"
	"do this too. No file of a repository can set it.\n"
	"\n"
	"Exit status: 0 in step; 1 a cell needs a person; 2 trouble; 3 somebody was\n"
	"faster each time.\n",
    .examples = examples,
    .opts = opts,
    .least = 0,
    .most = 2,
    .run = cmd_sync_run,
};
