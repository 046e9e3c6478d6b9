// Links that lead nowhere.
#include "base/ascii.h"
#include "base/map.h"
#include "base/utf8.h"
#include "check/links.h"

#include <string.h>

static struct rmk_str
dest_of(const struct rmk_checking *c, const struct cell_link *link)
{
	return rmk_str_at(c->doc->text, link->dest);
}

// --- broken-link --------------------------------------------------------------

// The ends of names that are more likely sites than files (.md, .rs, .sh, .py are not).
static bool
is_site(struct rmk_str dest)
{
	static const char *const ends[] = {"com", "org", "net", "io", "dev", "edu", "gov",
	    "info", "app", "ai", "co", "uk", "de", "fr", "jp", "cn", "ru", "eu", "tech",
	    "cloud", "xyz", "us", "ca", "au", "br", "in", "nl", "ch", "tv", "me"};
	size_t n = 0, dot;
	struct rmk_str host, top;

	if (check_starts_nocase(dest, "www."))
		return true;
	while (n < dest.n && !memchr("/?#", dest.s[n], 3))
		n++;
	host = rmk_str_part(dest, 0, n);
	dot = rmk_str_rchr(host, '.');
	if (dot == RMK_NONE || dot == 0 || host.s[0] == '.')
		return false;
	for (size_t i = 0; i < host.n; i++)
		if (!memchr("-._", host.s[i], 3) && !rmk_is_digit(host.s[i]) &&
		    !rmk_is_letter(host.s[i]))
			return false;
	top = rmk_str_from(host, dot + 1);
	for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
		if (rmk_str_eq_nocase(top, rmk_str_of(ends[i])))
			return true;
	return false;
}

// "http//x", "https:/x", "htps://x", "ttps://x", "https;//x", "https：//x": meant as a scheme
// and none.
static bool
is_bad_scheme(struct rmk_str dest)
{
	size_t n = 0, marks;
	struct rmk_str word;

	while (n < dest.n && rmk_is_letter(dest.s[n]))
		n++;
	word = rmk_str_part(dest, 0, n);
	if (n < 3 || n > 7)
		return false;
	if (rmk_str_starts(rmk_str_from(dest, n), RMK_STR("：")))
		return word.s[0] == 'h';
	for (marks = n; marks < dest.n && memchr(":;/.", dest.s[marks], 4);)
		marks++;
	if (rmk_str_eq_nocase(word, RMK_STR("http")) ||
	    rmk_str_eq_nocase(word, RMK_STR("https")))
		return marks > n && memchr(dest.s + n, '/', marks - n) &&
		       !rmk_str_starts(rmk_str_from(dest, n), RMK_STR("://"));
	return rmk_str_starts(rmk_str_from(dest, n), RMK_STR("://")) &&
	       rmk_str_distance(word, RMK_STR("https"), 2) <= 2 &&
	       ((word.s[0] | 0x20) == 'h' || check_starts_nocase(word, "ttp"));
}

static bool
is_template(struct rmk_str dest)
{
	return rmk_str_find(dest, RMK_STR("{{")) != RMK_NONE ||
	       rmk_str_find(dest, RMK_STR("{%")) != RMK_NONE;
}

// Why a link does not work, and what to do.
struct fault {
	const char *why, *hint;
};

static const struct fault no_fault;

// A link to a site.
static struct fault
http_fault(struct rmk_str dest)
{
	struct rmk_str rest = rmk_str_from(
	    dest, check_starts_nocase(dest, "https://") ? 8 : 7);

	if (check_is_http(rest))
		return (struct fault){
		    "the link's target has two schemes", "leave one 'https://'"};
	if (rest.n == 0 || rest.s[0] == '/')
		return (struct fault){"the link's target names no site",
		    "write the name of the site behind '://'"};
	return no_fault;
}

// "name@example.org", which leads to a file of this name.
static bool
is_mail(struct rmk_str dest)
{
	size_t at = rmk_str_rchr(dest, '@');

	return at != RMK_NONE && at > 0 && rmk_str_rchr(dest, '/') == RMK_NONE &&
	       rmk_str_rchr(dest, ':') == RMK_NONE && is_site(rmk_str_from(dest, at + 1));
}

// A link with both brackets, for its target alone.
static struct fault
dest_fault(const struct cell_link *link, struct rmk_str dest)
{
	if (!link->angled && memchr(dest.s, ' ', dest.n))
		return (struct fault){"a space in the link's target: it is shown as text",
		    "take the space out, or write %20 for it"};
	if (is_bad_scheme(dest))
		return (struct fault){"the link's scheme is misspelled",
		    "a link to a site starts with 'https://'"};
	if (check_is_http(dest))
		return http_fault(dest);
	if (is_mail(dest))
		return (struct fault){
		    "the link has no mailto: it leads to a file of this name",
		    "write 'mailto:' before the address"};
	if (is_site(dest))
		return (struct fault){
		    "the link has no https://: it leads to a file of this name",
		    "write 'https://' before it"};
	return no_fault;
}

static struct fault
fault_of(const struct rmk_checking *c, const struct cell_link *link)
{
	struct rmk_str dest = dest_of(c, link);

	if (link->plain || is_template(dest))
		return no_fault;
	if (link->form == LINK_SPACED)
		return (struct fault){"a space between label and target: no link",
		    "write [label](target), without a space between them"};
	if (link->form == LINK_WIDE)
		return (struct fault){"full-width brackets around the target: no link",
		    "write [label](target) with plain brackets"};
	if (link->form == LINK_SWAPPED)
		return (struct fault){"round and square brackets are exchanged: no link",
		    "write [label](target)"};
	if (dest.n == 0 && link->label.len && link->closed)
		return (struct fault){"the link has no target",
		    "write where it leads, or the label without brackets"};
	if (dest.n == 0)
		return no_fault;
	if (dest.s[0] == '[' || rmk_str_find(dest, RMK_STR("](")) != RMK_NONE)
		return (struct fault){"a link stands inside the link's target",
		    "leave the address alone between the round brackets"};
	if (!link->closed && check_starts_nocase(dest, "http"))
		return (struct fault){
		    "the link's ')' is missing: it is shown as text", "write the ')'"};
	return link->closed ? dest_fault(link, dest) : no_fault;
}

// Call act for every link that is not plainly one to a site.
static void
each_odd_link(
    struct rmk_checking *c, void (*act)(struct rmk_checking *, const struct table_info *,
				const struct cell_link *))
{
	for (size_t i = 0; i < c->doc->ntables; i++) {
		const struct links *links = check_links(c, &c->tables[i]);

		for (size_t k = 0; k < links->n; k++)
			if (!links->v[k].plain)
				act(c, &c->tables[i], &links->v[k]);
	}
}

static void
check_link(
    struct rmk_checking *c, const struct table_info *t, const struct cell_link *link)
{
	struct fault fault = fault_of(c, link);
	struct rmk_finding *f;

	if (fault.why == NULL)
		return;
	f = check_report_link(c, t, link, fault.why, fault.hint);
	if (f && strstr(fault.why, "https://"))
		f->wanted = check_printf(c, "https://%.*s", RMK_FMT(f->found));
}

void
check_broken_link(struct rmk_checking *c)
{
	each_odd_link(c, check_link);
}

// --- missing-path -------------------------------------------------------------

static bool
has_scheme(struct rmk_str dest)
{
	size_t n = 0;

	while (n < dest.n && (rmk_is_letter(dest.s[n]) ||
				 (n && memchr("+.-0123456789", dest.s[n], 13))))
		n++;
	return n > 1 && n < dest.n && dest.s[n] == ':';
}

static int
hex(char ch)
{
	if (ch >= '0' && ch <= '9')
		return ch - '0';
	return (ch | 0x20) >= 'a' && (ch | 0x20) <= 'f' ? (ch | 0x20) - 'a' + 10 : -1;
}

static bool
is_ascii_mark(char ch)
{
	return ch > ' ' && ch < 0x7F && !rmk_is_digit(ch) && !rmk_is_letter(ch);
}

// With %XX undone, and the backslash before a mark ('\_') taken away.
static struct rmk_str
unescape(struct rmk_checking *c, struct rmk_str text)
{
	char *out = rmk_arena_alloc(c->a, text.n);
	size_t n = 0;

	for (size_t i = 0; i < text.n; i++) {
		bool escaped;

		if (text.s[i] == '\\' && i + 1 < text.n && is_ascii_mark(text.s[i + 1]))
			i++;
		escaped = text.s[i] == '%' && i + 2 < text.n && hex(text.s[i + 1]) >= 0 &&
		          hex(text.s[i + 2]) >= 0;

		out[n++] = escaped ? (char)(hex(text.s[i + 1]) * 16 + hex(text.s[i + 2]))
		                   : text.s[i];
		i += escaped ? 2 : 0;
	}
	return (struct rmk_str){out, n};
}

// A path relative to the document's folder as one from the top of the tree, "." and ".."
// resolved. False when it leads out of the tree.
static bool
broken_links_resolve(struct rmk_checking *c, struct rmk_str path, struct rmk_str *out)
{
	struct rmk_str from = c->opts->tree_path, part, rest = path;
	size_t slash = rmk_str_rchr(from, '/');
	char *s = rmk_arena_alloc(c->a, from.n + path.n + 2);
	size_t n = 0;

	if (path.n && path.s[0] != '/' && slash != RMK_NONE) {
		memcpy(s, from.s, slash);
		n = slash;
	}
	while (rmk_str_split(&rest, '/', &part)) {
		if (part.n == 0 || rmk_str_eq(part, RMK_STR(".")))
			continue;
		if (rmk_str_eq(part, RMK_STR(".."))) {
			if (n == 0)
				return false;
			while (n && s[n - 1] != '/')
				n--;
			n -= n > 0;
			continue;
		}
		if (n)
			s[n++] = '/';
		memcpy(s + n, part.s, part.n);
		n += part.n;
	}
	*out = (struct rmk_str){s, n};
	return true;
}

static bool
is_path(struct rmk_str dest)
{
	return dest.n && dest.s[0] != '#' && !has_scheme(dest) &&
	       !rmk_str_starts(dest, RMK_STR("//")) && !memchr(dest.s, '{', dest.n) &&
	       !memchr(dest.s, '<', dest.n);
}

static void
broken_links_check_path(
    struct rmk_checking *c, const struct table_info *t, const struct cell_link *link)
{
	struct rmk_str path = dest_of(c, link), full;
	size_t n = 0;

	if (!link->closed || link->form != LINK_PLAIN || !is_path(path) ||
	    fault_of(c, link).why)
		return;
	while (n < path.n && path.s[n] != '#' && path.s[n] != '?')
		n++;
	path = unescape(c, rmk_str_part(path, 0, n));
	if (!broken_links_resolve(c, path, &full))
		check_report_link(c, t, link, "the link leads out of the repository",
		    "take a '../' away");
	else if (full.n && !c->opts->exists(c->opts->ctx, full))
		check_report_link(c, t, link, "the repository has no file of this name",
		    "paths count from the folder of the file they stand in");
}

void
check_missing_path(struct rmk_checking *c)
{
	if (c->opts->exists)
		each_odd_link(c, broken_links_check_path);
}

// --- missing-anchor -----------------------------------------------------------

static struct rmk_str
broken_links_lower(struct rmk_checking *c, struct rmk_str text)
{
	char *out = rmk_arena_alloc(c->a, text.n);

	for (size_t i = 0; i < text.n; i++)
		out[i] = rmk_lower(text.s[i]);
	return (struct rmk_str){out, text.n};
}

// Names given behind "id=", "name=" or "{#": up to what ends a name.
static void
add_given(struct rmk_checking *c, struct rmk_map *out, const char *before)
{
	struct rmk_str text = c->doc->text, rest;
	size_t from = 0, at, n;

	while ((at = rmk_str_find(rmk_str_from(text, from), rmk_str_of(before))) !=
	       RMK_NONE) {
		from += at + strlen(before);
		if (from < text.n && (text.s[from] == '"' || text.s[from] == '\''))
			from++;
		rest = rmk_str_from(text, from);
		for (n = 0; n < rest.n && !memchr("\"' >}\n", rest.s[n], 6);)
			n++;
		*rmk_map_put(out, broken_links_lower(c, rmk_str_part(rest, 0, n))) = 0;
	}
}

// All anchors of the page, in lower case.
static struct rmk_map *
anchors_of(struct rmk_checking *c)
{
	struct rmk_map *map = RMK_NEW(c->a, struct rmk_map);

	map->arena = c->a;
	for (size_t i = 0; i < c->doc->nheadings; i++)
		*rmk_map_put(map, broken_links_lower(c, c->doc->headings[i].anchor)) = 0;
	add_given(c, map, "id=");
	add_given(c, map, "name=");
	add_given(c, map, "{#");
	return map;
}

static void
check_anchor(
    struct rmk_checking *c, const struct table_info *t, const struct cell_link *link)
{
	struct rmk_str name = dest_of(c, link);

	// '#/...' leads to a page of a site that a script shows.
	if (!link->closed || name.n < 2 || name.s[0] != '#' || name.s[1] == '/')
		return;
	name = broken_links_lower(c, unescape(c, rmk_str_from(name, 1)));
	if (rmk_str_starts(name, RMK_STR("user-content-")))
		name = rmk_str_from(name, 13);
	if (rmk_str_starts(name, RMK_STR("fn")) || rmk_str_eq(name, RMK_STR("top")))
		return;
	if (c->anchors == NULL)
		c->anchors = anchors_of(c);
	if (rmk_map_get(c->anchors, name) == RMK_NONE)
		check_report_link(c, t, link, "no heading of this page has the anchor",
		    "an anchor is the heading in lower case, with '-' for spaces");
}

void
check_missing_anchor(struct rmk_checking *c)
{
	each_odd_link(c, check_anchor);
}
