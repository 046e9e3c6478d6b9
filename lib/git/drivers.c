// Attributes are lines of a file, which we edit; settings are git's, and git writes them:
// it knows every form a configuration can have.
#include "git/drivers.h"

#include "base/buf.h"
#include "git/process.h"
#include "io/file.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct setting {
	unsigned driver;
	const char *name, *value;
};

// %S, %X and %Y came with git 2.45; older ones hand them on as they are, and `merge`
// knows them then for what they are not.
static const struct setting settings[] = {
    {RMK_DRIVER_MERGE, "merge.rowmark.name", "tables by row and cell (rowmark)"},
    {RMK_DRIVER_MERGE, "merge.rowmark.driver",
	"rowmark merge -L %L -P %P -S %S -X %X -Y %Y %O %A %B"},
    {RMK_DRIVER_DIFF, "diff.rowmark.textconv", "rowmark diff --textconv"},
    {RMK_DRIVER_DIFF, "diff.rowmark.xfuncname", "^#{1,6} .*$"}, // the heading above
};
#define NSETTINGS (sizeof settings / sizeof *settings)

static const char *const patterns[] = {"*.md", "*.markdown"};
#define NPATTERNS (sizeof patterns / sizeof *patterns)

// --- settings -----------------------------------------------------------------------

static enum rmk_code
git(struct rmk_arena *a, const struct rmk_repo *repo, const char *const *argv,
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

	if (git(a, repo, argv, &status, out, err))
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
	if (git(a, repo, on ? set : unset, &status, NULL, err))
		return err->code;
	return status == 0 ? RMK_OK
	                   : rmk_fail(err, RMK_GIT, "git config %s: exit status %d",
				 s->name, status);
}

// --- attributes -----------------------------------------------------------------------

// git follows no link here, so what stands behind one tells it nothing.
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
attributes_file(struct rmk_arena *a, const struct rmk_repo *repo, bool global,
    struct rmk_str *out, struct rmk_err *err)
{
	const char *const argv[] = {"git", "config", "--global", "--type=path", "--get",
	    "core.attributesFile", NULL};
	const char *xdg = getenv("XDG_CONFIG_HOME"), *home = getenv("HOME");
	int status = -1;

	if (!global) {
		*out = rmk_str_printf(
		    a, "%.*s.gitattributes", RMK_FMT(rmk_repo_top(repo)));
		return check_no_link(a, *out, err);
	}
	if (git(a, NULL, argv, &status, out, err))
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
read_attributes(
    struct rmk_arena *a, struct rmk_str file, struct rmk_str *out, struct rmk_err *err)
{
	*out = (struct rmk_str){0};
	if (access(rmk_str_c(a, file), F_OK) != 0 && errno == ENOENT)
		return RMK_OK;
	return rmk_file_read(a, file, out, NULL, err);
}

// The drivers a line gives to one of our patterns; 0 when it holds anything else, for
// then somebody wrote it.
static unsigned
drivers_of(struct rmk_str line)
{
	struct rmk_str word, rest = rmk_str_trim(line);
	unsigned drivers = 0;
	bool ours = false;

	for (bool first = true; rmk_str_split(&rest, ' ', &word); first = false) {
		for (size_t i = 0; first && i < NPATTERNS; i++)
			ours |= rmk_str_eq(word, rmk_str_of(patterns[i]));
		if (first)
			continue;
		if (rmk_str_eq(word, RMK_STR("merge=rowmark")))
			drivers |= RMK_DRIVER_MERGE;
		else if (rmk_str_eq(word, RMK_STR("diff=rowmark")))
			drivers |= RMK_DRIVER_DIFF;
		else if (word.n)
			ours = false;
	}
	return ours ? drivers : 0;
}

static unsigned
drivers_in(struct rmk_str text)
{
	struct rmk_str line;
	unsigned drivers = 0;

	while (rmk_str_split(&text, '\n', &line))
		drivers |= drivers_of(line);
	return drivers;
}

// The text without our lines, then with lines for these drivers.
static struct rmk_str
with_drivers(struct rmk_arena *a, struct rmk_str text, unsigned drivers)
{
	struct rmk_buf out = {.arena = a};
	struct rmk_str line;

	while (text.n && rmk_str_split(&text, '\n', &line)) {
		if (drivers_of(line))
			continue;
		rmk_buf_add(&out, line);
		if (text.s)
			rmk_buf_addc(&out, '\n');
	}
	if (drivers && out.n && out.s[out.n - 1] != '\n')
		rmk_buf_addc(&out, '\n');
	for (size_t i = 0; drivers && i < NPATTERNS; i++)
		rmk_buf_printf(&out, "%s%s%s\n", patterns[i],
		    drivers & RMK_DRIVER_MERGE ? " merge=rowmark" : "",
		    drivers & RMK_DRIVER_DIFF ? " diff=rowmark" : "");
	return rmk_buf_str(&out);
}

static void
drivers_make_folders(char *path)
{
	for (char *slash = strchr(path + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
		*slash = '\0';
		(void)mkdir(path, 0777);
		*slash = '/';
	}
}

static enum rmk_code
drivers_create(
    struct rmk_arena *a, struct rmk_str file, struct rmk_str text, struct rmk_err *err)
{
	char *path = rmk_str_c(a, file);
	FILE *f;

	drivers_make_folders(path);
	f = fopen(path, "wxe");
	if (!f)
		return rmk_fail_errno(err, "%s: cannot create", path);
	if (fwrite(text.s, 1, text.n, f) != text.n) {
		(void)fclose(f);
		(void)unlink(path);
		return rmk_fail_errno(err, "%s: cannot write", path);
	}
	return fclose(f) == 0 ? RMK_OK : rmk_fail_errno(err, "%s: cannot write", path);
}

static enum rmk_code
write_attributes(struct rmk_arena *a, struct rmk_str file, struct rmk_str was,
    struct rmk_str text, struct rmk_err *err)
{
	struct rmk_file_new new_;

	if (!was.s)
		return drivers_create(a, file, text, err);
	if (text.n == 0)
		return unlink(rmk_str_c(a, file)) == 0
		           ? RMK_OK
		           : rmk_fail_errno(err, "%.*s: cannot remove", RMK_FMT(file));
	if (rmk_file_prepare(a, RMK_STR(""), file, NULL, text, &new_, err))
		return err->code;
	return rmk_file_commit(&new_, err);
}

// --- both -----------------------------------------------------------------------------

static enum rmk_code
drivers_change(struct rmk_arena *a, struct rmk_repo *repo, unsigned drivers, bool on,
    bool global, bool *changed, struct rmk_err *err)
{
	const char *scope = global ? "--global" : "--local";
	struct rmk_str file, was, text;
	unsigned wanted;

	*changed = false;
	if (!global && rmk_repo_top(repo).n == 0)
		return rmk_fail(
		    err, RMK_REFUSED, "a bare repository has no .gitattributes");
	if (attributes_file(a, repo, global, &file, err) ||
	    read_attributes(a, file, &was, err))
		return err->code;
	for (size_t i = 0; i < NSETTINGS; i++) {
		if ((settings[i].driver & drivers) &&
		    put_setting(a, repo, scope, &settings[i], on, changed, err))
			return err->code;
	}
	wanted = on ? drivers_in(was) | drivers : drivers_in(was) & ~drivers;
	if (wanted == drivers_in(was))
		return RMK_OK;
	*changed = true;
	text = with_drivers(a, was, wanted);
	return write_attributes(a, file, was, text, err);
}

enum rmk_code
rmk_drivers_install(struct rmk_arena *a, struct rmk_repo *repo, unsigned drivers,
    bool global, bool *changed, struct rmk_err *err)
{
	return drivers_change(a, repo, drivers, true, global, changed, err);
}

enum rmk_code
rmk_drivers_remove(struct rmk_arena *a, struct rmk_repo *repo, unsigned drivers,
    bool global, bool *changed, struct rmk_err *err)
{
	return drivers_change(a, repo, drivers, false, global, changed, err);
}

enum rmk_code
rmk_drivers_check(struct rmk_arena *a, struct rmk_repo *repo, bool global,
    struct rmk_drivers_state *out, struct rmk_err *err)
{
	struct rmk_drivers_state state = {0};
	unsigned missing = 0;
	struct rmk_str text;

	if (attributes_file(a, repo, global, &state.file, err) ||
	    read_attributes(a, state.file, &text, err))
		return err->code;
	state.attributes = drivers_in(text);
	for (size_t i = 0; i < NSETTINGS; i++) {
		struct rmk_str now;

		if (get_setting(a, repo, global ? "--global" : "--local",
			settings[i].name, &now, err))
			return err->code;
		if (!rmk_str_eq(now, rmk_str_of(settings[i].value)))
			missing |= settings[i].driver;
	}
	state.settings = (RMK_DRIVER_MERGE | RMK_DRIVER_DIFF) & ~missing;
	*out = state;
	return RMK_OK;
}
