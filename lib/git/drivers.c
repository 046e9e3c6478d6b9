// Attributes are lines of a file, which we edit; settings are git's, and git writes them:
// it knows every form a configuration can have.
#include "git/drivers.h"

#include "git/attributes_file.h"
#include "git/process.h"
#include "io/file.h"

#include <stdlib.h>
#include <sys/stat.h>

struct setting {
	enum rmk_driver driver;
	const char *name, *value;
};

// Where rowmark is not there, does not start, dies or ends in trouble (2 or more), git's own
// way goes: a conflict, 1, is an answer. %S, %X and %Y came with git 2.45; older ones hand
// them on as they are, and `merge` knows them then for what they are not.
#define MERGE_ARGS                                                                       \
	"-L %L -P %P -S %S -X %X -Y %Y %O %A %B; s=$?; test $s -le 1 && exit $s; "
#define MERGE_LINES                                                                      \
	"echo 'rowmark cannot be run: merged by lines' >&2; "                            \
	"git merge-file -q --marker-size=%L -L ours -L base -L theirs %A %O %B"
#define MERGE_DRIVER                                                                     \
	"if command -v rowmark >/dev/null; then rowmark merge " MERGE_ARGS               \
	"fi; " MERGE_LINES

// git puts "$@" behind it, the file. What a rowmark that fails has printed is not shown.
#define TEXTCONV                                                                         \
	"f() { t=$(command -v rowmark >/dev/null && rowmark diff --textconv \"$1\" && "  \
	"echo .) && printf %s \"${t%.}\" || cat \"$1\"; }; f"

static const struct setting settings[] = {
    {RMK_DRIVER_MERGE, "merge.rowmark.name",
	"tables by row and cell (rowmark, format " RMK_DRIVERS_FORMAT ")"},
    {RMK_DRIVER_MERGE, "merge.rowmark.driver", MERGE_DRIVER},
    {RMK_DRIVER_DIFF, "diff.rowmark.textconv", TEXTCONV},
    {RMK_DRIVER_DIFF, "diff.rowmark.xfuncname", "^#{1,6} .*$"}, // the heading above
};
#define NSETTINGS (sizeof settings / sizeof *settings)

// --- settings -----------------------------------------------------------------------

static enum rmk_code
driver_git(struct rmk_arena *a, const struct rmk_repo *repo, const char *const *argv,
    int *status, struct rmk_str *out, struct rmk_err *err)
{
	struct rmk_run run = {.argv = argv, .quiet = true};

	if (repo)
		run.cwd = rmk_str_c(
		    a, rmk_repo_top(repo).n ? rmk_repo_top(repo) : rmk_repo_gitdir(repo));
	if (rmk_run(a, &run, err))
		return err->code;
	*status = run.status;
	if (out)
		*out = rmk_str_trim(run.out);
	return RMK_OK;
}

static enum rmk_code
get_setting(struct rmk_arena *a, const struct rmk_repo *repo, const char *scope,
    const char *name, struct rmk_str *out, struct rmk_err *err)
{
	const char *const argv[] = {"git", "config", scope, "--get", name, NULL};
	int status;

	if (driver_git(a, repo, argv, &status, out, err))
		return err->code;
	if (status != 0)
		*out = (struct rmk_str){0};
	return RMK_OK;
}

static enum rmk_code
put_setting(struct rmk_arena *a, const struct rmk_repo *repo, const char *scope,
    const struct setting *s, bool on, bool *changed, struct rmk_err *err)
{
	const char *const set[] = {"git", "config", scope, s->name, s->value, NULL};
	const char *const unset[] = {
	    "git", "config", scope, "--unset-all", s->name, NULL};
	struct rmk_str now;
	int status;

	if (get_setting(a, repo, scope, s->name, &now, err))
		return err->code;
	if (on ? rmk_str_eq(now, rmk_str_of(s->value)) : now.n == 0)
		return RMK_OK;
	*changed = true;
	if (driver_git(a, repo, on ? set : unset, &status, NULL, err))
		return err->code;
	return status == 0 ? RMK_OK
	                   : rmk_fail(err, RMK_GIT, "git config %s: exit status %d",
				 s->name, status);
}

// All settings of a driver, in one place of configuration.
static enum rmk_code
put_settings(struct rmk_arena *a, const struct rmk_repo *repo, bool global,
    enum rmk_driver driver, bool on, bool *changed, struct rmk_err *err)
{
	for (size_t i = 0; i < NSETTINGS; i++)
		if (settings[i].driver == driver &&
		    put_setting(a, repo, global ? "--global" : "--local", &settings[i],
			on, changed, err))
			return err->code;
	return RMK_OK;
}

// --- attributes -----------------------------------------------------------------------

// git follows no link here, so it does not see what one leads to.
static enum rmk_code
check_no_link(struct rmk_arena *a, struct rmk_str file, struct rmk_err *err)
{
	struct stat st;

	if (lstat(rmk_str_c(a, file), &st) != 0 || !S_ISLNK(st.st_mode))
		return RMK_OK;
	rmk_fail(err, RMK_REFUSED, "%.*s: is a symbolic link, and git does not follow it",
	    RMK_FMT(file));
	return rmk_hint(err, "put a file in its place");
}

static enum rmk_code
users_file(struct rmk_arena *a, struct rmk_str *out, struct rmk_err *err)
{
	const char *const argv[] = {"git", "config", "--global", "--type=path", "--get",
	    "core.attributesFile", NULL};
	const char *xdg = getenv("XDG_CONFIG_HOME"), *home = getenv("HOME");
	int status = -1;

	if (driver_git(a, NULL, argv, &status, out, err))
		return err->code;
	if (status == 0 && out->n)
		return RMK_OK;
	if (xdg && *xdg)
		*out = rmk_str_printf(a, "%s/git/attributes", xdg);
	else if (home && *home)
		*out = rmk_str_printf(a, "%s/.config/git/attributes", home);
	else
		return rmk_fail(err, RMK_NOT_FOUND, "HOME is not set");
	return RMK_OK;
}

static enum rmk_code
clones_file(struct rmk_arena *a, const struct rmk_repo *repo, struct rmk_str *out,
    struct rmk_err *err)
{
	const char *const argv[] = {
	    "git", "rev-parse", "--git-path", "info/attributes", NULL};
	int status;

	if (driver_git(a, repo, argv, &status, out, err))
		return err->code;
	if (status != 0 || out->n == 0)
		return rmk_fail(err, RMK_GIT,
		    "git rev-parse --git-path info/attributes: "
		    "exit status %d",
		    status);
	if (out->s[0] != '/')
		*out = rmk_str_printf(
		    a, "%.*s%.*s", RMK_FMT(rmk_repo_top(repo)), RMK_FMT(*out));
	return RMK_OK;
}

// The file that everyone shares: of the repository, or of all of the user's.
static enum rmk_code
shared_file(struct rmk_arena *a, const struct rmk_repo *repo, bool global,
    struct rmk_str *out, struct rmk_err *err)
{
	if (global)
		return users_file(a, out, err);
	if (rmk_repo_top(repo).n == 0)
		return rmk_fail(
		    err, RMK_REFUSED, "a bare repository has no .gitattributes");
	*out = rmk_str_printf(a, "%.*s.gitattributes", RMK_FMT(rmk_repo_top(repo)));
	return check_no_link(a, *out, err);
}

// Let our lines of a file name other drivers: without those in `off`, with those in `on`.
static enum rmk_code
change_lines(struct rmk_arena *a, struct rmk_str file, unsigned off, unsigned on,
    bool *changed, struct rmk_err *err)
{
	struct rmk_str was, text;

	rmk_file_tidy(a, file);
	if (rmk_attr_read(a, file, &was, err))
		return err->code;
	text = rmk_attr_with_lines(a, was, (rmk_attr_lines(was) & ~off) | on);
	if (rmk_str_eq(text, was) || (!on && !(rmk_attr_lines(was) & off)))
		return RMK_OK;
	*changed = true;
	return rmk_attr_write(a, file, was, text, err);
}

static enum rmk_code
driver_lines(struct rmk_arena *a, struct rmk_str file, unsigned *out, struct rmk_err *err)
{
	struct rmk_str text;

	if (rmk_attr_read(a, file, &text, err))
		return err->code;
	*out = rmk_attr_lines(text);
	return RMK_OK;
}

// Whether the clone's own attributes ask for diffs of rows, by our line or by a person's.
static enum rmk_code
clone_asks_for_diff(
    struct rmk_arena *a, const struct rmk_repo *repo, bool *out, struct rmk_err *err)
{
	struct rmk_str file, text;

	if (clones_file(a, repo, &file, err) || rmk_attr_read(a, file, &text, err))
		return err->code;
	*out = rmk_str_find(text, RMK_STR("diff=rowmark")) != RMK_NONE;
	return RMK_OK;
}

// --- both -----------------------------------------------------------------------------

// An older install's settings go, whatever line uses them, unless the clone itself asks.
static enum rmk_code
drop_shared_diff(struct rmk_arena *a, struct rmk_repo *repo, bool global,
    struct rmk_str file, bool *changed, struct rmk_err *err)
{
	unsigned shared = 0;
	bool own = false;

	if (driver_lines(a, file, &shared, err) ||
	    (!global && clone_asks_for_diff(a, repo, &own, err)))
		return err->code;
	if (own || (global && !(shared & RMK_DRIVER_DIFF)))
		return RMK_OK;
	return put_settings(a, repo, global, RMK_DRIVER_DIFF, false, changed, err);
}

static enum rmk_code
install_diff_driver(
    struct rmk_arena *a, struct rmk_repo *repo, bool *changed, struct rmk_err *err)
{
	struct rmk_str file;

	if (clones_file(a, repo, &file, err) ||
	    put_settings(a, repo, false, RMK_DRIVER_DIFF, true, changed, err))
		return err->code;
	return change_lines(a, file, 0, RMK_DRIVER_DIFF, changed, err);
}

enum rmk_code
rmk_drivers_install(struct rmk_arena *a, struct rmk_repo *repo, enum rmk_driver driver,
    bool global, bool *changed, struct rmk_err *err)
{
	struct rmk_str file;

	*changed = false;
	if (driver == RMK_DRIVER_DIFF && global)
		return rmk_fail(err, RMK_INVALID,
		    "the diff driver is for one clone alone: not with --global");
	if (driver == RMK_DRIVER_DIFF)
		return install_diff_driver(a, repo, changed, err);
	if (shared_file(a, repo, global, &file, err) ||
	    put_settings(a, repo, global, driver, true, changed, err) ||
	    drop_shared_diff(a, repo, global, file, changed, err))
		return err->code;
	return change_lines(a, file, RMK_DRIVER_DIFF, RMK_DRIVER_MERGE, changed, err);
}

enum rmk_code
rmk_drivers_remove(struct rmk_arena *a, struct rmk_repo *repo, enum rmk_driver driver,
    bool global, bool *changed, struct rmk_err *err)
{
	struct rmk_str file;

	*changed = false;
	if (shared_file(a, repo, global, &file, err) ||
	    put_settings(a, repo, global, driver, false, changed, err) ||
	    change_lines(a, file, driver, 0, changed, err))
		return err->code;
	if (global)
		return RMK_OK;
	if (clones_file(a, repo, &file, err))
		return err->code;
	return change_lines(a, file, driver, 0, changed, err);
}

// --- what is there --------------------------------------------------------------------

// Which settings are as they should be, and which are otherwise.
static enum rmk_code
look_at_settings(struct rmk_arena *a, struct rmk_repo *repo, bool global,
    struct rmk_drivers_state *state, struct rmk_err *err)
{
	unsigned missing = 0;

	for (size_t i = 0; i < NSETTINGS; i++) {
		struct rmk_str now;

		if (get_setting(a, repo, global ? "--global" : "--local",
			settings[i].name, &now, err))
			return err->code;
		if (!rmk_str_eq(now, rmk_str_of(settings[i].value)))
			missing |= settings[i].driver;
		if (now.n)
			state->other |= settings[i].driver;
	}
	state->settings = (RMK_DRIVER_MERGE | RMK_DRIVER_DIFF) & ~missing;
	state->other &= missing;
	return RMK_OK;
}

// What git says an attribute of some Markdown file is.
static enum rmk_code
asked_for(struct rmk_arena *a, const struct rmk_repo *repo, const char *attribute,
    struct rmk_str *out, struct rmk_err *err)
{
	const char *const argv[] = {
	    "git", "check-attr", "-z", attribute, "--", "x.md", NULL};
	struct rmk_str part;
	int status;

	if (driver_git(a, repo, argv, &status, out, err))
		return err->code;
	for (int i = 0; i < 2; i++)
		rmk_str_split(out, '\0', &part);
	if (!rmk_str_split(out, '\0', &part))
		part = (struct rmk_str){0};
	*out = part;
	return RMK_OK;
}

// Whether git diff shows rows though this clone did not ask for it.
static enum rmk_code
look_at_diff(struct rmk_arena *a, struct rmk_repo *repo, struct rmk_drivers_state *state,
    struct rmk_err *err)
{
	const char *const argv[] = {
	    "git", "config", "--get", "diff.rowmark.textconv", NULL};
	struct rmk_str file, diff, textconv;
	unsigned lines = 0;
	bool own, set = ((state->settings | state->other) & RMK_DRIVER_DIFF) != 0;
	int status;

	if (clones_file(a, repo, &file, err) || driver_lines(a, file, &lines, err) ||
	    clone_asks_for_diff(a, repo, &own, err) ||
	    asked_for(a, repo, "merge", &state->asked, err) ||
	    asked_for(a, repo, "diff", &diff, err) ||
	    driver_git(a, repo, argv, &status, &textconv, err))
		return err->code;
	state->attributes |= lines & RMK_DRIVER_DIFF;
	state->shared_diff |= !own && textconv.n &&
	                      (set || rmk_str_eq(diff, RMK_STR("rowmark")));
	return RMK_OK;
}

enum rmk_code
rmk_drivers_check(struct rmk_arena *a, struct rmk_repo *repo, bool global,
    struct rmk_drivers_state *out, struct rmk_err *err)
{
	struct rmk_drivers_state state = {0};
	struct rmk_str text;

	if (shared_file(a, repo, global, &state.file, err) ||
	    rmk_attr_read(a, state.file, &text, err) ||
	    look_at_settings(a, repo, global, &state, err))
		return err->code;
	state.attributes = rmk_attr_lines(text) & RMK_DRIVER_MERGE;
	state.shared_diff = rmk_attr_lines(text) & RMK_DRIVER_DIFF;
	state.theirs = rmk_attr_merge_line(text);
	if (!global && look_at_diff(a, repo, &state, err))
		return err->code;
	*out = state;
	return RMK_OK;
}

// --- for one run of git -----------------------------------------------------------------

// The program is named by the environment, so that no path needs quoting for the shell.
#define ONCE_DRIVER                                                                      \
	"\"$ROWMARK_DRIVER\" merge $ROWMARK_DRIVER_OPTIONS " MERGE_ARGS MERGE_LINES

// core.attributesFile as git reads it here, with our line in front.
static enum rmk_code
attributes_with_driver(struct rmk_arena *a, const struct rmk_repo *repo,
    struct rmk_str *out, struct rmk_err *err)
{
	const char *const argv[] = {
	    "git", "config", "--type=path", "--get", "core.attributesFile", NULL};
	struct rmk_str file, text = {0};
	int status;

	if (driver_git(a, repo, argv, &status, &file, err))
		return err->code;
	if ((status != 0 || !file.n) && users_file(a, &file, NULL))
		file.n = 0;
	if (file.n && rmk_attr_read(a, file, &text, err))
		return err->code;
	*out = rmk_attr_with_lines(a, text, rmk_attr_lines(text) | RMK_DRIVER_MERGE);
	return RMK_OK;
}

enum rmk_code
rmk_driver_once(struct rmk_arena *a, const struct rmk_repo *repo, struct rmk_str folder,
    const char *program, const char *options, struct rmk_driver_once *out,
    struct rmk_err *err)
{
	struct rmk_str file = rmk_str_printf(a, "%.*sattributes", RMK_FMT(folder)), text;

	if (attributes_with_driver(a, repo, &text, err) ||
	    rmk_file_save(a, file, text, 0666, false, err))
		return err->code;
	*out = (struct rmk_driver_once){
	    .settings = {"-c", rmk_str_printf(a, "core.attributesFile=%s", file.s).s,
		"-c", "merge.rowmark.driver=" ONCE_DRIVER},
	    .env = {rmk_str_printf(a, "ROWMARK_DRIVER=%s", program).s,
		rmk_str_printf(a, "ROWMARK_DRIVER_OPTIONS=%s", options).s},
	};
	return RMK_OK;
}
