// A cell as HTML: links, images as their text, code, strong, emphasis, strike-through and
// line breaks.
//
//	**[LoRA](x)** and `a \| b`<br>more
//	  <a><strong>LoRA</strong></a> and <code>a | b</code><br>more
//
// The reader of inline Markdown (gfm/inline.h) says of each byte what it is and how it
// is shown; here the bytes of one style become one element. Elements never overlap, since
// all are closed where the style changes. Nothing is passed through: each byte is either
// escaped text or markup written here.
#include "page/page.h"

#include "base/utf8.h"
#include "gfm/inline.h"
#include "gfm/inline_scan.h"

struct cell_writer {
	struct rmk_buf *out;
	const struct rmk_page_base *base;
	struct inline_cell cell;
	unsigned style; // open elements, enum inline_style
};

// --- links ------------------------------------------------------------------------------

static bool
is_absolute(struct rmk_str url)
{
	static const struct rmk_str schemes[] = {
	    {"https://", 8}, {"http://", 7}, {"mailto:", 7}};

	for (size_t i = 0; i < sizeof schemes / sizeof *schemes; i++) {
		if (rmk_str_eq_nocase(rmk_str_part(url, 0, schemes[i].n), schemes[i]))
			return true;
	}
	return false;
}

// A path, without a scheme before a ':' and without a host behind "//". Only these and
// the schemes above may be followed from a page; anything else (javascript:, data:) is
// shown as text.
static bool
is_relative(struct rmk_str url)
{
	size_t colon = rmk_str_chr(url, ':'), slash = rmk_str_chr(url, '/');

	for (size_t i = 0; i < url.n; i++) {
		if ((unsigned char)url.s[i] <= 0x20 || url.s[i] == '\\')
			return false;
	}
	return url.n && !rmk_str_starts(url, RMK_STR("//")) &&
	       (colon == RMK_NONE || slash < colon || url.s[0] == '#' || url.s[0] == '?');
}

// What leads from the page to where the link counts from; s == NULL: not known.
static struct rmk_str
base_of(const struct rmk_page_base *base, struct rmk_str url)
{
	if (!base || is_absolute(url))
		return RMK_STR("");
	if (url.s[0] == '#' || url.s[0] == '?')
		return base->file;
	return url.s[0] == '/' ? base->top : base->folder;
}

// The URL as Markdown means it: without escapes, entities as their character.
static struct rmk_str
page_cell_url_of(struct rmk_arena *a, const struct rmk_str raw)
{
	struct rmk_buf url = {.arena = a};
	char utf8[RMK_ENTITY_BYTES];

	for (size_t i = 0; i < raw.n;) {
		size_t len, n = rmk_inline_entity(raw, i, &len, utf8);

		if (len) {
			rmk_buf_add(&url, (struct rmk_str){utf8, n});
			i += len;
			continue;
		}
		i += raw.s[i] == '\\' && i + 1 < raw.n &&
		     rmk_inline_is_punct(raw.s[i + 1]);
		rmk_buf_addc(&url, raw.s[i++]);
	}
	return rmk_buf_str(&url);
}

// Open a link that may be followed. False: its text is without one.
static bool
open_link(struct cell_writer *w, const struct inline_link *link)
{
	struct rmk_str url, before;

	if (link->image || link->reference)
		return false;
	url = page_cell_url_of(w->out->arena, rmk_str_at(w->cell.raw, link->url));
	if (!is_absolute(url) && !is_relative(url))
		return false;
	before = link->bare && !is_absolute(url) ? RMK_STR("http://") // www.
	                                         : base_of(w->base, url);
	if (before.s == NULL)
		return false;
	rmk_buf_adds(w->out, "<a href=\"");
	rmk_buf_xml(w->out, before);
	rmk_buf_xml(w->out, rmk_str_from(url, before.n && url.s[0] == '/'));
	rmk_buf_adds(w->out, link->bare ? "\" class=\"url\">" : "\">");
	return true;
}

// --- text -------------------------------------------------------------------------------

// In the order in which they open; they close in the other one.
static const struct {
	unsigned style;
	const char *name;
} elements[] = {
    {INLINE_DEL, "del"},
    {INLINE_STRONG, "strong"},
    {INLINE_EM, "em"},
    {INLINE_CODE, "code"},
};
#define NELEMENTS (sizeof elements / sizeof *elements)

static void
set_style(struct cell_writer *w, unsigned style)
{
	if (w->style == style)
		return;
	for (size_t i = NELEMENTS; i-- > 0;) {
		if (w->style & elements[i].style)
			rmk_buf_printf(w->out, "</%s>", elements[i].name);
	}
	for (size_t i = 0; i < NELEMENTS; i++) {
		if (style & elements[i].style)
			rmk_buf_printf(w->out, "<%s>", elements[i].name);
	}
	w->style = style;
}

static void
put_char(struct cell_writer *w, size_t at)
{
	char utf8[RMK_ENTITY_BYTES];
	size_t len, n = rmk_inline_entity(w->cell.raw, at, &len, utf8);

	rmk_buf_xml(w->out, (struct rmk_str){utf8, n});
}

// What is at a byte, up to the next byte of another kind or style, at most to end.
static size_t
put_piece(struct cell_writer *w, size_t at, size_t end)
{
	const struct inline_cell *c = &w->cell;
	size_t to = at + 1, len;

	while (to < end && c->what[to] == c->what[at] && c->style[to] == c->style[at] &&
	       c->what[at] <= INLINE_DROP)
		to++;
	if (c->what[at] == INLINE_DROP)
		return to;
	set_style(w, c->style[at]);
	switch (c->what[at]) {
	case INLINE_SPACE:
		rmk_buf_adds(w->out, "<br>");
		break;
	case INLINE_ENTITY:
		put_char(w, at);
		break;
	case INLINE_EMOJI:
		rmk_buf_adds(w->out, rmk_inline_emoji(c->raw, at, &len));
		break;
	default:
		rmk_buf_xml(w->out, rmk_str_part(c->raw, at, to - at));
	}
	return to;
}

static void
put_pieces(struct cell_writer *w, size_t from, size_t end)
{
	while (from < end)
		from = put_piece(w, from, end);
	set_style(w, 0);
}

// A link with the text of its label; without any, its URL is what can be read.
static void
page_cell_put_link(struct cell_writer *w, const struct inline_link *link)
{
	size_t from = link->raw.at, end = from + link->raw.len;
	bool open = open_link(w, link);
	size_t before = w->out->n;

	put_pieces(w, from, end);
	if (w->out->n == before)
		rmk_buf_xml(w->out, rmk_str_at(w->cell.raw, link->url));
	if (open)
		rmk_buf_adds(w->out, "</a>");
}

void
rmk_page_cell(struct rmk_buf *out, struct rmk_str raw, const struct rmk_page_base *base)
{
	struct cell_writer w = {.out = out, .base = base};
	size_t at = 0;

	w.cell = rmk_inline_scan_styled(out->arena, raw);
	for (size_t i = 0; i < w.cell.nlinks; i++) {
		const struct inline_link *link = &w.cell.links[i];

		// An image inside a link is within what is already behind us.
		if (link->raw.at < at)
			continue;
		put_pieces(&w, at, link->raw.at);
		page_cell_put_link(&w, link);
		at = link->raw.at + link->raw.len;
	}
	put_pieces(&w, at, raw.n);
}
