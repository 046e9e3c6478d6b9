// Settings, as git reads them.
//
//	git config --list -z  ──▶  repo->settings   [{"user.name", "Ada"}, {"commit.gpgsign", }]
//
// git alone knows every file, condition and variable that can hold a setting, so git is
// asked: once, and only where settings matter. It is run in the folder the person is in, as
// `git commit` would be, for a condition may look at the way that leads there.
//
// Where there is no git program libgit2 reads them. It does not know all conditions of
// includes; rmk_settings_unseen names what it left out.
#include "git/git_internal.h"

#include "base/buf.h"

#include <errno.h>
#include <stdlib.h>

static void
settings_add(struct rmk_repo *repo, struct rmk_str name, struct rmk_str value)
{
	*RMK_PUSH(repo->a, repo->settings, repo->nsettings,
	    repo->settings_cap) = (struct rmk_setting){name, value};
}

// NAME LF VALUE NUL; without the LF no value was given.
static void
settings_parse(struct rmk_repo *repo, struct rmk_str list)
{
	struct rmk_str entry;

	while (list.n && rmk_str_split(&list, '\0', &entry)) {
		size_t lf = rmk_str_chr(entry, '\n');
		struct rmk_str none = {0};

		if (entry.n)
			settings_add(repo, rmk_str_part(entry, 0, lf),
			    lf == RMK_NONE ? none : rmk_str_from(entry, lf + 1));
	}
}

static int
settings_take(const git_config_entry *entry, void *ctx)
{
	struct rmk_repo *repo = ctx;
	struct rmk_str value = {0};

	if (entry->value)
		value = rmk_str_copy(repo->a, rmk_str_of(entry->value));
	settings_add(repo, rmk_str_copy(repo->a, rmk_str_of(entry->name)), value);
	return 0;
}

static enum rmk_code
settings_without_git(struct rmk_repo *repo, struct rmk_err *err)
{
	git_config *config = NULL;

	repo->no_git = true;
	if (!repo->git || git_repository_config(&config, repo->git) < 0 ||
	    git_config_foreach(config, settings_take, repo) < 0) {
		git_config_free(config);
		return rmk_git_fail(
		    err, "%.*s: cannot read the configuration", RMK_FMT(repo->gitdir));
	}
	git_config_free(config);
	return RMK_OK;
}

enum rmk_code
rmk_settings_read(struct rmk_repo *repo, struct rmk_err *err)
{
	static const char *const argv[] = {"git", "config", "--list", "-z", NULL};
	struct rmk_run run = {.argv = argv};
	enum rmk_code code;

	if (repo->has_settings)
		return RMK_OK;
	code = rmk_run(repo->a, &run, err);
	if (run.missing)
		code = settings_without_git(repo, err);
	else if (!code && run.status)
		code = rmk_fail(err, RMK_GIT, "git cannot read its configuration");
	else if (!code)
		settings_parse(repo, run.out);
	repo->has_settings = !code;
	return code;
}

// The last one counts. Names compare without case, but for the middle part, which no
// setting has that is asked for here.
static const struct rmk_setting *
settings_find(struct rmk_repo *repo, const char *name)
{
	for (size_t i = repo->nsettings; i-- > 0;) {
		if (rmk_str_eq_nocase(repo->settings[i].name, rmk_str_of(name)))
			return &repo->settings[i];
	}
	return NULL;
}

enum rmk_code
rmk_repo_config(
    struct rmk_arena *a, struct rmk_repo *repo, const char *name, struct rmk_str *out)
{
	const struct rmk_setting *s;

	if (rmk_settings_read(repo, NULL) || !(s = settings_find(repo, name)))
		return RMK_NOT_FOUND;
	*out = s->value.s ? rmk_str_copy(a, s->value) : RMK_STR("true");
	return RMK_OK;
}

enum rmk_code
rmk_setting_text(
    struct rmk_repo *repo, const char *name, struct rmk_str *out, struct rmk_err *err)
{
	enum rmk_code code = rmk_settings_read(repo, err);
	const struct rmk_setting *s = code ? NULL : settings_find(repo, name);

	if (s && !s->value.s) {
		rmk_fail(err, RMK_INVALID, "the setting %s has no value", name);
		return rmk_hint(err, "git config --show-origin --get-all %s", name);
	}
	if (s)
		*out = s->value;
	return code;
}

// A whole number as git reads one, with k, m or g behind it.
static bool
settings_number(struct rmk_str value, long long *out)
{
	char text[32], *end;

	if (!value.n || value.n >= sizeof text)
		return false;
	memcpy(text, value.s, value.n);
	text[value.n] = '\0';
	errno = 0;
	*out = strtoll(text, &end, 0);
	if (errno || end == text)
		return false;
	if (*end && strchr("kKmMgG", *end))
		end++;
	return !*end;
}

static bool
settings_bool(struct rmk_str value, bool *out)
{
	static const char *const yes[] = {"true", "yes", "on"}, *const no[] = {
								    "false", "no", "off"};
	long long number;

	for (size_t i = 0; i < 3; i++) {
		if (rmk_str_eq_nocase(value, rmk_str_of(yes[i])))
			return *out = true, true;
		if (rmk_str_eq_nocase(value, rmk_str_of(no[i])))
			return *out = false, true;
	}
	if (!value.s || !value.n)
		return *out = !value.s, true;
	return settings_number(value, &number) && (*out = number != 0, true);
}

enum rmk_code
rmk_setting_bool(struct rmk_repo *repo, const char *name, bool *out, struct rmk_err *err)
{
	enum rmk_code code = rmk_settings_read(repo, err);
	const struct rmk_setting *s = code ? NULL : settings_find(repo, name);

	if (!s || settings_bool(s->value, out))
		return code;
	rmk_fail(err, RMK_INVALID,
	    "the setting %s is '%.*s', which is neither true nor false", name,
	    RMK_FMT(s->value));
	return rmk_hint(err, "git config --show-origin --get-all %s", name);
}

// core.sharedRepository: the rights that files get, as git keeps them: a minus means these
// and no others.
static bool
settings_rights(struct rmk_str value, int *out)
{
	static const struct {
		const char *word;
		int rights;
	} words[] = {{"umask", 0}, {"0", 0}, {"group", 0660}, {"1", 0660}, {"all", 0664},
	    {"world", 0664}, {"everybody", 0664}, {"2", 0664}};
	char text[16] = "", *end;
	bool on;

	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		if (rmk_str_eq(value, rmk_str_of(words[i].word)))
			return *out = words[i].rights, true;
	}
	memcpy(text, value.s ? value.s : "", value.n < 15 ? value.n : 15);
	long rights = strtol(text, &end, 8);
	if (value.s && value.n && value.n < 15 && !*end)
		return *out = -(int)(rights & 0666), (rights & 0600) == 0600;
	return settings_bool(value, &on) && (*out = on ? 0660 : 0, true);
}

enum rmk_code
rmk_setting_shared(struct rmk_repo *repo, int *out, struct rmk_err *err)
{
	enum rmk_code code = rmk_settings_read(repo, err);
	const struct rmk_setting *s = code ? NULL
	                                   : settings_find(repo, "core.sharedrepository");

	*out = 0;
	if (!s || settings_rights(s->value, out))
		return code;
	rmk_fail(err, RMK_INVALID, "the setting core.sharedRepository is '%.*s'",
	    RMK_FMT(s->value));
	return rmk_hint(err,
	    "'group', 'all' and modes like 0660 are known; the owner must be "
	    "able to read and write");
}

bool
rmk_setting_any(struct rmk_repo *repo, struct rmk_str front, struct rmk_str back,
    struct rmk_str value)
{
	for (size_t i = 0; i < repo->nsettings; i++) {
		const struct rmk_setting *s = &repo->settings[i];
		if (rmk_str_starts(s->name, front) && rmk_str_ends(s->name, back) &&
		    (!value.s || rmk_str_eq(s->value, value)))
			return true;
	}
	return false;
}

struct rmk_str
rmk_settings_unseen(struct rmk_arena *a, struct rmk_repo *repo)
{
	struct rmk_buf out = {.arena = a};

	for (size_t i = 0; repo->no_git && i < repo->nsettings; i++) {
		struct rmk_str name = repo->settings[i].name;
		if (rmk_str_starts(name, RMK_STR("includeif.hasconfig:")))
			rmk_buf_printf(&out, "%s%.*s", out.n ? ", " : "",
			    RMK_FMT(repo->settings[i].value));
	}
	return rmk_buf_str(&out);
}
