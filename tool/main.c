// rowmark: words in, text and exit status out.
//
//	rowmark [-C DIR] [-f FILE[#TABLE]] [...] COMMAND ...
//
// main finds the command, parses its options, and runs it with an arena of its own.
// Started as git-rowmark it is `git rowmark`. Nothing here knows what a table is.
#include "answer.h"
#include "cmd.h"
#include "help.h"
#include "opt.h"
#include "out.h"
#include "resume.h"
#include "sync_after.h"

#include <assert.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

const struct cmd_entry cmds[] = {
#define CMD_GROUP(text) {text, NULL},
#define CMD(name) {NULL, &cmd_##name},
#include "cmds.def"
#undef CMD
#undef CMD_GROUP
    {NULL, NULL},
};

const struct cmd *
cmd_find(const char *name)
{
	for (const struct cmd_entry *e = cmds; e->heading || e->cmd; e++) {
		if (e->cmd && strcmp(e->cmd->name, name) == 0)
			return e->cmd;
	}
	return NULL;
}

const char *
cmd_nearest(const char *name)
{
	const char *names[64];
	size_t n = 0;

	for (const struct cmd_entry *e = cmds; e->heading || e->cmd; e++) {
		if (e->cmd)
			names[n++] = e->cmd->name;
	}
	assert(n <= sizeof names / sizeof *names);
	return nearest(name, names, n);
}

// What people call a command elsewhere.
static const char *
cmd_said_elsewhere(const char *name)
{
	static const char *const words[][2] = {{"delete", "rm ROW"}, {"remove", "rm ROW"},
	    {"list", "ls"}, {"status", "summary"}, {"todo", "next"}, {"init", "new"},
	    {"create", "new"}, {"export", "show --format csv"}, {"mark", "set ROW VALUE"},
	    {"update", "set ROW VALUE"}, {"move", "mv ROW FILE#TABLE"},
	    {"find", "show --where COLUMN~PART"}, {"search", "show --where COLUMN~PART"},
	    {"grep", "show --where COLUMN~PART"}, {"query", "sql"}, {"view", "show"},
	    {"revert", "undo"}, {"finish", "done ROW"}, {"push", "sync"},
	    {"pull", "sync"}, {"lint", "check"}, {"format", "fmt"}};

	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		if (strcmp(words[i][0], name) == 0)
			return words[i][1];
	}
	return NULL;
}

static enum exit_status
unknown_command(const char *name)
{
	const char *said = cmd_said_elsewhere(name), *near = cmd_nearest(name);
	struct rmk_err err;

	rmk_fail(&err, RMK_INVALID, "unknown command '%s'", name);
	if (said)
		rmk_hint(&err,
		    "'rowmark %s' does that; 'rowmark help' lists the commands", said);
	else if (near)
		rmk_hint(&err, "did you mean 'rowmark %s'?", near);
	else
		rmk_hint(&err, "'rowmark help' lists the commands");
	return complain(&err);
}

// -C as git has it: each is relative to the one before.
static enum rmk_code
enter_folders(const struct call *c, struct rmk_err *err)
{
	const char **dirs;
	size_t n = opt_all(c, "directory", &dirs);

	for (size_t i = 0; i < n; i++) {
		if (*dirs[i] && chdir(dirs[i]) != 0)
			return rmk_fail_errno(err, "-C: cannot enter '%s'", dirs[i]);
	}
	return RMK_OK;
}

// git's own way to hand the repository on, to what we start too.
static void
choose_repo(const struct call *c)
{
	const char *dir = opt_text(c, "git-dir"), *tree = opt_text(c, "work-tree");

	if (dir)
		setenv("GIT_DIR", dir, 1);
	if (tree)
		setenv("GIT_WORK_TREE", tree, 1);
}

// What is written rests on what was read. Where that has changed meanwhile, all is read and
// decided anew, with the lock held: once is enough, unless somebody writes without it.
static enum exit_status
run_command(struct call *c)
{
	enum exit_status status;

	if (resume(c))
		return FINE;
	do {
		if (c->reruns)
			answer_forget();
		c->stale = c->incomplete = false;
		status = c->cmd->run(c);
	} while (c->stale && c->reruns++ < RERUNS);
	return status;
}

static enum exit_status
main_run(struct call *c)
{
	enum exit_status status, written;
	struct rmk_err err;

	choose_repo(c);
	out_open(opt_text(c, "color"), c->cmd->pages && !opt_on(c, "no-pager"));
	if (answer_wanted(c) && !opt_reads_as_json(c) && !opt_on(c, "help"))
		answer_begin();
	if (opt_on(c, "help"))
		status = help_short(c);
	else if (opt_check_operands(c, &err) || enter_folders(c, &err))
		status = complain(&err);
	else
		status = run_command(c);
	if (can_commit(c))
		resume_report(c);
	status = sync_after(c, status);
	if (c->incomplete && status < TROUBLE)
		status = TROUBLE;
	answer_end(c);
	written = out_close();
	return written > status ? written : status;
}

// `rowmark --version`, as every tool answers it.
static bool
asks_version(int argc, char **argv)
{
	return argc == 2 &&
	       (strcmp(argv[1], "--version") == 0 || strcmp(argv[1], "-V") == 0);
}

// A command line that was not understood, and what could be read of it: who asked for JSON is
// answered so.
static enum exit_status
misused(int argc, char **argv, enum exit_status status)
{
	for (int i = 0; i < argc; i++) {
		if (strcmp(argv[i], "--json") == 0) {
			answer_end(NULL);
			out_flush();
			break;
		}
	}
	return status;
}

static enum exit_status
main_start(struct call *c, int argc, char **argv)
{
	struct rmk_err err;
	int used;

	if (asks_version(argc, argv))
		argv[1] = "version";
	if (opt_parse(c, argc - 1, argv + 1, &used, &err))
		return misused(argc, argv, complain(&err));
	argc -= used + 1;
	argv += used + 1;
	c->cmd = argc > 0 ? cmd_find(argv[0]) : &cmd_overview;
	if (!c->cmd)
		return misused(argc, argv, unknown_command(argv[0]));
	if (argc > 0 && opt_parse(c, argc - 1, argv + 1, &used, &err))
		return misused(argc, argv, complain(&err));
	return main_run(c);
}

// To git a merge driver's trouble is over 128; from 1 to 128 is a conflict.
static int
exit_code(const struct call *c, enum exit_status status)
{
	return status == TROUBLE && c->cmd && c->cmd->trouble ? c->cmd->trouble
	                                                      : (int)status;
}

static void
main_out_of_memory(void *ctx, size_t size)
{
	complain_no_memory(size);
	_exit(exit_code(ctx, TROUBLE));
}

// Of a standard stream that is closed the next file to be opened would take the place,
// and what is printed would go into it. What holds the place fails, as the stream did.
static void
reserve_streams(void)
{
	for (int fd = 0; fd <= 2; fd++) {
		if (fcntl(fd, F_GETFD) < 0)
			open("/dev/null", fd == 0 ? O_WRONLY : O_RDONLY);
	}
}

int
tool_run(int argc, char **argv)
{
	struct rmk_arena arena = {.oom = main_out_of_memory};
	struct call call = {.arena = &arena, .from = RMK_FROM_WORKTREE};
	enum exit_status status;

	arena.ctx = &call;
	status = main_start(&call, argc, argv);
	rmk_repo_close(call.repo);
	rmk_arena_free(&arena);
	return exit_code(&call, status);
}

int
main(int argc, char **argv)
{
	reserve_streams();
	signal(SIGXFSZ, SIG_IGN); // a file that may not grow is an error, not the end
	// Who started us may not want to know how its children end; we do.
	signal(SIGCHLD, SIG_DFL);
	return tool_run(argc, argv);
}
