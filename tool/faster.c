// Who was faster: see faster.h.
#include "faster.h"

#include "git/process.h"

// The last commit of a file, "1a2b3c4 by Ada, "subject""; empty: none, or not known.
static struct rmk_str
last_commit(struct call *c, const struct file *file)
{
	const char *const argv[] = {"git", "--literal-pathspecs", "log", "-1",
	    "--format=%h by %an, \"%s\"", "--", rmk_str_c(c->arena, file->source.path),
	    NULL};
	struct rmk_run run = {.argv = argv, .quiet = true};

	if (file->source.place != RMK_FROM_WORKTREE || rmk_run(c->arena, &run, NULL) ||
	    run.status)
		return RMK_STR("");
	return rmk_str_trim(run.out);
}

enum rmk_code
faster(struct call *c, const struct file *file, struct rmk_err *err, const char *else_do)
{
	struct rmk_str who = last_commit(c, file);

	err->code = RMK_FASTER;
	if (who.n && c->reruns)
		return rmk_hint(err, "somebody was faster: %.*s", RMK_FMT(who));
	if (c->reruns)
		return rmk_hint(err, "somebody was faster");
	if (who.n)
		return rmk_hint(err, "%s%sthe last commit of the file is %.*s", else_do,
		    *else_do ? "; " : "", RMK_FMT(who));
	return rmk_hint(err, "%s", else_do);
}
