// A badge as shields.io draws it: the same geometry, so that it fits beside others.
//
//	 5  label  5 5 message 5       a label's width is its text in 11px Verdana, made odd
//	+-----------+-------------+    so that letters fall on whole pixels
//	| progress  |  2 of 13    |
//	+-----------+-------------+    text is placed in tenths of a pixel, as there
#include "summary/chart.h"

#include "base/utf8.h"

#define PAD 5
#define HEIGHT 20
#define TENTHS 10

// Widths of ' ' to '~' in 11px Verdana, in hundredths of a pixel. What is beyond
// them is taken as wide as a digit, or as the em when it is a wide character; SVG's
// textLength then makes the text as long as it was taken to be.
#define WIDTH_FIRST ' '
#define WIDTH_DIGIT 699
#define WIDTH_EM 1100
static const uint16_t widths[] = {387, 433, 505, 900, 699, 1184, 799, 295, 500, 500, 699,
    900, 400, 500, 400, 500, 699, 699, 699, 699, 699, 699, 699, 699, 699, 699, 500, 500,
    900, 900, 900, 600, 1100, 752, 754, 768, 848, 696, 632, 853, 827, 463, 500, 762, 612,
    927, 823, 866, 663, 866, 765, 752, 678, 805, 752, 1088, 754, 677, 754, 500, 500, 500,
    900, 699, 699, 661, 685, 573, 685, 655, 387, 685, 696, 302, 379, 651, 302, 1070, 696,
    668, 685, 685, 469, 573, 433, 696, 651, 900, 651, 651, 578, 698, 500, 698, 900};

static size_t
width_of(struct rmk_str text)
{
	size_t sum = 0, n;

	for (size_t at = 0; at < text.n; at += n) {
		unsigned char c = (unsigned char)text.s[at];
		n = rmk_utf8_grapheme(text, at);
		if (n == 1 && c >= WIDTH_FIRST && c <= '~')
			sum += widths[c - WIDTH_FIRST];
		else
			sum += rmk_utf8_width(rmk_str_part(text, at, n)) > 1
			           ? WIDTH_EM
			           : WIDTH_DIGIT;
	}
	return (sum / 100) | 1;
}

static const struct {
	unsigned least; // percent
	const char *color, *name;
} scale[] = {
    {100, "#4c1", "brightgreen"},
    {75, "#97ca00", "green"},
    {50, "#a4a61d", "yellowgreen"},
    {25, "#dfb317", "yellow"},
    {0, "#fe7d37", "orange"},
};
static const char none[] = "#9f9f9f", none_name[] = "lightgrey";

static size_t
scale_at(unsigned percent)
{
	size_t i = 0;

	while (percent < scale[i].least)
		i++;
	return i;
}

const char *
rmk_chart_badge_color(unsigned percent, size_t done)
{
	return done ? scale[scale_at(percent)].color : none;
}

const char *
rmk_chart_badge_color_name(unsigned percent, size_t done)
{
	return done ? scale[scale_at(percent)].name : none_name;
}

// The text twice: its shadow one pixel lower, then itself.
static void
chart_badge_add_text(
    struct rmk_buf *out, struct rmk_str text, size_t middle, size_t width)
{
	for (int shadow = 1; shadow >= 0; shadow--) {
		rmk_buf_printf(out, "<text %sx=\"%zu\" y=\"%d\" textLength=\"%zu\">",
		    shadow ? "aria-hidden=\"true\" fill=\"#010101\" fill-opacity=\".3\" "
			   : "",
		    middle, shadow ? 150 : 140, width * TENTHS);
		rmk_buf_xml(out, text);
		rmk_buf_adds(out, "</text>");
	}
}

void
rmk_chart_badge(
    struct rmk_buf *out, struct rmk_str label, struct rmk_str message, const char *color)
{
	size_t lw = width_of(label), mw = width_of(message);
	size_t left = lw + 2 * PAD, right = mw + 2 * PAD, width = left + right;

	rmk_buf_printf(out,
	    "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%zu\" height=\"%d\" "
	    "role=\"img\" aria-label=\"",
	    width, HEIGHT);
	for (int title = 0; title < 2; title++) {
		rmk_buf_adds(out, title ? "\"><title>" : "");
		rmk_buf_xml(out, label);
		rmk_buf_adds(out, ": ");
		rmk_buf_xml(out, message);
	}
	rmk_buf_printf(out,
	    "</title><linearGradient id=\"s\" x2=\"0\" y2=\"100%%\">"
	    "<stop offset=\"0\" stop-color=\"#bbb\" stop-opacity=\".1\"/>"
	    "<stop offset=\"1\" stop-opacity=\".1\"/></linearGradient>"
	    "<clipPath id=\"r\"><rect width=\"%zu\" height=\"%d\" rx=\"3\"/></clipPath>"
	    "<g clip-path=\"url(#r)\"><rect width=\"%zu\" height=\"%d\" fill=\"#555\"/>"
	    "<rect x=\"%zu\" width=\"%zu\" height=\"%d\" fill=\"%s\"/>"
	    "<rect width=\"%zu\" height=\"%d\" fill=\"url(#s)\"/></g>"
	    "<g fill=\"#fff\" text-anchor=\"middle\" "
	    "font-family=\"Verdana,Geneva,DejaVu Sans,sans-serif\" "
	    "text-rendering=\"geometricPrecision\" font-size=\"110\">"
	    "<g transform=\"scale(.1)\">",
	    width, HEIGHT, left, HEIGHT, left, right, HEIGHT, color, width, HEIGHT);
	// The label's middle is a pixel further right than half its box, the
	// message's a pixel further left: that is where the eye wants them.
	chart_badge_add_text(out, label, (1 + PAD) * TENTHS + lw * TENTHS / 2, lw);
	chart_badge_add_text(
	    out, message, (left - 1 + PAD) * TENTHS + mw * TENTHS / 2, mw);
	rmk_buf_adds(out, "</g></g></svg>\n");
}
