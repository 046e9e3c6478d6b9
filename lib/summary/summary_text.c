// A summary for the terminal.
//
//	README.md#papers  2 of 13  ██▍░░░░░░░░░░░░░  15 %  Not read 10 · Reading 1 · Read 2
//	^ label           ^ of     ^ bar                   ^ values
//
// Columns are as wide as their widest cell. When the terminal is narrower, long labels
// are cut at their front (they differ at their ends), then the values, then the bar
// goes: the numbers always stand. Elsewhere nothing is cut, and one label of great length
// takes its own line out of the columns, not all others.
#include "summary/chart.h"
#include "summary/summary_formats.h"

#include "base/colors.h"
#include "base/utf8.h"

#define GAP 2
#define BAR_COLUMNS 16
#define VALUES_LEAST 16 // below this the values are left out
#define LABEL_LEAST 8
#define LABEL_MOST 80 // wider ones do not make the column wider
#define UNKNOWN_SHOWN 4
#define NOTES_MOST 3

struct layout {
	const struct rmk_summary_style *style;
	struct rmk_buf *out;
	struct rmk_arena *a;
	size_t label, of, bar, values; // widths; values 0: left out, RMK_NONE: no limit
};

static struct rmk_str
of_text(struct rmk_arena *a, const struct rmk_tally *t)
{
	return rmk_str_printf(a, "%zu of %zu", t->by[RMK_DONE], rmk_tally_open(t));
}

// Visit every part in the order it is shown, with its depth.
static void
summary_text_each_part(const struct rmk_part *part, size_t depth, struct layout *l,
    void (*visit)(struct layout *l, const struct rmk_part *part, size_t depth))
{
	visit(l, part, depth);
	for (size_t i = 0; i < part->nparts; i++)
		summary_text_each_part(&part->parts[i], depth + 1, l, visit);
}

static void
summary_text_measure(struct layout *l, const struct rmk_part *part, size_t depth)
{
	size_t label = rmk_utf8_width(rmk_shown(l->a, part->label)) + depth * GAP;
	size_t of = of_text(l->a, &part->tally).n;

	if (label > l->label && (label <= LABEL_MOST || l->style->width))
		l->label = label;
	l->of = of > l->of ? of : l->of;
}

static void
summary_text_fit(struct layout *l)
{
	size_t percent = sizeof "100 %" - 1, width = l->style->width, fixed;

	l->bar = BAR_COLUMNS;
	l->values = RMK_NONE;
	if (width == 0)
		return;
	fixed = GAP + l->of + GAP + l->bar + GAP + percent;
	if (l->label + fixed > width - VALUES_LEAST && l->label > width * 2 / 5)
		l->label = width * 2 / 5;
	if (l->label + fixed > width) {
		fixed -= l->bar + GAP;
		l->bar = 0;
	}
	if (l->label + fixed > width)
		l->label = width > fixed + LABEL_LEAST ? width - fixed : LABEL_LEAST;
	fixed += l->label;
	l->values = fixed + GAP + VALUES_LEAST <= width ? width - fixed - GAP : 0;
}

static void
add_padded(struct rmk_buf *out, struct rmk_str text, size_t width, bool right)
{
	size_t has = rmk_utf8_width(text);
	size_t pad = has < width ? width - has : 0;

	if (right)
		rmk_buf_fill(out, ' ', pad);
	rmk_buf_add(out, text);
	if (!right)
		rmk_buf_fill(out, ' ', pad);
}

static const char *
dots_of(const struct layout *l, size_t *width)
{
	*width = l->style->ascii ? 3 : 1;
	return l->style->ascii ? "..." : "…";
}

// Cut at the end, or, for an address, at the front.
static struct rmk_str
clip_front(const struct layout *l, struct rmk_str text, size_t width)
{
	size_t ndots, at = 0;
	const char *dots = dots_of(l, &ndots);

	text = rmk_shown(l->a, text);
	if (rmk_utf8_width(text) <= width)
		return text;
	while (at < text.n && rmk_utf8_width(rmk_str_from(text, at)) + ndots > width)
		at += rmk_utf8_grapheme(text, at);
	return rmk_str_printf(l->a, "%s%.*s", dots, RMK_FMT(rmk_str_from(text, at)));
}

static struct rmk_str
clip(const struct layout *l, struct rmk_str text, size_t width)
{
	size_t ndots;
	const char *dots = dots_of(l, &ndots);
	struct rmk_str front;

	text = rmk_shown(l->a, text);
	if (rmk_utf8_width(text) <= width)
		return text;
	front = rmk_utf8_clip(text, width > ndots ? width - ndots : 0);
	return rmk_str_printf(l->a, "%.*s%s", RMK_FMT(front), dots);
}

// "Not read 10 · Reading 1 · Read 2 · unknown: maybe 4, soon 1 · empty 8"
struct rmk_str
rmk_summary_values(struct rmk_arena *a, const struct rmk_tally *t, bool ascii)
{
	struct rmk_buf b = {.arena = a};
	const char *dot = ascii ? ", " : " · ";
	size_t unknown = 0, closed = 0;

	for (size_t i = 0; i < t->ncounts; i++) {
		const struct rmk_count *c = &t->counts[i];
		bool is_unknown = c->progress == RMK_UNKNOWN;
		if (is_unknown && unknown++ >= UNKNOWN_SHOWN)
			continue;
		if (b.n)
			rmk_buf_adds(&b, (is_unknown && unknown > 1) ||
						 (c->progress == RMK_CLOSED && closed)
					     ? ", "
					     : dot);
		if (is_unknown && unknown == 1)
			rmk_buf_adds(&b, "unknown: ");
		if (c->progress == RMK_CLOSED && closed++ == 0)
			rmk_buf_adds(&b, "closed: ");
		if (c->key.n)
			rmk_buf_add(&b, c->text);
		else
			rmk_buf_adds(&b, "empty");
		rmk_buf_printf(&b, " %zu", c->n);
	}
	if (unknown > UNKNOWN_SHOWN)
		rmk_buf_printf(
		    &b, "%s%zu unknown values more", dot, unknown - UNKNOWN_SHOWN);
	return rmk_buf_str(&b);
}

static void
summary_text_add_bar(struct layout *l, const struct rmk_tally *t)
{
	if (l->style->color)
		rmk_buf_adds(l->out, RMK_TERM_GREEN);
	rmk_chart_bar(
	    l->out, t->by[RMK_DONE], rmk_tally_open(t), l->bar, l->style->ascii);
	if (l->style->color)
		rmk_buf_adds(l->out, RMK_TERM_PLAIN);
	rmk_buf_fill(l->out, ' ', GAP);
}

// An address is told apart by its end, a column or a group by its beginning.
static void
write_line(
    struct layout *l, struct rmk_str label, const struct rmk_tally *t, bool is_address)
{
	struct rmk_str values;
	size_t most = l->style->width ? l->label : RMK_NONE;

	label = is_address ? clip_front(l, label, most) : clip(l, label, most);
	add_padded(l->out, label, l->label, false);
	rmk_buf_fill(l->out, ' ', GAP);
	add_padded(l->out, of_text(l->a, t), l->of, true);
	rmk_buf_fill(l->out, ' ', GAP);
	if (l->bar)
		summary_text_add_bar(l, t);
	rmk_buf_printf(l->out, "%3u %%", rmk_tally_percent(t));
	if (l->values) {
		values = rmk_summary_values(l->a, t, l->style->ascii);
		rmk_buf_fill(l->out, ' ', GAP);
		rmk_buf_add(l->out, clip(l, values, l->values));
	}
	rmk_buf_addc(l->out, '\n');
}

// U+FE0F asks for the emoji's look of a character, and shows as nothing: say so.
static const char *
summary_text_invisible(struct rmk_str text)
{
	return rmk_str_find(text, RMK_STR("\xEF\xB8\x8F")) == RMK_NONE ? ""
	                                                               : " (with U+FE0F)";
}

// What the reader may want to mend: one status in several spellings.
static void
write_notes(struct layout *l, const struct rmk_tally *t)
{
	size_t notes = 0;

	for (size_t i = 0; i < t->ncounts && notes < NOTES_MOST; i++) {
		struct rmk_buf b = {.arena = l->a};
		const struct rmk_count *c = &t->counts[i];
		if (c->nspellings < 2 || c->key.n == 0)
			continue;
		notes++;
		rmk_buf_printf(&b, "  one status in %zu spellings:", c->nspellings);
		for (size_t j = 0, n = 0; j < t->nspellings; j++) {
			const struct rmk_tally_spelling *s = &t->spellings[j];
			if (rmk_str_eq(s->key, c->key))
				rmk_buf_printf(&b, "%s %.*s%s %zu", n++ ? "," : "",
				    RMK_FMT(s->text), summary_text_invisible(s->text),
				    s->n);
		}
		rmk_buf_add(l->out, clip(l, rmk_buf_str(&b),
					l->style->width ? l->style->width : RMK_NONE));
		rmk_buf_addc(l->out, '\n');
	}
}

static void
write_part(struct layout *l, const struct rmk_part *part, size_t depth)
{
	struct rmk_buf label = {.arena = l->a};

	rmk_buf_fill(&label, ' ', depth * GAP);
	rmk_buf_add(&label, part->label);
	write_line(l, rmk_buf_str(&label), &part->tally, part->kind == RMK_PART_TABLE);
	if (part->kind == RMK_PART_TABLE)
		write_notes(l, &part->tally);
}

static bool
is_matrix(const struct rmk_part *table)
{
	return table->nparts && table->parts[0].kind == RMK_PART_COLUMN;
}

// The tables; matrices_last: those of a line a column after the others.
static void
write_tables(struct layout *l, const struct rmk_summary *s, bool last)
{
	bool parted = l->style->matrices_last;

	for (size_t i = 0; i < s->ntables; i++)
		if ((parted && is_matrix(&s->tables[i])) == last)
			summary_text_each_part(&s->tables[i], 0, l, write_part);
	if (parted && !last)
		write_tables(l, s, true);
}

void
rmk_summary_write_text(const struct rmk_summary *s, const struct rmk_summary_style *style,
    struct rmk_buf *out)
{
	struct layout l = {.style = style, .out = out, .a = s->arena};
	struct rmk_part total = {.label = RMK_STR("total"), .tally = s->total};

	for (size_t i = 0; i < s->ntables; i++)
		summary_text_each_part(&s->tables[i], 0, &l, summary_text_measure);
	if (s->ntables > 1)
		summary_text_measure(&l, &total, 0);
	summary_text_fit(&l);
	write_tables(&l, s, false);
	if (s->ntables > 1)
		write_line(&l, total.label, &total.tally, false);
}
