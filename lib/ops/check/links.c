// Links in cells: those that lead nowhere, and those that stand twice.
//
// Cells are scanned for "](", which nearly always is a link someone wrote, and not asked
// of a parser: a link that is no link for the parser is just what is looked for.
#include "ops/check/links.h"
#include "base/utf8.h"
#include "ops/check/checking.h"
#include "table/value.h"

#include <string.h>

static bool
starts(struct rmk_str text, const char *prefix)
{
	size_t n = strlen(prefix);

	return text.n >= n && memcmp(text.s, prefix, n) == 0;
}

bool
check_starts_nocase(struct rmk_str text, const char *prefix)
{
	return rmk_str_eq_nocase(
	    rmk_str_part(text, 0, strlen(prefix)), rmk_str_of(prefix));
}

// --- where a link leads -------------------------------------------------------

static size_t
label_start(struct rmk_str cell, size_t close)
{
	size_t depth = 0;

	for (size_t i = close; i-- > 0;) {
		if (cell.s[i] == ']')
			depth++;
		else if (cell.s[i] == '[' && depth-- == 0)
			return i + 1;
	}
	return RMK_NONE;
}

// The end of a title from `at` ("...", '...' or (...)), or `at` when there is none.
static size_t
skip_title(struct rmk_str cell, size_t at)
{
	size_t i = at;
	char shut;

	while (i < cell.n && cell.s[i] == ' ')
		i++;
	if (i == at || i == cell.n || !memchr("\"'(", cell.s[i], 3))
		return at;
	shut = cell.s[i] == '(' ? ')' : cell.s[i];
	for (i++; i < cell.n && cell.s[i] != shut;)
		i++;
	if (i == cell.n)
		return at;
	for (i++; i < cell.n && cell.s[i] == ' ';)
		i++;
	return i < cell.n && cell.s[i] == ')' ? i : at;
}

// Read the destination that starts at `at`, behind "](".
static void
read_dest(struct rmk_str cell, size_t at, struct written *w)
{
	size_t i = at, depth = 0, end;

	while (i < cell.n && cell.s[i] == ' ')
		i++;
	w->at = i;
	if (i < cell.n && cell.s[i] == '<') {
		while (i < cell.n && cell.s[i] != '>')
			i++;
		w->angled = i < cell.n;
		i += w->angled;
		w->dest = rmk_str_part(cell, w->at + 1, i - w->at - 2);
		i = skip_title(cell, i);
		w->closed = i < cell.n && cell.s[i] == ')';
		w->end = i + w->closed;
		return;
	}
	for (; i < cell.n; i++) {
		if (cell.s[i] == '(')
			depth++;
		else if (cell.s[i] == ')' && depth-- == 0)
			break;
		else if (cell.s[i] == ' ' && skip_title(cell, i) > i) {
			w->dest = rmk_str_part(cell, w->at, i - w->at);
			w->end = skip_title(cell, i) + 1;
			w->closed = true;
			return;
		}
	}
	for (end = i; end > w->at && cell.s[end - 1] == ' ';)
		end--;
	w->dest = rmk_str_part(cell, w->at, end - w->at);
	w->closed = i < cell.n;
	w->end = i + w->closed;
}

// Whether `at` stands in a code span of the cell.
static bool
in_code(struct rmk_str cell, size_t at)
{
	bool code = false;

	for (size_t i = 0; i < at; i++)
		code ^= cell.s[i] == '`' && (i == 0 || cell.s[i - 1] != '`');
	return code && memchr(cell.s + at, '`', cell.n - at) != NULL;
}

bool
check_next_link(struct rmk_str cell, size_t *at, struct written *out)
{
	while (*at + 1 < cell.n) {
		const char *p = memchr(cell.s + *at, ']', cell.n - *at - 1);
		size_t close, start;

		if (p == NULL)
			return false;
		close = (size_t)(p - cell.s);
		*at = close + 1;
		if (p[1] != '(')
			continue;
		start = label_start(cell, close);
		if (start == RMK_NONE || in_code(cell, close))
			continue;
		*out = (struct written){
		    .label = rmk_str_part(cell, start, close - start)};
		read_dest(cell, close + 2, out);
		*at = out->closed ? out->end : close + 2;
		return true;
	}
	return false;
}

// --- what is wrong with it ----------------------------------------------------

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
		if (!memchr("-._", host.s[i], 3) &&
		    !(host.s[i] >= '0' && host.s[i] <= '9') &&
		    !((host.s[i] | 0x20) >= 'a' && (host.s[i] | 0x20) <= 'z'))
			return false;
	top = rmk_str_from(host, dot + 1);
	for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
		if (rmk_str_eq_nocase(top, rmk_str_of(ends[i])))
			return true;
	return false;
}

// "http//x", "https:/x", "htps://x", "https;//x": meant as a scheme and none.
static bool
is_bad_scheme(struct rmk_str dest)
{
	size_t n = 0, marks = n;
	struct rmk_str word;

	while (n < dest.n && (dest.s[n] | 0x20) >= 'a' && (dest.s[n] | 0x20) <= 'z')
		n++;
	word = rmk_str_part(dest, 0, n);
	if (n < 3 || n > 7)
		return false;
	for (marks = n; marks < dest.n && memchr(":;/.", dest.s[marks], 4);)
		marks++;
	if (rmk_str_eq_nocase(word, RMK_STR("http")) ||
	    rmk_str_eq_nocase(word, RMK_STR("https")))
		return marks > n && memchr(dest.s + n, '/', marks - n) &&
		       !rmk_str_eq(rmk_str_part(dest, n, marks - n), RMK_STR("://"));
	return starts(rmk_str_from(dest, n), "://") &&
	       (rmk_str_distance(word, RMK_STR("https"), 2) <= 2) &&
	       (word.s[0] | 0x20) == 'h';
}

// Why a link does not work, or NULL.
static const char *
fault_of(const struct written *w)
{
	struct rmk_str dest = w->dest, rest;

	if (rmk_str_find(dest, RMK_STR("{{")) != RMK_NONE ||
	    rmk_str_find(dest, RMK_STR("{%")) != RMK_NONE)
		return NULL; // a template makes the target
	if (dest.n == 0)
		return w->label.n && w->closed ? "the link has no target" : NULL;
	if (dest.s[0] == '[' || rmk_str_find(dest, RMK_STR("](")) != RMK_NONE)
		return "a link stands inside the link's target";
	if (!w->closed)
		return check_starts_nocase(dest, "http")
		           ? "the link's ')' is missing: it is shown as text"
		           : NULL;
	if (!w->angled && memchr(dest.s, ' ', dest.n))
		return "a space in the link's target: it is shown as text";
	if (is_bad_scheme(dest))
		return "the link's scheme is misspelled";
	rest = rmk_str_from(dest, check_starts_nocase(dest, "https://") ? 8 : 7);
	if ((check_starts_nocase(dest, "http://") ||
		check_starts_nocase(dest, "https://")) &&
	    (check_starts_nocase(rest, "http://") ||
		check_starts_nocase(rest, "https://")))
		return "the link's target has two schemes";
	if ((check_starts_nocase(dest, "http://") ||
		check_starts_nocase(dest, "https://")) &&
	    (rest.n == 0 || rest.s[0] == '/'))
		return "the link's target names no site";
	if (is_site(dest))
		return "the link has no https://: it leads to a file of this name";
	return NULL;
}

// "[label] (https://...)" and "(label)[https://...]".
static size_t
find_loose(struct rmk_str cell, const char **why)
{
	static const struct {
		const char *part, *why;
	} forms[] = {
	    {"] (http", "a space between label and target: no link"},
	    {")[http", "round and square brackets are exchanged: no link"},
	};

	for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
		size_t at = rmk_str_find(cell, rmk_str_of(forms[i].part));

		if (at != RMK_NONE && !in_code(cell, at) &&
		    (i || label_start(cell, at) != RMK_NONE)) {
			*why = forms[i].why;
			return at;
		}
	}
	return RMK_NONE;
}

static void
report_link(struct rmk_checking *c, const struct table_info *t, uint32_t row, size_t col,
    size_t at, struct rmk_str found, const char *why)
{
	struct rmk_span span = t->table->rows[row].cells[col];
	struct rmk_finding *f = check_report_cell(c, t, row, col,
	    check_printf(c, "%s: '%.*s'", why, RMK_FMT(check_short(c, found))));

	if (f == NULL)
		return;
	f->at = check_span_place(
	    c->doc, (struct rmk_span){span.at + (uint32_t)at,
			(uint32_t)(at + found.n > span.len ? span.len - at : found.n)});
	f->found = found;
	if (strstr(why, "https://"))
		f->wanted = check_printf(c, "https://%.*s", RMK_FMT(found));
}

static void
check_cell_links(
    struct rmk_checking *c, const struct table_info *t, uint32_t row, size_t col)
{
	struct rmk_str cell = rmk_doc_cell(c->doc, &t->table->rows[row], col);
	struct written w;
	const char *why;
	size_t at = 0;

	while (check_next_link(cell, &at, &w)) {
		why = fault_of(&w);
		if (why == NULL)
			continue;
		report_link(c, t, row, col, w.at, w.dest.n ? w.dest : w.label, why);
		return;
	}
	at = find_loose(cell, &why);
	if (at != RMK_NONE)
		report_link(c, t, row, col, at, rmk_str_from(cell, at), why);
}

// Call do for every cell that can hold a link.
static void
each_linked(struct rmk_checking *c,
    void (*act)(struct rmk_checking *, const struct table_info *, uint32_t, size_t))
{
	for (size_t i = 0; i < c->doc->ntables; i++) {
		const struct table_info *t = &c->tables[i];

		for (uint32_t r = 0; r < t->table->nrows; r++) {
			const struct rmk_row *row = &t->table->rows[r];

			for (uint32_t col = 0; col < row->ncells; col++)
				if (row->cells[col].len > 3 && col < t->table->ncols &&
				    memchr(c->doc->text.s + row->cells[col].at, ']',
					row->cells[col].len))
					act(c, t, r, col);
		}
	}
}

void
check_broken_link(struct rmk_checking *c)
{
	each_linked(c, check_cell_links);
}

// --- links into the tree ------------------------------------------------------

static bool
has_scheme(struct rmk_str dest)
{
	size_t n = 0;

	while (n < dest.n && (((dest.s[n] | 0x20) >= 'a' && (dest.s[n] | 0x20) <= 'z') ||
				 (n && memchr("+.-0123456789", dest.s[n], 13))))
		n++;
	return n > 1 && n < dest.n && dest.s[n] == ':';
}

static int
hex(char ch)
{
	const char *p = memchr("0123456789abcdef", ch | 0x20, 16);
	const char *digit = memchr("0123456789", ch, 10);

	return digit ? ch - '0' : p && (ch | 0x20) >= 'a' ? (ch | 0x20) - 'a' + 10 : -1;
}

// With %XX undone.
static struct rmk_str
unescape(struct rmk_checking *c, struct rmk_str text)
{
	char *out = rmk_arena_alloc(c->a, text.n);
	size_t n = 0;

	for (size_t i = 0; i < text.n; i++) {
		bool escaped = text.s[i] == '%' && i + 2 < text.n &&
		               hex(text.s[i + 1]) >= 0 && hex(text.s[i + 2]) >= 0;

		out[n++] = escaped ? (char)(hex(text.s[i + 1]) * 16 + hex(text.s[i + 2]))
		                   : text.s[i];
		i += escaped ? 2 : 0;
	}
	return (struct rmk_str){out, n};
}

// A path relative to the document's folder as one from the top of the tree, "." and ".."
// resolved. False when it leads out of the tree.
static bool
resolve(struct rmk_checking *c, struct rmk_str path, struct rmk_str *out)
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
is_plain_path(struct rmk_str dest)
{
	return dest.n && dest.s[0] != '#' && !has_scheme(dest) && !starts(dest, "//") &&
	       !is_site(dest) && !is_bad_scheme(dest) && !memchr(dest.s, '{', dest.n) &&
	       !memchr(dest.s, '<', dest.n);
}

static void
check_cell_paths(
    struct rmk_checking *c, const struct table_info *t, uint32_t row, size_t col)
{
	struct rmk_str cell = rmk_doc_cell(c->doc, &t->table->rows[row], col);
	struct written w;
	size_t at = 0;

	while (check_next_link(cell, &at, &w)) {
		struct rmk_str path = w.dest, full;
		size_t n = 0;

		if (!w.closed || fault_of(&w) || !is_plain_path(w.dest))
			continue;
		while (n < path.n && path.s[n] != '#' && path.s[n] != '?')
			n++;
		path = unescape(c, rmk_str_part(path, 0, n));
		if (!resolve(c, path, &full))
			report_link(c, t, row, col, w.at, w.dest,
			    "the link leads out of the tree");
		else if (full.n && !c->opts->exists(c->opts->ctx, full))
			report_link(c, t, row, col, w.at, w.dest,
			    "nothing of this name in the tree");
	}
}

void
check_missing_path(struct rmk_checking *c)
{
	if (c->opts->exists)
		each_linked(c, check_cell_paths);
}

// Whether the page has an anchor of this name: a heading, or an id somebody gave.
static bool
has_anchor(struct rmk_checking *c, struct rmk_str name)
{
	struct rmk_str text = c->doc->text;
	size_t at, from = 0;

	if (starts(name, "user-content-"))
		name = rmk_str_from(name, 13);
	for (size_t i = 0; i < c->doc->nheadings; i++)
		if (rmk_str_eq_nocase(c->doc->headings[i].anchor, name))
			return true;
	// <a id="x">, <a name='x'>, {#x}
	while ((at = rmk_str_find(rmk_str_from(text, from), name)) != RMK_NONE) {
		at += from;
		from = at + name.n;
		if (at > 0 && memchr("\"'=", text.s[at - 1], 3) &&
		    (from == text.n || memchr("\"' >", text.s[from], 4)))
			return true;
		if (at > 1 && text.s[at - 1] == '#' && text.s[at - 2] == '{')
			return true;
	}
	return false;
}

static void
check_cell_anchors(
    struct rmk_checking *c, const struct table_info *t, uint32_t row, size_t col)
{
	struct rmk_str cell = rmk_doc_cell(c->doc, &t->table->rows[row], col);
	struct written w;
	size_t at = 0;

	while (check_next_link(cell, &at, &w)) {
		struct rmk_str name = rmk_str_from(w.dest, 1);

		if (w.closed && w.dest.n > 1 && w.dest.s[0] == '#' &&
		    !has_anchor(c, unescape(c, name)) && !starts(name, "fn") &&
		    !starts(name, "top"))
			report_link(c, t, row, col, w.at, w.dest,
			    "no heading of this page has the anchor");
	}
}

void
check_missing_anchor(struct rmk_checking *c)
{
	each_linked(c, check_cell_anchors);
}
