// FILE#TABLE, from words to documents: see open_table.h.
#include "open_table.h"
#include "answer.h"
#include "opt.h"
#include "out.h"
#include "resume.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum rmk_code
call_repo(struct call *c, struct rmk_repo **out, struct rmk_err *err)
{
	enum rmk_code code = RMK_OK;

	if (!c->repo)
		code = rmk_repo_open(c->arena, RMK_STR(""), &c->repo, err);
	*out = c->repo;
	return code;
}

enum rmk_code
call_stdin(struct call *c, struct rmk_str *out, struct rmk_err *err)
{
	if (!c->stdin_text.s && rmk_file_read_stdin(c->arena, &c->stdin_text, err))
		return err->code;
	*out = c->stdin_text;
	return RMK_OK;
}

// A bare repository has no files: those of HEAD's commit are read, under the same names.
static void
look_bare(struct call *c)
{
	struct rmk_repo *repo;
	struct rmk_err unused;

	if (c->from != RMK_FROM_WORKTREE || call_repo(c, &repo, &unused) ||
	    rmk_repo_top(repo).n)
		return;
	c->from = RMK_FROM_COMMIT;
	c->rev = RMK_STR("HEAD");
	c->bare = true;
}

static void
say_notes(const struct rmk_config *config)
{
	for (size_t i = 0; i < config->nnotes; i++)
		out_warn(".rowmark.ini:%u: %.*s", config->notes[i].line,
		    RMK_FMT(config->notes[i].text));
}

enum rmk_code
call_config(struct call *c, struct rmk_config *out, struct rmk_err *err)
{
	struct rmk_repo *repo;
	enum rmk_code code = call_repo(c, &repo, err);

	if (code && code != RMK_NO_REPO)
		return code;
	look_bare(c);
	if (rmk_source_config(c->arena, c->from, c->rev, &c->repo, out, err))
		return err->code;
	if (!c->notes_said)
		say_notes(out);
	c->notes_said = true;
	return RMK_OK;
}

// --- which files ----------------------------------------------------------------

struct wanteds {
	struct wanted *v;
	size_t n, cap;
};

// Whether a path is one of the disk, whatever the repository: none is opened for a file
// that is simply there. Who names a repository means its files.
static bool
is_on_disk(struct rmk_arena *a, struct rmk_str path)
{
	return rmk_str_starts(path, RMK_STR("/")) ||
	       (!getenv("GIT_DIR") && access(rmk_str_c(a, path), F_OK) == 0);
}

// A place that the command chose holds for all that name none themselves. A path as it was
// typed counts from the current folder then, which git writes "./"; in a bare repository
// it counts from the top, whatever the current folder is.
static struct rmk_source
placed(struct call *c, struct rmk_source source)
{
	bool disk = is_on_disk(c->arena, source.path);

	if (source.place == RMK_FROM_WORKTREE && !disk)
		look_bare(c);
	if (source.place != RMK_FROM_WORKTREE || c->from == RMK_FROM_WORKTREE ||
	    (disk && c->bare))
		return source;
	source.place = c->from;
	source.rev = c->rev;
	if (!c->bare && source.path.n && source.path.s[0] != '/')
		source.path = rmk_str_printf(c->arena, "./%.*s", RMK_FMT(source.path));
	while (c->bare && rmk_str_starts(source.path, RMK_STR("./")))
		source.path = source.shown = rmk_str_from(source.path, 2);
	return source;
}

static void
want(struct call *c, struct wanteds *w, const struct rmk_source *source,
    struct rmk_str table, bool named)
{
	*RMK_PUSH(c->arena, w->v, w->n, w->cap) = (struct wanted){source, table, named};
}

// Room for all of them, and no more than that: there may be a hundred thousand.
static void
want_each(struct call *c, struct wanteds *w, const struct rmk_source *all, size_t n,
    struct rmk_str table)
{
	if (w->cap - w->n < n) {
		w->v = rmk_arena_grow(
		    c->arena, w->v, w->cap * sizeof *w->v, (w->n + n) * sizeof *w->v);
		w->cap = w->n + n;
	}
	for (size_t i = 0; i < n; i++)
		want(c, w, &all[i], table, false);
}

// Patterns that match nothing here may match what git does not track.
static enum rmk_code
want_tracked(struct call *c, struct wanteds *w, struct rmk_str table, struct rmk_err *err)
{
	struct rmk_source *all;
	struct rmk_repo *repo;
	size_t n;

	if (call_repo(c, &repo, err) || rmk_source_tracked(c->arena, repo, &all, &n, err))
		return err->code;
	want_each(c, w, all, n, table);
	return RMK_OK;
}

static enum rmk_code
want_all(struct call *c, struct wanteds *w, struct rmk_str table, struct rmk_err *err)
{
	struct rmk_config config;
	struct rmk_source *all;
	size_t n;

	if (call_config(c, &config, err))
		return err->code;
	if (c->tracked)
		return want_tracked(c, w, table, err);
	if (rmk_source_all(c->arena, c->from, c->rev, &c->repo, &all, &n, &config, err))
		return err->code;
	if (!c->idle_said)
		say_notes(&config);
	c->idle_said = true;
	for (size_t i = 0; i < n && (c->from == RMK_FROM_INDEX || c->bare); i++)
		all[i].shown = all[i].path;
	want_each(c, w, all, n, table);
	return RMK_OK;
}

// A folder means the Markdown files below it.
static enum rmk_code
want_folder(struct call *c, struct wanteds *w, struct rmk_str folder,
    struct rmk_str table, struct rmk_err *err)
{
	struct rmk_source *all;
	size_t n;

	if (rmk_source_below(c->arena, folder, &c->repo, &all, &n, err))
		return err->code;
	want_each(c, w, all, n, table);
	if (n)
		return RMK_OK;
	rmk_fail(err, RMK_NOT_FOUND, "%.*s: no Markdown file below this folder",
	    RMK_FMT(folder));
	return rmk_hint(err, "files that git ignores are read when they are named");
}

// That the top itself has no path is why one inside the folder is asked for.
enum rmk_code
open_folder_path(
    struct call *c, struct rmk_str folder, struct rmk_str *out, struct rmk_err *err)
{
	struct rmk_str path = folder;
	struct rmk_repo *repo;
	struct stat st;
	bool there = stat(rmk_str_c(c->arena, folder), &st) == 0 && S_ISDIR(st.st_mode);

	if (there)
		path = rmk_str_printf(c->arena, "%.*s/_", RMK_FMT(folder));
	if (call_repo(c, &repo, err) || rmk_repo_path(c->arena, repo, path, &path, err))
		return err->code;
	*out = there ? rmk_str_part(path, 0, path.n - 1)
	             : rmk_str_printf(c->arena, "%.*s/", RMK_FMT(path));
	return RMK_OK;
}

// A folder of a commit or of the index, in the same way; *found when it is one. What has a
// Markdown file's name is not asked about, and what has no path there is not found.
static enum rmk_code
want_tree(struct call *c, struct wanteds *w, const struct rmk_source *source,
    struct rmk_str table, bool *found, struct rmk_err *err)
{
	struct rmk_str under = source->path;
	struct rmk_source *all;
	size_t n, before = w->n;

	if ((source->place != RMK_FROM_COMMIT && source->place != RMK_FROM_INDEX) ||
	    rmk_file_is_markdown(under))
		return RMK_OK;
	if (c->bare && rmk_str_eq(under, RMK_STR(".")))
		under = RMK_STR("");
	if (!c->bare && rmk_str_starts(under, RMK_STR(".")) &&
	    open_folder_path(c, under, &under, err))
		return RMK_OK;
	if (under.n && under.s[under.n - 1] != '/')
		under = rmk_str_printf(c->arena, "%.*s/", RMK_FMT(under));
	if (rmk_source_all(
		c->arena, source->place, source->rev, &c->repo, &all, &n, NULL, err))
		return err->code;
	for (size_t i = 0; i < n; i++) {
		if (c->from == source->place)
			all[i].shown = all[i].path;
		if (rmk_str_starts(all[i].path, under))
			want(c, w, &all[i], table, false);
	}
	*found = w->n > before;
	return RMK_OK;
}

static bool
is_folder(struct rmk_arena *a, const struct rmk_source *source)
{
	struct stat st;

	return source->place == RMK_FROM_WORKTREE &&
	       stat(rmk_str_c(a, source->path), &st) == 0 && S_ISDIR(st.st_mode);
}

static enum rmk_code
want_word(struct call *c, struct wanteds *w, const char *word, struct rmk_err *err)
{
	struct rmk_address address = rmk_address_parse(rmk_str_of(word));
	struct rmk_source *source = RMK_NEW(c->arena, struct rmk_source);
	bool found = false;

	// More likely a variable that is not set than all files.
	if (!*word) {
		rmk_fail(err, RMK_INVALID, "a FILE is wanted, and is empty");
		return rmk_hint(err, "leave it out to mean all files");
	}
	// A file whose own name holds a '#' is that file.
	if (address.table.n && access(word, F_OK) == 0)
		address = (struct rmk_address){rmk_str_of(word), RMK_STR("")};
	if (address.file.n == 0)
		return want_all(c, w, address.table, err);
	*source = placed(c, rmk_source_parse(c->arena, address.file));
	if (is_folder(c->arena, source))
		return want_folder(c, w, source->path, address.table, err);
	if (want_tree(c, w, source, address.table, &found, err))
		return err->code;
	if (found)
		return RMK_OK;
	want(c, w, source, address.table, true);
	return RMK_OK;
}

enum rmk_code
open_wanted(struct call *c, char *const *words, size_t n, struct wanted **out,
    size_t *nout, struct rmk_err *err)
{
	struct wanteds w = {0};
	const char **narrow;
	size_t nnarrow = opt_all(c, "file", &narrow);

	for (size_t i = 0; i < n; i++) {
		if (want_word(c, &w, words[i], err))
			return err->code;
	}
	for (size_t i = 0; i < nnarrow; i++) {
		if (want_word(c, &w, narrow[i], err))
			return err->code;
	}
	if (n + nnarrow == 0 && want_all(c, &w, RMK_STR(""), err))
		return err->code;
	*out = w.v;
	*nout = w.n;
	return RMK_OK;
}

// --- one file -------------------------------------------------------------------

// Where a named file is not there, the hint says where to look.
static enum rmk_code
no_file(const struct wanted *w, struct rmk_err *err)
{
	if (w->named && w->source->place == RMK_FROM_WORKTREE &&
	    err->code == RMK_NOT_FOUND)
		return rmk_hint(err, "'rowmark ls' lists the files that hold tables");
	return err->code;
}

// What git takes for binary: a NUL. Only for a file that somebody named is that said; of all
// files it is for check to say.
static enum rmk_code
open_table_check_text(const struct wanted *w, const struct file *f, struct rmk_err *err)
{
	if (!w->named || f->doc->ntables || rmk_str_chr(f->doc->text, '\0') == RMK_NONE)
		return RMK_OK;
	rmk_fail(err, RMK_INVALID, "%.*s: is a binary file", RMK_FMT(f->path));
	return rmk_hint(err, "name a Markdown file");
}

// A table that nobody tied to this file may be missing from it.
static enum rmk_code
open_table_find_table(struct rmk_arena *a, const struct wanted *w, const struct file *f,
    size_t *table, struct rmk_err *err)
{
	enum rmk_code code;

	*table = RMK_NONE;
	if (w->table.n == 0)
		return RMK_OK;
	code = rmk_address_table(a, f->doc, w->table, table, err);
	return code == RMK_NOT_FOUND && !w->named ? RMK_OK : code;
}

enum rmk_code
open_file(struct call *c, struct rmk_arena *a, const struct wanted *w, unsigned flags,
    struct file **out, size_t *table, struct rmk_err *err)
{
	struct file *f = RMK_NEW(a, struct file);
	bool versioned = w->source->place >= RMK_FROM_INDEX; // or a commit
	struct rmk_repo *repo;
	struct rmk_str text;
	size_t found;

	// The repository outlives the file's arena.
	if (versioned && call_repo(c, &repo, err))
		return err->code;
	f->source = *w->source;
	f->path = w->source->shown;
	call_tidy(c, w->source);
	if (rmk_source_read(a, w->source, &c->repo, &text, &f->id, err))
		return no_file(w, err);
	if (rmk_doc_parse(a, f->path, text, flags, &f->doc, err) ||
	    open_table_check_text(w, f, err) ||
	    open_table_find_table(a, w, f, &found, err))
		return err->code;
	f->schemas = RMK_NEW_N(a, struct rmk_schema *, f->doc->ntables + 1);
	f->picked = RMK_NEW_N(a, bool, f->doc->ntables + 1);
	file_say_unmerged(c, f);
	out_verbose(c, "%.*s: %zu table%s", RMK_FMT(f->path), f->doc->ntables,
	    f->doc->ntables == 1 ? "" : "s");
	*out = f;
	*table = found;
	return RMK_OK;
}

// --- all tables -----------------------------------------------------------------

struct pickeds {
	struct rmk_arena *arena;
	struct picked *v;
	size_t n, cap;
};

static void
pick(struct pickeds *p, struct file *file, size_t table)
{
	if (file->picked[table])
		return;
	file->picked[table] = true;
	*RMK_PUSH(p->arena, p->v, p->n, p->cap) = (struct picked){file, table};
}

// A file that was named twice is read once: two documents of it could both be changed.
static struct file *
picked_before(const struct pickeds *p, const struct wanted *w)
{
	for (size_t i = 0; w->named && i < p->n; i++) {
		if (rmk_str_eq(p->v[i].file->path, w->source->shown))
			return p->v[i].file;
	}
	return NULL;
}

static enum rmk_code
pick_from(struct call *c, struct pickeds *p, const struct wanted *w, struct rmk_err *err)
{
	struct file *file = picked_before(p, w);
	size_t table;

	if (file ? open_table_find_table(p->arena, w, file, &table, err)
		 : open_file(c, p->arena, w, 0, &file, &table, err))
		return err->code;
	if (table != RMK_NONE)
		pick(p, file, table);
	for (size_t i = 0; w->table.n == 0 && i < file->doc->ntables; i++)
		pick(p, file, i);
	return RMK_OK;
}

enum rmk_code
open_no_table(const struct wanted *w, size_t n, struct rmk_err *err)
{
	const char *read = n == 1 ? "file was" : "files were";

	if (n == 0) {
		rmk_fail(err, RMK_NOT_FOUND, "no Markdown file here");
		return rmk_hint(err, "those that end in .md or .markdown are looked for, "
				     "others are read when they are named");
	}
	if (w->table.n && !w->named)
		return rmk_fail(err, RMK_NOT_FOUND,
		    "no table '%.*s': %zu Markdown %s read", RMK_FMT(w->table), n, read);
	if (n == 1 && w->named)
		rmk_fail(err, RMK_NOT_FOUND, "%.*s: no table in it",
		    RMK_FMT(w->source->shown));
	else
		rmk_fail(err, RMK_NOT_FOUND, "no table: %zu Markdown %s read", n, read);
	return rmk_hint(err, "'rowmark check' tells what is nearly a table");
}

enum rmk_code
open_tables_in(struct call *c, struct rmk_arena *a, char *const *words, size_t n,
    struct picked **out, size_t *nout, struct rmk_err *err)
{
	struct pickeds p = {.arena = a};
	struct wanted *wanted;
	bool complete = true;
	size_t nwanted;

	if (open_wanted(c, words, n, &wanted, &nwanted, err))
		return err->code;
	for (size_t i = 0; i < nwanted; i++) {
		enum rmk_code code = pick_from(c, &p, &wanted[i], err);

		if (code == RMK_OK)
			continue;
		if (wanted[i].named || code == RMK_AMBIGUOUS || c->tracked)
			return err->code;
		out_warn("%s", err->msg);
		complete = false;
		c->incomplete = true;
	}
	if (p.n == 0 && !complete)
		return rmk_fail(err, RMK_NOT_FOUND, "no table in what could be read");
	if (p.n == 0)
		return open_no_table(wanted, nwanted, err);
	*out = p.v;
	*nout = p.n;
	return RMK_OK;
}

enum rmk_code
open_tables(struct call *c, char *const *words, size_t n, struct picked **out,
    size_t *nout, struct rmk_err *err)
{
	return open_tables_in(c, c->arena, words, n, out, nout, err);
}
