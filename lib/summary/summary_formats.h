// The formats of a summary, between the files that write them.
//
//	struct rmk_summary ──▶ summary_formats.c   text? svg? md, json, ...
//	                         summary_text.c    bars on a terminal
//	                         summary_svg.c     the chart
#ifndef RMK_SUMMARY_SUMMARY_FORMATS_H
#define RMK_SUMMARY_SUMMARY_FORMATS_H

#include "summary/summary.h"

// The values of a tally on one line: "Not read 10 · Reading 1 · Read 2".
struct rmk_str rmk_summary_values(
    struct rmk_arena *a, const struct rmk_tally *t, bool ascii);

// The tally of the one table where there is only one, else the total.
const struct rmk_tally *rmk_summary_whole(const struct rmk_summary *s);

void rmk_summary_write_text(const struct rmk_summary *s,
    const struct rmk_summary_style *style, struct rmk_buf *out);
void rmk_summary_write_svg(const struct rmk_summary *s,
    const struct rmk_summary_style *style, struct rmk_buf *out);

#endif
