// Rows and columns, printed in every format: see grid.h.
#include "grid.h"

#include <assert.h>
#include <string.h>

#define GAP 2        // spaces between columns
#define NARROWEST 8  // a column is not cut below this
#define CELL_MOST 80 // off a terminal: a wider cell alone does not make its column wider
#define MD_NARROWEST 3 // "---"

struct grid
grid_new(struct rmk_arena *a, const char *name, const char *const *labels, size_t ncols)
{
	struct grid g = {.arena = a, .name = name, .ncols = ncols};

	g.labels = RMK_NEW_N(a, struct rmk_str, ncols);
	g.aligns = RMK_NEW_N(a, uint8_t, ncols);
	g.urls = RMK_NEW_N(a, bool, ncols);
	for (size_t i = 0; i < ncols && labels; i++)
		g.labels[i] = rmk_str_of(labels[i]);
	return g;
}

struct grid_cell *
grid_row(struct grid *g)
{
	size_t n = g->nrows * g->ncols, want = n + g->ncols;

	if (want > g->cap) {
		size_t cap = want > 2 * g->cap ? want : 2 * g->cap;

		g->cells = rmk_arena_grow(g->arena, g->cells, g->cap * sizeof *g->cells,
		    cap * sizeof *g->cells);
		g->cap = cap;
	}
	if (g->ncols)
		memset(g->cells + n, 0, g->ncols * sizeof *g->cells);
	g->nrows++;
	return g->cells + n;
}

const struct grid_cell *
grid_cells(const struct grid *g, struct rmk_arena *scratch, size_t row)
{
	struct grid_cell *cells;

	rmk_arena_reset(scratch, (struct rmk_arena_mark){0});
	if (!g->make)
		return g->cells + row * g->ncols;
	cells = RMK_NEW_N(scratch, struct grid_cell, g->ncols);
	g->make(g->ctx, scratch, row, cells);
	return cells;
}

struct grid_cell
grid_text(struct rmk_str text, enum style style)
{
	return (struct grid_cell){.text = text, .style = style};
}

struct grid_cell
grid_number(struct rmk_arena *a, long long value, enum style style)
{
	struct rmk_str text = rmk_str_printf(a, "%lld", value);

	return (struct grid_cell){.text = text, .json = text, .style = style};
}

static bool
to_right(const struct grid *g, size_t col)
{
	return g->aligns[col] == RMK_ALIGN_RIGHT;
}

// --- text -----------------------------------------------------------------------

static void
grid_measure(const struct grid *g, const struct rmk_str *labels, size_t *widths)
{
	size_t most = out_width() ? SIZE_MAX : CELL_MOST;
	size_t *all = RMK_NEW_N(g->arena, size_t, g->ncols + 1);
	size_t *wide = RMK_NEW_N(g->arena, size_t, g->ncols + 1);
	struct rmk_arena scratch = {0};

	for (size_t c = 0; c < g->ncols; c++) {
		all[c] = g->no_header ? 0 : rmk_utf8_width(labels[c]);
		widths[c] = all[c] <= most ? all[c] : 0;
	}
	for (size_t r = 0; r < g->nrows; r++) {
		const struct grid_cell *cells = grid_cells(g, &scratch, r);

		for (size_t c = 0; c < g->ncols; c++) {
			size_t w = rmk_utf8_width(rmk_shown(&scratch, cells[c].text));

			all[c] = w > all[c] ? w : all[c];
			wide[c] += w > most;
			if (w <= most && w > widths[c])
				widths[c] = w;
		}
	}
	for (size_t c = 0; c < g->ncols; c++) {
		if (2 * wide[c] > g->nrows && all[c] > widths[c])
			widths[c] = all[c];
	}
	rmk_arena_free(&scratch);
}

static size_t
total(const size_t *widths, size_t n, size_t cap)
{
	size_t sum = n ? (n - 1) * GAP : 0;

	for (size_t i = 0; i < n; i++)
		sum += widths[i] < cap ? widths[i] : cap;
	return sum;
}

// Cut the widest columns, all to the same width, until the row fits the terminal.
static void
grid_squeeze(size_t *widths, size_t n, size_t room)
{
	size_t cap = 0;

	if (room == 0 || total(widths, n, SIZE_MAX) <= room)
		return;
	for (size_t i = 0; i < n; i++)
		cap = widths[i] > cap ? widths[i] : cap;
	while (cap > NARROWEST && total(widths, n, cap) > room)
		cap--;
	for (size_t i = 0; i < n; i++)
		widths[i] = widths[i] < cap ? widths[i] : cap;
}

// How many columns fit the terminal, at least one.
static size_t
grid_fitting(const size_t *widths, size_t n, size_t room)
{
	while (room && n > 1 && total(widths, n, SIZE_MAX) > room)
		n--;
	return n;
}

// The first n columns of a row, whose texts are as they are shown.
static void
print_line(const struct grid *g, const struct grid_cell *cells,
    const struct rmk_str *texts, const size_t *widths, size_t n)
{
	size_t last = n;

	while (last > 0 && texts[last - 1].n == 0)
		last--;
	for (size_t c = 0; c < last; c++) {
		size_t w = widths[c], own = rmk_utf8_width(texts[c]);

		if (c + 1 == last && !to_right(g, c) && own < w)
			w = own;
		if (own > w && !out_width()) // nothing is cut there
			w = own;
		out_fit(cells ? cells[c].style : STYLE_BOLD, texts[c], w, to_right(g, c));
		out_fill(' ', c + 1 < last ? GAP : 0);
	}
	out_fill('\n', 1);
}

static void
grid_print_text(const struct grid *g)
{
	size_t *widths = RMK_NEW_N(g->arena, size_t, g->ncols + 1);
	struct rmk_str *texts = RMK_NEW_N(g->arena, struct rmk_str, g->ncols + 1);
	struct rmk_arena scratch = {0};
	size_t n;

	for (size_t c = 0; c < g->ncols; c++)
		texts[c] = rmk_shown(g->arena, g->labels[c]);
	grid_measure(g, texts, widths);
	grid_squeeze(widths, g->ncols, out_width());
	n = grid_fitting(widths, g->ncols, out_width());
	if (!g->no_header)
		print_line(g, NULL, texts, widths, n);
	for (size_t r = 0; r < g->nrows; r++) {
		const struct grid_cell *cells = grid_cells(g, &scratch, r);

		for (size_t c = 0; c < n; c++)
			texts[c] = rmk_shown(&scratch, cells[c].text);
		print_line(g, cells, texts, widths, n);
	}
	rmk_arena_free(&scratch);
	if (n < g->ncols)
		out_printf("%zu of %zu columns; --json and wider terminals show all\n", n,
		    g->ncols);
}

// --- Markdown -------------------------------------------------------------------

// A line end would end the row: GitHub shows <br> as one.
static struct rmk_str
md_text(struct rmk_arena *a, struct rmk_str text)
{
	struct rmk_buf b = {.arena = a};

	if (rmk_str_chr(text, '\n') == RMK_NONE && rmk_str_chr(text, '\r') == RMK_NONE)
		return rmk_cell_raw(a, text);
	for (size_t i = 0; i < text.n; i++) {
		bool pair = text.s[i] == '\r' && i + 1 < text.n && text.s[i + 1] == '\n';

		if (text.s[i] != '\n' && text.s[i] != '\r')
			rmk_buf_addc(&b, text.s[i]);
		else if (!pair)
			rmk_buf_adds(&b, "<br>");
	}
	return rmk_cell_raw(a, rmk_buf_str(&b));
}

static struct rmk_str
md_raw(struct rmk_arena *a, const struct grid_cell *cell)
{
	return cell->raw.s ? cell->raw : md_text(a, cell->text);
}

static void
grid_md_line(struct rmk_str *raw, const size_t *widths, const struct grid *g)
{
	out_str(RMK_STR("|"));
	for (size_t c = 0; c < g->ncols; c++) {
		size_t pad = widths[c] - rmk_utf8_width(raw[c]);

		out_fill(' ', to_right(g, c) ? pad + 1 : 1);
		out_str(raw[c]);
		out_fill(' ', to_right(g, c) ? 1 : pad + 1);
		out_str(RMK_STR("|"));
	}
	out_fill('\n', 1);
}

static void
md_delimiter(const size_t *widths, const struct grid *g)
{
	out_str(RMK_STR("|"));
	for (size_t c = 0; c < g->ncols; c++) {
		enum rmk_align align = g->aligns[c];
		bool left = align == RMK_ALIGN_LEFT || align == RMK_ALIGN_CENTER;
		bool right = align == RMK_ALIGN_RIGHT || align == RMK_ALIGN_CENTER;

		out_str(left ? RMK_STR(" :") : RMK_STR(" "));
		out_fill('-', widths[c] - (left ? 1 : 0) - (right ? 1 : 0));
		out_str(right ? RMK_STR(": |") : RMK_STR(" |"));
	}
	out_fill('\n', 1);
}

static void
md_widen(const struct rmk_str *raw, size_t n, size_t *widths)
{
	for (size_t c = 0; c < n; c++) {
		size_t w = rmk_utf8_width(raw[c]);

		if (w < MD_NARROWEST)
			w = MD_NARROWEST;
		widths[c] = w > widths[c] ? w : widths[c];
	}
}

// A row's cells as they are written.
static void
grid_md_row(
    const struct grid *g, struct rmk_arena *scratch, size_t row, struct rmk_str *raw)
{
	const struct grid_cell *cells = grid_cells(g, scratch, row);

	for (size_t c = 0; c < g->ncols; c++)
		raw[c] = md_raw(scratch, &cells[c]);
}

static void
print_md(const struct grid *g)
{
	size_t n = g->ncols;
	struct rmk_str *head = RMK_NEW_N(g->arena, struct rmk_str, n + 1);
	struct rmk_str *raw = RMK_NEW_N(g->arena, struct rmk_str, n + 1);
	size_t *widths = RMK_NEW_N(g->arena, size_t, n + 1);
	struct rmk_arena scratch = {0};

	for (size_t c = 0; c < n; c++)
		head[c] = md_text(g->arena, g->labels[c]);
	md_widen(head, n, widths);
	for (size_t r = 0; r < g->nrows; r++) {
		grid_md_row(g, &scratch, r, raw);
		md_widen(raw, n, widths);
	}
	grid_md_line(head, widths, g);
	md_delimiter(widths, g);
	for (size_t r = 0; r < g->nrows; r++) {
		grid_md_row(g, &scratch, r, raw);
		grid_md_line(raw, widths, g);
	}
	rmk_arena_free(&scratch);
}

void
grid_print(const struct grid *g, const char *format)
{
	if (strcmp(format, "md") == 0)
		print_md(g);
	else if (strcmp(format, "csv") == 0)
		grid_print_separated(g, true);
	else if (strcmp(format, "tsv") == 0)
		grid_print_separated(g, false);
	else if (strcmp(format, "html") == 0)
		grid_print_html(g);
	else if (strcmp(format, "json") == 0)
		grid_print_json(g);
	else if (strcmp(format, "jsonl") == 0)
		grid_print_jsonl(g);
	else
		grid_print_text(g);
}
