// A cell as HTML: links, images as their text, code, strong and emphasis, line breaks.
//
// The reader of values (table/value.h) knows links and plain text. Between the links the
// text is cut at code spans and <br>; what remains is shown as a reader sees it. Nothing
// is passed through: each byte is either escaped text or markup written here.
#include "ops/page.h"
#include "table/cells.h"
#include "table/value.h"

// Only these may be followed from a page; anything else (javascript:, data:) is shown as
// text. A link without a scheme is relative to the page.
static bool
is_safe_url(struct rmk_str url)
{
	static const struct rmk_str schemes[] = {
	    {"https://", 8}, {"http://", 7}, {"mailto:", 7}};
	size_t colon = rmk_str_chr(url, ':'), slash = rmk_str_chr(url, '/');

	for (size_t i = 0; i < sizeof schemes / sizeof *schemes; i++) {
		if (rmk_str_eq_nocase(rmk_str_part(url, 0, schemes[i].n), schemes[i]))
			return true;
	}
	for (size_t i = 0; i < url.n; i++) {
		if ((unsigned char)url.s[i] <= 0x20)
			return false;
	}
	return url.n &&
	       (colon == RMK_NONE || slash < colon || url.s[0] == '#' || url.s[0] == '?');
}

static void
put_text(struct rmk_buf *out, struct rmk_str raw)
{
	bool lead = raw.n && raw.s[0] == ' ', trail = raw.n && raw.s[raw.n - 1] == ' ';
	struct rmk_str text = rmk_str_trim(rmk_value_text(out->arena, raw));

	if (lead && text.n)
		rmk_buf_addc(out, ' ');
	rmk_buf_xml(out, text);
	if (trail)
		rmk_buf_addc(out, ' ');
}

static void
put_element(struct rmk_buf *out, const char *name, struct rmk_str raw, bool verbatim)
{
	rmk_buf_printf(out, "<%s>", name);
	if (verbatim)
		rmk_buf_xml(out, rmk_str_trim(rmk_cell_content(out->arena, raw)));
	else
		put_text(out, raw);
	rmk_buf_printf(out, "</%s>", name);
}

// What may stand between two equal marks: markup, and how many bytes each mark has.
static const struct mark {
	struct rmk_str mark;
	const char *element;
	bool verbatim;
} marks[] = {
    {{"``", 2}, "code", true},
    {{"`", 1}, "code", true},
    {{"**", 2}, "strong", false},
    {{"~~", 2}, "del", false},
    {{"*", 1}, "em", false},
};

// A marked stretch at the front of raw; returns its length, 0 when there is none.
static size_t
put_marked(struct rmk_buf *out, struct rmk_str raw)
{
	for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
		struct rmk_str mark = marks[i].mark, rest;
		size_t end;

		if (!rmk_str_starts(raw, mark))
			continue;
		rest = rmk_str_from(raw, mark.n);
		end = rmk_str_find(rest, mark);
		if (end == RMK_NONE || end == 0 ||
		    (rest.s[0] == ' ' && !marks[i].verbatim))
			continue;
		put_element(
		    out, marks[i].element, rmk_str_part(rest, 0, end), marks[i].verbatim);
		return mark.n * 2 + end;
	}
	return 0;
}

// A line break's tag at the front; its length, or 0.
static size_t
break_length(struct rmk_str raw)
{
	static const struct rmk_str breaks[] = {{"<br>", 4}, {"<br/>", 5}, {"<br />", 6}};

	for (size_t i = 0; i < sizeof breaks / sizeof *breaks; i++) {
		if (rmk_str_eq_nocase(rmk_str_part(raw, 0, breaks[i].n), breaks[i]))
			return breaks[i].n;
	}
	return 0;
}

// Text without links.
static void
put_plain(struct rmk_buf *out, struct rmk_str raw)
{
	size_t from = 0, i = 0;

	while (i < raw.n) {
		struct rmk_str rest = rmk_str_from(raw, i);
		size_t n = 0;

		if (raw.s[i] == '\\') {
			i += 2;
			continue;
		}
		if (raw.s[i] == '<' && (n = break_length(rest))) {
			put_text(out, rmk_str_part(raw, from, i - from));
			rmk_buf_adds(out, "<br>");
		} else if (raw.s[i] == '`' || raw.s[i] == '*' || raw.s[i] == '~') {
			struct rmk_buf marked = {.arena = out->arena};

			if ((n = put_marked(&marked, rest))) {
				put_text(out, rmk_str_part(raw, from, i - from));
				rmk_buf_add(out, rmk_buf_str(&marked));
			}
		}
		i += n ? n : 1;
		from = n ? i : from;
	}
	put_text(out, rmk_str_from(raw, from));
}

static void
put_link(struct rmk_buf *out, const struct rmk_link *link)
{
	struct rmk_str label = link->label.n ? link->label : link->url;

	if (link->image || link->reference || !is_safe_url(link->url)) {
		rmk_buf_xml(out, label);
		return;
	}
	rmk_buf_adds(out, "<a href=\"");
	rmk_buf_xml(out, link->url);
	rmk_buf_adds(out, "\" rel=\"noreferrer\">");
	rmk_buf_xml(out, label);
	rmk_buf_adds(out, "</a>");
}

void
rmk_page_cell(struct rmk_buf *out, struct rmk_str raw)
{
	struct rmk_link *links;
	size_t n = rmk_value_links(out->arena, raw, &links);
	const char *at = raw.s, *end = raw.s + raw.n;

	for (size_t i = 0; i < n; i++) {
		// An image inside a link stands within what is already behind us.
		if (links[i].raw.s < at || links[i].raw.s + links[i].raw.n > end)
			continue;
		put_plain(out, (struct rmk_str){at, (size_t)(links[i].raw.s - at)});
		put_link(out, &links[i]);
		at = links[i].raw.s + links[i].raw.n;
	}
	put_plain(out, (struct rmk_str){at, (size_t)(end - at)});
}
