// rowmark undo: take a commit back, as a new one.
//
// A commit C is taken back by the merge of three versions: C as the base, what there is now as
// ours, what C was made from as theirs. Where nothing was changed since, that is theirs, byte
// for byte; a cell that was changed since is a conflict.
#include "diff_view.h"
#include "git/branch_commits.h"
#include "git/line_merge.h"
#include "git/parents.h"
#include "open_table.h"
#include "operands.h"
#include "opt.h"
#include "out.h"
#include "sql/view.h"
#include "summary/region.h"
#include "sync/rows_only.h"
#include "undo_new_file.h"
#include "write_report.h"

#include <string.h>

#define MOST_COMMITS 500
#define SHOWN_CONFLICTS 5
// So many of the newest commits are asked whether they are changes of tables by others.
#define OTHERS_SEEN 20

static const struct opt opts[] = {
    OPT_WRITE,
    OPT_END,
};

static const struct example examples[] = {
    {"A slip", "rowmark done lora"},
    {"Take it back", "rowmark undo"},
    {"And do it after all", "rowmark undo HEAD"},
    {NULL, NULL},
};

// --- which commit -----------------------------------------------------------------

// The commit that one takes back, as git revert writes it too; empty: none.
static struct rmk_str
reverted_by(const struct rmk_branch_commit *k)
{
	struct rmk_str words = RMK_STR("This reverts commit ");
	size_t at = rmk_str_find(k->body, words), n = 0;
	struct rmk_str id;

	if (at == RMK_NONE)
		return RMK_STR("");
	id = rmk_str_from(k->body, at + words.n);
	while (n < id.n &&
	       ((id.s[n] >= '0' && id.s[n] <= '9') || (id.s[n] >= 'a' && id.s[n] <= 'f')))
		n++;
	return rmk_str_part(id, 0, n);
}

static bool
undo_may(struct call *c, const struct rmk_branch_commit *k)
{
	return rmk_commit_is_of_rows(c->arena, c->repo, k) || undo_is_new_file(c, k);
}

// What a search for the newest went past.
struct passed_over {
	const struct rmk_branch_commit *merge; // the newest; NULL: none
	size_t others;                         // changes of tables by other people
};

// The newest that holds: neither taken back nor itself the taking back of another.
static const struct rmk_branch_commit *
find_newest(struct call *c, const struct rmk_branch_commit *v, size_t n,
    struct rmk_str mail, struct passed_over *passed)
{
	struct rmk_map gone = {.arena = c->arena};

	for (size_t i = 0; i < n; i++) {
		struct rmk_str reverted = reverted_by(&v[i]);

		if (v[i].merge && !passed->merge)
			passed->merge = &v[i];
		if (rmk_map_get(&gone, v[i].id) != RMK_NONE)
			continue;
		if (reverted.n)
			*rmk_map_put(&gone, reverted) = i;
		else if (!v[i].merge &&
			 (rmk_str_eq(v[i].mail, mail) || i < OTHERS_SEEN) &&
			 undo_may(c, &v[i])) {
			if (rmk_str_eq(v[i].mail, mail))
				return &v[i];
			passed->others++;
		}
	}
	return NULL;
}

static void
note_passed_over(struct call *c, const struct passed_over *passed)
{
	if (c->quiet || c->reruns)
		return;
	if (passed->merge)
		out_warn("note: a merge is newer, %.7s (%.*s); 'git revert -m 1 %.7s' "
			 "takes back what it brought",
		    passed->merge->id.s, RMK_FMT(passed->merge->subject),
		    passed->merge->id.s);
	if (passed->others)
		out_warn("note: %zu newer change%s of tables %s by others",
		    passed->others, passed->others == 1 ? "" : "s",
		    passed->others == 1 ? "is" : "are");
}

static enum rmk_code
nothing_to_undo(
    size_t n, struct rmk_str mail, const struct passed_over *passed, struct rmk_err *err)
{
	rmk_fail(err, RMK_NOT_FOUND,
	    "nothing to undo: none of the newest %zu commits of this branch%s is by "
	    "<%.*s>, of tables alone, and not undone",
	    n, passed->merge ? ", without what merges brought," : "", RMK_FMT(mail));
	return passed->merge
	           ? rmk_hint(err,
			 "'rowmark undo COMMIT' names one; 'git revert -m 1 %.7s' takes "
			 "back what that merge brought",
			 passed->merge->id.s)
	           : rmk_hint(err, "'rowmark undo COMMIT' names one");
}

static enum rmk_code
choose_newest(struct call *c, struct rmk_branch_commit *out, struct rmk_err *err)
{
	struct passed_over passed = {0};
	const struct rmk_branch_commit *found;
	struct rmk_branch_commit *v;
	struct rmk_str mail;
	size_t n;

	if (commits_off(c)) {
		rmk_fail(err, RMK_REFUSED, "nothing was committed: rowmark.commit is no");
		return rmk_hint(err, "'git diff' shows what was written; 'git restore -p "
				     "FILE' asks of each change, without -p it takes all "
				     "of the file back that is not committed");
	}
	if (rmk_git_author_mail(c->arena, c->repo, &mail, err) ||
	    rmk_branch_commits(
		c->arena, c->repo, RMK_STR("HEAD"), MOST_COMMITS, &v, &n, err))
		return err->code;
	found = find_newest(c, v, n, mail, &passed);
	if (!found)
		return nothing_to_undo(n, mail, &passed, err);
	note_passed_over(c, &passed);
	*out = *found;
	return RMK_OK;
}

static enum rmk_code
choose_named(
    struct call *c, const char *rev, struct rmk_branch_commit *out, struct rmk_err *err)
{
	struct rmk_branch_commit *v;
	size_t n;

	if (rmk_branch_commits(c->arena, c->repo, rmk_str_of(rev), 1, &v, &n, err)) {
		if (strspn(rev, "0123456789") == strlen(rev) && strlen(rev) < 4)
			rmk_hint(err,
			    "one commit is taken back at a time: 'rowmark undo' "
			    "twice takes back two; -n is --dry-run");
		return err->code;
	}
	*out = v[0];
	if (n && undo_may(c, out))
		return RMK_OK;
	if (out->merge) {
		rmk_fail(err, RMK_REFUSED, "%.7s (%.*s) is a merge", out->id.s,
		    RMK_FMT(out->subject));
		return rmk_hint(
		    err, "'git revert -m 1 %.7s' takes back what it brought", out->id.s);
	}
	rmk_fail(err, RMK_REFUSED, "%.7s (%.*s) changed more than tables", out->id.s,
	    RMK_FMT(out->subject));
	return rmk_hint(err, "'git revert %.7s' takes back all of it", out->id.s);
}

// --- taking it back ---------------------------------------------------------------

struct taking_back {
	const struct rmk_branch_commit *commit;
	struct rmk_str before, after; // the file as the commit found and left it
};

static enum rmk_code
changed_since(struct rmk_arena *a, const char *version, struct rmk_str path,
    const struct rmk_branch_commit *k, const struct rmk_merge *m, struct rmk_err *err)
{
	struct rmk_buf where = {.arena = a};

	for (size_t i = 0; i < m->nconflicts && i < SHOWN_CONFLICTS; i++) {
		struct rmk_str what = m->conflicts[i].what;

		// "Status: ours has 'Read', theirs ..." is worded for a merge.
		what.n = rmk_str_find(what, RMK_STR(": ours")) == RMK_NONE
		             ? what.n
		             : rmk_str_find(what, RMK_STR(": ours"));
		rmk_buf_printf(&where, "%s%.*s%.*s%s%.*s", i ? "; " : "", RMK_FMT(path),
		    RMK_FMT(m->conflicts[i].where), m->conflicts[i].where.n ? ": " : " ",
		    RMK_FMT(what));
	}
	rmk_fail(err, RMK_CONFLICT,
	    "%.7s (%.*s) cannot be taken back: changed since in %s: %.*s", k->id.s,
	    RMK_FMT(k->subject), version, RMK_FMT(rmk_buf_str(&where)));
	return rmk_hint(err,
	    "'rowmark set' writes what is wanted there; 'rowmark undo COMMIT' "
	    "takes another back");
}

static enum rmk_code
undo_make(void *ctx, struct rmk_arena *a, const char *version, struct rmk_str path,
    struct rmk_str text, struct rmk_str *out, struct rmk_err *err)
{
	const struct taking_back *t = ctx;
	struct rmk_merge_opts o = {.lines = rmk_git_merge_lines,
	    .view = rmk_view_make,
	    .labels = {RMK_STR("commit"), RMK_STR("now"), RMK_STR("before")}};
	struct rmk_buf why = {.arena = a};
	struct rmk_merge m;

	if (rmk_str_eq(text, t->before) || rmk_str_eq(text, t->after)) {
		*out = t->before;
		return RMK_OK;
	}
	if (rmk_merge_texts(a, path, (const struct rmk_str[]){t->after, text, t->before},
		&o, &m, err))
		return err->code;
	if (m.nconflicts)
		return changed_since(a, version, path, t->commit, &m, err);
	*out = rmk_render_refresh(a, path, m.text, rmk_view_make, &why);
	return RMK_OK;
}

// What a file that a commit changed is called now.
static struct rmk_str
undo_path_now(struct call *c, const struct rmk_branch_commit *k, struct rmk_str path)
{
	struct rmk_git_rename *renames;
	struct rmk_str unused;
	struct rmk_err err;
	size_t n;

	if (rmk_repo_read(c->arena, c->repo, RMK_STR("HEAD"), path, &unused, &err) ==
		RMK_OK ||
	    rmk_git_renames(c->arena, c->repo, k->id, !c->bare, &renames, &n, &err))
		return path;
	for (size_t i = 0; i < n; i++) {
		if (rmk_str_eq(renames[i].from, path))
			return renames[i].to;
	}
	return path;
}

// A path from the top, as it is seen from the current folder.
static struct rmk_str
undo_path_here(struct call *c, struct rmk_str path)
{
	struct rmk_buf b = {.arena = c->arena};
	struct rmk_str here;
	struct rmk_err unused;
	size_t at = 0;

	if (c->bare || rmk_repo_path(c->arena, c->repo, RMK_STR("x"), &here, &unused))
		return path;
	for (size_t i = 0; i < here.n && i < path.n && here.s[i] == path.s[i]; i++)
		at = here.s[i] == '/' ? i + 1 : at;
	for (size_t i = at; i < here.n; i++)
		rmk_buf_adds(&b, here.s[i] == '/' ? "../" : "");
	rmk_buf_add(&b, rmk_str_from(path, at));
	return rmk_buf_str(&b);
}

static enum rmk_code
undo_open(struct call *c, const struct rmk_branch_commit *k, struct rmk_str path,
    struct write_file *out, struct rmk_err *err)
{
	struct rmk_source source = {.place = c->from, .rev = c->rev};
	struct wanted w = {.source = &source, .named = true};
	struct taking_back *t = RMK_NEW(c->arena, struct taking_back);
	struct rmk_str now = undo_path_now(c, k, path);
	size_t table;

	source.shown = undo_path_here(c, now);
	source.path = c->bare ? now
	                      : rmk_str_printf(c->arena, "%.*s%.*s",
				    RMK_FMT(rmk_repo_top(c->repo)), RMK_FMT(now));
	t->commit = k;
	*out = (struct write_file){.make = undo_make, .ctx = t};
	if (open_file(c, c->arena, &w, RMK_PARSE_ALL, &out->file, &table, err)) {
		if (err->code != RMK_NOT_FOUND)
			return err->code;
		rmk_fail(err, RMK_NOT_FOUND,
		    "%.7s (%.*s) cannot be taken back: %.*s is gone", k->id.s,
		    RMK_FMT(k->subject), RMK_FMT(now));
		return rmk_hint(err, "'rowmark undo COMMIT' names another commit");
	}
	if (rmk_repo_read(c->arena, c->repo, k->parent, path, &t->before, err))
		return err->code;
	return rmk_repo_read(c->arena, c->repo, k->id, path, &t->after, err);
}

// --- saying so --------------------------------------------------------------------

static enum rmk_code
undo_report(struct call *c, const struct write_file *files, size_t n, struct rmk_err *err)
{
	struct diff_file *differ = RMK_NEW_N(c->arena, struct diff_file, n);
	struct diff_view view;

	for (size_t i = 0; i < n; i++) {
		struct file *f = files[i].file;
		struct rmk_str made;

		if (undo_make(files[i].ctx, c->arena, "the worktree", f->path,
			f->doc->text, &made, err) ||
		    diff_file_of(c->arena, f->path, f->doc->text, made, RMK_STR(""),
			&differ[i], err))
			return err->code;
	}
	diff_view_open(&view, c->arena, DIFF_TEXT);
	diff_view_files(&view, differ, n);
	diff_view_close(&view);
	return RMK_OK;
}

static struct rmk_str
undo_message(struct rmk_arena *a, const struct rmk_branch_commit *k)
{
	struct rmk_str undo = RMK_STR("Undo \""), subject = k->subject;
	bool again = rmk_str_starts(subject, undo) &&
	             rmk_str_ends(subject, RMK_STR("\""));

	if (again)
		subject = rmk_str_part(subject, undo.n, subject.n - undo.n - 1);
	return rmk_str_printf(a, "%s \"%.*s\"\n\nThis reverts commit %.*s.\n",
	    again ? "Redo" : "Undo", RMK_FMT(subject), RMK_FMT(k->id));
}

static enum exit_status
undo_run(struct call *c)
{
	struct rmk_commit_result result = {0};
	struct rmk_branch_commit k;
	struct rmk_config config;
	struct rmk_repo *repo;
	struct write_file *files;
	struct rmk_err err;

	if (call_repo(c, &repo, &err) || call_config(c, &config, &err) ||
	    (c->nargs ? choose_named(c, c->args[0], &k, &err)
		      : choose_newest(c, &k, &err)))
		return complain(&err);
	if (undo_is_new_file(c, &k))
		return undo_new_file(c, &k, undo_message(c->arena, &k));
	files = RMK_NEW_N(c->arena, struct write_file, k.nfiles);
	for (size_t i = 0; i < k.nfiles; i++) {
		if (undo_open(c, &k, k.files[i].path, &files[i], &err))
			return complain(&err);
	}
	if (write_quietly(c, files, k.nfiles, undo_message(c->arena, &k), &result, &err))
		return write_failed(c, &err);
	if (opt_on(c, "dry-run"))
		return FINE;
	if (!c->quiet && result.unchanged)
		out_printf("%.7s is undone already\n", k.id.s);
	else if (!c->quiet && undo_report(c, files, k.nfiles, &err))
		return complain(&err);
	report_commit(c, &result);
	return FINE;
}

const struct cmd cmd_undo = {
    .name = "undo",
    .args = "[COMMIT]",
    .line = "Take the newest change of tables back",
    .about =
	"Takes back the newest commit of this branch that is yours and changed nothing\n"
	"but tables and regions, whatever made it, or COMMIT, as a new commit: also\n"
	"after a push. Twice takes back two. To undo an undo, name it. A file that the\n"
	"commit made ('new') goes again, where nothing changed in it since. What a "
	"merge\n"
	"brought, and what others changed since, is passed over, and said.\n"
	"\n"
	"Where the lines are as that commit left them, they get their old bytes; what\n"
	"was changed beside them since stays, and a file that was renamed since is\n"
	"followed. A cell that was changed since is named, and nothing is written.\n",
    .examples = examples,
    .opts = opts,
    .least = 0,
    .most = 1,
    .run = undo_run,
};
