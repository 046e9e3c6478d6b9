// Which repository a file is in, and what its .rowmark.ini says.
#include "lsp/server.h"

#include "sql/view.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool
path_exists(struct rmk_str top, struct rmk_str name)
{
	struct rmk_arena a = {0};
	struct rmk_str path = rmk_str_printf(&a, "%.*s%.*s", RMK_FMT(top), RMK_FMT(name));
	struct stat st;
	bool found = lstat(path.s, &st) == 0;

	rmk_arena_free(&a);
	return found;
}

// The folder above, with a '/' at its end; empty above the root.
static struct rmk_str
folder_above(struct rmk_str path)
{
	size_t slash = rmk_str_rchr(rmk_str_part(path, 0, path.n - 1), '/');

	return rmk_str_part(path, 0, slash == RMK_NONE ? 0 : slash + 1);
}

// Where the repository of a file has its top, as git finds it; else the root of the workspace
// that holds it, else the folder it is in.
static struct rmk_str
find_top(const struct lsp_server *s, struct rmk_str path, bool *is_repo)
{
	struct rmk_str own = rmk_str_ends(path, RMK_STR("/")) ? path : folder_above(path);
	struct rmk_str top = RMK_STR("");

	for (struct rmk_str at = own; at.n; at = folder_above(at)) {
		if ((*is_repo = path_exists(at, RMK_STR(".git"))))
			return at;
		if (at.n == 1)
			break;
	}
	for (size_t i = 0; i < s->nroots; i++)
		if (rmk_str_starts(path, s->roots[i]) && s->roots[i].n > top.n)
			top = s->roots[i];
	return top.n ? top : own;
}

static struct lsp_folder *
folder_make(struct lsp_server *s, struct rmk_str top, bool is_repo)
{
	struct rmk_arena arena = {0};
	struct lsp_folder *folder = RMK_NEW(&arena, struct lsp_folder);
	struct rmk_err err;

	folder->server = s;
	folder->top = rmk_str_copy(&arena, top);
	folder->arena = arena; // which the repository keeps to
	if (is_repo && rmk_repo_open(&folder->arena, folder->top, &folder->repo, &err))
		lsp_say(s, rmk_str_of(err.msg));
	folder->stale = true;
	folder->next_folder = s->folders;
	s->folders = folder;
	return folder;
}

struct lsp_folder *
lsp_folder_of(struct lsp_server *s, struct rmk_str path)
{
	bool is_repo = false;
	struct rmk_str top = find_top(s, path, &is_repo);

	for (struct lsp_folder *folder = s->folders; folder; folder = folder->next_folder)
		if (rmk_str_eq(folder->top, top))
			return folder;
	return folder_make(s, top, is_repo);
}

void
lsp_know_roots(struct lsp_server *s)
{
	for (size_t i = 0; i < s->nroots; i++)
		lsp_folder_of(s, s->roots[i]);
}

void
lsp_folder_free(struct lsp_folder *folder)
{
	struct rmk_arena arena = folder->arena; // which holds the folder

	lsp_listings_free(folder);
	rmk_arena_free(&folder->settings_arena);
	rmk_repo_close(folder->repo);
	rmk_arena_free(&arena);
}

static bool
is_folder_wanted(const struct lsp_server *s, const struct lsp_folder *folder)
{
	bool is_repo;

	for (size_t i = 0; i < s->nroots; i++)
		if (rmk_str_eq(find_top(s, s->roots[i], &is_repo), folder->top))
			return true;
	for (const struct lsp_file *f = s->files; f; f = f->next)
		if (f->folder == folder)
			return true;
	return false;
}

void
lsp_forget_folders(struct lsp_server *s)
{
	for (struct lsp_folder **at = &s->folders, *folder; (folder = *at);) {
		if (is_folder_wanted(s, folder)) {
			at = &folder->next_folder;
			continue;
		}
		*at = folder->next_folder;
		lsp_folder_free(folder);
	}
}

// --- settings -----------------------------------------------------------------------------

// One setting a rule: the last wins. Rules that this version does not know are passed over.
static void
use_rules(struct lsp_folder *folder)
{
	const struct rmk_config *c = &folder->config;

	folder->rules = RMK_NEW_N(
	    &folder->settings_arena, struct rmk_rule_setting, c->nrules);
	folder->nrules = 0;
	for (size_t i = 0; i < c->nrules; i++) {
		size_t k = 0;

		if (!rmk_rule_find(c->rules[i].name))
			continue;
		while (k < folder->nrules &&
		       !rmk_str_eq(folder->rules[k].name, c->rules[i].name))
			k++;
		folder->nrules += k == folder->nrules;
		folder->rules[k] = (struct rmk_rule_setting){.name = c->rules[i].name,
		    .level = rmk_level_parse(c->rules[i].level)};
	}
}

static void
use_switches(struct lsp_folder *folder)
{
	static const struct {
		const char *name;
		bool on;
	} features[] = {
#define X(feature, name, on) {name, on},
	    LSP_FEATURES(X)
#undef X
	};
	const struct rmk_config *c = &folder->config;

	for (size_t i = 0; i < LSP_NFEATURES; i++) {
		folder->on[i] = features[i].on;
		for (size_t k = 0; k < c->nlsp; k++)
			if (rmk_str_eq(c->lsp[k].name, rmk_str_of(features[i].name)))
				folder->on[i] = c->lsp[k].on;
	}
}

static bool
settings_changed(const struct lsp_folder *folder, struct rmk_str path)
{
	if (!folder->settings_known)
		return true;
	return folder->settings_there ? !rmk_file_is_same(path, &folder->settings_id)
	                              : access(path.s, F_OK) == 0;
}

static void
read_settings(struct lsp_folder *folder, struct rmk_str path)
{
	struct rmk_arena *a = &folder->settings_arena;
	struct rmk_str text;
	struct rmk_err err;

	rmk_arena_free(a);
	folder->config = (struct rmk_config){0};
	folder->settings_there = rmk_file_read(a, path, &text, &folder->settings_id,
				     &err) == RMK_OK;
	if (folder->settings_there &&
	    rmk_config_parse(a, RMK_STR(".rowmark.ini"), text, &folder->config, &err)) {
		folder->config = (struct rmk_config){0};
		lsp_say(folder->server, rmk_str_of(err.msg));
	}
	use_rules(folder);
	use_switches(folder);
	folder->settings_known = true;
	folder->generation++;
}

// Once a message is often enough, and what was found by them stays true as long.
void
lsp_settings(struct lsp_folder *folder)
{
	struct rmk_arena names = {0};
	struct rmk_str path;

	if (folder->settings_asked == folder->server->message)
		return;
	folder->settings_asked = folder->server->message;
	path = rmk_str_printf(&names, "%.*s.rowmark.ini", RMK_FMT(folder->top));
	if (settings_changed(folder, path))
		read_settings(folder, path);
	rmk_arena_free(&names);
}

bool
lsp_is_on(struct lsp_server *s, struct lsp_folder *folder, enum lsp_feature feature)
{
	static const bool on[] = {
#define X(feature, name, on) on,
	    LSP_FEATURES(X)
#undef X
	};

	if (s->on[feature] >= 0)
		return s->on[feature];
	if (!folder)
		return on[feature];
	lsp_settings(folder);
	return folder->on[feature];
}

static bool
in_folder(void *ctx, struct rmk_str path)
{
	const struct lsp_folder *folder = ctx;

	return path_exists(folder->top, path);
}

struct rmk_check_opts
lsp_check_opts(struct lsp_file *f)
{
	struct lsp_folder *folder = f->folder;
	struct rmk_check_opts opts = {.view = rmk_view_make};

	if (folder) {
		opts.settings = folder->rules;
		opts.nsettings = folder->nrules;
	}
	if (folder && folder->repo) {
		opts.exists = in_folder;
		opts.ctx = folder;
		opts.tree_path = f->name;
	}
	return opts;
}
