// A killed command, once more: see resume.h.
#include "resume.h"
#include "answer.h"
#include "out.h"
#include "write_report.h"

#include "base/buf.h"
#include "git/process.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

// A command that can show its diff instead writes; some do so only with an option.
bool
call_writes(const struct call *c)
{
	if (!opt_has(c, "dry-run") || opt_on(c, "dry-run"))
		return false;
	if (opt_has(c, "check") && opt_on(c, "check"))
		return false;
	return (!opt_has(c, "fix") || opt_on(c, "fix")) &&
	       (!opt_has(c, "write") || opt_on(c, "write"));
}

void
call_tidy(const struct call *c, const struct rmk_source *source)
{
	if (source->place == RMK_FROM_WORKTREE && call_writes(c))
		rmk_file_tidy(c->arena, source->path);
}

// The words of the command line, the folder, and what came by standard input.
struct rmk_str
resume_command(struct call *c)
{
	struct rmk_buf words = {.arena = c->arena};
	char *folder = getcwd(NULL, 0);
	struct rmk_str out;

	rmk_buf_printf(&words, "%s", c->cmd->name);
	for (size_t i = 0; i < c->nargs; i++)
		rmk_buf_printf(&words, "%c%s", 0, c->args[i]);
	for (size_t i = 0; i < c->ngiven; i++)
		rmk_buf_printf(&words, "%c-%s=%s", 0, c->given[i].opt->name,
		    c->given[i].value ? c->given[i].value : "");
	rmk_buf_printf(&words, "%c%s", 0, folder ? folder : "");
	free(folder);
	out = rmk_str_printf(
	    c->arena, "%016llx", (unsigned long long)rmk_str_hash(rmk_buf_str(&words)));
	if (!c->stdin_text.s)
		return out;
	return rmk_str_printf(c->arena, "%.*s-%016llx", RMK_FMT(out),
	    (unsigned long long)rmk_str_hash(c->stdin_text));
}

static bool
is_same(struct call *c, const struct rmk_recovered *r)
{
	struct rmk_str unused;

	if (rmk_str_chr(r->command, '-') != RMK_NONE && call_stdin(c, &unused, NULL))
		return false;
	return r->command.n && rmk_str_eq(r->command, resume_command(c));
}

// "[1a2b3c4] LIMA: Not read -> Read"
static void
report_done(struct call *c, const struct rmk_recovered *r)
{
	const char *const argv[] = {"git", "log", "-1", "--format=%s", r->id, NULL};
	struct rmk_run run = {.argv = argv, .quiet = true};

	out_warn(
	    "note: this command was killed when all was done: nothing is done twice");
	if (!r->id[0] || rmk_run(c->arena, &run, NULL) || run.status)
		return;
	struct rmk_commit_result done = {.subject = rmk_str_trim(run.out)};
	memcpy(done.id, r->id, sizeof done.id);
	answer_commit(&done);
	if (c->quiet)
		return;
	out_printf("[%.7s] ", r->id);
	out_shown(STYLE_PLAIN, rmk_str_trim(run.out));
	out_fill('\n', 1);
}

bool
resume(struct call *c)
{
	struct rmk_recovered r;
	struct rmk_repo *repo;
	struct rmk_err unused;

	if (!call_writes(c) || call_repo(c, &repo, &unused))
		return false;
	if (!rmk_repo_interrupted(repo)) {
		rmk_repo_tidy(c->arena, repo);
		return false;
	}
	rmk_commit_recover(c->arena, repo, &r);
	rmk_repo_tidy(c->arena, repo);
	if (!r.found)
		return false;
	if (!r.finished) {
		if (!c->quiet)
			out_warn(
			    "note: a rowmark was killed here, and what it had begun is "
			    "taken back");
		return false;
	}
	if (!is_same(c, &r))
		return false;
	report_done(c, &r);
	return true;
}

void
resume_report(struct call *c)
{
	if (c->repo && rmk_repo_interrupted(c->repo))
		out_warn("note: a rowmark was killed while it committed here: the next "
			 "change takes back what it had begun, and its lock away");
}
