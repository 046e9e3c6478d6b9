// rowmark merge: a merge driver for git, and the same for a conflict that is there already.
//
// As a driver it writes OURS (git's %A) and nothing else. Exit status 0 is a clean
// merge, 1 a conflict, anything over 128 trouble: git then leaves the file unmerged.
#include "base/marker.h"
#include "cmd.h"
#include "git/line_merge.h"
#include "merge/settle.h"
#include "merge_elsewhere.h"
#include "open_table.h"
#include "out.h"
#include "sql/view.h"

#include <string.h>

// Conflicts that are listed one by one; the file holds them all.
#define MOST_LISTED 20

static const struct opt opts[] = {
    {'L', "marker-size", "N", "length of conflict markers (git's %L)", NULL},
    {'P', "path", "PATH", "the file's name, for messages (git's %P)", NULL},
    {'S', "base-label", "LABEL", "name of the base behind markers (%S)", NULL},
    {'X', "ours-label", "LABEL", "name of our side behind markers (%X)", NULL},
    {'Y', "theirs-label", "LABEL", "name of their side behind markers (%Y)", NULL},
    {0, "style", "STYLE", "how conflicts look; else merge.conflictStyle",
	"merge diff3 zdiff3"},
    {0, "prefer", "SIDE", "who decides what both changed", "ours theirs furthest"},
    {'p', "stdout", NULL, "print the result, write nothing", NULL},
    {0, "resolve", NULL, "merge conflicted files of the worktree, from the index", NULL},
    {0, "force", NULL, "with --resolve: write over what was edited since", NULL},
    OPT_END,
};

static const struct example examples[] = {
    {"Neighbouring rows change: one on a branch",
	"git checkout -q -b topic && rowmark set -q lima reading"},
    {"The other on main", "git checkout -q main && rowmark set -q alibi reading"},
    {"The base, and the side that is to be merged",
	"git show main~:README.md >base && git show topic:README.md >theirs"},
    {"Merge, and look: no conflict",
	"rowmark merge --stdout base README.md theirs | grep Reading | cut -c 1-50"},
    {NULL, NULL},
};

// --- one merge ----------------------------------------------------------------------

// What is written behind the first marker of its kind in a conflicted file.
static struct rmk_str
label_in(struct rmk_str text, const char *marker)
{
	struct rmk_str line;

	while (text.n && rmk_str_split(&text, '\n', &line)) {
		if (rmk_str_starts(line, rmk_str_of(marker)))
			return rmk_str_trim(rmk_str_from(line, strlen(marker)));
	}
	return (struct rmk_str){0};
}

// A git that does not know a placeholder hands it on as it is.
static bool
is_placeholder(const char *given)
{
	return given[0] == '%' && given[1] && strchr("SXY", given[1]) && !given[2];
}

// As asked for, else as in the file as git left it.
static struct rmk_str
cmd_merge_label(const struct call *c, const char *name, struct rmk_str left,
    const char *marker, const char *fallback)
{
	const char *given = opt_text(c, name);
	struct rmk_str found = label_in(left, marker);

	if (given && *given && !is_placeholder(given))
		return rmk_str_of(given);
	return found.n ? found : rmk_str_of(fallback);
}

// left: the file as git left it, where it did.
static enum rmk_code
read_opts(
    struct call *c, struct rmk_str left, struct rmk_merge_opts *o, struct rmk_err *err)
{
	*o = (struct rmk_merge_opts){
	    .labels =
		{
		    cmd_merge_label(c, "base-label", left, "||||||| ", "base"),
		    cmd_merge_label(c, "ours-label", left, "<<<<<<< ", "ours"),
		    cmd_merge_label(c, "theirs-label", left, ">>>>>>> ", "theirs"),
		},
	    .lines = rmk_git_merge_lines,
	    .view = rmk_view_make,
	};
	if (opt_number(c, "marker-size", 7, &o->marker_size, err))
		return err->code;
	if (o->marker_size > 1000)
		return rmk_fail(err, RMK_INVALID, "--marker-size: at most 1000");
	return RMK_OK;
}

static enum rmk_conflict_style
wanted_style(struct call *c)
{
	const char *style = opt_text(c, "style");
	struct rmk_repo *repo;
	struct rmk_err err;

	if (style)
		return strcmp(style, "diff3") == 0    ? RMK_STYLE_DIFF3
		       : strcmp(style, "zdiff3") == 0 ? RMK_STYLE_ZDIFF3
		                                      : RMK_STYLE_MERGE;
	if (call_repo(c, &repo, &err))
		return RMK_STYLE_MERGE;
	return rmk_git_conflict_style(c->arena, repo);
}

// What both sides changed, as was asked for.
static enum rmk_prefer
cmd_merge_prefer(const struct call *c)
{
	const char *side = opt_text(c, "prefer");

	return !side                         ? RMK_PREFER_NONE
	       : strcmp(side, "ours") == 0   ? RMK_PREFER_OURS
	       : strcmp(side, "theirs") == 0 ? RMK_PREFER_THEIRS
	                                     : RMK_PREFER_FURTHEST;
}

// The style matters to conflicts alone, and asking for it costs opening the repository:
// so a merge is tried without, and most are clean. The driver's own merge goes first: what it can
// decide is not asked.
static enum rmk_code
cmd_merge_files(struct call *c, struct rmk_str path, const struct rmk_str texts[3],
    struct rmk_str left, struct rmk_merge *out, struct rmk_err *err)
{
	enum rmk_prefer prefer = cmd_merge_prefer(c);
	struct rmk_str settled[3], again[3];
	struct rmk_merge_opts o;

	if (read_opts(c, left, &o, err))
		return err->code;
	if (rmk_merge_texts(c->arena, path, texts, &o, out, err))
		return err->code;
	if (out->nconflicts == 0)
		return RMK_OK;
	o.style = wanted_style(c);
	if (prefer == RMK_PREFER_NONE)
		return o.style == RMK_STYLE_MERGE
		           ? RMK_OK
		           : rmk_merge_texts(c->arena, path, texts, &o, out, err);
	rmk_merge_settle(c->arena, path, texts, prefer, NULL, settled);
	if (rmk_merge_texts(c->arena, path, settled, &o, out, err))
		return err->code;
	if (out->nconflicts == 0)
		return RMK_OK;
	rmk_merge_settle(c->arena, path, settled, prefer, out, again);
	return rmk_merge_texts(c->arena, path, again, &o, out, err);
}

static void
cmd_merge_report(const struct call *c, struct rmk_str path, const struct rmk_merge *m)
{
	for (size_t i = 0; i < m->nnotes; i++)
		out_warn("%.*s%.*s: merged by lines: %.*s", RMK_FMT(path),
		    RMK_FMT(m->notes[i].where), RMK_FMT(m->notes[i].what));
	for (size_t i = 0; i < m->nconflicts && !c->quiet; i++) {
		if (i == MOST_LISTED && m->nconflicts > MOST_LISTED + 1) {
			out_warn(
			    "%.*s: %zu more conflicts", RMK_FMT(path), m->nconflicts - i);
			return;
		}
		out_warn("%.*s%.*s: conflict: %.*s", RMK_FMT(path),
		    RMK_FMT(m->conflicts[i].where), RMK_FMT(m->conflicts[i].what));
	}
}

// OURS is often a file of git's whose name never comes again: what is left of a killed merge is in
// git's folder, under one name, and goes with the next.
static enum rmk_code
cmd_merge_write_file(struct call *c, struct rmk_str path, const struct rmk_file_id *id,
    struct rmk_str text, struct rmk_err *err)
{
	struct rmk_file_park park = {.name = RMK_STR(RMK_MERGE_PARK)};
	struct rmk_file_new new_;
	struct rmk_repo *repo;
	struct rmk_err none;

	if (call_repo(c, &repo, &none) == RMK_OK)
		park.folder = rmk_repo_gitdir(repo);
	if (rmk_file_prepare_parked(c->arena, RMK_STR(""), path,
		park.folder.n ? &park : NULL, id, text, &new_, err))
		return err->code;
	return rmk_file_commit(&new_, err);
}

// --- the driver ---------------------------------------------------------------------

static enum exit_status
drive(struct call *c)
{
	struct rmk_str texts[3], path;
	struct rmk_file_id id;
	struct rmk_merge m;
	struct rmk_err err;

	if (c->nargs != 3) {
		rmk_fail(&err, RMK_INVALID, "merge: BASE OURS THEIRS are wanted");
		return complain(&err);
	}
	path = rmk_str_of(opt_text(c, "path") ? opt_text(c, "path") : c->args[1]);
	for (int i = 0; i < 3; i++) {
		if (rmk_file_read(c->arena, rmk_str_of(c->args[i]), &texts[i],
			i == RMK_OURS ? &id : NULL, &err))
			return complain(&err);
	}
	if (cmd_merge_files(c, path, texts, RMK_STR(""), &m, &err))
		return complain(&err);
	if (opt_on(c, "stdout"))
		out_str(m.text);
	else if (!rmk_str_eq(m.text, texts[RMK_OURS]) &&
		 cmd_merge_write_file(c, rmk_str_of(c->args[1]), &id, m.text, &err))
		return complain(&err);
	cmd_merge_report(c, path, &m);
	merge_say_elsewhere(c, path, &m);
	return m.nconflicts ? FOUND : FINE;
}

// --- a conflict in a file --------------------------------------------------------------

static bool
same_marker(struct rmk_str x, struct rmk_str y)
{
	size_t run_x, run_y;
	char c = rmk_marker_of(x, &run_x);

	return c && c == rmk_marker_of(y, &run_y) && run_x >= 7 && run_x == run_y;
}

// The same but for what is written behind markers.
static bool
same_but_labels(struct rmk_str x, struct rmk_str y)
{
	struct rmk_str lx, ly;

	for (;;) {
		bool more = rmk_str_split(&x, '\n', &lx);

		if (more != rmk_str_split(&y, '\n', &ly))
			return false;
		if (!more)
			return true;
		if (!rmk_str_eq(lx, ly) && !same_marker(lx, ly))
			return false;
	}
}

// What git left there is the line merge of the same versions, and what an earlier run left
// is ours; anything else somebody wrote, and it must not be lost.
static enum rmk_code
check_untouched(struct call *c, const struct rmk_source *src,
    const struct rmk_str texts[3], struct rmk_str now, const struct rmk_merge *m,
    struct rmk_err *err)
{
	struct rmk_merge_opts o;
	struct rmk_str lines;
	bool conflicts;

	if (opt_on(c, "force") || rmk_str_eq(now, m->text) ||
	    rmk_str_eq(now, texts[RMK_OURS]))
		return RMK_OK;
	if (read_opts(c, now, &o, err))
		return err->code;
	o.style = wanted_style(c);
	if (rmk_git_merge_lines(NULL, c->arena, texts, &o, &lines, &conflicts, err))
		return err->code;
	if (same_but_labels(now, lines))
		return RMK_OK;
	rmk_fail(err, RMK_REFUSED, "%.*s: edited since git wrote the conflict",
	    RMK_FMT(src->shown));
	return rmk_hint(err,
	    "`git checkout -m -- %.*s` writes it anew; --force does without",
	    RMK_FMT(src->shown));
}

static enum rmk_code
cmd_merge_resolve(
    struct call *c, const char *word, struct rmk_merge *m, struct rmk_err *err)
{
	struct rmk_source src = {.path = rmk_str_of(word), .shown = rmk_str_of(word)};
	struct rmk_str path, texts[3], now;
	struct rmk_file_id id;
	struct rmk_repo *repo;

	if (call_repo(c, &repo, err) ||
	    rmk_repo_path(c->arena, repo, src.path, &path, err) ||
	    rmk_git_stages(c->arena, repo, path, texts, err) ||
	    rmk_file_read(c->arena, src.path, &now, &id, err) ||
	    cmd_merge_files(c, src.path, texts, now, m, err) ||
	    check_untouched(c, &src, texts, now, m, err))
		return err->code;
	if (opt_on(c, "stdout"))
		out_str(m->text);
	else if (!rmk_str_eq(now, m->text) &&
		 cmd_merge_write_file(c, src.path, &id, m->text, err))
		return err->code;
	cmd_merge_report(c, src.path, m);
	return RMK_OK;
}

static enum exit_status
resolve_all(struct call *c)
{
	enum exit_status worst = FINE, status;

	for (size_t i = 0; i < c->nargs; i++) {
		struct rmk_merge m = {0};
		struct rmk_err err;

		if (cmd_merge_resolve(c, c->args[i], &m, &err)) {
			status = complain(&err);
		} else {
			status = m.nconflicts ? FOUND : FINE;
			if (status == FINE && !c->quiet && !opt_on(c, "stdout"))
				out_printf("%s: merged, nothing is left to decide; now: "
					   "git add %s\n",
				    c->args[i], c->args[i]);
		}
		if (status > worst)
			worst = status;
	}
	return worst;
}

static enum exit_status
cmd_merge_run(struct call *c)
{
	struct rmk_err err;

	if (!opt_on(c, "resolve"))
		return drive(c);
	if (c->nargs)
		return resolve_all(c);
	rmk_fail(&err, RMK_INVALID, "merge: --resolve: a FILE is wanted");
	return complain(&err);
}

const struct cmd cmd_merge = {
    .name = "merge",
    .args = "BASE OURS THEIRS | --resolve FILE...",
    .line = "Merge three versions of a file by row and cell",
    .about =
	"A merge driver for git: `rowmark install --merge` makes git call it. It reads\n"
	"the three versions, merges them, and writes the result to OURS.\n"
	"\n"
	"Rows are matched by key, then by what they hold; columns by name; tables by\n"
	"declared name, heading and header. Different rows never conflict, nor do\n"
	"different cells of one row. Rows both sides added at one place are both kept: "
	"in\n"
	"the table's own order when it is sorted, else ours first. A row that one side\n"
	"deleted and the other left alone goes. What a person must decide - one cell\n"
	"changed two ways, a row deleted here and edited there, one key added twice -\n"
	"is put between ordinary conflict markers around that row alone. In a column\n"
	"declared `status = ..., merge furthest` the further status wins.\n"
	"\n"
	"--prefer decides a cell that both sides changed and the table does not, and a\n"
	"row that one side deleted or renamed and the other edited: ours, theirs, or of\n"
	"two statuses the one that is further on.\n"
	"\n"
	"The text around the tables is merged by lines as git does it. Padding stays as\n"
	"ours has it; a side that only aligned its tables conflicts with nothing.\n"
	"\n"
	"Before anything is written the result is parsed and held against the three\n"
	"versions: every row of a side is in it, unless the other side deleted it, and\n"
	"every cell is a side's. Where that cannot be had - a version that holds "
	"conflict\n"
	"markers or cannot be read, equal rows that cannot be told apart - the file or "
	"the\n"
	"table is merged by lines as git would, and a line on standard error says why.\n"
	"\n"
	"With --resolve, files that are conflicted already are merged anew from the "
	"three\n"
	"versions in git's index. A file that was edited since is refused. The index is\n"
	"left as it is: `git add` says that all is decided.\n"
	"\n"
	"Exit status: 0 merged, 1 conflicts are left, 129 trouble (git then keeps the "
	"file\n"
	"unmerged).\n",
    .examples = examples,
    .opts = opts,
    .least = 0,
    .most = SIZE_MAX,
    .trouble = 129,
    .run = cmd_merge_run,
};
