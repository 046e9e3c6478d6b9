// Pictures of numbers: bars, sparklines and charts.
//
//	██▍░░░░░░░░░░░░░     a bar: 2 of 13 in 16 columns, eighths of a column
//	▁▂▃▅▇█               a sparkline
//
// SVGs stand on a ground of their own, light or dark as the reader's system is, since a
// picture in a README cannot know the page's; every number in them is also text, and
// title and description are there for those who do not see it.
//
// Units: SVG pixels; terminal columns. Output is appended to a buffer, UTF-8.
#ifndef RMK_SUMMARY_CHART_H
#define RMK_SUMMARY_CHART_H

#include "base/buf.h"

// part of whole as a bar of `columns` terminal columns. It is empty only for nothing and
// full only for all. ascii: '#' and '.'.
void rmk_chart_bar(
    struct rmk_buf *out, size_t part, size_t whole, size_t columns, bool ascii);

// A column a value, from the least to the greatest of them. ascii: '_' to '#'.
void rmk_chart_spark(struct rmk_buf *out, const size_t *values, size_t n, bool ascii);

#endif
