// Files of the disk, read when somebody asks what refers to what.
//
// They are looked for again when one was saved or the editor hears of a change; from an editor
// that does not watch the disk, after two seconds.
#include "lsp/server.h"

#include "base/map.h"
#include "git/source.h"

#include <stdlib.h>
#include <time.h>

#define LISTING_SECONDS 2

static bool
lsp_is_wanted(void *ctx, struct rmk_str name)
{
	const struct lsp_folder *folder = ctx;

	return rmk_config_wants(&folder->config, name);
}

static struct rmk_str
lsp_full_path(struct rmk_arena *a, const struct lsp_folder *folder, struct rmk_str name)
{
	return rmk_str_printf(a, "%.*s%.*s", RMK_FMT(folder->top), RMK_FMT(name));
}

static struct rmk_str *
walk_folder(struct rmk_arena *a, struct lsp_folder *folder, size_t *n)
{
	struct rmk_repo *none = NULL;
	struct rmk_source *all;
	struct rmk_str *paths;
	struct rmk_err err;
	size_t nall, kept = 0;

	if (rmk_source_below(a, folder->top, &none, &all, &nall, &err))
		nall = 0;
	rmk_repo_close(none);
	paths = RMK_NEW_N(a, struct rmk_str, nall);
	for (size_t i = 0; i < nall; i++) {
		struct rmk_str path = all[i].path;

		if (rmk_str_starts(path, folder->top) &&
		    lsp_is_wanted(folder, rmk_str_from(path, folder->top.n)))
			paths[kept++] = rmk_str_printf(a, "%.*s", RMK_FMT(path));
	}
	*n = kept;
	return paths;
}

struct rmk_str *
lsp_folder_paths(struct rmk_arena *a, struct lsp_folder *folder, size_t *n)
{
	struct rmk_str *paths;
	struct rmk_err err;

	lsp_settings(folder);
	if (!folder->repo)
		return walk_folder(a, folder, n);
	if (rmk_repo_list(a, folder->repo, RMK_SIDE_WORKTREE, RMK_STR(""), lsp_is_wanted,
		folder, &paths, n, &err))
		*n = 0;
	for (size_t i = 0; i < *n; i++)
		paths[i] = lsp_full_path(a, folder, paths[i]);
	return paths;
}

void
lsp_workspace_stale(struct lsp_server *s)
{
	for (struct lsp_folder *folder = s->folders; folder; folder = folder->next)
		folder->stale = true;
}

static int64_t
seconds(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec;
}

// Only what says "rowmark:" can name a table or refer to one; of other files it is enough to
// know that.
static struct lsp_file *
lsp_read_closed(struct lsp_server *s, struct lsp_folder *folder, struct rmk_str path)
{
	struct lsp_file *f = lsp_file_read(s, folder, path);

	if (f && rmk_str_find(lsp_text_str(&f->text), RMK_STR("rowmark:")) == RMK_NONE) {
		f->plain = true;
		lsp_text_free(&f->text);
	}
	return f;
}

static struct lsp_file **
closed_by_path(struct rmk_arena *a, const struct lsp_folder *folder, struct rmk_map *map)
{
	struct lsp_file **files;
	size_t n = 0;

	for (struct lsp_file *f = folder->closed; f; f = f->next)
		n++;
	files = RMK_NEW_N(a, struct lsp_file *, n);
	n = 0;
	for (struct lsp_file *f = folder->closed; f; f = f->next) {
		*rmk_map_put(map, f->path) = n;
		files[n++] = f;
	}
	return files;
}

// Those that are as they were are kept, in the order of the listing.
static void
list_closed(struct lsp_server *s, struct lsp_folder *folder)
{
	struct rmk_arena a = {0};
	struct rmk_map map = {.arena = &a};
	struct lsp_file **known = closed_by_path(&a, folder, &map), **last, *f;
	struct rmk_str *paths;
	size_t n, at;

	paths = lsp_folder_paths(&a, folder, &n);
	folder->closed = NULL;
	last = &folder->closed;
	for (size_t i = 0; i < n; i++) {
		at = rmk_map_get(&map, paths[i]);
		f = at == RMK_NONE ? NULL : known[at];
		if (f && rmk_file_is_same(f->path, &f->id))
			f->seen = true;
		else
			f = lsp_read_closed(s, folder, paths[i]);
		if (!f)
			continue;
		*last = f;
		last = &f->next;
	}
	*last = NULL;
	for (size_t i = 0; i < map.n; i++) {
		if (known[i]->seen)
			known[i]->seen = false;
		else
			lsp_file_free(known[i]);
	}
	rmk_arena_free(&a);
	folder->listed_at = seconds();
	folder->stale = false;
}

void
lsp_know_closed(struct lsp_server *s, struct lsp_folder *folder)
{
	if (folder->listed_in == s->message)
		return;
	if (folder->stale ||
	    (!s->watches && seconds() >= folder->listed_at + LISTING_SECONDS))
		list_closed(s, folder);
	folder->listed_in = s->message;
}

static bool
spans(struct lsp_file *f)
{
	return !f->plain && lsp_look(f) && rmk_check_spans(f->doc);
}

struct lsp_file **
lsp_spanning(struct lsp_server *s, struct rmk_arena *a, struct lsp_file *f, size_t *n)
{
	struct lsp_file **files = NULL;
	size_t cap = 0;

	*n = 0;
	*RMK_PUSH(a, files, *n, cap) = f;
	for (struct lsp_file *o = s->files; o; o = o->next)
		if (o != f && o->folder == f->folder && spans(o))
			*RMK_PUSH(a, files, *n, cap) = o;
	if (!f->folder)
		return files;
	lsp_know_closed(s, f->folder);
	for (struct lsp_file *o = f->folder->closed; o; o = o->next)
		if (spans(o) && !lsp_file_open_path(s, o->path))
			*RMK_PUSH(a, files, *n, cap) = o;
	return files;
}
