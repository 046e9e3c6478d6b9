// From what was typed to bytes.
//
// No repository is opened for a file that is simply there: opening one costs more than
// reading and checking most files.
#include "git/source.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define CONFIG_NAME RMK_STR(".rowmark.ini")

struct rmk_source
rmk_source_parse(struct rmk_arena *a, struct rmk_str typed)
{
	struct rmk_source src = {.path = typed, .shown = typed};
	size_t colon = rmk_str_chr(typed, ':');
	struct stat st;

	if (rmk_str_eq(typed, RMK_STR("-"))) {
		src.place = RMK_FROM_STDIN;
	} else if (colon != RMK_NONE && stat(rmk_str_c(a, typed), &st)) {
		src.place = colon ? RMK_FROM_COMMIT : RMK_FROM_INDEX;
		src.rev = rmk_str_part(typed, 0, colon);
		src.path = rmk_str_from(typed, colon + 1);
	}
	return src;
}

static enum rmk_code
need_repo(struct rmk_arena *a, struct rmk_repo **repo, struct rmk_err *err)
{
	return *repo ? RMK_OK : rmk_repo_open(a, (struct rmk_str){"", 0}, repo, err);
}

// As git has it: REV:PATH counts from the top, REV:./PATH from the current folder.
static enum rmk_code
versioned_path(struct rmk_arena *a, struct rmk_repo *repo, struct rmk_str typed,
    struct rmk_str *out, struct rmk_err *err)
{
	if (rmk_str_starts(typed, RMK_STR("./")) || rmk_str_starts(typed, RMK_STR("../")))
		return rmk_repo_path(a, repo, typed, out, err);
	*out = typed;
	return RMK_OK;
}

enum rmk_code
rmk_source_read(struct rmk_arena *a, const struct rmk_source *src, struct rmk_repo **repo,
    struct rmk_str *out, struct rmk_file_id *id, struct rmk_err *err)
{
	enum rmk_code code;
	struct rmk_str path;

	if (src->place == RMK_FROM_STDIN)
		return rmk_file_read_stdin(a, out, err);
	if (src->place == RMK_FROM_WORKTREE)
		return rmk_file_read(a, src->path, out, id, err);
	code = need_repo(a, repo, err);
	if (!code)
		code = versioned_path(a, *repo, src->path, &path, err);
	return code ? code : rmk_repo_read(a, *repo, src->rev, path, out, err);
}

// --- configuration --------------------------------------------------------------

enum rmk_code
rmk_source_config(struct rmk_arena *a, enum rmk_place place, struct rmk_str rev,
    struct rmk_repo **repo, struct rmk_config *out, struct rmk_err *err)
{
	struct rmk_str text, path = CONFIG_NAME;
	struct rmk_err missing = {0};
	enum rmk_code code;

	if (place == RMK_FROM_INDEX || place == RMK_FROM_COMMIT) {
		code = need_repo(a, repo, err);
		if (code)
			return code;
		code = rmk_repo_read(a, *repo, rev, path, &text, &missing);
	} else {
		if (*repo)
			path = rmk_str_printf(a, "%.*s%.*s", RMK_FMT(rmk_repo_top(*repo)),
			    RMK_FMT(CONFIG_NAME));
		code = rmk_file_read(a, path, &text, NULL, &missing);
	}
	if (code == RMK_NOT_FOUND) {
		*out = (struct rmk_config){0};
		return RMK_OK;
	}
	if (code) {
		if (err)
			*err = missing;
		return code;
	}
	return rmk_config_parse(a, CONFIG_NAME, text, out, err);
}

// --- all files ------------------------------------------------------------------

struct all {
	struct rmk_arena *a;
	struct rmk_config config;
	struct rmk_str below; // only what starts so, from the top
	bool tracked;         // only what the index has
	enum rmk_place place;
	struct rmk_str rev;
	struct rmk_arena list; // of the paths, until it is known how many there are
	struct rmk_str *v;
	size_t n, cap;
};

static bool
source_wanted(void *ctx, struct rmk_str path)
{
	const struct all *all = ctx;

	return rmk_str_starts(path, all->below) && rmk_config_wants(&all->config, path);
}

// A path from the top as one from the current folder, which is `below` the top:
// the folders they share go, and one "../" stands for each that is left.
static struct rmk_str
relative(struct rmk_arena *a, struct rmk_str below, struct rmk_str path)
{
	size_t at = 0, ups = 0;

	for (size_t i = 0; i < below.n && i < path.n && below.s[i] == path.s[i]; i++) {
		if (path.s[i] == '/')
			at = i + 1;
	}
	for (size_t i = at; i < below.n; i++)
		ups += below.s[i] == '/';
	char *s = rmk_arena_alloc(a, ups * 3 + path.n - at + 1);
	for (size_t i = 0; i < ups; i++)
		memcpy(s + i * 3, "../", 3);
	memcpy(s + ups * 3, path.s + at, path.n - at);
	return (struct rmk_str){s, ups * 3 + path.n - at};
}

// As tops of repositories are: "/" stays so.
static struct rmk_str
with_slash(struct rmk_arena *a, const char *folder)
{
	bool root = folder && strcmp(folder, "/") == 0;

	return rmk_str_printf(a, "%s/", folder && !root ? folder : "");
}

// The current folder from the top, with a '/' at the end; empty at the top. False when it
// lies outside, as it may with GIT_WORK_TREE.
static bool
where_below(struct rmk_arena *a, const struct rmk_repo *repo, struct rmk_str *below)
{
	char *cwd = getcwd(NULL, 0);
	struct rmk_str top = rmk_repo_top(repo);
	struct rmk_str here = with_slash(a, cwd);
	bool inside = rmk_str_starts(here, top);

	*below = inside && top.n ? rmk_str_from(here, top.n) : RMK_STR("");
	free(cwd);
	return inside;
}

static void
source_add(struct all *all, struct rmk_str path)
{
	*RMK_PUSH(&all->list, all->v, all->n, all->cap) = path;
}

static enum rmk_code
all_of_repo(struct all *all, struct rmk_repo *repo, struct rmk_err *err)
{
	enum rmk_repo_side side = all->tracked                      ? RMK_SIDE_TRACKED
	                          : all->place == RMK_FROM_WORKTREE ? RMK_SIDE_WORKTREE
	                          : all->place == RMK_FROM_INDEX    ? RMK_SIDE_INDEX
	                                                            : RMK_SIDE_COMMIT;
	struct rmk_str *paths, below, top = rmk_repo_top(repo);
	bool inside = where_below(&all->list, repo, &below);
	enum rmk_code code;
	size_t n;

	code = rmk_repo_list(
	    &all->list, repo, side, all->rev, source_wanted, all, &paths, &n, err);
	for (size_t i = 0; !code && i < n; i++)
		source_add(all, all->place != RMK_FROM_WORKTREE ? paths[i]
				: inside ? relative(&all->list, below, paths[i])
					 : rmk_str_printf(&all->list, "%.*s%.*s",
					       RMK_FMT(top), RMK_FMT(paths[i])));
	return code;
}

// What an entry is, asked of the system only where the folder does not tell.
static mode_t
type_of(const struct dirent *entry, struct rmk_str path)
{
	struct stat st;

	if (entry->d_type == DT_REG)
		return S_IFREG;
	if (entry->d_type != DT_UNKNOWN)
		return entry->d_type == DT_DIR ? S_IFDIR : 0;
	return lstat(path.s, &st) ? 0 : st.st_mode;
}

// Hidden folders and links to folders are left out: the first are rarely meant, the
// second may lead in circles.
static enum rmk_code
source_walk(struct all *all, struct rmk_str folder, struct rmk_err *err)
{
	DIR *dir = opendir(folder.n ? rmk_str_c(&all->list, folder) : ".");
	enum rmk_code code = RMK_OK;
	struct dirent *entry;

	if (!dir && errno != ENOENT)
		return rmk_fail_errno(
		    err, "%.*s: cannot open the folder", RMK_FMT(folder));
	while (!code && dir && (entry = readdir(dir))) {
		if (entry->d_name[0] == '.')
			continue;
		struct rmk_str path = rmk_str_printf(
		    &all->list, "%.*s%s", RMK_FMT(folder), entry->d_name);
		mode_t type = type_of(entry, path);
		if (S_ISDIR(type))
			code = source_walk(
			    all, rmk_str_printf(&all->list, "%.*s/", RMK_FMT(path)), err);
		else if (S_ISREG(type) && rmk_config_wants(&all->config, path))
			source_add(all, path);
	}
	if (dir)
		closedir(dir);
	return code;
}

static int
by_path(const void *a, const void *b)
{
	return rmk_str_cmp(*(const struct rmk_str *)a, *(const struct rmk_str *)b);
}

// Of a folder (as typed, with a '/' at the end; empty: everywhere) that git knows nothing
// of, the files below it as they are.
static enum rmk_code
find_all(struct all *all, struct rmk_str folder, bool outside, struct rmk_repo **repo,
    struct rmk_err *err)
{
	enum rmk_code code = rmk_source_config(
	    all->a, all->place, all->rev, repo, &all->config, err);

	if (code)
		return code;
	if (!outside)
		return all_of_repo(all, *repo, err);
	if ((code = source_walk(all, folder, err)))
		return code;
	if (all->n)
		qsort(all->v, all->n, sizeof *all->v, by_path);
	return RMK_OK;
}

// There may be a hundred thousand of them: an array of the size it has, the paths behind one
// another.
static void
source_finish(struct all *all, struct rmk_source **out, size_t *n)
{
	size_t bytes = 0;
	char *s;

	for (size_t i = 0; i < all->n; i++)
		bytes += all->v[i].n + 1;
	*out = RMK_NEW_N(all->a, struct rmk_source, all->n);
	*n = all->n;
	s = rmk_arena_alloc(all->a, bytes);
	for (size_t i = 0; i < all->n; i++) {
		struct rmk_str path = {s, all->v[i].n};

		memcpy(s, all->v[i].s, path.n);
		s[path.n] = '\0';
		s += path.n + 1;
		(*out)[i] = (struct rmk_source){all->place, all->rev, path, path};
		if (all->place != RMK_FROM_WORKTREE)
			(*out)[i].shown = rmk_str_printf(
			    all->a, "%.*s:%.*s", RMK_FMT(all->rev), RMK_FMT(path));
	}
	rmk_arena_free(&all->list);
}

static enum rmk_code
source_fail(struct all *all, enum rmk_code code)
{
	rmk_arena_free(&all->list);
	return code;
}

enum rmk_code
rmk_source_all(struct rmk_arena *a, enum rmk_place place, struct rmk_str rev,
    struct rmk_repo **repo, struct rmk_source **out, size_t *n, struct rmk_config *config,
    struct rmk_err *err)
{
	struct all all = {.a = a, .place = place, .rev = rev};
	struct rmk_err why = {0};
	enum rmk_code code = need_repo(a, repo, &why);
	bool outside = code == RMK_NO_REPO && place == RMK_FROM_WORKTREE;

	if (code && !outside) {
		if (err)
			*err = why;
		return code;
	}
	code = find_all(&all, RMK_STR(""), outside, repo, err);
	if (code)
		return source_fail(&all, code);
	source_finish(&all, out, n);
	rmk_config_note_idle(a, &all.config);
	if (config)
		*config = all.config;
	return RMK_OK;
}

enum rmk_code
rmk_source_tracked(struct rmk_arena *a, struct rmk_repo *repo, struct rmk_source **out,
    size_t *n, struct rmk_err *err)
{
	struct all all = {.a = a, .rev = RMK_STR(""), .tracked = true};
	enum rmk_code code = find_all(&all, RMK_STR(""), false, &repo, err);

	if (code)
		return source_fail(&all, code);
	source_finish(&all, out, n);
	return RMK_OK;
}

static struct rmk_str
real_folder(struct rmk_arena *a, struct rmk_str folder)
{
	char *real = realpath(rmk_str_c(a, folder), NULL);
	struct rmk_str out = with_slash(a, real);

	free(real);
	return out;
}

// "./docs//" as "docs/", "." as "".
static struct rmk_str
plain_folder(struct rmk_arena *a, struct rmk_str folder)
{
	while (folder.n > 1 && folder.s[folder.n - 1] == '/')
		folder.n--;
	while (rmk_str_starts(folder, RMK_STR("./")))
		folder = rmk_str_from(folder, 2);
	if (rmk_str_eq(folder, RMK_STR(".")) || !folder.n)
		return RMK_STR("");
	return rmk_str_printf(a, "%.*s/", RMK_FMT(folder));
}

enum rmk_code
rmk_source_below(struct rmk_arena *a, struct rmk_str folder, struct rmk_repo **repo,
    struct rmk_source **out, size_t *n, struct rmk_err *err)
{
	struct all all = {.a = a, .rev = RMK_STR("")};
	struct rmk_str real = real_folder(a, folder);
	struct rmk_err why = {0};
	enum rmk_code code = need_repo(a, repo, &why);
	bool outside = code == RMK_NO_REPO ||
	               (!code && !rmk_str_starts(real, rmk_repo_top(*repo)));

	if (code && !outside) {
		if (err)
			*err = why;
		return code;
	}
	if (!outside)
		all.below = rmk_str_from(real, rmk_repo_top(*repo).n);
	code = find_all(&all, plain_folder(a, folder), outside, repo, err);
	if (code)
		return source_fail(&all, code);
	source_finish(&all, out, n);
	return RMK_OK;
}
