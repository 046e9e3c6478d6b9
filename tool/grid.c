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

// What a cell is to a program: in a column of links that are all called the same, the
// address distinguishes them.
static struct rmk_str
data_of(const struct grid *g, const struct grid_cell *cells, size_t col)
{
	bool url = g->urls[col] && cells[col].url.n;

	return url ? cells[col].url : cells[col].text;
}

// --- text -----------------------------------------------------------------------

// A copy whose cells are as wide as they are shown.
static struct grid
grid_shown(const struct grid *g)
{
	size_t n = g->nrows * g->ncols;
	struct grid copy = *g;

	copy.labels = RMK_NEW_N(g->arena, struct rmk_str, g->ncols + 1);
	copy.cells = RMK_NEW_N(g->arena, struct grid_cell, n + 1);
	for (size_t c = 0; c < g->ncols; c++)
		copy.labels[c] = rmk_shown(g->arena, g->labels[c]);
	for (size_t i = 0; i < n; i++) {
		copy.cells[i] = g->cells[i];
		copy.cells[i].text = rmk_shown(g->arena, g->cells[i].text);
	}
	return copy;
}

static void
grid_measure(const struct grid *g, size_t *widths)
{
	size_t most = out_width() ? SIZE_MAX : CELL_MOST;

	for (size_t c = 0; c < g->ncols; c++) {
		size_t wide = 0, all = g->no_header ? 0 : rmk_utf8_width(g->labels[c]);

		widths[c] = all <= most ? all : 0;
		for (size_t r = 0; r < g->nrows; r++) {
			size_t w = rmk_utf8_width(g->cells[r * g->ncols + c].text);

			all = w > all ? w : all;
			wide += w > most;
			if (w <= most && w > widths[c])
				widths[c] = w;
		}
		if (2 * wide > g->nrows && all > widths[c])
			widths[c] = all;
	}
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

// The first n columns of a row.
static void
print_line(
    const struct grid *g, const struct grid_cell *cells, const size_t *widths, size_t n)
{
	size_t last = n;

	while (last > 0 && cells[last - 1].text.n == 0)
		last--;
	for (size_t c = 0; c < last; c++) {
		size_t w = widths[c], own = rmk_utf8_width(cells[c].text);

		if (c + 1 == last && !to_right(g, c) && own < w)
			w = own;
		if (own > w && !out_width()) // nothing is cut there
			w = own;
		out_fit(cells[c].style, cells[c].text, w, to_right(g, c));
		out_fill(' ', c + 1 < last ? GAP : 0);
	}
	out_fill('\n', 1);
}

static void
grid_print_text(const struct grid *data)
{
	const struct grid copy = grid_shown(data), *g = &copy;
	size_t *widths = RMK_NEW_N(g->arena, size_t, g->ncols + 1);
	struct grid_cell *head = RMK_NEW_N(g->arena, struct grid_cell, g->ncols + 1);

	size_t n;

	grid_measure(g, widths);
	grid_squeeze(widths, g->ncols, out_width());
	n = grid_fitting(widths, g->ncols, out_width());
	for (size_t c = 0; c < g->ncols; c++)
		head[c] = grid_text(g->labels[c], STYLE_BOLD);
	if (!g->no_header)
		print_line(g, head, widths, n);
	for (size_t r = 0; r < g->nrows; r++)
		print_line(g, g->cells + r * g->ncols, widths, n);
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
print_md(const struct grid *g)
{
	size_t n = g->ncols;
	struct rmk_str *raw = RMK_NEW_N(g->arena, struct rmk_str, n * (g->nrows + 1) + 1);
	size_t *widths = RMK_NEW_N(g->arena, size_t, n + 1);

	for (size_t c = 0; c < n; c++)
		raw[c] = md_text(g->arena, g->labels[c]);
	for (size_t i = 0; i < g->nrows * n; i++)
		raw[n + i] = md_raw(g->arena, &g->cells[i]);
	for (size_t i = 0; i < n * (g->nrows + 1); i++) {
		size_t w = rmk_utf8_width(raw[i]), floor = MD_NARROWEST;

		if (w < floor)
			w = floor;
		widths[i % n] = w > widths[i % n] ? w : widths[i % n];
	}
	grid_md_line(raw, widths, g);
	md_delimiter(widths, g);
	for (size_t r = 1; r <= g->nrows; r++)
		grid_md_line(raw + r * n, widths, g);
}

// --- CSV, TSV, HTML -------------------------------------------------------------

// TSV has no quoting: a tab or line end inside a cell is shown as a space.
static void
add_tsv(struct rmk_buf *b, struct rmk_str text)
{
	for (size_t i = 0; i < text.n; i++)
		rmk_buf_addc(
		    b, strchr("\t\r\n", text.s[i]) && text.s[i] ? ' ' : text.s[i]);
}

static void
separated(const struct grid *g, const struct grid_cell *cells, bool csv)
{
	struct rmk_buf b = {.arena = g->arena};

	for (size_t c = 0; c < g->ncols; c++) {
		struct rmk_str text = cells ? data_of(g, cells, c) : g->labels[c];

		if (c > 0)
			rmk_buf_addc(&b, csv ? ',' : '\t');
		if (csv)
			rmk_buf_csv(&b, text);
		else
			add_tsv(&b, text);
	}
	// An empty line is no record to those who read CSV.
	if (csv && b.n == 0)
		rmk_buf_adds(&b, "\"\"");
	rmk_buf_addc(&b, '\n');
	out_str(rmk_buf_str(&b));
}

static void
print_separated(const struct grid *g, bool csv)
{
	if (!g->no_header)
		separated(g, NULL, csv);
	for (size_t r = 0; r < g->nrows; r++)
		separated(g, g->cells + r * g->ncols, csv);
}

// A link a browser may follow: no javascript:, no data:.
static bool
is_safe_url(struct rmk_str url)
{
	const char *const schemes[] = {"http://", "https://", "mailto:"};

	for (size_t i = 0; i < sizeof schemes / sizeof *schemes; i++) {
		struct rmk_str scheme = rmk_str_of(schemes[i]);

		if (rmk_str_eq_nocase(rmk_str_part(url, 0, scheme.n), scheme))
			return true;
	}
	return url.n && rmk_str_chr(url, ':') == RMK_NONE;
}

static void
html_row(const struct grid *g, const struct grid_cell *cells)
{
	const char *const aligns[] = {
	    "", " align=\"left\"", " align=\"center\"", " align=\"right\""};
	struct rmk_buf b = {.arena = g->arena};
	const char *tag = cells ? "td" : "th";

	rmk_buf_adds(&b, "<tr>\n");
	for (size_t c = 0; c < g->ncols; c++) {
		bool linked = cells && is_safe_url(cells[c].url);

		rmk_buf_printf(&b, "<%s%s>", tag, aligns[g->aligns[c]]);
		if (linked) {
			rmk_buf_adds(&b, "<a href=\"");
			rmk_buf_xml(&b, cells[c].url);
			rmk_buf_adds(&b, "\">");
		}
		rmk_buf_xml(&b, cells ? cells[c].text : g->labels[c]);
		rmk_buf_printf(&b, "%s</%s>\n", linked ? "</a>" : "", tag);
	}
	rmk_buf_adds(&b, "</tr>\n");
	out_str(rmk_buf_str(&b));
}

static void
print_html(const struct grid *g)
{
	out_str(RMK_STR("<table>\n<thead>\n"));
	html_row(g, NULL);
	out_str(RMK_STR("</thead>\n<tbody>\n"));
	for (size_t r = 0; r < g->nrows; r++)
		html_row(g, g->cells + r * g->ncols);
	out_str(RMK_STR("</tbody>\n</table>\n"));
}

// --- JSON -----------------------------------------------------------------------

// Names of members must differ: the second "Link" of a table is "Link-1", an empty
// label "column-3".
struct rmk_str *
grid_keys(const struct grid *g)
{
	struct rmk_str *keys = RMK_NEW_N(g->arena, struct rmk_str, g->ncols + 1);
	struct rmk_map last = {.arena = g->arena}; // the number last put behind a name

	for (size_t c = 0; c < g->ncols; c++) {
		struct rmk_str base = g->keys ? rmk_str_of(g->keys[c]) : g->labels[c];
		size_t number;

		if (base.n == 0)
			base = rmk_str_printf(g->arena, "column-%zu", c + 1);
		keys[c] = base;
		number = rmk_map_get(&last, base);
		if (number == RMK_NONE)
			number = 0;
		while (rmk_map_get(&last, keys[c]) != RMK_NONE)
			keys[c] = rmk_str_printf(
			    g->arena, "%.*s-%zu", RMK_FMT(base), ++number);
		*rmk_map_put(&last, keys[c]) = 0;
		*rmk_map_put(&last, base) = number;
	}
	return keys;
}

static void
grid_json_row(
    struct rmk_buf *b, const struct grid *g, const struct rmk_str *keys, size_t row)
{
	const struct grid_cell *cells = g->cells + row * g->ncols;

	rmk_buf_addc(b, '{');
	for (size_t c = 0; c < g->ncols; c++) {
		if (c > 0)
			rmk_buf_addc(b, ',');
		rmk_buf_json(b, keys[c]);
		rmk_buf_addc(b, ':');
		if (cells[c].json.s)
			rmk_buf_add(b, cells[c].json);
		else
			rmk_buf_json(b, data_of(g, cells, c));
	}
	rmk_buf_addc(b, '}');
}

void
grid_json(struct rmk_json *j, const struct grid *g)
{
	struct rmk_str *keys = grid_keys(g);

	rmk_json_array(j, g->name);
	for (size_t r = 0; r < g->nrows; r++) {
		if (r > 0)
			rmk_buf_addc(j->out, ',');
		grid_json_row(j->out, g, keys, r);
	}
	rmk_json_end(j);
}

static void
grid_print_json(const struct grid *g)
{
	struct rmk_buf b = {.arena = g->arena};
	struct rmk_json j = {.out = &b};

	rmk_json_object(&j, NULL);
	rmk_json_number(&j, "version", 1);
	grid_json(&j, g);
	rmk_json_end(&j);
	out_str(rmk_buf_str(&b));
	out_fill('\n', 1);
}

static void
print_jsonl(const struct grid *g)
{
	struct rmk_str *keys = grid_keys(g);

	for (size_t r = 0; r < g->nrows; r++) {
		struct rmk_buf b = {.arena = g->arena};

		grid_json_row(&b, g, keys, r);
		rmk_buf_addc(&b, '\n');
		out_str(rmk_buf_str(&b));
	}
}

void
grid_print(const struct grid *g, const char *format)
{
	if (strcmp(format, "md") == 0)
		print_md(g);
	else if (strcmp(format, "csv") == 0)
		print_separated(g, true);
	else if (strcmp(format, "tsv") == 0)
		print_separated(g, false);
	else if (strcmp(format, "html") == 0)
		print_html(g);
	else if (strcmp(format, "json") == 0)
		grid_print_json(g);
	else if (strcmp(format, "jsonl") == 0)
		print_jsonl(g);
	else
		grid_print_text(g);
}
