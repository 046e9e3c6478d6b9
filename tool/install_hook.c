// The hooks: git runs them before a commit, and before the commit of a merge.
//
//	hooks/pre-commit                     ours: its second line says so
//	hooks/pre-commit.before-rowmark      what was there before, with --chain
//	.husky/pre-commit                    husky's: a line of ours in it
//
// git is asked where its hooks are, since only it knows of core.hooksPath, linked worktrees
// and what else there is. Hooks that another program writes are left to it.
#include "git/process.h"
#include "install.h"
#include "install_owner.h"
#include "opt.h"
#include "out.h"
#include "own_program.h"
#include "save.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *const hooks[] = {"pre-commit", "pre-merge-commit"};

#define NHOOKS (sizeof hooks / sizeof *hooks)
#define MARK RMK_STR("# Written by 'rowmark install'; 'rowmark uninstall' removes it.")
#define KEPT ".before-rowmark"

// In a hook of husky's, which is committed: people without rowmark commit without it.
#define HUSKY_LINE                                                                       \
	"if command -v rowmark >/dev/null; then rowmark check --staged; fi "             \
	"# Written by 'rowmark install'.\n"

enum hook_state {
	HOOK_NONE,
	HOOK_OURS,      // as this version writes it
	HOOK_OLD,       // ours, but written otherwise
	HOOK_CALLS,     // somebody's, and it calls rowmark
	HOOK_FOREIGN,   // somebody's
	HOOK_REWRITTEN, // the same, and once ours stood there before it
};

struct hook {
	const char *name;
	struct rmk_str path;            // where it is, or would be
	struct rmk_str kept;            // where --chain keeps what was there
	struct rmk_str text;            // what is there
	struct rmk_str want;            // what we would write
	struct rmk_str shared;          // the folder, where it serves all repositories
	const struct hook_owner *owner; // a program that writes it; NULL: none
	const char *caller;             // the owner's file that calls rowmark
	bool husky;                     // want is a line of it
	enum hook_state state;
};

// --- where ----------------------------------------------------------------------------

static enum rmk_code
ask_git(struct call *c, const char *const *argv, struct rmk_str *out, struct rmk_err *err)
{
	struct rmk_run run = {.argv = argv, .quiet = true};
	enum rmk_code code = rmk_run(c->arena, &run, err);

	if (code)
		return code;
	*out = run.status ? (struct rmk_str){0} : rmk_str_trim(run.out);
	return RMK_OK;
}

// A folder that the configuration of the user or of the system names serves all
// repositories.
static enum rmk_code
hook_find_shared(struct call *c, struct hook *h, struct rmk_err *err)
{
	const char *const argv[] = {"git", "config", "--show-scope", "--type=path",
	    "--get", "core.hooksPath", NULL};
	struct rmk_str said, scope;

	if (ask_git(c, argv, &said, err))
		return err->code;
	if (rmk_str_split(&said, '\t', &scope) && said.n &&
	    (rmk_str_eq(scope, RMK_STR("global")) ||
		rmk_str_eq(scope, RMK_STR("system"))))
		h->shared = said;
	return RMK_OK;
}

static enum rmk_code
find_path(struct call *c, struct hook *h, struct rmk_err *err)
{
	struct rmk_str file = rmk_str_printf(c->arena, "hooks/%s", h->name);
	const char *const argv[] = {"git", "rev-parse", "--git-path", file.s, NULL};
	struct rmk_str folder, generated = RMK_STR(".husky/_");

	if (ask_git(c, argv, &h->path, err))
		return err->code;
	if (h->path.n == 0)
		return rmk_fail(err, RMK_NO_REPO, "not in a git repository");
	folder = rmk_str_part(h->path, 0, rmk_str_rchr(h->path, '/'));
	h->husky = rmk_str_ends(folder, generated);
	if (h->husky) // _/pre-commit is made anew by each npm install
		h->path = rmk_str_printf(
		    c->arena, "%.*s%s", (int)(folder.n - 1), folder.s, h->name);
	h->kept = rmk_str_printf(c->arena, "%.*s" KEPT, RMK_FMT(h->path));
	return RMK_OK;
}

// --- what -----------------------------------------------------------------------------

// rowmark as found on PATH, else where it is now: a commit from a graphical tool may
// have another PATH. Where it is gone, commits go on.
static struct rmk_str
hook_text(struct call *c)
{
	const char *self = own_program(c->arena);
	struct rmk_buf b = {.arena = c->arena};

	rmk_buf_adds(&b, "#!/bin/sh\n");
	rmk_buf_add(&b, MARK);
	rmk_buf_adds(&b,
	    " Format " HOOK_FORMAT ".\nif [ -x \"$0" KEPT "\" ]; then\n\t\"$0" KEPT
	    "\" \"$@\" || exit\nfi\nrowmark=rowmark\n");
	if (self && !strchr(self, '\''))
		rmk_buf_printf(
		    &b, "command -v rowmark >/dev/null || rowmark='%s'\n", self);
	rmk_buf_adds(&b,
	    "if ! command -v \"$rowmark\" >/dev/null; then\n"
	    "\techo 'rowmark is not there: tables are not checked' >&2\n\texit 0\nfi\n"
	    "exec \"$rowmark\" check --staged\n");
	return rmk_buf_str(&b);
}

static enum hook_state
hook_state_of(struct call *c, struct hook *h)
{
	struct rmk_repo *repo;

	if (rmk_str_eq(h->text, h->want) ||
	    (h->husky && rmk_str_find(h->text, h->want) != RMK_NONE))
		return HOOK_OURS;
	if (!h->husky && rmk_str_find(h->text, MARK) != RMK_NONE)
		return HOOK_OLD;
	if (rmk_str_find(h->text, RMK_STR("rowmark check")) != RMK_NONE)
		return HOOK_CALLS;
	if (h->husky)
		return HOOK_NONE;
	h->owner = hook_owner_of(h->text);
	if (h->owner && call_repo(c, &repo, NULL) == RMK_OK)
		h->caller = hook_owner_calls(c->arena, h->owner, rmk_repo_top(repo));
	if (h->caller)
		return HOOK_CALLS;
	return access(rmk_str_c(c->arena, h->kept), F_OK) == 0 ? HOOK_REWRITTEN
	                                                       : HOOK_FOREIGN;
}

static enum rmk_code
look_at_hook(struct call *c, const char *name, struct hook *h, struct rmk_err *err)
{
	struct rmk_err missing;
	enum rmk_code code;

	h->name = name;
	if (find_path(c, h, err) || hook_find_shared(c, h, err))
		return err->code;
	h->want = h->husky ? RMK_STR(HUSKY_LINE) : hook_text(c);
	code = rmk_file_read(c->arena, h->path, &h->text, NULL, &missing);
	if (code == RMK_NOT_FOUND)
		return RMK_OK;
	if (code) {
		*err = missing;
		return code;
	}
	h->state = hook_state_of(c, h);
	return RMK_OK;
}

// --- install --------------------------------------------------------------------------

static enum rmk_code
write_hook(struct call *c, const struct hook *h, struct rmk_str text, struct rmk_err *err)
{
	size_t slash = rmk_str_rchr(h->path, '/');

	if (slash != RMK_NONE)
		mkdir(rmk_str_c(c->arena, rmk_str_part(h->path, 0, slash)), 0777);
	return save_file(c->arena, h->path, text, 0777, err);
}

static enum rmk_code
move_hook(struct call *c, struct rmk_str from, struct rmk_str to, struct rmk_err *err)
{
	if (rename(rmk_str_c(c->arena, from), rmk_str_c(c->arena, to)))
		return rmk_fail_errno(err, "%.*s: cannot move it", RMK_FMT(from));
	return RMK_OK;
}

static enum exit_status
leave_alone(const struct hook *h)
{
	struct rmk_err err;

	if (h->owner) {
		struct rmk_str files = rmk_str_of(h->owner->files), first;

		rmk_str_split(&files, ' ', &first);
		rmk_fail(&err, RMK_EXISTS, "%.*s: %s writes this hook, left alone",
		    RMK_FMT(h->path), h->owner->name);
		rmk_hint(&err, "add these lines to %.*s, or use --chain", RMK_FMT(first));
		complain_with(rmk_str_of(h->owner->advice));
		return complain(&err);
	}
	rmk_fail(&err, RMK_EXISTS, "%.*s: a hook that is not ours, left alone",
	    RMK_FMT(h->path));
	rmk_hint(
	    &err, "add the line 'rowmark check --staged || exit' to it, or use --chain");
	return complain(&err);
}

static enum exit_status
refuse_shared(const struct hook *h)
{
	struct rmk_err err;

	rmk_fail(&err, RMK_REFUSED,
	    "%s: core.hooksPath is %.*s for all your repositories", h->name,
	    RMK_FMT(h->shared));
	rmk_hint(&err,
	    "--global-hooks puts it there; for this one alone: git config core.hooksPath "
	    ".git/hooks");
	return complain(&err);
}

static enum exit_status
refuse_kept(const struct hook *h)
{
	struct rmk_err err;

	rmk_fail(&err, RMK_EXISTS, "%.*s: is there already", RMK_FMT(h->kept));
	rmk_hint(&err,
	    "the hook was written anew since it was chained: keep one of the two files");
	return complain(&err);
}

static void
say_hook(const struct call *c, const struct hook *h, const char *what)
{
	if (!c->quiet)
		out_printf("%s: %s\n", h->name, what);
}

// husky's file keeps its lines; ours comes last.
static enum exit_status
install_line(struct call *c, const struct hook *h)
{
	struct rmk_buf text = {.arena = c->arena};
	struct rmk_err err;

	rmk_buf_add(&text, h->text);
	if (text.n && text.s[text.n - 1] != '\n')
		rmk_buf_addc(&text, '\n');
	rmk_buf_add(&text, h->want);
	if (write_hook(c, h, rmk_buf_str(&text), &err))
		return complain(&err);
	if (!c->quiet)
		out_printf("%s: installed, a line in %.*s\n", h->name, RMK_FMT(h->path));
	return FINE;
}

static enum exit_status
say_caller(const struct call *c, const struct hook *h)
{
	if (h->caller && !c->quiet)
		out_printf("%s: %s calls rowmark already, by %s\n", h->name,
		    h->owner->name, h->caller);
	else
		say_hook(c, h,
		    h->state == HOOK_OURS ? "installed already"
					  : "calls rowmark already");
	return FINE;
}

static enum exit_status
install_one(struct call *c, const struct hook *h)
{
	bool foreign = h->state == HOOK_FOREIGN || h->state == HOOK_REWRITTEN;
	struct rmk_err err;

	if (h->state == HOOK_OURS || h->state == HOOK_CALLS)
		return say_caller(c, h);
	if (h->shared.n && !opt_on(c, "global-hooks"))
		return refuse_shared(h);
	if (h->husky)
		return install_line(c, h);
	if (foreign && !opt_on(c, "chain"))
		return leave_alone(h);
	if (h->state == HOOK_REWRITTEN)
		return refuse_kept(h);
	if (foreign && move_hook(c, h->path, h->kept, &err))
		return complain(&err);
	if (write_hook(c, h, h->want, &err))
		return complain(&err);
	say_hook(
	    c, h, foreign ? "installed, behind the hook that was there" : "installed");
	return FINE;
}

// --- uninstall ------------------------------------------------------------------------

static enum exit_status
remove_hook(struct call *c, const struct hook *h, const char *what)
{
	struct rmk_err err;

	if (unlink(rmk_str_c(c->arena, h->path))) {
		rmk_fail_errno(&err, "%.*s: cannot remove it", RMK_FMT(h->path));
		return complain(&err);
	}
	say_hook(c, h, what);
	return FINE;
}

static enum exit_status
remove_line(struct call *c, const struct hook *h)
{
	size_t at = rmk_str_find(h->text, h->want);
	struct rmk_str text = rmk_str_printf(c->arena, "%.*s%.*s", (int)at, h->text.s,
	    RMK_FMT(rmk_str_from(h->text, at + h->want.n)));
	struct rmk_err err;

	if (text.n == 0)
		return remove_hook(c, h, "removed");
	if (write_hook(c, h, text, &err))
		return complain(&err);
	say_hook(c, h, "removed");
	return FINE;
}

static enum exit_status
uninstall_one(struct call *c, const struct hook *h)
{
	struct rmk_err err;

	if (h->state != HOOK_OURS && h->state != HOOK_OLD) {
		say_hook(c, h,
		    h->state == HOOK_NONE ? "was not installed" : "not ours, left alone");
		return FINE;
	}
	if (h->husky)
		return remove_line(c, h);
	if (access(h->kept.s, F_OK) != 0)
		return remove_hook(c, h, "removed");
	if (move_hook(c, h->kept, h->path, &err))
		return complain(&err);
	say_hook(c, h, "removed, the hook that was there is back");
	return FINE;
}

// --- check ----------------------------------------------------------------------------

static enum exit_status
check_hook(struct call *c, const struct hook *h)
{
	static const char *const words[] = {"not installed", "installed",
	    "installed by another version", "calls rowmark", "a hook that is not ours",
	    "written anew since it was chained: rowmark is not called any more"};

	if (h->caller && !c->quiet)
		out_printf(
		    "%s: %s calls rowmark, by %s\n", h->name, h->owner->name, h->caller);
	else if (h->owner && h->state == HOOK_FOREIGN && !c->quiet)
		out_printf(
		    "%s: %s's, which does not call rowmark\n", h->name, h->owner->name);
	else
		say_hook(c, h, words[h->state]);
	return h->state == HOOK_OURS || h->state == HOOK_CALLS ? FINE : FOUND;
}

// --- all ------------------------------------------------------------------------------

static enum exit_status
each_hook(struct call *c, enum exit_status (*act)(struct call *, const struct hook *))
{
	enum exit_status status = FINE;

	for (size_t i = 0; i < NHOOKS; i++) {
		struct hook h = {0};
		struct rmk_err err;
		enum exit_status one = look_at_hook(c, hooks[i], &h, &err)
		                           ? complain(&err)
		                           : act(c, &h);

		status = one > status ? one : status;
		if (h.path.n == 0)
			break; // no repository: said once
	}
	return status;
}

static enum exit_status
hook_install(struct call *c, const struct install_part *part)
{
	(void)part;
	return each_hook(c, install_one);
}

static enum exit_status
hook_uninstall(struct call *c, const struct install_part *part)
{
	(void)part;
	return each_hook(c, uninstall_one);
}

static enum exit_status
hook_check(struct call *c, const struct install_part *part)
{
	(void)part;
	return each_hook(c, check_hook);
}

const struct install_part install_hook = {
    "hook", hook_install, hook_uninstall, hook_check};
