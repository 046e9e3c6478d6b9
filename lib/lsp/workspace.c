// Files of the disk, read when somebody asks what refers to what.
//
//	known   what serves now           next    a listing under way, which will take its place
//	a.md    id, text and document     a.md    taken over where the file is as it was
//	b.md    id: it refers to nothing  b.md    ...
//
// They are looked for again when one was saved or the editor hears of a change; from an editor
// that does not watch the disk, after two seconds. Whoever can wait for what others say gets what is
// known already, and the rest is read when no message waits: a home folder of a hundred
// thousand files holds nobody up. Of those that are known and matter it is looked at each time whether
// they have changed.
#include "lsp/server.h"

#include "base/map.h"
#include "gfm/block.h"
#include "git/source.h"

#include <stdlib.h>
#include <time.h>

#define LISTING_MS 2000
#define SMALL_FOLDER 2000 // files, which are looked for at once

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

// Paths of all Markdown files of a folder, absolute, in the order of their bytes.
static struct rmk_str *
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
	for (struct lsp_folder *folder = s->folders; folder; folder = folder->next_folder)
		folder->stale = true;
}

int64_t
lsp_milliseconds(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

// --- a listing --------------------------------------------------------------------------

static void
listing_begin(struct lsp_folder *folder)
{
	struct lsp_listing *next = &folder->next;
	struct rmk_arena a = {0};
	struct rmk_map map = {.arena = &a};
	struct rmk_str *paths = lsp_folder_paths(&next->arena, folder, &next->n);

	for (size_t i = 0; i < folder->known.n; i++)
		*rmk_map_put(&map, folder->known.v[i].path) = i;
	next->v = RMK_NEW_N(&next->arena, struct lsp_known, next->n);
	for (size_t i = 0; i < next->n; i++)
		next->v[i] = (struct lsp_known){
		    .path = paths[i], .before = rmk_map_get(&map, paths[i])};
	rmk_arena_free(&a);
	folder->listing = true;
	folder->wanted = false;
	folder->stale = folder->said = false;
	folder->listed_at = lsp_milliseconds();
}

// Only what says "rowmark:" can name a table or refer to one; of other files it is enough to
// know that.
static void
read_known(struct lsp_server *s, struct lsp_folder *folder, struct lsp_known *k)
{
	struct rmk_arena a = {0};
	struct rmk_str text;
	struct rmk_err err;

	if (rmk_file_read(&a, k->path, &text, &k->id, &err) == RMK_OK) {
		k->plain = !rmk_blocks_may_hold_table(text);
		if (rmk_str_find(text, RMK_STR("rowmark:")) != RMK_NONE)
			k->f = lsp_file_read(s, folder, k->path);
	}
	rmk_arena_free(&a);
}

// Until a time. False: there is more.
static bool
listing_step(struct lsp_server *s, struct lsp_folder *folder, int64_t until)
{
	struct lsp_listing *next = &folder->next;

	for (; next->nread < next->n; next->nread++) {
		struct lsp_known *k = &next->v[next->nread], *old;

		if (next->nread % 16 == 15 && lsp_milliseconds() >= until)
			return false;
		old = k->before == RMK_NONE ? NULL : &folder->known.v[k->before];
		if (!old || !rmk_file_is_same(k->path, &old->id)) {
			read_known(s, folder, k);
			continue;
		}
		k->id = old->id;
		k->f = old->f;
		k->plain = old->plain;
		k->published = old->published;
		k->nshown = old->nshown;
		old->taken = true;
	}
	return true;
}

static void
listing_free(struct lsp_listing *listing)
{
	for (size_t i = 0; i < listing->n; i++)
		if (listing->v[i].f && !listing->v[i].taken)
			lsp_file_free(listing->v[i].f);
	rmk_arena_free(&listing->arena);
	*listing = (struct lsp_listing){0};
}

static void
listing_end(struct lsp_folder *folder)
{
	listing_free(&folder->known);
	folder->known = folder->next;
	folder->next = (struct lsp_listing){0};
	folder->listing = false;
	folder->ready = true;
}

void
lsp_listings_free(struct lsp_folder *folder)
{
	listing_free(&folder->known);
	listing_free(&folder->next);
}

// Once a message: what was found stays where it is until the next, however long that takes.
static bool
is_known_now(const struct lsp_server *s, struct lsp_folder *folder)
{
	if (folder->listed_in == s->message)
		return true;
	folder->listed_in = s->message;
	return folder->ready && !folder->stale && !folder->listing &&
	       (s->watches || lsp_milliseconds() < folder->listed_at + LISTING_MS);
}

void
lsp_know_closed(struct lsp_server *s, struct lsp_folder *folder)
{
	if (is_known_now(s, folder))
		return;
	if (!folder->listing)
		listing_begin(folder);
	listing_step(s, folder, INT64_MAX);
	listing_end(folder);
}

// Both listings may hold such a file, so it stays where it is.
static void
look_again(struct lsp_folder *folder)
{
	for (size_t i = 0; i < folder->known.n; i++) {
		struct lsp_known *k = &folder->known.v[i];

		if (k->f && !rmk_file_is_same(k->path, &k->f->id))
			lsp_file_load(k->f);
	}
}

// Even to begin with a large folder takes a while, and what is known of it serves meanwhile.
static bool
begins_later(const struct lsp_folder *folder)
{
	return folder->ready && !folder->listing && folder->known.n > SMALL_FOLDER;
}

bool
lsp_know_soon(struct lsp_server *s, struct lsp_folder *folder, int ms)
{
	bool under_way = folder->listing;

	if (is_known_now(s, folder))
		return folder->ready;
	folder->wanted = begins_later(folder);
	if (!under_way && !folder->wanted)
		listing_begin(folder);
	if (!folder->wanted && !(under_way && (folder->ready || ms <= LSP_SLICE_MS)) &&
	    listing_step(
		s, folder, lsp_milliseconds() + (folder->ready ? LSP_SLICE_MS : ms)))
		listing_end(folder);
	else
		look_again(folder);
	return folder->ready;
}

struct lsp_known *
lsp_known_files(struct lsp_server *s, struct lsp_folder *folder, size_t *n)
{
	struct rmk_arena a = {0};

	lsp_know_soon(s, folder, LSP_WAIT_MS);
	*n = folder->known.n;
	if (folder->ready)
		return folder->known.v;
	*n = folder->next.nread;
	if (!folder->said)
		lsp_say(s,
		    rmk_str_printf(&a,
			"%zu of %zu files are read: what the others say is not here yet",
			*n, folder->next.n));
	folder->said = true;
	rmk_arena_free(&a);
	return folder->next.v;
}

bool
lsp_read_more(struct lsp_server *s)
{
	for (struct lsp_folder *folder = s->folders; folder;
	     folder = folder->next_folder) {
		if (folder->wanted && !folder->listing)
			listing_begin(folder);
		if (!folder->listing)
			continue;
		if (listing_step(s, folder, lsp_milliseconds() + LSP_SLICE_MS)) {
			listing_end(folder);
			lsp_judge_anew(s);
		}
		return true;
	}
	return false;
}

// --- what refers to what ----------------------------------------------------------------

static bool
spans(struct lsp_file *f)
{
	return lsp_look(f) && rmk_check_spans(f->doc);
}

struct lsp_file **
lsp_spanning(struct lsp_server *s, struct rmk_arena *a, struct lsp_file *f, size_t *n)
{
	struct lsp_file **files = NULL;
	struct lsp_known *known;
	size_t cap = 0, nknown;

	*n = 0;
	*RMK_PUSH(a, files, *n, cap) = f;
	for (struct lsp_file *o = s->files; o; o = o->next)
		if (o != f && o->folder == f->folder && spans(o))
			*RMK_PUSH(a, files, *n, cap) = o;
	if (!f->folder)
		return files;
	known = lsp_known_files(s, f->folder, &nknown);
	for (size_t i = 0; i < nknown; i++) {
		struct lsp_file *o = known[i].f;

		if (o && o != f && spans(o) && !lsp_file_open_path(s, o->path))
			*RMK_PUSH(a, files, *n, cap) = o;
	}
	return files;
}
