// Who commits, as git takes it: the environment, then author.name and the like, then
// user.name. Where a date is in words, or git would have to guess a name, git is asked.
#include "git/commit_internal.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum who { AUTHOR, COMMITTER };
static const char *const upper[] = {"AUTHOR", "COMMITTER"};
static const char *const lower[] = {"author", "committer"};

// What git leaves off both ends of a name, and out of it; which exactly is its version's.
static bool
is_crud(char ch)
{
	return (unsigned char)ch <= 32 || strchr(".,:;<>\"\\'", ch);
}

static bool
has_crud(struct rmk_str text)
{
	return text.n && (is_crud(text.s[0]) || is_crud(text.s[text.n - 1]) ||
			     rmk_str_chr(text, '\n') != RMK_NONE ||
			     rmk_str_chr(text, '<') != RMK_NONE ||
			     rmk_str_chr(text, '>') != RMK_NONE);
}

static struct rmk_str
from_env(const char *fmt, enum who who)
{
	char name[40];

	snprintf(name, sizeof name, fmt, upper[who]);
	return rmk_str_of(getenv(name));
}

static struct rmk_str
from_config(struct rmk_job *job, const char *section, const char *key)
{
	char name[40];
	struct rmk_str value = {"", 0};

	snprintf(name, sizeof name, "%s.%s", section, key);
	rmk_repo_config(job->a, job->repo, name, &value);
	return value;
}

static struct rmk_str
name_or_mail(struct rmk_job *job, enum who who, const char *env, const char *key)
{
	struct rmk_str value = from_env(env, who);

	if (!value.n)
		value = from_config(job, lower[who], key);
	if (!value.n)
		value = from_config(job, "user", key);
	return value;
}

// "@1700000000 +0100", as rowmark's own calls and tests write it; empty when it is in
// other words. Without the '@' fewer than nine digits are something else to git.
static struct rmk_str
raw_date(struct rmk_arena *a, struct rmk_str date)
{
	bool marked = rmk_str_starts(date, RMK_STR("@"));
	size_t n = 0;

	if (marked)
		date = rmk_str_from(date, 1);
	while (n < date.n && isdigit((unsigned char)date.s[n]))
		n++;
	struct rmk_str zone = rmk_str_from(date, n);
	if (n < (marked ? 1 : 9) || n > 12 || zone.n != 6 || zone.s[0] != ' ' ||
	    !strchr("+-", zone.s[1]) || zone.s[2] > '1' || zone.s[4] > '5')
		return (struct rmk_str){"", 0};
	for (size_t i = 2; i < 6; i++) {
		if (!isdigit((unsigned char)zone.s[i]))
			return (struct rmk_str){"", 0};
	}
	return rmk_str_copy(a, date);
}

static struct rmk_str
identity_date_of(struct rmk_arena *a, time_t now)
{
	struct tm tm;

	localtime_r(&now, &tm);
	long minutes = tm.tm_gmtoff / 60, m = minutes < 0 ? -minutes : minutes;
	return rmk_str_printf(a, "%lld %c%02ld%02ld", (long long)now,
	    minutes < 0 ? '-' : '+', m / 60, m % 60);
}

static enum rmk_code
no_date(struct rmk_str date, struct rmk_err *err)
{
	return rmk_fail(
	    err, RMK_INVALID, "git cannot read the date '%.*s'", RMK_FMT(date));
}

// git's own answer: it knows every form of a date, and says what it misses.
static enum rmk_code
identity_ask_git(struct rmk_job *job, enum who who, struct rmk_str name,
    struct rmk_str mail, struct rmk_str date, struct rmk_str *out, struct rmk_err *err)
{
	char var[32];
	const char *const argv[] = {"git", "var", var, NULL};
	const char *env[4] = {0};
	struct rmk_run run = {.argv = argv, .env = env, .quiet = true};
	size_t n = 0;

	snprintf(var, sizeof var, "GIT_%s_IDENT", upper[who]);
	if (name.n)
		env[n++] = rmk_str_printf(
		    job->a, "GIT_%s_NAME=%.*s", upper[who], RMK_FMT(name))
		               .s;
	if (mail.n)
		env[n++] = rmk_str_printf(
		    job->a, "GIT_%s_EMAIL=%.*s", upper[who], RMK_FMT(mail))
		               .s;
	if (date.n)
		env[n++] = rmk_str_printf(
		    job->a, "GIT_%s_DATE=%.*s", upper[who], RMK_FMT(date))
		               .s;
	if (rmk_git_run(job->a, job->repo, &run, err) == RMK_OK) {
		*out = rmk_str_trim(run.out);
		return RMK_OK;
	}
	if (run.missing)
		return RMK_GIT;
	if (name.n && mail.n)
		return no_date(date, err);
	rmk_fail(err, RMK_GIT, "git knows no name and mail to commit with");
	rmk_hint(err, "git config --global user.name 'You'; "
		      "git config --global user.email you@example.org");
	return RMK_GIT;
}

static enum rmk_code
ident(struct rmk_job *job, enum who who, struct rmk_str name, struct rmk_str mail,
    struct rmk_str date, time_t now, struct rmk_str *out, struct rmk_err *err)
{
	struct rmk_str when = date.n ? raw_date(job->a, date)
	                             : identity_date_of(job->a, now);

	if (!name.n || !mail.n || !when.n || has_crud(name) || has_crud(mail))
		return identity_ask_git(job, who, name, mail, date, out, err);
	*out = rmk_str_printf(
	    job->a, "%.*s <%.*s> %.*s", RMK_FMT(name), RMK_FMT(mail), RMK_FMT(when));
	return RMK_OK;
}

// What git commit --date takes beyond the environment: "yesterday", "2 days ago". git
// config reads dates of expiry in the same way, and knows four words of its own.
static bool
approximate(struct rmk_job *job, struct rmk_str date, struct rmk_str *out)
{
	static const char *const own[] = {"never", "false", "all"};
	bool now = rmk_str_eq(date, RMK_STR("now"));
	const char *setting = rmk_str_printf(
	    job->a, "rowmark.date=%.*s", RMK_FMT(now ? RMK_STR("0 seconds ago") : date))
	                          .s;
	const char *const argv[] = {
	    "git", "-c", setting, "config", "--type=expiry-date", "rowmark.date", NULL};
	struct rmk_run run = {.argv = argv, .quiet = true};

	for (size_t i = 0; i < sizeof own / sizeof *own; i++) {
		if (rmk_str_eq(date, rmk_str_of(own[i])))
			return false;
	}
	if (rmk_git_run(job->a, job->repo, &run, NULL))
		return false;
	*out = identity_date_of(
	    job->a, (time_t)strtoll(rmk_str_c(job->a, run.out), NULL, 10));
	return true;
}

// --date in the form of a commit: strictly, as the environment is read, else roughly.
static enum rmk_code
given_date(struct rmk_job *job, struct rmk_str *out, struct rmk_err *err)
{
	struct rmk_str date = job->opts->date, any = RMK_STR("any"), name, mail, ident;

	if (raw_date(job->a, date).n) {
		*out = date;
		return RMK_OK;
	}
	if (date.n &&
	    identity_ask_git(job, AUTHOR, any, any, date, &ident, NULL) == RMK_OK)
		rmk_ident_split(ident, &name, &mail, &date);
	else if (!approximate(job, date, &date)) {
		no_date(date, err);
		return rmk_hint(
		    err, "'2026-01-02 15:04', 'yesterday' and '2 days ago' are dates");
	}
	*out = rmk_str_printf(job->a, "@%.*s", RMK_FMT(date));
	return RMK_OK;
}

// --author "Name <mail>"; git would search the log for anything else.
static enum rmk_code
split_author(
    struct rmk_job *job, struct rmk_str *name, struct rmk_str *mail, struct rmk_err *err)
{
	struct rmk_str text = rmk_str_trim(job->opts->author);
	size_t open = rmk_str_chr(text, '<');

	if (open == RMK_NONE || open == 0 || !rmk_str_ends(text, RMK_STR(">")) ||
	    rmk_str_chr(text, '\n') != RMK_NONE)
		return rmk_fail(err, RMK_INVALID,
		    "'%.*s' is no author; 'Name <mail>' was wanted", RMK_FMT(text));
	*name = rmk_str_trim(rmk_str_part(text, 0, open));
	*mail = rmk_str_trim(rmk_str_part(text, open + 1, text.n - open - 2));
	return RMK_OK;
}

// A name that was set without a value is an error to git, wherever it would be used.
static enum rmk_code
check_names(struct rmk_job *job, struct rmk_err *err)
{
	static const char *const names[] = {"user.name", "user.email", "author.name",
	    "author.email", "committer.name", "committer.email"};
	struct rmk_str value;
	enum rmk_code code = RMK_OK;

	for (size_t i = 0; !code && i < sizeof names / sizeof *names; i++)
		code = rmk_setting_text(job->repo, names[i], &value, err);
	return code;
}

enum rmk_code
rmk_job_idents(struct rmk_job *job, struct rmk_err *err)
{
	struct rmk_str name = name_or_mail(job, AUTHOR, "GIT_%s_NAME", "name"),
		       mail = name_or_mail(job, AUTHOR, "GIT_%s_EMAIL", "email"),
		       date = from_env("GIT_%s_DATE", AUTHOR);
	time_t now = time(NULL);
	enum rmk_code code = check_names(job, err);

	if (!code && job->opts->date.s)
		code = given_date(job, &date, err);
	if (!code && job->opts->author.s)
		code = split_author(job, &name, &mail, err);
	if (!code)
		code = ident(job, AUTHOR, name, mail, date, now, &job->author, err);
	if (code)
		return code;
	return ident(job, COMMITTER, name_or_mail(job, COMMITTER, "GIT_%s_NAME", "name"),
	    name_or_mail(job, COMMITTER, "GIT_%s_EMAIL", "email"),
	    from_env("GIT_%s_DATE", COMMITTER), now, &job->committer, err);
}

void
rmk_ident_split(
    struct rmk_str text, struct rmk_str *name, struct rmk_str *mail, struct rmk_str *date)
{
	size_t open = rmk_str_chr(text, '<'), close = rmk_str_rchr(text, '>');

	*name = rmk_str_trim(rmk_str_part(text, 0, open));
	*mail = rmk_str_part(text, open + 1, close - open - 1);
	*date = rmk_str_trim(rmk_str_from(text, close + 1));
}

void
rmk_ident_env(
    struct rmk_arena *a, const char **env, const char *who, struct rmk_str ident)
{
	struct rmk_str name, mail, date;

	rmk_ident_split(ident, &name, &mail, &date);
	env[0] = rmk_str_printf(a, "GIT_%s_NAME=%.*s", who, RMK_FMT(name)).s;
	env[1] = rmk_str_printf(a, "GIT_%s_EMAIL=%.*s", who, RMK_FMT(mail)).s;
	env[2] = rmk_str_printf(a, "GIT_%s_DATE=@%.*s", who, RMK_FMT(date)).s;
}
