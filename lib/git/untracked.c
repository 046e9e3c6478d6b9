// The files that git ls-files --others --exclude-standard lists, for where there is no git.
//
//	core.excludesFile    \            a later line counts more than an earlier one,
//	info/exclude          |  rules    a file further down here more than one above it
//	.gitignore            |
//	docs/.gitignore      /
//
// libgit2 lists them too, but takes "*/" for files as well and looks into folders that are ignored.
#include "git/untracked.h"

#include "base/ascii.h"
#include "git/git_internal.h"
#include "io/file.h"
#include "io/glob.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct ignore_rule {
	struct rmk_str pattern;
	size_t below;  // it counts from so many bytes of a path
	bool not ;     // not ignored
	bool folder;   // folders only
	bool anywhere; // a name, whatever folders lead to it
};

struct untracked {
	struct rmk_repo *repo;
	struct rmk_arena arena;
	struct ignore_rule *rules;
	size_t nrules, cap;
	bool nocase; // core.ignoreCase
	void (*add)(void *ctx, struct rmk_str path);
	void *ctx;
};

// As core.ignoreCase compares: letters of ASCII.
static struct rmk_str
as_compared(struct untracked *u, struct rmk_str text)
{
	if (!u->nocase)
		return text;
	char *s = rmk_str_c(&u->arena, text);
	for (size_t i = 0; i < text.n; i++)
		s[i] = rmk_lower(s[i]);
	return (struct rmk_str){s, text.n};
}

// --- rules --------------------------------------------------------------------------

// Without the blanks at its end, unless they are escaped.
static struct rmk_str
trim_rule(struct rmk_str line)
{
	size_t end = 0;

	for (size_t i = 0; i < line.n; i++) {
		if (line.s[i] == '\\' && i + 1 < line.n)
			i++;
		else if (line.s[i] == ' ')
			continue;
		end = i + 1;
	}
	return rmk_str_part(line, 0, end);
}

// The ']' that ends a bracket expression at i; the length where there is none.
static size_t
end_of_brackets(struct rmk_str p, size_t i)
{
	size_t first = i + 1;

	if (first < p.n && (p.s[first] == '!' || p.s[first] == '^'))
		first++;
	for (i = first; i < p.n && (p.s[i] != ']' || i == first); i++)
		i += p.s[i] == '\\';
	return i < p.n ? i : p.n;
}

// A pattern that git calls bad matches nothing.
static bool
is_bad_rule(struct rmk_str p)
{
	size_t i;

	for (i = 0; i < p.n; i++) {
		if (p.s[i] == '\\')
			i++;
		else if (p.s[i] == '[')
			i = end_of_brackets(p, i);
		if (i >= p.n)
			return true;
	}
	return false;
}

static void
add_ignore_rule(struct untracked *u, struct rmk_str line, size_t below)
{
	struct ignore_rule rule = {.below = below};

	if (rmk_str_starts(line, RMK_STR("#")))
		return;
	line = trim_rule(line);
	if ((rule.not = rmk_str_starts(line, RMK_STR("!"))))
		line = rmk_str_from(line, 1);
	if ((rule.folder = rmk_str_ends(line, RMK_STR("/"))))
		line.n--;
	rule.anywhere = rmk_str_chr(line, '/') == RMK_NONE;
	if (rmk_str_starts(line, RMK_STR("/")))
		line = rmk_str_from(line, 1);
	rule.pattern = as_compared(u, line);
	if (line.n && !is_bad_rule(line))
		*RMK_PUSH(&u->arena, u->rules, u->nrules, u->cap) = rule;
}

// A file that is not there has no rules; git does not follow a link to one in the worktree.
static void
read_rules(struct untracked *u, const char *path, bool in_worktree, size_t below)
{
	struct rmk_str text, line, bom = RMK_STR("\xEF\xBB\xBF");
	struct stat st;

	if ((in_worktree && (lstat(path, &st) || !S_ISREG(st.st_mode))) ||
	    rmk_file_read(&u->arena, rmk_str_of(path), &text, NULL, NULL))
		return;
	if (rmk_str_starts(text, bom))
		text = rmk_str_from(text, bom.n);
	while (text.n && rmk_str_split(&text, '\n', &line)) {
		if (rmk_str_ends(line, RMK_STR("\r")))
			line.n--;
		add_ignore_rule(u, line, below);
	}
}

// core.excludesFile, or the one that git looks for where that is not set.
static void
read_persons_rules(struct untracked *u)
{
	const char *xdg = getenv("XDG_CONFIG_HOME"), *home = getenv("HOME");
	git_buf path = {0};
	git_config *config = NULL;

	if (git_repository_config_snapshot(&config, u->repo->git) == 0 &&
	    git_config_get_path(&path, config, "core.excludesfile") == 0)
		read_rules(u, path.ptr, false, 0);
	else if (xdg && *xdg)
		read_rules(
		    u, rmk_str_printf(&u->arena, "%s/git/ignore", xdg).s, false, 0);
	else if (home && *home)
		read_rules(u, rmk_str_printf(&u->arena, "%s/.config/git/ignore", home).s,
		    false, 0);
	git_buf_dispose(&path);
	git_config_free(config);
}

static bool
rule_hits(const struct ignore_rule *rule, struct rmk_str path)
{
	size_t slash = rmk_str_rchr(path, '/');
	size_t from = rule->anywhere && slash != RMK_NONE ? slash + 1 : rule->below;

	return rmk_glob_matches(rule->pattern, rmk_str_from(path, from));
}

static bool
is_ignored(struct untracked *u, struct rmk_str path, bool folder)
{
	struct rmk_str name = as_compared(u, path);

	for (size_t i = u->nrules; i-- > 0;) {
		const struct ignore_rule *rule = &u->rules[i];

		if ((folder || !rule->folder) && rule_hits(rule, name))
			return !rule->not ;
	}
	return false;
}

// --- folders ------------------------------------------------------------------------

static enum rmk_code untracked_walk(
    struct untracked *u, struct rmk_str folder, struct rmk_err *err);

static char *
in_full(struct untracked *u, struct rmk_str path, const char *name)
{
	return (char *)(uintptr_t)rmk_str_printf(
	    &u->arena, "%.*s%.*s%s", RMK_FMT(u->repo->top), RMK_FMT(path), name)
	    .s;
}

// Another repository, whose files are its own business.
static bool
is_repository(struct untracked *u, struct rmk_str folder)
{
	return access(in_full(u, folder, "/.git"), F_OK) == 0 &&
	       git_repository_open_ext(NULL, in_full(u, folder, ""),
		   GIT_REPOSITORY_OPEN_NO_SEARCH, NULL) == 0;
}

static enum rmk_code
untracked_visit(struct untracked *u, const struct dirent *entry, struct rmk_str path,
    struct rmk_err *err)
{
	mode_t type = entry->d_type == DT_REG   ? S_IFREG
	              : entry->d_type == DT_DIR ? S_IFDIR
	                                        : 0;
	struct stat st;

	if (entry->d_type == DT_UNKNOWN && lstat(in_full(u, path, ""), &st) == 0)
		type = st.st_mode;
	if ((!S_ISREG(type) && !S_ISDIR(type)) || is_ignored(u, path, S_ISDIR(type)))
		return RMK_OK;
	if (S_ISREG(type))
		u->add(u->ctx, path);
	else if (!is_repository(u, path))
		return untracked_walk(
		    u, rmk_str_printf(&u->arena, "%.*s/", RMK_FMT(path)), err);
	return RMK_OK;
}

static bool
is_git_or_dots(const char *name)
{
	return strcmp(name, ".") == 0 || strcmp(name, "..") == 0 ||
	       strcmp(name, ".git") == 0;
}

// folder is empty, or ends in '/'.
static enum rmk_code
untracked_walk(struct untracked *u, struct rmk_str folder, struct rmk_err *err)
{
	DIR *dir = opendir(in_full(u, folder, ""));
	size_t nrules = u->nrules;
	enum rmk_code code = RMK_OK;
	struct dirent *entry;

	if (!dir)
		return rmk_fail_errno(
		    err, "%.*s: cannot open the folder", RMK_FMT(folder));
	read_rules(u, in_full(u, folder, ".gitignore"), true, folder.n);
	while (!code && (entry = readdir(dir))) {
		if (!is_git_or_dots(entry->d_name))
			code = untracked_visit(u, entry,
			    rmk_str_printf(
				&u->arena, "%.*s%s", RMK_FMT(folder), entry->d_name),
			    err);
	}
	closedir(dir);
	u->nrules = nrules;
	return code;
}

enum rmk_code
rmk_untracked(struct rmk_repo *repo, void (*add)(void *ctx, struct rmk_str path),
    void *ctx, struct rmk_err *err)
{
	struct untracked u = {.repo = repo, .add = add, .ctx = ctx};
	enum rmk_code code;

	if (rmk_setting_bool(repo, "core.ignorecase", &u.nocase, err))
		return RMK_INVALID;
	read_persons_rules(&u);
	read_rules(&u,
	    rmk_str_printf(&u.arena, "%.*sinfo/exclude", RMK_FMT(repo->common)).s, false,
	    0);
	code = untracked_walk(&u, RMK_STR(""), err);
	rmk_arena_free(&u.arena);
	return code;
}
