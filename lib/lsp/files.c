// Files by their addresses, and what is found in their text.
#include "lsp/server.h"

#include <string.h>

// --- addresses --------------------------------------------------------------------------

static int
hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c |= 0x20;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

// "file:///a%20b.md" as "/a b.md".
struct rmk_str
lsp_uri_path(struct rmk_arena *a, struct rmk_str uri)
{
	static const struct rmk_str scheme = RMK_STR("file://");
	size_t slash = rmk_str_starts(uri, scheme)
	                   ? rmk_str_chr(rmk_str_from(uri, scheme.n), '/')
	                   : RMK_NONE;
	struct rmk_buf b = {.arena = a};

	if (slash == RMK_NONE)
		return RMK_STR("");
	uri = rmk_str_from(uri, scheme.n + slash);
	for (size_t i = 0; i < uri.n; i++) {
		int high = uri.s[i] == '%' && i + 2 < uri.n ? hex_digit(uri.s[i + 1])
		                                            : -1;
		int low = high >= 0 ? hex_digit(uri.s[i + 2]) : -1;

		if (low < 0) {
			rmk_buf_addc(&b, uri.s[i]);
			continue;
		}
		rmk_buf_addc(&b, (char)(high << 4 | low));
		i += 2;
	}
	if (memchr(b.s, 0, b.n))
		return RMK_STR("");
	rmk_buf_addc(&b, '\0');
	return rmk_str_part(rmk_buf_str(&b), 0, b.n - 1);
}

struct rmk_str
lsp_uri_of(struct rmk_arena *a, struct rmk_str path)
{
	static const char safe[] = "/-._~!$&'()*+,;=:@";
	struct rmk_buf b = {.arena = a};

	rmk_buf_adds(&b, "file://");
	for (size_t i = 0; i < path.n; i++) {
		unsigned char c = (unsigned char)path.s[i];
		bool letter = (c | 0x20) >= 'a' && (c | 0x20) <= 'z';

		if (letter || (c >= '0' && c <= '9') || (c && strchr(safe, c)))
			rmk_buf_addc(&b, (char)c);
		else
			rmk_buf_printf(&b, "%%%02X", c);
	}
	return rmk_buf_str(&b);
}

// --- files ------------------------------------------------------------------------------

static struct lsp_file *
file_make(struct lsp_server *s, struct rmk_str path, struct lsp_folder *folder)
{
	struct rmk_arena home = {0};
	struct lsp_file *f = RMK_NEW(&home, struct lsp_file);
	size_t slash = rmk_str_rchr(path, '/');

	f->path = rmk_str_copy(&home, (struct rmk_str){path.s, path.n + 1});
	f->path.n--;
	f->folder = folder;
	f->name = rmk_str_from(f->path, slash == RMK_NONE ? 0 : slash + 1);
	if (folder && rmk_str_starts(f->path, folder->top))
		f->name = rmk_str_from(f->path, folder->top.n);
	f->text.utf8 = s->utf8;
	f->home = home;
	return f;
}

// What has no path is called by its address: "untitled:Untitled-1".
struct lsp_file *
lsp_file_new(struct lsp_server *s, struct rmk_str uri)
{
	struct rmk_arena a = {0};
	struct rmk_str path = lsp_uri_path(&a, uri);
	struct lsp_file *f = path.n ? file_make(s, path, lsp_folder_of(s, path))
	                            : file_make(s, (struct rmk_str){"", 0}, NULL);

	f->uri = rmk_str_copy(&f->home, uri);
	if (!path.n)
		f->name = f->uri;
	rmk_arena_free(&a);
	return f;
}

// Editors take the BOM off, and so do we.
bool
lsp_file_load(struct lsp_file *f)
{
	struct rmk_arena a = {0};
	struct rmk_str text;
	struct rmk_err err;
	bool there = rmk_file_read(&a, f->path, &text, &f->id, &err) == RMK_OK;

	if (!there)
		text = RMK_STR("");
	if (rmk_str_starts(text, RMK_STR("\xef\xbb\xbf")))
		text = rmk_str_from(text, 3);
	lsp_text_splice(&f->text, 0, f->text.n, text);
	lsp_file_changed(f);
	rmk_arena_free(&a);
	return there;
}

struct lsp_file *
lsp_file_read(struct lsp_server *s, struct lsp_folder *folder, struct rmk_str path)
{
	struct lsp_file *f = file_make(s, path, folder);

	if (!lsp_file_load(f)) {
		lsp_file_free(f);
		return NULL;
	}
	f->uri = lsp_uri_of(&f->home, f->path);
	return f;
}

void
lsp_file_free(struct lsp_file *f)
{
	struct rmk_arena home = f->home; // which holds the file

	lsp_text_free(&f->text);
	lsp_history_free(f);
	rmk_arena_free(&f->arena);
	rmk_arena_free(&home);
}

struct lsp_file *
lsp_file_open(struct lsp_server *s, struct rmk_str uri)
{
	for (struct lsp_file *f = s->files; f; f = f->next)
		if (rmk_str_eq(f->uri, uri))
			return f;
	return NULL;
}

struct lsp_file *
lsp_file_open_path(struct lsp_server *s, struct rmk_str path)
{
	for (struct lsp_file *f = s->files; f; f = f->next)
		if (rmk_str_eq(f->path, path))
			return f;
	return NULL;
}

// --- what is found in them --------------------------------------------------------------

void
lsp_file_changed(struct lsp_file *f)
{
	rmk_arena_free(&f->arena);
	f->looked = false;
	f->doc = NULL;
	f->found = (struct rmk_findings){0};
	f->schemas = NULL;
}

bool
lsp_look(struct lsp_file *f)
{
	struct rmk_check_opts opts;

	if (f->folder)
		lsp_settings(f->folder);
	if (f->looked && f->folder && f->generation != f->folder->generation)
		lsp_file_changed(f);
	if (!f->looked) {
		f->generation = f->folder ? f->folder->generation : 0;
		opts = lsp_check_opts(f);
		rmk_check_text(&f->arena, f->name, lsp_text_str(&f->text), &opts, &f->doc,
		    &f->found);
		if (f->doc)
			f->schemas = RMK_NEW_N(
			    &f->arena, struct rmk_schema *, f->doc->ntables);
		f->looked = true;
	}
	return f->doc && f->doc->parsed;
}

const struct rmk_schema *
lsp_schema(struct lsp_file *f, size_t table)
{
	if (!f->schemas[table])
		f->schemas[table] = rmk_schema_of(&f->arena, f->doc, table);
	return f->schemas[table];
}
