// Attributes that change what git stores: asked of git, where any can apply.
//
// Most repositories have no .gitattributes and no autocrlf; then nothing is asked, and
// no process started.
#include "git/commit_internal.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static bool
there(struct rmk_arena *a, struct rmk_str folder, const char *name)
{
	return access(rmk_str_printf(a, "%.*s%s", RMK_FMT(folder), name).s, F_OK) == 0;
}

// A file of attributes in a folder from the top down to the file's own.
static bool
in_folders(struct rmk_job *job, struct rmk_job_file *f)
{
	for (size_t i = 0; i < f->path.n; i++) {
		if (i && f->path.s[i - 1] != '/')
			continue;
		struct rmk_str folder = rmk_str_part(f->path, 0, i), name;
		struct rmk_index_entry e;
		if (there(job->a,
			rmk_str_printf(
			    job->a, "%.*s%.*s", RMK_FMT(job->repo->top), RMK_FMT(folder)),
			".gitattributes"))
			return true;
		name = rmk_str_printf(job->a, "%.*s.gitattributes", RMK_FMT(folder));
		if (!job->index.by_git && rmk_index_find(&job->index, name, &e))
			return true;
	}
	return job->index.by_git;
}

static bool
elsewhere(struct rmk_job *job)
{
	struct rmk_arena *a = job->a;
	const char *xdg = getenv("XDG_CONFIG_HOME"), *home = getenv("HOME");
	struct rmk_str value;

	if (there(a, job->repo->common, "info/attributes") ||
	    there(a, RMK_STR("/etc/"), "gitattributes") ||
	    rmk_repo_config(a, job->repo, "core.attributesfile", &value) == RMK_OK)
		return true;
	if (xdg && *xdg)
		return there(a, rmk_str_of(xdg), "/git/attributes");
	return home && there(a, rmk_str_of(home), "/.config/git/attributes");
}

static bool
auto_crlf(struct rmk_job *job)
{
	struct rmk_str value;

	return rmk_repo_config(job->a, job->repo, "core.autocrlf", &value) == RMK_OK &&
	       !rmk_str_eq_nocase(value, RMK_STR("false"));
}

static bool
is_on(struct rmk_str value)
{
	return !rmk_str_eq(value, RMK_STR("unspecified")) &&
	       !rmk_str_eq(value, RMK_STR("unset"));
}

// One attribute of the file, as check-attr -z prints it: PATH NUL NAME NUL VALUE NUL.
static enum rmk_code
judge(struct rmk_job_file *f, struct rmk_str name, struct rmk_str value,
    struct rmk_err *err)
{
	if (!is_on(value))
		return RMK_OK;
	if (rmk_str_eq(name, RMK_STR("filter")) ||
	    rmk_str_eq(name, RMK_STR("working-tree-encoding"))) {
		rmk_fail(err, RMK_REFUSED,
		    "%s: git stores this file in another form (%.*s=%.*s)", f->path.s,
		    RMK_FMT(name), RMK_FMT(value));
		rmk_hint(err, "write it with --no-commit, then git add and commit it");
		return RMK_REFUSED;
	}
	f->converted = true;
	f->text_auto |= rmk_str_eq(value, RMK_STR("auto"));
	f->text_set |= !rmk_str_eq(name, RMK_STR("ident"));
	return RMK_OK;
}

enum rmk_code
rmk_attr_check(struct rmk_job *job, struct rmk_job_file *f, struct rmk_err *err)
{
	const char *const argv[] = {"git", "check-attr", "-z", "filter",
	    "working-tree-encoding", "text", "eol", "ident", "crlf", "--", f->path.s,
	    NULL};
	struct rmk_run run = {.argv = argv};
	struct rmk_str path, name, value;
	enum rmk_code code = RMK_OK;

	f->converted = auto_crlf(job);
	if (!in_folders(job, f) && !elsewhere(job))
		return RMK_OK;
	code = rmk_git_run(job->a, job->repo, &run, err);
	while (!code && run.out.n && rmk_str_split(&run.out, '\0', &path) &&
	       rmk_str_split(&run.out, '\0', &name) &&
	       rmk_str_split(&run.out, '\0', &value))
		code = judge(f, name, value, err);
	return code;
}

bool
rmk_attr_same(struct rmk_job *job, struct rmk_job_file *f, const struct rmk_oid *blob)
{
	struct rmk_str path = rmk_str_printf(job->a, "--path=%s", f->path.s), hex;
	const char *const argv[] = {"git", "hash-object", path.s, "--stdin", NULL};
	struct rmk_run run = {.argv = argv, .in = f->work.new_text, .quiet = true};

	if (!f->converted)
		return rmk_str_eq(f->work.new_text, f->index.new_text);
	hex = rmk_oid_hex(job->a, blob, RMK_NONE);
	return rmk_git_run(job->a, job->repo, &run, NULL) == RMK_OK &&
	       rmk_str_eq(rmk_str_trim(run.out), hex);
}

// --- core.safecrlf -------------------------------------------------------------

// A text that git takes for one by its looks keeps its CR LF where the index has some. git
// hash-object does not look at the index.
static bool
keeps_crlf(const struct rmk_job_file *f)
{
	struct rmk_str crlf = RMK_STR("\r\n");

	return (f->text_auto || !f->text_set) &&
	       rmk_str_find(f->index.text, crlf) != RMK_NONE &&
	       rmk_str_find(f->work.new_text, crlf) != RMK_NONE;
}

// What git prints goes on, as it would for git add.
static void
note_warning(struct rmk_job *job, struct rmk_str said)
{
	struct rmk_str line, warning = RMK_STR("warning: ");

	while (rmk_str_split(&said, '\n', &line)) {
		if (rmk_str_starts(line, warning))
			job->result->note = rmk_str_from(line, warning.n);
	}
}

static enum rmk_code
check_line_ends(struct rmk_job *job, struct rmk_job_file *f, struct rmk_err *err)
{
	struct rmk_str path = rmk_str_printf(job->a, "--path=%s", f->path.s), why;
	const char *const argv[] = {"git", "hash-object", "-w", path.s, "--stdin", NULL};
	static const char *const env[] = {"LC_ALL=C", NULL};
	struct rmk_run run = {
	    .argv = argv, .env = env, .in = f->work.new_text, .both = true};

	if (!f->converted || !f->work.changed || keeps_crlf(f))
		return RMK_OK;
	if (rmk_git_run(job->a, job->repo, &run, NULL) == RMK_OK) {
		note_warning(job, run.out);
		return RMK_OK;
	}
	why = rmk_str_trim(run.out);
	if (run.missing || !rmk_str_starts(why, RMK_STR("fatal: ")))
		return RMK_OK;
	rmk_fail(err, RMK_REFUSED, "%s: git does not take its ends of line: %.*s",
	    f->path.s, RMK_FMT(rmk_str_from(why, 7)));
	return rmk_hint(
	    err, "core.safecrlf asks for that; core.safecrlf=warn only warns");
}

enum rmk_code
rmk_attr_line_ends(struct rmk_job *job, struct rmk_err *err)
{
	enum rmk_code code = RMK_OK;

	for (size_t i = 0; !code && i < job->n; i++)
		code = check_line_ends(job, &job->files[i], err);
	return code;
}
