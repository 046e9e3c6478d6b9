// rowmark lsp: the language server, for editors.
#include "lsp/lsp.h"
#include "clock.h"
#include "cmd.h"
#include "out.h"

#include <stdlib.h>

static const struct opt opts[] = {
    {0, "stdio", NULL, "standard input and output, which is the only way there is", NULL},
    OPT_END,
};

static const struct example examples[] = {
    {"An editor starts it so, and it ends when its input does", "rowmark lsp </dev/null"},
    {NULL, NULL},
};

// An editor that git started has the repository of that in its environment; files are of the
// repository that they are in.
static void
forget_git(void)
{
	static const char *const names[] = {"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE",
	    "GIT_COMMON_DIR", "GIT_OBJECT_DIRECTORY", "GIT_PREFIX"};

	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		unsetenv(names[i]);
}

static enum exit_status
lsp_run(struct call *c)
{
	const struct rmk_lsp_opts lsp_opts = {.now = clock_now};
	struct rmk_rpc rpc;
	struct rmk_err err;
	enum rmk_code code;
	bool clean;

	(void)c;
	forget_git();
	if (rmk_rpc_open_stdio(&rpc, &rmk_rpc_lsp, &err))
		return complain(&err);
	code = rmk_lsp_run(&rpc, &lsp_opts, &clean, &err);
	rmk_rpc_close(&rpc);
	if (code)
		return complain(&err);
	return clean ? FINE : FOUND;
}

const struct cmd cmd_lsp = {
    .name = "lsp",
    .args = "",
    .line = "Serve an editor (language server protocol)",
    .about =
	"Talks the language server protocol, 3.17, over standard input and output.\n"
	"Editors start it; docs/editors.md has the lines of configuration for each.\n"
	"\n"
	"An editor shows what 'rowmark check' finds, of open files as they are typed\n"
	"and of all others on demand, and offers what 'check --fix' mends; to mark a\n"
	"row as doing or done, to add one, to align or declare a table; statuses in\n"
	"their order, keys of other tables, usual values; a row's last three changes,\n"
	"with who and when, and the whole of a long cell; the counts of a status\n"
	"column; to rename a key, or a status, in all files; where a key is referred\n"
	"to; tables and rows as symbols; folding.\n"
	"\n"
	"Nothing is written: the editor is given edits of exactly the bytes that\n"
	"differ. Of a file that is open and changes on the disk, what is open counts\n"
	"until it is saved.\n"
	"\n"
	"Each feature can be switched off, in .rowmark.ini for all,\n"
	"\n"
	"  [lsp]\n"
	"  lens = off\n"
	"\n"
	"or in the editor's initializationOptions, which count first: {\"lens\":\n"
	"false}. The features are diagnostics, actions, completion, rename, hover,\n"
	"navigation, symbols, folding, formatting, lens, tokens, and hints, which are\n"
	"off unless they are switched on.\n"
	"\n"
	"It exits with 1 where the editor ended without saying so.\n",
    .examples = examples,
    .opts = opts,
    .run = lsp_run,
};
