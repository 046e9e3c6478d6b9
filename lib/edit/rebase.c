// Links of a cell that goes to another file: see rebase.h.
#include "edit/rebase.h"

#include "base/buf.h"
#include "table/value.h"

#include <string.h>

// --- paths ------------------------------------------------------------------------------

struct path {
	struct rmk_str *parts; // [n]
	size_t n, cap;
};

static void
path_add(struct rmk_arena *a, struct path *p, struct rmk_str text)
{
	struct rmk_str part;

	while (text.s && rmk_str_split(&text, '/', &part)) {
		bool up = rmk_str_eq(part, RMK_STR(".."));

		if (part.n == 0 || rmk_str_eq(part, RMK_STR(".")))
			continue;
		if (up && p->n && !rmk_str_eq(p->parts[p->n - 1], RMK_STR("..")))
			p->n--;
		else
			*RMK_PUSH(a, p->parts, p->n, p->cap) = part;
	}
}

static struct rmk_str
path_folder(struct rmk_str file)
{
	size_t slash = rmk_str_rchr(file, '/');

	return slash == RMK_NONE ? RMK_STR("") : rmk_str_part(file, 0, slash);
}

static bool
path_is_of(struct rmk_str part, struct rmk_str file)
{
	return part.s >= file.s && part.s < file.s + file.n;
}

// A part of a path as an address has it.
static void
path_put(struct rmk_buf *b, struct rmk_str part, bool encode)
{
	for (size_t i = 0; i < part.n; i++) {
		if (encode && strchr(" ()<>|", part.s[i]) && part.s[i])
			rmk_buf_printf(b, "%%%02X", (unsigned char)part.s[i]);
		else
			rmk_buf_addc(b, part.s[i]);
	}
}

// The way from a folder to a path; parts of the file's own name are no address yet.
static struct rmk_str
path_from(struct rmk_arena *a, const struct path *folder, const struct path *to,
    struct rmk_str file, bool folder_too)
{
	struct rmk_buf b = {.arena = a};
	size_t same = 0;

	while (same < folder->n && same < to->n &&
	       rmk_str_eq(folder->parts[same], to->parts[same]))
		same++;
	for (size_t i = same; i < folder->n; i++)
		rmk_buf_adds(&b, "../");
	for (size_t i = same; i < to->n; i++) {
		rmk_buf_adds(&b, i > same ? "/" : "");
		path_put(&b, to->parts[i], path_is_of(to->parts[i], file));
	}
	rmk_buf_adds(&b, folder_too && b.n && b.s[b.n - 1] != '/' ? "/" : "");
	return rmk_buf_str(&b);
}

// --- one address --------------------------------------------------------------------------

static bool
rebase_is_relative(struct rmk_str url)
{
	size_t colon = rmk_str_chr(url, ':'), slash = rmk_str_chr(url, '/');

	return url.n && url.s[0] != '/' && (colon == RMK_NONE || colon > slash);
}

static struct rmk_str
rebase_url(
    struct rmk_arena *a, struct rmk_str url, struct rmk_str from, struct rmk_str to)
{
	size_t end = 0;
	struct path way = {0}, folder = {0}, target = {0};
	struct rmk_str path, rest, made;
	bool folder_too;

	while (end < url.n && url.s[end] != '#' && url.s[end] != '?')
		end++;
	path = rmk_str_part(url, 0, end);
	rest = rmk_str_from(url, end);
	folder_too = rmk_str_ends(path, RMK_STR("/"));
	path_add(a, &folder, path_folder(to));
	path_add(a, &way, path.n ? path_folder(from) : from);
	path_add(a, &way, path);
	path_add(a, &target, to);
	made = path_from(a, &folder, &way, from, folder_too);
	if (rest.n && rest.s[0] == '#' &&
	    rmk_str_eq(made, path_from(a, &folder, &target, to, false)))
		made = RMK_STR("");
	return rmk_str_printf(a, "%.*s%.*s", RMK_FMT(made), RMK_FMT(rest));
}

// --- a cell ---------------------------------------------------------------------------------

// An address in HTML that is not whole.
static struct rmk_str
html_address(struct rmk_str raw)
{
	const struct rmk_str names[] = {RMK_STR("src="), RMK_STR("href=")};

	for (size_t i = 0; i < 2; i++) {
		struct rmk_str rest = raw;
		size_t at;

		while ((at = rmk_str_find(rest, names[i])) != RMK_NONE) {
			struct rmk_str value = rmk_str_from(rest, at + names[i].n);
			size_t quoted = value.n && strchr("\"'", value.s[0]) ? 1 : 0;

			rest = rmk_str_from(value, quoted);
			if (rmk_str_find(rmk_str_part(rest, 0, 9), RMK_STR("://")) ==
				RMK_NONE &&
			    !rmk_str_starts(rest, RMK_STR("/")))
				return value;
		}
	}
	return (struct rmk_str){0};
}

static struct rmk_str
stays_behind(struct rmk_str raw, const struct rmk_link *links, size_t n)
{
	size_t note = rmk_str_find(raw, RMK_STR("[^"));

	for (size_t i = 0; i < n; i++)
		if (links[i].reference)
			return links[i].raw;
	return note != RMK_NONE ? rmk_str_from(raw, note) : html_address(raw);
}

bool
rmk_links_rebase(struct rmk_arena *a, struct rmk_str raw, struct rmk_str from,
    struct rmk_str to, struct rmk_str *out, struct rmk_str *what)
{
	struct rmk_buf b = {.arena = a};
	struct rmk_link *links;
	size_t n = rmk_value_links(a, raw, &links), at = 0;

	*out = raw;
	*what = stays_behind(raw, links, n);
	if (what->s)
		return false;
	if (rmk_str_eq(from, to))
		return true;
	for (size_t i = 0; i < n; i++) {
		struct rmk_str url = links[i].url;
		bool same_folder = rmk_str_eq(path_folder(from), path_folder(to)) &&
		                   url.n && url.s[0] != '#' &&
		                   rmk_str_chr(url, '#') == RMK_NONE;

		if (!rebase_is_relative(url) || links[i].bare || same_folder)
			continue;
		if (url.s < raw.s + at || url.s >= raw.s + raw.n) {
			*what = links[i].raw;
			return false;
		}
		rmk_buf_add(&b, rmk_str_part(raw, at, (size_t)(url.s - raw.s) - at));
		rmk_buf_add(&b, rebase_url(a, url, from, to));
		at = (size_t)(url.s - raw.s) + url.n;
	}
	rmk_buf_add(&b, rmk_str_from(raw, at));
	*out = rmk_buf_str(&b);
	return true;
}
