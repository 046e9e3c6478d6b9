// Relative links, from one folder to another: see page_links.h.
//
// Paths are compared as text, from the root; nothing is asked of the disk, so that the
// same input gives the same page.
#include "page_links.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

// The names of a path from the root, without "." and "..".
struct cursor {
	struct rmk_str *names; // [n]
	size_t n;
};

static void
page_links_follow(struct cursor *t, struct rmk_str path)
{
	struct rmk_str name;

	while (rmk_str_split(&path, '/', &name)) {
		if (rmk_str_eq(name, RMK_STR("..")))
			t->n -= t->n > 0;
		else if (name.n && !rmk_str_eq(name, RMK_STR(".")))
			t->names[t->n++] = name;
	}
}

static struct cursor
cursor_of(struct rmk_arena *a, struct rmk_str folder, struct rmk_str path)
{
	struct cursor t = {RMK_NEW_N(a, struct rmk_str, folder.n + path.n + 2), 0};

	if (path.n == 0 || path.s[0] != '/')
		page_links_follow(&t, folder);
	page_links_follow(&t, path);
	return t;
}

// A name as a part of a URL.
static void
add_name(struct rmk_buf *out, struct rmk_str name)
{
	for (size_t i = 0; i < name.n; i++) {
		unsigned char c = (unsigned char)name.s[i];

		if (isalnum(c) || memchr("-._~", c, 4))
			rmk_buf_addc(out, (char)c);
		else
			rmk_buf_printf(out, "%%%02X", c);
	}
}

// From a folder to the first n names of another path; a '/' behind each.
static struct rmk_str
page_links_lead(
    struct rmk_arena *a, const struct cursor *from, const struct cursor *to, size_t n)
{
	struct rmk_buf out = {.arena = a};
	size_t same = 0;

	while (
	    same < from->n && same < n && rmk_str_eq(from->names[same], to->names[same]))
		same++;
	for (size_t i = same; i < from->n; i++)
		rmk_buf_adds(&out, "../");
	for (size_t i = same; i < n; i++) {
		add_name(&out, to->names[i]);
		rmk_buf_addc(&out, '/');
	}
	return out.n ? rmk_buf_str(&out) : RMK_STR("");
}

struct rmk_page_base
page_base(struct check_run *run, const struct check_file *f, const char *path)
{
	struct rmk_arena *a = run->call->arena;
	char *cwd = getcwd(NULL, 0);
	struct rmk_str here = rmk_str_copy(a, rmk_str_of(cwd));
	struct cursor page = cursor_of(a, here, rmk_str_of(path)), top, file;
	struct rmk_page_base base = {RMK_STR(""), {0}, {0}};

	free(cwd);
	page.n -= page.n > 0; // its folder
	top = cursor_of(a, run->top, RMK_STR(""));
	if (run->top.n)
		base.top = page_links_lead(a, &page, &top, top.n);
	file = run->top.n ? cursor_of(a, run->top, check_tree_path(run, f, a))
	                  : cursor_of(a, here, f->wanted->source->path);
	if (file.n == 0)
		return base;
	base.folder = page_links_lead(a, &page, &file, file.n - 1);
	if (f->wanted->source->place != RMK_FROM_STDIN) {
		struct rmk_buf whole = {.arena = a};

		rmk_buf_add(&whole, base.folder);
		add_name(&whole, file.names[file.n - 1]);
		base.file = rmk_buf_str(&whole);
	}
	return base;
}
