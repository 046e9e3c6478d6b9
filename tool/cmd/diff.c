// rowmark diff: what changed, in rows and cells.
//
// Two sides, each a place files are read from, and the paths that either holds. Files are
// compared by their bytes first; only those that differ are parsed.
#include "cmd.h"
#include "diff_view.h"
#include "git/line_merge.h"
#include "git/unified_diff.h"
#include "open_table.h"
#include "out.h"
#include "write.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const struct opt opts[] = {
    {0, "staged", NULL, "the index instead of the worktree, as the new side", NULL},
    {0, "cached", NULL, "the same as --staged", NULL},
    {0, "exit-code", NULL, "exit 1 when there is a difference", NULL},
    {0, "no-index", NULL, "compare two files, no repository is asked", NULL},
    {0, "textconv", NULL, "print a file in lines that git can compare (diff driver)",
	NULL},
    {0, "external", NULL, "be called by git (GIT_EXTERNAL_DIFF): PATH OLD ...", NULL},
    OPT_FORMAT("text md json"),
    OPT_END,
};

static const struct example examples[] = {
    {"Change a row", "rowmark set --no-commit -q lima reading"},
    {"See what changed since the last commit", "rowmark diff"},
    {"For a comment on a pull request", "rowmark diff --format md"},
    {"For scripts", "rowmark diff --json"},
    {"One table, against a commit", "rowmark diff HEAD README.md#papers"},
    {NULL, NULL},
};

struct side {
	enum rmk_place place;
	struct rmk_str rev;
};

struct job {
	struct call *c;
	struct rmk_repo *repo;
	struct rmk_config config;
	struct side old, new_;
	struct rmk_str under;  // only paths that start so
	struct rmk_str *named; // [nnamed] what was printed already, as addresses
	size_t nnamed, cap;
	struct diff_file *differ; // [ndiffer]
	size_t ndiffer, differ_cap;
	bool hidden; // what differs is looked at for rows that moved
};

// --- two texts ----------------------------------------------------------------------------

static enum rmk_code
tell_texts(struct job *j, struct rmk_str path, struct rmk_str old, struct rmk_str new_,
    struct rmk_str table, struct rmk_err *err)
{
	struct diff_file f;

	if (diff_file_of(j->c->arena, path, old, new_, table, &f, err))
		return err->code;
	f.hidden = j->hidden;
	*RMK_PUSH(j->c->arena, j->differ, j->ndiffer, j->differ_cap) = f;
	return RMK_OK;
}

// --- sides and files ----------------------------------------------------------------------

static enum rmk_code
read_side(struct job *j, const struct side *s, struct rmk_str path, struct rmk_str *out,
    bool *found, struct rmk_err *err)
{
	struct rmk_source src = {.place = s->place, .rev = s->rev, .path = path};
	enum rmk_code code;

	src.shown = path;
	if (s->place == RMK_FROM_WORKTREE)
		src.path = rmk_str_printf(j->c->arena, "%.*s%.*s",
		    RMK_FMT(rmk_repo_top(j->repo)), RMK_FMT(path));
	code = rmk_source_read(j->c->arena, &src, &j->repo, out, NULL, err);
	if (code == RMK_NOT_FOUND) {
		*out = (struct rmk_str){0};
		return RMK_OK;
	}
	*found |= code == RMK_OK;
	return code;
}

// A table that is asked for must be there, though nothing changed.
static enum rmk_code
cmd_diff_check_table(struct rmk_arena *a, struct rmk_str path, struct rmk_str text,
    struct rmk_str table, struct rmk_err *err)
{
	struct rmk_doc *doc;
	size_t index;

	if (table.n == 0)
		return RMK_OK;
	return rmk_doc_parse(a, path, text, 0, &doc, err)
	           ? err->code
	           : rmk_address_table(a, doc, table, &index, err);
}

// Most files are the same on both sides: what was read of them is given back.
static enum rmk_code
tell_path(struct job *j, struct rmk_str path, struct rmk_str table, struct rmk_err *err)
{
	struct rmk_arena_mark mark = rmk_arena_mark(j->c->arena);
	struct rmk_str old, new_;
	bool found = false;

	if (read_side(j, &j->old, path, &old, &found, err) ||
	    read_side(j, &j->new_, path, &new_, &found, err))
		return err->code;
	if (!found)
		return rmk_fail(err, RMK_NOT_FOUND,
		    "%.*s: neither a revision nor a file on either side", RMK_FMT(path));
	if (!rmk_str_eq(old, new_))
		return tell_texts(j, path, old, new_, table, err);
	if (cmd_diff_check_table(j->c->arena, path, new_, table, err))
		return err->code;
	rmk_arena_reset(j->c->arena, mark);
	return RMK_OK;
}

static bool
wants(void *ctx, struct rmk_str path)
{
	const struct job *j = ctx;

	return rmk_str_starts(path, j->under) && rmk_config_wants(&j->config, path);
}

// Paths of a side. The worktree's are those of the index: what git does not know cannot
// have changed since a commit.
static enum rmk_code
list_side(struct job *j, const struct side *s, struct rmk_str **out, size_t *n,
    struct rmk_err *err)
{
	enum rmk_repo_side side = s->place == RMK_FROM_COMMIT ? RMK_SIDE_COMMIT
	                                                      : RMK_SIDE_INDEX;

	return rmk_repo_list(j->c->arena, j->repo, side, s->rev, wants, j, out, n, err);
}

static enum rmk_code
tell_all(struct job *j, size_t *count, struct rmk_err *err)
{
	struct rmk_str *old, *new_;
	size_t nold, nnew, o = 0, n = 0;

	*count = 0;
	if (rmk_source_config(
		j->c->arena, j->new_.place, j->new_.rev, &j->repo, &j->config, err) ||
	    list_side(j, &j->old, &old, &nold, err) ||
	    list_side(j, &j->new_, &new_, &nnew, err))
		return err->code;
	while (o < nold || n < nnew) {
		int cmp = o == nold ? 1 : n == nnew ? -1 : rmk_str_cmp(old[o], new_[n]);

		if (tell_path(j, cmp <= 0 ? old[o] : new_[n], RMK_STR(""), err))
			return err->code;
		o += cmp <= 0;
		n += cmp >= 0;
		++*count;
	}
	return RMK_OK;
}

// All below a folder, which may be gone from the disk. None there: *count is 0.
static enum rmk_code
tell_folder(struct job *j, struct rmk_str folder, size_t *count, struct rmk_err *err)
{
	enum rmk_code code;

	if (open_folder_path(j->c, folder, &j->under, err))
		return err->code;
	code = tell_all(j, count, err);
	j->under = RMK_STR("");
	return code;
}

// What is named twice is printed once.
static bool
is_told(struct job *j, struct rmk_str path, struct rmk_str table)
{
	struct rmk_str address = rmk_str_printf(
	    j->c->arena, "%.*s#%.*s", RMK_FMT(path), RMK_FMT(table));

	for (size_t i = 0; i < j->nnamed; i++) {
		if (rmk_str_eq(j->named[i], address))
			return true;
	}
	*RMK_PUSH(j->c->arena, j->named, j->nnamed, j->cap) = address;
	return false;
}

// "#papers": the table of that name, in whatever file has it.
static enum rmk_code
cmd_diff_tell_table(struct job *j, const char *word, struct rmk_err *err)
{
	char *words = rmk_str_c(j->c->arena, rmk_str_of(word));
	struct call plain = *j->c;
	struct picked *tables;
	size_t n;

	plain.ngiven = 0;
	if (open_tables(&plain, &words, 1, &tables, &n, err))
		return err->code;
	for (size_t i = 0; i < n; i++) {
		struct rmk_str name = rmk_address_name(
		    j->c->arena, tables[i].file->doc, tables[i].table);
		struct rmk_str path;

		if (rmk_repo_path(
			j->c->arena, j->repo, tables[i].file->source.path, &path, err))
			return err->code;
		if (!is_told(j, path, name) && tell_path(j, path, name, err))
			return err->code;
	}
	return RMK_OK;
}

static enum rmk_code
tell_named(struct job *j, const char *word, struct rmk_err *err)
{
	struct rmk_address address = rmk_address_parse(rmk_str_of(word));
	struct rmk_str path;
	size_t count = 0;
	struct stat st;
	bool there;

	if (!*word)
		return rmk_fail(err, RMK_INVALID, "a FILE is wanted, and is empty");
	if (address.file.n == 0)
		return cmd_diff_tell_table(j, word, err);
	there = stat(rmk_str_c(j->c->arena, address.file), &st) == 0;
	if (address.table.n == 0 && (!there || S_ISDIR(st.st_mode)) &&
	    tell_folder(j, address.file, &count, err))
		return err->code;
	if (count || (there && S_ISDIR(st.st_mode)))
		return RMK_OK;
	if (rmk_repo_path(j->c->arena, j->repo, address.file, &path, err))
		return err->code;
	return is_told(j, path, address.table) ? RMK_OK
	                                       : tell_path(j, path, address.table, err);
}

// --- REV [REV] [FILE...] ------------------------------------------------------------------

static bool
is_rev(struct job *j, struct rmk_str word)
{
	struct rmk_str *paths;
	struct rmk_err err;
	size_t n;

	bool bare = rmk_repo_top(j->repo).n == 0; // HEAD is a file there

	return word.n && (bare || access(rmk_str_c(j->c->arena, word), F_OK) != 0) &&
	       rmk_repo_list(j->c->arena, j->repo, RMK_SIDE_COMMIT, word, NULL, NULL,
		   &paths, &n, &err) == RMK_OK;
}

// REV..REV, and REV...REV from the commit that both come from; an empty one is HEAD.
// *taken: whether the word is one.
static enum rmk_code
take_range(struct job *j, struct rmk_str word, bool *taken, struct rmk_err *err)
{
	size_t dots = rmk_str_find(word, RMK_STR(".."));
	struct rmk_str old, new_;
	bool three;

	*taken = false;
	if (dots == RMK_NONE)
		return RMK_OK;
	old = rmk_str_part(word, 0, dots);
	three = dots + 2 < word.n && word.s[dots + 2] == '.';
	new_ = rmk_str_from(word, dots + (three ? 3 : 2));
	if ((old.n == 0 && new_.n == 0) || (old.n && !is_rev(j, old)) ||
	    (new_.n && !is_rev(j, new_)))
		return RMK_OK;
	*taken = true;
	old = old.n ? old : RMK_STR("HEAD");
	new_ = new_.n ? new_ : RMK_STR("HEAD");
	j->new_ = (struct side){RMK_FROM_COMMIT, new_};
	j->old = (struct side){RMK_FROM_COMMIT, old};
	return three
	           ? rmk_git_merge_base(j->c->arena, j->repo, old, new_, &j->old.rev, err)
	           : RMK_OK;
}

// Take revisions off the front of the words; *taken: how many words they were.
static enum rmk_code
take_revs(struct job *j, char **words, size_t n, size_t *taken, struct rmk_err *err)
{
	struct rmk_str word = n ? rmk_str_of(words[0]) : (struct rmk_str){0};
	bool range;

	*taken = 0;
	if (take_range(j, word, &range, err))
		return err->code;
	if (range || is_rev(j, word))
		*taken = 1;
	if (range || *taken == 0)
		return RMK_OK;
	j->old = (struct side){RMK_FROM_COMMIT, word};
	if (n >= 2 && is_rev(j, rmk_str_of(words[1]))) {
		j->new_ = (struct side){RMK_FROM_COMMIT, rmk_str_of(words[1])};
		*taken = 2;
	}
	return RMK_OK;
}

// Rows that are gone from the files that were named may be in another one.
static enum rmk_code
cmd_diff_look_around(struct job *j, struct rmk_err *err)
{
	size_t gone = 0, count, n = j->ndiffer, all;

	for (size_t i = 0; i < n; i++)
		for (size_t t = 0; t < j->differ[i].diff.n; t++)
			gone += j->differ[i].diff.tables[t].removed;
	if (gone == 0)
		return RMK_OK;
	j->hidden = true;
	if (tell_all(j, &count, err))
		return err->code;
	all = j->ndiffer;
	j->ndiffer = n;
	for (size_t i = n; i < all; i++) {
		bool known = false;

		for (size_t k = 0; k < n; k++)
			known |= rmk_str_eq(j->differ[k].path, j->differ[i].path);
		if (!known)
			j->differ[j->ndiffer++] = j->differ[i];
	}
	return RMK_OK;
}

static enum rmk_code
tell_repo(struct job *j, struct rmk_err *err)
{
	struct call *c = j->c;
	bool staged = opt_on(c, "staged") || opt_on(c, "cached");
	const char **narrowed;
	size_t nnarrowed = opt_all(c, "file", &narrowed), at, count;

	if (call_repo(c, &j->repo, err))
		return err->code;
	j->old = (struct side){RMK_FROM_COMMIT, RMK_STR("HEAD")};
	j->new_.place = staged ? RMK_FROM_INDEX : RMK_FROM_WORKTREE;
	if (take_revs(j, c->args, c->nargs, &at, err))
		return err->code;
	if (staged && j->new_.place != RMK_FROM_INDEX)
		return rmk_fail(err, RMK_INVALID, "--staged: one revision at most");
	if (!rmk_repo_top(j->repo).n && j->new_.place != RMK_FROM_COMMIT) {
		rmk_fail(err, RMK_REFUSED,
		    "diff: a bare repository has neither files nor an index");
		return rmk_hint(err, "name two commits: rowmark diff HEAD~1 HEAD");
	}
	if (at == c->nargs && nnarrowed == 0)
		return tell_all(j, &count, err);
	for (; at < c->nargs; at++) {
		if (tell_named(j, c->args[at], err))
			return err->code;
	}
	for (size_t i = 0; i < nnarrowed; i++) {
		if (tell_named(j, narrowed[i], err))
			return err->code;
	}
	return cmd_diff_look_around(j, err);
}

// --- without a repository, and for git ------------------------------------------------------

static enum rmk_code
tell_files(struct job *j, struct rmk_err *err)
{
	struct rmk_str texts[2];

	if (j->c->nargs != 2)
		return rmk_fail(err, RMK_INVALID, "--no-index: two files are wanted");
	for (int i = 0; i < 2; i++) {
		struct rmk_source src = {.path = rmk_str_of(j->c->args[i])};

		if (strcmp(j->c->args[i], "-") == 0)
			src.place = RMK_FROM_STDIN;
		if (rmk_source_read(j->c->arena, &src, &j->repo, &texts[i], NULL, err))
			return err->code;
	}
	return tell_texts(
	    j, rmk_str_of(j->c->args[1]), texts[0], texts[1], RMK_STR(""), err);
}

// PATH OLD-FILE OLD-HEX OLD-MODE NEW-FILE NEW-HEX NEW-MODE, and for a rename the new name
// and what git says of it; for an unmerged path only PATH.
static enum rmk_code
tell_git(struct job *j, struct rmk_err *err)
{
	struct rmk_arena *a = j->c->arena;
	struct rmk_str path, texts[2], around_text[2], patch;

	if (j->c->nargs != 1 && j->c->nargs < 7)
		return rmk_fail(err, RMK_INVALID,
		    "--external: git calls it with 7 arguments, or 1; here are %zu",
		    j->c->nargs);
	path = rmk_str_of(j->c->args[j->c->nargs > 7 ? 7 : 0]);
	if (j->c->nargs == 1) {
		out_printf("* Unmerged path %.*s\n", RMK_FMT(path));
		return RMK_OK;
	}
	for (int i = 0; i < 2; i++)
		if (diff_read_outside(
			a, path, j->c->args[i ? 4 : 1], &texts[i], &around_text[i], err))
			return err->code;
	if (rmk_patch_text(a, NULL, path, around_text[0], around_text[1], &patch, err))
		return err->code;
	write_print_diff(patch);
	return tell_texts(j, path, texts[0], texts[1], RMK_STR(""), err);
}

static enum exit_status
cmd_diff_run(struct call *c)
{
	struct job j = {.c = c};
	struct diff_view view;
	struct rmk_err err;
	enum rmk_code code;

	diff_view_open(&view, c->arena,
	    c->quiet                   ? DIFF_NONE
	    : opt_format_is(c, "json") ? DIFF_JSON
	    : opt_format_is(c, "md")   ? DIFF_MD
				       : DIFF_TEXT);
	if (opt_on(c, "textconv"))
		return diff_print_lines(c, &err) ? complain(&err) : FINE;
	code = opt_on(c, "external")   ? tell_git(&j, &err)
	       : opt_on(c, "no-index") ? tell_files(&j, &err)
	                               : tell_repo(&j, &err);
	if (code)
		return complain(&err);
	diff_view_files(&view, j.differ, j.ndiffer);
	if (!opt_on(c, "external"))
		diff_view_close(&view);
	return (c->quiet || opt_on(c, "exit-code")) && view.told ? FOUND : FINE;
}

const struct cmd cmd_diff = {
    .name = "diff",
    .args = "[REV [REV]] [FILE[#TABLE]...]",
    .line = "Show what changed, in rows and cells",
    .about =
	"Compares HEAD with the worktree; with --staged, HEAD with the index; with one\n"
	"REV, that commit with the worktree; with two, or REV..REV, one commit with the\n"
	"other; with REV...REV, the second with the commit where the two part: what a\n"
	"branch changed. Without a FILE all Markdown files that git tracks are\n"
	"compared. With -q nothing is printed, and the exit status is 1 when there is\n"
	"a difference.\n"
	"\n"
	"Each line is a row: `+` added, `-` removed, `~` changed, `>` only moved. A row\n"
	"that another table or file has now moved there; where files are named, the\n"
	"others are looked at if rows are gone from those. Rows "
	"are\n"
	"matched as in `rowmark merge`: by key, then by what they hold, so a row that "
	"moved\n"
	"or whose key was re-worded is still the same row. Padding and line ends are no\n"
	"difference, and the text around the tables is not looked at: git diff shows "
	"that.\n"
	"\n"
	"In a changed cell the words that changed are marked: by colour, or without "
	"colours\n"
	"as `git diff --word-diff` does, [-old-]{+new+}.\n"
	"\n"
	"`rowmark install --diff=rows` makes git itself show rows in this clone: git "
	"diff,\n"
	"git log -p and git show then compare a line a cell (--textconv), and git blame "
	"says\n"
	"who wrote a cell. Such lines are for reading: they are no patch, and git apply\n"
	"refuses them or, worse, applies them wrongly; git diff --no-textconv is a "
	"patch. To\n"
	"have this command's own output in git diff for once:\n"
	"GIT_EXTERNAL_DIFF='rowmark diff --external' git diff.\n",
    .examples = examples,
    .opts = opts,
    .least = 0,
    .most = SIZE_MAX,
    .pages = true,
    .run = cmd_diff_run,
};
