// What the SVG charts share: the ground they are drawn on, and classes for the colors.
//
//	<svg><title/><desc/><style/><rect class="ground"/>   rmk_svg_begin
//	  ... bars, lines, texts of the chart ...
//	</svg>                                               rmk_svg_end
//
// Colors are those of base/colors.h: light, and dark where the reader's system is.
#ifndef RMK_SUMMARY_CHART_SVG_H
#define RMK_SUMMARY_CHART_SVG_H

#include "base/buf.h"

// The open tag with title and description; styled: with style and ground. Sizes in pixels.
void rmk_svg_begin(struct rmk_buf *out, bool styled, unsigned width, unsigned height,
    struct rmk_str title, struct rmk_str desc);
void rmk_svg_end(struct rmk_buf *out);

// The front of text that fits into so many pixels in letters of 12, whichever font the reader
// has: whole graphemes, each as wide as the widest usual font draws it.
struct rmk_str rmk_svg_clip(struct rmk_str text, unsigned pixels);

// Text that fits into so many pixels, in letters of so many. Where it was cut an ellipsis
// follows, and the whole is its tooltip. It goes inside <text>.
void rmk_svg_text(
    struct rmk_buf *out, struct rmk_str text, unsigned pixels, unsigned letters);

// The line at the top: the title, and at the right what was counted.
void rmk_svg_headline(struct rmk_buf *out, unsigned width, unsigned y,
    struct rmk_str title, struct rmk_str counted);

#endif
