// The frame of every SVG chart.
//
// A ground of its own, because a picture in a README cannot ask whether the page is light
// or dark: prefers-color-scheme is that of the reader's system, and the two may differ.
// With a ground the text is readable in either case.
#include "summary/chart_svg.h"

#include "base/colors.h"
#include "base/utf8.h"

#include <string.h>

#define MARGIN 20
#define BOLD 10 // pixels of a digit of the headline

static const char style[] =
    "<style>"
    "text{font:12px -apple-system,BlinkMacSystemFont,\"Segoe UI\",\"Noto Sans\","
    "Helvetica,Arial,sans-serif;fill:" RMK_LIGHT_TEXT "}"
    ".t{font-size:14px;font-weight:600}.n{fill:" RMK_LIGHT_NOTE ";font-size:12px}"
    ".ground{fill:" RMK_LIGHT_GROUND ";stroke:" RMK_LIGHT_GRID "}"
    ".grid{stroke:" RMK_LIGHT_GRID ";stroke-width:1}"
    ".done{fill:" RMK_LIGHT_DONE "}.doing{fill:" RMK_LIGHT_DOING "}"
    ".todo{fill:" RMK_LIGHT_TODO "}.rest{fill:" RMK_LIGHT_REST "}"
    ".scope{fill:none;stroke:" RMK_LIGHT_SCOPE ";stroke-width:2}"
    ".line{fill:none;stroke:" RMK_LIGHT_DONE ";stroke-width:2}"
    ".area{fill:" RMK_LIGHT_DONE ";fill-opacity:.12}"
    ".blue{fill:" RMK_LIGHT_DONE "}.mark{fill:" RMK_LIGHT_MARK "}"
    "@media(prefers-color-scheme:dark){"
    "text{fill:" RMK_DARK_TEXT "}.n{fill:" RMK_DARK_NOTE "}"
    ".ground{fill:" RMK_DARK_GROUND ";stroke:" RMK_DARK_GRID "}"
    ".grid{stroke:" RMK_DARK_GRID "}.done{fill:" RMK_DARK_DONE "}"
    ".doing{fill:" RMK_DARK_DOING "}.todo{fill:" RMK_DARK_TODO "}"
    ".rest{fill:" RMK_DARK_REST "}.scope{stroke:" RMK_DARK_SCOPE "}"
    ".line{stroke:" RMK_DARK_DONE "}"
    ".area{fill:" RMK_DARK_DONE ";fill-opacity:.18}.blue{fill:" RMK_DARK_DONE "}"
    ".mark{fill:" RMK_DARK_MARK "}}"
    "</style>\n";

void
rmk_svg_begin(struct rmk_buf *out, bool styled, unsigned width, unsigned height,
    struct rmk_str title, struct rmk_str desc)
{
	rmk_buf_printf(out,
	    "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %u %u\" "
	    "width=\"%u\" height=\"%u\" role=\"img\" aria-labelledby=\"title desc\">\n"
	    "<title id=\"title\">",
	    width, height, width, height);
	rmk_buf_xml(out, title);
	rmk_buf_adds(out, "</title>\n<desc id=\"desc\">");
	rmk_buf_xml(out, desc);
	rmk_buf_adds(out, "</desc>\n");
	if (!styled)
		return;
	rmk_buf_adds(out, style);
	rmk_buf_printf(out,
	    "<rect class=\"ground\" x=\".5\" y=\".5\" width=\"%u\" height=\"%u\" "
	    "rx=\"6\"/>\n",
	    width - 1, height - 1);
}

void
rmk_svg_end(struct rmk_buf *out)
{
	rmk_buf_adds(out, "</svg>\n");
}

// Half pixels, of Verdana, which is the widest of the usual ones.
static unsigned
half_pixels(struct rmk_str grapheme)
{
	char c = grapheme.s[0];

	if (grapheme.n > 1)
		return rmk_utf8_width(grapheme) > 1 ? 28 : 18;
	if (c && strchr("ijlI.,:;'|!()[] ft-", c))
		return 11;
	if (c && strchr("mwMW@%", c))
		return 25;
	return c >= 'A' && c <= 'Z' ? 19 : 16;
}

struct rmk_str
rmk_svg_clip(struct rmk_str text, unsigned pixels)
{
	size_t n = 0;
	unsigned used = 0;

	while (n < text.n) {
		size_t len = rmk_utf8_grapheme(text, n);

		used += half_pixels(rmk_str_part(text, n, len));
		if (used > 2 * pixels)
			break;
		n += len;
	}
	return rmk_str_part(text, 0, n);
}

void
rmk_svg_text(struct rmk_buf *out, struct rmk_str text, unsigned pixels, unsigned letters)
{
	unsigned room = pixels * 12 / letters;
	struct rmk_str shown = rmk_svg_clip(text, room);

	if (shown.n == text.n) {
		rmk_buf_xml(out, text);
		return;
	}
	rmk_buf_xml(out, rmk_svg_clip(text, room > 14 ? room - 14 : 0));
	rmk_buf_adds(out, "…<title>");
	rmk_buf_xml(out, text);
	rmk_buf_adds(out, "</title>");
}

void
rmk_svg_headline(struct rmk_buf *out, unsigned width, unsigned y, struct rmk_str title,
    struct rmk_str counted)
{
	unsigned right = BOLD * (unsigned)rmk_utf8_width(counted);

	rmk_buf_printf(out, "<text class=\"t\" x=\"%d\" y=\"%u\">", MARGIN, y);
	rmk_svg_text(
	    out, title, width > 3 * MARGIN + right ? width - 3 * MARGIN - right : 0, 16);
	rmk_buf_printf(out,
	    "</text>\n<text class=\"t\" x=\"%u\" y=\"%u\" "
	    "text-anchor=\"end\">%.*s</text>\n",
	    width - MARGIN, y, RMK_FMT(counted));
}
