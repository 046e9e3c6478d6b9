// The hooks: git runs them before a commit, and before the commit of a merge.
//
//	hooks/pre-commit                     ours: its second line says so
//	hooks/pre-commit.before-rowmark      what was there before, with --chain
//
// git is asked where its hooks are, since only it knows of core.hooksPath, linked worktrees
// and what else there is.
#include "git/process.h"
#include "install.h"
#include "opt.h"
#include "out.h"
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

enum hook_state {
	HOOK_NONE,
	HOOK_OURS,    // as this version writes it
	HOOK_OLD,     // ours, but written otherwise
	HOOK_CALLS,   // somebody's, and it calls rowmark
	HOOK_FOREIGN, // somebody's
};

struct hook {
	const char *name;
	struct rmk_str path; // where git looks for it
	struct rmk_str kept; // where --chain keeps what was there
	struct rmk_str text; // what stands there
	struct rmk_str want; // what we would write
	enum hook_state state;
};

static enum rmk_code
hook_path(struct call *c, const char *name, struct rmk_str *out, struct rmk_err *err)
{
	struct rmk_str file = rmk_str_printf(c->arena, "hooks/%s", name);
	const char *const argv[] = {"git", "rev-parse", "--git-path", file.s, NULL};
	struct rmk_run run = {.argv = argv, .quiet = true};
	enum rmk_code code = rmk_run(c->arena, &run, err);

	if (code)
		return code;
	*out = rmk_str_trim(run.out);
	if (run.status || out->n == 0)
		return rmk_fail(err, RMK_NO_REPO, "not in a git repository");
	return RMK_OK;
}

// rowmark as found on PATH, else where it stands now: a commit from a graphical tool may
// have another PATH.
static struct rmk_str
hook_text(struct call *c)
{
	char self[PATH_MAX];
	ssize_t n = readlink("/proc/self/exe", self, sizeof self - 1);
	struct rmk_buf b = {.arena = c->arena};

	rmk_buf_adds(&b, "#!/bin/sh\n");
	rmk_buf_add(&b, MARK);
	rmk_buf_adds(&b, "\nif [ -x \"$0" KEPT "\" ]; then\n\t\"$0" KEPT
			 "\" \"$@\" || exit\nfi\nrowmark=rowmark\n");
	if (n > 0 && !memchr(self, '\'', (size_t)n))
		rmk_buf_printf(&b, "command -v rowmark >/dev/null || rowmark='%.*s'\n",
		    (int)n, self);
	rmk_buf_adds(&b, "exec \"$rowmark\" check --staged\n");
	return rmk_buf_str(&b);
}

static enum rmk_code
install_hook_look_at(
    struct call *c, const char *name, struct hook *h, struct rmk_err *err)
{
	struct rmk_err missing;
	enum rmk_code code = hook_path(c, name, &h->path, err);

	if (code)
		return code;
	h->name = name;
	h->kept = rmk_str_printf(c->arena, "%.*s" KEPT, RMK_FMT(h->path));
	h->want = hook_text(c);
	h->state = HOOK_NONE;
	code = rmk_file_read(c->arena, h->path, &h->text, NULL, &missing);
	if (code == RMK_NOT_FOUND)
		return RMK_OK;
	if (code) {
		*err = missing;
		return code;
	}
	if (rmk_str_eq(h->text, h->want))
		h->state = HOOK_OURS;
	else if (rmk_str_find(h->text, MARK) != RMK_NONE)
		h->state = HOOK_OLD;
	else if (rmk_str_find(h->text, RMK_STR("rowmark check")) != RMK_NONE)
		h->state = HOOK_CALLS;
	else
		h->state = HOOK_FOREIGN;
	return RMK_OK;
}

static enum rmk_code
write_hook(struct call *c, const struct hook *h, struct rmk_err *err)
{
	size_t slash = rmk_str_rchr(h->path, '/');

	if (slash != RMK_NONE)
		mkdir(rmk_str_c(c->arena, rmk_str_part(h->path, 0, slash)), 0777);
	return save_file(c->arena, h->path, h->want, 0777, err);
}

static enum rmk_code
move(struct call *c, struct rmk_str from, struct rmk_str to, struct rmk_err *err)
{
	if (rename(rmk_str_c(c->arena, from), rmk_str_c(c->arena, to)))
		return rmk_fail_errno(err, "%.*s: cannot move it", RMK_FMT(from));
	return RMK_OK;
}

static enum exit_status
leave_alone(const struct hook *h)
{
	struct rmk_err err;

	rmk_fail(&err, RMK_EXISTS, "%.*s: a hook that is not ours, left alone",
	    RMK_FMT(h->path));
	rmk_hint(
	    &err, "add the line 'rowmark check --staged || exit' to it, or use --chain");
	return complain(&err);
}

static void
install_hook_report(const struct call *c, const struct hook *h, const char *what)
{
	if (!c->quiet)
		out_printf("%s: %s\n", h->name, what);
}

static enum exit_status
install_one(struct call *c, const struct hook *h)
{
	bool chain = opt_on(c, "chain");
	struct rmk_err err;

	if (h->state == HOOK_OURS || h->state == HOOK_CALLS) {
		install_hook_report(c, h,
		    h->state == HOOK_OURS ? "installed already"
					  : "calls rowmark already");
		return FINE;
	}
	if (h->state == HOOK_FOREIGN && !chain)
		return leave_alone(h);
	if (h->state == HOOK_FOREIGN && access(h->kept.s, F_OK) == 0) {
		rmk_fail(&err, RMK_EXISTS, "%.*s: is there already", RMK_FMT(h->kept));
		return complain(&err);
	}
	if (h->state == HOOK_FOREIGN && move(c, h->path, h->kept, &err))
		return complain(&err);
	if (write_hook(c, h, &err))
		return complain(&err);
	install_hook_report(c, h,
	    h->state == HOOK_FOREIGN ? "installed, behind the hook that was there"
				     : "installed");
	return FINE;
}

static enum exit_status
uninstall_one(struct call *c, const struct hook *h)
{
	struct rmk_err err;

	if (h->state != HOOK_OURS && h->state != HOOK_OLD) {
		install_hook_report(c, h,
		    h->state == HOOK_NONE ? "was not installed" : "not ours, left alone");
		return FINE;
	}
	if (access(h->kept.s, F_OK) == 0) {
		if (move(c, h->kept, h->path, &err))
			return complain(&err);
		install_hook_report(c, h, "removed, the hook that was there is back");
		return FINE;
	}
	if (unlink(rmk_str_c(c->arena, h->path))) {
		rmk_fail_errno(&err, "%.*s: cannot remove it", RMK_FMT(h->path));
		return complain(&err);
	}
	install_hook_report(c, h, "removed");
	return FINE;
}

static enum exit_status
install_hook_check_one(struct call *c, const struct hook *h)
{
	static const char *const words[] = {"not installed", "installed",
	    "installed by another version", "calls rowmark", "a hook that is not ours"};

	install_hook_report(c, h, words[h->state]);
	return h->state == HOOK_OURS || h->state == HOOK_CALLS ? FINE : FOUND;
}

static enum exit_status
each_hook(struct call *c, enum exit_status (*act)(struct call *, const struct hook *))
{
	enum exit_status status = FINE;

	for (size_t i = 0; i < NHOOKS; i++) {
		struct hook h = {0};
		struct rmk_err err;
		enum exit_status one = install_hook_look_at(c, hooks[i], &h, &err)
		                           ? complain(&err)
		                           : act(c, &h);

		status = one > status ? one : status;
		if (h.path.n == 0)
			break; // no repository: said once
	}
	return status;
}

static enum exit_status
install_hook_install(struct call *c, const struct install_part *part)
{
	(void)part;
	return each_hook(c, install_one);
}

static enum exit_status
install_hook_uninstall(struct call *c, const struct install_part *part)
{
	(void)part;
	return each_hook(c, uninstall_one);
}

static enum exit_status
install_hook_check(struct call *c, const struct install_part *part)
{
	(void)part;
	return each_hook(c, install_hook_check_one);
}

const struct install_part install_hook = {
    "hook", 0, install_hook_install, install_hook_uninstall, install_hook_check};
