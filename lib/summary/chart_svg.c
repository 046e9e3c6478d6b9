// The frame of every SVG chart.
//
// A ground of its own, because a picture in a README cannot ask whether the page is light
// or dark: prefers-color-scheme tells of the reader's system only, and the two may differ.
// With a ground the text is readable in either case.
#include "summary/chart_svg.h"

#include "base/utf8.h"

#include <string.h>

static const char style[] =
    "<style>"
    "text{font:12px -apple-system,BlinkMacSystemFont,\"Segoe UI\",\"Noto Sans\","
    "Helvetica,Arial,sans-serif;fill:#1f2328}"
    ".t{font-size:14px;font-weight:600}.n{fill:#59636e;font-size:12px}"
    ".ground{fill:#fff;stroke:#d1d9e0}.grid{stroke:#d1d9e0;stroke-width:1}"
    ".done{fill:#0969da}.doing{fill:#d4a72c}.todo{fill:#afb8c1}.rest{fill:#eaeef2}"
    ".scope{fill:none;stroke:#818b98;stroke-width:2}"
    ".line{fill:none;stroke:#0969da;stroke-width:2}.area{fill:#0969da;fill-opacity:.12}"
    ".blue{fill:#0969da}.mark{fill:#9a6700}"
    "@media(prefers-color-scheme:dark){"
    "text{fill:#f0f6fc}.n{fill:#9198a1}.ground{fill:#0d1117;stroke:#3d444d}"
    ".grid{stroke:#3d444d}.done{fill:#4493f8}.doing{fill:#d29922}.todo{fill:#656c76}"
    ".rest{fill:#21262d}.scope{stroke:#9198a1}.line{stroke:#4493f8}"
    ".area{fill:#4493f8;fill-opacity:.18}.blue{fill:#4493f8}"
    ".mark{fill:#d29922}}"
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
