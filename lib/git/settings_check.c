// Settings that git calls bad: it makes no commit where there is one, so neither do we.
//
// Which settings git commit reads, and which values they may have, is git's knowledge, and
// another one in each version. So what is listed here is what is known to be good, as all is in
// most repositories: there nothing is asked. Where anything else is set git is the engine, which
// fails as git commit does where it reads that setting; and git commit itself is asked first, for
// it reads more than the commands that are our engine.
#include "git/engine.h"

// Good with any value, if it has one; a name that ends in '.' is a section that git commit does
// not read, with a middle part or without.
static const char *const any_text[] = {"user.name", "user.email", "author.name",
    "author.email", "committer.name", "committer.email", "user.signingkey", "core.editor",
    "core.pager", "core.hookspath", "core.excludesfile", "core.attributesfile",
    "core.worktree", "core.sshcommand", "core.askpass", "core.sharedrepository",
    "commit.cleanup", "commit.template", "gpg.program", "gpg.ssh.program",
    "gpg.ssh.allowedsignersfile", "gpg.openpgp.program", "gpg.x509.program",
    "i18n.commitencoding", "i18n.logoutputencoding", "mailmap.file", "diff.tool",
    "diff.guitool", "init.defaultbranch", "init.templatedir", "merge.tool",
    "merge.conflictstyle", "pull.rebase", "extensions.partialclone", "include.path",
    "alias.", "credential.", "difftool.", "filter.", "github.", "gitlab.", "gui.",
    "http.", "includeif.", "interactive.", "lfs.", "mergetool.", "pager.", "pretty.",
    "protocol.", "remote.", "rowmark.", "safe.", "sendemail.", "submodule.", "tag.",
    "url."};
// Good when true or false, in any of git's words.
static const char *const bools[] = {"core.filemode", "core.bare", "core.ignorecase",
    "core.precomposeunicode", "core.symlinks", "core.logallrefupdates", "core.autocrlf",
    "core.safecrlf", "core.longpaths", "core.fscache", "core.preloadindex",
    "core.protectntfs", "core.protecthfs", "core.quotepath", "core.commitgraph",
    "core.untrackedcache", "core.fsmonitor", "core.sparsecheckout",
    "core.sparsecheckoutcone", "core.multipackindex", "user.useconfigonly",
    "commit.gpgsign", "commit.status", "commit.verbose", "tag.gpgsign", "color.ui",
    "color.diff", "color.status", "color.branch", "diff.renames", "diff.mnemonicprefix",
    "diff.noprefix", "diff.colormoved", "index.skiphash", "index.sparse",
    "rerere.enabled", "rerere.autoupdate", "feature.manyfiles", "feature.experimental",
    "extensions.worktreeconfig", "fetch.prune", "fetch.prunetags", "fetch.all",
    "fetch.writecommitgraph", "gc.writecommitgraph", "maintenance.auto", "pull.ff",
    "merge.ff", "push.autosetupremote", "push.followtags", "rebase.autosquash",
    "rebase.autostash", "rebase.updaterefs", "rebase.missingcommitscheck", "log.decorate",
    "log.mailmap", "help.autocorrect", "branch.autosetupmerge",
    "receive.denycurrentbranch", "status.short", "status.branch"};
static const char *const usual[] = {"core.repositoryformatversion=0",
    "core.repositoryformatversion=1", "core.autocrlf=input", "core.safecrlf=warn",
    "core.eol=lf", "core.logallrefupdates=always", "color.ui=auto", "color.ui=always",
    "color.ui=never", "color.diff=auto", "color.status=auto", "color.branch=auto",
    "gpg.format=ssh", "gpg.format=openpgp", "push.default=simple", "push.default=current",
    "push.default=upstream", "push.default=matching", "branch.autosetuprebase=always",
    "branch.autosetuprebase=never", "branch.autosetupmerge=always",
    "branch.sort=-committerdate", "column.ui=auto", "diff.algorithm=histogram",
    "diff.algorithm=patience", "diff.algorithm=minimal", "diff.colormoved=zebra",
    "diff.colormoved=plain", "diff.renames=copies", "pull.ff=only", "gc.auto=0",
    "help.autocorrect=prompt", "maintenance.strategy=incremental",
    "status.showuntrackedfiles=no", "status.showuntrackedfiles=normal",
    "status.showuntrackedfiles=all"};

#define CHECK_LISTED(list, text) check_listed(list, sizeof list / sizeof *list, text)
static bool
check_listed(const char *const *list, size_t n, struct rmk_str text)
{
	for (size_t i = 0; i < n; i++) {
		struct rmk_str name = rmk_str_of(list[i]);
		if (rmk_str_eq_nocase(text, name) ||
		    (rmk_str_ends(name, RMK_STR(".")) && rmk_str_starts(text, name)))
			return true;
	}
	return false;
}

static bool
check_bool(struct rmk_str value)
{
	static const char *const words[] = {
	    "true", "false", "yes", "no", "on", "off", "0", "1"};

	return CHECK_LISTED(words, value);
}

// diff.NAME.KEY and merge.NAME.KEY are of a driver, which a commit does not start; branch.NAME.KEY
// is for pull and push; advice is true or false throughout.
static bool
check_middle(struct rmk_str name)
{
	return (rmk_str_starts(name, RMK_STR("diff.")) ||
		   rmk_str_starts(name, RMK_STR("merge.")) ||
		   rmk_str_starts(name, RMK_STR("branch."))) &&
	       rmk_str_chr(name, '.') != rmk_str_rchr(name, '.');
}

static bool
is_good(struct rmk_arena *a, const struct rmk_setting *s)
{
	struct rmk_str pair = rmk_str_printf(
	    a, "%.*s=%.*s", RMK_FMT(s->name), RMK_FMT(s->value));

	if (!s->value.s)
		return false;
	if (check_bool(s->value) &&
	    (CHECK_LISTED(bools, s->name) || rmk_str_starts(s->name, RMK_STR("advice."))))
		return true;
	return CHECK_LISTED(any_text, s->name) || check_middle(s->name) ||
	       CHECK_LISTED(usual, pair);
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
		if (!is_good(repo->a, &repo->settings[i])) {
			repo->engine = &rmk_engine_git;
			return check_by_git(repo, err);
		}
	}
	return code;
}
