// Settings that git calls bad: it makes no commit where there is one, so neither do we.
//
// Which values a setting may have is git's knowledge, and another one in each version. Where
// all of those that git commit reads are plainly good, as in most repositories, nothing is
// asked. Where one may be bad, git commit itself is asked.
#include "git/git_internal.h"

// The sections that git commit reads, and in them what may be any text.
static const char *const check_sections[] = {"core.", "user.", "author.", "committer.",
    "i18n.", "commit.", "gpg.", "status.", "index.", "color.", "advice.", "push.",
    "branch.autosetup", "pack.", "mailmap.", "feature.", "diff."};
static const char *const any_text[] = {"user.name", "user.email", "author.name",
    "author.email", "committer.name", "committer.email", "user.signingkey", "core.editor",
    "core.pager", "core.hookspath", "core.excludesfile", "core.attributesfile",
    "core.worktree", "core.sshcommand", "core.askpass", "core.sharedrepository",
    "commit.cleanup", "commit.template", "gpg.program", "gpg.ssh.program",
    "gpg.ssh.allowedsignersfile", "i18n.commitencoding", "i18n.logoutputencoding",
    "mailmap.file", "mailmap.blob", "diff.tool", "diff.guitool", "diff.external"};
static const char *const usual[] = {"core.autocrlf=input", "core.safecrlf=warn",
    "core.eol=lf", "core.logallrefupdates=always", "color.ui=auto", "color.diff=auto",
    "color.status=auto", "gpg.format=ssh", "push.default=simple", "push.default=current",
    "branch.autosetuprebase=always"};

static bool
check_listed(const char *const *list, size_t n, struct rmk_str text)
{
	for (size_t i = 0; i < n; i++) {
		if (rmk_str_eq_nocase(text, rmk_str_of(list[i])))
			return true;
	}
	return false;
}

static bool
check_plain(struct rmk_str value)
{
	static const char *const words[] = {
	    "true", "false", "yes", "no", "on", "off", "0", "1"};

	return check_listed(words, sizeof words / sizeof *words, value);
}

// diff.NAME.KEY is of a driver, which a commit does not start.
static bool
check_driver(struct rmk_str name)
{
	return rmk_str_starts(name, RMK_STR("diff.")) &&
	       rmk_str_chr(name, '.') != rmk_str_rchr(name, '.');
}

static bool
may_be_bad(struct rmk_arena *a, const struct rmk_setting *s)
{
	struct rmk_str pair = rmk_str_printf(
	    a, "%.*s=%.*s", RMK_FMT(s->name), RMK_FMT(s->value));
	bool read = false;

	for (size_t i = 0; i < sizeof check_sections / sizeof *check_sections; i++)
		read |= rmk_str_starts(s->name, rmk_str_of(check_sections[i]));
	if (!read || check_driver(s->name))
		return false;
	if (!s->value.s)
		return true;
	return !check_plain(s->value) &&
	       !check_listed(any_text, sizeof any_text / sizeof *any_text, s->name) &&
	       !check_listed(usual, sizeof usual / sizeof *usual, pair);
}

// git commit reads its settings, and then its options: it ends with 128 at a bad setting, with
// 129 at an option that is none.
static enum rmk_code
check_by_git(struct rmk_repo *repo, struct rmk_err *err)
{
	static const char *const commit[] = {"git", "commit", "--no-option", NULL};
	static const char *const bare[] = {"git", "var", "GIT_COMMITTER_IDENT", NULL};
	struct rmk_run run = {.argv = repo->top.n ? commit : bare, .both = true};
	enum rmk_code code = rmk_git_run(repo->a, repo, &run, NULL);

	if (!code || run.status == 129 || run.missing)
		return RMK_OK;
	char *said = rmk_str_c(repo->a, rmk_str_trim(run.out));
	for (char *s = said; *s; s++) {
		if (*s == '\n')
			*s = ' ';
	}
	rmk_fail(err, RMK_INVALID, "git makes no commit with these settings%s%s",
	    *said ? ": " : "", said);
	return rmk_hint(err, "git config --list --show-origin");
}

enum rmk_code
rmk_settings_check(struct rmk_repo *repo, struct rmk_err *err)
{
	enum rmk_code code = rmk_settings_read(repo, err);

	for (size_t i = 0; !code && !repo->no_git && i < repo->nsettings; i++) {
		if (may_be_bad(repo->a, &repo->settings[i]))
			return check_by_git(repo, err);
	}
	return code;
}
