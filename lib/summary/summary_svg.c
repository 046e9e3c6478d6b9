// A summary as a picture: a bar a line, parted into done, doing and the rest.
//
//	┌───────────────────────────────────────────────────────┐
//	│ Progress                                  2 of 13      │
//	│ papers        ████░░░░░░░░░░░░░░░░░░░░░   2 of 13 15 % │
//	│ videos        ...                                      │
//	│ ■ done 2  ■ doing 1  ■ to do 10                        │
//	└───────────────────────────────────────────────────────┘
#include "summary/chart.h"
#include "summary/chart_svg.h"
#include "summary/summary_formats.h"

#define WIDTH 640
#define PAD 20
#define LINE 26
#define BAR 14
#define LABEL 170
#define NUMBERS 130
#define LINES_MOST 60 // a taller picture is no picture any more

// What the bars are made of, in their order. Empty and unknown cells are the ground;
// what is closed is not shown, since it is not to be done.
static const struct {
	enum rmk_progress progress;
	const char *name, *style;
} bands[] = {
    {RMK_DONE, "done", "done"},
    {RMK_DOING, "doing", "doing"},
    {RMK_TODO, "to do", "todo"},
    {RMK_UNKNOWN, "unknown", "rest"},
    {RMK_EMPTY, "empty", "rest"},
};
#define NBANDS (sizeof bands / sizeof *bands)

static void
summary_svg_add_bar(struct rmk_buf *out, const struct rmk_tally *t, size_t y)
{
	double x = PAD + LABEL, width = WIDTH - 2 * PAD - LABEL - NUMBERS;

	for (size_t i = 0; i < NBANDS; i++) {
		size_t n = t->by[bands[i].progress];
		double all = (double)rmk_tally_open(t),
		       w = all > 0 ? width * (double)n / all : 0;
		if (n == 0)
			continue;
		rmk_buf_printf(out,
		    "<rect class=\"%s\" x=\"%.1f\" y=\"%zu\" width=\"%.1f\" "
		    "height=\"%d\"><title>%s: %zu</title></rect>\n",
		    bands[i].style, x, y, w, BAR, bands[i].name, n);
		x += w;
	}
}

// The labels in a frame of their own, whose edge cuts what a font draws wider than any other.
static void
add_labels_of(struct rmk_buf *out, const struct rmk_part *parts, size_t n, size_t y)
{
	rmk_buf_printf(
	    out, "<svg width=\"%d\" height=\"%zu\">\n", PAD + LABEL - 6, y + n * LINE);
	for (size_t i = 0; i < n; i++) {
		rmk_buf_printf(
		    out, "<text x=\"%d\" y=\"%zu\">", PAD, y + i * LINE + BAR - 3);
		rmk_svg_text(out, parts[i].label, LABEL - 6, 12);
		rmk_buf_adds(out, "</text>\n");
	}
	rmk_buf_adds(out, "</svg>\n");
}

static void
summary_svg_add_line(struct rmk_buf *out, const struct rmk_part *part, size_t y)
{
	summary_svg_add_bar(out, &part->tally, y);
	rmk_buf_printf(out,
	    "<text class=\"n\" x=\"%d\" y=\"%zu\" text-anchor=\"end\">%zu of %zu</text>\n"
	    "<text class=\"n\" x=\"%d\" y=\"%zu\" text-anchor=\"end\">%u %%</text>\n",
	    WIDTH - PAD - 46, y + BAR - 3, part->tally.by[RMK_DONE],
	    rmk_tally_open(&part->tally), WIDTH - PAD, y + BAR - 3,
	    rmk_tally_percent(&part->tally));
}

static void
add_legend(struct rmk_buf *out, const struct rmk_tally *t, size_t y)
{
	size_t x = PAD;

	for (size_t i = 0; i < NBANDS; i++) {
		struct rmk_str text;
		if (t->by[bands[i].progress] == 0)
			continue;
		text = rmk_str_printf(
		    out->arena, "%s %zu", bands[i].name, t->by[bands[i].progress]);
		rmk_buf_printf(out,
		    "<rect class=\"%s\" x=\"%zu\" y=\"%zu\" width=\"10\" height=\"10\"/>"
		    "<text class=\"n\" x=\"%zu\" y=\"%zu\">%.*s</text>\n",
		    bands[i].style, x, y, x + 15, y + 9, RMK_FMT(text));
		x += 15 + text.n * 7 + 14;
	}
}

static const struct rmk_part *
lines_of(const struct rmk_summary *s, size_t *n)
{
	const struct rmk_part *parts = s->tables;

	*n = s->ntables;
	if (s->ntables == 1 && s->tables[0].nparts) {
		*n = s->tables[0].nparts;
		parts = s->tables[0].parts;
	}
	if (*n > LINES_MOST)
		*n = LINES_MOST;
	return parts;
}

void
rmk_summary_write_svg(const struct rmk_summary *s, const struct rmk_summary_style *style,
    struct rmk_buf *out)
{
	const struct rmk_tally *whole = rmk_summary_whole(s);
	struct rmk_buf desc = {.arena = s->arena};
	struct rmk_str title = style->label.n ? style->label : RMK_STR("Progress");
	size_t n, y = PAD + 18 + LINE;
	const struct rmk_part *lines = lines_of(s, &n);

	for (size_t i = 0; i < n; i++)
		rmk_buf_printf(&desc, "%.*s: %zu of %zu done. ", RMK_FMT(lines[i].label),
		    lines[i].tally.by[RMK_DONE], rmk_tally_open(&lines[i].tally));
	rmk_svg_begin(out, true, WIDTH, (unsigned)(y + n * LINE + 34), title,
	    rmk_str_trim(rmk_buf_str(&desc)));
	rmk_svg_headline(out, WIDTH, PAD + 14, title,
	    rmk_str_printf(s->arena, "%zu of %zu · %u %%", whole->by[RMK_DONE],
		rmk_tally_open(whole), rmk_tally_percent(whole)));
	add_labels_of(out, lines, n, y);
	for (size_t i = 0; i < n; i++, y += LINE)
		summary_svg_add_line(out, &lines[i], y);
	add_legend(out, whole, y + 8);
	rmk_svg_end(out);
}
