// Rows and columns for programs and browsers: CSV, TSV, HTML, JSON. See grid.h.
#include "grid.h"

#include <string.h>

// What a cell is to a program: in a column of links that are all called the same, the
// address distinguishes them; a <br> is a line end, as import has it.
static struct rmk_str
data_of(const struct grid *g, const struct grid_cell *cells, size_t col)
{
	if (g->urls[col] && cells[col].url.n)
		return cells[col].url;
	return cells[col].raw.s && rmk_str_chr(cells[col].raw, '<') != RMK_NONE
	           ? rmk_value_lines(g->arena, cells[col].raw)
	           : cells[col].text;
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
separated(
    const struct grid *g, struct rmk_buf *b, const struct grid_cell *cells, bool csv)
{
	size_t from = b->n;

	for (size_t c = 0; c < g->ncols; c++) {
		struct rmk_str text = cells ? data_of(g, cells, c) : g->labels[c];

		if (c > 0)
			rmk_buf_addc(b, csv ? ',' : '\t');
		if (csv)
			rmk_buf_csv(b, text);
		else
			add_tsv(b, text);
	}
	// An empty line is no record to those who read CSV.
	if (csv && b->n == from)
		rmk_buf_adds(b, "\"\"");
	rmk_buf_addc(b, '\n');
}

void
grid_print_separated(const struct grid *g, bool csv)
{
	struct rmk_arena scratch = {0};
	struct rmk_buf b = {.arena = g->arena};

	if (!g->no_header)
		separated(g, &b, NULL, csv);
	for (size_t r = 0; r < g->nrows; r++) {
		out_str(rmk_buf_str(&b));
		b.n = 0;
		separated(g, &b, grid_cells(g, &scratch, r), csv);
	}
	out_str(rmk_buf_str(&b));
	rmk_arena_free(&scratch);
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
html_row(const struct grid *g, struct rmk_buf *b, const struct grid_cell *cells)
{
	const char *const aligns[] = {
	    "", " align=\"left\"", " align=\"center\"", " align=\"right\""};
	const char *tag = cells ? "td" : "th";

	rmk_buf_adds(b, "<tr>\n");
	for (size_t c = 0; c < g->ncols; c++) {
		bool linked = cells && is_safe_url(cells[c].url);

		rmk_buf_printf(b, "<%s%s>", tag, aligns[g->aligns[c]]);
		if (linked) {
			rmk_buf_adds(b, "<a href=\"");
			rmk_buf_xml(b, cells[c].url);
			rmk_buf_adds(b, "\">");
		}
		rmk_buf_xml(b, cells ? cells[c].text : g->labels[c]);
		rmk_buf_printf(b, "%s</%s>\n", linked ? "</a>" : "", tag);
	}
	rmk_buf_adds(b, "</tr>\n");
	out_str(rmk_buf_str(b));
	b->n = 0;
}

void
grid_print_html(const struct grid *g)
{
	struct rmk_arena scratch = {0};
	struct rmk_buf b = {.arena = g->arena};

	out_str(RMK_STR("<table>\n<thead>\n"));
	html_row(g, &b, NULL);
	out_str(RMK_STR("</thead>\n<tbody>\n"));
	for (size_t r = 0; r < g->nrows; r++)
		html_row(g, &b, grid_cells(g, &scratch, r));
	out_str(RMK_STR("</tbody>\n</table>\n"));
	rmk_arena_free(&scratch);
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
grid_json_row(struct rmk_buf *b, const struct grid *g, const struct rmk_str *keys,
    const struct grid_cell *cells)
{
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
	struct rmk_arena scratch = {0};

	rmk_json_array(j, g->name);
	for (size_t r = 0; r < g->nrows; r++) {
		if (r > 0)
			rmk_buf_addc(j->out, ',');
		grid_json_row(j->out, g, keys, grid_cells(g, &scratch, r));
	}
	rmk_json_end(j);
	rmk_arena_free(&scratch);
}

void
grid_print_json(const struct grid *g)
{
	struct rmk_buf b = {.arena = g->arena, .sink = out_sink};
	struct rmk_json j = {.out = &b};

	rmk_json_object(&j, NULL);
	rmk_json_number(&j, "version", 1);
	grid_json(&j, g);
	rmk_json_end(&j);
	rmk_buf_addc(&b, '\n');
	rmk_buf_flush(&b);
}

void
grid_print_jsonl(const struct grid *g)
{
	struct rmk_buf b = {.arena = g->arena, .sink = out_sink};
	struct rmk_str *keys = grid_keys(g);
	struct rmk_arena scratch = {0};

	for (size_t r = 0; r < g->nrows; r++) {
		grid_json_row(&b, g, keys, grid_cells(g, &scratch, r));
		rmk_buf_addc(&b, '\n');
	}
	rmk_buf_flush(&b);
	rmk_arena_free(&scratch);
}
